"""Standards against the common core and against each other: how much of the hub each holds, and who covers whom."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin
from imsmap.parts import coverage_json, coverage_table, side_json, sides
from imsmap.reasoning.coverage import coverage_both_ways
from imsmap.reasoning.groups import grouped
from imsmap.report import Cell, Column, Report, Row, Table, untyped
from imsmap.wording import coverage_sentence, designations, method_notes


@frozen
class Question:
    """Which standards to measure; one is enough for the hub, two or more also for each other."""

    standards: tuple[str, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """Measure standards against the harmonized structure, clause by clause, and against each other, both ways."""
    grouping = grouped(graph, question.standards)
    core = {key: graph.core_ids(leaf.ref for leaf in graph.leaves(key)) for key in grouping.keys}
    everyone = frozenset.intersection(*core.values())
    clauses: list[dict[str, Any]] = []
    for clause in graph.hub_clauses:
        if not clause.points:
            continue
        ids = [point.id for point in clause.points]
        held = {key: sum(1 for core_id in ids if core_id in core[key]) for key in grouping.keys}
        clauses.append({"number": clause.number, "title": clause.title, "core_points": len(ids), "held": held})
    counted = coverage_both_ways(grouping)
    measured = [coverage_json(entry) for entry in counted]
    missing = {key: list(graph.in_core_order(set(graph.core_points) - core[key])) for key in grouping.keys}
    values = {
        "standards": [side_json(side) for side in sides(graph, grouping.keys)],
        "hub": graph.hub.key,
        "core_points": len(graph.core_points),
        "held": {key: len(core[key]) for key in grouping.keys},
        "held_by_all": len(everyone),
        "missing": missing,
        "clauses": clauses,
        "coverage": measured,
    }
    names = {key: graph.standard(key).designation for key in grouping.keys}
    message = "; ".join(
        f"{names[key]} holds {len(core[key])} of {len(graph.core_points)} core points of the harmonized structure"
        for key in grouping.keys
    )
    return Report(
        "coverage",
        "Coverage of the common core by " + " and ".join(names.values()),
        graph.library.version,
        (
            _hub_table(graph, names, clauses),
            _missing_table(graph, names, missing),
            *([coverage_table(names, counted, "pairs", "Against each other, both ways")] if measured else []),
        ),
        values,
        untyped,
        f"{message}; {len(everyone)} are held by {'both' if len(names) == 2 else 'all of them'}"
        if len(names) > 1
        else message,
        (
            f"The core points are those of {graph.hub.designation}; a standard may hold a point that entered the "
            "structure only later, and one written to the older structure can't hold them all.",
            *(
                coverage_sentence(designations(graph, grouping.keys), entry) + "."
                for entry in counted
                if entry.unit == "leaf clause"
            ),
            *method_notes(graph, grouping.keys),
        ),
    )


def _hub_table(graph: ClauseGraph, names: dict[str, str], clauses: list[dict[str, Any]]) -> Table:
    columns = (
        Column("number", "Harmonized clause", "clause", 11),
        Column("title", "Title", "text", 40),
        Column("core_points", "Core points", "number", 8),
        *(Column(key, f"Held by {name}", "text", 18) for key, name in names.items()),
    )
    rows = []
    for entry in clauses:
        cells: list[Cell] = [entry["number"], graph.hub_titles[entry["number"]], entry["core_points"]]
        for key in names:
            held, all_ = entry["held"][key], entry["core_points"]
            kin = Kin.SAME if held == all_ else Kin.EXTENDED if held else Kin.NONE
            cells.append(f"{kin.glyph} {held} of {all_}")
        rows.append(Row(entry["number"], tuple(cells)))
    return Table("hub", "Core points held, by clause of the harmonized structure", columns, tuple(rows))


def _missing_table(graph: ClauseGraph, names: dict[str, str], missing: dict[str, list[str]]) -> Table:
    columns = (
        Column("standard", "Standard", "text", 16),
        Column("clause", "Harmonized clause", "clause", 11),
        Column("text", "Core point that it does not ask for", "text", 70),
    )
    rows = tuple(
        Row(f"{key}-{core}", (name, graph.hub_clause_of[core], graph.core_points[core].text))
        for key, name in names.items()
        for core in missing[key]
    )
    return Table("missing", "Core points not held, by name", columns, rows)
