"""Method and limits: how it was counted, what it does not say, on what it rests, and what each mark means."""

from __future__ import annotations

from collections.abc import Sequence

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import (
    CORE,
    FONT_FLOOR,
    INK,
    RULE,
    Area,
    Picture,
    Sheet,
    Size,
    fit,
    frame,
    height_of,
    held,
    mark,
    palettes,
    source_line,
    width_of,
)
from imsmap.drawing.story import legend, story
from imsmap.parts import Side
from imsmap.report import Report

ABOUT = about.Picture(of="matrix", slide="method and limits", filed=False, place=140)
GAP = 24.0
MARKS = (
    ("core", "core", "the same requirement: built once; +n is what each adds"),
    ("related", "related", "tied, not the same: looked at together"),
    ("alone", "alone", "looked at: only one standard asks; a ring with a dot only touches another"),
    ("unknown", "not looked at", "nobody has compared it; it counts as nothing"),
)
"""Each mark, its word, what it says."""


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw three lists side by side, and below what the marks mean."""
    answer = report.answer
    standards = answer.standards
    looks = palettes(standards)
    leaves = sum(one.leaf_clauses for one in standards)
    title = "Method and limits: a counterpart says **where to look together**, not that you conform"
    source = source_line(standards, report.data_version)
    sheet = Sheet(size)
    strip = story(answer.shares.tally(), standards, looks)
    place = frame(sheet, title, "", source, strip)
    notes: list[str] = []
    lists = (
        ("How it was counted", _counted(len(answer.topics), leaves)),
        ("What it does not say", _limits()),
        ("On what it rests", _rests(standards, report.data_version)),
    )
    marks = _marks_height(sheet, place.width)
    room = place.height - marks - 20
    wide = (place.width - GAP * 2) / 3
    size_of = _size(sheet, lists, wide, room)
    if size_of is None:
        # A template that leaves little: what the marks mean is one line, so that no sentence is cut.
        sheet = Sheet(size)
        place = frame(sheet, title, legend(*(kind for kind, _, _ in MARKS)), source, strip)
        marks, room = 0.0, place.height
        size_of = _size(sheet, lists, wide, room) or FONT_FLOOR
        notes += [f"{word[:1].upper()}{word[1:]}: {meaning}." for _, word, meaning in MARKS]
    for at, (heading, told) in enumerate(lists):
        area = Area(place.x + at * (wide + GAP), place.y, wide, room)
        _list(sheet, area, heading, told, size_of, notes)
    if marks:
        _marks(sheet, Area(place.x, place.bottom - marks, place.width, marks), notes)
    alt = f"{title.replace('**', '')}. " + " ".join(sheet.groups.values())
    return (sheet.picture("method", title, alt, [report.message, *notes, *report.notes, source]),)


def _size(sheet: Sheet, lists: Sequence[tuple[str, Sequence[str]]], wide: float, room: float) -> float | None:
    """Choose the largest size in which all lists have room; none where the smallest has not."""
    sizes = (sheet.type.head - 2, sheet.type.body, 13.0, 12.0, FONT_FLOOR)
    free = room - 8 - _head_height(sheet)
    return next((one for one in sizes if all(_list_height(told, wide, one) <= free for _, told in lists)), None)


def _list_height(told: Sequence[str], width: float, size: float) -> float:
    lines = [len(fit(one, width, 1000.0, (size,)).lines) for one in told]
    return sum(height_of(count, size) for count in lines) + _apart(size) * (len(told) - 1)


def _head_height(sheet: Sheet) -> float:
    """Give the height of the line that a list's heading has."""
    return max(26.0, height_of(1, sheet.type.head))


def _apart(size: float) -> float:
    """Say how far a paragraph stands from the next: more where there is room for large letters."""
    return 12.0 if size > 14 else 8.0


def _list(sheet: Sheet, area: Area, heading: str, told: Sequence[str], size: float, notes: list[str]) -> None:
    head = sheet.type.head if sheet.size.width > 700 else sheet.type.body
    group = sheet.group(heading, f"{heading}: " + " ".join(told))
    sheet.rule(area.x, area.y, area.right, area.y, line=INK)
    found = fit(heading, area.width, _head_height(sheet), (head, 16.0, 14.0, 12.0), bold=True)
    sheet.words(
        Area(area.x, area.y + 4, area.width, _head_height(sheet)), [found.text], lines=found.lines, size=found.size,
        bold=True, name=heading, group=group, align="l", pad=0,
    )  # fmt: skip
    top = area.y + 8 + _head_height(sheet)
    for at, one in enumerate(told, start=1):
        words = fit(one, area.width, max(area.bottom - top, height_of(1, size)), (size, FONT_FLOOR))
        high = height_of(len(words.lines), words.size)
        sheet.words(
            Area(area.x, top, area.width, high), [words.text if words.short else one], lines=words.lines,
            size=words.size, name=f"{heading}, {at}", group=group, align="l", anchor="t", pad=0,
        )  # fmt: skip
        if words.short:
            notes.append(f"In full: {one}")
        top += high + _apart(size)


def _marks_height(sheet: Sheet, width: float) -> float:
    wide, size = (width - GAP * 3) / 4, max(12.0, sheet.type.small)
    return 34 + max(height_of(len(fit(text, wide, 500.0, (size,)).lines), size) for _, _, text in MARKS)


def _marks(sheet: Sheet, area: Area, notes: list[str]) -> None:
    wide = (area.width - GAP * 3) / 4
    sheet.rule(area.x, area.y, area.right, area.y, line=RULE)
    tried = (sheet.type.body, 12.0)
    body = next((one for one in tried if all(width_of(word, one, bold=True) <= wide - 24 for _, word, _ in MARKS)),
                FONT_FLOOR)  # fmt: skip
    high = max(20.0, height_of(1, body))
    for at, (kind, word, meaning) in enumerate(MARKS):
        left = area.x + at * (wide + GAP)
        group = sheet.group(f"Mark {word}", f"{word}: {meaning}.")
        mark(sheet, left + 8, area.y + 18, 8, kind, CORE, group=group)
        sheet.words(
            Area(left + 24, area.y + 30 - high, wide - 24, high), [word], lines=[word], size=body, bold=True, align="l",
            name=f"Mark {word}", group=group, pad=0,
        )  # fmt: skip
        sheet.fitted(
            Area(left, area.y + 32, wide, area.bottom - area.y - 31), [meaning],
            sizes=(max(12.0, sheet.type.small), 12.0, FONT_FLOOR), notes=notes,
            name=f"Mark {word}, told", group=group, role="words", align="l", anchor="t", pad=0,
        )  # fmt: skip


def _counted(topics: int, leaves: int) -> tuple[str, ...]:
    return (
        f"{topics} topics hold all {leaves} leaf clauses: those with no clause under them. A topic is what the "
        "harmonized structure has under one number, or what else belongs together.",
        "A topic is core when two of the standards share a requirement of the structure in it.",
        "Each count is n of m, in one direction. The other way round it is another count.",
    )


def _limits() -> tuple[str, ...]:
    return (
        "A counterpart is not conformity: meeting one standard does not meet the other.",
        "Counts are not effort: a topic may take a day or a year.",
        "No standard is better, and none is ranked. Nothing is merged by its number.",
        "How long an edition counts is for the certification body to say.",
    )


def _rests(standards: Sequence[Side], data_version: str) -> tuple[str, ...]:
    sure = ", ".join(f"{one.label}\u00a0{held(one.designation)} {one.confidence:.2f}" for one in standards)
    alike = {f"{one.confidence:.2f}" for one in standards}
    if len(standards) > 2 and len(alike) == 1:
        sure = f"{alike.pop()} for each of the {len(standards)} standards"
    checked, points = sum(one.checked for one in standards), sum(one.points for one in standards)
    how = "Recalled, and not yet checked against the bought texts."
    if checked:
        how = f"Of {points} points {checked} are checked against the bought texts, the others recalled."
    if checked >= points > 0:
        how = "All points are checked against the bought texts."
    return (
        "Numbers, titles and our own words: no sentence of a standard.",
        "Each relation has its reason, its source and its confidence in the data.",
        f"Confidence of mapping data {data_version}, of 1: {sure}. {how}",
    )
