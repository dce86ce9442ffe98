"""Why two clauses or points stand as they do: core points, stated relations, premises, confidence, in words."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from imsmap.checking import is_suspect
from imsmap.errors import UsageError
from imsmap.graph import ClauseGraph
from imsmap.kinship import Kinship, Pair
from imsmap.measures import method_notes
from imsmap.model import WARNING_GLYPH, Kin, Relation, split_ref
from imsmap.relationships import claim_of, names_of
from imsmap.report import NOTHING, Column, Ref, Report, Row, Table


@frozen
class Question:
    """Which two clauses, headings or points, by their full references, of two different standards."""

    subject: str
    object: str


def analyse(graph: ClauseGraph, question: Question) -> Report:
    """Explain how two clauses, headings or points stand to each other, and on what that rests."""
    first, second = split_ref(question.subject)[0], split_ref(question.object)[0]
    if first == second:
        raise UsageError(
            f"both are clauses of {graph.standard(first).designation}; explain compares clauses of two standards"
        )
    pair = Pair(graph, first, second)
    one, other = _leaves(graph, question.subject), _leaves(graph, question.object)
    if "#" in question.subject or "#" in question.object:
        return _points(graph, pair, question)
    kinship = pair.between(one, other)
    ties = pair.ties_between(one, other)
    # What ties the two comes before the reasons why the rest has nothing in common.
    stated = sorted((tie.relation for tie in ties), key=lambda r: (-(r.strength or 0), r.id))
    labels = (graph.label(question.subject), graph.label(question.object))
    lines = _lines(graph, pair, question, kinship, stated, labels)
    values: dict[str, Any] = {
        "subject": question.subject,
        "object": question.object,
        "class": kinship.kin.value,
        "possible": list(names_of(kinship.possible)),
        "claim": claim_of(kinship.possible),
        "basis": list(kinship.basis),
        "jointly": kinship.jointly,
        "shared": [
            {
                "core": core,
                "text": graph.core_points[core].text,
                "subject_points": _holding(graph, one, core),
                "object_points": _holding(graph, other, core),
            }
            for core in kinship.shared
        ],
        "subject_adds": list(kinship.subject_adds),
        "object_adds": list(kinship.object_adds),
        "relations": [_relation(graph, relation) for relation in stated],
        "confidence": kinship.confidence,
        "words": lines,
    }
    return Report(
        "explain",
        f"{labels[0]} and {labels[1]}",
        graph.library.version,
        (
            _words_table(lines),
            _shared_table(graph, values),
            _relations_table(values),
            _adds_table(graph, kinship, labels),
        ),
        values,
        _conclusion(lines),
        method_notes(graph, (first, second)),
    )


def _leaves(graph: ClauseGraph, ref: str) -> tuple[str, ...]:
    leaves = tuple(leaf.ref for leaf in graph.leaves_under(ref))
    if not leaves:
        raise UsageError(f"{graph.label(ref)} states no requirements; name a clause from 4 on")
    return leaves


def _holding(graph: ClauseGraph, leaves: tuple[str, ...], core: str) -> list[str]:
    return [ref for ref, point in graph.points(leaves) if point.core == core]


def _relation(graph: ClauseGraph, relation: Relation) -> dict[str, Any]:
    return {
        "id": relation.id,
        "subject": [graph.label(ref) for ref in relation.subject],
        "predicate": relation.predicate,
        "object": [graph.label(ref) for ref in relation.object],
        "strength": relation.strength,
        "shared": relation.shared,
        "differs": relation.differs,
        "justification": relation.justification,
        "confidence": relation.confidence,
        "author": relation.author,
        "source": relation.source,
        "suspect": is_suspect(graph, relation),
    }


def _lines(
    graph: ClauseGraph,
    pair: Pair,
    question: Question,
    kinship: Kinship,
    stated: list[Relation],
    labels: tuple[str, str],
) -> list[str]:
    titles = (graph.title(question.subject), graph.title(question.object))
    found = [f"{labels[0]} ({titles[0]}) and {labels[1]} ({titles[1]})."]
    claim, names = claim_of(kinship.possible), " or ".join(names_of(kinship.possible))
    for friend in pair.false_friends():
        if question.subject == friend.subject and question.object == friend.object:
            found.append(f"{WARNING_GLYPH} FALSE FRIEND: same number, different duty. Do not pair them.")
    if claim == "contradiction":
        found.append(
            "What is stated about them contradicts itself: "
            + ", ".join(relation.id for relation in stated)
            + ". Run `imsmap check`."
        )
    elif kinship.kin is Kin.NOT_ASSESSED:
        found.append(
            "Nothing is known about them, because they share no core point of the harmonized structure and nobody has "
            "stated a relation that reaches from one to the other. That is not the same as: they have nothing in "
            "common."
            if not stated
            else "Nothing is known about them by themselves: the relations that touch them leave it open whether they "
            "share anything."
        )
    elif kinship.kin is Kin.NONE:
        found.append("They have nothing in common: a person looked and said why.")
    elif kinship.jointly:
        found.append(
            "They are tied only jointly: a person related a union of clauses that includes them, and what holds of the "
            "union need not hold of each member."
        )
    else:
        found.append(f"They share something: {kinship.kin.glyph} {kinship.kin.value}.")
        found.append(f"Proved: {names}." if claim == "proved" else f"Still possible: {names}; which one is not proved.")
    if kinship.shared:
        count = len(kinship.shared)
        found.append(
            f"Both hold {count} core point{'s' if count > 1 else ''} of the harmonized structure: "
            + " ".join(graph.core_points[core].text for core in kinship.shared)
        )
    for relation in stated:
        strength = f", strength {relation.strength} of 10" if relation.strength is not None else ""
        found.append(
            f"Stated ({relation.id}, {relation.predicate}{strength}, confidence {relation.confidence:g}, by "
            f"{relation.author}{_suspicion(graph, relation)}): {relation.rationale}"
        )
    if kinship.kin in (Kin.SAME, Kin.EXTENDED, Kin.RELATED):
        for label, adds in zip(labels, (kinship.subject_adds, kinship.object_adds), strict=True):
            found.append(f"{label} has {len(adds)} points without a counterpart on the other side.")
    if kinship.confidence is not None:
        found.append(f"Confidence {kinship.confidence:g} of 1.")
    return found


def _suspicion(graph: ClauseGraph, relation: Relation) -> str:
    return ", SUSPECT: a side changed since a person last affirmed it" if is_suspect(graph, relation) else ""


def _conclusion(lines: list[str]) -> str:
    """Give the sentence that answers the question: the second, behind the names."""
    return lines[1]


def _words_table(lines: list[str]) -> Table:
    rows = tuple(Row(str(number), (line,)) for number, line in enumerate(lines, 1))
    return Table("words", "In words", (Column("why", "Why", "text", 100),), rows)


def _points(graph: ClauseGraph, pair: Pair, question: Question) -> Report:
    """Explain a point against a point, or against a clause."""
    is_point = "#" in question.subject
    mine = question.subject if is_point else question.object
    far = question.object if is_point else question.subject
    point = graph.point(mine)
    far_refs = (
        [(far, graph.point(far))] if "#" in far else list(graph.points(leaf.ref for leaf in graph.leaves_under(far)))
    )
    same = [ref for ref, other in far_refs if point.core is not None and other.core == point.core]
    touching = {mine, mine.partition("#")[0]}
    relations = [
        tie.relation
        for tie in pair.ties_between(_leaves(graph, question.subject), _leaves(graph, question.object))
        if touching & {*tie.relation.subject, *tie.relation.object}
    ]
    lines = [f"{graph.label(mine)}: {point.text}"]
    if same:
        core = point.core or ""
        lines.append(
            f"Counterpart: both are the core point {core} of the harmonized structure, each said for its discipline: "
            f"{graph.core_points[core].text}"
        )
    elif point.core is not None:
        lines.append(f"It is the core point {point.core}, which {graph.label(far)} does not hold.")
    else:
        lines.append(f"It is the standard's own ({point.adds}); an own point never equals a core point.")
    for relation in relations:
        lines.append(f"Stated ({relation.id}, {relation.predicate}{_suspicion(graph, relation)}): {relation.rationale}")
    if not same and not relations:
        lines.append(
            "Nothing is known about the two, because no relation that names the point or its clause is stated."
        )
    kin = Kin.SAME if same else Kin.NOT_ASSESSED
    if not same and relations:
        kin = Kin.NONE if all(r.predicate == "no-relationship" for r in relations) else Kin.RELATED
    possible = {Kin.SAME: ["equal-to"], Kin.NONE: ["no-relationship"]}.get(kin, [])
    confidence = min(
        [point.confidence, *(graph.point(ref).confidence for ref in same), *(r.confidence for r in relations)]
    )
    values: dict[str, Any] = {
        "subject": question.subject,
        "object": question.object,
        "class": "counterpart" if same else kin.value,
        "possible": possible,
        "claim": "proved" if possible else "share something" if kin is Kin.RELATED else "unknown",
        "basis": (["core"] if same else []) + (["stated"] if relations else []),
        "shared": [{"core": point.core, "text": graph.core_points[point.core].text}] if same and point.core else [],
        "counterparts": same,
        "relations": [_relation(graph, relation) for relation in relations],
        "confidence": confidence if same or relations else None,
        "words": lines,
    }
    return Report(
        "explain",
        f"{graph.label(question.subject)} and {graph.label(question.object)}",
        graph.library.version,
        (_words_table(lines), _relations_table(values)),
        values,
        _conclusion(lines),
        method_notes(graph, (pair.first, pair.second)),
    )


def _shared_table(graph: ClauseGraph, values: dict[str, Any]) -> Table:
    columns = (
        Column("core", "Core point", "text", 26),
        Column("text", "What both ask for", "text", 60),
        Column("subject_points", "Subject's points", "list", 30),
        Column("object_points", "Object's points", "list", 30),
    )
    rows = tuple(
        Row(
            entry["core"],
            (
                entry["core"],
                entry["text"],
                tuple(Ref(ref, graph.label(ref)) for ref in entry["subject_points"]),
                tuple(Ref(ref, graph.label(ref)) for ref in entry["object_points"]),
            ),
        )
        for entry in values["shared"]
    )
    return Table("shared", "Shared core points", columns, rows)


def _relations_table(values: dict[str, Any]) -> Table:
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
            entry["id"],
            (
                entry["id"],
                tuple(entry["subject"]),
                entry["predicate"],
                tuple(entry["object"]),
                NOTHING if entry["strength"] is None else entry["strength"],
                entry["shared"] or NOTHING,
                entry["differs"] or NOTHING,
                entry["confidence"],
                entry["author"],
                entry["source"],
            ),
        )
        for entry in values["relations"]
    )
    return Table("relations", "Stated relations that touch both", columns, rows)


def _adds_table(graph: ClauseGraph, kinship: Kinship, labels: tuple[str, str]) -> Table:
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
