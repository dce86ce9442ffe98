"""What follows between standards through others, taken over by the pairs that are asked about: once for a library."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property, lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from imsmap.library.bridges import with_bridges
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Relation, split_ref
from imsmap.library.relationships import INVERSE
from imsmap.reasoning.kinship import Pair
from imsmap.values import frozen

if TYPE_CHECKING:
    from imsmap.reasoning.closure import Closure, Derived


def take_over(closure: Closure, pair: Pair, only: Collection[str] | None = None) -> None:
    """Let two standards know what follows about their leaf clauses through third clauses and standards.

    only: the leaf clauses of which that is asked.
    """
    _conclude(pair, _derived(closure, pair, only) or ())


@frozen
class _Derived:
    """What is derived, and on which stated relations it rests."""

    claim: Derived
    relations: tuple[Relation, ...]


def _derived(
    closure: Closure,
    pair: Pair,
    only: Collection[str] | None = None,
    *,
    through: Collection[str] | None = None,
) -> tuple[_Derived, ...] | None:
    """Give what follows about the leaf clauses of two standards: the same whichever of the two stands first.

    through: nothing is given if any of it leads through another standard than these.
    """
    from imsmap.reasoning.closure import CORE, standard_of  # it is there, since `closure` is

    first, second = sorted((pair.first, pair.second))
    found = []
    there = None if through is None else {*through, CORE}
    for claim in closure.between(first, second, only):
        steps = [step for way in closure.ways(claim.subject, claim.object) for step in way]
        if there is not None and any(standard_of(one.object) not in there for one in steps):
            return None
        by = {relation.id: relation for step in steps for relation in step.ground.relations}
        found.append(_Derived(claim, tuple(by[id_] for id_ in sorted(by))))
    return tuple(found)


def _conclude(pair: Pair, derived: Iterable[_Derived]) -> None:
    forward = pair.first < pair.second
    for one in derived:
        claim = one.claim
        ends = (claim.subject, claim.object) if forward else (claim.object, claim.subject)
        possible = claim.possible if forward else INVERSE[claim.possible]
        pair.conclude(*ends, possible, claim.confidence, one.relations)


_KEPT = 16
"""So many closures of what lies between two standards are kept, beside that of all."""


class Followed:
    """What follows in one library through third clauses and standards: worked out once, whoever asks about which.

    Two standards stand to each other the same whatever else is read or asked, and in whatever order: between them
    follows what follows through those that lie between them (`with_bridges`), as if nothing else had been read.
    """

    def __init__(self, graph: ClauseGraph) -> None:
        """Work out nothing yet."""
        self._graph = graph
        self._pairs: dict[tuple[str, str], Pair] = {}
        self._derived: dict[frozenset[str], tuple[_Derived, ...]] = {}
        self._closures: dict[frozenset[str], Closure] = {}
        self._from: dict[frozenset[str], frozenset[str]] = {}
        library = graph.library
        self._keys = frozenset(one.key for one in library.standards)
        self._ties = [(one.subject, one.object) for one in library.sets if one.bridges]
        self._before = {one.key: one.revises for one in library.standards if one.revises}
        self._bases = {one.key: one.supplements for one in library.standards if one.supplements}
        # Its pairs are its own: everything is derived from what is known directly, before any pair knows more.
        self._direct: dict[frozenset[str], Pair] = {}

    @cached_property
    def _related(self) -> set[frozenset[str]]:
        """Every two standards of which something is stated."""
        return {
            frozenset(split_ref(refs[0])[0] for refs in (relation.subject, relation.object))
            for relation in self._graph.library.relations
        }

    def between(self, first: str, second: str) -> frozenset[str]:
        """Give two standards with those that lie between them, and what these supplement."""
        found = with_bridges({first, second}, self._ties, self._before)
        found |= {self._bases[key] for key in found if key in self._bases}
        return self._keys & found

    def closure(self, first: str, second: str) -> Closure | None:
        """Give what follows about two standards through others; nothing where only two are related.

        Between two standards alone what is stated says nearly all, and each pair of clauses reads it for itself: what
        still follows there by going back and forth is left to `explain` and `check`, which may take the time.
        """
        keys = self.between(first, second)
        if not self._is_enough(keys):
            return None
        self.pair(first, second)
        return self._of(self._from.get(frozenset((first, second)), keys))

    def _is_enough(self, keys: frozenset[str]) -> bool:
        return sum(ends <= keys for ends in self._related) > 1

    def _of(self, keys: frozenset[str]) -> Closure:
        if keys == self._keys:
            return self._all
        closure = self._closures.pop(keys, None) or self._all.within(keys)
        self._closures[keys] = closure
        if len(self._closures) > _KEPT:  # of many standards each takes some megabytes
            del self._closures[next(iter(self._closures))]
        return closure

    @cached_property
    def _all(self) -> Closure:
        from imsmap.reasoning.closure import Closure  # two standards alone start faster without it

        return Closure(self._graph, [self._directly(*two) for two in combinations(sorted(self._keys), 2)])

    def _directly(self, first: str, second: str) -> Pair:
        both = frozenset((first, second))
        if both not in self._direct:
            self._direct[both] = Pair(self._graph, *sorted(both))
        return self._direct[both]

    def pair(self, first: str, second: str) -> Pair:
        """Give the comparison of two standards with what follows about them, the first being its subject."""
        if (first, second) not in self._pairs:
            pair = self._pairs[first, second] = self.directly(first, second)
            self.tell(pair)
        return self._pairs[first, second]

    def directly(self, first: str, second: str) -> Pair:
        """Give the comparison of two standards with what is known directly, to be told more."""
        return self._directly(first, second).anew(first)

    def tell(self, pair: Pair, only: Collection[str] | None = None) -> None:
        """Let a pair know what follows about its leaf clauses; only: about those of which that is asked."""
        # Two editions say themselves where points come from; what follows besides is how clauses of one overlap.
        if pair.are_editions:
            return
        both = frozenset((pair.first, pair.second))
        if only is not None:
            _conclude(pair, self._follows(pair, only))
            return
        if both not in self._derived:
            self._derived[both] = self._follows(pair)
        _conclude(pair, self._derived[both])

    def _follows(self, pair: Pair, only: Collection[str] | None = None) -> tuple[_Derived, ...]:
        keys = self.between(pair.first, pair.second)
        if not self._is_enough(keys):
            return ()
        # Most that follows from all leads through what lies between, and then follows from that alone, as surely: so
        # what lies between is seldom closed by itself.
        found = _derived(self._of(self._keys), pair, only, through=keys)
        self._from[frozenset((pair.first, pair.second))] = keys if found is None else self._keys
        return found if found is not None else _derived(self._of(keys), pair, only) or ()


@lru_cache(maxsize=4)
def followed(graph: ClauseGraph) -> Followed:
    """Give what follows in a library; all questions about it share that."""
    return Followed(graph)
