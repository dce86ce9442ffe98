"""Do once, and what each standard adds: the common core in the middle, beside it what only one standard asks for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from attrs import evolve, field, frozen

from imsmap.drawing import (
    EDGE,
    FONT_FLOOR,
    MARGIN,
    PAPER,
    Area,
    Colours,
    Item,
    Listed,
    Picture,
    Sheet,
    Size,
    clearance,
    colours,
    evenly,
    fit,
    frame,
    height_of,
    held,
    listed,
    source_line,
    unmarked,
    wrap,
)
from imsmap.model import Kin, main_number, number_key
from imsmap.report import Report

ANALYSIS = "matrix"
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
_CORE = ("same", "extended")
"""What one can do once; what is only related is looked at together and still done for each."""
_MARKS = {Kin.RELATED.glyph: "of these, related: look at them together", Kin.NOT_ASSESSED.glyph: "not assessed yet"}


@frozen
class Entry:
    """A clause that a column names."""

    number: str
    title: str
    letters: str
    mark: str = ""

    @property
    def item(self) -> Item:
        """How it reads: letters, number, title, mark."""
        return Item("\u00a0".join(filter(None, (self.letters, self.number, self.title))), self.mark)


@frozen
class Column:
    """What one column says: its head, and its clauses by main clause."""

    key: str
    letters: str
    name: str
    count: str
    colours: Colours
    rows: Mapping[str, tuple[Entry, ...]]

    @property
    def head(self) -> tuple[str, str]:
        """The two lines above the column."""
        return f"{self.letters} {self.name}", self.count

    def items(self, main: str) -> tuple[Item, ...]:
        """Say what stands in the box of a main clause, an entry for each clause."""
        return tuple(entry.item for entry in self.rows.get(main, ())) or (
            Item(f"{self.letters}\u00a0nothing of its own"),
        )


@frozen
class Style:
    """How a page is set: the font size of the clauses, the width of each column, the lines that some rows may have."""

    size: float
    widths: tuple[float, ...]
    most: Mapping[str, int] = field(factory=dict)

    def box(self, column: Column, width: float, main: str) -> Listed:
        """Set the text of one box."""
        return listed(column.items(main), width - 2 * MARGIN, self.size, self.most.get(main, 10**6))


def draw(report: Report, size: Size) -> tuple[Picture, ...]:
    """Draw the matrix as columns: the common core between what each standard adds; a page or more."""
    values = report.values
    standards: list[dict[str, Any]] = list(values["standards"])
    core = _core(values, "".join(standard["letter"] for standard in standards))
    sides = [_side(values, standard) for standard in standards]
    room = size.width - 2 * EDGE - LABEL
    most = max(2, int((room + GAP) // (NARROWEST + GAP)) - 1)
    chunks = [tuple(sides[start:end]) for start, end in evenly([1.0] * len(sides), -(-len(sides) // most))]
    mains = [main for main in values["main_clauses"] if any(main["number"] in c.rows for c in (core, *sides))]
    title = _title(values)
    words = _words(report, core, sides)
    place = clearance(size, title, *words)
    drafts = [(chunk, *rows) for chunk in chunks for rows in _pages(core, chunk, mains, place)]
    if len(drafts) > 1:
        place = clearance(size, f"{title} (10 of 10)", *words)
        drafts = [(chunk, *rows) for chunk in chunks for rows in _pages(core, chunk, mains, place)]
    pages = []
    for index, (chunk, style, rows) in enumerate(drafts, start=1):
        several = len(drafts) > 1
        said = f"{title} ({index} of {len(drafts)})" if several else title
        notes = [_page_note(chunk, rows, index, len(drafts))] if several else []
        pages.append(_page(report, size, said, words, _order(core, chunk), style, rows, notes))
    return tuple(pages)


# --- what it says ------------------------------------------------------------------------------------------------


def _title(values: Mapping[str, Any]) -> str:
    standards = values["standards"]
    if len(standards) == 2:
        of, by = standards[1], standards[0]
        wanted = (of["key"], by["key"], "leaf clause")
        entry = next(one for one in values["coverage"] if (one["of"], one["by"], one["unit"]) == wanted)
        unsure = f" ({entry['not_assessed']} not assessed)" if entry["not_assessed"] else ""
        return (
            f"{entry['n']} of {entry['m']} leaf clauses of {held(of['designation'])} have a counterpart in "
            f"{held(by['designation'])}{unsure}"
        )
    shared = sum(map(_by_core, values["groups"]))
    total = len(values["groups"])
    return f"{shared} of {total} groups of requirements are shared by two or more of the {len(standards)} standards"


def _by_core(group: Mapping[str, Any]) -> bool:
    return any(entry["class"] in _CORE for entry in group["classes"])


def _core(values: Mapping[str, Any], letters: str) -> Column:
    """Gather the groups that two standards or more share; subclauses x.y.z are told under x.y."""
    headings = values.get("headings", {}).get("core", {})
    letter_of = {standard["key"]: standard["letter"] for standard in values["standards"]}
    found: dict[str, dict[str, tuple[str, set[str]]]] = {}
    for group in values["groups"]:
        sharing = {
            key for entry in group["classes"] if entry["class"] in _CORE for key in (entry["subject"], entry["object"])
        }
        if not sharing:
            continue
        number = ".".join((group["number"] or "").split(".")[:2])
        name = number or group["id"]
        title = unmarked(headings.get(number) or group["title"])
        title, so_far = found.setdefault(group["main"], {}).setdefault(name, (title, set()))
        so_far |= {letter_of[key] for key in sharing}
    rows = {
        main: tuple(
            Entry(name if name[0].isdigit() else "", title, "".join(one for one in letters if one in used))
            for name, (title, used) in entries.items()
        )
        for main, entries in found.items()
    }
    shared = sum(map(_by_core, values["groups"]))
    return Column(
        "core",
        letters,
        "common core",
        f"do once: {shared} of {len(values['groups'])} groups",
        colours(values.get("core_colours")),
        rows,
    )


def _mark(group: Mapping[str, Any], key: str) -> str:
    """Tell how a standard's clauses in a row stand to the others: `=` by the core, else nothing, `◐` or `?`."""
    kins = {one["class"] for one in group["classes"] if key in (one["subject"], one["object"])}
    if kins & set(_CORE):
        return "="
    if Kin.RELATED.value in kins:
        return Kin.RELATED.glyph
    return Kin.NOT_ASSESSED.glyph if Kin.NOT_ASSESSED.value in kins else ""


def _highest(number: str, own: set[str], clauses: set[str]) -> tuple[str, set[str]]:
    """Climb to the highest clause, x.y at most, under which every leaf clause is the standard's own."""
    parts = number.split(".")
    for level in range(min(2, len(parts)), len(parts)):
        upper = ".".join(parts[:level])
        under = {other for other in clauses if other.startswith(upper + ".")}
        if under <= own:
            return upper, under
    return number, {number}


def _side(values: Mapping[str, Any], standard: Mapping[str, Any]) -> Column:
    """Gather the leaf clauses of a standard that share no core with any other, at two levels where all agree."""
    key, letter = standard["key"], standard["letter"]
    clauses = {c["number"]: (c["title"], group) for group in values["groups"] for c in group["clauses"][key]}
    mark = {number: _mark(group, key) for number, (_, group) in clauses.items()}
    own = {number for number in clauses if mark[number] != "="}
    headings = values.get("headings", {}).get(key, {})
    rows: dict[str, list[Entry]] = {}
    told: set[str] = set()
    for number in sorted(own, key=number_key):
        upper, under = _highest(number, own, set(clauses))
        if upper in told:
            continue
        told.add(upper)
        title, group = clauses[number]
        if upper != number:
            title = headings.get(upper) or (group["title"] if group["kind"] == "topic" else title)
        marks = "".join(sorted({mark[other] for other in under}))
        rows.setdefault(main_number(number), []).append(Entry(upper, title, letter, marks))
    marked = ((glyph, sum(glyph in mark[number] for number in own)) for glyph in _MARKS)
    told_apart = "".join(f", {count}\u00a0{glyph}" for glyph, count in marked if count)
    return Column(
        key,
        letter,
        standard["designation"],
        f"adds {len(own)} of {len(clauses)} leaf clauses{told_apart}",
        colours(standard.get("colours")),
        {main: tuple(found) for main, found in rows.items()},
    )


# --- where it stands ---------------------------------------------------------------------------------------------


def _order(core: Column, chunk: tuple[Column, ...]) -> tuple[Column, ...]:
    """Put the core after the first standard: between two, and beside its neighbours with more."""
    return (chunk[0], core, *chunk[1:])


def _settle(
    columns: Sequence[Column], mains: Sequence[Mapping[str, str]], room: float, size: float, *, whole: bool = True
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
            [len(Style(size, ()).box(column, least + step * more, main["number"]).lines) for main in mains]
            for more in range(shares + 1)
        ]
        for column in columns
    ]
    entries = [max(len(column.items(main["number"])) for column in columns) for main in mains]

    def cost(shared: tuple[int, ...]) -> tuple[float, ...]:
        boxes = list(zip(*(counts[at][more] for at, more in enumerate(shared)), strict=True))
        lines = sum(map(max, boxes))
        cut = sum(max(0, box - most) for row, most in zip(boxes, entries, strict=True) for box in row)
        head = _heads(columns, Style(size, tuple(least + step * more for more in shared)))[1]
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


def _row_height(columns: Sequence[Column], style: Style, main: Mapping[str, str]) -> float:
    label = fit(_label(main), LABEL - 2 * MARGIN, height_of(3, FONT_FLOOR), _LABELS, bold=True)
    lines = _lines(columns, style, main["number"])
    return max(height_of(lines, style.size), height_of(len(label.lines), label.size)) + PAD


def _label(main: Mapping[str, str]) -> str:
    return f"{main['number']} {main['title']}"


_LABELS = (12.0, FONT_FLOOR)


_HEADS = (13.0, 12.0, FONT_FLOOR)


@cache
def _head_lines(head: tuple[str, str], width: float) -> tuple[int, ...]:
    """Count the lines of a head in each size."""
    return tuple(sum(len(wrap(line, width - 2 * MARGIN, size, bold=True)) for line in head) for size in _HEADS)


def _heads(columns: Sequence[Column], style: Style) -> tuple[float, float]:
    """Give the font size of the heads, the same for all, and their height: two lines if they fit, else three."""
    each = (_head_lines(column.head, width) for column, width in zip(columns, style.widths, strict=True))
    needed = dict(zip(_HEADS, map(max, zip(*each, strict=True)), strict=True))
    for most in (2, 3):
        for size, lines in needed.items():
            if lines <= most:
                return size, height_of(most, size) + 5
    return FONT_FLOOR, height_of(3, FONT_FLOOR) + 5


def _pages(
    core: Column, chunk: tuple[Column, ...], mains: Sequence[Mapping[str, str]], place: Area
) -> list[tuple[Style, tuple[Mapping[str, str], ...]]]:
    """Choose the largest text with which the rows fit as few pages as possible."""
    columns = _order(core, chunk)

    @cache
    def settled(size: float, whole: bool = True) -> Style:
        return _settle(columns, mains, place.width - LABEL, size, whole=whole)

    for pages in range(1, len(mains) + 1):
        for size in _SIZES:
            if _hopeless(columns, size, mains, place, pages):
                continue
            if spread := _spread(columns, settled(size), mains, place, pages):
                return [(settled(size), rows) for rows in spread]
        if abbreviated := _abbreviated(columns, settled(FONT_FLOOR, whole=False), mains, place, pages):
            return abbreviated
    return [(_cut(columns, settled(FONT_FLOOR), main, place), (main,)) for main in mains]


def _hopeless(
    columns: Sequence[Column], size: float, mains: Sequence[Mapping[str, str]], place: Area, pages: int
) -> bool:
    """Tell whether even a line for each clause is too much, so that no width needs to be tried."""
    most = (max(len(column.items(main["number"])) for column in columns) for main in mains)
    heights = [height_of(lines, size) + PAD + ROW_GAP for lines in most]
    fullest = max(sum(heights[start:end]) for start, end in evenly(heights, pages))
    return fullest > place.height - height_of(2, FONT_FLOOR) - 5


def _spread(
    columns: Sequence[Column], style: Style, mains: Sequence[Mapping[str, str]], place: Area, pages: int
) -> list[tuple[Mapping[str, str], ...]]:
    """Give the rows of each page, or nothing if they are too high."""
    heights = [_row_height(columns, style, main) + ROW_GAP for main in mains]
    spread = evenly(heights, pages)
    if max(sum(heights[start:end]) for start, end in spread) > place.height - _heads(columns, style)[1]:
        return []
    return [tuple(mains[start:end]) for start, end in spread]


def _abbreviated(
    columns: Sequence[Column], style: Style, mains: Sequence[Mapping[str, str]], place: Area, pages: int
) -> list[tuple[Style, tuple[Mapping[str, str], ...]]]:
    """Take a line from one row after the other until they fit; give nothing if too many clauses would be cut."""
    most = {main["number"]: _lines(columns, style, main["number"]) for main in mains}
    least = {number: max(len(column.items(number)) for column in columns) for number in most}
    named = sum(len(column.items(number)) for number in most for column in columns)
    while True:
        heights = [_row_height(columns, evolve(style, most=most), main) + ROW_GAP for main in mains]
        fullest = max(evenly(heights, pages), key=lambda page: sum(heights[slice(*page)]))
        spare = [main["number"] for main in mains[slice(*fullest)] if most[main["number"]] > least[main["number"]]]
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


def _cut(columns: Sequence[Column], style: Style, main: Mapping[str, str], place: Area) -> Style:
    """Cut a row that is higher than a page to it."""
    free = place.height - _heads(columns, style)[1] - ROW_GAP - PAD
    return evolve(style, most={main["number"]: max(1, int(free / height_of(1, style.size)))})


def _page_note(chunk: Sequence[Column], mains: Sequence[Mapping[str, str]], index: int, pages: int) -> str:
    names = ", ".join(column.name for column in chunk)
    return f"Page {index} of {pages}: {names}; clauses {', '.join(main['number'] for main in mains)}."


def _words(report: Report, core: Column, sides: Sequence[Column]) -> tuple[str, str]:
    """Say the legend and the source."""
    marks = {mark for side in sides for found in side.rows.values() for entry in found for mark in entry.mark}
    told = "".join(f"; {glyph}\u00a0{meaning}" for glyph, meaning in _MARKS.items() if glyph in marks)
    legend = f"{core.letters} = common core, numbered as in the harmonized structure{told}"
    return legend, source_line([(side.letters, side.name) for side in sides], report.data_version)


def _page(
    report: Report,
    size: Size,
    title: str,
    words: tuple[str, str],
    columns: Sequence[Column],
    style: Style,
    mains: Sequence[Mapping[str, str]],
    notes: list[str],
) -> Picture:
    sheet = Sheet(size)
    place = frame(sheet, title, *words)
    widths = style.widths
    lefts = [place.x + LABEL + sum(widths[:at]) + GAP * at for at in range(len(columns))]
    head_size, head_height = _heads(columns, style)
    heads = sheet.group("Heads", "; ".join(": ".join(column.head) for column in columns) + ".")
    for column, left, width in zip(columns, lefts, widths, strict=True):
        head = fit("\n".join(column.head), width - 2 * MARGIN, head_height, (head_size,), bold=True)
        if head.short:
            notes.append("In full: " + ", ".join(column.head) + ".")
        sheet.box(
            Area(left, place.y, width, head_height), head.lines if head.short else column.head, lines=head.lines,
            size=head.size, bold=True, name=f"{column.key} head", group=heads, fill=column.colours.dark,
            ink=column.colours.on_dark,
        )  # fmt: skip
    wanted = [_row_height(columns, style, main) for main in mains]
    spare = place.height - head_height - ROW_GAP * len(mains) - sum(wanted)
    spare = max(0.0, min(spare / len(mains), 24.0))
    top = place.y + head_height + ROW_GAP
    for main, height in zip(mains, wanted, strict=True):
        height = min(height + spare, place.bottom - top)
        notes += _row(sheet, columns, lefts, main, Area(place.x, top, place.width, height), style)
        top += height + ROW_GAP
    alt = f"{title}. " + " ".join(sheet.groups.values())
    palette = [colour for column in columns for colour in (column.colours.dark, column.colours.tint)]
    definition = (
        "Do once: a group of requirements that two or more of the standards share (same or extended, by "
        "the common core). Adds: a leaf clause in no such group; ◐ if a stated relation still ties it to another."
    )
    return sheet.picture("columns", title, alt, [report.message, definition, *notes, *report.notes, words[1]], palette)


def _row(
    sheet: Sheet,
    columns: Sequence[Column],
    lefts: Sequence[float],
    main: Mapping[str, str],
    area: Area,
    style: Style,
) -> list[str]:
    number = main["number"]
    says = {column.key: [item.whole for item in column.items(number)] for column in columns}
    alt = f"Clause {_label(main)}. " + " ".join(
        ("Shared: " if c.key == "core" else f"Only {c.name}: ") + "; ".join(says[c.key]) + "." for c in columns
    )
    group = sheet.group(f"Clause {number}", alt)
    notes = []
    label = fit(_label(main), LABEL - 2 * MARGIN, area.height, _LABELS, bold=True)
    if label.short:
        notes.append(f"In full: {_label(main)}.")
    sheet.words(
        Area(area.x, area.y, LABEL, area.height), [label.text], lines=label.lines, size=label.size, bold=True,
        name=f"Clause {number} title", group=group,
    )  # fmt: skip
    nodes = []
    for column, left, width in zip(columns, lefts, style.widths, strict=True):
        said = style.box(column, width, number)
        if said.cut:
            notes.append(f"In full, {column.name}: " + "; ".join(said.cut) + ".")
        nodes.append(
            sheet.box(
                Area(left, area.y, width, area.height),
                said.paragraphs,
                lines=said.lines,
                size=style.size,
                name=f"{column.key}:{number}",
                group=group,
                line=column.colours.line,
                fill=column.colours.tint if number in column.rows else PAPER,
                rounded=True,
                hang=True,
            )
        )
    # A line means "adds to the core": only the core's neighbours touch it, the first two lines of a row.
    for one, other in itertools.islice(itertools.pairwise(nodes), 2):
        sheet.link(one, other)
    return notes
