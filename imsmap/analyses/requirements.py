"""Everything that the standards ask for, point by point in our own words: the working list of a project."""

from __future__ import annotations

from attrs import frozen

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import KIND_WORDS, Clause
from imsmap.parts import ClauseName, Side, clause_name, side_json, sides
from imsmap.reasoning.groups import Grouping, grouped
from imsmap.register.state import Asked, asked
from imsmap.report import NOTHING, Cell, Column, Json, Ref, Report, Row, Table

ABOUT = about.Question(short="Every requirement, point by point", place=0)


@frozen
class Question:
    """Which standards' requirements to list; the order is kept."""

    standards: tuple[str, ...]


@frozen
class RequiredPoint:
    """One thing that a leaf clause asks for; adds: the words for what is a standard's own; documented: its kind."""

    id: str
    text: str
    core: str | None
    adds: str | None
    documented: str | None
    amendment: str | None


@frozen
class RequiredClause:
    """A clause with its points; a heading has none.

    official_title: as the standard has it, which may be none. parent: the number of the heading above. topic: in which
    a leaf clause is at home.
    """

    standard: str
    clause: ClauseName
    official_title: str
    parent: str | None
    leaf: bool
    topic: str | None
    points: tuple[RequiredPoint, ...]


@frozen
class RequirementsAnswer:
    """Every clause that asks for something, and the headings above, standard by standard in clause order.

    asked: the same as far as the meaning of a client's answers depends on it.
    """

    standards: tuple[Side, ...]
    clauses: tuple[RequiredClause, ...]
    asked: Asked


def analyse(graph: ClauseGraph, question: Question) -> Report[RequirementsAnswer]:
    """List every clause from 4 on with its points, standard by standard, in clause order."""
    grouping = grouped(graph, question.standards)
    clauses = tuple(
        _clause(graph, grouping, clause)
        for key in grouping.keys
        for clause in graph.clauses(key)
        if graph.leaves_under(clause.ref)
    )
    points = sum(len(entry.points) for entry in clauses)
    answer = RequirementsAnswer(sides(graph, grouping.keys), clauses, asked(grouping))
    leaves = sum(1 for entry in clauses if entry.leaf)
    return Report(
        "requirements",
        "Requirements of " + " and ".join(side.designation for side in answer.standards),
        graph.library.version,
        (_table(answer),),
        answer,
        to_json,
        f"{points} requirement points in {leaves} leaf clauses",
        (
            "core = a requirement of the harmonized structure, said for the discipline; own = what the standard adds.",
            f"Mapping data {graph.library.version} ({graph.library.released}). In our own words: consult the "
            "standards.",
        ),
        standards=answer.standards,
    )


def _clause(graph: ClauseGraph, grouping: Grouping, clause: Clause) -> RequiredClause:
    return RequiredClause(
        clause.standard,
        clause_name(graph, clause.ref),
        clause.title,
        clause.above,
        graph.is_leaf(clause.ref),
        grouping.home.get(clause.ref),
        tuple(
            RequiredPoint(
                clause.point_ref(point),
                point.text,
                point.core,
                point.adds,
                None if point.documented is None else point.documented.kind,
                point.amendment,
            )
            for point in clause.points
        ),
    )


def to_json(answer: RequirementsAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "clauses": [
            {
                "ref": clause.clause.ref,
                "standard": clause.standard,
                "number": clause.clause.number,
                "title": clause.clause.title,
                "name": clause.clause.name,
                "official_title": clause.official_title,
                "parent": clause.parent,
                "leaf": clause.leaf,
                "group": clause.topic,
                "points": [
                    {
                        "id": point.id,
                        "text": point.text,
                        "core": point.core,
                        "adds": point.adds,
                        "documented": point.documented,
                        "amendment": point.amendment,
                    }
                    for point in clause.points
                ],
            }
            for clause in answer.clauses
        ],
    }


def _table(answer: RequirementsAnswer) -> Table:
    columns = (
        Column("letters", "Letter", "letters", 7),
        Column("standard", "Standard", "text", 16),
        Column("clause", "Clause", "clause", 9),
        Column("title", "Title", "text", 26),
        Column("text", "What is asked for, in our words", "text", 52),
        Column("origin", "Core or own", "text", 11),
        Column("documented", "Documented information", "text", 14),
    )
    side_of = {side.key: side for side in answer.standards}
    rows = []
    depths: dict[tuple[str, str | None], int] = {}
    for entry in answer.clauses:
        side, clause = side_of[entry.standard], entry.clause
        depth = depths[side.key, clause.number] = depths.get((side.key, entry.parent), -1) + 1
        start: tuple[Cell, ...] = (side.label, side.designation, Ref(clause.ref, clause.number))
        if not entry.leaf:
            rows.append(
                Row(clause.ref, (*start, clause.title, None, None, None), heading=True, depth=depth, standard=side.key)
            )
            continue
        for point in entry.points:
            text = point.text + (f" ({point.amendment})" if point.amendment else "")
            documented = KIND_WORDS[point.documented] if point.documented else NOTHING
            cells = (*start, clause.title, text, "core" if point.core else "own", documented)
            rows.append(Row(point.id, cells, depth=depth, standard=side.key))
    return Table("requirements", "Requirements", columns, tuple(rows))
