"""The library: which editions it holds, in what state, how large, and how sure."""

from __future__ import annotations

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.parts import Side, side_json, sides
from imsmap.report import Column, Json, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import NOT_LISTED, reported

ABOUT = about.Question(
    short="What the library holds",
    text="List the library: editions, status, leaf clauses, points, data version.",
    example="--format json",
    takes="nothing",
    place=20,
)


@frozen
class Question:
    """The whole library; there is nothing to choose."""


STATUS_WORDS = {
    "current": "current",
    "transition": "superseded, in transition",
    "withdrawn": "withdrawn",
}


@frozen
class StandardsAnswer:
    """The standards of the library, by key."""

    standards: tuple[Side, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[StandardsAnswer]:  # noqa: ARG001 - every question has the same shape
    """List the standards of the library with edition, status, leaf clauses and points."""
    answer = StandardsAnswer(sides(graph, [standard.key for standard in graph.standards]))
    columns = (
        Column("designation", "Standard", "text", 18),
        Column("title", "Title", "text", 44),
        Column("letter", "Letter", "letters", 7),
        Column("published", "Published", "text", 10),
        Column("status", "Status", "text", 26),
        Column("leaf_clauses", "Leaf clauses", "number", 8),
        Column("points", "Points", "number", 7),
        Column("key", "Key", "text", 14),
    )
    rows = []
    for entry in answer.standards:
        status = STATUS_WORDS[entry.status]
        if entry.successor is not None:
            status += f"; newer: {entry.successor.designation}{reported(entry.successor.confidence)}"
        rows.append(
            Row(
                entry.key,
                (
                    entry.designation,
                    entry.title,
                    entry.letter,
                    entry.published,
                    status,
                    entry.leaf_clauses,
                    NOT_LISTED if entry.by_clause else entry.points,
                    entry.key,
                ),
            )
        )
    structures = tuple(
        Row(
            structure.key,
            (
                structure.designation,
                structure.published,
                structure.status,
                sum(len(clause.core_ids) for clause in structure.clauses),
                structure.key,
            ),
        )
        for structure in graph.structures
    )
    structure_columns = (
        Column("designation", "Structure", "text", 32),
        Column("published", "Published", "text", 10),
        Column("status", "Status", "text", 14),
        Column("core_points", "Core points", "number", 8),
        Column("key", "Key", "text", 14),
    )
    return Report(
        "standards",
        "The library",
        graph.library.version,
        (
            Table("standards", "Standards", columns, tuple(rows)),
            Table("structures", "Harmonized structure", structure_columns, structures),
        ),
        answer,
        to_json,
        f"{len(answer.standards)} standards; mapping data {graph.library.version} ({graph.library.released})",
        ("Clause numbers, titles and our own words only: consult the standards.",),
    )


def to_json(answer: StandardsAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {"standards": [side_json(side) for side in answer.standards]}
