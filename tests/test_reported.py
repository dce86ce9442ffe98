"""What is not sure says so wherever it is told: a newer edition of which no document was read, a point."""

from __future__ import annotations

import re

import pytest
from attrs import evolve

from imsmap.library.editions import Milestone, Successor
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Clause
from tests.once import shipped
from tests.surfaces import told

A, B = "iso9001-2015", "iso14001-2015"
SOURCE = "Hearsay."
NEXT = Successor(
    "ISO 9001:2097", "2026-01-04", 0.55, SOURCE,
    Milestone("2098-05-06", 0.55, SOURCE), Milestone("2099-07-08", 0.55, SOURCE),
)  # fmt: skip
FACT = re.compile(r"ISO[ \u00a0]9001:2097|2098-05-06|2099-07-08|6\u00a0May\u00a02098|8\u00a0July\u00a02099")
POINT = f"{A}:9.3.2#review-providers"
FEW = "Held with confidence below 0.7: 1 of 333 points of ISO 9001:2015."
SHEETS = {
    "Audit checklist", "Blueprint", "Dashboard", "Documents", "Heat map", "Management review", "Matrix", "Overlap",
}  # fmt: skip
ANSWERS = {
    "audit", "blueprint", "compare", "coverage", "documents", "friends", "management_review", "matrix", "overlap",
}  # fmt: skip
PICTURES = {"columns", "cover", "heatmap", "hero", "house", "method", "pdca", "tree", "venn", "work"}
SURE = re.compile(r"reported|[Cc]onfidence|0\.55")


def library() -> ClauseGraph:
    """Give two standards, of which one has an invented successor, and a point, of low confidence."""
    found = shipped((A, B)).library
    standards = (
        evolve(one, successor=NEXT, clauses=tuple(map(_doubtful, one.clauses)))
        if one.key == A
        else evolve(one, successor=None)
        for one in found.standards
    )
    return ClauseGraph(evolve(found, standards=tuple(standards)))


def _doubtful(clause: Clause) -> Clause:
    """Make the point hearsay that POINT names."""
    points = (evolve(one, confidence=0.35) if clause.point_ref(one) == POINT else one for one in clause.points)
    return evolve(clause, points=tuple(points))


@pytest.mark.slow
def test_a_fact_of_low_confidence_is_told_as_reported_on_every_surface() -> None:
    said = list(told((A, B), library()))
    found = [(place, words) for place, words in said if FACT.search(words)]
    assert {place for place, _ in found} >= {"Cover", "page", "timeline", "choose", "compare"}
    rows = {"timeline", "choose", "compare", "Decision", "brief"}  # it stands in another line or column there
    sure = {place for place, words in said if SURE.search(words)}
    assert [(place, words) for place, words in found if place not in rows and not SURE.search(words)] == []
    assert rows <= sure
    spoken = {place for place, words in said if FEW in words.replace("\u00a0", " ")}
    assert spoken >= SHEETS | ANSWERS | PICTURES | {"page", "brief"}
    marked = {place for place, words in said if "(confidence 0.35)" in words}
    assert marked >= {"Matrix", "Audit checklist", "Requirements", "Management review", "audit", "matrix", "page"}
