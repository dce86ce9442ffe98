"""Honest numbers: coverage with direction, unit, n and m, and the words that go with them on every surface."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin, number_key, split_ref
from imsmap.reasoning.groups import Grouping
from imsmap.reasoning.kinship import STRONG, Kinship
from imsmap.report import NOTHING, Cell, Column, Row, Table

_KEYS = {
    Kin.SAME: "same",
    Kin.EXTENDED: "extended",
    Kin.RELATED: "related",
    Kin.NONE: "none",
    Kin.NOT_ASSESSED: "not_assessed",
}


def coverage(grouping: Grouping, *, of: str, by: str, unit: str) -> dict[str, Any]:
    """Count how many leaf clauses or points of one standard have a counterpart in another.

    n counts `same`, `extended` and `related`; of the related, `jointly` counts those tied only through a larger union,
    and `weak` those whose strongest tie stays below the strength that would make them no false friends.
    In points, `same` counts those with a counterpart. `uncovered` and `unassessed` name the rest.
    """
    counts = dict.fromkeys(_KEYS.values(), 0)
    jointly = weak = 0
    uncovered: list[str] = []
    unassessed: list[str] = []
    if unit == "leaf clause":
        found = [(leaf.number, grouping.best(leaf.ref, by)) for leaf in grouping.graph.leaves(of)]
        kins = [
            (name, kinship.kin, kinship.jointly, kinship.kin is Kin.RELATED and (kinship.strength or 0) < STRONG)
            for name, kinship in found
        ]
    else:
        pair, forward = grouping.pair(of, by)
        points = grouping.graph.points(leaf.ref for leaf in grouping.graph.leaves(of))
        kins = [(ref.partition(":")[2], pair.point_kin(ref, forward=forward)[0], False, False) for ref, _ in points]
    for name, kin, joint, faint in kins:
        counts[_KEYS[kin]] += 1
        jointly += joint
        weak += faint
        if kin is Kin.NONE:
            uncovered.append(name)
        elif kin is Kin.NOT_ASSESSED:
            unassessed.append(name)
    return {
        "of": of,
        "by": by,
        "unit": unit,
        "n": counts["same"] + counts["extended"] + counts["related"],
        "m": len(kins),
        **{key: counts[key] for key in ("same", "extended", "related")},
        "jointly": jointly,
        "weak": weak,
        "none": counts["none"],
        "not_assessed": counts["not_assessed"],
        "uncovered": uncovered,
        "unassessed": unassessed,
    }


def coverage_sentence(graph: ClauseGraph, entry: dict[str, Any]) -> str:
    """Say a coverage as a sentence: n of m, direction, unit, both editions."""
    of, by = graph.standard(entry["of"]).designation, graph.standard(entry["by"]).designation
    unit = "leaf clauses" if entry["unit"] == "leaf clause" else "requirement points"
    words = f"{entry['n']} of {entry['m']} {unit} of {of} have a counterpart in {by}"
    if entry["not_assessed"]:
        words += f" ({entry['not_assessed']} not assessed)"
    return words


def coverage_in_full(graph: ClauseGraph, entry: dict[str, Any]) -> str:
    """Say a coverage as a sentence with its classes, so that it can be read aloud."""
    words = [f"{entry['same']} same", f"{entry['extended']} extended", f"{entry['related']} related"]
    aside = [
        f"{entry[key]} {told}" for key, told in (("weak", "only weakly"), ("jointly", "only jointly")) if entry[key]
    ]
    if aside:
        words[-1] += f" ({', '.join(aside)})"
    rest = [f"{entry['none']} none", f"{entry['not_assessed']} not assessed"]
    short = coverage_sentence(graph, {**entry, "not_assessed": 0})
    return f"{short}: {', '.join(words)}; {', '.join(rest)}"


def closest_kin(grouping: Grouping, ref: str) -> Kin:
    """Tell how a point stands to all other standards of a question together: the closest that any of them has.

    It is `not assessed` where any of them may still hold a counterpart and none is known to.
    """
    order = (Kin.SAME, Kin.RELATED, Kin.NOT_ASSESSED, Kin.NONE)
    key = ref.partition(":")[0]
    kins = []
    for other in grouping.keys:
        if other != key:
            pair, forward = grouping.pair(key, other)
            kins.append(pair.point_kin(ref, forward=forward)[0])
    return min(kins, key=order.index)


def listed(words: Iterable[str]) -> str:
    """Put words into a sentence: `a`, `a and b`, `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def in_clause_order(refs: Iterable[str]) -> list[str]:
    """Put references of clauses, points or whole standards into clause order."""

    def place(ref: str) -> tuple[str, tuple[tuple[int, int, str], ...], str]:
        standard, number, point = split_ref(ref)
        return standard, number_key(number), point or ""

    return sorted(refs, key=place)


def named(graph: ClauseGraph, refs: Iterable[str]) -> list[str]:
    """Name clauses, points or a whole standard for a reader, in clause order."""
    return [graph.label(ref) for ref in in_clause_order(refs)]


def describe_clause(graph: ClauseGraph, ref: str) -> dict[str, Any]:
    """Describe a clause as every report does: number, official title, and the title as it reads alone."""
    return {"ref": ref, "number": graph.clause(ref).number, "title": graph.title(ref), "name": graph.name(ref)}


def describe_main_clauses(graph: ClauseGraph, numbers: Iterable[str]) -> list[dict[str, Any]]:
    """Describe some main clauses of the hub, in clause order."""
    wanted = set(numbers)
    return [{"number": clause.number, "title": clause.title} for clause in graph.hub_clauses if clause.number in wanted]


def describe_standard(graph: ClauseGraph, key: str) -> dict[str, Any]:
    """Describe a standard as every report does: name, discipline with letter and colours, state, size."""
    standard, discipline = graph.standard(key), graph.discipline(key)
    leaves = graph.leaves(key)
    return {
        "key": standard.key,
        "designation": standard.designation,
        "title": standard.title,
        "discipline": standard.discipline,
        "discipline_name": discipline.name,
        "letter": discipline.letter,
        "colours": {"dark": discipline.dark, "accent": discipline.accent, "tint": discipline.tint},
        "edition": standard.edition,
        "published": standard.published,
        "status": standard.status,
        "clauses": len(standard.clauses),
        "leaf_clauses": len(leaves),
        "points": sum(len(leaf.points) for leaf in leaves),
        "confidence": standard.confidence,
        "amendments": [amendment.id for amendment in standard.amendments],
        "successor": None
        if standard.successor is None
        else {
            "designation": standard.successor.designation,
            "published": standard.successor.published,
            "confidence": standard.successor.confidence,
        },
    }


def method_notes(graph: ClauseGraph, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Give the notes that belong under every comparison: definition, data version, limits."""
    names = ", ".join(graph.standard(key).designation for key in keys)
    return (
        "A leaf clause has a counterpart if it shares a common core requirement with a clause of the other standard "
        "(same, extended) or a stated relation ties them (related). A counterpart says where to look together; it "
        "does not say that meeting one standard meets the other.",
        f"Editions: {names}. Mapping data {graph.library.version} ({graph.library.released}). Clause numbers, titles "
        "and our own words only: consult the standards.",
    )


def coverage_both_ways(grouping: Grouping) -> list[dict[str, Any]]:
    """Count coverage for every ordered pair of the standards, in leaf clauses and then in points."""
    return [
        coverage(grouping, of=of, by=by, unit=unit)
        for unit in ("leaf clause", "point")
        for by in grouping.keys
        for of in grouping.keys
        if of != by
    ]


def coverage_table(graph: ClauseGraph, measured: list[dict[str, Any]], name: str, title: str) -> Table:
    """Lay coverage out as a table: direction and unit, n of m, by class."""
    keys = ("n", "m", "same", "extended", "related", "jointly", "none", "not_assessed")
    titles = ("n", "of m", "= same", "≈ extended", "◐ related", "of these jointly", "○ none", "? not assessed")
    columns = (
        Column("of", "Of", "text", 16),
        Column("by", "Have a counterpart in", "text", 18),
        Column("unit", "Unit", "text", 12),
        *(Column(key, heading, "number", 10) for key, heading in zip(keys, titles, strict=True)),
    )
    rows = tuple(
        Row(
            f"{entry['of']}-{entry['by']}-{entry['unit']}".replace(" ", "-"),
            (
                graph.standard(entry["of"]).designation,
                graph.standard(entry["by"]).designation,
                entry["unit"],
                *(entry[key] for key in keys),
            ),
        )
        for entry in measured
    )
    return Table(name, title, columns, rows)


def shared_cell(graph: ClauseGraph, kinship: Kinship) -> Cell:
    """Say what two clauses share: the core points, then what the stated relations name, each sentence once."""
    core = tuple(graph.core_points[core].text for core in kinship.shared)
    stated = dict.fromkeys(relation.shared for relation in kinship.relations if relation.shared)
    return core + tuple(stated) or NOTHING
