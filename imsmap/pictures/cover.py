"""The cover: one management system, for which disciplines, whose, and its three numbers."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from imsmap import about
from imsmap.drawing import (
    FONT_FLOOR,
    GREY,
    Area,
    Colours,
    Fitted,
    Picture,
    Sheet,
    Size,
    badge,
    even_size,
    fit,
    height_of,
    held,
    palettes,
    source_line,
    title_area,
    unit_strip,
    width_of,
    wrap,
)
from imsmap.drawing.story import numbers, story
from imsmap.parts import Side, side_json, tally_json
from imsmap.reasoning.shares import Tally
from imsmap.report import Json, Report
from imsmap.values import frozen
from imsmap.wording import in_words, listed, topics_of

ABOUT = about.Picture(of="cover", slide="the cover", filed=False, place=10)
_TITLE_SIZES = (1.0, 44 / 48, 40 / 48, 36 / 48, 32 / 48, 28 / 48, 24 / 48, 20 / 48, 18 / 48)
_WHOSE = 66.0
"""The least room for client and scope that a strip leaves in a template."""
_ASIDE, _LAST_ASIDE = 30.0, 90.0
"""How far the words of a class may stand from it before they are set narrower; those of the last end with the strip."""
STRIP = 64.0
"""How high the strip of the three numbers is, on a slide of 540 points."""


@frozen
class CoverAnswer:
    """Whose system it is, for which standards, on which day, and its three numbers; what nobody said is empty."""

    standards: tuple[Side, ...]
    client: str = ""
    scope: str = ""
    date: str = ""
    tally: Tally | None = None


def to_json(answer: CoverAnswer) -> dict[str, Json]:
    """Give the answer as JSON."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "client": answer.client,
        "scope": answer.scope,
        "date": answer.date,
        "topics": tally_json(answer.tally) if answer.tally else None,
    }


def draw(report: Report[CoverAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw the cover: the standards with their labels, the title, the client, the three numbers to scale."""
    answer = report.answer
    size = size.cover or size
    sheet = Sheet(size)
    notes: list[str] = []
    looks = palettes(answer.standards)
    left, width = size.edge, size.width - 2 * size.edge
    if size.body is not None:
        left, width = size.body.x, size.body.width
    unit = size.height / 540
    top = size.top + 19 * unit if size.body is None else size.body.y
    corner = size.cover_corner
    beside = width if corner is None else corner.x - left - 16
    top = _standards(sheet, Area(left, top, beside, 40 * unit), answer.standards, looks) + 40 * unit
    title = f"**One management system**\nfor {_disciplines(answer.standards)}"
    under = _title(sheet, title, Area(left, top, width, 130 * unit), size)
    top = under if size.body is None else top - 40 * unit
    told = list(filter(None, (answer.client, answer.scope)))
    source = source_line(answer.standards, report.data_version)
    foot = fit(source, width, height_of(3, FONT_FLOOR), (FONT_FLOOR,))
    end = size.height - size.below if size.body is None else size.body.bottom
    bottom = end - height_of(len(foot.lines), FONT_FLOOR)
    sheet.foot(
        Area(left, bottom, width, height_of(len(foot.lines), FONT_FLOOR)), [source], lines=foot.lines, size=FONT_FLOOR,
        name="Source", ink=GREY, role="source", pad=0,
    )  # fmt: skip
    if answer.date:
        high = height_of(1, FONT_FLOOR)
        bottom -= high + 3
        sheet.words(
            Area(left, bottom, width, high), [in_words(answer.date)], size=FONT_FLOOR, name="Date", role="date",
            align="l", ink=GREY, pad=0,
        )  # fmt: skip
    if answer.tally is not None:
        high = STRIP * unit + 52
        if size.body is None:
            bottom -= high + 26 * unit
            _numbers(sheet, Area(left, bottom, width, high), answer, looks)
        elif (high := min(high, bottom - top - (_WHOSE if told else 22.0))) >= 64:
            # What a template leaves may be little: then the strip is lower, and at last left out.
            bottom -= high + 8
            _numbers(sheet, Area(left, bottom, width, high), answer, looks)
    above, below = (20 * unit, 12 * unit) if size.body is None else (8.0, 2.0)
    _whose(sheet, Area(left, top + above, width, bottom - top - above - below), answer, notes)
    plain = f"One management system for {_disciplines(answer.standards)}"
    alt = f"{plain}. " + " ".join((*told, *filter(None, sheet.groups.values())))
    names = ", ".join(one.designation for one in answer.standards)
    return (sheet.picture("cover", plain, alt, [names, *told, *notes, *report.notes, source]),)


def _whose(sheet: Sheet, area: Area, answer: CoverAnswer, notes: list[str]) -> None:
    """Name the client, and below, smaller, what its system is for: as much of it as keeps clear of the strip."""
    top = area.y
    for name, text, first in (("Client", answer.client, sheet.type.head), ("Scope", answer.scope, sheet.type.body)):
        if not text:
            continue
        sizes = tuple(one for one in (sheet.type.head, sheet.type.body, sheet.type.small, FONT_FLOOR) if one <= first)
        words = fit(text, area.width, max(area.bottom - top, height_of(1, FONT_FLOOR)), sizes)
        high = height_of(len(words.lines), words.size)
        sheet.fitted(
            Area(area.x, top, area.width, high + 1), [text], sizes=(words.size,), notes=notes, name=name,
            role="subtitle", align="l", ink=GREY, pad=0,
        )  # fmt: skip
        top += high + 2


def _disciplines(standards: Sequence[Side]) -> str:
    names = list(dict.fromkeys(one.discipline_name for one in standards))
    return listed(held(name) if len(names) < 3 else name for name in names)


def _standards(sheet: Sheet, area: Area, standards: Sequence[Side], looks: Mapping[str, Colours]) -> float:
    """Write the standards with their badges in one line, or in lines below each other; returns where they end."""
    names = [_told(one) for one in standards]
    abreast = min(len(names), 3)
    room = (area.width - 28 * (abreast - 1)) / abreast - 37
    size = even_size(names, room, 24, (18.0, 16.0, 14.0, 12.0, FONT_FLOOR))
    x, y = area.x, area.y
    widths = [
        10 + max(24.0, width_of(one.label, 16, bold=True) + 12) + width_of(name, size) + 2
        for one, name in zip(standards, names, strict=True)
    ]
    if sum(widths) + 28 * (len(widths) - 1) > area.width:
        widths = [max(widths)] * len(widths)  # lines below each other have common columns
    for standard, name, wide in zip(standards, names, widths, strict=True):
        if x > area.x and x + wide > area.right:
            x, y = area.x, y + 32
        group = sheet.group(f"Standard {standard.label}", f"{standard.label} is {name}, {standard.discipline_name}.")
        over = badge(
            sheet, x, y, standard.label, looks[standard.key], side=24, name=f"{standard.key} letter", group=group
        )
        room = min(width_of(name, size) + 2, area.right - x - over - 10)
        told = fit(name, room, 24, (size, FONT_FLOOR))
        sheet.words(
            Area(x + over + 10, y, room, 24), [" ".join(told.lines)], lines=told.lines, size=told.size, align="l",
            name=f"{standard.key} edition", group=group, pad=0,
        )  # fmt: skip
        x += wide + 28
    return y + 24


def _told(standard: Side) -> str:
    return standard.designation + "".join(f" + {one}" for one in standard.amendments)


def _title(sheet: Sheet, title: str, area: Area, size: Size) -> float:
    """Write the title as large as it fits; returns where it ends."""
    first, second = title.split("\n")
    plain = f"{first.replace('**', '')}\n{second}"
    sizes = tuple(size.type.cover * share for share in _TITLE_SIZES)
    found = fit(plain, area.width, area.height, sizes, bold=True)
    for points in sizes:
        # Only the first line is bold.
        lines = (*wrap(first.replace("**", ""), area.width, points, bold=True), *wrap(second, area.width, points))
        if height_of(len(lines), points) <= area.height:
            found = Fitted(lines, points, False)
            break
    high = height_of(len(found.lines), found.size)
    place = Area(area.x, area.y, area.width, high)
    if size.title is not None:
        place = title_area(size)
        found = fit(
            plain, place.width * 0.95, place.height, (size.type.title, *range(int(size.type.title), 13, -1)), bold=True
        )
    sheet.words(
        place, [f"{first}\n{second}"], size=found.size, name="Title", role="title", align="l", anchor="t", pad=0
    )
    return max(area.y + high, place.bottom)


def _numbers(sheet: Sheet, area: Area, answer: CoverAnswer, looks: Mapping[str, Colours]) -> None:
    """Draw each topic as a box, and under each class its number and word."""
    assert answer.tally is not None
    tally, size = answer.tally, sheet.type
    told = "; ".join(f"{count} {word}" for count, word in numbers(tally))
    group = sheet.group("Three numbers", f"Of {tally.total} {topics_of(tally)} {told}.")
    unit_strip(
        sheet, Area(area.x, area.y, area.width, area.height - 52), story(tally, answer.standards, looks), name="topic",
        group=group,
    )  # fmt: skip
    step, y = area.width / tally.total, area.bottom - 48
    there = [(count, word) for count, word in numbers(tally) if count]

    # Narrow classes at the end have their words left of where they would leave the page; as little as can be.
    widths = [count * step for count, _ in there]
    sizes = [(size.head, False), (size.body, False), (size.head, True), (size.body, True)]
    sizes += [(points, False) for points in (size.small, FONT_FLOOR)]
    tried = [_words(there, widths, tally, sheet, points, narrow) for points, narrow in sizes]
    lefts = [_lefts(words, widths, area) for words in tried]
    at = next((at for at, found in enumerate(lefts) if found and _near(found, there, step, area)), None)
    at = next((at for at, found in enumerate(lefts) if found), len(tried) - 1) if at is None else at
    for (_, word), words, left in zip(there, tried[at], lefts[at] or [area.x] * len(there), strict=True):
        high = height_of(len(words.lines), words.size)
        sheet.words(
            Area(left, y, words.width, high), ["\n".join(words.lines)], size=words.size, name=f"{word} count",
            group=group, align="l", anchor="t", pad=0,
        )  # fmt: skip
        under = min(words.size, size.body)
        sheet.words(
            Area(left, y + high, words.width, height_of(1, under)), [words.whole], size=under, pad=0,
            name=f"{word} whole", group=group, ink=GREY, align="l",
        )  # fmt: skip


@frozen
class Words:
    """What stands under a class: number and word in a line or two, of how many, their size, how wide they are."""

    lines: tuple[str, ...]
    whole: str
    size: float
    width: float


def _words(
    there: Sequence[tuple[int, str]], widths: Sequence[float], tally: Tally, sheet: Sheet, points: float, narrow: bool
) -> list[Words]:
    """Set the words under the classes; narrow: what is wider than its class on two lines, of how many in short."""
    found = []
    for (count, word), room in zip(there, widths, strict=True):
        parts = word.split(" ")
        lines: list[tuple[str, ...]] = [(f"**{count}** {word}",)]
        under = f"of {tally.total} {topics_of(tally)}"
        if narrow and _widest([*lines[0], under], points) > room:
            lines += [(f"**{count}** {' '.join(parts[:at])}", " ".join(parts[at:])) for at in range(1, len(parts))]
            under = f"of {tally.total}"
        best = min(lines, key=lambda one: _widest(one, points))
        wide = max(_widest(best, points), width_of(under, min(points, sheet.type.body)))
        found.append(Words(best, under, points, wide + 4))
    return found


def _widest(lines: Sequence[str], points: float) -> float:
    return max(width_of(line.replace("**", ""), points, bold=True) for line in lines)


def _lefts(words: Sequence[Words], widths: Sequence[float], area: Area) -> list[float]:
    """Give where each begins: under its class, else left of it; nothing where they have no room."""
    room = sum(one.width for one in words) + 12 * (len(words) - 1)
    if room > area.width:
        return []
    found, x, ends = [], area.x, area.x
    for one, wide in zip(words, widths, strict=True):
        left = max(min(x, area.right - room), ends)
        room -= one.width + 12
        found.append(left)
        ends, x = left + one.width + 12, x + wide
    return found


def _near(lefts: Sequence[float], there: Sequence[tuple[int, str]], step: float, area: Area) -> bool:
    """Tell whether what stands under each class begins near enough to its left."""
    starts = itertools.accumulate((count * step for count, _ in there), initial=area.x)
    *others, last = (abs(left - start) for left, start in zip(lefts, starts, strict=False))
    return last <= _LAST_ASIDE and all(one <= _ASIDE for one in others)
