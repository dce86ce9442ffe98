from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from imsmap.drawing import SIZES, Area, palettes, title_area
from imsmap.drawing.colour import PAPER, READS, alike, contrast, tint
from imsmap.drawing.logo import Logo
from imsmap.drawing.look import Look, dressed, foot_place
from imsmap.parts import Side
from tests.drawing.test_logo import png
from tests.pictures.invented import draw, matrix, report_for

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")
BRAND = ("#7A1F6B", "#E07B00")


def sides(count: int = 2) -> tuple[Side, ...]:
    return matrix(count).answer.standards


def test_each_discipline_gets_a_colour_of_the_brand_in_their_order() -> None:
    first, second = sides()
    found = Look.of((first, second), colours=BRAND).palettes((second, first))
    assert found[first.key].dark == "#7A1F6B"
    assert contrast(found[second.key].dark, PAPER) >= READS
    assert found[first.key].tint == tint("#7A1F6B")


def test_two_editions_of_one_discipline_are_shades_of_one_colour() -> None:
    first, second = sides()
    later = evolve(first, key="later-2040")
    look = Look.of((first, later, second), colours=BRAND)
    found = look.palettes((first, later, second))
    assert found[first.key].dark == "#7A1F6B"
    assert len({one.dark for one in found.values()}) == 3
    assert found["later-2040"].dark not in {one.dark for one in palettes((first, later, second)).values()}


@pytest.mark.parametrize(
    ("colours", "kept", "why"),
    [
        (("#FFD500", "#1F4E6B"), (True, True), ()),  # a yellow is darkened
        (("#FAFAF0",), (False, False), ("#FAFAF0 is grey",)),
        (("#0A0A0C",), (False, False), ("#0A0A0C is grey",)),
        (("#4D4D4D",), (False, False), ("#4D4D4D is grey",)),
        (("#B3261E",), (False, False), ("#B3261E is the red",)),
        (("#1F4E6B", "#1F4E6B"), (True, False), ("#1F4E6B can't be told from #1F4E6B of",)),
        (("#7A1F6B", "#7A2070"), (True, False), ("#7A2070 can't be told from #7A1F6B of",)),
        (("#00704F",), (False, False), ("#00704F can't be told from #00704F, imsmap's colour of",)),
    ],
)
def test_what_no_discipline_can_have_stays_ours_and_is_told(
    colours: tuple[str, ...], kept: tuple[bool, ...], why: tuple[str, ...]
) -> None:
    look = Look.of(sides(), colours=colours)
    ours = palettes(sides())
    assert tuple(one.dark != ours[key].dark for key, one in look.palettes(sides()).items()) == kept
    assert len(look.remarks) == len(why)
    assert all(told.startswith(begin) for told, begin in zip(look.remarks, why, strict=True))
    assert all("keeps imsmap's own" in told for told in look.remarks)


@pytest.mark.slow
@given(st.lists(COLOURS, max_size=6), st.integers(2, 6))
def test_whatever_the_brand_is_white_reads_on_every_solid_ink_on_every_tint_and_none_are_alike(
    colours: list[str], count: int
) -> None:
    ours, found = palettes(sides(count)), Look.of(sides(count), colours=colours).palettes(sides(count))
    for key, one in found.items():
        if one == ours[key]:
            continue
        assert contrast(one.dark, PAPER) >= READS
        assert contrast(one.tint, "#1A1A1A") >= READS
        others = [found[other].dark for other in found if other != key]
        assert not any(alike(one.dark, other) for other in others)


def test_a_font_that_may_be_wider_than_what_was_measured_stands_in_titles_only() -> None:
    assert (Look(font="Verdana").titles, Look(font="Verdana").body) == ("Verdana", "Arial")
    assert (Look(font="Calibri").titles, Look(font="Calibri").body) == ("Calibri", "Calibri")


def test_the_foot_says_whose_it_is_once() -> None:
    assert Look(name="Smith", legal="Smith Ltd, no. 5").line == "Smith Ltd, no. 5"
    assert Look(client="Smith Ltd", legal="Uncontrolled when printed").line == "Smith Ltd · Uncontrolled when printed"
    assert Look().line == ""


def test_a_page_in_a_look_has_no_colour_of_ours_of_a_discipline_left() -> None:
    look = Look.of(sides(), colours=BRAND)
    for name in ("columns", "hero", "timeline", "coverage"):
        (page, *_) = draw(name, report_for(name, 2))
        parts = dressed(page, look).parts.values()
        shown = {colour for part in parts for colour in (part.fill, part.line, part.ink, part.fades)}
        shown |= {run.ink for part in parts for line in (*part.runs, *part.rows) for run in line}
        assert not shown & look.swaps.keys()
        assert "#7A1F6B" in shown


@pytest.mark.parametrize(("width", "height"), [(600, 60), (300, 100), (100, 100), (40, 160)])
def test_a_logo_stands_at_the_top_right_in_its_shape_clear_of_the_title(width: int, height: int) -> None:
    look = Look(logo=Logo(png(width, height), "image/png"), name="Smith")
    for name, plain in SIZES.items():
        size = look.sized(plain)
        assert size.corner is not None
        assert size.cover_corner is not None
        for place in (size.corner, size.cover_corner):
            assert place.right == pytest.approx(plain.width - plain.edge)
            assert place.width / place.height == pytest.approx(width / height)
            assert place.y >= 4
        assert not size.corner.overlaps(title_area(size))
        for picture in ("hero", "cover"):
            module = __import__(f"imsmap.pictures.{picture}", fromlist=["draw"])
            (page,) = module.draw(report_for(picture, 3), size)
            made = dressed(page, look)
            on = [one.name for one in made.parts.values() if one.role != "page" and one.area.overlaps(_area(made))]
            assert on == ["Logo"], (name, picture)


def _area(page: object) -> Area:
    area: Area = page.parts["logo"].area  # type: ignore[attr-defined]
    return area


def test_the_foot_of_a_page_says_whose_it_is_below_everything_else() -> None:
    look = Look(client="Smith Ltd", legal="Words " * 90)
    (page,) = draw("hero", report_for("hero", 2))
    made = dressed(page, look)
    foot = made.parts["foot"]
    assert foot.lines[0].startswith("Smith Ltd · Words Words")
    assert foot.area == foot_place(page.size)
    assert not [one.name for one in page.parts.values() if one.role != "page" and one.area.overlaps(foot.area)]


def test_a_page_of_a_template_has_its_own_logo_and_foot() -> None:
    look = Look(client="Smith Ltd", logo=Logo(png(), "image/png"))
    template = evolve(SIZES["16:9"], title=Area(40, 40, 800, 60), body=Area(40, 120, 880, 380))
    assert look.sized(template) == template
    module = __import__("imsmap.pictures.hero", fromlist=["draw"])
    (page,) = module.draw(report_for("hero", 2), template)
    assert {"logo", "foot"}.isdisjoint(dressed(page, look).parts)


def test_what_is_no_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="'blue' is no colour; write one as #00558C"):
        Look(colours=("blue",))
