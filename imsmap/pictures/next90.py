"""Next 90 days: the client's own actions that are due, the weightiest first, each with owner and date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsmap import about
from imsmap.analyses.next90 import DueAction, NextAnswer
from imsmap.drawing import (
    FONT_FLOOR,
    MARGIN,
    PAPER,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    even_size,
    frame,
    palettes,
    source_line,
    swatches,
)
from imsmap.library.model import WARNING_GLYPH
from imsmap.report import Report

ABOUT = about.Picture(of="next90", slide="next 90 days", client=True, place=120)
MOST = 8
HEAD, GAP, TALLEST = 26.0, 5.0, 62.0
SHARES = (("Due", 0.15), ("Clause", 0.13), ("Action", 0.46), ("Owner", 0.26))
"""Of the page's width, what each column has."""
_SIZES = (14.0, 13.0, 12.0, FONT_FLOOR)
_LINE = "#7F7F7F"
NOBODY = "no owner"


def draw(report: Report[NextAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw a row for each of the first actions on one page; the others stand in the notes."""
    answer = report.answer
    shown, rest = answer.actions[:MOST], answer.actions[MOST:]
    title = _title(answer)
    legend = f"Major gaps first, then by date; {WARNING_GLYPH} overdue on {answer.date.isoformat()} or without an owner"
    if rest:
        legend += f"; {len(shown)} of {len(answer.actions)} shown, the others stand in the notes"
    looks = palettes(answer.standards)
    source = source_line(answer.standards, report.data_version)
    sheet = Sheet(size)
    notes: list[str] = []
    place = frame(sheet, title, legend, source)
    _table(sheet, place, shown, looks, notes)
    notes += [f"And {_whole(one)}." for one in rest]
    alt = f"{title}. " + " ".join(sheet.groups.values())
    palette = swatches(looks.values())
    told = [report.message, *report.notes, *notes, source]
    return (sheet.picture("next90", title, alt, told, palette),)


def _title(answer: NextAnswer) -> str:
    said = f"Next 90 days: {len(answer.actions)} of {answer.open} open actions are due by {answer.until.isoformat()}"
    told = ((answer.overdue, "overdue"), (answer.unowned, "without an owner"))
    more = [f"{number} {words}" for number, words in told if number]
    return said + (f", {' and '.join(more)}" if more else "")


def _whole(one: DueAction) -> str:
    return f"{one.place or 'own action'}, due {one.due.isoformat()}: {one.action.text} ({one.action.owner or NOBODY})"


def _table(
    sheet: Sheet, place: Area, shown: Sequence[DueAction], looks: Mapping[str, Colours], notes: list[str]
) -> None:
    if not shown:
        sheet.words(
            Area(place.x, place.y, place.width, 60), ["None is due; the notes say how many are open or have no date."],
            size=16, name="None", align="l",
        )  # fmt: skip
        return
    free = place.width - GAP * (len(SHARES) - 1)
    lefts, left = [], place.x
    for _, share in SHARES:
        lefts.append((left, free * share))
        left += free * share + GAP
    heads = sheet.group("Heads", "Columns: " + ", ".join(name for name, _ in SHARES) + ".")
    for (x, width), (name, _) in zip(lefts, SHARES, strict=True):
        sheet.words(
            Area(x, place.y, width, HEAD - 2), [name], size=14, bold=True, name=f"{name} head", group=heads, align="l"
        )
    height = min(TALLEST, (place.height - HEAD) / len(shown) - GAP)
    cells = [_cells(one) for one in shown]
    sizes = [
        even_size([row[at] for row in cells], width - 2 * MARGIN, height, _SIZES) for at, (_, width) in enumerate(lefts)
    ]
    top = place.y + HEAD
    for number, (one, row) in enumerate(zip(shown, cells, strict=True), start=1):
        group = sheet.group(f"Action {number}", f"{_whole(one)}.")
        look = looks[one.side.key] if one.side else None
        for at, ((x, width), text) in enumerate(zip(lefts, row, strict=True)):
            fill, line = (look.tint, look.line) if at == 1 and look else (PAPER, _LINE)
            sheet.fitted(
                Area(x, top, width, height), text.split("\n"), sizes=(sizes[at],), notes=notes,
                name=f"{SHARES[at][0]} {number}", group=group, fill=fill, line=line,
            )  # fmt: skip
        top += height + GAP


def _cells(one: DueAction) -> tuple[str, str, str, str]:
    late = f"{WARNING_GLYPH}\u00a0" if one.action.is_overdue else ""
    owner = one.action.owner or f"{WARNING_GLYPH}\u00a0{NOBODY}"
    where = one.place.replace(" ", "\u00a0") or "own"
    clause = where + (f"\n{one.action.severity}" if one.action.severity else "")
    return f"{late}{one.due.isoformat().replace('-', '‑')}", clause, one.action.text, owner
