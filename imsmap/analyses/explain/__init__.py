"""Why two clauses or points stand as they do: core points, stated relations, premises, confidence, in words."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from imsmap import about
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import WARNING_GLYPH, Kin, Point, Relation, split_ref
from imsmap.library.relationships import EQUAL, INVERSE, NONE, SHARE, claim_of, names_of
from imsmap.reasoning.checking import is_suspect
from imsmap.reasoning.closure import Closure
from imsmap.reasoning.groups import take_over
from imsmap.reasoning.kinship import Kinship, Pair
from imsmap.report import NOTHING, Column, Ref, Report, Row, Table, untyped
from imsmap.wording import listed, method_notes, named

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


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """Explain how two clauses, headings or points stand to each other, and on what that rests."""
    first, second = split_ref(question.subject)[0], split_ref(question.object)[0]
    if first == second:
        raise UsageError(
            f"both are clauses of {graph.standard(first).designation}; explain compares clauses of two standards"
        )
    pair = Pair(graph, first, second)
    closure = Closure(graph, (pair,))
    take_over(closure, (pair,))
    one, other = _leaves(graph, question.subject), _leaves(graph, question.object)
    if "#" in question.subject or "#" in question.object:
        return _points(graph, pair, question)
    kinship = pair.between(one, other)
    ties = pair.ties_between(one, other)
    # What ties the two comes before the reasons why the rest has nothing in common.
    stated = sorted((tie.relation for tie in ties), key=lambda r: (-(r.strength or 0), r.id))
    labels = (graph.label(question.subject), graph.label(question.object))
    ways = _ways(closure, kinship)
    lines = _lines(graph, pair, question, kinship, stated, labels, ways)
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
        "premises": ways,
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
        untyped,
        _conclusion(lines),
        method_notes(graph, (first, second)),
    )


def _ways(closure: Closure, kinship: Kinship) -> list[list[str]]:
    """Tell what a derived relation follows from: each way with its premises as sentences, from subject to object."""
    if "derived" not in kinship.basis:
        return []
    ways = closure.ways(kinship.subject[0], kinship.object[0])
    return [[closure.words(premise) for premise in way] for way in ways]


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
        "subject": named(graph, relation.subject),
        "predicate": relation.predicate,
        "object": named(graph, relation.object),
        "strength": relation.strength,
        "shared": relation.shared,
        "differs": relation.differs,
        "justification": relation.justification,
        "confidence": relation.confidence,
        "author": relation.author,
        "source": relation.source,
        "suspect": is_suspect(graph, relation),
    }


_WORDS = {
    "equal-to": "both ask for the same",
    "subset-of": "all that {0} asks for is part of what {1} asks for",
    "superset-of": "all that {1} asks for is part of what {0} asks for",
    "intersects-with": "they overlap, and each asks for something that the other does not",
    "no-relationship": "they have nothing in common",
}


def _in_words(mask: int, names: tuple[str, str]) -> str:
    """Say what is left possible as a sentence."""
    left = names_of(mask)
    said = [f"{_WORDS[name].format(*names)} ({name})" for name in left]
    if len(said) == 1:
        return f"Proved: {said[0]}."
    if mask == SHARE:
        return "They overlap; how far is not settled: neither sameness nor that one contains the other is ruled out."
    return f"Not settled, one of these holds: {'; or '.join(said)}."


_CONCLUSIONS = {
    Kin.SAME: "They ask for the same (= same): each discipline still has to do it for its own subject.",
    Kin.EXTENDED: "They share requirements of the common core, and at least one of them says more than that "
    "(≈ extended).",
    Kin.RELATED: "They have something in common, though no requirement of the common core (◐ related).",
    Kin.NONE: "They have nothing in common: a person looked and said why.",
}
_FOLLOWS = {
    Kin.SAME: "They ask for the same (= same): nobody stated it of these two; it follows from what is known.",
    Kin.RELATED: "They have something in common (◐ related): nobody stated it of these two; it follows from what is "
    "known.",
    Kin.NONE: "They have nothing in common: nobody stated it of these two; it follows from what is known.",
}


def _concluded(kinship: Kinship) -> str:
    """Say the conclusion, and whether it is known directly or follows through other clauses."""
    only_derived = kinship.basis == ("derived",)
    return (_FOLLOWS if only_derived else _CONCLUSIONS).get(kinship.kin, _CONCLUSIONS[kinship.kin])


_JOINTLY = (
    "They are tied only jointly (◐ related): a person related a union of clauses or points that includes them, and "
    "what holds of the union need not hold of each member."
)


def _lines(
    graph: ClauseGraph,
    pair: Pair,
    question: Question,
    kinship: Kinship,
    stated: list[Relation],
    labels: tuple[str, str],
    ways: list[list[str]],
) -> list[str]:
    titles = (graph.name(question.subject), graph.name(question.object))
    found = [f"{labels[0]} ({titles[0]}) and {labels[1]} ({titles[1]})."]
    for friend in pair.false_friends():
        if question.subject == friend.subject and question.object == friend.object:
            found.append(f"{WARNING_GLYPH} FALSE FRIEND: same number, different duty. Do not pair them.")
    if kinship.possible == 0:
        ids = ", ".join(_name(relation) for relation in stated)
        found.append(f"What is stated about them contradicts itself: {ids}. Run `imsmap check`.")
    elif kinship.kin is Kin.NOT_ASSESSED:
        found.append(
            "Nothing is known about them, because they share no core point of the harmonized structure and nobody has "
            "stated a relation that reaches from one to the other. That is not the same as: they have nothing in "
            "common."
            if not stated
            else "Nothing is known about them by themselves, because the relations that touch them leave it open "
            "whether they share anything."
        )
    elif kinship.jointly:
        found.append(_JOINTLY)
    else:
        found.append(_concluded(kinship))
        if kinship.kin is not Kin.NONE:
            found.append(_in_words(kinship.possible, labels))
    if kinship.shared:
        count = len(kinship.shared)
        found.append(
            f"Both hold {count} core point{'s' if count > 1 else ''} of the harmonized structure: "
            + " ".join(graph.core_points[core].text for core in kinship.shared)
        )
    found.extend(f"It follows from these premises: {' '.join(premises)}" for premises in ways)
    found.extend(_told(graph, stated, kinship.kin))
    if kinship.kin in (Kin.SAME, Kin.EXTENDED, Kin.RELATED):
        for label, adds in zip(labels, (kinship.subject_adds, kinship.object_adds), strict=True):
            found.append(
                f"{label} asks for {_counted(len(adds))} without a counterpart on the other side."
                if adds
                else f"{label} asks for nothing without a counterpart on the other side."
            )
    if kinship.confidence is not None:
        found.append(_sureness(kinship.confidence))
    return found


def _sureness(confidence: float) -> str:
    return f"Confidence {confidence:g} of 1: that of the weakest premise which the answer needs."


def _counted(count: int) -> str:
    return f"{count} point{'' if count == 1 else 's'}"


def _name(relation: Relation) -> str:
    """Name a relation as people do, without the file that it stands in."""
    return relation.id.partition("#")[2] or relation.id


def _told(graph: ClauseGraph, stated: list[Relation], kin: Kin) -> list[str]:
    """Tell the stated relations; where something is shared, the reasons why other parts share nothing are counted."""
    none = [relation for relation in stated if relation.predicate == "no-relationship"]
    told = [relation for relation in stated if relation not in none or kin in (Kin.NONE, Kin.NOT_ASSESSED)]
    found = []
    for relation in told:
        sides = [_together(named(graph, refs)) for refs in (relation.subject, relation.object)]
        strength = f", strength {relation.strength} of 10" if relation.strength is not None else ""
        found.append(
            f"Stated ({_name(relation)}): {sides[0]} {relation.predicate} {sides[1]}. {relation.rationale} "
            f"(Confidence {relation.confidence:g} of 1{strength}; by {relation.author}"
            f"{_suspicion(graph, relation)}.)"
        )
    if len(told) < len(stated):
        count = len(stated) - len(told)
        found.append(
            f"{count} more stated relation{'' if count == 1 else 's'} of parts of them: nothing in common, each with "
            "its reason (see the stated relations)."
        )
    return found


def _together(names: list[str]) -> str:
    """Name several clauses of one standard, the standard once: `ISO 9001:2015, 8.4.1, 8.4.2 and 8.4.3`."""
    first, *rest = names
    return listed([first, *(name.partition(", ")[2] for name in rest)])


def _suspicion(graph: ClauseGraph, relation: Relation) -> str:
    if not is_suspect(graph, relation):
        return ""
    why = "nobody has affirmed it yet" if relation.affirmed is None else "a side changed since a person affirmed it"
    return f"; SUSPECT: {why}"


def _conclusion(lines: list[str]) -> str:
    """Give the sentence that answers the question: the second, behind the names."""
    return lines[1]


def _words_table(lines: list[str]) -> Table:
    rows = tuple(Row(str(number), (line,)) for number, line in enumerate(lines, 1))
    return Table("words", "In words", (Column("why", "Why", "text", 100),), rows)


def _points(graph: ClauseGraph, pair: Pair, question: Question) -> Report[Any]:
    """Explain a point against a point, or against a clause or heading."""
    forward = "#" in question.subject
    mine, far = (question.subject, question.object) if forward else (question.object, question.subject)
    point = graph.point(mine)
    _leaves(graph, far)
    mask, relations = pair.point_against(mine, far, forward=forward)
    far_points = [(far, graph.point(far))] if "#" in far else list(graph.points(_leaves(graph, far)))
    same = [ref for ref, other in far_points if point.core is not None and other.core == point.core]
    equal = [] if same or mask != EQUAL else [far]
    kin = _point_kin(mask, bool(same or equal))
    labels = (graph.label(mine), graph.label(far))
    lines = [_said(graph, mine), *([_said(graph, far)] if "#" in far else [])]
    lines.append(_point_conclusion(graph, point, labels, mask, kin, same, relations))
    if not same and kin is Kin.RELATED:
        lines.append(_in_words(mask, labels))
    lines.extend(_told(graph, list(relations), kin if kin is not Kin.SAME else Kin.RELATED))
    needed = [point.confidence, *(graph.point(ref).confidence for ref in same)]
    needed += [] if same else [r.confidence for r in relations]
    confidence = min(needed) if kin is not Kin.NOT_ASSESSED else None
    if confidence is not None:
        lines.append(_sureness(confidence))
    possible = mask if forward else INVERSE[mask]
    values: dict[str, Any] = {
        "subject": question.subject,
        "object": question.object,
        "class": "counterpart" if kin is Kin.SAME else kin.value,
        "possible": list(names_of(possible)) if kin is not Kin.NOT_ASSESSED else [],
        "claim": claim_of(possible),
        "basis": (["core"] if same else []) + (["stated"] if relations else []),
        "shared": [{"core": point.core, "text": graph.core_points[point.core].text}] if same and point.core else [],
        "counterparts": [*same, *equal],
        "relations": [_relation(graph, relation) for relation in relations],
        "confidence": confidence,
        "words": lines,
    }
    return Report(
        "explain",
        f"{graph.label(question.subject)} and {graph.label(question.object)}",
        graph.library.version,
        (_words_table(lines), _relations_table(values)),
        values,
        untyped,
        next(line for line in lines if not line.startswith(labels)),
        method_notes(graph, (pair.first, pair.second)),
    )


def _said(graph: ClauseGraph, ref: str) -> str:
    return f"{graph.label(ref)}: {graph.point(ref).text}"


def _point_kin(mask: int, counterpart: bool) -> Kin:
    if counterpart:
        return Kin.SAME
    if mask == NONE:
        return Kin.NONE
    return Kin.NOT_ASSESSED if mask & NONE or mask == 0 else Kin.RELATED


def _point_conclusion(
    graph: ClauseGraph,
    point: Point,
    labels: tuple[str, str],
    mask: int,
    kin: Kin,
    same: list[str],
    relations: tuple[Relation, ...],
) -> str:
    if same and point.core is not None:
        where = "" if "point" in labels[1] else f" It stands there as {', '.join(graph.label(ref) for ref in same)}."
        return (
            f"Counterpart: both hold the core point {point.core} of the harmonized structure, each for its own "
            f"discipline: {graph.core_points[point.core].text}{where}"
        )
    if mask == 0:
        return "What is stated about them contradicts itself. Run `imsmap check`."
    if kin is Kin.SAME:
        return "Counterpart: a person stated that both ask for the same."
    if kin is Kin.NONE:
        return "They have nothing in common: a person looked and said why."
    if kin is Kin.RELATED:
        return "They have something in common: a person stated it."
    why = (
        f"{labels[1]} does not hold the core point {point.core}"
        if point.core is not None
        else f"the point is what the standard adds to the common core ({point.adds}; an own point never equals a core "
        "point)"
    )
    rest = (
        "and the relations that touch it leave it open whether this very point shares anything"
        if relations
        else "and nobody has stated a relation that includes it and reaches the other side"
    )
    return f"Nothing is known about the two, because {why}, {rest}."


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
