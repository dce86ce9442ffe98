from __future__ import annotations

import pytest
from attrs import evolve

from imsmap.drawing import SIZES, Area
from imsmap.pictures import method
from tests.pictures.invented import draw, matrix, report_for


@pytest.mark.parametrize("count", [2, 6])
def test_each_class_is_explained_beside_its_mark(count: int) -> None:
    (picture,) = draw("method", report_for("method", count))
    marks = {part.name for part in picture.parts.values() if part.role == "mark"}
    assert {"mark: core", "mark: related", "mark: alone", "mark: unknown"} <= marks
    for word in ("core", "related", "alone", "not looked at"):
        assert picture.groups[f"Mark {word}"].startswith(f"{word}: ")


def test_the_limits_say_what_the_numbers_are_not() -> None:
    (picture,) = draw("method", report_for("method", 2))
    said = picture.groups["What it does not say"]
    assert "A counterpart is not conformity" in said
    assert "Counts are not effort" in said
    assert "none is ranked" in said


def test_the_data_version_and_the_counts_are_those_of_the_report() -> None:
    report = matrix()
    (picture,) = draw("method", report)
    leaves = sum(one.leaf_clauses for one in report.answer.standards)
    said = picture.groups["How it was counted"]
    assert f"{len(report.answer.topics)} topics hold all {leaves} leaf clauses" in said
    assert "mapping data 2031.1" in picture.groups["On what it rests"]


@pytest.mark.parametrize(
    ("checked", "said"),
    [
        (0, "Recalled, and not yet checked against the bought texts."),
        (2, "points 4 are checked against the bought texts, the others recalled."),
        (None, "All points are checked against the bought texts."),
    ],
)
def test_how_far_the_points_were_checked_against_the_texts_is_told(checked: int | None, said: str) -> None:
    report = matrix()
    standards = tuple(
        evolve(one, checked=one.points if checked is None else checked) for one in report.answer.standards
    )
    assert len(standards) == 2
    (picture,) = draw("method", evolve(report, answer=evolve(report.answer, standards=standards)))
    assert said in picture.groups["On what it rests"]


def test_where_a_template_leaves_little_the_marks_are_one_line_and_no_sentence_is_cut() -> None:
    low = evolve(SIZES["16:9"], title=Area(36, 20, 700, 60), body=Area(36, 90, 745, 260))
    (picture,) = method.draw(report_for("method", 6), low)
    assert not [text for part in picture.parts.values() for text in part.paragraphs if "…" in text]
    assert not [name for name in picture.groups if name.startswith("Mark ")]
    assert "Legend" in picture.groups
    assert "Core: the same requirement: built once; +n is what each adds." in picture.notes
