from __future__ import annotations

import pytest

from imsmap.analyses.gap import Question, analyse
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from tests.building import graph, relation, standard

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"


def test_each_point_is_met_partly_there_new_or_not_assessed(small: ClauseGraph) -> None:
    values = analyse(small, Question((A,), B)).json
    states = {entry["id"].partition("#")[2]: entry["state"] for entry in values["points"]}
    assert states == {
        "issues": "counterpart",
        "nature": "not assessed",
        "risks": "counterpart",
        "actions": "counterpart",
        "aspects": "not assessed",
        "planned": "counterpart",
        "controlled": "counterpart",
        "outsourcing": "not assessed",
        "fleeing": "touches",
        "measured": "counterpart",
    }
    assert values["counts"] == {
        "counterpart": 6, "partly": 0, "touches": 1, "new": 0, "not_assessed": 3, "points": 10,
    }  # fmt: skip


def test_new_is_only_what_somebody_looked_at_and_the_rest_is_shown_apart(small: ClauseGraph) -> None:
    values = analyse(small, Question((B,), A)).json
    entries = {e["id"]: e for e in values["points"]}
    assert [entries[f"{A}:8.3#designing"][key] for key in ("state", "assessed")] == ["new", True]
    assert [entries[f"{A}:4.1#watching"][key] for key in ("state", "assessed")] == ["not assessed", False]
    assert sum(row["not_assessed"] for row in values["main_clauses"]) == values["counts"]["not_assessed"]


def test_a_point_that_nobody_looked_at_says_where_to_look(small: ClauseGraph) -> None:
    report = analyse(small, Question((B,), A))
    entries = {e["id"]: e for e in report.json["points"]}
    assert entries[f"{A}:4.1#watching"]["look_in"] == [f"{B}:4.1"]
    assert entries[f"{A}:8.3#designing"]["look_in"] == []
    row = next(row for row in report.table("work").rows if row.id == f"{A}:4.1#watching")
    assert [ref.label for ref in row.cells[4]] == ["ISO2:2030, 4.1 Clause 4.1"]  # type: ignore[union-attr]


def test_of_several_standards_at_hand_the_one_that_gives_most_counts(small: ClauseGraph) -> None:
    states = {e["id"]: e["state"] for e in analyse(small, Question((C, B), A)).json["points"]}
    assert states[f"{A}:4.1#issues"] == "counterpart"
    assert states[f"{A}:8.4#buying"] == "partly"
    assert states[f"{A}:8.3#designing"] == "not assessed"  # none in B, but nobody looked into C


def test_what_meets_a_point_is_named(small: ClauseGraph) -> None:
    entries = {e["id"]: e for e in analyse(small, Question((A,), B)).json["points"]}
    assert entries[f"{B}:6.1.1#risks"]["met_by"] == [f"{A}:6.1#risks"]
    assert entries[f"{B}:8.2#fleeing"]["met_by"] == [f"{A}:8.2"]


def test_more_standards_at_hand_never_make_the_gap_larger(small: ClauseGraph) -> None:
    alone = analyse(small, Question((C,), B)).json["counts"]
    both = analyse(small, Question((A, C), B)).json["counts"]
    assert both["new"] <= alone["new"]
    assert both["counterpart"] >= alone["counterpart"]


def test_the_work_list_leaves_out_what_is_met(small: ClauseGraph) -> None:
    report = analyse(small, Question((A,), B))
    assert len(report.table("work").rows) == 4
    assert sum(row.cells[2] for row in report.table("main_clauses").rows) == 10  # type: ignore[misc]


def test_wanting_what_one_has_is_refused(small: ClauseGraph) -> None:
    with pytest.raises(UsageError, match="both had and wanted"):
        analyse(small, Question((A,), A))


def test_what_a_whole_standard_meets_starts_from_that_standard_by_name() -> None:
    library = graph(
        standard(A, {"4": None, "4.4": ["+system"]}),
        standard(B, {"4": None, "4.1": ["=issues"]}, discipline="environment"),
        relations=[relation(A, B, "4.4 intersects-with * @6")],
    )
    table = analyse(library, Question((B,), A)).table("work")
    (row,) = table.rows
    assert "ISO2:2030" in str(row.cells[-4])
