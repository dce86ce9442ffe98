from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from attrs import evolve

from imsmap.library.graph import ClauseGraph
from imsmap.library.load import Place
from imsmap.library.model import CARRIED, Relation
from imsmap.reasoning.checking import find_cycles, find_problems, fingerprint, is_suspect, unassessed_pairs
from imsmap.reasoning.kinship import Pair
from tests.building import graph, relation, standard

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"
ONE: dict[str, list[str] | None] = {"4.1": ["=issues"], "8.2": ["+x", "+y"]}
OTHER: dict[str, list[str] | None] = {"4.1": ["=issues", "+w"], "8.2": ["+z"]}


def found(*relations: Relation, one: dict[str, list[str] | None] = ONE, affirmed: bool = True) -> list[str]:
    built = graph(standard(A, one), standard(B, OTHER), relations=relations, affirmed=affirmed)
    return checked(built)


def checked(built: ClauseGraph) -> list[str]:
    names = [r.id for r in built.library.relations]
    names += [clause.ref for standard in built.standards for clause in built.clauses(standard.key)]
    return [str(problem) for problem in find_problems(built, places(names))]


def places(names: Iterable[str]) -> dict[str, Place]:
    return {name: Place("data.yaml", Path("data.yaml"), line) for line, name in enumerate(names, 1)}


NOTHING = relation(A, B, "8.2 no-relationship *", name="f#none")
NEITHER = relation(A, B, "* no-relationship 8.2", name="f#neither")


def test_a_library_in_which_everything_is_looked_at_has_no_problems() -> None:
    assert found(NOTHING, NEITHER) == []


def test_a_leaf_clause_that_nobody_assessed_is_named_on_both_sides() -> None:
    lines = found()
    assert len(lines) == 2
    assert "nobody has assessed ISO1:2030, 8.2 against ISO2:2030" in lines[0]


def test_a_stated_none_beside_a_shared_core_point_is_a_contradiction_with_both_ways_named() -> None:
    lines = found(NOTHING, NEITHER, relation(A, B, "4.1 no-relationship 4.1", name="f#wrong"))
    assert lines == [
        "data.yaml:3: contradiction between ISO1:2030, 4.1 and ISO2:2030, 4.1: the shared core point issues and wrong "
        "(4.1 no-relationship 4.1) leave no relation possible; correct one of them"
    ]


def test_two_relations_that_exclude_each_other_are_a_contradiction() -> None:
    lines = found(
        relation(A, B, "8.2 intersects-with 8.2 @5", name="f#some"),
        relation(A, B, "8.2 no-relationship *", name="f#none"),
    )
    assert any(
        "contradiction" in line and "some (8.2 intersects-with 8.2)" in line and "none (8.2 no-relationship *)" in line
        for line in lines
    )


def test_equal_to_is_refused_where_a_side_adds_a_point() -> None:
    lines = found(NOTHING, NEITHER, relation(A, B, "4.1 equal-to 4.1 @9", name="f#equal"))
    assert len(lines) == 1
    assert "says equal-to, but iso2-2030:4.1#w has no counterpart on the other side" in lines[0]


def test_containment_is_accepted_where_the_points_are_related() -> None:
    lines = found(
        NOTHING,
        NEITHER,
        relation(A, B, "4.1 equal-to 4.1 @9", name="f#equal"),
        relation(A, B, "4.1#issues superset-of 4.1#w @9", name="f#w"),
    )
    assert lines == []


def test_the_same_pair_told_from_both_sides_is_found_with_the_place_of_the_other() -> None:
    lines = found(
        relation(A, B, "8.2 no-relationship 8.2", name="f#none"), relation(B, A, "8.2 subset-of 8.2 @4", name="g#back")
    )
    assert any("f#none (data.yaml:1) tells the same pair the other way round" in line for line in lines)
    assert any("contradiction" in line for line in lines)


def test_a_cycle_of_subsets_is_a_contradiction() -> None:
    lines = found(
        relation(A, B, "8.2 subset-of 8.2 @4", name="f#one"), relation(B, A, "8.2 subset-of 8.2 @4", name="g#two")
    )
    assert any("contradiction" in line for line in lines)


def test_a_cycle_of_subsets_through_a_third_standard_is_named_with_each_relation() -> None:
    built = graph(
        *(standard(key, {"8": None, "8.2": ["+x"]}, topics={"8.2": "design"}) for key in (A, B, C)),
        relations=[
            relation(A, B, "8.2 subset-of 8.2 @4", name="f#one"),
            relation(B, C, "8.2 subset-of 8.2 @4", name="g#two"),
            relation(A, C, "8.2 superset-of 8.2 @4", name="h#three"),
        ],
    )
    cycles = [line for line in checked(built) if "cycle of subset-of" in line]
    assert cycles == [
        "data.yaml:1: a cycle of subset-of: f#one (data.yaml:1) then g#two (data.yaml:2) then h#three (data.yaml:3) "
        "lead back to where they began, so that something would be smaller than itself; correct one of them"
    ]


def test_a_cycle_closes_through_equal_sides_and_through_a_part_of_a_clause() -> None:
    ties = Pair(
        graph(
            standard(A, {"8": None, "8.1": ["+p"], "8.2": ["+x"]}),
            standard(B, {"8": None, "8.2": ["+z"], "8.3": ["+u"]}),
            relations=[
                relation(A, B, "8 subset-of 8.2 @4", name="f#one"),
                relation(A, B, "8.1 superset-of 8.3 @4", name="f#two"),
                relation(A, B, "8.2 equal-to 8.2 @9", name="f#same"),
            ],
        ),
        A,
        B,
    ).ties
    # 8 lies within 8.2 of the other, which equals 8.2, which is a part of 8.
    assert [[relation.id for relation in cycle] for cycle in find_cycles(ties)] == [["f#one", "f#same"]]


def test_a_contradiction_through_a_third_standard_is_named_with_both_ways() -> None:
    built = graph(
        *(standard(key, {"8": None, "8.2": ["+x"]}, topics={"8.2": "design"}) for key in (A, B, C)),
        relations=[
            relation(A, B, "8.2 equal-to 8.2 @9", name="f#one"),
            relation(B, C, "8.2 equal-to 8.2 @9", name="g#two"),
            relation(A, C, "8.2 no-relationship 8.2", name="h#three"),
        ],
    )
    lines = [line for line in checked(built) if "contradiction" in line]
    assert len(lines) == 1
    assert lines[0].startswith("data.yaml:1: contradiction between ")
    for part in ("One way: ", "The other way: ", "f#one (data.yaml:1)", "g#two (data.yaml:2)", "h#three (data.yaml:3)"):
        assert part in lines[0]


def test_a_chain_of_subsets_without_a_way_back_is_no_cycle() -> None:
    ties = Pair(
        graph(
            standard(A, ONE),
            standard(B, OTHER),
            relations=[
                relation(A, B, "8.2#x subset-of 8.2 @4", name="f#one"),
                relation(A, B, "8.2 superset-of 8.2 @4", name="f#two"),
            ],
        ),
        A,
        B,
    ).ties
    assert find_cycles(ties) == ()


def test_the_same_pair_told_as_a_heading_and_as_all_its_leaf_clauses_is_told_twice() -> None:
    one: dict[str, list[str] | None] = {"4.1": ["=issues"], "8": None, "8.2": ["+x"], "8.3": ["+y"]}
    lines = found(
        relation(A, B, "8 no-relationship 8.2", name="f#heading"),
        relation(A, B, "8.2,8.3 intersects-with 8.2 @4", name="f#leaves"),
        one=one,
    )
    assert any(
        "f#heading (data.yaml:1) tells the same pair in other words and says no-relationship" in x for x in lines
    )


def test_a_union_contradicts_what_is_said_of_all_its_parts() -> None:
    one: dict[str, list[str] | None] = {"4.1": ["=issues"], "8": None, "8.2": ["+x"], "8.3": ["+y"]}
    lines = found(
        relation(A, B, "8 intersects-with 8.2 @4", name="f#union"),
        relation(A, B, "8.2 no-relationship 8.2", name="f#first"),
        relation(A, B, "8.3 no-relationship 8.2", name="f#second"),
        one=one,
    )
    assert [line for line in lines if "contradiction" in line] == [
        "data.yaml:1: contradiction between ISO1:2030, 8 and ISO2:2030, 8.2: first (8.2 no-relationship 8.2) and "
        "second (8.3 no-relationship 8.2) and union (8 intersects-with 8.2) leave no relation possible; "
        "correct one of them"
    ]


def test_a_clause_whose_every_point_lies_within_another_does_not_only_overlap_with_it() -> None:
    lines = found(
        relation(A, B, "8.2 intersects-with 8.2 @5", name="f#clause"),
        relation(A, B, "8.2#x subset-of 8.2#z @5", name="f#x"),
        relation(A, B, "8.2#y subset-of 8.2#z @5", name="f#y"),
    )
    # Whoever contradicts himself has looked at it: that nobody assessed the clause is not said as well.
    assert lines == [
        "data.yaml:1: contradiction between ISO1:2030, 8.2 and ISO2:2030, 8.2: clause (8.2 intersects-with 8.2) and "
        "x (8.2#x subset-of 8.2#z) and y (8.2#y subset-of 8.2#z) leave no relation possible; correct one of them"
    ]


def test_a_contradiction_that_is_carried_over_to_other_editions_is_told_once() -> None:
    both = (
        relation(A, B, "8.2 equal-to 8.2 @9", name="f#same"),
        relation(A, B, "8.2 no-relationship 8.2", name="f#none"),
    )
    newer = [
        evolve(one, id=f"g#{one.id[2:]}", object=(f"{C}:8.2",), justification=CARRIED, affirmed=None) for one in both
    ]
    bare: dict[str, list[str] | None] = {"8.2": ["+z"]}
    built = graph(*(standard(key, bare) for key in (A, B, C)), relations=both)
    built = ClauseGraph(evolve(built.library, relations=(*built.library.relations, *newer)))
    clauses = [clause.ref for one in built.standards for clause in built.clauses(one.key)]
    at = places([*(one.id for one in both), *clauses])
    # What is carried over stands where it was stated.
    at |= {one.id: at[f"f#{one.id[2:]}"] for one in newer}
    assert [line for line in map(str, find_problems(built, at)) if "contradiction" in line] == [
        "data.yaml:2: contradiction between ISO1:2030, 8.2 and ISO2:2030, 8.2: none (8.2 no-relationship 8.2) and same "
        "(8.2 equal-to 8.2) leave no relation possible, nor in 1 more pair of editions to which they are carried over; "
        "correct one of them"
    ]


def test_a_relation_of_clauses_without_requirements_says_nothing() -> None:
    one: dict[str, list[str] | None] = {"3": None, "4.1": ["=issues"], "8.2": ["+x"]}
    lines = found(NOTHING, NEITHER, relation(A, B, "3 equal-to 4.1 @4", name="f#terms"), one=one)
    assert any("relation terms names only clauses that state no requirements" in line for line in lines)


def test_a_relation_is_suspect_until_affirmed_and_again_once_a_side_changes() -> None:
    before = graph(standard(A, ONE), standard(B, OTHER), relations=[NOTHING], affirmed=False)
    assert is_suspect(before, NOTHING)
    assert any("nobody has affirmed it; look again, then `imsmap affirm none`" in line for line in checked(before))
    affirmed = evolve(NOTHING, affirmed=fingerprint(before, NOTHING))
    after = graph(standard(A, ONE), standard(B, OTHER), relations=[affirmed], affirmed=False)
    assert not is_suspect(after, affirmed)
    changed = graph(
        standard(A, {**ONE, "8.2": ["+x", "+new"]}), standard(B, OTHER), relations=[affirmed], affirmed=False
    )
    assert any("a side changed since it was last affirmed" in line for line in checked(changed))


def test_a_change_elsewhere_leaves_a_relation_unsuspected() -> None:
    before = graph(standard(A, ONE), standard(B, OTHER), relations=[NOTHING], affirmed=False)
    affirmed = evolve(NOTHING, affirmed=fingerprint(before, NOTHING))
    elsewhere = graph(
        standard(A, {**ONE, "4.1": ["=issues", "+more"]}), standard(B, OTHER), relations=[affirmed], affirmed=False
    )
    assert not is_suspect(elsewhere, affirmed)


def test_pairs_of_which_nothing_is_stated_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, str]] = []

    class Counted(Pair):
        def __init__(self, graph: ClauseGraph, first: str, second: str) -> None:
            made.append((first, second))
            super().__init__(graph, first, second)

    for module in ("checking", "closure", "groups"):
        monkeypatch.setattr(f"imsmap.reasoning.{module}.Pair", Counted)
    built = graph(standard(A, ONE), standard(B, OTHER), standard(C, OTHER), relations=[NOTHING, NEITHER])
    sets = tuple(one for one in built.library.sets if {one.subject, one.object} == {A, B})
    assert checked(ClauseGraph(evolve(built.library, sets=sets))) == []
    assert set(made) == {(A, B)}


def test_a_pair_is_assessed_as_a_whole_only_where_a_set_says_so() -> None:
    built = graph(standard(A, ONE), standard(B, OTHER), standard(C, OTHER))
    assert unassessed_pairs(built) == ()
    part = tuple(evolve(one, assessed="part") if one.object == C else one for one in built.library.sets)
    assert unassessed_pairs(ClauseGraph(evolve(built.library, sets=part))) == ((A, C), (B, C))
    assert unassessed_pairs(ClauseGraph(evolve(built.library, sets=()))) == ((A, B), (A, C), (B, C))


def test_what_follows_through_a_third_standard_is_no_hole() -> None:
    built = graph(
        *(standard(key, {"8": None, "8.2": ["+x"]}, topics={"8.2": "design"}) for key in (A, B, C)),
        relations=[
            relation(A, B, "8.2 equal-to 8.2 @9", name="f#one"),
            relation(B, C, "8.2 intersects-with 8.2 @5", name="g#two"),
        ],
    )
    assert not [line for line in checked(built) if "nobody has assessed" in line]
