from __future__ import annotations

import pytest

from imsmap.analyses.gap import Question, analyse
from imsmap.errors import UsageError
from imsmap.graph import ClauseGraph

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"


def test_each_point_is_met_partly_there_or_new(small: ClauseGraph) -> None:
    values = analyse(small, Question((A,), B)).values
    states = {entry["id"].partition("#")[2]: entry["state"] for entry in values["points"]}
    assert states == {
        "issues": "counterpart",
        "nature": "new",
        "risks": "counterpart",
        "actions": "counterpart",
        "aspects": "new",
        "planned": "counterpart",
        "controlled": "counterpart",
        "outsourcing": "new",
        "fleeing": "partly",
        "measured": "counterpart",
    }
    assert values["counts"] == {"counterpart": 6, "partly": 1, "new": 3, "points": 10}


def test_a_new_point_says_whether_anybody_looked_at_it(small: ClauseGraph) -> None:
    entries = {e["id"]: e for e in analyse(small, Question((B,), A)).values["points"]}
    assert entries[f"{A}:8.3#designing"]["assessed"] is True
    assert entries[f"{A}:4.1#watching"]["assessed"] is False


def test_what_meets_a_point_is_named(small: ClauseGraph) -> None:
    entries = {e["id"]: e for e in analyse(small, Question((A,), B)).values["points"]}
    assert entries[f"{B}:6.1.1#risks"]["met_by"] == [f"{A}:6.1#risks"]
    assert entries[f"{B}:8.2#fleeing"]["met_by"] == [f"{A}:8.2"]


def test_more_standards_at_hand_never_make_the_gap_larger(small: ClauseGraph) -> None:
    alone = analyse(small, Question((C,), B)).values["counts"]
    both = analyse(small, Question((A, C), B)).values["counts"]
    assert both["new"] <= alone["new"]
    assert both["counterpart"] >= alone["counterpart"]


def test_the_work_list_leaves_out_what_is_met(small: ClauseGraph) -> None:
    report = analyse(small, Question((A,), B))
    assert len(report.table("work").rows) == 4
    assert sum(row.cells[2] for row in report.table("main_clauses").rows) == 10  # type: ignore[misc]


def test_wanting_what_one_has_is_refused(small: ClauseGraph) -> None:
    with pytest.raises(UsageError, match="both had and wanted"):
        analyse(small, Question((A,), A))
