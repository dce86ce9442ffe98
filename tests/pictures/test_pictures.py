from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from imsmap.drawing import SIZES
from imsmap.report import Report
from tests.pictures import rules
from tests.pictures.invented import draw, report_for

NAMES = ("columns", "heatmap", "tree")


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("count", [2, 3, 6])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_overlaps_or_overflows_at_any_size(name: str, count: int, size: str) -> None:
    for picture in draw(name, report_for(name, count), size):
        assert rules.broken(picture) == []


@pytest.mark.parametrize("name", NAMES)
def test_titles_a_third_longer_still_fit(name: str) -> None:
    for picture in draw(name, report_for(name, 3, lengthen=1.35)):
        assert rules.broken(picture) == []
        assert rules.drawn_wider(picture) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_title_of_300_characters_is_cut_to_its_box_and_stands_whole_in_the_notes(name: str) -> None:
    long = "Customer " + "x" * 291
    pictures = draw(name, report_for(name, 2, swap={"Customer focus": long}))
    for picture in pictures:
        assert rules.broken(picture) == []
    told = " ".join(
        " ".join((*p.notes, *(text for part in p.parts.values() for text in part.paragraphs))) for p in pictures
    )
    assert name == "tree" or long in told


@pytest.mark.parametrize("name", NAMES)
def test_graphviz_draws_every_line_that_was_placed_and_complains_of_none(
    name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    for picture in draw(name, report_for(name, 3)):
        placed = [line for part in picture.parts.values() for line in part.lines if line]
        assert rules.drawn_texts(picture) == placed
        assert rules.drawn_wider(picture) == []
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", NAMES)
def test_what_a_picture_says_is_what_it_said(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"../pictures/golden/{name}.txt", "".join(rules.words_of(p) for p in draw(name, report_for(name, 2))))


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_keys_in_a_report_changes_nothing(name: str) -> None:
    def shuffled(value: object) -> object:
        if isinstance(value, dict):
            keys = list(value)
            random.Random(7).shuffle(keys)
            return {key: shuffled(value[key]) for key in keys}
        return [shuffled(one) for one in value] if isinstance(value, list) else value

    report = report_for(name, 3)
    again = Report("x", "x", report.data_version, (), shuffled(report.values), report.message, report.notes)  # type: ignore[arg-type]
    assert [p.dot.to_string() for p in draw(name, report)] == [p.dot.to_string() for p in draw(name, again)]
