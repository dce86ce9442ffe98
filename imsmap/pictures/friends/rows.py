"""The rows of numbers that mislead: what each is in one standard and in another, beside each other or as a table."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from attrs import evolve

from imsmap.drawing import (
    FONT_FLOOR,
    GREY,
    INK,
    RULE,
    Area,
    Colours,
    Sheet,
    Table,
    badge,
    breaks_word,
    differ,
    fit,
    height_of,
    width_of,
    wrap,
)
from imsmap.drawing.rich import rich, wrap_rich
from imsmap.parts import ClauseName, Side
from imsmap.values import frozen
from imsmap.wording import bare, together

NAME = "Numbers that mislead"
HEAD, TALLEST, LEAST, LEAST_OF_MANY = 34.0, 92.0, 40.0, 30.0
"""The row above, and how high a row may be and must be, on a slide of 540 points."""
PAD = 10.0
"""Between the rule above a row and its words."""
_SCALES: tuple[tuple[float, float, float], ...] = (
    (16.0, 14.0, 14.0), (14.0, 14.0, 14.0), (14.0, 12.0, 12.0), (16.0, 14.0, 0.0), (14.0, 14.0, 0.0),
    (14.0, 12.0, 0.0), (12.0, 11.0, 0.0), (14.0, 0.0, 0.0), (12.0, 0.0, 0.0), (11.0, 0.0, 0.0),
)  # fmt: skip
"""Sizes of a title, of what it is about, and of its counterpart, that are tried in turn; 0: not on the slide."""
FEW = 3
"""Of more standards, titles go on over the empty columns beside them, with the labels of whose they are."""


@frozen
class Cell:
    """What a number is in one standard: its clause, what that is about, where its counterpart stands.

    against: the standards (keys) with which it misleads.
    """

    clause: ClauseName
    gist: str
    note: str
    against: frozenset[str] = frozenset()


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


def told_of(standards: Sequence[Side], row: Mapping[str, Cell]) -> str:
    """Say what a number is in each standard."""
    return "; ".join(
        f"{one.designation}: {row[one.key].clause.title}" + (f" ({row[one.key].gist})" if row[one.key].gist else "")
        for one in standards
        if one.key in row
    )


@frozen
class Span:
    """What stands in a row from a column on, over so many columns: whose it is, and what the number is there.

    name: the references of its clauses.
    """

    at: int
    over: int
    label: str
    cell: Cell
    name: str

    @property
    def text(self) -> str:
        """Write it with its labels, which are bold."""
        return f"**{self.label}** {self.title}"

    @property
    def title(self) -> str:
        """What the number is about in its clause's words."""
        return self.cell.clause.name or self.cell.clause.title


def spans_of(row: Mapping[str, Cell], standards: Sequence[Side]) -> list[Span]:
    """Join neighbours for which a number is the same, and let each go on over the empty columns to its right."""
    found: list[Span] = []
    for at, side in enumerate(standards):
        cell = row.get(side.key)
        if cell is None:
            found[-1:] = [evolve(one, over=one.over + 1) for one in found[-1:]]
            continue
        mine = Span(at, 1, side.label, cell, cell.clause.ref)
        before = found[-1] if found else None
        beside = [one.key for one in standards[before.at : at]] if before is not None else []
        # Two that mislead each other stay apart, whatever they are called.
        alike = before is not None and before.title == mine.title and cell.against.isdisjoint(beside)
        if before is not None and alike and set(beside) <= row.keys():
            label = together((before.label, side.label))
            found[-1] = evolve(before, over=before.over + 1, label=label, name=f"{before.name} {mine.name}")
        else:
            found.append(mine)
    return found


def least_heights(rows: Rows, width: float, standards: Sequence[Side], least: float) -> dict[str, float]:
    """Give the height that each row needs at least so that no title in it is cut; of two standards all have room."""
    if len(standards) < 3 or not rows:
        return dict.fromkeys(rows, least)
    if listed_below(rows, width, standards):
        room = width - _columns(rows, width, 1)[0]
        return {
            number: max(least, height_of(sum(_lines(one, room, 12.0) for one in spans_of(row, standards)), 12.0) + PAD)
            for number, row in rows.items()
        }
    one = _columns(rows, width, len(standards))[1]
    found = {}
    for number, row in rows.items():
        if len(standards) > FEW:
            size = 12.0
            lines = max(_lines(span, one * span.over - 10, size) for span in spans_of(row, standards))
        else:
            size = FONT_FLOOR
            lines = max(len(wrap(_said(cell, _SCALES[-1])[0].text, one - 10, size, bold=True)) for cell in row.values())
        found[number] = max(least, height_of(lines, size) + 1.5 * PAD)
    return found


def listed_below(rows: Rows, width: float, standards: Sequence[Side]) -> bool:
    """Tell whether columns are narrower than a word of theirs: then what a number is stands in lines instead."""
    if len(standards) < 3 or not rows:
        return False
    column = _columns(rows, width, len(standards))[1] - 10
    titles = (cell.clause.name or cell.clause.title for row in rows.values() for cell in row.values())
    bold = len(standards) <= FEW
    return any(width_of(word, 12.0, bold) > column for title in titles for word in title.split(" "))


def _lines(span: Span, width: float, size: float) -> int:
    return len(wrap_rich(rich(span.text), width, size))


def _scales(sheet: Sheet) -> tuple[Scale, ...]:
    """Give the sizes that are tried: on larger paper larger ones first."""
    factor = sheet.type.body / 14
    larger = ((round(16 * factor, 1), sheet.type.body, sheet.type.body),) if factor > 1 else ()
    return (*larger, *((a, b, 0.0) for a, b, _ in larger), *_SCALES)


def draw_two(
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
    names = _names(sheet, standards, width)
    for side, x in zip(standards, lefts, strict=True):
        _head(sheet, Area(x, area.y, width, HEAD - 6), side, looks[side.key], heads, names)
    high = (area.height - HEAD) / len(rows)
    cells = [cell for row in rows.values() for cell in row.values()]
    fits = (one for one in _scales(sheet) if all(_fits(cell, width, high - PAD, one) for cell in cells))
    scale = next(fits, _SCALES[-1])
    number_size = min(_number_size(sheet, number, left - area.x - 10, high - 6) for number in rows)
    for at, (number, row) in enumerate(rows.items()):
        top = area.y + HEAD + at * high
        group = sheet.group(f"Clause {number}", f"{number} misleads: {told_of(standards, row)}.")
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


def _names(sheet: Sheet, standards: Sequence[Side], width: float) -> tuple[dict[str, str], float]:
    """Choose how the standards are called above their columns, in one size: whole, else all by number and year."""
    whole = {side.key: side.designation for side in standards}
    numbers = {key: bare(name) for key, name in whole.items()}
    wide = max(18.0, *(width_of(side.label, 12.0, bold=True) + 9 for side in standards)) + 8
    large = max(14.0, sheet.type.body)
    for names, size in ((whole, large), (whole, 12.0), (numbers, large), (numbers, 12.0)):
        if all(width_of(name, size, bold=True) <= width - wide for name in names.values()):
            return names, size
    return whole, FONT_FLOOR


def _head(
    sheet: Sheet, area: Area, side: Side, look: Colours, group: str, names: tuple[Mapping[str, str], float]
) -> None:
    wide = badge(sheet, area.x, area.y + 5, side.label, look, name=f"{side.key} head", group=group) + 8
    told = fit(names[0][side.key], area.width - wide, 28, (names[1],), bold=True)
    sheet.words(
        Area(area.x + wide, area.y, area.width - wide, 28), [told.text], lines=told.lines, size=told.size, bold=True,
        name=f"{side.key} name", group=group, pad=0, align="l",
    )  # fmt: skip


def _said(cell: Cell, scale: Scale) -> list[Said]:
    """Give what a cell says at some sizes; what is missing, or has no size, is left out."""
    ref = cell.clause.ref
    told = (
        Said(ref, cell.clause.name or cell.clause.title, scale[0], True, INK),
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


def _columns(rows: Rows, width: float, several: int) -> tuple[float, float]:
    """Give the widths of the column of numbers and of those of the standards."""
    first = max(width_of(number, 18.0, bold=True) for number in rows) + 40
    return first, (width - first) / several


def draw_several(
    sheet: Sheet, area: Area, standards: Sequence[Side], looks: Mapping[str, Colours], rows: Rows,
    highs: Sequence[float], notes: list[str],
) -> None:  # fmt: skip
    """Write a table: the numbers down, the standards across."""
    if listed_below(rows, area.width, standards):
        _draw_listed(sheet, area, standards, rows, highs)
        return
    first, width = _columns(rows, area.width, len(standards))
    heads = sheet.group("Heads", f"Columns: {', '.join(one.designation for one in standards)}.")
    cells: dict[tuple[int, int], str] = {}
    names = _names(sheet, standards, width - 8)
    for at, side in enumerate(standards):
        above = Area(area.x + first + at * width, area.y, width - 8, HEAD - 6)
        _head(sheet, above, side, looks[side.key], heads, names)
    write = _row_of_spans if len(standards) > FEW else _row_of_cells
    write(sheet, area, standards, rows, highs, cells, notes)
    rules = dict.fromkeys(range(1, len(rows) + 1), (0.75, RULE)) | {0: (1.0, INK)}
    table = Table(area, (first, *[width] * len(standards)), (HEAD, *highs), cells, rules)
    sheet.table(NAME, table, " ".join(f"{number}: {told_of(standards, row)}." for number, row in rows.items()))


def _draw_listed(sheet: Sheet, area: Area, standards: Sequence[Side], rows: Rows, highs: Sequence[float]) -> None:
    """Write a table of two columns: the number, and what it is in each standard, each in a line of its own."""
    first = _columns(rows, area.width, 1)[0]
    cells: dict[tuple[int, int], str] = {}
    rest = area.width - first
    heads = (("Number", 0.0, first - 8), ("What it is, and in which standards", first, rest))
    for at, (word, x, wide) in enumerate(heads):
        cells[0, at] = sheet.words(
            Area(area.x + x, area.y, wide, HEAD), [word], lines=[word], size=FONT_FLOOR, ink=GREY, name=f"{word} head",
            holder=NAME, role="cell", pad=0, align="l",
        )  # fmt: skip
    spans = [spans_of(row, standards) for row in rows.values()]

    def fits(size: float) -> bool:
        tall = (sum(_lines(one, rest, size) for one in found) for found in spans)
        return all(height_of(lines, size) <= high - PAD for lines, high in zip(tall, highs, strict=True))

    size = next((one for one in (sheet.type.body, 12.0) if fits(one)), FONT_FLOOR)
    tops = itertools.accumulate(highs, initial=area.y + HEAD)
    for at, (number, found, high, top) in enumerate(zip(rows, spans, highs, tops, strict=False), start=1):
        group = sheet.group(f"Clause {number}", f"{number} misleads: {told_of(standards, rows[number])}.")
        cells[at, 0] = _numbered(sheet, Area(area.x, top, first, high), number, size, group)
        cells[at, 1] = sheet.words(
            Area(area.x + first, top + PAD, rest, high - PAD), [one.text for one in found], size=size, holder=NAME,
            name=" ".join(one.name for one in found), role="cell", pad=0, align="l", anchor="t",
        )  # fmt: skip
    rules = dict.fromkeys(range(1, len(rows) + 1), (0.75, RULE)) | {0: (1.0, INK)}
    table = Table(area, (first, rest), (HEAD, *highs), cells, rules)
    sheet.table(NAME, table, " ".join(f"{number}: {told_of(standards, row)}." for number, row in rows.items()))


def _row_of_cells(
    sheet: Sheet, area: Area, standards: Sequence[Side], rows: Rows, highs: Sequence[float],
    cells: dict[tuple[int, int], str], notes: list[str],
) -> None:  # fmt: skip
    """Write what each number is in each standard, with what that is about."""
    first, width = _columns(rows, area.width, len(standards))
    told = [(cell, high) for row, high in zip(rows.values(), highs, strict=True) for cell in row.values()]
    tried = (one for one in _scales(sheet) if not one[2])
    fits = (one for one in tried if all(_fits(cell, width - 10, high - PAD, one) for cell, high in told))
    scale = next(fits, _SCALES[-1])
    tops = itertools.accumulate(highs, initial=area.y + HEAD)
    for at, ((number, row), high, top) in enumerate(zip(rows.items(), highs, tops, strict=False)):
        group = sheet.group(f"Clause {number}", f"{number} misleads: {told_of(standards, row)}.")
        cells[at + 1, 0] = _numbered(sheet, Area(area.x, top, first, high), number, scale[0], group)
        for place, side in enumerate(standards):
            if side.key not in row:
                continue
            cell = row[side.key]
            said = _said(cell, scale)
            room = Area(area.x + first + place * width, top + PAD, width - 10, high - PAD)
            found = fit(said[0].text, room.width, room.height, (scale[0],), bold=True)
            if found.short:
                notes.append(f"In full: {said[0].text}.")
            title = f"**{found.text}**"
            cells[at + 1, place + 1] = sheet.words(
                room, [title, *(one.text for one in said[1:])], size=scale[0] if len(said) == 1 else scale[1],
                name=cell.clause.ref, holder=NAME, role="cell", pad=0, align="l", anchor="t",
            )  # fmt: skip


def _numbered(sheet: Sheet, area: Area, number: str, size: float, group: str) -> str:
    """Write a number before its row, whose words have that size, and the sign that it misleads."""
    higher = (18.0 - size) * 0.9  # the first lines of all stand on one base line
    differ(sheet, area.right - 24, area.y + PAD + height_of(1, size) / 2, 8, group=group)
    return sheet.words(
        Area(area.x, area.y + PAD - higher, area.width - 34, area.height - PAD + higher), [number], size=18.0,
        bold=True, name=f"Clause {number}", holder=NAME, role="cell", pad=0, align="l", anchor="t",
    )  # fmt: skip


def _row_of_spans(
    sheet: Sheet, area: Area, standards: Sequence[Side], rows: Rows, highs: Sequence[float],
    cells: dict[tuple[int, int], str], notes: list[str],
) -> None:  # fmt: skip
    """Write what each number is, once where neighbours agree, with room up to the next one."""
    first, width = _columns(rows, area.width, len(standards))
    told = [(spans_of(row, standards), high) for row, high in zip(rows.values(), highs, strict=True)]
    sizes = tuple(dict.fromkeys((sheet.type.body, 14.0, 12.0)))

    def fits(size: float) -> bool:
        return all(
            height_of(_lines(one, width * one.over - 10, size), size) <= high - PAD
            and not breaks_word(one.title, width * one.over - 10, size)
            for found, high in told
            for one in found
        )

    size = next((one for one in sizes if fits(one)), FONT_FLOOR)
    tops = itertools.accumulate(highs, initial=area.y + HEAD)
    for at, ((number, row), (found, high), top) in enumerate(zip(rows.items(), told, tops, strict=False)):
        group = sheet.group(f"Clause {number}", f"{number} misleads: {told_of(standards, row)}.")
        cells[at + 1, 0] = _numbered(sheet, Area(area.x, top, first, high), number, size, group)
        for one in found:
            room = Area(area.x + first + one.at * width, top + PAD, width * one.over - 10, high - PAD)
            title = fit(f"{one.label} {one.title}", room.width, room.height, (size,), bold=True)
            if title.short and height_of(_lines(one, room.width, size), size) > room.height:
                notes.append(f"In full: {one.title}.")
                text = f"**{one.label}** {title.text.removeprefix(one.label).strip()}"
            else:
                text = one.text
            cells[at + 1, one.at + 1] = sheet.words(
                room, [text], size=size, name=one.name, holder=NAME, role="cell", pad=0, align="l",
                anchor="t",
            )  # fmt: skip
