"""The audit programme: everything covered with the fewest sessions, often enough, and nobody audits own work."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from itertools import combinations_with_replacement

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from imsmap.register import schema
from imsmap.register.cells import Key
from imsmap.register.planning import interval, programme, said_in
from imsmap.register.programme import NEED, Auditor, Held, Month, Programme, Said, Terms
from imsmap.register.state import ClauseState, ProcessState, State

JANUARY = Month(2031, 1)
ANN, BEN = Auditor("Ann Archer"), Auditor("Ben Barker")
PEOPLE = ("Ann", "Ben")


def state_of(marks: Mapping[str, Mapping[str, str]], owners: Mapping[str, str], every: frozenset[str]) -> State:
    """Say how clauses (by reference) stand to processes (by id)."""
    clauses = {ref: ClauseState(ref, schema.NOT_ASSESSED, found, ref in every) for ref, found in marks.items()}
    processes = tuple(ProcessState(id_, id_.title(), owner, 0) for id_, owner in owners.items())
    return State(datetime.date(2031, 1, 2), {}, clauses, processes, (), {}, (), (), {}, (), {})


def plan(
    marks: Mapping[str, Mapping[str, str]],
    terms: Terms | None = None,
    owners: Mapping[str, str] | None = None,
    every: frozenset[str] = frozenset(),
) -> Programme:
    names = owners or dict.fromkeys(sorted({id_ for found in marks.values() for id_ in found}) or ["make"], "")
    return programme(state_of(marks, names, every), terms or Terms(JANUARY, (ANN, BEN)), {})


MARKS = st.dictionaries(
    st.sampled_from(["a:4.1", "a:4.2", "a:8.1", "b:4.1", "b:9.2"]),
    st.dictionaries(st.sampled_from(["make", "sell", "buy"]), st.sampled_from(["P", "P", "S", "·"])),
)  # fmt: skip
AUDITORS = st.tuples(
    *(
        st.builds(
            Auditor,
            st.just(name),
            st.frozensets(st.sampled_from(["make", "sell", "buy"]), max_size=2),
            st.frozensets(st.sampled_from(["a:4.1", "b:9.2"])),
            st.frozensets(st.integers(0, 11).map(JANUARY.after), max_size=3),
        )
        for name in PEOPLE
    )
)
SAID = st.dictionaries(
    st.sampled_from(["make", "sell", "buy"]),
    st.builds(Said, st.sampled_from(["", *schema.RISK]), st.sampled_from(["", *schema.LAST])),
)  # fmt: skip
EVERY = {schema.HIGH: 4, schema.MEDIUM: 6, schema.LOW: 12}


@pytest.mark.slow
@given(MARKS, AUDITORS, SAID, st.frozensets(st.sampled_from(["a:8.1", "b:4.1"])))
def test_a_programme_covers_what_can_be_covered_with_the_fewest_sessions(
    marks: dict[str, dict[str, str]],
    auditors: tuple[Auditor, ...],
    said: dict[str, Said],
    every: frozenset[str],
):
    owners = {"make": "", "sell": "ben, sales", "buy": ""}
    terms = Terms(JANUARY, auditors, 12, (2, 3, 9), EVERY, said)
    found = plan(marks, terms, owners, every)
    mine = {auditor.name: auditor for auditor in auditors}

    def may(process: str, name: str) -> bool:
        able = any(JANUARY.after(place) not in mine[name].away for place in (1, 2, 8))
        return able and process not in mine[name].processes and not (process == "sell" and name == "Ben")

    def serves(process: str, name: str, ref: str) -> bool:
        if not may(process, name) or ref in mine[name].clauses:
            return False
        best = next((m for m in "PS·" if m in marks[ref].values()), "")
        return marks[ref].get(process) == best if best else ref in every

    pairs = [(process, name) for process in owners for name in PEOPLE if may(process, name)]
    coverable = {ref for ref in marks if any(serves(*pair, ref) for pair in pairs)}
    assert set(found.uncovered) == set(marks) - coverable
    by_clause = found.by_clause()
    assert {ref for ref, sessions in by_clause.items() if sessions} == coverable
    for session in found.sessions:
        assert session.month.number in (2, 3, 9)
        assert session.month not in mine[session.auditor].away
        assert all(serves(session.process, session.auditor, ref) for ref in session.covers)
    least = {one.id: one.least for one in found.processes if one.auditors}
    assert all(sum(s.process == id_ for s in found.sessions) >= count for id_, count in least.items())

    def suffices(some: tuple[tuple[str, str], ...], *, often: bool) -> bool:
        enough = all(sum(process == id_ for process, _ in some) >= count for id_, count in least.items())
        return (enough or not often) and all(any(serves(*pair, ref) for pair in some) for ref in coverable)

    fewest = next(n for n in range(6) if any(suffices(s, often=False) for s in combinations_with_replacement(pairs, n)))
    assert found.once.sessions == fewest
    assert found.whole.sessions == len(found.sessions) >= fewest
    if len(found.sessions) <= 4:
        fewer = combinations_with_replacement(pairs, max(0, len(found.sessions) - 1))
        assert not found.sessions or not any(suffices(some, often=True) for some in fewer)


def test_risk_and_last_result_weigh_how_often():
    terms = Terms(JANUARY, (ANN,))
    months = {(risk, last): interval(terms, Said(risk, last)) for risk in ("", *schema.RISK) for last in ("", "Minor")}
    assert months == {
        ("", ""): None, ("", "Minor"): 24, ("High", ""): 12, ("High", "Minor"): 12,
        ("Medium", ""): 24, ("Medium", "Minor"): 12, ("Low", ""): 36, ("Low", "Minor"): 24,
    }  # fmt: skip
    assert interval(terms, Said(schema.LOW, schema.MAJOR)) == 12
    assert interval(terms, Said("", schema.CONFORMING)) is None


def test_sessions_of_a_process_are_as_far_apart_as_asked_for():
    terms = Terms(JANUARY, (ANN, BEN), said={"make": Said(schema.HIGH)})
    found = plan({"a:4.1": {"make": "P"}}, terms)
    assert [session.month.year for session in found.sessions] == [2031, 2032, 2033]
    assert found.wide == {}
    tight = plan({"a:4.1": {"make": "P"}}, evolve(terms, auditors=(evolve(ANN, away=frozenset(
        JANUARY.after(place) for place in range(1, 30))),)))  # fmt: skip
    assert tight.wide == {"make": 29 + 1}


def test_auditors_take_turns_and_months_without_any_are_told():
    away = frozenset(JANUARY.after(place) for place in (0, 1))
    terms = Terms(JANUARY, (evolve(ANN, away=away), evolve(BEN, away=away)), said={"make": Said(schema.HIGH)})
    found = plan({"a:4.1": {"make": "P"}}, terms)
    assert [session.auditor for session in found.sessions] == ["Ann Archer", "Ben Barker", "Ann Archer"]
    assert found.unstaffed == (JANUARY, JANUARY.after(1))


def test_why_a_clause_can_not_be_covered_is_told():
    marks: dict[str, dict[str, str]] = {
        "a:4.1": {},
        "a:8.1": {"make": "P"},
        "a:9.2": {"sell": "P"},
        "b:4.1": {"buy": "P"},
    }
    auditors = (
        evolve(ANN, processes=frozenset({"make"}), clauses=frozenset({"a:9.2"})),
        evolve(BEN, processes=frozenset({"make", "sell"}), away=frozenset(JANUARY.after(n) for n in range(36))),
    )
    found = plan(marks, Terms(JANUARY, auditors, said={"buy": Said(not_by=("ann archer",))}))
    assert found.uncovered == {
        "a:4.1": "no process answers for it",
        "a:8.1": "Make: is the work of every auditor, or closed to them",
        "a:9.2": "Sell: the clause itself is the work of Ann Archer, and nobody else may audit the process",
        "b:4.1": "Buy: only Ben Barker may audit it, and there is no month for that",
    }
    assert found.sessions == ()


@pytest.mark.parametrize("owner", ["Ben Barker, sales; Ann Archer", "Cy\nann archer, purchasing", "Cy / Ann Archer"])
def test_who_owns_a_process_with_others_does_not_audit_it(owner: str):
    found = plan({"a:4.1": {"make": "P"}}, Terms(JANUARY, (ANN,)), {"make": owner})
    assert found.uncovered == {"a:4.1": "Make: is the work of every auditor, or closed to them"}


def test_what_all_processes_take_part_in_is_covered_once_and_topic_by_topic():
    marks: dict[str, dict[str, str]] = {"a:4.1": {"make": "P"}, "a:8.1": {"sell": "P"}, "a:7.2": {}, "b:7.2": {}}
    every = frozenset({"a:7.2", "b:7.2"})
    stated = state_of(marks, {"make": "", "sell": ""}, every)
    found = programme(stated, Terms(JANUARY, (ANN,)), {"a:7.2": "competence", "b:7.2": "competence"})
    by_clause = found.by_clause()
    assert len(found.sessions) == 2
    assert by_clause["a:7.2"] == by_clause["b:7.2"]
    assert len(by_clause["a:7.2"]) == 1


def test_the_sheet_says_more_than_the_settings():
    terms = Terms(JANUARY, (ANN,), said={"make": Said(schema.LOW, schema.MINOR)})
    cells = {
        Key("programme", "make", "risk"): "high",
        Key("programme", "make", "last"): "a mess",
        Key("programme", "sell", "not_by"): "Ann Archer; Ben",
    }
    assert said_in(cells, terms, ["make", "sell"]).said == {
        "make": Said(schema.HIGH, schema.MINOR),
        "sell": Said(not_by=("Ann Archer", "Ben")),
    }


def test_a_bound_names_the_processes_that_risk_asks_for():
    found = plan({"a:4.1": {"make": "P"}}, Terms(JANUARY, (ANN,), said={"make": Said(schema.HIGH)}))
    assert (found.once.sessions, found.once.needs) == (1, ("a:4.1",))
    assert (found.whole.sessions, found.whole.needs) == (3, (f"{NEED}make",))


def held_in(*months: int, by: str = "Ben Barker", **more: Said) -> Terms:
    said = Said(schema.HIGH, held=tuple(Held(JANUARY.after(place), by) for place in months))
    return Terms(JANUARY, (ANN, BEN), said={"make": said, **more})


def on(day: datetime.date, stated: State) -> State:
    return evolve(stated, date=day)


def test_what_was_held_stays_and_the_rest_is_planned_from_the_month_of_the_day_on():
    marks: dict[str, dict[str, str]] = {"a:4.1": {"make": "P"}, "a:8.1": {"sell": "P"}, "a:9.2": {"buy": "P"}}
    names = {"make": "", "sell": "", "buy": ""}
    terms = held_in(1, sell=Said(held=(Held(JANUARY.after(3)),)))
    found = programme(on(datetime.date(2031, 6, 20), state_of(marks, names, frozenset())), terms, {})
    told = [(one.process, str(one.month), one.auditor, one.covers) for one in found.sessions if one.was_held]
    assert told == [("make", "2031-02", "Ben Barker", ("a:4.1",)), ("sell", "2031-04", "", ("a:8.1",))]
    rest = [session for session in found.sessions if not session.was_held]
    assert [one.process for one in rest].count("make") == 2
    assert [one.process for one in rest].count("sell") == 0
    assert all(one.month.until(Month(2031, 6)) <= 0 for one in rest)
    assert [one.number for one in found.sessions] == [1, 2, 3, 4, 5]
    assert found.uncovered == {}
    assert found.wide == {}
    assert (found.once.needs, found.whole.sessions) == (("a:9.2",), 3)


def test_what_all_take_part_in_counts_as_asked_only_where_the_checklist_has_a_verdict():
    marks: dict[str, dict[str, str]] = {"a:4.1": {"make": "P"}, "a:7.2": {}, "a:7.3": {}}
    stated = on(datetime.date(2033, 12, 1), state_of(marks, {"make": ""}, frozenset({"a:7.2", "a:7.3"})))
    terms = held_in(0, 12, 24)
    found = programme(stated, terms, {}, {JANUARY: frozenset({"a:7.2"})})
    assert found.by_clause() == {"a:4.1": (1, 2, 3, 4), "a:7.2": (1,), "a:7.3": (4,)}
    whole = programme(stated, terms, {}, {JANUARY: frozenset({"a:7.2", "a:7.3"})})
    assert all(session.was_held for session in whole.sessions)
    assert (whole.whole.sessions, whole.uncovered) == (0, {})


def test_what_is_said_of_sessions_held_and_does_not_count_is_told():
    ahead = Said(held=(Held(JANUARY.after(-2), "Ann Archer"), Held(JANUARY.after(30)), Held(JANUARY, "sell, owner")))
    cells = {Key("programme", "make", "held"): "2031-01-01 Ben Barker; spring\n2031-02 Ann  Archer"}
    terms = said_in(cells, Terms(JANUARY, (ANN, BEN), said={"sell": ahead}), ["make", "sell"])
    stated = state_of({"a:4.1": {"make": "P"}}, {"make": "", "sell": "Sell"}, frozenset())
    found = programme(on(datetime.date(2031, 6, 20), stated), terms, {})
    assert [(str(one.month), one.auditor) for one in found.sessions if one.was_held] == [
        ("2031-01", "Ben Barker"), ("2031-02", "Ann Archer"),
    ]  # fmt: skip
    assert [(id_, text, why.split(",")[0]) for id_, text, why in found.uncounted] == [
        ("make", "spring", "write month and auditor"),
        ("sell", "2030-11 Ann Archer", "not in the cycle"),
        ("sell", "2033-07", "still to come"),
        ("sell", "2031-01 sell, owner", "nobody audits own work"),
    ]
