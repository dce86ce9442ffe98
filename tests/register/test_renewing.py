"""A list brought anew: which requirement is which, by words and by number, and what nobody can tell."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from imsmap.library.graph import ClauseGraph
from imsmap.register.renewing import Renewal, renewal
from tests.building import graph, standard

A = "iso1-2030"
TEXTS = {
    "1": "Assess each supplier before the first order.",
    "2": "Take packaging back from the customer free of charge.",
    "3": "Keep records of every delivery for ten years.",
}


def listed(texts: Mapping[str, str]) -> ClauseGraph:
    """Make a standard of one requirement in each clause."""
    one = standard(A, {number: ["+it"] for number in texts}, topics=dict.fromkeys(texts, "design"))
    clauses = tuple(
        evolve(clause, points=(evolve(clause.points[0], text=texts[clause.number]),)) for clause in one.clauses
    )
    return graph(evolve(one, clauses=clauses))


def anew(old: Mapping[str, str], new: Mapping[str, str], said: Mapping[str, str] | None = None) -> Renewal:
    return renewal(listed(old), listed(new), A, said or {})


def went(found: Renewal) -> dict[str, list[tuple[str, str]]]:
    """Say where points went, by their numbers."""
    number = lambda ref: ref.partition(":")[2].partition("#")[0]  # noqa: E731
    return {number(ref): [(number(to.point), to.how) for to in targets] for ref, targets in found.way.targets.items()}


def test_what_is_as_it_was_is_not_told():
    found = anew(TEXTS, {**TEXTS, "4": "Something new."})
    assert (went(found), found.way.clauses, found.doubts) == ({}, {}, ())


def test_the_same_words_under_another_number_moved_there():
    new = {"1": "Name somebody who answers for us.", "2": TEXTS["1"], "3": TEXTS["2"], "4": TEXTS["3"]}
    found = anew(TEXTS, new)
    assert went(found) == {"1": [("2", "same")], "2": [("3", "same")], "3": [("4", "same")]}
    assert found.way.clauses[f"{A}:1"] == (f"{A}:2",)
    assert found.doubts == ()


def test_the_number_with_words_much_as_before_is_to_be_reviewed():
    found = anew(TEXTS, {**TEXTS, "1": "Assess each new supplier before the first order."})
    assert went(found) == {"1": [("1", "clarified")]}
    assert found.way.clauses == {}


def test_what_is_nowhere_is_gone():
    found = anew(TEXTS, {"1": TEXTS["1"], "2": TEXTS["2"]})
    assert (went(found), found.way.clauses[f"{A}:3"], found.doubts) == ({"3": []}, (), ())


def test_the_number_with_other_words_is_in_doubt_until_somebody_says():
    new = {**TEXTS, "1": "Never pay in cash."}
    (doubt,) = anew(TEXTS, new).doubts
    assert (doubt.ref, doubt.text, doubt.candidates) == (
        f"{A}:1#it", TEXTS["1"], ((f"{A}:1#it", "Never pay in cash."),),
    )  # fmt: skip
    assert went(anew(TEXTS, new, {"1": "1"})) == {"1": [("1", "clarified")]}
    assert went(anew(TEXTS, new, {"1": ""})) == {"1": []}
    assert anew(TEXTS, new, {"1": "9"}).doubts


_WORDS = (*TEXTS.values(), "Never pay in cash.", "Assess each supplier.")
_TEXTS = st.dictionaries(st.sampled_from("123456"), st.sampled_from(_WORDS), min_size=1)


@given(_TEXTS, _TEXTS)
def test_every_requirement_is_where_it_was_or_somewhere_or_gone_or_in_doubt_and_no_two_meet(
    old: dict[str, str], new: dict[str, str]
):
    found = anew(old, new)
    moved = found.way.targets
    doubted = {doubt.ref for doubt in found.doubts}
    stayed = {f"{A}:{n}#it" for n in old} - moved.keys() - doubted
    assert all(new[ref.partition(":")[2][0]] == old[ref.partition(":")[2][0]] for ref in stayed)
    ends = [to.point for targets in moved.values() for to in targets] + sorted(stayed)
    assert len(ends) == len(set(ends))
    assert not doubted & moved.keys()
