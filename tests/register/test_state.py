"""What a client's answers mean: what counts, what is left out, and what was not understood."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import pytest
from attrs import evolve

from imsmap.reasoning.groups import grouped
from imsmap.reasoning.shares import Count
from imsmap.register.asked import asked
from imsmap.register.cells import Formula, Key, Value
from imsmap.register.schema import Process
from imsmap.register.state import State, said, state, worst
from tests.building import graph, standard

DAY = datetime.date(2031, 1, 2)
A = standard(
    "a",
    {"4": None, "4.1": ["=issues", "+watching"], "8": None, "8.3": ["+design"], "8.4": ["+buying"]},
    topics={"8.3": "design", "8.4": "design"},
    not_applicable=["4.1", "8.3"],
)
B = standard("b", {"4": None, "4.1": ["=issues"]}, discipline="environment")
ISSUES, WATCHING, DESIGN, BUYING, OTHER = (
    "a:4.1#issues",
    "a:4.1#watching",
    "a:8.3#design",
    "a:8.4#buying",
    "b:4.1#issues",
)
SHARED = "core:issues"
MAKE, SELL = Process("make", "Make", "Ann"), Process("sell", "Sell", "  ")


def of(
    cells: Mapping[tuple[str, str, str], Value] | None = None,
    *,
    processes: Sequence[Process] = (),
    documents: Mapping[str, Sequence[str]] | None = None,
) -> State:
    told = {Key(*place): value for place, value in (cells or {}).items()}
    return state(asked(grouped(graph(A, B), ("a", "b"))), told, processes, documents, date=DAY)


def row(ref: str, **fields: Value) -> dict[tuple[str, str, str], Value]:
    return {("requirements", ref, name): value for name, value in fields.items()}


# --- not applicable ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["applies", "status"])
def test_what_is_held_not_applicable_is_left_out_of_every_count(field: str) -> None:
    found = of(row(DESIGN, severity="Major", **{field: " not  applicable "}), documents={"plan": [DESIGN]})
    assert found.points[DESIGN].status == found.clauses["a:8.3"].status == "Not applicable"
    assert (found.scope, found.holes) == (Count(3, 4), Count(3, 3))
    assert (found.assessed, found.majors, found.missing) == (Count(0, 4), Count(0, 0), Count(0, 0))


def test_what_the_standard_does_not_let_be_left_out_stays_in_scope() -> None:
    found = of(row(BUYING, applies="Not applicable", justification="No wish") | row(OTHER, status="Not applicable"))
    assert found.points[BUYING].status == found.points[OTHER].status == "Not assessed"
    assert found.scope == Count(4, 4)
    assert [(e.point, e.allowed, e.left_out, e.reason) for e in found.exclusions] == [
        (BUYING, False, False, "No wish"), (OTHER, False, False, ""),
    ]  # fmt: skip


def test_a_clause_that_does_not_apply_in_part_is_in_scope_by_the_rest() -> None:
    found = of(row(WATCHING, applies="Not applicable") | row(ISSUES, status="conforming"))
    assert found.clauses["a:4.1"].status == "Conforming"
    assert found.scope == Count(4, 4)


def test_applies_decides_over_status_and_what_gainsays_it_is_told() -> None:
    found = of(
        row(DESIGN, applies="Not applicable", status="Partial")
        | row(WATCHING, applies="Partly", status="not applicable")
    )
    assert found.points[DESIGN].status == "Not applicable"
    assert found.points[WATCHING].status == "Not assessed"
    assert [(e.point, e.field, e.gainsaid, e.left_out) for e in found.exclusions] == [
        (WATCHING, "status", "Partly", False), (DESIGN, "applies", "Partial", True),
    ]  # fmt: skip


def heading_of(point: str, kind: str) -> str:
    above = asked(grouped(graph(A, B), ("a", "b"))).headings[point]
    return next(row for row in above if row.startswith(kind))


def test_a_heading_that_is_not_applicable_holds_for_all_beneath_it_that_may_be_left_out() -> None:
    main = heading_of(DESIGN, "main:")
    found = of(row(main, applies="Not applicable", justification="No operation"))
    (held,) = found.held_above
    assert DESIGN in held.left_out
    assert BUYING in held.refused
    assert (found.points[DESIGN].status, found.points[BUYING].status) == ("Not applicable", "Not assessed")
    assert {entry.point for entry in found.exclusions} == set(held.left_out)
    assert {(entry.reason, entry.heading, entry.left_out) for entry in found.exclusions} == {
        ("No operation", main, True)
    }  # fmt: skip
    assert found.clauses["a:8.3"].status == "Not applicable"
    assert of(row(main, status="not applicable")).points == found.points


def test_what_a_row_or_a_nearer_heading_says_comes_before_a_heading_further_up() -> None:
    main, topic = heading_of(DESIGN, "main:"), heading_of(DESIGN, "topic:")
    above = row(main, applies="Not applicable", justification="None")
    assert of(above | row(DESIGN, applies="Partly")).points[DESIGN].in_scope
    assert of(above | row(topic, applies="Applies")).points[DESIGN].in_scope
    assert not of(above | row(topic, status="Conforming")).points[DESIGN].in_scope
    (gainsaid,) = (e for e in of(above | row(DESIGN, status="Partial")).exclusions if e.point == DESIGN)
    assert (gainsaid.gainsaid, gainsaid.left_out) == ("Partial", True)
    (own,) = (e for e in of(above | row(DESIGN, applies="Not applicable")).exclusions if e.point == DESIGN)
    assert (own.heading, own.reason) == ("", "None")


def test_a_word_off_the_list_under_applies_decides_nothing() -> None:
    found = of(row(DESIGN, applies="n/a", status="Not applicable"))
    assert found.points[DESIGN].status == "Not applicable"
    assert found.exclusions[0].gainsaid == ""


# --- status ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["Conforming", "Not assessed", "Partial", "Not conforming"], "Not conforming"),
        (["Conforming", "Not assessed", "Partial", "Not applicable"], "Partial"),
        (["Conforming", "Not assessed"], "Not assessed"),
        (["Conforming", "Not applicable"], "Conforming"),
        (["Not applicable"], "Not applicable"),
        ([], "Not assessed"),
    ],
)
def test_a_clause_stands_as_the_worst_of_its_points(states: list[str], expected: str) -> None:
    assert worst(states) == expected


def test_assessed_is_what_has_a_verdict_of_what_applies() -> None:
    found = of(
        row(ISSUES, status="PARTIAL") | row(WATCHING, status="Not assessed") | row(DESIGN, applies="Not applicable")
    )
    assert found.assessed == Count(1, 4)


def test_a_major_is_open_until_it_conforms() -> None:
    found = of(
        row(ISSUES, severity="Major", status="Conforming")
        | row(BUYING, severity="major")
        | row(OTHER, severity="Minor")
    )
    assert found.majors == Count(1, 2)


# --- processes -------------------------------------------------------------------------------------------------------


def test_a_hole_is_a_clause_in_scope_without_a_mark_and_without_all() -> None:
    found = of(
        {
            ("processes", "a:4.1", "process:make"): "p",
            ("processes", "a:8.4", "process:make"): "perhaps",
            ("processes", "a:8.4", "process:gone"): "P",
            ("processes", "b:4.1", "all"): "YES",
            **row(DESIGN, applies="Not applicable"),
        },
        processes=[MAKE, SELL],
    )
    assert [ref for ref, clause in found.clauses.items() if clause.is_hole] == ["a:8.4"]
    assert found.holes == Count(1, 3)
    assert [(p.id, p.owner, p.clauses) for p in found.processes] == [("make", "Ann", 1), ("sell", "", 0)]
    assert found.unowned == Count(1, 2)


def test_a_mark_in_the_cells_comes_before_that_of_the_file() -> None:
    make = Process("make", "Make", "Ann", {"a:8.4": "P", "a:8.3": "S"})
    found = of({("processes", "a:8.4", "process:make"): "?"}, processes=[make])
    assert found.clauses["a:8.4"].is_hole
    assert found.clauses["a:8.3"].marks == {"make": "S"}


# --- actions ---------------------------------------------------------------------------------------------------------

LATE = DAY - datetime.timedelta(1)


def test_an_action_is_late_while_it_is_open_and_its_day_is_over() -> None:
    found = of(
        row(ISSUES, action="Look", due=LATE)
        | row(BUYING, action="Buy", due=DAY)
        | row(OTHER, action="Done with", due=LATE)
        | row(WATCHING, due=LATE)
        | {("actions", f"action:{OTHER}", "status"): "verified"}
    )
    assert [(a.text, a.is_open, a.is_overdue) for a in found.actions] == [
        ("Look", True, True), ("Buy", True, False), ("Done with", False, False),
    ]  # fmt: skip
    assert found.overdue == Count(1, 2)


def test_an_action_counts_whatever_becomes_of_its_requirement() -> None:
    assert of(row(DESIGN, action="Draw", due=LATE, applies="Not applicable")).overdue == Count(1, 1)


def test_an_action_is_late_where_every_reading_of_its_date_is_over_and_is_still_not_understood() -> None:
    found = of(
        row(ISSUES, action="Look", due="04/05/2030")
        | row(BUYING, action="Buy", due="04/01/2031")
        | row(OTHER, action="Listen", due="02/12/2030")
        | row(DESIGN, action="Draw", due="04/05/2031")
        | {("actions", f"action:{OTHER}", "status"): "done"}
    )
    told = {a.text: (a.due, a.is_overdue, a.by and a.by.isoformat()) for a in found.actions}
    assert told == {
        "Look": (None, True, "2030-05-04"), "Buy": (None, False, None), "Listen": (None, False, None),
        "Draw": (None, False, None),
    }  # fmt: skip
    assert (found.overdue, found.not_understood) == (Count(1, 3), Count(4, 5))


def test_who_owns_the_question_owns_the_action_unless_its_own_row_names_somebody() -> None:
    found = of(row(SHARED, owner="Ann") | row(ISSUES, action="Look") | row(OTHER, action="Listen", owner="Bob"))
    assert [action.owner for action in found.actions] == ["Ann", "Bob"]


def test_what_was_written_over_a_cell_of_actions_and_rows_of_their_own_count() -> None:
    found = of(
        row(ISSUES, action="Look", due=DAY)
        | {
            ("actions", f"action:{ISSUES}", "over:due"): LATE,
            ("actions", "new:1", "text"): "Paint the door",
            ("actions", "new:1", "over:due"): LATE,
            ("actions", "new:2", "over:text"): "Ask",
        }
    )
    assert [(a.text, a.point, a.is_overdue) for a in found.actions] == [
        ("Look", ISSUES, True), ("Paint the door", "", True), ("Ask", "", False),
    ]  # fmt: skip


# --- documents -------------------------------------------------------------------------------------------------------


def test_a_document_is_missing_until_its_row_or_every_point_in_scope_names_one() -> None:
    documents = {"list": [ISSUES, OTHER], "plan": [DESIGN], "orders": [DESIGN, BUYING]}
    assert of(documents=documents).missing == Count(3, 3)
    named = row(SHARED, document="Handbook") | {("documents", "plan", "location"): "shelf 3"}
    assert of(named, documents=documents).missing == Count(1, 3)
    spared = of(named | row(DESIGN, applies="Not applicable"), documents=documents)
    assert spared.missing == Count(1, 2)
    assert spared.documents["orders"].unnamed == (BUYING,)
    assert of(row(ISSUES, document="List"), documents=documents).documents["list"].unnamed == (OTHER,)


# --- not understood --------------------------------------------------------------------------------------------------


def test_answers_off_their_list_and_dates_that_are_none_are_counted_as_not_understood() -> None:
    found = of(
        row(ISSUES, applies="sometimes", status="so so", severity="bad", due="soon", action="Look")
        | row(BUYING, status="Partial", due=DAY, applies="  ", owner="anybody")
        | {
            ("actions", f"action:{ISSUES}", "status"): "almost",
            ("actions", "new:1", "due"): "some day",
            ("actions", "new:1", "text"): "Paint the door",
            ("processes", "a:4.1", "process:make"): "?",
            ("processes", "a:8.4", "all"): True,
        },
        processes=[MAKE],
    )
    assert [(m.key.sheet, m.key.row, m.key.field) for m in found.misread] == [
        ("requirements", ISSUES, "applies"), ("requirements", ISSUES, "status"), ("requirements", ISSUES, "severity"),
        ("actions", f"action:{ISSUES}", "status"), ("requirements", ISSUES, "due"), ("actions", "new:1", "due"),
        ("processes", "a:4.1", "process:make"), ("processes", "a:8.4", "all"),
    ]  # fmt: skip
    assert found.not_understood == Count(8, 9)
    assert found.answered["actions", "due"] == 2


def test_what_is_said_is_compared_without_blanks_and_case() -> None:
    assert said(Formula("=A1", " Yes ")) == "yes"
    assert said(Formula("=A1")) == ""


# --- a standard without points ---------------------------------------------------------------------------------------


def test_a_clause_whose_points_are_not_listed_is_in_scope_and_not_assessed() -> None:
    rough = evolve(standard("r", {"4": None, "4.1": [], "4.2": ["=parties"]}), level="clause")
    found = state(asked(grouped(graph(rough), ("r",))), {}, date=DAY)
    assert {ref: clause.status for ref, clause in found.clauses.items()} == {
        "r:4.1": "Not assessed", "r:4.2": "Not assessed",
    }  # fmt: skip
    assert (found.scope, found.assessed) == (Count(2, 2), Count(0, 0))


LISTED = standard(
    "c",
    {
        "4": None,
        "4.1": ["=issues"],
        "A": None,
        "A.1": ["+locks", "+keys"],
        "A.2": ["+dogs"],
        "B": None,
        "B.1": ["+oath"],
    },
    topics={"A.1": "design", "A.2": "design", "B.1": "design"},
    themes=dict.fromkeys(("A.1", "A.2", "B.1"), "things"),
    not_applicable=["A"],
)


def statement(cells: Mapping[tuple[str, str, str], Value]) -> State:
    known = asked(grouped(graph(LISTED), ("c",)))
    return state(known, {Key(*key): value for key, value in cells.items()}, date=DAY)


def test_a_control_left_out_takes_all_that_it_asks_for_out_of_scope_unless_applies_says_otherwise() -> None:
    told = statement({("soa", "c:A.1", "applicable"): "no", ("soa", "c:A.1", "justification"): "No doors"})
    assert not told.clauses["c:A.1"].in_scope
    assert told.controls["c:A.1"].stands == "Not applicable"
    assert {entry.reason for entry in told.exclusions} == {"No doors"}
    assert (told.scope, told.decided, told.unjustified) == (Count(3, 4), Count(1, 3), Count(0, 1))
    told = statement(
        {("soa", "c:A.1", "applicable"): "No", ("requirements", "c:A.1#keys", "applies"): "Applies"},
    )
    assert told.points["c:A.1#locks"].status == "Not applicable"
    assert told.points["c:A.1#keys"].status == "Not assessed"
    assert told.controls["c:A.1"].stands == "Not decided"


def test_a_control_that_applies_stays_in_scope_whatever_a_heading_says_and_may_be_implemented() -> None:
    told = statement(
        {
            ("requirements", "c:A", "applies"): "Not applicable",
            ("soa", "c:A.1", "applicable"): "Yes",
            ("soa", "c:A.1", "status"): "implemented",
            ("soa", "c:A.2", "applicable"): "perhaps",
        }
    )
    assert {ref: control.stands for ref, control in told.controls.items()} == {
        "c:A.1": "Applicable", "c:A.2": "Not applicable", "c:B.1": "Not decided",
    }  # fmt: skip
    assert (told.implemented, told.unjustified) == (Count(1, 1), Count(2, 2))
    assert [misread.key for misread in told.misread] == [Key("soa", "c:A.2", "applicable")]


def test_a_control_that_its_standard_does_not_let_be_left_out_stays_in_scope_and_is_told() -> None:
    told = statement({("soa", "c:B.1", "applicable"): "No"})
    assert told.clauses["c:B.1"].in_scope
    assert [(held.row, held.refused) for held in told.held_above] == [("control:c:B.1", ("c:B.1#oath",))]
