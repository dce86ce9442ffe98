"""The colours of a deck: a picture's palette in the places of a theme, ours or a client's."""

from __future__ import annotations

import colorsys
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import field

from imsmap.drawing import ALERT, FAINT, GREY, INK, PAPER, RULE, Area, contrast, mixed
from imsmap.drawing.colour import (
    DARKENED,
    READS,
    SHADES,
    STRONG,
    TINT,
    Colours,
    alike,
    darkened,
    reading,
    shaded,
    strength,
    tint,
)
from imsmap.drawing.colour import SLOTS as OURS
from imsmap.drawing.look import Look
from imsmap.exporters.powerpoint.ground import mapping_of
from imsmap.exporters.powerpoint.room import WELL, room_of
from imsmap.plain import in_xml
from imsmap.values import frozen

Pptx = Any  # python-pptx ships no types

BLACK, WHITE = "#000000", "#FEFEFE"
"""Asked for where neither text nor ground of a client's theme can be read; no role has these."""
_NAMES = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
_SLOT = {shown: place for place, shown in _NAMES.items()}
"""What a slide calls the theme's dark and light places."""


@frozen
class Place:
    """A colour of the theme, changed in strength and lightness: factors and an offset in thousandths of a percent.

    One without a name is none of the theme.
    """

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
    dark: bool = False
    """Light words stand on a dark ground: what has no place is turned as our own colours are."""
    theirs: bool = False
    panel: bool = False
    """Content stands on a plain ground of its own."""

    def shown(self, colour: str) -> str:
        """Give the colour that is seen where a picture asks for this one."""
        place = self.places.get(colour.upper())
        if place is not None:
            return place.shown
        return darkened(colour[:7].upper()) if self.dark else colour[:7].upper()

    def paint(self, colour: str, opacity: float = 1.0) -> str:
        """Write a colour; of the theme if it is in it."""
        seen = "" if opacity >= 1 else f'<a:alpha val="{round(opacity * 100000)}"/>'
        place = self.places.get(colour.upper())
        if place is None or not place.name:
            return f'<a:srgbClr val="{self.shown(colour)[1:]}">{seen}</a:srgbClr>'
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
        return self.best(ground)

    def best(self, ground: str) -> str:
        """Choose the text colour that can be read on a ground: text or ground of the theme, else black or white."""
        found = max((INK, PAPER), key=lambda one: contrast(self.shown(one), ground))
        if not self.theirs or contrast(self.shown(found), ground) >= READS:
            return found
        return max((BLACK, WHITE), key=lambda one: contrast(self.shown(one), ground))


def ours(deck: Pptx, look: Look) -> Theme:
    """Put our colours and font into the deck's theme: the same in every file, so that slides can change decks.

    A client's own stand in the places of the disciplines: the same in every file of the client.
    """
    chosen = {_SLOT.get(name, name): colour for name, colour in look.slots.items()}
    for part in _theme_parts(deck):
        text = part.blob.decode()
        for name, colour in chosen.items():
            text = re.sub(
                rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>', text, flags=re.S
            )
        for role, font in (("major", look.titles), ("minor", look.body)):
            before, mark, rest = re.split(rf'(<a:{role}Font>\s*<a:latin typeface=")', text, maxsplit=1)
            text = before + mark + in_xml(font) + rest[rest.index('"') :]
        part._blob = text.encode()
    return Theme(_fixed(chosen) | _shades(look))


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


def _shades(look: Look, *, dark: bool = False) -> dict[str, Place]:
    """Give what has no place in the theme: the client's colours of further standards, of disciplines of their own."""
    named = {*OURS.values(), *(tint(colour) for colour in OURS.values())}
    return {
        ours: Place("", darkened(theirs) if dark else theirs)
        for ours, theirs in look.swaps.items()
        if ours not in named
    }


def _further(places: Mapping[str, Place], *, dark: bool) -> dict[str, Place]:
    """Give the shades of further standards of a discipline, so that all of one have the hue that its accent has."""
    found: dict[str, Place] = {}
    for ours in (colour for slot, colour in OURS.items() if slot.startswith("accent")):
        pale = tint(ours)
        solid = places[ours].shown
        for shade in range(1, SHADES):
            mine = shaded(Colours(ours, ours, pale), shade)
            other = shaded(Colours(solid, solid, places[pale].shown), shade, dark=dark)
            found |= {mine.dark: Place("", other.dark), mine.tint: Place("", other.tint)}
    return found


def theirs(layout: Pptx, page: Area, look: Look, *, cover: bool = False) -> Theme:
    """Put a client's accents in the place of ours, slot by slot, so that a slide can change decks there too.

    An accent is darkened (on a dark ground: lightened) where text could not be read on it; a grey one, and those that
    can't be told apart, stay ours. Letters stay in every fill, so the meaning does not depend on what the accents are.
    What a client's project says of its colours counts before the accents: a standard has one colour on every surface.
    """
    told = colours_of(layout)
    mapped = {shown: place for shown, place in mapping_of(layout).items() if place in told}
    room = room_of(layout, told, page, cover=cover)
    ground = room.ground
    dark = ground.dark
    places: dict[str, Place] = {PAPER: Place(ground.slot, ground.colour)}
    places |= {BLACK: Place("", "#000000"), WHITE: Place("", "#FFFFFF")}
    slots = {shown: told[place] for shown, place in mapped.items()}
    ink = Place("tx1", slots.get("tx1", ""))
    if not ink.colour or contrast(ink.colour, ground.colour) < WELL:
        ink = Place("", max((INK, DARKENED[INK]), key=lambda one: contrast(one, ground.colour)))
    places[INK] = ink
    for role in (GREY, ALERT, OURS["tx2"]):
        wanted = darkened(role) if dark else role
        places[role] = Place("", wanted) if contrast(wanted, ground.colour) >= READS else ink
    for role in (RULE, FAINT, tint(OURS["tx2"])):
        places[role] = Place("", darkened(role) if dark else role)
    if dark:
        # What stands back is a step lighter than this ground, whatever its hue; ours on it would be another colour.
        places[FAINT] = Place("", mixed(ground.colour, "#FFFFFF", 0.1))
    brands = {ours: reading(look.shown(ours), ground.colour) for ours in OURS.values() if look.shown(ours) != ours}
    solids = {
        slot: place
        for slot, place in _accents(told, ground.colour, dark=dark).items()
        if not any(alike(place.shown, brand) for brand in brands.values())
    }
    for slot, ours in OURS.items():
        if not slot.startswith("accent"):
            continue
        if ours in brands:
            brand = brands[ours]
            same = next((name for name, colour in told.items() if name.startswith("accent") and colour == brand), "")
            places[ours] = Place(same, brand)
            pale = _pale(Place("", brand), ink.colour, dark=True).shown if dark else look.shown(tint(ours))
            places[tint(ours)] = Place("", pale)
            continue
        solid = solids.get(slot) or Place("", darkened(ours) if dark else ours)
        places[ours] = solid
        places[tint(ours)] = (
            _pale(solid, ink.colour, dark=dark)
            if solid.name
            else Place("", darkened(tint(ours)) if dark else tint(ours))
        )
    places |= _shades(look, dark=dark)
    places |= _further(places, dark=dark)
    return Theme(places, ground.colour, dark=dark, theirs=True, panel=room.panel)


def remarks(layout: Pptx, page: Area) -> tuple[str, ...]:
    """Tell which accents of a client's theme are not shown as they are, and what is shown instead."""
    told = colours_of(layout)
    ground = room_of(layout, told, page).ground
    solids = _accents(told, ground.colour, dark=ground.dark)
    found = []
    for slot in (name for name in OURS if name.startswith("accent") and name in told):
        number = slot.removeprefix("accent")
        if slot not in solids:
            found.append(f"accent {number} ({told[slot]}) is grey or like another; slides have our own colour there")
        elif solids[slot].shown != told[slot]:
            how = "pale" if not ground.dark else "dark"
            found.append(f"accent {number} ({told[slot]}) is too {how} for its ground; slides use {solids[slot].shown}")
    return tuple(found)


def solids_on_white(layout: Pptx) -> dict[str, str]:
    """Give the accents that serve on white, by our colour in whose place they stand: for what is no slide."""
    return {OURS[slot]: place.shown for slot, place in _accents(colours_of(layout), PAPER, dark=False).items()}


def _accents(told: Mapping[str, str], ground: str, *, dark: bool) -> dict[str, Place]:
    """Give the accents that serve as solids, by slot."""
    found = {}
    for slot in (name for name in OURS if name.startswith("accent") and name in told):
        if strength(told[slot]) >= STRONG:
            shades = _steps(slot, told[slot], darker=not dark)
            place = next((one for one in shades if contrast(one.shown, ground) >= READS), None)
            if place is not None:
                found[slot] = place
    twins = {
        name
        for one, other in itertools.combinations(found, 2)
        if alike(found[one].shown, found[other].shown)
        for name in (one, other)
    }
    return {slot: place for slot, place in found.items() if slot not in twins}


def _pale(solid: Place, ink: str, *, dark: bool) -> Place:
    """Give the tint of a client's accent: as ours come from their solids, and as far on as ink can be read on it."""
    if dark:
        # As light as words allow: on a dark blue ground, a darker blue is hardly seen.
        steps = [Place(solid.name, solid.colour, mod) for mod in range(72000, -1, -4000)]
    else:
        first = Place(solid.name, solid.colour, TINT["lumMod"], TINT["lumOff"], TINT["satMod"])
        steps = [first, *(Place(solid.name, solid.colour, mod, 100000 - mod) for mod in range(20000, -1, -2000))]
    return next((one for one in steps if contrast(one.shown, ink) >= WELL), steps[-1])


def _steps(name: str, colour: str, *, darker: bool) -> Iterator[Place]:
    for step in range(100000, -1, -5000):
        yield Place(name, colour, step) if darker else Place(name, colour, step, 100000 - step)


def _theme_parts(deck: Pptx) -> list[Pptx]:
    return [rel.target_part for rel in deck.slide_master.part.rels.values() if rel.reltype.endswith("/theme")]


def family_of(holder: Pptx) -> str:
    """Read in which font the theme of a deck or a layout sets its text."""
    text = "".join(part.blob.decode() for part in _theme_parts(holder)[:1])
    found = re.search(r'<a:minorFont>\s*<a:latin typeface="([^"]*)"', text)
    return found[1] if found else ""


def colours_of(holder: Pptx) -> dict[str, str]:
    """Read the colours of the theme of a deck or a layout."""
    text = "".join(part.blob.decode() for part in _theme_parts(holder)[:1])
    scheme = text.partition("<a:clrScheme")[2].partition("</a:clrScheme>")[0]
    found = re.findall(r'<a:(\w+)>\s*<a:(?:srgbClr val|sysClr val="\w+" lastClr)="([0-9A-Fa-f]{6})"', scheme)
    return {name: f"#{colour.upper()}" for name, colour in found}
