"""What of a client's look a workbook can show: a logo that opens, a font that fits."""

from __future__ import annotations

import io
import struct

from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.image import Image

from imsmap.drawing.logo import SVG, Logo
from imsmap.drawing.look import Look

MOST_DOTS = 10_000
"""Along a side of a logo: whoever opens the file unpacks all of them, three bytes or four each."""
_ENDS = {"png": b"IEND", "jpg": b"\xff\xd9", "jpeg": b"\xff\xd9"}
"""What stands at the end of a picture that is whole."""


def picture(look: Look) -> Image | None:
    """Open the logo; nothing if there is none, or none that a workbook can show whole."""
    image = _opened(look.logo)
    return None if image is None or max(image.width, image.height) > MOST_DOTS else image


def _opened(logo: Logo | None) -> Image | None:
    if logo is None or not logo.content:
        return None
    try:
        image = Image(io.BytesIO(logo.content))
    except (XlsxWriterException, struct.error, ValueError, ArithmeticError, LookupError):
        return None
    end = _ENDS.get(image.image_type.lower())
    return image if end is not None and end in logo.content[-64:] else None


def notices(look: Look) -> list[str]:
    """Tell what of a look a workbook does not show as it was given, and what it shows instead."""
    found = []
    if look.logo is not None and look.logo.kind != SVG and picture(look) is None:
        image = _opened(look.logo)
        found.append(
            "the logo is no PNG or JPEG picture that a workbook can show; it was left out"
            if image is None
            else f"the logo has {image.width:g} x {image.height:g} dots, more than {MOST_DOTS} along a side; it was "
            "left out: save it smaller"
        )
    if look.body != look.titles:
        found.append(
            f"{look.font} may be wider than Arial, in which everything is measured: titles have it, all else has Arial"
        )
    return found
