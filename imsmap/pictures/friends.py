"""Same number, different duty: the clause numbers that lead astray, six at most and the rest by number."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from imsmap import about
from imsmap.analyses.friends import FriendsAnswer
from imsmap.drawing import (
    FONT_FLOOR,
    MARGIN,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    even_size,
    frame,
    height_of,
    held,
    palettes,
    source_line,
    swatches,
)
from imsmap.library.model import WARNING_GLYPH
from imsmap.parts import ClauseName, Side
from imsmap.report import Report

ABOUT = about.Picture(of="friends", slide="same number, different duty", place=70)
MOST = 6
NUMBER, NARROW_NUMBER, ROW_GAP, HEAD = 84.0, 62.0, 6.0, 38.0
BETWEEN_TWO, BETWEEN_MORE = 36.0, 5.0
"""Between the boxes of a row; between two there is room for a sign."""
TALLEST = 84.0
_SIZES = (18.0, 16.0, 14.0, 13.0, 12.0, FONT_FLOOR)


def draw(report: Report[FriendsAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw false friends as rows, a column for each standard; one page."""
    answer = report.answer
    standards = answer.standards
    looks = palettes(standards)
    rows: dict[str, dict[str, ClauseName]] = {}
    ties: list[str] = []
    for friend in answer.false_friends:
        row = rows.setdefault(friend.number, {})
        for clause in (friend.subject, friend.object):
            row[clause.standard] = clause
        if friend.note:
            ties.append(friend.note)
    # The higher a clause stands, the more it leads astray; shown in the order of their numbers, as the answer has it.
    level = {number: min(len(clause.line) for clause in row.values()) for number, row in rows.items()}
    chosen = sorted(rows, key=lambda number: level[number])[:MOST]
    shown = {number: row for number, row in rows.items() if number in chosen}
    rest = [number for number in rows if number not in chosen]
    title = _title(standards, rows)
    legend = (
        f"{WARNING_GLYPH} false friend: both standards use the number, and what stands under it shares no common core"
    )
    if rest:
        legend += f"; {len(shown)} of {len(rows)} shown"
    words = legend, source_line(standards, report.data_version)
    sheet = Sheet(size)
    place = frame(sheet, title, *words)
    notes: list[str] = []
    _table(sheet, place, standards, looks, shown, rest, notes)
    notes += [f"And {number}: {_told(standards, rows[number])}." for number in rest]
    notes += dict.fromkeys(ties)
    alt = f"{title}. " + " ".join(sheet.groups.values())
    palette = swatches(looks.values())
    return (sheet.picture("friends", title, alt, [report.message, *notes, *report.notes, words[1]], palette),)


def _told(standards: Sequence[Side], row: Mapping[str, ClauseName]) -> str:
    return "; ".join(f"{one.designation}: {row[one.key].title}" for one in standards if one.key in row)


def _title(standards: Sequence[Side], rows: Collection[str]) -> str:
    names = [held(one.designation) for one in standards]
    told = (
        f"{', '.join(names[:-1])} and {names[-1]}" if len(names) < 4 else f"two or more of the {len(names)} standards"
    )
    if not rows:
        return f"No clause number stands for different duties in {told}"
    ask = "number asks" if len(rows) == 1 else "numbers ask"
    between = " two or more of" if len(names) == 3 else ""
    return f"{len(rows)} clause {ask} for different things in{between} {told}: never merge them by number"


def _table(
    sheet: Sheet, place: Area, standards: Sequence[Side], looks: Mapping[str, Colours],
    rows: Mapping[str, Mapping[str, ClauseName]], rest: Sequence[str], notes: list[str],
) -> None:  # fmt: skip
    number_width, gap = (NUMBER, BETWEEN_TWO) if len(standards) == 2 else (NARROW_NUMBER, BETWEEN_MORE)
    width = (place.width - number_width - gap * (len(standards) - 1)) / len(standards)
    heads = sheet.group("Heads", "Columns: " + ", ".join(one.designation for one in standards) + ".")
    lefts = [place.x + number_width + at * (width + gap) for at in range(len(standards))]
    if not rows:
        sheet.words(
            Area(place.x, place.y, place.width, 60), ["None found; hidden friends, if any, stand in the notes."],
            size=16, name="None", align="l",
        )  # fmt: skip
        return
    for standard, left in zip(standards, lefts, strict=True):
        palette = looks[standard.key]
        sheet.fitted(
            Area(left, place.y, width, HEAD), [f"{standard.label} {standard.designation}"],
            sizes=(16.0, 14.0, 13.0, 12.0, FONT_FLOOR), notes=notes, bold=True, align="c", group=heads,
            name=f"{standard.key} head", fill=palette.dark, ink=palette.on_dark,
        )  # fmt: skip
    more = f"and {len(rest)} more: {', '.join(rest)}"
    foot = height_of(2, 14) if rest else 0.0
    top = place.y + HEAD + ROW_GAP
    height = min(TALLEST, (place.bottom - foot - top) / len(rows) - ROW_GAP)
    labels = {standard.key: standard.label for standard in standards}
    texts = {
        (number, key): f"{labels[key]}\u00a0{number} {clause.title}"
        for number, row in rows.items()
        for key, clause in row.items()
    }
    size = even_size(texts.values(), width - 2 * MARGIN, height, _SIZES)
    for number, row in rows.items():
        group = sheet.group(f"Clause {number}", f"{WARNING_GLYPH} {number}: {_told(standards, row)}.")
        sheet.fitted(
            Area(place.x, top, number_width, height), [f"{WARNING_GLYPH}\u00a0{number}"], sizes=_SIZES, notes=notes,
            bold=True, name=f"Clause {number}", group=group, role="words",
        )  # fmt: skip
        boxed = False
        for standard, left in zip(standards, lefts, strict=True):
            if standard.key not in row:
                continue
            palette = looks[standard.key]
            if boxed and len(standards) == 2:
                sheet.words(
                    Area(left - gap, top, gap, height), ["≠"], lines=["≠"], size=20, bold=True, align="c",
                    name=f"Clause {number} differs", group=group, alt="is not",
                )  # fmt: skip
            sheet.fitted(
                Area(left, top, width, height),
                [texts[number, standard.key]], sizes=(size,), notes=notes,
                name=f"{standard.key}:{number}", group=group, fill=palette.tint, line=palette.line, rounded=True,
            )  # fmt: skip
            boxed = True
        top += height + ROW_GAP
    if rest:
        sheet.fitted(
            Area(place.x, top, place.width, max(height_of(1, FONT_FLOOR), place.bottom - top)),
            [more], sizes=(14.0, 13.0, 12.0, FONT_FLOOR), notes=notes, name="More", role="words",
        )  # fmt: skip
