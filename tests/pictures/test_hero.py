from __future__ import annotations

import re

import pytest
from attrs import evolve

from imsmap.analyses import matrix
from imsmap.drawing import SIZES, Area
from imsmap.pictures import hero
from tests.once import shipped
from tests.pictures.invented import draw, report_for


@pytest.mark.parametrize("count", [2, 3, 6])
def test_each_number_has_as_many_boxes_and_all_sum_to_the_topics(count: int) -> None:
    report = report_for("hero", count)
    (picture,) = draw("hero", report)
    tally = report.answer.shares.tally()
    counts = {part.name: int(part.paragraphs[0]) for part in picture.parts.values() if part.name.endswith(" count")}
    assert sum(counts.values()) == tally.total
    for name, number in counts.items():
        word = name.removesuffix(" count")
        boxes = {part.name for part in picture.parts.values() if re.match(rf"{word} \w+ \S*\d+$", part.name)}
        assert len(boxes) == number


def test_every_topic_is_named_on_the_slide_or_in_the_notes() -> None:
    report = report_for("hero", 2)
    (picture,) = draw("hero", report)
    told = " ".join((*picture.groups.values(), *picture.notes)).replace("\u00a0", " ")
    assert all(topic.title in told for topic in report.answer.topics)


def test_a_topic_goes_by_its_short_name_where_it_has_one_and_one_name_is_said_once() -> None:
    report = report_for("hero", 2)
    topics = [evolve(one, short="records") if one.title == "General" else one for one in report.answer.topics]
    (picture,) = draw("hero", evolve(report, answer=evolve(report.answer, topics=tuple(topics))))
    told = picture.groups["Built once"].replace("\u00a0", " ")
    assert told.count("records") == 1
    assert "General" not in told
    assert "Competence" in told


@pytest.mark.parametrize("size", ["16:9", "4:3"])
def test_names_told_with_how_many_and_how_many_more_sum_to_the_number_beside_them(size: str) -> None:
    report = report_for("hero", 2)
    topics = tuple(
        evolve(one, short=("records", "people", "plans")[n % 3]) for n, one in enumerate(report.answer.topics)
    )
    long = tuple(evolve(one, short=one.short * 9 if n % 3 else one.short) for n, one in enumerate(topics))
    for told in (topics, long):
        (picture,) = draw("hero", evolve(report, answer=evolve(report.answer, topics=told)), size)
        words = {part.name: " ".join(part.paragraphs) for part in picture.parts.values()}
        for name in (name for name in words if name.endswith(" names")):
            listed, _, more = words[name].partition(" … and ")
            counts = [int(found[1]) if (found := re.search(r"\((\d+)\)$", one)) else 1 for one in listed.split(", ")]
            rest = int(more.removesuffix(" more") or 0)
            assert sum(counts) + rest == int(words[f"{name.removesuffix(' names')} count"])


@pytest.mark.parametrize("size", ["16:9", "4:3", "A4"])
def test_all_its_numbers_have_one_size(size: str) -> None:
    for count in (2, 6):
        (picture,) = draw("hero", report_for("hero", count), size)
        assert len({part.size for part in picture.parts.values() if part.name.endswith(" count")}) == 1


def test_where_a_row_is_low_whole_sentences_are_left_out_and_stand_in_the_notes() -> None:
    low = evolve(SIZES["16:9"], title=Area(36, 20, 700, 60), body=Area(24, 106, 745, 260))
    (picture,) = hero.draw(report_for("hero", 6), low)
    said = {part.name: part.paragraphs[0] for part in picture.parts.values() if part.name.endswith(" meaning")}
    assert said
    assert all(text.endswith(".") and "…" not in text for text in said.values())
    assert any(note.startswith("In full, built once: The same core") for note in picture.notes)


def test_boxes_are_lower_where_that_lets_all_topics_be_named() -> None:
    keys = ("iso9001-2015", "iso14001-2015")
    (picture,) = draw("hero", matrix.analyse(shipped(keys), matrix.Question(keys)))
    names = [part for part in picture.parts.values() if part.name.endswith(" names")]
    assert names
    assert not any(" more" in text for part in names for text in part.paragraphs)
