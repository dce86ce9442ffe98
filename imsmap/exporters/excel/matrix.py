"""The sheet Matrix: a row for what belongs together, what is shared in it, and what each standard adds."""

from __future__ import annotations

from attrs import evolve

from imsmap import about
from imsmap.exporters.excel import own
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, Held, Line, grid
from imsmap.exporters.excel.sheet import whole_sheet
from imsmap.register.schema import Field
from imsmap.report import Ref

ABOUT = about.Sheet(
    title="Matrix",
    text="what belongs together, what is shared, what each standard adds",
    variants=("matrix", "audit"),
    place=40,
)

_WIDTHS = {
    "clause": 12, "topic": 20, "clauses": 26, "class": 12, "shared": 46, "adds": 42, "advice": 13, "letters": 8,
    "false_friends": 8,
}  # fmt: skip


def lay(book: Book) -> Grid:
    """Lay the table out and note where each group stands."""
    table = book.reports.matrix.table("matrix")
    # Of three standards, a cell tells the class of each pair.
    widths = _WIDTHS if len(book.standards) < 3 else {**_WIDTHS, "class": 19}
    laid = grid("tMatrix", table, book.standards, widths)
    flag = laid.place("false_friends")
    laid = evolve(
        laid, fields=(*laid.fields[:flag], evolve(laid.fields[flag], kind="warning"), *laid.fields[flag + 1 :])
    )
    laid = own.filled(book, "matrix", laid)
    for row, line in enumerate(laid.lines, laid.first):
        book.stand("matrix", line.id, row)
    return laid


def write(book: Book) -> None:
    """Write the sheet."""
    laid = book.grids["matrix"]
    repeated = 2 + len(book.standards) if len(book.standards) < 3 else 2

    def link(line: Line, field: Field, cell: Held) -> str | None:  # noqa: ARG001 - the shape of a Linker
        first = cell[0] if isinstance(cell, tuple) and cell else cell
        return book.link("requirements", first.key, "D") if isinstance(first, Ref) else None

    report = book.reports.matrix
    note = f"A row is a topic: what belongs together. {report.message}."
    whole_sheet(
        book,
        "matrix",
        report.title,
        laid,
        link,
        note=note,
        frozen=repeated,
        repeated=repeated,
        large=True,
    )
