"""One agenda for the management review: every input and result that the standards ask for, each of them once."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Clause, Point, split_ref
from imsmap.parts import Side, levelled, side_json, sides
from imsmap.reasoning.equals import equal_points
from imsmap.reasoning.groups import Grouping, grouped
from imsmap.report import NOTHING, Cell, Column, Json, Ref, Report, Row, Table, sole
from imsmap.values import frozen
from imsmap.wording import doubt, doubts, labels, listed, marked, together

ITSELF, INPUT, RESULT = "the review itself", "input", "result"
KINDS = {"9.3.1": ITSELF, "9.3.2": INPUT, "9.3.3": RESULT}
"""What the hub's clauses on management review are about."""


ABOUT = about.Question(short="What top management reviews", place=0)


@frozen
class Question:
    """Which standards' management reviews to hold as one; the order is kept."""

    standards: tuple[str, ...]


@frozen
class Wanted:
    """What one standard says of an item: in our words, in which clauses (numbers), by which points (ids)."""

    texts: tuple[str, ...]
    clauses: tuple[str, ...]
    points: tuple[str, ...]


@frozen
class Item:
    """A row of the agenda, and what each standard (by key) that wants it says.

    text: in the words of the core, where several share it and the core names no discipline.
    """

    id: str
    kind: str
    core: str | None
    text: str | None
    letters: str
    wanted: Mapping[str, Wanted]


@frozen
class ManagementReviewAnswer:
    """One agenda for some standards: what is said of the review itself, its inputs, its results."""

    standards: tuple[Side, ...]
    items: tuple[Item, ...]


@frozen
class _Item:
    """A row in the making: one thing asked for, with the points that ask for it."""

    kind: str
    place: int
    """Of the core point that it is or follows, in the hub's order."""
    core: str | None
    points: list[str] = field(factory=list)


def analyse(graph: ClauseGraph, question: Question) -> Report[ManagementReviewAnswer]:
    """Put what the standards ask the management review to look at and to decide on one agenda."""
    grouping = grouped(graph, question.standards)
    label = labels(graph, grouping.keys)
    rows = tuple(_row(grouping, item, label) for item in _items(grouping))
    answer = ManagementReviewAnswer(sides(graph, grouping.keys), rows)
    names = listed(side.designation for side in answer.standards)
    counts = {kind: sum(1 for row in rows if row.kind == kind) for kind in (INPUT, RESULT)}
    several = sum(1 for row in rows if len(row.wanted) > 1)
    return Report(
        "management_review",
        f"Management review for {names}",
        graph.library.version,
        (_table(answer),),
        answer,
        to_json,
        levelled(
            f"{counts[INPUT]} inputs and {counts[RESULT]} results on one agenda; "
            f"{several} of all {len(rows)} rows {'serves' if several == 1 else 'serve'} more than one standard",
            answer.standards,
            stop=True,
        ),
        (
            "A row is asked for by each standard whose clause it names. What several ask for together is one row: the "
            "same core point, or points stated to be equal. One look at it may serve all of them if each discipline's "
            "figures are on the table.",
            "An own item of a standard that does not part inputs from results in its numbering stands where its order "
            "in the clause puts it.",
            *doubts(graph, grouping.keys),
            f"Mapping data {graph.library.version} ({graph.library.released}). In our own words: consult the "
            "standards.",
        ),
        standards=answer.standards,
        doubt=doubt(graph, grouping.keys),
    )


def _items(grouping: Grouping) -> list[_Item]:
    """Gather the points of the review clauses, those that ask for the same as one, in the order of an agenda."""
    graph = grouping.graph
    order = {core: place for place, core in enumerate(graph.core_points)}
    items: dict[str, _Item] = {}
    equal = equal_points(grouping)
    for key in grouping.keys:
        if graph.by_clause(key):
            continue
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


def _row(grouping: Grouping, item: _Item, label: Mapping[str, str]) -> Item:
    graph = grouping.graph
    by: dict[str, list[str]] = {}
    for ref in item.points:
        by.setdefault(split_ref(ref)[0], []).append(ref)
    present = [key for key in grouping.keys if key in by]
    core = graph.core_points[item.core].text if item.core is not None and len(present) > 1 else None
    return Item(
        f"core-{item.core}" if item.core is not None else item.points[0],
        item.kind,
        item.core,
        # Where the core speaks of "the discipline", several of them are meant: each standard's words name its own.
        None if core is None or "discipline" in core else core,
        together(label[key] for key in present),
        {
            key: Wanted(
                tuple(marked(graph.point(ref).text, graph.point(ref).confidence) for ref in by[key]),
                tuple(dict.fromkeys(split_ref(ref)[1] for ref in by[key])),
                tuple(by[key]),
            )
            for key in present
        },
    )


def to_json(answer: ManagementReviewAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "items": [_item_json(item) for item in answer.items],
    }


def _item_json(item: Item) -> dict[str, Json]:
    return {
        "id": item.id,
        "kind": item.kind,
        "core": item.core,
        "text": item.text,
        "texts": {key: list(wanted.texts) for key, wanted in item.wanted.items()},
        "letters": item.letters,
        "points": {key: list(wanted.points) for key, wanted in item.wanted.items()},
        "clauses": {key: list(wanted.clauses) for key, wanted in item.wanted.items()},
    }


def _table(answer: ManagementReviewAnswer) -> Table:
    columns = (
        Column("kind", "Kind", "text", 12),
        Column("what", "What the review looks at or decides", "list", 60),
        Column("letters", "Letters", "letters", 8),
        *(
            Column(side.key, side.designation, "clause", 14, standard=side.key, role="clauses")
            for side in answer.standards
        ),
    )
    rows = tuple(Row(item.id, _cells(answer.standards, item), standard=sole(item.wanted)) for item in answer.items)
    return Table("management_review", "Management review", columns, rows)


def _cells(standards: tuple[Side, ...], item: Item) -> tuple[Cell, ...]:
    nobody = Wanted((), (), ())
    return (
        item.kind,
        _what(standards, item),
        item.letters,
        *(
            tuple(Ref(f"{side.key}:{number}", number) for number in item.wanted.get(side.key, nobody).clauses)
            or NOTHING
            for side in standards
        ),
    )


def _what(standards: tuple[Side, ...], item: Item) -> Cell:
    """Say what is asked for: in the words of the core where several share it, else in each standard's."""
    if item.text is not None:
        return item.text
    if len(item.wanted) == 1:
        (wanted,) = item.wanted.values()
        return wanted.texts[0] if len(wanted.texts) == 1 else wanted.texts
    if len(said := {wanted.texts for wanted in item.wanted.values()}) == 1:
        (texts,) = said  # two editions of one standard may ask in the same words
        return texts[0] if len(texts) == 1 else texts
    label = {side.key: side.label for side in standards}
    return tuple(f"{label[key]}: {text}" for key, wanted in item.wanted.items() for text in wanted.texts)
