from __future__ import annotations

import datetime
import io
import random
import weakref
import zipfile

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from imsmap.exporters.excel.worksheet import Sheet, close, new_workbook

VALUES = ("", "a", " b & <c> ", 0, 7, 2.5, 1e20, True, "#N/A", "#DIV/0!", "TRUE")
FORMULAS = ('=A1&"<&>"', "=SUM(A1:B2)", "A1+1")


def filled(seed: int, kind: type[Worksheet], *, column_format: bool = False) -> bytes:
    """Write cells at random places, in any order, over each other, with and without formats."""
    content, chosen = io.BytesIO(), random.Random(seed)
    workbook = new_workbook(content)
    workbook.set_properties({"created": datetime.datetime(2026, 1, 1)})
    sheet = workbook.add_worksheet("x", kind)
    looks = [None, *(workbook.add_format({"bold": at % 2, "font_size": 9 + at // 2}) for at in range(4))]
    looks.append(workbook.add_format({"bold": 1, "font_size": 9}))  # the same as another one
    if column_format:
        sheet.set_column(2, 3, 12, looks[1])
    for _ in range(300):
        row, column, look = chosen.randrange(60), chosen.randrange(30), chosen.choice(looks)
        what = chosen.randrange(8)
        if what == 0:
            sheet.write_blank(row, column, None, look)
        elif what == 1:
            sheet.write_number(row, column, chosen.choice((0, 7, -2.5, 1e20, 1 / 3)), look)
        elif what == 2:
            sheet.write_formula(row, column, chosen.choice(FORMULAS), look, chosen.choice(VALUES))
        elif what == 3:
            sheet.write_boolean(row, column, chosen.random() < 0.5, look)
        elif what == 4:
            sheet.write_url(row, column, "internal:'x'!A1", look, "there")
        elif what == 5:
            sheet.write_comment(row + 5, column, "said")
        elif what == 6:
            sheet.set_row(row + 5, chosen.choice((17, 20)), chosen.choice(looks), {"level": 1})
        else:
            sheet.write_string(row, column, chosen.choice(("", "a", " b & <c> ", "long" * 5000)), look)
    workbook.close()
    return content.getvalue()


@pytest.mark.parametrize("column_format", [False, True])
def test_a_sheet_is_written_to_the_byte_as_xlsxwriter_would(column_format: bool) -> None:
    for seed in range(8):
        ours, theirs = (filled(seed, kind, column_format=column_format) for kind in (Sheet, Worksheet))
        parts = [zipfile.ZipFile(io.BytesIO(content)) for content in (ours, theirs)]
        for name in parts[1].namelist():
            assert parts[0].read(name).split(b"<row") == parts[1].read(name).split(b"<row"), f"{name}, seed {seed}"


def test_what_lies_outside_a_sheet_or_is_too_long_is_treated_as_xlsxwriter_does() -> None:
    for kind in (Sheet, Worksheet):
        workbook = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
        sheet, look = workbook.add_worksheet("x", kind), workbook.add_format()
        sheet.write_string(0, 0, "a")
        assert sheet.write_string(1_048_576, 0, "a") == -1
        assert sheet.write_string(0, 16_384, "a") == -1
        assert sheet.write_blank(0, 16_384, None, look) == -1
        assert sheet.write_string(0, 0, "a" * 40_000) == -2
        workbook.close()


@pytest.mark.parametrize(
    ("formula", "of_arrays"),
    [("=SORT(A2:A9)", True), ("=1+_xlfn.XLOOKUP(1,A2:A9,C2:C9)", True), ("=RESORT(A2)", False), ("=SUM(A2)", False)],
)
def test_a_formula_that_calls_a_function_of_arrays_is_one(formula: str, of_arrays: bool) -> None:
    content = io.BytesIO()
    workbook = new_workbook(content)
    sheet = workbook.add_worksheet("x", Sheet)
    for column in (0, 1, 0):
        sheet.write_formula(0, column, formula)
    workbook.close()
    written = zipfile.ZipFile(io.BytesIO(content.getvalue())).read("xl/worksheets/sheet1.xml")
    assert written.count(b't="array"') == (2 if of_arrays else 0)


def test_what_was_written_is_gone_when_the_workbook_is_closed() -> None:
    content = io.BytesIO()
    workbook = new_workbook(content)
    sheet = workbook.add_worksheet("x", Sheet)
    sheet.write_string(0, 0, "said")
    texts = weakref.ref(workbook.str_table)
    close(workbook)
    assert (texts(), sheet.fh, dict(sheet.table)) == (None, None, {})
    assert b"said" in zipfile.ZipFile(io.BytesIO(content.getvalue())).read("xl/sharedStrings.xml")
