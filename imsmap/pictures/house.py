"""One system, n standards: roof and beam, a pillar for each discipline in clauses 6 and 8, one base for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from imsmap.drawing import (
    FONT_FLOOR,
    MARGIN,
    Area,
    Column,
    Picture,
    Sheet,
    Size,
    colours,
    even_size,
    evenly,
    frame,
    height_of,
    listed,
    source_line,
)
from imsmap.drawing.shares import added, counted, of_main, side
from imsmap.report import Report

ANALYSIS = "matrix"
ROOF, BEAM, PILLARS, BASE = "5", "4", ("6", "8"), ("7", "9", "10")
GAP, PILLAR_GAP = 4.0, 10.0
NARROWEST = 128.0
"""Below this words of a pillar break; then the pillars are spread over several pages."""
_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, FONT_FLOOR)
_LIST = (14.0, 13.0, 12.0, FONT_FLOOR)


def draw(report: Report[object], size: Size) -> tuple[Picture, ...]:
    """Draw the house on one page; what a pillar has no room for stands in the notes."""
    values = report.values
    standards = values["standards"]
    sides = [side(values, standard) for standard in standards]
    shared, total = of_main(values, [main["number"] for main in values["main_clauses"]])
    title = (
        f"One system carries {len(standards)} standards: {shared} of {total} groups of requirements are built once, "
        "the pillars are each discipline's own"
    )
    letters = "".join(standard["letter"] for standard in standards)
    marks = {mark for one in sides for main in PILLARS for entry in one.rows.get(main, ()) for mark in entry.mark}
    marked = "".join(
        f"; {glyph} {meaning}" for glyph, meaning in (("◐", "related"), ("?", "not assessed")) if glyph in marks
    )
    legend = f"{letters} = common core; + leaf clauses that only one standard asks for{marked}"
    words = legend, source_line([(one["letter"], one["designation"]) for one in standards], report.data_version)
    core = colours(values.get("core_colours"))
    definition = (
        "Shared, built once: a group of requirements that two or more of the standards share by the common core (same "
        "or extended). A pillar holds what only its discipline asks for in clauses 6 and 8: leaf clauses in no such "
        "group, told at two levels where all below agree."
    )
    palette = [colour for one in (core, *(s.colours for s in sides)) for colour in (one.dark, one.tint)]
    most = max(2, int((size.width - 2 * size.edge) // (NARROWEST + PILLAR_GAP)))
    chunks = [sides[start:end] for start, end in evenly([1.0] * len(sides), -(-len(sides) // most))]
    pages = []
    for index, chunk in enumerate(chunks, start=1):
        several = f" ({index} of {len(chunks)})" if len(chunks) > 1 else ""
        sheet = Sheet(size)
        notes = [f"Page {index} of {len(chunks)}: the pillars {', '.join(c.name for c in chunk)}."] if several else []
        _build(sheet, values, sides, chunk, letters, frame(sheet, title + several, *words), notes)
        told = [report.message, definition, *notes, *report.notes, words[1]]
        alt = f"{title}{several}. " + " ".join(sheet.groups.values())
        pages.append(sheet.picture("house", title + several, alt, told, palette))
    return tuple(pages)


def _build(
    sheet: Sheet,
    values: Mapping[str, Any],
    sides: Sequence[Column],
    pillars: Sequence[Column],
    letters: str,
    place: Area,
    notes: list[str],
) -> None:
    titles = {main["number"]: main["title"] for main in values["main_clauses"]}
    core = colours(values.get("core_colours"))

    def said(numbers: Iterable[str], whole: bool = True) -> list[str]:
        numbers = [number for number in numbers if number in titles]
        shared, total = of_main(values, numbers)
        adds = added(values, numbers)
        told = ", ".join(f"{one.letters}\u00a0+{adds[one.key][0]}" for one in sides if adds[one.key][0])
        named = ", ".join(f"{number}\u00a0{titles[number]}" for number in numbers)
        return [f"{letters} {named}", f"{shared} of {counted(total)} shared" + (f"; {told}" if told and whole else "")]

    def stone(area: Area, numbers: Sequence[str], **how: Any) -> None:
        if not any(number in titles for number in numbers):
            return
        words = said(numbers, whole=numbers != PILLARS)
        label = "Clause " + ", ".join(numbers)
        group = sheet.group(label + how.pop("note", ""), ": ".join(words).removeprefix(f"{letters} ") + ".")
        sheet.fitted(
            area, words, sizes=how.pop("sizes", _SIZES), notes=notes, align="c", name=label, group=group,
            fill=core.tint, line=core.dark, **how,
        )  # fmt: skip

    roof_height = max(84.0, place.height * (0.26 if len(pillars) < 4 else 0.22))
    low = max(40.0, place.height * 0.1)
    roof = Area(place.x, place.y, place.width, roof_height)
    if ROOF in titles:
        words = said([ROOF])
        group = sheet.group(f"Clause {ROOF}, the roof", ": ".join(words).removeprefix(f"{letters} ") + ".")
        sheet.fitted(
            roof, words, sizes=_SIZES, notes=notes, align="c", bold=True, name=f"Clause {ROOF}", group=group,
            fill=core.dark, ink=core.on_dark, shape="triangle",
        )  # fmt: skip
    beam = Area(place.x, roof.bottom + GAP, place.width, low)
    stone(beam, [BEAM], note=", the beam")
    base = place.bottom - low
    floor = Area(place.x, base - GAP - low, place.width, low)
    _pillars(
        sheet, pillars, Area(place.x, beam.bottom + GAP, place.width, floor.y - beam.bottom - 2 * GAP), notes, values
    )
    stone(floor, PILLARS, note=", what is shared")
    width = (place.width - GAP * (len(BASE) - 1)) / len(BASE)
    texts = ["\n".join(said([number])) for number in BASE if number in titles]
    size = even_size(texts, width - 2 * MARGIN, low, _SIZES)
    for at, number in enumerate(BASE):
        stone(Area(place.x + at * (width + GAP), base, width, low), [number], note=", in the base", sizes=(size,))


def _pillars(sheet: Sheet, sides: Sequence[Column], place: Area, notes: list[str], values: Mapping[str, Any]) -> None:
    width = (place.width - PILLAR_GAP * (len(sides) + 1)) / len(sides)
    adds = added(values, PILLARS)
    head = min(58.0, place.height * 0.36) if len(sides) > 3 else 40.0
    bodies = []
    for at, one in enumerate(sides):
        left = place.x + PILLAR_GAP + at * (width + PILLAR_GAP)
        items = tuple(entry.item for main in PILLARS for entry in one.rows.get(main, ()))
        own, all_ = adds[one.key]
        said = "; ".join(item.whole for item in items) or "nothing of its own"
        group = sheet.group(
            f"Pillar {one.letters}", f"{one.name} adds {own} of {all_} leaf clauses in 6 and 8: {said}."
        )
        bodies.append((Area(left, place.y + head, width, place.height - head), one, items, group))
        sheet.fitted(
            Area(left, place.y, width, head),
            [f"{one.letters} {one.name}", f"+{own} of {all_} leaf clauses"], sizes=_LIST, notes=notes,
            align="c", bold=True, name=f"{one.key} pillar head", group=group, fill=one.colours.dark,
            ink=one.colours.on_dark,
        )  # fmt: skip
    inner = width - 2 * MARGIN

    def cut(size: float) -> int:
        lines = int((place.height - head - 4) / height_of(1, size) + 1e-6)
        return sum(len(listed(items, inner, size, max(1, lines)).cut) for _, _, items, _ in bodies)

    size = min(_LIST, key=lambda one: (cut(one), -one))
    lines = max(1, int((place.height - head - 4) / height_of(1, size) + 1e-6))
    for area, one, items, group in bodies:
        found = listed(items, inner, size, lines)
        if found.cut:
            notes.append(f"In full, {one.name}: " + "; ".join(found.cut) + ".")
        nothing = (f"{one.letters}\u00a0nothing of its own",)
        sheet.box(
            area, found.paragraphs or nothing, lines=found.lines or nothing, size=size, hang=True,
            name=f"{one.key} pillar", group=group, fill=one.colours.tint, line=one.colours.line,
        )  # fmt: skip
