"""Rows that would be too high go on in rows below: Excel shows 409 points of a row, and no text is ever cut."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from attrs import evolve

from imsmap.exporters.excel import measure, own, page
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, Held, Line, bullet, fitted, for_labels
from imsmap.register.schema import Field
from imsmap.report import Cell, reads

TALL = 300.0
"""Points that a row may be high, so that it is read on one screen."""
_MOST = int((TALL - measure.height_of(1)) / measure.LINE) + 1
"""Lines in such a row."""
_AT_MOST = int((measure.TALLEST - measure.height_of(1)) / measure.LINE) + 1
"""Lines in the highest row that there is: a text of lines is parted only beyond it."""


def parted(book: Book, kind: str, grid: Grid, again: Collection[str]) -> Grid:
    """Part the rows of a large sheet that are too high, and put in what people wrote there; again: fields told anew.

    What is counted or filtered by belongs to the first part alone, or each further part counts as one more.
    """
    # How wide the columns are, and so how high the rows, depends on those that people added too.
    known = own.filled(book, kind, evolve(grid, lines=())).fields
    labelled = for_labels(known, (side.label for side in book.standards))
    widths = [field.width for field in fitted(labelled, page.room(book, large=True))]
    lines = tuple(part for line in grid.lines for part in _parts(line, grid.fields, widths, again))
    return own.filled(book, kind, evolve(grid, lines=lines))


def _parts(line: Line, fields: Sequence[Field], widths: Sequence[float], again: Collection[str]) -> Iterator[Line]:
    pieces = [
        _pieces(cell, field, int(measure.outer(width)) - measure.PADDING - measure.INDENT)
        for cell, field, width in zip(line.cells, fields, widths, strict=False)
    ]
    most = max(map(len, pieces))
    if most == 1:
        yield line
        return
    yield evolve(line, cells=tuple(found[0] for found in pieces))
    for number in range(1, most):
        cells = tuple(
            found[number] if number < len(found) else found[0] if field.key in again else None
            for found, field in zip(pieces, fields, strict=True)
        )
        # Whatever leads is told in the first of them.
        looks = dict.fromkeys(again, "muted")
        yield evolve(line, id=f"{line.id}~{number + 1}", cells=cells, depth=max(line.depth, 2), looks=looks)


def _pieces(cell: Held, field: Field, pixels: float) -> list[Held]:
    """Cut what a cell lists into such pieces as a row may hold."""
    if isinstance(cell, str) and measure.lines_of(cell, pixels) > _AT_MOST:
        whole = _pieces(tuple(cell.split("\n")), evolve(field, kind="text"), pixels)
        return ["\n".join(map(str, part)) for part in whole if isinstance(part, tuple)]
    if not isinstance(cell, tuple):
        return [cell]
    found: list[list[Cell]] = [[]]
    used = 0
    for part in cell:
        lines = measure.lines_of(bullet(part) if field.kind == "list" else reads(part), pixels)
        if found[-1] and used + lines > _MOST:
            found.append([])
            used = 0
        found[-1].append(part)
        used += lines
    return [tuple(parts) for parts in found]
