from __future__ import annotations

import itertools
import random

import pytest
from attrs import evolve

from imsmap.library.model import Kin, closest_of
from imsmap.reasoning.shares import Count, Leaf, Share, Shares, Tally, number_of, share, topic_kin

A, B, C, D = "a", "b", "c", "d"


def leaf(key: str, number: str) -> Leaf:
    parts = number.split(".")
    return Leaf(f"{key}:{number}", tuple(".".join(parts[:level]) for level in range(len(parts), 0, -1)))


def topic(id_: str, home: dict[str, str], *classes: tuple[str, str, Kin], keys: tuple[str, ...] = (A, B, C)) -> Share:
    """Each leaf clause stands as its standard does, which is how most topics are."""
    near = dict.fromkeys(keys, Kin.NONE)
    for one, other, kin in classes:
        for key in (one, other):
            near[key] = min(near[key], kin, key=lambda found: found.distance)
    leaves = {key: tuple(evolve(leaf(key, n), kin=near[key]) for n in home.get(key, "").split()) for key in keys}
    return share(id_, id_.partition(".")[0], leaves, classes)


def shares(*topics: Share) -> Shares:
    keys = topics[0].leaves
    found = {key: [one for each in topics for one in each.leaves[key]] for key in keys}
    return Shares(topics, {key: tuple(sorted(held, key=lambda one: one.line[0])) for key, held in found.items()})


def test_standards_that_the_core_ties_stand_in_one_part_also_through_a_third() -> None:
    found = topic("4.1", {A: "4.1", B: "4.1", C: "4.1"}, (A, B, Kin.SAME), (B, C, Kin.EXTENDED), (A, C, Kin.NONE))
    assert found.parts == ((A, B, C),)
    assert found.sharing == (A, B, C)


def test_what_is_only_related_or_not_assessed_is_each_ones_own() -> None:
    for kin in (Kin.RELATED, Kin.TOUCHES, Kin.NONE, Kin.NOT_ASSESSED):
        found = topic("8.1", {A: "8.1", B: "8.1"}, (A, B, kin), keys=(A, B))
        assert found.parts == ((A,), (B,))
        assert (found.sharing, found.kin) == ((), kin)


def test_a_standard_with_no_clause_at_home_has_a_part_only_where_the_core_ties_it() -> None:
    assert topic("4.1", {A: "4.1"}, (A, B, Kin.EXTENDED), keys=(A, B)).parts == ((A, B),)
    assert topic("4.1", {A: "4.1"}, (A, B, Kin.RELATED), keys=(A, B)).parts == ((A,),)


def test_how_a_standard_stands_is_the_closest_of_all_the_others() -> None:
    found = topic("4.1", {A: "4.1"}, (A, B, Kin.NOT_ASSESSED), (A, C, Kin.RELATED), (B, C, Kin.NONE))
    assert found.closest == {A: Kin.RELATED, B: Kin.NOT_ASSESSED, C: Kin.RELATED}


def test_each_standard_is_in_one_part_of_a_topic_whatever_the_classes() -> None:
    chance = random.Random(9)
    keys = (A, B, C, D)
    for _ in range(500):
        home = {key: "4.1" for key in keys if chance.random() < 0.7}
        classes = [(one, other, chance.choice(list(Kin))) for one, other in itertools.combinations(keys, 2)]
        found = topic("4.1", home, *classes, keys=keys)
        inside = [key for part in found.parts for key in part]
        assert len(inside) == len(set(inside))
        # The brute way: who can be reached along core ties.
        for key in inside:
            reached, before = {key}, set()
            while reached != before:
                before = set(reached)
                reached |= {b for one, other, kin in classes if kin.is_core for a, b in ((one, other), (other, one))
                            if a in before}  # fmt: skip
            assert next(part for part in found.parts if key in part) == tuple(one for one in keys if one in reached)
        tied = {key for one, other, kin in classes if kin.is_core for key in (one, other)}
        assert set(inside) == set(home) | tied


def test_own_clauses_are_told_under_the_highest_heading_below_the_main_clause_that_holds_no_other() -> None:
    found = shares(
        topic("8.1", {A: "8.1", B: "8.1"}, (A, B, Kin.SAME), keys=(A, B)),
        topic("8.2", {A: "8.2.1 8.2.2"}, (A, B, Kin.NONE), keys=(A, B)),
        topic("8.3", {A: "8.3.1", B: "8.3"}, (A, B, Kin.EXTENDED), keys=(A, B)),
        topic("8.3 more", {A: "8.3.2"}, (A, B, Kin.RELATED), keys=(A, B)),
        topic("8.9", {A: "8.9"}, keys=(A, B)),
    )
    own = list(found.own_leaves(A))
    assert [(one.main, one.number, [each.line[0] for each in one.leaves]) for one in own] == [
        ("8", "8.2", ["8.2.1", "8.2.2"]), ("8", "8.3.2", ["8.3.2"]), ("8", "8.9", ["8.9"]),
    ]  # fmt: skip
    assert [one.closest for one in own] == [{Kin.NONE}, {Kin.RELATED}, {Kin.NONE}]
    assert found.own(A) == Count(4, 6)
    assert found.own_by_class(A) == {Kin.RELATED: 1, Kin.NONE: 3}
    assert list(found.own_leaves(B)) == []
    assert found.own(B) == Count(0, 2)


def test_a_number_of_any_shape_is_its_own_heading() -> None:
    alone = Leaf("a:REQ-12", ("REQ-12",))
    annex = Leaf("a:A.5.9", ("A.5.9", "A.5", "A"))
    found = Shares((share("x", "8", {A: (alone, annex)}, ()),), {A: (alone, annex)})
    assert [(one.main, one.number) for one in found.own_leaves(A)] == [("REQ-12", "REQ-12"), ("A", "A.5")]


def test_topics_and_leaf_clauses_are_counted_under_some_main_clauses_or_in_all() -> None:
    found = shares(
        topic("4.1", {A: "4.1", B: "4.1"}, (A, B, Kin.SAME), keys=(A, B)),
        topic("6.1", {A: "6.1"}, (A, B, Kin.NONE), keys=(A, B)),
    )
    assert (found.shared(), found.shared(("4",)), found.shared(("6",))) == (Count(1, 2), Count(1, 1), Count(0, 1))
    assert (found.own(A), found.own(A, ("4",)), found.own(A, ("6",))) == (Count(1, 2), Count(0, 1), Count(1, 1))


def test_regions_are_sorted_by_size_and_hold_every_topic_once_save_those_that_several_hold_each_for_itself() -> None:
    found = shares(
        topic("4.1", {A: "4.1", B: "4.1"}, (A, B, Kin.SAME), keys=(A, B)),
        topic("4.2", {A: "4.2", B: "4.2"}, (A, B, Kin.EXTENDED), keys=(A, B)),
        topic("6.1", {B: "6.1"}, (A, B, Kin.NONE), keys=(A, B)),
        topic("7.1", {A: "7.1"}, (A, B, Kin.RELATED), keys=(A, B)),
        topic("8.1", {A: "8.1", B: "8.1"}, (A, B, Kin.RELATED), keys=(A, B)),
    )
    told = {part: [one.topic for one in held] for part, held in found.regions().items()}
    assert list(told.items()) == [((A, B), ["4.1", "4.2"]), ((A,), ["7.1"]), ((B,), ["6.1"])]
    assert [one.topic for one in found.beside] == ["8.1"]


def test_topics_are_counted_in_parts_that_sum() -> None:
    found = shares(
        topic("4.1", {A: "4.1", B: "4.1"}, (A, B, Kin.SAME), keys=(A, B)),
        topic("5.1", {A: "5.1"}, (A, B, Kin.EXTENDED), keys=(A, B)),
        topic("6.1", {A: "6.1", B: "6.1"}, (A, B, Kin.RELATED), keys=(A, B)),
        topic("6.2", {B: "6.2"}, (A, B, Kin.TOUCHES), keys=(A, B)),
        topic("7.1", {A: "7.1", B: "7.1"}, (A, B, Kin.NONE), keys=(A, B)),
        topic("8.1", {A: "8.1"}, (A, B, Kin.NOT_ASSESSED), keys=(A, B)),
    )
    tally = found.tally()
    assert tally == Tally(2, 0, 1, {(A, B): 1, (B,): 1}, 1)
    assert (tally.core, tally.by_themselves, tally.total) == (2, 2, 6)
    assert found.tally(("6",)) == Tally(0, 0, 1, {(B,): 1}, 0)


def test_with_three_standards_the_core_of_all_is_told_from_that_of_some() -> None:
    found = shares(
        topic("4.1", {A: "4.1", B: "4.1", C: "4.1"}, (A, B, Kin.SAME), (B, C, Kin.SAME), (A, C, Kin.SAME)),
        topic("6.1", {A: "6.1", B: "6.1", C: "6.1"}, (A, B, Kin.SAME), (B, C, Kin.NONE), (A, C, Kin.NONE)),
    )
    assert found.tally() == Tally(1, 1, 0, {}, 0)
    assert list(found.regions()) == [(A, B, C), (A, B)]


@pytest.mark.slow
def test_whatever_the_classes_the_parts_sum_to_all_topics_and_regions_hold_each_once() -> None:
    chance = random.Random(10)
    keys = (A, B, C)
    for _ in range(300):
        topics = []
        for number in range(6):
            home = {key: f"4.{number}" for key in keys if chance.random() < 0.6} or {A: f"4.{number}"}
            classes = [
                (one, other, chance.choice(list(Kin)))
                for one, other in itertools.combinations(keys, 2)
                if one in home or other in home
            ]
            topics.append(topic(f"4.{number}", home, *classes, keys=keys))
        found = shares(*topics)
        assert found.tally().total == 6
        assert sum(map(len, found.regions().values())) + len(found.beside) == 6
        assert sum(len(held) for part, held in found.regions().items() if len(part) > 1) == found.tally().core


def test_leaf_clauses_of_a_related_topic_count_as_they_stand_themselves() -> None:
    one, other = leaf(A, "8.1"), evolve(leaf(A, "8.2"), kin=Kin.RELATED)
    found = Shares((share("8", "8", {A: (one, other), B: ()}, ((A, B, Kin.RELATED),)),), {A: (one, other), B: ()})
    assert found.own_by_class(A) == {Kin.RELATED: 1, Kin.NONE: 1}


def test_points_that_a_standard_adds_are_counted_under_some_main_clauses_or_in_all() -> None:
    leaves = {A: (leaf(A, "4.1"),), B: ()}
    found = Shares((share("4.1", "4", leaves, (), {A: 3}), share("5.1", "5", leaves, (), {A: 2, B: 1})), leaves)
    assert (found.adds(A), found.adds(A, ("4",)), found.adds(B)) == (5, 3, 1)


def test_what_only_touches_one_standard_is_not_alone_while_nobody_has_looked_at_another() -> None:
    assert closest_of([Kin.TOUCHES, Kin.NOT_ASSESSED]) is Kin.NOT_ASSESSED
    assert closest_of([Kin.NOT_ASSESSED, Kin.NONE]) is Kin.NOT_ASSESSED
    assert closest_of([Kin.RELATED, Kin.NOT_ASSESSED]) is Kin.RELATED
    assert closest_of([Kin.TOUCHES, Kin.NONE]) is Kin.TOUCHES
    assert closest_of([]) is Kin.NONE


@pytest.mark.parametrize(
    ("kins", "adds", "kin"),
    [
        ((Kin.SAME,), (0, 0), Kin.SAME),
        ((Kin.SAME, Kin.EXTENDED), (0, 0, 0), Kin.EXTENDED),
        ((Kin.SAME, Kin.NONE), (0, 2, 0), Kin.EXTENDED),
        ((Kin.RELATED, Kin.NONE), (3, 2), Kin.RELATED),
    ],
)
def test_a_topic_is_the_same_only_where_no_standard_says_more(
    kins: tuple[Kin, ...], adds: tuple[int, ...], kin: Kin
) -> None:
    assert topic_kin(kins, adds) is kin


@pytest.mark.parametrize(
    ("held", "others", "told"),
    [
        (("8.3.1", "8.3.2", "8.3.3"), (), "8.3"),
        (("6.1.2.2", "6.1.2.3"), ("6.1.2.1",), "6.1.2.2\u00a0and\u00a06.1.2.3"),
        (("6.1.2.2", "6.1.2.3", "6.1.2.4"), ("6.1.2.1",), "6.1.2.2\u00a0to\u00a06.1.2.4"),
        (("8.1.2",), ("8.1.1",), "8.1.2"),
        (("8.1", "9.1"), (), "8.1"),
        ((), (), ""),
    ],
)
def test_clauses_are_called_by_a_heading_only_if_it_holds_no_others(
    held: tuple[str, ...], others: tuple[str, ...], told: str
) -> None:
    lines = [leaf(A, number).line for number in held]
    assert number_of(lines, [*(leaf(A, number).line for number in others), *lines]) == told
