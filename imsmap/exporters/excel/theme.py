"""The workbook's theme: the system's colours in its places, and the font, so that one place restyles everything."""

from __future__ import annotations

import re

from xlsxwriter.color import Color
from xlsxwriter.theme import THEME_XML_2007

from imsmap.drawing import CORE, INK, PAPER, Colours, contrast
from imsmap.drawing.colour import ALERT, CORE_DARK, CORE_TINT
from imsmap.drawing.look import FONT as FONT
from imsmap.drawing.look import Look
from imsmap.plain import in_xml

WHITE, BLACK = Color.theme(0, 0), Color.theme(1, 0)
PALE, RULE = Color.theme(0, 1), Color.theme(0, 3)
GREY = Color.theme(1, 2)
FAINT, CORE_SOLID = Color.theme(2, 0), Color.theme(3, 0)
# What standards have in common stays grey under each brand.
CORE_GREY, RELATED = Color.rgb(CORE_DARK), Color.rgb(CORE_TINT)
# The code of who fills a cell, and warnings, mean the same under each brand: they are no part of the theme.
YELLOW, YELLOW_HEAD = Color.rgb("#FFFAE0"), Color.rgb("#FFE9A8")
ALARM = Color.rgb(ALERT)
_PLACES = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}


def theme_xml(core: Colours = CORE, look: Look | None = None) -> str:
    """Write the theme: text, ground, core, faint, and an accent for each discipline, whatever the workbook shows.

    A client's colours take the places of the disciplines; what all have in common stays grey.
    """
    look = look or Look()
    colours = {_PLACES.get(name, name): colour for name, colour in look.slots.items()}
    colours |= {"dk2": core.dark, "hlink": INK, "folHlink": INK}
    xml: str = THEME_XML_2007
    for name, colour in colours.items():
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>', xml)
    for role, font in (("major", look.titles), ("minor", look.body)):
        before, mark, rest = xml.partition(f'<a:{role}Font><a:latin typeface="')
        xml = before + mark + in_xml(font) + rest[rest.index('"') :]
    return xml.replace('name="Office Theme"', 'name="imsmap"').replace('name="Office"', 'name="imsmap"')


def dark(colours: Colours, look: Look) -> Color:
    """Give a standard's solid colour: its discipline's place of the theme, if it has one."""
    places = {colour: 3 + int(name[-1]) for name, colour in look.slots.items() if name.startswith("accent")}
    place = places.get(colours.dark.upper())
    return Color.rgb(colours.dark) if place is None else Color.theme(place, 0)


def tint(colours: Colours) -> Color:
    """Give a standard's tint, for dark text; a cell cannot mute a colour of the theme, only lighten it to neon."""
    return Color.rgb(colours.tint)


def reads_on_white(colours: Colours) -> bool:
    """Tell whether a standard's dark colour can be read as text on white."""
    return contrast(colours.dark, PAPER) >= 4.5


def band(colour: str) -> Color:
    """Give the colour of a band on the cover: the client's, or the core's."""
    return Color.rgb(colour) if colour else CORE_SOLID
