"""The sheet Integration: the criteria of the level of integration, what shows it, and the cap with its source."""

from __future__ import annotations

import textwrap

from attrs import evolve

from imsmap import about
from imsmap.exporters.excel import own
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, grid
from imsmap.exporters.excel.reports import needed
from imsmap.exporters.excel.sheet import nowhere, whole_sheet
from imsmap.register import schema

ABOUT = about.Sheet(
    title="Integration",
    text="the level of integration, for the certification body's quote",
    shows="integration",
    variants=("audit",),
    place=130,
)

_WIDTHS = {"criterion": 34, "evidence": 34, "confidence": 11}

_LINE = 160
"""Characters of a note that fit above the table."""


def lay(book: Book) -> Grid:
    """Lay the table out: what usually shows it is ours, what shows it here is theirs."""
    table = needed(book.reports.integration).table("integration")
    columns = tuple(
        evolve(column, key="asked", title="What usually shows it") if column.key == "evidence" else column
        for column in table.columns
    )
    laid = grid(
        "tIntegration", evolve(table, columns=columns), book.standards, {**_WIDTHS, "asked": 34}, schema.INTEGRATION
    )
    order = [laid.place(key) for key in ("criterion", "asked", "degree", "evidence", "note", "confidence")]
    lines = tuple(evolve(line, cells=tuple(line.cells[place] for place in order)) for line in laid.lines)
    laid = evolve(laid, fields=tuple(laid.fields[place] for place in order), lines=lines, lead=len(_cap(book)))
    return own.filled(book, "integration", laid)


def write(book: Book) -> None:
    """Write the sheet."""
    report = needed(book.reports.integration)
    whole_sheet(
        book,
        "integration",
        report.title,
        book.grids["integration"],
        nowhere,
        note="For the certification body's quote: give degree and evidence for each line. The level is no score of "
        "ours, and nothing here says what an audit will cost.",
        lead=_cap(book),
        frozen=1,
        repeated=1,
    )


def _cap(book: Book) -> tuple[str, ...]:
    """Say what integration can save at most, and who says so."""
    cap = needed(book.reports.integration).answer.cap
    if cap is None:
        return ()
    return f"{cap.sentence}.", *textwrap.wrap(f"Source: {cap.source}", _LINE)
