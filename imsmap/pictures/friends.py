"""Same number, different duty: the clause numbers that lead astray, and the reverse: one matter, other numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from imsmap import about
from imsmap.analyses.friends import FriendsAnswer, SameMatter
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
    Table,
    badge,
    differ,
    fit,
    frame,
    height_of,
    held,
    palettes,
    source_line,
    width_of,
    wrap,
)
from imsmap.parts import ClauseName, Side
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import listed

ABOUT = about.Picture(of="friends", slide="same number, different duty", place=70)
NAME = "Numbers that mislead"
MOST, PAIRS = 6, 3
"""How many numbers are shown, and how many pairs of the reverse."""
HEAD, TALLEST, LEAST = 34.0, 92.0, 40.0
"""The row above, and how high a row may be and must be, on a slide of 540 points."""
PAD = 10.0
"""Between the rule above a row and its words."""
_SCALES: tuple[tuple[float, float, float], ...] = (
    (16.0, 14.0, 14.0), (14.0, 14.0, 14.0), (14.0, 12.0, 12.0), (16.0, 14.0, 0.0), (14.0, 14.0, 0.0),
    (14.0, 12.0, 0.0), (12.0, 11.0, 0.0), (14.0, 0.0, 0.0), (12.0, 0.0, 0.0), (11.0, 0.0, 0.0),
)  # fmt: skip
"""Sizes of a title, of what it is about, and of its counterpart, that are tried in turn; 0: not on the slide."""


@frozen
class Cell:
    """What a number is in one standard: its clause, what that is about, where its counterpart stands."""

    clause: ClauseName
    gist: str
    note: str


@frozen
class Said:
    """A paragraph of a cell: what it is called, its words, their size and look."""

    name: str
    text: str
    size: float
    bold: bool
    ink: str


Scale = tuple[float, float, float]
"""The sizes of a title, of what it is about, of its counterpart."""
Rows = Mapping[str, Mapping[str, Cell]]
"""The cells of each number, by standard."""


def draw(report: Report[FriendsAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw a row for each number that misleads, and below them the strongest pairs of the reverse; one page."""
    answer = report.answer
    standards = answer.standards
    looks = palettes(standards)
    rows = _rows(answer)
    # The higher a clause stands, the more it leads astray; shown in the order of their numbers, as the answer has it.
    level = {number: min(len(cell.clause.line) for cell in row.values()) for number, row in rows.items()}
    title = _title(standards, rows)
    source = source_line(standards, report.data_version)
    sheet = Sheet(size)
    place = frame(sheet, title, "", source)
    unit = size.height / 540
    pairs = _pairs(answer, rows)
    below = (72.0 if pairs else 0.0) * max(1.0, sheet.type.body / 14)
    fits = max(1, int((place.height - HEAD - below - height_of(1, sheet.type.body)) / (LEAST * unit)))
    chosen = sorted(rows, key=lambda number: level[number])[: min(MOST, fits)]
    shown = {number: row for number, row in rows.items() if number in chosen}
    rest = [number for number in rows if number not in chosen]
    notes: list[str] = []
    foot = below + (height_of(1, sheet.type.body) + PAD if rest else 0.0)
    high = min(TALLEST * unit, (place.height - HEAD - foot) / max(1, len(shown)))
    area = Area(place.x, place.y, place.width, HEAD + high * len(shown))
    misled = [side for side in standards if any(side.key in row for row in shown.values())]
    if len(misled) == 2:
        _two(sheet, area, misled, looks, shown, notes)
    elif shown:
        _several(sheet, area, misled, looks, shown, notes)
    notes += _others([side for side in standards if shown and side not in misled])
    top = area.bottom if shown else place.y
    if rest:
        sheet.fitted(
            Area(place.x, top + PAD / 2, place.width, height_of(1, sheet.type.body)),
            [f"and {len(rest)} more: {', '.join(rest)}"], sizes=(sheet.type.body, 12.0, FONT_FLOOR), notes=notes,
            name="More", role="words", pad=0, ink=GREY,
        )  # fmt: skip
        top += height_of(1, sheet.type.body) + PAD
    if pairs:
        _reverse(sheet, Area(place.x, top, place.width, place.bottom - top), standards, looks, pairs, answer)
    notes += [f"And {number}: {_told(standards, rows[number])}." for number in rest]
    notes += dict.fromkeys(friend.note for friend in answer.false_friends if friend.note)
    notes += [cell.note for row in rows.values() for cell in row.values() if cell.note]
    notes += _other_numbers(answer)
    alt = f"{title.replace('**', '')}. " + " ".join(filter(None, sheet.groups.values()))
    return (sheet.picture("friends", title, alt, [report.message, *notes, *report.notes, source]),)


# --- what it says ----------------------------------------------------------------------------------------------------


def _rows(answer: FriendsAnswer) -> Rows:
    labels = {side.key: side.label for side in answer.standards}
    rows: dict[str, dict[str, Cell]] = {}
    for friend in answer.false_friends:
        row = rows.setdefault(friend.number, {})
        for clause, gist in ((friend.subject, friend.subject_gist), (friend.object, friend.object_gist)):
            if clause.standard not in row:
                row[clause.standard] = Cell(clause, gist, _counterpart(clause, answer.hidden_friends, labels))
    return rows


def _counterpart(clause: ClauseName, hidden: Sequence[SameMatter], labels: Mapping[str, str]) -> str:
    """Say where the counterpart of a clause stands, the strongest; nothing where none is known."""
    found = sorted((one for one in map(_turned(clause), hidden) if one is not None), key=lambda ends: ends[2].rank)
    if not found:
        return ""
    mine, _, first = found[0]
    theirs = [other for one, other, pair in found if one == mine and pair.rank == first.rank]
    told = [_label(one, labels) for one in theirs]
    if len({one.standard for one in theirs}) == 1:
        told[1:] = [one.number for one in theirs[1:]]
    if first.kin.is_core:
        return f"Counterpart of {_label(mine, labels)} is {listed(told)}."
    return f"Look at {_label(mine, labels)} with {listed(told)}."


def _turned(clause: ClauseName) -> Callable[[SameMatter], tuple[ClauseName, ClauseName, SameMatter] | None]:
    """Give a pair as seen from a clause: what is the clause or stands under it, the other end, and the pair."""

    def seen(pair: SameMatter) -> tuple[ClauseName, ClauseName, SameMatter] | None:
        for mine, other in ((pair.subject, pair.object), (pair.object, pair.subject)):
            if mine.standard == clause.standard and clause.number in mine.line:
                return mine, other, pair
        return None

    return seen


def _label(clause: ClauseName, labels: Mapping[str, str]) -> str:
    return held(f"{labels[clause.standard]} {clause.number}")


def _told(standards: Sequence[Side], row: Mapping[str, Cell]) -> str:
    return "; ".join(
        f"{one.designation}: {row[one.key].clause.title}" + (f" ({row[one.key].gist})" if row[one.key].gist else "")
        for one in standards
        if one.key in row
    )


def _title(standards: Sequence[Side], rows: Collection[str]) -> str:
    names = [held(one.designation) for one in standards]
    between = f" among {len(names)} standards" if len(names) > 2 else ""
    if not rows:
        told = between or f" between {listed(names)}"
        return f"**No clause number misleads**{told}"
    numbers = "1 clause number misleads" if len(rows) == 1 else f"{len(rows)} clause numbers mislead"
    them = "by it" if len(rows) == 1 else "them"
    return f"**{numbers}**{between}: same number, different duty; never merge {them}"


def _pairs(answer: FriendsAnswer, rows: Rows) -> list[SameMatter]:
    """Choose the strongest pairs, each of another matter, and none that a row tells of already."""
    clauses = [cell.clause for row in rows.values() for cell in row.values()]
    found: dict[str, SameMatter] = {}
    series = {side.key: side.designation.rpartition(":")[0] for side in answer.standards}

    def order(one: SameMatter) -> tuple[object, ...]:
        # Where a clause went in a new edition is told by the picture of that.
        return (series[one.subject.standard] == series[one.object.standard], *one.rank, len(one.topics))

    for one in sorted(answer.hidden_friends, key=order):
        if not any(_turned(clause)(one) for clause in clauses):
            found.setdefault(one.matter, one)
    return list(found.values())[:PAIRS]


def _others(standards: Sequence[Side]) -> Iterator[str]:
    """Say of which standards no number stands here: an empty column says nothing."""
    if standards:
        yield f"Of {listed(one.designation for one in standards)} no number is known to mislead."


def _other_numbers(answer: FriendsAnswer) -> Iterator[str]:
    if answer.hidden_friends:
        labels = {side.key: side.label for side in answer.standards}
        told = (f"{_label(one.subject, labels)} and {_label(one.object, labels)}" for one in answer.hidden_friends)
        yield f"Other number, same matter: {'; '.join(told)}."


# --- where it stands -------------------------------------------------------------------------------------------------


def _two(
    sheet: Sheet, area: Area, standards: Sequence[Side], looks: Mapping[str, Colours], rows: Rows, notes: list[str]
) -> None:
    """Write the number, what it is in the one standard, the sign, and what it is in the other."""
    unit = area.width / 888
    sign = 24.0
    left = area.x + max(150 * unit, 96.0)
    width = (area.right - left - 40 * unit - sign) / 2
    lefts = (left, area.right - width)
    if not rows:
        return
    heads = sheet.group("Heads", f"{' and '.join(one.designation for one in standards)}.")
    for side, x in zip(standards, lefts, strict=True):
        _head(sheet, Area(x, area.y, width, HEAD - 6), side, looks[side.key], heads)
    high = (area.height - HEAD) / len(rows)
    cells = [cell for row in rows.values() for cell in row.values()]
    scale = next((one for one in _SCALES if all(_fits(cell, width, high - PAD, one) for cell in cells)), _SCALES[-1])
    number_size = min(_number_size(sheet, number, left - area.x - 10, high - 6) for number in rows)
    for at, (number, row) in enumerate(rows.items()):
        top = area.y + HEAD + at * high
        group = sheet.group(f"Clause {number}", f"{number} misleads: {_told(standards, row)}.")
        sheet.rule(area.x, top, area.right, top, line=RULE)
        sheet.words(
            Area(area.x, top + PAD - number_size * 0.2, left - area.x - 8, height_of(1, number_size)), [number],
            size=number_size, bold=True, name=f"Clause {number}", group=group, pad=0, align="l",
        )  # fmt: skip
        differ(sheet, lefts[1] - 20 * unit - sign / 2, top + PAD + height_of(1, scale[0]) / 2, sign * 0.42, group=group)
        for side, x in zip(standards, lefts, strict=True):
            if side.key in row:
                _cell(sheet, Area(x, top + PAD, width, high - PAD), row[side.key], scale, group, notes)
    sheet.rule(area.x, area.bottom, area.right, area.bottom, line=RULE)


def _number_size(sheet: Sheet, number: str, width: float, height: float) -> float:
    sizes = (sheet.type.hero_small, 36.0, 28.0, 24.0, 20.0, 16.0, 14.0)
    fits = (one for one in sizes if width_of(number, one, bold=True) <= width and one * 1.05 <= height)
    return next(fits, FONT_FLOOR)


def _head(sheet: Sheet, area: Area, side: Side, look: Colours, group: str) -> None:
    wide = badge(sheet, area.x, area.y + 5, side.label, look, name=f"{side.key} head", group=group) + 8
    one_line = (one for one in (14.0, 12.0) if width_of(side.designation, one, bold=True) <= area.width - wide)
    told = fit(side.designation, area.width - wide, 28, (next(one_line, FONT_FLOOR),), bold=True)
    sheet.words(
        Area(area.x + wide, area.y, area.width - wide, 28), [told.text], lines=told.lines, size=told.size, bold=True,
        name=f"{side.key} name", group=group, pad=0, align="l",
    )  # fmt: skip


def _said(cell: Cell, scale: Scale) -> list[Said]:
    """Give what a cell says at some sizes; what is missing, or has no size, is left out."""
    ref = cell.clause.ref
    told = (
        Said(ref, cell.clause.title or cell.clause.name, scale[0], True, INK),
        Said(f"{ref} gist", cell.gist[:1].upper() + cell.gist[1:], scale[1], False, INK),
        Said(f"{ref} note", cell.note, scale[2], False, GREY),
    )
    return [one for one in told if one.text and one.size]


def _fits(cell: Cell, width: float, height: float, scale: Scale) -> bool:
    told = _said(cell, scale)
    return sum(height_of(len(wrap(one.text, width, one.size, one.bold)), one.size) for one in told) <= height


def _cell(sheet: Sheet, area: Area, cell: Cell, scale: Scale, group: str, notes: list[str]) -> None:
    top = area.y
    for one in _said(cell, scale):
        found = fit(one.text, area.width, area.bottom - top, (one.size,), one.bold)
        if found.short:
            notes.append(f"In full: {one.text}.")
        high = height_of(len(found.lines), one.size)
        sheet.words(
            Area(area.x, top, area.width, high), [found.text], lines=found.lines, size=one.size, bold=one.bold,
            ink=one.ink, name=one.name, group=group, pad=0, align="l", anchor="t",
        )  # fmt: skip
        top += high


def _several(
    sheet: Sheet, area: Area, standards: Sequence[Side], looks: Mapping[str, Colours], rows: Rows, notes: list[str]
) -> None:
    """Write a table: the numbers down, the standards across."""
    first = max(width_of(number, 18.0, bold=True) for number in rows) + 40
    width = (area.width - first) / len(standards)
    high = (area.height - HEAD) / len(rows)
    heads = sheet.group("Heads", f"Columns: {', '.join(one.designation for one in standards)}.")
    cells: dict[tuple[int, int], str] = {}
    for at, side in enumerate(standards):
        _head(sheet, Area(area.x + first + at * width, area.y, width - 8, HEAD - 6), side, looks[side.key], heads)
    told = [cell for row in rows.values() for cell in row.values()]
    scale = next(
        (one for one in _SCALES if not one[2] and all(_fits(cell, width - 10, high - PAD, one) for cell in told)),
        _SCALES[-1],
    )
    for at, (number, row) in enumerate(rows.items()):
        top = area.y + HEAD + at * high
        group = sheet.group(f"Clause {number}", f"{number} misleads: {_told(standards, row)}.")
        cells[at + 1, 0] = sheet.words(
            Area(area.x, top, first - 34, high), [number], size=18.0, bold=True, name=f"Clause {number}", holder=NAME,
            role="cell", pad=0, align="l",
        )  # fmt: skip
        differ(sheet, area.x + first - 24, top + high / 2, 8, group=group)
        for place, side in enumerate(standards):
            if side.key not in row:
                continue
            cell = row[side.key]
            said = _said(cell, scale)
            room = Area(area.x + first + place * width, top, width - 10, high)
            found = fit(said[0].text, room.width, high - 4, (scale[0],), bold=True)
            if found.short:
                notes.append(f"In full: {cell.clause.title}.")
            title = f"**{found.text}**"
            cells[at + 1, place + 1] = sheet.words(
                room, [title, *(one.text for one in said[1:])], size=scale[0] if len(said) == 1 else scale[1],
                name=cell.clause.ref, holder=NAME, role="cell", pad=0, align="l",
            )  # fmt: skip
    rules = dict.fromkeys(range(1, len(rows) + 1), (0.75, RULE)) | {0: (1.0, INK)}
    table = Table(area, (first, *[width] * len(standards)), (HEAD, *[high] * len(rows)), cells, rules)
    sheet.table(NAME, table, " ".join(f"{number}: {_told(standards, row)}." for number, row in rows.items()))


def _reverse(
    sheet: Sheet, area: Area, standards: Sequence[Side], looks: Mapping[str, Colours], pairs: Sequence[SameMatter],
    answer: FriendsAnswer,
) -> None:  # fmt: skip
    """Name the strongest pairs that are one matter under two numbers."""
    labels = {side.key: side.label for side in standards}
    body = sheet.type.body
    line = height_of(1, body)
    left = max(150 * area.width / 888, width_of("other number,", body) + 12)
    top = area.y + 10
    group = sheet.group(
        "The reverse",
        "Other number, same matter: "
        + "; ".join(
            ", ".join(filter(None, (f"{_label(p.subject, labels)} and {_label(p.object, labels)}", p.matter)))
            for p in pairs
        )
        + ".",
    )
    sheet.words(
        Area(area.x, top, left - 8, 3 * line), ["**The reverse**", "other number,", "same matter"], size=body,
        name="reverse", group=group, pad=0, align="l", anchor="t",
    )  # fmt: skip
    width = (area.width - left) / len(pairs)
    shown = 0
    for at, pair in enumerate(pairs):
        x = area.x + left + at * width
        ends = (pair.subject, pair.object)
        wide = sum(26 + width_of(labels[one.standard] + one.number, 16, bold=True) + 14 for one in ends)
        if wide > width + 14:
            continue
        shown += 1
        for one in ends:
            x += 6 + badge(
                sheet, x, top + 1, labels[one.standard], looks[one.standard], name=f"{one.ref} badge {at}", group=group
            )  # fmt: skip
            step = width_of(one.number, 16, bold=True) + 2
            sheet.words(
                Area(x, top, step, 20), [one.number], lines=[one.number], size=16, bold=True, pad=0, align="l",
                name=f"reverse {at} {one.ref}", group=group,
            )  # fmt: skip
            x += step + 10
        told = fit(pair.matter, width - 12, line, (body, 12.0, FONT_FLOOR))
        if not pair.matter:
            continue
        sheet.words(
            Area(area.x + left + at * width, top + 22, width - 12, line), [told.text], lines=told.lines, size=told.size,
            name=f"reverse {at} matter", group=group, pad=0, align="l",
        )  # fmt: skip
    total = len(answer.hidden_friends)
    if shown < total:
        told = fit(f"{shown} of {total} pairs shown: the strongest.", area.width - left, line, (body, 12.0, FONT_FLOOR))
        sheet.words(
            Area(area.x + left, top + 22 + line, area.width - left, line), [told.text], lines=told.lines,
            size=told.size, ink=GREY, name="reverse more", group=group, pad=0, align="l",
        )  # fmt: skip
