"""One agenda for the management review: every input and result that the standards ask for, each of them once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Clause, Point, split_ref
from imsmap.library.relationships import EQUAL, PREDICATES
from imsmap.parts import side_json, sides
from imsmap.reasoning.groups import Grouping, grouped
from imsmap.report import NOTHING, Cell, Column, Ref, Report, Row, Table, untyped
from imsmap.wording import listed

ITSELF, INPUT, RESULT = "the review itself", "input", "result"
KINDS = {"9.3.1": ITSELF, "9.3.2": INPUT, "9.3.3": RESULT}
"""What the hub's clauses on management review are about."""


@frozen
class Question:
    """Which standards' management reviews to hold as one; the order is kept."""

    standards: tuple[str, ...]


@frozen
class _Item:
    """A row in the making: one thing asked for, with the points that ask for it."""

    kind: str
    place: int
    """Of the core point that it is or follows, in the hub's order."""
    core: str | None
    points: list[str] = field(factory=list)


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """Put what the standards ask the management review to look at and to decide on one agenda."""
    grouping = grouped(graph, question.standards)
    rows = [_row(grouping, item) for item in _items(grouping)]
    names = listed(graph.standard(key).designation for key in grouping.keys)
    counts = {kind: sum(1 for row in rows if row["kind"] == kind) for kind in (INPUT, RESULT)}
    together = sum(1 for row in rows if len(row["points"]) > 1)
    return Report(
        "management_review",
        f"Management review for {names}",
        graph.library.version,
        (_table(grouping, rows),),
        {"standards": [side_json(side) for side in sides(graph, grouping.keys)], "items": rows},
        untyped,
        f"{counts[INPUT]} inputs and {counts[RESULT]} results on one agenda; "
        f"{together} of all {len(rows)} rows {'serves' if together == 1 else 'serve'} more than one standard",
        (
            "A row is asked for by each standard whose clause it names. What several ask for together is one row: the "
            "same core point, or points stated to be equal. One look at it may serve all of them if each discipline's "
            "figures are on the table.",
            "An own item of a standard that does not part inputs from results in its numbering stands where its order "
            "in the clause puts it.",
            f"Mapping data {graph.library.version} ({graph.library.released}). In our own words: consult the "
            "standards.",
        ),
    )


def _items(grouping: Grouping) -> list[_Item]:
    """Gather the points of the review clauses, those that ask for the same as one, in the order of an agenda."""
    graph = grouping.graph
    order = {core: place for place, core in enumerate(graph.core_points)}
    items: dict[str, _Item] = {}
    equal = _equal(grouping)
    for key in grouping.keys:
        for leaf in graph.leaves(key):
            if grouping.home[leaf.ref] not in KINDS:
                continue
            after = -1
            for index, point in enumerate(leaf.points):
                kind = _kind(graph, leaf, index, grouping.home[leaf.ref])
                if point.core is not None:
                    after = order[point.core]
                ref = leaf.point_ref(point)
                name = f"core-{point.core}" if point.core is not None else equal.get(ref, ref)
                items.setdefault(name, _Item(kind, after, point.core)).points.append(ref)
    # Where several stand at one place, the order of the standards and of their clauses stays.
    return sorted(items.values(), key=lambda item: ((ITSELF, INPUT, RESULT).index(item.kind), item.place))


def _equal(grouping: Grouping) -> dict[str, str]:
    """Name for each own point that a person stated to equal others the first of them, in the order of the standards."""
    groups: dict[str, list[str]] = {}
    for one, other in grouping.pairs:
        for relation in grouping.graph.relations_between(one, other):
            ends = (*relation.subject, *relation.object)
            if PREDICATES[relation.predicate] != EQUAL or len(ends) != 2 or not all("#" in end for end in ends):
                continue
            joined = list(dict.fromkeys(ref for end in ends for ref in groups.get(end, [end])))
            for ref in joined:
                groups[ref] = joined
    rank = {key: place for place, key in enumerate(grouping.keys)}
    return {ref: min(refs, key=lambda r: (rank[split_ref(r)[0]], r)) for ref, refs in groups.items()}


def _kind(graph: ClauseGraph, leaf: Clause, index: int, home: str) -> str:
    """Tell whether a point is about the review itself, an input or a result.

    A core point has it from the hub. An own point takes it from the core point that follows in its clause, else from
    the one before; ahead of the list of inputs stands what is said of the review itself.
    """
    own = _kind_of_core(graph, leaf.points[index])
    if own is not None:
        return own
    before = [kind for point in leaf.points[:index] if (kind := _kind_of_core(graph, point))]
    behind = [kind for point in leaf.points[index:] if (kind := _kind_of_core(graph, point))]
    if not before and behind and behind[0] == INPUT:
        return ITSELF
    return behind[0] if behind else before[-1] if before else KINDS[home]


def _kind_of_core(graph: ClauseGraph, point: Point) -> str | None:
    return None if point.core is None else KINDS.get(graph.hub_clause_of[point.core])


def _row(grouping: Grouping, item: _Item) -> dict[str, Any]:
    graph = grouping.graph
    by: dict[str, list[str]] = {}
    for ref in item.points:
        by.setdefault(split_ref(ref)[0], []).append(ref)
    present = [key for key in grouping.keys if key in by]
    texts = {key: [graph.point(ref).text for ref in by[key]] for key in present}
    core = graph.core_points[item.core].text if item.core is not None and len(present) > 1 else None
    return {
        "id": f"core-{item.core}" if item.core is not None else item.points[0],
        "kind": item.kind,
        "core": item.core,
        # Where the core speaks of "the discipline", several of them are meant: each standard's words name its own.
        "text": None if core is None or "discipline" in core else core,
        "texts": texts,
        "letters": "".join(graph.discipline(key).letter for key in present),
        "points": {key: by[key] for key in present},
        "clauses": {key: list(dict.fromkeys(split_ref(ref)[1] for ref in by[key])) for key in present},
    }


def _table(grouping: Grouping, rows: list[dict[str, Any]]) -> Table:
    graph = grouping.graph
    columns = (
        Column("kind", "Kind", "text", 12),
        Column("what", "What the review looks at or decides", "list", 60),
        Column("letters", "Letters", "letters", 8),
        *(Column(key, graph.standard(key).designation, "clause", 14) for key in grouping.keys),
    )
    return Table(
        "management_review",
        "Management review",
        columns,
        tuple(Row(row["id"], _cells(grouping, row)) for row in rows),
    )


def _cells(grouping: Grouping, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    return (
        row["kind"],
        _what(grouping, row),
        row["letters"],
        *(
            tuple(Ref(f"{key}:{number}", number) for number in row["clauses"].get(key, ())) or NOTHING
            for key in grouping.keys
        ),
    )


def _what(grouping: Grouping, row: Mapping[str, Any]) -> Cell:
    """Say what is asked for: in the words of the core where several share it, else in each standard's."""
    if row["text"] is not None:
        return str(row["text"])
    if len(row["texts"]) == 1:
        (texts,) = row["texts"].values()
        return texts[0] if len(texts) == 1 else tuple(texts)
    letter = {key: grouping.graph.discipline(key).letter for key in grouping.keys}
    return tuple(f"{letter[key]}: {text}" for key, texts in row["texts"].items() for text in texts)
