"""The napkin drawing: two or three standards as circles; what both build once is solid, what is related hatched."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer, Member
from imsmap.drawing import (
    CORE,
    FAINT,
    FONT_FLOOR,
    GREY,
    INK,
    PAPER,
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
    listed,
    mark,
    palettes,
    remark,
    source_line,
    width_of,
)
from imsmap.drawing.circles import Circle, Point, grown, meeting, shared_area, shared_by_three
from imsmap.drawing.marks import EDGE
from imsmap.drawing.sheet import Step
from imsmap.drawing.story import ALONE_WORD, CORE_WORD, RELATED_WORD, UNKNOWN_WORD, kind_of, legend, story
from imsmap.errors import UnsuitedError
from imsmap.parts import Side
from imsmap.report import Report
from imsmap.wording import all_of, called, counted, in_short, together

ABOUT = about.Picture(of="matrix")
SUITS = (2, 3)
NARROWEST = 0.28
"""Of the larger radius: with a narrower part the circles are not to scale."""
_WORDS = {"core": CORE_WORD, "related": RELATED_WORD, "alone": ALONE_WORD, "unknown": UNKNOWN_WORD}
_OWN = ("related", "unknown", "alone")
_SHARE = 0.42
"""Of the radius: how far what is related reaches beyond what is shared, where circles are not to scale."""

_UPRIGHT = 1.1
"""Where the page is so much higher than wide, the words stand below the circles: beside them they would be narrow."""

Key = tuple[str, ...]
"""The keys of the standards that have something in common."""
Regions = Mapping[Key, Sequence[Member]]


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw two circles to scale, or three, on one page; UnsuitedError for more."""
    answer = report.answer
    standards = answer.standards
    if len(standards) not in SUITS:
        raise UnsuitedError(
            f"venn draws two or three standards, and there are {len(standards)}: circles of four can't show every "
            "combination; use upset"
        )
    looks = palettes(standards)
    found = answer.regions()
    tally = answer.shares.tally()
    kind = held(called(side.designation for side in standards))
    title = f"{all_of(len(standards)).capitalize()} {kind} ask for the same core: {in_short(tally)}"
    if not tally.core:
        title = f"The {kind} have no core in common: {in_short(tally)}"
    exact = len(standards) == 2 and _lens(*_sizes(found, standards)) is not None
    kinds = [kind for kind in _WORDS if any(kind_of(one.kin) == kind for each in found.values() for one in each)]
    source = source_line(standards, report.data_version)
    sheet = Sheet(size)
    place = frame(sheet, title, legend(*kinds), source, story(tally, standards, looks))
    said = "Numbers count topics; the areas are to scale"
    if not exact:
        said = "Numbers count topics; the areas are not to scale"
    said += f"; {answer.said_beside()}" if answer.beside else ""
    place = remark(sheet, place, f"{said}.")
    notes: list[str] = [f"{answer.said_beside(all_=True)}."] if answer.beside else []
    (_two if len(standards) == 2 else _three)(sheet, place, standards, looks, found, answer.asked)
    definition = (
        "A topic is shared by the standards that the common core ties in it (same or extended), "
        "directly or through a third; one without common core stands with the standard whose clauses it has. Each "
        "counts in one place."
    )
    alt = f"{title.replace('**', '')}. " + " ".join(sheet.groups.values())
    named = [_named(standards, part, members) for part, members in found.items()]
    return (sheet.picture("venn", title, alt, [report.message, definition, *notes, *named, *report.notes, source]),)


def _label(standards: Sequence[Side], part: Key) -> str:
    return together(standard.label for standard in standards if standard.key in part)


def _named(standards: Sequence[Side], part: Key, members: Sequence[Member]) -> str:
    """Name what is in a part, class by class, for the notes."""
    by_kind = {kind: [one.topic.name for one in members if kind_of(one.kin) == kind] for kind in _WORDS}
    told = "; ".join(f"{_WORDS[kind]}: {', '.join(names)}" for kind, names in by_kind.items() if names)
    return f"In full, {_label(standards, part)}: {told}."


def _count(members: Sequence[Member], *kinds: str) -> int:
    return sum(kind_of(one.kin) in kinds for one in members)


# --- how large the parts are ----------------------------------------------------------------------------------------


def _sizes(found: Regions, standards: Sequence[Side]) -> tuple[int, int, int]:
    one, other = (standard.key for standard in standards)
    both = len(found.get((one, other), ()))
    return len(found.get((one,), ())) + both, len(found.get((other,), ())) + both, both


def _lens(first: int, second: int, both: int) -> tuple[float, float, float] | None:
    """Give two radii and the distance of the centres, larger radius 1; nothing if a part would be too narrow."""
    if not both or both in (first, second):
        return None
    large = max(first, second)
    one, other = math.sqrt(first / large), math.sqrt(second / large)
    wanted = both / large * math.pi
    near, far = abs(one - other), one + other
    for _ in range(60):
        middle = (near + far) / 2
        near, far = (middle, far) if shared_area(one, other, middle) > wanted else (near, middle)
    lens = one + other - near
    return (one, other, near) if min(lens, 2 * one - lens, 2 * other - lens) >= NARROWEST else None


# --- what is drawn for two and for three --------------------------------------------------------------------------


def _circles(
    sheet: Sheet, standards: Sequence[Side], looks: Mapping[str, Colours], found: Regions, where: Sequence[Circle],
    reach: Mapping[tuple[str, str], Circle], topics: Mapping[str, int],
) -> None:  # fmt: skip
    """Draw the circles, what is related in each, and over it what is built once.

    reach: how far what is related in the first of two standards reaches out from the second.
    """
    circles = {standard.key: circle for standard, circle in zip(standards, where, strict=True)}
    for standard in standards:
        own = found.get((standard.key,), ())
        parts = ", ".join(f"{_count(own, kind)} {_WORDS[kind]}" for kind in _OWN if _count(own, kind))
        said = f"{standard.label} {standard.designation}: {_in_circle(standard, found, topics)} in the circle"
        said += f", of its own {parts}." if parts else "."
        group = sheet.group(f"Circle {standard.label}", said)
        look = looks[standard.key]
        sheet.ground(
            circles[standard.key].area, name=f"{standard.key} circle", shape="ellipse", fill=PAPER, group=group,
            alt=said,
        )  # fmt: skip
        for (key, near), far in reach.items():
            outline = meeting(circles[key], far) if key == standard.key else []
            if outline:
                _hatched(sheet, outline, f"{key} related to {near}", look, group)
    for standard in standards:
        sheet.mark(
            circles[standard.key].area, name=f"{standard.key} edge", shape="ellipse", line=looks[standard.key].dark,
            weight=EDGE, group=f"Circle {standard.label}",
        )  # fmt: skip
    core = sheet.group("Core", "Solid: what the standards build once.")
    for one, other in itertools.combinations(standards, 2):
        outline = meeting(circles[one.key], circles[other.key])
        if outline:
            fill = CORE.dark if (one.key, other.key) in found else FAINT
            sheet.path(outline, name=f"{one.key} and {other.key}", fill=fill, line=PAPER, weight=2.0, group=core)
    if len(where) == 3:
        fill = CORE.dark if tuple(circles) in found else FAINT
        sheet.path(shared_by_three(where), name="all three", fill=fill, line=PAPER, weight=2.0, group=core)


def _hatched(sheet: Sheet, outline: Sequence[Step], name: str, look: Colours, group: str) -> None:
    """Fill what is related with the tint, and hatch it in the colour of the ground, so that words on it can be read."""
    sheet.path(outline, name=name, fill=look.tint, group=group)
    sheet.path(outline, name=f"{name}, hatched", fill=look.tint, ink=PAPER, hatched=True, group=group)


def _on_core(sheet: Sheet, x: float, y: float, number: int, label: str, word: str, sizes: tuple[float, float]) -> None:
    """Write a number and its word in the middle of what is built once, or pale where nothing is."""
    group = sheet.group(f"Part {label}", f"{label}: {counted(number)} {CORE_WORD}.")
    fill, ink = (CORE.dark, CORE.on_dark) if number else (FAINT, GREY)
    size, small = sizes
    high, low = height_of(1, size), height_of(1, small) if word else 0.0
    wide = max(width_of(str(number), size, bold=True), width_of(word, small)) + 2
    area = Area(x - wide / 2, y - (high + low) / 2, wide, high + low)
    # What stands over an outline has no ground of its own by which its ink is chosen.
    sheet.mark(area, name="ground", fill=fill, group=group, quiet=True)
    sheet.words(
        Area(area.x, area.y, wide, high), [str(number)], lines=[str(number)], size=size, bold=True, align="c",
        ink=ink, name=f"{label} count", group=group, pad=0,
    )  # fmt: skip
    if not word:
        return
    sheet.words(
        Area(area.x, area.y + high, wide, low), [word], lines=[word], size=small, align="c", ink=ink,
        name=f"{label} word", group=group, pad=0,
    )  # fmt: skip


def _in_circle(standard: Side, found: Regions, topics: Mapping[str, int]) -> str:
    """Say how many topics a circle holds: all in which its standard asks for anything, or so many of these."""
    inside = sum(len(members) for part, members in found.items() if standard.key in part)
    return counted(inside) if inside >= topics[standard.key] else f"{inside} of its {counted(topics[standard.key])}"


def _head(sheet: Sheet, area: Area, standard: Side, look: Colours, told: str) -> float:
    """Name a standard over its words, with how many topics its circle holds; gives where it ends."""
    group, size = f"Circle {standard.label}", sheet.type.body
    over = badge(sheet, area.x, area.y, standard.label, look, name=f"{standard.key} letter", group=group)
    room = area.width - over - 8
    name = fit(standard.designation, room, height_of(2, size), (size, 12.0, FONT_FLOOR), bold=True)
    high = max(18.0, height_of(len(name.lines), name.size))
    sheet.words(
        Area(area.x + over + 8, area.y, room, high), [name.text], lines=name.lines, size=name.size, bold=True,
        name=f"{standard.key} name", group=group, pad=0,
    )  # fmt: skip
    y = area.y + high
    sheet.words(
        Area(area.x + over + 8, y, room, height_of(1, 12.0)), [told], lines=[told], size=12.0, ink=GREY,
        name=f"{standard.key} in all", group=group, pad=0,
    )  # fmt: skip
    return y + height_of(1, 12.0)


def _names(sheet: Sheet, area: Area, standard: Side, own: Sequence[Member]) -> float:
    """Name what is a standard's alone, as far as there is room; gives where it ends."""
    names = tuple(one.topic.short or one.topic.name for one in own if kind_of(one.kin) == "alone")
    sizes = (sheet.type.body, sheet.type.small)
    if not names or area.height < height_of(1, sizes[1]):
        return area.y
    found = [(size, listed(names, area.width, size, int(area.height / height_of(1, size) + 1e-6))) for size in sizes]
    size, shown = next((one for one in found if not one[1].left), min(found, key=lambda one: len(one[1].left)))
    high = height_of(len(shown.lines), size)
    sheet.words(
        Area(area.x, area.y, area.width, high), shown.paragraphs, lines=shown.lines, size=size, hang=True,
        name=f"{standard.key} own", group=f"Circle {standard.label}", ink=INK, pad=0, anchor="t",
    )  # fmt: skip
    return area.y + high


# --- two circles, to scale ---------------------------------------------------------------------------------------


def _two(
    sheet: Sheet, place: Area, standards: Sequence[Side], looks: Mapping[str, Colours], found: Regions,
    topics: Mapping[str, int],
) -> None:  # fmt: skip
    keys = tuple(standard.key for standard in standards)
    both = len(found.get(keys, ()))
    one, other, apart = _lens(*_sizes(found, standards)) or (1.0, 1.0, 1.1 if both else 2.05)
    upright = place.height > _UPRIGHT * place.width
    beside = (place.width - 28) / 2 if upright else min(236.0 * sheet.size.width / 960, place.width * 0.27)
    room = place.width if upright else place.width - 2 * beside - 28
    radius = min(place.height * (0.3 if upright else 0.5), room / (one + apart + other))
    left = place.x + (place.width - (one + apart + other) * radius) / 2
    middle = place.y + (radius if upright else place.height / 2)
    circles = (
        Circle(left + one * radius, middle, one * radius),
        Circle(left + (one + apart) * radius, middle, other * radius),
    )
    own = [found.get((key,), ()) for key in keys]
    shares = [_count(members, "related") / max(len(members), 1) for members in own]
    reach = {(keys[at], keys[1 - at]): grown(circles[at], circles[1 - at], shares[at]) for at in (0, 1) if shares[at]}
    _circles(sheet, standards, looks, found, circles, reach, topics)
    lens = circles[0].x + circles[0].radius, circles[1].x - circles[1].radius
    if both:
        wide = lens[0] - lens[1]
        scale = sheet.type
        size = next((s for s in (scale.hero, scale.hero_small, 32.0) if width_of(str(both), s, bold=True) < wide * 0.6),
                    22.0)  # fmt: skip
        _on_core(sheet, sum(lens) / 2, middle, both, _label(standards, keys), CORE_WORD, (size, scale.body))
    for at, standard in enumerate(standards):
        top = place.y + 2 * radius + 20 if upright else place.y
        area = Area(place.right - beside if at else place.x, top, beside, place.bottom - top)
        y = _head(sheet, area, standard, looks[standard.key], _in_circle(standard, found, topics)) + 12
        for kind in _OWN:
            number = _count(own[at], kind)
            if not number:
                continue
            right = _row(sheet, Area(area.x, y, area.width, 36.0), standard, looks[standard.key], kind, number)
            ends = _ends(circles, at, reach.get((keys[at], keys[1 - at])), kind, y + 18)
            if ends and not upright:
                _leader(sheet, area.x - 8 if at else right + 8, ends, y + 18, f"Circle {standard.label}")
            y += 40
            if kind == "alone":
                y = (
                    _names(sheet, Area(area.x + 22, y - 2, area.width - 22, place.bottom - y + 2), standard, own[at])
                    + 8
                )


def _row(sheet: Sheet, area: Area, standard: Side, look: Colours, kind: str, number: int) -> float:
    """Write a number of a standard's own with its mark and its word; gives where they end."""
    group, size, told = f"Circle {standard.label}", 28.0, _WORDS[kind]
    middle = area.y + area.height / 2
    mark(sheet, area.x + 7, middle, 7, kind, look, group=group)
    wide = width_of(str(number), size, bold=True) + 2
    sheet.words(
        Area(area.x + 22, area.y, wide, area.height), [str(number)], lines=[str(number)], size=size, bold=True,
        name=f"{standard.label} {kind} count", group=group, pad=0,
    )  # fmt: skip
    room = area.width - 22 - wide - 8
    fits = fit(told, room, area.height, (sheet.type.body, 12.0, FONT_FLOOR))
    sheet.words(
        Area(area.x + 22 + wide + 8, area.y, room, area.height), [told], lines=fits.lines, size=fits.size,
        name=f"{standard.label} {kind} word", group=group, pad=0,
    )  # fmt: skip
    return area.x + 22 + wide + 8 + max(width_of(line, fits.size) for line in fits.lines)


def _ends(circles: Sequence[Circle], at: int, reach: Circle | None, kind: str, y: float) -> float | None:
    """Give where the line to a part ends at this height: in its middle; nothing where it is too narrow there."""
    mine, other = circles[at], circles[1 - at]
    turn = 1 if at else -1
    outer = mine.x + turn * mine.reach_at(y)
    far = other if abs(y - other.y) < other.radius else None
    inner = other.x + turn * other.reach_at(y) if far else mine.x - turn * mine.reach_at(y)
    if reach is not None:
        between = reach.x + turn * reach.reach_at(y) if abs(y - reach.y) < reach.radius else inner
        inner, outer = (inner, between) if kind == "related" else (between, outer)
    if turn * (outer - inner) < 6 or turn * (outer - mine.x) > mine.radius:
        return None
    return (inner + outer) / 2 if turn * (outer - inner) < 28 else outer - turn * 14


def _leader(sheet: Sheet, start: float, end: float, y: float, group: str) -> None:
    sheet.rule(start, y, end, y, name="leader", line=GREY, weight=0.75, group=group)
    sheet.mark(Area(end - 2, y - 2, 4, 4), name="end", shape="ellipse", fill=GREY, group=group, quiet=True)


# --- three circles -----------------------------------------------------------------------------------------------


def _three(
    sheet: Sheet, place: Area, standards: Sequence[Side], looks: Mapping[str, Colours], found: Regions,
    topics: Mapping[str, int],
) -> None:  # fmt: skip
    # Centres on a triangle whose side is the radius and a bit: each of the seven parts has room for a count.
    side = 1.08
    high = side * math.sqrt(3) / 2
    upright = place.height > _UPRIGHT * place.width
    if upright:
        radius = min(place.height * 0.52 / (2 + high), place.width / (2 + side))
        left, top = place.x + (place.width - radius * (2 + side)) / 2, place.y
    else:
        radius = min((place.height - 12) / (2 + high), place.width * 0.58 / (2 + side))
        left, top = place.x, place.y + (place.height - radius * (2 + high)) / 2
    first = (left + radius, top + radius)
    centres = [first, (first[0] + side * radius, first[1]), (first[0] + side * radius / 2, first[1] + high * radius)]
    circles = [Circle(x, y, radius) for x, y in centres]
    keys = tuple(standard.key for standard in standards)
    own = {key: found.get((key,), ()) for key in keys}
    reach = {
        (one, keys[at]): circles[at].grown(_SHARE * radius)
        for one in keys
        for at in range(3)
        if keys[at] != one and _count(own[one], "related")
    }
    _circles(sheet, standards, looks, found, circles, reach, topics)
    middle = (sum(x for x, _ in centres) / 3, sum(y for _, y in centres) / 3)

    def spot(x: float, y: float, far: float) -> Point:
        return middle[0] + (x - middle[0]) * far, middle[1] + (y - middle[1]) * far

    every = len(found.get(keys, ()))
    _on_core(sheet, middle[0], middle[1] - radius * 0.06, every, _label(standards, keys), "all three", (
        radius * 0.26, max(FONT_FLOOR, radius * 0.1)))  # fmt: skip
    for at, key in enumerate(keys):
        pair = tuple(one for one in keys if one != key)
        others = [centres[i] for i in range(3) if i != at]
        x, y = spot(sum(one[0] for one in others) / 2, sum(one[1] for one in others) / 2, 1.85)
        label = _label(standards, pair)
        word = label if width_of(label, FONT_FLOOR) <= radius * 0.4 else ""
        _on_core(sheet, x, y, len(found.get(pair, ())), label, word, (18.0, FONT_FLOOR))
        related = _count(own[key], "related")
        for kind, far in (("related", 1.2), ("alone", 2.05)):
            number = _count(own[key], *(("alone", "unknown") if kind == "alone" else (kind,)))
            if number or (kind == "alone" and not related):
                x, y = spot(*centres[at], far if related else 1.85)
                _in_place(sheet, x, y, standards[at], looks[key], kind, number)
        _on_edge(sheet, circles[at], middle, standards[at], looks[key])
    below, right = top + radius * (2 + high) + 20, left + radius * (2 + side) + 32
    words = Area(place.x, below, place.width, place.bottom - below) if upright else Area(
        right, place.y, place.right - right, place.height)  # fmt: skip
    _beside(sheet, words, standards, looks, found, topics)


def _in_place(sheet: Sheet, x: float, y: float, standard: Side, look: Colours, kind: str, number: int) -> None:
    """Write a number of a standard's own where it is in its circle, on its tint where it is related."""
    size, group = 22.0, f"Circle {standard.label}"
    wide, high = width_of(str(number), size, bold=True) + 8, height_of(1, size) - 2
    area = Area(x - wide / 2, y - high / 2, wide, high)
    if kind == "related":
        sheet.mark(area, name="ground", fill=look.tint, group=group, quiet=True)
    sheet.words(
        Area(area.x, area.y - 1, wide, high + 2), [str(number)], lines=[str(number)], size=size, bold=True, align="c",
        name=f"{standard.label} {kind} count", group=group, pad=0, ink=INK if kind == "related" else look.line,
    )  # fmt: skip


def _on_edge(sheet: Sheet, circle: Circle, middle: Point, standard: Side, look: Colours) -> None:
    """Say at a circle's edge whose it is."""
    x, y = circle.at(math.atan2(circle.y - middle[1], circle.x - middle[0]))
    wide = max(18.0, width_of(standard.label, 12.0, bold=True) + 9)
    badge(sheet, x - wide / 2, y - 9, standard.label, look, name=f"{standard.key} at its edge",
          group=f"Circle {standard.label}")  # fmt: skip


def _beside(
    sheet: Sheet, area: Area, standards: Sequence[Side], looks: Mapping[str, Colours], found: Regions,
    topics: Mapping[str, int],
) -> None:  # fmt: skip
    """Say beside the circles, standard by standard, how much each has, and name what is its alone."""
    step, size = area.height / len(standards), sheet.type.small
    for at, standard in enumerate(standards):
        block = Area(area.x, area.y + at * step, area.width, step - 14)
        own = found.get((standard.key,), ())
        y = _head(sheet, block, standard, looks[standard.key], _in_circle(standard, found, topics)) + 4
        told = ", ".join(f"{_count(own, kind)} {_WORDS[kind]}" for kind in _OWN if _count(own, kind))
        told = f"{told}: " if _count(own, "alone") else told
        names = tuple(one.topic.short or one.topic.name for one in own if kind_of(one.kin) == "alone")
        shown = listed((f"{told}{names[0]}" if names else told, *names[1:]), block.width, size,
                       int((block.bottom - y) / height_of(1, size)), ", ")  # fmt: skip
        if told and shown.lines:
            sheet.words(
                Area(block.x, y, block.width, height_of(len(shown.lines), size)), shown.paragraphs, lines=shown.lines,
                size=size, name=f"{standard.key} own", group=f"Circle {standard.label}", pad=0, anchor="t",
            )  # fmt: skip
