"""A table as it goes onto a sheet: its fields with widths and owners, its lines with their depth."""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, partial
from types import MappingProxyType

from attrs import evolve
from xlsxwriter.utility import xl_col_to_name

from imsmap.exporters.excel import measure
from imsmap.library.model import Kin
from imsmap.register.cells import Formula
from imsmap.register.schema import Field
from imsmap.report import Cell, Filler, Side, Table, reads
from imsmap.values import frozen

SHRINKS_TO = 0.62
"""Of its width, before a sheet is rather printed on several pages side by side."""
WIDENS_TO = 2.0
"""Times its width, where a sheet for paper would leave room beside it."""
FIRST_ROW = 4
"""Of a table's lines, counted from 0: title, note, hidden keys of columns and headings stand above."""
_DEEPEST = 7
"""Levels of an outline that Excel knows."""
NARROW = 13
"""Columns up to this width hold short words, and keep it."""


@frozen
class Computed:
    """A formula of ours with its computed value; `{row}` in it stands for the number of its own row."""

    formula: str
    value: str | int | float = ""


_SHOWS = (Computed, Formula)
Held = Cell | Computed | Formula
"""What a cell of a sheet holds: of a report, computed, or a formula that a person wrote."""


_NOTHING: Mapping[int, str] = MappingProxyType({})


@frozen
class Line:
    """A row of a sheet; a heading only divides. Depth is the outline's level.

    added: people added it, so all of it is theirs. over: places where they wrote over a cell, with what it said.
    aside: fields that are said in other rows; what people write there comes back. override: those that may be said
    here too, where this row needs words of its own. closed: fields in which nobody has anything to say here. open:
    fields that people fill beside a heading, for all that is beneath it. looks: by field, one more style of its cell.
    """

    id: str
    cells: tuple[Held, ...]
    heading: bool = False
    depth: int = 0
    standard: int | None = None
    added: bool = False
    over: Mapping[int, str] = _NOTHING
    aside: frozenset[str] = frozenset()
    override: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    looks: Mapping[str, str] = MappingProxyType({})

    def takes(self, key: str) -> bool:
        """Tell whether people are asked to fill a field here, if it is one of theirs."""
        return key in self.open if self.heading else key not in self.aside | self.override | self.closed


@frozen
class Grid:
    """A table with a name that Excel knows it by; `lead` rows of notes stand above it beside its title and note."""

    name: str
    fields: tuple[Field, ...]
    lines: tuple[Line, ...]
    lead: int = 0

    @property
    def first(self) -> int:
        """The sheet's row of the first line, counted from 0: title, note and keys of columns and headings are above."""
        return FIRST_ROW + self.lead

    def place(self, key: str) -> int:
        """Give the place of a field, counted from 0; KeyError if there is none."""
        return self._places[key]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {field.key: place for place, field in enumerate(self.fields)}

    def letter(self, key: str) -> str:
        """Give the letters of a field's column on its sheet, where hidden column A holds the ids."""
        return str(xl_col_to_name(self.place(key) + 1))

    def here(self, key: str) -> str:
        """Name a field's cell in the row of a `Computed`."""
        return f"${self.letter(key)}{{row}}"

    def area(self, key: str | None = None) -> str:
        """Name a field's cells, or those of the ids, from the first line to the last."""
        letters = "A" if key is None else self.letter(key)
        return f"${letters}${self.first + 1}:${letters}${self.first + max(1, len(self.lines))}"

    def values(self, key: str) -> list[Held]:
        """Give what a field holds in each line that is no heading."""
        place = self.place(key)
        return [line.cells[place] for line in self.lines if not line.heading]


def plain(held: Held) -> Cell:
    """Give what a cell shows: the value of a formula in its place."""
    if isinstance(held, _SHOWS):
        return None if held.value == "" else held.value
    return held


def bullet(part: Cell) -> str:
    """Say one of several things that a cell lists."""
    return f"• {reads(part, '; ')}"


def worded(held: Held, field: Field) -> str:
    """Say a cell as it is written: what it lists line by line, unless there are more lines than any row holds."""
    if type(held) is str:
        return held
    cell = plain(held)
    if not isinstance(cell, tuple) or len(cell) < 2:
        return reads(cell)
    if len(cell) > measure.MOST:
        return reads(cell, "; ")
    return "\n".join(map(bullet, cell)) if field.kind == "list" else reads(cell)


def said(held: Held) -> str:
    """Say what a formula finds when it compares a cell with a word: its text, whatever its case."""
    held = plain(held)
    return held.casefold() if isinstance(held, str) else ""


def grid(
    name: str,
    table: Table,
    standards: Sequence[Side],
    widths: Mapping[str, float],
    user: Sequence[Field] = (),
) -> Grid:
    """Lay out a report's table, with the columns that people fill after its own.

    widths: by a column's role; the table's own width otherwise.
    """
    places = {side.key: place for place, side in enumerate(standards)}
    fields = []
    for column in table.columns:
        place = None if column.standard is None else places[column.standard]
        title = column.title if place is None else f"{standards[place].label} · {column.title}"
        width = widths.get(column.role, column.width)
        fields.append(Field(column.key, title, column.kind, width, column.owner, column.choices, standard=place))
    known = {field.key for field in fields}
    added = tuple(field for field in user if field.key not in known)
    blank: tuple[Cell, ...] = (None,) * len(added)
    lines = tuple(
        Line(
            row.id,
            (*row.cells, *blank),
            row.heading,
            min(row.depth, _DEEPEST),
            None if row.standard is None else places[row.standard],
        )
        for row in table.rows
    )
    return Grid(name, (*fields, *added), lines)


def for_labels(fields: Sequence[Field], labels: Iterable[str]) -> tuple[Field, ...]:
    """Widen the columns that say whose a row is, so that no label is broken."""
    pixels = max((measure.width_of(label, bold=True) for label in labels), default=0.0) * measure.RESERVE
    least = math.ceil(pixels / measure.DIGIT * 4) / 4
    return tuple(evolve(field, width=max(field.width, least)) if field.kind == "letters" else field for field in fields)


def _pixels(field: Field) -> float:
    return 0.0 if field.hidden else measure.outer(field.width)


def fitted(fields: Sequence[Field], pixels: float) -> tuple[Field, ...]:
    """Narrow the wide fields until all together fit so many pixels; leave them alone where that would be too narrow."""
    wide = [field for field in fields if field.width > NARROW and not field.hidden and not field.firm]
    excess = sum(map(_pixels, fields)) - pixels
    if excess <= 0 or not wide:
        return tuple(fields)
    share = 1 - excess / measure.DIGIT / sum(field.width for field in wide)
    if share < SHRINKS_TO:
        return tuple(fields)
    return tuple(evolve(field, width=int(field.width * share * 4) / 4) if field in wide else field for field in fields)


def filling(fields: Sequence[Field], pixels: float) -> tuple[Field, ...]:
    """Widen the wide fields until all together fill so many pixels, as on paper nothing else stands beside them."""
    wide = [field for field in fields if field.width > NARROW and not field.hidden and not field.firm]
    spare = pixels - sum(map(_pixels, fields))
    if spare <= 0 or not wide:
        return tuple(fields)
    share = min(WIDENS_TO, 1 + spare / measure.DIGIT / sum(field.width for field in wide))
    return tuple(evolve(field, width=int(field.width * share * 4) / 4) if field in wide else field for field in fields)


def roomy(fields: Sequence[Field], lines: Iterable[Line]) -> tuple[Field, ...]:
    """Widen each field of which a cell needs a higher row than there is: no text is ever cut.

    What does not fit the widest of columns, about 8 000 characters, Excel shows in no way.
    """
    long: dict[int, set[tuple[str, float]]] = {}
    shown = [(place, field, _within(field.width)) for place, field in enumerate(fields) if not field.hidden]
    for line in lines:
        size = _HEADING if line.heading else _BODY
        for place, field, pixels in shown:
            cell = line.cells[place]
            # What we say beside a heading runs over the cells beside it.
            if type(cell) not in _WORDY or (line.heading and field.owner != "user"):
                continue
            words = worded(cell, field)
            if _at_most(words, pixels) > measure.MOST and _lines(words, size, pixels) > measure.MOST:
                long.setdefault(place, set()).add((words, size))
    found = list(fields)
    for place, texts in long.items():
        wider = [*itertools.takewhile(lambda width: width < measure.WIDEST, itertools.count(fields[place].width, 1.0))]
        least = bisect_left(wider, True, key=partial(_holds, texts))
        found[place] = evolve(fields[place], width=[*wider, measure.WIDEST][least])
    return tuple(found)


_WORDY = (str, tuple, Computed, Formula)
"""What a cell holds that may be long."""
_BODY, _HEADING = 10.0, 11.0
"""Points of the letters in a row, and in a heading."""
_GLYPH = 22
"""Pixels; no letter takes more."""


def _within(width: float) -> float:
    """Give the pixels that indented text has in a column."""
    return max(1, int(measure.outer(width)) - measure.PADDING - measure.INDENT)


def _holds(texts: Iterable[tuple[str, float]], width: float) -> bool:
    """Tell whether the highest row that there is shows each of some texts in a column of a width."""
    return all(_lines(*text, _within(width)) <= measure.MOST for text in texts)


def _at_most(words: str, pixels: float) -> float:
    """Give so many lines as text takes at most, without measuring it: two that follow each other fill more than one."""
    return words.count("\n") + 1 + 2 * len(words) * _GLYPH * measure.RESERVE / pixels


def _lines(words: str, size: float, pixels: float) -> float:
    """Count the lines of 10 points that text takes, be it bold or not."""
    return max(measure.lines_of(words, pixels, size, bold) for bold in (False, True)) * size / _BODY


def slices(fields: Sequence[Field], repeated: int, pixels: float) -> list[tuple[int, int]]:
    """Cut a sheet's fields into runs that fit a page's width; from the second on, the first fields are repeated."""
    again = sum(map(_pixels, fields[:repeated]))
    runs: list[tuple[int, int]] = []
    start, used = 0, 0.0
    for place, field in enumerate(fields):
        wide = _pixels(field)
        if place > start and used + wide > pixels:
            runs.append((start, place - 1))
            start, used = place, again
        used += wide
    return [*runs, (start, len(fields) - 1)]


CENTRED = frozenset(("letters", "number", "confidence", "date", "warning", "class", "state", "yes/no"))
"""Kinds of short values, in the middle of their column; all else begins at its left."""


def styles_of(line: Line, cell: Held, field: Field, owner: str) -> tuple[str, ...]:
    """Name the styles of a cell: who fills it, what kind it is, what it says, whose its row is."""
    if isinstance(cell, Filler):
        return "tool" if owner == "user" else owner, "filler"
    if isinstance(cell, Kin):
        return owner, cell.value
    if field.kind == "letters":
        if line.standard is not None:
            return owner, f"letter {line.standard}"
        return owner, "centred" if cell is None else "shared"
    if field.kind in ("number", "confidence", "date"):
        return owner, field.kind
    if field.kind == "code":
        return owner, "text"
    if field.kind == "warning":
        return owner, "warning"
    if field.kind in ("class", "state", "yes/no"):
        return owner, "centred"
    return (owner,)
