"""The sheet Relations: the audit trail of the Matrix, each relation with its reason, confidence and source."""

from __future__ import annotations

from imsmap import about
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, grid
from imsmap.exporters.excel.page import unprinted
from imsmap.exporters.excel.parted import parted
from imsmap.exporters.excel.reports import needed
from imsmap.exporters.excel.sheet import nowhere, whole_sheet

ABOUT = about.Sheet(
    title="Relations",
    text="on what each row of the Matrix rests",
    shows="relations",
    least=2,
    variants=("audit",),
    place=150,
)

_WIDTHS = {
    "relation_id": 20, "subject": 19, "relation": 16, "object": 19, "basis": 8, "strength": 9, "premises": 30,
    "rationale": 54, "justification": 28, "confidence": 11, "author": 9, "source": 34, "suspect": 13,
}  # fmt: skip


def lay(book: Book) -> Grid:
    """Lay the table out."""
    table = needed(book.reports.relations).table("relations")
    laid = grid("tRelations", table, book.standards, _WIDTHS)
    return parted(book, "relations", laid, ("relation_id", "subject", "relation", "object"))


def write(book: Book) -> None:
    """Write the sheet."""
    report = needed(book.reports.relations)
    laid = book.grids["relations"]
    whole_sheet(
        book,
        "relations",
        report.title,
        laid,
        nowhere,
        note=" ".join(
            (
                f"{unprinted(book)}{report.message}. Confidence: 0 = a guess, 1 = certain; never higher than its "
                "weakest premise.",
                *(note for note in report.notes if "apart from the discipline" in note),
            )
        ),
        frozen=1,
        repeated=1,
        large=True,
        printed=not unprinted(book),
    )
