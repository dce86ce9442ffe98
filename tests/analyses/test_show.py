from __future__ import annotations

from collections.abc import Callable

import pytest

from imsmap.analyses.show import Question, analyse
from imsmap.errors import UnknownNameError
from imsmap.library.graph import ClauseGraph
from imsmap.reasoning.followed import Followed, followed
from imsmap.reasoning.friends import false_friends
from tests.fixtures import Answer
from tests.once import shipped

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"


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


def test_what_follows_is_asked_of_the_clause_alone_and_of_all_under_a_number_that_may_mislead(
    small: ClauseGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, object]] = []
    monkeypatch.setattr(Followed, "tell", lambda _, pair, only=None: asked.append((pair.second, only)))
    analyse(small, Question(f"{B}:9.1"))
    assert asked == [(A, {f"{B}:9.1"}), (C, {f"{B}:9.1"})]
    asked.clear()
    analyse(small, Question(f"{B}:6.1.2"))
    assert asked == [(A, {f"{B}:6.1.2"}), (C, {f"{B}:6.1.2"})]
    analyse(small, Question(f"{B}:8.2"))
    assert asked[2] == (A, {f"{B}:8.2"})


@pytest.mark.parametrize("number", ["4.1", "6.1", "8.2", "8"])
def test_a_clause_is_shown_as_who_asks_for_everything_sees_it(small: ClauseGraph, number: str) -> None:
    answer = analyse(small, Question(f"{B}:{number}")).answer
    tied, traps = [], []
    for other in (A, C):
        pair = followed(small).pair(B, other)
        leaves = {leaf.ref for leaf in small.leaves_under(f"{B}:{number}")}
        tied += [one for one in pair.sharing() if one.subject[0] in leaves]
        line = small.line(f"{B}:{number}")
        traps += [f"{other}:{one.number}" for one in false_friends(pair) if one.number in line]
    found = {(one.of.ref, one.clause.ref, one.kin, one.basis, one.confidence) for one in answer.counterparts}
    assert found == {(one.subject[0], one.object[0], one.kin, one.basis, one.confidence) for one in tied}
    assert [one.clause.ref for one in answer.false_friends] == traps


@pytest.mark.slow
def test_what_comes_through_editions_says_what_is_shared_and_not_the_steps_of_the_way(
    imsmap: Callable[..., Answer],
) -> None:
    """Part of why 6.3 has nothing of 8.1's acceptance criteria is what one edition has from another."""
    shown = imsmap("show", "14001:2026:6.3", "--all").out
    assert "Planned changes are kept under control." in shown
    assert "asks for in" not in shown


def test_a_clause_that_asks_for_nothing_is_not_told_as_withdrawn() -> None:
    graph = shipped(("iso9001-2015", "iso9001-2026"))
    (scope,) = analyse(graph, Question("iso9001-2015:1")).answer.editions
    assert [clause.number for clause in scope.clauses] == ["1"]
    assert scope.words == "2026: 1, unchanged"
