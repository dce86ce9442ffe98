"""One system, n standards: roof and beam, a pillar for each discipline in clauses 6 and 8, one base for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import (
    FONT_FLOOR,
    MARGIN,
    Area,
    Colours,
    Item,
    Picture,
    Sheet,
    Size,
    core_colours,
    even_size,
    evenly,
    fit,
    frame,
    height_of,
    listed,
    palettes,
    source_line,
    swatches,
)
from imsmap.library.model import Kin
from imsmap.parts import Side
from imsmap.report import Report
from imsmap.wording import counted, in_short, labelled, together

ABOUT = about.Picture(of="matrix", place=150)
ROOF, BEAM, PILLARS, BASE = "5", "4", ("6", "8"), ("7", "9", "10")
GAP, PILLAR_GAP = 4.0, 10.0
NARROWEST = 128.0
"""Below this words of a pillar break; then the pillars are spread over several pages."""
_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, FONT_FLOOR)
_LIST = (14.0, 13.0, 12.0, FONT_FLOOR)
_MARKS = {Kin.RELATED: "related", Kin.TOUCHES: "only touches", Kin.NOT_ASSESSED: "not assessed"}


@frozen
class Pillar:
    """What one standard has of its own in the clauses of the pillars."""

    side: Side
    colours: Colours
    items: tuple[Item, ...]


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw the house on one page; what a pillar has no room for stands in the notes."""
    answer = report.answer
    standards, looks = answer.standards, palettes(answer.standards)
    pillars = [_pillar(answer, standard, looks[standard.key]) for standard in standards]
    title = f"One system carries {len(standards)} standards: {in_short(answer.shares.tally())}"
    letters = together(standard.label for standard in standards)
    marks = {mark for one in pillars for item in one.items for mark in item.mark}
    marked = "".join(f"; {kin.glyph} {meaning}" for kin, meaning in _MARKS.items() if kin.glyph in marks)
    legend = f"{letters} = common core; + leaf clauses without common core{marked}"
    words = legend, source_line(standards, report.data_version)
    core = core_colours(answer.core_colours)
    definition = (
        "Shared, built once: a topic that two or more of the standards share by the common core (same "
        "or extended). A pillar holds the leaf clauses of its discipline in clauses 6 and 8 that have no common core, "
        "told at two levels where all below agree."
    )
    palette = swatches((core, *looks.values()))
    most = max(2, int((size.width - 2 * size.edge) // (NARROWEST + PILLAR_GAP)))
    chunks = [pillars[start:end] for start, end in evenly([1.0] * len(pillars), -(-len(pillars) // most))]
    pages = []
    for index, chunk in enumerate(chunks, start=1):
        several = f" ({index} of {len(chunks)})" if len(chunks) > 1 else ""
        sheet = Sheet(size)
        names = ", ".join(one.side.designation for one in chunk)
        notes = [f"Page {index} of {len(chunks)}: the pillars {names}."] if several else []
        _build(sheet, answer, chunk, letters, frame(sheet, title + several, *words), notes)
        told = [report.message, definition, *notes, *report.notes, words[1]]
        alt = f"{title}{several}. " + " ".join(sheet.groups.values())
        pages.append(sheet.picture("house", title + several, alt, told, palette))
    return tuple(pages)


def _pillar(answer: MatrixAnswer, standard: Side, look: Colours) -> Pillar:
    """Name what is a standard's own, in the order of the main clauses."""
    own = answer.own(standard.key)
    items = (
        Item(
            labelled(standard.label, one.number, one.title),
            "".join(kin.glyph for kin in _MARKS if kin in one.closest),
        )
        for main in PILLARS
        for one in own
        if one.main == main
    )
    return Pillar(standard, look, tuple(items))


def _build(
    sheet: Sheet, answer: MatrixAnswer, pillars: Sequence[Pillar], letters: str, place: Area, notes: list[str]
) -> None:
    titles = {main.number: main.title for main in answer.main_clauses}
    core, shares = core_colours(answer.core_colours), answer.shares

    def said(numbers: Iterable[str], whole: bool = True) -> list[str]:
        numbers = [number for number in numbers if number in titles]
        shared = shares.shared(numbers)
        adds = {one.label: shares.own(one.key, numbers).n for one in answer.standards}
        told = ", ".join(f"{label}\u00a0+{number}" for label, number in adds.items() if number)
        named = ", ".join(f"{number}\u00a0{titles[number]}" for number in numbers)
        return [
            f"{letters} {named}",
            f"{shared.n} of {counted(shared.m)} shared" + (f"; {told}" if told and whole else ""),
        ]

    def stone(area: Area, numbers: Sequence[str], note: str, sizes: Sequence[float] = _SIZES) -> None:
        if not any(number in titles for number in numbers):
            return
        words = said(numbers, whole=numbers != PILLARS)
        label = "Clause " + ", ".join(numbers)
        group = sheet.group(label + note, ": ".join(words).removeprefix(f"{letters} ") + ".")
        sheet.fitted(
            area, words, sizes=sizes, notes=notes, align="c", name=label, group=group, fill=core.tint, line=core.dark,
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
        sheet, pillars, Area(place.x, beam.bottom + GAP, place.width, floor.y - beam.bottom - 2 * GAP), notes, answer
    )
    stone(floor, PILLARS, note=", what is shared")
    width = (place.width - GAP * (len(BASE) - 1)) / len(BASE)
    texts = ["\n".join(said([number])) for number in BASE if number in titles]
    size = even_size(texts, width - 2 * MARGIN, low, _SIZES)
    for at, number in enumerate(BASE):
        stone(Area(place.x + at * (width + GAP), base, width, low), [number], note=", in the base", sizes=(size,))


def _pillars(sheet: Sheet, pillars: Sequence[Pillar], place: Area, notes: list[str], answer: MatrixAnswer) -> None:
    width = (place.width - PILLAR_GAP * (len(pillars) + 1)) / len(pillars)
    head = min(58.0, place.height * 0.36) if len(pillars) > 3 else 40.0
    bodies = []
    for at, one in enumerate(pillars):
        left = place.x + PILLAR_GAP + at * (width + PILLAR_GAP)
        label, name = one.side.label, one.side.designation
        own = answer.shares.own(one.side.key, PILLARS)
        said = "; ".join(item.whole for item in one.items) or "nothing of its own"
        group = sheet.group(f"Pillar {label}", f"{name} adds {own.n} of {own.m} leaf clauses in 6 and 8: {said}.")
        bodies.append((Area(left, place.y + head, width, place.height - head), one, group))
        sheet.fitted(
            Area(left, place.y, width, head),
            [f"{label} {name}", f"+{own.n} of {own.m} leaf clauses"], sizes=_LIST, notes=notes,
            align="c", bold=True, name=f"{one.side.key} pillar head", group=group, fill=one.colours.dark,
            ink=one.colours.on_dark,
        )  # fmt: skip
    inner = width - 2 * MARGIN

    def cut(size: float) -> int:
        lines = int((place.height - head - 4) / height_of(1, size) + 1e-6)
        return sum(len(listed(one.items, inner, size, max(1, lines)).cut) for one in pillars)

    size = min(_LIST, key=lambda one: (cut(one), -one))
    lines = max(1, int((place.height - head - 4) / height_of(1, size) + 1e-6))
    for area, one, group in bodies:
        found = listed(one.items, inner, size, lines)
        if found.cut:
            notes.append(f"In full, {one.side.designation}: " + "; ".join(found.cut) + ".")
        nothing = (f"{one.side.label}\u00a0nothing of its own",)
        shown = found.lines or fit(nothing[0], inner, area.height, (size,)).lines
        sheet.box(
            area, found.paragraphs or nothing, lines=shown, size=size, hang=True,
            name=f"{one.side.key} pillar", group=group, fill=one.colours.tint, line=one.colours.line,
        )  # fmt: skip
