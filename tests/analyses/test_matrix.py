from __future__ import annotations

import re
from typing import Any

import pytest
from attrs import evolve

from imsmap.analyses.matrix import Question, analyse
from imsmap.api import Answers, export
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin, Relation, closest_of
from tests.building import graph, relation, standard
from tests.once import shipped

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"


def test_every_leaf_clause_of_every_standard_appears_in_exactly_one_row(small: ClauseGraph) -> None:
    values = analyse(small, Question((A, B, C))).json
    listed = [c["ref"] for row in values["groups"] for key in (A, B, C) for c in row["clauses"][key]]
    assert sorted(listed) == sorted(leaf.ref for key in (A, B, C) for leaf in small.leaves(key))


def test_a_row_says_what_is_shared_and_what_each_adds(small: ClauseGraph) -> None:
    row = analyse(small, Question((A, B))).json["groups"][0]
    assert row["id"] == "4.1"
    assert [entry["text"] for entry in row["shared"]] == ["Do issues."]
    assert row["adds"] == {A: ["The watching"], B: ["The nature"]}
    assert (row["class"], row["glyph"], row["letters"]) == ("extended", "≈", "QE")


def test_advice_follows_from_what_is_shared_against_what_is_added(small: ClauseGraph) -> None:
    advice = {row["id"]: row["advice"] for row in analyse(small, Question((A, B))).json["groups"]}
    assert advice["6.1"] == "one process, one document"
    assert advice["4.1"] == "shared core with annex"
    assert advice["aspects"] == "not looked at"


def test_a_false_friend_is_flagged_in_the_rows_where_its_clauses_live(small: ClauseGraph) -> None:
    rows = {row["id"]: row["false_friends"] for row in analyse(small, Question((A, B))).json["groups"]}
    assert rows["design"] == ["8.2"]
    assert rows["emergency"] == ["8.2"]
    assert rows["4.1"] == []


def test_of_three_standards_a_topic_is_as_close_as_the_two_that_are_closest_and_a_reminder_hides_no_gap(
    small: ClauseGraph,
) -> None:
    report = analyse(small, Question((A, B, C)))
    rows = report.json["groups"]
    for row in rows:
        assert row["class"] == closest_of(Kin(one["class"]) for one in row["classes"]).value
        assert row["glyph"] == Kin(row["class"]).glyph
    assert [row["class"] for row in rows] == [share.kin.value for share in report.answer.shares.topics]
    differing = [row for row in rows if len({one["class"] for one in row["classes"]}) > 1]
    assert differing
    assert rows[0]["shared"][0]["by"] == [A, B, C]
    assert report.json["topics"]["core"] == sum(Kin(row["class"]).is_core for row in rows)


def test_counts_and_message_agree_with_the_rows(small: ClauseGraph) -> None:
    report = analyse(small, Question((A, B)))
    assert report.json["topics"] == {
        "core": 4, "core_of_all": 4, "related": 1, "alone": 1, "not_assessed": 1, "total": len(report.json["groups"]),
        "alone_by": [{"standards": [B], "n": 1}],
    }  # fmt: skip
    assert report.message.startswith("Of 7\u00a0topics, 4 share a common core")


def two(*relations: Relation, one: dict[str, list[str] | None], topics: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Give the rows of two standards, of which the second has outsourcing in its operation."""
    left = standard(A, one, topics=topics)
    right = standard(B, {"8": None, "8.1": ["=planned", "+outsourcing"]}, discipline="environment")
    rows = analyse(graph(left, right, relations=relations), Question((A, B))).json["groups"]
    return {row["id"]: row for row in rows}


@pytest.mark.parametrize(
    ("strength", "kin", "advice"), [(3, "touches", "separate"), (4, "related", "related: one owner")]
)
def test_what_is_only_related_wants_one_owner_and_what_touches_nothing(strength: int, kin: str, advice: str) -> None:
    tie = relation(A, B, f"8.4 intersects-with 8.1 @{strength}")
    rows = two(tie, one={"8": None, "8.4": ["+buying"]}, topics={"8.4": "design"})
    assert (rows["design"]["class"], rows["design"]["advice"]) == (kin, advice)


def test_of_three_standards_advice_follows_the_two_that_are_closest(small: ClauseGraph) -> None:
    row = next(row for row in analyse(small, Question((A, B, C))).answer.topics if row.id == "6.1")
    assert row.advice == "one process, one document"


def test_what_a_clause_and_its_point_share_in_the_same_words_is_told_once() -> None:
    clause = relation(A, B, "8.4 intersects-with 8.1 @5")
    point = evolve(relation(A, B, "8.4#buying intersects-with 8.1#outsourcing @5"), shared=clause.shared)
    rows = two(clause, point, one={"8": None, "8.4": ["+buying"]}, topics={"8.4": "design"})
    assert [entry["text"] for entry in rows["design"]["shared"]] == [clause.shared]


def test_clauses_that_a_topic_only_names_share_their_core_in_their_own_row() -> None:
    left = standard(A, {"8": None, "8.1": ["=planned"], "8.4": ["+buying"]}, topics={"8.4": "design"})
    right = standard(
        B, {"8": None, "8.1": ["=planned"], "8.4": ["+selling"]}, topics={"8.4": "design"}, discipline="environment"
    )
    ties = (relation(A, B, "8.4 intersects-with 8.1 @5"), relation(A, B, "8.1 intersects-with 8.4 @5"))
    rows = analyse(graph(left, right, relations=ties), Question((A, B))).json["groups"]
    shared = {row["id"]: [entry["core"] for entry in row["shared"] if entry["core"]] for row in rows}
    assert shared["design"] == []
    assert shared["8.1"] == ["planned"]


def test_a_matrix_of_standards_only_says_on_a_screen_where_each_speaks_of_a_topic(small: ClauseGraph) -> None:
    answers = Answers(small, (A, B))
    text = export(answers.matrix_of_clauses, "table", width=80, brief=True).decode()
    assert "What each adds: imsmap matrix" in text
    assert re.search(r"≈ .*  4\.1 +4\.1\n", text)
    assert not re.search(r" \+[0-9]+ +\+[0-9]+", text)


def test_what_two_editions_share_is_told_in_our_words_and_what_is_of_the_core_once():
    keys = ("iso9001-2015", "iso9001-2026")
    (topic,) = (one for one in analyse(shipped(keys), Question(keys)).answer.topics if one.id == "4.1")
    assert [one.text for one in topic.shared] == [
        "Find out which external and internal issues bear on the organization's purpose and on what the system is "
        "meant to achieve.",
        "Decide whether climate change is one of the issues that matter.",
        "Monitor the external and internal issues and keep what is known about them up to date.",
        "Find out which issues bear on the organization's strategic direction.",
    ]


def test_of_eight_standards_each_has_its_column_on_a_narrow_screen_and_what_finds_no_room_is_named() -> None:
    keys = tuple(f"iso{number}-2030" for number in range(1, 12))
    leaves = {"4": None, "4.1": ["=issues"], "8.1.4": ["=planned"], "8.1.5": ["=controlled"]}
    held = graph(*(standard(key, leaves) for key in keys))

    def said(count: int) -> str:
        return export(Answers(held, keys[:count]).matrix_of_clauses, "table", width=80, brief=True).decode()

    assert re.search(r"^[=≈] .*(?: +4\.1){8}$", said(8), re.MULTILINE)
    assert re.search(r"^[=≈] .*(?: +8\.1\.4\+){8}$", said(8), re.MULTILINE)
    assert "No room for" not in said(8)
    assert "+\u00a0and" in said(8) or "+ and further clauses" in said(8)
    lost = re.search(r"No room for (.+): a wider window", " ".join(said(11).split()))
    assert lost
    shown = next(line for line in said(11).splitlines() if line.lstrip().startswith("Topic")).split()[1:]
    assert sorted([*shown, *lost[1].split(", ")]) == sorted(
        side.label for side in Answers(held, keys)["matrix"].answer.standards
    )
