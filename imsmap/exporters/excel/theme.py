"""The workbook's theme: the system's colours in its places, and the font, so that one place restyles everything."""

from __future__ import annotations

import re

from xlsxwriter.color import Color
from xlsxwriter.theme import THEME_XML_2007

from imsmap.drawing import CORE, INK, PAPER, Colours, contrast
from imsmap.drawing.colour import ALERT, CORE_DARK, CORE_TINT, SLOTS
from imsmap.exporters.excel.brand import FONT as FONT
from imsmap.exporters.excel.brand import Brand
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
_ACCENTS = {colour: 3 + int(name[-1]) for name, colour in SLOTS.items() if name.startswith("accent")}
"""Where the colour of a discipline stands among those of the theme, the same in every file."""


def theme_xml(core: Colours = CORE, brand: Brand | None = None) -> str:
    """Write the theme: text, ground, core, faint, and an accent for each discipline, whatever the workbook shows.

    A brand's main colour takes the place of the dark grey of titles and heads.
    """
    brand = brand or Brand()
    colours = {_PLACES.get(name, name): colour for name, colour in SLOTS.items()}
    colours |= {"dk2": brand.main or core.dark, "hlink": INK, "folHlink": INK}
    xml: str = THEME_XML_2007
    for name, colour in colours.items():
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>', xml)
    for role, font in (("major", brand.titles), ("minor", brand.body)):
        before, mark, rest = xml.partition(f'<a:{role}Font><a:latin typeface="')
        xml = before + mark + in_xml(font) + rest[rest.index('"') :]
    return xml.replace('name="Office Theme"', 'name="imsmap"').replace('name="Office"', 'name="imsmap"')


def dark(look: Colours) -> Color:
    """Give a standard's solid colour: its discipline's place of the theme, if it has one."""
    place = _ACCENTS.get(look.dark.upper())
    return Color.rgb(look.dark) if place is None else Color.theme(place, 0)


def tint(look: Colours) -> Color:
    """Give a standard's tint, for dark text; a cell cannot mute a colour of the theme, only lighten it to neon."""
    return Color.rgb(look.tint)


def reads_on_white(look: Colours) -> bool:
    """Tell whether a standard's dark colour can be read as text on white."""
    return contrast(look.dark, PAPER) >= 4.5


def second(brand: Brand) -> Color:
    """Give the colour of lines beside the main one."""
    return Color.rgb(brand.second) if brand.second else CORE_SOLID
