"""The audit programme as an answer: which session covers which clause, why no fewer do, and what none can cover."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from imsmap.analyses.programme import ProgrammeAnswer, Question, analyse
from imsmap.reasoning.groups import grouped
from imsmap.register import schema
from imsmap.register.asked import asked
from imsmap.register.cells import Key
from imsmap.register.effort import Span
from imsmap.register.planning import programme
from imsmap.register.programme import Auditor, Held, Month, Said, Terms
from imsmap.register.schema import Process
from imsmap.register.state import state
from imsmap.report import Report, reads
from tests.building import graph, standard

A, B = "iso1-2030", "iso2-2030"
KEYS = (A, B)
GRAPH = graph(
    standard(A, {"4": None, "4.1": ["=issues"], "4.2": ["=parties"], "8.1": ["=planned"]}, not_applicable=["8.1"]),
    standard(B, {"4.1": ["=issues"]}, discipline="environment"),
)
MARKS = {f"{A}:4.1": "make", f"{B}:4.1": "make", f"{A}:8.1": "sell"}
JANUARY = Month(2031, 1)


def planned(
    marks: Mapping[str, str] = MARKS, away: frozenset[Month] = frozenset(), **more: object
) -> Report[ProgrammeAnswer]:
    cells = {Key("processes", ref, f"process:{id_}"): "P" for ref, id_ in marks.items()}
    processes = [Process("make", "Make", "Ann"), Process("sell", "Sell", "")]
    told = state(asked(grouped(GRAPH, KEYS)), cells, processes, date=datetime.date(2031, 1, 2))
    terms = Terms(JANUARY, (Auditor("Ann", away=away), Auditor("Ben", away=away)), **more)  # type: ignore[arg-type]
    return analyse(GRAPH, Question(KEYS, programme(told, terms, {})))


def test_each_clause_is_told_with_its_sessions_or_why_there_is_none():
    report = planned(said={"make": Said(schema.LOW, schema.MINOR)})
    answer = report.answer
    assert [(one.number, one.name, one.auditor, one.letters) for one in answer.sessions] == [
        (1, "Make", "Ben", "QE"), (2, "Sell", "Ann", "Q"), (3, "Make", "Ben", "QE"),
    ]  # fmt: skip
    assert [(one.clause.ref, one.sessions, one.why_not) for one in answer.clauses] == [
        (f"{A}:4.1", (1, 3), ""),
        (f"{A}:4.2", (), "no process answers for it"),
        (f"{A}:8.1", (2,), ""),
        (f"{B}:4.1", (1, 3), ""),
    ]
    assert report.message == (
        "3\u00a0sessions in 36\u00a0months cover 3 of 4 leaf clauses that apply; fewer than 3 do not. "
        "1\u00a0clause can be covered by no session"
    )
    rows = report.table("uncovered").rows
    assert [[reads(cell) for cell in row.cells] for row in rows] == [
        ["ISO1:2030", "4.2", "Clause 4.2", "no process answers for it"]
    ]


def test_the_bound_names_clauses_and_processes_that_no_fewer_sessions_reach():
    answer = planned(said={"make": Said(schema.LOW, schema.MINOR)}).answer
    assert (answer.once.sessions, [one.ref for one in answer.once.clauses]) == (2, [f"{A}:4.1", f"{A}:8.1"])
    assert (answer.whole.sessions, answer.whole.processes) == (3, ("make",))
    assert [one.ref for one in answer.whole.clauses] == [f"{A}:8.1"]
    assert answer.whole.apart


def test_how_long_it_takes_comes_from_the_figure_given_for_a_session_and_from_nothing_else():
    assert planned().answer.days is None
    assert any("no figure" in note for note in planned().notes)
    report = planned(hours=Span(3, 4))
    assert report.answer.hours == Span(6, 8)
    assert any(note.startswith("6 to 8 hours") for note in report.notes)


def test_json_gives_processes_sessions_clauses_and_the_lower_bound():
    found = planned(days=Span(0.5, 0.5)).json
    assert found["fewest"] == {
        "sessions": 2, "lower_bound": 2, "clauses": [f"{A}:4.1", f"{A}:8.1"], "processes": [], "apart": True,
    }  # fmt: skip
    assert found["days"] == [1.0, 1.0]
    assert found["hours"] is None
    (make, sell) = found["processes"]  # type: ignore[misc]
    assert make["sessions"] == [1]
    assert make["auditors"] == ["Ben"]
    assert sell["every"] is None


def test_the_table_sets_processes_against_months_with_auditors_and_letters():
    table = planned(said={"make": Said(schema.HIGH)}).table("programme")
    assert [[reads(cell, ", ") for cell in row.cells] for row in table.rows] == [
        ["Make", "High", "none", "12\u00a0months", "QE", "2031-06, 2032-06, 2033-06", "Ben"],
        ["Sell", "none", "none", "none", "Q", "2032-07", "Ann"],
    ]


def test_sessions_that_were_held_are_told_apart_and_the_bound_is_of_the_rest():
    held = (Held(JANUARY, "Ben"), Held(JANUARY.after(-3), "Ben"))
    report = planned(said={"make": Said(schema.HIGH, held=held)}, days=Span(1, 2))
    assert report.message.startswith("4\u00a0sessions in 36\u00a0months, 1 of them held, cover 3 of 4 leaf clauses")
    assert "fewer than 3 more do not" in report.message
    rows = [[reads(cell) for cell in row.cells] for row in report.table("sessions").rows]
    assert [row[:2] + row[5:6] for row in rows] == [
        ["1", "2031-01", "held"], ["2", "2032-01", "to be held"], ["3", "2032-06", "to be held"],
        ["4", "2033-01", "to be held"],
    ]  # fmt: skip
    told = " ".join(report.notes)
    assert "Fewest sessions still to hold: 3, proved by the solver (lower bound 3). No session serves two of" in told
    assert "Make (2\u00a0sessions)" in told
    assert "Held, and not counted: Make, 2030-10 Ben (not in the cycle)." in told
    assert "3 to 6 days for all sessions to be held" in told
    assert [one["held"] for one in report.json["sessions"]] == [True, False, False, False]  # type: ignore[union-attr, index, call-overload]
    assert report.json["not_counted"] == [{"process": "make", "held": "2030-10 Ben", "why": "not in the cycle"}]


def test_where_no_session_can_be_planned_it_is_said_without_a_bound():
    report = planned({})
    assert report.message == "No session can be planned: none of 4 leaf clauses that apply can be covered"
    assert not any("lower bound" in note for note in report.notes)
    assert len(report.answer.uncovered) == 4


def test_months_without_an_auditor_and_sessions_too_far_apart_are_told():
    away = frozenset(JANUARY.after(place) for place in range(1, 30))
    report = planned(away=away, said={"make": Said(schema.HIGH)})
    assert report.answer.wide == {"make": 30}
    assert "Make: 30 months pass between two sessions, more than asked for; no month is nearer." in report.notes
    assert any(note.startswith("No auditor is there in 2031-02, 2031-03, ") for note in report.notes)
    assert report.json["without_auditor"] == [str(JANUARY.after(place)) for place in range(1, 30)]
    assert report.json["too_far_apart"] == {"make": 30}
