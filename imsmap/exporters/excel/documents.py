"""The sheet Documents: what must exist in writing, one row for what several standards ask for together."""

from __future__ import annotations

from attrs import evolve

from imsmap import about
from imsmap.exporters.excel import own
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, Held, Line, grid
from imsmap.exporters.excel.reports import needed
from imsmap.exporters.excel.sheet import whole_sheet
from imsmap.register import schema
from imsmap.register.schema import Field
from imsmap.report import Ref

ABOUT = about.Sheet(
    title="Documents",
    text="documents and records asked for, each once, yours to fill in",
    shows="documents",
    variants=("audit",),
    place=90,
)

_WIDTHS = {"letters": 8, "clauses": 10.75, "what": 24, "kind": 10.5}


def lay(book: Book) -> Grid:
    """Lay the table out and note where each document and each point that asks for it stands."""
    report = needed(book.reports.documents)
    table = report.table("documents")
    short = tuple(evolve(column, title="kind") if column.role == "kind" else column for column in table.columns)
    laid = grid("tDocuments", evolve(table, columns=short), book.standards, _WIDTHS, schema.DOCUMENTS)
    laid = own.filled(book, "documents", laid)
    rows = {line.id: row for row, line in enumerate(laid.lines, laid.first)}
    for item in report.answer.documents:
        for asked in item.asked.values():
            for point in asked.points if item.id in rows else ():
                book.stand("documents", point, rows[item.id])
    return laid


def write(book: Book) -> None:
    """Write the sheet."""
    report = needed(book.reports.documents)
    asked = {item.id: item.asked for item in report.answer.documents}

    def link(line: Line, field: Field, cell: Held) -> str | None:
        first = cell[0] if isinstance(cell, tuple) and cell else cell
        if not isinstance(first, Ref) or field.standard is None or line.id not in asked:
            return None
        return book.link("requirements", asked[line.id][book.standards[field.standard].key].points[0], "D")

    repeated = 1 + len(book.standards)
    whole_sheet(
        book,
        "documents",
        report.title,
        book.grids["documents"],
        link,
        # One line, which has to fit on paper.
        note=f"{book.counted('documents', report.message)}document = maintain; record = retain; available = left open "
        "which. Empty rows may be named on Requirements, or not apply.",
        frozen=repeated + 1,
        repeated=repeated,
    )
