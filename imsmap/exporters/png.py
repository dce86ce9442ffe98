"""A picture as PNG, 300 dots an inch on paper: its SVG, drawn with the type that travels with imsmap."""

from __future__ import annotations

from imsmap import about
from imsmap.drawing import FAMILY, Picture
from imsmap.drawing.glyphs import FONTS
from imsmap.drawing.svg import faces, written
from imsmap.raster import Order, raster

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


def order(picture: Picture) -> Order:
    """Say what is to be drawn, for a process that draws while others are made ready."""
    carried = map(str, sorted(FONTS.glob("*.ttf")))
    of_the_system = dict.fromkeys(str(face.path) for face in faces(picture))
    wide = picture.size.width_in > _A4_IN and picture.size.name not in _PAPER
    dpi = _SLIDE_DPI if wide else DPI
    width = min(_MOST, round(picture.size.width_in * dpi))
    return Order(written(picture).decode(), width, dpi, (*carried, *of_the_system), FAMILY)
