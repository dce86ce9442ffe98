"""Two or three standards: what they share flows into the common core, in points, to scale; what each adds stays out."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import (
    CORE,
    INK,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    badge,
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
from imsmap.drawing.story import kind_of, legend, story
from imsmap.parts import MainClause, Side
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import counted, counterpart_in_core

HEAD = 34.0
"""Above the bars: who they are."""
LABEL = 17.0
"""Above each bar of the core: its clause; higher where type is larger."""
CORE_HEADS = "Common core, built once", "Core, built once", "Core"
"""What stands above the core, the longest that has room."""
KINDS = ("core", "related", "alone", "unknown")
"""What a bar is made of, from above."""


@frozen
class Block:
    """What a standard has under a main clause: its points by class, in the order of KINDS."""

    main: MainClause
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many points there are."""
        return sum(self.counts)

    @property
    def beyond(self) -> int:
        """How many of them are not in the core."""
        return self.total - self.counts[0]


@frozen
class Lane:
    """A column of bars: the standard's, or the core's."""

    x: float
    width: float
    tops: tuple[float, ...]


def draw(report: Report[MatrixAnswer], size: Size) -> Picture:
    """Draw the flow on one page."""
    answer = report.answer
    sides = answer.standards
    looks = palettes(sides)
    blocks = {side.key: _blocks(answer, side.key) for side in sides}
    title = title_of(answer)
    source = source_line(sides, report.data_version)
    kinds = [kind for at, kind in enumerate(KINDS) if any(one.counts[at] for row in blocks.values() for one in row)]
    sheet = Sheet(size)
    place = frame(sheet, title, legend(*kinds), source, story(answer.shares.tally(), sides, looks))
    place = Area(place.x, place.y, place.width, place.height - 6)  # the last bars keep clear of the legend
    notes = [f"Bars are as high as their points, all to one scale. {_told(answer, side)}" for side in sides]
    core = [max(blocks[side.key][at].counts[0] for side in sides) for at in range(len(answer.main_clauses))]
    line = _line(sheet)
    lanes = _lanes(place, blocks, core, sides, line)
    scale = _scale(place, blocks, core, line)
    _ribbons(sheet, lanes, blocks, sides, looks, scale)
    notes += _core(sheet, lanes["core"], answer, blocks, core, scale)
    for at, side in enumerate(sides):
        after = sides[min(at + 1, len(sides) - 1)].key
        below = _below((lanes[side.key].tops, blocks[side.key]), (lanes[after].tops, blocks[after]), scale)
        _standard(
            sheet, lanes[side.key], side, looks[side.key], blocks[side.key], scale, at, len(sides), below, place.bottom
        )
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


def _blocks(answer: MatrixAnswer, key: str) -> tuple[Block, ...]:
    found = []
    for main in answer.main_clauses:
        counts = dict.fromkeys(KINDS, 0)
        for kin, count in answer.measured(key, (main.number,)).items():
            counts[kind_of(kin)] += count
        found.append(Block(main, tuple(counts.values())))
    return tuple(found)


def _line(sheet: Sheet) -> float:
    """Give the height that a line of body text wants."""
    return max(LABEL, height_of(1, sheet.type.body))


def _scale(place: Area, blocks: Mapping[str, Sequence[Block]], core: Sequence[int], line: float) -> float:
    """Give the points of height for a point of a standard: as many as leave room for every label."""
    full = place.height - HEAD
    most = max(sum(one.total for one in row) for row in blocks.values())
    scale = min((full - 40) / max(most, 1), (full - len(core) * (line + 4)) / max(sum(core), 1))
    for _ in range(60):
        rows = [[one.total * scale for one in row] for row in blocks.values()]
        if all(_apart(_spread(row, full), row, line) for row in rows) and _clear(
            blocks, _tops(blocks, scale, full, line), scale, line
        ):
            break
        scale *= 0.95
    return scale


def _spread(heights: Sequence[float], full: float) -> list[float]:
    """Give where each bar begins, all from the top to the foot with even gaps."""
    gap = (full - sum(heights)) / max(len(heights) - 1, 1)
    return [sum(heights[:at]) + gap * at for at in range(len(heights))]


def _apart(tops: Sequence[float], heights: Sequence[float], line: float) -> bool:
    """Tell whether the middles of neighbouring bars have room for a line each."""
    middles = [top + height / 2 for top, height in zip(tops, heights, strict=True)]
    return all(after - before >= line for before, after in itertools.pairwise(middles))


def _tops(blocks: Mapping[str, Sequence[Block]], scale: float, full: float, line: float) -> dict[str, list[float]]:
    """Give where each column's bars begin: spread, or the last in line with those before it where labels want it."""
    rows = {key: [one.total * scale for one in row] for key, row in blocks.items()}
    last = len(rows) - 1
    # A column between two others has its labels below its core, the last one, too.
    tops = {key: _spread(row, full - (line if 0 < at < last else 0)) for at, (key, row) in enumerate(rows.items())}
    if last > 1 and not _clear(blocks, tops, scale, line):
        before, end = list(rows)[-2:]
        level = {**tops, end: tops[before]}
        feet = [top + high for top, high in zip(level[end], rows[end], strict=True)]
        apart = all(foot < top for foot, top in zip(feet, [*level[end][1:], full + 1], strict=True))
        if apart and _apart(level[end], rows[end], line) and _clear(blocks, level, scale, line):
            return level
    return tops


def _clear(
    blocks: Mapping[str, Sequence[Block]], tops: Mapping[str, Sequence[float]], scale: float, line: float
) -> bool:
    """Tell whether beside a column between two others each label has room above the flow of the next clause."""
    for one, other in itertools.pairwise(list(blocks)[1:]):
        feet = _below((tops[one], blocks[one]), (tops[other], blocks[other]), scale)
        if any(foot + line > after for foot, after in zip(feet, tops[one][1:], strict=False)):
            return False
    return True


def _lanes(
    place: Area, blocks: Mapping[str, Sequence[Block]], core: Sequence[int], sides: Sequence[Side], line: float
) -> dict[str, Lane]:
    """Place the columns: the first standard left of the core, the others right of it."""
    scale = _scale(place, blocks, core, line)
    full, top = place.height - HEAD, place.y + HEAD
    unit = place.width / 888
    if len(sides) == 2:
        xs, wide = {sides[0].key: 116 * unit, sides[1].key: 662 * unit}, 110 * unit
        middle, broad = 316 * unit, 254 * unit
    else:
        xs, wide = {sides[0].key: 100 * unit, sides[1].key: 520 * unit, sides[2].key: 716 * unit}, 72 * unit
        middle, broad = 232 * unit, 226 * unit
    lanes = {}
    for key, tops in _tops(blocks, scale, full, line).items():
        lanes[key] = Lane(place.x + xs[key], wide, tuple(top + one for one in tops))
    gap = (full - len(core) * line - sum(core) * scale) / max(len(core) - 1, 1)
    tops = [sum(core[:at]) * scale + at * (gap + line) + line for at in range(len(core))]
    lanes["core"] = Lane(place.x + middle, broad, tuple(top + one for one in tops))
    return lanes


def _ribbons(
    sheet: Sheet, lanes: Mapping[str, Lane], blocks: Mapping[str, Sequence[Block]], sides: Sequence[Side],
    looks: Mapping[str, Colours], scale: float,
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
                high = blocks[key][at].counts[0] * scale if key != "core" else heights[0]
                ends.append(Area(lane.x + (over if key == other else -over), lane.tops[at], lane.width, high))
            sheet.ribbon(
                ends[0], ends[1], name=f"flow {at + 1} {one} {other}", group=group,
                fill=CORE.dark if one == "core" else looks[one].dark,
                fades=CORE.dark if other == "core" else looks[other].dark,
            )  # fmt: skip


def _below(
    one: tuple[Sequence[float], Sequence[Block]], other: tuple[Sequence[float], Sequence[Block]], scale: float
) -> list[float]:
    """Give, for each clause, the height under which the flow from one column to the next leaves room for a label."""
    feet = [[top + block.counts[0] * scale for top, block in zip(tops, row, strict=True)] for tops, row in (one, other)]
    # The label ends past the middle of the way, where most of the fall is done.
    return [here + max(0.0, there - here) * 0.7 for here, there in zip(*feet, strict=True)]


def _core(
    sheet: Sheet, lane: Lane, answer: MatrixAnswer, blocks: Mapping[str, Sequence[Block]], core: Sequence[int],
    scale: float,
) -> list[str]:  # fmt: skip
    """Draw the core's bars under their clauses; gives what had to be abbreviated, whole."""
    line = _line(sheet)
    cut = []
    held_by_all = [{side.label: blocks[side.key][at].counts[0] for side in answer.standards} for at in range(len(core))]
    wholes = [f"{main.number} {main.title}" for main in answer.main_clauses]
    for size in (sheet.type.body, 12.0):
        # Counts are smaller where a name would have no room beside them.
        numbers = [_number(held_by, lane.width * 0.45, size) for held_by in held_by_all]
        rooms = [lane.width - width_of(number, size, bold=True) - 10 for number in numbers]
        if all(width_of(whole, 11.0) <= room for whole, room in zip(wholes, rooms, strict=True)):
            break
    # One size for all the names: the largest at which each has room.
    smaller = next(
        (one for one in (size, 12.0) if all(width_of(w, one) <= room for w, room in zip(wholes, rooms, strict=True))),
        11.0,
    )
    for at, main in enumerate(answer.main_clauses):
        held_by, number, room, whole = held_by_all[at], numbers[at], rooms[at], wholes[at]
        said = ", ".join(f"{count} of {label}" for label, count in held_by.items())
        group = sheet.group(f"Core {main.number}", f"Clause {main.number} {main.title}: {said} points in the core.")
        wide = width_of(number, size, bold=True) + 2
        text = shorten(whole, room, smaller)
        cut += [f"In full: {whole}."] if text != whole else []
        top = lane.tops[at] - line - 2  # clear of the bar, which letters below the base line would touch
        sheet.words(
            Area(lane.x, top, room, line), [text], lines=[text], size=smaller, name=f"Clause {main.number}",
            group=group, align="l", pad=0,
        )  # fmt: skip
        sheet.words(
            Area(lane.x + lane.width - wide, top, wide, line), [number], lines=[number], size=size, bold=True,
            align="r", name=f"core {main.number} count", group=group, pad=0,
        )  # fmt: skip
        if core[at]:
            sheet.box(
                Area(lane.x, lane.tops[at], lane.width, core[at] * scale), name=f"core {main.number}", role="bar",
                fill=CORE.dark, group=group,
            )  # fmt: skip
    return cut


def _number(held_by: Mapping[str, int], room: float, size: float) -> str:
    """Write how many points of the core each standard has: once where all have as many, a span in too little room."""
    counts = list(held_by.values())
    if len(set(counts)) == 1:
        return str(counts[0])
    told = " ".join(f"{one}\u00a0{count}" for one, count in held_by.items())
    return told if width_of(told, size, bold=True) <= room else f"{min(counts)} to {max(counts)}"


def _standard(
    sheet: Sheet,
    lane: Lane,
    side: Side,
    look: Colours,
    row: Sequence[Block],
    scale: float,
    place: int,
    several: int,
    below: Sequence[float],
    bottom: float,
) -> None:
    size, line = sheet.type.body, _line(sheet)
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
        if place and place < several - 1:
            # Beside what it adds, since from its core the flow goes on.
            middle = min(max(middle, below[at] + line / 2), bottom - line / 2)
        sheet.words(
            Area(x, middle - line / 2, wide, line), [text], size=size, align="r" if place == 0 else "l", pad=0,
            name=f"{side.key}:{block.main.number} adds", group=group,
        )  # fmt: skip


def _heads(
    sheet: Sheet, place: Area, lanes: Mapping[str, Lane], answer: MatrixAnswer, looks: Mapping[str, Colours]
) -> None:
    size, high = sheet.type.body, max(18.0, _line(sheet))
    y = place.y
    for at, side in enumerate(answer.standards):
        lane = lanes[side.key]
        points = answer.measured(side.key)
        total, adds = sum(points.values()), answer.beyond_in_all(side.key)
        group = sheet.group(f"Head {side.label}", f"{side.designation}: {adds} of {total} points beyond the core.")
        wide = badge(sheet, lane.x, y, side.label, looks[side.key], name=f"{side.key} head", group=group)
        nearest = min((other.x for other in lanes.values() if other.x > lane.x), default=place.right + 40)
        room = nearest - lane.x - wide - 20 if len(answer.standards) > 2 or at == 0 else place.right - lane.x - wide - 8
        short = _short(side)
        # Without its year, which the source line tells, where what it adds stands in line with what its clauses add.
        alike = len({_short(one) for one in answer.standards}) < len(answer.standards)
        tried = [(side.designation, room), (short, room)]
        if not alike:
            inner = lane.width - wide - 8
            tried = [(side.designation, inner), (short, inner), *tried[1:]]
        told = next(
            (one for one, free in tried if width_of(one, size, bold=True) <= free),
            next((one for one, free in tried if width_of(one, 11.0, bold=True) <= free), short.rpartition(" ")[2]),
        )
        name = fit(told, room, high, (size, 12.0, 11.0), bold=True)
        tight = min(room, width_of(name.text, name.size, bold=True) + 1)
        sheet.words(
            Area(lane.x + wide + 8, y, tight, high), [name.text], lines=name.lines, size=name.size, bold=True,
            align="l", name=f"{side.key} name", group=group, pad=0,
        )  # fmt: skip
        used = lane.x + wide + 8 + width_of(name.text, name.size, bold=True)
        for told in (f"**+{adds}** of {total}", f"**+{adds}**"):
            broad = width_of(told.replace("**", ""), size, bold=True) + 2
            spot = Area(lane.x - 10 - broad, y, broad, high)
            if at:
                spot = Area(max(lane.x + lane.width + 10, used + 10), y, broad, high)
            if spot.right <= min(place.right + 1, nearest - 4 if at else place.right):
                sheet.words(
                    spot, [told], size=size, align="l" if at else "r", name=f"{side.key} adds", group=group, pad=0
                )
                break
    lane = lanes["core"]
    group = sheet.group("Head core", "In the middle: the common core, built once.")
    told = next((one for one in CORE_HEADS if width_of(one, size, bold=True) <= lane.width), CORE_HEADS[-1])
    sheet.words(
        Area(lane.x, y, lane.width, height_of(1, size)), [told], size=size, bold=True, align="l",
        name="core head", group=group, ink=INK, pad=0,
    )  # fmt: skip
