"""What every picture is made with: sizes, palette, measured text, and a sheet on which boxes get their places.

A picture computes every place itself; Graphviz draws.
"""

from __future__ import annotations

from imsmap.drawing.colour import CORE, GREY, INK, PAPER, Colours, colours, contrast
from imsmap.drawing.sheet import BRACKET, MARGIN, PAD, SIZES, Area, Part, Picture, Sheet, Size
from imsmap.drawing.slide import EDGE, clearance, evenly, frame, headline, held, source_line, unmarked
from imsmap.drawing.text import (
    FAMILY,
    FONT_FLOOR,
    Fitted,
    breaks_word,
    clean,
    fit,
    height_of,
    quoted,
    shorten,
    width_of,
    wrap,
)

__all__ = [
    "BRACKET",
    "CORE",
    "EDGE",
    "FAMILY",
    "FONT_FLOOR",
    "GREY",
    "INK",
    "MARGIN",
    "PAD",
    "PAPER",
    "SIZES",
    "Area",
    "Colours",
    "Fitted",
    "Part",
    "Picture",
    "Sheet",
    "Size",
    "breaks_word",
    "clean",
    "clearance",
    "colours",
    "contrast",
    "evenly",
    "fit",
    "frame",
    "headline",
    "height_of",
    "held",
    "quoted",
    "shorten",
    "source_line",
    "unmarked",
    "width_of",
    "wrap",
]
