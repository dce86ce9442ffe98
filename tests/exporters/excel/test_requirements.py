"""The sheet Requirements: a question that several standards ask stands once, with a verdict for each beneath it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from imsmap.exporters import excel
from imsmap.exporters.excel import Given, Settings
from imsmap.register import schema
from imsmap.register.cells import Key, Value
from imsmap.register.questions import SHARED
from tests import office
from tests.building import graph, relation, standard
from tests.exporters.excel.library import DAY, A, B, C, reports
from tests.exporters.excel.reading import load, one_sheet
from tests.exporters.excel.recalculating import differences, recalculated
from tests.exporters.excel.test_sheets import table

SETTINGS = Settings(as_of=DAY)
ISSUES = "core:issues"
WRITTEN: dict[Key, Value] = {
    Key("requirements", row, field): value
    for row, field, value in (
        (ISSUES, "owner", "Ann"),
        (ISSUES, "evidence", "Minutes"),
        (ISSUES, "status", "Conforming"),
        (ISSUES, "severity", "Major"),
        (f"{A}:4.1#issues", "status", "Partial"),
        (f"{A}:4.1#issues", "action", "Ask"),
        (f"{A}:4.1#issues", "due", datetime.date(2030, 12, 31)),
        (f"{B}:4.1#issues", "owner", "Bob"),
        (f"{B}:4.1#issues", "action", "Look"),
        (f"{A}:4.1#watching", "owner", "Cy"),
        (f"{A}:4.1#watching", "action", "Watch"),
        (f"{A}:8", "client_note", "beside a heading"),
    )
}


def made(*keys: str, cells: Mapping[Key, Value] = WRITTEN, **more: Any) -> bytes:
    return excel.export(reports(*keys, **more), SETTINGS, given=Given(cells, project="p-1", export="export-1"))


@pytest.fixture(scope="module")
def content() -> bytes:
    return made(A, B)


@pytest.fixture(scope="module")
def sheet(content: bytes) -> Any:
    return one_sheet(content, "Requirements", values=True)


def rows(sheet: Any) -> dict[str, Mapping[str, Any]]:
    return table({"Requirements": sheet}, "Requirements")


def test_rows_go_by_main_clause_and_topic_the_shared_question_first_with_its_verdicts_under_it(sheet: Any) -> None:
    assert list(rows(sheet)) == [
        "main:4", "topic:4.1", ISSUES, f"{A}:4.1#issues", f"{B}:4.1#issues", f"{A}:4.1#watching", "main:8",
        "topic:8.1", f"{B}:8.1#planned", "topic:design", f"{A}:8", f"{A}:8.2#selling", f"{A}:8.4#buying",
        "topic:emergency", f"{B}:8.2#fleeing",
    ]  # fmt: skip
    levels = {sheet.cell(row, 1).value: sheet.row_dimensions[row].outlineLevel for row in range(5, 12)}
    assert levels == {
        "main:4": 0, "topic:4.1": 1, ISSUES: 2, f"{A}:4.1#issues": 3, f"{B}:4.1#issues": 3, f"{A}:4.1#watching": 2,
        "main:8": 0,
    }  # fmt: skip
    assert not sheet.sheet_properties.outlinePr.summaryBelow


def test_a_shared_question_names_its_standards_and_clauses_and_each_verdict_one(sheet: Any) -> None:
    found = rows(sheet)
    said = [(found[id_]["letters"], found[id_]["standard"], found[id_]["clause"], found[id_]["origin"])
            for id_ in (ISSUES, f"{B}:4.1#issues", f"{A}:4.1#watching")]  # fmt: skip
    assert said == [
        ("QE", "ISO1:2030\nISO2:2030", "Q 4.1\nE 4.1", "shared"),
        ("E", "ISO2:2030", "4.1", "verdict"), ("Q", "ISO1:2030", "4.1", "own"),
    ]  # fmt: skip
    assert found[ISSUES]["text"] == "Do issues."


def test_what_is_shared_stands_once_and_what_a_standard_needs_of_its_own_beside_its_verdict(sheet: Any) -> None:
    found = rows(sheet)
    owners = {id_: found[id_]["owner"] for id_ in (ISSUES, f"{A}:4.1#issues", f"{B}:4.1#issues")}
    assert owners == {ISSUES: "Ann", f"{A}:4.1#issues": None, f"{B}:4.1#issues": "Bob"}
    assert found[f"{A}:4.1#issues"]["evidence"] is None


def test_cells_that_are_said_in_another_row_are_grey_and_what_stands_there_anyway_comes_back(sheet: Any) -> None:
    colours = {}
    keys = {cell.value: cell.column for cell in sheet[3]}
    for row in range(5, sheet.max_row + 1):
        for key in (*SHARED, "status"):
            colours[sheet.cell(row, 1).value, key] = sheet.cell(row, keys[key]).fill.fgColor.rgb
    yellow = "FFFFFAE0"
    assert {colours[ISSUES, key] for key in SHARED} == {yellow}
    assert {colours[f"{A}:4.1#watching", key] for key in (*SHARED, "status")} == {yellow}
    assert yellow not in {colours[f"{A}:4.1#issues", key] for key in SHARED}
    assert colours[f"{A}:4.1#issues", "status"] == colours[f"{B}:4.1#issues", "owner"] == yellow
    found = rows(sheet)
    assert found[ISSUES]["status"] == "Conforming"
    assert found[ISSUES]["clause_status"] is None


def test_lists_are_offered_where_answers_belong(content: bytes) -> None:
    sheet = one_sheet(content, "Requirements")
    places = {sheet.cell(row, 1).value: row for row in range(5, sheet.max_row + 1)}
    keys = {cell.value: cell.column_letter for cell in sheet[3]}

    def offered(id_: str, key: str) -> list[str]:
        place = f"{keys[key]}{places[id_]}"
        rules = sheet.data_validations.dataValidation
        return [str(rule.prompt) for rule in rules if any(place in cells for cells in rule.sqref.ranges)]

    assert offered(ISSUES, "status") == []
    assert offered(f"{A}:4.1#issues", "status") == ["How does it stand?"]
    assert len(offered(ISSUES, "document")) == len(offered(f"{A}:4.1#watching", "document")) == 1
    assert "question above" in offered(f"{A}:4.1#issues", "document")[0]


def test_a_note_beside_a_heading_of_the_older_layout_stands_in_the_topic_of_its_first_clause(sheet: Any) -> None:
    found = rows(sheet)
    assert found[f"{A}:8"]["client_note"] == "beside a heading"
    assert f"{A}:4" not in found


def test_a_standard_alone_has_all_cells_in_the_rows_of_its_points() -> None:
    found = rows(one_sheet(made(B), "Requirements", values=True))
    assert ISSUES not in found
    assert (found[f"{B}:4.1#issues"]["owner"], found[f"{B}:4.1#issues"]["evidence"]) == ("Bob", "Minutes")
    assert found[f"{B}:4.1#issues"]["origin"] == "core"


def test_two_editions_of_a_standard_have_a_label_and_a_verdict_each() -> None:
    old, new = "iso1-2020", "iso1-2030"
    library = graph(
        standard(old, {"4.1": ["=issues"], "4.2": ["+hearing"]}, topics={"4.2": "design"}),
        standard(new, {"4.1": ["=issues"], "4.3": ["+hearing"]}, topics={"4.3": "design"}),
        relations=[relation(old, new, "4.2#hearing equal-to 4.3#hearing @10")],
    )
    found = rows(one_sheet(made(old, new, library=library), "Requirements", values=True))
    shared = [(id_, row["letters"]) for id_, row in found.items() if row["origin"] == "shared"]
    assert shared == [(ISSUES, "Q20 Q30"), (f"equal:{old}:4.2#hearing", "Q20 Q30")]
    assert [row["letters"] for row in found.values() if row["origin"] == "verdict"] == ["Q20", "Q30"] * 2


def test_an_action_has_the_owner_of_its_question_unless_its_standard_has_its_own(content: bytes) -> None:
    found = table(load(content, values=True), "Actions")
    assert {id_: row["owner"] for id_, row in found.items() if row["text"]} == {
        f"action:{A}:4.1#issues": "Ann", f"action:{B}:4.1#issues": "Bob", f"action:{A}:4.1#watching": "Cy",
    }  # fmt: skip


def test_links_lead_to_the_row_of_the_point_or_the_first_of_its_clause(content: bytes) -> None:
    book = load(content)
    ids = {row: book["Requirements"].cell(row, 1).value for row in range(1, book["Requirements"].max_row + 1)}
    led = {}
    for name in ("Actions", "Matrix", "Audit checklist", "Documents", "Heat map"):
        for row in book[name].iter_rows():
            for cell in row:
                if cell.hyperlink is not None and "Requirements" in cell.hyperlink.location:
                    number = int("".join(filter(str.isdigit, cell.hyperlink.location.rpartition("!")[2])))
                    led.setdefault(name, set()).add((row[0].value, ids[number]))
    assert led["Actions"] == {
        (f"action:{point}", point) for point in (f"{A}:4.1#issues", f"{B}:4.1#issues", f"{A}:4.1#watching")
    }
    assert {("4.1", f"{A}:4.1#issues"), ("4.1", f"{B}:4.1#issues"), (f"{A}:8.2", f"{A}:8.2#selling")} <= led["Matrix"]
    assert all(target is not None for found in led.values() for _, target in found)


@office.needed
@pytest.mark.slow
def test_the_formulas_of_shared_questions_say_what_python_computed(tmp_path: Path) -> None:
    content = made(A, B, C)
    count, found = differences(content, *recalculated([content], tmp_path))
    assert count > 100
    assert found == []


def test_the_figures_of_the_dashboard_count_verdicts_and_not_the_questions_above_them(content: bytes) -> None:
    words = " ".join(
        str(cell.value) for row in one_sheet(content, "Dashboard", values=True).iter_rows() for cell in row
    )
    assert "1 of 7 points that apply are assessed" in words
    assert "; 0 of 0" not in words
    assert schema.MAJOR == "Major"


def test_every_row_names_its_question_in_a_hidden_column(sheet: Any) -> None:
    found = rows(sheet)
    named = {id_: row["question"] for id_, row in found.items() if row["origin"]}
    assert {id_ for id_, name in named.items() if name == ISSUES} == {ISSUES, f"{A}:4.1#issues", f"{B}:4.1#issues"}
    assert all(name == id_ for id_, name in named.items() if name != ISSUES)
    column = next(cell.column_letter for cell in sheet[3] if cell.value == "question")
    assert sheet.column_dimensions[column].hidden


def test_an_owner_is_missing_where_a_gap_has_none_of_its_own_and_its_question_neither(content: bytes) -> None:
    sheet = one_sheet(content, "Requirements")
    column = next(cell.column_letter for cell in sheet[3] if cell.value == "owner")
    (rule,) = [
        str(rule.formula[0])
        for cells in sheet.conditional_formatting
        if column in str(cells.sqref)
        for rule in cells.rules
    ]
    assert "COUNTIFS(" in rule
    assert '"shared"' in rule
    assert '"verdict"' in rule


def test_the_status_stands_beside_what_it_answers() -> None:
    keys = [field.key for field in lay_fields()]
    assert keys.index("status") == keys.index("text") + 1


def lay_fields() -> list[Any]:
    """Give the columns of the sheet in their order."""
    return list(excel.columns(reports(A, B), SETTINGS)["requirements"].values())
