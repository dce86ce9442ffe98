from __future__ import annotations

import re

import pytest

from imsmap.drawing import Size
from imsmap.library.model import Kin
from imsmap.pictures import coverage
from tests.pictures import rules
from tests.pictures.invented import draw, matrix, report_for


def test_the_title_tells_the_points_of_the_second_standard_in_parts_that_sum() -> None:
    report = report_for("coverage", 2)
    (picture,) = draw("coverage", report)
    side = report.answer.standards[1]
    told = [int(number) for number in re.findall(r"\d+", re.sub(r"ISO.\d+(:\d+)?", "", picture.title))]
    assert told[1] == sum(report.answer.measured(side.key).values())
    assert told[0] + sum(told[2:]) == told[1]


@pytest.mark.parametrize("count", [2, 3, 6])
def test_bars_are_to_one_scale_and_sum_to_the_points_of_each_standard(count: int) -> None:
    report = report_for("coverage", count)
    (picture,) = draw("coverage", report)
    chart = picture.charts["Points by class"]
    shown = [one for one in chart.series if one.name != "before"]
    total = sum(sum(one.values) for one in shown)
    points = sum(sum(report.answer.measured(side.key).values()) for side in report.answer.standards)
    core = [sum(n for kin, n in report.answer.measured(side.key).items() if kin.is_core)
            for side in report.answer.standards]  # fmt: skip
    if count > 2:
        assert total == points
    else:
        # What both have is drawn once, as long as the larger of the two counts of each clause.
        both = sum(
            one.values[at] for one in shown if one.name.startswith("in both") for at in range(len(chart.categories))
        )
        assert max(core) <= both <= sum(core)
        assert total == points - sum(core) + both
    drawn = [part for part in picture.parts.values() if part.role == "bar" and part.holder == "Points by class"]
    wide = sum(part.area.width for part in drawn)
    (scale,) = {round(wide / total, 6)}
    assert chart.most * scale <= chart.area.width - chart.labels + 0.01


def test_the_uncovered_are_named_in_the_notes() -> None:
    (picture,) = draw("coverage", report_for("coverage", 2))
    told = " ".join(picture.notes)
    answer = matrix(2).answer
    for side in answer.standards:
        for clause in answer.leaves[side.key]:
            if answer.closest[clause.ref] is Kin.NONE:
                assert clause.words in told


def test_of_more_standards_each_has_a_bar_and_its_group_tells_its_numbers() -> None:
    (picture,) = draw("coverage", report_for("coverage", 6))
    assert {name for name in picture.groups if name.startswith("Of ")} == {f"Of {label}" for label in "QESINB"}
    for name, alt in picture.groups.items():
        if name.startswith("Of "):
            total, *rest = (int(number) for number in re.findall(r"(\d+) (?:points|[a-z])", alt))
            assert sum(rest) == total


def test_what_few_bars_leave_free_shows_each_main_clause_of_each_standard_and_sums_to_it() -> None:
    for count, shown in ((3, True), (4, True), (6, False)):
        answer = matrix(count).answer
        (picture,) = draw("coverage", report_for("coverage", count))
        parts = {part.name: part for part in picture.parts.values()}
        for side in answer.standards:
            told = [parts.get(f"{main.number} {side.key} count") for main in answer.main_clauses]
            assert [part is not None for part in told] == [shown] * len(told)
            pairs = [tuple(map(int, part.paragraphs[0].split(" of "))) for part in told if part is not None]
            if pairs:
                points = answer.measured(side.key)
                core = sum(number for kin, number in points.items() if kin.is_core)
                assert [sum(one) for one in zip(*pairs, strict=True)] == [core, points.total()]


def test_bars_of_four_standards_are_lower_where_that_leaves_room_for_their_main_clauses() -> None:
    report = report_for("coverage", 4)
    (picture,) = draw("coverage", report)
    names = {part.name for part in picture.parts.values()}
    assert {f"{main.number} name" for main in report.answer.main_clauses} <= names
    assert rules.broken(picture) == []


@pytest.mark.parametrize("size", [rules.NARROW, rules.LOW, rules.UPRIGHT], ids=["narrow", "low", "upright"])
def test_in_little_room_main_clauses_are_named_whole_beside_their_bars(size: Size) -> None:
    (picture,) = coverage.draw(report_for("coverage", 2), size)
    named = [part for part in picture.parts.values() if re.fullmatch(r"\d+ name", part.name)]
    assert len(named) == 7
    assert [part.paragraphs for part in named if "…" in " ".join(part.paragraphs)] == []
    assert rules.broken(picture) == []
