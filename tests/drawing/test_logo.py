from __future__ import annotations

import io
import struct

import pytest
from PIL import Image

from imsmap.drawing.logo import SVG, Logo, dots

DRAWN = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 60 20'><rect width='60' height='20' fill='red'/></svg>"


def png(width: int = 60, height: int = 20) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "#7A1F6B").save(stream, "PNG")
    return stream.getvalue()


def test_a_logo_of_dots_stays_as_it_is() -> None:
    seen = dots(Logo(png(), "image/png"))
    assert seen is not None
    assert (seen.content, seen.width, seen.height) == (png(), 60, 20)


def test_a_drawn_logo_becomes_dots_in_its_own_shape() -> None:
    seen = dots(Logo(DRAWN, SVG))
    assert seen is not None
    assert seen.width == 3 * seen.height >= 600


@pytest.mark.parametrize(
    "broken", [b"", b"no picture", png()[:60], png()[:16] + struct.pack(">II", 65_535, 65_535) + png()[24:]]
)
def test_a_logo_that_cannot_be_opened_has_no_dots(broken: bytes) -> None:
    assert dots(Logo(broken, "image/png")) is None
    assert dots(Logo(broken, SVG)) is None


def test_without_a_logo_there_are_no_dots() -> None:
    assert dots(None) is None
