"""Where exactly lines of text, outlines and links run: the same for every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imsmap.drawing.rich import Rich
from imsmap.drawing.sheet import Link, Part, Step
from imsmap.drawing.size import Area
from imsmap.drawing.text import ASCENT, DESCENT, LEADING

_BEND = 0.5523
"""How far a curve's controls lie from its ends, in radii, so that it is a quarter of a circle."""


def placed(part: Part) -> Iterator[tuple[float, float, Rich]]:
    """Give each line of a part's text with its place: where it begins, is centred or ends, and its base line."""
    lines = part.set
    if not any(run.text for line in lines for run in line):
        return
    area = part.inner
    step = part.size * LEADING
    spare = area.height - step * len(lines)
    top = area.y + {"t": 0.0, "m": spare / 2, "b": spare}[part.anchor]
    x = {"l": area.x + part.pad, "c": area.x + area.width / 2, "r": area.right - part.pad}[part.align]
    base = (step - (ASCENT + DESCENT) * part.size) / 2 + ASCENT * part.size
    for at, line in enumerate(lines):
        if line:
            yield x, top + at * step + base, line


def outline_of(part: Part) -> tuple[Step, ...]:
    """Give the outline of a shape that is no box: its first point, then its steps."""
    area = part.area
    if part.shape == "ellipse":
        return disc(area)
    if part.shape == "triangle":
        return ((area.x + area.width / 2, area.y), (area.right, area.bottom), (area.x, area.bottom))
    if part.shape == "half":
        return half(area)
    return part.outline


def disc(area: Area) -> tuple[Step, ...]:
    """Give a disc: its left half, downwards, then its right one, upwards."""
    (x, _), bend = area.centre, _BEND
    rx, ry, middle = area.width / 2, area.height / 2, area.y + area.height / 2
    return (
        *half(area),
        (x + rx * bend, area.bottom, area.right, middle + ry * bend, area.right, middle),
        (area.right, middle - ry * bend, x + rx * bend, area.y, x, area.y),
    )


def half(area: Area) -> tuple[Step, ...]:
    """Give the left half of a disc."""
    (x, _), bend = area.centre, _BEND
    rx, ry, middle = area.width / 2, area.height / 2, area.y + area.height / 2
    return (
        (x, area.y),
        (x - rx * bend, area.y, area.x, middle - ry * bend, area.x, middle),
        (area.x, middle + ry * bend, x - rx * bend, area.bottom, x, area.bottom),
    )


def ends(part: Part) -> tuple[float, float, float, float]:
    """Give where a line begins and ends."""
    area = part.area
    if part.rising:
        return area.x, area.bottom, area.right, area.y
    return area.x, area.y, area.right, area.bottom


def site(area: Area, port: str) -> tuple[float, float]:
    """Tell where a line meets a side of an area."""
    x = {"e": area.right, "w": area.x}.get(port, area.x + area.width / 2)
    y = {"n": area.y, "s": area.bottom}.get(port, area.y + area.height / 2)
    return x, y


def way(link: Link, parts: Mapping[str, Part]) -> tuple[Step, ...]:
    """Give the outline of a link: its first point, then its steps."""
    one, other = parts[link.tail].area, parts[link.head].area
    start, end = site(one, link.ports[0]), site(other, link.ports[1])
    return (start, end)
