"""The status report as slides: where it stands, what moved, what to decide; each makes one point, its title.

The slide of what is late and due is the deck's own picture of the next 90 days, and comes between.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from imsmap.brief import told
from imsmap.brief.front import MOST_CHOICES
from imsmap.brief.status import estimated, figures_then_and_now, missing, price
from imsmap.drawing import (
    ALERT,
    FONT_FLOOR,
    GREY,
    INK,
    RULE,
    Area,
    Bars,
    Picture,
    Series,
    Sheet,
    Size,
    Table,
    badge,
    fit,
    frame,
    height_of,
    source_line,
    width_of,
)
from imsmap.drawing.look import Look
from imsmap.report import Report
from imsmap.wording import counted, in_words

if TYPE_CHECKING:
    from imsmap.analyses.status_report import ReportAnswer
    from imsmap.brief.model import Number, Stack, Stacks, Tone

_LETTER = 18.0
"""Of a standard's badge."""
_FLAT = 16.0
"""The height below which a part of a standing bar has no room for its number."""
_ASIDE = {800.0: 0.4, 10_000.0: 0.34}
"""Up to a slide's width in points, what of it stands beside a chart or a list."""
_GUTTER = 28.0


def standing(report: Report[ReportAnswer], size: Size) -> Picture:
    """Draw how it stands: the figures that count, and a bar for each clause and standard."""
    answer = report.answer
    sheet = Sheet(size)
    title = told.title(answer)
    source = source_line(answer.standards, report.data_version)
    place = frame(sheet, title, "", source)
    high = _numbers(sheet, place, told.numbers(answer))
    # Colours are those of our own standards here; whoever writes the slides puts the client's in their places.
    stacks = told.stacks(answer, Look())
    area = Area(place.x, place.y + high + 14, place.width, place.height - high - 14)
    notes: list[str] = []
    if stacks.rows:
        _stacks(sheet, area, stacks, notes)
        _legend(sheet, place, stacks.shown, f"behind each bar: {stacks.tones[stacks.counted].word.lower()}")
    alt = f"{title.replace('**', '')}. " + " ".join(filter(None, sheet.groups.values()))
    return sheet.picture("standing", title, alt, [report.message, *notes, *report.notes, source])


def course(report: Report[ReportAnswer], size: Size) -> Picture:
    """Draw what was still to do over time, and say what moved."""
    answer = report.answer
    sheet = Sheet(size)
    title = told.moved_title(answer)
    source = source_line(answer.standards, report.data_version)
    place = frame(sheet, title, "", source)
    aside = place.width * _aside(size)
    narrow = size.narrow
    wide = place.width if narrow else place.width - aside - _GUTTER
    chart_high = place.height * 0.6 if narrow else place.height
    _columns(sheet, Area(place.x, place.y, wide, chart_high), answer)
    notes: list[str] = []
    beside = (
        Area(place.x, place.y + chart_high + 12, place.width, place.height - chart_high - 12)
        if narrow
        else Area(place.right - aside, place.y, aside, place.height)
    )
    _figures(sheet, beside, answer, notes)
    _legend(sheet, place, told.columns(answer).shown, "above each bar: all that is still to do")
    what = told.moves(answer)
    alt = f"{title.replace('**', '')}. " + " ".join(filter(None, sheet.groups.values()))
    return sheet.picture("course", title, alt, [*(f"{one}." for one in what), *notes, *report.notes, source])


def deciding(report: Report[ReportAnswer], size: Size, by: str) -> Picture | None:
    """List what is to be decided, with what is missing and what it takes beside it; nothing if there is nothing."""
    answer = report.answer
    lacking, effort = missing(answer), answer.effort
    if not (answer.decisions or lacking or effort):
        return None
    sheet = Sheet(size)
    shown = answer.decisions[:MOST_CHOICES]
    if shown:
        first = shown[0].what[0].lower() + shown[0].what[1:].rstrip(".")
        title = f"We ask for **{counted(len(shown), 'decision')}**{', the first' if len(shown) > 1 else ''}: {first}"
    else:
        title = f"**Nothing is to be decided** by {in_words(answer.date)}"
    source = source_line(answer.standards, report.data_version)
    place = frame(sheet, title, "", source)
    notes: list[str] = []
    beside = [("What is missing", lacking)] if lacking else []
    if effort is not None:
        beside.append(("What it takes", (f"{price(effort)}.", estimated(effort, by))))
    aside = place.width * _aside(size) if beside and shown else 0.0
    wide = place.width - aside - (_GUTTER if aside else 0.0)
    if size.narrow or not shown:
        aside, wide = place.width, place.width
    high = 0.0
    if shown:
        room = place.height * 0.65 if size.narrow and beside else place.height
        high = _decisions(sheet, Area(place.x, place.y, wide, room), answer, notes)
    if beside:
        area = Area(place.right - aside, place.y, aside, place.height)
        if size.narrow and shown:
            area = Area(place.x, place.y + high + 16, place.width, place.height - high - 16)
        _lists(sheet, area, beside, notes)
    alt = f"{title.replace('**', '')}. " + " ".join(filter(None, sheet.groups.values()))
    rest = [f"Also: {one.what} {one.why}" for one in answer.decisions[MOST_CHOICES:]]
    return sheet.picture("deciding", title, alt, [*rest, *notes, *report.notes, source])


def _aside(size: Size) -> float:
    return next(share for most, share in _ASIDE.items() if size.width <= most)


# --- figures ---------------------------------------------------------------------------------------------------------


def _numbers(sheet: Sheet, place: Area, numbers: Sequence[Number]) -> float:
    """Set the figures beside each other, each with its words at its side; gives how high they are.

    Where a line has no room for all, they stand in two.
    """
    kind = sheet.type
    across, large = next(
        (
            (across, size)
            for across in (max(1, len(numbers)), 2)
            for size in (kind.hero_small, 36.0, 28.0)
            if all(
                width_of(str(one.n), size, bold=True) + 22 + _beside(sheet, one) <= place.width / across
                for one in numbers
            )
        ),
        (2, 24.0),
    )
    wide = place.width / across
    high = max(height_of(1, large), height_of(2, kind.body))
    for at, one in enumerate(numbers):
        row, column = divmod(at, across)
        x, y = place.x + column * wide, place.y + row * (high + 6)
        count = width_of(str(one.n), large, bold=True) + 2
        ink = ALERT if one.alarms else INK
        group = sheet.group(f"Figure {one.label}", f"{one.n} of {one.m} {one.label}.")
        sheet.words(
            Area(x, y, count, high), [str(one.n)], lines=[str(one.n)], size=large, bold=True, ink=ink, align="l",
            name=f"{one.label} count", group=group, pad=0,
        )  # fmt: skip
        lines = [f"of {one.m}", one.label]
        sheet.words(
            Area(x + count + 8, y, wide - count - 12, high), lines, lines=lines, size=kind.body, ink=INK, align="l",
            name=f"{one.label} word", group=group, pad=0,
        )  # fmt: skip
    rows = -(-len(numbers) // across)
    return rows * high + max(0, rows - 1) * 6


def _beside(sheet: Sheet, one: Number) -> float:
    return max(width_of(one.label, sheet.type.body), width_of(f"of {one.m}", sheet.type.body))


def _legend(sheet: Sheet, place: Area, tones: Sequence[Tone], more: str) -> None:
    """Say on the legend's line what each tone is, and what the figures beside the bars count."""
    x, y, high = place.x, place.bottom + 5.0, height_of(1, FONT_FLOOR)
    group = sheet.group("Legend")
    for tone in tones:
        sheet.mark(
            Area(x, y + 2, 18, high - 4), name=f"legend {tone.word}", fill=tone.fill, line=tone.line or None,
            dashed=tone.dashed, group=group,
        )  # fmt: skip
        wide = width_of(tone.word, FONT_FLOOR) + 4
        sheet.words(
            Area(x + 24, y, wide, high), [tone.word], lines=[tone.word], size=FONT_FLOOR, ink=GREY, align="l",
            name=f"legend {tone.word} word", group=group, role="legend", pad=0,
        )  # fmt: skip
        x += 24 + wide + 18
    room = place.right - x
    if width_of(more, FONT_FLOOR) <= room:
        sheet.words(
            Area(x, y, room, high), [more], lines=[more], size=FONT_FLOOR, ink=GREY, align="l", name="legend figures",
            group=group, role="legend", pad=0,
        )  # fmt: skip


# --- lying bars ------------------------------------------------------------------------------------------------------


def _stacks(sheet: Sheet, area: Area, stacks: Stacks, notes: list[str]) -> None:
    """Draw a row for each bar, all to one scale, with so many of how many behind it."""
    name = "Points by clause"
    bars = [(label, at, bar) for label, several in stacks.rows for at, bar in enumerate(several)]
    if not bars:
        return
    step = min(30.0 * sheet.size.height / 540, area.height / len(bars))
    size = next((one for one in (sheet.type.body, 12.0) if height_of(1, one) <= step), FONT_FLOOR)
    figures = width_of("000 of 000", size) + 10
    letters = max((_letter(bar, step) for _, _, bar in bars), default=0.0) + 10
    labels = min(
        max(width_of(label, size) for label, _, _ in bars) + 12, area.width * (0.42 if sheet.size.narrow else 0.32)
    )
    left = area.x + labels + letters
    scale = (area.right - left - figures) / max(1, stacks.most)
    high = step / 1.4
    for row, (label, at, bar) in enumerate(bars):
        y = area.y + row * step
        if at == 0:
            if row:
                sheet.rule(area.x, y, area.right, y, line=RULE, weight=0.5, name="between clauses")
            found = fit(label, labels - 8, max(step, height_of(1, size)), (size, FONT_FLOOR))
            if found.short:
                notes.append(f"In full: {label}.")
            sheet.words(
                Area(area.x, y, labels - 8, step), [found.text if found.short else label], lines=found.lines,
                size=found.size, align="l", name=f"{label} label", pad=0,
            )  # fmt: skip
        _bar(sheet, Area(left, y, area.right - left, step), stacks, (label, bar), (scale, high, letters, size), name)
    series = []
    for at, tone in enumerate(stacks.tones):
        values = tuple(float(bar.counts[at]) for _, _, bar in bars)
        # One series has one look: its numbers show where each that there is has room.
        roomy = high >= height_of(1, FONT_FLOOR) and all(
            not value or width_of(f"{value:.0f}", FONT_FLOOR, bold=True) <= value * scale - 2 for value in values
        )
        series.append(
            Series(tone.word, values, tone.fill, tone.line or None, tone.ink, labelled=roomy, dashed=tone.dashed)
        )
    told_ = " ".join(
        f"{' '.join(filter(None, (label, bar.letter)))}: {bar.counts[stacks.counted]} of {bar.total}."
        for label, _, bar in bars
    )
    chart = Bars(
        Area(left, area.y, stacks.most * scale, step * len(bars)),
        tuple(" ".join(filter(None, (label, bar.letter))) for label, _, bar in bars),
        tuple(series), float(max(1, stacks.most)), gap=40, size=FONT_FLOOR,
    )  # fmt: skip
    sheet.chart(name, chart, told_)


def _letter(bar: Stack, step: float) -> float:
    side = min(_LETTER, step - 2)
    return 0.0 if bar.look is None else max(side, width_of(bar.letter, FONT_FLOOR, bold=True) + side / 2)


def _bar(
    sheet: Sheet, area: Area, stacks: Stacks, row: tuple[str, Stack], how: tuple[float, float, float, float], name: str
) -> None:
    (label, bar), (scale, high, letters, size) = row, how
    y = area.y + (area.height - high) / 2
    if bar.look is not None:
        side = min(_LETTER, area.height - 2)
        badge(
            sheet, area.x - letters, area.y + (area.height - side) / 2, bar.letter, bar.look, side=side,
            name=f"{label} {bar.letter}",
        )  # fmt: skip
    x = area.x
    for tone, count in zip(stacks.tones, bar.counts, strict=True):
        part = Area(x, y, count * scale, high)
        x = part.right
        if not count:
            continue
        sheet.box(
            part, name=f"{label} {bar.letter} {tone.word}", fill=tone.fill, line=tone.line or None, dashed=tone.dashed,
            role="bar", holder=name,
        )  # fmt: skip
    said = f"{bar.counts[stacks.counted]} of {bar.total}"
    sheet.words(
        Area(x + 8, area.y, area.right - x - 8, area.height), [said], lines=[said], size=size, align="l",
        name=f"{label} {bar.letter} figure", pad=0,
    )  # fmt: skip


# --- standing bars ---------------------------------------------------------------------------------------------------


def _columns(sheet: Sheet, area: Area, answer: ReportAnswer) -> None:
    """Draw a bar for each moment, what is worst at its foot, and the sum above it."""
    columns = told.columns(answer)
    name = "Points still to do"
    lines = max(len(label.split("\n")) for label in columns.labels)
    foot, head = height_of(lines, FONT_FLOOR) + 6, height_of(1, sheet.type.body) + 2
    count = len(columns.labels)
    most = max(1, *(sum(counts) for counts in columns.counts))
    high = area.height - foot - head
    scale = high / most
    step = min(area.width / count, 130.0)
    if any(width_of(one, FONT_FLOOR) > step for label in columns.labels for one in label.split("\n")):
        columns = evolve(columns, labels=tuple(label.replace("version\u00a0", "v") for label in columns.labels))
    wide = step / 1.4
    base = area.y + head + high
    for at, (label, counts) in enumerate(zip(columns.labels, columns.counts, strict=True)):
        x, y = area.x + at * step, base
        left = x + (step - wide) / 2
        for tone, number in zip(columns.tones, counts, strict=True):
            if not number:
                continue
            part = Area(left, y - number * scale, wide, number * scale)
            y = part.y
            sheet.box(
                part, name=f"{at + 1} {tone.word}", fill=tone.fill, line=tone.line or None, dashed=tone.dashed,
                role="bar", holder=name,
            )  # fmt: skip
            if part.height >= _FLAT:
                sheet.words(
                    part, [str(number)], lines=[str(number)], size=FONT_FLOOR, ink=tone.ink, align="c", holder=name,
                    name=f"{at + 1} {tone.word} count", pad=0,
                )  # fmt: skip
        total = str(sum(counts))
        sheet.words(
            Area(x, y - head, step, head), [total], lines=[total], size=sheet.type.body, bold=True, align="c",
            name=f"{at + 1} in all", pad=0,
        )  # fmt: skip
        day = label.split("\n")
        sheet.words(
            Area(x, base + 5, step, height_of(len(day), FONT_FLOOR)), [label], lines=day, size=FONT_FLOOR, align="c",
            anchor="t", name=f"{at + 1} day", pad=0,
        )  # fmt: skip
    sheet.rule(area.x, base, area.x + step * count, base, line=INK, weight=1.0, name="nothing left")
    series = []
    for at, tone in enumerate(columns.tones):
        values = tuple(float(counts[at]) for counts in columns.counts)
        roomy = all(not value or value * scale >= _FLAT for value in values)
        series.append(
            Series(tone.word, values, tone.fill, tone.line or None, tone.ink, labelled=roomy, dashed=tone.dashed)
        )
    chart = Bars(
        Area(area.x, area.y + head, step * count, high), tuple(" ".join(one.split("\n")) for one in columns.labels),
        tuple(series), float(most), gap=40, size=FONT_FLOOR, upright=True,
    )  # fmt: skip
    sheet.chart(name, chart, columns.alt)


def _figures(sheet: Sheet, area: Area, answer: ReportAnswer, notes: list[str]) -> None:
    """Set figures then and now as a table, and below it what moved, a line each."""
    name, body = "Figures then and now", sheet.type.body
    head, *rows = figures_then_and_now(answer)
    size = next(
        (one for one in (body, 12.0)
         if sum(max(width_of(row[at], one) for row in (head, *rows)) + 10 for at in range(3)) <= area.width),
        FONT_FLOOR,
    )  # fmt: skip
    wide = max(width_of(row[at], size) for row in (head, *rows) for at in (1, 2)) + 10
    widths = (area.width - 2 * wide, wide, wide)
    lines = 1 if max(width_of(row[0], size) for row in rows) <= widths[0] - 6 else 2
    step = min(max(25.0, height_of(lines, size) + 6), area.height / (len(rows) + 1))
    cells: dict[tuple[int, int], str] = {}
    for at, row in enumerate((head, *rows)):
        for column, text in enumerate(row):
            found = fit(text, widths[column] - 6, step, (size, FONT_FLOOR))
            cells[at, column] = sheet.words(
                Area(area.x + sum(widths[:column]), area.y + at * step, widths[column], step), [found.text],
                lines=found.lines, size=found.size, ink=GREY if at == 0 else INK, align="r" if column else "l",
                name=f"{row[0]} {column + 1}", holder=name, role="cell", pad=0,
            )  # fmt: skip
    heights = (step,) * (len(rows) + 1)
    rules = {0: (1.0, INK)} | dict.fromkeys(range(1, len(rows) + 1), (0.75, RULE))
    sheet.table(
        name, Table(Area(area.x, area.y, area.width, sum(heights)), widths, heights, cells, rules),
        " ".join(f"{row[0]}: {row[1]} then, {row[2]} now." for row in rows),
    )  # fmt: skip
    top = area.y + sum(heights) + 16
    what = told.moves(answer)
    if what and area.bottom - top >= height_of(1, FONT_FLOOR):
        sheet.fitted(
            Area(area.x, top, area.width, area.bottom - top), [f"{one}." for one in what],
            sizes=(body, 12.0, FONT_FLOOR), notes=notes, name="What moved", role="words", align="l", anchor="t", pad=0,
            hang=True,
        )  # fmt: skip


# --- what is to be decided -------------------------------------------------------------------------------------------


def _decisions(sheet: Sheet, area: Area, answer: ReportAnswer, notes: list[str]) -> float:
    """Set what is to be decided as a table, with its reason and until when; gives how high it is."""
    name, body = "Decisions", sheet.type.body
    shown = answer.decisions[:MOST_CHOICES]
    by = [f"by {in_words(one.by, short=True)}" if one.by else "by ___________" for one in shown]
    number = width_of("0", sheet.type.head, bold=True) + 14
    day = max(width_of(text, body) for text in by) + 12
    widths = (number, area.width - number - day, day)
    room = min(area.height / len(shown), 130.0)
    sizes = (body, 12.0) if sheet.size.narrow else (sheet.type.head, 16.0, body, 12.0)
    top = area.y
    cells: dict[tuple[int, int], str] = {}
    heights = []
    for at, one in enumerate(shown):
        wide = widths[1] - 16
        what = fit(one.what, wide, room * 0.5, sizes, bold=True)
        why = fit(one.why, wide, room - 20 - height_of(len(what.lines), what.size), (body, 12.0, FONT_FLOOR))
        if why.short or what.short:
            notes.append(f"In full: {one.what} {one.why}")
        first, second = height_of(len(what.lines), what.size), height_of(len(why.lines), why.size)
        high = first + second + 20
        cells[at, 0] = sheet.words(
            Area(area.x, top + 8, number, first), [str(at + 1)], lines=[str(at + 1)], size=sheet.type.head, bold=True,
            align="l", anchor="t", name=f"Number {at + 1}", holder=name, role="cell", pad=0,
        )  # fmt: skip
        cells[at, 1] = sheet.words(
            Area(area.x + number, top + 8, wide, first), [" ".join(what.lines)], lines=what.lines, size=what.size,
            bold=True, align="l", anchor="t", name=f"Decision {at + 1}", holder=name, role="cell", pad=0,
        )  # fmt: skip
        group = sheet.group(f"Why {at + 1}", one.why)
        sheet.words(
            Area(area.x + number, top + 8 + first, wide, second), [" ".join(why.lines)], lines=why.lines, size=why.size,
            ink=GREY, align="l", anchor="t", name=f"Reason {at + 1}", group=group, role="mark", pad=0,
        )  # fmt: skip
        cells[at, 2] = sheet.words(
            Area(area.x + number + widths[1], top + 8, day, first), [by[at]], lines=[by[at]], size=body, align="r",
            anchor="t", name=f"By {at + 1}", holder=name, role="cell", pad=0,
        )  # fmt: skip
        heights.append(high)
        top += high
    rules = dict.fromkeys(range(len(shown)), (0.75, RULE))
    table = Table(Area(area.x, area.y, area.width, sum(heights)), widths, tuple(heights), cells, rules, heads=0)
    sheet.table(name, table, " ".join(f"{at}. {one.what} {one.why}" for at, one in enumerate(shown, 1)))
    return sum(heights)


def _lists(sheet: Sheet, area: Area, lists: Sequence[tuple[str, Sequence[str]]], notes: list[str]) -> None:
    """Set lists below each other, each under its head."""
    kind, top = sheet.type, area.y
    head = height_of(1, kind.head)
    for at, (title, lines) in enumerate(lists):
        left = len(lists) - at
        room = (area.bottom - top) / left - head - 14
        group = sheet.group(title, " ".join(lines))
        sheet.words(
            Area(area.x, top, area.width, head), [title], lines=[title], size=kind.head, bold=True, align="l",
            name=f"{title} head", group=group, pad=0,
        )  # fmt: skip
        node = sheet.fitted(
            Area(area.x, top + head + 2, area.width, room), list(lines), sizes=(kind.body, 12.0, FONT_FLOOR),
            notes=notes, name=title, group=group, role="words", align="l", anchor="t", pad=0, hang=True,
        )  # fmt: skip
        part = sheet.parts[node]
        high = height_of(len(part.lines), part.size)
        sheet.parts[node] = evolve(part, area=Area(area.x, top + head + 2, area.width, high))
        top += head + high + 22
