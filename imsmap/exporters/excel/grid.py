"""A table as it goes onto a sheet: its fields with widths and owners, its lines with their depth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from imsmap.exporters.excel import measure
from imsmap.model import is_number, parent_number, split_ref
from imsmap.report import Cell, Ref, Row, Table

SHRINKS_TO = 0.62
"""Of its width, before a sheet is rather printed on several pages side by side."""
NARROW = 13
"""Columns up to this width hold short words, and keep it."""


@frozen
class Field:
    """A column of a sheet: what it holds, who fills it, and to which standard (by place) it belongs."""

    key: str
    title: str
    kind: str = "text"
    width: float = 16
    owner: str = "tool"
    choices: tuple[str, ...] = ()
    prompt: str = ""
    standard: int | None = None


@frozen
class Line:
    """A row of a sheet; a heading only divides. Depth is the outline's level."""

    id: str
    cells: tuple[Cell, ...]
    heading: bool = False
    depth: int = 0
    standard: int | None = None


@frozen
class Grid:
    """A table with a name that Excel knows it by."""

    name: str
    fields: tuple[Field, ...]
    lines: tuple[Line, ...]

    def place(self, key: str) -> int:
        """Give the place of a field, counted from 0; ValueError if there is none."""
        return [field.key for field in self.fields].index(key)


def grid(
    name: str,
    table: Table,
    standards: Sequence[Mapping[str, Any]],
    widths: Mapping[str, float],
    user: Sequence[Field] = (),
) -> Grid:
    """Lay out a report's table, with the columns that people fill after its own.

    widths: by a column's key, or by what stands before the standard's key in it (`adds` for `adds_iso9001-2015`, and
    `standard` for the bare key); the table's own width otherwise.
    """
    keys = [standard["key"] for standard in standards]
    fields = []
    for column in table.columns:
        role, place = _role(column.key, keys)
        title = f"{standards[place]['letter']} · {column.title}" if place is not None else column.title
        width = widths.get(role, column.width)
        fields.append(Field(column.key, title, column.kind, width, column.owner, standard=place))
    known = {field.key for field in fields}
    added = tuple(field for field in user if field.key not in known)
    blank: tuple[Cell, ...] = (None,) * len(added)
    lines = tuple(evolve(line, cells=(*line.cells, *blank)) for line in _lines(table, keys))
    return Grid(name, (*fields, *added), lines)


def answered(grid: Grid, answers: Mapping[str, Mapping[str, Cell]]) -> Grid:
    """Fill what people answered, by row id and field key, into the columns that are theirs."""
    places = {field.key: place for place, field in enumerate(grid.fields) if field.owner == "user"}
    lines = []
    for line in grid.lines:
        given = {} if line.heading else answers.get(line.id, {})
        cells = list(line.cells)
        for key, cell in given.items():
            if key in places:
                cells[places[key]] = cell
        lines.append(evolve(line, cells=tuple(cells)) if given else line)
    return evolve(grid, lines=tuple(lines))


def _role(key: str, keys: Sequence[str]) -> tuple[str, int | None]:
    """Tell what a column's key says beside the standard's key, and which standard that is."""
    for place, standard in enumerate(keys):
        if key == standard:
            return "standard", place
        if key.endswith(f"_{standard}"):
            return key.removesuffix(f"_{standard}"), place
    return key, None


def _lines(table: Table, keys: Sequence[str]) -> list[Line]:
    lines = []
    above: dict[str, int] = {}
    last = 0
    has_headings = any(row.heading for row in table.rows)
    for row in table.rows:
        standard, number = _number(row)
        if row.heading and number is not None and parent_number(number) is None:
            above = {}
        parent = parent_number(number) if number is not None else None
        while parent is not None and parent not in above:
            parent = parent_number(parent)
        depth = above[parent] + 1 if parent is not None else 0 if row.heading else last
        if row.heading:
            last = depth + 1
            if number is not None:
                above[number] = depth
        elif not has_headings:
            depth = 0
        lines.append(Line(row.id, row.cells, row.heading, min(depth, 7), _place(standard, keys)))
    return lines


def _place(standard: str | None, keys: Sequence[str]) -> int | None:
    return keys.index(standard) if standard in keys else None


def _number(row: Row) -> tuple[str | None, str | None]:
    """Find a row's standard and clause number: from the clause that it names, or from a cell that is a number."""
    for cell in row.cells:
        if isinstance(cell, Ref):
            standard, number, _ = split_ref(cell.key)
            return standard, number
        if isinstance(cell, str) and is_number(cell) and cell[:1].isdigit():
            return None, cell
    return None, None


def fitted(fields: Sequence[Field], pixels: float) -> tuple[Field, ...]:
    """Narrow the wide fields until all together fit so many pixels; leave them alone where that would be too narrow."""
    wide = [field for field in fields if field.width > NARROW]
    excess = sum(measure.outer(field.width) for field in fields) - pixels
    if excess <= 0 or not wide:
        return tuple(fields)
    share = 1 - excess / measure.DIGIT / sum(field.width for field in wide)
    if share < SHRINKS_TO:
        return tuple(fields)
    return tuple(
        evolve(field, width=int(field.width * share * 4) / 4) if field.width > NARROW else field for field in fields
    )


def slices(fields: Sequence[Field], repeated: int, pixels: float) -> list[tuple[int, int]]:
    """Cut a sheet's fields into runs that fit a page's width; from the second on, the first fields are repeated."""
    again = sum(measure.outer(field.width) for field in fields[:repeated])
    runs: list[tuple[int, int]] = []
    start, used = 0, 0.0
    for place, field in enumerate(fields):
        wide = measure.outer(field.width)
        if place > start and used + wide > pixels:
            runs.append((start, place - 1))
            start, used = place, again
        used += wide
    return [*runs, (start, len(fields) - 1)]
