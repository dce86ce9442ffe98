"""The rules that every picture keeps, measured on what it places."""

from __future__ import annotations

import itertools
import re

from imsmap import graphviz
from imsmap.drawing import FONT_FLOOR, MARGIN, PAPER, Picture, contrast, height_of, width_of


def broken(picture: Picture) -> list[str]:
    """List what breaks a rule of slides: overlap, overflow, small or pale text, fills without a letter."""
    found = []
    parts = [part for part in picture.parts.values() if part.role != "page"]
    for one, other in itertools.combinations(parts, 2):
        if one.area.overlaps(other.area):
            found.append(f"{one.name} overlaps {other.name}")
    for part in parts:
        area = part.area
        slack = 0.6
        if not (area.x >= 0 and area.right <= picture.size.width and area.y >= 0):
            found.append(f"{part.name} is off the sheet")
        if area.bottom > picture.size.height:
            found.append(f"{part.name} is below the sheet")
        wide = max((width_of(line, part.size, part.bold) for line in part.lines), default=0)
        inner = area.width - (2 * MARGIN if part.align == "l" else 2)
        if wide > inner + slack:
            found.append(f"{part.name}: {wide:.0f} points of text in {inner:.0f}: {part.lines}")
        if height_of(len(part.lines), part.size) > area.height + slack:
            found.append(f"{part.name}: {len(part.lines)} lines in {area.height:.0f} points: {part.lines}")
        if part.size < FONT_FLOOR:
            found.append(f"{part.name} is set in {part.size}")
        if contrast(part.ink, part.fill or PAPER) < 4.5:
            found.append(f"{part.name} can't be read: {part.ink} on {part.fill}")
        if part.fill and part.fill != PAPER and not re.match(r"[A-Z]+\b", part.lines[0]):
            found.append(f"{part.name} is filled and has no letter: {part.lines}")
        if part.group and part.group not in picture.groups:
            found.append(f"{part.name} is in the unknown group {part.group}")
    return found


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
