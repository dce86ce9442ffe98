"""What follows through third clauses and standards, from the core, the relations and the layout together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imsmap.library.graph import ClauseGraph
from imsmap.library.load import find_mappings, load
from imsmap.library.model import Relation
from imsmap.library.relationships import (
    ALL,
    EQUAL,
    INTERSECTS,
    INVERSE,
    NONE,
    SHARE,
    SUBSET,
    SUPERSET,
    compose,
    names_of,
)
from imsmap.reasoning.closure import Closure, Derived, relations_of
from imsmap.reasoning.groups import Grouping
from imsmap.reasoning.kinship import Pair
from imsmap.reasoning.ties import part
from tests.building import graph, relation, standard
from tests.drawn import tried
from tests.fixtures import shuffle

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"
Clauses = Mapping[str, Sequence[str] | None]
OWN: dict[str, Clauses] = {
    A: {"8": None, "8.1": ["+sell"], "8.2": ["+serve", "+store"]},
    B: {"8": None, "8.1": ["+flee"], "8.2": ["+drill", "+dig"]},
    C: {"8": None, "8.1": ["+burn"], "8.2": ["+heat", "+cool"]},
}


def library(*relations: Relation, **clauses: Clauses) -> ClauseGraph:
    return graph(*(standard(key, clauses.get(key[:4], OWN[key])) for key in (A, B, C)), relations=relations)


def close(*relations: Relation, **clauses: Clauses) -> Closure:
    return Closure(library(*relations, **clauses))


def ends(found: Sequence[Derived]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(d.subject.partition(":")[2], d.object.partition(":")[2], names_of(d.possible)) for d in found]


def test_a_chain_through_a_third_standard_is_derived_with_its_premises_and_its_weakest_link() -> None:
    closure = close(
        relation(A, B, "8.1 subset-of 8.1 @6", name="first", confidence=0.9),
        relation(B, C, "8.1 subset-of 8.1 @6", name="second", confidence=0.6),
    )
    (found,) = closure.between(A, C)
    assert (found.subject, found.object, found.possible) == (f"{A}:8.1", f"{C}:8.1", SUBSET)
    assert found.confidence == 0.6
    assert [r.id for r in relations_of(closure.ways(found.subject, found.object))] == ["first", "second"]
    assert ends(closure.between(C, A)) == [("8.1", "8.1", ("superset-of",))]


def test_what_is_stated_or_core_by_itself_is_not_told_as_derived() -> None:
    same: Clauses = {"4.1": ["=issues"], "8.1": ["+own"]}
    closure = close(relation(A, B, "8.1 equal-to 8.1 @9"), iso1=same, iso2=same, iso3=same)
    assert closure.between(A, B) == ()
    assert closure.between(A, C) == ()


def test_what_each_side_adds_is_told_the_right_way_round_where_a_relation_is_derived() -> None:
    made = library(
        relation(A, B, "8.2 subset-of 8.2 @6", name="first"),
        relation(B, C, "8.2 subset-of 8.2 @6", name="second"),
        relation(A, C, "8.2#serve equal-to 8.2#heat @9", name="point"),
    )
    pair = Grouping(made, (A, B, C)).pairs[A, C]
    found = pair.leaf(f"{A}:8.2", f"{C}:8.2")
    assert found.basis == ("stated", "derived")
    assert (found.subject_adds, found.object_adds) == ((f"{A}:8.2#store",), (f"{C}:8.2#cool",))


def test_two_parts_of_the_same_clause_are_not_related_by_that() -> None:
    closure = close(relation(A, B, "8.1 subset-of 8.1 @6"), relation(C, B, "8.1 subset-of 8.1 @6"))
    assert closure.between(A, C) == ()


def test_core_and_stated_premises_go_together() -> None:
    core: Clauses = {"8.1": ["=planned"]}
    closure = close(relation(B, C, "8.1 subset-of 8.2 @6", name="wider"), iso1=core, iso2=core)
    (found,) = closure.between(A, C)
    assert ends([found]) == [("8.1", "8.2", ("subset-of",))]
    way = closure.ways(found.subject, found.object)[0]
    assert [step.ground.basis for step in way] == ["core", "stated"]
    assert way[0].ground.shared == ("planned",)
    assert [r.id for r in relations_of([way])] == ["wider"]


def test_a_leaf_of_a_heading_takes_part_through_the_heading() -> None:
    closure = close(relation(A, B, "8.1 equal-to 8 @6", name="whole"), relation(B, C, "8.1 superset-of 8.1 @6"))
    (found,) = closure.between(A, C)
    assert ends([found]) == [("8.1", "8.1", ("superset-of",))]
    ways = closure.ways(found.subject, found.object)
    assert "ISO2:2030, 8.1 is part of ISO2:2030, 8." in {closure.words(step) for way in ways for step in way}


def test_a_union_of_clauses_is_not_each_of_them() -> None:
    closure = close(relation(A, B, "8.1 equal-to 8.1,8.2 @6"), relation(B, C, "8.2 superset-of 8.1 @6"))
    assert ends(closure.between(A, C)) == [("8.1", "8.1", ("superset-of",))]
    shared = close(relation(A, B, "8.1 intersects-with 8.1,8.2 @6"), relation(B, C, "8.2 equal-to 8.1 @6"))
    assert shared.between(A, C) == ()


def test_a_smaller_union_lies_in_a_larger_one() -> None:
    clauses: Clauses = {"8": None, "8.1": ["+flee"], "8.2": ["+drill"], "8.3": ["+dig"]}
    closure = close(
        relation(A, B, "8.1 subset-of 8.1,8.2 @6"), relation(C, B, "8.1 equal-to 8 @6", name="all"), iso2=clauses
    )
    assert ends(closure.between(A, C)) == [("8.1", "8.1", ("subset-of",))]


def test_a_point_of_a_clause_ties_the_clause() -> None:
    closure = close(
        relation(A, B, "8.2#serve equal-to 8.2#drill @9", name="points"), relation(B, C, "8.2 subset-of 8.1 @6")
    )
    (found,) = closure.between(A, C)
    assert ends([found]) == [("8.2", "8.1", ("equal-to", "intersects-with", "subset-of", "superset-of"))]
    assert found.possible == SHARE
    assert closure.conclusion(f"{A}:8.2#serve", f"{C}:8.1").possible == SUBSET


def test_a_named_point_stands_for_its_core_point_in_every_standard() -> None:
    holds: Clauses = {"8.1": ["=planned", "+own"], "8.2": ["+more"]}
    closure = close(relation(C, A, "8.1 subset-of 8.1#planned @6"), iso1=holds, iso2=holds)
    assert ends(closure.between(C, B)) == [("8.1", "8.1", ("subset-of",))]


def test_a_reasoned_none_reaches_what_lies_within() -> None:
    closure = close(relation(A, B, "8.1 subset-of 8.2 @6"), relation(B, C, "8.2 no-relationship *"))
    assert ends(closure.between(A, C)) == [("8.1", "8.1", ("no-relationship",)), ("8.1", "8.2", ("no-relationship",))]


def test_only_what_is_claimed_is_told() -> None:
    closure = close(relation(A, B, "8.1 intersects-with 8.1 @6"), relation(B, C, "8.1 no-relationship 8.1"))
    assert closure.between(A, C) == ()
    assert closure.conclusion(f"{A}:8.1", f"{C}:8.1").claim == "unknown"


# --- contradictions --------------------------------------------------------------------------------------------------


def test_a_contradiction_across_three_standards_names_the_relations_of_both_ways() -> None:
    closure = close(
        relation(A, B, "8.1 subset-of 8.1 @6", name="one"),
        relation(B, C, "8.1 subset-of 8.1 @6", name="two"),
        relation(A, C, "8.1 no-relationship 8.1", name="three"),
        relation(A, B, "8.2 equal-to 8.2 @9", name="sound"),
        relation(B, C, "8.2 equal-to 8.2 @9", name="too"),
    )
    (clash,) = closure.contradictions
    sides = [{r.id for step in way for r in step.ground.relations} for way in (clash.one, clash.other)]
    assert sorted(map(sorted, sides)) == [["one", "two"], ["three"]]
    assert [r.id for r in clash.relations] == ["one", "three", "two"]
    assert ends(closure.between(A, C)) == [("8.2", "8.2", ("equal-to",))]


def test_a_cycle_of_subsets_through_three_standards_is_found() -> None:
    closure = close(
        relation(A, B, "8.1 subset-of 8.1 @6", name="ab"),
        relation(B, C, "8.1 subset-of 8.1 @6", name="bc"),
        relation(C, A, "8.1 subset-of 8.1 @6", name="ca"),
    )
    (clash,) = closure.contradictions
    assert [r.id for r in clash.relations] == ["ab", "bc", "ca"]
    assert closure.between(A, C) == ()


def test_what_is_stated_against_the_shared_core_is_found() -> None:
    core: Clauses = {"8.1": ["=planned", "+own"]}
    closure = close(relation(A, B, "8.1 no-relationship 8.1", name="denied"), iso1=core, iso2=core)
    (clash,) = closure.contradictions
    assert [r.id for r in clash.relations] == ["denied"]
    assert {step.ground.shared for step in clash.one + clash.other} == {(), ("planned",)}


def test_what_has_an_undisputed_way_is_still_derived() -> None:
    closure = close(
        relation(A, B, "8.1 subset-of 8.1 @6", name="one"),
        relation(B, C, "8.1 subset-of 8.1 @6", name="two"),
        relation(A, C, "8.1 no-relationship 8.1", name="wrong"),
        relation(A, B, "8.1 intersects-with 8.2 @6", name="aside"),
        relation(B, C, "8.2 subset-of 8.2 @6", name="sound"),
    )
    assert [r.id for r in closure.contradictions[0].relations] == ["one", "two", "wrong"]
    assert [(d.object, d.known & NONE) for d in closure.between(A, C)] == [(f"{C}:8.2", NONE)]
    assert [r.id for r in relations_of(closure.ways(f"{A}:8.1", f"{C}:8.2"))] == ["aside", "sound"]


# --- words -----------------------------------------------------------------------------------------------------------


def test_each_premise_reads_as_a_sentence() -> None:
    core: Clauses = {"8.1": ["=planned", "+own"], "8.2": ["+more"]}
    closure = close(
        relation(A, B, "8.2 equal-to 8.1,8.2 @6", name="both"),
        relation(C, A, "8.1 subset-of 8.1#planned @6", name="point"),
        iso1=core,
        iso2=core,
    )
    (way, *_) = closure.ways(f"{B}:8.2", f"{A}:8.2")
    assert next(closure.words(step) for step in way) == (
        "ISO2:2030, 8.2 is part of ISO2:2030, 8.1 and ISO2:2030, 8.2 together."
    )
    assert closure.words(way[-1]) == (
        "ISO2:2030, 8.1 and ISO2:2030, 8.2 together equal-to ISO1:2030, 8.2 (stated in both; confidence 0.8)."
    )
    (share, *_) = closure.ways(f"{A}:8.1", f"{B}:8.1")
    assert closure.words(share[0]) == (
        "ISO1:2030, 8.1 shares something with ISO2:2030, 8.1 (core points planned; confidence 0.9)."
    )
    (core_way, *_) = closure.ways(f"{C}:8.1", f"{B}:8.1")
    assert "the core point planned" in " ".join(closure.words(step) for step in core_way)


def test_the_whole_of_a_standard_is_named_so() -> None:
    closure = close(relation(A, B, "8.1 no-relationship *", name="none"))
    (way,) = closure.ways(f"{A}:8.1", f"{B}:8.2")
    assert closure.words(way[0]) == (
        "ISO1:2030, 8.1 no-relationship the whole of ISO2:2030 (stated in none; confidence 0.8)."
    )


# --- against true sets -----------------------------------------------------------------------------------------------


def truly(one: frozenset[int], other: frozenset[int]) -> int:
    if one == other:
        return EQUAL
    if one < other:
        return SUBSET
    if one > other:
        return SUPERSET
    return INTERSECTS if one & other else NONE


class World:
    """Hidden duties of every point, clauses as their unions, and relations that are true of them."""

    def __init__(self, random: Random) -> None:
        cores = ("issues", "parties", "risks", "planned")
        core = {name: frozenset(random.sample(range(8), random.randint(1, 2))) for name in cores}
        self.sets: dict[str, frozenset[int]] = {}
        self.sides: dict[str, list[str]] = {}
        standards = []
        for key in (A, B, C):
            clauses: dict[str, list[str] | None] = {"8": None}
            for number in ("8.1", "8.2", "8.3"):
                words = [f"={name}" for name in random.sample(cores, random.randint(0, 2))]
                words += [f"+own{n}" for n in range(random.randint(0 if words else 1, 2))]
                clauses[number] = words
                for word in words:
                    duties = core.get(word[1:]) or frozenset(random.sample(range(8), random.randint(1, 2)))
                    self.sets[f"{key}:{number}#{word[1:]}"] = duties
                self.sets[f"{key}:{number}"] = frozenset().union(
                    *(self.sets[f"{key}:{number}#{word[1:]}"] for word in words)
                )
            self.sides[key] = [ref.partition(":")[2] for ref in self.sets if ref.startswith(key)] + ["8", "8.1,8.3"]
            standards.append(standard(key, clauses))
        relations = []
        for number in range(random.randint(2, 9)):
            first, second = random.sample((A, B, C), 2)
            one, other = random.choice(self.sides[first]), random.choice(self.sides[second])
            (predicate,) = names_of(truly(self.duties(first, one), self.duties(second, other)))
            strength = "" if predicate == "no-relationship" else " @5"
            relations.append(relation(first, second, f"{one} {predicate} {other}{strength}", name=f"r{number}"))
        self.graph = graph(*standards, relations=relations)

    def duties(self, key: str, words: str) -> frozenset[int]:
        numbers = ("8.1", "8.2", "8.3") if words == "8" else words.split(",")
        return frozenset().union(*(self.sets[f"{key}:{number}"] for number in numbers))


@pytest.mark.slow
@given(st.integers(0, 2**32))
@settings(max_examples=tried(150))
def test_nothing_false_follows_from_true_relations(seed: int) -> None:
    world = World(Random(seed))
    closure = Closure(world.graph)
    assert closure.contradictions == ()
    for first, second in ((A, B), (B, C), (C, A)):
        for found in closure.between(first, second):
            assert found.possible & truly(world.sets[found.subject], world.sets[found.object])
    for one, first in world.sets.items():
        for other, second in world.sets.items():
            assert closure.conclusion(one, other).possible & truly(first, second)


# --- order, reuse, the real library ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_library_changes_nothing(seed: int) -> None:
    world = World(Random(seed + 100))
    shuffled = ClauseGraph(shuffle(world.graph.library, Random(seed)))
    one, other = Closure(shuffled), Closure(world.graph)
    assert one.between(A, C) == other.between(A, C)
    for found in one.between(A, C):
        assert one.ways(found.subject, found.object) == other.ways(found.subject, found.object)
    assert one.contradictions == other.contradictions


@pytest.mark.parametrize("seed", range(20))
def test_asked_of_some_clauses_only_the_same_follows_about_them(seed: int) -> None:
    world = World(Random(seed + 300))
    for one in (leaf.ref for key in (A, C) for leaf in world.graph.leaves(key)):
        every = Closure(world.graph).between(A, C)
        about = tuple(found for found in every if one in (found.subject, found.object))
        assert Closure(world.graph).between(A, C, {one}) == about
        whole, some = Grouping(world.graph, (A, B, C)), Grouping(world.graph, (A, B, C), only={one})
        far = C if one.startswith(A) else A
        assert some.best(one, far) == whole.best(one, far)


@pytest.mark.parametrize("seed", range(20))
def test_of_what_is_not_tied_to_a_set_nothing_is_claimed(seed: int) -> None:
    derivation = Closure(World(Random(seed + 500)).graph).derivation
    names = sorted({name for own in derivation._base for name in own[:2]})
    for one in names:
        tied = derivation.tied(one, names)
        assert all(derivation.claim(one, other) is None for other in names if other not in tied)


def test_where_nothing_is_stated_the_core_alone_says_what_a_whole_comparison_does() -> None:
    keys = ("iso27001-2022", "iso50001-2018", "iso55001-2024", "iso45001-2018")
    built = ClauseGraph(load(find_mappings(None), keys))
    seen = set()
    for first, second in combinations(keys, 2):
        pair = Pair(built, first, second)
        assert not pair.ties
        for one in (leaf.ref for leaf in built.leaves(first)):
            for other in pair.near(one):
                whole = pair.leaf(one, other)
                assert pair.premise(one, other) == (whole.possible, frozenset(whole.shared), (), whole.confidence)
                seen.add(whole.possible)
    assert {SHARE, EQUAL, EQUAL | SUBSET, EQUAL | SUPERSET} <= seen


@pytest.mark.parametrize("seed", range(10))
def test_what_is_said_in_short_is_what_a_whole_comparison_says(seed: int) -> None:
    built = World(Random(seed + 600)).graph
    seen = 0
    for first, second in ((A, B), (C, A), (B, C)):
        short, whole = Pair(built, first, second), Pair(built, first, second)
        for one in (leaf.ref for leaf in built.leaves(first)):
            for other in (leaf.ref for leaf in built.leaves(second)):
                known = whole.leaf(one, other)
                stated = ALL
                for tie in whole.ties_between((one,), (other,)):
                    near, far = part((one,), tie.subject), INVERSE[part((other,), tie.object)]
                    stated &= compose(compose(near, tie.mask), far)
                adds = known.possible not in (0, stated) and not known.possible & NONE
                assert short.possible(one, other) == known.possible
                said = short.premise(one, other)
                assert (said is not None) == bool(known.shared or adds)
                if said is not None and not known.jointly:
                    assert said == (known.possible, frozenset(known.shared), known.relations, known.confidence)
                    seen += 1
    assert seen


def test_a_library_is_closed_without_comparing_its_clauses_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    whole: list[tuple[str, str]] = []
    compared = Pair._compare
    monkeypatch.setattr(Pair, "_compare", lambda pair, *ends: (whole.append(ends), compared(pair, *ends))[1])
    closure = Closure(World(Random(7)).graph)
    assert closure.derivation._base
    for one, other in ((A, B), (A, C), (B, C)):
        closure.between(one, other)
    assert whole == []


@pytest.mark.parametrize("seed", range(10))
def test_each_pair_takes_over_the_same_in_whatever_order_it_is_asked(seed: int) -> None:
    world = World(Random(seed + 400))
    one, other = Grouping(world.graph, (A, B, C)), Grouping(world.graph, (A, B, C))
    for key in ((A, B), (A, C), (B, C)):
        one.pair(*key)
    for key in ((B, C), (C, A), (A, B)):
        other.pair(*key)
    for (first, second), pair in one.pairs.items():
        assert pair.sharing() == other.pairs[first, second].sharing()


def test_pairs_that_were_looked_at_before_are_taken_as_they_are() -> None:
    built = library(relation(A, B, "8.1 subset-of 8.1 @6"), relation(B, C, "8.1 subset-of 8.1 @6"))
    pair = Pair(built, C, A)
    closure = Closure(built, [pair])
    assert closure.pairs[frozenset((A, C))] is pair
    assert ends(closure.between(A, C)) == [("8.1", "8.1", ("subset-of",))]
    assert ends(closure.between(C, A)) == [("8.1", "8.1", ("superset-of",))]


@pytest.mark.slow
def test_the_library_is_closed_under_derivation_without_a_contradiction() -> None:
    assert Closure(ClauseGraph(load(find_mappings(None)))).contradictions == ()
