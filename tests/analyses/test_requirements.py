from __future__ import annotations

from imsmap.analyses.requirements import Question, analyse
from imsmap.library.graph import ClauseGraph

A, B = "iso1-2030", "iso2-2030"


def test_every_point_of_every_leaf_clause_is_a_row_and_headings_are_headings(small: ClauseGraph) -> None:
    table = analyse(small, Question((A, B))).table("requirements")
    points = [ref for key in (A, B) for ref, _ in small.points(leaf.ref for leaf in small.leaves(key))]
    assert [row.id for row in table.rows if not row.heading] == points
    assert {row.id for row in table.rows if row.heading} >= {f"{A}:8", f"{B}:6.1"}


def test_a_row_tells_core_from_own_and_names_documents(small: ClauseGraph) -> None:
    rows = {row.id: row.cells for row in analyse(small, Question((A,))).table("requirements").rows}
    assert rows[f"{A}:4.1#issues"][-2:] == ("core", "document")
    assert rows[f"{A}:4.1#watching"][-2] == "own"
