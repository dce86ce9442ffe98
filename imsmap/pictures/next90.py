"""Next 90 days: the client's own actions that are due, the weightiest first, each with owner and date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from imsmap.drawing import (
    FONT_FLOOR,
    MARGIN,
    PAPER,
    Area,
    Picture,
    Sheet,
    Size,
    colours,
    even_size,
    frame,
    source_line,
)
from imsmap.library.model import WARNING_GLYPH
from imsmap.report import Report

ANALYSIS = "next90"
MOST = 8
HEAD, GAP, TALLEST = 26.0, 5.0, 62.0
SHARES = (("Due", 0.15), ("Clause", 0.13), ("Action", 0.46), ("Owner", 0.26))
"""Of the page's width, what each column has."""
_SIZES = (14.0, 13.0, 12.0, FONT_FLOOR)
_LINE = "#7F7F7F"
NOBODY = "no owner"


def draw(report: Report[object], size: Size) -> tuple[Picture, ...]:
    """Draw a row for each of the first actions on one page; the others stand in the notes."""
    values = report.values
    shown, rest = values["actions"][:MOST], values["actions"][MOST:]
    title = _title(values)
    legend = f"Major gaps first, then by date; {WARNING_GLYPH} overdue on {values['date']} or without an owner"
    if rest:
        legend += f"; {len(shown)} of {values['due']} shown, the others stand in the notes"
    standards: Sequence[Mapping[str, Any]] = values["standards"]
    source = source_line([(one["letter"], one["designation"]) for one in standards], report.data_version)
    sheet = Sheet(size)
    notes: list[str] = []
    place = frame(sheet, title, legend, source)
    _table(sheet, place, shown, {one["key"]: one for one in standards}, notes)
    notes += [f"And {_whole(action)}." for action in rest]
    alt = f"{title}. " + " ".join(sheet.groups.values())
    palette = [
        colour
        for standard in standards
        for colour in (colours(standard.get("colours")).dark, colours(standard.get("colours")).tint)
    ]
    told = [report.message, *report.notes, *notes, source]
    return (sheet.picture("next90", title, alt, told, palette),)


def _title(values: Mapping[str, Any]) -> str:
    said = f"Next 90 days: {values['due']} of {values['open']} open actions are due by {values['until']}"
    more = [
        f"{values[key]} {words}" for key, words in (("overdue", "overdue"), ("unowned", "without an owner"))
        if values[key]
    ]  # fmt: skip
    return said + (f", {' and '.join(more)}" if more else "")


def _whole(action: Mapping[str, Any]) -> str:
    where = f"{action['letter']} {action['clause']}".strip() or "own action"
    return f"{where}, due {action['due']}: {action['text']} ({action['owner'] or NOBODY})"


def _table(
    sheet: Sheet, place: Area, shown: Sequence[Mapping[str, Any]], standards: Mapping[str, Mapping[str, Any]],
    notes: list[str],
) -> None:  # fmt: skip
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
    cells = [_cells(action) for action in shown]
    sizes = [
        even_size([row[at] for row in cells], width - 2 * MARGIN, height, _SIZES) for at, (_, width) in enumerate(lefts)
    ]
    top = place.y + HEAD
    for number, (action, row) in enumerate(zip(shown, cells, strict=True), start=1):
        group = sheet.group(f"Action {number}", f"{_whole(action)}.")
        standard = standards.get(action["standard"])
        look = colours(standard.get("colours")) if standard else None
        for at, ((x, width), text) in enumerate(zip(lefts, row, strict=True)):
            fill = {"fill": look.tint, "line": look.line} if at == 1 and look else {"fill": PAPER, "line": _LINE}
            sheet.fitted(
                Area(x, top, width, height), text.split("\n"), sizes=(sizes[at],), notes=notes,
                name=f"{SHARES[at][0]} {number}", group=group, **fill,
            )  # fmt: skip
        top += height + GAP


def _cells(action: Mapping[str, Any]) -> tuple[str, str, str, str]:
    late = f"{WARNING_GLYPH}\u00a0" if action["overdue"] else ""
    owner = action["owner"] or f"{WARNING_GLYPH}\u00a0{NOBODY}"
    where = f"{action['letter']}\u00a0{action['clause']}" if action["clause"] else "own"
    clause = where + (f"\n{action['severity']}" if action["severity"] else "")
    return f"{late}{action['due'].replace('-', '‑')}", clause, action["text"], owner
