"""The sheet Requirements: the working sheet, a row for each point, with the columns that people fill."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from imsmap.exporters.excel import answers
from imsmap.exporters.excel.book import FIRST_ROW, Book
from imsmap.exporters.excel.grid import Field, Grid, Line, answered, grid
from imsmap.exporters.excel.sheet import Writer, whole_sheet
from imsmap.report import Cell, Filler, Ref

_WIDTHS = {
    "letters": 8, "standard": 15, "clause": 8, "title": 22, "text": 45, "origin": 8, "documented": 12,
}  # fmt: skip
_FROZEN = 4


def lay(book: Book) -> Grid:
    """Lay the table out and note where each clause and each point stands."""
    table = book.reports["requirements"].table("requirements")
    laid = grid("tRequirements", table, book.standards, _WIDTHS, answers.REQUIREMENTS)
    laid = answered(laid, book.answers.get("requirements", {}))
    for row, line in enumerate(laid.lines, FIRST_ROW):
        book.stand("requirements", line.id, row)
        for cell in line.cells:
            if isinstance(cell, Ref):
                book.stand("requirements", cell.key, row)
    return laid


def write(book: Book) -> None:
    """Write the sheet."""
    groups = {entry["ref"]: entry["group"] for entry in book.reports["requirements"].values["clauses"]}

    def link(line: Line, field: Field, cell: Cell) -> str | None:
        if isinstance(cell, Ref) and groups.get(cell.key) is not None:
            return book.link("matrix", groups[cell.key])
        if field.key == "documented" and not isinstance(cell, Filler):
            return book.link("documents", line.id)
        return None

    report = book.reports["requirements"]
    writer, laid = whole_sheet(
        book,
        "requirements",
        report.title,
        book.grids["requirements"],
        link,
        note=f"{report.message}. Yellow cells are yours. Origin: core = from the harmonized structure, own = what the "
        "standard adds.",
        frozen=_FROZEN,
        repeated=_FROZEN,
        large=True,
    )
    _colours(writer, laid)


def _colours(writer: Writer, laid: Grid) -> None:
    """Let answers show: a colour beside each word, and what has still to be said."""
    if not laid.lines:
        return
    last = FIRST_ROW + len(laid.lines) - 1
    column = {field.key: place for place, field in enumerate(laid.fields, 1)}

    def rule(key: str, formula: str, style: str) -> None:
        cells = {name: f"${xl_col_to_name(column[name])}{FIRST_ROW + 1}" for name in column}
        writer.sheet.conditional_format(
            FIRST_ROW,
            column[key],
            last,
            column[key],
            {"type": "formula", "criteria": formula.format(**cells), "format": writer.formats.condition(style)},
        )

    for word in answers.STATUS:
        rule("status", f'={{status}}="{word}"', word)
    rule("severity", '={severity}="major"', "major")
    # Held not applicable without a reason, or a gap that nobody owns, stays in sight until it is mended.
    rule("justification", '=AND(OR({applies}="no",{status}="Not applicable"),LEN({justification})=0)', "missing")
    rule("applies", '=AND({applies}="no",LEN({justification})=0)', "say why")
    rule("owner", '=AND({status}="Not conforming",LEN({owner})=0)', "missing")
