"""Which first, and why: the pull toward each standard as a range, the reasons, what would change it, what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from imsmap.decision.rules import SIDES, UNDECIDED
from imsmap.drawing import FONT_FLOOR, INK, PAPER, Area, Colours, Picture, Sheet, Size, colours, frame, source_line
from imsmap.report import Report

ANALYSIS = "choose"
LABEL, BAR, SCALE, GAP = 180.0, 34.0, 18.0, 10.0
SHORTEST = 96.0
"""Of a bar, so that its figures stand in it; the range itself may be narrower."""
_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, FONT_FLOOR)
_LINE = "#7F7F7F"


def draw(report: Report[object], size: Size) -> tuple[Picture, ...]:
    """Draw the answer on one page; what has no room stands in the notes."""
    values = report.values
    answer = values["answer"]
    title = f"{answer[0].upper()}{answer[1:]}: {values['sentence'][0].lower()}{values['sentence'][1:].rstrip('.')}"
    if not any(side in title for side in SIDES):
        # What is undecided is said too.
        title = f"{' or '.join(f'ISO {side}' for side in SIDES)} first? {title}"
    held = values["thresholds"]
    legend = (
        f"Bars: pull of the criteria, 0 to {held['most']}, as wide as unknowns leave it; it counts from "
        f"{held['counts']:g}, the line across, on. Neither standard is better, and no bar is a score of one."
    )
    standards = {side: _standard(values, side) for side in SIDES}
    source = source_line([(one["letter"], one["designation"]) for one in standards.values()], report.data_version)
    sheet = Sheet(size)
    notes: list[str] = []
    place = frame(sheet, title, legend, source)
    bottom = _bars(sheet, place, values, standards)
    boxes = (
        ("Why", _why(values)),
        _turning(values),
        ("All new, by name", _new(values, standards)),
    )
    width = (place.width - GAP * (len(boxes) - 1)) / len(boxes)
    for at, (heading, told) in enumerate(boxes):
        area = Area(place.x + at * (width + GAP), bottom + GAP, width, place.bottom - bottom - GAP)
        _box(sheet, area, heading, told, notes)
    alt = f"{title}. " + " ".join(values["reasons"])
    palette = [colour for one in standards.values() for colour in (one["colours"]["dark"], one["colours"]["tint"])]
    told_notes = [report.message, *notes, *values["reasons"], *values["coverage_sentences"], *report.notes, source]
    return (sheet.picture("choice", title, alt, told_notes, palette),)


def _standard(values: Mapping[str, Any], side: str) -> Mapping[str, Any]:
    key = values["sides"][side]
    return next(one for one in values["standards"] if one["key"] == key)


def _bars(sheet: Sheet, place: Area, values: Mapping[str, Any], standards: Mapping[str, Mapping[str, Any]]) -> float:
    """Place a bar for each standard on a scale, and give where they end below."""
    held = values["thresholds"]
    left, width = place.x + LABEL, place.width - LABEL
    top = place.y
    for side, standard in standards.items():
        pull, look = values["pulls"][side], colours(standard["colours"])
        told = _figures(pull)
        group = sheet.group(f"Pull toward ISO {side}", f"The pull toward ISO {side} is {told}.")
        label = f"{standard['letter']}\u00a0toward ISO\u00a0{side}"
        sheet.words(Area(place.x, top, LABEL, BAR), [label], size=14.0, bold=True, name=f"Label {side}", group=group)
        # Where a pull begins to count, one outlined part of the scale ends and the next begins.
        counts = width * held["counts"] / held["most"]
        below, above = Area(left, top, counts, BAR), Area(left + counts, top, width - counts, BAR)
        for area, word in ((below, "below"), (above, "above")):
            sheet.ground(
                area, name=f"Scale {side}, {word}", group=group, fill=PAPER, line=_LINE, weight=1.5,
                alt=f"The scale {word} what counts",
            )  # fmt: skip
        _range(sheet, Area(left, top, width, BAR), pull, f"{standard['letter']} {told}", look, group, side)
        top += BAR + GAP
    steps = held["most"] + 1
    for step in range(steps):
        at = left + width * step / held["most"]
        start = min(max(left, at - 14), left + width - 28)
        sheet.words(
            Area(start, top - GAP / 2, 28, SCALE), [str(step)], size=FONT_FLOOR, name=f"Scale {step}", align="c"
        )
    return top - GAP / 2 + SCALE


def _range(sheet: Sheet, track: Area, pull: Mapping[str, Any], told: str, look: Colours, group: str, side: str) -> None:
    start, end = (track.x + track.width * pull[key] / pull["of"] for key in ("low", "high"))
    if end - start < SHORTEST:
        middle = min(max((start + end) / 2, track.x + SHORTEST / 2), track.right - SHORTEST / 2)
        start, end = middle - SHORTEST / 2, middle + SHORTEST / 2
    sheet.box(
        Area(start, track.y + 4, end - start, track.height - 8), [told], size=13.0, bold=True, align="c",
        name=f"Range {side}", group=group, fill=look.dark, ink=look.on_dark,
    )  # fmt: skip


def _figures(pull: Mapping[str, Any]) -> str:
    low, high = f"{pull['low']:.1f}", f"{pull['high']:.1f}"
    return f"{low} of {pull['of']}" if low == high else f"{low} to {high}"


def _why(values: Mapping[str, Any]) -> Sequence[str]:
    return [str(reason) for reason in values["reasons"][:4]]


def _turning(values: Mapping[str, Any]) -> tuple[str, Sequence[str]]:
    """Say what would decide it, or what would change it."""
    if values["answer"] == UNDECIDED:
        return "What would decide it", [entry["what"] for entry in values["deciding"][:4]]
    if values["decided_by"] == "gate":
        return "What would change it", ["A gate decides: only another obligation changes it, and no weight does."]
    found = [
        f"{entry['title']}: {entry['what']} {entry['from']} to {entry['to']} gives {entry['answer']}"
        for what in ("weight", "score")
        for entry in [one for one in values["flip"] if one["what"] == what][:2]
    ]
    return "What would change it", found or ["No single weight and no single score, changed alone."]


def _new(values: Mapping[str, Any], standards: Mapping[str, Mapping[str, Any]]) -> Sequence[str]:
    by = {standard["key"]: standard for standard in standards.values()}
    told = []
    for entry, left in zip(values["coverage"], values["uncovered"], strict=True):
        names = ", ".join(f"{one['number']}\u00a0{one['title']}" for one in left[:3])
        more = f" and {len(left) - 3} more" if len(left) > 3 else ""
        have, want = by[entry["by"]], by[entry["of"]]
        count = f"{len(left)} of {entry['m']} leaf clauses of {want['designation']}"
        told.append(f"With {have['designation']}: {count}" + (f": {names}{more}" if left else ""))
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
