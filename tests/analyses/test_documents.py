from __future__ import annotations

from attrs import evolve

from imsmap.analyses.documents import Question, analyse
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Documented
from tests.building import relation

A, B = "iso1-2030", "iso2-2030"


def test_what_several_standards_ask_for_together_is_one_row(small: ClauseGraph) -> None:
    documents = {entry["id"]: entry for entry in analyse(small, Question((A, B))).json["documents"]}
    assert set(documents) == {"core-issues", "core-measured", f"{A}:8.4#buying", f"{B}:6.1.2#aspects"}
    assert documents["core-measured"]["letters"] == "QE"
    assert documents["core-measured"]["clauses"] == {A: ["9.1"], B: ["9.1"]}
    assert documents["core-measured"]["kinds"] == {A: ["retain"], B: ["retain"]}
    assert documents["core-measured"]["what"] == "Proof of measured"


def test_rows_stand_in_the_order_of_the_matrix(small: ClauseGraph) -> None:
    ids = [entry["id"] for entry in analyse(small, Question((A, B))).json["documents"]]
    assert ids == ["core-issues", f"{B}:6.1.2#aspects", f"{A}:8.4#buying", "core-measured"]


def test_a_kind_is_told_in_words(small: ClauseGraph) -> None:
    row = analyse(small, Question((A, B))).table("documents").rows[0]
    assert ("document",) in row.cells


def test_a_record_never_joins_a_document(small: ClauseGraph) -> None:
    standards = []
    for standard in small.library.standards:
        clauses = []
        for clause in standard.clauses:
            points = tuple(
                evolve(point, documented=Documented("maintain", "A plan of measured"))
                if standard.key == A and point.core == "measured"
                else point
                for point in clause.points
            )
            clauses.append(evolve(clause, points=points))
        standards.append(evolve(standard, clauses=tuple(clauses)))
    mixed = ClauseGraph(evolve(small.library, standards=tuple(standards)))
    documents = {entry["id"]: entry for entry in analyse(mixed, Question((A, B))).json["documents"]}
    assert documents["core-measured"]["kinds"] == {A: ["maintain"]}
    assert documents["core-measured-records"]["kinds"] == {B: ["retain"]}
    assert documents["core-measured-records"]["core"] == "measured"


def made_equal(small: ClauseGraph, kind: str) -> ClauseGraph:
    """Own points of two standards, stated to be equal; that of B asks for documented information of some kind."""
    standards = [
        evolve(
            one,
            clauses=tuple(
                evolve(
                    clause,
                    points=tuple(
                        evolve(point, documented=Documented(kind, "Aspects")) if point.id == "aspects" else point
                        for point in clause.points
                    ),
                )
                for clause in one.clauses
            ),
        )
        for one in small.library.standards
    ]
    stated = relation(A, B, "8.4#buying equal-to 6.1.2#aspects @9")
    return ClauseGraph(evolve(small.library, standards=tuple(standards), relations=(stated,)))


def test_what_is_stated_to_be_equal_is_one_row_unless_one_is_a_record(small: ClauseGraph) -> None:
    (kind,) = {point.documented.kind for _, point in small.points([f"{A}:8.4"]) if point.documented}
    other = "retain" if kind == "maintain" else "maintain"
    documents = {entry["id"]: entry for entry in analyse(made_equal(small, kind), Question((A, B))).json["documents"]}
    assert set(documents) == {"core-issues", "core-measured", f"{A}:8.4#buying"}
    assert documents[f"{A}:8.4#buying"]["points"] == {A: [f"{A}:8.4#buying"], B: [f"{B}:6.1.2#aspects"]}
    apart = {
        entry["id"]: entry["letters"] for entry in analyse(made_equal(small, other), Question((A, B))).json["documents"]
    }
    assert apart[f"{A}:8.4#buying"] != apart[f"{A}:8.4#buying-records"]
