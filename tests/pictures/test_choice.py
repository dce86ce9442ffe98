from __future__ import annotations

import pytest

from imsmap.analyses import choose
from imsmap.decision.rules import COUNTS, MOST_SCORE
from imsmap.drawing import SIZES, Picture
from imsmap.library.graph import ClauseGraph
from imsmap.pictures.choice import draw
from imsmap.report import Report
from tests.once import shipped
from tests.pictures import rules
from tests.test_brief import CASES, KEYS


@pytest.fixture(scope="module")
def graph() -> ClauseGraph:
    return shipped(KEYS)


def report(graph: ClauseGraph, name: str) -> Report:
    return choose.analyse(graph, choose.Question(KEYS, CASES[name]))


def drawn(graph: ClauseGraph, name: str, size: str = "16:9") -> Picture:
    (picture,) = draw(report(graph, name), SIZES[size])
    return picture


@pytest.mark.slow
@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("name", CASES)
def test_nothing_overlaps_or_overflows(graph: ClauseGraph, name: str, size: str):
    assert rules.broken(drawn(graph, name, size)) == []


@pytest.mark.parametrize("name", ["9001 first", "nothing known", "worst"])
def test_every_line_stands_on_what_it_was_placed_on(graph: ClauseGraph, name: str):
    assert rules.drawn_elsewhere(drawn(graph, name)) == []


def test_the_title_is_the_answer_in_a_sentence(graph: ClauseGraph):
    assert (
        drawn(graph, "gate").title
        == "9001 first: begin with ISO 9001:2015; ISO 14001:2026 may follow in the same system"
    )
    assert (
        drawn(graph, "nothing known").title
        == "ISO 9001:2026 or ISO 14001:2026 first? Undecided: what is known does not decide it"
    )


def test_what_is_sure_is_solid_and_what_is_unknown_is_dashed_both_to_one_scale(graph: ClauseGraph):
    def wide(name: str, part: str) -> float:
        return sum(one.area.width for one in drawn(graph, name).parts.values() if one.name == f"{part} 9001")

    track = wide("phased", "Scale")
    assert wide("phased", "Sure") == pytest.approx(track * 3 / MOST_SCORE)
    assert wide("phased", "May") == 0
    assert wide("nothing known", "Sure") == 0
    assert wide("nothing known", "May") == pytest.approx(wide("nothing known", "Scale"))
    dashed = [one.name for one in drawn(graph, "nothing known").parts.values() if one.dashed]
    assert dashed == ["May 9001", "May 14001"]


def test_what_nobody_knows_has_no_figure(graph: ClauseGraph):
    figures = [one.paragraphs for one in drawn(graph, "nothing known").parts.values() if one.name.startswith("Figures")]
    assert figures == [("not known yet",), ("not known yet",)]


def test_the_line_from_which_a_pull_counts_is_named_where_it_stands(graph: ClauseGraph):
    parts = {one.name: one for one in drawn(graph, "phased").parts.values()}
    line, scale = parts["Threshold"].area, parts["Scale 9001"].area
    assert parts["Threshold named"].paragraphs == ("A pull counts from 1.5 on",)
    assert line.x == pytest.approx(scale.x + scale.width * float(COUNTS) / MOST_SCORE)


def test_what_it_says(graph: ClauseGraph):
    text = rules.words_of(drawn(graph, "gate"))
    assert "A contract asks for ISO 9001 by 2026-11-25 (Contract 7)." in text
    assert "only another obligation changes it" in text
    assert "6.1.2 Environmental aspects" in text
    assert "%" not in text
    assert "Neither standard is better" in text


def test_the_bars_are_a_chart_of_how_strong_each_pull_is_at_least(graph: ClauseGraph):
    picture = drawn(graph, "9001 first")
    chart = picture.charts["Pulls"]
    sums = [sum(values) for values in zip(*(one.values for one in chart.series), strict=True)]
    bars = {one.name: one.area.width for one in picture.parts.values() if one.holder == "Pulls"}
    wide = [chart.area.width * value / chart.most for value in sums]
    assert [bars.get(f"Sure {side}", 0.0) for side in ("9001", "14001")] == pytest.approx(wide)
    assert not drawn(graph, "nothing known").charts


def test_clauses_are_called_clauses(graph: ClauseGraph):
    assert "leaf" not in rules.words_of(drawn(graph, "9001 first"))
