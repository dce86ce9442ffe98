from __future__ import annotations

from collections.abc import Callable

import pytest

from imsmap.analyses.show import Question, analyse
from imsmap.errors import UnknownNameError
from imsmap.library.graph import ClauseGraph
from tests.fixtures import Answer

A, B = "iso1-2030", "iso2-2030"


def test_a_leaf_clause_is_shown_with_points_counterparts_and_documents(small: ClauseGraph) -> None:
    values = analyse(small, Question(f"{B}:9.1")).json
    assert values["leaf"] is True
    assert values["points"][0]["documented"] == "retain"
    assert [(e["clause"], e["class"], e["claim"]) for e in values["counterparts"]] == [(f"{A}:9.1", "same", "proved")]


def test_what_reads_one_way_is_turned_when_asked_from_the_other_side(small: ClauseGraph) -> None:
    mine = analyse(small, Question(f"{A}:8.1")).json["counterparts"][0]
    theirs = analyse(small, Question(f"{B}:8.1")).json["counterparts"][0]
    assert mine["possible"] == ["equal-to", "subset-of"]
    assert theirs["possible"] == ["equal-to", "superset-of"]


def test_a_false_friend_is_shown_on_both_sides(small: ClauseGraph) -> None:
    report = analyse(small, Question(f"{B}:8.2"))
    assert [(e["clause"], e["title"]) for e in report.json["false_friends"]] == [(f"{A}:8.2", "Clause 8.2")]
    assert "FALSE FRIEND" in report.message


def test_a_heading_shows_its_leaf_clauses_and_a_point_itself(small: ClauseGraph) -> None:
    assert [p["id"] for p in analyse(small, Question(f"{B}:6.1")).json["points"]] == [
        f"{B}:6.1.1#risks",
        f"{B}:6.1.1#actions",
        f"{B}:6.1.2#aspects",
    ]
    assert len(analyse(small, Question(f"{A}:4.1", "issues")).json["points"]) == 1
    with pytest.raises(UnknownNameError, match="no point nothing"):
        analyse(small, Question(f"{A}:4.1", "nothing"))


@pytest.mark.slow
def test_what_comes_through_editions_says_what_is_shared_and_not_the_steps_of_the_way(
    imsmap: Callable[..., Answer],
) -> None:
    """Part of why 6.3 has nothing of 8.1's acceptance criteria is what one edition has from another."""
    shown = imsmap("show", "14001:2026:6.3", "--all").out
    assert "Planned changes are kept under control." in shown
    assert "asks for in" not in shown
