"""A picture as PNG, 300 dots an inch on paper: its page of PDF, drawn with the type that travels with imsmap.

Where words need another font, or an order and shape of signs that a PDF does not know, it is its SVG.
"""

from __future__ import annotations

from imsmap import about
from imsmap.drawing import FAMILY, Picture, pdf, svg
from imsmap.drawing.glyphs import FONTS, is_plain
from imsmap.raster import Order, draws_pages, raster

ABOUT = about.Format(suffix=".png", holds=("pictures",), place=90)

DPI = 300
_SLIDE_DPI = 240
"""A slide is wider than paper: on A4, across, these are 300 dots an inch, and on a page of text more."""
_A4_IN = 11.7
_PAPER = ("A4", "A3")
_MOST = 12_000
"""Dots along a side; more no office program opens."""


def export(picture: Picture) -> bytes:
    """Draw the picture as PNG."""
    return raster(order(picture))


def order(picture: Picture, page: bytes | None = None) -> Order:
    """Say what is to be drawn, for what draws while others are made ready; page: the picture as PDF, if it is there."""
    wide = picture.size.width_in > _A4_IN and picture.size.name not in _PAPER
    dpi = _SLIDE_DPI if wide else DPI
    width = min(_MOST, round(picture.size.width_in * dpi))
    if draws_pages() and all(is_plain(words) for words in svg.words(picture)):
        return Order(page or pdf.written(picture), width, dpi)
    carried = map(str, sorted(FONTS.glob("*.ttf")))
    of_the_system = dict.fromkeys(str(face.path) for face in svg.faces(picture))
    return Order(svg.written(picture), width, dpi, (*carried, *of_the_system), FAMILY)
