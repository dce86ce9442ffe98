from __future__ import annotations

from attrs import evolve

from imsmap.analyses.friends import Question, analyse
from imsmap.library.graph import ClauseGraph
from tests.building import graph, relation, standard

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"


def test_a_false_friend_is_named_with_both_titles_and_its_weak_tie(small: ClauseGraph) -> None:
    values = analyse(small, Question((A, B))).json
    assert values["false_friends"] == [
        {
            "number": "8.2",
            "subject": f"{A}:8.2",
            "object": f"{B}:8.2",
            "subject_title": "Clause 8.2",
            "object_title": "Clause 8.2",
            "subject_gist": "",
            "object_gist": "",
            "note": "8.2 is 'Clause 8.2' in ISO1:2030 and 'Clause 8.2' in ISO2:2030: one number, two duties; never "
            "merge them. Weak tie (2 of 10): Shared by 8.2 and 8.2.",
        }
    ]


def test_hidden_friends_lie_on_other_branches(small: ClauseGraph) -> None:
    values = analyse(small, Question((A, B))).json
    assert [(e["subject"], e["object"], e["class"]) for e in values["hidden_friends"]] == [
        (f"{A}:8.4", f"{B}:8.1", "related")
    ]


def test_what_a_hidden_friend_is_about_is_named(small: ClauseGraph) -> None:
    (pair,) = analyse(small, Question((A, B))).answer.hidden_friends
    assert all(pair.topics)
    assert pair.matter == " and ".join(pair.topics)


def test_how_strong_the_tie_is_stands_beside_a_hidden_friend(small: ClauseGraph) -> None:
    report = analyse(small, Question((A, B)))
    assert [entry["strength"] for entry in report.json["hidden_friends"]] == [6]
    assert report.table("hidden_friends").rows[0].cells[-1] == 6


def test_any_number_of_standards_can_be_asked(small: ClauseGraph) -> None:
    report = analyse(small, Question((A, B, C)))
    assert {e["number"] for e in report.json["false_friends"]} == {"8.2"}
    assert len(report.json["standards"]) == 3


def test_what_a_clause_and_its_point_share_in_the_same_words_is_told_once() -> None:
    clause = relation(A, B, "8.4 intersects-with 8.1 @5")
    point = evolve(relation(A, B, "8.4#buying intersects-with 8.1#outsourcing @5"), shared=clause.shared)
    left = standard(A, {"8": None, "8.4": ["+buying"]}, topics={"8.4": "design"})
    right = standard(B, {"8": None, "8.1": ["=planned", "+outsourcing"]}, discipline="environment")
    report = analyse(graph(left, right, relations=(clause, point)), Question((A, B)))
    (row,) = report.tables[1].rows
    assert (clause.shared,) in row.cells


def test_clauses_that_no_topic_holds_are_friends_all_the_same() -> None:
    left = standard(A, {"8": None, "8.4": ["+buying"]})
    right = standard(B, {"8": None, "8.1": ["+outsourcing"]}, discipline="environment")
    (pair,) = analyse(
        graph(left, right, relations=(relation(A, B, "8.4 intersects-with 8.1 @5"),)), Question((A, B))
    ).answer.hidden_friends
    assert pair.topics == ()
