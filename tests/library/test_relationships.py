"""The algebra of set relations, held against sets."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imsmap.library.relationships import (
    ALL,
    COMPOSE,
    EQUAL,
    INTERSECTS,
    INVERSE,
    NONE,
    OSCAL,
    PREDICATES,
    SHARE,
    SKOS,
    SUBSET,
    SUPERSET,
    claim_of,
    compose,
    inverse,
    mask_of,
    names_of,
)

MASKS = range(ALL + 1)
BITS = (EQUAL, SUBSET, SUPERSET, INTERSECTS, NONE)
Sets = frozenset[int]

sets = st.frozensets(st.integers(0, 6), min_size=1)
masks = st.integers(0, ALL)


def relation(one: Sets, other: Sets) -> int:
    """The one true relation between two non-empty sets, told by Python's sets and nothing of ours."""
    if one == other:
        return EQUAL
    if one < other:
        return SUBSET
    if one > other:
        return SUPERSET
    return INTERSECTS if one & other else NONE


@given(sets, sets, sets)
def test_the_true_relation_is_always_among_the_composed(a: Sets, b: Sets, c: Sets) -> None:
    assert relation(a, c) & compose(relation(a, b), relation(b, c))


@given(sets, sets, sets, masks, masks)
def test_the_true_relation_stays_possible_when_less_is_known(
    a: Sets, b: Sets, c: Sets, doubt: int, more_doubt: int
) -> None:
    assert relation(a, c) & compose(relation(a, b) | doubt, relation(b, c) | more_doubt)


def test_each_cell_holds_exactly_what_occurs_among_subsets_of_five_elements() -> None:
    # A set of five elements as an integer of five bits: 31 non-empty sets, 29 791 triples.
    def of(one: int, other: int) -> int:
        if one == other:
            return EQUAL
        shared = one & other
        if shared == one:
            return SUBSET
        if shared == other:
            return SUPERSET
        return INTERSECTS if shared else NONE

    occurs = dict.fromkeys(product(BITS, BITS), 0)
    for a, b, c in product(range(1, 32), repeat=3):
        occurs[of(a, b), of(b, c)] |= of(a, c)
    assert {(r, s): COMPOSE[r][s] for r, s in occurs} == occurs


@given(sets, sets)
def test_the_inverse_is_the_relation_the_other_way_round(a: Sets, b: Sets) -> None:
    assert inverse(relation(a, b)) == relation(b, a)


@pytest.mark.parametrize("mask", MASKS)
def test_the_inverse_of_the_inverse_is_where_one_began(mask: int) -> None:
    assert INVERSE[INVERSE[mask]] == mask


def test_the_inverse_of_a_composition_composes_the_inverses_backwards() -> None:
    for first, second in product(MASKS, MASKS):
        assert INVERSE[COMPOSE[first][second]] == COMPOSE[INVERSE[second]][INVERSE[first]]


def test_it_does_not_matter_which_two_of_three_links_are_composed_first() -> None:
    for one, two, three in product(MASKS, MASKS, MASKS):
        assert COMPOSE[COMPOSE[one][two]][three] == COMPOSE[one][COMPOSE[two][three]]


def test_equality_changes_nothing() -> None:
    for mask in MASKS:
        assert COMPOSE[EQUAL][mask] == COMPOSE[mask][EQUAL] == mask


def test_an_impossible_link_leaves_nothing_possible() -> None:
    assert all(COMPOSE[0][mask] == COMPOSE[mask][0] == 0 for mask in MASKS)


def test_composition_of_sets_of_relations_is_the_union_over_their_members() -> None:
    for first, second in product(MASKS, MASKS):
        expected = 0
        for one, other in product(BITS, BITS):
            if first & one and second & other:
                expected |= COMPOSE[one][other]
        assert COMPOSE[first][second] == expected


def test_knowing_less_never_tells_more() -> None:
    for first, second, doubt in product(MASKS, MASKS, BITS):
        assert COMPOSE[first][second] & ~COMPOSE[first | doubt][second] == 0


def test_two_parts_of_the_same_whole_may_stand_in_any_relation() -> None:
    assert compose(SUBSET, SUPERSET) == ALL


def test_every_relation_has_its_bit_and_its_words() -> None:
    assert tuple(PREDICATES.values()) == BITS
    assert sum(BITS) == ALL
    assert ALL & ~NONE == SHARE
    assert SKOS == {
        "equal-to": "skos:exactMatch",
        "subset-of": "skos:broadMatch",
        "superset-of": "skos:narrowMatch",
        "intersects-with": "skos:relatedMatch",
        "no-relationship": "",
    }
    assert set(OSCAL.items()) == {(name, name) for name in PREDICATES}


def test_skos_words_turn_round_as_the_relations_do() -> None:
    # skos:broadMatch is the inverse of skos:narrowMatch; the other two are symmetric.
    for name, word in SKOS.items():
        (turned,) = names_of(INVERSE[PREDICATES[name]])
        swapped = {"skos:broadMatch": "skos:narrowMatch", "skos:narrowMatch": "skos:broadMatch"}
        assert SKOS[turned] == swapped.get(word, word)


@given(st.sets(st.sampled_from(sorted(PREDICATES))))
def test_names_and_masks_say_the_same(names: set[str]) -> None:
    assert names_of(mask_of(names)) == tuple(sorted(names))


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(KeyError):
        mask_of(["equal-to", "similar-to"])


@pytest.mark.parametrize("mask", MASKS)
def test_a_claim_says_no_more_than_the_mask(mask: int) -> None:
    expected = {0: "contradiction", 1: "proved"}.get(
        len(names_of(mask)), "unknown" if mask & NONE else "share something"
    )
    assert claim_of(mask) == expected
