from __future__ import annotations

import random
from itertools import pairwise

import pytest

from imsmap.drawing import SIZES
from imsmap.drawing.shares import regions
from imsmap.pictures import upset
from imsmap.report import untyped
from tests.pictures.invented import draw, report_for


def test_each_combination_is_a_row_and_the_largest_comes_first() -> None:
    (picture,) = draw("upset", report_for("upset", 4))
    rows = [name.removeprefix("Combination ") for name in picture.groups if name.startswith("Combination")]
    assert rows == list(regions(report_for("upset", 4).values))
    assert rows[0] == "QESI"


def test_a_bar_is_as_long_as_its_count() -> None:
    (picture,) = draw("upset", report_for("upset", 4))
    found = regions(report_for("upset", 4).values)
    bars = {part.name.removesuffix(" bar"): part.area.width for part in picture.parts.values() if "bar" in part.name}
    unit = bars["QESI"] / len(found["QESI"])
    for letters, names in found.items():
        assert bars[letters] == pytest.approx(unit * len(names))


def test_cells_carry_the_letter_of_a_standard_that_is_in_and_a_dot_for_one_that_is_not() -> None:
    (picture,) = draw("upset", report_for("upset", 4))
    cells = {part.name: part.paragraphs[0] for part in picture.parts.values() if ": invented" in part.name}
    assert [cells[f"QS: invented{at}-2031"] for at in range(4)] == ["Q", "·", "S", "·"]


def test_each_group_is_counted_once_for_each_standard() -> None:
    report = report_for("upset", 6)
    found = regions(report.values)
    for standard in report.values["standards"]:
        names = [name for letters, each in found.items() if standard["letter"] in letters for name in each]
        assert len(names) == len(set(names))


def test_more_combinations_than_a_page_holds_go_on_on_the_next() -> None:
    report = report_for("upset", 6)
    keys = [standard["key"] for standard in report.values["standards"]]
    chance = random.Random(5)
    many = []
    for group in report.values["groups"]:
        sharing = chance.sample(keys, chance.choice((2, 3, 4)))
        ties = [{"subject": one, "object": other, "class": "same"} for one, other in pairwise(sharing)]
        many.append({**group, "classes": ties})
    pictures = upset.draw(
        type(report)("m", "m", "1", (), {**report.values, "groups": many}, untyped, "m"), SIZES["4:3"]
    )
    found = regions({**report.values, "groups": many})
    assert len(pictures) > 1
    rows = [name for one in pictures for name in one.groups if name.startswith("Combination")]
    assert len(rows) == len(set(rows)) == len(found)
