from __future__ import annotations

import pytest

from imsmap.analyses import choose
from imsmap.drawing import SIZES, Picture
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import load
from imsmap.pictures.choice import SHORTEST, draw
from imsmap.report import Report
from tests.fixtures import MAPPINGS
from tests.pictures import rules
from tests.test_brief import CASES, KEYS


@pytest.fixture(scope="module")
def graph() -> ClauseGraph:
    return ClauseGraph(load(MAPPINGS, KEYS))


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
    assert drawn(graph, "gate").title == "9001 first: begin with ISO 9001; ISO 14001 may follow in the same system"
    assert (
        drawn(graph, "nothing known").title
        == "ISO 9001 or ISO 14001 first? Undecided: what is known does not decide it"
    )


def test_a_bar_is_as_wide_as_what_is_unknown(graph: ClauseGraph):
    def bar(name: str) -> float:
        return next(p.area.width for p in drawn(graph, name).parts.values() if p.name == "Range 9001")

    track = sum(p.area.width for p in drawn(graph, "phased").parts.values() if p.name.startswith("Scale 9001,"))
    assert bar("phased") == SHORTEST
    assert bar("nothing known") == pytest.approx(track)


def test_what_it_says(graph: ClauseGraph):
    text = rules.words_of(drawn(graph, "gate"))
    assert "A contract asks for ISO 9001 by 2026-11-25 (Contract 7)." in text
    assert "only another obligation changes it" in text
    assert "6.1.2 Environmental aspects" in text
    assert "%" not in text
    assert "Neither standard is better" in text
