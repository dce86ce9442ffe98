from __future__ import annotations

import io

import pytest
from PIL import Image

from imsmap.drawing import SIZES
from imsmap.exporters import png
from tests.pictures.invented import draw, report_for


@pytest.mark.parametrize("size", ["16:9", "A4"])
def test_a_png_has_300_dots_an_inch_and_says_so(size: str) -> None:
    picture = draw("tree", report_for("tree", 2), size)[0]
    with Image.open(io.BytesIO(png.export(picture))) as image:
        image.load()
        assert image.width == pytest.approx(SIZES[size].width_in * 300, abs=4)
        assert image.height == pytest.approx(SIZES[size].height_in * 300, abs=4)
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)


def test_drawing_a_png_leaves_the_picture_as_it_was() -> None:
    picture = draw("tree", report_for("tree", 2))[0]
    before = picture.dot.to_string()
    png.export(picture)
    assert picture.dot.to_string() == before
