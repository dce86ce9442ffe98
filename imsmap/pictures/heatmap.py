"""Where integration stops: every topic as a cell under its main clause, by class, with the labels of whose it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer, Topic
from imsmap.drawing import (
    CORE,
    FONT_FLOOR,
    GREY,
    RULE,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    Table,
    fit,
    frame,
    height_of,
    palettes,
    source_line,
    unit,
    unmarked,
    width_of,
)
from imsmap.drawing.slide import evenly
from imsmap.drawing.story import kind_of, legend, story
from imsmap.library.numbers import number_key
from imsmap.parts import MainClause
from imsmap.reasoning.shares import Share
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import short_number, together

ABOUT = about.Picture(of="matrix", slide="where integration stops", place=40)
HEAD = 22.0
"""The row above: what the columns are."""
TALLEST, WIDEST, NARROWEST = 48.0, 60.0, 24.0
"""How high a row, and how wide a cell of a topic may be, and how narrow, at 14 points of text."""
ACROSS, DOWN = 1.0, (2.5, 1.0)
"""Between a cell's box and the edges of its cell: at its sides; above and below, the first at which all has room."""
PAGES = 3
"""On so many pages at most every box shows its number; in still less room boxes say less."""
_ORDER = {"core": 0, "related": 1, "alone": 2, "unknown": 3}


@frozen
class Cell:
    """A topic: its class, whose it is, its number, its title."""

    kind: str
    labels: str
    number: str
    title: str
    owner: str
    """The key of the standard whose alone it is or to which it belongs; empty for several."""
    misleads: bool

    def short(self, width: float) -> str:
        """Write its number as its box of that width has room: of several the first, and if it fits that more follow."""
        told = short_number(self.number)
        return told if width_of(told, FONT_FLOOR) <= width - 2 else told.rstrip("…")

    @property
    def said(self) -> str:
        """How it reads to who can't see it."""
        trap = ", same number with another duty elsewhere" if self.misleads else ""
        return f"{self.labels} {self.number} {self.title}: {self.kind}{trap}"


@frozen
class Line:
    """A main clause with its topics, those of the core first; one with too many goes on in a second line."""

    main: MainClause
    cells: tuple[Cell, ...]
    core: int
    total: int
    goes_on: bool = False


@frozen
class Grid:
    """The measures of the table: how wide its columns are, how high its rows, and the room above and below a box."""

    widths: tuple[float, ...]
    high: float
    down: float

    @property
    def inner(self) -> tuple[float, float]:
        """How wide and how high a box is."""
        return self.widths[1] - 2 * ACROSS, self.high - 2 * self.down


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw the map as a table, on one page, or on more where its boxes have no room for their numbers."""
    answer = report.answer
    lines = list(_lines(answer))
    place, _ = _framed(report, Sheet(size), lines)
    label = min(220.0 * max(1.0, size.type.body / 14), place.width * 0.24)
    count = width_of("00 of 00", size.type.body, bold=True) + 10
    pages, down = _laid(lines, place.width - label - count, place.height - HEAD)
    columns = max(len(line.cells) for page in pages for line in page)
    wide = min(WIDEST, (place.width - label - count) / columns)
    widths = (label, *[wide] * columns, place.width - label - wide * columns)
    tallest = max(TALLEST * place.height / 370, _high(down))
    grid = Grid(widths, min(tallest, (place.height - HEAD) / max(map(len, pages))), down)
    told = _labels([cell for line in lines for cell in line.cells], *grid.inner)
    return tuple(_page(report, size, page, grid, told, (at, len(pages))) for at, page in enumerate(pages, start=1))


def _page(
    report: Report[MatrixAnswer], size: Size, lines: Sequence[Line], grid: Grid, told: Mapping[Cell, list[str]],
    which: tuple[int, int],
) -> Picture:  # fmt: skip
    """Draw a page: some lines of the map."""
    sheet = Sheet(size)
    at, pages = which
    more = f" ({at} of {pages})" if pages > 1 else ""
    place, source = _framed(report, sheet, lines, more)
    title = _title(report.answer) + more
    alt = f"{title.replace('**', '')}. " + " ".join(_told(line) for line in lines)
    table = _table(sheet, place, lines, grid, told, palettes(report.answer.standards))
    sheet.table("Topics by class", table, alt)
    definition = (
        "A cell is a topic, with the number that the standards use. Core: two or more of the standards share its "
        "common core. Related: only a stated relation of strength 4 or more (of 10) ties them. Alone: at most a "
        "reminder does."
    )
    if any(short_number(cell.number) != cell.number for line in lines for cell in line.cells):
        definition += " Of several clauses a cell has the number of the first; all of them stand below."
    notes = [f"Page {at} of {pages}."] if pages > 1 else []
    notes += [f"Clause {line.main.number}: {'; '.join(cell.said for cell in line.cells)}." for line in lines]
    return sheet.picture("heatmap", title, alt, [report.message, definition, *notes, *report.notes, source])


def _framed(report: Report[MatrixAnswer], sheet: Sheet, lines: Sequence[Line], more: str = "") -> tuple[Area, str]:
    """Set title, legend and source round a page; gives the place left, and the source line."""
    answer = report.answer
    source = source_line(answer.standards, report.data_version)
    kinds = sorted({cell.kind for line in lines for cell in line.cells}, key=lambda kind: _ORDER[kind])
    strip = story(answer.shares.tally(), answer.standards, palettes(answer.standards))
    return frame(sheet, _title(answer) + more, legend(*kinds), source, strip), source


# --- what it says ------------------------------------------------------------------------------------------------


def _title(answer: MatrixAnswer) -> str:
    counts = {main: answer.shares.shared((main.number,)) for main in answer.main_clauses}
    counts = {main: count for main, count in counts.items() if count.m}
    total, core = sum(one.m for one in counts.values()), sum(one.n for one in counts.values())
    if core == total:
        return f"**All {total} topics are built once**: integration stops nowhere"
    worst = min(counts, key=lambda main: (counts[main].n / counts[main].m, -counts[main].m))
    n, m = counts[worst].n, counts[worst].m
    word = f"topic{'' if m == 1 else 's'} {'is' if n == 1 else 'are'}"
    where = unmarked(worst.title)
    where = where[:1].lower() + where[1:]
    return (
        f"Integration stops in {where}: **{n} of {m} {word} built once in clause {worst.number}**, "
        f"{core - n} of {total - m} elsewhere"
    )


def _lines(answer: MatrixAnswer) -> Iterator[Line]:
    owners = {side.key: at for at, side in enumerate(answer.standards)}
    for main in answer.main_clauses:
        found = [
            _cell(answer, topic, share)
            for topic, share in zip(answer.topics, answer.shares.topics, strict=True)
            if topic.main == main.number
        ]
        if found:
            cells = tuple(sorted(found, key=lambda cell: (_ORDER[cell.kind], *_by_owner(cell, owners))))
            yield Line(main, cells, sum(cell.kind == "core" for cell in cells), len(cells))


def _by_owner(cell: Cell, owners: Mapping[str, int]) -> tuple[int, object]:
    """Order what several have first, by number; what has one owner stands beside what else is its own."""
    return (-1 if cell.kind == "core" else owners.get(cell.owner, -1)), number_key(cell.number)


def _cell(answer: MatrixAnswer, topic: Topic, share: Share) -> Cell:
    labels = {side.key: side.label for side in answer.standards}
    kind = kind_of(share.kin)
    holders = share.sharing if kind == "core" else share.holders
    told = together(labels[key] for key in holders)
    # Labels of several letters, as of two editions, have no room side by side.
    if len(holders) > 3 or (len(holders) > 2 and " " in told):
        told = f"{len(holders)} of {len(labels)}" if len(holders) < len(labels) else "all"
    elif len(holders) == len(labels) == 2 and " " in told:
        told = "both"
    owner = holders[0] if len(holders) == 1 else ""
    return Cell(kind, told, answer.number_of(topic, holders), unmarked(topic.title), owner, bool(topic.false_friends))


def _laid(lines: Sequence[Line], width: float, height: float) -> tuple[list[list[Line]], float]:
    """Let clauses go on in further lines and on further pages, so that every box has room for its number.

    Where too many pages would be needed, boxes are narrower, on one page. Gives also the room above and below a box.
    """
    cells = [cell for line in lines for cell in line.cells]
    needed = max(
        max(width_of(cell.labels, FONT_FLOOR, bold=True), width_of(cell.short(0), FONT_FLOOR)) for cell in cells
    )
    wide = max(NARROWEST, needed + 2 * ACROSS + 2)
    found = [part for line in lines for part in _cut(line, max(1, int(width // wide)))]
    for pages in range(1, PAGES + 1):
        cuts = evenly([1.0] * len(found), pages)
        for down in DOWN:
            most = int(height // _high(down))
            if cuts and max(end - start for start, end in cuts) <= most:
                return [_begun(found[start:end]) for start, end in _whole(found, cuts, most)], down
    return [[part for line in lines for part in _cut(line, max(1, int(width // NARROWEST)))]], DOWN[0]


def _high(down: float) -> float:
    """Give how high a row is at least whose boxes say whose a topic is over its number."""
    return height_of(2, FONT_FLOOR) + 2 * down


def _whole(lines: Sequence[Line], cuts: Sequence[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    """Move the ends of pages to where a main clause begins, if each page still has room for its lines."""
    ends = [
        min((at for at in range(1, len(lines)) if not lines[at].goes_on), key=lambda at: abs(at - end), default=end)
        for _, end in cuts[:-1]
    ]
    moved = list(pairwise([0, *ends, len(lines)]))
    return moved if all(0 < end - start <= most for start, end in moved) else list(cuts)


def _begun(lines: Sequence[Line]) -> list[Line]:
    """Name the main clause of the first line of a page, though it goes on from the page before."""
    first = lines[0]
    return [Line(first.main, first.cells, first.core, first.total), *lines[1:]]


def _cut(line: Line, most: int) -> list[Line]:
    """Let a clause with too many topics for a line go on in the next one."""
    step = -(-len(line.cells) // -(-len(line.cells) // most))  # lines of one clause are as even as can be
    parts = [line.cells[start : start + step] for start in range(0, len(line.cells), step)]
    return [Line(line.main, part, line.core, line.total, at > 0) for at, part in enumerate(parts)]


def _told(line: Line) -> str:
    return (
        f"Clause {line.main.number} {unmarked(line.main.title)}, {line.core} of {line.total} built once: "
        f"{'; '.join(cell.said for cell in line.cells)}."
    )


# --- where it stands ---------------------------------------------------------------------------------------------


def _table(
    sheet: Sheet, place: Area, lines: Sequence[Line], grid: Grid, said_in: Mapping[Cell, list[str]],
    looks: Mapping[str, Colours],
) -> Table:  # fmt: skip
    """Place the cells of the table: a row for each line under the head."""
    name, widths, high = "Topics by class", grid.widths, grid.high
    cells: dict[tuple[int, int], str] = {}
    lefts = [place.x + sum(widths[:at]) for at in range(len(widths))]
    last = len(widths) - 1
    size = _size(sheet, said_in.values(), *grid.inner)
    for column, words, align in ((0, "Main clause", "l"), (1, "Its topics, by class", "l"), (last, "Built once", "r")):
        room = widths[column] if column != 1 else width_of(words, FONT_FLOOR) + 2
        cells[0, column] = sheet.words(
            Area(lefts[column], place.y, room, HEAD), [words], lines=[words], size=FONT_FLOOR, ink=GREY, align=align,
            name=words, holder=name, role="cell", pad=0,
        )  # fmt: skip
    for row, line in enumerate(lines, start=1):
        y = place.y + HEAD + (row - 1) * high
        if not line.goes_on:
            cells[row, 0] = _clause(sheet, Area(place.x, y, widths[0], high), line.main, name)
            said = f"**{line.core}** of {line.total}"
            cells[row, last] = sheet.words(
                Area(lefts[last], y, widths[last], high), [said], size=sheet.type.body, align="r", pad=0,
                name=f"Clause {line.main.number} count", holder=name, role="cell",
            )  # fmt: skip
        for column, cell in enumerate(line.cells, start=1):
            area = Area(lefts[column] + ACROSS, y + grid.down, *grid.inner)
            inner = said_in[cell]
            label = f"{line.main.number}.{column} {cell.title}"
            cells[row, column] = _unit(sheet, area, cell, looks, inner, label, name, size)
    rules = {at: (0.75, RULE) for at in range(len(lines) + 1) if at == len(lines) or not lines[at].goes_on}
    return Table(place, widths, (HEAD, *[high] * len(lines)), cells, rules)


def _clause(sheet: Sheet, area: Area, main: MainClause, holder: str) -> str:
    title = unmarked(main.title)
    found = fit(f"{main.number}  {title}", area.width - 8, area.height, (sheet.type.body, 12.0, FONT_FLOOR))
    told = " ".join(found.lines) if found.short else f"{main.number}  {title}"
    told = told.removeprefix(main.number)
    return sheet.words(
        area, [f"**{main.number}**{told}"], size=found.size, align="l", name=f"Clause {main.number}", holder=holder,
        role="cell", pad=0,
    )  # fmt: skip


def _labels(cells: Sequence[Cell], width: float, height: float) -> dict[Cell, list[str]]:
    """Say what stands in the boxes, of the same kind in all: whose it is over its number, both in a line, or less."""
    least = FONT_FLOOR
    if height_of(2, least) <= height:
        both = {cell: [cell.labels, cell.short(width)] for cell in cells}
        if all(width_of(word, least, bold=word == words[0]) <= width for words in both.values() for word in words):
            return both
    for told in (lambda cell: f"{cell.labels} {cell.short(0)}", lambda cell: cell.short(width)):
        if all(width_of(told(cell), least, bold=True) <= width - 2 for cell in cells):
            return {cell: [told(cell)] for cell in cells}
    # Whose a topic is survives where nothing else does: its letters, of many how many; no box that has room is empty.
    if height_of(1, least) > height:
        return {cell: [] for cell in cells}
    forms = {cell: (cell.labels, cell.labels.replace(" of ", "/")) for cell in cells}
    return {cell: [one for one in told if width_of(one, least, bold=True) <= width][:1] for cell, told in forms.items()}


def _size(sheet: Sheet, told: Collection[Sequence[str]], width: float, height: float) -> float:
    """Choose the size of the words in the boxes: one for all, the largest at which each has room."""
    for size in (sheet.type.small, 12.0):
        high = height_of(max(map(len, told), default=1), size) <= height
        if high and all(width_of(w, size, bold=w == words[0]) <= width - 2 for words in told for w in words if w):
            return size
    return FONT_FLOOR


def _unit(
    sheet: Sheet, area: Area, cell: Cell, looks: Mapping[str, Colours], words: Sequence[str], name: str, holder: str,
    size: float,
) -> str:  # fmt: skip
    look = looks.get(cell.owner, CORE)
    words = [word for word in words if word and width_of(word, size, bold=word == words[0]) <= area.width]
    return unit(sheet, area, cell.kind, look, words, name=name, size=size, alt=cell.said, holder=holder, role="cell")
