"""Everything that the standards ask for, point by point in our own words: the working list of a project."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import KIND_WORDS, Clause, parent_number
from imsmap.parts import side_json, sides
from imsmap.reasoning.groups import Grouping, grouped
from imsmap.report import NOTHING, Cell, Column, Ref, Report, Row, Table, untyped


@frozen
class Question:
    """Which standards' requirements to list; the order is kept."""

    standards: tuple[str, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """List every clause from 4 on with its points, standard by standard, in clause order."""
    grouping = grouped(graph, question.standards)
    clauses = [
        _clause(graph, grouping, clause)
        for key in grouping.keys
        for clause in graph.clauses(key)
        if not clause.number.split(".")[0].isdigit() or int(clause.number.split(".")[0]) > 3
    ]
    points = sum(len(entry["points"]) for entry in clauses)
    values = {"standards": [side_json(side) for side in sides(graph, grouping.keys)], "clauses": clauses}
    names = [graph.standard(key).designation for key in grouping.keys]
    leaves = sum(1 for entry in clauses if entry["leaf"])
    return Report(
        "requirements",
        "Requirements of " + " and ".join(names),
        graph.library.version,
        (_table(graph, clauses),),
        values,
        untyped,
        f"{points} requirement points in {leaves} leaf clauses",
        (
            "core = a requirement of the harmonized structure, said for the discipline; own = what the standard adds.",
            f"Mapping data {graph.library.version} ({graph.library.released}). In our own words: consult the "
            "standards.",
        ),
    )


def _clause(graph: ClauseGraph, grouping: Grouping, clause: Clause) -> dict[str, Any]:
    return {
        "ref": clause.ref,
        "standard": clause.standard,
        "number": clause.number,
        "title": graph.title(clause.ref),
        "name": graph.name(clause.ref),
        "official_title": clause.title,
        "parent": parent_number(clause.number),
        "leaf": graph.is_leaf(clause.ref),
        "group": grouping.home.get(clause.ref),
        "points": [
            {
                "id": clause.point_ref(point),
                "text": point.text,
                "core": point.core,
                "adds": point.adds,
                "documented": None if point.documented is None else point.documented.kind,
                "amendment": point.amendment,
            }
            for point in clause.points
        ],
    }


def _table(graph: ClauseGraph, clauses: list[dict[str, Any]]) -> Table:
    columns = (
        Column("letters", "Letter", "letters", 7),
        Column("standard", "Standard", "text", 16),
        Column("clause", "Clause", "clause", 9),
        Column("title", "Title", "text", 26),
        Column("text", "What is asked for, in our words", "text", 52),
        Column("origin", "Core or own", "text", 11),
        Column("documented", "Documented information", "text", 14),
    )
    rows = []
    for entry in clauses:
        letter = graph.discipline(entry["standard"]).letter
        designation = graph.standard(entry["standard"]).designation
        start: tuple[Cell, ...] = (letter, designation, Ref(entry["ref"], entry["number"]))
        if not entry["leaf"]:
            rows.append(Row(entry["ref"], (*start, entry["title"], None, None, None), heading=True))
            continue
        for point in entry["points"]:
            text = point["text"] + (f" ({point['amendment']})" if point["amendment"] else "")
            documented = KIND_WORDS[point["documented"]] if point["documented"] else NOTHING
            origin = "core" if point["core"] else "own"
            rows.append(Row(point["id"], (*start, entry["title"], text, origin, documented)))
    return Table("requirements", "Requirements", columns, tuple(rows))
