"""The rules that every picture keeps, measured on what it places."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from imsmap.drawing import FONT_FLOOR, MARGIN, PAPER, Part, Picture, contrast, graphviz, height_of, width_of


def broken(picture: Picture) -> list[str]:
    """List what breaks a rule of slides: overlap, overflow, small or pale text, fills without a letter."""
    found = []
    parts = [part for part in picture.parts.values() if part.role != "page"]
    for one, other in itertools.combinations(parts, 2):
        if "ground" not in (one.role, other.role) and one.area.overlaps(other.area):
            found.append(f"{one.name} overlaps {other.name}")
    for part in parts:
        area = part.inner
        slack = 0.6
        if not (part.area.x >= 0 and part.area.right <= picture.size.width and part.area.y >= 0):
            found.append(f"{part.name} is off the sheet")
        if part.area.bottom > picture.size.height:
            found.append(f"{part.name} is below the sheet")
        wide = max((width_of(line, part.size, part.bold) for line in part.lines), default=0)
        inner = area.width - (2 * MARGIN if part.align == "l" else 2)
        if part.lines and wide > inner + slack:
            found.append(f"{part.name}: {wide:.0f} points of text in {inner:.0f}: {part.lines}")
        if height_of(len(part.lines), part.size) > area.height + slack:
            found.append(f"{part.name}: {len(part.lines)} lines in {area.height:.0f} points: {part.lines}")
        if part.size < FONT_FLOOR:
            found.append(f"{part.name} is set in {part.size}")
        ground = ground_of(picture, part)
        if part.lines and contrast(part.ink, ground) < 4.5:
            found.append(f"{part.name} can't be read: {part.ink} on {ground}")
        inside = [one for one in parts if one is part or (part.role == "ground" and one.area.overlaps(part.area))]
        if part.fill and part.fill != PAPER and not any(SIGN.match(line) for one in inside for line in one.lines):
            found.append(f"{part.name} is filled and has no letter or glyph: {part.lines}")
        if part.group and part.group not in picture.groups:
            found.append(f"{part.name} is in the unknown group {part.group}")
    return found


SIGN = re.compile(r"[A-Z]+(?:\d[\d-]*)?\b|[=≈◐○?⚠]|\d+\b")
"""What a fill carries so that it means something without its colour: letters, a glyph or a count."""


def ground_of(picture: Picture, part: Part) -> str:
    """Give the colour behind the text of a part: its own fill, or that of all the grounds it stands on, blended."""
    colour = PAPER
    under = [one for one in picture.parts.values() if one.role == "ground" and one.area.overlaps(part.area)]
    for one in [*under, part]:
        if one.fill:
            pairs = ((colour[at : at + 2], one.fill[at : at + 2]) for at in (1, 3, 5))
            mixed = (int(a, 16) * (1 - one.opacity) + int(b, 16) * one.opacity for a, b in pairs)
            colour = "#" + "".join(f"{round(channel):02X}" for channel in mixed)
    return colour


class Fate(NamedTuple):
    """What became of a page's texts: the smallest size, how many were shrunk below 14 points, which abbreviated."""

    smallest: float
    shrunk: int
    abbreviated: list[str]


def fate(picture: Picture) -> Fate:
    """Tell which texts of a page were shrunk or abbreviated."""
    parts = [part for part in picture.parts.values() if part.lines and part.role in ("box", "words")]
    short = [part.name for part in parts if any("…" in line for line in part.paragraphs)]
    return Fate(min(part.size for part in parts), sum(part.size < 14 for part in parts), short)


def drawn_texts(picture: Picture) -> list[str]:
    """List the lines that Graphviz really draws, in order; its JSON doubles backslashes."""
    layout = graphviz.layout(picture.dot.to_string(), picture.engine)
    return [
        step["text"].replace("\\\\", "\\")
        for placed in layout["objects"]
        for step in placed.get("_ldraw_", [])
        if step["op"] == "T"
    ]


def drawn_wider(picture: Picture) -> list[str]:
    """List the lines that Graphviz draws wider than their box."""
    layout = graphviz.layout(picture.dot.to_string(), picture.engine)
    return [
        step["text"]
        for placed in layout["objects"]
        for step in placed.get("_ldraw_", [])
        if step["op"] == "T" and step["width"] > picture.parts[placed["name"]].area.width
    ]


def drawn_elsewhere(picture: Picture) -> list[str]:
    """List the lines whose place, as Graphviz draws them, is outside of what they were placed on."""
    layout = graphviz.layout(picture.dot.to_string(), picture.engine)
    found = []
    for placed in layout["objects"]:
        area = picture.parts[placed["name"]].area
        for step in placed.get("_ldraw_", []):
            if step["op"] == "T":
                # The point is on the base line, counted from below.
                base = picture.size.height - step["pt"][1]
                if not (area.y + 4 <= base <= area.bottom + 0.5):
                    found.append(f"{placed['name']}: {step['text']} at {base:.0f} in {area.y:.0f} to {area.bottom:.0f}")
    return found


def words_of(picture: Picture) -> str:
    """Give everything a page says, title first, without places."""
    lines = [f"== {picture.title}"]
    group = ""
    for part in picture.parts.values():
        if part.role == "page":
            continue
        if part.group != group:
            group = part.group
            lines.append(f"-- {group}" if group else "--")
        lines += [f"[{part.name}] " + " | ".join(part.paragraphs).replace("\u00a0", " ")]
    return "\n".join(lines) + "\n"
