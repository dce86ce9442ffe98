"""Who holds what, by key: what standards share by the common core, and what each has of its own.

This is the one place that decides what counts as shared, as a standard's own and as only related; every figure on every
surface adds up what is told here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import takewhile

from attrs import frozen

from imsmap.library.model import Kin

CORE = frozenset((Kin.SAME, Kin.EXTENDED))
"""What one can do once; what is only related is looked at together and still done for each."""
_CLOSEST = (Kin.SAME, Kin.EXTENDED, Kin.RELATED, Kin.NOT_ASSESSED, Kin.NONE)


@frozen
class Count:
    """So many of so many."""

    n: int
    m: int


@frozen
class Leaf:
    """A leaf clause: its reference, its number and those of the headings above it, from the inside out."""

    ref: str
    line: tuple[str, ...]

    @property
    def main(self) -> str:
        """The number of its main clause."""
        return self.line[-1]


@frozen
class Share:
    """How a topic is shared, by key.

    leaves: the leaf clauses at home here. parts: the standards that have a part in the topic, each in one set with
    those that the common core ties it to, directly or through a third. closest: how a standard stands to the closest of
    the others; nothing for one that is compared with none.
    """

    topic: str
    main: str
    leaves: Mapping[str, tuple[Leaf, ...]]
    parts: tuple[tuple[str, ...], ...]
    closest: Mapping[str, Kin]

    @property
    def sharing(self) -> tuple[str, ...]:
        """The standards that share it by the common core with any other, in their order."""
        return tuple(key for key in self.leaves if self.is_core(key))

    def is_core(self, key: str) -> bool:
        """Tell whether a standard shares the topic by the common core."""
        return self.closest.get(key) in CORE

    def is_related(self, key: str) -> bool:
        """Tell whether a stated relation is all that ties a standard to another here."""
        return self.closest.get(key) is Kin.RELATED


def share(
    topic: str, main: str, leaves: Mapping[str, tuple[Leaf, ...]], classes: Iterable[tuple[str, str, Kin]]
) -> Share:
    """Work out how a topic is shared; leaves: for every standard of the question, in its order."""
    closest: dict[str, Kin] = {}
    sets = {key: frozenset((key,)) for key in leaves}
    for one, other, kin in classes:
        for key in (one, other):
            closest[key] = min(closest.get(key, kin), kin, key=_CLOSEST.index)
        if kin in CORE:
            both = sets[one] | sets[other]
            sets |= dict.fromkeys(both, both)
    present = [key for key in leaves if leaves[key] or len(sets[key]) > 1]
    parts = {tuple(key for key in leaves if key in sets[one]): None for one in present}
    return Share(topic, main, leaves, tuple(parts), closest)


@frozen
class Own:
    """What a standard has of its own: leaf clauses, told as the highest heading, x.y at most, that holds no other.

    closest: the classes in which these leaf clauses stand to the closest of the others.
    """

    main: str
    number: str
    leaves: tuple[Leaf, ...]
    closest: frozenset[Kin]


@frozen
class Shares:
    """The topics of a question, and who holds what in them; leaves: of each standard (key), in its own order."""

    topics: tuple[Share, ...]
    leaves: Mapping[str, tuple[Leaf, ...]]

    def shared(self, mains: Collection[str] | None = None) -> Count:
        """Count the topics, under some main clauses or in all, that two standards or more share by the core."""
        found = [share for share in self.topics if mains is None or share.main in mains]
        return Count(sum(1 for share in found if share.sharing), len(found))

    def own(self, key: str, mains: Collection[str] | None = None) -> Count:
        """Count the leaf clauses of a standard, under some of its main clauses or in all, that are its own."""
        kins = self._kins(key)
        found = [leaf.ref for leaf in self.leaves[key] if mains is None or leaf.main in mains]
        return Count(sum(kins[ref] not in CORE for ref in found), len(found))

    def own_by_class(self, key: str) -> Mapping[Kin, int]:
        """Count the leaf clauses that are a standard's own by how they stand to the closest of the others."""
        kins = [kin for kin in self._kins(key).values() if kin not in CORE]
        return {kin: kins.count(kin) for kin in _CLOSEST if kin in kins}

    def own_leaves(self, key: str) -> Iterator[Own]:
        """Tell the leaf clauses that are a standard's own in its order, together where all under a heading are."""
        kins = self._kins(key)
        under: dict[str, list[Leaf]] = {}
        for leaf in self.leaves[key]:
            for number in leaf.line:
                under.setdefault(number, []).append(leaf)

        def is_own(number: str) -> bool:
            return all(kins[leaf.ref] not in CORE for leaf in under[number])

        told: set[str] = set()
        for leaf in self.leaves[key]:
            highest = tuple(takewhile(is_own, leaf.line[: max(1, len(leaf.line) - 1)]))
            if highest and highest[-1] not in told:
                told.add(highest[-1])
                leaves = tuple(under[highest[-1]])
                yield Own(leaf.main, highest[-1], leaves, frozenset(kins[one.ref] for one in leaves))

    def regions(self) -> Mapping[tuple[str, ...], tuple[Share, ...]]:
        """Sort the topics by the standards that share them by the common core, the largest sets first.

        A standard that has a clause of its own in a topic and shares it with none counts it as its own. So a topic may
        stand in several regions, and each standard has it in one.
        """
        found: dict[tuple[str, ...], list[Share]] = {}
        for one in self.topics:
            for part in one.parts:
                found.setdefault(part, []).append(one)
        place = list(self.leaves).index
        order = sorted(found, key=lambda part: (-len(found[part]), -len(part), [place(key) for key in part]))
        return {part: tuple(found[part]) for part in order}

    def _kins(self, key: str) -> Mapping[str, Kin]:
        return {leaf.ref: share.closest.get(key, Kin.NONE) for share in self.topics for leaf in share.leaves[key]}
