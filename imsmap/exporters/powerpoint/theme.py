"""The colours of a deck: a picture's palette in the places of a theme, ours or a client's."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from imsmap.drawing import FAINT, GREY, INK, PAPER, RULE, contrast
from imsmap.drawing.colour import SLOTS as OURS
from imsmap.drawing.colour import TINT, tint

Pptx = Any  # python-pptx ships no types

READS = 4.5
"""The contrast that text needs on its ground (WCAG 2, level AA)."""
SLOTS = ("dk2", "lt2", *(f"accent{index}" for index in range(1, 7)))
_NAMES = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
_SLOT = {shown: place for place, shown in _NAMES.items()}
"""What a slide calls the theme's dark and light places."""
FONT = "Arial"
"""Of our theme, so that a client changes it in one place. On every machine, and no wider than what was measured."""


@frozen
class Place:
    """A colour of the theme, changed in strength and lightness: factors and an offset in thousandths of a percent."""

    name: str
    colour: str
    mod: int = 100000
    off: int = 0
    sat: int = 100000

    @property
    def shown(self) -> str:
        """The colour that is seen."""
        if (self.mod, self.off, self.sat) == (100000, 0, 100000):
            return self.colour
        red, green, blue = (int(self.colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        hue, light, strong = colorsys.rgb_to_hls(red, green, blue)
        light = max(0.0, min(1.0, light * self.mod / 100000 + self.off / 100000))
        found = colorsys.hls_to_rgb(hue, light, min(1.0, strong * self.sat / 100000))
        return "#" + "".join(f"{round(one * 255):02X}" for one in found)

    @property
    def changes(self) -> str:
        """How it is changed, in PowerPoint's words."""
        told = (("satMod", self.sat, 100000), ("lumMod", self.mod, 100000), ("lumOff", self.off, 0))
        return "".join(f'<a:{name} val="{value}"/>' for name, value, usual in told if value != usual)


@frozen
class Theme:
    """Which place of the theme stands for which colour of a picture."""

    places: dict[str, Place]
    ground: str = field(default=PAPER)
    """The colour of the slide behind everything."""
    theirs: bool = False

    def shown(self, colour: str) -> str:
        """Give the colour that is seen where a picture asks for this one."""
        place = self.places.get(colour.upper())
        return place.shown if place else colour[:7].upper()

    def paint(self, colour: str, opacity: float = 1.0) -> str:
        """Write a colour; of the theme if it is in it."""
        seen = "" if opacity >= 1 else f'<a:alpha val="{round(opacity * 100000)}"/>'
        place = self.places.get(colour.upper())
        if place is None:
            return f'<a:srgbClr val="{colour[1:7].upper()}">{seen}</a:srgbClr>'
        inner = place.changes + seen
        name = _NAMES.get(place.name, place.name)
        return f'<a:schemeClr val="{name}">{inner}</a:schemeClr>' if inner else f'<a:schemeClr val="{name}"/>'

    def behind(self, fills: Iterable[tuple[str, float]]) -> str:
        """Give the colour that is seen where fills lie over each other on the slide, each with its opacity."""
        seen = self.ground
        for fill, opacity in fills:
            pairs = ((self.shown(fill)[at : at + 2], seen[at : at + 2]) for at in (1, 3, 5))
            mixed = (int(above, 16) * opacity + int(below, 16) * (1 - opacity) for above, below in pairs)
            seen = "#" + "".join(f"{round(channel):02X}" for channel in mixed)
        return seen

    def ink(self, ink: str, ground: str) -> str:
        """Choose the text colour: the one asked for, or if it can't be read there, one that can."""
        if contrast(self.shown(ink), ground) >= READS:
            return ink
        return max((INK, PAPER), key=lambda one: contrast(self.shown(one), ground))


def ours(deck: Pptx) -> Theme:
    """Put our colours and font into the deck's theme: the same in every file, so that slides can change decks."""
    chosen = {_SLOT.get(name, name): colour for name, colour in OURS.items()}
    for part in _theme_parts(deck):
        text = part.blob.decode()
        for name, colour in chosen.items():
            text = re.sub(
                rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>', text, flags=re.S
            )
        part._blob = re.sub(
            r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{FONT}", text
        ).encode()  # fmt: skip
    return Theme(_fixed(chosen))


def _fixed(chosen: Mapping[str, str]) -> dict[str, Place]:
    """Say which place of the theme stands for which of our colours, tints and greys too."""
    places = {colour: Place(name, chosen[_SLOT.get(name, name)]) for name, colour in OURS.items()}
    for name, colour in OURS.items():
        if name.startswith("accent") or name == "tx2":
            places[tint(colour)] = Place(
                name, chosen[_SLOT.get(name, name)], TINT["lumMod"], TINT["lumOff"], TINT["satMod"]
            )
    places[GREY] = Place("tx1", chosen["dk1"], 75000, 27000)
    places[RULE] = Place("bg1", chosen["lt1"], 75000)
    return places


def theirs(deck: Pptx, palette: Sequence[str]) -> Theme:
    """Put a client's accents in the place of the disciplines' colours, darkened where text could not be read.

    Letters stay in every fill, so the meaning does not depend on what the accents are. A discipline for which the
    client's theme has no accent left keeps its own colour.
    """
    told = _told(deck)
    mapped = {key: value for key, value in _mapping(deck).items() if value in told}

    def place(name: str, mod: int = 100000, off: int = 0) -> Place:
        return Place(name, told[name], mod, off)

    dark, light = mapped.get("tx1", "dk1"), mapped.get("bg1", "lt1")
    places: dict[str, Place] = {}
    ground = told.get(light, PAPER)
    if contrast(ground, INK) >= 7 and dark in told:
        places = {INK: place(dark), PAPER: place(light), GREY: place(dark, 65000, 35000)}
        places |= {"#4D4D4D": place(dark, 75000, 25000), FAINT: place(light, 90000)}
        places = {colour: one for colour, one in places.items() if _reads(colour, one, ground)}
    elif dark in told:
        # A dark master: words on it take its text colour, boxes keep their light fills and dark text.
        places = {GREY: place(dark)}
    colours = [colour for colour in dict.fromkeys(palette) if not _neutral(colour)]
    accents = [name for name in SLOTS if name.startswith("accent") and name in told]
    for name, (strong, pale) in zip(accents, zip(colours[::2], colours[1::2], strict=False), strict=False):
        white = contrast(strong, PAPER) >= READS
        places[strong] = next(one for one in _shades(name, told[name], darker=white) if _carries(one, white))
        lighter = (Place(name, told[name], mod, 100000 - mod) for mod in range(20000, -1, -2000))
        places[pale] = next(one for one in lighter if contrast(one.shown, INK) >= 7)
    return Theme(places, ground, theirs=True)


def _carries(one: Place, white: bool) -> bool:
    return contrast(one.shown, PAPER if white else INK) >= READS


def _shades(name: str, colour: str, *, darker: bool) -> Iterator[Place]:
    for step in range(100000, -1, -5000):
        yield Place(name, colour, step) if darker else Place(name, colour, step, 100000 - step)


def _reads(colour: str, one: Place, ground: str) -> bool:
    """Tell whether a neutral place serves as text on the ground, or as a fill that carries text."""
    if colour == FAINT:
        return contrast(one.shown, INK) >= 7
    return colour == PAPER or contrast(one.shown, ground) >= READS


def _theme_parts(deck: Pptx) -> list[Pptx]:
    return [rel.target_part for rel in deck.slide_master.part.rels.values() if rel.reltype.endswith("/theme")]


def _told(deck: Pptx) -> dict[str, str]:
    """Read the colours of a theme."""
    text = "".join(part.blob.decode() for part in _theme_parts(deck)[:1])
    scheme = text.partition("<a:clrScheme")[2].partition("</a:clrScheme>")[0]
    found = re.findall(r'<a:(\w+)>\s*<a:(?:srgbClr val|sysClr val="\w+" lastClr)="([0-9A-Fa-f]{6})"', scheme)
    return {name: f"#{colour.upper()}" for name, colour in found}


def _mapping(deck: Pptx) -> dict[str, str]:
    """Read which place of the theme the master takes for text and ground."""
    for element in deck.slide_master.element.iter():
        if str(element.tag).endswith("}clrMap"):
            return dict(element.attrib)
    return {}


def _neutral(colour: str) -> bool:
    return colour[1:3] == colour[3:5] == colour[5:7]
