"""Many standards: for each, by main clause, a box for each topic it has a part in, and how much of the core."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import (
    FONT_FLOOR,
    GREY,
    INK,
    RULE,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    badge,
    fit,
    frame,
    height_of,
    look_of,
    palettes,
    source_line,
    width_of,
    wrap,
)
from imsmap.drawing.rich import Rich, Run, width_of_rich
from imsmap.drawing.slide import evenly
from imsmap.drawing.story import kind_of, legend, story
from imsmap.parts import MainClause, Side
from imsmap.report import Report
from imsmap.wording import bare, topics_of

HEAD = 42.0
WIDEST, WIDER = 11.0, 16.0
"""How wide the box of a topic is at most, with what stands between two; where two standards have all the room."""
READ = "n of m core topics, +n beyond"
"""How a cell's words are read."""
NARROWEST = 96.0
"""The width under which a standard's column says nothing: then there are more pages."""


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw a column for each standard; more pages where they are too many for one."""
    answer = report.answer
    label = _label_width(size)
    most = max(1, int((size.width - 2 * size.edge - label) // NARROWEST))
    sides = answer.standards
    chunks = [sides[start:end] for start, end in evenly([1.0] * len(sides), -(-len(sides) // most))]
    return tuple(_page(report, size, chunk, at, len(chunks)) for at, chunk in enumerate(chunks, start=1))


def _label_width(size: Size) -> float:
    return min(220.0 * _larger(size), size.width * 0.24)


def _larger(size: Size) -> float:
    """Say how much larger all is on large paper, whose type is."""
    return max(1.0, size.type.body / 14)


def _page(report: Report[MatrixAnswer], size: Size, chunk: Sequence[Side], at: int, pages: int) -> Picture:
    answer = report.answer
    looks = palettes(answer.standards)
    title = _title(answer) + (f" ({at} of {pages})" if pages > 1 else "")
    source = source_line(answer.standards, report.data_version)
    kinds = {kind_of(kin) for side in chunk for kin in answer.shares.standing(side.key)}
    sheet = Sheet(size)
    place = frame(sheet, title, legend(*kinds), source, story(answer.shares.tally(), answer.standards, looks))
    notes: list[str] = [f"Page {at} of {pages}."] if pages > 1 else []
    label = _label_width(size)
    wide = (place.width - label) / max(len(chunk), min(len(answer.standards), 3))
    widest = WIDEST if len(chunk) > 2 else WIDER  # in the room of a third column
    step = min(widest * _larger(size), (wide - 8) / max(_most(answer, chunk), 1))
    lines = max(min(2, len(wrap(side.discipline_name, wide - 4, FONT_FLOOR))) for side in chunk)
    head = HEAD + height_of(lines, FONT_FLOOR) - height_of(1, FONT_FLOOR)
    high = (place.height - head) / (len(answer.main_clauses) + 0.7)
    badge_wide = max(max(18.0, width_of(side.label, 12.0, bold=True) + 9) for side in chunk)
    form = _form(answer.standards, wide - badge_wide - 12)  # alike on all pages
    for index, side in enumerate(chunk):
        _head(sheet, Area(place.x + label + index * wide, place.y, wide, head), side, looks[side.key], form)
    read = fit(READ, label - 10, head - 4, (FONT_FLOOR,))
    high_of_read = height_of(len(read.lines), FONT_FLOOR)
    if not read.short:
        sheet.words(
            Area(place.x, place.y + head - 4 - high_of_read, label - 10, high_of_read), [read.text], lines=read.lines,
            size=FONT_FLOOR, ink=GREY, name="Reading", align="l", pad=0,
        )  # fmt: skip
    y = place.y + head
    for main in answer.main_clauses:
        sheet.rule(place.x, y, place.right, y, line=RULE)
        _label(sheet, Area(place.x, y, label - 10, high), main, notes)
        for index, side in enumerate(chunk):
            area = Area(place.x + label + index * wide, y, wide, high)
            _cell(sheet, area, answer, side, looks, (main.number,), step, f"Clause {main.number}")
        y += high
    sheet.rule(place.x, y, place.right, y, line=INK, weight=1.0)
    rest = place.bottom - y
    body = sheet.type.body
    tried = [one for one in (body, 12.0) if height_of(1, one) <= rest - 2]
    sheet.words(
        Area(place.x, y + 2, label - 10, rest - 2), ["In all"], size=(*tried, FONT_FLOOR)[0], bold=True, name="In all",
        align="l", pad=24,
    )  # fmt: skip
    for index, side in enumerate(chunk):
        text = _counted(_count(answer, side, None), looks[side.key], bold=True)
        area = Area(place.x + label + index * wide, y + 2, wide - 4, rest - 2)
        size_of = next((one for one in tried if width_of_rich(text, one) <= area.width), FONT_FLOOR)
        sheet.words(area, [text], size=size_of, name=f"{side.key} in all", align="l", pad=0)
    alt = f"{title.replace('**', '')}. " + " ".join(filter(None, sheet.groups.values()))
    definition = (
        "A box is a topic in which the standard has a part: solid if it shares its core with another of the standards, "
        "tinted if it is only related, open if it stands alone. n of m: of the topics that any two share."
    )
    return sheet.picture("columns", title, alt, [report.message, definition, *notes, *report.notes, source])


def _title(answer: MatrixAnswer) -> str:
    tally = answer.shares.tally()
    sides = answer.standards
    if len(sides) == 2:
        return (
            f"**{tally.core} of {tally.total} {topics_of(tally)} are built once**; {tally.related} are "
            f"looked at together, {tally.by_themselves} stay apart"
            + (f", {tally.not_assessed} not looked at" if tally.not_assessed else "")
        )
    least = min(_held(answer, side.key, None) for side in sides)
    apart = sorted(answer.main_clauses, key=lambda main: -_apart(answer, main))[:2]
    numbers = [main.number for main in answer.main_clauses if main in apart and _apart(answer, main)]
    part = f"; they part most in clause{'s' * (len(numbers) > 1)} {' and '.join(numbers)}" if numbers else ""
    if not least:
        told = f"{tally.core} of {tally.total} {topics_of(tally)} are built once by some of them"
        return f"{_word(len(sides))} standards: **{told}**{part}"
    core = f"at least {least} of {tally.core} core {topics_of(tally)}"
    return f"{_word(len(sides))} standards, one core: **{core}** meet in each{part}"


def _word(number: int) -> str:
    words = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
    return words[number - 2] if 2 <= number < len(words) + 2 else str(number)


def _apart(answer: MatrixAnswer, main: MainClause) -> int:
    count = answer.shares.shared((main.number,))
    return count.m - count.n


def _held(answer: MatrixAnswer, key: str, mains: tuple[str, ...] | None) -> int:
    return sum(kin.is_core for kin in answer.shares.standing(key, mains))


def _count(answer: MatrixAnswer, side: Side, mains: tuple[str, ...] | None) -> tuple[str, str]:
    """Say how many of the core topics a standard holds, if there are any, and how many it has beyond them."""
    held = _held(answer, side.key, mains)
    total = answer.shares.tally(mains).core
    beyond = len(answer.shares.standing(side.key, mains)) - held
    return f"{held} of {total}" if total or not beyond else "", f"+{beyond}" if beyond else ""


def _counted(counts: tuple[str, str], look: Colours, *, bold: bool = False) -> Rich:
    """Write it, what is beyond the core in its standard's colour: that differs from column to column."""
    held, beyond = counts
    told = [Run(held, bold)] if held else []
    return (*told, *([Run("  ")] if held and beyond else []), *([Run(beyond, True, look.line)] if beyond else []))


def _most(answer: MatrixAnswer, chunk: Sequence[Side]) -> int:
    return max(len(answer.shares.standing(side.key, (main.number,))) for side in chunk for main in answer.main_clauses)


def _form(sides: Sequence[Side], room: float) -> int:
    """Choose in which form all are called alike: the whole designation, without its publisher, or the number alone."""
    tried = ((0, 14.0), (1, 14.0), (1, FONT_FLOOR))
    fits = (at for at, size in tried if all(width_of(_names(side)[at], size, bold=True) <= room for side in sides))
    return next(fits, 2)


def _head(sheet: Sheet, area: Area, side: Side, look: Colours, form: int) -> None:
    group = sheet.group(f"Head {side.label}", f"{side.label} is {side.designation}, {side.discipline_name}.")
    wide = badge(sheet, area.x, area.y, side.label, look, name=f"{side.key} head", group=group)
    room = area.width - wide - 12
    name = fit(_names(side)[form], room, 18, (14.0, 13.0, 12.0, FONT_FLOOR), bold=True)
    sheet.words(
        Area(area.x + wide + 6, area.y, area.width - wide - 8, 18), [name.text], lines=name.lines, size=name.size,
        bold=True, align="l", name=f"{side.key} name", group=group, pad=0,
    )  # fmt: skip
    discipline = fit(side.discipline_name, area.width - 4, area.height - 26, (FONT_FLOOR,))
    sheet.words(
        Area(area.x, area.y + 20, area.width - 4, height_of(len(discipline.lines), FONT_FLOOR) + 2),
        [discipline.text], lines=discipline.lines, size=FONT_FLOOR,
        align="l", name=f"{side.key} discipline", group=group, ink=GREY, pad=0,
    )  # fmt: skip


def _names(side: Side) -> tuple[str, ...]:
    """Give what a standard is called, from its whole designation to its number."""
    edition = bare(side.designation)
    return side.designation, edition, edition.partition(":")[0]


def _label(sheet: Sheet, area: Area, main: MainClause, notes: list[str]) -> None:
    body = sheet.type.body
    number = max(24.0, width_of("00", body, bold=True) + 8)
    sheet.words(Area(area.x, area.y, number, area.height), [main.number], size=body, bold=True, align="l",
                name=f"Clause {main.number} number", pad=0)  # fmt: skip
    sheet.fitted(
        Area(area.x + number, area.y, area.width - number, area.height), [main.title], sizes=(body, 12.0, FONT_FLOOR),
        notes=notes, name=f"Clause {main.number} title", role="words", align="l", pad=0,
    )  # fmt: skip


def _cell(
    sheet: Sheet, area: Area, answer: MatrixAnswer, side: Side, looks: Mapping[str, Colours], mains: tuple[str, ...],
    step: float, group: str,
) -> None:  # fmt: skip
    kinds = [kind_of(kin) for kin in answer.shares.standing(side.key, mains)]
    told = _count(answer, side, mains)
    text = _counted(told, looks[side.key])
    before = sheet.groups.get(group, "")
    sheet.group(group, f"{before} {side.label}: {' '.join(told).strip()}.".strip())
    small = max(12.0, sheet.type.small)
    line = height_of(1, small)
    box = min(step * 1.8, max(12.0, area.height * 0.3), area.height - line - 6)
    apart = min(4.0, max(1.0, (area.height - box - line) * 0.25))
    top = area.y + (area.height - box - line - apart) / 2
    for at, kind in enumerate(kinds):
        how = look_of(kind, looks[side.key])
        how["role"], how["group"] = "mark", group
        sheet.box(Area(area.x + at * step, top, max(step - 1.5, 1.0), box), name=f"{side.key} {group} {at + 1}", **how)
    wide = min(area.width - 2, width_of_rich(text, small) + 3)
    sheet.words(
        Area(area.x, top + box + apart, wide, line), [text], size=small, align="l", name=f"{side.key} {group} count",
        pad=0, group=group,
    )  # fmt: skip
