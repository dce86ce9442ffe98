"""Documented information that the standards ask for, each item once: what several ask for together is one row."""

from __future__ import annotations

from imsmap import about
from imsmap.documented import Asked as Asked
from imsmap.documented import Item as Item
from imsmap.documented import items
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import KIND_WORDS
from imsmap.parts import Side, levelled, side_json, sides
from imsmap.reasoning.groups import grouped
from imsmap.report import NOTHING, Column, Json, Ref, Report, Row, Table, sole
from imsmap.values import frozen
from imsmap.wording import NOT_LISTED, doubt, doubts, listed

ABOUT = about.Question(
    short="Documented information, each thing once",
    text="List the documented information that standards ask for, each thing once.",
    example="9001 14001 -o documents.csv",
    place=140,
)


@frozen
class Question:
    """Which standards' documented information to list."""

    standards: tuple[str, ...]


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
    answer = DocumentsAnswer(sides(graph, grouping.keys), items(grouping))
    several = sum(1 for item in answer.documents if len(item.asked) > 1)
    return Report(
        "documents",
        "Documented information asked for by " + listed(side.designation for side in answer.standards),
        graph.library.version,
        (_table(answer),),
        answer,
        to_json,
        levelled(
            _message(answer, several),
            answer.standards,
            stop=True,
        ),
        (
            "document = maintain documented information; record = retain documented information; available = the "
            "standard does not say which.",
            "One row may be met by one document or record for all the standards that it names.",
            *doubts(graph, grouping.keys),
            f"Mapping data {graph.library.version} ({graph.library.released}). In our own words: consult the "
            "standards.",
        ),
        standards=answer.standards,
        doubt=doubt(graph, grouping.keys),
        summary=levelled(
            _summary(answer, several),
            answer.standards,
        ),
    )


def _lists_alone(answer: DocumentsAnswer) -> str:
    """Name the one of several standards that lists what it asks for, if it is one: then nobody knows what is shared."""
    listing = [side.designation for side in answer.standards if not side.by_clause]
    return listing[0] if len(listing) == 1 < len(answer.standards) else ""


def _message(answer: DocumentsAnswer, several: int) -> str:
    if not answer.documents:
        return NONE_LISTED
    told = f"{len(answer.documents)} documents and records are asked for"
    alone = _lists_alone(answer)
    return f"{told} by {alone}" if alone else f"{told}; {several} of them by more than one standard"


def _summary(answer: DocumentsAnswer, several: int) -> str:
    if not answer.documents:
        return f"{NONE_LISTED}."
    if alone := _lists_alone(answer):
        return f"**{len(answer.documents)} documents and records** are asked for by {alone}."
    told = f"**{several} of {len(answer.documents)} documents and records** are asked for by more than one standard"
    return f"{told}: make them once." if several else f"{told}."


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
