"""Do once, and what each standard adds: the common core in the middle, beside it what only one standard asks for."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from imsmap.drawing import (
    EDGE,
    FONT_FLOOR,
    MARGIN,
    PAPER,
    Area,
    Colours,
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
RUN_ON = "\u00a0· "
ROW_GAP = 4.0
LABEL = 106.0
PAD = 4.0
"""Above and below the text of a box, together."""
_SHARES_OF_CORE = (1.15, 1.3, 1.0, 1.45)
_CORE = ("same", "extended")
"""What one can do once; what is only related is looked at together and still done for each."""


@frozen
class Entry:
    """A clause that a column names."""

    number: str
    title: str
    letters: str
    mark: str = ""

    @property
    def text(self) -> str:
        """How it reads: letters, number, title."""
        return f"{self.letters}\u00a0{self.bare}"

    @property
    def bare(self) -> str:
        """How it reads after the letters."""
        words = held(self.number) + "\u00a0" + self.title if self.number else self.title
        return f"{words}\u00a0{self.mark}" if self.mark else words


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


@frozen
class Style:
    """How clauses are set: a line each, or run on; the font size; the core's share of the width."""

    run_on: bool
    size: float
    share: float = 1.0

    def paragraphs(self, entries: Sequence[Entry], letters: str) -> tuple[str, ...]:
        """Say what stands in a box."""
        if not entries:
            return (f"{letters} nothing of its own",)
        if not self.run_on:
            return tuple(entry.text for entry in entries)
        found: dict[str, list[str]] = {}
        for entry in entries:
            found.setdefault(entry.letters, []).append(entry.bare)
        return tuple(f"{letter}\u00a0{RUN_ON.join(words)}" for letter, words in found.items())


_STYLES = (
    *(Style(False, size) for size in (14.0, 13.0, 12.0)),
    *(Style(True, size) for size in (13.0, 12.0)),
    Style(False, FONT_FLOOR),
    Style(True, FONT_FLOOR),
)


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
    return f"{shared} of {total} groups of requirements are core that two or more of {len(standards)} standards share"


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
    return Column(
        key,
        letter,
        standard["designation"],
        f"adds {len(own)} of {len(clauses)} leaf clauses",
        colours(standard.get("colours")),
        {main: tuple(found) for main, found in rows.items()},
    )


# --- where it stands ---------------------------------------------------------------------------------------------


def _order(core: Column, chunk: tuple[Column, ...]) -> tuple[Column, ...]:
    """Put the core after the first standard: between two, and beside its neighbours with more."""
    return (chunk[0], core, *chunk[1:])


def _widths(columns: Sequence[Column], room: float, share: float) -> list[float]:
    """Share the width; the core may get more than the others."""
    shares = [share if column.key == "core" else 1.0 for column in columns]
    free = room - GAP * (len(columns) - 1)
    return [free * each / sum(shares) for each in shares]


def _row_height(columns: Sequence[Column], widths: Sequence[float], main: Mapping[str, str], style: Style) -> float:
    lines = max(
        sum(
            len(wrap(paragraph, width - 2 * MARGIN, style.size))
            for paragraph in style.paragraphs(column.rows.get(main["number"], ()), column.letters)
        )
        for column, width in zip(columns, widths, strict=True)
    )
    label = wrap(_label(main), LABEL - 2 * MARGIN, 12.0, bold=True)
    return max(height_of(lines, style.size), height_of(len(label), 12.0)) + PAD


def _label(main: Mapping[str, str]) -> str:
    return f"{main['number']} {main['title']}"


HEAD = 37.0
"""Two lines of 13 points, or three of the smallest if the column is narrow."""
HEAD_NARROW = 42.0


def _head(columns: Sequence[Column], place: Area) -> float:
    """Give the height of the heads."""
    return HEAD if (place.width - LABEL) / len(columns) > 230 else HEAD_NARROW


def _pages(
    core: Column, chunk: tuple[Column, ...], mains: Sequence[Mapping[str, str]], place: Area
) -> list[tuple[Style, tuple[Mapping[str, str], ...]]]:
    """Choose the largest style in which the rows fit as few pages as possible."""
    columns = _order(core, chunk)
    free = place.height - _head(columns, place)
    for pages in range(1, len(mains) + 1):
        for style in _STYLES:
            for share in _SHARES_OF_CORE:
                widths = _widths(columns, place.width - LABEL, share)
                heights = [_row_height(columns, widths, main, style) + ROW_GAP for main in mains]
                spread = evenly(heights, pages)
                if max(sum(heights[start:end]) for start, end in spread) <= free:
                    return [(evolve(style, share=share), tuple(mains[start:end])) for start, end in spread]
    return [(_STYLES[-1], (main,)) for main in mains]


def _page_note(chunk: Sequence[Column], mains: Sequence[Mapping[str, str]], index: int, pages: int) -> str:
    names = ", ".join(column.name for column in chunk)
    return f"Page {index} of {pages}: {names}; clauses {', '.join(main['number'] for main in mains)}."


def _words(report: Report, core: Column, sides: Sequence[Column]) -> tuple[str, str]:
    """Say the legend and the source."""
    letters = ", ".join(f"{side.letters} = {held(side.name)}" for side in sides)
    marks = {mark for side in sides for found in side.rows.values() for entry in found for mark in entry.mark}
    meanings = {Kin.RELATED.glyph: "related, look at them together", Kin.NOT_ASSESSED.glyph: "not assessed yet"}
    told = "".join(f"; {mark} {meaning}" for mark, meaning in meanings.items() if mark in marks)
    legend = f"{letters}, {core.letters} = common core: do once; white = nothing of its own{told}"
    return legend, source_line([side.name for side in sides], report.data_version)


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
    widths = _widths(columns, place.width - LABEL, style.share)
    lefts = [place.x + LABEL + sum(widths[:at]) + GAP * at for at in range(len(columns))]
    head_height = _head(columns, place)
    heads = sheet.group("Heads", "; ".join(": ".join(column.head) for column in columns) + ".")
    for column, left, width in zip(columns, lefts, widths, strict=True):
        head = fit("\n".join(column.head), width - 2 * MARGIN, head_height - 1, (13.0, 12.0, FONT_FLOOR), bold=True)
        if head.short:
            notes.append("In full: " + ", ".join(column.head) + ".")
        sheet.box(
            Area(left, place.y, width, head_height), column.head, lines=head.lines, size=head.size, bold=True,
            name=f"{column.key} head", group=heads, fill=column.colours.dark, ink=column.colours.on_dark,
        )  # fmt: skip
    wanted = [_row_height(columns, widths, main, style) for main in mains]
    spare = place.height - head_height - ROW_GAP * len(mains) - sum(wanted)
    spare = max(0.0, min(spare / len(mains), 14.0))
    top = place.y + head_height + ROW_GAP
    for main, height in zip(mains, wanted, strict=True):
        # A row that is higher than a page is cut to it; what it leaves out stands in the notes.
        height = min(height + spare, place.bottom - top)
        notes += _row(sheet, columns, lefts, widths, main, Area(place.x, top, place.width, height), style)
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
    widths: Sequence[float],
    main: Mapping[str, str],
    area: Area,
    style: Style,
) -> list[str]:
    number = main["number"]
    says = {c.key: style.paragraphs(c.rows.get(number, ()), c.letters) for c in columns}
    alt = f"Clause {_label(main)}. " + " ".join(
        ("Shared: " if c.key == "core" else f"Only {c.name}: ") + "; ".join(says[c.key]) + "." for c in columns
    )
    group = sheet.group(f"Clause {number}", alt)
    notes = []
    label = fit(_label(main), LABEL - 2 * MARGIN, area.height, (12.0, FONT_FLOOR), bold=True)
    if label.short:
        notes.append(f"In full: {_label(main)}.")
    sheet.words(
        Area(area.x, area.y, LABEL, area.height), [_label(main)], lines=label.lines, size=label.size, bold=True,
        name=f"Clause {number} title", group=group,
    )  # fmt: skip
    nodes = []
    for column, left, width in zip(columns, lefts, widths, strict=True):
        said = says[column.key]
        empty = number not in column.rows
        fitted = fit("\n".join(said), width - 2 * MARGIN, area.height - 2, (style.size, FONT_FLOOR))
        if fitted.short:
            notes.append(f"In full, {column.name}, clause {number}: " + "; ".join(said) + ".")
        nodes.append(
            sheet.box(
                Area(left, area.y, width, area.height),
                said,
                lines=fitted.lines,
                size=fitted.size,
                name=f"{column.key}:{number}",
                group=group,
                line=column.colours.line,
                fill=PAPER if empty else column.colours.tint,
                rounded=True,
            )
        )
    # A line means "adds to the core": only the core's neighbours touch it, the first two lines of a row.
    for one, other in itertools.islice(itertools.pairwise(nodes), 2):
        sheet.link(one, other)
    return notes
