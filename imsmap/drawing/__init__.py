"""What every picture is made with: sizes, palette, measured text, and a sheet on which boxes get their places.

A picture computes every place itself; Graphviz draws.
"""

from __future__ import annotations

from imsmap.drawing.colour import CORE, GREY, INK, PAPER, Colours, contrast, core_colours, palettes, swatches
from imsmap.drawing.lists import Item, Listed, listed
from imsmap.drawing.sheet import BRACKET, MARGIN, PAD, SIZES, Area, Part, Picture, Sheet, Size, inside
from imsmap.drawing.slide import clearance, evenly, frame, headline, held, source_line
from imsmap.drawing.text import (
    FAMILY,
    FONT_FLOOR,
    HANG,
    Fitted,
    breaks_word,
    clean,
    even_size,
    fit,
    height_of,
    quoted,
    shorten,
    width_of,
    wrap,
)
from imsmap.plain import unmarked

__all__ = [
    "BRACKET",
    "CORE",
    "FAMILY",
    "FONT_FLOOR",
    "GREY",
    "HANG",
    "INK",
    "MARGIN",
    "PAD",
    "PAPER",
    "SIZES",
    "Area",
    "Colours",
    "Fitted",
    "Item",
    "Listed",
    "Part",
    "Picture",
    "Sheet",
    "Size",
    "breaks_word",
    "clean",
    "clearance",
    "contrast",
    "core_colours",
    "even_size",
    "evenly",
    "fit",
    "frame",
    "headline",
    "height_of",
    "held",
    "inside",
    "listed",
    "palettes",
    "quoted",
    "shorten",
    "source_line",
    "swatches",
    "unmarked",
    "width_of",
    "wrap",
]
