"""The sheet Audit plan: the sessions of the programme in their order, each with auditor and the clauses it covers."""

from __future__ import annotations

from attrs import evolve

from imsmap import about
from imsmap.exporters.excel import own
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, grid
from imsmap.exporters.excel.page import unprinted_there
from imsmap.exporters.excel.sheet import to_requirements, whole_sheet
from imsmap.report import Cell, Ref, reads

ABOUT = about.Sheet(
    title="Audit plan",
    text="the sessions of the audit programme, each with its auditor and clauses",
    shows="programme",
    besides=("requirements",),
    variants=("audit",),
    place=74,
)

_WIDTHS = {"number": 8, "month": 9, "process": 26, "auditor": 18, "letters": 8, "state": 10, "clauses": 30}
_FROZEN = 3


def lay(book: Book) -> Grid:
    """Lay the table out: a row for each session."""
    table = book.reports["programme"].table("sessions")
    # Clauses side by side: below each other a session would take a third of a page.
    rows = tuple(evolve(row, cells=tuple(map(_in_line, row.cells))) for row in table.rows)
    laid = grid("tAuditPlan", evolve(table, rows=rows), book.standards, _WIDTHS)
    return own.filled(book, "audit_plan", evolve(laid, lead=1))


def _in_line(cell: Cell) -> Cell:
    return reads(cell, ", ") if isinstance(cell, tuple) else cell


def write(book: Book) -> None:
    """Write the sheet."""
    report = book.reports["programme"]
    places = [column.key for column in report.table("sessions").columns]
    first = {
        (row.id, key): cell[0].key
        for row in report.table("sessions").rows
        for key, cell in zip(places, row.cells, strict=True)
        if isinstance(cell, tuple) and cell and isinstance(cell[0], Ref)
    }
    whole_sheet(
        book,
        "audit_plan",
        f"Audit plan of {book.designations()}",
        book.grids["audit_plan"],
        to_requirements(book, first),
        note=f"{unprinted_there(book)}{report.message}.",
        lead=(
            "What a session asks: imsmap audit plan --session N; as its auditor's workbook: imsmap send --session N.",
        ),
        frozen=_FROZEN,
        repeated=_FROZEN,
        printed=not unprinted_there(book),
    )
