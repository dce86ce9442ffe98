from __future__ import annotations

import math

import pytest
from attrs import evolve

from imsmap.analyses.matrix import CrossReference
from imsmap.drawing import PAPER, Part, Size
from imsmap.drawing.circles import Circle, grown, shared_area
from imsmap.drawing.story import kind_of
from imsmap.pictures import venn
from tests.pictures.invented import draw, matrix, report_for


def named(count: int) -> dict[str, Part]:
    (picture,) = draw("venn", report_for("venn", count))
    return {part.name: part for part in picture.parts.values()}


def test_each_part_says_its_count() -> None:
    parts = named(2)
    told = ("Q related", "Q unknown", "Q alone", "QE", "E alone")
    assert [parts[f"{name} count"].paragraphs for name in told] == [("1",), ("1",), ("13",), ("25",), ("6",)]


def test_two_circles_and_what_they_share_are_to_scale() -> None:
    parts = named(2)
    one, other = parts["invented0-2031 circle"].area, parts["invented1-2031 circle"].area
    assert (one.width / other.width) ** 2 == pytest.approx(40 / 31, rel=0.01)
    apart = (other.x + other.width / 2) - (one.x + one.width / 2)
    shared = shared_area(one.width / 2, other.width / 2, apart)
    assert shared / (math.pi * (one.width / 2) ** 2) == pytest.approx(25 / 40, rel=0.01)


def test_the_legend_says_so_where_circles_can_not_be_to_scale() -> None:
    for count, words in ((2, "the areas are to scale"), (3, "the areas are not to scale")):
        assert words in named(count)["Remark"].paragraphs[0]


def test_three_circles_have_seven_parts_whose_counts_add_up_to_what_each_standard_has() -> None:
    parts = named(3)
    counts: dict[str, int] = {}
    for name, part in parts.items():
        if name.endswith(" count"):
            letters = name.partition(" ")[0]
            counts[letters] = counts.get(letters, 0) + int(part.paragraphs[0])
    assert set(counts) == {"Q", "E", "S", "QE", "QS", "ES", "QES"}
    found = matrix(3).answer.regions()
    assert {letters: number for letters, number in counts.items() if number} == {
        "".join("QES"[int(key[8])] for key in part): len(members) for part, members in found.items()
    }


def test_every_count_stands_inside_exactly_the_circles_of_its_letters() -> None:
    parts = named(3)
    circles = {letter: parts[f"invented{at}-2031 circle"].area for at, letter in enumerate("QES")}
    for name in [name for name in parts if name.endswith(" count")]:
        area, letters = parts[name].area, name.partition(" ")[0]
        x, y = area.x + area.width / 2, area.y + area.height
        within = {
            letter
            for letter, c in circles.items()
            if math.hypot(x - c.x - c.width / 2, y - c.y - c.height / 2) < c.width / 2
        }
        assert within == set(letters)


def test_a_group_that_a_standard_only_refers_to_is_not_its_own_and_a_related_one_is_marked() -> None:
    answer = matrix().answer
    first, second = (side.key for side in answer.standards)
    named = CrossReference(answer.leaves[second][0], "8.1")
    topics = tuple(
        evolve(topic, also={**topic.also, second: (named,)}) if topic.id == "external" else topic
        for topic in answer.topics
    )
    found = evolve(answer, topics=topics).regions()
    assert ("external", "related") in {(one.topic.id, kind_of(one.kin)) for one in found[first,]}
    assert not any(one.topic.id == "external" for one in found[second,])


def test_what_is_related_has_its_share_of_a_circle() -> None:
    one, other = Circle(0, 0, 100), Circle(90, 0, 80)
    both = shared_area(100, 80, 90)
    far = grown(one, other, 0.25)
    assert shared_area(100, far.radius, 90) - both == pytest.approx(0.25 * (math.pi * 100**2 - both))


def test_what_is_related_is_hatched_in_the_colour_of_the_ground_so_that_it_can_be_read() -> None:
    (part,) = (part for name, part in named(2).items() if name.endswith(", hatched"))
    assert part.hatched
    assert part.ink == PAPER


@pytest.mark.parametrize("count", [2, 3])
def test_on_a_page_that_is_higher_than_wide_the_words_stand_below_the_circles_in_all_its_width(count: int) -> None:
    (picture,) = venn.draw(report_for("venn", count), Size("upright", 7.5, 10.83))
    parts = {part.name: part for part in picture.parts.values()}
    lowest = max(parts[f"invented{at}-2031 circle"].area.bottom for at in range(count))
    names = [parts[f"invented{at}-2031 name"].area for at in range(count)]
    assert all(area.y > lowest and area.right <= picture.size.width for area in names)
    assert min(parts[f"invented{at}-2031 circle"].area.width for at in range(count)) > picture.size.width / 3
    assert not [name for name in parts if name == "leader"]
