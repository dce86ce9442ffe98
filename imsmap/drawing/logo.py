"""A client's logo, as its file holds it and as dots."""

from __future__ import annotations

import base64
import io
from functools import cache

from imsmap.drawing.glyphs import FONTS
from imsmap.drawing.text import FAMILY
from imsmap.raster import Order, raster
from imsmap.values import frozen

SVG = "image/svg+xml"
_DOTS, _DPI = 1200, 300
"""Width at which a drawn logo becomes dots, where a surface shows no other."""
_MOST_DOTS = 40_000_000


@frozen
class Logo:
    """A client's logo: the picture as a file holds it, and its kind, such as `image/png`."""

    content: bytes
    kind: str

    @property
    def address(self) -> str:
        """Give it as an address of its own, without network."""
        return f"data:{self.kind};base64,{base64.b64encode(self.content).decode()}"


@frozen
class Dots:
    """A logo as dots, and how many they are; nothing where it can't be opened."""

    content: bytes
    width: int
    height: int


@cache
def dots(logo: Logo | None) -> Dots | None:
    """Give a logo as a PNG or JPEG picture, for what shows no other; nothing where it can't be read or is too large."""
    if logo is None:
        return None
    from PIL import Image

    content = logo.content
    try:
        if logo.kind == SVG:
            fonts = tuple(map(str, sorted(FONTS.glob("*.ttf"))))
            content = raster(Order(content, _DOTS, _DPI, fonts, FAMILY))
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > _MOST_DOTS:
                return None
            image.load()
            return Dots(content, image.width, image.height)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        # Whatever is wrong with a picture from outside, nobody can draw it.
        return None
