"""What belongs together in one row of a matrix: a group for each leaf clause of the hub, and the topic groups.

Every leaf clause of every standard lives in exactly one group: where most of its core points come from, else in the
topic that the data give it. Where it shares something elsewhere it is cross-referenced there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import (
    Clause,
    Kin,
    StructureClause,
    Topic,
    closest_of,
    main_number,
    number_key,
)
from imsmap.plain import unmarked
from imsmap.reasoning.followed import followed
from imsmap.reasoning.kinship import Kinship, Pair, closeness
from imsmap.values import frozen

if TYPE_CHECKING:
    from imsmap.reasoning.closure import Closure

_LAST = (0, 10**6, "")


@frozen
class Group:
    """A row: the leaf clauses that live here, and those cross-referenced, by standard and in clause order.

    number: of the hub clause; nothing for a topic group. advice: what the data advise in it, else nothing.
    short: its name in a list, if they give it one.
    """

    id: str
    title: str
    main: str
    number: str | None
    core: tuple[str, ...]
    home: Mapping[str, tuple[str, ...]]
    also: Mapping[str, tuple[str, ...]]
    advice: str = ""
    short: str = ""

    def side(self, key: str) -> tuple[str, ...]:
        """Give what stands for a standard in this row: its own leaf clauses, else the cross-referenced ones."""
        return self.home[key] or self.also[key]


def counted_of(keys: Iterable[str], by_clause: Collection[str]) -> tuple[str, ...]:
    """Name the standards whose points are counted: those listed point by point, where there are others to hold against.

    What a standard held at clause level asks for is not listed, so it stands in no count of points.
    """
    every = tuple(keys)
    listed = tuple(key for key in every if key not in by_clause)
    return listed if len(listed) > 1 or listed == every else ()


def _of_all(kinship: Kinship, key: str) -> bool:
    """Tell whether two leaf clauses are tied only by what is said of the whole of a standard."""
    return bool(kinship.relations) and all(
        f"{key}:" in (*relation.subject, *relation.object) for relation in kinship.relations
    )


class Grouping:
    """The groups for some standards, and how the standards stand to each other in each."""

    def __init__(self, graph: ClauseGraph, keys: Iterable[str], *, only: Collection[str] | None = None) -> None:
        """Group the leaf clauses of the standards; their order is kept.

        only: the leaf clauses of which is asked what follows about them through others; of all, if none are named.
        """
        self._only = only
        self.graph = graph
        self._own: dict[tuple[str, str], Pair] = {}
        self._concluded: set[tuple[str, str]] = set()
        self._closest: dict[tuple[str, str, bool], Kinship] = {}
        self.keys = tuple(graph.standard(key).key for key in keys)
        if len(set(self.keys)) != len(self.keys):
            raise UsageError("the same standard is named twice; name each standard once")

    @cached_property
    def _refs(self) -> dict[str, tuple[str, ...]]:
        return {key: self.graph.leaf_order[key] for key in self.keys}

    @cached_property
    def _hub_leaves(self) -> tuple[StructureClause, ...]:
        return tuple(clause for clause in self.graph.hub_clauses if clause.points)

    def home_of(self, clause: Clause) -> str:
        """Name the group in which a leaf clause lives: the topic that the data give it, else by its core points.

        Of several groups with as many core points it is the earliest. A supplement without any lives with its base.
        """
        if clause.topic is not None:
            return clause.topic
        if clause.supplements and not any(point.core for point in clause.points):
            base = self.graph.standard(clause.standard).supplements
            leaves = self.graph.leaves_under(f"{base}:{clause.supplements[0]}")
            return self.home_of(leaves[0]) if leaves else ""
        where = Counter(self.graph.hub_clause_of[point.core] for point in clause.points if point.core is not None)
        if not where:
            return ""
        return min(where, key=lambda number: (-where[number], number_key(number)))

    @cached_property
    def home(self) -> dict[str, str]:
        """The group of every leaf clause."""
        return {leaf.ref: self.home_of(leaf) for key in self.keys for leaf in self.graph.leaves(key)}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each group is called in a list: by its short name, else by its title."""
        graph = self.graph
        hub = {one.number: one.short or unmarked(graph.hub_titles[one.number]) for one in self._hub_leaves}
        return hub | {topic.id: topic.short or topic.title for topic in graph.topics}

    @cached_property
    def _at_home(self) -> dict[str, dict[str, list[str]]]:
        """By standard and group, the leaf clauses that live there, in clause order."""
        found: dict[str, dict[str, list[str]]] = {key: {} for key in self.keys}
        for key, refs in self._refs.items():
            for ref in refs:
                found[key].setdefault(self.home[ref], []).append(ref)
        return found

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The ids of all groups in reading order, whether or not these standards have anything in them."""
        found = [(number_key(clause.number), 0, clause.number) for clause in self._hub_leaves]
        # A topic may stand after a heading of the hub: it then follows that heading's last subclause.
        found += [((*number_key(topic.after), _LAST), index, topic.id) for index, topic in enumerate(self._topics)]
        return tuple(id_ for *_, id_ in sorted(found, key=lambda entry: entry[:2]))

    @cached_property
    def _topics(self) -> tuple[Topic, ...]:
        """The topics as the data have them, but in a standard's order where each is a single clause of it.

        The standards are asked in turn, and what one has ordered the next leaves as it is. Topics of several clauses
        are about a matter, and stay where the data put them.
        """
        order = list(self.graph.topics)
        settled: set[str] = set()
        for key, held in self._at_home.items():
            place = {ref: at for at, ref in enumerate(self._refs[key])}
            single = {id_: place[refs[0]] for id_, refs in held.items() if len(refs) == 1 and id_ not in settled}
            for after in dict.fromkeys(topic.after for topic in order):
                at = [at for at, topic in enumerate(order) if topic.after == after and topic.id in single]
                its = sorted((order[one] for one in at), key=lambda topic: single[topic.id])
                for to, topic in zip(at, its, strict=True):
                    order[to] = topic
            settled |= set(held)
        return tuple(order)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Every group that holds a leaf clause of these standards, in reading order."""
        found: dict[str, Group] = {}
        for clause in self._hub_leaves:
            core = tuple(point.id for point in clause.points)
            main = main_number(clause.number)
            title = self.graph.hub_titles[clause.number]
            found[clause.number] = self._group(clause, clause.number, title, main, clause.number, core)
        for topic in self._topics:
            found[topic.id] = self._group(topic, topic.id, topic.title, topic.main, None, ())
        ordered = (found[id_] for id_ in self.order)
        return tuple(group for group in ordered if any(group.home.values()) or any(group.also.values()))

    def _group(
        self, like: StructureClause | Topic, id_: str, title: str, main: str, number: str | None, core: tuple[str, ...]
    ) -> Group:
        home = {key: tuple(self._at_home[key].get(id_, ())) for key in self.keys}
        also: dict[str, tuple[str, ...]] = {}
        for key in self.keys:
            holding = self.graph.leaves_holding[key]
            refs = {ref for one in core for ref in holding.get(one, ()) if self.home[ref] != id_}
            refs |= {ref for ref in self._related_to(home, key) if self.home[ref] != id_}
            if not refs and not home[key]:
                refs = {ref for ref in self._related_to(home, key, core=True) if self.home[ref] != id_}
            also[key] = self.graph.in_order(refs)
        return Group(id_, title, main, number, core, home, also, like.advice, like.short)

    def _related_to(self, home: Mapping[str, tuple[str, ...]], key: str, *, core: bool = False) -> set[str]:
        """Find the leaf clauses of one standard that a relation, or the common core, ties to a row of the others.

        What is said of that whole standard singles out none of its clauses.
        """
        found: set[str] = set()
        for other, leaves in home.items():
            if other == key:
                continue
            pair, forward = self.pair(other, key)
            for one in leaves:
                for ref in pair.near(one) - found:
                    kinship = pair.leaf(one, ref) if forward else pair.leaf(ref, one)
                    if (kinship.kin is Kin.RELATED and not _of_all(kinship, key)) or (core and kinship.kin.is_core):
                        found.add(ref)
        return found

    @cached_property
    def placed(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Where each point belongs, by group and standard.

        A core point belongs where the hub has it, an own point where its clause lives: where a clause takes in several
        of the hub's (management review in one clause), with the core point that follows, else with the one before.
        All of a clause that states its home itself belongs there.
        """
        graph = self.graph
        found: dict[str, dict[str, list[str]]] = {}
        for key in self.keys:
            for leaf in graph.leaves(key):
                at_home = leaf.topic is not None
                where = [
                    None if at_home or point.core is None else graph.hub_clause_of[point.core] for point in leaf.points
                ]
                for index, point in enumerate(leaf.points):
                    near = [place for place in (*where[index:], *reversed(where[:index])) if place is not None]
                    group = near[0] if near else self.home[leaf.ref]
                    found.setdefault(group, {}).setdefault(key, []).append(leaf.point_ref(point))
        return {group: {key: tuple(refs) for key, refs in held.items()} for group, held in found.items()}

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """The standards whose points are counted."""
        return counted_of(self.keys, self.by_clause)

    @property
    def by_clause(self) -> tuple[str, ...]:
        """The standards held at clause level."""
        return tuple(key for key in self.keys if self.graph.by_clause(key))

    def adds(self, group: Group, key: str) -> tuple[str, ...]:
        """Name the points that a standard asks for in a row and that none of the others has a counterpart for.

        They are held against the standards whose points are counted, if there are any. Of a standard held at clause
        level nothing is named: what it adds is not listed.
        """
        if self.graph.by_clause(key):
            return ()
        others = [other for other in self.counted or self.keys if other != key]

        def is_met(ref: str) -> bool:
            pairs = (self.pair(key, other) for other in others)
            return any(pair.point_kin(ref, forward=forward)[0] is Kin.SAME for pair, forward in pairs)

        return tuple(ref for ref in self.placed.get(group.id, {}).get(key, ()) if not is_met(ref))

    # --- comparing ----------------------------------------------------------------------------------------------

    def pair(self, one: str, other: str, *, derived: bool = True) -> tuple[Pair, bool]:
        """Give the comparison of two standards, and whether the first named is its subject."""
        forward = self.keys.index(one) < self.keys.index(other)
        key = (one, other) if forward else (other, one)
        if derived and self._only is None:
            return followed(self.graph).pair(*key), forward
        if key not in self._own:
            self._own[key] = followed(self.graph).directly(*key) if derived else Pair(self.graph, *key)
        if derived and key not in self._concluded:
            self._concluded.add(key)
            followed(self.graph).tell(self._own[key], self._only)
        return self._own[key], forward

    @cached_property
    def pairs(self) -> dict[tuple[str, str], Pair]:
        """Every two of the standards, with what follows about them through others."""
        return {two: self.pair(*two)[0] for two in combinations(self.keys, 2)}

    def closure(self, pair: Pair) -> Closure | None:
        """Give what follows about a pair through others; nothing where only two standards are related."""
        return followed(self.graph).closure(pair.first, pair.second)

    def compare(self, group: Group, one: str, other: str) -> Kinship | None:
        """Tell how two standards stand to each other in a row; nothing if neither has a clause at home in it.

        It is how all that they have there stands to each other, or what is at home there to the whole other standard:
        whichever is closer.
        """
        at_home = any(group.home.values())
        if at_home and not group.home[one] and not group.home[other]:
            return None  # a third has its clause here, and these two meet in rows of their own
        found: list[Kinship] = []
        left, right = group.side(one), group.side(other)
        pair, forward = self.pair(one, other)
        if left and right:
            found.append(pair.between(left, right) if forward else pair.between(right, left))
        if not found or not found[0].kin.is_core:
            found += [self.best(ref, other) for ref in group.home[one]]
            found += [self.best(ref, one) for ref in group.home[other]]
        if not found and not at_home:
            # One of them is named here, with a clause that lives in another row: while nobody has looked at that, it
            # is not apart here either.
            named = (self.best(ref, far) for key, far in ((one, other), (other, one)) for ref in group.also[key])
            found += [kinship for kinship in named if kinship.kin is Kin.NOT_ASSESSED]
        return min(found, key=closeness, default=None)

    def best(self, ref: str, other: str, *, derived: bool = True) -> Kinship:
        """Give the closest that a leaf clause has in another standard: `none` only if it has none anywhere.

        The answer's subject is the clause only if its standard stands first in the pair. derived: with what follows
        through others, if anything is known of that.
        """
        # Rows, coverage and pictures all ask it of the same clauses.
        key = (ref, other, derived)
        if key not in self._closest:
            self._closest[key] = self._find_best(ref, other, derived)
        return self._closest[key]

    def _find_best(self, ref: str, other: str, derived: bool) -> Kinship:
        pair, forward = self.pair(ref.partition(":")[0], other, derived=derived)
        refs, near = self._refs[other], pair.near(ref)
        found = [pair.leaf(ref, far) if forward else pair.leaf(far, ref) for far in refs if far in near]
        tied = [kinship for kinship in found if kinship.kin not in (Kin.NONE, Kin.NOT_ASSESSED)]
        if tied:
            return min(tied, key=closeness)
        kins = ((far, pair.kin(ref, far) if forward else pair.kin(far, ref)) for far in refs)
        first = next((far for far, kin in kins if kin is Kin.NOT_ASSESSED), refs[0])
        return pair.leaf(ref, first) if forward else pair.leaf(first, ref)

    def closest(self, ref: str) -> Kin:
        """Tell how a leaf clause stands to the closest of all that the other standards have."""
        own = ref.partition(":")[0]
        return closest_of(self.best(ref, other).kin for other in self.keys if other != own)

    def nearest(self, ref: str) -> Mapping[str, tuple[str, ...]]:
        """Name the leaf clauses of each other standard that stand closest to one, where any has to do with it."""
        own, found = ref.partition(":")[0], {}
        for other in self.keys:
            kinship = None if other == own else self.best(ref, other)
            if kinship is not None and kinship.kin not in (Kin.NONE, Kin.NOT_ASSESSED):
                found[other] = kinship.object if ref in kinship.subject else kinship.subject
        return found

    def against_core(self, group: Group, key: str) -> Kin | None:
        """Tell how a standard stands to the hub's clause in a row: nothing for a topic group or an absent standard."""
        refs = group.side(key)
        if group.number is None or not refs:
            return None
        held = self.graph.core_ids(refs) & set(group.core)
        if not held:
            return Kin.NONE
        own = self.graph.by_clause(key) or any(point.core not in held for _, point in self.graph.points(refs))
        return Kin.EXTENDED if own or held != set(group.core) else Kin.SAME


@lru_cache(maxsize=8)
def grouped(graph: ClauseGraph, keys: tuple[str, ...]) -> Grouping:
    """Give the groups for some standards; whoever asks several questions about the same standards shares them."""
    return Grouping(graph, keys)
