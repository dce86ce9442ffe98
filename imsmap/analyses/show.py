"""One clause or point: what it asks for, its core, its documents, its counterparts, and its false friends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import field

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import KIND_WORDS, WARNING_GLYPH, Clause, Kin, Note, Point
from imsmap.library.relationships import claim_of, names_of
from imsmap.parts import ClauseName, clause_name, shared_words
from imsmap.reasoning.followed import followed
from imsmap.reasoning.friends import apart_at, false_friend_above
from imsmap.reasoning.kinship import Kinship, Pair, closeness
from imsmap.report import NOTHING, Cell, Column, Json, Ref, Report, Row, Table
from imsmap.revision import Edition, Editions
from imsmap.values import frozen
from imsmap.wording import CLAUSE_LEVEL, CONTAINS_LICENSED_TEXT, LICENSED_TEXT, NOT_LISTED, counted, trap

ABOUT = about.Question(short="One clause and its counterparts", takes="own", place=30)


@frozen
class Question:
    """Which clause to show, by its full reference; `point` narrows it to one point.

    first: the keys of the editions that stand for the others of their standards, such as the project's.
    """

    clause: str
    point: str | None = None
    first: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(factory=dict)
    """The licensed text of clauses, by full reference, where it is to be shown."""


@frozen
class ShownPoint:
    """A point with the leaf clause that states it."""

    id: str
    clause: ClauseName
    point: Point


@frozen
class Counterpart:
    """A leaf clause of another standard, and what the leaf clause shown has in common with it, in words."""

    of: ClauseName
    clause: ClauseName
    label: str
    kin: Kin
    possible: tuple[str, ...]
    claim: str
    basis: tuple[str, ...]
    jointly: bool
    shared: tuple[str, ...]
    confidence: float | None

    @property
    def because(self) -> str:
        """What the class rests on, in words."""
        return " and ".join(self.basis) + (", jointly" if self.jointly else "")


@frozen
class OtherDuty:
    """A clause of another standard with the same number and another duty; note: what ties them weakly all the same."""

    clause: ClauseName
    note: str


@frozen
class ShowAnswer:
    """A clause; children: numbers of the clauses beneath it. editions: where it stands in others of its standard.

    led: the keys of editions for which another one of their standard stands.
    """

    clause: ClauseName
    official_title: str | None
    parent: str | None
    children: tuple[str, ...]
    leaf: bool
    points: tuple[ShownPoint, ...]
    notes: tuple[Note, ...]
    counterparts: tuple[Counterpart, ...]
    false_friends: tuple[OtherDuty, ...]
    source: str
    confidence: float
    editions: tuple[Edition, ...] = ()
    led: frozenset[str] = frozenset()
    licensed: tuple[tuple[ClauseName, str], ...] = ()
    """The text of a licensed copy, by clause; empty unless it was asked for."""
    control: ClauseName | None = None
    """The control that an annex of the same standard prints under the clause's number."""

    @property
    def not_control(self) -> str:
        """Say that the clause is not the control that an annex prints under its number, where there is one."""
        if self.control is None:
            return ""
        number, name = self.control.number, self.control.name
        return f"Not the control {number} {name}, which its annex prints as {self.clause.number}."

    @property
    def told(self) -> tuple[Counterpart, ...]:
        """The counterparts that are told: those in one edition of each of the other standards."""
        return tuple(one for one in self.counterparts if one.clause.standard not in self.led)

    @property
    def traps(self) -> tuple[OtherDuty, ...]:
        """The false friends that are told: those in one edition of each of the other standards."""
        return tuple(one for one in self.false_friends if one.clause.standard not in self.led)


def analyse(graph: ClauseGraph, question: Question) -> Report[ShowAnswer]:
    """Show a clause with its points, its counterparts in every other standard that is loaded, and its false friends."""
    clause = graph.clause(question.clause)
    others = [standard.key for standard in graph.standards if standard.key != clause.standard]
    pairs = {other: _pair(graph, clause, other) for other in others}
    leaves = graph.leaves_under(clause.ref)
    if question.point is not None:
        graph.point(f"{clause.ref}#{question.point}")
    editions = Editions(graph, (clause.standard, *question.first))
    led = frozenset(
        key
        for key, leader in editions.leading.items()
        if key != clause.standard
        and (key != leader or (editions.same_series(key, clause.standard) and not graph.by_clause(clause.standard)))
    )
    answer = ShowAnswer(
        clause_name(graph, clause.ref),
        clause.title,
        clause.above,
        tuple(child.number for child in graph.children(clause.ref)),
        graph.is_leaf(clause.ref),
        tuple(
            ShownPoint(leaf.point_ref(point), clause_name(graph, leaf.ref), point)
            for leaf in leaves
            for point in leaf.points
            if question.point is None or point.id == question.point
        ),
        clause.notes,
        tuple(_counterpart(graph, kinship) for pair in pairs.values() for kinship in _counterparts(pair, leaves)),
        tuple(friend for pair in pairs.values() for friend in _false_friends(pair, clause)),
        clause.source,
        clause.confidence,
        editions.others(clause.ref),
        led,
        _licensed(graph, question, leaves),
        None if (control := graph.control_printed_as(clause.ref)) is None else clause_name(graph, control.ref),
    )
    return Report(
        "show",
        f"{graph.label(clause.ref)} {answer.clause.name}".strip(),
        graph.library.version,
        (
            _points_table(answer.points),
            *((_text_table(answer.licensed),) if answer.licensed else ()),
            _counterparts_table(answer.told),
            _friends_table(answer.traps),
        ),
        answer,
        to_json,
        _message(graph, answer),
        (
            *((answer.not_control,) if answer.control else ()),
            *((f"In other editions: {'; '.join(one.words for one in answer.editions)}.",) if answer.editions else ()),
            *(f"Note{f' ({note.amendment})' if note.amendment else ''}: {note.text}" for note in clause.notes),
            f"Source: {clause.source} Confidence {clause.confidence:g} of 1.",
        ),
        summary=_summary(graph, answer),
    )


def _licensed(graph: ClauseGraph, question: Question, leaves: Iterable[Clause]) -> tuple[tuple[ClauseName, str], ...]:
    refs = dict.fromkeys((question.clause, *(leaf.ref for leaf in leaves)))
    return tuple((clause_name(graph, ref), question.texts[ref]) for ref in refs if ref in question.texts)


def _summary(graph: ClauseGraph, answer: ShowAnswer) -> str:
    core = sum(shown.point.core is not None for shown in answer.points)
    name = f"{graph.label(answer.clause.ref)} {answer.clause.name}".strip()
    if graph.by_clause(answer.clause.standard) and graph.leaves_under(answer.clause.ref):
        beyond = f" beyond {counted(core, 'core point')}" if core else ""
        asked = f"held at {CLAUSE_LEVEL}, what it asks for{beyond} is {NOT_LISTED}"
        return f"{name}: {asked}; {_told(answer)} in other standards."
    if not answer.points:
        return f"{name}: nothing is asked for here."
    core_words = f"**{core} of {len(answer.points)} points** in the common core"
    return f"{name}: {core_words}, {_told(answer)} in other standards.".replace("\u00a0", " ")


def _told(answer: ShowAnswer) -> str:
    """Count the counterparts; where there is none, nobody may have looked: then none is known, which is no zero."""
    return counted(len(answer.told), "counterpart") if answer.told else "no counterpart known"


def _message(graph: ClauseGraph, answer: ShowAnswer) -> str:
    by_clause = graph.by_clause(answer.clause.standard) and bool(graph.leaves_under(answer.clause.ref))
    kind = (
        "leaf clause"
        if answer.leaf
        else "heading, shown with its leaf clauses"
        if answer.points or by_clause
        else "clause without requirements"
    )
    asked = f"held at {CLAUSE_LEVEL}, what it asks for is {NOT_LISTED}" if by_clause else f"{len(answer.points)} points"
    words = f"{kind}: {asked}, {_told(answer)} in the other standards of the library"
    if answer.traps:
        words += f"; {WARNING_GLYPH} FALSE FRIEND: the same number means something else elsewhere"
    return words[0].upper() + words[1:]


def _counterpart(graph: ClauseGraph, kinship: Kinship) -> Counterpart:
    mine, theirs = kinship.subject[0], kinship.object[0]
    return Counterpart(
        clause_name(graph, mine),
        clause_name(graph, theirs),
        graph.label(theirs),
        kinship.kin,
        names_of(kinship.possible),
        claim_of(kinship.possible),
        kinship.basis,
        kinship.jointly,
        shared_words(graph, kinship),
        kinship.confidence,
    )


def _pair(graph: ClauseGraph, clause: Clause, other: str) -> Pair:
    """Compare the clause's standard with another, with what follows about the clause and about a number that misleads.

    That may be the number of a heading above, of which it takes all leaf clauses; of the rest nobody asks.
    """
    asked = {leaf.ref for leaf in graph.leaves_under(clause.ref)}
    for number in graph.line(clause.ref):
        both = apart_at(graph, (clause.standard, other), number)
        asked.update(both[0] if both else ())
    pair = followed(graph).directly(clause.standard, other)
    followed(graph).tell(pair, asked)
    return pair


def _counterparts(pair: Pair, leaves: tuple[Clause, ...]) -> list[Kinship]:
    """Find everything in another standard that leaf clauses have something in common with, the closest first."""
    found: list[Kinship] = []
    for leaf in leaves:
        near = pair.near(leaf.ref)
        compared = [pair.leaf(leaf.ref, far.ref) for far in pair.graph.leaves(pair.second) if far.ref in near]
        tied = [kinship for kinship in compared if kinship.kin.is_counterpart]
        found.extend(sorted(tied, key=lambda k: (closeness(k), pair.graph.place(k.object[0]))))
    return found


def _false_friends(pair: Pair, clause: Clause) -> Iterable[OtherDuty]:
    friend = false_friend_above(pair, clause.ref)
    if friend is not None:
        name = clause_name(pair.graph, f"{pair.second}:{friend.number}")
        yield OtherDuty(name, trap(pair.graph, friend))


# --- as JSON ---------------------------------------------------------------------------------------------------------


def to_json(answer: ShowAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "clause": answer.clause.ref,
        "title": answer.clause.title,
        "official_title": answer.official_title,
        "parent": answer.parent,
        "children": list(answer.children),
        "leaf": answer.leaf,
        "points": [
            {
                "id": shown.id,
                "text": shown.point.text,
                "core": shown.point.core,
                "adds": shown.point.adds,
                "documented": None if shown.point.documented is None else shown.point.documented.kind,
                "amendment": shown.point.amendment,
                "confidence": shown.point.confidence,
            }
            for shown in answer.points
        ],
        "notes": [{"text": note.text, "amendment": note.amendment} for note in answer.notes],
        "counterparts": [
            {
                "clause": one.clause.ref,
                "of": one.of.ref,
                "class": one.kin.value,
                "possible": list(one.possible),
                "claim": one.claim,
                "basis": list(one.basis),
                "jointly": one.jointly,
                "confidence": one.confidence,
            }
            for one in answer.counterparts
        ],
        "false_friends": [
            {"clause": friend.clause.ref, "title": friend.clause.title, "note": friend.note}
            for friend in answer.false_friends
        ],
        "source": answer.source,
        "confidence": answer.confidence,
    }


# --- as tables -------------------------------------------------------------------------------------------------------


def _points_table(points: Sequence[ShownPoint]) -> Table:
    columns = (
        Column("clause", "Clause", "clause", 9),
        Column("point", "Point", "text", 22),
        Column("text", "What is asked for, in our words", "text", 60),
        Column("core", "Core point, or what it adds", "text", 34),
        Column("documented", "Documented information", "text", 14),
    )
    rows = []
    for shown in points:
        point = shown.point
        origin: Cell = f"core: {point.core}" if point.core else f"adds: {point.adds}"
        documented: Cell = KIND_WORDS[point.documented.kind] if point.documented else NOTHING
        text = point.text + (f" ({point.amendment})" if point.amendment else "")
        rows.append(Row(shown.id, (Ref(shown.clause.ref, shown.clause.number), point.id, text, origin, documented)))
    return Table("points", "What it asks for", columns, tuple(rows))


def _text_table(licensed: Iterable[tuple[ClauseName, str]]) -> Table:
    columns = (Column("clause", "Clause", "clause", 9), Column("text", CONTAINS_LICENSED_TEXT, "text", 110))
    rows = tuple(Row(clause.ref, (Ref(clause.ref, clause.number), said)) for clause, said in licensed)
    return Table("text", LICENSED_TEXT, columns, rows)


def _counterparts_table(counterparts: Iterable[Counterpart]) -> Table:
    columns = (
        Column("of", "Clause", "clause", 9),
        Column("class", "Class", "class", 13),
        Column("counterpart", "Counterpart", "clause", 40),
        Column("shared", "What is shared", "list", 44),
        Column("claim", "Claim", "text", 16),
        Column("basis", "Basis", "text", 12),
    )
    rows = [
        Row(
            f"{one.of.ref}-{one.clause.ref}",
            (
                Ref(one.of.ref, one.of.number),
                one.kin,
                Ref(one.clause.ref, f"{one.label} {one.clause.name}"),
                one.shared or NOTHING,
                one.claim,
                one.because,
            ),
        )
        for one in counterparts
    ]
    return Table("counterparts", "Counterparts", columns, tuple(rows))


def _friends_table(friends: Iterable[OtherDuty]) -> Table:
    columns = (
        Column("clause", "Same number", "clause", 26),
        Column("title", "Different duty", "text", 40),
        Column("note", "Note", "text", 50),
    )
    rows = tuple(
        Row(friend.clause.ref, (Ref(friend.clause.ref, friend.clause.ref), friend.clause.title, friend.note or NOTHING))
        for friend in friends
    )
    return Table("false_friends", "False friends", columns, rows)
