"""What is due in the next 90 days: the weightiest first, what is late, whose it is, and where today is."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from imsmap import about
from imsmap.agenda import DAYS, DueAction, when
from imsmap.analyses.next90 import NextAnswer
from imsmap.drawing import (
    ALERT,
    FONT_FLOOR,
    GREY,
    INK,
    RULE,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    Table,
    badge,
    even_size,
    fit,
    frame,
    height_of,
    palettes,
    source_line,
    width_of,
)
from imsmap.report import Report
from imsmap.wording import in_words

ABOUT = about.Picture(of="next90", slide="next 90 days", client=True, place=120)
MOST = 7
HEAD, TALLEST, LOWEST, HEADING = 24.0, 43.0, 28.0, 22.0
NAME = "Next 90 days"
NOBODY = "no owner"
GUTTER = 16.0
"""Between columns: more than other programs' letters are wider than the measured ones."""
DUE, CLAUSE, WHO, TIME = 0, 1, 3, 4
"""Columns; what is done stands between."""


def draw(report: Report[NextAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw a row for each of the first actions on one page; the others stand in the notes."""
    answer = report.answer
    looks = palettes(answer.standards)
    title = _title(answer)
    sheet = Sheet(size)
    place = frame(sheet, title, "", _source(report))
    headings = len({_heading(one) for one in answer.actions[:MOST]}) if _parted(answer) else 0
    room = place.height - HEAD - headings * HEADING
    high = min(TALLEST * size.height / 540, max(LOWEST, room / MOST))
    most = min(MOST, max(1, int(room / high + 1e-6)))
    shown, rest = answer.actions[:most], answer.actions[most:]
    notes: list[str] = []
    if shown:
        _table(sheet, place, answer, shown, looks, high, notes)
    else:
        sheet.words(
            Area(place.x, place.y, place.width, 60), ["None is due; the notes say how many are open or have no date."],
            size=size.type.body, name="None", align="l", pad=0,
        )  # fmt: skip
    notes += [f"And {_whole(one)}." for one in rest]
    told = "; ".join(f"{_whole(one)}{_late(one, answer)}" for one in answer.actions)
    alt = f"{title.replace('**', '')}. {told}."
    return (sheet.picture("next90", title, alt, [report.message, *report.notes, *notes, _source(report)]),)


# --- what it says ------------------------------------------------------------------------------------------------


def _title(answer: NextAnswer) -> str:
    late, majors = answer.overdue, [one for one in answer.actions if one.action.severity == "Major"]
    word = "action is" if answer.open == 1 else "actions are"
    word = "actions and evaluations are" if answer.evaluations else word
    if late:
        said = f"Next 90 days: **{late} of {answer.open} open {word} late**"
        first = sum(one.action.is_overdue for one in majors)
        return f"{said}, {first} of the {len(majors)} major ones among them" if majors else said
    return f"Next 90 days: **{len(answer.actions)} of {answer.open} open {word} due** by {in_words(answer.until)}"


def _source(report: Report[NextAnswer]) -> str:
    answer = report.answer
    shown = min(MOST, len(answer.actions))
    return (
        f"Major first, then by date: {shown} of {len(answer.actions)} actions due by {in_words(answer.until)} shown, "
        f"all stand in the notes and on the sheet Actions. {source_line(answer.standards, report.data_version)}"
    )


def _days(one: DueAction, answer: NextAnswer) -> int:
    return (one.due - answer.date).days


def _late(one: DueAction, answer: NextAnswer) -> str:
    days = _days(one, answer)
    unit = "day" if abs(days) == 1 else "days"
    return f", {-days}{'' if one.is_sure else '+'} {unit} late" if days < 0 else f", in {days} {unit}"


def _whole(one: DueAction) -> str:
    due = f"due {'' if one.is_sure else 'by '}{one.due.isoformat()}"
    return f"{one.place or 'own action'}, {due}: {one.action.text} ({one.action.owner or NOBODY})"


def _date(one: DueAction) -> str:
    return when(one.action, "")


def _heading(one: DueAction) -> str:
    return f"{one.action.severity} gaps" if one.action.severity else "Other actions"


def _parted(answer: NextAnswer) -> bool:
    """Tell whether the actions are of several kinds, shown or not: then each kind has its heading."""
    return len({_heading(one) for one in answer.actions}) > 1


# --- where it stands ---------------------------------------------------------------------------------------------


def _table(
    sheet: Sheet, place: Area, answer: NextAnswer, shown: Sequence[DueAction], looks: Mapping[str, Colours],
    high: float, notes: list[str],
) -> None:  # fmt: skip
    body = sheet.type.body
    date = max(width_of(_date(one), body, bold=True) for one in shown) * 1.15 + 8
    numbers = [width_of(one.number or "own", body) for one in shown]
    clause = (
        max(numbers) + max(22.0, *(width_of(s.label, 12.0, bold=True) + 14 for s in answer.standards)) + 10 + GUTTER
    )
    who = min(170.0, max(width_of(one.action.owner or NOBODY, body) for one in shown) + GUTTER, place.width * 0.2)
    time = place.width * 0.18
    widths = (date, clause, place.width - date - clause - who - time, who, time)
    cells: dict[tuple[int, int], str] = {}
    heights, rules = [HEAD], {0: (1.0, INK)}
    lefts = [place.x + sum(widths[:at]) for at in range(len(widths))]
    for column, word in ((DUE, "Due"), (CLAUSE, "Clause"), (2, "What is done"), (WHO, "Who")):
        cells[0, column] = sheet.words(
            Area(lefts[column], place.y, widths[column], HEAD), [word], lines=[word], size=FONT_FLOOR, ink=GREY,
            name=f"{word} head", holder=NAME, role="cell", align="l", pad=0,
        )  # fmt: skip
    top = place.y + HEAD
    sizes = _sizes(sheet, widths, shown, answer, high)
    number = 0
    for heading, actions in itertools.groupby(shown, key=_heading):
        if _parted(answer):
            cells[len(heights), 0] = sheet.words(
                Area(place.x, top, place.width - time - 8, HEADING), [heading], lines=[heading],
                size=sheet.type.small, bold=True, name=heading, holder=NAME, role="cell", align="l", pad=0,
            )  # fmt: skip
            rules[len(heights)] = (0.75, RULE)
            heights.append(HEADING)
            top += HEADING
        for one in actions:
            number += 1
            area = Area(place.x, top, place.width, high)
            _row(sheet, area, widths, len(heights), number, one, answer, looks, sizes, cells, notes)
            rules[len(heights)] = (0.75, RULE)
            heights.append(high)
            top += high
    table = Table(Area(place.x, place.y, place.width, top - place.y), widths, tuple(heights), cells, rules)
    sheet.table(NAME, table, " ".join(f"{_whole(one)}{_late(one, answer)}." for one in shown))
    _today(sheet, Area(lefts[TIME], place.y, time, top - place.y), answer, shown)


def _sizes(
    sheet: Sheet, widths: Sequence[float], shown: Sequence[DueAction], answer: NextAnswer, high: float
) -> Mapping[int, float]:
    """Choose one size for each column: the largest in which all that stands in it has room."""
    body = sheet.type.body
    badge_wide = max(18.0, *(width_of(side.label, 12.0, bold=True) + 10 for side in answer.standards)) + 6
    columns = {
        CLAUSE: ([one.number or "own" for one in shown], badge_wide, (body, 12.0, FONT_FLOOR)),
        2: ([one.action.text for one in shown], 0.0, (body, 13.0, 12.0, FONT_FLOOR)),
        WHO: ([one.action.owner or NOBODY for one in shown], 0.0, (body, 13.0, 12.0, FONT_FLOOR)),
    }
    return {
        column: even_size(texts, widths[column] - inset - GUTTER, high, sizes)
        for column, (texts, inset, sizes) in columns.items()
    }


def _row(
    sheet: Sheet, area: Area, widths: Sequence[float], row: int, number: int, one: DueAction, answer: NextAnswer,
    looks: Mapping[str, Colours], sizes: Mapping[int, float], cells: dict[tuple[int, int], str], notes: list[str],
) -> None:  # fmt: skip
    body = sheet.type.body
    lefts = [area.x + sum(widths[:at]) for at in range(len(widths))]
    late = one.action.is_overdue
    days = _late(one, answer).removeprefix(", ")
    ink = ALERT if late else INK
    date = _date(one)
    high = height_of(1, body) + height_of(1, FONT_FLOOR)
    two = high <= area.height
    down = max(0.0, (area.height - high) / 2) if two else 0.0
    date_size = body if two else 12.0
    cells[row, DUE] = sheet.words(
        Area(lefts[DUE], area.y + down, widths[DUE] - 4, area.height - down), [f"**{date}**" if late else date],
        size=date_size, ink=ink, name=f"Due {number}", holder=NAME, role="cell", align="l", pad=0,
        anchor="t" if two else "m",
    )  # fmt: skip
    group = sheet.group(f"Action {number}", f"{_whole(one)}{_late(one, answer)}.")
    if two:
        sheet.words(
            Area(lefts[DUE], area.y + down + height_of(1, body) - 1, widths[DUE] - 4, height_of(1, FONT_FLOOR)),
            [f"**{days}**" if late else days], size=FONT_FLOOR, ink=ALERT if late else GREY, name=f"Days {number}",
            group=group, role="mark", align="l", pad=0,
        )  # fmt: skip
    indent = 0.0
    if one.side is not None:
        middle = area.y + area.height / 2
        indent = badge(
            sheet, lefts[CLAUSE], middle - 9, one.side.label, looks[one.side.key], name=f"Clause {number} badge",
            group=group,
        ) + 6  # fmt: skip
    for column, text, inset, colour in (
        (CLAUSE, one.number or "own", indent, INK),
        (2, one.action.text, 0.0, INK),
        (WHO, one.action.owner or NOBODY, 0.0, INK if one.action.owner else ALERT),
    ):
        room = Area(lefts[column] + inset, area.y, widths[column] - inset - GUTTER, area.height)
        found = fit(text, room.width, room.height, (sizes[column],))
        if found.short:
            notes.append(f"In full: {text}.")
        name = {CLAUSE: "Clause", 2: "Action", WHO: "Owner"}[column]
        cells[row, column] = sheet.words(
            room, [" ".join(found.lines) if found.short else text], lines=found.lines, size=found.size, ink=colour,
            name=f"{name} {number}", holder=NAME, role="cell", align="l", pad=0,
        )  # fmt: skip
    _time(sheet, Area(lefts[TIME], area.y, widths[TIME], area.height), one, answer, group)


def _at(area: Area, days: float) -> float:
    """Place a day: today is a third of the way, the quarter to come the rest."""
    today = area.x + area.width * 0.36
    return max(area.x + 2, min(area.right - 6, today + days / DAYS * area.width * 0.62))


def _time(sheet: Sheet, area: Area, one: DueAction, answer: NextAnswer, group: str) -> None:
    days = _days(one, answer)
    today, due = _at(area, 0), _at(area, days)
    middle = area.y + area.height / 2
    left, right = min(today, due), max(today, due)
    if one.action.is_overdue:
        sheet.mark(Area(left, middle - 6, max(right - left, 2), 12), name="late", fill=ALERT, group=group)
        return
    sheet.mark(Area(left, middle - 2.5, max(right - left, 1), 5), name="time left", fill=RULE, group=group)
    sheet.mark(Area(due - 4, middle - 4, 8, 8), name="due", shape="ellipse", fill=GREY, group=group)


def _today(sheet: Sheet, area: Area, answer: NextAnswer, shown: Sequence[DueAction]) -> None:
    group = sheet.group("Today", f"Today is {in_words(answer.date)}; bars show how late or how far off each date is.")
    x = _at(area, 0)
    sheet.rule(x, area.y + HEAD, x, area.bottom, name="today", line=INK, weight=2.0, group=group)
    word = "today"
    wide = width_of(word, FONT_FLOOR, bold=True) + 2
    sheet.words(
        Area(x - wide / 2, area.y, wide, HEAD), [word], lines=[word], size=FONT_FLOOR, bold=True, align="c",
        name="today word", group=group, pad=0,
    )  # fmt: skip
    end = "13 weeks"
    wide = width_of(end, FONT_FLOOR) + 2
    if _at(area, DAYS) - wide > x + 30 and shown:
        sheet.words(
            Area(area.right - wide, area.y, wide, HEAD), [end], lines=[end], size=FONT_FLOOR, ink=GREY,
            align="r", name="weeks", group=group, pad=0,
        )  # fmt: skip
