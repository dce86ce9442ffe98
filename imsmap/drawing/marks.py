"""What a class and an owner look like everywhere: fills, marks, badges, strands and the strip of the three numbers.

Hue says whose, strength says class: what both share is solid, what is related is tinted, what stands alone is open.
"""

from __future__ import annotations

from collections.abc import Sequence

from imsmap.drawing.colour import ALERT, CORE, GREY, INK, PAPER, Colours
from imsmap.drawing.sheet import LETTERED, How, Sheet
from imsmap.drawing.size import Area
from imsmap.drawing.text import FONT_FLOOR, LEADING, width_of
from imsmap.library.model import Kin
from imsmap.values import frozen

CLASSES = ("core", "related", "alone", "touches", "unknown")
"""What a thing can be to others: `touches` counts as alone, `unknown` (nobody has looked) is in no sum."""
CLASS_OF = {
    Kin.SAME: "core",
    Kin.EXTENDED: "core",
    Kin.RELATED: "related",
    Kin.TOUCHES: "touches",
    Kin.NONE: "alone",
    Kin.NOT_ASSESSED: "unknown",
}
EDGE = 1.25
"""The weight of the edge of what stands alone."""


@frozen
class Entry:
    """An entry of a legend: a mark and its word. look: whose; the core's grey for everybody's."""

    kind: str
    word: str
    look: Colours = CORE


@frozen
class Share:
    """A run of a strip: how many, of which class, whose (one look, or several side by side), and the letter in it."""

    count: float
    kind: str
    looks: tuple[Colours, ...] = (CORE,)
    letter: str = ""


def look_of(kind: str, look: Colours) -> How:
    """Say how a class is filled and edged."""
    if kind == "core":
        return {"fill": look.dark, "line": None}
    if kind == "related":
        return {"fill": look.tint, "line": None}
    if kind == "unknown":
        return {"fill": PAPER, "line": GREY, "weight": 1.0, "dashed": True}
    return {"fill": PAPER, "line": look.dark, "weight": EDGE}


def ink_on(kind: str, look: Colours) -> str:
    """Give the colour of words on a class: the ground on a solid, ink on a tint, the owner's in what is open."""
    if kind == "core":
        return look.on_dark
    return {"related": INK, "unknown": GREY}.get(kind, look.line)


def unit(
    sheet: Sheet, area: Area, kind: str, look: Colours, words: Sequence[str] = (), *, name: str, size: float = 12.0,
    group: str = "", alt: str = "", holder: str = "", role: str = "box",
) -> str:  # fmt: skip
    """Place a unit box of a class with its words, one above the other, the first bold."""
    told = [f"**{words[0]}**", *words[1:]] if words else []
    how = look_of(kind, look)
    how |= {
        "group": group,
        "alt": alt,
        "holder": holder,
        "role": role,
        "align": "c",
        "pad": 0,
        "ink": ink_on(kind, look),
    }
    node = sheet.box(area, told, size=size, name=name, **how)
    if kind == "touches" and area.width >= 8:
        dot(sheet, area.right - 4.0, area.y + 4.0, 1.6, look.dark, group=group)
    return node


def dot(sheet: Sheet, x: float, y: float, radius: float, colour: str, group: str = "") -> None:
    """Place a small dot round (x, y)."""
    area = Area(x - radius, y - radius, 2 * radius, 2 * radius)
    sheet.mark(area, name="dot", shape="ellipse", fill=colour, group=group, quiet=True)


def strands(
    sheet: Sheet, area: Area, looks: Sequence[Colours], *, name: str, group: str = "", role: str = "mark",
    holder: str = "",
) -> None:  # fmt: skip
    """Fill an area with what is related across standards: their tints run side by side; more than three: the core's."""
    if len(looks) > 3 or not looks:
        looks = [CORE]
    gap = 1.5 if area.height > 12 else 0.0
    high = (area.height - gap * (len(looks) - 1)) / len(looks)
    for at, look in enumerate(looks):
        place = Area(area.x, area.y + at * (high + gap), area.width, high)
        sheet.box(place, name=name, fill=look.tint, group=group, role=role, holder=holder)


def mark(
    sheet: Sheet, x: float, y: float, radius: float, kind: str, look: Colours = CORE, *, group: str = "",
    holder: str = "",
) -> None:  # fmt: skip
    """Place the mark of a class round (x, y): full, half, ring, ring with a dot, dashed ring; or `misleads`."""
    if kind == "misleads":
        differ(sheet, x, y, radius, group=group, holder=holder)
        return
    area = Area(x - radius, y - radius, 2 * radius, 2 * radius)
    colour = GREY if kind == "unknown" else look.dark
    sheet.mark(
        area, name=f"mark: {kind}", shape="ellipse", fill=colour if kind == "core" else PAPER, line=colour, weight=EDGE,
        dashed=kind == "unknown", group=group, holder=holder,
    )  # fmt: skip
    if kind == "related":
        sheet.mark(area, name="mark: half", shape="half", fill=colour, group=group, holder=holder, quiet=True)
    if kind == "touches":
        dot(sheet, x, y, radius * 0.4, colour, group)


def differ(
    sheet: Sheet, x: float, y: float, radius: float, colour: str = ALERT, *, group: str = "", holder: str = ""
) -> None:
    """Place the sign "not equal" round (x, y), as three lines."""
    for x1, y1, x2, y2 in (
        (x - radius, y - radius * 0.36, x + radius, y - radius * 0.36),
        (x - radius, y + radius * 0.36, x + radius, y + radius * 0.36),
        (x - radius * 0.5, y + radius, x + radius * 0.5, y - radius),
    ):
        sheet.rule(x1, y1, x2, y2, name="mark: misleads", line=colour, weight=2.0, group=group, holder=holder)


def badge(
    sheet: Sheet, x: float, y: float, label: str, look: Colours, *, side: float = 18.0, name: str = "", group: str = "",
    alt: str = "", holder: str = "",
) -> float:  # fmt: skip
    """Place a standard's label on its colour, top left at (x, y); returns how wide it is: a square, or wider."""
    size = max(FONT_FLOOR, round(side * 2 / 3))
    wide = max(side, width_of(label, size, bold=True) + side / 2)
    sheet.box(
        Area(x, y, wide, side), [label], lines=[label], size=size, bold=True, align="c", pad=0, fill=look.dark,
        ink=look.on_dark, name=name or f"{label} badge", group=group, alt=alt, holder=holder,
    )  # fmt: skip
    return wide


_DASHES = 10.0
"""A narrower box has no room for dashes to be seen as such."""


def strip(sheet: Sheet, area: Area, shares: Sequence[Share], *, role: str = "mark", name: str = "strip") -> None:
    """Draw the story to scale: what is built once, looked at together, apart."""
    total = sum(share.count for share in shares)
    if not total:
        return
    x = area.x
    for at, share in enumerate(shares):
        wide = area.width * share.count / total
        place = Area(x, area.y, wide, area.height)
        if share.kind == "related":
            strands(sheet, place, share.looks, name=f"{name} {at + 1}", role=role)
        else:
            how = look_of(share.kind, share.looks[0])
            how["role"] = role
            if share.kind != "core":
                how["weight"] = 0.75
                place = Area(x + 1, area.y, max(wide - 1, 0.5), area.height)
                if place.width < _DASHES:
                    how["dashed"] = False
            sheet.box(place, name=f"{name} {at + 1}", **how)
        x += wide


def unit_strip(
    sheet: Sheet, area: Area, shares: Sequence[Share], *, name: str, group: str = "", across: float = 0.0
) -> None:
    """Draw the story as one box for each thing, with its letter where there is room; across: the width of one."""
    total = sum(share.count for share in shares)
    if not total:
        return
    step = across or area.width / total
    gap = 2.0 if step > 6 else 1.0
    x = area.x
    for share in shares:
        for at in range(round(share.count)):
            place = Area(x, area.y, step - gap, area.height)
            called = f"{name} {share.kind} {share.letter}{at + 1}"
            if share.kind == "related":
                strands(sheet, place, share.looks, name=called, group=group)
            else:
                lines, size = lettered(share.letter, step - gap, area.height)
                unit(sheet, place, share.kind, share.looks[0], lines, name=called, size=size, group=group, role="mark")
            x += step


def lettered(letters: str, width: float, height: float) -> tuple[tuple[str, ...], float]:
    """Set the letters of owners into a box: in one line, else in several; nothing where they have no room."""
    if not letters or width < LETTERED:
        return (), FONT_FLOOR
    for size in (12.0, FONT_FLOOR):
        if width_of(letters, size, bold=True) <= width - 2:
            return (letters,), size
    words = letters.split(" ") if " " in letters else list(letters)
    for across in range(len(words) - 1, 0, -1):
        joint = " " if " " in letters else ""
        lines = tuple(f"**{joint.join(words[at : at + across])}**" for at in range(0, len(words), across))
        wide = max(width_of(line.replace("**", ""), FONT_FLOOR, bold=True) for line in lines)
        if wide <= width - 2 and len(lines) * FONT_FLOOR * LEADING <= height:
            return (lines[0].replace("**", ""), *lines[1:]), FONT_FLOOR
    return (), FONT_FLOOR


def key_width(entries: Sequence[Entry]) -> float:
    """Measure a legend on one line."""
    return sum(15 + width_of(entry.word, FONT_FLOOR) + 18 for entry in entries) - 18 if entries else 0.0


def key(sheet: Sheet, x: float, y: float, entries: Sequence[Entry]) -> None:
    """Write a legend on one line, top left at (x, y): marks and their words."""
    group = sheet.group("Legend", "Legend: " + "; ".join(entry.word for entry in entries) + ".")
    high = FONT_FLOOR * 1.25
    for entry in entries:
        mark(sheet, x + 5, y + high / 2, 5, entry.kind, entry.look, group=group)
        wide = width_of(entry.word, FONT_FLOOR)
        sheet.words(
            Area(x + 15, y, wide + 2, high), [entry.word], lines=[entry.word], size=FONT_FLOOR, ink=GREY, pad=0,
            name=f"Legend {entry.kind}", role="legend", group=group,
        )  # fmt: skip
        x += 15 + wide + 18
