from __future__ import annotations

import io

import pytest
from PIL import Image

from imsmap.drawing import SIZES, Area, Sheet
from imsmap.drawing.colour import SLOTS, tint
from imsmap.exporters import png
from tests.pictures.invented import draw, report_for


@pytest.mark.slow
@pytest.mark.parametrize(("size", "dots"), [("16:9", 240), ("4:3", 300), ("A4", 300)])
def test_a_png_has_300_dots_an_inch_of_paper_and_says_how_many_it_has(size: str, dots: int) -> None:
    picture = draw("tree", report_for("tree", 2), size)[0]
    with Image.open(io.BytesIO(png.export(picture))) as image:
        image.load()
        assert image.width == pytest.approx(SIZES[size].width_in * dots, abs=4)
        assert image.height == pytest.approx(SIZES[size].height_in * dots, abs=4)
        assert image.info["dpi"] == pytest.approx((dots, dots), abs=0.1)
        # Across A4, without the edges that no printer reaches.
        assert image.width >= 10.6 * 300 or size == "4:3"


@pytest.mark.usefixtures("coarse")
@pytest.mark.parametrize("size", ["16:9", "4:3", "A4"])
def test_where_tests_draw_coarsely_every_page_has_few_dots(size: str) -> None:
    assert png.order(Sheet(SIZES[size]).picture("x", "x", "x", [])).width == round(SIZES[size].width_in * 24)


def test_every_colour_is_drawn_as_it_was_asked_for() -> None:
    sheet = Sheet(SIZES["16:9"])
    colours = [one for solid in SLOTS.values() for one in (solid, tint(solid))]
    for at, colour in enumerate(colours):
        sheet.mark(Area(20 + 40 * at, 100, 30, 30), name=colour, fill=colour)
    drawn = Image.open(io.BytesIO(png.export(sheet.picture("x", "x", "x", [])))).convert("RGB")
    scale = drawn.width / sheet.size.width
    for at, colour in enumerate(colours):
        seen = drawn.getpixel((round((35 + 40 * at) * scale), round(115 * scale)))
        assert "#{:02X}{:02X}{:02X}".format(*seen) == colour  # type: ignore[misc]
    assert drawn.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.usefixtures("coarse")
@pytest.mark.parametrize(
    ("words", "drawing"),
    [
        ("Müller & Söhne – 5 ≥ 4", b"%PDF"),
        ("Качество", b"%PDF"),
        ("איכות", b"<?xml"),  # runs from the right
        ("e\u0301", b"<?xml"),  # joins the letter before it
        ("品質", b"<?xml"),  # in a font of the system
    ],
)
def test_words_that_a_pdf_can_not_set_are_drawn_from_the_svg(words: str, drawing: bytes) -> None:
    sheet = Sheet(SIZES["16:9"])
    sheet.words(Area(0, 0, 400, 40), [words], size=12, name="words")
    picture = sheet.picture("x", "x", "x", [])
    assert png.order(picture).drawing.startswith(drawing)
    assert png.export(picture).startswith(b"\x89PNG")


def test_where_no_page_can_be_drawn_the_svg_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "draws_pages", lambda: False)
    order = png.order(Sheet(SIZES["16:9"]).picture("x", "x", "x", []))
    assert order.drawing.startswith(b"<?xml")
    assert order.fonts
