from __future__ import annotations

import pytest

from imsmap.analyses.explain import Question, analyse
from imsmap.errors import UnknownNameError, UsageError
from imsmap.graph import ClauseGraph

A, B = "iso1-2030", "iso2-2030"


def explained(graph: ClauseGraph, one: str, other: str) -> dict[str, object]:
    return dict(analyse(graph, Question(f"{A}:{one}", f"{B}:{other}")).values)


def test_shared_core_points_are_named_with_the_points_that_hold_them(small: ClauseGraph) -> None:
    values = explained(small, "4.1", "4.1")
    assert values["shared"] == [
        {
            "core": "issues",
            "text": "Do issues.",
            "subject_points": [f"{A}:4.1#issues"],
            "object_points": [f"{B}:4.1#issues"],
        }
    ]
    assert "Both hold 1 core point of the harmonized structure: Do issues." in values["words"]  # type: ignore[operator]


def test_a_stated_relation_is_told_with_rationale_confidence_and_author(small: ClauseGraph) -> None:
    words = " ".join(explained(small, "8.4", "8.1")["words"])  # type: ignore[arg-type]
    assert "Stated (buying, intersects-with, strength 6 of 10, confidence 0.8, by tester)" in words
    assert "Shared by 8.4 and 8.1. Different in 8.4 and 8.1." in words


def test_where_nothing_is_known_it_says_so_and_why(small: ClauseGraph) -> None:
    values = explained(small, "4.1", "6.1.2")
    assert values["claim"] == "unknown"
    assert "Nothing is known about them, because" in " ".join(values["words"])  # type: ignore[arg-type]


def test_a_reasoned_none_is_told_as_such(small: ClauseGraph) -> None:
    assert "They have nothing in common: a person looked and said why." in explained(small, "8.3", "8.2")["words"]  # type: ignore[operator]


def test_a_heading_means_its_leaf_clauses(small: ClauseGraph) -> None:
    assert explained(small, "6.1", "6.1")["class"] == "extended"
    assert explained(small, "8", "8")["class"] == "extended"


def test_points_can_be_explained(small: ClauseGraph) -> None:
    values = explained(small, "4.1#issues", "4.1#issues")
    assert (values["class"], values["possible"], values["claim"]) == ("counterpart", ["equal-to"], "proved")
    values = explained(small, "4.1#watching", "4.1")
    assert values["class"] == "not assessed"
    assert "an own point never equals a core point" in " ".join(values["words"])  # type: ignore[arg-type]
    assert explained(small, "8.3#designing", "8.1")["class"] == "none"


def test_one_standard_or_a_clause_without_requirements_is_refused(small: ClauseGraph) -> None:
    with pytest.raises(UsageError, match="clauses of two standards"):
        analyse(small, Question(f"{A}:4.1", f"{A}:6.1"))
    with pytest.raises(UnknownNameError):
        analyse(small, Question(f"{A}:4.9", f"{B}:6.1"))
