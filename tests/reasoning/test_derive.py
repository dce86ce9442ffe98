"""What is derived, held against true sets, against the full algebraic closure, and against its own premises."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable, Sequence
from itertools import permutations, product
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imsmap.library.relationships import (
    ALL,
    COMPOSE,
    EQUAL,
    INTERSECTS,
    INVERSE,
    NONE,
    PREDICATES,
    SHARE,
    SUBSET,
    SUPERSET,
)
from imsmap.reasoning.derive import Constraint, Contradiction, Derivation, derive
from tests.drawn import tried

PARTS = (EQUAL | SUBSET, EQUAL | SUPERSET, SHARE, NONE, ALL & ~(EQUAL | SUBSET), ALL & ~(EQUAL | SUPERSET))
CONFIDENCES = (0.5, 0.7, 0.9)
Masks = dict[tuple[str, str], int]


def parts_of(mask: int) -> int:
    """All that a mask says about within, holding and sharing, each by itself."""
    told = ALL
    for part in PARTS:
        if not mask & ~part:
            told &= part
    return told


PLAIN = tuple(mask for mask in range(1, ALL + 1) if parts_of(mask) == mask)
"""What a single relation, the core, and what follows from them can leave possible."""


def relation(one: frozenset[int], other: frozenset[int]) -> int:
    if one == other:
        return EQUAL
    if one < other:
        return SUBSET
    if one > other:
        return SUPERSET
    return INTERSECTS if one & other else NONE


def closure(nodes: Sequence[str], constraints: Iterable[Constraint]) -> Masks:
    """The full path-consistency closure, told in the plainest way: every triangle until nothing changes."""
    masks = {(one, other): EQUAL if one == other else ALL for one, other in product(nodes, repeat=2)}
    for given_ in constraints:
        masks[given_.subject, given_.object] &= given_.mask
        masks[given_.object, given_.subject] &= INVERSE[given_.mask]
    changed = True
    while changed:
        changed = False
        for a, b, c in product(nodes, repeat=3):
            narrower = masks[a, c] & COMPOSE[masks[a, b]][masks[b, c]]
            if narrower != masks[a, c]:
                masks[a, c], masks[c, a], changed = narrower, INVERSE[narrower], True
    return masks


def nodes_of(count: int) -> list[str]:
    return [f"iso{number}-2030:4" for number in range(count)]


class World:
    """Hidden true sets, and constraints that they fulfil, some told weakly."""

    def __init__(self, random: Random, count: int, relations: int, weaker: Sequence[int]) -> None:
        self.nodes = nodes_of(count)
        self.sets = {node: frozenset(random.sample(range(6), random.randint(1, 4))) for node in self.nodes}
        self.constraints = []
        for number in range(relations):
            one, other = random.sample(self.nodes, 2)
            true = relation(self.sets[one], self.sets[other])
            mask = true if random.random() < 0.6 else random.choice([m for m in weaker if m & true])
            self.constraints.append(Constraint(one, other, mask, f"r{number:02}", random.choice(CONFIDENCES)))

    def true(self, one: str, other: str) -> int:
        return relation(self.sets[one], self.sets[other])


def wild(random: Random, count: int, relations: int) -> list[Constraint]:
    """Constraints that nobody held against sets: most of them clash."""
    return [
        Constraint(*random.sample(nodes_of(count), 2), random.choice(PLAIN), f"r{n:02}", random.choice(CONFIDENCES))
        for n in range(relations)
    ]


def only(constraints: Iterable[Constraint], premises: Iterable[str]) -> list[Constraint]:
    names = set(premises)
    return [constraint for constraint in constraints if constraint.premise in names]


def stated(*words: str, confidence: float = 0.9) -> list[Constraint]:
    """Constraints in words: `a:1 subset-of b:1`, the premise being the words."""
    return [
        Constraint(subject, object_, PREDICATES[predicate], word, confidence)
        for word in words
        for subject, predicate, object_ in [word.split()]
    ]


seeds = st.integers(0, 2**32)


# --- against true sets -----------------------------------------------------------------------------------------------


@given(seeds)
@settings(max_examples=tried(300))
def test_nothing_false_is_said_of_true_sets(seed: int) -> None:
    random = Random(seed)
    world = World(random, random.randint(2, 9), random.randint(1, 20), range(1, ALL + 1))
    found = derive(world.constraints)
    assert found.contradictions == ()
    for one, other in permutations(world.nodes, 2):
        assert found.possible(one, other) & world.true(one, other)


@given(seeds)
@settings(max_examples=tried(100))
def test_every_derived_claim_holds_of_the_true_sets_and_leaves_no_doubt_whether_they_share(seed: int) -> None:
    random = Random(seed)
    world = World(random, 8, 16, PLAIN)
    for claim in derive(world.constraints).derived():
        assert claim.possible & world.true(claim.subject, claim.object)
        assert claim.claim in ("proved", "share something")
        assert claim.possible == NONE or not claim.possible & NONE


# --- against the full closure ----------------------------------------------------------------------------------------


@given(seeds)
@settings(max_examples=tried(300))
def test_nothing_is_missed_that_the_full_closure_finds(seed: int) -> None:
    random = Random(seed)
    world = World(random, random.randint(3, 5), random.randint(2, 10), PLAIN)
    found, full = derive(world.constraints), closure(world.nodes, world.constraints)
    assert {pair: found.possible(*pair) for pair in full} == full


@given(seeds)
@settings(max_examples=tried(100))
def test_derived_are_the_claims_of_the_full_closure_that_are_not_stated_between_the_two(seed: int) -> None:
    random = Random(seed)
    world = World(random, 5, 8, PLAIN)
    full = closure(world.nodes, world.constraints)
    own = dict.fromkeys(full, ALL)
    for given_ in world.constraints:
        own[given_.subject, given_.object] &= given_.mask
        own[given_.object, given_.subject] &= INVERSE[given_.mask]
    expected = {
        (*pair, mask)
        for pair, mask in full.items()
        if pair[0] < pair[1] and mask != own[pair] and (mask == NONE or not mask & NONE)
    }
    assert {(c.subject, c.object, c.possible) for c in derive(world.constraints).derived()} == expected


@given(seeds)
@settings(max_examples=tried(200))
def test_a_contradiction_is_found_if_and_only_if_the_full_closure_has_an_empty_pair(seed: int) -> None:
    random = Random(seed)
    constraints = wild(random, random.randint(2, 5), random.randint(2, 8))
    full = closure(nodes_of(5), constraints)
    found = derive(constraints).contradictions
    assert bool(found) == (0 in full.values())
    for clash in found:
        alone = only(constraints, clash.premises)
        assert 0 in closure(nodes_of(5), alone).values()
        assert clash.one.says & clash.other.says == 0


@given(seeds)
@settings(max_examples=tried(100))
def test_less_usual_masks_never_tell_more_than_the_full_closure(seed: int) -> None:
    random = Random(seed)
    world = World(random, 4, 7, range(1, ALL + 1))
    found, full = derive(world.constraints), closure(world.nodes, world.constraints)
    for pair, mask in full.items():
        assert mask & ~found.possible(*pair) == 0


def test_the_plain_masks_are_closed_and_hold_every_single_relation() -> None:
    assert len(PLAIN) == 14
    assert set(PREDICATES.values()) | {SHARE, ALL} <= set(PLAIN)
    for one, other in product(PLAIN, PLAIN):
        assert {COMPOSE[one][other], one & other or ALL, INVERSE[one]} <= set(PLAIN)
        for third in PLAIN:
            if other & third:
                assert COMPOSE[one][other & third] == COMPOSE[one][other] & COMPOSE[one][third]


# --- premises and confidence -----------------------------------------------------------------------------------------


@pytest.mark.slow
@given(seeds)
@settings(max_examples=tried(150))
def test_the_premises_alone_prove_the_same_and_the_weakest_gives_the_confidence(seed: int) -> None:
    random = Random(seed)
    world = World(random, 6, 12, range(1, ALL + 1))
    found = derive(world.constraints)
    for one, other in permutations(world.nodes, 2):
        conclusion = found.conclusion(one, other)
        used = only(world.constraints, found.premises(one, other))
        assert derive(used).possible(one, other) == conclusion.possible
        assert conclusion.confidence == min((c.confidence for c in used), default=None)


@given(seeds)
@settings(max_examples=tried(150))
def test_no_other_way_to_the_same_claim_is_surer(seed: int) -> None:
    random = Random(seed)
    world = World(random, 5, 9, PLAIN)
    found = derive(world.constraints)
    surer = {
        limit: closure(world.nodes, [c for c in world.constraints if c.confidence > limit]) for limit in CONFIDENCES
    }
    for one, other in permutations(world.nodes, 2):
        conclusion = found.conclusion(one, other)
        if conclusion.confidence is None:
            assert conclusion.possible == ALL
        else:
            assert surer[conclusion.confidence][one, other] != conclusion.possible


@given(seeds)
@settings(max_examples=tried(60))
def test_every_way_leads_from_subject_to_object_and_proves_what_it_says(seed: int) -> None:
    random = Random(seed)
    world = World(random, 6, 12, PLAIN)
    found = derive(world.constraints)
    for one, other in permutations(world.nodes, 2):
        for way in found.ways(one, other):
            assert (way.steps[0].subject, way.steps[-1].object) == (one, other)
            composed = EQUAL
            for step, then in zip(way.steps, [*way.steps[1:], None], strict=True):
                assert then is None or step.object == then.subject
                composed = COMPOSE[composed][step.mask]
            assert composed & ~way.says == 0


def test_a_chain_is_as_sure_as_its_weakest_link() -> None:
    found = derive(
        [
            Constraint("a:1", "b:1", SUBSET, "sure", 0.9),
            Constraint("b:1", "c:1", SUBSET, "unsure", 0.4),
            Constraint("c:1", "d:1", EQUAL, "fair", 0.7),
        ]
    )
    assert found.conclusion("a:1", "d:1") == ("a:1", "d:1", SUBSET, 0.4)
    assert found.premises("a:1", "d:1") == ("fair", "sure", "unsure")


def test_of_two_ways_to_the_same_claim_the_surer_counts() -> None:
    weak = stated("a:1 subset-of b:1", "b:1 subset-of d:1", confidence=0.5)
    strong = stated("a:1 subset-of c:1", "c:1 subset-of d:1", confidence=0.8)
    found = derive(weak + strong)
    assert found.conclusion("a:1", "d:1").confidence == 0.8
    assert found.premises("a:1", "d:1") == ("a:1 subset-of c:1", "c:1 subset-of d:1")


def test_a_claim_that_needs_both_ways_is_as_sure_as_the_weaker() -> None:
    found = derive(
        [
            Constraint("a:1", "b:1", EQUAL | SUBSET, "within", 0.9),
            Constraint("b:1", "a:1", EQUAL | SUBSET, "holding", 0.6),
        ]
    )
    assert found.conclusion("a:1", "b:1") == ("a:1", "b:1", EQUAL, 0.6)
    assert found.premises("a:1", "b:1") == ("holding", "within")


@pytest.mark.parametrize("contradicted", [False, True], ids=["agreed", "contradicted"])
def test_narrowed_to_two_of_three_standards_nothing_is_told_through_the_third(contradicted: bool) -> None:
    between = stated("a:1 subset-of b:1", "b:1 subset-of a:2", "a:3 superset-of b:2", "b:2 superset-of a:4")
    through = stated("a:1 subset-of c:1", "c:1 subset-of b:3")
    wrong = stated("a:5 subset-of b:5", "a:5 no-relationship b:5") if contradicted else []
    whole = derive([*between, *through, *wrong])
    narrowed, alone = whole.within({"a", "b"}), derive([*between, *wrong])
    assert whole.claim("a:1", "b:3") is not None
    assert narrowed.claim("a:1", "b:3") is None
    assert list(narrowed.derived()) == list(alone.derived())
    assert narrowed.contradictions == alone.contradictions
    assert bool(narrowed.contradictions) == contradicted
    for one, other in (("a:1", "b:1"), ("a:1", "a:2"), ("a:3", "a:4"), ("b:1", "b:2")):
        assert narrowed.conclusion(one, other) == alone.conclusion(one, other)
        assert narrowed.premises(one, other) == alone.premises(one, other)
        assert [way.says for way in narrowed.ways(one, other)] == [way.says for way in alone.ways(one, other)]
    assert list(narrowed.without(["a:1 subset-of b:1"]).derived()) == list(derive([*between[1:], *wrong]).derived())


# --- what may be claimed ---------------------------------------------------------------------------------------------


def test_two_parts_of_a_hub_are_not_related_by_that() -> None:
    assert list(derive(stated("a:1 subset-of hub:1", "b:1 subset-of hub:1")).derived()) == []


def test_what_holds_a_common_part_shares_something() -> None:
    (claim,) = derive(stated("a:1 superset-of hub:1", "b:1 superset-of hub:1")).derived()
    assert (claim.possible, claim.claim) == (SHARE, "share something")


def test_where_no_relationship_is_still_possible_the_answer_narrows_but_nothing_is_claimed() -> None:
    found = derive(stated("a:1 intersects-with b:1", "b:1 no-relationship c:1"))
    assert found.conclusion("a:1", "c:1").claim == "unknown"
    assert found.possible("a:1", "c:1") == ALL & ~(EQUAL | SUBSET)
    assert list(found.derived()) == []


def test_a_part_of_what_is_apart_is_apart() -> None:
    found = derive(stated("a:1 subset-of b:1", "b:1 no-relationship c:1", "d:1 subset-of c:1"))
    assert found.conclusion("a:1", "d:1").claim == "proved"
    assert found.possible("a:1", "d:1") == NONE


def test_a_claim_may_pass_through_the_same_standard_but_is_told_only_between_two() -> None:
    words = stated("a:1 equal-to b:1", "b:1 subset-of b:2", "b:2 subset-of c:9", "a:2 superset-of b:2")
    claims = {(c.subject, c.object) for c in derive(words).derived()}
    assert claims == {("a:1", "b:2"), ("a:1", "c:9"), ("a:2", "b:1"), ("a:2", "c:9"), ("b:1", "c:9")}


def test_between_two_standards_the_subject_is_of_the_first() -> None:
    found = derive(stated("a:1 subset-of b:1", "b:1 subset-of c:1"))
    assert [tuple(c)[:3] for c in found.derived("c", "a")] == [("c:1", "a:1", SUPERSET)]
    assert [tuple(c)[:3] for c in found.derived("a", "c")] == [("a:1", "c:1", SUBSET)]
    assert list(found.derived("a", "b")) == []


def test_a_union_passes_on_what_holds_of_all_of_it_and_not_to_its_members_what_it_shares() -> None:
    union = [Constraint(m, "a:1+2", EQUAL | SUBSET, "structure", 1.0) for m in ("a:1", "a:2")]
    inside = derive([*union, *stated("a:1+2 subset-of b:1")])
    assert inside.possible("a:1", "b:1") == SUBSET
    assert inside.premises("a:1", "b:1") == ("a:1+2 subset-of b:1", "structure")
    assert inside.conclusion("a:1", "b:1").confidence == 0.9
    shared = derive([*union, *stated("a:1+2 intersects-with b:1")])
    assert shared.possible("a:1", "b:1") & NONE


def test_from_nothing_follows_nothing() -> None:
    found = derive([])
    assert (list(found.derived()), found.contradictions, found.disputed) == ([], (), frozenset())
    assert found.conclusion("a:1", "b:1") == ("a:1", "b:1", ALL, None)
    assert found.possible("a:1", "a:1") == EQUAL
    assert found.ways("a:1", "b:1") == ()
    assert found.premises("a:1", "b:1") == ()


def test_a_constraint_that_leaves_everything_open_says_nothing() -> None:
    found = derive([Constraint("a:1", "b:1", ALL, "idle", 0.9), *stated("b:1 equal-to c:1")])
    assert found.conclusion("a:1", "c:1") == ("a:1", "c:1", ALL, None)
    assert list(found.derived()) == []


# --- contradictions --------------------------------------------------------------------------------------------------


def clashes(found: Derivation) -> list[tuple[set[str], set[str]]]:
    return [(set(clash.one.premises), set(clash.other.premises)) for clash in found.contradictions]


def test_a_planted_contradiction_names_both_ways() -> None:
    found = derive(stated("a:1 subset-of b:1", "b:1 subset-of c:1", "a:1 no-relationship c:1"))
    assert clashes(found) == [({"a:1 no-relationship c:1"}, {"a:1 subset-of b:1", "b:1 subset-of c:1"})]
    assert found.possible("a:1", "c:1") == 0


@given(seeds)
@settings(max_examples=tried(60))
def test_a_lie_among_truths_is_named(seed: int) -> None:
    random = Random(seed)
    world = World(random, 8, 24, PLAIN)
    before = derive(world.constraints)
    known = [pair for pair in permutations(world.nodes, 2) if before.possible(*pair) != ALL]
    one, other = random.choice(known)
    lie = random.choice([m for m in PREDICATES.values() if not m & before.possible(one, other)])
    found = derive([*world.constraints, Constraint(one, other, lie, "lie", 0.95)])
    assert found.contradictions
    assert all("lie" in clash.premises for clash in found.contradictions)
    for clash in found.contradictions:
        without = only(world.constraints, clash.premises)
        assert derive(without).contradictions == ()


def test_a_cycle_of_subsets_is_one_contradiction_and_makes_nobody_equal() -> None:
    found = derive(stated("a:1 subset-of b:1", "b:1 subset-of c:1", "c:1 subset-of a:1"))
    assert len(found.contradictions) == 1
    assert found.disputed == {"a:1 subset-of b:1", "b:1 subset-of c:1", "c:1 subset-of a:1"}
    assert list(found.derived()) == []


def test_a_contradiction_spoils_only_what_rests_on_it() -> None:
    sound = stated("d:1 subset-of e:1", "e:1 subset-of f:1", "c:1 superset-of f:1")
    spoilt = stated("a:1 subset-of b:1", "b:1 subset-of c:1", "a:1 no-relationship c:1")
    claims = list(derive(sound).derived())
    found = derive([*sound, *spoilt])
    assert len(found.contradictions) == 1
    assert set(claims) <= set(found.derived())
    assert not any(set(found.premises(c.subject, c.object)) & found.disputed for c in claims)


def test_one_lie_under_many_is_told_once_and_not_for_each_of_them() -> None:
    many = [
        word
        for n in range(30)
        for word in stated(f"x{n}:1 subset-of a:1", f"y{n}:1 superset-of b:1", f"x{n}:1 superset-of s{n}:1")
    ]
    found = derive([*many, *stated("a:1 equal-to b:1", "a:1 no-relationship b:1")])
    assert clashes(found) == [({"a:1 no-relationship b:1"}, {"a:1 equal-to b:1"})]


def test_an_empty_mask_and_masks_that_exclude_each_other_are_contradictions() -> None:
    empty = derive([Constraint("a:1", "b:1", 0, "empty", 0.9)])
    assert [clash.premises for clash in empty.contradictions] == [{"empty"}]
    assert empty.possible("a:1", "b:1") == 0
    odd = derive([Constraint("a:1", "b:1", EQUAL | NONE, "odd", 0.9), *stated("b:1 superset-of a:1")])
    assert [clash.premises for clash in odd.contradictions] == [{"odd", "b:1 superset-of a:1"}]


def test_a_mask_that_is_no_plain_one_counts_for_its_own_pair() -> None:
    found = derive(
        [
            Constraint("b:1", "a:1", SUBSET | SUPERSET, "odd", 0.6),
            Constraint("a:1", "b:1", EQUAL | SUBSET, "within", 0.9),
        ]
    )
    assert found.conclusion("a:1", "b:1") == ("a:1", "b:1", SUBSET, 0.6)
    assert found.premises("a:1", "b:1") == ("odd", "within")


def test_a_relation_of_a_set_to_itself_other_than_equal_is_a_contradiction() -> None:
    found = derive([Constraint("a:1", "a:1", SUBSET, "self", 0.9)])
    assert [clash.premises for clash in found.contradictions] == [{"self"}]


# --- order and size --------------------------------------------------------------------------------------------------


def everything(found: Derivation, nodes: Sequence[str]) -> tuple[object, ...]:
    clashes_: tuple[Contradiction, ...] = found.contradictions
    return (list(found.derived()), clashes_, [found.ways(*pair) for pair in permutations(nodes, 2)])


@pytest.mark.slow
@given(seeds)
@settings(max_examples=tried(60))
def test_the_order_of_the_constraints_changes_nothing(seed: int) -> None:
    random = Random(seed)
    for constraints in (World(random, 6, 14, PLAIN).constraints, wild(random, 5, 9)):
        shuffled = random.sample(constraints, len(constraints))
        assert everything(derive(shuffled), nodes_of(6)) == everything(derive(constraints), nodes_of(6))


@given(seeds, st.sets(st.integers(0, 6), min_size=2))
@settings(max_examples=tried(60))
def test_narrowed_to_some_standards_it_says_what_follows_from_their_constraints_alone(
    seed: int, chosen: set[int]
) -> None:
    world = World(Random(seed), 7, 14, PLAIN)
    standards = {f"iso{number}-2030" for number in chosen}
    alone = derive(
        one for one in world.constraints if {one.subject.partition(":")[0], one.object.partition(":")[0]} <= standards
    )
    narrowed = derive(world.constraints).within(standards)

    assert list(narrowed.derived()) == list(alone.derived())
    for one, other in permutations(world.nodes, 2):
        assert narrowed.conclusion(one, other) == alone.conclusion(one, other)
        assert narrowed.claim(one, other) == alone.claim(one, other)
        assert [way.says for way in narrowed.ways(one, other)] == [way.says for way in alone.ways(one, other)]
        assert narrowed.premises(one, other) == alone.premises(one, other)
        assert (other in narrowed.tied(one, [other])) >= (alone.claim(one, other) is not None)


@given(seeds, st.sets(st.integers(0, 4), min_size=2))
@settings(max_examples=tried(60))
def test_narrowed_where_something_contradicts_it_keeps_only_the_contradictions_among_those_standards(
    seed: int, chosen: set[int]
) -> None:
    constraints = wild(Random(seed), 5, 9)
    standards = {f"iso{number}-2030" for number in chosen}
    alone = derive(
        one for one in constraints if {one.subject.partition(":")[0], one.object.partition(":")[0]} <= standards
    )
    narrowed = derive(constraints).within(standards)

    assert narrowed.contradictions == alone.contradictions
    assert list(narrowed.derived()) == list(alone.derived())
    rest = derive(one for one in constraints if one in alone._base and one.premise not in alone.disputed)
    assert list(narrowed.without(narrowed.disputed).derived()) == list(rest.derived())


@pytest.mark.parametrize("count", [50, 100])
def test_what_is_kept_grows_with_what_follows_and_not_with_what_passes_a_hub(count: int) -> None:
    # Many parts of one hub say nothing about each other: neither pairs nor time for pairs.
    found = derive([Constraint(f"s{n}:1", "hub:1", SUBSET, f"r{n}", 0.9) for n in range(count)])
    assert sum(len(over) for over in found._over) == 3 * count + 1
    assert list(found.derived()) == []


# --- the synthetic libraries of the benchmark ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def synthetic() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "synthetic.py"
    spec = importlib.util.spec_from_file_location("synthetic", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["synthetic"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("shape", ["chain", "star", "nm"])
def test_on_a_synthetic_library_much_is_derived_and_nothing_of_it_is_false(synthetic: ModuleType, shape: str) -> None:
    world = synthetic.generate(shape, 1000)
    found = derive(
        Constraint(stated.subject, stated.object, PREDICATES[stated.predicate], str(number), stated.confidence)
        for number, stated in enumerate(world.relations)
    )
    claims = list(found.derived())
    assert found.contradictions == ()
    assert len(claims) > 500
    for claim in claims:
        assert claim.possible & PREDICATES[synthetic.predicate(world.sets[claim.subject], world.sets[claim.object])]


@pytest.mark.parametrize("shape", ["chain", "star", "nm"])
def test_a_synthetic_library_is_the_same_for_the_same_seed_and_has_all_five_relations(
    synthetic: ModuleType, shape: str
) -> None:
    world = synthetic.generate(shape, 1000)
    assert world == synthetic.generate(shape, 1000)
    assert world != synthetic.generate(shape, 1000, seed=2)
    assert len(world.relations) == len({(r.subject, r.object) for r in world.relations}) == 1000
    assert {relation.predicate for relation in world.relations} == set(PREDICATES)
    assert all(first <= last for first, last in world.sets.values())  # an empty set would make the truth untrue


def test_the_third_shape_is_one_connected_component(synthetic: ModuleType) -> None:
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for relation in synthetic.generate("nm", 1000).relations:
        parent[root(relation.subject)] = root(relation.object)
    assert len({root(name) for name in parent}) == 1
