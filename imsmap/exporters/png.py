"""A picture as PNG at 300 dots an inch: its SVG, drawn with the type that travels with imsmap."""

from __future__ import annotations

import struct
import zlib

from imsmap import about
from imsmap.drawing import FAMILY, Picture
from imsmap.drawing.glyphs import FONTS
from imsmap.drawing.svg import faces, written

ABOUT = about.Format(suffix=".png", holds=("pictures",), place=90)

DPI = 300
_MOST = 12_000
"""Dots along a side; more no office program opens."""


def export(picture: Picture) -> bytes:
    """Draw the picture as PNG and write its resolution into it, so that Word places it at its size."""
    import resvg_py

    width = min(_MOST, round(picture.size.width_in * DPI))
    drawn = bytes(
        resvg_py.svg_to_bytes(
            svg_string=written(picture).decode(),
            width=width,
            dpi=72.0,
            skip_system_fonts=True,
            font_files=[
                *map(str, sorted(FONTS.glob("*.ttf"))),
                *dict.fromkeys(str(face.path) for face in faces(picture)),
            ],
            font_family=FAMILY,
        )
    )
    return _with_resolution(drawn)


def _with_resolution(drawn: bytes) -> bytes:
    end_of_header = 8 + 25
    per_metre = round(DPI / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body))
    return drawn[:end_of_header] + chunk + drawn[end_of_header:]
