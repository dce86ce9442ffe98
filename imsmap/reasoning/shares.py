"""Who holds what, by key: what standards share by the common core, and what each has of its own.

This is the one place that decides what counts as shared, as only related and as a standard's own; every figure on every
surface adds up what is told here. Topics are told in numbers that sum: those with a common core, those that are only
related, those that stand alone, and those that nobody has looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from attrs import field

from imsmap.library.model import Kin, closest_of
from imsmap.reasoning.groups import Group, Grouping, counted_of
from imsmap.values import frozen

ONE_DOCUMENT = "one process, one document"
ANNEX = "shared core with annex"
ONE_OWNER = "related: one owner"
SEPARATE = "separate"


def advised(kin: Kin, core: int = 0, adds: int | None = 0) -> str:
    """Advise, in five words at most, on processes and documents for what stands so close to each other.

    core, adds: how many core points are shared there, and how many points the standards add between them; nothing if
    that is not known.
    """
    if kin is Kin.NOT_ASSESSED:
        return kin.word  # what nobody has looked at, nobody can advise on
    if kin is Kin.RELATED:
        return ONE_OWNER
    if not kin.is_core:
        return SEPARATE
    return ONE_DOCUMENT if kin is Kin.SAME or (adds is not None and core >= adds) else ANNEX


def shared_core(grouping: Grouping, group: Group) -> dict[str, tuple[str, ...]]:
    """Give the core points that two standards or more have in a row, in the hub's order, with who has each."""
    graph = grouping.graph
    held = {key: graph.core_ids(group.home[key] + group.also[key]) for key in grouping.keys}
    # In a topic group only core points at home count: clauses that are merely named meet in a row of their own.
    at_home = (graph.core_ids(group.home[key]) for key in grouping.keys)
    wanted = set(group.core) if group.number is not None else set().union(*at_home)
    found = {core: tuple(key for key in grouping.keys if core in held[key]) for core in graph.in_core_order(wanted)}
    return {core: by for core, by in found.items() if len(by) > 1}


def present_in(grouping: Grouping, group: Group) -> tuple[str, ...]:
    """Name the standards that ask for anything in a row."""
    placed = grouping.placed.get(group.id, {})
    # Of a standard held at clause level a clause may list nothing, and asks for something all the same.
    return tuple(key for key in grouping.keys if key in placed or (key in grouping.by_clause and group.home[key]))


def advice_in(grouping: Grouping, group: Group, kins: Collection[Kin], adds: Iterable[int]) -> str:
    """Advise on processes and documents in a row; the data override the rule where standards have anything together.

    kins: how each two of the standards stand to each other in it. adds: how many points each of them adds.
    """
    if group.advice and any(kin.is_counterpart for kin in kins):
        return group.advice
    counts = tuple(adds)
    loose = set(grouping.by_clause) & set(present_in(grouping, group))
    return advised(topic_kin(kins, counts), len(shared_core(grouping, group)), None if loose else sum(counts))


@frozen
class Count:
    """So many of so many."""

    n: int
    m: int


@frozen
class Leaf:
    """A leaf clause: its reference, its number and those of the headings above it, from the inside out.

    kin: how it stands to the closest of the leaf clauses of all the other standards.
    """

    ref: str
    line: tuple[str, ...]
    kin: Kin = Kin.NONE

    @property
    def main(self) -> str:
        """The number of its main clause."""
        return self.line[-1]


def number_of(lines: Sequence[tuple[str, ...]], every: Iterable[tuple[str, ...]]) -> str:
    """Give the number under which leaf clauses stand: 8.3 for 8.3.1 to 8.3.6; the first of several without one.

    lines: of them, each its number and those of the headings above; every: those of all leaf clauses of their
    standards, in order. A heading that holds others, too, is not theirs: they are called by their first and last.
    """
    if not lines:
        return ""
    common = [number for number in lines[0] if all(number in line for line in lines)]
    if len(common) < 2 and len(lines) > 1:
        return lines[0][0]
    numbers = list(dict.fromkeys(line[0] for line in lines))
    under = dict.fromkeys(line[0] for line in every if common[0] in line)
    if common[0] in numbers or all(number in numbers for number in under):
        return common[0]
    first, last = numbers[0], numbers[-1]
    found = list(under)
    if len(numbers) == 2:
        return f"{first}\u00a0and\u00a0{last}"
    if found.index(last) - found.index(first) == len(numbers) - 1:
        return f"{first}\u00a0to\u00a0{last}"
    return f"{first}\u00a0and\u00a0{len(numbers) - 1}\u00a0more"


def topic_kin(kins: Iterable[Kin], adds: Iterable[int]) -> Kin:
    """Give the class of a topic: the closest of any two; the same only if no standard says more than another."""
    found = tuple(kins)
    closest = closest_of(found)
    differ = any(adds) or any(kin.is_core and kin is not Kin.SAME for kin in found)
    return Kin.EXTENDED if closest is Kin.SAME and differ else closest


@frozen
class Share:
    """How a topic is shared, by key.

    leaves: the leaf clauses at home here. parts: the standards that have a part in the topic, each in one set with
    those that the common core ties it to, directly or through a third. closest: how a standard stands to the closest of
    the others; nothing for one that is compared with none. adds: how many points a standard has in it beyond all
    others, of those whose points are counted.
    """

    topic: str
    main: str
    leaves: Mapping[str, tuple[Leaf, ...]]
    parts: tuple[tuple[str, ...], ...]
    closest: Mapping[str, Kin]
    adds: Mapping[str, int] = field(factory=dict)

    @property
    def kin(self) -> Kin:
        """The class of the topic: the closest in which any two of the standards stand to each other here."""
        return topic_kin(self.closest.values(), self.adds.values())

    @property
    def sharing(self) -> tuple[str, ...]:
        """The largest set of standards that share it by the common core, of several the first; none without core."""
        return max((part for part in self.parts if len(part) > 1), key=len, default=())

    @property
    def holders(self) -> tuple[str, ...]:
        """The standards of whose clauses it consists."""
        return tuple(key for key, leaves in self.leaves.items() if leaves) or tuple(self.leaves)

    def is_core(self, key: str) -> bool:
        """Tell whether a standard shares the topic by the common core."""
        return key in self.closest and self.closest[key].is_core


def share(
    topic: str,
    main: str,
    leaves: Mapping[str, tuple[Leaf, ...]],
    classes: Iterable[tuple[str, str, Kin]],
    adds: Mapping[str, int] | None = None,
) -> Share:
    """Work out how a topic is shared; leaves: for every standard of the question, in its order."""
    nearest: dict[str, Kin] = {}
    sets = {key: frozenset((key,)) for key in leaves}
    for one, other, kin in classes:
        for key in (one, other):
            nearest[key] = closest_of((nearest.get(key, kin), kin))
        if kin.is_core:
            both = sets[one] | sets[other]
            sets |= dict.fromkeys(both, both)
    present = [key for key in leaves if leaves[key] or len(sets[key]) > 1]
    parts = {tuple(key for key in leaves if key in sets[one]): None for one in present}
    return Share(topic, main, leaves, tuple(parts), nearest, adds or {})


@frozen
class Tally:
    """Topics, counted in parts that sum.

    core_of_all: all of the standards share a common core; core_of_some: not all of them do. related: no common core,
    but a stated relation. alone: no counterpart, at most a reminder; by the standards (keys) that hold them, mostly
    one. not_assessed: nobody has looked.
    """

    core_of_all: int
    core_of_some: int
    related: int
    alone: Mapping[tuple[str, ...], int]
    not_assessed: int
    by_clause: bool = False
    """Whether one of the standards is held at clause level, which every count of topics then says."""

    @property
    def core(self) -> int:
        """How many share a common core, of all of the standards or of some."""
        return self.core_of_all + self.core_of_some

    @property
    def by_themselves(self) -> int:
        """How many stand alone, of whichever standard."""
        return sum(self.alone.values())

    @property
    def total(self) -> int:
        """How many there are."""
        return self.core + self.related + self.by_themselves + self.not_assessed


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
    """The topics of a question, and who holds what in them; leaves: of each standard (key), in its own order.

    by_clause: those held at clause level.
    """

    topics: tuple[Share, ...]
    leaves: Mapping[str, tuple[Leaf, ...]]
    by_clause: tuple[str, ...] = ()

    def number(self, share: Share) -> str:
        """Give the number under which the clauses of a topic stand."""
        every = (leaf.line for key in share.holders for leaf in self.leaves[key])
        return number_of([leaf.line for leaves in share.leaves.values() for leaf in leaves], every)

    @property
    def counted(self) -> tuple[str, ...]:
        """The standards whose points are counted."""
        return counted_of(self.leaves, self.by_clause)

    def tally(self, mains: Collection[str] | None = None) -> Tally:
        """Count the topics, under some main clauses or in all, in parts that sum."""
        found = self._under(mains)
        core = [share for share in found if share.kin.is_core]
        of_all = sum(1 for share in core if len(share.sharing) == len(self.leaves))
        alone = Counter(share.holders for share in found if share.kin in (Kin.TOUCHES, Kin.NONE))
        order = list(self.leaves)

        def place(keys: tuple[str, ...]) -> tuple[int, list[int]]:
            return len(keys), [order.index(key) for key in keys]

        counts = Counter(share.kin for share in found)
        return Tally(
            of_all, len(core) - of_all, counts[Kin.RELATED], {keys: alone[keys] for keys in sorted(alone, key=place)},
            counts[Kin.NOT_ASSESSED], bool(self.by_clause),
        )  # fmt: skip

    def shared(self, mains: Collection[str] | None = None) -> Count:
        """Count the topics, under some main clauses or in all, that two standards or more share by the core."""
        tally = self.tally(mains)
        return Count(tally.core, tally.total)

    def adds(self, key: str, mains: Collection[str] | None = None) -> int | None:
        """Count the points of a standard, under some main clauses or in all, that none of the others asks for.

        Nothing is told of a standard whose points are not counted.
        """
        if key not in self.counted:
            return None
        return sum(share.adds.get(key, 0) for share in self._under(mains))

    def standing(self, key: str, mains: Collection[str] | None = None) -> tuple[Kin, ...]:
        """Tell for each topic that a standard has a part in how close the closest other stands there, closest first."""
        under = (share for share in self._under(mains) if share.leaves.get(key) or share.is_core(key))
        return tuple(sorted((share.closest.get(key, Kin.NONE) for share in under), key=lambda kin: kin.distance))

    def own(self, key: str, mains: Collection[str] | None = None) -> Count:
        """Count the leaf clauses of a standard, under some of its main clauses or in all, without a common core."""
        found = [leaf for leaf in self.leaves[key] if mains is None or leaf.main in mains]
        return Count(sum(not leaf.kin.is_core for leaf in found), len(found))

    def own_by_class(self, key: str) -> Mapping[Kin, int]:
        """Count the leaf clauses of a standard without a common core by how they stand to the closest of the others."""
        found = Counter(leaf.kin for leaf in self.leaves[key] if not leaf.kin.is_core)
        return {kin: found[kin] for kin in sorted(found, key=lambda kin: kin.distance)}

    def own_leaves(self, key: str) -> Iterator[Own]:
        """Tell what a standard has without common core in its order, together where all under a heading is."""
        under: dict[str, list[Leaf]] = {}
        for leaf in self.leaves[key]:
            for number in leaf.line:
                under.setdefault(number, []).append(leaf)

        def is_own(number: str) -> bool:
            return not any(leaf.kin.is_core for leaf in under[number])

        told: set[str] = set()
        for leaf in self.leaves[key]:
            highest = tuple(takewhile(is_own, leaf.line[: max(1, len(leaf.line) - 1)]))
            if highest and highest[-1] not in told:
                told.add(highest[-1])
                leaves = tuple(under[highest[-1]])
                yield Own(leaf.main, highest[-1], leaves, frozenset(one.kin for one in leaves))

    def regions(self) -> Mapping[tuple[str, ...], tuple[Share, ...]]:
        """Sort the topics by the standards that share them by the common core, the largest sets first.

        A topic without common core stands with the standard that holds it. Each topic is in one region, or in none
        if several hold it each for itself: `beside` has those.
        """
        found: dict[tuple[str, ...], list[Share]] = {}
        for one in self.topics:
            if one not in self.beside:
                found.setdefault(one.sharing or one.holders, []).append(one)
        place = list(self.leaves).index
        order = sorted(found, key=lambda part: (-len(found[part]), -len(part), [place(key) for key in part]))
        return {part: tuple(found[part]) for part in order}

    @property
    def beside(self) -> tuple[Share, ...]:
        """The topics in which several standards have a clause each, and no two of them a common core."""
        return tuple(one for one in self.topics if not one.sharing and len(one.holders) > 1)

    def _under(self, mains: Collection[str] | None) -> list[Share]:
        return [share for share in self.topics if mains is None or share.main in mains]


def shares_of(grouping: Grouping) -> Shares:
    """Tell who holds what among the standards of a grouping."""
    graph = grouping.graph

    def leaf(ref: str) -> Leaf:
        return Leaf(ref, graph.line(ref), grouping.closest(ref))

    topics = []
    for group in grouping.groups:
        compared = ((pair, grouping.compare(group, *pair)) for pair in grouping.pairs)
        topics.append(
            share(
                group.id,
                group.main,
                {key: tuple(leaf(ref) for ref in group.home[key]) for key in grouping.keys},
                ((*pair, kinship.kin) for pair, kinship in compared if kinship is not None),
                {key: len(grouping.adds(group, key)) for key in grouping.counted},
            )
        )
    return Shares(
        tuple(topics),
        {key: tuple(leaf(clause.ref) for clause in graph.leaves(key)) for key in grouping.keys},
        grouping.by_clause,
    )
