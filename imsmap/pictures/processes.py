"""Your processes by clause: who answers, who takes part, what applies to nobody, and what nobody has yet."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from imsmap import about
from imsmap.analyses.processes import ProcessesAnswer, ServedClause
from imsmap.drawing import (
    ALERT,
    FONT_FLOOR,
    GREY,
    INK,
    PAPER,
    RULE,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    Table,
    clearance,
    even_size,
    fit,
    frame,
    height_of,
    held,
    palettes,
    source_line,
    width_of,
)
from imsmap.drawing.slide import evenly
from imsmap.parts import Side
from imsmap.register.state import ProcessState
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import counted, listed

ABOUT = about.Picture(of="processes", slide="your processes by clause", client=True, place=80)
NAME = "Processes by clause"
HEADS = 22.0, 18.0
"""Heights of the two rows above: main clauses, clauses under them."""
ROW, LOWEST = 25.0, 17.0
FOOT = 40.0
"""Below the table: what nobody has, what all do, what does not apply."""
_RANK = ("P", "S", "·")


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
        return next((mark for mark in _RANK if mark in found), "")

    @property
    def applies(self) -> bool:
        """Tell whether any of it is in scope."""
        return any(leaf.state.in_scope for leaf in self.leaves)

    @property
    def everybodys(self) -> bool:
        """Tell whether all processes do all of it."""
        return all(leaf.state.every for leaf in self.leaves)

    @property
    def short(self) -> str:
        """Its number within its main clause."""
        return self.number.removeprefix(self.main) or self.number


def draw(report: Report[ProcessesAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw a page or more for each standard: a row for each process, a column for each clause."""
    drawn: list[Picture] = []
    looks = palettes(report.answer.standards)
    served = _served(report.answer)
    for standard in served:
        pages = list(_pages(report, standard, size))
        for at, (places, processes) in enumerate(pages, start=1):
            which = f" ({at} of {len(pages)})" if len(pages) > 1 else ""
            drawn.append(_page(report, size, standard, places, processes, which, looks[standard.key]))
    return tuple(drawn)


def _served(answer: ProcessesAnswer) -> list[Side]:
    """Choose the standards of which a process has anything; of a page without a mark all is said by a sentence."""
    marked = {leaf.standard for leaf in answer.clauses if leaf.state.marks or leaf.state.every}
    return [side for side in answer.standards if side.key in marked] or list(answer.standards[:1])


def _unserved(answer: ProcessesAnswer) -> str:
    """Name the standards without a page, with how many clauses of each nobody has."""
    served = _served(answer)
    told = [
        f"{held(side.designation)} ({counted(holes, 'clause')})"
        for side in answer.standards
        if side not in served
        and (holes := sum(leaf.state.is_hole for leaf in answer.clauses if leaf.standard == side.key))
    ]
    return f"No process yet for {listed(told)}" if told else ""


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


def _title(report: Report[ProcessesAnswer], standard: Side, places: Sequence[Place]) -> str:
    leaves = [leaf for place in places for leaf in place.leaves]
    scope = [leaf for leaf in leaves if leaf.state.in_scope]
    none = sum(leaf.state.is_hole for leaf in scope)
    count = len(report.answer.processes)
    verb = "process answers" if count == 1 else "processes answer"
    name = held(standard.designation)
    told = [f"Your {count} {verb} **{len(scope) - none} of {len(scope)} clauses of {name}**"]
    rest = [f"{none} {'has' if none == 1 else 'have'} nobody"] if none else []
    out = len(leaves) - len(scope)
    if out:
        whole = [place.number for place in places if not place.applies]
        inside = sum(len(place.leaves) for place in places if not place.applies)
        if whole and inside == out and len(whole) < 3:
            rest.append(f"{' and '.join(whole)} {'does' if len(whole) == 1 else 'do'} not apply")
        else:
            rest.append(f"{out} {'does' if out == 1 else 'do'} not apply")
    return "; ".join((told[0], ", ".join(rest))) if rest else told[0]


def _source(report: Report[ProcessesAnswer], standard: Side) -> str:
    return "P answers for it, S takes part: the strongest within a clause. " + source_line(
        [standard], report.data_version
    )


def _name(process: ProcessState) -> str:
    return process.name if process.owner else f"{process.name} (no owner)"


# --- where it stands ---------------------------------------------------------------------------------------------


def _pages(
    report: Report[ProcessesAnswer], standard: Side, size: Size
) -> Iterator[tuple[Sequence[Place], Sequence[ProcessState]]]:
    """Cut clauses and processes so that numbers and names can be read."""
    places = _places(report, standard.key)
    room = clearance(size, "", "", _source(report, standard))
    processes = report.answer.processes
    mains = [[p for p in places if p.main == main] for main in dict.fromkeys(place.main for place in places)]
    free = room.width - _label(size, room)
    need = max((_need(place) for place in places), default=20.0)
    widths = [need * len(main) for main in mains]
    wanted = min(len(mains), max(1, -int(-sum(widths) // free)))
    while wanted < len(mains) and max(sum(widths[a:b]) for a, b in evenly(widths, wanted)) > free:
        wanted += 1
    most = max(1, int((room.height - sum(HEADS) - FOOT) / LOWEST) - 1)
    rows = -(-len(processes) // most)
    for start, end in evenly(widths, wanted) if mains else []:
        shown = [place for main in mains[start:end] for place in main]
        for first, last in evenly([1.0] * len(processes), rows):
            yield shown, processes[first:last]


def _label(size: Size, room: Area) -> float:
    return min(222.0 * size.type.body / 14, room.width * 0.3)


def _need(place: Place) -> float:
    """Give the width that the number of a clause needs."""
    return max(width_of(place.short, FONT_FLOOR) + 3, 18.0)


def _page(
    report: Report[ProcessesAnswer], size: Size, standard: Side, places: Sequence[Place],
    processes: Sequence[ProcessState], which: str, look: Colours,
) -> Picture:  # fmt: skip
    title = _title(report, standard, _places(report, standard.key)) + which
    source = _source(report, standard)
    sheet = Sheet(size)
    room = frame(sheet, title, "", source)
    notes: list[str] = []
    bottom = _table(
        sheet, Area(room.x, room.y, room.width, room.height - FOOT), places, processes, standard, look, notes
    )
    foot = Area(room.x, bottom + 6, room.width, room.bottom - bottom - 6)
    _foot(sheet, foot, places, standard.label, _unserved(report.answer), notes)
    alt = f"{title.replace('**', '')}. " + " ".join(sheet.groups.values())
    columns = "; ".join(f"{place.number} {place.title}" for place in places)
    told = [report.message, *report.notes, *notes, f"Columns: {columns}.", source]
    return sheet.picture("processes", title, alt, told)


def _table(
    sheet: Sheet, room: Area, places: Sequence[Place], processes: Sequence[ProcessState], standard: Side,
    look: Colours, notes: list[str],
) -> float:  # fmt: skip
    """Place the numbers above, a row for each process, and one for what nobody has; returns where they end."""
    label = _label(sheet.size, room)
    wide = min((room.width - label) / max(len(places), 1), 40.0)
    lacking = any(place.missing for place in places)
    high = min(ROW * sheet.size.height / 540, (room.height - sum(HEADS)) / (len(processes) + lacking))
    widths = (label, *[wide] * len(places))
    heights = (*HEADS, *[high] * (len(processes) + lacking))
    lefts = [room.x + label + wide * at for at in range(len(places))]
    cells: dict[tuple[int, int], str] = {}
    _heads(sheet, room, places, lefts, wide, cells)
    told = []
    # One size for all the names: the largest at which each stands on one line.
    size_names = even_size(
        [_name(one) for one in processes], label - 6, high, (sheet.type.body, 13.0, 12.0, FONT_FLOOR)
    )
    for row, process in enumerate(processes, start=2):
        top = room.y + sum(heights[:row])
        cells[row, 0] = _words(sheet, Area(room.x, top, label, high), process, size_names, notes)
        marks = {place.number: place.mark(process.id) for place in places if place.applies and not place.everybodys}
        for column, (place, left) in enumerate(zip(places, lefts, strict=True), start=1):
            area = Area(left, top, wide, high).shrunk(0.75)
            name = f"{process.id} {standard.label} {place.number}"
            if not place.applies:
                cells[row, column] = sheet.box(
                    area, name=name, hatched=True, fill=PAPER, ink=RULE, holder=NAME, role="bar",
                )  # fmt: skip
            elif marks.get(place.number) in ("P", "S"):
                mark = marks[place.number]
                paint = (look.dark, look.on_dark) if mark == "P" else (look.tint, INK)
                size = next((one for one in (12.0, FONT_FLOOR) if height_of(1, one) <= area.height), FONT_FLOOR)
                cells[row, column] = sheet.box(
                    area, [mark], lines=[mark], size=size, align="c", name=name, fill=paint[0], ink=paint[1], pad=0,
                    bold=mark == "P", holder=NAME, role="cell",
                )  # fmt: skip
        said = [
            f"{words} {', '.join(number for number, mark in marks.items() if mark == sign)}"
            for sign, words in (("P", "answers for"), ("S", "takes part in"))
            if sign in marks.values()
        ]
        told.append(f"{process.name}: {'; '.join(said) or 'no clause here'}.")
    rows = len(heights)
    if lacking:
        _nobody(
            sheet,
            Area(room.x, room.y + sum(heights[:-1]), label, high),
            places,
            lefts,
            wide,
            rows - 1,
            cells,
            size_names,
        )
    rules = dict.fromkeys(range(2, rows), (0.75, RULE)) | {1: (1.0, INK)}
    bottom = room.y + sum(heights)
    for (one, _), (other, left) in itertools.pairwise(zip(places, lefts, strict=True)):
        if one.main != other.main:
            sheet.rule(left, room.y + 4, left, bottom, line=RULE, name="main clause", group=_group(sheet))
    sheet.table(
        NAME, Table(Area(room.x, room.y, sum(widths), sum(heights)), widths, heights, cells, rules, heads=2),
        " ".join(told),
    )  # fmt: skip
    return bottom


def _group(sheet: Sheet) -> str:
    return sheet.group("Main clauses", "Lines between main clauses.")


def _heads(
    sheet: Sheet, room: Area, places: Sequence[Place], lefts: Sequence[float], wide: float,
    cells: dict[tuple[int, int], str],
) -> None:  # fmt: skip
    body = sheet.type.body
    seen: set[str] = set()
    for column, (place, left) in enumerate(zip(places, lefts, strict=True), start=1):
        if place.main not in seen:
            seen.add(place.main)
            several = sum(one.main == place.main for one in places)
            room_for = max(wide - 2, min(width_of(place.main, body, bold=True) + 2, wide * several - 2))
            cells[0, column] = sheet.words(
                Area(left + 2, room.y, room_for, HEADS[0]), [place.main], lines=[place.main], size=body, bold=True,
                align="l", name=f"Clause {place.main}", holder=NAME, role="cell", pad=0,
            )  # fmt: skip
        cells[1, column] = sheet.words(
            Area(left, room.y + HEADS[0], wide, HEADS[1]), [place.short], lines=[place.short], size=FONT_FLOOR,
            ink=GREY, align="c", name=f"Clause {place.number} head", holder=NAME, role="cell", pad=0,
        )  # fmt: skip


def _words(sheet: Sheet, area: Area, process: ProcessState, size: float, notes: list[str]) -> str:
    name = _name(process)
    room = area.width - 6
    found = fit(name, room, area.height, (size,))
    if found.short:
        notes.append(f"In full: {name}.")
    return sheet.words(
        Area(area.x, area.y, room, area.height), [found.text if found.short else name], lines=found.lines,
        size=found.size, ink=INK if process.owner else ALERT, name=f"{process.id} name", holder=NAME, role="cell",
        align="l", pad=0,
    )  # fmt: skip


def _nobody(
    sheet: Sheet, area: Area, places: Sequence[Place], lefts: Sequence[float], wide: float, row: int,
    cells: dict[tuple[int, int], str], size: float,
) -> None:  # fmt: skip
    cells[row, 0] = sheet.words(
        Area(area.x, area.y, area.width - 6, area.height), ["Nobody yet"], lines=["Nobody yet"],
        size=size, bold=True, ink=ALERT, name="nobody",
        holder=NAME, role="cell", align="l", pad=0,
    )  # fmt: skip
    for column, (place, left) in enumerate(zip(places, lefts, strict=True), start=1):
        if place.missing:
            cells[row, column] = sheet.box(
                Area(left, area.y, wide, area.height).shrunk(0.75), [str(len(place.missing))], size=FONT_FLOOR,
                bold=True, align="c", fill=ALERT, ink=PAPER, name=f"nobody {place.number}", holder=NAME, role="cell",
                pad=0,
            )  # fmt: skip


def _foot(
    sheet: Sheet, area: Area, places: Sequence[Place], label: str, unserved: str, notes: list[str]
) -> None:  # fmt: skip
    """Name what nobody has, what all processes do, and what does not apply, each on its line."""
    named = [f"{label}\u00a0{leaf.clause.number} {leaf.clause.title}" for place in places for leaf in place.missing]
    every = [place.number for place in places if place.everybodys and place.applies]
    out = [f"{place.number} {place.title}" for place in places if not place.applies]
    told = [
        ("Unserved", unserved, ALERT) if unserved else None,
        ("Gaps", "Nobody yet: " + "; ".join(named), ALERT) if named else None,
        ("All", "All processes do: " + ", ".join(every), GREY) if every else None,
        ("Out of scope", "Does not apply (hatched): " + "; ".join(out), GREY) if out else None,
    ]
    lines = [one for one in told if one is not None]
    top = area.y
    for at, (name, text, ink) in enumerate(lines):
        left = len(lines) - at - 1
        room = max(area.bottom - top - left * height_of(1, 12.0), height_of(1, FONT_FLOOR))
        found = fit(text, area.width, room, (12.0, FONT_FLOOR))
        if found.short:
            notes.append(f"In full: {text}.")
        high = height_of(len(found.lines), found.size)
        group = sheet.group(name, f"{text}.")
        sheet.words(
            Area(area.x, top, area.width, high), [found.text if found.short else text], lines=found.lines,
            size=found.size, ink=ink, name=f"{name}, told", group=group, align="l", anchor="t", pad=0,
        )  # fmt: skip
        top += high
