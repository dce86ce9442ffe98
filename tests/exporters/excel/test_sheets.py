"""The sheets that a client's project fills: what they show, and that their formulas say what Python computed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from imsmap.exporters import excel
from imsmap.exporters.excel import Change, Given, Process, Settings
from imsmap.register.cells import Formula, Key, Value
from imsmap.workbook import META, STATE
from tests import office
from tests.building import graph, standard
from tests.exporters.excel.library import DAY, A, B, C, reports
from tests.exporters.excel.reading import load, one_sheet
from tests.exporters.excel.recalculating import differences, recalculated

SETTINGS = Settings(as_of=DAY, client="Smith & Sons")
ISSUES, WATCHING, SELLING, BUYING = (
    f"{A}:{end}" for end in ("4.1#issues", "4.1#watching", "8.2#selling", "8.4#buying")
)
FLEEING, PLANNED = f"{B}:8.2#fleeing", f"{B}:8.1#planned"
WRITTEN: dict[Key, Value] = {
    Key(sheet, row, field): value
    for sheet, row, field, value in (
        ("blueprint", "4.1", "decided", "separate"),
        ("requirements", ISSUES, "status", "conforming"),
        ("requirements", WATCHING, "status", Formula('="Par"&"tial"', "Partial")),
        ("requirements", ISSUES, "action", "Ask the sales people"),
        ("requirements", ISSUES, "due", datetime.date(2030, 12, 31)),
        ("requirements", ISSUES, "owner", "Ann"),
        ("requirements", ISSUES, "severity", "Major"),
        ("requirements", SELLING, "applies", "Not applicable"),
        ("requirements", BUYING, "status", "Not applicable"),
        ("requirements", BUYING, "action", "Count the suppliers"),
        ("requirements", BUYING, "due", datetime.date(2031, 1, 12)),
        ("requirements", PLANNED, "status", "as good as done"),
        ("requirements", FLEEING, "status", "Not conforming"),
        ("requirements", FLEEING, "action", "Mark the ways out"),
        ("requirements", PLANNED, "action", "Plan"),
        ("requirements", PLANNED, "due", "in spring"),
        ("actions", f"action:{FLEEING}", "status", "Open"),
        ("actions", f"action:{BUYING}", "status", "done"),
        ("actions", "new:0123456789ab", "text", "Paint the door"),
        ("actions", "new:0123456789ab", "due", datetime.date(2031, 1, 1)),
        ("audit", "design", f"result_{A}", "Not conforming"),
        ("processes", f"{B}:8.2", "process:flee", "P"),
        ("processes", f"{A}:8.2", "all", "yes"),
        ("documents", "core-issues", "document", "Context"),
    )
}
PROCESSES = (
    Process("sell", "Sell", "Ann", {f"{A}:8.2": "P", f"{A}:8.4": "S"}),
    Process("flee", "Flee"),
    Process("idle", "Idle", "Bob"),
)
CHANGES = (
    Change(3, DAY, "Ann", "requirements", ISSUES, "status", None, "conforming"),
    Change(3, DAY, "Ann", "requirements", ISSUES, "over:text", "=1", datetime.date(2031, 1, 1)),
)
GIVEN = Given(WRITTEN, PROCESSES, CHANGES, "p-1", "export-1")


@pytest.fixture(scope="module")
def content() -> bytes:
    return excel.export(reports(A, B), SETTINGS, given=GIVEN)


@pytest.fixture(scope="module")
def book(content: bytes) -> Any:
    return load(content, values=True)


def table(book: Any, sheet: str) -> dict[str, Mapping[str, Any]]:
    """Read a sheet by row ids and the keys of columns in the hidden row above the headings."""
    rows = list(book[sheet].iter_rows())
    top = next(i for i, row in enumerate(rows) if str(row[0].value).startswith("imsmap:"))
    keys = [cell.value for cell in rows[top]]
    return {
        row[0].value: {key: cell.value for key, cell in zip(keys, row, strict=True) if key}
        for row in rows[top + 2 :]
        if row[0].value
    }


def test_a_clause_is_as_good_as_the_worst_of_its_points(book: Any) -> None:
    rows = table(book, "Requirements")
    assert {id_: row["clause_status"] for id_, row in rows.items() if "#" in id_} == {
        ISSUES: "Partial", WATCHING: "Partial", SELLING: "Not applicable", BUYING: "Not applicable",
        f"{B}:4.1#issues": "Not assessed", PLANNED: "Not assessed", FLEEING: "Not conforming",
    }  # fmt: skip
    assert all(rows[id_]["clause_status"] is None for id_ in ("main:4", "topic:4.1", "core:issues"))


def test_actions_come_from_requirements_with_days_left_and_overdue_as_a_word(book: Any) -> None:
    rows = table(book, "Actions")
    assert [(id_, row["text"], row["days_left"], row["late"]) for id_, row in rows.items()] == [
        (f"action:{ISSUES}", "Ask the sales people", -2, "OVERDUE"),
        (f"action:{BUYING}", "Count the suppliers", None, None),
        (f"action:{PLANNED}", "Plan", None, "no date"),
        (f"action:{FLEEING}", "Mark the ways out", None, "no date"),
        ("new:0123456789ab", "Paint the door", -1, "OVERDUE"),
    ]
    assert rows[f"action:{ISSUES}"]["owner"] == "Ann"
    assert rows[f"action:{ISSUES}"]["due"] == datetime.datetime(2030, 12, 31)


def test_a_question_has_a_verdict_for_each_standard_that_asks_for_it_and_none_for_others(book: Any) -> None:
    rows = table(book, "Audit checklist")
    shared = rows["4.1"]
    assert [shared[f"result_{key}"] for key in (A, B)] == [None, None]
    alone = rows["design"]
    assert (alone[f"result_{A}"], alone[f"result_{B}"]) == ("Not conforming", "none")


def test_holes_among_processes_are_said_in_words(book: Any) -> None:
    rows = table(book, "Processes")
    assert {id_: row["count"] for id_, row in rows.items() if row["count"] is not None} == {
        f"{A}:4.1": "NO PROCESS", f"{A}:8.2": "does not apply", f"{A}:8.4": "does not apply",
        f"{B}:4.1": "NO PROCESS", f"{B}:8.1": "NO PROCESS", f"{B}:8.2": 1,
    }  # fmt: skip
    above = [[cell.value for cell in row][7:] for row in book["Processes"].iter_rows(min_row=3, max_row=4)]
    assert above == [["Ann", "NO OWNER", "Bob"], [2, 1, "NO CLAUSE"]]


def test_changes_are_told_with_the_titles_of_sheets_and_columns(book: Any) -> None:
    rows = list(table(book, "Changes").values())
    assert [row["sheet"] for row in rows] == ["Requirements", "Requirements"]
    assert rows[0]["row"] == "ISO1:2030, 4.1 · issues"
    assert [row["field"] for row in rows] == ["Status", "written over What is asked for, in our words"]
    assert [(row["old"], row["new"]) for row in rows] == [("none", "conforming"), ("=1", "2031-01-01")]


def test_the_cap_of_integration_stands_above_its_criteria_with_its_source() -> None:
    from imsmap.analyses import integration
    from imsmap.library.graph import ClauseGraph
    from imsmap.library.load import find_mappings
    from imsmap.library.load import load as load_library

    graph = ClauseGraph(load_library(find_mappings(None), ("iso9001-2015", "iso14001-2015")))
    report = integration.analyse(graph, integration.Question(("iso9001-2015", "iso14001-2015")))
    sheet = one_sheet(excel.export(evolve(reports(A, B), integration=report), SETTINGS), "Integration")
    cap = report.answer.cap
    assert cap is not None
    notes = [row[1].value for row in sheet.iter_rows(min_row=3, max_row=10)]
    notes = notes[: notes.index("criterion")]
    assert notes[0] == f"{cap.sentence}."
    assert " ".join(notes[1:]) == f"Source: {cap.source}"
    assert "at most 20 of every 100 hours" in cap.sentence


@pytest.mark.slow
@pytest.mark.parametrize("keys", [(A,), (A, B), (A, B, C)])
def test_every_sheet_is_there_for_any_number_of_standards(keys: tuple[str, ...]) -> None:
    names = load(excel.export(reports(*keys), SETTINGS, given=GIVEN)).sheetnames
    assert {"Actions", "Audit checklist", "Processes", "Management review", "Integration", "Changes"} <= set(names)


def test_lists_offer_the_names_that_are_known(content: bytes) -> None:
    book = load(content)
    rules = {str(rule.formula1) for rule in book["Requirements"].data_validations.dataValidation}
    place = next(rule for rule in rules if "$D$" in rule)
    cells = book["_imsmap"][place.rpartition("!")[2].replace("$", "")]
    assert [cell.value for row in cells for cell in row] == ["Sell", "Flee", "Idle"]


def test_no_function_is_newer_than_excel_2016(content: bytes) -> None:
    for sheet in load(content).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or ("_xlfn" not in str(cell.value) and isinstance(cell.value, str))


@office.needed
def test_libreoffice_computes_every_formula_as_we_did_and_a_value_that_was_not_computed_is_seen(
    content: bytes, tmp_path: Path
) -> None:
    wrong = dict(WRITTEN) | {Key("requirements", ISSUES, "gap"): Formula("=6*7", 41)}
    other = excel.export(reports(A, B), SETTINGS, given=Given(wrong, PROCESSES, CHANGES, "p-1", "export-1"))
    ours, theirs = recalculated([content, other], tmp_path)
    count, found = differences(content, ours)
    assert found == []
    assert count > 100
    _, found = differences(other, theirs)
    assert len(found) == 1
    assert "41, not 42" in found[0]


def test_without_the_sheet_of_requirements_actions_hold_what_it_says() -> None:
    rows = table(load(excel.export(reports(A, B), SETTINGS, ("actions",), given=GIVEN)), "Actions")
    row = rows[f"action:{ISSUES}"]
    assert (row["text"], row["due"], row["owner"]) == ("Ask the sales people", datetime.datetime(2030, 12, 31), "Ann")
    assert "$I5-DATE(2031,1,2)" in row["days_left"]


def test_the_columns_of_every_table_can_be_told_without_writing_it() -> None:
    found = excel.columns(reports(A, B), SETTINGS, GIVEN)
    assert found["requirements"]["status"].owner == "user"
    assert found["requirements"]["due"].kind == "date"
    assert found["requirements"]["text"].owner == "tool"
    assert found["actions"]["days_left"].owner == "computed"
    assert found["audit"][f"result_{B}"].owner == "user"
    assert found["processes"]["process:sell"].owner == "user"
    assert found["integration"]["evidence"].owner == "user"


def test_the_statement_of_applicability_stands_by_itself_with_what_it_counts_as() -> None:
    clauses = {"4": None, "4.1": ["=issues"], "A": None, "A.9": ["+locks", "+keys"], "A.10": ["+dogs"]}
    topics = {"A.9": "design", "A.10": "design"}
    listed = graph(standard(A, clauses, topics=topics, themes=dict.fromkeys(topics, "things"), not_applicable=["A"]))
    cells = {Key("soa", f"{A}:A.9", "applicable"): "No", Key("soa", f"{A}:A.10", "applicable"): "yes"}
    book = load(excel.export(reports(A, library=listed), SETTINGS, ("soa",), Given(cells)), values=True)
    assert book.sheetnames == ["SoA", STATE, META]
    rows = {row[0]: row for row in book["SoA"].iter_rows(values_only=True)}
    assert [rows[f"{A}:{number}"][-1] for number in ("A.9", "A.10")] == ["Not applicable", "Applicable"]
    assert rows[f"{A}:A.10"][6] == "Yes"
