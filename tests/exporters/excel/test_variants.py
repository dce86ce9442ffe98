"""Smaller workbooks hold the sheets that they should, and say what they can't."""

from __future__ import annotations

import pytest

from imsmap.exporters import excel
from imsmap.exporters.excel import Given, Process, Settings, standards_of
from imsmap.exporters.excel.grid import filling
from imsmap.exporters.excel.measure import DIGIT
from imsmap.register.cells import Key
from imsmap.register.schema import Field
from tests.exporters.excel.library import DAY, A, B, reports
from tests.exporters.excel.reading import load

SETTINGS = Settings(as_of=DAY)
GIVEN = Given(cells={Key("own:Notes", "1", "A"): "theirs"}, processes=(Process("p", "P"),))


def sheets(variant: str, *keys: str) -> list[str]:
    book = load(excel.export(reports(*keys), SETTINGS, given=GIVEN, variant=variant))
    return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def test_the_one_for_a_mail_holds_the_matrix_and_the_overlap() -> None:
    assert sheets("matrix", A, B) == ["Read me", "Matrix", "Overlap", "Heat map"]
    assert sheets("matrix", A) == ["Read me", "Matrix"]


@pytest.mark.slow
def test_the_one_for_paper_shows_what_is_read_and_keeps_what_its_figures_rest_on_unseen() -> None:
    assert sheets("print", A, B) == ["Cover", "Read me", "Dashboard", "Matrix", "Open points", "Actions"]
    book = load(excel.export(reports(A, B), SETTINGS, given=GIVEN, variant="print"))
    unseen = [sheet for sheet in book.worksheets if sheet.sheet_state != "visible"]
    assert {"Requirements", "Processes", "Documents"} <= {sheet.title for sheet in unseen}
    # LibreOffice prints a hidden sheet that has an area to print.
    assert [sheet.title for sheet in unseen if sheet.print_area] == []
    targets = {cell.hyperlink.location for sheet in book.worksheets if sheet.sheet_state == "visible"
               for row in sheet.iter_rows() for cell in row if cell.hyperlink}  # fmt: skip
    assert not [target for target in targets if any(f"'{sheet.title}'" in (target or "") for sheet in unseen)]
    assert "Open points" not in sheets("", A, B)
    # Nobody is sent to a sheet that is not printed.
    steps = " ".join(str(row[2]) for row in book["Read me"].iter_rows(max_row=9, values_only=True))
    assert "Matrix" in steps
    assert "On Requirements" not in steps


def test_a_table_on_paper_fills_the_page_up_to_twice_its_width() -> None:
    fields = (Field("class", "Class", width=13), Field("topic", "Topic", width=20), Field("q", "Q", width=30))
    assert [field.width for field in filling(fields, 63 * DIGIT + 15)] == [13, 20, 30]
    assert [field.width for field in filling(fields, 10_000)] == [13, 40, 60]
    assert [field.width for field in filling(fields, 100)] == [13, 20, 30]


def test_the_one_for_an_auditor_holds_what_an_auditor_asks_for() -> None:
    found = sheets("audit", A, B)
    assert found[:3] == ["Cover", "Read me", "Matrix"]
    assert {"Requirements", "Audit checklist", "Documents", "Actions", "Processes"} <= set(found)
    assert not {"Dashboard", "Notes", "Changes"} & set(found)


def test_a_standard_alone_holds_all_sheets_about_it_and_nothing_of_the_other() -> None:
    assert standards_of(B, (A, B)) == (B,)
    content = excel.export(reports(*standards_of(B, (A, B))), SETTINGS, given=GIVEN, variant=B)
    book = load(content, values=True)
    assert {"Cover", "Dashboard", "Matrix", "Requirements", "Audit checklist", "Notes"} <= set(book.sheetnames)
    said = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    assert B in said
    assert A not in said
    # That it shares nothing with others here says nothing of what it shares.
    assert book["Matrix"]["B1"].value == "Matrix: ISO2:2030"
    assert "alone" not in str(book["Matrix"]["B2"].value)


def test_a_standard_alone_has_each_of_its_points_with_what_was_said_for_all_and_prints_every_row() -> None:
    said = {Key("requirements", "core:issues", "evidence"): "Minutes", Key("audit", "4.1", "evidence_seen"): "Seen"}
    given = Given(cells=said, processes=GIVEN.processes, project="p", export="e1")
    told = reports(B)
    book = load(excel.export(told, SETTINGS, given=given, variant=B), values=True)
    sheet = book["Requirements"]
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True) if row[0]}
    assert told.requirements is not None
    points = [point for leaf in told.requirements.answer.asked.leaves for point in leaf.points]
    assert set(points) <= set(rows)
    assert "Minutes" in rows[f"{B}:4.1#issues"]
    assert "Seen" in {cell for row in book["Audit checklist"].iter_rows(values_only=True) for cell in row}
    for name in ("Requirements", "Audit checklist", "Documents", "Processes"):
        (*_, last) = (area.rpartition("$")[2] for area in book[name].print_area.split(","))
        assert int(last) == book[name].max_row


def test_reports_about_more_than_the_one_standard_are_refused() -> None:
    with pytest.raises(ValueError, match=rf"the workbook of {B} alone needs reports about this standard alone, not 2"):
        sheets(B, A, B)


def test_what_is_not_possible_says_why_and_what_is() -> None:
    with pytest.raises(ValueError, match=r"two editions of one standard side by side, .* without a second edition"):
        sheets("transition", A, B)
    with pytest.raises(ValueError, match=rf"no variant 'small'; choose from workbook, matrix, print, audit, {A}, {B}"):
        sheets("small", A, B)
    assert standards_of("", (A, B)) == standards_of("workbook", (A, B)) == standards_of("audit", (A, B)) == (A, B)
