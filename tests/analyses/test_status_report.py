"""How a project stands: figures of its state alone, by topic and standard, and what follows from them."""

from __future__ import annotations

import datetime
import json

from imsmap import api
from imsmap.analyses import status_report
from imsmap.analyses.status_report.answer import ReportAnswer
from imsmap.reasoning.groups import grouped
from imsmap.register import schema
from imsmap.register.asked import asked
from imsmap.register.cells import Key, Value
from imsmap.register.course import Course, moment
from imsmap.register.effort import Rates, Span
from imsmap.register.figures import figures
from imsmap.register.schema import Process
from imsmap.register.state import State, state
from imsmap.report import Report
from tests.analyses.test_next90 import DAY, GRAPH, KEYS, A, B, action
from tests.building import graph, standard

SOON, PAST = DAY + datetime.timedelta(9), DAY - datetime.timedelta(30)
PROCESSES = (Process("sell", "Sell", "Ann", {f"{A}:4.1": "P"}), Process("make", "Make"))
Told = dict[Key, Value]


def point(ref: str, **fields: str) -> Told:
    return {Key("requirements", ref, name): value for name, value in fields.items()}


CELLS: Told = {
    **point(f"{A}:4.1#issues", status="Conforming"),
    **point(f"{B}:4.1#issues", status="Partial"),
    **point(f"{A}:4.2#parties", status="Not conforming", severity="Major", gap="Nobody asks them"),
    **action(f"{A}:4.2#parties", "Ask them", PAST, owner="Ann"),
    **point(f"{A}:6.1#risks", status="Not conforming", severity="Major"),
    **action(f"{B}:10.1#improved", "Look", SOON, owner="Bob"),
}


def stands(cells: Told, date: datetime.date = DAY, processes: tuple[Process, ...] = PROCESSES) -> State:
    documents = {"plan": [f"{A}:8.1#planned"], "list": [f"{A}:4.1#issues"]}
    found = dict(cells) | {Key("documents", "list", "document"): "L-1"}
    return state(asked(grouped(GRAPH, KEYS)), found, processes, documents, date=date)


def report(cells: Told, now: State | None = None, **words: object) -> Report[ReportAnswer]:
    question = status_report.Question(KEYS, now or stands(cells), cells, {"plan": "A plan"}, **words)  # type: ignore[arg-type]
    return status_report.analyse(GRAPH, question)


def test_every_figure_is_one_of_the_state() -> None:
    now = stands(CELLS)
    answer = report(CELLS, now).answer
    assert answer.figures == figures(now) == answer.now.figures
    assert len(answer.majors) == now.majors.n == 2
    assert len(answer.documents) == now.missing.n == 1
    assert len(answer.unowned) == now.unowned.n == 1
    assert len(answer.holes) == now.holes.n
    assert len(answer.late) == now.overdue.n == 1


def test_topics_and_main_clauses_count_each_point_once() -> None:
    now = stands(CELLS)
    answer = report(CELLS, now).answer
    for heaps in (answer.topics, answer.main_clauses):
        counts = [counts for heap in heaps for counts in heap.points.values()]
        assert sum(sum(one.values()) for one in counts) == now.assessed.m
        assert sum(one[word] for one in counts for word in one if word != schema.NOT_ASSESSED) == now.assessed.n
        of_a = sum(sum(heap.points[A].values()) for heap in heaps if A in heap.points)
        assert of_a == sum(ref.startswith(f"{A}:") for ref in now.points)
    (context,) = (heap for heap in answer.main_clauses if heap.id == "4")
    assert {key: counts["Conforming"] for key, counts in context.points.items()} == {A: 1, B: 0}


def test_a_clause_counts_in_the_main_clause_of_its_own_standard_wherever_its_topic_stands() -> None:
    mine = graph(
        standard(A, {"4": None, "4.1": ["=issues"]}),
        standard(B, {"4": None, "4.1": ["=issues"], "A": None, "A.1": ["=issues"]}, discipline="environment"),
    )
    now = state(asked(grouped(mine, (A, B))), {}, date=DAY)
    told = status_report.analyse(mine, status_report.Question((A, B), now, {})).answer
    assert [(one.name, sorted(one.points)) for one in told.main_clauses] == [
        ("4 Hub 4", [A, B]), ("A Clause A", [B]),
    ]  # fmt: skip
    assert {topic.main for topic in told.topics} == {"4"}


def test_a_major_has_its_gap_in_peoples_words_else_what_is_asked_and_what_is_done() -> None:
    loose, planned = report(CELLS).answer.majors
    assert (loose.place, loose.action, loose.is_planned) == ("Q 6.1", None, False)
    assert loose.gap == GRAPH.point(f"{A}:6.1#risks").text
    assert (planned.place, planned.gap, planned.is_planned) == ("Q 4.2", "Nobody asks them", True)
    assert planned.action is not None
    assert planned.action.text == "Ask them"


def test_what_nobody_has_taken_on_is_decided_first_then_what_is_late() -> None:
    found = [(one.about, one.what) for one in report(CELLS).answer.decisions]
    assert found == [
        ("majors", "Name who closes the open major that nobody has taken on, and by when."),
        ("late", "Give the late action people and time, or new dates."),
        ("points", "Name who assesses the 3\u00a0points that nobody has looked at."),
        ("processes", "Name an owner for each process and each clause that no process answers for."),
        ("documents", "Say who writes the document that is missing."),
    ]
    first, late = report(CELLS).answer.decisions[:2]
    assert first.why == "Without an action, its owner or its date: Q\u00a06.1."
    assert late.why == "The oldest is 30\u00a0days late (3\u00a0December\u00a02030, Ann)."


def test_what_is_late_however_its_date_is_read_is_told_with_the_last_day_that_it_may_mean() -> None:
    told = report(CELLS | {Key("requirements", f"{A}:4.2#parties", "due"): "02/12/2030"})
    late = next(one for one in told.answer.decisions if one.about == "late")
    assert late.why == "The oldest is at least 31\u00a0days late (by 2\u00a0December\u00a02030, Ann)."
    (row,) = (row for row in told.table("actions").rows if row.id.endswith("parties"))
    assert row.cells[:2] == ("by 2030-12-02", True)
    assert (told.answer.agenda.unsure, told.answer.agenda.undated) == (1, 0)


def test_majors_under_way_are_to_be_held_to_their_last_date() -> None:
    cells = CELLS | action(f"{A}:6.1#risks", "Think", SOON, owner="Bob")
    last = report(cells).answer.decisions[-1]
    assert (last.what, last.by) == ("Hold to the dates of the major under way.", SOON)


def test_where_all_is_well_nothing_is_to_be_decided() -> None:
    refs = [f"{A}:4.1#issues", f"{A}:4.2#parties", f"{A}:6.1#risks", f"{A}:8.1#planned", f"{A}:9.1#measured"]
    refs += [f"{B}:4.1#issues", f"{B}:10.1#improved"]
    cells: Told = {key: value for ref in refs for key, value in point(ref, status="Conforming", document="D").items()}
    cells |= {Key("processes", ref.partition("#")[0], "all"): "yes" for ref in refs}
    assert report(cells, stands(cells, processes=PROCESSES[:1])).answer.decisions == ()


def test_what_moved_is_counted_from_the_state_before() -> None:
    before = stands({}, PAST)
    then = moment(before, 1, 2)
    now = stands(CELLS)
    answer = report(CELLS, now, course=Course((then, moment(now, 2)), then, before)).answer
    assert (answer.since, answer.moments[-1].points, answer.has_begun) == (then, answer.now.points, True)
    assert len(answer.moved.assessed) == now.assessed.n
    assert not report({}, before).answer.has_begun


def test_tables_and_json_hold_the_same_figures() -> None:
    before = stands({}, PAST)
    then = moment(before, 1, 2)
    rates = Rates({"point": Span(1, 2)}, Span(10, 20), "EUR")
    now = stands(CELLS)
    made = report(CELLS, now, course=Course((then, moment(now, 2)), then, before), rates=rates)
    held = json.loads(api.export(made, "json"))
    assert (held["analysis"], held["version"], held["date"]) == ("status-report", 1, DAY.isoformat())
    assert held["figures"]["majors"] == {"n": 2, "m": 2}
    assert held["since"]["version"] == 2
    assert held["effort"]["hours"] == {"low": 3.0, "high": 6.0}
    assert held["effort"]["price"] == {"low": 30.0, "high": 120.0}
    assert held["open_majors"][0]["action"] is None
    rows = {row.id: row.cells for row in made.table("figures").rows}
    assert rows["assessed"][1:5] == (4, 7, 0, 7)
    assert rows["unowned"][3:5] == (None, None)
    assert [table.name for table in made.tables] == [
        "figures", "clauses", "topics", "course", "majors", "actions", "missing", "decisions", "effort",
    ]  # fmt: skip
