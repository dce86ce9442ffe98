"""Orientation: the clauses of each standard as a tree, two levels on a slide, every leaf clause on A3."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TypeVar

from attrs import evolve, frozen

from imsmap import about
from imsmap.analyses.requirements import RequiredClause, RequirementsAnswer
from imsmap.drawing import (
    FONT_FLOOR,
    INK,
    MARGIN,
    PAPER,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    breaks_word,
    clearance,
    fit,
    frame,
    height_of,
    held,
    palettes,
    source_line,
    swatches,
    wrap,
)
from imsmap.parts import Side
from imsmap.report import Report

T = TypeVar("T")
ABOUT = about.Picture(of="requirements")
INDENT, GAP, MAIN_GAP, COLUMN_GAP = 9.0, 2.5, 12.0, 14.0
_SIZES = (14.0, 13.0, 12.0, FONT_FLOOR)
WIDEST = 400.0
STEP, MOST_STEPS = 8.0, 12
"""Width that one column gives to another, and how often."""
_LEAVES_FROM = 1000.0
"""Sheets of at least this width, in points, have room for the leaf clauses: A3."""


@frozen
class Branch:
    """A clause and what stands under it."""

    number: str
    title: str
    level: int
    parent: str | None
    under: tuple[Branch, ...] = ()

    def flat(self) -> list[Branch]:
        """List the clause and all under it in reading order."""
        return [self, *(found for branch in self.under for found in branch.flat())]


@frozen
class Plan:
    """What a page shows of one standard: columns of main clauses, their widths, and the font size."""

    standard: Side
    columns: tuple[tuple[Branch, ...], ...]
    widths: tuple[float, ...]
    size: float


def draw(report: Report[RequirementsAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw each standard as a tree, a page or more for each."""
    depth = 9 if size.width >= _LEAVES_FROM else 2
    drawn = []
    looks = palettes(report.answer.standards)
    for standard in report.answer.standards:
        clauses = [clause for clause in report.answer.clauses if clause.standard == standard.key]
        title = _title(standard, clauses)
        words = _words(report, standard, depth)
        place = clearance(size, title + " (10 of 10)", *words)
        plans = _plans(standard, _branches(clauses, depth), place)
        for index, plan in enumerate(plans, start=1):
            said = f"{title} ({index} of {len(plans)})" if len(plans) > 1 else title
            drawn.append(_page(report, size, said, words, plan, looks[standard.key]))
    return tuple(drawn)


# --- what it says ------------------------------------------------------------------------------------------------


def _title(standard: Side, clauses: Sequence[RequiredClause]) -> str:
    leaves = sum(1 for clause in clauses if clause.leaf)
    mains = sum(1 for clause in clauses if clause.parent is None)
    return f"{held(standard.designation)} asks in {leaves} leaf clauses, under {mains} main clauses"


def _words(report: Report[RequirementsAnswer], standard: Side, depth: int) -> tuple[str, str]:
    deeper = "what lies deeper is not shown" if depth == 2 else "white: subclause"
    legend = f"Dark: main clause; tint: clause; {deeper}"
    return legend, source_line([standard], report.data_version)


def _branches(clauses: Sequence[RequiredClause], depth: int) -> list[Branch]:
    def grow(parent: str | None, level: int) -> tuple[Branch, ...]:
        if level > depth:
            return ()
        return tuple(
            Branch(one.clause.number, one.clause.title, level, parent, grow(one.clause.number, level + 1))
            for one in clauses
            if one.parent == parent
        )

    return list(grow(None, 1))


# --- where it stands ---------------------------------------------------------------------------------------------


def _plans(standard: Side, mains: Sequence[Branch], place: Area) -> list[Plan]:
    """Pour the main clauses into columns: as few pages as the heights allow, and then the largest size."""
    for pages in range(1, len(mains) + 1):
        for size in _SIZES:
            for count in range(3, len(mains) + 1):
                width = (place.width - COLUMN_GAP * (count - 1)) / count
                if size > FONT_FLOOR and any(
                    _breaks(branch, standard.label, width, size) for main in mains for branch in main.flat()
                ):
                    continue
                heights = [_column_height(main, standard.label, width, size) + MAIN_GAP for main in mains]
                cuts = _pour(mains, heights, count * pages)
                if cuts is None:
                    continue
                poured = _cut(mains, cuts)
                plans = [
                    _balanced(Plan(standard, tuple(poured[start : start + count]), (), size), width, place.height)
                    for start in range(0, len(poured), count)
                ]
                if all(_height(*column, plan) <= place.height for plan in plans for column in _told(plan)):
                    return plans
    return [Plan(standard, ((main,),), (min(place.width, WIDEST),), FONT_FLOOR) for main in mains]


def _told(plan: Plan) -> list[tuple[tuple[Branch, ...], float]]:
    return list(zip(plan.columns, plan.widths, strict=True))


def _height(mains: Sequence[Branch], width: float, plan: Plan) -> float:
    return sum(_column_height(main, plan.standard.label, width, plan.size) + MAIN_GAP for main in mains) - MAIN_GAP


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


def _pour(mains: Sequence[Branch], heights: Sequence[float], count: int) -> tuple[int, ...] | None:
    """Choose where to cut the run of main clauses so that the highest column is as low as can be, then the next."""
    if count > len(mains):
        return None
    cuts = itertools.combinations(range(1, len(mains)), count - 1)
    return min(cuts, key=lambda cut: sorted(map(sum, _cut(heights, cut)), reverse=True))


def _cut(things: Sequence[T], cuts: Sequence[int]) -> list[tuple[T, ...]]:
    return [tuple(things[start:end]) for start, end in itertools.pairwise((0, *cuts, len(things)))]


def _breaks(branch: Branch, label: str, width: float, size: float) -> bool:
    inner = width - branch.level * INDENT - 2 * MARGIN
    return breaks_word(_text(branch, _as_wide(label)), inner, size, branch.level == 1)


def _as_wide(label: str) -> str:
    """Measure every letter as the widest, so that trees of several standards are set alike."""
    return "W" + label[1:]


def _text(branch: Branch, letter: str) -> str:
    return f"{letter}\u00a0{branch.number} {branch.title}".strip()


def _box_height(branch: Branch, label: str, width: float, size: float) -> float:
    inner = width - branch.level * INDENT - 2 * MARGIN
    return height_of(len(wrap(_text(branch, _as_wide(label)), inner, size, branch.level == 1)), size) + 2


def _column_height(main: Branch, label: str, width: float, size: float) -> float:
    return sum(_box_height(branch, label, width, size) + GAP for branch in main.flat()) - GAP


def _page(
    report: Report[RequirementsAnswer], size: Size, title: str, words: tuple[str, str], plan: Plan, palette: Colours
) -> Picture:
    sheet = Sheet(size)
    place = frame(sheet, title, *words)
    notes: list[str] = []
    for at, (mains, width) in enumerate(_told(plan)):
        left, top = place.x + sum(plan.widths[:at]) + at * COLUMN_GAP, place.y
        boxes = sum(len(main.flat()) for main in mains)
        grow = max(0.0, min((place.height - _height(mains, width, plan)) / boxes, 8.0))
        for main in mains:
            area = Area(left, top, width, place.bottom - top)
            notes += _main(sheet, main, area, plan, palette, grow)
            top += _column_height(main, plan.standard.label, width, plan.size) + grow * len(main.flat()) + MAIN_GAP
    alt = f"{title}. " + " ".join(sheet.groups.values())
    definition = "A leaf clause has no subclause and states requirements; a heading is never counted."
    told = [report.message, definition, *notes, *report.notes, words[1]]
    return sheet.picture("tree", title, alt, told, swatches([palette]))


def _main(sheet: Sheet, main: Branch, area: Area, plan: Plan, palette: Colours, grow: float) -> list[str]:
    label = plan.standard.label
    branches = main.flat()
    told = "; ".join(f"{branch.number} {branch.title}".strip() for branch in branches)
    group = sheet.group(f"Clause {main.number}", told + ".")
    fills = {1: (palette.dark, palette.on_dark), 2: (palette.tint, INK)}
    nodes: dict[str, str] = {}
    notes = []
    top = area.y
    for branch in branches:
        fill, ink = fills.get(branch.level, (PAPER, INK))
        height = min(_box_height(branch, label, area.width, plan.size) + grow, area.bottom - top)
        if height < height_of(1, plan.size):
            notes.append(f"Left out: {branch.number} {branch.title}.")
            continue
        left = area.x + branch.level * INDENT
        box = Area(left, top, area.right - left, height)
        bold = branch.level == 1
        fitted = fit(_text(branch, label), box.width - 2 * MARGIN, height, (plan.size,), bold)
        if fitted.short:
            notes.append(f"In full: {branch.number} {branch.title}.")
        nodes[branch.number] = sheet.box(
            box, [fitted.text], lines=fitted.lines, size=fitted.size, bold=bold, group=group,
            name=f"{plan.standard.key}:{branch.number}", fill=fill, ink=ink, line=palette.line,
        )  # fmt: skip
        if branch.parent in nodes:
            sheet.bracket(nodes[branch.parent], nodes[branch.number])
        top += height + GAP
    return notes
