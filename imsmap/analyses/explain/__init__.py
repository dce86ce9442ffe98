"""Why two clauses or points stand as they do: core points, stated relations, premises, confidence, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from imsmap import about
from imsmap.analyses.explain import words
from imsmap.analyses.explain.answer import (
    ClausesAnswer,
    End,
    ExplainAnswer,
    PointsAnswer,
    SharedCore,
    Stated,
    stated,
    to_json,
)
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin, Relation, split_ref
from imsmap.library.relationships import EQUAL, INVERSE, claim_of, names_of
from imsmap.parts import Side, clause_name, sides
from imsmap.reasoning.classes import point_kin
from imsmap.reasoning.followed import followed, take_over
from imsmap.reasoning.friends import false_friends
from imsmap.reasoning.kinship import Kinship, Pair
from imsmap.report import NOTHING, Column, Ref, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import Sentence, doubt, method_notes

if TYPE_CHECKING:
    from imsmap.reasoning.closure import Closure

ABOUT = about.Question(
    short="Why two clauses belong together",
    takes="clauses",
    text="Say why two clauses or points belong together, or why nothing is known.",
    example="9001:8.4 14001:8.1",
    place=70,
)


@frozen
class Question:
    """Which two clauses, headings or points, by their full references, of two different standards."""

    subject: str
    object: str


def analyse(graph: ClauseGraph, question: Question) -> Report[ExplainAnswer]:
    """Explain how two clauses, headings or points stand to each other, and on what that rests."""
    first, second = split_ref(question.subject)[0], split_ref(question.object)[0]
    if first == second:
        raise UsageError(
            f"both are clauses of {graph.standard(first).designation}; explain compares clauses of two standards"
        )
    from imsmap.reasoning.closure import Closure  # whoever explains many pairs at once may do without it

    pair = Pair(graph, first, second)
    closure = Closure(graph, (pair,), keys=followed(graph).between(first, second))
    # The false friend may be a heading above; what follows about other main clauses is nobody's question.
    ref = question.subject.partition("#")[0]
    take_over(closure, pair, {leaf.ref for leaf in graph.leaves_under(f"{first}:{graph.main(ref)}")})
    one, other = _leaves(graph, question.subject), _leaves(graph, question.object)
    if "#" in question.subject or "#" in question.object:
        return _points(graph, pair, question)
    kinship = pair.between(one, other)
    answer = _clauses(graph, pair, closure, kinship, question)
    labels = (graph.label(question.subject), graph.label(question.object))
    return Report(
        "explain",
        f"{labels[0]} and {labels[1]}",
        graph.library.version,
        (
            _words_table(answer.words),
            _shared_table(graph, answer),
            _relations_table(answer.relations),
            _adds_table(graph, kinship, labels),
        ),
        answer,
        to_json,
        str(answer.words[1]),  # the sentence that answers the question, behind the names
        method_notes(graph, (first, second)),
        summary=words.in_short(
            kinship, graph.apart(question.subject, question.object), misleads=misleads_there(pair, question)
        ),
        doubt=doubt(graph, (first, second)),
    )


def _clauses(graph: ClauseGraph, pair: Pair, closure: Closure, kinship: Kinship, question: Question) -> ClausesAnswer:
    ends = (question.subject, question.object)
    misleads = misleads_there(pair, question)
    relations, ways = relations_of(pair, kinship), ways_of(closure, kinship)
    both = sides(graph, [split_ref(ref)[0] for ref in ends])
    return ClausesAnswer(
        subject=ends[0],
        object=ends[1],
        kin=kinship.kin,
        possible=names_of(kinship.possible),
        claim=claim_of(kinship.possible),
        basis=kinship.basis,
        jointly=kinship.jointly,
        shared=tuple(
            SharedCore(
                core,
                graph.core_points[core].text,
                _holding(graph, kinship.subject, core),
                _holding(graph, kinship.object, core),
            )
            for core in kinship.shared
        ),
        subject_adds=kinship.subject_adds,
        object_adds=kinship.object_adds,
        ends=tuple(
            end(graph, side, ref, adds)
            for side, ref, adds in zip(both, ends, (kinship.subject_adds, kinship.object_adds), strict=True)
        ),
        relations=tuple(stated(graph, relation) for relation in relations),
        ways=tuple(tuple(map(str, way)) for way in ways),
        confidence=kinship.confidence,
        words=words.of_clauses(graph, kinship, ends, relations, ways, words.saying(graph), misleads=misleads),
    )


def misleads_there(pair: Pair, question: Question) -> bool:
    """Tell whether the two are false friends."""
    ends = (question.subject, question.object)
    return any(ends == (friend.subject, friend.object) for friend in false_friends(pair))


def end(graph: ClauseGraph, side: Side, ref: str, adds: Iterable[str]) -> End:
    """Name one of the two clauses, and what only it asks for."""
    points = [graph.point(point) for point in adds]
    return End(clause_name(graph, ref), side, tuple(point.adds or point.text for point in points))


def relations_of(pair: Pair, kinship: Kinship) -> list[Relation]:
    """Give every stated relation that touches both sides: what ties the two before why the rest shares nothing."""
    ties = pair.ties_between(kinship.subject, kinship.object)
    return sorted((tie.relation for tie in ties), key=lambda r: (-(r.strength or 0), r.id))


def ways_of(closure: Closure | None, kinship: Kinship) -> tuple[tuple[Sentence, ...], ...]:
    """Tell what a derived relation follows from: each way with its premises as sentences, from subject to object."""
    if closure is None or "derived" not in kinship.basis:
        return ()
    ways = closure.ways(kinship.subject[0], kinship.object[0])
    return tuple(tuple(Sentence(*closure.told(premise)) for premise in way) for way in ways)


def _leaves(graph: ClauseGraph, ref: str) -> tuple[str, ...]:
    leaves = tuple(leaf.ref for leaf in graph.leaves_under(ref))
    if not leaves:
        raise UsageError(f"{graph.label(ref)} states no requirements; name a clause from 4 on")
    return leaves


def _holding(graph: ClauseGraph, leaves: tuple[str, ...], core: str) -> tuple[str, ...]:
    return tuple(ref for ref, point in graph.points(leaves) if point.core == core)


def _points(graph: ClauseGraph, pair: Pair, question: Question) -> Report[ExplainAnswer]:
    """Explain a point against a point, or against a clause or heading."""
    forward = "#" in question.subject
    mine, far = (question.subject, question.object) if forward else (question.object, question.subject)
    point = graph.point(mine)
    _leaves(graph, far)
    mask, relations = pair.point_against(mine, far, forward=forward)
    far_points = [(far, graph.point(far))] if "#" in far else list(graph.points(_leaves(graph, far)))
    same = [ref for ref, other in far_points if point.core is not None and other.core == point.core]
    equal = [] if same or mask != EQUAL else [far]
    kin = point_kin(mask, relations, counterpart=bool(same or equal))
    apart = graph.apart(mine, far)
    labels = (graph.label(mine), graph.label(far))
    lines = [words.of_point(graph, mine), *([words.of_point(graph, far)] if "#" in far else [])]
    lines.append(words.conclusion_of_point(graph, point, labels, mask, kin, same, touched=bool(relations), apart=apart))
    if not same and kin in (Kin.RELATED, Kin.TOUCHES):
        lines.append(words.in_words(mask, labels, apart))
    lines.extend(words.told(relations, kin if kin is not Kin.SAME else Kin.RELATED, words.saying(graph)))
    needed = [point.confidence, *(graph.point(ref).confidence for ref in same)]
    needed += [] if same else [r.confidence for r in relations]
    confidence = min(needed) if kin is not Kin.NOT_ASSESSED else None
    if confidence is not None:
        lines.append(words.sureness(confidence))
    possible = mask if forward else INVERSE[mask]
    answer = PointsAnswer(
        subject=question.subject,
        object=question.object,
        kin=kin,
        possible=names_of(possible) if kin is not Kin.NOT_ASSESSED else (),
        claim=claim_of(possible),
        basis=(("core",) if same else ()) + (("stated",) if relations else ()),
        shared=(SharedCore(point.core, graph.core_points[point.core].text),) if same and point.core else (),
        counterparts=(*same, *equal),
        relations=tuple(stated(graph, relation) for relation in relations),
        confidence=confidence,
        words=tuple(lines),
    )
    return Report(
        "explain",
        f"{graph.label(question.subject)} and {graph.label(question.object)}",
        graph.library.version,
        (_words_table(answer.words), _relations_table(answer.relations)),
        answer,
        to_json,
        next(str(line) for line in lines if not str(line).startswith(labels)),
        method_notes(graph, (pair.first, pair.second)),
        doubt=doubt(graph, (pair.first, pair.second)),
    )


# --- as tables -------------------------------------------------------------------------------------------------------


def _words_table(lines: Iterable[Sentence]) -> Table:
    rows = tuple(Row(str(number), (str(line),)) for number, line in enumerate(lines, 1))
    return Table("words", "In words", (Column("why", "Why", "text", 100),), rows)


def _shared_table(graph: ClauseGraph, answer: ExplainAnswer) -> Table:
    columns = (
        Column("core", "Core point", "text", 26),
        Column("text", "What both ask for", "text", 60),
        Column("subject_points", "Subject's points", "list", 30),
        Column("object_points", "Object's points", "list", 30),
    )
    rows = tuple(
        Row(
            entry.core,
            (
                entry.core,
                entry.text,
                tuple(Ref(ref, graph.label(ref)) for ref in entry.subject_points),
                tuple(Ref(ref, graph.label(ref)) for ref in entry.object_points),
            ),
        )
        for entry in answer.shared
    )
    return Table("shared", "Shared core points", columns, rows)


def _relations_table(relations: Iterable[Stated]) -> Table:
    columns = (
        Column("relation_id", "Stated relation", "text", 30),
        Column("subject", "Subject", "list", 22),
        Column("predicate", "Relation", "relation", 16),
        Column("object", "Object", "list", 22),
        Column("strength", "Strength, 1 to 10", "number", 9),
        Column("shared", "What is shared", "text", 40),
        Column("differs", "What is not", "text", 40),
        Column("confidence", "Confidence", "confidence", 11),
        Column("author", "Author", "text", 10),
        Column("source", "Source", "text", 30),
    )
    rows = tuple(
        Row(
            relation.id,
            (
                relation.id,
                subject,
                relation.predicate,
                object_,
                NOTHING if relation.strength is None else relation.strength,
                relation.shared or NOTHING,
                relation.differs or NOTHING,
                relation.confidence,
                relation.author,
                relation.source,
            ),
        )
        for relation, subject, object_ in ((entry.relation, entry.subject, entry.object) for entry in relations)
    )
    return Table("relations", "Stated relations that touch both", columns, rows)


def _adds_table(graph: ClauseGraph, kinship: Kinship, labels: words.Labels) -> Table:
    columns = (
        Column("side", "Only in", "text", 24),
        Column("point", "Point", "text", 34),
        Column("text", "It asks", "text", 60),
    )
    rows = tuple(
        Row(ref, (label, ref.partition(":")[2], graph.point(ref).text))
        for label, adds in zip(labels, (kinship.subject_adds, kinship.object_adds), strict=True)
        for ref in adds
    )
    return Table("adds", "What each has beyond the other", columns, rows)
