"""Your processes by clause: which process answers for which clause of a standard, and the clauses that have none."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from attrs import frozen

from imsmap import about
from imsmap.analyses.processes import ProcessesAnswer, ServedClause
from imsmap.drawing import (
    FONT_FLOOR,
    HANG,
    MARGIN,
    PAPER,
    Area,
    Colours,
    Item,
    Picture,
    Sheet,
    Size,
    clearance,
    even_size,
    evenly,
    frame,
    height_of,
    held,
    listed,
    palettes,
    source_line,
    swatches,
    width_of,
    wrap,
)
from imsmap.library.model import WARNING_GLYPH
from imsmap.parts import Side
from imsmap.register.state import ProcessState
from imsmap.report import Report

ABOUT = about.Picture(of="processes", slide="your processes by clause", client=True, place=80)
LABEL = 0.27
"""Share of the page's width for the names of processes."""
HEAD, LOW, TALLEST, MAIN_GAP, GAP, WIDEST = 22.0, 15.0, 30.0, 6.0, 2.0, 60.0
NAMES = 13.0
"""Size in which clauses without a process are named."""
MISSING = 0.2
"""Share of the height for the clauses without a process, by name."""
_SIZES = (14.0, 13.0, 12.0, FONT_FLOOR)
_LINE, _PALE = "#7F7F7F", "#D9D9D9"
_RANK = ("P", "S", "·")
_WORDS = {"P": "answers for it", "S": "takes part", "·": "touches it"}


@frozen
class Place:
    """A clause at two levels: its leaf clauses, and which of them have no process."""

    main: str
    number: str
    title: str
    leaves: tuple[ServedClause, ...]
    missing: tuple[ServedClause, ...]

    def mark(self, process: str) -> str:
        """Give the strongest mark of a process in its leaf clauses."""
        found = {leaf.state.marks[process] for leaf in self.leaves if process in leaf.state.marks}
        if any(leaf.state.every for leaf in self.leaves):
            found.add("·")
        return next((mark for mark in _RANK if mark in found), "")


def draw(report: Report[ProcessesAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw a page or more for each standard: a row for each process, a column for each clause."""
    drawn: list[Picture] = []
    looks = palettes(report.answer.standards)
    for standard in report.answer.standards:
        pages = list(_pages(report, standard, size))
        for at, (places, processes) in enumerate(pages, start=1):
            which = f" ({at} of {len(pages)})" if len(pages) > 1 else ""
            drawn.append(_page(report, size, standard, places, processes, which, looks[standard.key]))
    return tuple(drawn)


# --- what it says ------------------------------------------------------------------------------------------------


def _places(report: Report[ProcessesAnswer], key: str) -> list[Place]:
    """Gather the leaf clauses of a standard under their clauses x.y."""
    found: dict[str, list[ServedClause]] = {}
    for leaf in report.answer.clauses:
        if leaf.standard == key:
            found.setdefault(leaf.clause.upper, []).append(leaf)
    titles = report.answer.headings
    return [
        Place(
            leaves[0].clause.main,
            number,
            titles.get(f"{key}:{number}", leaves[0].clause.title),
            tuple(leaves),
            tuple(leaf for leaf in leaves if leaf.state.is_hole),
        )
        for number, leaves in found.items()
    ]


def _title(standard: Side, leaves: Sequence[ServedClause]) -> str:
    counted = [leaf for leaf in leaves if leaf.state.in_scope]
    none = sum(leaf.state.is_hole for leaf in counted)
    out = len(leaves) - len(counted)
    apart = f"; {out} {'does' if out == 1 else 'do'} not apply" if out else ""
    lead = (
        f"Your processes by clause: {len(counted) - none} of {len(counted)} leaf clauses of "
        f"{held(standard.designation)} have a process"
    )
    return f"{lead}, {none} {'has' if none == 1 else 'have'} none{apart}" if none else f"{lead}{apart}"


def _words(report: Report[ProcessesAnswer], standard: Side) -> tuple[str, str]:
    legend = (
        f"P answers for it, S takes part, · touches it or all do: the strongest within the clause; {WARNING_GLYPH} "
        "a leaf clause in it has no process"
    )
    return legend, source_line([standard], report.data_version)


# --- where it stands ---------------------------------------------------------------------------------------------


def _pages(
    report: Report[ProcessesAnswer], standard: Side, size: Size
) -> Iterator[tuple[Sequence[Place], Sequence[ProcessState]]]:
    """Cut clauses and processes so that numbers and names can be read."""
    places = _places(report, standard.key)
    leaves = [leaf for place in places for leaf in place.leaves]
    room = clearance(size, _title(standard, leaves) + " (10 of 10)", *_words(report, standard))
    processes = report.answer.processes
    mains = [[p for p in places if p.main == main] for main in dict.fromkeys(place.main for place in places)]
    free = room.width * (1 - LABEL)
    widths = [sum(map(_need, main)) + MAIN_GAP for main in mains]
    wanted = min(len(mains), max(1, -int(-sum(widths) // free)))
    while wanted < len(mains) and max(sum(widths[a:b]) for a, b in evenly(widths, wanted)) > free:
        wanted += 1
    most = max(1, int((room.height * (1 - MISSING) - HEAD - LOW - 8) / (LOW + GAP)))
    rows = -(-len(processes) // most)
    for start, end in evenly(widths, wanted) if mains else []:
        shown = [place for main in mains[start:end] for place in main]
        for first, last in evenly([1.0] * len(processes), rows):
            yield shown, processes[first:last]


def _need(place: Place) -> float:
    """Give the width that the number of a clause needs."""
    return width_of(place.number, FONT_FLOOR) + 2


def _page(
    report: Report[ProcessesAnswer], size: Size, standard: Side, places: Sequence[Place],
    processes: Sequence[ProcessState], which: str, look: Colours,
) -> Picture:  # fmt: skip
    leaves = [leaf for place in _places(report, standard.key) for leaf in place.leaves]
    title = _title(standard, leaves) + which
    legend, source = _words(report, standard)
    sheet = Sheet(size)
    room = frame(sheet, title, legend, source)
    notes: list[str] = []
    label = standard.label
    keep = _kept(room, places, label)
    top = _table(sheet, Area(room.x, room.y, room.width, room.height - keep), places, processes, label, look, notes)
    _missing(sheet, Area(room.x, top, room.width, room.bottom - top), places, label, notes)
    alt = f"{title}. " + " ".join(sheet.groups.values())
    columns = "; ".join(f"{place.number} {place.title}" for place in places)
    told = [report.message, *report.notes, *notes, f"Columns: {columns}.", source]
    return sheet.picture("processes", title, alt, told, swatches([look]))


def _table(
    sheet: Sheet, room: Area, places: Sequence[Place], processes: Sequence[ProcessState], label: str,
    look: Colours, notes: list[str],
) -> float:  # fmt: skip
    """Place numbers above, a row for each process and the warnings below; returns where they end."""
    mains = [place.main for place in places]
    gaps = sum(1 for one, other in itertools.pairwise(mains) if one != other)
    wide = room.width * LABEL
    wider = (room.width - wide - MAIN_GAP * (gaps + 1)) / sum(map(_need, places))
    columns, left = [], room.x + wide + MAIN_GAP
    for at, place in enumerate(places):
        left += MAIN_GAP if at and mains[at] != mains[at - 1] else 0
        width = min(WIDEST, _need(place) * wider)
        columns.append((place, left, width))
        left += width
    heads = sheet.group("Clauses", f"Columns: clauses of {label}: {', '.join(place.number for place in places)}.")
    sheet.words(
        Area(room.x, room.y, wide, HEAD), [f"{label} clause"], size=12, bold=True, name="Clauses head", group=heads,
        align="l",
    )  # fmt: skip
    for place, x, width in columns:
        sheet.words(
            Area(x, room.y, width, HEAD), [place.number], lines=[place.number], size=FONT_FLOOR, align="c",
            name=f"{label} {place.number}", group=heads,
        )  # fmt: skip
    top = room.y + HEAD
    height = min(TALLEST, (room.height - HEAD - LOW - 8) / len(processes) - GAP)
    names = [_name(one) for one in processes]
    size = even_size(names, wide - 2 * MARGIN, height, _SIZES)
    signs = next((one for one in _SIZES if height_of(1, one) <= height - 2), FONT_FLOOR)
    for process, name in zip(processes, names, strict=True):
        marks = [(place, x, width, place.mark(process.id)) for place, x, width in columns]
        told = "; ".join(
            f"{words}: {', '.join(place.number for place, *_, mark in marks if mark == sign)}"
            for sign, words in _WORDS.items()
            if any(mark == sign for *_, mark in marks)
        )
        group = sheet.group(f"Process {process.id}", f"{process.name}: {told or 'no clause here'}.")
        sheet.ground(
            Area(room.x, top + height + GAP / 2, left - room.x, 0.5), name=f"Line {process.id}", group=group,
            line=_PALE, alt=f"End of the row of {process.name}",
        )  # fmt: skip
        sheet.fitted(
            Area(room.x, top, wide, height), [name], sizes=(size,), notes=notes, name=f"{process.id} name",
            group=group, role="words", align="l",
        )  # fmt: skip
        for place, x, width, mark in marks:
            if mark:
                paint = {"P": (look.dark, look.on_dark), "S": (look.tint, "#1A1A1A")}.get(mark, (PAPER, "#1A1A1A"))
                sheet.box(
                    Area(x + 1, top + 1, width - 2, height - 2), [mark], lines=[mark], size=signs, align="c",
                    name=f"{process.id} {label} {place.number}", group=group, fill=paint[0], ink=paint[1],
                    line=look.line if mark != "·" else _PALE, bold=mark == "P",
                )  # fmt: skip
        top += height + GAP
    lacking = sheet.group(
        "Without a process", "Clauses with leaf clauses that have no process: "
        + (", ".join(place.number for place in places if place.missing) or "none") + ".",
    )  # fmt: skip
    for place, x, width in columns:
        if place.missing:
            sheet.words(
                Area(x, top, width, LOW), [WARNING_GLYPH], lines=[WARNING_GLYPH], size=FONT_FLOOR, bold=True,
                align="c", name=f"{label} {place.number} lacks", group=lacking, alt=f"{place.number} has a gap",
            )  # fmt: skip
    return top + LOW + 8


def _name(process: ProcessState) -> str:
    return process.name if process.owner else f"{process.name} ({WARNING_GLYPH}\u00a0no owner)"


def _lacking(places: Sequence[Place], label: str) -> str:
    """Name the leaf clauses without a process, running on: so they take less room than one below the other."""
    named = [f"{label}\u00a0{leaf.clause.number} {leaf.clause.title}" for place in places for leaf in place.missing]
    return f"{WARNING_GLYPH}\u00a0No process answers for: " + "; ".join(named) if named else ""


def _kept(room: Area, places: Sequence[Place], label: str) -> float:
    """Say how much of the height the clauses without a process need."""
    told = _lacking(places, label)
    if not told:
        return 0.0
    return min(room.height * MISSING, height_of(len(wrap(told, room.width - 2 * MARGIN, NAMES, hang=HANG)), NAMES) + 4)


def _missing(sheet: Sheet, area: Area, places: Sequence[Place], label: str, notes: list[str]) -> None:
    """Name the leaf clauses without a process."""
    if not any(place.missing for place in places):
        return
    told = _lacking(places, label)
    lines = max(1, int(area.height / height_of(1, NAMES)))
    found = listed((Item(told),), area.width - 2 * MARGIN, NAMES, lines)
    if found.cut:
        notes.append("In full: " + "; ".join(found.cut) + ".")
    high = height_of(len(found.lines), NAMES) + 2
    group = sheet.group("Gaps", told)
    sheet.box(
        Area(area.x, area.y, area.width, high), found.paragraphs, lines=found.lines, size=NAMES, name="Gaps by name",
        group=group, role="words", hang=True,
    )  # fmt: skip
