from __future__ import annotations

import json
from collections import Counter

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from imsmap.analyses.blueprint import BlueprintAnswer, Question, analyse
from imsmap.documented import items
from imsmap.exporters.json import export
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Origin
from imsmap.reasoning.groups import grouped
from imsmap.register.plans import ANNEXES, IN_MANUAL, ONE, OWN, SEPARATE, Decision, Holding
from tests.building import graph, relation, standard
from tests.drawn import tried
from tests.once import shipped

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"
KEYS = (A, B, C)
CLAUSES = {
    "4": None,
    "4.1": ["=issues"],
    "6": None,
    "6.1": ["=risks", "=actions"],
    "8": None,
    "8.1": ["=planned", "=controlled"],
    "9": None,
    "9.1": ["=measured"],
}


def library(**kinds: dict[str, str]) -> ClauseGraph:
    """Three standards with the same core; each wants other points of it in writing."""
    told = [
        standard(key, {**CLAUSES, "8.2": [f"+{word}"]}, topics={"8.2": topic}, discipline=discipline,
                 documented=kinds.get(name, {}))
        for key, name, word, topic, discipline in (
            (A, "a", "selling", "design", "quality"),
            (B, "b", "fleeing", "emergency", "environment"),
            (C, "c", "burning", "emergency", "energy"),
        )
    ]  # fmt: skip
    return graph(*told, relations=[relation(A, B, "8.2 no-relationship 8.2")])


def ask(held: ClauseGraph, **words: object) -> BlueprintAnswer:
    return analyse(held, Question(KEYS, **words)).answer  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def shared() -> ClauseGraph:
    kept = {"planned": "maintain", "measured": "retain", "issues": "maintain"}
    return library(a=kept | {"selling": "retain"}, b=kept | {"fleeing": "maintain"}, c=kept | {"burning": "maintain"})


def adds_up(answer: BlueprintAnswer, held: ClauseGraph, keys: tuple[str, ...]) -> None:
    """Hold every figure against what stands in the blueprint, and all of it against what is asked for."""
    asked = Counter(ref for item in items(grouped(held, keys)) for one in item.asked.values() for ref in one.points)
    told = [item for plan in answer.plans for item in (*plan.items, *plan.records)]
    told += [item for chapter in answer.chapters for item in chapter.records]
    assert Counter(ref for item in told for one in item.asked.values() for ref in one.points) == asked
    assert answer.items + answer.records == len(told) == len(items(grouped(held, keys)))
    manual = any(plan.in_manual for plan in answer.plans)
    assert answer.documents == sum(answer.of_forms.values()) == sum(plan.count for plan in answer.plans) + manual
    for plan in answer.plans:
        assert Counter(key for copy in plan.copies for key in copy.standards) == Counter(list(plan.clauses))
        assert {chapter.id for chapter in answer.chapters if chapter.plan == plan.id} == {plan.id}
    saved = sum(len(copy.standards) - 1 for plan in answer.plans for copy in plan.copies if not plan.in_manual)
    into = sum(len(plan.clauses) for plan in answer.plans if plan.in_manual)
    assert answer.documents == answer.apart - saved - into + manual


def test_what_is_the_same_is_one_document_and_what_has_no_common_core_is_kept_separate(shared: ClauseGraph) -> None:
    answer = ask(shared)
    forms = {plan.id: [(copy.form, copy.standards) for copy in plan.copies] for plan in answer.plans}
    assert forms == {
        "4.1": [(ONE, KEYS)],
        "8.1": [(ONE, KEYS)],
        "emergency": [(SEPARATE, (B,)), (SEPARATE, (C,))],
    }
    assert (answer.documents, answer.apart) == (4, 8)
    adds_up(answer, shared, KEYS)


def test_where_standards_add_much_to_the_core_there_is_a_shared_core_with_annexes() -> None:
    one, other = (
        standard(key, {"4": None, "4.1": ["=issues", f"+{word}", f"+{word}-too"]}, discipline=discipline,
                 documented={"issues": "maintain"})
        for key, word, discipline in ((A, "watching", "quality"), (B, "nature", "environment"))
    )  # fmt: skip
    held = graph(one, other)
    (plan,) = analyse(held, Question((A, B))).answer.plans
    assert [(copy.form, copy.standards) for copy in plan.copies] == [(ANNEXES, (A, B))]
    assert [demand.is_shared for demand in plan.demands] == [True, False, False, False, False]


def test_a_record_stands_with_its_topics_document_else_with_that_of_operation_else_in_its_chapter(
    shared: ClauseGraph,
) -> None:
    answer = ask(shared)
    made = {plan.id: [item.id for item in plan.records] for plan in answer.plans if plan.records}
    assert made == {"8.1": [f"{A}:8.2#selling"]}
    loose = {one.id: [item.id for item in one.records] for one in answer.chapters if one.records}
    assert loose == {"9.1": ["core-measured"]}


def test_a_person_may_decide_otherwise(shared: ClauseGraph) -> None:
    decided = {"4.1": Decision(SEPARATE), "8.1": Decision(IN_MANUAL, "How we work", "Ann"), "emergency": Decision(ONE)}
    answer = ask(shared, decisions=decided)
    assert dict(answer.of_forms) == {ONE: 1, ANNEXES: 0, SEPARATE: 3, OWN: 0, IN_MANUAL: 1}
    plan = next(plan for plan in answer.plans if plan.id == "8.1")
    assert (plan.title, plan.owner, plan.count, plan.in_manual) == ("How we work", "Ann", 0, True)
    assert [copy.form for copy in plan.proposed] == [ONE]
    adds_up(answer, shared, KEYS)


def test_what_exists_is_named_with_its_owner_and_the_rest_is_missing(shared: ClauseGraph) -> None:
    answer = ask(shared, holdings={"core-issues": (Holding("Context", "D-1", owner="Ann"),)})
    plan = next(plan for plan in answer.plans if plan.id == "4.1")
    assert ([one.name for one in plan.held], plan.owner, plan.missing) == (["D-1 Context"], "Ann", ())
    assert answer.missing == answer.items - 1


def test_what_does_not_apply_is_left_out_and_counted(shared: ClauseGraph) -> None:
    out = frozenset((f"{C}:8.2#burning", f"{A}:8.2#selling", f"{A}:4.1#issues"))
    answer = ask(shared, applies_not=out)
    assert answer.left_out == 2
    forms = {plan.id: [(copy.form, copy.standards) for copy in plan.copies] for plan in answer.plans}
    assert forms["emergency"] == [(OWN, (B,))]
    assert forms["4.1"] == [(ONE, (B, C))]
    assert answer.documents == 3
    assert answer.apart == 6


KINDS = st.sampled_from(("maintain", "retain", "available", ""))
WORDS = ("issues", "risks", "actions", "planned", "controlled", "measured")


@settings(max_examples=tried(20))
@given(st.data())
def test_whatever_is_asked_for_the_parts_add_up(data: st.DataObject) -> None:
    def drawn(own: str) -> dict[str, str]:
        kinds = {word: data.draw(KINDS) for word in (*WORDS, own)}
        return {word: kind for word, kind in kinds.items() if kind}

    held = library(a=drawn("selling"), b=drawn("fleeing"), c=drawn("burning"))
    topics = ("4.1", "6.1", "8.1", "9.1", "design", "emergency")
    decided = {topic: Decision(data.draw(st.sampled_from((ONE, SEPARATE, IN_MANUAL, "")))) for topic in topics}
    answer = ask(held, decisions=decided)
    adds_up(answer, held, KEYS)
    adds_up(ask(held), held, KEYS)
    assert ask(held).documents <= answer.apart


def test_what_is_only_to_be_available_is_what_it_was_in_the_edition_before() -> None:
    told = {"scope": "maintain", "proof": "retain"}
    old = standard("iso1-2015", {"4.1": ["+scope", "+proof"]}, topics={"4.1": "aspects"}, documented=told)
    told = dict.fromkeys(("scope", "proof", "more"), "available")
    new = standard("iso1-2026", {"4.1": ["+scope", "+proof", "+more"]}, topics={"4.1": "aspects"}, documented=told)
    clauses = tuple(
        evolve(clause, points=tuple(evolve(point, from_=(Origin(f"4.1#{point.id}", "same"),)) if point.id != "more"
                                    else point for point in clause.points))
        for clause in new.clauses
    )  # fmt: skip
    held = graph(old, evolve(new, clauses=clauses, revises="iso1-2015"))
    answer = analyse(held, Question(("iso1-2026",))).answer
    (plan,) = answer.plans
    assert [item.id.partition("#")[2] for item in plan.items] == ["more", "scope"]
    assert [item.id.partition("#")[2] for item in plan.records] == ["proof"]


def test_the_same_documents_are_needed_by_the_editions_that_only_reworded_it() -> None:
    old, new = ("iso9001-2015", "iso14001-2015"), ("iso9001-2026", "iso14001-2026")
    held = shipped((*old, *new))
    before, after = (analyse(held, Question(keys)).answer for keys in (old, new))
    assert [plan.id for plan in before.plans] == [plan.id for plan in after.plans]
    assert before.documents == after.documents < before.apart
    adds_up(before, held, old)
    adds_up(after, held, new)


def test_json_and_tables_tell_the_same_figures(shared: ClauseGraph) -> None:
    report = analyse(shared, Question(KEYS))
    told = json.loads(export(report))
    counts = told["counts"]
    assert sum(one["n"] for one in counts["forms"]) == counts["documents"] == report.answer.documents
    assert sum(len(one["documents"]) for one in told["documents"]) == counts["documents"]
    column = [column.key for column in report.table("blueprint").columns].index("documents")
    assert sum(row.cells[column] for row in report.table("blueprint").rows) == counts["documents"]  # type: ignore[misc]
    assert len(report.table("records").rows) == counts["records"]
    assert report.message.startswith(f"{counts['documents']}\u00a0documents instead of {counts['apart']} ")


def test_where_nothing_is_saved_nothing_is_said_to_be() -> None:
    report = analyse(library(a={"planned": "maintain"}), Question(KEYS))
    assert report.message.startswith("1\u00a0document, no fewer than if each standard has its own: 1 of one standard")
