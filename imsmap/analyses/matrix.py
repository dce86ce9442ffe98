"""The combined matrix: a row for what belongs together, what is shared in it, and what each standard adds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from attrs import evolve, field, frozen

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import WARNING_GLYPH, Colours, Kin, number_key
from imsmap.parts import (
    ClauseName,
    MainClause,
    Side,
    clause_json,
    clause_name,
    coverage_json,
    main_clause_json,
    main_clauses,
    side_json,
    sides,
    tally_json,
)
from imsmap.plain import unmarked
from imsmap.reasoning.coverage import LEAF_CLAUSE, Coverage, closest_kin, coverage_both_ways, pairs_by_class
from imsmap.reasoning.groups import Group, Grouping, grouped
from imsmap.reasoning.kinship import Kinship, closeness
from imsmap.reasoning.shares import Leaf, Share, Shares, advised, share
from imsmap.report import NOTHING, Cell, Column, Json, Ref, Report, Row, Table, sole
from imsmap.wording import designations, labels, listed, method_notes, story, together

ABOUT = about.Question(short="Standards side by side; a workbook or a page, too", place=130)


@frozen
class Question:
    """Which standards to set side by side; the order is kept."""

    standards: tuple[str, ...]


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
    to the closest that any of the others has.
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

    @property
    def name(self) -> str:
        """How it reads: the number of the hub's clause, if any, and the title."""
        title = unmarked(self.title)
        return f"{self.number}\u00a0{title}" if self.number else title

    def shown_number(self, holders: Sequence[str]) -> str:
        """Give the number by which people know it: the one that its holders (keys) agree on, else the structure's.

        10.3, where all use it and the structure says 10.1; of a topic without core 8.3 for 8.3.1 to 8.3.6.
        """
        named = [clause for key in holders for clause in self.clauses.get(key, ())]
        if self.number is not None:
            numbers = {clause.number for clause in named}
            every = all(self.clauses.get(key) for key in holders)
            return numbers.pop() if every and len(numbers) == 1 else self.number
        lines = [clause.line for clause in named]
        if not lines:
            return ""
        common = [number for number in lines[0] if all(number in line for line in lines)]
        return common[0] if len(common) > 1 or len(lines) == 1 else lines[0][0]


@frozen
class Member:
    """A topic among those that the same standards hold; kin: the closest in which any two of them stand in it."""

    topic: Topic
    kin: Kin

    @property
    def mark(self) -> str:
        """The sign behind its name, if it needs one: it has no common core, and yet it is no one's alone."""
        return self.kin.glyph if self.kin in (Kin.RELATED, Kin.TOUCHES, Kin.NOT_ASSESSED) else ""


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
    other standards; nearest: which of their clauses, by standard, it is that stand closest to it, if any do.
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
                    {key: len(found) for key, found in topic.adds.items()},
                )
                for topic in self.topics
            ),
            leaves(self.leaves),
        )

    def points(self, key: str, mains: Collection[str] | None = None) -> Counter[Kin]:
        """Count the points of a standard, under some main clauses or in all, by how close the closest other stands."""
        under = (topic for topic in self.topics if mains is None or topic.main in mains)
        return sum((Counter(topic.points.get(key, {})) for topic in under), Counter[Kin]())

    def regions(self) -> Mapping[tuple[str, ...], tuple[Member, ...]]:
        """Sort the topics by the standards (keys) that share them by the common core, the largest sets first."""
        return {part: self._members(found) for part, found in self.shares.regions().items()}

    @property
    def beside(self) -> tuple[Member, ...]:
        """Name the topics in which several standards have a clause each, and no two of them a common core."""
        return self._members(self.shares.beside)

    def said_beside(self, *, all_: bool = False) -> str:
        """Say what stands in no region, so that the counts of all regions and this sum to all topics; else nothing."""
        found = [f"{one.topic.name}{one.mark and f' {one.mark}'}" for one in self.beside]
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


def analyse(graph: ClauseGraph, question: Question) -> Report[MatrixAnswer]:
    """Set standards side by side, a row for each group of requirements that belong together."""
    grouping = grouped(graph, question.standards)
    friends = _false_friends(grouping)
    label = labels(graph, grouping.keys)
    rows = tuple(_advised(group, _row(grouping, group, friends, label)) for group in grouping.groups)
    names = designations(graph, grouping.keys)

    def named(refs: Iterable[str]) -> tuple[ClauseName, ...]:
        return tuple(clause_name(graph, ref) for ref in refs)

    answer = MatrixAnswer(
        sides(graph, grouping.keys),
        graph.library.core,
        main_clauses(graph, (group.main for group in grouping.groups)),
        {clause.number: clause.title for clause in graph.hub_clauses if not clause.points},
        {
            key: {clause.number: clause.title for clause in graph.clauses(key) if not graph.is_leaf(clause.ref)}
            for key in grouping.keys
        },
        {key: named(leaf.ref for leaf in graph.leaves(key)) for key in grouping.keys},
        rows,
        {leaf.ref: grouping.closest(leaf.ref) for key in grouping.keys for leaf in graph.leaves(key)},
        {
            leaf.ref: {other: named(refs) for other, refs in grouping.nearest(leaf.ref).items()}
            for key in grouping.keys
            for leaf in graph.leaves(key)
        },
        coverage_both_ways(grouping),
    )
    title = "Combined matrix: " + listed(names.values())
    return Report(
        "matrix", title, graph.library.version, (_table(answer),), answer, to_json,
        story(names, answer.shares.tally()),
        (
            "A row is a group of requirements that belong together: one for each leaf clause of the harmonized "
            "structure, and topic groups for what has no common core.",
            *_looked_at(grouping),
            *method_notes(graph, grouping.keys),
        ),
        version=2, standards=answer.standards,
    )  # fmt: skip


def _looked_at(grouping: Grouping) -> tuple[str, ...]:
    """Say of how many pairs of leaf clauses of two standards nobody has said anything."""
    if len(grouping.keys) != 2:
        return ()
    found = pairs_by_class(grouping, *grouping.keys)
    unsaid, none = found[Kin.NOT_ASSESSED], found[Kin.NONE]
    total = sum(found.values())
    return (
        f"Not assessed is told of a leaf clause as a whole. Of {total} pairs of leaf clauses {total - unsaid - none} "
        f"have something to do with each other, of {none} it is stated that they have not, and of {unsaid} nobody has "
        "said anything.",
    )


def _advised(group: Group, row: Topic) -> Topic:
    """Let the data override what the rule advises, wherever standards have anything to do together."""
    return (
        evolve(row, advice=group.advice) if group.advice and any(one.kin.is_counterpart for one in row.classes) else row
    )


def _false_friends(grouping: Grouping) -> dict[str, set[str]]:
    """Give the leaf clauses of each false friend, by number."""
    found: dict[str, set[str]] = {}
    for pair in grouping.pairs.values():
        for friend in pair.false_friends():
            leaves = found.setdefault(friend.number, set())
            for ref in (friend.subject, friend.object):
                leaves |= {leaf.ref for leaf in grouping.graph.leaves_under(ref)}
    return found


def _row(grouping: Grouping, group: Group, friends: dict[str, set[str]], label: Mapping[str, str]) -> Topic:
    graph = grouping.graph
    compared = {pair: grouping.compare(group, *pair) for pair in grouping.pairs}
    known = {pair: kinship for pair, kinship in compared.items() if kinship is not None}
    placed = grouping.placed.get(group.id, {})
    present = tuple(key for key in grouping.keys if key in placed)
    kin = _weakest(known.values())
    adds = {key: tuple(_addition(graph, ref) for ref in grouping.adds(group, key)) for key in grouping.keys}
    shared = _shared(grouping, group, known)
    here = {ref for key in grouping.keys for ref in group.home[key]}
    return Topic(
        group.id,
        group.main,
        group.number,
        group.title,
        {key: tuple(clause_name(graph, ref) for ref in group.home[key]) for key in grouping.keys},
        {
            key: tuple(CrossReference(clause_name(graph, ref), grouping.home[ref]) for ref in group.also[key])
            for key in grouping.keys
        },
        tuple(PairClass(one, other, kinship.kin, kinship.jointly) for (one, other), kinship in known.items()),
        kin,
        {key: grouping.against_core(group, key) for key in grouping.keys},
        shared,
        adds,
        {
            key: tuple(graph.in_core_order(set(group.core) - graph.core_ids(group.home[key] + group.also[key])))
            for key in grouping.keys
        },
        present,
        together(label[key] for key in present),
        advised(
            min(known.values(), key=closeness).kin if known else Kin.NONE,
            sum(1 for entry in shared if entry.core is not None),
            sum(map(len, adds.values())),
        ),
        tuple(sorted((n for n, leaves in friends.items() if leaves & here), key=number_key)),
        {key: Counter(closest_kin(grouping, ref) for ref in placed.get(key, ())) for key in present if grouping.pairs},
    )


def _weakest(kinships: Iterable[Kinship]) -> Kin:
    return max((kinship.kin for kinship in kinships), key=lambda kin: kin.distance, default=Kin.NOT_ASSESSED)


def _shared(grouping: Grouping, group: Group, known: Mapping[tuple[str, str], Kinship]) -> tuple[Shared, ...]:
    """List what two standards or more have in common in a row: core points first, then what stated relations say."""
    graph = grouping.graph
    found: list[Shared] = []
    held = {key: graph.core_ids(group.home[key] + group.also[key]) for key in grouping.keys}
    # In a topic group only core points at home count: clauses that are merely named meet in a row of their own.
    at_home = (graph.core_ids(group.home[key]) for key in grouping.keys)
    wanted = set(group.core) if group.number is not None else set().union(*at_home)
    for core in graph.in_core_order(wanted):
        by = tuple(key for key in grouping.keys if core in held[key])
        if len(by) > 1:
            at = frozenset(ref.partition("#")[0] for key in by for ref in graph.holders(core, key))
            found.append(Shared(graph.core_points[core].text, by, core=core, at=at))
    # Clauses and their points may say the same: once is enough.
    told: dict[str, tuple[str, list[str], set[str]]] = {}
    for pair, kinship in known.items():
        for relation in kinship.relations:
            if relation.shared:
                _, by_, at_ = told.setdefault(relation.shared, (relation.id, [], set()))
                by_ += [key for key in pair if key not in by_]
                ends = (*relation.subject, *relation.object)
                at_ |= {leaf.ref for end in ends for leaf in graph.leaves_under(end.partition("#")[0])}
    stated = (Shared(text, tuple(by), relation=id_, at=frozenset(at)) for text, (id_, by, at) in told.items())
    return (*found, *stated)


def _addition(graph: ClauseGraph, ref: str) -> Addition:
    point = graph.point(ref)
    return Addition(ref, point.adds or point.text)


# --- as JSON ----------------------------------------------------------------------------------------------------------


def to_json(answer: MatrixAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "core_colours": {"dark": answer.core_colours.dark, "tint": answer.core_colours.tint},
        "main_clauses": [main_clause_json(main) for main in answer.main_clauses],
        "headings": {"core": dict(answer.core_headings)} | {key: dict(held) for key, held in answer.headings.items()},
        "groups": [_topic_json(row) for row in answer.topics],
        "topics": tally_json(answer.shares.tally()),
        "coverage": [coverage_json(entry) for entry in answer.coverage],
    }


def _topic_json(row: Topic) -> dict[str, Json]:
    return {
        "id": row.id,
        "kind": "topic" if row.number is None else "core",
        "main": row.main,
        "number": row.number,
        "title": row.title,
        "clauses": {key: [clause_json(clause) for clause in clauses] for key, clauses in row.clauses.items()},
        "also": {
            key: [{**clause_json(one.clause), "home": one.home} for one in named] for key, named in row.also.items()
        },
        "classes": [
            {"subject": one.subject, "object": one.object, "class": one.kin.value, "jointly": one.jointly}
            for one in row.classes
        ],
        "class": row.kin.value,
        "glyph": row.kin.glyph,
        "against_core": {key: None if kin is None else kin.value for key, kin in row.against_core.items()},
        "shared": [_shared_json(entry) for entry in row.shared],
        "adds": {key: [one.text for one in found] for key, found in row.adds.items()},
        "adds_points": {key: [one.point for one in found] for key, found in row.adds.items()},
        "lacks": {key: list(core) for key, core in row.lacks.items()},
        "letters": row.letters,
        "advice": row.advice,
        "false_friends": list(row.false_friends),
    }


def _shared_json(entry: Shared) -> dict[str, Json]:
    if entry.relation is None:
        return {"core": entry.core, "text": entry.text, "by": list(entry.by)}
    return {"core": None, "relation": entry.relation, "text": entry.text, "by": list(entry.by)}


# --- as a table -------------------------------------------------------------------------------------------------------


def _table(answer: MatrixAnswer) -> Table:
    columns = (
        Column("clause", "Harmonized clause", "clause", 11),
        Column("topic", "Topic", "text", 24),
        *(
            Column(side.key, side.designation, "clause", 30, standard=side.key, role="clauses")
            for side in answer.standards
        ),
        Column("class", "Class", "class", 13),
        Column("shared", "What is shared", "list", 46),
        *(
            Column(f"adds_{side.key}", f"{side.designation} adds", "list", 36, standard=side.key, role="adds")
            for side in answer.standards
        ),
        Column("advice", "Advice", "text", 15),
        Column("letters", "Letters", "letters", 8),
        Column("false_friends", "False friend", "text", 12),
    )
    label = {side.key: side.label for side in answer.standards}
    found: list[Row] = []
    for main in answer.main_clauses:
        blank: tuple[Cell, ...] = (None,) * (len(columns) - 2)
        found.append(Row(f"main-{main.number}", (main.number, main.title, *blank), heading=True))
        found += [
            Row(row.id, _cells(row, label), depth=1, standard=sole(row.present))
            for row in answer.topics
            if row.main == main.number
        ]
    return Table("matrix", "Matrix", columns, tuple(found))


def _cells(row: Topic, label: Mapping[str, str]) -> tuple[Cell, ...]:
    kin: Cell = row.kin
    if len(row.classes) > 1:
        kin = tuple(
            f"{together((label[one.subject], label[one.object]))} {one.kin.glyph} {one.kin.value}"
            for one in row.classes
        )
    return (
        row.number or NOTHING,
        row.title,
        *(_clauses_cell(row, key) for key in row.clauses),
        kin,
        tuple(entry.text for entry in row.shared) or NOTHING,
        *(tuple(one.text for one in found) or NOTHING for found in row.adds.values()),
        row.advice,
        row.letters,
        tuple(f"{WARNING_GLYPH} {number}" for number in row.false_friends) or NOTHING,
    )


def _clauses_cell(row: Topic, key: str) -> Cell:
    home = tuple(Ref(clause.ref, clause.words) for clause in row.clauses[key])
    also = tuple(Ref(one.clause.ref, f"see {one.clause.words}") for one in row.also[key])
    return (*home, *also) or NOTHING
