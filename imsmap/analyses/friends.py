"""False friends (same number, different duty) and hidden friends (same matter, different number)."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import WARNING_GLYPH, number_key, split_ref
from imsmap.parts import shared_cell, side_json, sides
from imsmap.reasoning.groups import grouped
from imsmap.reasoning.kinship import STRONG, FalseFriend, Kinship
from imsmap.report import NOTHING, Column, Ref, Report, Row, Table, untyped
from imsmap.wording import method_notes


@frozen
class Question:
    """Among which standards to look; any number from two on."""

    standards: tuple[str, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """Find clause numbers that mislead and clauses that belong together under different numbers."""
    grouping = grouped(graph, question.standards)
    false = sorted(
        (friend for pair in grouping.pairs.values() for friend in pair.false_friends()),
        key=lambda friend: (number_key(friend.number), friend.subject, friend.object),
    )
    hidden = [kinship for pair in grouping.pairs.values() for kinship in pair.hidden_friends()]
    names = [graph.standard(key).designation for key in grouping.keys]
    values = {
        "standards": [side_json(side) for side in sides(graph, grouping.keys)],
        "false_friends": [_false(graph, friend) for friend in false],
        "hidden_friends": [_hidden(graph, kinship) for kinship in hidden],
    }
    numbers = list(dict.fromkeys(friend.number for friend in false))
    message = (
        f"{WARNING_GLYPH} Same number, different duty: {', '.join(numbers)}" if numbers else "No false friends found"
    )
    return Report(
        "friends",
        "False and hidden friends of " + " and ".join(names),
        graph.library.version,
        (_false_table(graph, false), _hidden_table(graph, hidden)),
        values,
        untyped,
        f"{message}; {len(hidden)} pairs of leaf clauses belong together under different numbers",
        (
            f"False friend: both standards use the number, the clauses under it share no core point and no relation of "
            f"strength {STRONG} or more (of 10), and every pair under it was looked at. Weaker ties are in the note.",
            "Hidden friend: the numbers differ, neither lies under the other, and yet something is shared. The "
            "strength is that of the strongest stated relation; a shared core point needs none.",
            *method_notes(graph, grouping.keys),
        ),
    )


def _weak(friend: FalseFriend) -> str:
    return " ".join(f"Weak tie ({relation.strength} of 10): {relation.shared}" for relation in friend.weak)


def _false(graph: ClauseGraph, friend: FalseFriend) -> dict[str, Any]:
    return {
        "number": friend.number,
        "subject": friend.subject,
        "object": friend.object,
        "subject_title": graph.title(friend.subject),
        "object_title": graph.title(friend.object),
        "note": _weak(friend),
    }


def _hidden(graph: ClauseGraph, kinship: Kinship) -> dict[str, Any]:
    subject, object_ = kinship.subject[0], kinship.object[0]
    return {
        "subject": subject,
        "object": object_,
        "class": kinship.kin.value,
        "jointly": kinship.jointly,
        "strength": kinship.strength,
        "subject_title": graph.title(subject),
        "object_title": graph.title(object_),
        "shared": list(kinship.shared),
        "relations": [relation.id for relation in kinship.relations],
    }


def _false_table(graph: ClauseGraph, friends: list[FalseFriend]) -> Table:
    columns = (
        Column("number", "Number", "clause", 8),
        Column("subject", "Standard", "text", 16),
        Column("subject_title", "There it is", "text", 34),
        Column("object", "Standard", "text", 16),
        Column("object_title", "There it is", "text", 34),
        Column("note", "Note", "text", 50),
    )
    rows = tuple(
        Row(
            f"{friend.subject}-{friend.object}",
            (
                f"{WARNING_GLYPH} {friend.number}",
                graph.standard(split_ref(friend.subject)[0]).designation,
                graph.name(friend.subject),
                graph.standard(split_ref(friend.object)[0]).designation,
                graph.name(friend.object),
                _weak(friend) or NOTHING,
            ),
        )
        for friend in friends
    )
    return Table("false_friends", "False friends: same number, different duty", columns, rows)


def _hidden_table(graph: ClauseGraph, hidden: list[Kinship]) -> Table:
    columns = (
        Column("subject", "Clause", "clause", 40),
        Column("class", "Class", "class", 13),
        Column("object", "Belongs together with", "clause", 40),
        Column("shared", "What is shared", "list", 50),
        Column("strength", "Strength of the tie, 1 to 10", "number", 12),
    )
    rows = []
    for kinship in hidden:
        subject, object_ = kinship.subject[0], kinship.object[0]
        rows.append(
            Row(
                f"{subject}-{object_}",
                (
                    Ref(subject, f"{graph.label(subject)} {graph.name(subject)}"),
                    kinship.kin,
                    Ref(object_, f"{graph.label(object_)} {graph.name(object_)}"),
                    shared_cell(graph, kinship),
                    NOTHING if kinship.strength is None else kinship.strength,
                ),
            )
        )
    return Table("hidden_friends", "Hidden friends: same matter, different number", columns, tuple(rows))
