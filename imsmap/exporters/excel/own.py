"""What people wrote goes back to where it stood: over ours too, in rows, columns and sheets that they added.

Their remarks are the writer's to put on the cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from attrs import evolve
from xlsxwriter.utility import xl_cell_to_rowcol

from imsmap.exporters.excel import measure, page
from imsmap.exporters.excel.book import Volume
from imsmap.exporters.excel.grid import Computed, Grid, Held, Line
from imsmap.exporters.excel.sheet import Writer
from imsmap.register.cells import (
    COLUMNS,
    COMMENT,
    LINK,
    NEW,
    ORDER,
    OVER,
    OWN,
    PROCESS,
    ROWS,
    SHEET,
    Formula,
    Value,
    in_order,
)
from imsmap.register.schema import Field, Part
from imsmap.report import reads

Compute = Callable[[Mapping[str, Held]], Mapping[str, Computed]]
"""Gives the formulas of a row from what its cells hold, by field."""
_TITLE = (0, 1)
"""Where the title of a sheet of ours stands, beside the hidden ids."""
_WIDTH = 18.0
_WIDEST = 48.0
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383


def filled(book: Volume, kind: str, grid: Grid, compute: Compute | None = None) -> Grid:
    """Put into a table what people wrote on its sheet: cells, columns, rows, and what they wrote over ours."""
    given = book.answers.get(kind, {})
    titles = given.get(COLUMNS, {})
    names = {name for row in given.values() for name in row if name.startswith(OWN)}
    fields = tuple(
        evolve(field, title=_words(titles[f"{OVER}{field.key}"])) if f"{OVER}{field.key}" in titles else field
        for field in grid.fields
    ) + tuple(
        Field(name, _words(titles.get(name, name.removeprefix(OWN))), width=_WIDTH, owner="user")
        for name in in_order(names, given.get(ORDER, {}).get(COLUMNS))
    )
    places = {field.key: place for place, field in enumerate(fields)}
    blank: tuple[Held, ...] = (None,) * (len(fields) - len(grid.fields))
    lines = []
    for line in _with_added(grid.lines, given, len(grid.fields)):
        lines.append(
            _filled(evolve(line, cells=(*line.cells, *blank)), fields, places, given.get(line.id, {}), compute)
        )
    part = book.given.part
    return evolve(grid, fields=fields, lines=tuple(lines) if part is None else _of_part(lines, part, kind))


def _of_part(lines: Iterable[Line], part: Part, kind: str) -> tuple[Line, ...]:
    """Keep one person's rows, with the headings above them and the empty rows for further ones."""
    found: list[Line] = []
    above: list[Line] = []
    for line in lines:
        if line.heading:
            above = [*(one for one in above if one.depth < line.depth), evolve(line, open=frozenset())]
        elif not line.id or part.holds(kind, line.id):
            found += [one for one in above if one.depth < line.depth] if line.id else []
            found.append(line)
            above = [] if line.id else above
    return tuple(found)


def _filled(
    line: Line,
    fields: tuple[Field, ...],
    places: Mapping[str, int],
    given: Mapping[str, Value],
    compute: Compute | None,
) -> Line:
    cells = list(line.cells)
    over = {}
    for key, value in sorted(given.items()):  # what was written over a cell comes after the cell
        written_over = key.startswith(OVER)
        place = places.get(key.removeprefix(OVER))
        if place is None or key.startswith(COMMENT):
            continue
        field = fields[place]
        if line.added:
            cells[place] = value
        elif line.heading:
            # A mark beside a heading would be counted as one beside a clause; the sheet Processes says it in a remark.
            if not written_over and field.owner == "user" and not is_mark(field):
                cells[place] = value
        elif written_over:
            over[place] = _said(cells[place])
            cells[place] = value
        elif field.owner == "user":
            cells[place] = value
    if compute is not None and not line.heading:
        held = {field.key: cell for field, cell in zip(fields, cells, strict=True)}
        for key, computed in compute(held).items():
            place = places[key]
            if place not in over and cells[place] is None:
                cells[place] = computed
    return evolve(line, cells=tuple(cells), over=over) if given or compute is not None else line


def is_mark(field: Field) -> bool:
    """Tell whether a column of the sheet Processes holds what counts wherever in it it stands."""
    return bool(field.choices) and (field.key.startswith(PROCESS) or field.key == "all")


def _with_added(lines: tuple[Line, ...], given: Mapping[str, Mapping[str, Value]], width: int) -> list[Line]:
    """Put rows that people added under the rows under which they stood; those whose row is gone, at the end."""
    added = [row for row in given if row.startswith(NEW)]
    if not added:
        return list(lines)
    under: dict[str, list[str]] = {}
    known = {line.id for line in lines} | set(added)
    for row in sorted(added):
        above = given.get(ROWS, {}).get(row)
        under.setdefault(above if isinstance(above, str) and above in known else "", []).append(row)
    found: list[Line] = []

    def put(row: str, depth: int) -> None:
        for new in under.pop(row, ()):
            found.append(Line(new, (None,) * width, depth=depth, added=True))
            put(new, depth)

    for line in lines:
        if line.id:
            found.append(line)
            put(line.id, line.depth + 1 if line.heading else line.depth)
    put("", 0)
    for row in list(under):  # rows that stand under each other in a ring
        put(row, 0)
    return [*found, *(line for line in lines if not line.id)]


def write(book: Volume) -> None:
    """Write the sheets that people added, and what they wrote outside of our tables."""
    for kind in book.sheets:
        _outside(book, kind)
    for key in sorted(sheet for sheet in book.answers if sheet.startswith(OWN)):
        book.add_sheet(key, key.removeprefix(OWN))
        _sheet(Writer(book, key), book.answers[key])


def _outside(book: Volume, kind: str) -> None:
    """Write what people wrote above a table, or anywhere on a sheet without columns of ours, with their remarks.

    Remarks on places that a table may grow over can't stand there again: they go onto the sheet's title.
    """
    given = book.answers.get(kind, {}).get(SHEET, {})
    grid = book.grids.get(kind)
    remarks: dict[tuple[int, int], str] = {}
    moved: list[tuple[tuple[int, int], str, str]] = []
    for name, value in given.items():
        prefix = OVER if name.startswith(OVER) else COMMENT
        words = name.removeprefix(prefix)
        place = _place(words)
        if place is None:
            continue
        if grid is None or place[0] < grid.first - 2:
            if prefix == OVER:
                Writer(book, kind).value(*place, value, "user")
            else:
                remarks[place] = str(value)
        elif prefix == COMMENT:
            moved.append((place, words, str(value)))
    for _, words, text in sorted(moved):
        # What came back on the title without its snapshot is there already.
        there = remarks.get(_TITLE, "").splitlines()
        lines = (f"{words}: {line}" for line in text.splitlines())
        remarks[_TITLE] = "\n".join([*there, *(line for line in lines if line not in there)])
    for place, text in remarks.items():
        Writer(book, kind).remark(*place, text)


def _sheet(writer: Writer, rows: Mapping[str, Mapping[str, Value]]) -> None:
    """Write a sheet that people added, each cell in its place."""
    widths: dict[int, float] = {}
    writer.sheet.hide_gridlines(0)
    page.set_up(writer.book, writer.sheet)
    for number, cells in rows.items():
        for name, value in cells.items():
            if name.startswith(LINK):
                continue
            place = _place(f"{name.removeprefix(COMMENT)}{number}")
            if place is None:
                continue
            if name.startswith(COMMENT):
                writer.remark(*place, value)
                continue
            writer.linked(*place, cells.get(LINK + name))
            words = writer.value(*place, value, "plain")
            longest = max(map(len, words.split("\n")))
            widths[place[1]] = min(_WIDEST, max(widths.get(place[1], 11.0), longest + 2.0))
    for column, width in widths.items():
        writer.sheet.set_column_pixels(column, column, int(measure.outer(width)))


def _place(name: str) -> tuple[int, int] | None:
    """Read a cell's name, counted from 0; nothing for hidden column A of ours and for what is no cell."""
    if not _PLACE.fullmatch(name):
        return None
    row, column = xl_cell_to_rowcol(name)
    return (row, column) if row <= _LAST_ROW and column <= _LAST_COLUMN else None


def _words(value: Value) -> str:
    return reads(value.value if isinstance(value, Formula) else value)


def _said(held: Held) -> str:
    return reads(held.value if isinstance(held, Computed | Formula) else held)
