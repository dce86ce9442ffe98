"""The legal register: the obligations of standards that are one, and of no other."""

from __future__ import annotations

from imsmap.analyses import obligations
from tests.building import graph, standard

A, B = "iso1-2030", "iso2-2030"
GRAPH = graph(
    standard(
        A, {"1": None, "1.1": ["+measuring"], "1.2": ["+telling"], "2": ["=issues"]},
        topics={"1.1": "design", "1.2": "design"}, laws={"1.1": "Water Act", "1.2": "Water Act"},
    ),
    standard(B, {"4.1": ["=issues"]}, discipline="environment"),
)  # fmt: skip


def test_each_obligation_is_told_with_its_law_and_what_is_none_is_not():
    report = obligations.analyse(GRAPH, obligations.Question((A, B)))
    assert [side.key for side in report.answer.standards] == [A]
    assert [(one.clause.number, one.law, one.place) for one in report.answer.obligations] == [
        ("1.1", "Water Act", "1"), ("1.2", "Water Act", "1"),
    ]  # fmt: skip
    assert report.message == "2 obligations of 1 law, permits and contracts"
    told = obligations.to_json(report.answer)["obligations"]
    assert isinstance(told, list)
    assert [row.id for row in report.table("obligations").rows] == [f"{A}:1.1", f"{A}:1.2"]


def test_a_standard_that_is_no_legal_register_has_none():
    assert not GRAPH.has_obligations(B)
