"""Your processes by clause: which process answers for which clause of a standard, and the clauses that have none."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

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
    colours,
    even_size,
    evenly,
    frame,
    height_of,
    held,
    listed,
    source_line,
    width_of,
    wrap,
)
from imsmap.library.model import WARNING_GLYPH, main_number
from imsmap.report import Report

ANALYSIS = "processes"
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

    number: str
    title: str
    leaves: tuple[Mapping[str, Any], ...]
    missing: tuple[Mapping[str, Any], ...]

    def mark(self, process: str) -> str:
        """Give the strongest mark of a process in its leaf clauses."""
        found = {leaf["marks"][process] for leaf in self.leaves if process in leaf["marks"]}
        if any(leaf["all"] for leaf in self.leaves):
            found.add("·")
        return next((mark for mark in _RANK if mark in found), "")


def draw(report: Report[object], size: Size) -> tuple[Picture, ...]:
    """Draw a page or more for each standard: a row for each process, a column for each clause."""
    drawn: list[Picture] = []
    for standard in report.values["standards"]:
        pages = list(_pages(report, standard, size))
        for at, (places, processes) in enumerate(pages, start=1):
            which = f" ({at} of {len(pages)})" if len(pages) > 1 else ""
            drawn.append(_page(report, size, standard, places, processes, which))
    return tuple(drawn)


# --- what it says ------------------------------------------------------------------------------------------------


def _places(report: Report[object], key: str) -> list[Place]:
    """Gather the leaf clauses of a standard under their clauses x.y."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for leaf in report.values["clauses"]:
        if leaf["standard"] == key:
            found.setdefault(".".join(leaf["number"].split(".")[:2]), []).append(leaf)
    titles = report.values["headings"]
    return [
        Place(number, titles.get(f"{key}:{number}", leaves[0]["title"]), tuple(leaves), tuple(filter(_lacks, leaves)))
        for number, leaves in found.items()
    ]


def _lacks(leaf: Mapping[str, Any]) -> bool:
    return leaf["applies"] and not leaf["marks"] and not leaf["all"]


def _title(standard: Mapping[str, Any], leaves: Sequence[Mapping[str, Any]]) -> str:
    counted = [leaf for leaf in leaves if leaf["applies"]]
    none = sum(map(_lacks, counted))
    out = len(leaves) - len(counted)
    apart = f"; {out} {'does' if out == 1 else 'do'} not apply" if out else ""
    lead = (
        f"Your processes by clause: {len(counted) - none} of {len(counted)} leaf clauses of "
        f"{held(standard['designation'])} have a process"
    )
    return f"{lead}, {none} {'has' if none == 1 else 'have'} none{apart}" if none else f"{lead}{apart}"


def _words(report: Report[object], standard: Mapping[str, Any]) -> tuple[str, str]:
    legend = (
        f"P answers for it, S takes part, · touches it or all do: the strongest within the clause; {WARNING_GLYPH} "
        "a leaf clause in it has no process"
    )
    return legend, source_line([(standard["letter"], standard["designation"])], report.data_version)


# --- where it stands ---------------------------------------------------------------------------------------------


def _pages(
    report: Report[object], standard: Mapping[str, Any], size: Size
) -> Iterator[tuple[Sequence[Place], Sequence[Mapping[str, Any]]]]:
    """Cut clauses and processes so that numbers and names can be read."""
    places = _places(report, standard["key"])
    leaves = [leaf for place in places for leaf in place.leaves]
    room = clearance(size, _title(standard, leaves) + " (10 of 10)", *_words(report, standard))
    processes = report.values["processes"]
    mains = [[p for p in places if main_number(p.number) == main] for main in dict.fromkeys(
        main_number(p.number) for p in places
    )]  # fmt: skip
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
    report: Report[object], size: Size, standard: Mapping[str, Any], places: Sequence[Place],
    processes: Sequence[Mapping[str, Any]], which: str,
) -> Picture:  # fmt: skip
    leaves = [leaf for place in _places(report, standard["key"]) for leaf in place.leaves]
    title = _title(standard, leaves) + which
    legend, source = _words(report, standard)
    sheet = Sheet(size)
    room = frame(sheet, title, legend, source)
    notes: list[str] = []
    look = colours(standard.get("colours"))
    letter = standard["letter"]
    keep = _kept(room, places, letter)
    top = _table(sheet, Area(room.x, room.y, room.width, room.height - keep), places, processes, letter, look, notes)
    _missing(sheet, Area(room.x, top, room.width, room.bottom - top), places, letter, notes)
    alt = f"{title}. " + " ".join(sheet.groups.values())
    columns = "; ".join(f"{place.number} {place.title}" for place in places)
    told = [report.message, *report.notes, *notes, f"Columns: {columns}.", source]
    return sheet.picture("processes", title, alt, told, [look.dark, look.tint])


def _table(
    sheet: Sheet, room: Area, places: Sequence[Place], processes: Sequence[Mapping[str, Any]], letter: str,
    look: Colours, notes: list[str],
) -> float:  # fmt: skip
    """Place numbers above, a row for each process and the warnings below; returns where they end."""
    mains = [main_number(place.number) for place in places]
    gaps = sum(1 for one, other in itertools.pairwise(mains) if one != other)
    label = room.width * LABEL
    wider = (room.width - label - MAIN_GAP * (gaps + 1)) / sum(map(_need, places))
    columns, left = [], room.x + label + MAIN_GAP
    for at, place in enumerate(places):
        left += MAIN_GAP if at and mains[at] != mains[at - 1] else 0
        width = min(WIDEST, _need(place) * wider)
        columns.append((place, left, width))
        left += width
    heads = sheet.group("Clauses", f"Columns: clauses of {letter}: {', '.join(place.number for place in places)}.")
    sheet.words(
        Area(room.x, room.y, label, HEAD), [f"{letter} clause"], size=12, bold=True, name="Clauses head", group=heads,
        align="l",
    )  # fmt: skip
    for place, x, width in columns:
        sheet.words(
            Area(x, room.y, width, HEAD), [place.number], lines=[place.number], size=FONT_FLOOR, align="c",
            name=f"{letter} {place.number}", group=heads,
        )  # fmt: skip
    top = room.y + HEAD
    height = min(TALLEST, (room.height - HEAD - LOW - 8) / len(processes) - GAP)
    names = [_name(one) for one in processes]
    size = even_size(names, label - 2 * MARGIN, height, _SIZES)
    signs = next((one for one in _SIZES if height_of(1, one) <= height - 2), FONT_FLOOR)
    for process, name in zip(processes, names, strict=True):
        marks = [(place, x, width, place.mark(process["id"])) for place, x, width in columns]
        told = "; ".join(
            f"{words}: {', '.join(place.number for place, *_, mark in marks if mark == sign)}"
            for sign, words in _WORDS.items()
            if any(mark == sign for *_, mark in marks)
        )
        group = sheet.group(f"Process {process['id']}", f"{process['name']}: {told or 'no clause here'}.")
        sheet.ground(
            Area(room.x, top + height + GAP / 2, left - room.x, 0.5), name=f"Line {process['id']}", group=group,
            line=_PALE, alt=f"End of the row of {process['name']}",
        )  # fmt: skip
        sheet.fitted(
            Area(room.x, top, label, height), [name], sizes=(size,), notes=notes, name=f"{process['id']} name",
            group=group, role="words", align="l",
        )  # fmt: skip
        for place, x, width, mark in marks:
            if mark:
                paint = {"P": (look.dark, look.on_dark), "S": (look.tint, "#1A1A1A")}.get(mark, (PAPER, "#1A1A1A"))
                sheet.box(
                    Area(x + 1, top + 1, width - 2, height - 2), [mark], lines=[mark], size=signs, align="c",
                    name=f"{process['id']} {letter} {place.number}", group=group, fill=paint[0], ink=paint[1],
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
                align="c", name=f"{letter} {place.number} lacks", group=lacking, alt=f"{place.number} has a gap",
            )  # fmt: skip
    return top + LOW + 8


def _name(process: Mapping[str, Any]) -> str:
    return str(process["name"]) if process["owner"] else f"{process['name']} ({WARNING_GLYPH}\u00a0no owner)"


def _lacking(places: Sequence[Place], letter: str) -> str:
    """Name the leaf clauses without a process, running on: so they take less room than one below the other."""
    named = [f"{letter}\u00a0{leaf['number']} {leaf['title']}" for place in places for leaf in place.missing]
    return f"{WARNING_GLYPH}\u00a0No process answers for: " + "; ".join(named) if named else ""


def _kept(room: Area, places: Sequence[Place], letter: str) -> float:
    """Say how much of the height the clauses without a process need."""
    told = _lacking(places, letter)
    if not told:
        return 0.0
    return min(room.height * MISSING, height_of(len(wrap(told, room.width - 2 * MARGIN, NAMES, hang=HANG)), NAMES) + 4)


def _missing(sheet: Sheet, area: Area, places: Sequence[Place], letter: str, notes: list[str]) -> None:
    """Name the leaf clauses without a process."""
    if not any(place.missing for place in places):
        return
    told = _lacking(places, letter)
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
