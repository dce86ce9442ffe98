"""The actions of the next 90 days: which are due, in which order, and what is counted beside them."""

from __future__ import annotations

import datetime

from imsmap.analyses import next90
from imsmap.analyses.next90 import NextAnswer
from imsmap.reasoning.groups import grouped
from imsmap.reasoning.shares import Count
from imsmap.register.asked import asked
from imsmap.register.cells import Key, Value
from imsmap.register.obligations import late, unplanned
from imsmap.register.state import state
from tests.building import graph, standard

DAY = datetime.date(2031, 1, 2)
A, B = "iso1-2030", "iso2-2030"
KEYS = (A, B)
GRAPH = graph(
    standard(
        A, {"4.1": ["=issues"], "4.2": ["=parties"], "6.1": ["=risks"], "8.1": ["=planned"], "9.1": ["=measured"]}
    ),
    standard(B, {"4.1": ["=issues"], "10.1": ["=improved"]}, discipline="environment"),
)


def action(point: str, text: str, due: Value | None, progress: str = "", **more: str) -> dict[Key, Value]:
    found: dict[Key, Value] = {
        Key("requirements", point, key): value for key, value in (("action", text), *more.items())
    }
    if due is not None:
        found[Key("requirements", point, "due")] = due
    if progress:
        found[Key("actions", f"action:{point}", "status")] = progress
    return found


def ask(*told: dict[Key, Value]) -> NextAnswer:
    cells = {key: value for found in told for key, value in found.items()}
    question = next90.Question(KEYS, state(asked(grouped(GRAPH, KEYS)), cells, date=DAY))
    return next90.analyse(GRAPH, question).answer


def test_actions_that_are_done_undated_or_later_are_counted_and_not_shown() -> None:
    answer = ask(
        action(f"{A}:4.1#issues", "late", DAY - datetime.timedelta(1), severity="Minor", owner="Ann"),
        action(f"{A}:4.2#parties", "last day", DAY + datetime.timedelta(90), severity="Major"),
        action(f"{A}:6.1#risks", "a day too far", DAY + datetime.timedelta(91)),
        action(f"{A}:8.1#planned", "no date", None),
        action(f"{A}:9.1#measured", "done", DAY, "Done"),
        action(f"{B}:4.1#issues", "verified", DAY, "verified"),
        action(f"{B}:10.1#improved", "no date that is one", "in spring"),
    )
    assert [(one.action.text, one.place) for one in answer.actions] == [("last day", "Q 4.2"), ("late", "Q 4.1")]
    counted = (answer.written, answer.open, answer.overdue, answer.undated, answer.unowned)
    assert counted == (7, 5, 1, 2, 1)


def test_a_date_with_several_readings_that_are_all_over_is_late_and_said_to_be_unsure() -> None:
    told = action(f"{A}:4.1#issues", "look", "04/05/2030"), action(f"{A}:4.2#parties", "ask", "01/04/2031")
    answer = ask(*told)
    (one,) = answer.actions
    assert (one.due.isoformat(), one.action.is_overdue, one.is_sure) == ("2030-05-04", True, False)
    assert (answer.overdue, answer.undated) == (1, 1)
    assert next90.to_json(answer)["actions"][0]["understood"] is False  # type: ignore[index,call-overload]
    cells = {key: value for found in told for key, value in found.items()}
    report = next90.analyse(GRAPH, next90.Question(KEYS, state(asked(grouped(GRAPH, KEYS)), cells, date=DAY)))
    assert "1 date has several readings, and is late in each, imsmap check tells which: they stand" in report.notes[0]


def test_major_gaps_come_first_then_the_earlier_date_then_the_order_of_the_clauses() -> None:
    soon = DAY + datetime.timedelta(5)
    answer = ask(
        action(f"{B}:10.1#improved", "last", soon, severity="Minor"),
        action(f"{A}:9.1#measured", "third", soon, severity="Minor"),
        action(f"{A}:8.1#planned", "second", DAY, severity="Minor"),
        action(f"{A}:6.1#risks", "first", soon, severity="MAJOR"),
    )
    assert [one.action.text for one in answer.actions] == ["first", "second", "third", "last"]


def test_an_action_of_nobodys_clause_counts_too() -> None:
    answer = ask({Key("actions", "new:1", "text"): "paint the door", Key("actions", "new:1", "due"): DAY})
    assert [(one.action.text, one.side, one.place) for one in answer.actions] == [("paint the door", None, "")]


def test_without_any_action_there_is_nothing_to_show() -> None:
    assert ask().written == 0


def test_an_evaluation_of_compliance_is_an_action_while_its_obligation_applies() -> None:
    library = graph(
        standard(A, {"1": ["+air"], "2": ["+water"], "3": ["+noise"]}, topics=dict.fromkeys("123", "design"),
                 laws={"1": "Air Act", "2": "Water Act", "3": "Noise Act"}, not_applicable=["*"]),
    )  # fmt: skip
    cells: dict[Key, Value] = {
        Key("obligations", f"{A}:1", "next"): DAY - datetime.timedelta(3), Key("obligations", f"{A}:1", "owner"): "Ann",
        Key("obligations", f"{A}:2", "next"): DAY, Key("requirements", f"{A}:2#water", "applies"): "Not applicable",
        Key("obligations", f"{A}:3", "next"): "some day",
    }  # fmt: skip
    unsure = cells | {Key("obligations", f"{A}:3", "next"): "04/05/2030"}
    over = state(asked(grouped(library, (A,))), unsure, date=DAY)
    assert (late(over.obligations), unplanned(over.obligations)) == (Count(2, 2), Count(0, 2))
    assert next90.analyse(library, next90.Question((A,), over)).answer.overdue == 2
    found = state(asked(grouped(library, (A,))), cells, date=DAY)
    report = next90.analyse(library, next90.Question((A,), found))
    assert [(one.action.text, one.action.owner, one.place) for one in report.answer.actions] == [
        ("Evaluate compliance: Clause 1", "Ann", "Q 1")
    ]
    assert (report.answer.overdue, report.answer.open, report.answer.written) == (1, 1, 1)
    assert "Of them 1 are evaluations of compliance" in report.notes[0]
    assert (late(found.obligations), unplanned(found.obligations)) == (Count(1, 2), Count(1, 2))
    assert [one.key.row for one in found.misread] == [f"{A}:3"]
