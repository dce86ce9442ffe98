"""Honest numbers: how much of one standard has a counterpart in another, with direction, unit, n and m."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from imsmap.library.model import Kin, closest_of
from imsmap.reasoning.groups import Grouping
from imsmap.values import frozen

LEAF_CLAUSE, POINT = "leaf clause", "point"
"""The units in which coverage is counted."""


@frozen
class Coverage:
    """How many leaf clauses or points of one standard have a counterpart in another.

    of, by: keys of standards. Of the related, `jointly` counts those tied only through a larger union. What merely
    `touches` is in no n. In points, `same` counts those with a counterpart; the others are what the standard adds, the
    related among them. `touched`, `uncovered` and `unassessed` name the rest: numbers of clauses or ids of points.
    """

    of: str
    by: str
    unit: str
    same: int
    extended: int
    related: int
    jointly: int
    touches: int
    none: int
    not_assessed: int
    touched: tuple[str, ...]
    uncovered: tuple[str, ...]
    unassessed: tuple[str, ...]

    @property
    def n(self) -> int:
        """How many have a counterpart: a clause also where it is related, a point where the same is asked."""
        return sum(self.of_class(kin) for kin in self.counterparts)

    @property
    def m(self) -> int:
        """How many there are."""
        return sum(self.of_class(kin) for kin in Kin)

    @property
    def counterparts(self) -> tuple[Kin, ...]:
        """The classes that n counts."""
        return (Kin.SAME,) if self.unit == POINT else (Kin.SAME, Kin.EXTENDED, Kin.RELATED)

    @property
    def without(self) -> Mapping[Kin, tuple[str, ...]]:
        """Those that have no counterpart, or of which nobody knows, by name; what only touches has none either."""
        return {Kin.NONE: self.uncovered, Kin.TOUCHES: self.touched, Kin.NOT_ASSESSED: self.unassessed}

    def of_class(self, kin: Kin) -> int:
        """Give how many are of a class."""
        return {
            Kin.SAME: self.same,
            Kin.EXTENDED: self.extended,
            Kin.RELATED: self.related,
            Kin.TOUCHES: self.touches,
            Kin.NONE: self.none,
            Kin.NOT_ASSESSED: self.not_assessed,
        }[kin]


def coverage(grouping: Grouping, *, of: str, by: str, unit: str) -> Coverage:
    """Count how many leaf clauses or points of one standard have a counterpart in another."""
    if unit == LEAF_CLAUSE:
        found = [(leaf.number, grouping.best(leaf.ref, by)) for leaf in grouping.graph.leaves(of)]
        kins = [(name, kinship.kin, kinship.jointly and kinship.kin is Kin.RELATED) for name, kinship in found]
    else:
        pair, forward = grouping.pair(of, by)
        points = grouping.graph.points(leaf.ref for leaf in grouping.graph.leaves(of))
        kins = [(ref.partition(":")[2], pair.point_kin(ref, forward=forward)[0], False) for ref, _ in points]
    counts = Counter(kin for _, kin, _ in kins)
    return Coverage(
        of,
        by,
        unit,
        counts[Kin.SAME],
        counts[Kin.EXTENDED],
        counts[Kin.RELATED],
        sum(jointly for _, _, jointly in kins),
        counts[Kin.TOUCHES],
        counts[Kin.NONE],
        counts[Kin.NOT_ASSESSED],
        tuple(name for name, kin, _ in kins if kin is Kin.TOUCHES),
        tuple(name for name, kin, _ in kins if kin is Kin.NONE),
        tuple(name for name, kin, _ in kins if kin is Kin.NOT_ASSESSED),
    )


def coverage_both_ways(grouping: Grouping) -> tuple[Coverage, ...]:
    """Count coverage for every ordered pair of the standards, in leaf clauses and then in points.

    In points only those are counted that are listed point by point.
    """
    return tuple(
        coverage(grouping, of=of, by=by, unit=unit)
        for unit in (LEAF_CLAUSE, POINT)
        for by in (grouping.keys if unit == LEAF_CLAUSE else grouping.counted)
        for of in (grouping.keys if unit == LEAF_CLAUSE else grouping.counted)
        if of != by
    )


def pairs_by_class(grouping: Grouping, one: str, other: str) -> Counter[Kin]:
    """Count every pair of leaf clauses of two standards by how they stand to each other."""
    pair, forward = grouping.pair(one, other)
    first, second = (one, other) if forward else (other, one)
    graph = grouping.graph
    others = [leaf.ref for leaf in graph.leaves(second)]
    return Counter(pair.kin(leaf.ref, far) for leaf in graph.leaves(first) for far in others)


def closest_kin(grouping: Grouping, ref: str) -> Kin:
    """Tell how a point stands to all other standards of a question together: the closest that any of them has.

    What is held at clause level is left out: it stands in no count of points. The answer is `not assessed` where any
    of the others may still hold a counterpart and none is known to.
    """
    key = ref.partition(":")[0]
    kins = []
    for other in grouping.counted:
        if other != key:
            pair, forward = grouping.pair(key, other)
            kins.append(pair.point_kin(ref, forward=forward)[0])
    return closest_of(kins)
