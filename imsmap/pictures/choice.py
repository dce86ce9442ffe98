"""Which first, and why: the pull toward each standard as a range, the reasons, what would change it, what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsmap import about
from imsmap.analyses.choose.answer import ChooseAnswer
from imsmap.decision.rules import COUNTS, MOST_SCORE, SIDES, UNDECIDED, Pull
from imsmap.drawing import (
    FONT_FLOOR,
    INK,
    PAPER,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    frame,
    palettes,
    source_line,
    swatches,
)
from imsmap.report import Report

ABOUT = about.Picture(of="choose", slide="which first, and why", client=True, place=110)
LABEL, BAR, SCALE, GAP = 180.0, 34.0, 18.0, 10.0
SHORTEST = 96.0
"""Of a bar, so that its figures stand in it; the range itself may be narrower."""
_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, FONT_FLOOR)
_LINE = "#7F7F7F"


def draw(report: Report[ChooseAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw the answer on one page; what has no room stands in the notes."""
    answer = report.answer
    which, sentence = answer.answer, answer.sentence
    title = f"{which[0].upper()}{which[1:]}: {sentence[0].lower()}{sentence[1:].rstrip('.')}"
    if not any(side in title for side in SIDES):
        # What is undecided is said too.
        title = f"{' or '.join(f'ISO {side}' for side in SIDES)} first? {title}"
    legend = (
        f"Bars: pull of the criteria, 0 to {MOST_SCORE}, as wide as unknowns leave it; it counts from "
        f"{float(COUNTS):g}, the line across, on. Neither standard is better, and no bar is a score of one."
    )
    standards = [answer.standards[side] for side in SIDES]
    looks = palettes(standards)
    source = source_line(standards, report.data_version)
    sheet = Sheet(size)
    notes: list[str] = []
    place = frame(sheet, title, legend, source)
    bottom = _bars(sheet, place, answer, looks)
    boxes = (
        ("Why", _why(answer)),
        _turning(answer),
        ("All new, by name", _new(answer)),
    )
    width = (place.width - GAP * (len(boxes) - 1)) / len(boxes)
    for at, (heading, told) in enumerate(boxes):
        area = Area(place.x + at * (width + GAP), bottom + GAP, width, place.bottom - bottom - GAP)
        _box(sheet, area, heading, told, notes)
    alt = f"{title}. " + " ".join(answer.reasons)
    palette = swatches(looks.values())
    brought = [one.in_full for one in answer.brings]
    told_notes = [report.message, *notes, *answer.reasons, *brought, *report.notes, source]
    return (sheet.picture("choice", title, alt, told_notes, palette),)


def _bars(sheet: Sheet, place: Area, answer: ChooseAnswer, looks: Mapping[str, Colours]) -> float:
    """Place a bar for each standard on a scale, and give where they end below."""
    left, width = place.x + LABEL, place.width - LABEL
    top = place.y
    for side in SIDES:
        standard, pull = answer.standards[side], answer.outcome.pulls[side]
        told = _figures(pull)
        group = sheet.group(f"Pull toward ISO {side}", f"The pull toward ISO {side} is {told}.")
        label = f"{standard.label}\u00a0toward ISO\u00a0{side}"
        sheet.words(Area(place.x, top, LABEL, BAR), [label], size=14.0, bold=True, name=f"Label {side}", group=group)
        # Where a pull begins to count, one outlined part of the scale ends and the next begins.
        counts = width * float(COUNTS) / MOST_SCORE
        below, above = Area(left, top, counts, BAR), Area(left + counts, top, width - counts, BAR)
        for area, word in ((below, "below"), (above, "above")):
            sheet.ground(
                area, name=f"Scale {side}, {word}", group=group, fill=PAPER, line=_LINE, weight=1.5,
                alt=f"The scale {word} what counts",
            )  # fmt: skip
        look = looks[standard.key]
        _range(sheet, Area(left, top, width, BAR), pull, f"{standard.label} {told}", look, group, side)
        top += BAR + GAP
    steps = MOST_SCORE + 1
    for step in range(steps):
        at = left + width * step / MOST_SCORE
        start = min(max(left, at - 14), left + width - 28)
        sheet.words(
            Area(start, top - GAP / 2, 28, SCALE), [str(step)], size=FONT_FLOOR, name=f"Scale {step}", align="c"
        )
    return top - GAP / 2 + SCALE


def _range(sheet: Sheet, track: Area, pull: Pull, told: str, look: Colours, group: str, side: str) -> None:
    start, end = (track.x + track.width * float(one) / MOST_SCORE for one in (pull.low, pull.high))
    if end - start < SHORTEST:
        middle = min(max((start + end) / 2, track.x + SHORTEST / 2), track.right - SHORTEST / 2)
        start, end = middle - SHORTEST / 2, middle + SHORTEST / 2
    sheet.box(
        Area(start, track.y + 4, end - start, track.height - 8), [told], size=13.0, bold=True, align="c",
        name=f"Range {side}", group=group, fill=look.dark, ink=look.on_dark,
    )  # fmt: skip


def _figures(pull: Pull) -> str:
    low, high = f"{float(pull.low):.1f}", f"{float(pull.high):.1f}"
    return f"{low} of {MOST_SCORE}" if low == high else f"{low} to {high}"


def _why(answer: ChooseAnswer) -> Sequence[str]:
    return answer.reasons[:4]


def _turning(answer: ChooseAnswer) -> tuple[str, Sequence[str]]:
    """Say what would decide it, or what would change it."""
    if answer.answer == UNDECIDED:
        return "What would decide it", [one.what for one in answer.deciding[:4]]
    if answer.by_gate:
        return "What would change it", ["A gate decides: only another obligation changes it, and no weight does."]
    found = [
        f"{one.title}: {what} {one.change.before} to {one.change.after} gives {one.change.answer}"
        for what in ("weight", "score")
        for one in [turn for turn in answer.flips if turn.change.what == what][:2]
    ]
    return "What would change it", found or ["No single weight and no single score, changed alone."]


def _new(answer: ChooseAnswer) -> Sequence[str]:
    called = {standard.key: standard.designation for standard in answer.standards.values()}
    told = []
    for one in answer.brings:
        names = ", ".join(f"{clause.number}\u00a0{clause.title}" for clause in one.left[:3])
        more = f" and {len(one.left) - 3} more" if len(one.left) > 3 else ""
        count = f"{len(one.left)} of {one.coverage.m} leaf clauses of {called[one.coverage.of]}"
        told.append(f"With {called[one.coverage.by]}: {count}" + (f": {names}{more}" if one.left else ""))
    return told


def _box(sheet: Sheet, area: Area, heading: str, told: Sequence[str], notes: list[str]) -> None:
    group = sheet.group(heading, f"{heading}: " + " ".join(told))
    head = Area(area.x, area.y, area.width, 26)
    sheet.words(head, [heading], size=15.0, bold=True, name=heading, group=group)
    body = Area(area.x, head.bottom, area.width, area.height - head.height)
    sheet.fitted(
        body, [f"•\u00a0{line}" for line in told], sizes=_SIZES, notes=notes, name=f"{heading}, told", group=group,
        hang=True, fill=PAPER, line=_LINE, ink=INK, align="l",
    )  # fmt: skip
