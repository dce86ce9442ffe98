from __future__ import annotations

from imsmap.analyses.relations import Question, analyse
from imsmap.graph import ClauseGraph

A, B = "iso1-2030", "iso2-2030"


def test_the_audit_trail_holds_what_the_core_shows_and_what_is_stated(small: ClauseGraph) -> None:
    entries = analyse(small, Question((A, B))).values["relations"]
    assert [entry["id"] for entry in entries if entry["basis"] == "stated"] == ["buying", "nothing", "weak"]
    core = next(entry for entry in entries if entry["id"] == f"core:{A}:4.1-{B}:4.1")
    assert core["premises"] == ["core:issues"]
    assert core["rationale"].endswith("ISO1:2030, 4.1 has 1 more points, ISO2:2030, 4.1 has 1 more points.")
    assert core["confidence"] == 0.9


def test_every_row_names_its_source(small: ClauseGraph) -> None:
    assert all(entry["source"] and entry["author"] for entry in analyse(small, Question((A, B))).values["relations"])
