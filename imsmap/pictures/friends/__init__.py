"""Same number, different duty: the clause numbers that lead astray, and the reverse: one matter, other numbers."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from imsmap import about
from imsmap.analyses.friends import FriendsAnswer, SameMatter
from imsmap.drawing import (
    FONT_FLOOR,
    GREY,
    Area,
    Picture,
    Sheet,
    Size,
    frame,
    height_of,
    held,
    palettes,
    source_line,
)
from imsmap.parts import ClauseName, Side
from imsmap.pictures.friends.reverse import draw_reverse, label_of
from imsmap.pictures.friends.rows import (
    FEW,
    HEAD,
    LEAST,
    LEAST_OF_MANY,
    PAD,
    TALLEST,
    Cell,
    Rows,
    draw_several,
    draw_two,
    least_heights,
    told_of,
)
from imsmap.report import Report
from imsmap.wording import listed

ABOUT = about.Picture(of="friends", slide="same number, different duty", place=70)
MOST, PAIRS = 6, 3
"""How many numbers are shown, and how many pairs of the reverse."""


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
    least = LEAST if len(standards) <= FEW else LEAST_OF_MANY
    needed = least_heights(rows, place.width, standards, least * unit)
    room = place.height - HEAD - below - height_of(1, sheet.type.body)
    ranked = sorted(rows, key=lambda number: level[number])[:MOST]
    heights = list(itertools.accumulate(needed[number] for number in ranked))
    chosen = ranked[: max(1, sum(height <= room for height in heights))]
    shown = {number: row for number, row in rows.items() if number in chosen}
    rest = [number for number in rows if number not in chosen]
    notes: list[str] = []
    foot = below + (height_of(1, sheet.type.body) + PAD if rest else 0.0)
    spare = (place.height - HEAD - foot - sum(needed[number] for number in shown)) / max(1, len(shown))
    highs = [min(TALLEST * unit, needed[number] + spare) for number in shown]
    area = Area(place.x, place.y, place.width, HEAD + sum(highs))
    misled = [side for side in standards if any(side.key in row for row in shown.values())]
    if len(misled) == 2:
        draw_two(sheet, area, misled, looks, shown, notes)
    elif shown:
        draw_several(sheet, area, misled, looks, shown, highs, notes)
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
        draw_reverse(sheet, Area(place.x, top, place.width, place.bottom - top), standards, looks, pairs, answer)
    notes += [f"And {number}: {told_of(standards, rows[number])}." for number in rest]
    notes += dict.fromkeys(friend.note for friend in answer.false_friends if friend.note)
    notes += [cell.note for row in rows.values() for cell in row.values() if cell.note]
    notes += _other_numbers(answer)
    alt = f"{title.replace('**', '')}. " + " ".join(filter(None, sheet.groups.values()))
    return (sheet.picture("friends", title, alt, [report.message, *notes, *report.notes, source]),)


# --- what it says ----------------------------------------------------------------------------------------------------


def _rows(answer: FriendsAnswer) -> Rows:
    labels = {side.key: side.label for side in answer.standards}
    rows: dict[str, dict[str, Cell]] = {}
    against: dict[tuple[str, str], set[str]] = {}
    for friend in answer.false_friends:
        one, other = friend.subject.standard, friend.object.standard
        against.setdefault((friend.number, one), set()).add(other)
        against.setdefault((friend.number, other), set()).add(one)
    for friend in answer.false_friends:
        row = rows.setdefault(friend.number, {})
        for clause, gist in ((friend.subject, friend.subject_gist), (friend.object, friend.object_gist)):
            if clause.standard not in row:
                row[clause.standard] = Cell(
                    clause, gist, _counterpart(clause, answer.hidden_friends, labels),
                    frozenset(against[friend.number, clause.standard]),
                )  # fmt: skip
    return rows


def _counterpart(clause: ClauseName, hidden: Sequence[SameMatter], labels: Mapping[str, str]) -> str:
    """Say where the counterpart of a clause stands, the strongest; nothing where none is known."""
    found = sorted((one for one in map(_turned(clause), hidden) if one is not None), key=lambda ends: ends[2].rank)
    if not found:
        return ""
    mine, _, first = found[0]
    theirs = [other for one, other, pair in found if one == mine and pair.rank == first.rank]
    told = [label_of(one, labels) for one in theirs]
    if len({one.standard for one in theirs}) == 1:
        told[1:] = [one.number for one in theirs[1:]]
    if first.kin.is_core:
        return f"Counterpart of {label_of(mine, labels)} is {listed(told)}."
    return f"Look at {label_of(mine, labels)} with {listed(told)}."


def _turned(clause: ClauseName) -> Callable[[SameMatter], tuple[ClauseName, ClauseName, SameMatter] | None]:
    """Give a pair as seen from a clause: what is the clause or stands under it, the other end, and the pair."""

    def seen(pair: SameMatter) -> tuple[ClauseName, ClauseName, SameMatter] | None:
        for mine, other in ((pair.subject, pair.object), (pair.object, pair.subject)):
            if mine.standard == clause.standard and clause.number in mine.line:
                return mine, other, pair
        return None

    return seen


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
        told = (f"{label_of(one.subject, labels)} and {label_of(one.object, labels)}" for one in answer.hidden_friends)
        yield f"Other number, same matter: {'; '.join(told)}."
