from __future__ import annotations

from imsmap.analyses.coverage import Question, analyse
from imsmap.library.graph import ClauseGraph

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"


def test_core_points_held_are_counted_against_the_hub_and_the_missing_named(small: ClauseGraph) -> None:
    values = analyse(small, Question((A, C))).json
    assert values["core_points"] == 9
    assert values["held"] == {A: 6, C: 1}
    assert values["held_by_all"] == 1
    assert values["missing"][A] == ["climate-issue", "parties", "improved"]


def test_every_ordered_pair_is_covered_in_both_units(small: ClauseGraph) -> None:
    values = analyse(small, Question((A, B, C))).json
    assert len(values["coverage"]) == 12


def test_one_standard_alone_is_measured_against_the_hub(small: ClauseGraph) -> None:
    report = analyse(small, Question((B,)))
    assert report.json["coverage"] == []
    assert report.message == "ISO2:2030 holds 6 of 9 core points of the harmonized structure"
    assert [table.name for table in report.tables] == ["hub", "missing"]
