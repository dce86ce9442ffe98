"""Standards against the common core and against each other: how much of the hub each holds, and who covers whom."""

from __future__ import annotations

from collections.abc import Mapping

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin
from imsmap.parts import Side, coverage_json, coverage_table, levelled, side_json, sides
from imsmap.reasoning.coverage import LEAF_CLAUSE, Coverage, coverage_both_ways
from imsmap.reasoning.groups import grouped
from imsmap.report import Cell, Column, Json, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import coverage_sentence, designations, doubt, listed, method_notes

ABOUT = about.Question(
    short="Standards against the common core and each other",
    text="Measure standards against the common core, and against each other.",
    example="9001 14001",
    place=80,
)


@frozen
class Question:
    """Which standards to measure; one is enough for the hub, two or more also for each other."""

    standards: tuple[str, ...]


@frozen
class HubClause:
    """A clause of the harmonized structure, and how many of its core points each standard (key) holds."""

    number: str
    title: str
    core_points: int
    held: Mapping[str, int]


@frozen
class CoverageAnswer:
    """Standards measured against the harmonized structure (`hub`) and each other.

    held, missing: how many core points a standard (key) holds, and which it does not; told of those listed point by
    point, as one held at clause level stands in no count of points.
    """

    standards: tuple[Side, ...]
    hub: str
    core_points: int
    held: Mapping[str, int]
    held_by_all: int
    missing: Mapping[str, tuple[str, ...]]
    clauses: tuple[HubClause, ...]
    coverage: tuple[Coverage, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[CoverageAnswer]:
    """Measure standards against the harmonized structure, clause by clause, and against each other, both ways."""
    grouping = grouped(graph, question.standards)
    points = [key for key in grouping.keys if not graph.by_clause(key)]
    core = {key: graph.core_ids(leaf.ref for leaf in graph.leaves(key)) for key in points}
    pairs = coverage_both_ways(grouping)
    answer = CoverageAnswer(
        sides(graph, grouping.keys),
        graph.hub.key,
        len(graph.core_points),
        {key: len(ids) for key, ids in core.items()},
        len(frozenset.intersection(*core.values())) if core else 0,
        {key: tuple(graph.in_core_order(set(graph.core_points) - ids)) for key, ids in core.items()},
        tuple(
            HubClause(
                clause.number,
                clause.title,
                len(clause.points),
                {key: sum(1 for point in clause.points if point.id in ids) for key, ids in core.items()},
            )
            for clause in graph.hub_clauses
            if clause.points
        ),
        pairs,
    )
    names = designations(graph, grouping.keys)
    message = "; ".join(
        f"{names[key]} holds {held} of {answer.core_points} core points of the harmonized structure"
        for key, held in answer.held.items()
    )
    return Report(
        "coverage",
        "Coverage of the common core by " + listed(names.values()),
        graph.library.version,
        (
            _hub_table(graph, names, answer),
            _missing_table(graph, names, answer),
            *([coverage_table(names, pairs, "pairs", "Against each other, both ways")] if pairs else []),
        ),
        answer,
        to_json,
        levelled(
            f"{message}; {answer.held_by_all} are held by {'both' if len(core) == 2 else 'all of them'}"
            if len(core) > 1
            else message,
            answer.standards,
        ).strip(),
        (
            f"The core points are those of {graph.hub.designation}; a standard may hold a point that entered the "
            "structure only later, and one written to the older structure can't hold them all.",
            *(coverage_sentence(names, entry) + "." for entry in pairs if entry.unit == LEAF_CLAUSE),
            *method_notes(graph, grouping.keys),
        ),
        version=3,
        standards=answer.standards,
        doubt=doubt(graph, grouping.keys),
        summary=_summary(names, answer),
    )


def _summary(names: Mapping[str, str], answer: CoverageAnswer) -> str:
    if not answer.held:
        return levelled("", answer.standards).strip()
    told = listed(f"{names[key]} **{held} of {answer.core_points}**" for key, held in answer.held.items())
    both = "both" if len(answer.held) == 2 else "all"
    more = f"; {both} hold **{answer.held_by_all}**" if len(answer.held) > 1 else ""
    return levelled(f"Of the core points of the harmonized structure, {told}{more}.", answer.standards)


def to_json(answer: CoverageAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "hub": answer.hub,
        "core_points": answer.core_points,
        "held": dict(answer.held),
        "held_by_all": answer.held_by_all,
        "missing": {key: list(ids) for key, ids in answer.missing.items()},
        "clauses": [
            {
                "number": clause.number,
                "title": clause.title,
                "core_points": clause.core_points,
                "held": dict(clause.held),
            }
            for clause in answer.clauses
        ],
        "coverage": [coverage_json(entry) for entry in answer.coverage],
    }


def _hub_table(graph: ClauseGraph, names: Mapping[str, str], answer: CoverageAnswer) -> Table:
    columns = (
        Column("number", "Harmonized clause", "clause", 11),
        Column("title", "Title", "text", 40),
        Column("core_points", "Core points", "number", 8),
        *(Column(key, f"Held by {names[key]}", "text", 18, standard=key, role="held") for key in answer.held),
    )
    rows = []
    for clause in answer.clauses:
        cells: list[Cell] = [clause.number, graph.hub_titles[clause.number], clause.core_points]
        for key in answer.held:
            held, all_ = clause.held[key], clause.core_points
            kin = Kin.SAME if held == all_ else Kin.EXTENDED if held else Kin.NONE
            cells.append(f"{kin.glyph} {held} of {all_}")
        rows.append(Row(clause.number, tuple(cells)))
    return Table("hub", "Core points held, by clause of the harmonized structure", columns, tuple(rows))


def _missing_table(graph: ClauseGraph, names: Mapping[str, str], answer: CoverageAnswer) -> Table:
    columns = (
        Column("standard", "Standard", "text", 16),
        Column("clause", "Harmonized clause", "clause", 11),
        Column("text", "Core point that it does not ask for", "text", 70),
    )
    rows = tuple(
        Row(f"{key}-{core}", (names[key], graph.hub_clause_of[core], graph.core_points[core].text))
        for key in answer.missing
        for core in answer.missing[key]
    )
    return Table("missing", "Core points not held, by name", columns, rows)
