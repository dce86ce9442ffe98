from __future__ import annotations

import pytest

from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin
from imsmap.reasoning.groups import Grouping
from imsmap.reasoning.kinship import Pair
from imsmap.reasoning.shares import shares_of
from tests.building import graph, relation, standard
from tests.once import shipped

A, B = "iso1-2030", "iso2-2030"


def grouping(**extra: object) -> Grouping:
    built = graph(
        standard(
            A,
            {
                "4.1": ["=issues", "+watching"],
                "6.1": ["=risks"],
                "8.1": ["=planned", "=controlled", "=measured"],
                "8.3": ["+design"],
                "8.4": ["+buy"],
            },
            topics={"8.3": "design", "8.4": "design"},
        ),
        standard(
            B,
            {
                "4.1": ["=issues"],
                "6.1.1": ["=risks"],
                "6.1.2": ["+aspects"],
                "8.1": ["=planned", "+outsource"],
                "9.1": ["=measured"],
            },
            topics={"6.1.2": "aspects"},
            discipline="environment",
        ),
        relations=[relation(A, B, "8.4 intersects-with 8.1 @6"), relation(A, B, "8.3 no-relationship *")],
    )
    return Grouping(built, (A, B))


def test_every_leaf_clause_lives_in_exactly_one_group() -> None:
    found = grouping()
    homes = [ref for group in found.groups for refs in group.home.values() for ref in refs]
    leaves = [leaf.ref for key in (A, B) for leaf in found.graph.leaves(key)]
    assert sorted(homes) == sorted(leaves)


def test_a_leaf_lives_where_most_of_its_core_points_come_from_and_is_cross_referenced_elsewhere() -> None:
    groups = {group.id: group for group in grouping().groups}
    assert groups["8.1"].home[A] == (f"{A}:8.1",)
    assert groups["9.1"].also[A] == (f"{A}:8.1",)


def test_topics_stand_behind_their_hub_clause_in_the_order_of_the_data() -> None:
    assert [group.id for group in grouping().groups] == ["4.1", "6.1", "aspects", "8.1", "design", "9.1"]


def test_a_stated_relation_brings_a_cross_reference_into_a_topic() -> None:
    groups = {group.id: group for group in grouping().groups}
    assert groups["design"].also[B] == (f"{B}:8.1",)


def test_the_class_of_a_row_compares_unions() -> None:
    found = grouping()
    groups = {group.id: group for group in found.groups}
    kinds = {name: found.compare(group, A, B) for name, group in groups.items()}
    assert {name: kinship.kin for name, kinship in kinds.items() if kinship} == {
        "4.1": Kin.EXTENDED,
        "6.1": Kin.SAME,
        "aspects": Kin.NOT_ASSESSED,
        "8.1": Kin.EXTENDED,
        "design": Kin.RELATED,
        "9.1": Kin.EXTENDED,
    }


def test_a_row_in_which_one_clause_is_merely_named_is_not_apart_while_nobody_has_looked_at_it() -> None:
    # Its core points are those of the hub's 8.1 and 9.1: it lives in one of these rows, and is named in the other.
    work = standard(A, {"8.1": ["=planned", "=controlled", "=measured"]})
    trees = standard(B, {"8.2": ["+felling"]}, topics={"8.2": "aspects"}, discipline="environment")
    for relations, kin in (([], Kin.NOT_ASSESSED), ([relation(A, B, "8.1 no-relationship *")], Kin.NONE)):
        found = shares_of(Grouping(graph(work, trees, relations=relations), (A, B)))
        assert {topic.topic: topic.kin for topic in found.topics} == dict.fromkeys(("aspects", "8.1", "9.1"), kin)


def test_against_the_core_a_standard_is_same_extended_or_absent() -> None:
    found = grouping()
    groups = {group.id: group for group in found.groups}
    assert found.against_core(groups["6.1"], A) is Kin.EXTENDED
    assert found.against_core(groups["9.1"], B) is Kin.SAME
    assert found.against_core(groups["design"], A) is None


def test_the_closest_counterpart_of_a_clause_is_found_in_either_direction() -> None:
    found = grouping()
    assert found.best(f"{A}:8.3", B).kin is Kin.NONE
    assert found.best(f"{A}:8.4", B).kin is Kin.RELATED
    assert found.best(f"{B}:6.1.2", A).kin is Kin.NOT_ASSESSED
    assert found.best(f"{B}:6.1.1", A).kin is Kin.SAME


def test_a_standard_named_twice_is_refused() -> None:
    with pytest.raises(UsageError, match="named twice"):
        Grouping(grouping().graph, (A, A))


def test_no_title_shows_the_place_that_the_hub_keeps_for_a_discipline():
    keys = ("iso9001-2015", "iso14001-2015")
    titles = {group.id: group.title for group in Grouping(shipped(keys), keys).groups}
    assert titles["5.2"] == "Policy"
    assert not [title for title in titles.values() if "XXX" in title]


def test_what_stands_closest_to_a_clause_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    every = grouping()
    found = {(ref, other): every.best(ref, other) for ref, other in ((f"{A}:8.1", B), (f"{B}:9.1", A))}
    monkeypatch.setattr(Pair, "leaf", None)
    assert {ends: every.best(*ends) for ends in found} == found


def test_two_standards_know_what_follows_about_them_through_a_third() -> None:
    third = "iso3-2030"
    made = graph(
        *(
            standard(key, {"8": None, "8.2": ["+x"], "8.3": ["+y"]}, topics={"8.2": "design", "8.3": "design"})
            for key in (A, B, third)
        ),
        relations=[
            relation(A, third, "8.2 subset-of 8.2 @5", name="f#up", confidence=0.9),
            relation(third, B, "8.2 subset-of 8.3 @5", name="g#on", confidence=0.7),
            relation(third, B, "8.3 no-relationship *", name="g#none"),
            relation(A, third, "8.3 subset-of 8.3 @5", name="f#other"),
        ],
    )
    for keys, forward in (((A, B), True), ((B, A), False)):
        pair, _ = Grouping(made, keys).pair(*keys)
        ends = (f"{A}:8.2", f"{B}:8.3") if forward else (f"{B}:8.3", f"{A}:8.2")
        found = pair.leaf(*ends)
        assert (found.kin, found.basis, found.confidence) == (Kin.RELATED, ("derived",), 0.7)
        assert [r.id for r in found.relations] == ["f#up", "g#on"]
    best = Grouping(made, (A, B)).best(f"{A}:8.3", B)
    assert (best.kin, best.basis) == (Kin.NONE, ("derived",))
    # It is worked out once, and nobody who asks about fewer or more of the standards does so again.
    pairs = [Grouping(made, keys).pair(*keys)[0] for keys in ((A, B), (third, B))]
    assert Grouping(made, (A, B)).closure(pairs[0]) is Grouping(made, (third, B)).closure(pairs[1])
    assert Grouping(made, (A, B)).pair(B, A)[0] is Grouping(made, (A, third, B)).pair(A, B)[0]
    alone = Grouping(ClauseGraph(made.library), (B, A)).pair(A, B)[0]
    assert alone.sharing() == Grouping(made, (B, A)).pair(A, B)[0].sharing()


def test_what_is_derived_rests_on_the_same_relations_whichever_standard_is_named_first() -> None:
    keys = ("iso9001-2015", "iso14001-2015", "iso22301-2019")
    real = shipped(keys, bridges=True)
    there, back = Grouping(real, keys), Grouping(real, keys[::-1])
    for (one, other), pair in there.pairs.items():
        turned = back.pairs[other, one]
        for mine, theirs in ((a.ref, b.ref) for a in real.leaves(one) for b in real.leaves(other)):
            if theirs in pair.near(mine):
                found, again = pair.leaf(mine, theirs), turned.leaf(theirs, mine)
                assert (found.kin, found.confidence) == (again.kin, again.confidence)
                assert set(found.relations) == set(again.relations)


def test_a_clause_titled_general_is_named_with_what_it_is_general_about() -> None:
    real = shipped(guides=False)
    assert real.name("iso9001-2015:5.1.1") == "Leadership and commitment: General"
    assert real.name("iso9001-2015:7.1.5.1") == "Monitoring and measuring resources: General"
    assert real.name("iso9001-2015:10.1") == "Improvement: General"
    assert real.title("iso9001-2015:5.1.1") == "General"  # the official title stays what it is
    untitled, plain = "iso9001-2015:4.4.1", "iso9001-2015:8.5.1"
    assert (real.name(untitled), real.name(plain)) == (real.title(untitled), real.title(plain))


def test_topics_of_a_single_clause_stand_in_the_order_of_the_first_standard_that_has_them() -> None:
    one = standard(A, {"8.4": ["+buy"], "8.5": ["+sirens"]}, topics={"8.4": "emergency", "8.5": "design"})
    other = standard(B, {"8.1": ["+draw"], "8.2": ["+exits"]}, topics={"8.1": "design", "8.2": "emergency"})
    made = graph(one, other)

    def order(*keys: str) -> list[str]:
        return [group.id for group in Grouping(made, keys).groups if group.number is None]

    assert order(B) == order(B, A) == ["design", "emergency"]
    assert order(A) == order(A, B) == ["emergency", "design"]
    real = shipped(("iso14001-2015", "iso22000-2018"), guides=False)
    wanted = ["external-communication", "internal-communication"]
    for keys, told in ((("iso22000-2018",), wanted), (("iso14001-2015", "iso22000-2018"), wanted[::-1])):
        found = [group.id for group in Grouping(real, keys).groups if group.id in wanted]
        assert found == told, keys


def test_titles_of_the_hub_read_alone() -> None:
    real = shipped(guides=False)
    assert real.hub_titles["9.3.1"] == "Management review: General"
    assert real.hub_titles["4.4"] == "Management system"
    assert not any("XXX" in title or title in ("", "General") for title in real.hub_titles.values())
