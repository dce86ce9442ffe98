"""The answer to one question as a workbook: a sheet for each of its tables, and one with its message and notes."""

from __future__ import annotations

import datetime
import io

import xlsxwriter

from imsmap.exporters.excel import measure, page, theme
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import grid
from imsmap.exporters.excel.settings import Settings
from imsmap.exporters.excel.sheet import Writer, nowhere, whole_sheet
from imsmap.exporters.excel.text import sheet_name, short
from imsmap.exporters.excel.worksheet import Sheet, new_workbook
from imsmap.report import Report, Table, untyped

ABOUT = "answer"
_WIDTH = 110.0


class AnswerBook(Book):
    """A workbook that holds one report; its sheets are named after the report's tables."""

    def __init__(self, workbook: xlsxwriter.Workbook, report: Report[object], settings: Settings) -> None:
        """Name the sheets; nothing is written yet."""
        about = report.standards
        matrix: Report[object] = Report(
            "matrix", "", report.data_version, (), {"groups": []}, untyped, "", standards=about
        )
        super().__init__(workbook, {"matrix": matrix}, settings, ())
        self.report = report
        kinds = {ABOUT: "Answer", **{table.name: table.title for table in report.tables}}
        for kind, title in kinds.items():
            self.names[kind] = sheet_name(title.partition(":")[0], self.names.values())
        self.sheets = {kind: workbook.add_worksheet(name, Sheet) for kind, name in self.names.items()}

    @property
    def title(self) -> str:
        """The title of the workbook."""
        return self.settings.title or self.report.title


def export(report: Report[object], settings: Settings) -> bytes:
    """Make the workbook; the same report and settings give the same bytes."""
    content = io.BytesIO()
    workbook = new_workbook(content)
    book = AnswerBook(workbook, report, settings)
    workbook.use_custom_theme(io.StringIO(theme.theme_xml(book.standards, None)))
    _about(book)
    for table in report.tables:
        _sheet(book, table)
    created = datetime.datetime.combine(settings.as_of, datetime.time())
    workbook.set_properties({"title": short(book.title, 250), "comments": _made_from(book), "created": created})
    workbook.close()
    return content.getvalue()


def _made_from(book: AnswerBook) -> str:
    return f"Made with imsmap, mapping data {book.data_version}. Our own words only: consult the standards."


def _about(book: AnswerBook) -> None:
    """Write the sheet that says the answer in words, and what the words of the tables mean."""
    writer = Writer(book, ABOUT)
    writer.columns([12, _WIDTH])
    writer.head(book.title, f"{book.date.isoformat()} · mapping data {book.data_version}")
    row = 3
    for text in (book.report.message, *book.report.notes, _made_from(book)):
        writer.text(row, 1, text, "plain", "lined")
        lines = measure.lines_of(text, measure.inner(writer.widths[1]))
        writer.sheet.set_row(row, measure.height_of(lines))
        row += 1
    page.set_up(book, writer.sheet)
    page.print_columns(writer.sheet, row - 1, 0, [(1, 1)])


def _sheet(book: AnswerBook, table: Table) -> None:
    """Write a table; one without rows says none."""
    name = "t" + "".join(word.capitalize() for word in table.name.split("_"))
    laid = grid(name, table, book.standards, {})
    note = table.note or book.report.title
    whole_sheet(book, table.name, table.title, laid, nowhere, note=note, frozen=0, repeated=1, large=True)
