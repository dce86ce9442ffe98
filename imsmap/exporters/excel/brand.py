"""The brand of who hands the workbook out: colours dark enough for white text, a font that fits, a logo that opens."""

from __future__ import annotations

import io
import re
import struct

from attrs import frozen
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.image import Image

from imsmap.drawing.colour import readable

FONT = "Arial"
"""On Windows, macOS and the web; Liberation Sans under Linux is as wide to the pixel, so rows fit there too."""
_AS_NARROW = (
    "arial", "arial narrow", "arimo", "calibri", "calibri light", "carlito", "garamond", "helvetica",
    "helvetica neue", "liberation sans", "liberation serif", "times new roman",
)  # fmt: skip
"""Fonts whose text needs no more room than Arial's, by which the heights of rows are measured."""
MOST_DOTS = 10_000
"""Along a side of a logo: whoever opens the file unpacks all of them, three bytes or four each."""
_ENDS = {"png": b"IEND", "jpg": b"\xff\xd9", "jpeg": b"\xff\xd9"}
"""What stands at the end of a picture that is whole."""


@frozen
class Brand:
    """How a workbook looks; what is empty stays plain.

    name: in headers, beside the client's. primary, secondary: `#RRGGBB`. logo: a PNG or JPEG picture. font: one that
    the readers have; where it is missing, their program takes another. legal: a line at the foot of each page.
    """

    name: str = ""
    primary: str = ""
    secondary: str = ""
    logo: bytes | None = None
    font: str = ""
    legal: str = ""

    def __attrs_post_init__(self) -> None:
        """Refuse what is no colour."""
        for colour in (self.primary, self.secondary):
            if colour and not re.fullmatch("#[0-9A-Fa-f]{6}", colour):
                raise ValueError(f"{colour!r} is no colour; write one as #00558C")

    @property
    def main(self) -> str:
        """The colour of titles and heads, dark enough for white text; empty without one."""
        return readable(self.primary) if self.primary else ""

    @property
    def second(self) -> str:
        """The colour of lines beside the main one; the main one itself where there is no other."""
        return readable(self.secondary) if self.secondary else self.main

    @property
    def titles(self) -> str:
        """The font of titles, where there is always room."""
        return self.font or FONT

    @property
    def body(self) -> str:
        """The font of cells: the brand's, if its text fits where Arial's does."""
        return self.font if self.font.lower() in _AS_NARROW else FONT


def picture(brand: Brand) -> Image | None:
    """Open the logo; nothing if there is none, or none that a workbook can show whole."""
    image = _opened(brand)
    return None if image is None or max(image.width, image.height) > MOST_DOTS else image


def _opened(brand: Brand) -> Image | None:
    if not brand.logo:
        return None
    try:
        image = Image(io.BytesIO(brand.logo))
    except (XlsxWriterException, struct.error, ValueError, ArithmeticError, LookupError):
        return None
    end = _ENDS.get(image.image_type.lower())
    return image if end is not None and end in brand.logo[-64:] else None


def notices(brand: Brand) -> list[str]:
    """Tell what of a brand is not shown as it was given, and what is shown instead."""
    found = []
    for given, used in ((brand.primary, brand.main), (brand.secondary, brand.second)):
        if given and given.upper() != used.upper():
            found.append(f"{given} is too pale to carry white text; the workbook uses {used}, the same colour darker")
    if brand.logo and picture(brand) is None:
        image = _opened(brand)
        found.append(
            "the logo is no PNG or JPEG picture that a workbook can show; it was left out"
            if image is None
            else f"the logo has {image.width:g} x {image.height:g} dots, more than {MOST_DOTS} along a side; it was "
            "left out: save it smaller"
        )
    if brand.body != brand.titles:
        found.append(
            f"{brand.font} may be wider than Arial, by which rows are measured: titles have it, cells have Arial"
        )
    return found
