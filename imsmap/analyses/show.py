"""One clause or point: what it asks for, its core, its documents, its counterparts, and its false friends."""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import KIND_WORDS, WARNING_GLYPH, Clause, Kin
from imsmap.library.relationships import INVERSE, claim_of, names_of
from imsmap.parts import shared_cell
from imsmap.reasoning.groups import Grouping
from imsmap.reasoning.kinship import Kinship, closeness
from imsmap.report import NOTHING, Cell, Column, Ref, Report, Row, Table, untyped

ABOUT = about.Question(short="One clause and its counterparts", takes="own", place=30)


@frozen
class Question:
    """Which clause to show, by its full reference; `point` narrows it to one point."""

    clause: str
    point: str | None = None


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """Show a clause with its points, its counterparts in every other standard that is loaded, and its false friends."""
    clause = graph.clause(question.clause)
    others = [standard.key for standard in graph.standards if standard.key != clause.standard]
    grouping = Grouping(graph, (clause.standard, *others))
    leaves = graph.leaves_under(clause.ref)
    stated = [
        (leaf, point)
        for leaf in leaves
        for point in leaf.points
        if question.point is None or point.id == question.point
    ]
    if question.point is not None:
        graph.point(f"{clause.ref}#{question.point}")
    kinships = [kinship for other in others for kinship in _counterparts(grouping, leaves, other)]
    friends = [friend for other in others for friend in _false_friends(grouping, clause, other)]
    values: dict[str, Any] = {
        "clause": clause.ref,
        "title": graph.title(clause.ref),
        "official_title": clause.title,
        "parent": clause.above,
        "children": [child.number for child in graph.children(clause.ref)],
        "leaf": graph.is_leaf(clause.ref),
        "points": [
            {
                "id": leaf.point_ref(point),
                "text": point.text,
                "core": point.core,
                "adds": point.adds,
                "documented": None if point.documented is None else point.documented.kind,
                "amendment": point.amendment,
                "confidence": point.confidence,
            }
            for leaf, point in stated
        ],
        "notes": [{"text": note.text, "amendment": note.amendment} for note in clause.notes],
        "counterparts": [
            {
                "clause": kinship.object[0],
                "of": kinship.subject[0],
                "class": kinship.kin.value,
                "possible": list(names_of(kinship.possible)),
                "claim": claim_of(kinship.possible),
                "basis": list(kinship.basis),
                "jointly": kinship.jointly,
                "confidence": kinship.confidence,
            }
            for kinship in kinships
        ],
        "false_friends": friends,
        "source": clause.source,
        "confidence": clause.confidence,
    }
    return Report(
        "show",
        f"{graph.label(clause.ref)} {graph.name(clause.ref)}".strip(),
        graph.library.version,
        (_points_table(stated), _counterparts_table(graph, kinships), _friends_table(friends)),
        values,
        untyped,
        _message(bool(values["leaf"]), stated, kinships, friends),
        (
            *(f"Note{f' ({note.amendment})' if note.amendment else ''}: {note.text}" for note in clause.notes),
            f"Source: {clause.source} Confidence {clause.confidence:g} of 1.",
        ),
    )


def _message(leaf: bool, stated: list[Any], kinships: list[Kinship], friends: list[dict[str, str]]) -> str:
    kind = (
        "leaf clause" if leaf else "heading, shown with its leaf clauses" if stated else "clause without requirements"
    )
    words = f"{kind}: {len(stated)} points, {len(kinships)} counterparts in the other standards of the library"
    if friends:
        words += f"; {WARNING_GLYPH} FALSE FRIEND: the same number means something else elsewhere"
    return words[0].upper() + words[1:]


def _counterparts(grouping: Grouping, leaves: tuple[Clause, ...], other: str) -> list[Kinship]:
    """Find everything in another standard that leaf clauses have something in common with, the closest first."""
    pair, forward = grouping.pair(leaves[0].standard, other) if leaves else (None, True)
    found: list[Kinship] = []
    for leaf in leaves:
        near = []
        for far in grouping.graph.leaves(other):
            if pair is None:
                continue
            kinship = pair.leaf(leaf.ref, far.ref) if forward else _turned(pair.leaf(far.ref, leaf.ref))
            if kinship.kin in (Kin.SAME, Kin.EXTENDED, Kin.RELATED):
                near.append(kinship)
        found.extend(sorted(near, key=lambda k: (closeness(k), grouping.graph.place(k.object[0]))))
    return found


def _turned(kinship: Kinship) -> Kinship:
    return evolve(
        kinship,
        subject=kinship.object,
        object=kinship.subject,
        possible=INVERSE[kinship.possible],
        subject_adds=kinship.object_adds,
        object_adds=kinship.subject_adds,
    )


def _false_friends(grouping: Grouping, clause: Clause, other: str) -> list[dict[str, str]]:
    graph = grouping.graph
    pair, _ = grouping.pair(clause.standard, other)
    found = []
    for friend in pair.false_friends():
        if friend.number in graph.line(clause.ref):
            theirs = f"{other}:{friend.number}"
            found.append(
                {
                    "clause": theirs,
                    "title": graph.title(theirs),
                    "note": " ".join(f"Weak tie ({r.strength} of 10): {r.shared}" for r in friend.weak),
                }
            )
    return found


def _points_table(stated: list[Any]) -> Table:
    columns = (
        Column("clause", "Clause", "clause", 9),
        Column("point", "Point", "text", 22),
        Column("text", "What is asked for, in our words", "text", 60),
        Column("core", "Core point, or what it adds", "text", 34),
        Column("documented", "Documented information", "text", 14),
    )
    rows = []
    for leaf, point in stated:
        origin: Cell = f"core: {point.core}" if point.core else f"adds: {point.adds}"
        documented: Cell = KIND_WORDS[point.documented.kind] if point.documented else NOTHING
        text = point.text + (f" ({point.amendment})" if point.amendment else "")
        rows.append(Row(leaf.point_ref(point), (Ref(leaf.ref, leaf.number), point.id, text, origin, documented)))
    return Table("points", "What it asks for", columns, tuple(rows))


def _counterparts_table(graph: ClauseGraph, kinships: list[Kinship]) -> Table:
    columns = (
        Column("of", "Clause", "clause", 9),
        Column("class", "Class", "class", 13),
        Column("counterpart", "Counterpart", "clause", 40),
        Column("shared", "What is shared", "list", 44),
        Column("claim", "Claim", "text", 16),
        Column("basis", "Basis", "text", 12),
    )
    rows = []
    for kinship in kinships:
        mine, theirs = kinship.subject[0], kinship.object[0]
        rows.append(
            Row(
                f"{mine}-{theirs}",
                (
                    Ref(mine, graph.clause(mine).number),
                    kinship.kin,
                    Ref(theirs, f"{graph.label(theirs)} {graph.name(theirs)}"),
                    shared_cell(graph, kinship),
                    claim_of(kinship.possible),
                    " and ".join(kinship.basis) + (", jointly" if kinship.jointly else ""),
                ),
            )
        )
    return Table("counterparts", "Counterparts", columns, tuple(rows))


def _friends_table(friends: list[dict[str, str]]) -> Table:
    columns = (
        Column("clause", "Same number", "clause", 26),
        Column("title", "Different duty", "text", 40),
        Column("note", "Note", "text", 50),
    )
    rows = tuple(
        Row(entry["clause"], (Ref(entry["clause"], entry["clause"]), entry["title"], entry["note"] or NOTHING))
        for entry in friends
    )
    return Table("false_friends", "False friends", columns, rows)
