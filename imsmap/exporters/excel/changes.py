"""The sheet Changes: what changed in the answers, when and by whom, with old and new value."""

from __future__ import annotations

from imsmap import about
from imsmap.exporters.excel import own
from imsmap.exporters.excel.book import TITLES, Book
from imsmap.exporters.excel.grid import Grid, Held, Line
from imsmap.exporters.excel.sheet import nowhere, whole_sheet
from imsmap.register.cells import ACTION, COLUMNS, NEW, ORDER, OWN, ROWS, SHEET, beside, shown
from imsmap.register.questions import MAIN, TOPIC
from imsmap.register.schema import Change, Field
from imsmap.report import NOTHING

ABOUT = about.Sheet(
    title="Changes",
    text="what changed in the answers, when, by whom, from what to what",
    given="changes",
    missing="no answer has changed yet",
    place=160,
)

_FIELDS = (
    Field("version", "Version", "code", 8),
    Field("date", "Date", "date", 11),
    Field("who", "Who", "text", 18),
    Field("sheet", "Sheet", "text", 18),
    Field("row", "Row", "text", 32),
    Field("field", "Field", "text", 18),
    Field("old", "Old", "text", 36),
    Field("new", "New", "text", 36),
)


def lay(book: Book) -> Grid:
    """Lay the table out, after all others: columns are told by their titles."""
    titles = {(kind, field.key): field.title for kind, grid in book.grids.items() for field in grid.fields}
    asked = _questions(book)
    lines = tuple(
        Line(f"change:{number}", _cells(book, titles, asked, change))
        for number, change in enumerate(book.given.changes, 1)
    )
    return own.filled(book, "changes", Grid("tChanges", _FIELDS, lines))


def write(book: Book) -> None:
    """Write the sheet."""
    count = len(book.given.changes)
    whole_sheet(
        book,
        "changes",
        "Changes in the answers",
        book.grids["changes"],
        nowhere,
        note=f"{count} cell{'' if count == 1 else 's'} changed. none = the cell was empty.",
        frozen=2,
        repeated=2,
        large=True,
    )


def _cells(book: Book, titles: dict[tuple[str, str], str], asked: dict[str, str], change: Change) -> tuple[Held, ...]:
    name = change.field
    kind, bare = beside(name)
    said = kind + titles.get((change.sheet, bare), bare.removeprefix(OWN))
    old, new = shown(change.old), shown(change.new)
    if change.row == ORDER:
        said, old, new = "columns that people added", old.replace(OWN, ""), new.replace(OWN, "")
    row = {
        COLUMNS: "title of a column",
        ORDER: "order of added columns",
        ROWS: "place of an added row",
        SHEET: "the sheet itself",
    }.get(change.row)
    return (
        str(change.version),
        change.date,
        change.who or NOTHING,
        book.names.get(change.sheet) or TITLES.get(change.sheet) or change.sheet.removeprefix(OWN),
        row or asked.get(change.row) or _row(book, change.row),
        said,
        old or NOTHING,
        new or NOTHING,
    )


def _questions(book: Book) -> dict[str, str]:
    """Say the rows of shared questions: the labels of their standards, the topic, and what is asked."""
    if book.reports.requirements is None:
        return {}

    def name(id_: str) -> str:
        return id_.replace("#", ":").rpartition(":")[2]

    return {
        question.id: f"{question.label}, {topic.number or topic.title} · {name(question.id)}"
        for topic in book.reports.requirements.answer.topics
        for question in topic.questions
        if question.is_shared
    }


def _row(book: Book, id_: str) -> str:
    """Say a row as people know it: a point or clause with its standard's name."""
    if id_.startswith(NEW):
        return "a row that people added"
    if id_.startswith((MAIN, TOPIC)):
        return f"the heading {id_.partition(':')[2]}"
    standard, _, rest = id_.removeprefix(ACTION).partition(":")
    if not rest or all(standard != known.key for known in book.standards):
        return id_
    return f"{book.name_of(standard)}, {rest.replace('#', ' · ')}"
