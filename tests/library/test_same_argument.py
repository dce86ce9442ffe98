"""The same argument comes to the same verdict, whichever standard it is held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from imsmap.analyses import overlap
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Relation
from imsmap.reasoning.kinship import Pair
from tests.once import shipped

Q, E = "iso9001-2015", "iso14001-2015"
ALL = (Q, E, "iso45001-2018", "iso27001-2022", "iso22301-2019")


def of_one_point_each(graph: ClauseGraph) -> Iterator[tuple[str, str, Relation]]:
    """Give what is stated of one point of ISO 9001:2015 and one core point as another standard says it."""
    core = {leaf.point_ref(p): p.core for key in ALL for leaf in graph.leaves(key) for p in leaf.points}
    for relation in graph.library.relations:
        if len(relation.subject) == len(relation.object) == 1 and relation.subject[0].startswith(f"{Q}:"):
            own, other = relation.subject[0], relation.object[0]
            if own in core and core[own] is None and core.get(other):
                yield own, str(core[other]), relation


def test_an_own_point_stands_to_a_core_point_alike_in_every_standard() -> None:
    found: dict[tuple[str, str], dict[tuple[object, object], list[str]]] = defaultdict(lambda: defaultdict(list))
    for own, core, relation in of_one_point_each(shipped(ALL)):
        found[own, core][relation.predicate, relation.strength].append(relation.id)
    assert {ends: dict(verdicts) for ends, verdicts in found.items() if len(verdicts) > 1} == {}
    shared = [verdicts for verdicts in found.values() if sum(map(len, verdicts.values())) > 2]
    assert len(shared) > 20


def test_people_are_a_part_of_the_resources_in_every_standard_that_has_them_as_in_the_common_text() -> None:
    verdicts = defaultdict(set)
    for own, core, relation in of_one_point_each(shipped(ALL)):
        if own.startswith(f"{Q}:7.1.2#") and core == "resources":
            verdicts[own].add((relation.object[0].partition(":")[0], relation.predicate))
    every = {(key, "subset-of") for key in ALL[1:]}
    assert dict(verdicts) == {f"{Q}:7.1.2#people-{whose}": every for whose in ("system", "processes")}


def test_what_the_two_standards_have_in_common_is_stated_and_rests_on_no_third() -> None:
    graph = shipped(ALL)
    pair = Pair(graph, Q, E)
    links = overlap.analyse(graph, overlap.Question((Q, E))).json["links"]
    assert [
        (one["subject"], one["object"])
        for one in links
        if not one["shared"]
        and all(
            tie.relation.predicate == "no-relationship"
            for tie in pair.ties_between((one["subject"],), (one["object"],))
        )
    ] == []
