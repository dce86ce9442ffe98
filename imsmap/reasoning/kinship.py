"""How clauses of two standards stand to each other: what they share, what each adds, and what may be claimed.

A clause is the union of its points. Everything here narrows the set of relations that are still possible between two
unions of leaf clauses, first by the core points that both instantiate, then by what a person stated, and then by what
the points of one side have to do with the other side. Nothing is claimed beyond what is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import NamedTuple

from attrs import evolve

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import STRONG, Kin, Relation
from imsmap.library.relationships import ALL, EQUAL, INTERSECTS, INVERSE, NONE, SHARE, SUBSET, SUPERSET, compose
from imsmap.reasoning.classes import is_strong, kin_of, point_kin
from imsmap.reasoning.ties import Side, Stated, Tie, part
from imsmap.values import frozen

_OPEN = {EQUAL: SHARE, INTERSECTS: SHARE, SUBSET: SUBSET | INTERSECTS, SUPERSET: SUPERSET | INTERSECTS}
"""What is possible of clauses of which not all is listed, where nothing but one relation would be left."""


@frozen
class Kinship:
    """How two unions of leaf clauses stand to each other.

    possible: mask of the relations left. shared: core ids, in the hub's order. subject_adds, object_adds: ids of points
    without a counterpart on the other side, told only where the sides may have something in common, and not of a
    standard held at clause level. strength: of the
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


class Short(NamedTuple):
    """How two leaf clauses stand to each other, in short: what is possible, why, and how sure it is."""

    possible: int
    shared: frozenset[str]
    relations: tuple[Relation, ...]
    confidence: float


def turned(kinship: Kinship) -> Kinship:
    """Give the same with its object as the subject."""
    # Written out: half the comparisons of a matrix are turned, and `evolve` takes several times as long.
    return Kinship(
        kinship.object,
        kinship.subject,
        kinship.kin,
        INVERSE[kinship.possible],
        kinship.basis,
        kinship.shared,
        kinship.object_adds,
        kinship.subject_adds,
        kinship.confidence,
        kinship.jointly,
        kinship.strength,
        kinship.relations,
    )


def closeness(kinship: Kinship) -> tuple[int, bool, int, float]:
    """Give a sort key: the closest first; what is tied only jointly after what is tied by itself."""
    return (kinship.kin.distance, kinship.jointly, -(kinship.strength or 0), -len(kinship.shared))


def _said(ties: list[tuple[Tie, int]]) -> int:
    """Say what relations leave possible together."""
    mask = ALL
    for _, possible in ties:
        mask &= possible
    return mask


def _is_apart(ref: str, far: frozenset[str], apart: list[tuple[Side, Side]]) -> bool:
    """Tell whether a point is stated to have nothing in common with all of some clauses."""
    met = [there.leaves for near, there in apart if near.holds(ref)]
    return bool(met) and (far <= met[0] or far <= frozenset().union(*met))


class Pair:
    """Two standards, the first being the subject of every answer."""

    def __init__(self, graph: ClauseGraph, first: str, second: str) -> None:
        """Look at two standards of a graph."""
        self.graph = graph
        self.first = graph.standard(first).key
        self.second = graph.standard(second).key
        self._leaf_kinships: dict[tuple[str, str], Kinship] = {}
        self._nearer: dict[str, set[str]] = {}
        self._stated = Stated(graph, self.first, self.second)
        self._direct: Pair | None = None
        one, other = graph.standard(first), graph.standard(second)
        self.are_editions = one.revises == other.key or other.revises == one.key
        """Whether one of the two revises the other."""

    def anew(self, first: str) -> Pair:
        """Give the same comparison with `first` as its subject, to be told more (`conclude`) than this one knows.

        What is known directly is looked at once for both; so this one must be told nothing.
        """
        other = copy(self)
        other._leaf_kinships, other._nearer, other._direct = {}, {}, self
        if first != self.first:
            other.first, other.second, other._stated = self.second, self.first, self._stated.turned()
        return other

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Every stated relation between the two, turned the right way round, by id."""
        return self._stated.ties

    def ties_between(self, subject: Iterable[str], object_: Iterable[str]) -> tuple[Tie, ...]:
        """Give the stated relations that touch both unions of leaf clauses, by id."""
        return tuple(tie for tie, _ in self._stated.between(tuple(subject), tuple(object_)))

    def point_is_within(self, ref: str, others: Iterable[str], *, forward: bool, beside: Tie) -> bool:
        """Tell whether a relation other than `beside` places a point within some clauses of the other standard."""
        far_leaves = set(others)
        return any(
            not mask & ~(EQUAL | SUBSET) and far.touched <= far_leaves and relation.id != beside.relation.id
            for _, far, mask, relation in self._stated.of_point(ref, forward).ties
        )

    # --- leaf clauses and unions ---------------------------------------------------------------------------------

    def leaf(self, subject: str, object_: str) -> Kinship:
        """Tell how two leaf clauses stand to each other."""
        key = (subject, object_)
        if key not in self._leaf_kinships:
            self._leaf_kinships[key] = self._known(subject, object_)
        return self._leaf_kinships[key]

    def _known(self, subject: str, object_: str) -> Kinship:
        """Tell how two leaf clauses stand to each other directly."""
        if self._direct is None:
            return self._told((subject,), (object_,))
        if self._direct.first == self.first:
            return self._direct.leaf(subject, object_)
        return turned(self._direct.leaf(object_, subject))

    def kin(self, subject: str, object_: str) -> Kin:
        """Tell the class of two leaf clauses, without all that `leaf` tells beside."""
        if object_ in self.near(subject):
            return self.leaf(subject, object_).kin
        return Kin.NONE if self.are_editions or self.possible(subject, object_) == NONE else Kin.NOT_ASSESSED

    def possible(self, subject: str, object_: str) -> int:
        """Tell what is possible between two leaf clauses, without all that `leaf` tells beside."""
        known = self._leaf_kinships.get((subject, object_))
        if known is not None:
            return known.possible
        if self._direct is not None:  # which has looked at what is stated already
            same = self._direct.first == self.first
            return self._direct.possible(subject, object_) if same else INVERSE[self._direct.possible(object_, subject)]
        shared = self._stated.core[subject] & self._stated.core[object_]
        mine, theirs = (subject,), (object_,)
        ties = self._stated.between(mine, theirs)
        if not ties:
            return self._by_core(subject, object_, shared).possible if shared else ALL
        return self._left(mine, theirs, shared, ties, _said(ties))

    def premise(self, subject: str, object_: str) -> Short | None:
        """Tell in short what core and points say of two leaf clauses, beside the relations stated of them.

        Nothing where they say no more than these, or where the two may have nothing in common.
        """
        shared = self._stated.core[subject] & self._stated.core[object_]
        mine, theirs = (subject,), (object_,)
        ties = self._stated.between(mine, theirs)
        if not ties:
            return self._by_core(subject, object_, shared) if shared else None
        stated = _said(ties)
        mask = self._left(mine, theirs, shared, ties, stated)
        if shared:
            used = tuple(tie.relation for tie, possible in ties if possible != ALL)
            sure = self._confidence(mine, theirs, shared, used, narrowed=mask not in (SHARE, ALL))
            if sure is not None:
                return Short(mask, shared, used, sure)
        if mask in (0, stated) or mask & NONE:
            return None  # what is stated follows from there by itself
        known = self.leaf(subject, object_)
        if known.confidence is not None and not known.jointly:
            return Short(mask, shared, known.relations, known.confidence)
        relations = tuple(tie.relation for tie, _ in ties)
        return Short(mask, shared, relations, min(relation.confidence for relation in relations))

    def _by_core(self, subject: str, object_: str, shared: frozenset[str]) -> Short:
        """Tell what the core alone says of two leaf clauses that share it; most are tied by nothing else."""
        graph, mask = self.graph, SHARE
        if shared == graph.cores[subject] and subject in graph.all_core:
            mask &= EQUAL | SUBSET
        if shared == graph.cores[object_] and object_ in graph.all_core:
            mask &= EQUAL | SUPERSET
        mask = self._unproved(mask)
        one, other = graph.sure_cores[subject], graph.sure_cores[object_]
        ways = [min(one[core], other[core]) for core in shared]
        return Short(mask, shared, (), max(ways) if mask == SHARE else min(ways))

    def near(self, ref: str) -> set[str]:
        """Give the leaf clauses of the other standard with which one may be found to share anything."""
        return self._nearer.get(ref) or self._stated.near[ref]

    def tied(self) -> tuple[Kinship, ...]:
        """Give every pair of leaf clauses that have something in common, be it only a reminder, in clause order."""
        found = []
        for one in self.graph.leaves(self.first):
            near = self.near(one.ref)
            for other in self.graph.leaves(self.second) if near else ():
                if other.ref in near:
                    kinship = self.leaf(one.ref, other.ref)
                    if kinship.kin.is_counterpart or kinship.kin is Kin.TOUCHES:
                        found.append(kinship)
        return tuple(found)

    def sharing(self) -> tuple[Kinship, ...]:
        """Give every pair of leaf clauses that are counterparts, in clause order."""
        return tuple(kinship for kinship in self.tied() if kinship.kin.is_counterpart)

    def between(self, subject: Iterable[str], object_: Iterable[str]) -> Kinship:
        """Tell how two unions of leaf clauses stand to each other."""
        subjects, objects = tuple(subject), tuple(object_)
        if len(subjects) == 1 and len(objects) == 1:
            return self.leaf(subjects[0], objects[0])
        return self._told(subjects, objects)

    def _told(self, subject: tuple[str, ...], object_: tuple[str, ...]) -> Kinship:
        """Compare; of two editions it is told which points come from which, so that the rest has no counterpart."""
        found = self._compare(subject, object_)
        if found.kin is not Kin.NOT_ASSESSED or not self.are_editions:
            return found
        points = (point for _, point in self.graph.points((*subject, *object_)))
        return evolve(found, kin=Kin.NONE, confidence=min((point.confidence for point in points), default=None))

    def closest(self, subject: Iterable[str], object_: Iterable[str]) -> Kinship:
        """Tell how two unions stand to each other, or two leaf clauses of them where these stand closer."""
        subjects, objects = tuple(subject), tuple(object_)
        whole = self.between(subjects, objects)
        if whole.kin.is_counterpart:
            return whole
        near = [self.leaf(one, other) for one in subjects for other in objects if other in self.near(one)]
        found = min((whole, *near), key=closeness)
        return evolve(found, subject=subjects, object=objects, possible=whole.possible)

    def _compare(self, subject: tuple[str, ...], object_: tuple[str, ...]) -> Kinship:
        shared = self._core(subject) & self._core(object_)
        ties = self._stated.between(subject, object_)
        if not shared and not ties:
            return Kinship(subject, object_, Kin.NOT_ASSESSED, ALL, (), (), (), (), None)
        stated = _said(ties)
        telling = [tie for tie, possible in ties if possible != ALL]
        joint = [tie for tie, possible in ties if possible & NONE and not tie.mask & NONE]
        if stated == NONE and not shared:
            relations = tuple(tie.relation for tie in telling)
            return Kinship(
                subject, object_, Kin.NONE, NONE, ("stated",), (), (), (), min(r.confidence for r in relations),
                relations=relations,
            )  # fmt: skip
        mask = self._left(subject, object_, shared, ties, stated)
        subject_adds: tuple[str, ...] = ()
        object_adds: tuple[str, ...] = ()
        kin = kin_of(mask, bool(shared), bool(joint))
        jointly = kin is Kin.RELATED and bool(mask & NONE)
        direct = [tie for tie, possible in ties if not possible & NONE] or telling
        if kin is Kin.RELATED and not is_strong(joint if jointly else direct):
            jointly = jointly or is_strong(joint)
            kin = Kin.RELATED if is_strong(joint) else Kin.TOUCHES
        if kin.is_counterpart:
            subject_adds = self._adds(subject, object_, forward=True)
            object_adds = self._adds(object_, subject, forward=False)
        used = tuple(tie.relation for tie in (joint if jointly else telling))
        return Kinship(
            subject, object_, kin, mask,
            tuple(name for name, there in (("core", shared), ("stated", used)) if there),
            self.graph.in_core_order(shared) if shared else (), subject_adds, object_adds,
            self._confidence(subject, object_, shared, used, narrowed=mask not in (SHARE, ALL)), jointly,
            max((relation.strength for relation in used if relation.strength is not None), default=None), used,
        )  # fmt: skip

    def _left(
        self,
        subject: tuple[str, ...],
        object_: tuple[str, ...],
        shared: frozenset[str],
        ties: list[tuple[Tie, int]],
        stated: int,
    ) -> int:
        """Say what core, relations and points leave possible between two unions."""
        if stated == NONE and not shared:
            return NONE
        mask = stated & SHARE if shared else stated
        if mask & ~NONE and not shared and len(subject) * len(object_) > 1:
            mask &= self._pairs_mask(subject, object_)
        if mask != NONE:
            mask &= self._contained_mask(subject, object_, ties, settled=bool(shared) or not mask & NONE)
        return self._unproved(mask)

    def _unproved(self, mask: int) -> int:
        """Leave open what lists of core points alone would prove of a standard held at clause level."""
        return _OPEN.get(mask, mask) if self._stated.loose else mask

    def _core(self, leaves: tuple[str, ...]) -> frozenset[str]:
        return self._stated.core[leaves[0]] if len(leaves) == 1 else self.graph.core_ids(leaves)

    def _pairs_mask(self, subject: tuple[str, ...], object_: tuple[str, ...]) -> int:
        masks = [self.leaf(one, other).possible for one in subject for other in object_]
        if all(mask == NONE for mask in masks):
            return NONE
        return SHARE if any(not mask & NONE for mask in masks) else ALL

    def _contained_mask(
        self, subject: tuple[str, ...], object_: tuple[str, ...], ties: list[tuple[Tie, int]], *, settled: bool
    ) -> int:
        """Say what the points leave possible; settled: it is known already that the two share something.

        ties: all that touch both. No other says of a point how it lies to the other side.
        """
        mask = ALL
        for mine, others, forward in ((subject, object_, True), (object_, subject, False)):
            theirs = self._core(others)
            if not ties and not self._core(mine) <= theirs:
                continue
            far = frozenset(others)
            within: list[tuple[Side, Side]] = []
            apart: list[tuple[Side, Side]] = []
            for tie, _ in ties:
                says = tie.mask if forward else INVERSE[tie.mask]
                if says == NONE or not says & ~(EQUAL | SUBSET):
                    sides = (tie.subject, tie.object) if forward else (tie.object, tie.subject)
                    (apart if says == NONE else within).append(sides)
            if not settled:
                # Nothing is claimed so far, and only these two would be a claim; most pairs of clauses end here.
                if apart and all(_is_apart(ref, far, apart) for leaf in mine for ref in self._stated.parts(leaf)):
                    return NONE
                if not all(any(leaf in near.touched for near, _ in within) for leaf in mine):
                    continue
            if not within and not apart and not self._core(mine) <= theirs:
                continue  # some point lies within nothing there, and none is apart from it: no more is known
            points = [ref for ref, point in self.graph.points(mine) if point.core not in theirs]
            points += [f"{leaf}#" for leaf in mine if leaf.partition(":")[0] in self._stated.loose]
            inside = [near for near, there in within if there.touched <= far]
            if all(any(near.holds(ref) for near in inside) for ref in points):
                mask &= (EQUAL | SUBSET) if forward else (EQUAL | SUPERSET)
            elif apart and any(_is_apart(ref, far, apart) for ref in points):
                mask &= (SUPERSET | INTERSECTS | NONE) if forward else (SUBSET | INTERSECTS | NONE)
        return mask

    def conclude(self, subject: str, object_: str, possible: int, confidence: float, by: tuple[Relation, ...]) -> None:
        """Take over what follows about two leaf clauses through others, beside what is known of them directly."""
        known = self.leaf(subject, object_)
        for one, other in ((subject, object_), (object_, subject)):
            self._nearer[one] = {*self.near(one), other}
        mask = self._unproved(known.possible & possible)
        kin = kin_of(mask, bool(known.shared), joint=False)
        # What follows is as strong as the weakest of its premises; what was known before may be stronger.
        weakest = min((relation.strength for relation in by if relation.strength is not None), default=None)
        strength, jointly = known.strength, False
        if kin is Kin.RELATED and known.kin is Kin.RELATED:
            jointly = known.jointly and weakest is not None and weakest < STRONG
        elif kin is Kin.RELATED:
            strength = weakest if known.strength is None or weakest is None else max(weakest, known.strength)
            kin = Kin.TOUCHES if strength is not None and strength < STRONG else kin
        mine, theirs = known.subject, known.object
        tied = kin.is_counterpart
        self._leaf_kinships[subject, object_] = Kinship(
            mine, theirs, kin, mask, (*known.basis, "derived"), known.shared,
            self._adds(mine, theirs, forward=True) if tied else (),
            self._adds(theirs, mine, forward=False) if tied else (),
            confidence, jointly, strength,
            (*known.relations, *(relation for relation in by if relation not in known.relations)),
        )  # fmt: skip

    # --- points --------------------------------------------------------------------------------------------------

    def _adds(self, mine: tuple[str, ...], others: tuple[str, ...], forward: bool) -> tuple[str, ...]:
        if mine[0].partition(":")[0] in self._stated.loose:
            return ()  # what it adds is not listed: the few core points that are would seem to be all
        held_by = self.graph.standard(others[0].partition(":")[0])
        if held_by.key in self._stated.loose and held_by.supplements == mine[0].partition(":")[0]:
            # A supplement asks for all that is asked for in what it supplements, though it is not told point by point.
            held = {number for other in others for number in self.graph.clause(other).supplements}
            mine = tuple(leaf for leaf in mine if held.isdisjoint(self.graph.line(leaf)))
        theirs, far = self._core(others), frozenset(others)
        if not self._stated.ties:
            return tuple(ref for ref, point in self.graph.points(mine) if point.core not in theirs)
        return tuple(
            ref
            for ref, point in self.graph.points(mine)
            if point.core not in theirs and not self._asked_there(ref, far, forward)
        )

    def _asked_there(self, ref: str, far: frozenset[str], forward: bool) -> bool:
        """Tell whether a point is stated to equal something there, or to lie within it."""
        return self._stated.of_point(ref, forward).is_asked(far)

    def point_kin(self, ref: str, *, forward: bool = True) -> tuple[Kin, tuple[Relation, ...]]:
        """Tell how a point stands to the whole other standard: SAME means that it has a counterpart there.

        forward: the point is of the first standard; else of the second. The relations that say so come along.
        """
        other = self.second if forward else self.first
        point = self.graph.point(ref)
        if point.core is not None and self.graph.instantiates(other, point.core):
            return Kin.SAME, ()
        known, others = self._stated.of_point(ref, forward), self._stated.refs[other]
        if known.is_asked(others):
            return Kin.SAME, tuple(relation for _, _, mask, relation in known.ties if not mask & ~(EQUAL | SUBSET))
        if known.sharing:
            strong = any(relation.is_strong for relation in known.sharing)
            return Kin.RELATED if strong else Kin.TOUCHES, known.sharing
        if others <= known.outside:
            return Kin.NONE, known.apart
        return Kin.NONE if self.are_editions else Kin.NOT_ASSESSED, ()

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
        for near, side, tied, relation in self._stated.of_point(ref, forward).ties:
            if "#" in far:
                right = self._stated.part_of_point(far, side)
            elif side.touched & set(others):
                right = part(others, side)
            else:
                continue
            possible = compose(compose(self._stated.part_of_point(ref, near), tied), INVERSE[right])
            if right != ALL:
                (silent if possible == ALL else telling).append(relation)
            mask &= possible
        return mask, (*telling, *silent)

    def points(self, subject: str, object_: str) -> tuple[Kin, int]:
        """Tell how two stand to each other of which one is a point at least, and what is possible, seen from the first.

        SAME means that what the point asks for is asked for there, too.
        """
        forward = "#" in subject
        mine, far = (subject, object_) if forward else (object_, subject)
        mask, relations = self.point_against(mine, far, forward=forward)
        leaves = [leaf.ref for leaf in self.graph.leaves_under(far.partition("#")[0])]
        others = [self.graph.point(far)] if "#" in far else [point for _, point in self.graph.points(leaves)]
        core = self.graph.point(mine).core
        counterpart = mask == EQUAL or (core is not None and any(other.core == core for other in others))
        return point_kin(mask, relations, counterpart=counterpart), mask if forward else INVERSE[mask]

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
        if shared:
            one, other = self._stated.sure_of(subject), self._stated.sure_of(object_)
            ways.extend(min(one[core], other[core]) for core in shared)
        ways.extend(relation.confidence for relation in relations)
        if not ways:
            return None
        return min(ways) if narrowed else max(ways)
