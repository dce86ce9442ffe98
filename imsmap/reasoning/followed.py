"""What follows between standards through others, taken over by the pairs that are asked about: once for a library."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Relation, split_ref
from imsmap.library.relationships import INVERSE
from imsmap.reasoning.kinship import Pair

if TYPE_CHECKING:
    from imsmap.reasoning.closure import Closure, Derived


def take_over(closure: Closure, pairs: Iterable[Pair], only: Collection[str] | None = None) -> None:
    """Let pairs of standards know what follows about their leaf clauses through third clauses and standards.

    only: the leaf clauses of which that is asked.
    """
    # Everything is derived from what is known directly, before any pair knows more.
    for pair, derived in [(pair, _derived(closure, pair, only)) for pair in pairs]:
        _conclude(pair, derived)


_Derived = tuple["Derived", tuple[Relation, ...]]
"""What is derived, and on which stated relations it rests."""


def _derived(closure: Closure, pair: Pair, only: Collection[str] | None = None) -> tuple[_Derived, ...]:
    """Give what follows about the leaf clauses of two standards: the same whichever of the two stands first."""
    first, second = sorted((pair.first, pair.second))
    found = []
    for claim in closure.between(first, second, only):
        steps = (step for way in closure.ways(claim.subject, claim.object) for step in way)
        by = {relation.id: relation for step in steps for relation in step.ground.relations}
        found.append((claim, tuple(by[id_] for id_ in sorted(by))))
    return tuple(found)


def _conclude(pair: Pair, derived: Iterable[_Derived]) -> None:
    forward = pair.first < pair.second
    for claim, relations in derived:
        ends = (claim.subject, claim.object) if forward else (claim.object, claim.subject)
        possible = claim.possible if forward else INVERSE[claim.possible]
        pair.conclude(*ends, possible, claim.confidence, relations)


class Followed:
    """What follows in one library through third clauses and standards: worked out once, whoever asks about which.

    Two standards stand to each other the same whatever else is asked, and in whatever order.
    """

    def __init__(self, graph: ClauseGraph) -> None:
        """Work out nothing yet."""
        self._graph = graph
        self._pairs: dict[tuple[str, str], Pair] = {}
        self._derived: dict[frozenset[str], tuple[_Derived, ...]] = {}

    @cached_property
    def closure(self) -> Closure | None:
        """What follows through others; nothing where only two standards are related.

        Between two standards alone what is stated says nearly all, and each pair of clauses reads it for itself: what
        still follows there by going back and forth is left to `explain` and `check`, which may take the time.
        """
        ends = {
            frozenset(split_ref(refs[0])[0] for refs in (r.subject, r.object)) for r in self._graph.library.relations
        }
        if len(ends) < 2:
            return None
        from imsmap.reasoning.closure import Closure  # two standards alone start faster without it

        # Its pairs are its own: everything is derived from what is known directly, before any pair knows more.
        return Closure(self._graph)

    def pair(self, first: str, second: str) -> Pair:
        """Give the comparison of two standards with what follows about them, the first being its subject."""
        if (first, second) not in self._pairs:
            pair = self._pairs[first, second] = self.directly(first, second)
            self.tell(pair)
        return self._pairs[first, second]

    def directly(self, first: str, second: str) -> Pair:
        """Give the comparison of two standards with what is known directly, to be told more."""
        if self.closure is None:
            return Pair(self._graph, first, second)
        return self.closure.pairs[frozenset((first, second))].anew(first)

    def tell(self, pair: Pair, only: Collection[str] | None = None) -> None:
        """Let a pair know what follows about its leaf clauses; only: about those of which that is asked."""
        # Two editions say themselves where points come from; what follows besides is how clauses of one overlap.
        if pair.are_editions or self.closure is None:
            return
        if only is not None:
            take_over(self.closure, (pair,), only)
            return
        both = frozenset((pair.first, pair.second))
        if both not in self._derived:
            self._derived[both] = _derived(self.closure, pair)
        _conclude(pair, self._derived[both])


@lru_cache(maxsize=4)
def followed(graph: ClauseGraph) -> Followed:
    """Give what follows in a library; all questions about it share that."""
    return Followed(graph)
