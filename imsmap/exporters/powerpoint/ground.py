"""The ground of a template's slides as it is seen: a fill, a gradient, a picture, or what covers them all."""

from __future__ import annotations

import colorsys
import io
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve
from PIL import Image
from pptx.oxml.ns import qn

from imsmap.drawing import INK, PAPER, Area, contrast
from imsmap.drawing.colour import READS
from imsmap.exporters.powerpoint.places import is_ground, shown
from imsmap.values import frozen

Xml = Any  # python-pptx ships no types

_MAPPED = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
_MOST_DOTS = 40_000_000
_GRID, _LOST = (24, 5), 0.04
"""The points that are looked at under words, across and down, and the share of them on which no word need be read."""
_WHOLE = (0.0, 0.0, 1.0, 1.0)


@frozen
class Ground:
    """What lies behind everything: the colour that is the hardest to read on, and its slot where it has one.

    mixed: of light and dark, so that no words read everywhere.
    """

    colour: str = PAPER
    slot: str = ""
    mixed: bool = False

    @property
    def dark(self) -> bool:
        """Tell whether light words read better on it."""
        return contrast(self.colour, PAPER) > contrast(self.colour, INK)


def mapping_of(layout: Xml) -> dict[str, str]:
    """Read which place of the theme a layout takes for text and ground: its own word, else the master's."""
    found = dict(_MAPPED)
    for holder, tag in ((layout.slide_master, "p:clrMap"), (layout, "a:overrideClrMapping")):
        element = next(holder.element.iter(qn(tag)), None)
        if element is not None:
            found |= dict(element.attrib)
    return found


def ground_of(layout: Xml, told: Mapping[str, str], page: Area, place: Area | None = None) -> Ground:
    """Tell the ground of a layout's slides; told: the colours of the theme. place: only of what lies there."""
    colours = {**told, **{name: told[place] for name, place in mapping_of(layout).items() if place in told}}
    found = Ground(colours.get("bg1", PAPER), "bg1")
    for holder in (layout.slide_master, layout):
        background = holder.element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
        if background is not None:
            for element in background:
                found = _filled(element, holder, colours, _part(place or page, page)) or found
    for area, shape in shown(layout):
        if is_ground(area, page):
            properties = shape._element.find(qn("p:spPr"))
            inside = shape._element if shape._element.tag == qn("p:pic") else properties
            layer = _filled(inside, shape, colours, _part(place or page, area)) if inside is not None else None
            found = found if layer is None else _over(layer, found, inside)
    return found


def words_read(
    layout: Xml, told: Mapping[str, str], page: Area, place: Area, looks: Iterable[Xml]
) -> tuple[bool, Ground]:
    """Tell whether the colour in which a layout sets words of its own can be read there, and what lies under them.

    told: the colours of the theme. place: where the words stand. looks: what is said of them, the nearest first.
    """
    mapped = {**told, **{name: told[place] for name, place in mapping_of(layout).items() if place in told}}
    seen = _seen(layout, mapped, ground_of(layout, told, page, place), place)
    dark = sum(count for ground, count in seen.items() if ground.dark) * 2 > sum(seen.values())
    words = PAPER if dark else INK
    # The hardest of what most of the words stand on; what the others stand on may be a corner that few come to.
    under = min((one for one in seen if one.dark == dark), key=lambda one: contrast(one.colour, words))
    lost = sum(count for ground, count in seen.items() if contrast(ground.colour, words) < READS)
    if lost > _LOST * sum(seen.values()):
        under = evolve(under, mixed=True)
    ink = mapped.get("tx1", INK)
    for look in looks:
        fill = look.find(qn("a:solidFill"))
        if fill is not None and len(fill):
            ink = read(fill[0], mapped) or ink
            break
    return contrast(ink, under.colour) >= READS, under


def _seen(layout: Xml, colours: Mapping[str, str], ground: Ground, place: Area) -> Counter[Ground]:
    """Count what lies under the points of a grid over a place: the ground, or what of the layout covers it there."""
    layers = []
    for area, shape in shown(layout):
        properties = shape._element.find(qn("p:spPr"))
        inside = shape._element if shape._element.tag == qn("p:pic") else properties
        filled = _filled(inside, shape, colours, _part(place, area)) if inside is not None else None
        if filled is not None and area.overlaps(place):
            layers.append((area, _outline(shape), filled, inside))
    found: Counter[Ground] = Counter()
    across, down = _GRID
    for at in range(across * down):
        x = place.x + place.width * (at % across + 0.5) / across
        y = place.y + place.height * (at // across + 0.5) / down
        under = ground
        for area, outline, filled, inside in layers:
            if area.x <= x <= area.right and area.y <= y <= area.bottom:
                spot = (x - area.x) / max(area.width, 1e-6), (y - area.y) / max(area.height, 1e-6)
                if not outline or _within(spot, outline):
                    under = _over(filled, under, inside)
        found[under] += 1
    return found


def _outline(shape: Xml) -> list[tuple[float, float]]:
    """Give the corners of a shape of its own outline, of 0 to 1 across and down; nothing of one that fills its box."""
    path = next(shape._element.iter(qn("a:path")), None)
    turned = next(shape._element.iter(qn("a:xfrm")), None)
    wide, high = (float(path.get(side) or 0) if path is not None else 0 for side in ("w", "h"))
    if path is None or not wide or not high or (turned is not None and {"rot", "flipH", "flipV"} & set(turned.keys())):
        return []
    told = [(point.get("x", ""), point.get("y", "")) for point in path.iter(qn("a:pt"))]
    if not all(one.lstrip("-").isdigit() for point in told for one in point):
        return []  # told in words of formulas
    return [(int(x) / wide, int(y) / high) for x, y in told]


def _within(spot: tuple[float, float], outline: Sequence[tuple[float, float]]) -> bool:
    """Tell whether a point lies in an outline: a line from it to the right crosses that an odd number of times."""
    inside = False
    for (x, y), (next_x, next_y) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (y > spot[1]) != (next_y > spot[1]) and spot[0] < x + (spot[1] - y) / (next_y - y) * (next_x - x):
            inside = not inside
    return inside


def _part(place: Area, area: Area) -> tuple[float, float, float, float]:
    """Tell which part of an area, of 0 to 1 across and down, lies under a place."""
    ends = (
        (place.x - area.x) / max(area.width, 1), (place.y - area.y) / max(area.height, 1),
        (place.right - area.x) / max(area.width, 1), (place.bottom - area.y) / max(area.height, 1),
    )  # fmt: skip
    left, top, right, bottom = (min(1.0, max(0.0, end)) for end in ends)
    return (left, top, right, bottom) if left < right and top < bottom else _WHOLE


def _filled(
    element: Xml, holder: Xml, colours: Mapping[str, str], part: tuple[float, float, float, float]
) -> Ground | None:
    """Read the fill of an element; nothing if it has none. part: of a picture, the part that counts."""
    fill = element.find(qn("a:solidFill"))
    if element.tag == qn("p:bgRef"):
        fill = element
    if fill is not None and len(fill):
        colour = read(fill[0], colours)
        plain = fill[0].tag == qn("a:schemeClr") and not len(fill[0])
        return Ground(colour, str(fill[0].get("val")) if plain else "") if colour else None
    gradient = element.find(qn("a:gradFill"))
    if gradient is not None:
        stops = [read(stop[0], colours) for stop in gradient.iter(qn("a:gs")) if len(stop)]
        return _hardest([stop for stop in stops if stop])
    blip = next(element.iter(qn("a:blip")), None)
    if blip is not None and blip.get(qn("r:embed")):
        return _hardest(list(_dots(holder.part.related_part(blip.get(qn("r:embed"))).blob, part)))
    return None


def _over(layer: Ground, below: Ground, element: Xml) -> Ground:
    """Lay a fill over what is below, as far as it is seen through."""
    alpha = next(element.iter(qn("a:alpha")), None)
    opacity = 1.0 if alpha is None else min(1.0, int(alpha.get("val")) / 100000)
    if opacity >= 1.0:
        return layer
    pairs = ((int(layer.colour[at : at + 2], 16), int(below.colour[at : at + 2], 16)) for at in (1, 3, 5))
    return Ground("#" + "".join(f"{round(one * opacity + other * (1 - opacity)):02X}" for one, other in pairs))


def _hardest(colours: list[str]) -> Ground | None:
    """Of the colours of a ground, give the one on which what suits most of them reads worst."""
    if not colours:
        return None
    dark = sum(Ground(colour).dark for colour in colours) * 2 > len(colours)
    ink = PAPER if dark else INK
    hardest = min(colours, key=lambda one: contrast(one, ink))
    return Ground(hardest, mixed=contrast(hardest, ink) < READS)


def _dots(content: bytes, part: tuple[float, float, float, float]) -> Iterator[str]:
    """Give a few colours of a part of a picture; nothing if it can't be read or is far too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content)) as image:
                if image.width * image.height > _MOST_DOTS:
                    return
                wide, high = image.size
                box = (part[0] * wide, part[1] * high, part[2] * wide, part[3] * high)
                seen = image.convert("RGBA").resize((8, 8), Image.Resampling.BOX, box)
                # What is seen through shows the paper.
                small = Image.alpha_composite(Image.new("RGBA", seen.size, PAPER), seen).convert("RGB")
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return
    for at in range(64):
        red, green, blue = small.getpixel((at % 8, at // 8))  # type: ignore[misc]
        yield f"#{red:02X}{green:02X}{blue:02X}"


def read(colour: Xml, colours: Mapping[str, str]) -> str:
    """Read a colour as it is seen: of the theme or not, made lighter, darker or stronger; empty if it has no value."""
    value = str(colour.get("val", ""))
    if colour.tag == qn("a:srgbClr"):
        seen = f"#{value.upper()}"
    elif colour.tag == qn("a:sysClr"):
        seen = f"#{colour.get('lastClr', 'FFFFFF').upper()}"
    elif colour.tag == qn("a:schemeClr"):
        seen = colours.get(value, "")
    elif colour.tag == qn("a:prstClr"):
        seen = {"black": "#000000", "white": "#FFFFFF"}.get(value, "")
    else:
        seen = ""
    if not seen:
        return ""
    changed = {str(one.tag).rpartition("}")[2]: int(one.get("val", "100000")) / 100000 for one in colour}
    hue, light, strong = colorsys.rgb_to_hls(*(int(seen[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    if "shade" in changed:
        light *= changed["shade"]
    if "tint" in changed:
        light = 1 - (1 - light) * changed["tint"]
    light = min(1.0, max(0.0, light * changed.get("lumMod", 1.0) + changed.get("lumOff", 0.0)))
    strong = min(1.0, strong * changed.get("satMod", 1.0))
    return "#" + "".join(f"{round(255 * one):02X}" for one in colorsys.hls_to_rgb(hue, light, strong))
