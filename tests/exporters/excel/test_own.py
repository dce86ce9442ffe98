"""What people wrote goes out again, and reads back as it was."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from imsmap.client.merge import Counts, Field, Fields, base_of, merge
from imsmap.exporters import excel
from imsmap.exporters.excel import Change, Given, Process, Settings
from imsmap.readers.workbook import Returned, read_workbook
from imsmap.register.cells import COLUMNS, COMMENT, OVER, ROWS, SHEET, Formula, Key, Value, same
from tests import office
from tests.exporters import nasty
from tests.exporters.excel.library import DAY, A, B, reports
from tests.exporters.excel.reading import load
from tests.exporters.excel.recalculating import without_values

SETTINGS = Settings(as_of=DAY, client="Smith & Sons")
POINT, OTHER = f"{A}:4.1#issues", f"{A}:8.2#selling"
NEW_ROW, NEXT_ROW = "new:0123456789ab", "new:ba9876543210"
PROCESSES = (Process("sell", "Sell", "Ann", {f"{A}:8.2": "P"}), Process("flee", "Flee"))
CHANGES = (Change(3, DAY, "Ann", "requirements", POINT, "status", None, "Partial"),)


def cells() -> dict[Key, Value]:
    found: dict[Key, Value] = {
        Key("requirements", POINT, "status"): "Partial",
        Key("requirements", POINT, "due"): datetime.date(2031, 2, 3),
        Key("requirements", POINT, "action"): "Mend it",
        Key("requirements", POINT, "owner"): "=1+1",
        Key("requirements", POINT, "evidence"): Formula("=LEN(⟦text··⟧)", 1),
        Key("requirements", POINT, "gap"): datetime.datetime(2031, 2, 3, 14, 30),
        Key("requirements", POINT, "client_note"): True,
        Key("requirements", POINT, "assessor_note"): 3.5,
        Key("requirements", POINT, f"{COMMENT}status"): "Ann (2031-01-01): why?\nBob: because",
        Key("requirements", POINT, f"{OVER}text"): "Our reading of it",
        Key("requirements", POINT, "own:Cost"): 12,
        Key("requirements", OTHER, "own:Cost"): Formula("=6*7", 42),
        Key("requirements", COLUMNS, "own:Cost"): "Cost",
        Key("requirements", COLUMNS, f"{OVER}owner"): "Who",
        Key("requirements", COLUMNS, f"{COMMENT}owner"): "Ann: one name only",
        Key("requirements", SHEET, f"{OVER}title"): "Working list",
        Key("requirements", SHEET, f"{OVER}H1"): "Seen by Ann",
        Key("requirements", SHEET, f"{COMMENT}B1"): "Bob: nice",
        Key("requirements", f"{A}:4", "consultant_note"): "of the whole clause",
        Key("requirements", NEW_ROW, "text"): "One more point",
        Key("requirements", NEW_ROW, "status"): "Conforming",
        Key("requirements", NEW_ROW, "own:Cost"): 5,
        Key("requirements", ROWS, NEW_ROW): POINT,
        Key("requirements", NEXT_ROW, "text"): "And one under it",
        Key("requirements", ROWS, NEXT_ROW): NEW_ROW,
        Key("actions", f"action:{POINT}", "status"): "Open",
        Key("actions", f"action:{OTHER}", "note"): "the action is gone, the note is not",
        Key("actions", NEW_ROW, "text"): "Paint the door",
        Key("actions", NEW_ROW, "due"): datetime.date(2031, 1, 1),
        Key("audit", "4.1", f"result_{A}"): "Conforming",
        Key("documents", "core-issues", "document"): "Context",
        Key("processes", f"{A}:4.1", "process:flee"): "S",
        Key("processes", f"{B}:4.1", "all"): "yes",
        Key("management_review", f"{A}:none", "owner"): "of a row that is not there",
        Key("matrix", "4.1", f"{OVER}advice"): "two documents",
        Key("own:Notes & more", "2", "B"): "free words",
        Key("own:Notes & more", "3", "B"): Formula("=SUM(1,2)", 3),
        Key("own:Notes & more", "2", f"{COMMENT}B"): "Ann: mine",
    }
    return found


def given(written: Mapping[Key, Value]) -> Given:
    return Given(written, PROCESSES, CHANGES, "p-1", "export-1")


def returned(written: Mapping[Key, Value], folder: Path) -> tuple[Returned, Fields]:
    path = folder / "book.xlsx"
    path.write_bytes(excel.export(reports(A, B), SETTINGS, given=given(written)))
    columns = excel.columns(reports(A, B), SETTINGS, given(written))
    fields = {
        sheet: {key: Field(field.owner, field.kind) for key, field in of.items()}  # type: ignore[arg-type]
        for sheet, of in columns.items()
    }
    return read_workbook(path), fields


def found_at(base: Mapping[Key, Value], key: Key) -> Value | None:
    """Give what a workbook holds for a key: what was written over a cell stands in the cell."""
    if key.row == SHEET and key.field == f"{OVER}title":
        return base.get(Key(key.sheet, SHEET, "title"))
    return base.get(key._replace(field=key.field.removeprefix(OVER)))


def test_all_that_people_wrote_reads_back_as_it_was(tmp_path: Path) -> None:
    written = cells()
    base = base_of(*returned(written, tmp_path))
    gone = {key for key in written if key.row == ROWS or key.sheet == "management_review"}
    differing = {
        key: found_at(base, key)
        for key, value in written.items()
        if key not in gone and not same(found_at(base, key), value)
    }
    assert differing == {}


def test_a_workbook_that_nobody_touched_changes_nothing(tmp_path: Path) -> None:
    written = cells()
    back, fields = returned(written, tmp_path)
    merged = merge(base_of(back, fields), written, back, fields)
    assert merged.counts == Counts()
    assert merged.cells == written
    assert merged.clashes == ()


def test_a_remark_whose_place_can_not_be_kept_comes_back_on_the_title(tmp_path: Path) -> None:
    written = cells() | {
        Key("requirements", SHEET, f"{COMMENT}C63"): "Ann: below?\nBob: yes",
        Key("requirements", SHEET, f"{COMMENT}C3"): "Ann: on the hidden keys",
        Key("documents", SHEET, f"{COMMENT}D900"): "Ann: under it",
    }
    back, fields = returned(written, tmp_path)
    base = base_of(back, fields)
    said = "Bob: nice\nC3: Ann: on the hidden keys\nC63: Ann: below?\nC63: Bob: yes"
    assert base[Key("requirements", SHEET, f"{COMMENT}B1")] == said
    assert base[Key("documents", SHEET, f"{COMMENT}B1")] == "D900: Ann: under it"
    merged = merge(base, written, back, fields)
    assert (merged.counts, merged.cells) == (Counts(), written)
    # Without a snapshot the title takes them, once: the next workbook says the same.
    again = merge(None, written, back, fields).cells
    folder = tmp_path / "again"
    folder.mkdir()
    assert base_of(*returned(again, folder))[Key("requirements", SHEET, f"{COMMENT}B1")] == said


def test_the_workbook_says_whose_it_is_and_every_sheet_which_it_is(tmp_path: Path) -> None:
    back, _ = returned(cells(), tmp_path)
    assert (back.project, back.client, back.exports) == ("p-1", "Smith & Sons", ("export-1",))
    keys = {sheet.title: sheet.key for sheet in back.sheets}
    assert keys.pop("Notes & more") is None
    assert keys["Working list"] == "requirements"
    assert None not in keys.values()
    assert len(set(keys.values())) == len(keys) >= 14


def test_rows_that_people_added_stand_under_the_row_under_which_they_stood(tmp_path: Path) -> None:
    back, _ = returned(cells(), tmp_path)
    sheet = next(sheet for sheet in back.sheets if sheet.key == "requirements")
    ids = [row.get(1) for _, row in sorted(sheet.rows.items())]
    place = ids.index(POINT)
    assert ids[place : place + 3] == [POINT, NEW_ROW, NEXT_ROW]


def test_what_people_wrote_beside_a_heading_stands_there_again_and_a_mark_in_a_remark(tmp_path: Path) -> None:
    status, mark = Key("requirements", f"{A}:4", "status"), Key("processes", f"{A}:4", "process:sell")
    base = base_of(*returned(cells() | {status: "Conforming", mark: "P"}, tmp_path))
    assert base[status] == "Conforming"
    assert base[Key("requirements", f"{A}:4", "consultant_note")] == "of the whole clause"
    assert mark not in base  # it would be counted
    assert str(base[mark._replace(field="comment:process:sell")]).startswith("P: a heading counts for nothing")


def test_columns_that_people_added_stand_in_the_order_in_which_they_stood(tmp_path: Path) -> None:
    added = {Key("requirements", POINT, f"own:{name}"): name for name in ("Area", "Zone")}
    order = Key("requirements", "@order", COLUMNS)
    base = base_of(*returned(cells() | added | {order: "own:Zone\nown:Area"}, tmp_path))
    assert base[order] == "own:Zone\nown:Area\nown:Cost"


def test_a_formula_that_reaches_outside_is_written_as_text(tmp_path: Path) -> None:
    key = Key("requirements", POINT, "own:Cost")
    for text in ('=HYPERLINK("http://x","y")', "=[1]Sheet!A1", "=cmd|'/c calc'!A1"):
        base = base_of(*returned(cells() | {key: Formula(text, 1)}, tmp_path))
        assert base[key] == text


def test_a_formula_for_which_excel_would_repair_the_file_is_written_as_what_it_showed(tmp_path: Path) -> None:
    key = Key("requirements", POINT, "own:Cost")
    base = base_of(*returned(cells() | {key: Formula('="abc', 0)}, tmp_path))
    assert (base[key], base[key._replace(field="comment:own:Cost")]) == (0, 'formula: ="abc')


def test_control_characters_in_a_formula_and_in_what_it_showed_brick_no_workbook(tmp_path: Path) -> None:
    places = Key("requirements", POINT, "own:Cost"), Key("own:Notes & more", "3", "B")
    written = cells() | dict.fromkeys(places, Formula('="Ann"&"\x0b\x00"', "Ann\x0b\x00\x1b\ud800\ufffe"))
    base = base_of(*returned(written, tmp_path))
    assert [base[place] for place in places] == 2 * [Formula('="Ann"&""', "Ann\ufffd")]


@pytest.mark.slow
@pytest.mark.parametrize("text", [*nasty.TEXTS, "{=1}", "'quoted", "tab\tin", "_x000D_", "a\r\nb", " ", "\x1b["])
def test_text_of_people_is_never_a_formula(text: str, tmp_path: Path) -> None:
    written = {Key("requirements", POINT, "client_note"): text, Key("own:Free", "1", "A"): text}
    back, fields = returned(written, tmp_path)
    assert not any(isinstance(value, Formula) for key, value in base_of(back, fields).items() if key in written)
    assert merge(base_of(back, fields), written, back, fields).cells == written


def test_text_that_begins_like_a_formula_stays_text_when_it_is_edited() -> None:
    book = load(excel.export(reports(A, B), SETTINGS, given=given(cells())))
    sheet = book["Working list"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_what_was_written_over_a_cell_is_theirs_and_ours_is_told_beside_it() -> None:
    book = load(excel.export(reports(A, B), SETTINGS, given=given(cells())))
    sheet = book["Working list"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Our reading of it")
    assert cell.fill.fgColor.rgb == "FFFFFAE0"
    rules = [rule for rule in sheet.data_validations.dataValidation if cell.coordinate in str(rule.sqref).split()]
    assert [rule.prompt for rule in rules] == ["Do issues (iso1-2030)."]


def test_without_a_project_a_workbook_says_that_it_is_of_no_export(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(excel.export(reports(A, B), SETTINGS))
    back = read_workbook(path)
    assert (back.project, back.exports) == ("", ())


def test_the_same_answers_in_another_order_give_the_same_bytes() -> None:
    written = cells()
    turned = dict(reversed(list(written.items())))
    one, other = (excel.export(reports(A, B), SETTINGS, given=given(each)) for each in (written, turned))
    assert one == other


@office.needed
def test_a_workbook_that_libreoffice_only_saved_changes_nothing(tmp_path: Path) -> None:
    written = cells()
    back, fields = returned(written, tmp_path)
    valueless = tmp_path / "valueless" / "book.xlsx"
    valueless.parent.mkdir()
    valueless.write_bytes(without_values((tmp_path / "book.xlsx").read_bytes()))
    office.convert([valueless], tmp_path / "saved")
    merged = merge(base_of(back, fields), written, read_workbook(tmp_path / "saved" / "book.xlsx"), fields)
    assert merged.counts == Counts()
    assert merged.cells == written


def test_a_sheet_of_theirs_keeps_its_title_where_its_tab_has_to_be_named_otherwise(tmp_path: Path) -> None:
    written: dict[Key, Value] = {Key(f"own:{title}", "1", "A"): title for title in ("Notes ", "Site  list", "Matrix")}
    back, fields = returned(written, tmp_path)
    assert merge(base_of(back, fields), written, back, fields).cells == written
    assert {key.sheet for key in base_of(back, fields)} >= {key.sheet for key in written}
