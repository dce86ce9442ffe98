"""The combined matrix as an answer: its rows, what is in them, and what follows for each standard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from attrs import field

from imsmap.library.model import Colours, Kin
from imsmap.parts import ClauseName, MainClause, Side
from imsmap.plain import unmarked
from imsmap.reasoning.coverage import LEAF_CLAUSE, POINT, Coverage
from imsmap.reasoning.groups import counted_of
from imsmap.reasoning.shares import Leaf, Share, Shares, number_of, share
from imsmap.values import frozen


@frozen
class Shared:
    """What standards (`by`, their keys) have in common: a core point, or what a stated relation names.

    at: the leaf clauses (references) that hold it or that the relation is about.
    """

    text: str
    by: tuple[str, ...]
    core: str | None = None
    relation: str | None = None
    at: frozenset[str] = frozenset()


@frozen
class PairClass:
    """How two standards stand to each other in a row."""

    subject: str
    object: str
    kin: Kin
    jointly: bool


@frozen
class Addition:
    """A point that no other standard of the question asks for, in the words that tell what it adds."""

    point: str
    text: str

    @property
    def clause(self) -> str:
        """The reference of the clause that asks for it."""
        return self.point.partition("#")[0]


@frozen
class CrossReference:
    """A clause named in a row that is not its home."""

    clause: ClauseName
    home: str


@frozen
class Topic:
    """A row: what belongs together, by standard (key).

    number: of the hub's clause; nothing for a topic without common core. clauses: at home here; also: at home in
    another row. present: the standards that ask for anything in it. adds: what a standard asks for beyond all others;
    lacks: core points of the row that it does not hold. points: how many points a standard has in it, by how they stand
    to the closest that any of the others has. short: its name in a list, where the data give it one.
    """

    id: str
    main: str
    number: str | None
    title: str
    clauses: Mapping[str, tuple[ClauseName, ...]]
    also: Mapping[str, tuple[CrossReference, ...]]
    classes: tuple[PairClass, ...]
    kin: Kin
    against_core: Mapping[str, Kin | None]
    shared: tuple[Shared, ...]
    adds: Mapping[str, tuple[Addition, ...]]
    lacks: Mapping[str, tuple[str, ...]]
    present: tuple[str, ...]
    letters: str
    advice: str
    false_friends: tuple[str, ...]
    points: Mapping[str, Mapping[Kin, int]] = field(factory=dict)
    short: str = ""

    @property
    def name(self) -> str:
        """How it reads: the number of the hub's clause, if any, and the title."""
        title = unmarked(self.title)
        return f"{self.number}\u00a0{title}" if self.number else title


@frozen
class Member:
    """A topic among those that the same standards hold; kin: the closest in which any two of them stand in it."""

    topic: Topic
    kin: Kin


@frozen
class OwnClause:
    """What is a standard's own: a clause under which nothing shares the common core with another standard.

    closest: the classes in which the leaf clauses under it stand to the closest of the others.
    """

    main: str
    number: str
    title: str
    closest: frozenset[Kin]


@frozen
class MatrixAnswer:
    """Standards set side by side.

    headings: titles of clauses that are no leaves, by number, of the hub and of each standard (key). leaves: the leaf
    clauses of each standard (key), in its order. closest: how each of them (reference) stands to the closest of the
    other standards; nearest: which of their clauses, by standard, it is that stand closest to it, if any do. looked_at:
    of two standards, of how many pairs of leaf clauses anything was said, in a sentence.
    """

    standards: tuple[Side, ...]
    core_colours: Colours
    main_clauses: tuple[MainClause, ...]
    core_headings: Mapping[str, str]
    headings: Mapping[str, Mapping[str, str]]
    leaves: Mapping[str, tuple[ClauseName, ...]]
    topics: tuple[Topic, ...]
    closest: Mapping[str, Kin]
    nearest: Mapping[str, Mapping[str, tuple[ClauseName, ...]]]
    coverage: tuple[Coverage, ...]
    looked_at: str = ""
    standards_only: bool = False
    """Whether only where each standard speaks of a topic is told, and not what is shared and added."""

    def number_of(self, topic: Topic, holders: Sequence[str]) -> str:
        """Give the number by which a topic is known: the one that its holders (keys) agree on, else the structure's.

        10.3, where all use it and the structure says 10.1; of a topic without core 8.3 for 8.3.1 to 8.3.6.
        """
        named = [clause for key in holders for clause in topic.clauses.get(key, ())]
        if topic.number is not None:
            numbers = {clause.number for clause in named}
            every = all(topic.clauses.get(key) for key in holders)
            return numbers.pop() if every and len(numbers) == 1 else topic.number
        return number_of([clause.line for clause in named], (leaf.line for key in holders for leaf in self.leaves[key]))

    def title_of_main(self, key: str, main: str) -> str:
        """Give the title of a standard's main clause, whether a heading or a leaf clause by itself."""
        leaf = next((one.title for one in self.leaves[key] if one.number == main), "")
        # Of a supplement it is a clause of what it adds to.
        told = self.headings[key].get(main, leaf)
        return told or next((one.title for one in self.main_clauses if one.number == main), "")

    def covered(self, *, of: str, by: str, unit: str = LEAF_CLAUSE) -> Coverage:
        """Give the coverage of one standard by another; KeyError if it is not of this question."""
        for entry in self.coverage:
            if (entry.of, entry.by, entry.unit) == (of, by, unit):
                return entry
        raise KeyError((of, by, unit))

    @cached_property
    def shares(self) -> Shares:
        """Who holds what, by key."""
        keys = [side.key for side in self.standards]

        def leaves(clauses: Mapping[str, tuple[ClauseName, ...]]) -> dict[str, tuple[Leaf, ...]]:
            return {key: tuple(Leaf(one.ref, one.line, self.closest[one.ref]) for one in clauses[key]) for key in keys}

        return Shares(
            tuple(
                share(
                    topic.id,
                    topic.main,
                    leaves(topic.clauses),
                    ((one.subject, one.object, one.kin) for one in topic.classes),
                    {key: self.added(topic, key) for key in topic.adds},
                )
                for topic in self.topics
            ),
            leaves(self.leaves),
            self.by_clause,
        )

    @property
    def by_clause(self) -> tuple[str, ...]:
        """The standards (keys) held at clause level."""
        return tuple(side.key for side in self.standards if side.by_clause)

    @property
    def counted(self) -> tuple[str, ...]:
        """The standards (keys) whose points are counted."""
        return counted_of((side.key for side in self.standards), self.by_clause)

    def added(self, topic: Topic, key: str) -> int:
        """Count the points that a standard adds in a topic; none where its points are not counted."""
        return len(topic.adds[key]) if key in self.counted else 0

    @property
    def unit(self) -> str:
        """What is counted of every standard alike: points, or leaf clauses if one of them is held at clause level."""
        return LEAF_CLAUSE if self.by_clause else POINT

    @property
    def units(self) -> str:
        """The unit, of several."""
        return f"{self.unit}s"

    def measured(self, key: str, mains: Collection[str] | None = None) -> Counter[Kin]:
        """Count a standard's parts (`unit`), under some main clauses or in all, by how close the closest other stands.

        The main clauses are those under which topics stand.
        """
        under = (topic for topic in self.topics if mains is None or topic.main in mains)
        return sum((self._measured(topic, key) for topic in under), Counter[Kin]())

    def _measured(self, topic: Topic, key: str) -> Counter[Kin]:
        if self.by_clause:
            return Counter(self.closest[clause.ref] for clause in topic.clauses[key])
        return Counter(topic.points.get(key, {}))

    def beyond(self, topic: Topic, key: str) -> int:
        """Count the parts (`unit`) of a standard in a topic that lie beyond the core."""
        if not self.by_clause:
            return self.added(topic, key)
        return sum(count for kin, count in self._measured(topic, key).items() if not kin.is_core)

    def beyond_in_all(self, key: str, mains: Collection[str] | None = None) -> int:
        """Count the parts (`unit`) of a standard, under some main clauses or in all, that lie beyond the core."""
        return sum(self.beyond(topic, key) for topic in self.topics if mains is None or topic.main in mains)

    def regions(self) -> Mapping[tuple[str, ...], tuple[Member, ...]]:
        """Sort the topics by the standards (keys) that share them by the common core, the largest sets first."""
        return {part: self._members(found) for part, found in self.shares.regions().items()}

    @property
    def asked(self) -> Mapping[str, int]:
        """Count for each standard (key) the topics in which it asks for anything."""
        return {side.key: sum(side.key in topic.present for topic in self.topics) for side in self.standards}

    @property
    def beside(self) -> tuple[Member, ...]:
        """Name the topics in which several standards have a clause each, and no two of them a common core."""
        return self._members(self.shares.beside)

    def said_beside(self, *, all_: bool = False) -> str:
        """Say what stands in no region, so that the counts of all regions and this sum to all topics; else nothing."""
        found = [one.topic.name for one in self.beside]
        if not found:
            return ""
        named = f": {'; '.join(found)}" if all_ or len(found) == 1 else ""
        return f"{len(found)} more in several standards, each for itself, with no common core{named}"

    def _members(self, shares: Iterable[Share]) -> tuple[Member, ...]:
        topics = {topic.id: topic for topic in self.topics}
        return tuple(Member(topics[one.topic], one.kin) for one in shares)

    def own(self, key: str) -> tuple[OwnClause, ...]:
        """Name what is a standard's own, in its order; at two levels where all below is."""
        at_home = {clause.ref: (clause, topic) for topic in self.topics for clause in topic.clauses[key]}
        found = []
        for one in self.shares.own_leaves(key):
            clause, topic = at_home[one.leaves[0].ref]
            title = clause.name
            if one.number != clause.number:
                title = self.headings[key].get(one.number) or (topic.title if topic.number is None else title)
            found.append(OwnClause(one.main, one.number, title, one.closest))
        return tuple(found)
