from __future__ import annotations

import math

import pytest
from attrs import evolve

from imsmap.analyses.matrix import CrossReference
from imsmap.drawing import Part
from imsmap.pictures import venn
from tests.pictures.invented import draw, matrix, report_for


def named(count: int) -> dict[str, Part]:
    (picture,) = draw("venn", report_for("venn", count))
    return {part.name: part for part in picture.parts.values()}


def test_each_part_says_its_count() -> None:
    parts = named(2)
    assert [parts[f"{letters} count"].paragraphs for letters in ("Q", "QE", "E")] == [("15",), ("25",), ("6",)]


def test_two_circles_and_what_they_share_are_to_scale() -> None:
    parts = named(2)
    one, other = parts["invented0-2031 circle"].area, parts["invented1-2031 circle"].area
    assert (one.width / other.width) ** 2 == pytest.approx(40 / 31, rel=0.01)
    apart = (other.x + other.width / 2) - (one.x + one.width / 2)
    shared = venn._shared_area(one.width / 2, other.width / 2, apart)
    assert shared / (math.pi * (one.width / 2) ** 2) == pytest.approx(25 / 40, rel=0.01)


def test_the_legend_says_so_where_circles_can_not_be_to_scale() -> None:
    for count, words in ((2, "the areas are to scale"), (3, "the areas are not to scale")):
        assert words in named(count)["Legend"].paragraphs[0]


def test_three_circles_have_seven_parts_whose_counts_add_up_to_what_each_standard_has() -> None:
    parts = named(3)
    counts = {name.removesuffix(" count"): int(p.paragraphs[0]) for name, p in parts.items() if name.endswith(" count")}
    assert set(counts) == {"Q", "E", "S", "QE", "QS", "ES", "QES"}
    found = matrix(3).answer.regions()
    assert {letters: number for letters, number in counts.items() if number} == {
        "".join("QES"[int(key[8])] for key in part): len(members) for part, members in found.items()
    }


def test_every_count_stands_inside_exactly_the_circles_of_its_letters() -> None:
    parts = named(3)
    circles = {letter: parts[f"invented{at}-2031 circle"].area for at, letter in enumerate("QES")}
    for letters in ("Q", "E", "S", "QE", "QS", "ES", "QES"):
        area = parts[f"{letters} count"].area
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
    assert ("external", "◐") in {(one.topic.id, one.mark) for one in found[first,]}
    assert not any(one.topic.id == "external" for one in found[second,])


def test_text_can_be_read_where_fills_lie_over_each_other() -> None:
    assert named(2)["invented0-2031 circle"].opacity < 1
