"""Who checked a point is told where the source stands, as long as the point says the same."""

from __future__ import annotations

import pytest
from attrs import evolve

from imsmap.library.graph import ClauseGraph
from imsmap.library.mark import AGREES, DIFFERS, Mark
from imsmap.library.marking import fingerprint, lapsed, marked
from imsmap.library.model import Documented
from imsmap.parts import sides
from tests.building import graph, standard

A, B = "iso1-2030", "iso2-2030"
GRAPH = graph(
    standard(A, {"4": None, "4.1": ["=issues", "+watching"], "8": None, "8.1": ["=planned"]}),
    standard(B, {"4": None, "4.1": ["=issues"]}),
)


def mark(
    ref: str, *, by: str = "Jane", on: str = "2030-02-01", verdict: str = AGREES, known: ClauseGraph = GRAPH
) -> Mark:
    return Mark(ref, by, on, verdict, fingerprint(known.point(ref)))


def source(library: ClauseGraph, ref: str) -> str:
    return library.clause(ref).source


def after(*marks: Mark, known: ClauseGraph = GRAPH) -> ClauseGraph:
    return ClauseGraph(marked(known.library, marks))


def test_without_marks_the_library_is_the_same() -> None:
    assert marked(GRAPH.library, ()) is GRAPH.library


def test_a_clause_all_of_whose_points_were_checked_says_so_and_no_more_that_it_was_not() -> None:
    found = after(mark(f"{A}:4.1#issues"), mark(f"{A}:4.1#watching", on="2030-02-03"))
    assert source(found, f"{A}:4.1") == (
        "Against ISO1:2030, all 2 points were checked by Jane, 2030-02-01 to 2030-02-03. Otherwise: invented"
    )
    assert source(found, f"{A}:4") == source(found, f"{A}:4.1")
    assert source(found, f"{A}:8.1") == "invented"
    assert found.standard(A).source == (
        "Against ISO1:2030, 2 of 3 points were checked by Jane, 2030-02-01 to 2030-02-03. The others: invented"
    )
    assert found.standard(B).source == "invented"
    assert [side.checked for side in sides(found, (A, B))] == [2, 0]


def test_several_people_and_what_differs_are_told() -> None:
    found = after(mark(f"{A}:4.1#issues", verdict=DIFFERS), mark(f"{A}:8.1#planned", by="Tom"))
    assert source(found, f"{A}:4.1") == (
        "Against ISO1:2030, 1 of 2 points was checked by Jane, 2030-02-01, of which 1 differs from it. The others: "
        "invented"
    )
    assert (
        source(found, f"{A}:8.1") == "Against ISO1:2030, the point was checked by Tom, 2030-02-01. Otherwise: invented"
    )
    assert "checked by Jane and Tom" in found.standard(A).source


def test_a_mark_does_not_hold_for_a_point_that_changed_since() -> None:
    marks = [mark(f"{A}:4.1#issues"), mark(f"{A}:4.1#watching"), mark(f"{A}:8.1#planned")]
    old = GRAPH.standard(A)
    clauses = tuple(
        evolve(clause, points=tuple(evolve(point, text="Other.") if point.id == "issues" else point
                                    for point in clause.points if point.id != "planned"))
        for clause in old.clauses
    )  # fmt: skip
    changed = ClauseGraph(evolve(GRAPH.library, standards=(evolve(old, clauses=clauses), GRAPH.standard(B))))
    found = after(*marks, known=changed)
    assert source(found, f"{A}:4.1") == (
        "Against ISO1:2030, 1 of 2 points was checked by Jane, 2030-02-01. 1 changed since it was checked. The others: "
        "invented"
    )
    assert list(found.library.marks) == [f"{A}:4.1#watching"]
    gone, away = lapsed(changed.library, [*marks, mark(f"{B}:4.1#issues")])
    assert [one.point for one in gone] == [f"{A}:4.1#issues"]
    assert [one.point for one in away] == [f"{A}:8.1#planned"]
    alone = after(marks[0], known=changed)
    assert source(alone, f"{A}:4.1") == "invented 1 changed since it was checked."


def test_what_is_checked_is_what_a_point_says_and_wants_documented_not_to_what_it_is_tied() -> None:
    point = GRAPH.point(f"{A}:4.1#issues")
    for other in (evolve(point, core=None, adds="Other"), evolve(point, confidence=0.1), evolve(point, source="x")):
        assert fingerprint(other) == fingerprint(point)
    for other in (evolve(point, text="Other."), evolve(point, documented=Documented("retain", "x"))):
        assert fingerprint(other) != fingerprint(point)


@pytest.mark.parametrize(
    ("before", "rest"),
    [
        ("Recalled, not checked against the text.", ""),
        ("recalled and not checked", ""),
        ("Not yet checked against its text.", ""),
        (
            "Numbers and titles: seen 2026-11. Points: from recollection; not checked\n  against the text.",
            " Otherwise: Numbers and titles: seen 2026-11. Points: from recollection.",
        ),
        ("Numbers recalled. None of it was checked against the text.", " Otherwise: Numbers recalled."),
        ("What the published table says.", " Otherwise: What the published table says."),
    ],
)
def test_of_what_was_said_before_it_goes_that_nobody_checked(before: str, rest: str) -> None:
    old = GRAPH.standard(A)
    clauses = tuple(evolve(clause, source=before) for clause in old.clauses)
    known = ClauseGraph(evolve(GRAPH.library, standards=(evolve(old, clauses=clauses),)))
    found = after(mark(f"{A}:8.1#planned"), known=known)
    assert source(found, f"{A}:8.1") == f"Against ISO1:2030, the point was checked by Jane, 2030-02-01.{rest}"
