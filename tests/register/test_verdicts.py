"""Questions and verdicts are counted apart."""

from __future__ import annotations

import datetime

import pytest

from imsmap.reasoning.groups import grouped
from imsmap.reasoning.shares import Count
from imsmap.register.asked import asked
from imsmap.register.cells import Key
from imsmap.register.figures import QUESTIONS, figures
from imsmap.register.state import State, state
from imsmap.register.verdicts import answered
from tests.building import graph, standard

A = standard("a", {"4": None, "4.1": ["=issues", "+watching"]}, not_applicable=["*"])
B = standard("b", {"4": None, "4.1": ["=issues"]}, discipline="environment", not_applicable=["*"])


def of(keys: tuple[str, ...] = ("a", "b"), **statuses: str) -> State:
    rows = {"q": "a:4.1#issues", "e": "b:4.1#issues", "own": "a:4.1#watching"}
    cells = {Key("requirements", rows[name], "status"): status for name, status in statuses.items()}
    return state(asked(grouped(graph(A, B), keys)), cells, date=datetime.date(2031, 1, 2))


@pytest.mark.parametrize(
    ("statuses", "questions", "verdicts"),
    [
        ({}, Count(0, 2), Count(0, 3)),
        ({"q": "Conforming"}, Count(0, 2), Count(1, 3)),
        ({"q": "Conforming", "e": "Not conforming"}, Count(1, 2), Count(2, 3)),
        ({"q": "Conforming", "e": "Not applicable", "own": "Partial"}, Count(2, 2), Count(2, 2)),
        ({"q": "Not applicable", "e": "Not applicable"}, Count(0, 1), Count(0, 1)),
    ],
)
def test_a_question_is_answered_when_each_standard_that_asks_has_its_verdict(
    statuses: dict[str, str], questions: Count, verdicts: Count
) -> None:
    found = of(**statuses)
    assert (answered(found), found.assessed) == (questions, verdicts)


def test_where_nothing_is_shared_questions_are_no_figure_of_their_own() -> None:
    assert QUESTIONS in {figure.key for figure in figures(of())}
    assert QUESTIONS not in {figure.key for figure in figures(of(("a",)))}
