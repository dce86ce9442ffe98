from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imsmap.library.model import Kin
from imsmap.library.relationships import EQUAL, INTERSECTS, NONE, SHARE, SUBSET, SUPERSET
from imsmap.reasoning.friends import false_friends, hidden_friends
from imsmap.reasoning.kinship import Kinship, Pair
from tests.building import graph, relation, standard
from tests.drawn import tried
from tests.once import shipped

A, B = "iso1-2030", "iso2-2030"


def leaf(
    mine: dict[str, list[str] | None], theirs: dict[str, list[str] | None], *words: str, at: str = "4.1/4.1"
) -> Kinship:
    built = graph(
        standard(A, mine), standard(B, theirs, discipline="environment"), relations=[relation(A, B, w) for w in words]
    )
    one, other = at.split("/")
    return Pair(built, A, B).leaf(f"{A}:{one}", f"{B}:{other}")


def test_two_clauses_with_the_same_core_and_nothing_more_are_the_same() -> None:
    found = leaf({"4.1": ["=issues"]}, {"4.1": ["=issues"]})
    assert (found.kin, found.possible, found.basis) == (Kin.SAME, EQUAL, ("core",))


def test_a_clause_that_adds_its_own_is_extended_and_still_contains_the_other() -> None:
    found = leaf({"4.1": ["=issues", "+watching"]}, {"4.1": ["=issues"]})
    assert (found.kin, found.possible) == (Kin.EXTENDED, EQUAL | SUPERSET)
    assert found.subject_adds == (f"{A}:4.1#watching",)
    assert found.object_adds == ()


def test_when_both_add_something_only_no_relationship_is_ruled_out() -> None:
    found = leaf({"4.1": ["=issues", "+watching"]}, {"4.1": ["=issues", "+nature"]})
    assert (found.kin, found.possible) == (Kin.EXTENDED, SHARE)


def test_an_addition_that_is_stated_to_lie_outside_rules_out_being_contained() -> None:
    found = leaf({"4.1": ["=issues", "+watching"]}, {"4.1": ["=issues", "+nature"]}, "4.1#watching no-relationship 4.1")
    assert found.possible == INTERSECTS | SUPERSET


def test_additions_stated_equal_make_the_clauses_the_same() -> None:
    found = leaf(
        {"4.1": ["=issues", "+watching"]}, {"4.1": ["=issues", "+guard"]}, "4.1#watching equal-to 4.1#guard @9"
    )
    assert (found.kin, found.possible) == (Kin.SAME, EQUAL)
    assert found.subject_adds == found.object_adds == ()


def test_without_core_or_relation_nothing_is_known() -> None:
    found = leaf({"8.2": ["+sell"]}, {"8.2": ["+flee"]}, at="8.2/8.2")
    assert (found.kin, found.confidence) == (Kin.NOT_ASSESSED, None)


def test_a_reasoned_none_against_the_whole_standard_reaches_each_of_its_clauses() -> None:
    found = leaf({"8.2": ["+sell"]}, {"8.2": ["+flee"]}, "8.2 no-relationship *", at="8.2/8.2")
    assert (found.kin, found.possible) == (Kin.NONE, NONE)


def test_a_relation_between_two_leaf_clauses_relates_them() -> None:
    found = leaf({"8.4": ["+buy"]}, {"8.1": ["+outsource"]}, "8.4 intersects-with 8.1 @6", at="8.4/8.1")
    assert (found.kin, found.strength, found.jointly, found.possible) == (Kin.RELATED, 6, False, INTERSECTS)


def test_what_is_stated_of_a_heading_ties_its_leaves_only_jointly() -> None:
    mine: dict[str, list[str] | None] = {"8.4": None, "8.4.1": ["+buy"], "8.4.2": ["+check"]}
    found = leaf(mine, {"8.1": ["+outsource"]}, "8.4 intersects-with 8.1 @6", at="8.4.1/8.1")
    assert (found.kin, found.jointly) == (Kin.RELATED, True)
    assert found.possible & NONE


def test_a_heading_within_a_clause_holds_each_of_its_leaves() -> None:
    mine: dict[str, list[str] | None] = {"8.4": None, "8.4.1": ["+buy"], "8.4.2": ["+check"]}
    found = leaf(mine, {"8.1": ["+outsource"]}, "8.4 subset-of 8.1 @6", at="8.4.1/8.1")
    assert (found.kin, found.jointly, found.possible) == (Kin.RELATED, False, SUBSET)


def test_a_point_that_meets_a_clause_ties_the_clause_of_the_point() -> None:
    mine: dict[str, list[str] | None] = {"8.4": ["+buy", "+pay"]}
    found = leaf(mine, {"8.1": ["+outsource"]}, "8.4#buy intersects-with 8.1 @4", at="8.4/8.1")
    assert (found.kin, found.possible) == (Kin.RELATED, INTERSECTS | SUPERSET)


def test_all_points_of_a_clause_named_one_by_one_are_the_clause() -> None:
    mine: dict[str, list[str] | None] = {"8.4": ["+buy", "+pay"]}
    found = leaf(mine, {"8.1": ["+outsource"]}, "8.4#buy,8.4#pay equal-to 8.1 @9", at="8.4/8.1")
    assert found.kin is Kin.SAME


def test_a_relation_that_clashes_with_the_points_leaves_nothing_possible() -> None:
    found = leaf({"4.1": ["=issues"]}, {"4.1": ["=issues"]}, "4.1 no-relationship 4.1")
    assert found.possible == 0


def test_the_pair_turned_round_says_the_inverse() -> None:
    built = graph(
        standard(A, {"4.1": ["=issues", "+x"]}),
        standard(B, {"4.1": ["=issues"]}),
        relations=[relation(B, A, "4.1 subset-of 4.1 @8")],
    )
    assert Pair(built, A, B).leaf(f"{A}:4.1", f"{B}:4.1").possible == SUPERSET
    assert Pair(built, B, A).leaf(f"{B}:4.1", f"{A}:4.1").possible == SUBSET


def test_a_union_is_compared_as_one_and_not_as_halves() -> None:
    built = graph(
        standard(A, {"8.1": None, "8.1.1": ["=planned"], "8.1.2": ["=controlled"]}),
        standard(B, {"8.1": ["=planned", "=controlled"]}),
    )
    pair = Pair(built, A, B)
    assert pair.between([f"{A}:8.1.1", f"{A}:8.1.2"], [f"{B}:8.1"]).kin is Kin.SAME
    assert pair.leaf(f"{A}:8.1.1", f"{B}:8.1").kin is Kin.EXTENDED


def test_a_union_of_clauses_that_have_nothing_in_common_has_nothing_in_common() -> None:
    built = graph(
        standard(A, {"8.2": ["+x"], "8.3": ["+y"]}),
        standard(B, {"8.2": ["+z"]}),
        relations=[relation(A, B, "8.2 no-relationship 8.2"), relation(A, B, "8.3 no-relationship 8.2")],
    )
    assert Pair(built, A, B).between([f"{A}:8.2", f"{A}:8.3"], [f"{B}:8.2"]).kin is Kin.NONE


def test_confidence_is_that_of_the_best_way_for_sharing_and_of_the_weakest_premise_for_more() -> None:
    built = graph(
        standard(A, {"4.1": ["=issues", "+x"]}, confidence=0.7),
        standard(B, {"4.1": ["=issues", "+y"]}),
        relations=[relation(A, B, "4.1#x intersects-with 4.1#y @5", confidence=0.6)],
    )
    found = Pair(built, A, B).leaf(f"{A}:4.1", f"{B}:4.1")
    assert found.possible == SHARE
    assert found.confidence == pytest.approx(0.7)


# --- false and hidden friends --------------------------------------------------------------------------------------


def friends(mine: dict[str, list[str] | None], theirs: dict[str, list[str] | None], *words: str) -> list[str]:
    built = graph(standard(A, mine), standard(B, theirs), relations=[relation(A, B, word) for word in words])
    return [friend.number for friend in false_friends(Pair(built, A, B))]


def test_the_same_number_with_nothing_in_common_is_a_false_friend() -> None:
    assert friends({"8.2": ["+sell"]}, {"8.2": ["+flee"]}, "8.2 no-relationship 8.2") == ["8.2"]


def test_what_nobody_assessed_is_never_called_a_false_friend() -> None:
    assert friends({"8.2": ["+sell"]}, {"8.2": ["+flee"]}) == []


def test_a_heading_of_which_one_pair_of_leaves_is_not_assessed_is_never_called_a_false_friend() -> None:
    mine: dict[str, list[str] | None] = {"8.2": None, "8.2.1": ["+sell"], "8.2.2": ["+ship"]}
    assert friends(mine, {"8.2": ["+flee"]}, "8.2.1 no-relationship 8.2") == []
    assert friends(mine, {"8.2": ["+flee"]}, "8.2.1 no-relationship 8.2", "8.2.2 no-relationship 8.2") == ["8.2"]


@pytest.mark.parametrize(("strength", "expected"), [(3, ["8.2"]), (4, [])])
def test_a_weak_tie_does_not_save_a_false_friend_and_a_strong_one_does(strength: int, expected: list[str]) -> None:
    assert friends({"8.2": ["+sell"]}, {"8.2": ["+flee"]}, f"8.2 intersects-with 8.2 @{strength}") == expected


@pytest.mark.parametrize(("strength", "expected"), [(3, ["10.1"]), (7, [])])
def test_a_strong_tie_that_follows_through_others_saves_a_false_friend_too(strength: int, expected: list[str]) -> None:
    pair = Pair(graph(standard(A, {"10.1": ["+choose"]}), standard(B, {"10.1": ["+seek"]})), A, B)
    premise = relation(A, B, f"10.1 intersects-with 10.1 @{strength}")
    pair.conclude(f"{A}:10.1", f"{B}:10.1", INTERSECTS, 0.8, (premise,))
    assert [friend.number for friend in false_friends(pair)] == expected


def test_a_shared_core_point_anywhere_below_saves_a_heading() -> None:
    mine: dict[str, list[str] | None] = {"8.1": None, "8.1.1": ["=planned"], "8.1.2": ["+x"]}
    assert friends(mine, {"8.1": ["=planned"]}, "8.1.2 no-relationship *") == []


def test_only_the_highest_false_friend_of_a_branch_is_named() -> None:
    mine: dict[str, list[str] | None] = {"8.2": None, "8.2.1": ["+sell"]}
    theirs: dict[str, list[str] | None] = {"8.2": None, "8.2.1": ["+flee"]}
    assert friends(mine, theirs, "8.2 no-relationship 8.2") == ["8.2"]


def test_hidden_friends_have_other_numbers_on_other_branches() -> None:
    built = graph(
        standard(A, {"4.1": ["=issues"], "8.4": ["+buy"]}),
        standard(B, {"4.1": ["=issues"], "8.1": ["+outsource"], "6.1": ["=issues"]}),
        relations=[relation(A, B, "8.4 intersects-with 8.1 @6")],
    )
    found = {(k.subject[0], k.object[0]) for k in hidden_friends(Pair(built, A, B))}
    assert found == {(f"{A}:8.4", f"{B}:8.1"), (f"{A}:4.1", f"{B}:6.1")}


# --- points --------------------------------------------------------------------------------------------------------


def test_a_point_has_a_counterpart_wherever_its_core_point_stands() -> None:
    built = graph(standard(A, {"4.1": ["=issues", "+x"]}), standard(B, {"6.1": ["=issues"]}))
    pair = Pair(built, A, B)
    assert pair.point_kin(f"{A}:4.1#issues")[0] is Kin.SAME
    assert pair.point_kin(f"{A}:4.1#x")[0] is Kin.NOT_ASSESSED
    assert pair.point_kin(f"{B}:6.1#issues", forward=False)[0] is Kin.SAME


def test_a_core_point_that_the_other_does_not_hold_has_no_counterpart_there() -> None:
    built = graph(standard(A, {"4.1": ["=issues"]}), standard(B, {"4.1": ["=parties"], "4.2": ["+own"]}))
    pair = Pair(built, A, B)
    assert pair.point_kin(f"{A}:4.1#issues") == (Kin.NOT_ASSESSED, ())
    assert pair.point_kin(f"{B}:4.1#parties", forward=False) == (Kin.NOT_ASSESSED, ())


def test_a_point_is_related_when_named_and_none_when_its_clause_has_none() -> None:
    built = graph(
        standard(A, {"8.4": ["+buy", "+pay"], "8.5": ["+make"]}),
        standard(B, {"8.1": ["+outsource"]}),
        relations=[relation(A, B, "8.4#buy intersects-with 8.1 @5"), relation(A, B, "8.5 no-relationship *")],
    )
    pair = Pair(built, A, B)
    assert pair.point_kin(f"{A}:8.4#buy")[0] is Kin.RELATED
    assert pair.point_kin(f"{A}:8.4#pay")[0] is Kin.NOT_ASSESSED
    assert pair.point_kin(f"{A}:8.5#make")[0] is Kin.NONE


# --- against real sets ---------------------------------------------------------------------------------------------


def _truth(one: frozenset[int], other: frozenset[int]) -> int:
    if not one & other:
        return NONE
    if one == other:
        return EQUAL
    if one < other:
        return SUBSET
    return SUPERSET if one > other else INTERSECTS


_NAMES = {
    EQUAL: "equal-to",
    SUBSET: "subset-of",
    SUPERSET: "superset-of",
    INTERSECTS: "intersects-with",
    NONE: "no-relationship",
}


def _union(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*sets)


@pytest.mark.slow
@settings(max_examples=tried(300))
@given(st.integers(0, 2**32))
def test_nothing_false_is_ever_claimed_of_clauses_that_are_real_sets(seed: int) -> None:
    """Points are random sets of duties; core points equal sets on both sides; relations are told truly, in part."""
    rng = random.Random(seed)
    duties: dict[str, frozenset[int]] = {}

    def draw() -> frozenset[int]:
        return frozenset(rng.sample(range(7), rng.randint(1, 4)))

    cores = {core: draw() for core in ("issues", "parties", "risks")}
    sides: dict[str, dict[str, list[str] | None]] = {}
    for key in (A, B):
        clauses: dict[str, list[str] | None] = {}
        for number in ("4.1", "8.1", "8.4.1", "8.4.2"):
            words = [f"={core}" for core in cores if rng.random() < 0.35]
            words += [f"+own{i}" for i in range(rng.randint(0 if words else 1, 2))]
            clauses[number] = words
            for word in words:
                duties[f"{key}:{number}#{word[1:]}"] = cores[word[1:]] if word[0] == "=" else draw()
        sides[key] = {**clauses, "8.4": None}

    def meaning(key: str, word: str) -> frozenset[int]:
        prefix = f"{key}:" if word == "*" else f"{key}:{word}"
        return _union(
            s
            for ref, s in duties.items()
            if ref == prefix or ref.startswith((f"{prefix}#", f"{prefix}.")) or (word == "*" and ref.startswith(prefix))
        )

    words_of = {
        key: ["4.1", "8.1", "8.4", "8.4.1", "8.4.2", "*", "4.1,8.1"]
        + [ref.partition(":")[2] for ref in duties if ref.startswith(key)]
        for key in (A, B)
    }
    relations = []
    for _ in range(rng.randint(0, 6)):
        left, right = rng.choice(words_of[A]), rng.choice(words_of[B])
        one = _union(meaning(A, word) for word in left.split(","))
        other = _union(meaning(B, word) for word in right.split(","))
        name = _NAMES[_truth(one, other)]
        relations.append(relation(A, B, f"{left} {name} {right}" + ("" if name == "no-relationship" else " @5")))
    built = graph(standard(A, sides[A]), standard(B, sides[B]), relations=relations)
    pair = Pair(built, A, B)
    unions = [("4.1",), ("8.1",), ("8.4.1",), ("8.4.2",), ("8.4.1", "8.4.2"), ("4.1", "8.1")]
    for mine in unions:
        for theirs in unions:
            found = pair.between([f"{A}:{n}" for n in mine], [f"{B}:{n}" for n in theirs])
            truth = _truth(_union(meaning(A, n) for n in mine), _union(meaning(B, n) for n in theirs))
            assert found.possible & truth, (mine, theirs, found, truth)
            if found.kin is Kin.NONE:
                assert truth == NONE
            if found.kin in (Kin.SAME, Kin.EXTENDED, Kin.RELATED) and not found.jointly:
                assert truth != NONE


def test_no_pair_that_shares_anything_is_passed_over() -> None:
    library = shipped(("iso9001-2015", "iso14001-2015"))
    for pair in (Pair(library, "iso9001-2015", "iso14001-2015"), Pair(library, "iso14001-2015", "iso9001-2015")):
        every = [
            kinship
            for one in pair.graph.leaves(pair.first)
            for other in pair.graph.leaves(pair.second)
            if (kinship := pair.leaf(one.ref, other.ref)).kin in (Kin.SAME, Kin.EXTENDED, Kin.RELATED)
        ]
        assert list(pair.sharing()) == every


def test_a_clause_none_of_whose_points_touches_another_has_nothing_in_common_with_it() -> None:
    relations = [
        relation(A, B, "8.1#x no-relationship 8.2", name="x"),
        relation(A, B, "8.1#y no-relationship *", name="y"),
    ]
    made = graph(
        standard(A, {"8": None, "8.1": ["+x", "+y"]}, topics={"8.1": "design"}),
        standard(B, {"8": None, "8.2": ["+z"], "8.3": ["+u"]}, topics={"8.2": "design", "8.3": "design"}),
        relations=relations,
    )
    pair = Pair(made, A, B)
    assert pair.leaf(f"{A}:8.1", f"{B}:8.2").kin is Kin.NONE
    assert pair.leaf(f"{A}:8.1", f"{B}:8.3").kin is Kin.NOT_ASSESSED  # of one point nobody said so


# --- what merely touches ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("strength", "kin"), [(1, Kin.TOUCHES), (3, Kin.TOUCHES), (4, Kin.RELATED), (10, Kin.RELATED)])
def test_below_the_strength_of_four_a_relation_makes_no_counterpart(strength: int, kin: Kin) -> None:
    found = leaf({"8.4": ["+buy"]}, {"8.1": ["+outsource"]}, f"8.4 intersects-with 8.1 @{strength}", at="8.4/8.1")
    assert (found.kin, found.kin.is_counterpart, found.strength) == (kin, kin is Kin.RELATED, strength)
    assert bool(found.subject_adds) is (kin is Kin.RELATED)


def test_a_weak_tie_of_a_union_touches_its_members_too() -> None:
    mine: dict[str, list[str] | None] = {"8.4": None, "8.4.1": ["+buy"], "8.4.2": ["+check"]}
    found = leaf(mine, {"8.1": ["+outsource"]}, "8.4 intersects-with 8.1 @3", at="8.4.1/8.1")
    assert (found.kin, found.jointly) == (Kin.TOUCHES, True)


def test_of_a_weak_tie_and_a_strong_one_of_a_union_the_strong_one_counts() -> None:
    mine: dict[str, list[str] | None] = {"8.4": None, "8.4.1": ["+buy"], "8.4.2": ["+check"]}
    relations = ("8.4.1 intersects-with 8.1 @2", "8.4 intersects-with 8.1 @7")
    found = leaf(mine, {"8.1": ["+outsource"]}, *relations, at="8.4.1/8.1")
    assert (found.kin, found.jointly, found.strength) == (Kin.RELATED, True, 7)


def test_a_shared_core_point_counts_whatever_else_is_weak() -> None:
    found = leaf({"4.1": ["=issues", "+x"]}, {"4.1": ["=issues", "+y"]}, "4.1#x intersects-with 4.1#y @1")
    assert found.kin is Kin.EXTENDED


def test_what_touches_is_told_among_what_is_tied_and_is_no_counterpart() -> None:
    built = graph(
        standard(A, {"8.2": ["+x"]}),
        standard(B, {"8.3": ["+z"]}),
        relations=[relation(A, B, "8.2 intersects-with 8.3 @2")],
    )
    pair = Pair(built, A, B)
    assert [kinship.kin for kinship in pair.tied()] == [Kin.TOUCHES]
    assert pair.sharing() == hidden_friends(pair) == ()
    assert pair.point_kin(f"{A}:8.2#x")[0] is Kin.TOUCHES


def test_a_point_within_one_of_the_other_side_adds_nothing_unless_the_tie_is_weak() -> None:
    for strength, adds, kin in ((5, (), Kin.SAME), (2, (f"{A}:4.1#x",), Kin.TOUCHES)):
        built = graph(
            standard(A, {"4.1": ["=issues", "+x"]}),
            standard(B, {"4.1": ["=issues", "+y", "+z"]}),
            relations=[relation(A, B, f"4.1#x subset-of 4.1#y @{strength}")],
        )
        pair = Pair(built, A, B)
        assert pair.leaf(f"{A}:4.1", f"{B}:4.1").subject_adds == adds
        assert pair.leaf(f"{A}:4.1", f"{B}:4.1").object_adds == (f"{B}:4.1#y", f"{B}:4.1#z")
        assert pair.point_kin(f"{A}:4.1#x")[0] is kin


def test_a_clause_under_the_number_of_another_is_no_hidden_friend_though_its_standard_has_no_such_heading() -> None:
    built = graph(
        standard(A, {"4.3": ["+scope"]}),
        standard(B, {"4.3.1": ["+more"], "4.31": ["+apart"]}),
        relations=[
            relation(A, B, "4.3 intersects-with 4.3.1 @6"),
            relation(A, B, "4.3 intersects-with 4.31 @6"),
        ],
    )
    assert [k.object for k in hidden_friends(Pair(built, A, B))] == [(f"{B}:4.31",)]


def test_the_same_comparison_anew_says_the_same_whichever_way_it_looks() -> None:
    keys = ("iso9001-2015", "iso14001-2015")
    real = shipped(keys)
    direct = Pair(real, *keys)
    for first, second in (keys, keys[::-1]):
        alone, anew = Pair(real, first, second), direct.anew(first)
        assert anew.ties == alone.ties
        for one in real.leaves(first)[::4]:
            assert anew.near(one.ref) == alone.near(one.ref)
            for other in real.leaves(second):
                assert anew.leaf(one.ref, other.ref) == alone.leaf(one.ref, other.ref), (one.ref, other.ref)


def test_what_a_comparison_made_anew_is_told_the_first_does_not_know() -> None:
    built = graph(standard(A, {"4.1": ["+x"]}), standard(B, {"4.1": ["+y"]}))
    direct = Pair(built, A, B)
    anew = direct.anew(B)
    anew.conclude(f"{B}:4.1", f"{A}:4.1", EQUAL, 0.5, ())
    assert anew.leaf(f"{B}:4.1", f"{A}:4.1").kin is Kin.SAME
    assert anew.near(f"{A}:4.1") == {f"{B}:4.1"}
    assert direct.leaf(f"{A}:4.1", f"{B}:4.1").kin is Kin.NOT_ASSESSED
    assert direct.near(f"{A}:4.1") == set()
