"""The sheet SoA, the Statement of Applicability: each control, whether it applies, why, and how it is done."""

from __future__ import annotations

from functools import partial

from attrs import evolve

from imsmap import about
from imsmap.analyses.soa import SoaAnswer
from imsmap.exporters.excel import own
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.conditions import stand_out
from imsmap.exporters.excel.grid import Computed, Grid, Line, grid
from imsmap.exporters.excel.sheet import Writer, to_requirements, whole_sheet
from imsmap.register import schema
from imsmap.register.schema import INCLUDED, NO, NOT_APPLICABLE, UNDECIDED, YES

ABOUT = about.Sheet(
    title="SoA",
    text="the Statement of Applicability: which controls apply, why, and how they are done",
    shows="soa",
    besides=("requirements",),
    variants=("audit",),
    place=135,
)

_WIDTHS = {"letters": 7, "number": 9, "title": 26, "theme": 13, "text": 36}
_FROZEN = 3


def lay(book: Book) -> Grid:
    """Lay the table out and note where each control stands; what one counts as follows from what is said of it."""
    laid = own.filled(book, "soa", grid("tSoA", book.reports["soa"].table("soa"), book.standards, _WIDTHS, schema.SOA))
    for row, line in enumerate(laid.lines, laid.first):
        book.stand("soa", line.id, row)
    place = laid.place("stands")
    return evolve(laid, lines=tuple(_counted(book, laid, line, place) for line in laid.lines))


def _counted(book: Book, laid: Grid, line: Line, place: int) -> Line:
    control = book.twin.state.controls.get(line.id)
    if control is None or line.heading or place in line.over:
        return line
    clause = book.twin.clause_status(line.id).formula.removeprefix("=")
    yes = f'TRIM({laid.here("applicable")})="{YES}"'
    decided = f'IFERROR(IF({yes},"{INCLUDED}","{UNDECIDED}"),"{UNDECIDED}")'
    formula = f'=IF({clause}="{NOT_APPLICABLE}","{NOT_APPLICABLE}",{decided})'
    cells = (*line.cells[:place], Computed(formula, control.stands), *line.cells[place + 1 :])
    return evolve(line, cells=cells)


def write(book: Book) -> None:
    """Write the sheet."""
    report = book.reports["soa"]
    assert isinstance(report.answer, SoaAnswer)
    controls = report.answer.controls
    first = {(control.clause.ref, "number"): control.points[0][0] for control in controls if control.points}
    writer, laid = whole_sheet(
        book,
        "soa",
        report.title,
        book.grids["soa"],
        to_requirements(book, first),
        note=f"{book.counted('soa', report.message)}{NO} under Applicable leaves out all that the "
        "control asks for, on Requirements and in every count, unless Applies there says otherwise.",
        frozen=_FROZEN,
        repeated=_FROZEN,
        large=True,
    )
    _colours(writer, laid)


def _colours(writer: Writer, laid: Grid) -> None:
    """Let a decision without its reason show, and one that does not hold."""
    if not laid.lines:
        return
    rule = partial(stand_out, writer, laid)
    rule("justification", f'=AND(LEN({{justification}})=0,{{stands}}<>"",{{stands}}<>"{UNDECIDED}")', "missing")
    rule("applicable", f'=AND({{applicable}}="{NO}",{{stands}}<>"",{{stands}}<>"{NOT_APPLICABLE}")', "in scope")
    rule("stands", f'={{stands}}="{NOT_APPLICABLE}"', NOT_APPLICABLE)
