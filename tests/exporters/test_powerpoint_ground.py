"""The ground of a template's slides: a fill, a gradient, a picture, or what covers them all, and words on it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from imsmap.drawing import INK, PAPER, Area
from imsmap.exporters.powerpoint import ground
from imsmap.exporters.powerpoint.ground import Ground, ground_of, mapping_of, read, words_read

PAGE = Area(0, 0, 720, 540)
THEME = {"dk1": "#101010", "lt1": "#FFFFFF", "dk2": "#1F3864", "lt2": "#E7E6E6", "accent1": "#4472C4"}
RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


@pytest.fixture
def layout() -> Any:
    """Give a layout of a plain template, without what stands on it."""
    return Presentation().slide_layouts[6]


def solid(colour: str, alpha: int = 100) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"><a:alpha val="{alpha * 1000}"/></a:srgbClr></a:solidFill>'


def put(layout: Any, fill: str, area: Area = PAGE, geometry: str = RECTANGLE) -> None:
    """Lay a shape on a layout."""
    x, y, width, height = (round(one * 12700) for one in (area.x, area.y, area.width, area.height))
    layout.shapes._spTree.append(
        parse_xml(
            f'<p:sp {nsdecls("a", "p")}><p:nvSpPr><p:cNvPr id="90" name="Shape"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>{geometry}{fill}'
            "</p:spPr></p:sp>"
        )
    )


def behind(layout: Any, inside: str) -> None:
    """Give a layout a background of its own."""
    held = layout.element.find(qn("p:cSld"))
    held.insert(0, parse_xml(f"<p:bg {nsdecls('a', 'p', 'r')}>{inside}</p:bg>"))


def picture(layout: Any, left: str, right: str) -> str:
    """Give a layout a picture of two halves; gives the fill that shows it."""
    image = Image.new("RGB", (16, 16), left)
    image.paste(Image.new("RGB", (8, 16), right), (8, 0))
    content = io.BytesIO()
    image.save(content, "PNG")
    _, id_ = layout.part.get_or_add_image_part(content)
    return f'<p:bgPr><a:blipFill><a:blip r:embed="{id_}"/></a:blipFill></p:bgPr>'


def test_a_plain_template_is_of_the_colour_of_its_theme(layout: Any) -> None:
    assert ground_of(layout, THEME, PAGE) == Ground("#FFFFFF", "bg1")
    assert not ground_of(layout, THEME, PAGE).dark


def test_a_layout_that_swaps_text_and_ground_is_dark(layout: Any) -> None:
    mapping = next(layout.slide_master.element.iter(qn("p:clrMap")))
    mapping.set("bg1", "dk1")
    mapping.set("tx1", "lt1")
    assert mapping_of(layout)["bg1"] == "dk1"
    assert ground_of(layout, THEME, PAGE) == Ground("#101010", "bg1")


def test_its_own_background_hides_the_masters(layout: Any) -> None:
    behind(layout, f"<p:bgPr>{solid('1F3864')}</p:bgPr>")
    assert ground_of(layout, THEME, PAGE) == Ground("#1F3864")
    assert ground_of(layout, THEME, PAGE).dark


def test_of_a_gradient_that_end_counts_on_which_words_read_worst(layout: Any) -> None:
    stops = "".join(f'<a:gs pos="0"><a:srgbClr val="{one}"/></a:gs>' for one in ("000000", "202040", "505050"))
    behind(layout, f"<p:bgPr><a:gradFill><a:gsLst>{stops}</a:gsLst></a:gradFill></p:bgPr>")
    assert ground_of(layout, THEME, PAGE) == Ground("#505050")


def test_a_picture_counts_where_words_stand_and_is_mixed_where_no_words_read(layout: Any) -> None:
    behind(layout, picture(layout, "#000000", "#FFFFFF"))
    left, right = (Area(x, 0, 300, 540) for x in (0, 420))
    assert ground_of(layout, THEME, PAGE, left) == Ground("#000000")
    assert ground_of(layout, THEME, PAGE, right) == Ground("#FFFFFF")
    assert ground_of(layout, THEME, PAGE).mixed


@pytest.mark.parametrize("what", ["broken", "huge"])
def test_a_picture_that_can_not_be_looked_at_leaves_the_ground_as_it_was(
    layout: Any, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind(layout, picture(layout, "#000000", "#000000"))
    if what == "huge":
        monkeypatch.setattr(ground, "_MOST_DOTS", 255)
    else:
        (part,) = {rel.target_part for rel in layout.part.rels.values() if "image" in rel.reltype}
        part._blob = part.blob[:40]
    assert ground_of(layout, THEME, PAGE) == Ground("#FFFFFF", "bg1")


def test_what_covers_the_page_is_its_ground_and_one_seen_through_is_mixed_with_what_is_below(layout: Any) -> None:
    put(layout, solid("000000", 50))
    assert ground_of(layout, THEME, PAGE) == Ground("#808080")
    put(layout, '<a:solidFill><a:schemeClr val="tx2"/></a:solidFill>')
    assert ground_of(layout, THEME, PAGE) == Ground("#1F3864", "tx2")
    put(layout, solid("FF0000"), Area(0, 0, 100, 100))  # hides nothing of what else stands there
    assert ground_of(layout, THEME, PAGE) == Ground("#1F3864", "tx2")


def look(inside: str) -> Any:
    return parse_xml(f"<a:defRPr {nsdecls('a')}>{inside}</a:defRPr>")


def test_words_read_on_what_lies_under_them_and_not_on_the_ground_beside_it(layout: Any) -> None:
    place = Area(10, 10, 200, 50)
    assert words_read(layout, THEME, PAGE, place, [look("")]) == (True, Ground("#FFFFFF", "bg1"))
    put(layout, solid("1F3864"), Area(0, 0, 300, 100))
    assert words_read(layout, THEME, PAGE, place, [look("")]) == (False, Ground("#1F3864"))
    white = look(solid("FFFFFF"))
    assert words_read(layout, THEME, PAGE, place, [look(""), white]) == (True, Ground("#1F3864"))
    assert words_read(layout, THEME, PAGE, Area(10, 300, 200, 50), [white]) == (False, Ground("#FFFFFF", "bg1"))


def test_words_half_on_a_dark_band_read_in_no_colour(layout: Any) -> None:
    put(layout, solid("000000"), Area(0, 0, 110, 540))
    reads, under = words_read(layout, THEME, PAGE, Area(10, 10, 200, 50), [look("")])
    assert (reads, under.mixed) == (True, True)


def outlined(*points: tuple[object, object], wide: int = 10, high: int = 10) -> str:
    told = "".join(
        f'<a:{"lnTo" if at else "moveTo"}><a:pt x="{x}" y="{y}"/></a:{"lnTo" if at else "moveTo"}>'
        for at, (x, y) in enumerate(points)
    )
    return (
        f'<a:custGeom><a:avLst/><a:pathLst><a:path w="{wide}" h="{high}">{told}<a:close/></a:path></a:pathLst>'
        "</a:custGeom>"
    )


def test_a_shape_of_its_own_outline_lies_under_words_only_within_it(layout: Any) -> None:
    put(layout, solid("000000"), PAGE, outlined((0, 0), (10, 0), (0, 10)))
    corner = [Area(10, 10, 100, 50), Area(600, 480, 100, 50)]
    # The whole page is the ground of no place outside it: the triangle ends on the line between two corners.
    assert [dict(ground._seen(layout, THEME, Ground(PAPER), one)) for one in corner] == [
        {Ground("#000000"): 120}, {Ground(PAPER): 120},
    ]  # fmt: skip


@pytest.mark.parametrize(
    "geometry",
    [
        RECTANGLE,
        outlined((0, 0), (10, 0), (0, 10), wide=0),
        outlined(("l", "t"), ("r", "t"), ("l", "b")),
    ],
    ids=["of its box", "of no size", "told in formulas"],
)
def test_a_shape_whose_outline_says_nothing_fills_its_box(layout: Any, geometry: str) -> None:
    put(layout, solid("000000"), Area(0, 0, 300, 300), geometry)
    assert words_read(layout, THEME, PAGE, Area(200, 200, 50, 50), [look("")])[1] == Ground("#000000")


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ('<a:srgbClr {ns} val="4472c4"/>', "#4472C4"),
        ('<a:sysClr {ns} val="window" lastClr="fefefe"/>', "#FEFEFE"),
        ('<a:schemeClr {ns} val="accent1"/>', "#4472C4"),
        ('<a:schemeClr {ns} val="phClr"/>', ""),
        ('<a:prstClr {ns} val="white"/>', PAPER),
        ('<a:prstClr {ns} val="tomato"/>', ""),
        ('<a:hslClr {ns} hue="0" sat="0" lum="0"/>', ""),
        ('<a:srgbClr {ns} val="808080"><a:shade val="50000"/></a:srgbClr>', "#404040"),
        ('<a:srgbClr {ns} val="808080"><a:tint val="50000"/></a:srgbClr>', "#C0C0C0"),
        ('<a:srgbClr {ns} val="808080"><a:lumMod val="50000"/><a:lumOff val="50000"/></a:srgbClr>', "#C0C0C0"),
        ('<a:srgbClr {ns} val="FF0000"><a:satMod val="0"/></a:srgbClr>', "#808080"),
    ],
)
def test_a_colour_is_read_as_it_is_seen(told: str, seen: str) -> None:
    assert read(parse_xml(told.format(ns=nsdecls("a"))), THEME) == seen


def test_no_colour_is_a_ground_of_none() -> None:
    assert ground._hardest([]) is None
    assert Ground(INK).dark
