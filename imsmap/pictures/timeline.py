"""Edition windows on one line of time: published, amended, replaced; how long the old one counts, others say."""

from __future__ import annotations

import math
from collections.abc import Sequence

from imsmap import about
from imsmap.analyses.timeline import Event, TimelineAnswer
from imsmap.drawing import (
    FONT_FLOOR,
    GREY,
    MARGIN,
    PAPER,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    fit,
    frame,
    height_of,
    held,
    palettes,
    source_line,
    swatches,
    width_of,
)
from imsmap.parts import Side
from imsmap.report import Report

ABOUT = about.Picture(of="timeline", slide="edition windows", place=100)
AXIS, GAP, ROW_GAP = 20.0, 3.0, 10.0
TALLEST = 170.0
BEFORE, AFTER = 1, 0.36
"""What the line shows before the first date, in years, and after the last, as a share of all before."""
_SIZES = (14.0, 13.0, 12.0, FONT_FLOOR)
_YEAR = 46.0
"""Width that the words for a year need."""


def draw(report: Report[TimelineAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw a row for each edition on one page."""
    answer = report.answer
    standards = answer.standards
    replaced, confirm = answer.replaced, answer.confirm
    title = (
        f"{len(replaced)} of {len(standards)} editions have a successor: plan the transition, and {confirm} how long "
        "the old one counts"
        if replaced
        else f"None of the {len(standards)} editions has a successor in these data: {confirm} before you plan"
    )
    legend = f"▲ amendment; dashed: in transition, its end is not in these data: {confirm}; confidence is from 0 to 1"
    words = legend, source_line(standards, report.data_version)
    sheet = Sheet(size)
    place = frame(sheet, title, *words)
    notes: list[str] = []
    dates = [_year(event.date) for event in answer.events]
    first = int(min(dates)) - BEFORE
    last = math.ceil(max(dates) + max(3, (max(dates) - first) * AFTER))
    scale = place.width / (last - first)
    every = next(step for step in (1, 2, 5, 10, 50) if step * scale >= _YEAR)
    height = min(TALLEST, (place.height - AXIS) / len(standards) - ROW_GAP)
    axis = sheet.group("Years", f"From {first} to {last}.")
    for year in range(first, last):
        if year % every == 0:
            x = place.x + (year - first) * scale
            sheet.ground(
                Area(x, place.y + AXIS, 0.5, (height + ROW_GAP) * len(standards)), name=f"Line {year}",
                group=axis, line="#D9D9D9", alt=f"Beginning of {year}",
            )  # fmt: skip
            if place.right - x < _YEAR:
                continue
            sheet.words(
                Area(x, place.y, min(every * scale, place.right - x), AXIS), [str(year)], lines=[str(year)], size=12,
                name=f"Year {year}", group=axis, ink=GREY,
            )  # fmt: skip
    top = place.y + AXIS + ROW_GAP / 2
    looks = palettes(standards)
    for standard in standards:
        events = [event for event in answer.events if event.standard == standard.key]
        area = Area(place.x, top, place.width, height)
        _row(sheet, area, standard, looks[standard.key], events, (first, scale), confirm, notes)
        top += height + ROW_GAP
    sources = [
        f"{event.date}, {event.kind}: {event.what} (confidence {event.confidence:g}). Source: {event.source}"
        for event in answer.events
    ]
    alt = f"{title}. " + " ".join(sheet.groups.values())
    palette = swatches(looks.values())
    told = [report.message, *notes, *dict.fromkeys(sources), *report.notes, words[1]]
    return (sheet.picture("timeline", title, alt, told, palette),)


def _year(date: str) -> float:
    """Give a date as a year with its part: `2015`, `2015-09` or `2015-09-15`."""
    parts = [int(part) for part in date.split("-")]
    month = parts[1] if len(parts) > 1 else 1
    day = parts[2] if len(parts) > 2 else 1
    return parts[0] + (month - 1) / 12 + (day - 1) / 372


def _longest(texts: Sequence[str], area: Area) -> str:
    """Choose the first text that fits, else the last, which is the shortest; dates stand in the notes too."""
    fits = (text for text in texts if not fit(text, area.width - 2 * MARGIN, area.height, _SIZES, bold=True).short)
    return next(fits, texts[-1])


def _row(
    sheet: Sheet, area: Area, standard: Side, palette: Colours, events: Sequence[Event], scale: tuple[int, float],
    confirm: str, notes: list[str],
) -> None:  # fmt: skip
    letter, name, key = standard.label, standard.designation, standard.key

    def at(date: str) -> float:
        return area.x + (_year(date) - scale[0]) * scale[1]

    said = "; ".join(f"{one.kind} {one.date}: {one.what}" for one in events)
    group = sheet.group(f"Edition {letter}", f"{name}: {said}.")
    published = next(one for one in events if one.kind == "published")
    amended = [one for one in events if one.kind == "amended"]
    following = next((one for one in events if one.kind == "replaced"), None)
    high = (area.height - (height_of(1, FONT_FLOOR) + 2 if amended else 0) - GAP) / 2
    high = high if following else min(2 * high, 48.0)
    start, end = at(published.date), at(following.date) if following else area.right
    state = "" if following else "current edition, " if standard.status == "current" else ""
    sheet.fitted(
        Area(start, area.y, end - start, high), [f"{letter} {held(name)}: {state}published {published.date}"],
        sizes=_SIZES, notes=notes, name=f"{key} edition", group=group, fill=palette.tint, line=palette.line,
    )  # fmt: skip
    low = area.y + high
    if following:
        after = Area(end, area.y, area.right - end, high)
        told = _longest((f"{letter} in transition: {confirm}", f"{letter} in transition"), after)
        sheet.fitted(
            after, [told], sizes=_SIZES, notes=notes, name=f"{key} in transition",
            group=group, fill=PAPER, line=palette.line, dashed=True,
        )  # fmt: skip
        sure = f" (confidence {following.confidence:g})" if following.confidence < 1 else ""
        below = Area(end, low + GAP, area.right - end, high)
        short = f"{letter} {held(following.what)}"
        dated = f"{short}: {held(following.date)}"
        sheet.fitted(
            below, [_longest((dated + sure, dated, short), below)], sizes=_SIZES, notes=notes, bold=True,
            name=f"{key} successor", group=group, fill=palette.dark, ink=palette.on_dark,
        )  # fmt: skip
    if amended:
        tall, mark = height_of(1, FONT_FLOOR) + 2, width_of("▲", FONT_FLOOR) + 2 * MARGIN
        # Each mark stands at its date, wherever the words find room: behind the last one, else before the first.
        for number, one in enumerate(amended, 1):
            sheet.words(
                Area(at(one.date) - mark / 2, low + GAP, mark, tall), ["▲"], lines=["▲"], size=FONT_FLOOR, align="c",
                name=f"{key} amendment {number}", group=group,
            )  # fmt: skip
        first, last = (at(one.date) for one in (amended[0], amended[-1]))
        text = "; ".join(f"{held(one.date)} {held(one.what.partition(': ')[0])}" for one in amended)
        wide = width_of(text, FONT_FLOOR) + 2 * MARGIN + 1
        behind, before = end - last - mark / 2, first - mark / 2 - start
        x = last + mark / 2 if wide <= behind or behind >= before else max(start, first - mark / 2 - wide)
        sheet.fitted(
            Area(x, low + GAP, min(wide, max(behind, before)), tall), [text], sizes=(FONT_FLOOR,), notes=notes,
            name=f"{key} amendments", group=group, role="words",
        )  # fmt: skip
