from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from imsmap.drawing import CORE, SIZES, Area, Share, Sheet, signed
from imsmap.drawing.marks import lettered
from imsmap.drawing.rich import plain
from imsmap.drawing.slide import evenly, headline
from imsmap.drawing.text import width_of

STORY = (Share(3, "core"), Share(1, "alone", (CORE,), "Q"))


def test_a_picture_without_signature_is_given_one_in_its_place_and_no_second() -> None:
    sheet = Sheet(SIZES["16:9"])
    sheet.words(Area(40, 40, 200, 40), ["words"], size=14, name="words")
    picture = signed(sheet.picture("x", "X", "", ()), STORY)
    roles = [part.role for part in picture.parts.values()]
    assert roles == ["page", "signature", "signature", "words"]
    strip = [part.area for part in picture.parts.values() if part.role == "signature"]
    assert (strip[0].x, strip[0].y, strip[-1].right) == (36, 25, 132)
    assert signed(picture, STORY) == picture


def test_letters_of_several_owners_stand_in_a_box_in_one_line_or_in_more() -> None:
    assert lettered("EI", 30, 34) == (("EI",), 12.0)
    assert lettered("EIB", 20, 34) == (("EI", "**B**"), 11.0)
    assert lettered("EIB", 20, 14) == ((), 11.0)
    assert lettered("Q15 Q31", 30, 34) == (("Q15", "**Q31**"), 11.0)
    assert width_of("EI", 11.0, bold=True) <= 18


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.integers(1, 8))
def test_a_run_is_cut_as_the_first_of_all_ways_that_leave_the_fullest_page_as_empty_as_can_be(
    heights: list[int], pages: int
) -> None:
    pages = min(pages, len(heights))
    ways = [
        list(itertools.pairwise((0, *cuts, len(heights))))
        for cuts in itertools.combinations(range(1, len(heights)), pages - 1)
    ]
    assert evenly(heights, pages) == min(ways, key=lambda way: max(sum(heights[a:b]) for a, b in way))


def test_many_rows_are_cut_into_many_pages_without_trying_each_way() -> None:
    found = evenly([1.0] * 60, 20)
    assert found == [(3 * at, 3 * at + 3) for at in range(20)]


def test_what_is_built_once_stays_on_one_line() -> None:
    told = "**111 of 224 points of ISO 14001:2015** are built once with ISO 9001:2015; 35 related, 78 alone"
    lines, _ = headline(told, SIZES["16:9"])
    assert len(lines) == 2
    assert any("built\u00a0once" in plain(line) for line in lines)
