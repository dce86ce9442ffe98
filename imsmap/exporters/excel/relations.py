"""The sheet Relations: the audit trail of the Matrix, each relation with its reason, confidence and source."""

from __future__ import annotations

from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import grid
from imsmap.exporters.excel.sheet import nowhere, whole_sheet

_WIDTHS = {
    "relation_id": 24, "subject": 20, "relation": 17, "object": 20, "basis": 9, "strength": 10, "premises": 20,
    "rationale": 50, "justification": 22, "confidence": 12, "author": 10, "source": 24, "suspect": 17,
}  # fmt: skip


def write(book: Book) -> None:
    """Write the sheet."""
    report = book.reports["relations"]
    laid = grid("tRelations", report.table("relations"), book.standards, _WIDTHS)
    whole_sheet(
        book,
        "relations",
        report.title,
        laid,
        nowhere,
        note=f"{report.message}. Confidence: 0 = a guess, 1 = certain; never higher than its weakest premise.",
        frozen=1,
        repeated=1,
        large=True,
    )
