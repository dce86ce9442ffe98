"""Points that a person stated to ask for the same, apart from the discipline: what is made once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import TYPE_CHECKING

from imsmap.library.model import Relation, split_ref
from imsmap.library.relationships import EQUAL, PREDICATES

if TYPE_CHECKING:
    from imsmap.reasoning.groups import Grouping


def equal_sets(relations: Iterable[Relation], is_point: Callable[[str], bool]) -> tuple[tuple[str, ...], ...]:
    """Give the sets of points that some relations state to be equal, one to one or through others.

    is_point: whether an end of a relation is one of the points in question.
    """
    held: dict[str, list[str]] = {}
    for relation in relations:
        ends = (*relation.subject, *relation.object)
        if PREDICATES[relation.predicate] != EQUAL or len(ends) != 2 or not all(map(is_point, ends)):
            continue
        if split_ref(ends[0])[0] != split_ref(ends[1])[0]:
            joined = list(dict.fromkeys(ref for end in ends for ref in held.get(end, [end])))
            held.update(dict.fromkeys(joined, joined))
    return tuple({id(refs): tuple(refs) for refs in held.values()}.values())


def things(grouping: Grouping) -> dict[str, str]:
    """Name for each point of a grouping's standards what it asks for: its core point, else the first that is its equal.

    Points with one name ask for the same, apart from the discipline. A point that is equal to one of the core is that.
    """
    graph = grouping.graph
    core = {
        ref: point.core for key in grouping.keys for ref, point in graph.points(leaf.ref for leaf in graph.leaves(key))
    }
    alike: dict[str, list[str]] = {}
    for ref, first in equal_points(grouping).items():
        alike.setdefault(first, []).append(ref)
    named = {ref: core_ or ref for ref, core_ in core.items()}
    for first, refs in alike.items():
        held = graph.in_core_order({core_ for ref in refs if (core_ := core.get(ref)) is not None})
        named.update({ref: held[0] if held else first for ref in refs if core.get(ref) is None})
    return named


def equal_points(grouping: Grouping) -> dict[str, str]:
    """Name for each point that is stated to equal others the first of them, in the order of the standards."""
    graph, rank = grouping.graph, {key: place for place, key in enumerate(grouping.keys)}
    stated = (one for pair in combinations(grouping.keys, 2) for one in graph.relations_between(*pair))
    return {
        ref: min(refs, key=lambda one: (rank[split_ref(one)[0]], one))
        for refs in equal_sets(stated, lambda end: "#" in end)
        for ref in refs
    }
