"""The answer to one question as a workbook: a sheet for each of its tables, and one with its message and notes."""

from __future__ import annotations

import datetime
import io

import xlsxwriter

from imsmap.exporters.excel import measure, page, theme
from imsmap.exporters.excel.book import Volume
from imsmap.exporters.excel.grid import grid
from imsmap.exporters.excel.settings import Settings
from imsmap.exporters.excel.sheet import Writer, nowhere, whole_sheet
from imsmap.exporters.excel.text import short
from imsmap.exporters.excel.worksheet import new_workbook
from imsmap.report import Report, Table

ABOUT = "answer"
_WIDTH = 110.0


class AnswerBook(Volume):
    """A workbook that holds one report; its sheets are named after the report's tables."""

    def __init__(self, workbook: xlsxwriter.Workbook, report: Report[object], settings: Settings) -> None:
        """Name the sheets; nothing is written yet."""
        super().__init__(workbook, report.standards, settings, report.data_version)
        self.report = report
        for kind, title in {ABOUT: "Answer", **{table.name: table.title for table in report.tables}}.items():
            self.add_sheet(kind, title.partition(":")[0])

    @property
    def title(self) -> str:
        """The title of the workbook."""
        return self.settings.title or self.report.title


def export(report: Report[object], settings: Settings) -> bytes:
    """Make the workbook; the same report and settings give the same bytes."""
    content = io.BytesIO()
    workbook = new_workbook(content)
    book = AnswerBook(workbook, report, settings)
    workbook.use_custom_theme(io.StringIO(theme.theme_xml()))
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
