from __future__ import annotations

from imsmap.analyses.standards import Question, analyse
from imsmap.library.graph import ClauseGraph


def test_the_library_lists_each_edition_with_its_size_and_state(small: ClauseGraph) -> None:
    report = analyse(small, Question())
    entry = report.json["standards"][0]
    assert (entry["key"], entry["clauses"], entry["leaf_clauses"], entry["points"]) == ("iso1-2030", 11, 7, 10)
    assert "newer: ISO1:2030 next" in str(report.table("standards").rows[0].cells)
    assert report.table("structures").rows[0].cells[3] == 9
