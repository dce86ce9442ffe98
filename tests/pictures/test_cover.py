from __future__ import annotations

import pytest
from attrs import evolve

from imsmap.drawing import SIZES, Size
from imsmap.pictures import cover as pictures
from imsmap.reasoning.shares import Tally
from tests.pictures import rules
from tests.pictures.invented import cover, draw


def test_the_cover_names_the_client_the_day_and_each_edition_with_its_letter() -> None:
    (picture,) = draw("cover", cover())
    said = {part.name: part.paragraphs for part in picture.parts.values()}
    assert picture.title.replace("\u00a0", " ") == "One management system for quality and environment"
    assert said["Client"][0] == "Invented Coatings Ltd"
    assert said["Date"] == ("2\u00a0January\u00a02031",)
    assert said["invented0-2031 letter"] == ("Q",)
    assert said["invented0-2031 edition"] == ("ISO 90001:2031",)


def test_six_standards_are_named_by_their_disciplines() -> None:
    (picture,) = draw("cover", cover(6))
    told = "quality, environment, OH&S, information security, energy and business continuity"
    assert picture.title == f"One management system for {told}"


def test_without_a_client_the_cover_has_no_line_for_one() -> None:
    report = cover()
    (picture,) = draw("cover", evolve(report, answer=evolve(report.answer, client="", scope="", date="")))
    assert not {part.name for part in picture.parts.values()} & {"Client", "Date"}


def test_an_amendment_stands_with_its_edition() -> None:
    report = cover()
    standards = tuple(evolve(one, amendments=("Amd 1:2033",)) for one in report.answer.standards)
    (picture,) = draw("cover", evolve(report, answer=evolve(report.answer, standards=standards)))
    said = {part.name: part.paragraphs for part in picture.parts.values()}
    assert said["invented0-2031 edition"][0] == "ISO 90001:2031 + Amd 1:2033"


def test_a_long_scope_is_smaller_than_the_client_and_keeps_clear_of_the_strip() -> None:
    report = cover()
    (picture,) = draw("cover", evolve(report, answer=evolve(report.answer, scope="Plating of steel parts " * 30)))
    parts = {part.name: part for part in picture.parts.values()}
    assert parts["Scope"].size < parts["Client"].size
    strip = min(part.area.y for part in picture.parts.values() if part.name.startswith("topic"))
    assert parts["Client"].area.bottom <= parts["Scope"].area.y
    assert parts["Scope"].area.bottom < strip


def test_words_of_narrow_classes_at_the_end_stand_under_them_in_two_lines() -> None:
    report = cover(3)
    tally = Tally(41, 0, 4, {("invented0-2031",): 3}, 0)
    (picture,) = draw("cover", evolve(report, answer=evolve(report.answer, tally=tally)))
    said = {part.name: part for part in picture.parts.values()}
    first = min(part.area.x for name, part in said.items() if name.startswith("topic related"))
    assert abs(said["looked at together count"].area.x - first) <= 30
    assert said["built once count"].area.height < said["looked at together count"].area.height


def test_words_of_the_last_class_end_with_the_strip_rather_than_on_three_lines() -> None:
    report = cover(3)
    tally = Tally(29, 0, 49, {}, 4)
    (picture,) = draw("cover", evolve(report, answer=evolve(report.answer, tally=tally)))
    said = {part.name: part for part in picture.parts.values()}
    assert said["not looked at count"].paragraphs == ("4 not looked at",)
    assert said["not looked at whole"].paragraphs == ("of 82 topics",)


@pytest.mark.parametrize("size", [SIZES["16:9"], SIZES["4:3"], rules.UPRIGHT], ids=["16:9", "4:3", "upright"])
def test_few_at_the_end_of_the_strip_have_their_words_in_one_line_that_ends_with_it(size: Size) -> None:
    report = cover(6)
    tally = Tally(26, 3, 49, {}, 4)
    (picture,) = pictures.draw(evolve(report, answer=evolve(report.answer, tally=tally)), size)
    (words,) = [part for part in picture.parts.values() if part.name == "not looked at count"]
    assert len(words.lines) == 1
    assert rules.broken(picture) == []
