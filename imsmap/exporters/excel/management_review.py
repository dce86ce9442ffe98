"""The sheet Management review: one agenda, with the clauses of each standard that ask for an item."""

from __future__ import annotations

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
    title="Management review",
    text="one agenda that proves the inputs of all standards",
    shows="management_review",
    place=120,
)

_WIDTHS = {"kind": 11, "what": 40, "letters": 7, "clauses": 11}
_FROZEN = 2


def lay(book: Book) -> Grid:
    """Lay the table out."""
    table = needed(book.reports.management_review).table("management_review")
    laid = grid("tReview", table, book.standards, _WIDTHS, schema.MANAGEMENT_REVIEW)
    return own.filled(book, "management_review", laid)


def write(book: Book) -> None:
    """Write the sheet."""
    report = needed(book.reports.management_review)
    wanted = {item.id: item.wanted for item in report.answer.items}

    def link(line: Line, field: Field, cell: Held) -> str | None:
        first = cell[0] if isinstance(cell, tuple) and cell else cell
        if not isinstance(first, Ref) or field.standard is None or line.id not in wanted:
            return None
        return book.link("requirements", wanted[line.id][book.standards[field.standard].key].points[0], "D")

    whole_sheet(
        book,
        "management_review",
        report.title,
        book.grids["management_review"],
        link,
        note=f"{book.counted('management_review', report.message)}Inputs first, then what the review has to decide.",
        frozen=_FROZEN,
        repeated=_FROZEN,
    )
