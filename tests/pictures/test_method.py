from __future__ import annotations

import pytest

from imsmap.library.model import Kin
from tests.pictures.invented import draw, matrix, report_for


@pytest.mark.parametrize("count", [2, 6])
def test_each_class_is_explained_with_its_glyph(count: int) -> None:
    (picture,) = draw("method", report_for("method", count))
    said = " ".join(text for part in picture.parts.values() for text in part.paragraphs)
    assert all(f"{kin.glyph} {kin.value}" in said for kin in Kin)


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
    assert f"{leaves} leaf clauses of 2 standards, compared in {len(report.answer.topics)} topics" in picture.title
    assert "Mapping data 2031.1" in picture.groups["On what it rests"]
