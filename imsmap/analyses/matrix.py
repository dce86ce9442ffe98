"""The combined matrix: a row for what belongs together, what is shared in it, and what each standard adds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import WARNING_GLYPH, Kin, number_key, split_ref
from imsmap.measures import (
    coverage_both_ways,
    coverage_sentence,
    describe_clause,
    describe_main_clauses,
    describe_standard,
    method_notes,
)
from imsmap.reasoning.groups import Group, Grouping, grouped
from imsmap.reasoning.kinship import Kinship
from imsmap.report import NOTHING, Cell, Column, Ref, Report, Row, Table

ONE_DOCUMENT = "one document"
ANNEX = "shared core with annex"
SEPARATE = "separate"
STRONG_TIE = 5
"""From this strength on, a tie without a common core point is worth one document with annexes."""


@frozen
class Question:
    """Which standards to set side by side; the order is kept."""

    standards: tuple[str, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report:
    """Set standards side by side, a row for each group of requirements that belong together."""
    grouping = grouped(graph, question.standards)
    friends = _false_friends(grouping)
    rows = [_row(grouping, group, friends) for group in grouping.groups]
    measured = coverage_both_ways(grouping)
    mains = describe_main_clauses(graph, (group.main for group in grouping.groups))
    values = {
        "standards": [describe_standard(graph, key) for key in grouping.keys],
        "core_colours": {"dark": graph.library.core.dark, "tint": graph.library.core.tint},
        "main_clauses": mains,
        "headings": {
            "core": {clause.number: clause.title for clause in graph.hub_clauses if not clause.points},
            **{
                key: {clause.number: clause.title for clause in graph.clauses(key) if not graph.is_leaf(clause.ref)}
                for key in grouping.keys
            },
        },
        "groups": rows,
        "counts": _counts(grouping, rows),
        "coverage": measured,
    }
    names = [graph.standard(key).designation for key in grouping.keys]
    return Report(
        "matrix",
        "Combined matrix: " + " and ".join(names),
        graph.library.version,
        (_table(grouping, rows, mains),),
        values,
        "; ".join(coverage_sentence(graph, entry) for entry in measured if entry["unit"] == "leaf clause"),
        (
            "A row is a group of requirements that belong together: one for each leaf clause of the harmonized "
            "structure, and topic groups for what has no common core.",
            *method_notes(graph, grouping.keys),
        ),
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


def _row(grouping: Grouping, group: Group, friends: dict[str, set[str]]) -> dict[str, Any]:
    graph = grouping.graph
    compared = {pair: grouping.compare(group, *pair) for pair in grouping.pairs}
    known = {pair: kinship for pair, kinship in compared.items() if kinship is not None}
    present = [key for key in grouping.keys if group.side(key)]
    kin = _weakest(known.values())
    adds = {key: _adds(grouping, group, key) for key in grouping.keys}
    shared = _shared(grouping, group, known)
    here = {ref for key in grouping.keys for ref in group.home[key]}
    return {
        "id": group.id,
        "kind": "topic" if group.number is None else "core",
        "main": group.main,
        "number": group.number,
        "title": group.title,
        "clauses": {key: [describe_clause(graph, ref) for ref in group.home[key]] for key in grouping.keys},
        "also": {
            key: [{**describe_clause(graph, ref), "home": grouping.home[ref]} for ref in group.also[key]]
            for key in grouping.keys
        },
        "classes": [
            {"subject": one, "object": other, "class": kinship.kin.value, "jointly": kinship.jointly}
            for (one, other), kinship in known.items()
        ],
        "class": kin.value,
        "glyph": kin.glyph,
        "against_core": {
            key: None if (found := grouping.against_core(group, key)) is None else found.value for key in grouping.keys
        },
        "shared": shared,
        "adds": {key: [text for _, text in found] for key, found in adds.items()},
        "adds_points": {key: [ref for ref, _ in found] for key, found in adds.items()},
        "lacks": {
            key: list(graph.in_core_order(set(group.core) - graph.core_ids(group.home[key] + group.also[key])))
            for key in grouping.keys
        },
        "letters": "".join(graph.discipline(key).letter for key in present),
        "advice": _advice(kin, known.values(), shared, adds),
        "false_friends": sorted((n for n, leaves in friends.items() if leaves & here), key=number_key),
    }


def _weakest(kinships: Iterable[Kinship]) -> Kin:
    order = (Kin.SAME, Kin.EXTENDED, Kin.RELATED, Kin.NOT_ASSESSED, Kin.NONE)
    return max((kinship.kin for kinship in kinships), key=order.index, default=Kin.NOT_ASSESSED)


def _shared(grouping: Grouping, group: Group, known: dict[tuple[str, str], Kinship]) -> list[dict[str, Any]]:
    """List what two standards or more have in common in a row: core points first, then what stated relations say."""
    graph = grouping.graph
    found: list[dict[str, Any]] = []
    sides = {key: graph.core_ids(group.home[key] + group.also[key]) for key in grouping.keys}
    # In a topic group only core points at home count: clauses that are merely named meet in a row of their own.
    at_home = (graph.core_ids(group.home[key]) for key in grouping.keys)
    wanted = set(group.core) if group.number is not None else set().union(*at_home)
    for core in graph.in_core_order(wanted):
        by = [key for key in grouping.keys if core in sides[key]]
        if len(by) > 1:
            found.append({"core": core, "text": graph.core_points[core].text, "by": by})
    told: dict[str, dict[str, Any]] = {}  # clauses and their points may say the same of what they share: once is enough
    for pair, kinship in known.items():
        for relation in kinship.relations:
            if not relation.shared:
                continue
            if relation.shared in told:
                told[relation.shared]["by"] += [key for key in pair if key not in told[relation.shared]["by"]]
                continue
            entry = {"core": None, "relation": relation.id, "text": relation.shared, "by": list(pair)}
            told[relation.shared] = entry
            found.append(entry)
    return found


def _adds(grouping: Grouping, group: Group, key: str) -> list[tuple[str, str]]:
    """List what a standard asks for in a row beyond every other standard of the question."""
    graph = grouping.graph
    found = []
    others = [other for other in grouping.keys if other != key]
    for ref, point in graph.points(group.home[key]):
        met = False
        for other in others:
            pair, forward = grouping.pair(key, other)
            met = met or pair.point_kin(ref, forward=forward)[0] is Kin.SAME
        if not met:
            found.append((ref, point.adds or point.text))
    return found


def _advice(
    kin: Kin, known: Iterable[Kinship], shared: list[dict[str, Any]], adds: dict[str, list[tuple[str, str]]]
) -> str:
    """Advise on documents: by what the row shares against what the standards add to it between them."""
    if kin is Kin.SAME:
        return ONE_DOCUMENT
    if kin is Kin.RELATED:
        weakest = min(kinship.strength or 0 for kinship in known if kinship.kin is Kin.RELATED)
        return ANNEX if weakest >= STRONG_TIE else SEPARATE
    if kin is not Kin.EXTENDED:
        return SEPARATE
    core = sum(1 for entry in shared if entry["core"] is not None)
    return ONE_DOCUMENT if core >= sum(len(phrases) for phrases in adds.values()) else ANNEX


def _counts(grouping: Grouping, rows: list[dict[str, Any]]) -> dict[str, Any]:
    shares = (Kin.SAME.value, Kin.EXTENDED.value, Kin.RELATED.value)
    return {
        "groups": len(rows),
        "shared": sum(1 for row in rows if any(entry["class"] in shares for entry in row["classes"])),
        "only": {
            key: sum(
                1
                for row in rows
                if row["clauses"][key] and not any(row["clauses"][other] for other in grouping.keys if other != key)
            )
            for key in grouping.keys
        },
    }


def _table(grouping: Grouping, rows: list[dict[str, Any]], mains: list[dict[str, Any]]) -> Table:
    graph = grouping.graph
    names = {key: graph.standard(key).designation for key in grouping.keys}
    columns = (
        Column("clause", "Harmonized clause", "clause", 11),
        Column("topic", "Topic", "text", 24),
        *(Column(key, names[key], "clause", 30) for key in grouping.keys),
        Column("class", "Class", "class", 13),
        Column("shared", "What is shared", "list", 46),
        *(Column(f"adds_{key}", f"{names[key]} adds", "list", 36) for key in grouping.keys),
        Column("advice", "Advice", "text", 15),
        Column("letters", "Letters", "letters", 8),
        Column("false_friends", "False friend", "text", 12),
    )
    found: list[Row] = []
    for main in mains:
        blank: tuple[Cell, ...] = (None,) * (len(columns) - 2)
        found.append(Row(f"main-{main['number']}", (main["number"], main["title"], *blank), heading=True))
        for row in rows:
            if row["main"] == main["number"]:
                found.append(Row(row["id"], _cells(grouping, row)))
    return Table("matrix", "Matrix", columns, tuple(found))


def _cells(grouping: Grouping, row: dict[str, Any]) -> tuple[Cell, ...]:
    classes = row["classes"]
    kin: Cell = Kin(row["class"])
    if len(classes) > 1:
        letter = {key: grouping.graph.discipline(key).letter for key in grouping.keys}
        kin = tuple(
            f"{letter[entry['subject']]}{letter[entry['object']]} {Kin(entry['class']).glyph} {entry['class']}"
            for entry in classes
        )
    return (
        row["number"] or NOTHING,
        row["title"],
        *(_clauses_cell(row, key) for key in grouping.keys),
        kin,
        tuple(entry["text"] for entry in row["shared"]) or NOTHING,
        *(tuple(row["adds"][key]) or NOTHING for key in grouping.keys),
        row["advice"],
        row["letters"],
        tuple(f"{WARNING_GLYPH} {number}" for number in row["false_friends"]) or NOTHING,
    )


def _clauses_cell(row: dict[str, Any], key: str) -> Cell:
    home = tuple(Ref(c["ref"], f"{c['number']} {c['name']}".strip()) for c in row["clauses"][key])
    also = tuple(Ref(c["ref"], f"see {split_ref(c['ref'])[1]} {c['name']}".strip()) for c in row["also"][key])
    return (*home, *also) or NOTHING
