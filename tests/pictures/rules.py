"""The rules that every picture keeps, measured on what it places."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from imsmap.drawing import FONT_FLOOR, PAPER, Area, Part, Picture, Size, contrast, height_of, width_of_rich
from imsmap.drawing.outline import placed


def broken(picture: Picture) -> list[str]:
    """List what breaks a rule of slides: overlap, overflow, small or pale text, fills without a letter."""
    found = []
    parts = [part for part in picture.parts.values() if part.role != "page"]
    # From left to right, so that each is held only against those that begin before it ends.
    solid = sorted((part for part in parts if part.role not in FREE), key=lambda part: part.area.x)
    for at, one in enumerate(solid, start=1):
        end = one.area.right
        for other in itertools.takewhile(lambda part: part.area.x < end, solid[at:]):  # noqa: B023 - used at once
            if one.area.overlaps(other.area):
                found.append(f"{one.name} overlaps {other.name}")
    free = [part for part in picture.parts.values() if part.role in FREE]
    for part in parts:
        area = part.inner
        slack = 0.6
        if not (part.area.x >= 0 and part.area.right <= picture.size.width and part.area.y >= 0):
            found.append(f"{part.name} is off the sheet")
        if part.area.bottom > picture.size.height:
            found.append(f"{part.name} is below the sheet")
        wide = max((width_of_rich(line, part.size) for line in part.set), default=0)
        inner = area.width - (2 if part.align == "c" else 2 * part.pad)
        if part.lines and wide > inner + slack:
            found.append(f"{part.name}: {wide:.0f} points of text in {inner:.0f}: {part.lines}")
        if height_of(len(part.lines), part.size) > area.height + slack:
            found.append(f"{part.name}: {len(part.lines)} lines in {area.height:.0f} points: {part.lines}")
        if part.size < FONT_FLOOR:
            found.append(f"{part.name} is set in {part.size}")
        # What bears no text hides none.
        if part.lines and contrast(part.ink, ground := ground_of(part, free)) < 4.5:
            found.append(f"{part.name} can't be read: {part.ink} on {ground}")
        if part.fill and part.fill != PAPER and part.role not in WORDLESS:
            over = [one for one in parts if part.role == "ground" and one.area.overlaps(part.area)]
            if not any(SIGN.match(line) for one in (part, *over) for line in one.lines):
                found.append(f"{part.name} is filled and has no letter or glyph: {part.lines}")
        if part.group and part.group not in picture.groups:
            found.append(f"{part.name} is in the unknown group {part.group}")
    return found


def torn(picture: Picture) -> list[str]:
    """List the words that a line breaks within, which no picture does."""
    found = []
    for part in picture.parts.values():
        words = {word for text in part.paragraphs for word in re.split(r"[\s\u00a0]+", text.replace("**", ""))}
        shown = (word for line in part.lines for word in re.split(r"[\s\u00a0]+", line))
        found += [f"{part.name}: {word}" for word in shown if word and word not in words and not word.endswith("…")]
    return found


UPRIGHT = Size("template", 7.5, 10, title=Area(40, 24, 460, 72), body=Area(24, 190, 492, 500))
"""A client's upright page, which leaves as little as such templates do."""
NARROW = Size("template", 40 / 3, 7.5, title=Area(40, 24, 880, 72), body=Area(24, 120, 560, 380))
"""A client's slide of which a picture takes two fifths."""
LOW = Size("template", 11.02, 6.2, title=Area(56, 28, 680, 71), body=Area(30, 105, 735, 300))
"""A client's small slide with a high title and a high foot."""
FREE = ("ground", "mark", "signature", "bar")
"""Roles of what may lie under or over other things."""
WORDLESS = ("mark", "signature", "bar")
"""Roles of fills that mean something by shape and place: a mark with its word, a bar to scale."""
SIGN = re.compile(r"[A-Z]+(?:\d[\d-]*)?\b|[=≈◐○?⚠]|\d+\b")
"""What a fill carries so that it means something without its colour: letters, a glyph or a count."""


def ground_of(part: Part, free: Sequence[Part]) -> str:
    """Give the colour behind the text of a part: its own fill, or that of all it may stand on and does, blended."""
    if part.fill and part.opacity == 1:
        return part.fill
    colour = PAPER
    # A path fills less than its area; what stands over one is looked at.
    fills = (one for one in free if one.fill and one is not part and one.shape != "path")
    under = [one for one in fills if one.area.overlaps(part.area)]
    for one in [*under, part]:
        if one.fill:
            pairs = ((colour[at : at + 2], one.fill[at : at + 2]) for at in (1, 3, 5))
            mixed = (int(a, 16) * (1 - one.opacity) + int(b, 16) * one.opacity for a, b in pairs)
            colour = "#" + "".join(f"{round(channel):02X}" for channel in mixed)
    return colour


def twice(picture: Picture) -> list[str]:
    """List the names that two parts of a page have; marks and rules are alike wherever they stand."""
    counts = Counter(part.name for part in picture.parts.values() if part.role not in ("mark", "signature"))
    return [name for name, count in counts.items() if count > 1]


class Fate(NamedTuple):
    """What became of a page's texts: the smallest size, how many were shrunk below 14 points, which abbreviated."""

    smallest: float
    shrunk: int
    abbreviated: list[str]


def fate(picture: Picture) -> Fate:
    """Tell which texts of a page were shrunk or abbreviated."""
    parts = [
        part
        for part in picture.parts.values()
        if part.lines and part.role in ("box", "words", "cell", "subtitle", "date")
    ]
    short = [part.name for part in parts if any("…" in line for line in part.paragraphs)]
    return Fate(min(part.size for part in parts), sum(part.size < 14 for part in parts), short)


def drawn_elsewhere(picture: Picture) -> list[str]:
    """List the lines whose base line is outside of what they were placed on."""
    found = []
    for part in picture.parts.values():
        for _, base, line in placed(part):
            if not part.area.y + part.size * 0.5 <= base <= part.area.bottom + 0.5:
                found.append(f"{part.name}: {line} at {base:.0f} in {part.area.y:.0f} to {part.area.bottom:.0f}")
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
