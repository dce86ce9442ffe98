"""The Statement of Applicability lists controls and nothing else, in the order of their numbers."""

from __future__ import annotations

from imsmap.analyses.soa import Question, analyse
from imsmap.api import Answers
from imsmap.library.graph import ClauseGraph
from tests.building import graph, standard

A, B = "iso1-2030", "iso2-2030"


def library() -> ClauseGraph:
    clauses = {"4": None, "4.1": ["=issues"], "A": None, "A.9": ["+locks", "+keys"], "A.10": ["+dogs"]}
    topics = {"A.9": "design", "A.10": "design"}
    return graph(
        standard(A, clauses, topics=topics, themes={"A.9": "things", "A.10": "animals"}),
        standard(B, {"4": None, "4.1": ["=issues"]}, discipline="environment"),
    )


def test_each_control_is_a_row_with_its_theme_and_what_it_asks_for_beneath_its_heading() -> None:
    report = analyse(library(), Question((B, A)))
    assert [(row.id, row.heading, row.cells[3]) for row in report.table("soa").rows] == [
        (f"{A}:A", True, None),
        (f"{A}:A.9", False, "things"),
        (f"{A}:A.10", False, "animals"),
    ]
    assert [side.key for side in report.answer.standards] == [A]
    assert [id_ for id_, _ in report.answer.controls[0].points] == [f"{A}:A.9#locks", f"{A}:A.9#keys"]


def test_only_standards_with_controls_have_a_statement() -> None:
    assert "soa" in Answers(library(), (A, B))
    assert "soa" not in Answers(library(), (B,))
