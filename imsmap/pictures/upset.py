"""Four standards and more, honestly: a row for each combination that shares requirements, with its count as a bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer
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
    core_colours,
    frame,
    height_of,
    held,
    listed,
    palettes,
    source_line,
    swatches,
    width_of,
)
from imsmap.errors import UnsuitedError
from imsmap.library.model import Kin
from imsmap.parts import Side
from imsmap.report import Report
from imsmap.wording import counted, together

ABOUT = about.Picture(of="matrix", place=180)
LEAST = 4
ROW, HEAD, CELL, GAP = 21.0, 42.0, 30.0, 3.0
TALLEST_ROW = 52.0
_LONGEST = 0.6
"""Of the room beside the cells, what the longest bar takes at most."""
Part = tuple[str, ...]
"""The keys of the standards that have something in common."""
_HINT = "Read a row from the left: the letters are the standards that share, the bar counts what exactly these share"


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw combinations as rows, most shared first; a page or more. UnsuitedError for two or three standards."""
    answer = report.answer
    standards = answer.standards
    if len(standards) < LEAST:
        raise UnsuitedError(
            f"upset draws four standards and more, and there are {len(standards)}: two or three are easier to read as "
            "circles; use venn"
        )
    found = {
        part: tuple(Item(one.topic.name, one.mark) for one in members) for part, members in answer.regions().items()
    }
    by_all = len(found.get(tuple(standard.key for standard in standards), ()))
    shared = answer.shares.shared()
    title = f"{by_all} of {shared.m} topics are shared by all {len(standards)} standards, {shared.n} by two or more"
    related = any(item.mark for items in found.values() for item in items)
    mark = f"; {Kin.RELATED.glyph} no common core, but related" if related else ""
    mark += f"; {answer.said_beside()}" if answer.beside else ""
    words = (
        f"{_HINT}{mark}",
        source_line(standards, report.data_version),
    )
    place = frame(Sheet(size), title + " (10 of 10)", *words)
    each = max(1, int((place.height - HEAD) / ROW))
    parts = list(found)
    count = -(-len(parts) // each)
    each = -(-len(parts) // count)
    definition = (
        "Each topic counts for exactly those standards that the common core ties in it (same or "
        "extended), directly or through a third, the largest set if there are two; one without common core counts for "
        "the standard whose clauses it has. Each counts in one row."
    )
    looks = palettes(standards)
    core = core_colours(answer.core_colours)
    drawn = []
    for index in range(count):
        page = parts[index * each : (index + 1) * each]
        said = f"{title} ({index + 1} of {count})" if count > 1 else title
        sheet = Sheet(size)
        notes = [f"Page {index + 1} of {count}."] if count > 1 else []
        _rows(sheet, frame(sheet, said, *words), standards, looks, found, page, notes, core)
        alt = f"{said}. {_HINT}. " + " ".join(sheet.groups.values())
        beside = [f"{answer.said_beside(all_=True)}."] if answer.beside else []
        told = [report.message, definition, *beside, *notes, *report.notes, words[1]]
        palette = swatches((core, *looks.values()))
        drawn.append(sheet.picture("upset", said, alt, told, palette))
    return tuple(drawn)


def _rows(
    sheet: Sheet, place: Area, standards: Sequence[Side], looks: Mapping[str, Colours],
    found: Mapping[Part, Sequence[Item]], parts: Sequence[Part], notes: list[str], core: Colours,
) -> None:  # fmt: skip
    cell = max(CELL, *(width_of(one.label, 13, bold=True) + 8 for one in standards))
    cells = len(standards) * (cell + GAP)
    heads = sheet.group("Heads", "Standards: " + ", ".join(one.designation for one in standards) + ".")
    for at, standard in enumerate(standards):
        palette = looks[standard.key]
        size = sum(len(names) for part, names in found.items() if standard.key in part)
        sheet.box(
            Area(place.x + at * (cell + GAP), place.y, cell, HEAD - 6), [standard.label, str(size)],
            lines=[standard.label, str(size)], size=13, bold=True, align="c", name=f"{standard.key} head",
            group=heads, fill=palette.dark, ink=palette.on_dark, alt=f"{standard.designation}: {counted(size)} in all",
        )  # fmt: skip
    widest = max(len(names) for names in found.values())
    least = width_of("88", 12, bold=True) + 6
    # The longest bar leaves the words beside it their room; a number that a short bar can't hold stands among them.
    bars = min(max(widest * least / 2, (place.width - cells) * 0.34), (place.width - cells) * _LONGEST)
    unit = bars / widest
    left = place.x + cells + 10
    sheet.words(
        Area(left, place.y, place.right - left, HEAD - 6),
        ["Topics that exactly these standards share, and which they are"],
        size=14, name="Heads of the bars", group=heads,
    )  # fmt: skip
    height = min(TALLEST_ROW, (place.height - HEAD) / len(parts))
    top = place.y + HEAD
    for part in parts:
        names = [item.whole for item in found[part]]
        label = together(one.label for one in standards if one.key in part)
        said = ", ".join(held(one.designation) for one in standards if one.key in part)
        group = sheet.group(f"Combination {label}", f"{label} ({said}): {counted(len(names))}: {'; '.join(names)}.")
        previous = ""
        for at, standard in enumerate(standards):
            palette = looks[standard.key]
            area = Area(place.x + at * (cell + GAP), top, cell, height - GAP)
            inside = standard.key in part
            text = standard.label if inside else "·"
            node = sheet.box(
                area, [text], lines=[text], size=12, bold=inside, align="c", name=f"{label}: {standard.key}",
                group=group, fill=palette.dark if inside else PAPER, ink=palette.on_dark if inside else "#595959",
                line=palette.line if inside else "#D9D9D9",
                alt=f"{standard.designation}: {'shares' if inside else 'not in this combination'}",
            )  # fmt: skip
            if inside and previous:
                sheet.link(previous, node)
            previous = node if inside else previous
        bar = Area(left, top, len(names) * unit, height - GAP)
        number = str(len(names))
        wide = bar.width >= width_of(number, 12, bold=True) + 4
        sheet.box(
            bar, [number] if wide else [], lines=[number] if wide else [], size=12, bold=True, align="c",
            name=f"{label} bar", group=group, fill=core.dark if wide else None, line=core.dark, ink=core.on_dark,
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
            notes.append(f"In full, {label}, {counted(len(names))}: {'; '.join(names)}.")
        sheet.words(tail, fits.paragraphs, lines=fits.lines, size=letter_size, name=f"{label} in words", group=group)
        top += height
