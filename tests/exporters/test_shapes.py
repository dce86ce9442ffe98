"""Each shape that a page may hold is where it was put, and looks as it was told to, as SVG and as PDF."""

from __future__ import annotations

import io
from types import ModuleType

import pytest
from PIL import Image

from imsmap.drawing import SIZES, Area, Picture, Sheet
from imsmap.drawing.logo import Logo
from imsmap.exporters import pdf, svg
from imsmap.raster import Order, raster

RED, GREEN, BLUE, GOLD = "#C00000", "#008040", "#2040C0", "#D0A000"
WHITE = (255, 255, 255)


def logo() -> Logo:
    content = io.BytesIO()
    Image.new("RGB", (4, 4), GOLD).save(content, "PNG")
    return Logo(content.getvalue(), "image/png")


@pytest.fixture(scope="module")
def page() -> Picture:
    """Draw one of each shape, a hundred points apart."""
    sheet = Sheet(SIZES["16:9"])
    box = sheet.box(Area(10, 10, 80, 80), (), size=12, name="box", fill=RED, line=BLUE, weight=4.0, dashed=True)
    other = sheet.box(Area(110, 10, 80, 80), ["words"], size=12, name="ellipse", fill=GREEN, shape="ellipse", line=RED)
    sheet.mark(Area(210, 10, 80, 80), name="triangle", fill=BLUE, shape="triangle")
    sheet.mark(Area(310, 10, 80, 80), name="half", fill=RED, shape="half")
    sheet.mark(Area(410, 10, 80, 80), name="faint", fill=BLUE, opacity=0.5)
    sheet.mark(Area(510, 10, 80, 80), name="fades", fill=RED, fades=BLUE)
    sheet.mark(Area(610, 10, 80, 80), name="hatched", hatched=True, ink=GREEN)
    sheet.mark(Area(710, 10, 80, 80), name="pointed and hatched", hatched=True, ink=GREEN, shape="triangle", line=GREEN)
    sheet.mark(Area(810, 10, 80, 80), name="logo", image=logo(), alt="The client's logo")
    sheet.path([(10, 110), (90, 110), (90, 150, 90, 190, 50, 190), (10, 190)], name="path", fill=GOLD)
    sheet.ribbon(Area(110, 110, 0, 80), Area(190, 110, 0, 80), name="ribbon", fill=GREEN)
    sheet.mark(Area(410, 110, 80, 80), name="round and hatched", hatched=True, ink=GREEN, shape="ellipse")
    sheet.rule(210, 150, 290, 150, line=RED, weight=6, dashed=True)
    below = sheet.box(Area(10, 310, 80, 80), (), size=12, name="below", fill=BLUE)
    sheet.arrow(box, below, "sn")
    sheet.link(other, below, "se", line=GREEN)
    return sheet.picture("shapes", "Shapes", "One of each.", ())


def looked_at(drawn: bytes) -> Image.Image:
    """Give a page as it is seen, a dot to a point."""
    return Image.open(io.BytesIO(raster(Order(drawn, 960, 72)))).convert("RGB")


@pytest.mark.parametrize("form", [svg, pdf], ids=["svg", "pdf"])
def test_each_shape_has_its_place_and_its_colour(page: Picture, form: ModuleType) -> None:
    image = looked_at(form.export(page))
    colour = {place: "#{:02X}{:02X}{:02X}".format(*image.getpixel(place)) for place in (
        (50, 50), (150, 20), (250, 80), (320, 50), (850, 50), (20, 120), (150, 150), (50, 350),
    )}  # fmt: skip
    assert list(colour.values()) == [RED, GREEN, BLUE, RED, GOLD, GOLD, GREEN, BLUE]
    # Beside a round or pointed shape, and under what leaves it free, is the paper.
    assert [image.getpixel(place) for place in (
        (112, 12), (212, 12), (380, 50), (85, 185), (712, 12), (413, 113), (487, 187),
    )] == [WHITE] * 7  # fmt: skip


@pytest.mark.parametrize("form", [svg, pdf], ids=["svg", "pdf"])
def test_what_is_seen_through_fades_or_is_hatched_has_more_than_one_colour(page: Picture, form: ModuleType) -> None:
    image = looked_at(form.export(page))
    assert image.getpixel((450, 50)) == pytest.approx((143, 159, 223), abs=2)
    left, right = image.getpixel((514, 50)), image.getpixel((586, 50))
    assert left[0] > 170 > right[0]
    assert right[2] > 170 > left[2]
    for x, y in ((610, 10), (710, 10), (410, 110)):
        reds = {red for _, (red, _, _) in image.crop((x + 30, y + 40, x + 50, y + 60)).getcolors()}
        assert min(reds) < 170 < 230 < max(reds)


@pytest.mark.parametrize("form", [svg, pdf], ids=["svg", "pdf"])
def test_lines_lead_from_side_to_side_and_an_arrow_widens_to_its_tip(page: Picture, form: ModuleType) -> None:
    image = looked_at(form.export(page))

    def wide(y: int) -> int:
        return sum(image.getpixel((x, y)) != WHITE for x in range(35, 66))

    assert 1 <= wide(250) <= 4 < wide(303)
    row = [image.getpixel((x, 150)) for x in range(210, 290)]
    assert WHITE in row  # dashed
    assert (192, 0, 0) in row
