"""Documented information that standards ask for, each item once, and whether it is a document or a record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Point, number_key, split_ref
from imsmap.reasoning.equals import equal_points
from imsmap.reasoning.groups import Grouping
from imsmap.values import frozen
from imsmap.wording import labels, together

RECORD, KEPT, AVAILABLE = "retain", "keep", "available"
_RECORDED = frozenset((RECORD, KEPT))
"""Kinds that are records: what is kept as needed shows that something ran as planned."""
_RECORDS = "-records"
"""What the id of an item of records ends with where another item of its core point holds documents."""


@frozen
class Asked:
    """How one standard asks for an item: as what kinds, in which clauses (numbers), by which points (ids)."""

    kinds: tuple[str, ...]
    clauses: tuple[str, ...]
    points: tuple[str, ...]


@frozen
class Item:
    """A document or record: what must exist, and how each standard (by key) that wants it asks for it."""

    id: str
    letters: str
    what: str
    asked: Mapping[str, Asked]
    core: str | None


def items(grouping: Grouping) -> tuple[Item, ...]:
    """List the documents and records that the standards ask for, in the order of the matrix."""
    graph = grouping.graph
    order = {topic: index for index, topic in enumerate(grouping.order)}
    found: dict[tuple[int, str], list[tuple[str, Point]]] = {}
    equal = equal_points(grouping)
    mixed = _documents_and_records(grouping, equal)
    for key in grouping.keys:
        if graph.by_clause(key):
            continue
        for ref, point in graph.points(leaf.ref for leaf in graph.leaves(key)):
            if point.documented is not None:
                place = order[grouping.home[ref.partition("#")[0]]]
                name = _name(ref, point, equal, mixed)
                first = next((known for known in found if known[1] == name), (place, name))
                found.setdefault(first, []).append((ref, point))
    label = labels(graph, grouping.keys)
    return tuple(
        _item(label, name, entries)
        for (_, name), entries in sorted(
            found.items(), key=lambda item: (item[0][0], number_key(split_ref(item[1][0][0])[1]), item[0][1])
        )
    )


def is_record(graph: ClauseGraph, points: Iterable[str]) -> bool:
    """Tell whether what these points ask to have in writing is met by records alone.

    What is only to be available is a record where the edition before asks for a record there, or the first structure
    does at the same core point; else it may be a document.
    """
    return all(_kinds(graph, ref) <= _RECORDED for ref in points)


def _kinds(graph: ClauseGraph, ref: str) -> frozenset[str]:
    """Tell what a point wants documented as, where its standard leaves it open by what was wanted before."""
    point = graph.point(ref)
    if point.documented is None:
        return frozenset()
    if point.documented.kind != AVAILABLE:
        return frozenset((point.documented.kind,))
    before = graph.standard(split_ref(ref)[0]).revises
    origins = [f"{before}:{origin.id}" for origin in point.from_]
    there = [origin for origin in origins if graph.has_clause(origin.partition("#")[0])]
    if found := frozenset(kind for origin in there for kind in _kinds(graph, origin)):
        return found
    if point.core is not None:
        placed = [graph.documented(point.core, structure.key) for structure in graph.structures]
        return frozenset({one.kind for one in placed if one is not None} - {AVAILABLE}) or frozenset((AVAILABLE,))
    return frozenset((AVAILABLE,))


def _documents_and_records(grouping: Grouping, equal: Mapping[str, str]) -> frozenset[str]:
    """Name the items of which one standard of the question wants a document and another a record."""
    kinds: dict[str, set[str]] = {}
    for key in grouping.keys:
        if grouping.graph.by_clause(key):
            continue
        for ref, point in grouping.graph.points(leaf.ref for leaf in grouping.graph.leaves(key)):
            if point.documented is not None:
                kinds.setdefault(_base(ref, point, equal), set()).add(point.documented.kind)
    return frozenset(base for base, found in kinds.items() if RECORD in found and found - {RECORD, AVAILABLE})


def _base(ref: str, point: Point, equal: Mapping[str, str]) -> str:
    """Name what a point's documented information is about: its core point, else what it is stated to equal, else it."""
    return equal.get(ref, ref) if point.core is None else f"core-{point.core}"


def _name(ref: str, point: Point, equal: Mapping[str, str], mixed: Collection[str]) -> str:
    """Name the item to which a point belongs.

    A record never joins a document: where standards want both for the same, records stand apart. What is only to be
    available may be met by the document.
    """
    base = _base(ref, point, equal)
    apart = base in mixed and point.documented is not None and point.documented.kind == RECORD
    return f"{base}{_RECORDS}" if apart else base


def _item(label: Mapping[str, str], name: str, entries: Iterable[tuple[str, Point]]) -> Item:
    by: dict[str, list[tuple[str, Point]]] = {}
    for ref, point in entries:
        by.setdefault(split_ref(ref)[0], []).append((ref, point))
    present = [key for key in label if key in by]
    what = dict.fromkeys(p.documented.what for key in present for _, p in by[key] if p.documented is not None)
    return Item(
        name,
        together(label[key] for key in present),
        "; ".join(what),
        {
            key: Asked(
                tuple(sorted({p.documented.kind for _, p in by[key] if p.documented is not None})),
                tuple(dict.fromkeys(split_ref(ref)[1] for ref, _ in by[key])),
                tuple(ref for ref, _ in by[key]),
            )
            for key in present
        },
        name.removeprefix("core-").removesuffix(_RECORDS) if name.startswith("core-") else None,
    )
