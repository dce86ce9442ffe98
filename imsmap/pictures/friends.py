"""Same number, different duty: the clause numbers that lead astray, six at most and the rest by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from imsmap.drawing import (
    FONT_FLOOR,
    MARGIN,
    Area,
    Picture,
    Sheet,
    Size,
    colours,
    even_size,
    frame,
    height_of,
    held,
    source_line,
)
from imsmap.library.model import WARNING_GLYPH, number_key, split_ref
from imsmap.report import Report

ANALYSIS = "friends"
MOST = 6
NUMBER, NARROW_NUMBER, ROW_GAP, HEAD = 84.0, 62.0, 6.0, 38.0
BETWEEN_TWO, BETWEEN_MORE = 36.0, 5.0
"""Between the boxes of a row; between two there is room for a sign."""
TALLEST = 84.0
_SIZES = (18.0, 16.0, 14.0, 13.0, 12.0, FONT_FLOOR)


def draw(report: Report[object], size: Size) -> tuple[Picture, ...]:
    """Draw false friends as rows, a column for each standard; one page."""
    values = report.values
    standards: list[dict[str, Any]] = list(values["standards"])
    rows: dict[str, dict[str, str]] = {}
    ties: list[str] = []
    for friend in values["false_friends"]:
        row = rows.setdefault(friend["number"], {})
        for end in ("subject", "object"):
            row[split_ref(friend[end])[0]] = friend[f"{end}_title"]
        if friend.get("note"):
            ties.append(f"{friend['number']}: {friend['note']}")
    # The higher a clause stands, the more it leads astray; shown in the order of their numbers.
    chosen = sorted(rows, key=lambda number: (number.count("."), number_key(number)))[:MOST]
    shown = sorted(chosen, key=number_key)
    rest = sorted(rows.keys() - set(shown), key=number_key)
    title = _title(standards, rows)
    legend = (
        f"{WARNING_GLYPH} false friend: both standards use the number, and what stands under it shares no common core"
    )
    if rest:
        legend += f"; {len(shown)} of {len(rows)} shown"
    words = legend, source_line([(one["letter"], one["designation"]) for one in standards], report.data_version)
    sheet = Sheet(size)
    place = frame(sheet, title, *words)
    notes: list[str] = []
    _table(sheet, place, standards, {number: rows[number] for number in shown}, rest, notes)
    notes += [
        f"And {number}: " + "; ".join(f"{_name(standards, key)}: {text}" for key, text in rows[number].items()) + "."
        for number in rest
    ]
    notes += [f"Weak ties: {tie}" for tie in dict.fromkeys(ties)]
    alt = f"{title}. " + " ".join(sheet.groups.values())
    palettes = [colours(standard.get("colours")) for standard in standards]
    palette = [colour for one in palettes for colour in (one.dark, one.tint)]
    return (sheet.picture("friends", title, alt, [report.message, *notes, *report.notes, words[1]], palette),)


def _name(standards: Sequence[Mapping[str, Any]], key: str) -> str:
    return next(str(one["designation"]) for one in standards if one["key"] == key)


def _title(standards: Sequence[Mapping[str, Any]], rows: Mapping[str, Any]) -> str:
    names = [held(one["designation"]) for one in standards]
    told = (
        f"{', '.join(names[:-1])} and {names[-1]}" if len(names) < 4 else f"two or more of the {len(names)} standards"
    )
    if not rows:
        return f"No clause number stands for different duties in {told}"
    ask = "number asks" if len(rows) == 1 else "numbers ask"
    between = " two or more of" if len(names) == 3 else ""
    return f"{len(rows)} clause {ask} for different things in{between} {told}: never merge them by number"


def _table(
    sheet: Sheet, place: Area, standards: Sequence[Mapping[str, Any]], rows: Mapping[str, Mapping[str, str]],
    rest: Sequence[str], notes: list[str],
) -> None:  # fmt: skip
    number_width, gap = (NUMBER, BETWEEN_TWO) if len(standards) == 2 else (NARROW_NUMBER, BETWEEN_MORE)
    width = (place.width - number_width - gap * (len(standards) - 1)) / len(standards)
    heads = sheet.group("Heads", "Columns: " + ", ".join(one["designation"] for one in standards) + ".")
    lefts = [place.x + number_width + at * (width + gap) for at in range(len(standards))]
    if not rows:
        sheet.words(
            Area(place.x, place.y, place.width, 60), ["None found; hidden friends, if any, stand in the notes."],
            size=16, name="None", align="l",
        )  # fmt: skip
        return
    for standard, left in zip(standards, lefts, strict=True):
        palette = colours(standard.get("colours"))
        sheet.fitted(
            Area(left, place.y, width, HEAD), [f"{standard['letter']} {standard['designation']}"],
            sizes=(16.0, 14.0, 13.0, 12.0, FONT_FLOOR), notes=notes, bold=True, align="c", group=heads,
            name=f"{standard['key']} head", fill=palette.dark, ink=palette.on_dark,
        )  # fmt: skip
    more = f"and {len(rest)} more: {', '.join(rest)}"
    foot = height_of(2, 14) if rest else 0.0
    top = place.y + HEAD + ROW_GAP
    height = min(TALLEST, (place.bottom - foot - top) / len(rows) - ROW_GAP)
    letters = {standard["key"]: standard["letter"] for standard in standards}
    texts = {
        (number, key): f"{letters[key]}\u00a0{number} {words}"
        for number, row in rows.items()
        for key, words in row.items()
    }
    size = even_size(texts.values(), width - 2 * MARGIN, height, _SIZES)
    for number, row in rows.items():
        said = "; ".join(f"{_name(standards, key)}: {text}" for key, text in row.items())
        group = sheet.group(f"Clause {number}", f"{WARNING_GLYPH} {number}: {said}.")
        sheet.fitted(
            Area(place.x, top, number_width, height), [f"{WARNING_GLYPH}\u00a0{number}"], sizes=_SIZES, notes=notes,
            bold=True, name=f"Clause {number}", group=group, role="words",
        )  # fmt: skip
        boxed = False
        for standard, left in zip(standards, lefts, strict=True):
            palette = colours(standard.get("colours"))
            if standard["key"] not in row:
                continue
            if boxed and len(standards) == 2:
                sheet.words(
                    Area(left - gap, top, gap, height), ["≠"], lines=["≠"], size=20, bold=True, align="c",
                    name=f"Clause {number} differs", group=group, alt="is not",
                )  # fmt: skip
            sheet.fitted(
                Area(left, top, width, height),
                [texts[number, standard["key"]]], sizes=(size,), notes=notes,
                name=f"{standard['key']}:{number}", group=group, fill=palette.tint, line=palette.line, rounded=True,
            )  # fmt: skip
            boxed = True
        top += height + ROW_GAP
    if rest:
        sheet.fitted(
            Area(place.x, top, place.width, max(height_of(1, FONT_FLOOR), place.bottom - top)),
            [more], sizes=(14.0, 13.0, 12.0, FONT_FLOOR), notes=notes, name="More", role="words",
        )  # fmt: skip
