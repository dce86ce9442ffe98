"""Rows that would be too high go on in rows below: Excel shows 409 points of a row, and no text is ever cut."""

from __future__ import annotations

from bisect import bisect_left
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


def within(grid: Grid, widths: Sequence[float], again: Collection[str]) -> Grid:
    """Part the rows of a table in which people fill nothing, on columns of some widths; again: fields told anew."""
    lines = tuple(part for line in grid.lines for part in _parts(line, grid.fields, widths, again))
    return evolve(grid, lines=lines)


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
        yield evolve(
            line,
            id=f"{line.id}~{number + 1}",
            cells=cells,
            depth=max(line.depth, 2) if line.depth else 0,
            looks=looks,
        )


def _pieces(cell: Held, field: Field, pixels: float) -> list[Held]:
    """Cut what a cell lists into such pieces as a row may hold, and a text only where no row would hold it."""
    if isinstance(cell, str) and measure.lines_of(cell, pixels) > measure.MOST:
        whole = _pieces(tuple(_broken(cell, pixels)), evolve(field, kind="text"), pixels)
        return ["\n".join(map(str, part)) for part in whole if isinstance(part, tuple)]
    if not isinstance(cell, tuple):
        return [cell]
    found: list[list[Cell]] = [[]]
    used = 0
    for part, lines in (piece for one in cell for piece in _measured(one, field, pixels)):
        if found[-1] and used + lines > _MOST:
            found.append([])
            used = 0
        found[-1].append(part)
        used += lines
    return [tuple(parts) for parts in found]


def _measured(part: Cell, field: Field, pixels: float) -> Iterator[tuple[Cell, int]]:
    """Give one of several things that a cell lists with its lines; what no row would hold as several."""
    lines = measure.lines_of(bullet(part) if field.kind == "list" else reads(part), pixels)
    if lines <= measure.MOST or not isinstance(part, str):
        yield part, lines
        return
    for piece in _broken(part, pixels):
        yield piece, measure.lines_of(bullet(piece) if field.kind == "list" else piece, pixels)


def _broken(text: str, pixels: float) -> Iterator[str]:
    """Give the paragraphs of a text; one that no row would hold is broken between words."""
    for paragraph in text.split("\n"):
        words = paragraph.split(" ") if measure.lines_of(paragraph, pixels) > _MOST else [paragraph]
        while len(words) > 1:
            # The row has a line to spare: a bullet may stand before it.
            fits = bisect_left(
                range(1, len(words) + 1),
                _MOST,
                key=lambda count: measure.lines_of(" ".join(words[:count]), pixels),
            )
            yield " ".join(words[: max(1, fits)])
            words = words[max(1, fits) :]
        yield from words
