"""The slide of the open majors: where, what is missing, what is done about it, by whom and by when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from imsmap.agenda import when
from imsmap.brief.status import NO_DATE, NOBODY, NOTHING_YET
from imsmap.drawing import (
    ALERT,
    FONT_FLOOR,
    GREY,
    INK,
    RULE,
    Area,
    Picture,
    Sheet,
    Size,
    Table,
    badge,
    even_size,
    fit,
    frame,
    palettes,
    source_line,
    width_of,
)
from imsmap.report import Report
from imsmap.wording import counted

if TYPE_CHECKING:
    from imsmap.analyses.status_report import ReportAnswer
    from imsmap.analyses.status_report.answer import OpenMajor

_MOST = 6
_HEAD, _LOWEST, _TALLEST = 24.0, 34.0, 62.0
_GUTTER = 16.0
_NAME = "Open majors"
_HEADS = ("Clause", "What is missing", "What is done", "Who", "Due")


def majors(report: Report[ReportAnswer], size: Size) -> Picture | None:
    """Draw a row for each of the first open majors, those first that nobody has taken on; nothing if none is open."""
    answer = report.answer
    if not answer.majors:
        return None
    sheet = Sheet(size)
    title = _title(answer)
    source = source_line(answer.standards, report.data_version)
    most = min(_MOST, len(answer.majors))
    more = f"{most} of {len(answer.majors)} shown, all stand in the notes and on the sheet Requirements. "
    place = frame(sheet, title, "", f"{more if most < len(answer.majors) else ''}{source}")
    notes: list[str] = []
    _table(sheet, place, answer, answer.majors[:most], notes)
    notes += [f"And {_whole(one)}." for one in answer.majors[most:]]
    alt = f"{title.replace('**', '')}. {'; '.join(map(_whole, answer.majors))}."
    return sheet.picture("majors", title, alt, [report.message, *notes, *report.notes, source])


def _title(answer: ReportAnswer) -> str:
    count = answer.figure("majors").count
    said = f"**{count.n} of {counted(count.m, 'major')}** found {'is' if count.n == 1 else 'are'} still open"
    late = sum(one.action is not None and one.action.is_overdue for one in answer.majors)
    loose = sum(not one.is_planned for one in answer.majors)
    more = [f"{late} late"] if late else []
    more += [f"{loose} that nobody has taken on"] if loose else []
    return f"{said}{f', {more[0]}' if more else ''}{f' and {more[1]}' if len(more) > 1 else ''}"


def _said(one: OpenMajor) -> tuple[str, str, str]:
    """Say what is done, by whom and by when."""
    action = one.action
    if action is None:
        return NOTHING_YET, NOBODY, NO_DATE
    return action.text, action.owner or NOBODY, when(action, NO_DATE)


def _whole(one: OpenMajor) -> str:
    what, who, due = _said(one)
    return f"{one.place} {one.title}: {one.gap} {what} ({who}, {due})"


def _table(sheet: Sheet, place: Area, answer: ReportAnswer, shown: Sequence[OpenMajor], notes: list[str]) -> None:
    body = sheet.type.body
    looks = palettes(answer.standards)
    said = [_said(one) for one in shown]
    letters = max(18.0, *(width_of(side.label, 12.0, bold=True) + 10 for side in answer.standards)) + 6
    clause = max(width_of(one.number, body) for one in shown) + letters + _GUTTER
    due = max(width_of(date, body, bold=True) for _, _, date in said) * 1.15 + 8
    who = min(place.width * 0.18, max(width_of(name, body, bold=True) for _, name, _ in said) * 1.1 + _GUTTER)
    wide = (place.width - clause - who - due) / 2
    widths = (clause, wide, wide, who, due)
    lefts = [place.x + sum(widths[:at]) for at in range(len(widths))]
    high = min(_TALLEST * sheet.size.height / 540, max(_LOWEST, (place.height - _HEAD) / len(shown)))
    texts = [(one.number, one.gap, *words) for one, words in zip(shown, said, strict=True)]
    insets = (letters, 0.0, 0.0, 0.0, -_GUTTER)
    sizes = [
        even_size([row[at] for row in texts], widths[at] - insets[at] - _GUTTER, high, (body, 13.0, 12.0, FONT_FLOOR))
        for at in range(len(widths))
    ]
    cells: dict[tuple[int, int], str] = {}
    for at, word in enumerate(_HEADS):
        cells[0, at] = sheet.words(
            Area(lefts[at], place.y, widths[at], _HEAD), [word], lines=[word], size=FONT_FLOOR, ink=GREY,
            name=f"{word} head", holder=_NAME, role="cell", align="l", pad=0,
        )  # fmt: skip
    for row, (one, words) in enumerate(zip(shown, texts, strict=True), 1):
        top = place.y + _HEAD + (row - 1) * high
        group = sheet.group(f"Major {row}", f"{_whole(one)}.")
        badge(
            sheet, lefts[0], top + high / 2 - 9, one.side.label, looks[one.side.key], name=f"Clause {row} badge",
            group=group,
        )  # fmt: skip
        late = one.action is not None and one.action.is_overdue
        for at, text in enumerate(words):
            room = Area(lefts[at] + max(0.0, insets[at]), top, widths[at] - insets[at] - _GUTTER, high)
            alarms = text in (NOTHING_YET, NOBODY, NO_DATE) or (late and at == len(words) - 1)
            found = fit(text, room.width, room.height, (sizes[at],))
            if found.short:
                notes.append(f"In full: {text}")
            cells[row, at] = sheet.words(
                room, [" ".join(found.lines) if found.short else text], lines=found.lines, size=found.size,
                ink=ALERT if alarms else INK, bold=alarms, name=f"{_HEADS[at]} {row}", holder=_NAME, role="cell",
                align="l", pad=0,
            )  # fmt: skip
    heights = (_HEAD, *(high for _ in shown))
    rules = {0: (1.0, INK)} | dict.fromkeys(range(1, len(heights)), (0.75, RULE))
    table = Table(Area(place.x, place.y, place.width, sum(heights)), widths, heights, cells, rules)
    sheet.table(_NAME, table, " ".join(f"{_whole(one)}." for one in shown))
