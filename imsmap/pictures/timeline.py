"""Edition windows: how long the old one counts, when the new one came, seen from today."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from imsmap import about
from imsmap.analyses.timeline import Event, TimelineAnswer
from imsmap.drawing import (
    FAINT,
    FONT_FLOOR,
    GREY,
    INK,
    PAPER,
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
    held,
    palettes,
    source_line,
    width_of,
    wrap,
)
from imsmap.parts import Side
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import in_words, listed

ABOUT = about.Picture(of="timeline", slide="edition windows", place=100)
AXIS, GAP, FOOT = 22.0, 6.0, 48.0
"""How high the words for years are, what stands between two bars, what today and the last line take."""
TALLEST, BAR = 146.0, 36.0
MOST_QUIET = 3
"""So many editions have a row each, even those to which nothing happens."""
AFTER, NEW, AHEAD = 0.25, 1.0, 3.0
"""How far the line goes after the last date, after an edition to come, and after today where no date lies ahead."""


@frozen
class Window:
    """An edition in time; what is not known is missing."""

    side: Side
    published: Event
    amended: tuple[Event, ...]
    replaced: Event | None
    last: Event | None
    ends: Event | None
    successor: Side | None = None
    """The edition that replaces it, if it is one of the standards and has nothing to tell beyond its own coming."""

    @property
    def name(self) -> str:
        """The designation without its year."""
        return self.side.designation.rpartition(":")[0] or self.side.designation

    @property
    def year(self) -> str:
        """The year by which the edition is called."""
        return self.side.designation.rpartition(":")[2] if ":" in self.side.designation else self.published.date[:4]


@frozen
class Axis:
    """The line of time: its place, the height of the words for years, its first year, how many points a year takes."""

    area: Area
    head: float
    first: int
    year: float
    today: float | None
    """Where today is, if a day was given."""

    def at(self, date: str, *, end: bool = False) -> float:
        """Give the place of a date, within the line; end: the last day of a month or year without one."""
        return min(self.area.right, max(self.area.x, self.area.x + (_year(date, end=end) - self.first) * self.year))


def draw(report: Report[TimelineAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw a row for each edition on one page."""
    answer = report.answer
    standards = answer.standards
    looks = palettes(standards)
    every = [_window(side, answer.events) for side in standards]
    title = _title(every, answer)
    windows = _joined(every)
    reported = sorted({event.confidence for event in answer.events if event.kind in _ENDS and event.is_reported})
    source = source_line(standards, report.data_version)
    if reported:
        sure = " and ".join(f"{one:g}" for one in reported)
        source = f"Last new certificates and ends of transitions: reported, confidence {sure} (of 1). {source}"
    if answer.today:
        source = f"Seen from {in_words(answer.today)}. {source}"
    sheet = Sheet(size)
    place = frame(sheet, title, "", source)
    notes: list[str] = []
    windows, quiet = _moving(windows, answer)
    names = max(width_of(one.name, sheet.type.head, bold=True) for one in windows)
    names += max(width_of(one.successor.label, 16.0, bold=True) + 16 if one.successor else 0.0 for one in windows)
    label = min(max(142.0, names + 42), place.width * 0.3)
    said = 2 * height_of(1, sheet.type.body) + 4 if quiet else 0
    words = f"{answer.confirm[0].upper()}{answer.confirm[1:]}: it may ask for the change earlier, at your next audit."
    lines = max(1, len(wrap(words, place.width - label, sheet.type.body)))
    # What is to be confirmed has the lines that it takes on a narrow page.
    foot = max(FOOT, 26 + height_of(lines, sheet.type.body)) if answer.replaced else FOOT
    line = Area(place.x + label, place.y, place.width - label, place.height - foot - said)
    head = AXIS * max(1.0, sheet.type.body / 14)
    axis = _axis(line, head, windows, answer)
    high = min(TALLEST * size.height / 540, (line.height - head) / len(windows))
    for at, window in enumerate(windows):
        area = Area(place.x, place.y + head + at * high, place.width, high)
        _row(sheet, area, window, looks, axis, answer, notes)
    bottom = place.y + head + len(windows) * high
    _years(sheet, axis, bottom)
    _today(sheet, axis, answer, bottom)
    if answer.replaced:
        # As high as needed, so that white space is left below.
        below = min(bottom + 22 + height_of(lines, sheet.type.body) + 4, place.bottom) if quiet else place.bottom
        sheet.fitted(
            Area(line.x, bottom + 22, line.width, below - bottom - 22), [words],
            sizes=(sheet.type.body, 12.0, FONT_FLOOR), notes=notes, name="Confirm", role="words", pad=0, anchor="t",
        )  # fmt: skip
        if quiet:
            sheet.fitted(
                Area(line.x, below, line.width, place.bottom - below),
                [f"No successor in these data: {listed(held(one.side.designation) for one in quiet)}."],
                sizes=(sheet.type.body, 12.0, FONT_FLOOR), notes=notes, name="Quiet", role="words", pad=0, anchor="t",
                ink=GREY,
            )  # fmt: skip
    sources = [
        f"{event.date}, {event.kind}: {event.what} (confidence {event.confidence:g}"
        f"{', reported' if event.is_reported else ''}). Source: {event.source}"
        for event in answer.events
    ]
    alt = f"{title.replace('**', '')}. " + " ".join(filter(None, sheet.groups.values()))
    told = [report.message, *notes, *dict.fromkeys(sources), *report.notes, source]
    return (sheet.picture("timeline", title, alt, told),)


_ENDS = ("last certificates", "ends")


# --- what it says ----------------------------------------------------------------------------------------------------


def _window(side: Side, events: Iterable[Event]) -> Window:
    mine = [event for event in events if event.standard == side.key]
    first = {event.kind: event for event in reversed(mine)}
    amended = tuple(event for event in mine if event.kind == "amended")
    return Window(
        side, first["published"], amended, first.get("replaced"), first.get("last certificates"), first.get("ends")
    )


def _moving(windows: list[Window], answer: TimelineAnswer) -> tuple[list[Window], list[Window]]:
    """Part editions to which something happens on the line from the others, if there are many."""
    if len(windows) <= MOST_QUIET:
        return windows, []
    first = _bounds(windows, answer)[0]

    def moves(one: Window) -> bool:
        return one.replaced is not None or any(_year(it.date) >= first for it in (one.published, *one.amended))

    moving = [one for one in windows if moves(one)]
    # Where nothing is replaced, the rows are all there is.
    return (moving, [one for one in windows if not moves(one)]) if answer.replaced else (windows, [])


def _joined(windows: Sequence[Window]) -> list[Window]:
    """Let an edition stand once: in the row of the one that it replaces, if all there is to tell is when it came."""
    plain = {one.side.designation: one.side for one in windows if one.replaced is None and not one.amended}
    found = [evolve(one, successor=None if one.replaced is None else plain.get(one.replaced.what)) for one in windows]
    told = {one.successor.key for one in found if one.successor is not None}
    return [one for one in found if one.side.key not in told]


def _title(windows: Sequence[Window], answer: TimelineAnswer) -> str:
    replaced = [one for one in windows if one.replaced is not None]
    total = len(windows)
    if not replaced:
        whose = (
            f"The edition of {held(windows[0].side.designation)} has no"
            if total == 1
            else f"{'Neither edition' if total == 2 else f'None of the {total} editions'} has a"
        )
        return f"**{whose} successor** in these data: {answer.confirm} before you plan"
    who = {1: "The edition", 2: "Both editions"}.get(total, f"All {total} editions")
    if len(replaced) < total:
        who = f"{len(replaced)} of {total} editions"
    one = len(replaced) == 1
    dates = [window.replaced.date for window in replaced if window.replaced is not None]
    when = {date[:4] for date in dates}
    past = bool(answer.today) and max(dates) <= answer.today
    year = f" in {min(when)}" if len(when) == 1 else ""
    told = (
        f"{who} {'was' if one else 'were'} replaced{year}" if past else f"{who} {'has' if one else 'have'} a successor"
    )
    left = sorted(
        (months, window.side.designation) for window in replaced if (months := _left(window, answer)) is not None
    )
    if not left:
        return f"{told}: **{answer.confirm}** how long the old one counts"
    (months, name), *others = left
    first = f"**{months} {'month' if months == 1 else 'months'} left for {held(name)}**"
    rest = [f"{count} for {held(other)}" for count, other in others]
    if len(rest) > 2:
        rest = [*rest[:1], f"more for {len(rest) - 1} others"]
    return f"{told}: {', '.join((first, *rest))}"


def _left(window: Window, answer: TimelineAnswer) -> int | None:
    """Count the whole months that the old edition still counts; nothing where no end, or no day of today, is known."""
    if window.ends is None or not answer.today:
        return None
    today, end = _date(answer.today), _date(window.ends.date, end=True)
    return max(0, (end.year - today.year) * 12 + end.month - today.month - (end.day < today.day))


def _date(text: str, *, end: bool = False) -> datetime.date:
    """Read a date: `2015`, `2015-09` or `2015-09-15`; end: the last day of what is told."""
    parts = [int(part) for part in text.split("-")]
    month = parts[1] if len(parts) > 1 else 12 if end else 1
    day = parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1] if end else 1
    return datetime.date(parts[0], month, day)


def _year(text: str, *, end: bool = False) -> float:
    """Give a date as a year with its part."""
    day = _date(text, end=end)
    whole = datetime.date(day.year + 1, 1, 1) - datetime.date(day.year, 1, 1)
    return day.year + (day - datetime.date(day.year, 1, 1)) / whole


# --- where it stands -------------------------------------------------------------------------------------------------


def _axis(area: Area, head: float, windows: Sequence[Window], answer: TimelineAnswer) -> Axis:
    first, last, now = _bounds(windows, answer)
    year = area.width / (last - first)
    return Axis(area, head, first, year, area.x + (now - first) * year if answer.today else None)


def _bounds(windows: Sequence[Window], answer: TimelineAnswer) -> tuple[int, float, float]:
    """Let the line begin this year and end a quarter after the last date; tell when today is, too."""
    ends = [_year(event.date, end=True) for event in answer.events if event.kind in _ENDS]
    came = [_year(event.date) for event in answer.events if event.kind == "replaced"]
    now = _year(answer.today) if answer.today else min(came, default=max(_year(one.published.date) for one in windows))
    first = int(min([now, *ends]))
    to_come = [year + NEW for one in windows if (year := _year(one.published.date)) > now]
    last = max([*(date + AFTER for date in (now, *came, *ends)), *to_come])
    if not ends or any(one.replaced is not None and one.ends is None for one in windows):
        last = max(last, max([now, *came]) + AHEAD)
    return first, last, now


def _years(sheet: Sheet, axis: Axis, bottom: float) -> None:
    last = int(axis.first + axis.area.width / axis.year + 1e-6)
    group = sheet.group("Years", f"From {axis.first} to {last}.")
    need = width_of("2000", sheet.type.body) + 16
    every = next(step for step in (1, 2, 5, 10, 50) if step * axis.year >= need)
    for year in range(axis.first, last + 1):
        x = axis.area.x + (year - axis.first) * axis.year
        if (year - axis.first) % every or x > axis.area.right:
            continue
        sheet.rule(x, axis.area.y, x, axis.area.y + axis.head, name=f"Line {year}", line=RULE, group=group)
        if axis.area.right - x >= need:
            sheet.words(
                Area(x + 8, axis.area.y, need - 8, axis.head), [str(year)], lines=[str(year)], size=sheet.type.body,
                name=f"Year {year}", group=group, ink=GREY, pad=0, align="l",
            )  # fmt: skip
        for top, foot in _free(sheet, x, axis.area.y + axis.head, bottom):
            sheet.rule(x, top, x, foot, name=f"Line {year} below", line=FAINT, group=group)


def _free(sheet: Sheet, x: float, top: float, bottom: float) -> list[tuple[float, float]]:
    """Give where a line at x runs between bars and words, so that it stands behind them."""
    taken = sorted(
        (part.area.y, part.area.bottom)
        for part in sheet.parts.values()
        if part.area.x - 2 < x < part.area.right + 2 and part.area.y >= top - 1 and part.area.bottom <= bottom + 1
        and (part.lines or part.fill)
    )  # fmt: skip
    found = []
    for start, end in [*taken, (bottom, bottom)]:
        if start > top + 2:
            found.append((top, start))
        top = max(top, end)
    return found


def _today(sheet: Sheet, axis: Axis, answer: TimelineAnswer, bottom: float) -> None:
    if axis.today is None:
        return
    group = sheet.group("Today", f"Today is {answer.today}.")
    sheet.rule(axis.today, axis.area.y, axis.today, bottom, name="today", line=INK, weight=2.0, group=group)
    wide = width_of("today", 12.0, bold=True) + 16
    left = min(max(axis.today - wide / 2, axis.area.x - wide / 2), axis.area.right - wide)
    sheet.box(
        Area(left, bottom, wide, 18), ["today"], lines=["today"], size=12.0, bold=True, fill=INK, ink=PAPER,
        align="c", pad=0, name="today word", group=group, role="mark",
    )  # fmt: skip


def _row(
    sheet: Sheet, area: Area, window: Window, looks: Mapping[str, Colours], axis: Axis, answer: TimelineAnswer,
    notes: list[str],
) -> None:  # fmt: skip
    key, look = window.side.key, looks[window.side.key]
    next_ = look if window.successor is None else looks[window.successor.key]
    group = sheet.group(f"Edition {window.side.label}", _alt(window, answer))
    _name(sheet, Area(area.x, area.y, axis.area.x - area.x - 10, area.height), window, looks, answer, group, notes)
    small = area.height < 90
    under = height_of(1, FONT_FLOOR) if small else height_of(1, sheet.type.body) + 2
    gap = 1.0 if small else GAP
    high = min(BAR, (area.height - under - gap * (4 if small else 5)) / 2)
    top = area.y + (16.0 if area.height >= 120 else gap)
    start = axis.at(window.published.date)
    if window.replaced is None:
        bar = Area(start, top, axis.area.right - start, high)
        sheet.mark(bar, name=f"{key} edition", fill=look.dark, group=group)
        words = f"{window.year} edition, published {in_words(window.published.date)}"
        current = window.side.status == "current"
        _words(sheet, bar, axis, [f"{words}, current", words] if current else [words], look.on_dark, f"{key} words",
               group, notes)  # fmt: skip
        _below(sheet, Area(axis.area.x, bar.bottom + gap, axis.area.width, under), window, axis, axis.area.right, group,
               notes)  # fmt: skip
        return
    came = axis.at(window.replaced.date)
    ends = axis.at(window.ends.date, end=True) if window.ends else axis.area.right
    fades = axis.at(window.last.date, end=True) if window.last else max(start, came)
    fades = min(fades, ends)
    told = (
        [f"no new {window.year} certificates", "no new certificates"] if window.last else
        [f"in transition: {answer.confirm}", "in transition"]
    )  # fmt: skip
    # Words stand on what has not begun to fade, so that they can be read on any ground.
    span = Area(fades, top, (ends - fades) * 0.75, high)
    found = _room(sheet, span, axis, told, bold=False)
    solid = fades if found is None else found[0].right + 4
    sheet.mark(Area(start, top, max(solid - start, 0.5), high), name=f"{key} edition", fill=look.tint, group=group)
    if ends - solid > 1:
        sheet.mark(Area(solid, top, ends - solid, high), name="fades", fill=look.tint, fades=PAPER, group=group)
    before = Area(start, top, max(fades - start, 0.5), high)
    _words(sheet, before, axis, [f"{window.year} edition", window.year], INK, f"{key} words", group, notes)
    if window.last:
        sheet.rule(fades, top, fades, top + high, name="last certificates", line=look.dark, weight=1.5, group=group)
    _words(sheet, span, axis, told, INK, f"{key} in transition", group, notes, bold=False)
    low = top + high + gap
    new = Area(came, low, axis.area.right - came, high)
    sheet.mark(new, name=f"{key} successor", fill=next_.dark, group=group)
    year = window.replaced.what.rpartition(":")[2]
    sure = f" (confidence {window.replaced.confidence:g})" if window.replaced.is_reported else ""
    _words(
        sheet, new, axis,
        [f"{year} edition, published {in_words(window.replaced.date)}{sure}", f"{year} edition", year],
        next_.on_dark, f"{key} new words", group, notes,
    )  # fmt: skip
    if window.ends:
        sheet.rule(ends, top - 5, ends, top + high + gap, name="ends", line=look.line, weight=1.5,
                   dashed=window.ends.is_reported, group=group)  # fmt: skip
        sheet.rule(ends, low + high, ends, low + high + 5, name="ends", line=look.line, weight=1.5, group=group)
    under_bars = Area(axis.area.x, low + high + (1 if small else 3), axis.area.width, under)
    _below(sheet, under_bars, window, axis, ends, group, notes)


def _below(
    sheet: Sheet, area: Area, window: Window, axis: Axis, ends: float, group: str, notes: list[str]
) -> None:  # fmt: skip
    """Write under the bars until when the old edition counts, and mark its amendments."""
    key = window.side.key
    free = ends
    # No words stand across today's line, where there is room for them behind it.
    left = axis.today + 6 if axis.today is not None and ends - axis.today > 150 else area.x
    if window.ends:
        sure = f": reported, confidence {window.ends.confidence:g}" if window.ends.is_reported else ""
        short = f"ends {in_words(window.ends.date)}"
        for text in (f"transition {short}{sure}", f"{short}{sure}", short):
            found = fit(text, ends - left - 4, area.height, (sheet.type.body, 12.0, FONT_FLOOR))
            if not found.short:
                break
        if found.short:
            notes.append(f"In full: {text}.")
        wide = min(width_of(found.text, found.size) + 2, ends - left)
        free = ends - wide - 4
        sheet.words(
            Area(ends - wide - 4, area.y, wide, area.height), [found.text], lines=found.lines, size=found.size,
            ink=GREY, name=f"{key} ends", group=group, pad=0, align="r",
        )  # fmt: skip
    shown = [one for one in window.amended if _year(one.date) >= axis.first]
    for number, one in enumerate(shown, 1):
        x = axis.at(one.date)
        sheet.mark(
            Area(x - 4, area.y, 8, 8), name=f"{key} amendment {number}", shape="triangle", fill=GREY, group=group
        )
        text = f"{in_words(one.date)} {one.what.partition(': ')[0]}"
        after = axis.at(shown[number].date) - 6 if number < len(shown) else free
        if axis.today is not None and x < axis.today:
            after = min(after, axis.today - 4)
        if x + 8 + width_of(text, FONT_FLOOR) + 2 <= after:
            sheet.words(
                Area(x + 8, area.y, width_of(text, FONT_FLOOR) + 2, min(area.height, height_of(1, FONT_FLOOR) + 2)),
                [text], lines=[text], size=FONT_FLOOR, ink=GREY, pad=0, align="l", name=f"{key} amended {number}",
                group=group,
            )  # fmt: skip


def _alt(window: Window, answer: TimelineAnswer) -> str:
    events = (window.published, *window.amended, window.replaced, window.last, window.ends)
    said = "; ".join(f"{one.kind} {one.date}" for one in events if one is not None)
    left = _left(window, answer)
    return f"{window.side.designation}: {said}" + (f"; {left} months left" if left is not None else "") + "."


def _name(
    sheet: Sheet, area: Area, window: Window, looks: Mapping[str, Colours], answer: TimelineAnswer, group: str,
    notes: list[str],
) -> None:  # fmt: skip
    """Write whose edition it is, and how many months are left."""
    tall = area.height >= 120
    top = area.y + (16.0 if tall else 2.0)
    side = 24.0 if tall else 18.0
    wide = 0.0
    for one in filter(None, (window.side, window.successor)):
        over = wide + 4 if wide else 0.0
        wide = over + badge(
            sheet, area.x + over, top, one.label, looks[one.key], side=side, name=f"{one.key} head", group=group
        )
    sheet.fitted(
        Area(area.x + wide + 8, top, area.width - wide - 8, side), [window.name],
        sizes=(sheet.type.head, 16.0, 14.0, 12.0, FONT_FLOOR) if tall else (14.0, 12.0, FONT_FLOOR), notes=notes,
        name=f"{window.side.key} name", role="words", bold=True, pad=0, align="l", group=group,
    )  # fmt: skip
    left = _left(window, answer)
    if left is None:
        return
    top += side + 2
    # A hero number where it has room above the next row, at last as small as a label.
    tried = (sheet.type.hero_small, 36.0, 28.0, 22.0, 18.0, 14.0, 12.0, FONT_FLOOR)
    number = next((one for one in tried if top + height_of(1, one) <= area.bottom), 0.0)
    if not number:
        return
    word = "month left" if left == 1 else "months left"
    high = height_of(1, number)
    step = width_of(str(left), number, bold=True) + 2
    sheet.words(
        Area(area.x, top, step, high), [str(left)], lines=[str(left)], size=number, bold=True, pad=0, align="l",
        name=f"{window.side.key} months", group=group,
    )  # fmt: skip
    told = fit(word, area.width - step - 8, high, (14.0, 12.0, FONT_FLOOR))
    if tall and width_of("months", 14.0) <= area.width - step - 8:
        told = fit(word, width_of("months", 14.0) + 2, high, (14.0,))
    sheet.words(
        Area(area.x + step + 6, top, area.width - step - 6, high), [word], lines=told.lines, size=told.size, pad=0,
        align="l", name=f"{window.side.key} left", group=group,
    )  # fmt: skip


def _words(
    sheet: Sheet, bar: Area, axis: Axis, texts: Sequence[str], ink: str, name: str, group: str, notes: list[str],
    *, bold: bool = True,
) -> None:  # fmt: skip
    """Write the first text that has room on a bar; what has none is in the notes."""
    found = _room(sheet, bar, axis, texts, bold=bold)
    if found is None:
        notes.append(f"In full: {texts[0]}.")
        return
    area, text, size = found
    sheet.words(
        area, [text], lines=[text], size=size, bold=bold, ink=ink, name=name, group=group, pad=0, align="l"
    )  # fmt: skip


def _room(
    sheet: Sheet, bar: Area, axis: Axis, texts: Sequence[str], *, bold: bool
) -> tuple[Area, str, float] | None:  # fmt: skip
    """Find the first text that has room on a bar, before or behind the line of today: its place, itself, its size."""
    pieces = [(bar.x + 8, bar.right - 4)]
    if axis.today is not None and bar.x < axis.today < bar.right:
        pieces = [(bar.x + 8, axis.today - 4), (axis.today + 8, bar.right - 4)]
    for text in texts:
        for size in (sheet.type.body, 12.0, FONT_FLOOR):
            wide = width_of(text, size, bold) + 2
            for left, right in pieces:
                if right - left >= wide and height_of(1, size) <= bar.height + 0.4:
                    return Area(left, bar.y, wide, bar.height), text, size
    return None
