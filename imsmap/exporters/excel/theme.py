"""The workbook's theme: the palette and the font, so that a brand restyles everything in one place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxwriter.color import Color
from xlsxwriter.theme import THEME_XML_2007

from imsmap.drawing import CORE, INK, PAPER, Colours, contrast
from imsmap.exporters.excel.brand import FONT as FONT
from imsmap.exporters.excel.brand import Brand
from imsmap.plain import in_xml

WHITE, BLACK = Color.theme(0, 0), Color.theme(1, 0)
PALE, MID = Color.theme(0, 1), Color.theme(0, 2)
GREY = Color.theme(1, 2)
CORE_TINT, CORE_DARK = Color.theme(2, 0), Color.theme(3, 0)
# The code of who fills a cell, and warnings, mean the same under each brand: they are no part of the theme.
YELLOW, YELLOW_HEAD = Color.rgb("#FFFAE0"), Color.rgb("#FFE9A8")
WARNING = Color.rgb("#FCE4D2")
_FIRST_ACCENT = 4
_PAIRS = 3
"""Standards whose dark colour and tint have accents of the theme; further ones bring their colours along."""


def theme_xml(looks: Sequence[Colours], core: Colours = CORE, brand: Brand | None = None) -> str:
    """Write the theme: two accents for each standard, its dark colour and its tint, and grey for the common core.

    A brand's main colour takes the place of the dark grey of titles and heads.
    """
    brand = brand or Brand()
    main = brand.main or core.dark
    colours = {"dk1": INK, "lt1": PAPER, "dk2": main, "lt2": core.tint, "hlink": INK, "folHlink": INK}
    for index, look in enumerate(looks[:_PAIRS]):
        colours[f"accent{2 * index + 1}"] = look.dark
        colours[f"accent{2 * index + 2}"] = look.tint
    xml: str = THEME_XML_2007
    for name, colour in colours.items():
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>', xml)
    for role, font in (("major", brand.titles), ("minor", brand.body)):
        before, mark, rest = xml.partition(f'<a:{role}Font><a:latin typeface="')
        xml = before + mark + in_xml(font) + rest[rest.index('"') :]
    return xml.replace('name="Office Theme"', 'name="imsmap"').replace('name="Office"', 'name="imsmap"')


def dark(index: int, look: Colours) -> Color:
    """Give the dark colour of the standard in this place."""
    return Color.theme(_FIRST_ACCENT + 2 * index, 0) if index < _PAIRS else Color.rgb(look.dark)


def tint(index: int, look: Colours) -> Color:
    """Give the tint of the standard in this place, for dark text."""
    return Color.theme(_FIRST_ACCENT + 2 * index + 1, 0) if index < _PAIRS else Color.rgb(look.tint)


def on_dark(look: Colours) -> Color:
    """Give the text colour that reads better on a standard's dark colour."""
    colour = look.dark
    return WHITE if contrast(colour, PAPER) >= contrast(colour, INK) else BLACK


def reads_on_white(look: Colours) -> bool:
    """Tell whether a standard's dark colour can be read as text on white."""
    return contrast(look.dark, PAPER) >= 4.5


def second(brand: Brand) -> Color:
    """Give the colour of lines beside the main one."""
    return Color.rgb(brand.second) if brand.second else CORE_DARK
