"""What standards share: every pair of leaf clauses with something in common, coverage both ways, what each adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field

from imsmap import about
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin
from imsmap.library.relationships import claim_of, names_of
from imsmap.parts import (
    ClauseName,
    MainClause,
    Side,
    TopicName,
    clause_name,
    coverage_json,
    coverage_table,
    levelled,
    main_clauses,
    shared_words,
    side_json,
    sides,
    tally_json,
    topics_alone,
)
from imsmap.reasoning.coverage import LEAF_CLAUSE, POINT, Coverage, closest_kin, coverage_both_ways
from imsmap.reasoning.friends import false_friends, hidden_friends
from imsmap.reasoning.groups import Grouping, grouped
from imsmap.reasoning.kinship import Kinship, Pair
from imsmap.reasoning.shares import Shares, Tally, shares_of
from imsmap.report import NOTHING, Column, Json, Ref, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import (
    CLASS_NOTES,
    coverage_in_full,
    designations,
    doubt,
    in_points,
    listed,
    method_notes,
    story,
    three_numbers,
    trap,
)

ABOUT = about.Question(
    short="What standards have in common, and what not",
    text="Say what standards have in common: n of m both ways, and what is uncovered, by name.\n\n"
    "With three and more, also what all of them hold of the common core, what some hold, and what each adds.",
    example="9001 14001 --format json",
    least=2,
    place=40,
)


@frozen
class Question:
    """Which standards to compare; links read from the first to the second."""

    standards: tuple[str, ...]

    @property
    def subject(self) -> str:
        """The first standard."""
        return self.standards[0]

    @property
    def object(self) -> str:
        """The second standard."""
        return self.standards[1]

    @property
    def more(self) -> tuple[str, ...]:
        """Any further standards."""
        return self.standards[2:]


@frozen
class LeafPair:
    """Two leaf clauses with something in common, be it only a reminder to look.

    shared: core ids; words: what they share, each sentence once; subject_adds, object_adds: ids of points.
    """

    subject: ClauseName
    object: ClauseName
    kin: Kin
    possible: tuple[str, ...]
    claim: str
    basis: tuple[str, ...]
    jointly: bool
    strength: int | None
    shared: tuple[str, ...]
    words: tuple[str, ...]
    subject_adds: tuple[str, ...]
    object_adds: tuple[str, ...]
    confidence: float | None

    @property
    def because(self) -> str:
        """What the class rests on, in words."""
        return " and ".join(self.basis) + (", jointly" if self.jointly else "")


@frozen
class Measure:
    """A measure of how much two standards have in common, as n of m."""

    name: str
    unit: str
    n: int
    m: int


@frozen
class SameNumber:
    """A false friend: a clause number that two standards use for different matters, and a note on the trap."""

    number: str
    subject_title: str
    object_title: str
    note: str


@frozen
class Between:
    """What two standards (keys) have in common; hidden: the links between clauses of different numbers."""

    subject: str
    object: str
    links: tuple[LeafPair, ...]
    coverage: tuple[Coverage, ...]
    measures: tuple[Measure, ...]
    false_friends: tuple[SameNumber, ...]
    hidden: tuple[LeafPair, ...]


@frozen
class CorePoint:
    """A core point of the hub, and the standards (keys) that hold it."""

    core: str
    clause: str
    text: str
    by: tuple[str, ...]


@frozen
class OwnPoint:
    """A standard's own point, and how closely any of the others comes to it."""

    point: str
    clause: ClauseName
    text: str
    kin: Kin


@frozen
class OverlapAnswer:
    """What standards have in common, two by two; core and adds are told of three standards and more.

    main_clauses: those under which topics stand; alone: the topics that stand alone, by the standards that hold them.
    """

    standards: tuple[Side, ...]
    pairs: tuple[Between, ...]
    coverage: tuple[Coverage, ...]
    shares: Shares
    main_clauses: tuple[MainClause, ...]
    alone: Mapping[tuple[str, ...], tuple[TopicName, ...]]
    core: tuple[CorePoint, ...] = ()
    adds: Mapping[str, tuple[OwnPoint, ...]] = field(factory=dict)

    @property
    def topics(self) -> Tally:
        """How topics are shared, in parts that sum."""
        return self.shares.tally()

    @property
    def listed(self) -> int:
        """How many of the standards are listed point by point, and so stand in counts of points."""
        return sum(not side.by_clause for side in self.standards)

    def held_by(self, least: int, most: int) -> tuple[CorePoint, ...]:
        """Give the core points that so many of the standards hold."""
        return tuple(point for point in self.core if least <= len(point.by) <= most)


_NOTES = (
    *CLASS_NOTES,
    "Overlap coefficient = points in common out of the smaller standard's points; Jaccard = points in common "
    "out of all different points. Points in common are counted once on each side; the smaller count is used.",
)


def analyse(graph: ClauseGraph, question: Question) -> Report[OverlapAnswer]:
    """Tell what standards share, how much of each has a counterpart in the others, and what has none, by name."""
    if len(set(question.standards)) != len(question.standards):
        twice = next(key for key in question.standards if question.standards.count(key) > 1)
        raise UsageError(f"{twice} is named twice; overlap needs different standards")
    grouping = grouped(graph, question.standards)
    counted = coverage_both_ways(grouping)
    shares = shares_of(grouping)
    answer = OverlapAnswer(
        sides(graph, grouping.keys),
        tuple(_between(graph, pair, counted) for pair in grouping.pairs.values()),
        counted,
        shares,
        main_clauses(graph, (share.main for share in shares.topics)),
        topics_alone(grouping, shares),
        _core(graph, grouping) if question.more and grouping.counted else (),
        _adds(grouping) if question.more else {},
    )
    called = designations(graph, grouping.keys)
    tables = [
        coverage_table(called, counted, "coverage", "Coverage, pairwise" if question.more else "Coverage, both ways"),
        _uncovered_table(graph, answer),
        _links_table(answer),
    ]
    told = (coverage_in_full(called, entry) for entry in counted if entry.unit == LEAF_CLAUSE)
    message = ". ".join((story(called, answer.topics), *told)) + "."
    if question.more:
        tables[1:1] = [_core_table(answer), _adds_table(answer)]
        message = " ".join(filter(None, (_said_of_all(graph, answer), message)))
    return Report(
        "overlap",
        "Overlap of " + listed(called.values()),
        graph.library.version,
        tuple(tables),
        answer,
        to_json,
        message,
        (*_NOTES, *((_CORE_NOTE,) if question.more else ()), *method_notes(graph, grouping.keys)),
        version=3,
        summary=_summary(called, answer),
        doubt=doubt(graph, grouping.keys),
    )


def _summary(called: Mapping[str, str], answer: OverlapAnswer) -> str:
    words = f"{listed(called.values())}: {three_numbers(answer.topics, len(called))}."
    points = [entry for entry in answer.coverage if entry.unit == POINT]
    if len(called) == 2 and points:
        words = f"{words} {in_points(called, points)}."
    return levelled(words, answer.standards)


def _between(graph: ClauseGraph, pair: Pair, counted: Iterable[Coverage]) -> Between:
    coverage = tuple(entry for entry in counted if {entry.of, entry.by} == {pair.first, pair.second})
    links = {(kinship.subject, kinship.object): _link(graph, kinship) for kinship in pair.tied()}
    return Between(
        pair.first,
        pair.second,
        tuple(links.values()),
        coverage,
        _measures(coverage),
        tuple(
            SameNumber(
                friend.number,
                graph.title(friend.subject),
                graph.title(friend.object),
                trap(graph, friend),
            )
            for friend in false_friends(pair)
        ),
        tuple(links[kinship.subject, kinship.object] for kinship in hidden_friends(pair)),
    )


def _link(graph: ClauseGraph, kinship: Kinship) -> LeafPair:
    return LeafPair(
        clause_name(graph, kinship.subject[0]), clause_name(graph, kinship.object[0]), kinship.kin,
        names_of(kinship.possible), claim_of(kinship.possible), kinship.basis, kinship.jointly, kinship.strength,
        kinship.shared, shared_words(graph, kinship), kinship.subject_adds, kinship.object_adds, kinship.confidence,
    )  # fmt: skip


def _measures(coverage: Iterable[Coverage]) -> tuple[Measure, ...]:
    """Give overlap coefficient and Jaccard on points as n of m: never a bare percentage; nothing without points."""
    sizes = [entry for entry in coverage if entry.unit == POINT]
    if not sizes:
        return ()
    common = min(entry.same for entry in sizes)
    smaller = min(entry.m for entry in sizes)
    together = sum(entry.m for entry in sizes) - common
    return Measure("overlap coefficient", POINT, common, smaller), Measure("Jaccard", POINT, common, together)


# --- three standards and more: the hub is the reference --------------------------------------------------------------

_CORE_NOTE = (
    "With three standards and more the core points of the harmonized structure are the reference: what all hold, what "
    "some hold, what one holds. Adds = a standard's own points without a counterpart in any of the others; where "
    "nobody has looked at a point by itself, it says so."
)


def _core(graph: ClauseGraph, grouping: Grouping) -> tuple[CorePoint, ...]:
    held = {key: graph.core_ids(leaf.ref for leaf in graph.leaves(key)) for key in grouping.counted}
    return tuple(
        CorePoint(core, graph.hub_clause_of[core], point.text, tuple(key for key in held if core in held[key]))
        for core, point in graph.core_points.items()
    )


def _said_of_all(graph: ClauseGraph, answer: OverlapAnswer) -> str:
    if not answer.core:
        return ""
    count = answer.listed
    which = "" if count == len(answer.standards) else " listed point by point"
    counts = [
        f"all {count} standards{which} hold {len(answer.held_by(count, count))}",
        f"some of them {len(answer.held_by(2, count - 1))}",
        f"only one of them {len(answer.held_by(1, 1))}",
        f"none of them {len(answer.held_by(0, 0))}",
    ]
    return f"Of the {len(answer.core)} core points of {graph.hub.designation}, {listed(counts)}."


def _adds(grouping: Grouping) -> dict[str, tuple[OwnPoint, ...]]:
    """List each standard's own points that no other of the standards has a counterpart for."""
    graph = grouping.graph
    found: dict[str, tuple[OwnPoint, ...]] = {}
    for key in grouping.keys:
        points = graph.points(leaf.ref for leaf in graph.leaves(key) if key in grouping.counted)
        own = [(ref, point, closest_kin(grouping, ref)) for ref, point in points if point.core is None]
        found[key] = tuple(
            OwnPoint(ref, clause_name(graph, ref.partition("#")[0]), point.text, kin)
            for ref, point, kin in own
            if kin is not Kin.SAME
        )
    return found


# --- as JSON ---------------------------------------------------------------------------------------------------------


def to_json(answer: OverlapAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says: of two standards flat, of more pair by pair."""
    described: list[Json] = [side_json(side) for side in answer.standards]
    topics = {"topics": tally_json(answer.topics)}
    if len(answer.pairs) == 1:
        one = answer.pairs[0]
        return {"subject": one.subject, "object": one.object, "standards": described, **topics, **_between_json(one)}
    count = answer.listed
    return {
        "standards": described,
        **topics,
        "core": {
            "points": len(answer.core),
            "all": [point.core for point in answer.held_by(count, count)],
            "some": [{"core": point.core, "by": list(point.by)} for point in answer.held_by(2, count - 1)],
            "one": [{"core": point.core, "by": list(point.by)} for point in answer.held_by(1, 1)],
            "nobody": [point.core for point in answer.held_by(0, 0)],
        },
        "adds": {
            key: [{"point": own.point, "text": own.text, "class": own.kin.value} for own in found]
            for key, found in answer.adds.items()
        },
        "pairs": [_between_json(one) for one in answer.pairs],
        "coverage": [coverage_json(entry) for entry in answer.coverage],
    }


def _between_json(one: Between) -> dict[str, Json]:
    return {
        "subject": one.subject,
        "object": one.object,
        "links": [_link_json(link) for link in one.links],
        "coverage": [coverage_json(entry) for entry in one.coverage],
        "measures": [{"measure": told.name, "unit": told.unit, "n": told.n, "m": told.m} for told in one.measures],
        "false_friends": [
            {
                "number": friend.number,
                "subject_title": friend.subject_title,
                "object_title": friend.object_title,
                "note": friend.note,
            }
            for friend in one.false_friends
        ],
        "hidden_friends": [
            {"subject": link.subject.ref, "object": link.object.ref, "class": link.kin.value} for link in one.hidden
        ],
    }


def _link_json(link: LeafPair) -> dict[str, Json]:
    return {
        "subject": link.subject.ref,
        "object": link.object.ref,
        "class": link.kin.value,
        "possible": list(link.possible),
        "claim": link.claim,
        "basis": list(link.basis),
        "jointly": link.jointly,
        "strength": link.strength,
        "shared": list(link.shared),
        "subject_adds": list(link.subject_adds),
        "object_adds": list(link.object_adds),
        "confidence": link.confidence,
    }


# --- as tables -------------------------------------------------------------------------------------------------------


def _core_table(answer: OverlapAnswer) -> Table:
    columns = (
        Column("clause", "Harmonized clause", "clause", 11),
        Column("text", "Core point, in our words", "text", 60),
        Column("held", "Held by", "text", 12),
        Column("by", "Of them", "list", 24),
    )
    called = {side.key: side.designation for side in answer.standards}
    count = answer.listed
    rows = []
    for point in answer.core:
        held = f"all {count}" if len(point.by) == count else f"{len(point.by)} of {count}"
        names = tuple(called[key] for key in point.by) or NOTHING
        rows.append(Row(point.core, (point.clause, point.text, held, names)))
    return Table("core", "The core points, and which of the standards hold them", columns, tuple(rows))


def _adds_table(answer: OverlapAnswer) -> Table:
    columns = (
        Column("standard", "Standard", "text", 16),
        Column("clause", "Clause", "clause", 9),
        Column("text", "It adds, in our words", "text", 60),
        Column("class", "In the others", "class", 15),
    )
    rows = tuple(
        Row(own.point, (side.designation, Ref(own.clause.ref, own.clause.number), own.text, own.kin))
        for side in answer.standards
        for own in answer.adds[side.key]
    )
    return Table("adds", "What each standard adds to the others", columns, rows)


def _uncovered_table(graph: ClauseGraph, answer: OverlapAnswer) -> Table:
    columns = (
        Column("of", "Standard", "text", 16),
        Column("clause", "Clause", "clause", 9),
        Column("title", "Title", "text", 44),
        Column("by", "Without counterpart in", "text", 20),
        Column("class", "Class", "class", 15),
    )
    called = {side.key: side.designation for side in answer.standards}
    rows = []
    for entry in answer.coverage:
        if entry.unit != LEAF_CLAUSE:
            continue
        for kin, numbers in entry.without.items():
            for number in numbers:
                ref = f"{entry.of}:{number}"
                cells = (called[entry.of], Ref(ref, number), graph.name(ref), called[entry.by], kin)
                rows.append(Row(f"{ref}-{entry.by}", cells))
    return Table("uncovered", "Leaf clauses without a counterpart, by name", columns, tuple(rows))


def _links_table(answer: OverlapAnswer) -> Table:
    # Two standards stand in the head of their columns; of more, each clause says whose it is.
    names = [side.designation for side in answer.standards]
    two = len(names) == 2
    columns = (
        Column("subject", names[0] if two else "Clause", "clause", 34),
        Column("class", "Class", "class", 13),
        Column("object", names[1] if two else "Counterpart", "clause", 34),
        Column("shared", "What is shared", "list", 40),
        Column("basis", "Basis", "text", 10),
        Column("possible", "Possible relations", "list", 18),
        Column("claim", "Claim", "text", 16),
        Column("confidence", "Confidence", "confidence", 11),
    )
    called = {side.key: f"{side.designation}, " for side in answer.standards}

    def clause(named: ClauseName, key: str) -> Ref:
        return Ref(named.ref, f"{'' if two else called[key]}{named.number} {named.name}")

    rows = [
        Row(
            f"{link.subject.ref}-{link.object.ref}",
            (
                clause(link.subject, between.subject),
                link.kin,
                clause(link.object, between.object),
                link.words or NOTHING,
                link.because,
                link.possible,
                link.claim,
                link.confidence,
            ),
        )
        for between in answer.pairs
        for link in between.links
    ]
    return Table("links", "Every pair of leaf clauses with something in common", columns, tuple(rows))
