"""Honest numbers: how much of one standard has a counterpart in another, with direction, unit, n and m."""

from __future__ import annotations

from collections import Counter

from attrs import frozen

from imsmap.library.model import Kin
from imsmap.reasoning.groups import Grouping
from imsmap.reasoning.kinship import STRONG

LEAF_CLAUSE, POINT = "leaf clause", "point"
"""The units in which coverage is counted."""


@frozen
class Coverage:
    """How many leaf clauses or points of one standard have a counterpart in another.

    of, by: keys of standards. Of the related, `jointly` counts those tied only through a larger union, and `weak` those
    whose strongest tie stays below the strength that would make them no false friends. In points, `same` counts those
    with a counterpart. `uncovered` and `unassessed` name the rest: numbers of clauses or ids of points.
    """

    of: str
    by: str
    unit: str
    same: int
    extended: int
    related: int
    jointly: int
    weak: int
    none: int
    not_assessed: int
    uncovered: tuple[str, ...]
    unassessed: tuple[str, ...]

    @property
    def n(self) -> int:
        """How many have a counterpart."""
        return self.same + self.extended + self.related

    @property
    def m(self) -> int:
        """How many there are."""
        return self.n + self.none + self.not_assessed

    def of_class(self, kin: Kin) -> int:
        """Give how many are of a class."""
        return {
            Kin.SAME: self.same,
            Kin.EXTENDED: self.extended,
            Kin.RELATED: self.related,
            Kin.NONE: self.none,
            Kin.NOT_ASSESSED: self.not_assessed,
        }[kin]


def coverage(grouping: Grouping, *, of: str, by: str, unit: str) -> Coverage:
    """Count how many leaf clauses or points of one standard have a counterpart in another."""
    if unit == LEAF_CLAUSE:
        found = [(leaf.number, grouping.best(leaf.ref, by)) for leaf in grouping.graph.leaves(of)]
        kins = [
            (name, kinship.kin, kinship.jointly, kinship.kin is Kin.RELATED and (kinship.strength or 0) < STRONG)
            for name, kinship in found
        ]
    else:
        pair, forward = grouping.pair(of, by)
        points = grouping.graph.points(leaf.ref for leaf in grouping.graph.leaves(of))
        kins = [(ref.partition(":")[2], pair.point_kin(ref, forward=forward)[0], False, False) for ref, _ in points]
    counts = Counter(kin for _, kin, _, _ in kins)
    return Coverage(
        of,
        by,
        unit,
        counts[Kin.SAME],
        counts[Kin.EXTENDED],
        counts[Kin.RELATED],
        sum(jointly for _, _, jointly, _ in kins),
        sum(weak for _, _, _, weak in kins),
        counts[Kin.NONE],
        counts[Kin.NOT_ASSESSED],
        tuple(name for name, kin, _, _ in kins if kin is Kin.NONE),
        tuple(name for name, kin, _, _ in kins if kin is Kin.NOT_ASSESSED),
    )


def coverage_both_ways(grouping: Grouping) -> tuple[Coverage, ...]:
    """Count coverage for every ordered pair of the standards, in leaf clauses and then in points."""
    return tuple(
        coverage(grouping, of=of, by=by, unit=unit)
        for unit in (LEAF_CLAUSE, POINT)
        for by in grouping.keys
        for of in grouping.keys
        if of != by
    )


def closest_kin(grouping: Grouping, ref: str) -> Kin:
    """Tell how a point stands to all other standards of a question together: the closest that any of them has.

    It is `not assessed` where any of them may still hold a counterpart and none is known to.
    """
    order = (Kin.SAME, Kin.RELATED, Kin.NOT_ASSESSED, Kin.NONE)
    key = ref.partition(":")[0]
    kins = []
    for other in grouping.keys:
        if other != key:
            pair, forward = grouping.pair(key, other)
            kins.append(pair.point_kin(ref, forward=forward)[0])
    return min(kins, key=order.index)
