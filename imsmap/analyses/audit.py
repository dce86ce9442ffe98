"""What an auditor asks: one question for each group, what to look for, and what each standard adds for its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import KIND_WORDS, AuditQuestion, Point, split_ref
from imsmap.library.relationships import NONE, PREDICATES
from imsmap.parts import clause_json, clause_name, main_clause_json, main_clauses, side_json, sides
from imsmap.reasoning.groups import Group, Grouping, grouped
from imsmap.report import NOTHING, Cell, Column, Ref, Report, Row, Table, untyped
from imsmap.wording import listed

Points = list[tuple[str, Point]]
MANY = 16
"""More additions than these fill a page: they go on clause by clause."""


@frozen
class Question:
    """Which standards an audit covers; the order is kept."""

    standards: tuple[str, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """Ask once for each group of requirements that belong together, with what each standard adds."""
    grouping = grouped(graph, question.standards)
    asked = {entry.group: entry for entry in graph.library.audit_questions}
    placed = _placed(grouping)
    rows = [
        _row(grouping, group, asked.get(group.id), placed[group.id]) for group in grouping.groups if group.id in placed
    ]
    mains = [main_clause_json(main) for main in main_clauses(graph, (row["main"] for row in rows))]
    names = listed(graph.standard(key).designation for key in grouping.keys)
    together = sum(1 for row in rows if len(row["letters"]) > 1)
    open_ = [row for row in rows if row["question"] is None]
    message = f"{len(rows)} questions; {together} of them are asked once for more than one standard"
    if open_:
        message += f"; {len(open_)} group{' still wants its' if len(open_) == 1 else 's still want their'} question"
    return Report(
        "audit",
        f"Audit checklist for {names}",
        graph.library.version,
        (_table(grouping, rows, mains),),
        {
            "standards": [side_json(side) for side in sides(graph, grouping.keys)],
            "main_clauses": mains,
            "questions": rows,
        },
        untyped,
        message,
        (
            "A question is asked once; each standard gets a verdict of its own, so that a finding names the standard "
            "and the clause that is not met.",
            "What a standard adds comes on top of what the standards in the row have in common; see = the clause "
            "lives in another row and is touched here too.",
            f"Where a standard adds more than {MANY} things under one question, the question goes on clause by clause "
            '("as for ..."), and each clause gets its verdict.',
            "Letters name the standards that get a verdict in the row. Under evidence, document, record and available "
            "(either of both) say what these standards ask for; the line before says where evidence is usually found.",
            "The questions sample; they do not take the place of the standards, and all answers good does not show "
            "that an organization conforms.",
            *_sources(rows),
            f"Mapping data {graph.library.version} ({graph.library.released}). In our own words: consult the "
            "standards.",
        ),
    )


def _sources(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """Say once where the questions come from."""
    return tuple(dict.fromkeys(row["source"] for row in rows if row["source"] is not None))


def _placed(grouping: Grouping) -> dict[str, dict[str, Points]]:
    """Place every point in the row in which it is audited, by group and standard.

    A core point is audited where the hub has it, an own point where its clause lives: where a clause takes in several
    of the hub's (management review in one clause), in that of the core point which follows, else of the one before.
    """
    graph = grouping.graph
    found: dict[str, dict[str, Points]] = {}
    for key in grouping.keys:
        for leaf in graph.leaves(key):
            where = [None if point.core is None else graph.hub_clause_of[point.core] for point in leaf.points]
            for index, point in enumerate(leaf.points):
                near = [place for place in (*where[index:], *reversed(where[:index])) if place is not None]
                group = near[0] if near else grouping.home[leaf.ref]
                found.setdefault(group, {}).setdefault(key, []).append((leaf.point_ref(point), point))
    return found


def _row(grouping: Grouping, group: Group, asked: AuditQuestion | None, placed: Mapping[str, Points]) -> dict[str, Any]:
    graph = grouping.graph
    present = [key for key in grouping.keys if key in placed]
    common = frozenset.intersection(*(frozenset(p.core for _, p in placed[key] if p.core) for key in present))
    also = {key: _touched(grouping, group, key, present) if key not in placed else [] for key in grouping.keys}
    return {
        "id": group.id,
        "main": group.main,
        "number": group.number,
        "title": group.title,
        "letters": "".join(graph.discipline(key).letter for key in present),
        "question": asked.question if asked else None,
        "look_for": asked.look_for if asked else None,
        "evidence": asked.evidence if asked else None,
        "confidence": asked.confidence if asked else None,
        "source": asked.source if asked else None,
        "common": [{"core": core, "text": graph.core_points[core].text} for core in graph.in_core_order(common)],
        "adds": {
            key: [
                {"text": point.adds or point.text, "point": ref}
                for ref, point in placed.get(key, ())
                if point.core not in common
            ]
            for key in grouping.keys
        },
        "documented": _documented(graph, placed, present),
        "clauses": {
            key: [clause_json(clause_name(graph, ref)) for ref in _leaves(ref for ref, _ in placed.get(key, ()))]
            for key in grouping.keys
        },
        "also": also,
    }


def _leaves(refs: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref.partition("#")[0] for ref in refs))


def _touched(grouping: Grouping, group: Group, key: str, present: list[str]) -> list[dict[str, Any]]:
    """List the clauses of a standard without a verdict in a row that are touched there, each with its points tied."""
    graph = grouping.graph
    tied: set[str] = set()
    for other in present:
        pair, forward = grouping.pair(key, other)
        for near in group.also[key]:
            for far in group.home[other]:
                kinship = pair.leaf(near, far) if forward else pair.leaf(far, near)
                for relation in kinship.relations:
                    if PREDICATES[relation.predicate] != NONE:
                        tied |= {end for end in (*relation.subject, *relation.object) if split_ref(end)[0] == key}
    return [
        {
            **clause_json(clause_name(graph, ref)),
            "touched": [
                {"text": point.adds or point.text, "point": name}
                for name, point in graph.points((ref,))
                if name in tied
            ],
        }
        for ref in group.also[key]
    ]


def _documented(graph: ClauseGraph, placed: Mapping[str, Points], present: list[str]) -> list[dict[str, Any]]:
    """List the documented information asked for in a row: each thing once, with the points that ask for it."""
    found: dict[tuple[str, str], list[str]] = {}
    for key in present:
        for ref, point in placed[key]:
            if point.documented is not None:
                found.setdefault((point.documented.kind, point.documented.what), []).append(ref)
    return [
        {"kind": kind, "what": what, "letters": _letters(graph, refs), "points": refs}
        for (kind, what), refs in found.items()
    ]


def _letters(graph: ClauseGraph, refs: Iterable[str]) -> str:
    return "".join(graph.discipline(key).letter for key in dict.fromkeys(split_ref(ref)[0] for ref in refs))


def _lines(graph: ClauseGraph, row: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the lines of a row with their ids: what a standard adds at length goes on below, clause by clause.

    Its first clause stays in the row itself, so that the standard has a verdict there too.
    """
    long = [key for key, adds in row["adds"].items() if len(adds) > MANY]
    apart = [clause["ref"] for key in long for clause in row["clauses"][key][1:]]
    refs = {clause["ref"] for clauses in row["clauses"].values() for clause in clauses}
    yield row["id"], _cut(graph, row, refs.difference(apart))
    for ref in apart:
        again = f"as for {row['title']}"  # not "as above": people sort
        line = {"title": graph.name(ref), "question": again, "look_for": again, "evidence": None}
        also: dict[str, list[Any]] = {key: [] for key in row["also"]}
        yield ref, {**_cut(graph, row, {ref}), **line, "letters": _letters(graph, (ref,)), "also": also}


def _cut(graph: ClauseGraph, row: dict[str, Any], leaves: set[str]) -> dict[str, Any]:
    """Leave in a row only what some of its clauses ask for."""
    documented = []
    for entry in row["documented"]:
        points = [ref for ref in entry["points"] if ref.partition("#")[0] in leaves]
        if points:
            documented.append({**entry, "letters": _letters(graph, points)})
    return {
        **row,
        "documented": documented,
        "adds": {
            key: [entry for entry in adds if entry["point"].partition("#")[0] in leaves]
            for key, adds in row["adds"].items()
        },
        "clauses": {
            key: [clause for clause in clauses if clause["ref"] in leaves] for key, clauses in row["clauses"].items()
        },
    }


def _table(grouping: Grouping, rows: list[dict[str, Any]], mains: list[dict[str, Any]]) -> Table:
    names = {key: grouping.graph.standard(key).designation for key in grouping.keys}
    columns = (
        Column("clause", "Harmonized clause", "clause", 11),
        Column("topic", "Topic", "text", 22),
        Column("letters", "Letters", "letters", 8),
        Column("question", "Question, asked once", "text", 36),
        Column("look_for", "Look for", "text", 36),
        *(Column(f"adds_{key}", f"{names[key]} adds", "list", 34) for key in grouping.keys),
        Column("evidence", "Evidence required", "list", 34),
        *(Column(key, f"{names[key]}: clauses", "clause", 15) for key in grouping.keys),
    )
    found: list[Row] = []
    for main in mains:
        blank: tuple[Cell, ...] = (None,) * (len(columns) - 2)
        found.append(Row(f"main-{main['number']}", (main["number"], main["title"], *blank), heading=True))
        for row in rows:
            if row["main"] == main["number"]:
                found += [Row(id_, _cells(grouping, line)) for id_, line in _lines(grouping.graph, row)]
    return Table("audit", "Audit checklist", columns, tuple(found))


def _cells(grouping: Grouping, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    documented = (f"{KIND_WORDS[entry['kind']]} ({entry['letters']}): {entry['what']}" for entry in row["documented"])
    # Where to look, as one line of a list, and then what must exist.
    evidence = (row["evidence"].rstrip("."),) if row["evidence"] else ()
    return (
        row["number"] or NOTHING,
        row["title"],
        row["letters"],
        row["question"],
        row["look_for"],
        *(_beyond(row, key) for key in grouping.keys),
        (*evidence, *documented) or (None if row["question"] is None else NOTHING),
        *(_cited(row, key) for key in grouping.keys),
    )


def _beyond(row: Mapping[str, Any], key: str) -> Cell:
    """Say what a standard adds in a row, or what of it is touched there though it lives elsewhere."""
    added = tuple(entry["text"] for entry in row["adds"][key])
    touched = tuple(
        f"see {clause['number']}: {point['text']}" for clause in row["also"][key] for point in clause["touched"]
    )
    return added or touched or NOTHING


def _cited(row: Mapping[str, Any], key: str) -> Cell:
    home = tuple(Ref(clause["ref"], clause["number"]) for clause in row["clauses"][key])
    also = tuple(Ref(clause["ref"], f"see {clause['number']}") for clause in row["also"][key])
    return (*home, *also) or NOTHING
