"""The sheet Licensed text: what the standards say, for who has a licence; only where it is asked for."""

from __future__ import annotations

from imsmap import about
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, Line
from imsmap.exporters.excel.sheet import nowhere, whole_sheet
from imsmap.register.schema import Field
from imsmap.wording import CONTAINS_LICENSED_TEXT

ABOUT = about.Sheet(
    title="Licensed text",
    text="what the standards say, clause by clause: not to be passed on",
    given="texts",
    variants=("audit", "matrix"),
    place=168,
)

_FIELDS = (
    Field("letters", "Letter", "letters", 7),
    Field("clause", "Clause", "text", 34),
    Field("text", CONTAINS_LICENSED_TEXT, "text", 96),
)


def lay(book: Book) -> Grid:
    """Lay the table out."""
    lines = []
    for ref, text in book.given.texts:
        place = book.place_of(ref.partition(":")[0])
        lines.append(Line(ref, (book.standards[place].label, book.clause(ref), text), standard=place))
    return Grid("tLicensedText", _FIELDS, tuple(lines))


def write(book: Book) -> None:
    """Write the sheet."""
    whole_sheet(
        book,
        "licensed_text",
        CONTAINS_LICENSED_TEXT,
        book.grids["licensed_text"],
        nowhere,
        note="For whoever has a licence for these standards, and nobody else.",
        frozen=2,
        repeated=2,
        large=True,
    )
