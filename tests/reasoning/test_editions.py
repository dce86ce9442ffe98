"""Editions side by side: what is known of the ones holds of the others, and nothing is forgotten on the way."""

from __future__ import annotations

from itertools import product

import pytest
from attrs import evolve

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin
from imsmap.reasoning.checking import unassessed_pairs
from imsmap.reasoning.followed import followed
from imsmap.reasoning.friends import false_friends
from imsmap.reasoning.groups import Grouping
from imsmap.reasoning.kinship import Pair
from tests.building import graph, relation, standard
from tests.once import shipped

A, A2, B, B2 = "iso1-2020", "iso1-2030", "iso2-2020", "iso2-2030"
QUALITY, ENVIRONMENT = ("iso9001-2015", "iso9001-2026"), ("iso14001-2015", "iso14001-2026")
SAFETY, SECURITY, INTELLIGENCE = "iso45001-2018", "iso27001-2022", "iso42001-2023"
CONTINUITY, ENERGY = "iso22301-2019", "iso50001-2018"
BETWEEN = (
    *product(QUALITY, ENVIRONMENT),
    *product((*QUALITY, *ENVIRONMENT), (SAFETY,)),
    *product(QUALITY, (SECURITY, CONTINUITY)),
    *product(ENVIRONMENT, (ENERGY,)),
    *product((SECURITY,), (INTELLIGENCE, CONTINUITY)),
)


@pytest.fixture(scope="module")
def real() -> ClauseGraph:
    return shipped()


@pytest.mark.parametrize("keys", BETWEEN, ids="~".join)
def test_every_point_of_an_edition_has_been_looked_at_against_every_edition_of_the_other(
    real: ClauseGraph, keys: tuple[str, str]
) -> None:
    pair = Pair(real, *keys)
    for key, forward in zip(keys, (True, False), strict=True):
        for ref, _ in real.points(leaf.ref for leaf in real.leaves(key)):
            assert pair.point_kin(ref, forward=forward)[0] is not Kin.NOT_ASSESSED, ref


def test_numbers_that_mislead_are_found_between_all_editions(real: ClauseGraph) -> None:
    before, after = ["6.1.2", "8.2", "9.1.2"], ["6.1.2", "6.1.3", "8.2", "9.1.2"]
    found = {
        keys: [friend.number for friend in false_friends(Pair(real, *keys))]
        for keys in (*BETWEEN, ENVIRONMENT, QUALITY)
    }
    assert found == {
        ("iso9001-2015", "iso14001-2015"): before,
        ("iso9001-2015", "iso14001-2026"): before,
        ("iso9001-2026", "iso14001-2015"): after,
        ("iso9001-2026", "iso14001-2026"): after,
        # Assessing hazards meets what 2026 says of weighing risks; its opportunities don't meet legal requirements.
        ("iso9001-2015", SAFETY): before,
        ("iso9001-2026", SAFETY): ["6.1.3", "8.2", "9.1.2"],
        ("iso14001-2015", SAFETY): [],
        ("iso14001-2026", SAFETY): ["6.1.4"],
        ENVIRONMENT: ["6.1.4"],
        QUALITY: [],
        # The newer one analyses and evaluates risks in 6.1.2, as information security does.
        ("iso9001-2015", SECURITY): ["6.1.2", "8.2", "8.3"],
        ("iso9001-2026", SECURITY): ["8.2", "8.3"],
        ("iso9001-2015", CONTINUITY): ["8.2.1", "8.2.3", "8.3.1", "8.3.2", "8.3.4", "8.3.5", "8.4.3", "8.6"],
        ("iso9001-2026", CONTINUITY): ["8.2.1", "8.2.3", "8.3.1", "8.3.2", "8.3.4", "8.3.5", "8.4.3", "8.6"],
        # Design there, emergencies here.
        ("iso14001-2015", ENERGY): ["8.2"],
        ("iso14001-2026", ENERGY): ["8.2"],
        (SECURITY, CONTINUITY): [],
        # Two annexes with the same numbers for other controls.
        (SECURITY, INTELLIGENCE): [
            "A.5.2",
            "A.5.3",
            "A.5.4",
            "A.5.5",
            "A.6.1",
            "A.6.2",
            "A.7",
            "A.8.2",
            "A.8.3",
            "A.8.5",
        ],
    }


def test_a_clause_that_misleads_says_in_a_few_words_what_it_is_about(real: ClauseGraph) -> None:
    for keys in (*BETWEEN, ENVIRONMENT):
        for friend in false_friends(Pair(real, *keys)):
            assert real.clause(friend.subject).gist, friend.subject
            assert real.clause(friend.object).gist, friend.object


ANY_TWO = (
    *product(QUALITY, ENVIRONMENT), ENVIRONMENT, (SECURITY, CONTINUITY), (SAFETY, CONTINUITY), (QUALITY[0], SECURITY),
    (ENVIRONMENT[0], CONTINUITY), ("iatf16949-2016", "iso20000-1-2018"), ("iso13485-2016", QUALITY[0]),
    ("iso55001-2024", "iso9001-2008"), ("iso20000-1-2018", "iso21001-2025"),
)  # fmt: skip
"""Some of each kind; all 210 pairs of the library were held against each other so when this was written."""


@pytest.mark.slow
@pytest.mark.parametrize("keys", ANY_TWO, ids="~".join)
def test_two_standards_stand_to_each_other_the_same_whatever_else_is_read(
    real: ClauseGraph, keys: tuple[str, str]
) -> None:
    alone, among_all = (Grouping(held, keys).pair(*keys)[0] for held in (shipped(keys, bridges=True), real))
    said = [
        [(one.subject, one.object, one.kin, one.confidence, one.relations) for one in pair.tied()]
        for pair in (alone, among_all)
    ]
    assert said[0] == said[1]


def test_nothing_follows_through_a_standard_that_does_not_lie_between() -> None:
    """A third one that holds the same core, and is tied to one of two alone, is not read for them: so it says nothing.

    Else what a question about the two says would differ from what one about the whole library does.
    """
    held = [standard(key, {"4.1": ["=issues"], "8.1": ["=planned", f"+{key[:4]}"]}) for key in (A, B, "iso3-2030")]
    aside = relation(B, "iso3-2030", "8.1 no-relationship 4.1", name="aside#none")
    told = relation(A, B, "8.1 intersects-with 8.1 @5", name="told#one")
    made = graph(*held, relations=[aside, told])
    sets = tuple(one for one in made.library.sets if {one.subject, one.object} != {A, "iso3-2030"})
    made = ClauseGraph(evolve(made.library, sets=sets))
    assert followed(made).between(A, B) == {A, B}
    assert followed(made).between(A, "iso3-2030") == {A, B, "iso3-2030"}
    only = [graph(*held[:2], relations=[told]), made]
    said = [[(one.subject, one.object, one.kin) for one in Grouping(g, (A, B)).pair(A, B)[0].tied()] for g in only]
    assert said[0] == said[1]


def test_of_two_editions_what_comes_from_nowhere_stands_alone() -> None:
    old, new = standard(A, {"4.1": ["+x"]}), standard(A2, {"4.1": ["+y"]})
    strangers, editions = graph(old, new), graph(old, evolve(new, revises=A))
    for built, kin in ((strangers, Kin.NOT_ASSESSED), (editions, Kin.NONE)):
        pair = Pair(built, A, A2)
        assert pair.leaf(f"{A}:4.1", f"{A2}:4.1").kin is kin
        assert pair.point_kin(f"{A}:4.1#x")[0] is kin


def test_other_editions_of_standards_that_were_looked_at_as_a_whole_are_to_be_whole_too() -> None:
    clauses = {"4.1": ["+x"]}
    held = [standard(A, clauses), evolve(standard(A2, clauses), revises=A), standard(B, clauses)]
    held.append(evolve(standard(B2, clauses), revises=B))
    built = graph(*held)
    only = tuple(one for one in built.library.sets if {one.subject, one.object} == {A, B})
    assert unassessed_pairs(ClauseGraph(evolve(built.library, sets=only))) == ()
    newest = tuple(one for one in built.library.sets if {one.subject, one.object} == {A2, B2})
    assert unassessed_pairs(ClauseGraph(evolve(built.library, sets=newest))) == ((A, B),)


def test_nothing_is_carried_over_from_a_set_through_which_nothing_shall_follow(real: ClauseGraph) -> None:
    assert real.relations_between("iso14001-2015", "iso14001-2004")
    assert real.relations_between("iso14001-2026", "iso14001-2004") == ()
