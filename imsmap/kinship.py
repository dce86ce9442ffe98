"""How clauses of two standards stand to each other: what they share, what each adds, and what may be claimed.

A clause is the union of its points. Everything here narrows the set of relations that are still possible between two
unions of leaf clauses, first by the core points that both instantiate, then by what a person stated, and then by what
the points of one side have to do with the other side. Nothing is claimed beyond what is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from attrs import field, frozen

from imsmap.graph import ClauseGraph
from imsmap.model import Kin, Relation, split_ref
from imsmap.relationships import ALL, EQUAL, INTERSECTS, INVERSE, NONE, PREDICATES, SHARE, SUBSET, SUPERSET, compose

_NOTHING: set[int] = set()
STRONG = 4
"""From this strength on, a stated relation between clauses of equal number makes them no false friends."""


@frozen
class Side:
    """One side of a stated relation: whole leaf clauses and single points, together their union."""

    leaves: frozenset[str]
    points: frozenset[str]
    touched: frozenset[str] = field(init=False, eq=False, repr=False)
    """The leaf clauses that the side includes wholly or in part."""

    @touched.default
    def _touch(self) -> frozenset[str]:
        return self.leaves | {ref.partition("#")[0] for ref in self.points} if self.points else self.leaves


@frozen
class Tie:
    """A stated relation, turned so that its subject is in the first standard of the question."""

    subject: Side
    object: Side
    mask: int
    relation: Relation


PointTie = tuple[Side, Side, int, Relation]


class PointTies(NamedTuple):
    """The stated relations that include a point, its side first, and what they come to.

    within: the clauses touched by each side in which the point lies; equal: by each that it equals; outside: clauses
    with which it has nothing in common.
    """

    ties: tuple[PointTie, ...]
    within: tuple[frozenset[str], ...]
    equal: tuple[frozenset[str], ...]
    outside: frozenset[str]


_NO_TIES = PointTies((), (), (), frozenset())


@frozen
class Kinship:
    """How two unions of leaf clauses stand to each other.

    possible: mask of the relations left. shared: core ids, in the hub's order. subject_adds, object_adds: ids of points
    without a counterpart on the other side, told only where the sides may have something in common. strength: of the
    strongest tie. jointly: tied only through a larger union.
    """

    subject: tuple[str, ...]
    object: tuple[str, ...]
    kin: Kin
    possible: int
    basis: tuple[str, ...]
    shared: tuple[str, ...]
    subject_adds: tuple[str, ...]
    object_adds: tuple[str, ...]
    confidence: float | None
    jointly: bool = False
    strength: int | None = None
    relations: tuple[Relation, ...] = ()


_RANK = {Kin.SAME: 0, Kin.EXTENDED: 1, Kin.RELATED: 2, Kin.NOT_ASSESSED: 4, Kin.NONE: 5}


def closeness(kinship: Kinship) -> tuple[int, int, float]:
    """Give a sort key: the closest first; what is tied only jointly after what is tied by itself."""
    return (_RANK[kinship.kin] + kinship.jointly, -(kinship.strength or 0), -len(kinship.shared))


class Pair:
    """Two standards, the first being the subject of every answer."""

    def __init__(self, graph: ClauseGraph, first: str, second: str) -> None:
        """Look at two standards of a graph."""
        self.graph = graph
        self.first = graph.standard(first).key
        self.second = graph.standard(second).key
        self._leaf_kinships: dict[tuple[str, str], Kinship] = {}
        self._ties_of_points: dict[tuple[str, bool], PointTies] = {}
        self._ties_of_leaves: dict[tuple[str, bool], tuple[frozenset[str], frozenset[str]]] = {}

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """Every stated relation between the two, turned the right way round."""
        return tuple(self._turn(relation) for relation in self.graph.relations_between(self.first, self.second))

    def _turn(self, relation: Relation) -> Tie:
        subject, object_ = self._side(relation.subject), self._side(relation.object)
        mask = PREDICATES[relation.predicate]
        if split_ref(relation.subject[0])[0] == self.first:
            return Tie(subject, object_, mask, relation)
        return Tie(object_, subject, INVERSE[mask], relation)

    def _side(self, refs: Iterable[str]) -> Side:
        whole = self.graph.leaf_refs(ref for ref in refs if "#" not in ref)
        points = {ref for ref in refs if "#" in ref and ref.partition("#")[0] not in whole}
        # Every point of a clause named one by one is the clause itself.
        complete = {
            leaf
            for leaf in {ref.partition("#")[0] for ref in points}
            if points >= {ref for ref, _ in self.graph.points((leaf,))}
        }
        return Side(
            frozenset(whole) | complete, frozenset(ref for ref in points if ref.partition("#")[0] not in complete)
        )

    def ties_between(self, subject: Iterable[str], object_: Iterable[str]) -> tuple[Tie, ...]:
        """Give the stated relations that touch both unions of leaf clauses, by id."""
        left, right = self._numbered_by_leaf
        near = set().union(*(left.get(leaf, _NOTHING) for leaf in subject))
        far = set().union(*(right.get(leaf, _NOTHING) for leaf in object_))
        return tuple(self.ties[number] for number in sorted(near & far))

    @cached_property
    def _numbered_by_leaf(self) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
        """For the leaf clauses of each standard, the places (among all, by id) of the ties that touch them."""
        subjects: dict[str, set[int]] = {}
        objects: dict[str, set[int]] = {}
        for number, tie in enumerate(self.ties):
            for side, found in ((tie.subject, subjects), (tie.object, objects)):
                for leaf in side.touched:
                    found.setdefault(leaf, set()).add(number)
        return subjects, objects

    # --- leaf clauses and unions ---------------------------------------------------------------------------------

    def leaf(self, subject: str, object_: str) -> Kinship:
        """Tell how two leaf clauses stand to each other."""
        key = (subject, object_)
        if key not in self._leaf_kinships:
            self._leaf_kinships[key] = self._compare((subject,), (object_,))
        return self._leaf_kinships[key]

    def between(self, subject: Iterable[str], object_: Iterable[str]) -> Kinship:
        """Tell how two unions of leaf clauses stand to each other."""
        subjects, objects = tuple(subject), tuple(object_)
        if len(subjects) == 1 and len(objects) == 1:
            return self.leaf(subjects[0], objects[0])
        return self._compare(subjects, objects)

    def _compare(self, subject: tuple[str, ...], object_: tuple[str, ...]) -> Kinship:
        shared = self.graph.core_ids(subject) & self.graph.core_ids(object_)
        ties = self.ties_between(subject, object_)
        if not shared and not ties:
            return Kinship(subject, object_, Kin.NOT_ASSESSED, ALL, (), (), (), (), None)
        stated, telling, joint = self._stated_mask(subject, object_, ties)
        mask = stated & SHARE if shared else stated
        if mask & ~NONE and not shared and len(subject) * len(object_) > 1:
            mask &= self._pairs_mask(subject, object_)
        subject_adds: tuple[str, ...] = ()
        object_adds: tuple[str, ...] = ()
        if mask != NONE:
            mask &= self._contained_mask(subject, object_, settled=bool(shared) or not mask & NONE)
        kin = _kin(mask, bool(shared), bool(joint))
        if kin in (Kin.SAME, Kin.EXTENDED, Kin.RELATED):
            subject_adds = self._adds(subject, object_, forward=True)
            object_adds = self._adds(object_, subject, forward=False)
        jointly = kin is Kin.RELATED and bool(mask & NONE)
        used = tuple(tie.relation for tie in (joint if jointly else telling))
        return Kinship(
            subject,
            object_,
            kin,
            mask,
            tuple(name for name, there in (("core", shared), ("stated", used)) if there),
            self.graph.in_core_order(shared),
            subject_adds,
            object_adds,
            self._confidence(subject, object_, shared, used, narrowed=mask not in (SHARE, ALL)),
            jointly,
            max((relation.strength for relation in used if relation.strength is not None), default=None),
            used,
        )

    def _stated_mask(
        self, subject: tuple[str, ...], object_: tuple[str, ...], ties: tuple[Tie, ...]
    ) -> tuple[int, list[Tie], list[Tie]]:
        """Say what the stated relations leave possible, which of them say anything, and which tie only jointly."""
        mask = ALL
        telling: list[Tie] = []
        joint: list[Tie] = []
        for tie in ties:
            left = self._part(subject, tie.subject)
            right = self._part(object_, tie.object)
            possible = compose(compose(left, tie.mask), INVERSE[right])
            if possible != ALL:
                telling.append(tie)
                mask &= possible
            if possible & NONE and not tie.mask & NONE:
                joint.append(tie)
        return mask, telling, joint

    def _part(self, leaves: tuple[str, ...], side: Side) -> int:
        """Say how a union of leaf clauses stands to one side of a stated relation."""
        mine = set(leaves)
        whole, points = mine & side.leaves, {ref for ref in side.points if ref.partition("#")[0] in mine}
        inside = mine == whole
        covers = whole == side.leaves and points == side.points
        if inside and covers:
            return EQUAL
        if inside:
            return EQUAL | SUBSET
        if covers:
            return EQUAL | SUPERSET
        return SHARE if whole or points else ALL

    def _pairs_mask(self, subject: tuple[str, ...], object_: tuple[str, ...]) -> int:
        masks = [self.leaf(one, other).possible for one in subject for other in object_]
        if all(mask == NONE for mask in masks):
            return NONE
        return SHARE if any(not mask & NONE for mask in masks) else ALL

    def _contained_mask(self, subject: tuple[str, ...], object_: tuple[str, ...], *, settled: bool) -> int:
        """Say what the points leave possible; settled: it is known already that the two share something."""
        mask = ALL
        for mine, others, forward in ((subject, object_, True), (object_, subject, False)):
            theirs, far = self.graph.core_ids(others), frozenset(others)
            if not settled:
                # Nothing is claimed so far, and only these two would be a claim; most pairs of clauses end here.
                spoken = [self._of_leaf(leaf, forward) for leaf in mine]
                if all(far <= outside for _, outside in spoken):
                    return NONE
                if any(within.isdisjoint(far) for within, _ in spoken):
                    continue
            points = [ref for ref, point in self.graph.points(mine) if point.core not in theirs]
            outside = [self._outside(ref, forward, far) for ref in points]
            if all(self._within(ref, forward, far) for ref in points):
                mask &= (EQUAL | SUBSET) if forward else (EQUAL | SUPERSET)
            elif any(outside):
                mask &= (SUPERSET | INTERSECTS | NONE) if forward else (SUBSET | INTERSECTS | NONE)
        return mask

    # --- points --------------------------------------------------------------------------------------------------

    def _of_point(self, ref: str, forward: bool) -> PointTies:
        """Sum up the ties that include a point, with the point's side first; every pair of clauses asks for this."""
        if (ref, forward) not in self._ties_of_points:
            self._sum_up(ref.partition("#")[0], forward)
        return self._ties_of_points[ref, forward]

    def _of_leaf(self, leaf: str, forward: bool) -> tuple[frozenset[str], frozenset[str]]:
        """Give the clauses within which some point of a leaf clause lies, and those that none of its points touches."""
        known = self._ties_of_leaves.get((leaf, forward))
        if known is None:
            points = [self._of_point(ref, forward) for ref, _ in self.graph.points((leaf,))]
            within = frozenset().union(*(leaves for point in points for leaves in point.within))
            known = (within, frozenset.intersection(*(point.outside for point in points)))
            self._ties_of_leaves[leaf, forward] = known
        return known

    def _sum_up(self, leaf: str, forward: bool) -> None:
        """Sum up the ties of every point of a leaf clause; those of the whole clause are the same for each."""
        whole: list[PointTie] = []
        named: dict[str, list[PointTie]] = {}
        for number in sorted(self._numbered_by_leaf[0 if forward else 1].get(leaf, ())):
            tie = self.ties[number]
            near, far = (tie.subject, tie.object) if forward else (tie.object, tie.subject)
            entry = (near, far, tie.mask if forward else INVERSE[tie.mask], tie.relation)
            if leaf in near.leaves:
                whole.append(entry)
            for ref in near.points:
                named.setdefault(ref, []).append(entry)
        points = [ref for ref, _ in self.graph.points((leaf,))]
        shared = self._summed(points[0], whole) if whole else _NO_TIES
        for ref in points:
            own = named.get(ref)
            self._ties_of_points[ref, forward] = self._summed(ref, [*whole, *own]) if own else shared

    def _summed(self, ref: str, ties: list[PointTie]) -> PointTies:
        return PointTies(
            tuple(ties),
            tuple(far.touched for _, far, mask, _ in ties if not mask & ~(EQUAL | SUBSET)),
            tuple(far.touched for near, far, mask, _ in ties if mask == EQUAL and self._is_just(near, ref)),
            frozenset().union(*(far.leaves for _, far, mask, _ in ties if mask == NONE)),
        )

    def _is_just(self, side: Side, ref: str) -> bool:
        """Tell whether a side is this one point: named as such, or as the leaf clause that asks for nothing else."""
        if side.leaves:
            leaf = ref.partition("#")[0]
            return side.leaves == {leaf} and not side.points and len(self.graph.clause(leaf).points) == 1
        return side.points == {ref}

    def _part_of_point(self, ref: str, side: Side) -> int:
        """Say how a point stands to one side of a stated relation."""
        if self._is_just(side, ref):
            return EQUAL
        return EQUAL | SUBSET if ref in side.points or ref.partition("#")[0] in side.leaves else ALL

    def _within(self, ref: str, forward: bool, others: frozenset[str]) -> bool:
        """Tell whether a person put the point within something of the others."""
        return any(far <= others for far in self._of_point(ref, forward).within)

    def point_is_within(self, ref: str, others: Iterable[str], *, forward: bool, beside: Tie) -> bool:
        """Tell whether a relation other than `beside` places a point within some clauses of the other standard."""
        far_leaves = set(others)
        return any(
            not mask & ~(EQUAL | SUBSET) and far.touched <= far_leaves and relation.id != beside.relation.id
            for _, far, mask, relation in self._of_point(ref, forward).ties
        )

    def _outside(self, ref: str, forward: bool, others: frozenset[str]) -> bool:
        """Tell whether a person stated that the point has nothing to do with any of the others."""
        return others <= self._of_point(ref, forward).outside

    def _equal_in(self, ref: str, forward: bool, others: frozenset[str]) -> bool:
        """Tell whether a person stated that the point equals a point (or whole clause) of the others."""
        return any(far <= others for far in self._of_point(ref, forward).equal)

    def _adds(self, mine: tuple[str, ...], others: tuple[str, ...], forward: bool) -> tuple[str, ...]:
        theirs, far = self.graph.core_ids(others), frozenset(others)
        return tuple(
            ref
            for ref, point in self.graph.points(mine)
            if point.core not in theirs and not self._equal_in(ref, forward, far)
        )

    def point_kin(self, ref: str, *, forward: bool = True) -> tuple[Kin, tuple[Relation, ...]]:
        """Tell how a point stands to the whole other standard: SAME means that it has a counterpart there.

        forward: the point is of the first standard; else of the second. The relations that say so come along.
        """
        other = self.second if forward else self.first
        point = self.graph.point(ref)
        if point.core is not None and self.graph.holders(point.core, other):
            return Kin.SAME, ()
        others = frozenset(leaf.ref for leaf in self.graph.leaves(other))
        ties = self._of_point(ref, forward).ties
        if self._equal_in(ref, forward, others):
            return Kin.SAME, tuple(tie[3] for tie in ties if tie[2] == EQUAL)
        named = tuple(tie[3] for tie in ties if not tie[2] & NONE and self._is_just(tie[0], ref))
        if named:
            return Kin.RELATED, named
        within = tuple(
            tie[3] for tie in ties if not tie[2] & ~(EQUAL | SUBSET)
        )  # the whole union lies within something of the other standard, and so does each point of it
        if within:
            return Kin.RELATED, within
        if self._outside(ref, forward, others):
            return Kin.NONE, tuple(tie[3] for tie in ties if tie[2] == NONE)
        return Kin.NOT_ASSESSED, ()

    def point_against(self, ref: str, far: str, *, forward: bool = True) -> tuple[int, tuple[Relation, ...]]:
        """Tell what is possible between a point and a clause, heading or point of the other standard.

        forward: the point is of the first standard; else of the second. The relations that include the point and touch
        the far side come along, those that say something first.
        """
        mask, point = ALL, self.graph.point(ref)
        others = tuple(leaf.ref for leaf in self.graph.leaves_under(far.partition("#")[0]))
        far_points = ((far, self.graph.point(far)),) if "#" in far else tuple(self.graph.points(others))
        if point.core is not None and any(other.core == point.core for _, other in far_points):
            mask &= EQUAL if "#" in far or len(far_points) == 1 else EQUAL | SUBSET
        telling: list[Relation] = []
        silent: list[Relation] = []
        for near, side, tied, relation in self._of_point(ref, forward).ties:
            if "#" in far:
                right = self._part_of_point(far, side)
            elif side.touched & set(others):
                right = self._part(others, side)
            else:
                continue
            possible = compose(compose(self._part_of_point(ref, near), tied), INVERSE[right])
            if right != ALL:
                (silent if possible == ALL else telling).append(relation)
            mask &= possible
        return mask, (*telling, *silent)

    # --- confidence ----------------------------------------------------------------------------------------------

    def _confidence(
        self,
        subject: tuple[str, ...],
        object_: tuple[str, ...],
        shared: frozenset[str],
        relations: tuple[Relation, ...],
        *,
        narrowed: bool,
    ) -> float | None:
        """Give the smallest confidence of the premises that a claim needs.

        "They share something" is proved by each shared core point, and by each relation, alone: the best counts.
        A narrower claim needs all of them.
        """
        ways: list[float] = []
        for core in shared:
            one = max(point.confidence for _, point in self.graph.points(subject) if point.core == core)
            other = max(point.confidence for _, point in self.graph.points(object_) if point.core == core)
            ways.append(min(one, other))
        ways.extend(relation.confidence for relation in relations)
        if not ways:
            return None
        return min(ways) if narrowed else max(ways)

    # --- friends -------------------------------------------------------------------------------------------------

    def false_friends(self) -> tuple[FalseFriend, ...]:
        """Find the clause numbers that both standards use for different duties; the highest of a subtree only."""
        numbers = {clause.number for clause in self.graph.clauses(self.second)}
        found: list[FalseFriend] = []
        for clause in self.graph.clauses(self.first):
            if clause.number not in numbers or any(clause.number.startswith(f.number + ".") for f in found):
                continue
            friend = self._false_friend(clause.number)
            if friend is not None:
                found.append(friend)
        return tuple(found)

    def _false_friend(self, number: str) -> FalseFriend | None:
        mine = tuple(leaf.ref for leaf in self.graph.leaves_under(f"{self.first}:{number}"))
        theirs = tuple(leaf.ref for leaf in self.graph.leaves_under(f"{self.second}:{number}"))
        if not mine or not theirs or self.graph.core_ids(mine) & self.graph.core_ids(theirs):
            return None
        kinships = [self.leaf(one, other) for one in mine for other in theirs]
        if any(kinship.kin is Kin.NOT_ASSESSED for kinship in kinships):
            return None
        ties = self.ties_between(mine, theirs)
        sharing = tuple(tie.relation for tie in ties if not tie.mask & NONE)
        if any((relation.strength or 0) >= STRONG for relation in sharing):
            return None
        return FalseFriend(number, f"{self.first}:{number}", f"{self.second}:{number}", sharing)

    def hidden_friends(self) -> tuple[Kinship, ...]:
        """Find the leaf clauses that belong together though their numbers differ, in clause order."""
        found = []
        for one in self.graph.leaves(self.first):
            for other in self.graph.leaves(self.second):
                if _same_branch(one.number, other.number):
                    continue
                kinship = self.leaf(one.ref, other.ref)
                if kinship.kin in (Kin.SAME, Kin.EXTENDED, Kin.RELATED):
                    found.append(kinship)
        return tuple(found)


@frozen
class FalseFriend:
    """A clause number that two standards use for different duties; `weak` holds the ties below the threshold."""

    number: str
    subject: str
    object: str
    weak: tuple[Relation, ...]


def _same_branch(one: str, other: str) -> bool:
    return one == other or one.startswith(other + ".") or other.startswith(one + ".")


def _kin(mask: int, shares_core: bool, joint: bool) -> Kin:
    if mask == EQUAL:
        return Kin.SAME
    if shares_core:
        return Kin.EXTENDED
    if mask == NONE:
        return Kin.NONE
    if mask and not mask & NONE:
        return Kin.RELATED
    return Kin.RELATED if joint else Kin.NOT_ASSESSED
