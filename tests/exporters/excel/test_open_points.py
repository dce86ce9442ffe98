from __future__ import annotations

from imsmap.exporters import excel
from imsmap.exporters.excel import Given, Settings
from imsmap.register.cells import Cells, Key, Value
from tests.exporters.excel.library import DAY, A, B, reports
from tests.exporters.excel.reading import one_sheet

ISSUES, OTHERS, BUYING = f"{A}:4.1#issues", f"{B}:4.1#issues", f"{A}:8.4#buying"


def rows(cells: Cells) -> tuple[str, list[dict[str, Value]]]:
    """The note of the sheet, and its rows by heading."""
    content = excel.export(reports(A, B), Settings(as_of=DAY), given=Given(cells=cells), variant="print")
    sheet = one_sheet(content, "Open points", values=True)
    told = list(sheet.iter_rows(values_only=True))
    heads = told[3]
    return told[1][1], [dict(zip(heads, row, strict=True)) for row in told[4:] if row[1]]


def test_verdicts_of_one_question_stand_in_one_row_with_their_letters() -> None:
    cells: dict[Key, Value] = {
        Key("requirements", ISSUES, "status"): "Partial",
        Key("requirements", OTHERS, "status"): "not conforming",
        Key("requirements", OTHERS, "severity"): "Major",
        Key("requirements", "core:issues", "owner"): "Ann",
        Key("requirements", BUYING, "status"): "Conforming",
    }
    note, found = rows(cells)
    (row,) = found
    assert row["Clause"] == "Q 4.1\nE 4.1"
    assert row["Status"] == "Q: Partial\nE: Not conforming"
    assert row["Severity"] == "E: Major"
    assert row["Owner"] == "Ann"
    assert row["Gap"] == "none"
    assert note.replace("\u00a0", " ").startswith("2 points of 3 assessed not met or met in part; ")


def test_what_conforms_and_what_nobody_has_looked_at_is_not_open() -> None:
    note, found = rows({Key("requirements", BUYING, "status"): "Conforming"})
    assert [row["Letters"] for row in found] == ["none"]
    assert note.replace("\u00a0", " ").startswith("None of 1 point assessed is open; ")


def test_a_question_of_one_standard_needs_no_letters_and_a_date_is_written_as_one() -> None:
    cells: dict[Key, Value] = {
        Key("requirements", BUYING, "status"): "Partial",
        Key("requirements", BUYING, "due"): "31.12.2030",
        Key("requirements", BUYING, "action"): "Ask for offers",
    }
    (row,) = rows(cells)[1]
    assert (row["Status"], row["Action"], row["Due"]) == ("Partial", "Ask for offers", "2030-12-31")
