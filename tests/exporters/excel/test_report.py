from __future__ import annotations

import datetime
import io

import openpyxl

from imsmap.exporters.excel import Settings
from imsmap.exporters.excel.report import export
from imsmap.report import NOTHING, Column, Report, Row, Table

SETTINGS = Settings(as_of=datetime.date(2026, 1, 31))
REPORT = Report(
    "gap",
    "From A to B",
    "2030.1",
    (
        Table(
            "work",
            "Work list: what is new",
            (Column("clause", "Clause"), Column("n", "n", "number"), Column("who", "Who", owner="user")),
            (Row("a", ("=1+1", 3, None)), Row("b", ("@x", 0, None))),
        ),
        Table("rest", "Work list: the rest", (Column("x", "X"),), ()),
    ),
    {},
    dict,
    "2 of 3 points are new",
    ("new = nothing is there", "-a note that begins with a sign"),
)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_each_table_becomes_a_sheet_behind_one_that_says_the_answer() -> None:
    book = opened(export(REPORT, SETTINGS))
    assert book.sheetnames[:2] == ["Answer", "Work list"]
    assert len(set(book.sheetnames)) == 3
    words = [cell.value for row in book["Answer"].iter_rows() for cell in row if cell.value]
    assert {"From A to B", REPORT.message, *REPORT.notes} <= set(words)
    assert [list(sheet.tables) for sheet in book.worksheets[1:]] == [["tWork"], ["tRest"]]


def test_cells_keep_their_kind_and_text_never_becomes_a_formula() -> None:
    sheet = opened(export(REPORT, SETTINGS)).worksheets[1]
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert (cells["=1+1"], cells["@x"], cells[3]) == ("s", "s", "n")


def test_an_empty_table_says_none() -> None:
    sheet = opened(export(REPORT, SETTINGS)).worksheets[2]
    assert NOTHING.value in [cell.value for row in sheet.iter_rows() for cell in row]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert export(REPORT, SETTINGS) == export(REPORT, SETTINGS)
