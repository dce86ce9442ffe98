"""Stated relations between two standards, turned one way and looked up by clause and by point.

Every pair of leaf clauses asks what is stated of it, so each answer is prepared once for each clause and each point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from functools import cached_property, lru_cache
from typing import NamedTuple

from attrs import field

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Relation, split_ref
from imsmap.library.relationships import (
    ALL,
    COMPOSE,
    EQUAL,
    INVERSE,
    NONE,
    PREDICATES,
    SHARE,
    SUBSET,
    SUPERSET,
    compose,
)
from imsmap.values import frozen


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

    def holds(self, ref: str) -> bool:
        """Tell whether the side includes a point."""
        return ref in self.points or ref.partition("#")[0] in self.leaves


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

    asked: the clauses touched by each side in which the point lies by a relation that is strong enough to say that what
    the point asks for is asked there; equal: by each that it equals; outside: clauses
    with which it has nothing in common. just: relations that name just the point and say that it shares something;
    inside: those that put the whole that it is in within something there. apart: those that say that there is nothing.
    """

    ties: tuple[PointTie, ...]
    asked: tuple[frozenset[str], ...]
    equal: tuple[frozenset[str], ...]
    outside: frozenset[str]
    just: tuple[Relation, ...]
    inside: tuple[Relation, ...]
    apart: tuple[Relation, ...]

    @property
    def sharing(self) -> tuple[Relation, ...]:
        """The relations by which this very point has something in common with the other standard."""
        return self.just or self.inside

    def is_asked(self, others: frozenset[str]) -> bool:
        """Tell whether what the point asks for is asked by the others: it equals something there, or lies within."""
        return any(far <= others for far in (*self.equal, *self.asked))


_NO_TIES = PointTies((), (), (), frozenset(), (), (), ())


def part(leaves: Iterable[str], side: Side) -> int:
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


def _parts_of_touching(side: Side) -> tuple[int, int]:
    """Say what `part` does of a leaf clause that a side holds whole, and of one that it holds in part."""
    alone = len(side.touched) == 1
    return (EQUAL if alone else EQUAL | SUBSET), (EQUAL | SUPERSET if alone else SHARE)


def _note(masks: dict[str, dict[int, int]], number: int, side: Side, on_whole: int, on_partly: int) -> None:
    """Note a tie's mask at each leaf clause that one of its sides holds whole or in part."""
    for leaf in side.leaves:
        masks[leaf][number] = on_whole
    for leaf in side.touched - side.leaves if side.points else ():
        masks[leaf][number] = on_partly


def _together(first: PointTies, then: PointTies) -> PointTies:
    """Put what some ties come to and what others come to into one."""
    return PointTies(
        first.ties + then.ties,
        first.asked + then.asked,
        first.equal + then.equal,
        first.outside | then.outside,
        first.just + then.just,
        first.inside + then.inside,
        first.apart + then.apart,
    )


@lru_cache(maxsize=4)
def _sides(_graph: ClauseGraph) -> dict[tuple[str, ...], Side]:
    """Hold the sides of relations that were looked at in a library: most are named in many relations."""
    return {}


class Stated:
    """What is stated between two standards."""

    def __init__(self, graph: ClauseGraph, first: str, second: str) -> None:
        """Look at two standards of a graph."""
        self.graph = graph
        self.first = first
        self.second = second
        self.refs = {key: graph.leaf_sets[key] for key in (first, second)}
        self.loose = frozenset(key for key in (first, second) if graph.by_clause(key))
        """Those held at clause level: with them nothing is proved, save that there is nothing."""
        self.core = graph.cores
        self._sure: dict[tuple[str, ...], dict[str, float]] = {}
        self._of_points: dict[tuple[str, bool], PointTies] = {}
        self._other_way: Stated | None = None

    def turned(self) -> Stated:
        """Give the same seen from the other standard; what was summed up of clauses and points serves both."""
        other = copy(self)
        for name in ("ties", "_by_leaf"):
            other.__dict__.pop(name, None)
        other.first, other.second, other._other_way = self.second, self.first, self
        return other

    def sure_of(self, leaves: tuple[str, ...]) -> dict[str, float]:
        """Tell how sure it is that a union of leaf clauses holds each of its core points: the surest of them counts."""
        if len(leaves) == 1:
            return self.graph.sure_cores[leaves[0]]
        if leaves not in self._sure:
            found: dict[str, float] = {}
            for _, point in self.graph.points(leaves):
                if point.core is not None:
                    found[point.core] = max(point.confidence, found.get(point.core, 0.0))
            self._sure[leaves] = found
        return self._sure[leaves]

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """Every stated relation between the two, turned the right way round, by id.

        What names only clauses that state no requirements says nothing, and is left to `check` to tell.
        """
        if self._other_way is not None:
            return tuple(Tie(tie.object, tie.subject, INVERSE[tie.mask], tie.relation) for tie in self._other_way.ties)
        turned = (self._turn(relation) for relation in self.graph.relations_between(self.first, self.second))
        return tuple(tie for tie in turned if tie.subject.touched and tie.object.touched)

    def _turn(self, relation: Relation) -> Tie:
        subject, object_ = self._side(relation.subject), self._side(relation.object)
        mask = PREDICATES[relation.predicate]
        if self.loose and not mask & NONE:
            mask = SHARE
        if split_ref(relation.subject[0])[0] == self.first:
            return Tie(subject, object_, mask, relation)
        return Tie(object_, subject, INVERSE[mask], relation)

    def _side(self, refs: tuple[str, ...]) -> Side:
        sides = _sides(self.graph)
        side = sides.get(refs)
        if side is None:
            side = sides[refs] = self._found_side(refs)
        return side

    def _found_side(self, refs: tuple[str, ...]) -> Side:
        if len(refs) == 1:  # as most are
            (ref,) = refs
            leaf, _, point = ref.partition("#")
            if leaf in self.graph.leaf_sets[leaf.partition(":")[0]] and (
                not point or len(list(self.graph.points((leaf,)))) > 1
            ):
                return Side(frozenset(), frozenset(refs)) if point else Side(frozenset(refs), frozenset())
        whole = frozenset(self.graph.leaf_refs(ref for ref in refs if "#" not in ref))
        points = {ref for ref in refs if "#" in ref and ref.partition("#")[0] not in whole}
        if not points:
            return Side(whole, frozenset())
        # Every point of a clause named one by one is the clause itself.
        complete = {
            leaf
            for leaf in {ref.partition("#")[0] for ref in points}
            if points >= {ref for ref, _ in self.graph.points((leaf,))}
        }
        return Side(whole | complete, frozenset(ref for ref in points if ref.partition("#")[0] not in complete))

    # --- clauses -------------------------------------------------------------------------------------------------

    @cached_property
    def _by_leaf(self) -> tuple[dict[str, dict[int, int]], dict[str, dict[int, int]]]:
        """For each leaf clause and each tie that touches it, by its place among all, a mask.

        For the first standard: what the tie leaves possible between the clause and the tie's other side. For the
        second: what is possible between the tie's side there and the clause. Composed, they say it for two clauses.
        """
        left: dict[str, dict[int, int]] = defaultdict(dict)
        right: dict[str, dict[int, int]] = defaultdict(dict)
        for number, tie in enumerate(self.ties):
            whole, partly = _parts_of_touching(tie.subject)
            _note(left, number, tie.subject, COMPOSE[whole][tie.mask], COMPOSE[partly][tie.mask])
            whole, partly = _parts_of_touching(tie.object)
            _note(right, number, tie.object, INVERSE[whole], INVERSE[partly])
        return left, right

    def between(self, subject: tuple[str, ...], object_: tuple[str, ...]) -> list[tuple[Tie, int]]:
        """Give the relations that touch both unions of leaf clauses, by id, and what each of them leaves possible."""
        left, right = self._by_leaf
        if len(subject) == 1 and len(object_) == 1:
            mine, theirs = left.get(subject[0]), right.get(object_[0])
            if not mine or not theirs:
                return []
            return [(self.ties[n], COMPOSE[mine[n]][theirs[n]]) for n in sorted(mine.keys() & theirs.keys())]
        near = {number for leaf in subject for number in left.get(leaf, ())}
        far = {number for leaf in object_ for number in right.get(leaf, ())}
        ties = [self.ties[number] for number in sorted(near & far)]
        return [
            (tie, compose(compose(part(subject, tie.subject), tie.mask), INVERSE[part(object_, tie.object)]))
            for tie in ties
        ]

    @cached_property
    def near(self) -> dict[str, set[str]]:
        """For each leaf clause, those of the other standard with which it may be found to share anything.

        They hold the same core point, or a relation that says that something is shared touches both; for all others
        nothing but "none" or "not assessed" can come out.
        """
        found: dict[str, set[str]] = {ref: set() for refs in self.refs.values() for ref in refs}
        one, other = (self.graph.leaves_holding[key] for key in (self.first, self.second))
        sides: list[tuple[Iterable[str], Iterable[str]]] = [
            (refs, other[core]) for core, refs in one.items() if core in other
        ]
        sides += [(tie.subject.touched, tie.object.touched) for tie in self.ties if not tie.mask & NONE]
        for mine, theirs in sides:
            for ref in mine:
                found[ref].update(theirs)
            for ref in theirs:
                found[ref].update(mine)
        return found

    # --- points --------------------------------------------------------------------------------------------------

    def of_point(self, ref: str, forward: bool) -> PointTies:
        """Sum up the ties that include a point, with the point's side first."""
        if self._other_way is not None:
            return self._other_way.of_point(ref, not forward)
        if not self.ties:
            return _NO_TIES
        if (ref, forward) not in self._of_points:
            self._sum_up(ref.partition("#")[0], forward)
        return self._of_points[ref, forward]

    def parts(self, leaf: str) -> list[str]:
        """Give the points of a leaf clause; at clause level also a name for all that is not listed."""
        listed = [ref for ref, _ in self.graph.points((leaf,))]
        return [*listed, f"{leaf}#"] if leaf.partition(":")[0] in self.loose else listed

    def _sum_up(self, leaf: str, forward: bool) -> None:
        """Sum up the ties of every point of a leaf clause; those of the whole clause are the same for each."""
        whole: list[PointTie] = []
        named: dict[str, list[PointTie]] = {}
        for number in sorted(self._by_leaf[0 if forward else 1].get(leaf, ())):
            tie = self.ties[number]
            near, far = (tie.subject, tie.object) if forward else (tie.object, tie.subject)
            entry = (near, far, tie.mask if forward else INVERSE[tie.mask], tie.relation)
            if leaf in near.leaves:
                whole.append(entry)
            for ref in near.points:
                named.setdefault(ref, []).append(entry)
        points = self.parts(leaf)
        shared = self._summed(points[0], whole) if whole else _NO_TIES
        # A point has few ties of its own beside those of its clause, which can be a hundred and are summed up once.
        for ref in points:
            own = named.get(ref)
            self._of_points[ref, forward] = _together(shared, self._summed(ref, own)) if own else shared

    def _summed(self, ref: str, ties: list[PointTie]) -> PointTies:
        just, within, apart = [], [], []
        for entry in ties:
            mask = entry[2]
            if not mask & NONE:
                if self._is_just(entry[0], ref):
                    just.append(entry)
                if not mask & ~(EQUAL | SUBSET):
                    within.append(entry)
            elif mask == NONE:
                apart.append(entry)
        return PointTies(
            tuple(ties),
            tuple(far.touched for _, far, _, relation in within if relation.is_strong),
            tuple(far.touched for _, far, mask, _ in just if mask == EQUAL),
            frozenset().union(*(far.leaves for _, far, _, _ in apart)) if apart else frozenset(),
            tuple(relation for _, _, _, relation in just),
            tuple(relation for _, _, _, relation in within),
            tuple(relation for _, _, _, relation in apart),
        )

    def _is_just(self, side: Side, ref: str) -> bool:
        """Tell whether a side is this one point: named as such, or as the leaf clause that asks for nothing else."""
        if side.leaves:
            leaf = ref.partition("#")[0]
            return side.leaves == {leaf} and not side.points and len(self.parts(leaf)) == 1
        return side.points == {ref}

    def part_of_point(self, ref: str, side: Side) -> int:
        """Say how a point stands to one side of a stated relation."""
        if self._is_just(side, ref):
            return EQUAL
        return EQUAL | SUBSET if ref in side.points or ref.partition("#")[0] in side.leaves else ALL
