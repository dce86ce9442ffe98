"""Two or three standards: what they share flows into the common core, in points, to scale; what each adds stays out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import (
    CORE,
    FONT_FLOOR,
    INK,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    badge,
    breaks_word,
    fit,
    frame,
    height_of,
    held,
    look_of,
    palettes,
    shorten,
    source_line,
    width_of,
)
from imsmap.drawing.story import legend, story
from imsmap.parts import Side
from imsmap.pictures.columns.lanes import (
    KINDS,
    Block,
    Lane,
    blocks_of,
    core_width,
    head_of,
    lanes_of,
    line_of,
    scale_of,
)
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import bare, counted, counterpart_in_core

CORE_HEADS = "Common core, built once", "Core, built once", "Core"
"""What stands above the core, the longest that has room."""
LEAST = 0.2
"""How high a point of a standard is at least, in points, beside names of clauses in two lines."""


def draw(report: Report[MatrixAnswer], size: Size) -> Picture:
    """Draw the flow on one page."""
    answer = report.answer
    sides = answer.standards
    looks = palettes(sides)
    blocks = {side.key: blocks_of(answer, side.key) for side in sides}
    title = title_of(answer)
    source = source_line(sides, report.data_version)
    kinds = [kind for at, kind in enumerate(KINDS) if any(one.counts[at] for row in blocks.values() for one in row)]
    sheet = Sheet(size)
    place = frame(sheet, title, legend(*kinds), source, story(answer.shares.tally(), sides, looks))
    place = Area(place.x, place.y, place.width, place.height - 6)  # the last bars keep clear of the legend
    notes = [f"Bars are as high as their points, all to one scale. {_told(answer, side)}" for side in sides]
    core = [max(blocks[side.key][at].counts[0] for side in sides) for at in range(len(answer.main_clauses))]
    line = line_of(sheet)
    bars = Area(place.x, place.y + head_of(sides), place.width, place.height - head_of(sides))
    for names in _names(sheet, answer, blocks, core_width(bars, len(sides))):
        labels = [line + height_of(len(name.lines) - 1, name.size) for name in names]
        scale = scale_of(bars, blocks, core, line, labels)
        if scale >= LEAST and not any(name.short for name in names):
            break
    beside = width_of("+000 of 000", sheet.type.body, bold=True) + 12
    lanes = lanes_of(bars, blocks, core, sides, scale, line, beside, labels)
    _ribbons(sheet, lanes, blocks, core, sides, looks, scale)
    notes += _core(sheet, lanes["core"], answer, names, core, scale)
    for at, side in enumerate(sides):
        _standard(sheet, lanes[side.key], side, looks[side.key], blocks[side.key], scale, at, len(sides))
    _heads(sheet, place, lanes, answer, looks)
    notes += [f"In full: {side.designation}." for side in sides]
    alt = f"{title.replace('**', '')}. " + " ".join(filter(None, sheet.groups.values()))
    definition = (
        f"In the core: {counterpart_in_core(answer.unit)}. Related: a "
        "stated relation of strength 4 or more (of 10). Alone: at most a reminder ties it to another."
    )
    return sheet.picture("columns", title, alt, [report.message, definition, *notes, *report.notes, source])


def title_of(answer: MatrixAnswer) -> str:
    """Say how many points are built once, and what each standard adds, with where most of it is."""
    told: list[str] = []
    for side in answer.standards:
        points = answer.measured(side.key)
        same = sum(count for kin, count in points.items() if kin.is_core)
        unit = "" if told else " points"
        told.append(f"{same} of {sum(points.values())}{unit} of {held(_short(side))}")
    adds = ", ".join(f"{held(_short(side))} adds {answer.beyond_in_all(side.key)}" for side in answer.standards)
    return (
        f"**{told[0]}** and {told[1]} are built once; {adds}"
        if len(told) == 2
        else f"**Built once:** {', '.join(told)}"
    )


def _short(side: Side) -> str:
    """Name a standard, with its edition."""
    return side.designation


def _told(answer: MatrixAnswer, side: Side) -> str:
    points = answer.measured(side.key)
    said = ", ".join(f"{count} {kin.value}" for kin, count in sorted(points.items(), key=lambda one: one[0].distance))
    return f"{side.designation}: {counted(sum(points.values()), 'point')} by the closest other: {said}."


def _ribbons(
    sheet: Sheet, lanes: Mapping[str, Lane], blocks: Mapping[str, Sequence[Block]], core: Sequence[int],
    sides: Sequence[Side], looks: Mapping[str, Colours], scale: float,
) -> None:  # fmt: skip
    """Let the core of the first standard flow into the middle, and from there on to each of the others."""
    group = sheet.group("Flow", "What is shared flows from each standard into the common core.")
    order = [sides[0].key, "core", *(side.key for side in sides[1:])]
    over = 0.5  # so that no seam shows
    for one, other in itertools.pairwise(order):
        for at in range(len(blocks[sides[0].key])):
            keys = [key for key in (one, other) if key != "core"]
            heights = [blocks[key][at].counts[0] * scale for key in keys]
            if min(heights) <= 0:
                continue
            ends = []
            for key in (one, other):
                lane = lanes[key]
                # Where it meets the core it is as high as the core's bar: what one has less runs out on the way.
                high = (blocks[key][at].counts[0] if key != "core" else core[at]) * scale
                ends.append(Area(lane.x + (over if key == other else -over), lane.tops[at], lane.width, high))
            sheet.ribbon(
                ends[0], ends[1], name=f"flow {at + 1} {one} {other}", group=group,
                fill=looks[one].dark if one == order[0] else CORE.dark,  # what flows on behind a standard is the core
                fades=CORE.dark if other == "core" else looks[other].dark,
            )  # fmt: skip


@frozen
class Name:
    """What stands over a bar of the core: its clause, how many points each standard has in it, in which size."""

    whole: str
    lines: tuple[str, ...]
    number: str
    held_by: Mapping[str, int]
    size: float
    short: bool = False


def _names(
    sheet: Sheet, answer: MatrixAnswer, blocks: Mapping[str, Sequence[Block]], width: float
) -> Iterator[tuple[Name, ...]]:  # fmt: skip
    """Set clauses and counts side by side in one size, from the best way: each standard's count, or a span of them.

    The clauses in a line, in two, and at last abbreviated.
    """
    mains = answer.main_clauses
    held_by = [{side.label: blocks[side.key][at].counts[0] for side in answer.standards} for at in range(len(mains))]
    wholes = [f"{main.number} {main.title}" for main in mains]
    sizes = (sheet.type.body, sheet.type.small, FONT_FLOOR)
    ways = [(most, way, size) for way in (_each, _span) for most in (1, 2) for size in sizes]
    for most, way, size in (*ways, (1, _each, FONT_FLOOR), (1, _span, FONT_FLOOR)):
        numbers = [way(counts) for counts in held_by]
        rooms = [width - width_of(number, size, bold=True) - 10 for number in numbers]
        if min(rooms) >= width * 0.4:
            told = zip(wholes, numbers, rooms, held_by, strict=True)
            yield tuple(_name(whole, number, room, counts, size, most) for whole, number, room, counts in told)


def _name(whole: str, number: str, room: float, counts: Mapping[str, int], size: float, most: int) -> Name:
    found = fit(whole, room, height_of(most, size), (size,))
    torn = breaks_word(whole, room, size)
    lines = (shorten(whole, room, size),) if found.short or torn else found.lines
    return Name(whole, lines, number, counts, size, found.short or torn)


def _core(
    sheet: Sheet, lane: Lane, answer: MatrixAnswer, names: Sequence[Name], core: Sequence[int], scale: float
) -> list[str]:
    """Draw the core's bars under their clauses; gives what had to be abbreviated, whole."""
    for at, (main, name) in enumerate(zip(answer.main_clauses, names, strict=True)):
        said = ", ".join(f"{count} of {label}" for label, count in name.held_by.items())
        group = sheet.group(f"Core {main.number}", f"Clause {main.number} {main.title}: {said} points in the core.")
        wide = width_of(name.number, name.size, bold=True) + 2
        line, high = height_of(1, name.size), height_of(len(name.lines), name.size)
        foot = lane.tops[at] - 2  # clear of the bar, which letters below the base line would touch
        sheet.words(
            Area(lane.x, foot - high, lane.width - wide - 8, high), [" ".join(name.lines)], lines=name.lines,
            size=name.size, name=f"Clause {main.number}", group=group, align="l", pad=0,
        )  # fmt: skip
        sheet.words(
            Area(lane.x + lane.width - wide, foot - line, wide, line), [name.number], lines=[name.number],
            size=name.size, bold=True, align="r", name=f"core {main.number} count", group=group, pad=0,
        )  # fmt: skip
        if core[at]:
            sheet.box(
                Area(lane.x, lane.tops[at], lane.width, core[at] * scale), name=f"core {main.number}", role="bar",
                fill=CORE.dark, group=group,
            )  # fmt: skip
    return [f"In full: {name.whole}." for name in names if name.short]


def _each(held_by: Mapping[str, int]) -> str:
    """Write how many points of the core each standard has: once where all have as many."""
    if len(set(held_by.values())) == 1:
        return str(next(iter(held_by.values())))
    return " ".join(f"{one}\u00a0{count}" for one, count in held_by.items())


def _span(held_by: Mapping[str, int]) -> str:
    """Write how many points of the core they have, as a span."""
    least, most = min(held_by.values()), max(held_by.values())
    return str(least) if least == most else f"{least} to {most}"


def _standard(
    sheet: Sheet,
    lane: Lane,
    side: Side,
    look: Colours,
    row: Sequence[Block],
    scale: float,
    place: int,
    several: int,
) -> None:
    size, line = sheet.type.body, line_of(sheet)
    for at, block in enumerate(row):
        said = ", ".join(f"{count} {kind}" for kind, count in zip(KINDS, block.counts, strict=True) if count)
        group = sheet.group(
            f"{side.label} {block.main.number}", f"{side.designation}, clause {block.main.number}: {said}."
        )
        top = lane.tops[at]
        for kind, count in zip(KINDS, block.counts, strict=True):
            high = count * scale
            if count:
                how = look_of(kind, look)
                how["role"], how["group"] = "bar", group
                sheet.box(Area(lane.x, top, lane.width, high), name=f"{side.key}:{block.main.number} {kind}", **how)
            top += high
        if not block.total:
            continue
        text = f"**+{block.beyond}** of {block.total}"
        wide = width_of(text.replace("**", ""), size, bold=True) + 2
        x = lane.x - 10 - wide if place == 0 else lane.x + lane.width + 10
        middle = lane.tops[at] + block.total * scale / 2
        if 0 < place < several - 1:
            # Under its bar, since the flow goes on beside it.
            x, middle = lane.x, lane.tops[at] + block.total * scale + line / 2
        sheet.words(
            Area(x, middle - line / 2, wide, line), [text], size=size, align="r" if place == 0 else "l", pad=0,
            name=f"{side.key}:{block.main.number} adds", group=group,
        )  # fmt: skip


def _heads(
    sheet: Sheet, place: Area, lanes: Mapping[str, Lane], answer: MatrixAnswer, looks: Mapping[str, Colours]
) -> None:
    """Name the standards above their columns, all in one size, and say what each adds: beside it, or of three below."""
    size, high = sheet.type.body, max(18.0, line_of(sheet))
    y, several = place.y, len(answer.standards) > 2
    starts = [lane.x for lane in lanes.values()]
    rooms = {
        side.key: min((x for x in starts if x > lanes[side.key].x + 1), default=place.right + 8) - lanes[side.key].x - 8
        for side in answer.standards
    }
    if not several:
        rooms[answer.standards[-1].key] = lanes[answer.standards[-1].key].width
    points = next(
        (
            one
            for one in (size, sheet.type.small, 11.0)
            if all(_named(side, one) <= rooms[side.key] for side in answer.standards)
        ),
        11.0,
    )
    for at, side in enumerate(answer.standards):
        lane = lanes[side.key]
        measured = answer.measured(side.key)
        total, adds = sum(measured.values()), answer.beyond_in_all(side.key)
        group = sheet.group(f"Head {side.label}", f"{side.designation}: {adds} of {total} points beyond the core.")
        wide = badge(sheet, lane.x, y, side.label, looks[side.key], name=f"{side.key} head", group=group)
        room = rooms[side.key] - wide - 8
        edition = bare(side.designation)
        name = fit(side.designation, room, high, (points, 11.0), bold=True)
        told = shorten(edition, room, name.size, bold=True) if name.short else name.text
        tight = width_of(told, name.size, bold=True) + 1
        sheet.words(
            Area(lane.x + wide + 8, y, tight, high), [told], lines=[told], size=name.size, bold=True, align="l",
            name=f"{side.key} name", group=group, pad=0,
        )  # fmt: skip
        said = f"**+{adds}** of {total}"
        broad = width_of(said.replace("**", ""), size, bold=True) + 2
        if several and at:
            spot = Area(lane.x, y + high + 2, broad, high)
        else:
            beside = max(lane.x + lane.width, lane.x + wide + 8 + tight) + 10
            spot = Area(beside if at else lane.x - 10 - broad, y, broad, high)
        if spot.right <= place.right + 1:
            sheet.words(spot, [said], size=size, align="l" if at else "r", name=f"{side.key} adds", group=group, pad=0)
    _core_head(sheet, lanes["core"], answer, y, size)


def _named(side: Side, size: float) -> float:
    """Give the width of a standard's badge and name."""
    return 26 + width_of(side.label, 12.0, bold=True) - 8 + width_of(side.designation, size, bold=True)


def _core_head(sheet: Sheet, lane: Lane, answer: MatrixAnswer, y: float, size: float) -> None:
    """Say what the middle is, and how many points of each standard are there."""
    group = sheet.group("Head core", "In the middle: the common core, built once.")
    held_by = {
        side.label: sum(count for kin, count in answer.measured(side.key).items() if kin.is_core)
        for side in answer.standards
    }
    number = _each(held_by) if width_of(_each(held_by), size, bold=True) <= lane.width * 0.5 else _span(held_by)
    wide = width_of(number, size, bold=True) + 2
    told = next((one for one in CORE_HEADS if width_of(one, size, bold=True) <= lane.width - wide - 8), CORE_HEADS[-1])
    sheet.words(
        Area(lane.x, y, lane.width - wide - 8, height_of(1, size)), [told], size=size, bold=True, align="l",
        name="core head", group=group, ink=INK, pad=0,
    )  # fmt: skip
    sheet.words(
        Area(lane.x + lane.width - wide, y, wide, height_of(1, size)), [number], lines=[number], size=size, bold=True,
        align="r", name="core count", group=group, ink=INK, pad=0,
    )  # fmt: skip
