"""The sheet Heat map: every leaf clause by standard: how close a counterpart it has there, by sign, word and tint."""

from __future__ import annotations

from collections.abc import Iterator

from imsmap import about
from imsmap.exporters.excel import charts
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, Held, Line
from imsmap.exporters.excel.page import unprinted
from imsmap.exporters.excel.reports import needed
from imsmap.exporters.excel.sheet import Writer, whole_sheet
from imsmap.library.model import Kin
from imsmap.reasoning.coverage import LEAF_CLAUSE
from imsmap.register.schema import Field
from imsmap.report import Cell, Ref, reads

ABOUT = about.Sheet(
    title="Heat map",
    text="every leaf clause, and how close a counterpart it has",
    shows="overlap",
    least=2,
    variants=("matrix",),
    place=110,
)

ITSELF = "itself"
_CLOSER = (Kin.SAME, Kin.EXTENDED, Kin.RELATED)


def lay(book: Book) -> Grid:
    """Lay the map out: the leaf clauses of each standard, by main clause."""
    width = max(11.0, min(26.0, 78.0 / len(book.standards)))
    fields = [Field("standard", "Standard", "text", 15), Field("clause", "Leaf clause", "clause", 56)]
    for place, standard in enumerate(book.standards):
        title = f"{standard.label} · has in {standard.designation}"
        fields.append(Field(standard.key, title, "class", width, standard=place))
    return Grid("tHeatMap", tuple(fields), tuple(_lines(book)))


def write(book: Book) -> None:
    """Write the sheet."""

    def link(line: Line, field: Field, cell: Held) -> str | None:  # noqa: ARG001 - the shape of a Linker
        return book.link("requirements", cell.key, "D") if isinstance(cell, Ref) else None

    writer, laid = whole_sheet(
        book,
        "heatmap",
        "Heat map: leaf clause by standard",
        book.grids["heatmap"],
        link,
        note=f"{unprinted(book)}"
        "The closest counterpart of each leaf clause in the standard of the column; darker is closer. It says "
        "where to look together.",
        frozen=2,
        repeated=2,
        printed=not unprinted(book),
    )
    _shade(writer, laid)


def _shade(writer: Writer, laid: Grid) -> None:
    """Shade the map in the tones of the Dashboard's chart; each stands beside its sign and word."""
    if not laid.lines:
        return
    box = (laid.first, 3, laid.first + len(laid.lines) - 1, len(laid.fields))
    for kin in _CLOSER:
        look = charts.CLASS[kin]
        tone = {"bg_color": look.fill, "font_color": look.ink}
        words = reads(kin)
        rule = {"type": "formula", "criteria": f'=RIGHT(D{laid.first + 1},{len(words)})="{words}"'}
        writer.sheet.conditional_format(*box, {**rule, "format": writer.book.workbook.add_format(tone)})


def _lines(book: Book) -> Iterator[Line]:
    closest = _closest(book)
    keys = [standard.key for standard in book.standards]
    blank: tuple[Cell, ...] = (None,) * len(keys)
    matrix = book.reports.matrix.answer
    for place, standard in enumerate(book.standards):
        key = standard.key
        main = ""
        for leaf in matrix.leaves[key]:
            # A clause of a supplement has no heading of its own; its number says under which it is read.
            above = leaf.main.partition(".")[0] if leaf.main == leaf.number else leaf.main
            if above != main:
                main = above
                words = f"{standard.designation}, {main} {matrix.title_of_main(key, main)}".strip()
                yield Line(f"main-{key}:{main}", (None, words, *blank), heading=True, standard=place)
            cells = tuple(ITSELF if other == key else closest.get((leaf.ref, other), Kin.NONE) for other in keys)
            yield Line(leaf.ref, (standard.designation, Ref(leaf.ref, leaf.words), *cells), depth=1)


def _closest(book: Book) -> dict[tuple[str, str], Kin]:
    """Give the closest class that each leaf clause has in each other standard."""
    found: dict[tuple[str, str], Kin] = {}
    for pair in needed(book.reports.overlap).answer.pairs:
        for link in pair.links:
            for clause, other in ((link.subject, pair.object), (link.object, pair.subject)):
                known = found.get((clause.ref, other))
                if known is None or link.kin.distance < known.distance:
                    found[clause.ref, other] = link.kin
    for entry in book.reports.matrix.answer.coverage:
        if entry.unit == LEAF_CLAUSE:
            for number in entry.unassessed:
                found[f"{entry.of}:{number}", entry.by] = Kin.NOT_ASSESSED
    return found
