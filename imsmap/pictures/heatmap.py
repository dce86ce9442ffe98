"""Where integration stops: every group of requirements by standard, shared or not, against the common core."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen

from imsmap.drawing import (
    FONT_FLOOR,
    INK,
    MARGIN,
    PAPER,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    clearance,
    colours,
    fit,
    frame,
    height_of,
    held,
    source_line,
    unmarked,
    wrap,
)
from imsmap.model import WARNING_GLYPH, Kin, number_key
from imsmap.report import Report

ANALYSIS = "matrix"
CELL, CELL_GAP, BLOCK_GAP, ROW_GAP, HEAD = 46.0, 3.0, 14.0, 2.0, 24.0
PADS = (4.0, 2.5, 1.0)
"""Above and below the words of a row, together: from airy to tight."""
NARROWEST_LABEL = 140.0
"""Of the words before the cells; with less, fewer blocks stand side by side."""
_CORE = ("same", "extended")


@frozen
class Cell:
    """How one standard stands in a row: `same`, `extended`, `related`, `own`, `none` or `not assessed`."""

    state: str
    text: str


@frozen
class Line:
    """A row of the map; a heading has no cells."""

    main: str
    label: str
    cells: tuple[Cell, ...] = ()


def draw(report: Report, size: Size) -> tuple[Picture, ...]:
    """Draw the matrix as a map of cells, in blocks side by side; a page or more."""
    values = report.values
    standards: list[dict[str, Any]] = list(values["standards"])
    lines = _lines(values)
    title = _title(values)
    words = _words(report, standards, lines)
    cells = len(standards) * (CELL + CELL_GAP)
    place = clearance(size, title, *words)
    blocks = max(1, min(3, int((place.width + BLOCK_GAP) // (cells + NARROWEST_LABEL + BLOCK_GAP))))
    width = (place.width - BLOCK_GAP * (blocks - 1)) / blocks
    for pad in PADS:
        columns = _flow(lines, width - cells, place.height - HEAD, blocks, pad)
        if len(columns) <= blocks:
            break
    else:
        pad = PADS[0]
        place = clearance(size, title + " (10 of 10)", *words)
        columns = _flow(lines, width - cells, place.height - HEAD, blocks, pad)
    pages = [columns[start : start + blocks] for start in range(0, len(columns), blocks)]
    drawn = []
    for index, page in enumerate(pages, start=1):
        said = f"{title} ({index} of {len(pages)})" if len(pages) > 1 else title
        drawn.append(_page(report, size, said, words, page, width, pad, f"Page {index} of {len(pages)}."))
    return tuple(drawn)


# --- what it says ------------------------------------------------------------------------------------------------


def _apart(values: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Count by main clause how many groups have no common core, of how many."""
    found: dict[str, tuple[int, int]] = {}
    for group in values["groups"]:
        n, m = found.get(group["main"], (0, 0))
        found[group["main"]] = (n + (not _shared(group)), m + 1)
    return found


def _title(values: Mapping[str, Any]) -> str:
    found = _apart(values)
    apart = sum(n for n, _ in found.values())
    total = sum(m for _, m in found.values())
    if not apart:
        return f"All {total} groups of requirements have a common core"
    worst = sorted(found, key=lambda main: (-found[main][0], number_key(main)))[:2]
    named = sorted((main for main in worst if found[main][0]), key=number_key)
    clauses = f"clause{'s' * (len(named) > 1)} {' and '.join(named)}"
    return f"Integration stops mostly in {held(clauses)}: {apart} of {total} groups of requirements have no common core"


def _counts(values: Mapping[str, Any]) -> str:
    told = ", ".join(f"clause {main}: {n} of {m}" for main, (n, m) in _apart(values).items())
    return f"Groups of requirements without a core that two of the standards share: {told}."


def _shared(group: Mapping[str, Any]) -> bool:
    return any(entry["class"] in _CORE for entry in group["classes"])


def _lines(values: Mapping[str, Any]) -> list[Line]:
    """Gather the rows: hub clauses x.y, told together with what lies under them, and the topic groups."""
    headings = values.get("headings", {}).get("core", {})
    lines: list[Line] = []
    for main in values["main_clauses"]:
        together: dict[str, list[Mapping[str, Any]]] = {}
        for group in values["groups"]:
            if group["main"] == main["number"]:
                name = ".".join(group["number"].split(".")[:2]) if group["number"] else group["id"]
                together.setdefault(name, []).append(group)
        if together:
            lines.append(Line(main["number"], f"{main['number']}\u00a0{main['title']}"))
        for name, groups in together.items():
            first = groups[0]
            title = unmarked(headings.get(name) or first["title"])
            label = f"{name}\u00a0{title}" if first["number"] else title
            if any(group["false_friends"] for group in groups):
                label += f"\u00a0{WARNING_GLYPH}"
            cells = tuple(_cell(groups, standard) for standard in values["standards"])
            lines.append(Line(main["number"], label, cells))
    return lines


def _cell(groups: Sequence[Mapping[str, Any]], standard: Mapping[str, Any]) -> Cell:
    key, letter = standard["key"], standard["letter"]
    here = [group for group in groups if group["clauses"][key] or group["also"][key]]
    if not here:
        return Cell("none", f"{letter}\u00a0{Kin.NONE.glyph}")
    if here[0]["number"] is not None:
        states = {group["against_core"][key] or "none" for group in here}
        state = states.pop() if len(states) == 1 and len(here) == len(groups) else "extended"
        return Cell(state, f"{letter}\u00a0{Kin(state).glyph}")
    kins = {
        entry["class"] for group in here for entry in group["classes"] if key in (entry["subject"], entry["object"])
    }
    for kin in (Kin.SAME, Kin.EXTENDED, Kin.RELATED):
        if kin.value in kins:
            return Cell(kin.value, f"{letter}\u00a0{kin.glyph}")
    numbers = [clause["number"] for group in here for clause in group["clauses"][key]]
    unsure = f"\u00a0{Kin.NOT_ASSESSED.glyph}" if Kin.NOT_ASSESSED.value in kins and len(kins) == 1 else ""
    return Cell("own", f"{letter}\u00a0{_together(numbers)}{unsure}")


def _together(numbers: Sequence[str]) -> str:
    """Give the number that clauses have in common: 8.3 for 8.3.1 to 8.3.6."""
    parts = [number.split(".") for number in numbers]
    common = []
    for level in zip(*parts, strict=False):
        if len(set(level)) > 1:
            break
        common.append(level[0])
    return ".".join(common) if len(common) > 1 or len(numbers) == 1 else numbers[0]


def _words(report: Report, standards: Iterable[Mapping[str, Any]], lines: Iterable[Line]) -> tuple[str, str]:
    standards = list(standards)
    states = {cell.state for line in lines for cell in line.cells}
    meanings = {
        "same": "= asks what the core asks",
        "extended": "≈ core and more",
        "related": "◐ related",
        "own": "dark with a number: own clause, nobody else asks for it",
        "none": "○ nothing",
    }
    letters = ", ".join(f"{standard['letter']} {held(standard['designation'])}" for standard in standards)
    told = [f"{meaning}" for state, meaning in meanings.items() if state in states]
    if any(WARNING_GLYPH in line.label for line in lines):
        told.append(f"{WARNING_GLYPH} same number, different duty")
    legend = f"{letters}. " + "; ".join(held(part) if len(part) < 40 else part for part in told)
    return legend, source_line([standard["designation"] for standard in standards], report.data_version)


# --- where it stands ---------------------------------------------------------------------------------------------


def _height(line: Line, width: float, pad: float) -> float:
    size = 12.0 if not line.cells else FONT_FLOOR
    lines = min(3, len(wrap(line.label, width - 2 * MARGIN, size, not line.cells)))
    return max(height_of(lines, size), height_of(1, FONT_FLOOR)) + pad + ROW_GAP


def _flow(lines: Sequence[Line], width: float, free: float, blocks: int, pad: float) -> list[list[Line]]:
    """Pour the rows into columns: as few pages as possible, and then columns as even as possible."""
    columns = _pour(lines, width, free, pad)
    pages = -(-len(columns) // blocks)
    for tenth in range(10, 101, 2):
        even = _pour(lines, width, free * tenth / 100, pad)
        if len(even) <= pages * blocks:
            return even
    return columns


def _pour(lines: Sequence[Line], width: float, free: float, pad: float) -> list[list[Line]]:
    columns: list[list[Line]] = [[]]
    used = 0.0
    for index, line in enumerate(lines):
        height = _height(line, width, pad)
        # A heading never stands alone at the end of a column.
        below = 0.0 if line.cells or index + 1 == len(lines) else _height(lines[index + 1], width, pad)
        if columns[-1] and used + height + below > free:
            columns.append([])
            used = 0.0
        columns[-1].append(line)
        used += height
    return columns


def _page(
    report: Report,
    size: Size,
    title: str,
    words: tuple[str, str],
    columns: Sequence[Sequence[Line]],
    width: float,
    pad: float,
    note: str,
) -> Picture:
    standards = report.values["standards"]
    palettes = [colours(standard.get("colours")) for standard in standards]
    sheet = Sheet(size)
    place = frame(sheet, title, *words)
    label = width - len(standards) * (CELL + CELL_GAP)
    notes: list[str] = []
    for at, lines in enumerate(columns):
        left = place.x + at * (width + BLOCK_GAP)
        heads = sheet.group(f"Heads {at + 1}", "Columns: " + ", ".join(s["designation"] for s in standards) + ".")
        for index, (standard, palette) in enumerate(zip(standards, palettes, strict=True)):
            x = left + label + CELL_GAP + index * (CELL + CELL_GAP)
            sheet.box(
                Area(x, place.y, CELL, HEAD - 4), [standard["letter"]], size=13, bold=True, align="c", group=heads,
                name=f"{standard['key']} head {at + 1}", fill=palette.dark, ink=palette.on_dark,
                alt=standard["designation"],
            )  # fmt: skip
        top = place.y + HEAD
        stretch = min(6.0, (place.height - HEAD - sum(_height(line, label, pad) for line in lines)) / len(lines))
        for line in lines:
            height = _height(line, label, pad) + max(0.0, stretch)
            notes += _row(sheet, line, Area(left, top, label, height - ROW_GAP), palettes)
            top += height
    said = [
        f"{line.label}: {', '.join(f'{cell.text} {cell.state}' for cell in line.cells)}."
        for lines in columns
        for line in lines
        if line.cells
    ]
    definition = (
        "Against the common core: = the same points and none of its own; ≈ core points and more, or not all of them; "
        "◐ a stated relation without common core; own: no other of the standards has a counterpart."
    )
    fills = [EMPTY, *(colour for one in palettes for colour in (one.dark, one.tint))]
    alt = f"{title}. " + " ".join(said)
    return sheet.picture(
        "heatmap",
        title,
        alt,
        [_counts(report.values), report.message, definition, note, *notes, *report.notes],
        fills,
    )


EMPTY = "#E6E6E6"
"""The tint of the common core: nothing is added to it."""


def _row(sheet: Sheet, line: Line, area: Area, palettes: Sequence[Colours]) -> list[str]:
    said = ", ".join(f"{cell.text} {cell.state}" for cell in line.cells)
    group = f"Clause {line.main}"
    before = sheet.groups.get(group, "")
    sheet.group(group, f"{before} {line.label}: {said}." if said else f"{before} {line.label}.".strip())
    size = FONT_FLOOR if line.cells else 12.0
    fitted = fit(line.label, area.width - 2 * MARGIN, area.height, (size,), bold=not line.cells)
    sheet.words(
        area, [line.label], lines=fitted.lines, size=fitted.size, bold=not line.cells, group=group, name=line.label,
    )  # fmt: skip
    for index, (cell, palette) in enumerate(zip(line.cells, palettes, strict=False)):
        fill, ink = _fill(cell, palette)
        words = fit(cell.text, CELL - 3, area.height, (FONT_FLOOR,), bold=cell.state == "own")
        sheet.box(
            Area(area.right + CELL_GAP + index * (CELL + CELL_GAP), area.y, CELL, area.height),
            [cell.text], lines=words.lines, size=FONT_FLOOR, bold=cell.state == "own", align="c", group=group,
            name=f"{line.label}, {cell.text}", fill=fill, line=palette.line, ink=ink, alt=f"{line.label}: {cell.state}",
        )  # fmt: skip
    return [f"In full: {line.label}."] if fitted.short else []


def _fill(cell: Cell, palette: Colours) -> tuple[str, str]:
    if cell.state == "own":
        return palette.dark, palette.on_dark
    if cell.state in ("extended", "related"):
        return palette.tint, INK
    return (EMPTY if cell.state == "same" else PAPER), INK
