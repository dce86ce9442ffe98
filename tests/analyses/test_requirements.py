from __future__ import annotations

from imsmap.analyses.requirements import OTHER, Question, analyse
from imsmap.library.graph import ClauseGraph
from tests.building import graph, relation, standard
from tests.once import shipped

A, B = "iso1-2030", "iso2-2030"


def test_every_point_of_every_leaf_clause_stands_under_one_question(small: ClauseGraph) -> None:
    answer = analyse(small, Question((A, B))).answer
    points = {ref for key in (A, B) for ref, _ in small.points(leaf.ref for leaf in small.leaves(key))}
    found = [
        verdict.point.id for topic in answer.topics for question in topic.questions for verdict in question.verdicts
    ]
    assert set(found) == points
    assert len(found) == len(points)


def test_what_two_standards_ask_for_is_one_question_in_words_for_both(small: ClauseGraph) -> None:
    (topic, *_) = analyse(small, Question((A, B))).answer.topics
    assert (topic.id, topic.main) == ("4.1", "4")
    (shared, *rest) = topic.questions
    assert (shared.id, shared.label, shared.text) == ("core:issues", "QE", small.core_points["issues"].text)
    assert [(verdict.side.key, verdict.clause.number) for verdict in shared.verdicts] == [(A, "4.1"), (B, "4.1")]
    assert not any(question.is_shared for question in rest)


def test_points_that_are_stated_equal_are_told_in_the_words_of_the_first() -> None:
    equal = relation(A, B, "4.1#watching equal-to 4.2#looking @9")
    library = graph(standard(A, {"4.1": ["+watching"]}), standard(B, {"4.2": ["+looking"]}), relations=[equal])
    (topic,) = analyse(library, Question((A, B))).answer.topics
    (question,) = topic.questions
    assert (question.is_shared, question.text) == (True, "Do watching (iso1-2030).")
    assert [verdict.text for verdict in question.verdicts] == ["Do watching (iso1-2030).", "Do looking (iso2-2030)."]


def test_what_is_in_no_topic_stands_at_the_end_of_its_main_clause() -> None:
    library = graph(standard(A, {"4": None, "4.1": ["=issues"], "4.7": ["+lost"], "6.1": ["=risks"]}))
    topics = analyse(library, Question((A,))).answer.topics
    assert [(topic.id, topic.title == OTHER) for topic in topics] == [
        ("4.1", False), ("other-4", True), ("6.1", False),
    ]  # fmt: skip


def test_a_heading_tells_the_leaf_clauses_under_it(small: ClauseGraph) -> None:
    clauses = {clause.clause.ref: clause for clause in analyse(small, Question((A,))).answer.clauses}
    heading = clauses[f"{A}:8"]
    assert not heading.leaf
    assert set(heading.leaves) == {leaf.ref for leaf in small.leaves_under(f"{A}:8")}


def test_a_note_stands_at_its_topic_once_with_the_clauses_that_hold_it() -> None:
    keys = ("iso9001-2015", "iso14001-2015")
    answer = analyse(shipped(keys), Question(keys)).answer
    (topic,) = (topic for topic in answer.topics if topic.id == "4.2")
    assert topic.notes == (
        "Note to ISO 9001:2015, 4.2 and ISO 14001:2015, 4.2 (Amd 1:2024): Interested parties may also want something "
        "from the organization because of climate change.",
    )


def test_a_point_of_little_confidence_says_so_beside_its_words() -> None:
    key = "iso14001-2026"
    answer = analyse(shipped((key,)), Question((key,))).answer
    told = {one.point.id: one.text for topic in answer.topics for asked in topic.questions for one in asked.verdicts}
    assert told[f"{key}:8.1#external-extent"].endswith(" (confidence 0.5)")
    assert sum("confidence" in text for text in told.values()) == 9
