"""Orientation: the clauses of each standard, two levels on a slide, every leaf clause on A3; leaves shaded by class."""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

from attrs import evolve

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import (
    FONT_FLOOR,
    INK,
    RULE,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    breaks_word,
    fit,
    frame,
    height_of,
    held,
    palettes,
    remark,
    source_line,
    unit,
    unmarked,
    wrap,
)
from imsmap.drawing.story import ALONE_WORD, CORE_WORD, RELATED_WORD, UNKNOWN_WORD, kind_of, legend, story
from imsmap.parts import ClauseName, Side
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import counted

T = TypeVar("T")
ABOUT = about.Picture(of="matrix")
GAP, HEAD_GAP, MAIN_GAP, COLUMN_GAP = 5.0, 6.0, 16.0, 28.0
_MANY = 24
"""Of more main clauses than these not all ways to cut them are tried."""
BOX, BOX_GAP = 9.0, 2.0
"""The box of a leaf clause, and how far the next one stands."""
INDENT = 14.0
WIDEST = 420.0
STEP, MOST_STEPS = 8.0, 12
"""Width that one column gives to another, and how often."""
_LEAVES_FROM = 1000.0
"""Sheets of at least this width, in points, have room for the leaf clauses: A3."""
KINDS = ("core", "related", "alone", "unknown")
_WORDS = {"core": CORE_WORD, "related": RELATED_WORD, "alone": ALONE_WORD, "unknown": UNKNOWN_WORD}


@frozen
class Line:
    """A clause: its level, and the classes of the leaf clauses that it stands for, whose boxes stand behind it."""

    number: str
    title: str
    level: int
    kinds: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """How it reads."""
        return f"{self.number} {self.title}".strip()


@frozen
class Main:
    """A main clause and what stands under it, in reading order."""

    head: Line
    lines: tuple[Line, ...]


@frozen
class Plan:
    """What a page shows of one standard: columns of main clauses, their widths, and the font size."""

    side: Side
    columns: tuple[tuple[Main, ...], ...]
    widths: tuple[float, ...]
    size: float


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw each standard as a tree, a page or more for each."""
    answer = report.answer
    depth = 9 if size.width >= _LEAVES_FROM else 2
    drawn: list[Picture] = []
    looks = palettes(answer.standards)
    for side in answer.standards:
        mains = _mains(answer, side, depth)
        place = _framed(Sheet(size), report, side, _title(answer, side), looks)
        plans = _plans(side, mains, place, size)
        for index, plan in enumerate(plans, start=1):
            several = f" ({index} of {len(plans)})" if len(plans) > 1 else ""
            drawn.append(_page(report, size, several, plan, looks))
    return tuple(drawn)


# --- what it says ------------------------------------------------------------------------------------------------


def _kinds(answer: MatrixAnswer, side: Side) -> dict[str, list[str]]:
    """Sort the leaf clauses of a standard by class."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for leaf in answer.leaves[side.key]:
        found[kind_of(answer.closest[leaf.ref])].append(leaf.words)
    return found


def _title(answer: MatrixAnswer, side: Side) -> str:
    counts = Counter({kind: len(found) for kind, found in _kinds(answer, side).items()})
    are = "is" if counts["core"] == 1 else "are"
    stay = "stays" if counts["alone"] == 1 else "stay"
    unknown = f", {counts['unknown']} not looked at" if counts["unknown"] else ""
    return (
        f"{held(side.designation)} clause by clause: **{counts['core']} of {counts.total()} {are} built once**, "
        f"{counts['related']} looked at together, {counts['alone']} {stay} apart{unknown}"
    )


def _framed(sheet: Sheet, report: Report[MatrixAnswer], side: Side, title: str, looks: Mapping[str, Colours]) -> Area:
    answer = report.answer
    shown = [kind for kind, found in _kinds(answer, side).items() if found]
    strip = story(answer.shares.tally(), answer.standards, looks)
    place = frame(sheet, title, legend(*shown), source_line([side], report.data_version), strip)
    return remark(sheet, place, "A box is a clause without a clause under it, by how close the closest other stands.")


def _placed(answer: MatrixAnswer, side: Side) -> list[ClauseName]:
    """Give the leaf clauses of a standard; those of a supplement under the headings of what it adds to."""
    known = {main.number for main in answer.main_clauses}
    homes = {clause.ref: topic.main for topic in answer.topics for clause in topic.clauses.get(side.key, ())}
    found = []
    for leaf in answer.leaves[side.key]:
        home = homes.get(leaf.ref, "")
        if leaf.main not in known and home in known and leaf.main.startswith(f"{home}."):
            upper = ".".join(leaf.main.split(".")[:2])
            above = (home,) if upper == leaf.main else (upper, home)
            found.append(evolve(leaf, line=(*leaf.line, *above)))
        else:
            found.append(leaf)
    return found


def _mains(answer: MatrixAnswer, side: Side, depth: int) -> list[Main]:
    """List the main clauses with the clauses under them, down to this level."""
    clauses = _placed(answer, side)
    names = {main.number: main.title for main in answer.main_clauses} | dict(answer.headings.get(side.key, {}))
    names |= {leaf.number: leaf.title for leaf in answer.leaves[side.key]}
    own = {number for leaf in answer.leaves[side.key] for number in leaf.line}
    lent = {number for leaf in clauses for number in leaf.line} - own
    for other in answer.standards:
        # A supplement's clauses stand under headings that only the standard has to which it adds.
        theirs = dict(answer.headings.get(other.key, {})) | {one.number: one.title for one in answer.leaves[other.key]}
        names |= {number: theirs[number] for number in lent & theirs.keys() - names.keys()}
    under: dict[str, list[str]] = {}
    for leaf in clauses:
        for number in leaf.line:
            under.setdefault(number, []).append(kind_of(answer.closest[leaf.ref]))
    order = list(dict.fromkeys(number for leaf in clauses for number in reversed(leaf.line)))
    leaves = {leaf.number for leaf in clauses}
    levels = {number: len(leaf.line) - leaf.line.index(number) for leaf in clauses for number in leaf.line}
    found: dict[str, list[Line]] = {}
    heads: dict[str, Line] = {}
    for number in order:
        level = levels[number]
        if level > depth:
            continue
        stands = number in leaves or level == depth
        line = Line(number, unmarked(names.get(number, "")), level, tuple(under[number]) if stands else ())
        main = next(leaf.line[-1] for leaf in clauses if number in leaf.line)
        if level == 1:
            heads[main] = line
            found.setdefault(main, [])
        else:
            found[main].append(line)
    return [Main(heads[number], tuple(lines)) for number, lines in found.items()]


# --- where it stands ---------------------------------------------------------------------------------------------


def _plans(side: Side, mains: Sequence[Main], place: Area, paper: Size) -> list[Plan]:
    """Pour the main clauses into columns: as few pages as the heights allow, and then the largest size."""
    sizes = dict.fromkeys((paper.type.body, 12.0, FONT_FLOOR))
    for pages in range(1, len(mains) + 1):
        for size in sizes:
            for count in range(3, len(mains) + 1):
                width = (place.width - COLUMN_GAP * (count - 1)) / count
                if size > FONT_FLOOR and any(_breaks(main, side.label, width, size) for main in mains):
                    continue
                heights = [_main_height(main, side.label, width, size) + MAIN_GAP for main in mains]
                cuts = _pour(mains, heights, count * pages)
                if cuts is None:
                    continue
                poured = _cut(mains, cuts)
                plans = [
                    _balanced(Plan(side, tuple(poured[start : start + count]), (), size), width, place.height)
                    for start in range(0, len(poured), count)
                ]
                if all(_height(*column, plan) <= place.height for plan in plans for column in _told(plan)):
                    return plans
    return [Plan(side, ((main,),), (min(place.width, WIDEST),), FONT_FLOOR) for main in mains]


def _told(plan: Plan) -> list[tuple[tuple[Main, ...], float]]:
    return list(zip(plan.columns, plan.widths, strict=True))


def _height(mains: Sequence[Main], width: float, plan: Plan) -> float:
    return sum(_main_height(main, plan.side.label, width, plan.size) + MAIN_GAP for main in mains) - MAIN_GAP


def _balanced(plan: Plan, width: float, free: float) -> Plan:
    """Let a column that is too high have some of the width of one that is low, if that makes it low enough."""
    widths = [width] * len(plan.columns)
    for _ in range(MOST_STEPS):
        heights = [_height(mains, each, plan) for mains, each in zip(plan.columns, widths, strict=True)]
        if max(heights) <= free:
            break
        widths[heights.index(max(heights))] += STEP
        widths[heights.index(min(heights))] -= STEP
    return evolve(plan, widths=tuple(min(each, WIDEST) for each in widths))


def _pour(mains: Sequence[Main], heights: Sequence[float], count: int) -> tuple[int, ...] | None:
    """Choose where to cut the run of main clauses so that the highest column is as low as can be, then the next."""
    if count > len(mains):
        return None
    if len(mains) > _MANY:
        # A supplement has a hundred of them: all ways to cut them would take hours, and filling in turn does.
        share, ends = sum(heights) / count, list(itertools.accumulate(heights))
        return tuple(
            max(at, min(len(mains) - count + at, bisect.bisect_left(ends, share * at))) for at in range(1, count)
        )
    cuts = itertools.combinations(range(1, len(mains)), count - 1)
    return min(cuts, key=lambda cut: sorted(map(sum, _cut(heights, cut)), reverse=True))


def _cut(things: Sequence[T], cuts: Sequence[int]) -> list[tuple[T, ...]]:
    return [tuple(things[start:end]) for start, end in itertools.pairwise((0, *cuts, len(things)))]


def _breaks(main: Main, label: str, width: float, size: float) -> bool:
    head = breaks_word(_head(main, _as_wide(label)), width, size, bold=True)
    return head or any(breaks_word(line.text, _room(line, width), size) for line in main.lines)


def _as_wide(label: str) -> str:
    """Measure every letter as the widest, so that trees of several standards are set alike."""
    return "W" + label[1:]


def _head(main: Main, label: str) -> str:
    return f"{label}\u00a0{main.head.text}"


def _room(line: Line, width: float) -> float:
    """Give the width that a line leaves for its words, beside the boxes of its leaf clauses."""
    boxes = len(line.kinds) * (BOX + BOX_GAP)
    return max(width - boxes - 8 - max(0, line.level - 2) * INDENT, 24.0)


def _line_height(line: Line, width: float, size: float) -> float:
    return height_of(len(wrap(line.text, _room(line, width), size)), size)


def _main_height(main: Main, label: str, width: float, size: float) -> float:
    head = height_of(len(wrap(_head(main, _as_wide(label)), width, size, bold=True)), size) + HEAD_GAP
    return head + sum(_line_height(line, width, size) + GAP for line in main.lines)


def _page(report: Report[MatrixAnswer], size: Size, several: str, plan: Plan, looks: Mapping[str, Colours]) -> Picture:
    sheet, side = Sheet(size), plan.side
    title = _title(report.answer, side) + several
    place = _framed(sheet, report, side, title, looks)
    notes: list[str] = []
    left = place.x
    for mains, width in _told(plan):
        top = place.y
        for main in mains:
            top = _main(sheet, main, Area(left, top, width, place.bottom - top), plan, looks[side.key], notes)
        left += width + COLUMN_GAP
    alt = f"{title.replace('**', '')}. " + " ".join(sheet.groups.values())
    named = [f"In full, {_WORDS[kind]}: {'; '.join(found)}." for kind, found in _kinds(report.answer, side).items()
             if found]  # fmt: skip
    definition = "A leaf clause has no subclause and states requirements; a heading is never counted."
    told = [report.message, definition, *notes, *named, *report.notes, source_line([side], report.data_version)]
    return sheet.picture("tree", title, alt, told)


def _main(sheet: Sheet, main: Main, area: Area, plan: Plan, look: Colours, notes: list[str]) -> float:
    """Place a main clause and what is under it; gives where the next one begins."""
    key, size = plan.side.key, plan.size
    told = "; ".join(f"{line.text}{_classes(line)}" for line in main.lines)
    group = sheet.group(f"Clause {main.head.number}", f"{main.head.text}: {told}.")
    text = _head(main, plan.side.label)
    high = height_of(len(wrap(_head(main, _as_wide(plan.side.label)), area.width, size, bold=True)), size)
    fits = fit(text, area.width, high, (size,), bold=True)
    sheet.words(
        Area(area.x, area.y, area.width, high), [fits.text], lines=fits.lines, size=size, bold=True, pad=0,
        name=f"{key}:{main.head.number}", group=group, ink=look.line, anchor="b",
    )  # fmt: skip
    top = area.y + high + 2
    sheet.rule(area.x, top, area.x + area.width, top, line=RULE, group=group)
    top += HEAD_GAP - 2
    for line in main.lines:
        high = _line_height(line, area.width, size)
        if top + high > area.bottom + 0.5:
            notes.append(f"Left out: {line.text}.")
            continue
        room, inset = _room(line, area.width), max(0, line.level - 2) * INDENT
        fits = fit(line.text, room, high, (size,))
        if fits.short:
            notes.append(f"In full: {line.text}.")
        sheet.words(
            Area(area.x + inset, top, room, high), [fits.text], lines=fits.lines, size=size, pad=0, ink=INK,
            name=f"{key}:{line.number}", group=group, anchor="t",
        )  # fmt: skip
        first = area.x + area.width - len(line.kinds) * (BOX + BOX_GAP) + BOX_GAP
        for at, kind in enumerate(line.kinds):
            box = Area(first + at * (BOX + BOX_GAP), top + (height_of(1, size) - BOX) / 2, BOX, BOX)
            unit(sheet, box, kind, look, name=f"leaf {kind}", group=group, role="mark")
        top += high + GAP
    return top + MAIN_GAP


def _classes(line: Line) -> str:
    """Say the classes of the leaf clauses of a line."""
    counts = Counter(line.kinds)
    told = ", ".join(f"{counted(counts[kind], 'clause')} {_WORDS[kind]}" for kind in KINDS if counts[kind])
    return f" ({told})" if told else ""
