from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops

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


def test_where_graphviz_has_no_gd_the_picture_is_drawn_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from imsmap.drawing import graphviz
    from imsmap.errors import ImsmapError

    render = graphviz.render

    def without_gd(text: str, kind: str, engine: str) -> bytes:
        if "gd" in kind:
            raise ImsmapError("no such format")
        return render(text, kind, engine)

    (picture,) = draw("friends", report_for("friends", 2))
    quick = Image.open(io.BytesIO(png.export(picture))).convert("RGB")
    monkeypatch.setattr(graphviz, "render", without_gd)
    slow = Image.open(io.BytesIO(png.export(picture))).convert("RGB")
    assert quick.size == slow.size
    # 256 colours are enough: no shade is off by more than an eye can tell.
    assert max(high for _, high in ImageChops.difference(quick, slow).getextrema()) < 16
