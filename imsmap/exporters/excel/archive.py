"""The sheet Archive: what was answered before a move to another edition, where that asks for nothing."""

from __future__ import annotations

from imsmap import about
from imsmap.exporters.excel import own
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, Line
from imsmap.exporters.excel.sheet import nowhere, whole_sheet
from imsmap.register import schema
from imsmap.register.cells import beside, shown
from imsmap.register.schema import Field
from imsmap.report import NOTHING

ABOUT = about.Sheet(
    title="Archive",
    text="what was answered before a move to another edition, where that asks for nothing",
    given="archived",
    missing="no answer was archived by a move to another edition",
    place=165,
)

_FIELDS = (
    Field("place", "Where", "text", 24),
    Field("text", "What was asked for, in our words", "text", 45),
    Field("field", "Field", "text", 18),
    Field("value", "Answer", "text", 50),
)


def lay(book: Book) -> Grid:
    """Lay the table out: a row for each answer."""
    tables = (schema.MANAGEMENT_REVIEW, schema.DOCUMENTS, schema.ACTIONS, schema.REQUIREMENTS)
    titles = {field.key: field.title for table in tables for field in table}
    lines = []
    for row, fields in sorted(book.answers.get("archive", {}).items()):
        sheet = about.sheets().get(row.partition(":")[0])
        whose = "" if sheet is None else f"{sheet.title}: "
        place, text = shown(fields.get("place")), shown(fields.get("text"))
        for name, value in sorted(fields.items()):
            if name in ("place", "text"):
                continue
            kind, bare = beside(name)
            said = f"{whose}{kind}{titles.get(bare, bare.removeprefix('own:'))}"
            lines.append(Line(f"{row} {name}", (place or NOTHING, text or NOTHING, said, shown(value))))
    return own.filled(book, "archive", Grid("tArchive", _FIELDS, tuple(lines)))


def write(book: Book) -> None:
    """Write the sheet."""
    note = "Kept from before the move; imsmap undo, or a move back, puts these answers where they were."
    whole_sheet(book, "archive", "Archive", book.grids["archive"], nowhere, note=note, frozen=2, repeated=2, large=True)
