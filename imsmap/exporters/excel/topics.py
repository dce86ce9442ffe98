"""The sheet Topics: where each of many standards speaks of a topic, on a few pages; the Matrix tells the rest."""

from __future__ import annotations

from collections.abc import Iterator

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer, Topic
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, Held, Line
from imsmap.exporters.excel.sheet import whole_sheet
from imsmap.library.model import WARNING_GLYPH
from imsmap.reasoning.shares import number_of
from imsmap.register.schema import Field
from imsmap.report import NOTHING, Cell, Ref, sole

ABOUT = about.Sheet(
    title="Topics",
    text="where each standard speaks of a topic, to print",
    least=4,
    variants=("matrix", "audit"),
    place=35,
)
_WIDE = 78.0
"""Characters that the standards share between them on a page."""


def lay(book: Book) -> Grid:
    """Lay the table out: a row for each topic, a column for each standard."""
    answer = book.reports.matrix.answer
    width = max(8.5, min(13.0, _WIDE / len(answer.standards)))
    fields = (
        Field("topic", "Topic", "text", 44),
        *(
            Field(side.key, f"{side.label} · {side.designation}", "clause", width, standard=place)
            for place, side in enumerate(answer.standards)
        ),
        Field("class", "Class", "class", 13),
        Field("advice", "Advice", "text", 22),
        Field("false_friends", "Misleading number", "warning", 11),
    )
    return Grid("tTopics", fields, tuple(_lines(answer)))


def write(book: Book) -> None:
    """Write the sheet."""

    def link(line: Line, field: Field, cell: Held) -> str | None:
        if field.key == "topic" and not line.heading:
            return book.link("matrix", line.id)
        return book.link("requirements", cell.key, "D") if isinstance(cell, Ref) else None

    whole_sheet(
        book,
        "topics",
        "Topics, and where each standard speaks of them",
        book.grids["topics"],
        link,
        note=f"{book.reports.matrix.message}.",
        frozen=1,
        repeated=1,
    )


def _lines(answer: MatrixAnswer) -> Iterator[Line]:
    blank: tuple[Cell, ...] = (None,) * (len(answer.standards) + 3)
    places = {side.key: place for place, side in enumerate(answer.standards)}
    kins = {share.topic: share.kin for share in answer.shares.topics}
    for main in answer.main_clauses:
        yield Line(f"main-{main.number}", (f"{main.number}\u00a0{main.title}", *blank), heading=True)
        for topic in answer.topics:
            if topic.main == main.number:
                alone = sole(topic.present)
                cells: tuple[Cell, ...] = (
                    topic.name,
                    *(_clauses(answer, topic, key) for key in places),
                    kins[topic.id],
                    topic.advice,
                    tuple(f"{WARNING_GLYPH} {number}" for number in topic.false_friends) or NOTHING,
                )
                yield Line(topic.id, cells, depth=1, standard=None if alone is None else places[alone])


def _clauses(answer: MatrixAnswer, topic: Topic, key: str) -> Cell:
    """Name the clauses of a standard that are at home in a topic: by their heading, where that holds no other."""
    home = topic.clauses[key]
    if not home:
        return NOTHING
    told = number_of([clause.line for clause in home], (leaf.line for leaf in answer.leaves[key]))
    # How many more there are says less than which.
    return Ref(home[0].ref, told if told in home[0].line[1:] else ", ".join(clause.number for clause in home))
