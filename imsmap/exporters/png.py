"""A picture as PNG at 300 dots an inch: its SVG, drawn with the type that travels with imsmap."""

from __future__ import annotations

from imsmap import about
from imsmap.drawing import FAMILY, Picture
from imsmap.drawing.glyphs import FONTS
from imsmap.drawing.svg import faces, written
from imsmap.raster import Order, raster

ABOUT = about.Format(suffix=".png", holds=("pictures",), place=90)

DPI = 300
_MOST = 12_000
"""Dots along a side; more no office program opens."""


def export(picture: Picture) -> bytes:
    """Draw the picture as PNG."""
    return raster(order(picture))


def order(picture: Picture) -> Order:
    """Say what is to be drawn, for a process that draws while others are made ready."""
    carried = map(str, sorted(FONTS.glob("*.ttf")))
    of_the_system = dict.fromkeys(str(face.path) for face in faces(picture))
    width = min(_MOST, round(picture.size.width_in * DPI))
    return Order(written(picture).decode(), width, DPI, (*carried, *of_the_system), FAMILY)
