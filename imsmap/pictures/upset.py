"""Four standards and more, honestly: a row for each combination that shares requirements, with its count as a bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from imsmap.drawing import (
    FONT_FLOOR,
    MARGIN,
    PAPER,
    Area,
    Colours,
    Item,
    Picture,
    Sheet,
    Size,
    colours,
    frame,
    height_of,
    held,
    listed,
    source_line,
    width_of,
)
from imsmap.drawing.shares import counted, of_main, regions
from imsmap.errors import UnsuitedError
from imsmap.library.model import Kin
from imsmap.report import Report

ANALYSIS = "matrix"
LEAST = 4
ROW, HEAD, CELL, GAP = 21.0, 42.0, 30.0, 3.0
TALLEST_ROW = 52.0
_HINT = "Read a row from the left: the letters are the standards that share, the bar counts what exactly these share"


def draw(report: Report[object], size: Size) -> tuple[Picture, ...]:
    """Draw combinations as rows, most shared first; a page or more. UnsuitedError for two or three standards."""
    values = report.values
    standards: list[dict[str, Any]] = list(values["standards"])
    if len(standards) < LEAST:
        raise UnsuitedError(
            f"upset draws four standards and more, and there are {len(standards)}: two or three are easier to read as "
            "circles; use venn"
        )
    found = regions(values)
    _, total = of_main(values, [main["number"] for main in values["main_clauses"]])
    letters = "".join(standard["letter"] for standard in standards)
    shared = {name for part, names in found.items() if len(part) > 1 for name in names}
    by_all = len(found.get(letters, ()))
    title = (
        f"{by_all} of {total} groups of requirements are shared by all {len(standards)} standards, {len(shared)} by "
        "two or more"
    )
    related = any(name.endswith(Kin.RELATED.glyph) for names in found.values() for name in names)
    mark = f"; {Kin.RELATED.glyph} no common core, but related" if related else ""
    words = (
        f"{_HINT}{mark}",
        source_line([(one["letter"], one["designation"]) for one in standards], report.data_version),
    )
    place = frame(Sheet(size), title + " (10 of 10)", *words)
    each = max(1, int((place.height - HEAD) / ROW))
    parts = list(found)
    count = -(-len(parts) // each)
    each = -(-len(parts) // count)
    definition = (
        "Each group of requirements counts for exactly those standards that the common core ties in it (same or "
        "extended), directly or through a third. A standard that has a part in a group and shares it with none counts "
        "it as its own, so a group may count in several rows; each standard has each of its groups in one row."
    )
    palettes = [colours(standard.get("colours")) for standard in standards]
    core = colours(values.get("core_colours"))
    drawn = []
    for index in range(count):
        page = parts[index * each : (index + 1) * each]
        said = f"{title} ({index + 1} of {count})" if count > 1 else title
        sheet = Sheet(size)
        notes = [f"Page {index + 1} of {count}."] if count > 1 else []
        _rows(sheet, frame(sheet, said, *words), standards, palettes, found, page, notes, core)
        alt = f"{said}. {_HINT}. " + " ".join(sheet.groups.values())
        told = [report.message, definition, *notes, *report.notes, words[1]]
        palette = [colour for one in (core, *palettes) for colour in (one.dark, one.tint)]
        drawn.append(sheet.picture("upset", said, alt, told, palette))
    return tuple(drawn)


def _rows(
    sheet: Sheet, place: Area, standards: Sequence[Mapping[str, Any]], palettes: Sequence[Colours],
    found: Mapping[str, Sequence[str]], parts: Sequence[str], notes: list[str], core: Colours,
) -> None:  # fmt: skip
    cells = len(standards) * (CELL + GAP)
    heads = sheet.group("Heads", "Standards: " + ", ".join(one["designation"] for one in standards) + ".")
    for at, (standard, palette) in enumerate(zip(standards, palettes, strict=True)):
        size = sum(len(names) for letters, names in found.items() if standard["letter"] in letters)
        sheet.box(
            Area(place.x + at * (CELL + GAP), place.y, CELL, HEAD - 6), [standard["letter"], str(size)],
            lines=[standard["letter"], str(size)], size=13, bold=True, align="c", name=f"{standard['key']} head",
            group=heads, fill=palette.dark, ink=palette.on_dark,
            alt=f"{standard['designation']}: {counted(size)} in all",
        )  # fmt: skip
    widest = max(len(names) for names in found.values())
    least = width_of("88", 12, bold=True) + 6
    bars = max(widest * least / 2, (place.width - cells) * 0.34)
    unit = bars / widest
    left = place.x + cells + 10
    sheet.words(
        Area(left, place.y, place.right - left, HEAD - 6),
        ["Groups of requirements that exactly these standards share, and which they are"],
        size=14, name="Heads of the bars", group=heads,
    )  # fmt: skip
    height = min(TALLEST_ROW, (place.height - HEAD) / len(parts))
    top = place.y + HEAD
    for part in parts:
        names = found[part]
        said = ", ".join(held(one["designation"]) for one in standards if one["letter"] in part)
        group = sheet.group(f"Combination {part}", f"{part} ({said}): {counted(len(names))}: {'; '.join(names)}.")
        previous = ""
        for at, (standard, palette) in enumerate(zip(standards, palettes, strict=True)):
            area = Area(place.x + at * (CELL + GAP), top, CELL, height - GAP)
            inside = standard["letter"] in part
            text = standard["letter"] if inside else "·"
            node = sheet.box(
                area, [text], lines=[text], size=12, bold=inside, align="c", name=f"{part}: {standard['key']}",
                group=group, fill=palette.dark if inside else PAPER, ink=palette.on_dark if inside else "#595959",
                line=palette.line if inside else "#D9D9D9",
                alt=f"{standard['designation']}: {'shares' if inside else 'not in this combination'}",
            )  # fmt: skip
            if inside and previous:
                sheet.link(previous, node)
            previous = node if inside else previous
        bar = Area(left, top, len(names) * unit, height - GAP)
        number = str(len(names))
        wide = bar.width >= width_of(number, 12, bold=True) + 4
        sheet.box(
            bar, [number] if wide else [], lines=[number] if wide else [], size=12, bold=True, align="c",
            name=f"{part} bar", group=group, fill=core.dark if wide else None, line=core.dark, ink=core.on_dark,
            alt=f"{counted(len(names))} shared by exactly {said}",
        )  # fmt: skip
        x = bar.right + 4
        tail = Area(x, top, place.right - x, height - GAP)
        told = ("" if wide else f"{number}: ") + "; ".join(names)
        for letter_size in (14.0, 13.0, 12.0, FONT_FLOOR):
            most = max(1, int(tail.height / height_of(1, letter_size)))
            fits = listed((Item(told),), tail.width - 2 * MARGIN, letter_size, most)
            if not fits.cut:
                break
        if fits.cut:
            notes.append(f"In full, {part}, {counted(len(names))}: {'; '.join(names)}.")
        sheet.words(tail, fits.paragraphs, lines=fits.lines, size=letter_size, name=f"{part} in words", group=group)
        top += height
