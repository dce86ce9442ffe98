"""Documented information that the standards ask for, each item once: what several ask for together is one row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import KIND_WORDS, Point, number_key, split_ref
from imsmap.parts import Side, levelled, side_json, sides
from imsmap.reasoning.equals import equal_points
from imsmap.reasoning.groups import Grouping, grouped
from imsmap.report import NOTHING, Column, Json, Ref, Report, Row, Table, sole
from imsmap.values import frozen
from imsmap.wording import NOT_LISTED, labels, listed, together

ABOUT = about.Question(
    short="Documented information, each thing once",
    text="List the documented information that standards ask for, each thing once.",
    example="9001 14001 -o documents.csv",
    place=140,
)


RECORD, AVAILABLE = "retain", "available"
_RECORDS = "-records"
"""What the id of an item of records ends with where another item of its core point holds documents."""


@frozen
class Question:
    """Which standards' documented information to list."""

    standards: tuple[str, ...]


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


@frozen
class DocumentsAnswer:
    """The documents and records that standards ask for, in the order of the matrix."""

    standards: tuple[Side, ...]
    documents: tuple[Item, ...]

    @property
    def asking(self) -> dict[str, tuple[str, ...]]:
        """The points that ask for each item, by its id."""
        return {
            item.id: tuple(point for asked in item.asked.values() for point in asked.points) for item in self.documents
        }


NONE_LISTED = "No document and no record is listed"


def analyse(graph: ClauseGraph, question: Question) -> Report[DocumentsAnswer]:
    """List the documents and records that the standards ask for, in the order of the matrix."""
    grouping = grouped(graph, question.standards)
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
    answer = DocumentsAnswer(
        sides(graph, grouping.keys),
        tuple(
            _item(label, name, entries)
            for (_, name), entries in sorted(
                found.items(), key=lambda item: (item[0][0], number_key(split_ref(item[1][0][0])[1]), item[0][1])
            )
        ),
    )
    several = sum(1 for item in answer.documents if len(item.asked) > 1)
    return Report(
        "documents",
        "Documented information asked for by " + listed(side.designation for side in answer.standards),
        graph.library.version,
        (_table(answer),),
        answer,
        to_json,
        levelled(
            f"{len(answer.documents)} documents and records are asked for; {several} of them by more than one standard"
            if answer.documents
            else NONE_LISTED,
            answer.standards,
            stop=True,
        ),
        (
            "document = maintain documented information; record = retain documented information; available = the "
            "standard does not say which.",
            "One row may be met by one document or record for all the standards that it names.",
            f"Mapping data {graph.library.version} ({graph.library.released}). In our own words: consult the "
            "standards.",
        ),
        standards=answer.standards,
        summary=levelled(
            _summary(several, len(answer.documents)),
            answer.standards,
        ),
    )


def _summary(several: int, all_of_them: int) -> str:
    if not all_of_them:
        return f"{NONE_LISTED}."
    told = f"**{several} of {all_of_them} documents and records** are asked for by more than one standard"
    return f"{told}: make them once." if several else f"{told}."


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


def to_json(answer: DocumentsAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "documents": [_item_json(item) for item in answer.documents],
    }


def _item_json(item: Item) -> dict[str, Json]:
    return {
        "id": item.id,
        "letters": item.letters,
        "what": item.what,
        "kinds": {key: list(asked.kinds) for key, asked in item.asked.items()},
        "clauses": {key: list(asked.clauses) for key, asked in item.asked.items()},
        "points": {key: list(asked.points) for key, asked in item.asked.items()},
        "core": item.core,
    }


def _table(answer: DocumentsAnswer) -> Table:
    columns = (
        Column("letters", "Letters", "letters", 8),
        *(
            Column(side.key, side.designation, "clause", 15, standard=side.key, role="clauses")
            for side in answer.standards
        ),
        Column("what", "What is asked for, in our words", "text", 52),
        *(
            Column(f"kind_{side.key}", f"{side.designation}: kind", "text", 16, standard=side.key, role="kind")
            for side in answer.standards
        ),
    )
    keys = [side.key for side in answer.standards]
    nobody = Asked((), (), ())
    rows = []
    for item in answer.documents:
        asked = [(key, item.asked.get(key, nobody)) for key in keys]
        nothing = {side.key: NOT_LISTED if side.by_clause else NOTHING for side in answer.standards}
        clauses = (
            tuple(Ref(f"{key}:{number}", number) for number in one.clauses) or nothing[key] for key, one in asked
        )
        kinds = (tuple(KIND_WORDS[kind] for kind in one.kinds) or nothing[key] for key, one in asked)
        rows.append(Row(item.id, (item.letters, *clauses, item.what, *kinds), standard=sole(item.asked)))
    return Table("documents", "Documented information", columns, tuple(rows))
