"""Where the columns stand: how wide each is, how large its text, and on how many pages the rows go."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from attrs import evolve, field, frozen

from imsmap.drawing import FONT_FLOOR, MARGIN, Area, Colours, Item, Listed, evenly, fit, height_of, listed, wrap
from imsmap.parts import MainClause
from imsmap.wording import counted

NARROWEST = 165.0
"""Below this a column of clause titles can't be read; then the standards are spread over several pages."""
GAP = 14.0
ROW_GAP = 3.0
LABEL = 106.0
PAD = 3.0
"""Above and below the text of a box, together."""
_SIZES = (14.0, 13.0, 12.0, FONT_FLOOR)
MOST_CUT = 1 / 4
"""Of the clauses that a page names, at most so many are abbreviated; beyond that there are more pages."""


@frozen
class Column:
    """What one column says: its head, and its clauses by main clause; labels: of the standards it is about.

    adds: how many points its standard adds, by main clause.
    """

    key: str
    labels: str
    name: str
    count: str
    colours: Colours
    rows: Mapping[str, tuple[Item, ...]]
    adds: Mapping[str, int] = field(factory=dict)

    @property
    def head(self) -> tuple[str, str]:
        """The two lines above the column."""
        return f"{self.labels} {self.name}", self.count

    def items(self, main: str) -> tuple[Item, ...]:
        """Say what stands in the box of a main clause, an entry for each clause."""
        if self.rows.get(main):
            return self.rows[main]
        more = self.adds.get(main, 0)
        said = f"no clause of its own; adds {counted(more, 'point')}" if more else "nothing of its own"
        return (Item(f"{self.labels}\u00a0{said}"),)


@frozen
class Style:
    """How a page is set: the font size of the clauses, the width of each column, the lines that some rows may have."""

    size: float
    widths: tuple[float, ...]
    most: Mapping[str, int] = field(factory=dict)

    def box(self, column: Column, width: float, main: str) -> Listed:
        """Set the text of one box."""
        return listed(column.items(main), width - 2 * MARGIN, self.size, self.most.get(main, 10**6))


def order(core: Column, chunk: tuple[Column, ...]) -> tuple[Column, ...]:
    """Put the core after the first standard: between two, and beside its neighbours with more."""
    return (chunk[0], core, *chunk[1:])


def _settle(
    columns: Sequence[Column], mains: Sequence[MainClause], room: float, size: float, *, whole: bool = True
) -> Style:
    """Share the width: a column with little to say gives to one with much.

    Then the rows are as low as can be, or, if not all is told in whole, as few lines as possible have to be cut.
    """
    free = room - GAP * (len(columns) - 1)
    least = min(NARROWEST, free / len(columns))
    shares = _SHARES.get(len(columns), 5)
    step = (free - least * len(columns)) / shares
    counts = [
        [
            [len(Style(size, ()).box(column, least + step * more, main.number).lines) for main in mains]
            for more in range(shares + 1)
        ]
        for column in columns
    ]
    entries = [max(len(column.items(main.number)) for column in columns) for main in mains]

    def cost(shared: tuple[int, ...]) -> tuple[float, ...]:
        boxes = list(zip(*(counts[at][more] for at, more in enumerate(shared)), strict=True))
        lines = sum(map(max, boxes))
        cut = sum(max(0, box - most) for row, most in zip(boxes, entries, strict=True) for box in row)
        head = head_room(columns, Style(size, tuple(least + step * more for more in shared)))[1]
        height = lines * height_of(1, size) + head
        return (*((height, cut) if whole else (cut, height)), max(shared) - min(shared))

    best = min(_compositions(shares, len(columns)), key=cost)
    return Style(size, tuple(least + step * more for more in best))


_SHARES = {2: 16, 3: 16, 4: 8}
"""Into how many shares the free width is cut, by the number of columns."""


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Give every way to share a number among some parts."""
    for bars in itertools.combinations(range(total + parts - 1), parts - 1):
        yield tuple(end - start - 1 for start, end in itertools.pairwise((-1, *bars, total + parts - 1)))


def _lines(columns: Sequence[Column], style: Style, main: str) -> int:
    return max(len(style.box(c, width, main).lines) for c, width in zip(columns, style.widths, strict=True))


def row_height(columns: Sequence[Column], style: Style, main: MainClause) -> float:
    """Give the height of a row."""
    told = fit(named(main), LABEL - 2 * MARGIN, height_of(3, FONT_FLOOR), LABELS, bold=True)
    lines = _lines(columns, style, main.number)
    return max(height_of(lines, style.size), height_of(len(told.lines), told.size)) + PAD


def named(main: MainClause) -> str:
    """Name a main clause."""
    return f"{main.number} {main.title}"


LABELS = (12.0, FONT_FLOOR)


_HEADS = (13.0, 12.0, FONT_FLOOR)


@cache
def _head_lines(head: tuple[str, str], width: float) -> tuple[int, ...]:
    """Count the lines of a head in each size."""
    return tuple(sum(len(wrap(line, width - 2 * MARGIN, size, bold=True)) for line in head) for size in _HEADS)


def head_room(columns: Sequence[Column], style: Style) -> tuple[float, float]:
    """Give the font size of the heads, the same for all, and their height: as few lines as fit, four at most."""
    each = (_head_lines(column.head, width) for column, width in zip(columns, style.widths, strict=True))
    needed = dict(zip(_HEADS, map(max, zip(*each, strict=True)), strict=True))
    for most in (2, 3, 4):
        for size, lines in needed.items():
            if lines <= most:
                return size, height_of(most, size) + 5
    return FONT_FLOOR, height_of(4, FONT_FLOOR) + 5


def paged(
    core: Column, chunk: tuple[Column, ...], mains: Sequence[MainClause], place: Area
) -> list[tuple[Style, tuple[MainClause, ...]]]:
    """Choose the largest text with which the rows fit as few pages as possible."""
    columns = order(core, chunk)

    @cache
    def settled(size: float, whole: bool = True) -> Style:
        return _settle(columns, mains, place.width - LABEL, size, whole=whole)

    for count in range(1, len(mains) + 1):
        for size in _SIZES:
            if _hopeless(columns, size, mains, place, count):
                continue
            if spread := _spread(columns, settled(size), mains, place, count):
                return [(settled(size), rows) for rows in spread]
        if abbreviated := _abbreviated(columns, settled(FONT_FLOOR, whole=False), mains, place, count):
            return abbreviated
    return [(_cut(columns, settled(FONT_FLOOR), main, place), (main,)) for main in mains]


def _hopeless(columns: Sequence[Column], size: float, mains: Sequence[MainClause], place: Area, pages: int) -> bool:
    """Tell whether even a line for each clause is too much, so that no width needs to be tried."""
    most = (max(len(column.items(main.number)) for column in columns) for main in mains)
    heights = [height_of(lines, size) + PAD + ROW_GAP for lines in most]
    fullest = max(sum(heights[start:end]) for start, end in evenly(heights, pages))
    return fullest > place.height - height_of(2, FONT_FLOOR) - 5


def _spread(
    columns: Sequence[Column], style: Style, mains: Sequence[MainClause], place: Area, pages: int
) -> list[tuple[MainClause, ...]]:
    """Give the rows of each page, or nothing if they are too high."""
    heights = [row_height(columns, style, main) + ROW_GAP for main in mains]
    spread = evenly(heights, pages)
    if max(sum(heights[start:end]) for start, end in spread) > place.height - head_room(columns, style)[1]:
        return []
    return [tuple(mains[start:end]) for start, end in spread]


def _abbreviated(
    columns: Sequence[Column], style: Style, mains: Sequence[MainClause], place: Area, pages: int
) -> list[tuple[Style, tuple[MainClause, ...]]]:
    """Take a line from one row after the other until they fit; give nothing if too many clauses would be cut."""
    most = {main.number: _lines(columns, style, main.number) for main in mains}
    least = {number: max(len(column.items(number)) for column in columns) for number in most}
    named = sum(len(column.items(number)) for number in most for column in columns)
    while True:
        heights = [row_height(columns, evolve(style, most=most), main) + ROW_GAP for main in mains]
        fullest = max(evenly(heights, pages), key=lambda page: sum(heights[slice(*page)]))
        spare = [main.number for main in mains[slice(*fullest)] if most[main.number] > least[main.number]]
        if not spare:
            return []
        most = dict(most)
        most[max(spare, key=lambda number: (most[number] - least[number], most[number]))] -= 1
        tried = evolve(style, most=most)
        boxes = (tried.box(c, width, m) for m in most for c, width in zip(columns, tried.widths, strict=True))
        if sum(len(box.cut) for box in boxes) > named * MOST_CUT:
            return []
        if found := _spread(columns, tried, mains, place, pages):
            return [(tried, rows) for rows in found]


def _cut(columns: Sequence[Column], style: Style, main: MainClause, place: Area) -> Style:
    """Cut a row that is higher than a page to it."""
    free = place.height - head_room(columns, style)[1] - ROW_GAP - PAD
    return evolve(style, most={main.number: max(1, int(free / height_of(1, style.size)))})
