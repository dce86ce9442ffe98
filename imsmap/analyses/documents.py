"""Documented information that the standards ask for, each item once: what several ask for together is one row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import KIND_WORDS, Point, number_key, split_ref
from imsmap.parts import side_json, sides
from imsmap.reasoning.groups import grouped
from imsmap.report import NOTHING, Column, Ref, Report, Row, Table, untyped


@frozen
class Question:
    """Which standards' documented information to list."""

    standards: tuple[str, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """List the documents and records that the standards ask for, in the order of the matrix."""
    grouping = grouped(graph, question.standards)
    order = {group.id: index for index, group in enumerate(grouping.groups)}
    found: dict[tuple[int, str], list[tuple[str, Point]]] = {}
    for key in grouping.keys:
        for ref, point in graph.points(leaf.ref for leaf in graph.leaves(key)):
            if point.documented is not None:
                place = order[grouping.home[ref.partition("#")[0]]]
                # A shared core point makes it one item; the standard's own point stands alone.
                name = f"core-{point.core}" if point.core is not None else ref
                first = next((known for known in found if known[1] == name), (place, name))
                found.setdefault(first, []).append((ref, point))
    documents = [
        _document(graph, grouping.keys, name, entries)
        for (_, name), entries in sorted(
            found.items(), key=lambda item: (item[0][0], number_key(split_ref(item[1][0][0])[1]), item[0][1])
        )
    ]
    values = {"standards": [side_json(side) for side in sides(graph, grouping.keys)], "documents": documents}
    names = [graph.standard(key).designation for key in grouping.keys]
    together = sum(1 for entry in documents if len(entry["clauses"]) > 1)
    return Report(
        "documents",
        "Documented information asked for by " + " and ".join(names),
        graph.library.version,
        (_table(graph, grouping.keys, documents),),
        values,
        untyped,
        f"{len(documents)} documents and records are asked for; {together} of them by more than one standard",
        (
            "document = maintain documented information; record = retain documented information; available = the "
            "standard does not say which.",
            "One row may be met by one document or record for all the standards that it names.",
            f"Mapping data {graph.library.version} ({graph.library.released}). In our own words: consult the "
            "standards.",
        ),
    )


def _document(
    graph: ClauseGraph, keys: tuple[str, ...], name: str, entries: Iterable[tuple[str, Point]]
) -> dict[str, Any]:
    by: dict[str, list[tuple[str, Point]]] = {}
    for ref, point in entries:
        by.setdefault(split_ref(ref)[0], []).append((ref, point))
    present = [key for key in keys if key in by]
    what = list(dict.fromkeys(p.documented.what for key in present for _, p in by[key] if p.documented is not None))
    return {
        "id": name,
        "letters": "".join(graph.discipline(key).letter for key in present),
        "what": "; ".join(what),
        "kinds": {key: sorted({p.documented.kind for _, p in by[key] if p.documented is not None}) for key in present},
        "clauses": {key: list(dict.fromkeys(split_ref(ref)[1] for ref, _ in by[key])) for key in present},
        "points": {key: [ref for ref, _ in by[key]] for key in present},
        "core": name.removeprefix("core-") if name.startswith("core-") else None,
    }


def _table(graph: ClauseGraph, keys: tuple[str, ...], documents: list[dict[str, Any]]) -> Table:
    names = {key: graph.standard(key).designation for key in keys}
    columns = (
        Column("letters", "Letters", "letters", 8),
        *(Column(key, names[key], "clause", 15) for key in keys),
        Column("what", "What must exist, in our words", "text", 52),
        *(Column(f"kind_{key}", f"{names[key]}: kind", "text", 16) for key in keys),
    )
    rows = []
    for entry in documents:
        clauses = tuple(
            tuple(Ref(f"{key}:{number}", number) for number in entry["clauses"].get(key, ())) or NOTHING for key in keys
        )
        kinds = tuple(tuple(KIND_WORDS[kind] for kind in entry["kinds"].get(key, ())) or NOTHING for key in keys)
        rows.append(Row(entry["id"], (entry["letters"], *clauses, entry["what"], *kinds)))
    return Table("documents", "Documented information", columns, tuple(rows))
