from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from attrs import evolve

from imsmap.analyses.matrix import PairClass
from imsmap.drawing import SIZES
from imsmap.library.model import Kin
from imsmap.pictures import upset
from tests.pictures.invented import draw, matrix, report_for


def test_each_combination_is_a_row_and_the_largest_comes_first() -> None:
    (picture,) = draw("upset", report_for("upset", 4))
    rows = [name.removeprefix("Combination ") for name in picture.groups if name.startswith("Combination")]
    label = dict(zip((side.key for side in matrix(4).answer.standards), "QESI", strict=True))
    assert rows == ["".join(label[key] for key in part) for part in matrix(4).answer.regions()]
    assert rows[0] == "QESI"


def test_a_bar_is_as_long_as_its_count() -> None:
    (picture,) = draw("upset", report_for("upset", 4))
    found = {"".join("QESI"[int(key[8])] for key in part): held for part, held in matrix(4).answer.regions().items()}
    bars: dict[str, float] = {}
    for part in picture.parts.values():
        if " bar " in part.name:
            label = part.name.partition(" bar ")[0]
            bars[label] = bars.get(label, 0.0) + part.area.width
    unit = bars["QESI"] / len(found["QESI"])
    for letters, names in found.items():
        assert bars[letters] == pytest.approx(unit * len(names))


def test_the_chart_holds_what_the_bars_show() -> None:
    (picture,) = draw("upset", report_for("upset", 4))
    chart = picture.charts["Topics by combination"]
    sums = [sum(values) for values in zip(*(series.values for series in chart.series), strict=True)]
    assert sums == [len(found) for found in matrix(4).answer.regions().values()]


def test_cells_carry_the_letter_of_a_standard_that_is_in_and_a_dot_for_one_that_is_not() -> None:
    (picture,) = draw("upset", report_for("upset", 4))
    cells = {part.name: part.paragraphs[0] for part in picture.parts.values() if ": invented" in part.name}
    assert [cells[f"QS: invented{at}-2031"] for at in range(4)] == ["Q", "·", "S", "·"]


def test_each_group_is_counted_once_for_each_standard() -> None:
    answer = matrix(6).answer
    for side in answer.standards:
        names = [one.topic.id for part, each in answer.regions().items() if side.key in part for one in each]
        assert len(names) == len(set(names))


def test_more_combinations_than_a_page_holds_go_on_on_the_next() -> None:
    report = matrix(6)
    keys = [side.key for side in report.answer.standards]
    chance = random.Random(5)
    many = []
    for topic in report.answer.topics:
        sharing = chance.sample(keys, chance.choice((2, 3, 4)))
        ties = tuple(PairClass(one, other, Kin.SAME, jointly=False) for one, other in pairwise(sharing))
        many.append(evolve(topic, classes=ties))
    answer = evolve(report.answer, topics=tuple(many))
    pictures = upset.draw(evolve(report, answer=answer), SIZES["4:3"])
    found = answer.regions()
    assert len(pictures) > 1
    rows = [name for one in pictures for name in one.groups if name.startswith("Combination")]
    assert len(rows) == len(set(rows)) == len(found)


@pytest.mark.slow
def test_a_combination_of_very_many_topics_leaves_its_words_their_room() -> None:
    report = matrix(6)
    topics = [
        evolve(topic, id=f"{topic.id}-{at}", title=f"{topic.title} {at}")
        for at in range(4)
        for topic in report.answer.topics
    ]
    keys = [side.key for side in report.answer.standards]
    ties = tuple(PairClass(one, other, Kin.SAME, jointly=False) for one, other in pairwise(keys))
    answer = evolve(report.answer, topics=tuple(evolve(topic, classes=ties) for topic in topics))
    for size in SIZES.values():
        (picture,) = upset.draw(evolve(report, answer=answer), size)
        words = [part for part in picture.parts.values() if part.name.endswith(" in words")]
        assert words
        assert all(part.area.width > 100 for part in words)


def test_topics_that_go_by_one_name_are_named_once_with_how_many_they_are() -> None:
    report = report_for("upset", 4)
    topics = tuple(evolve(one, short=("records", "plans")[n % 2]) for n, one in enumerate(report.answer.topics))
    (page, *_) = draw("upset", evolve(report, answer=evolve(report.answer, topics=topics)))
    said = [part.paragraphs[0] for part in page.parts.values() if part.name.endswith(" in words")]
    assert said
    for words in said:
        names = [re.sub(r" \(\d+\)$", "", one) for one in words.split(", ")]
        assert len(names) == len(set(names))


def test_the_bars_above_say_what_they_count() -> None:
    (page, *_) = draw("upset", report_for("upset", 6))
    (head,) = [part for part in page.parts.values() if part.name == "Heads of the totals"]
    assert head.paragraphs == ("Topics of each standard",)
    assert not any(
        head.area.overlaps(part.area)
        for part in page.parts.values()
        if part.name.startswith("Heads of the") and part is not head
    )
