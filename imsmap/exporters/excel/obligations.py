"""The sheet Legal register: each obligation, how its compliance is evaluated, when last and when next."""

from __future__ import annotations

from attrs import evolve

from imsmap import about
from imsmap.analyses.obligations import ObligationsAnswer
from imsmap.exporters.excel import own
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.conditions import stand_out
from imsmap.exporters.excel.deadlines import NO_DATE, OVERDUE, left_and_late, unless_written_over
from imsmap.exporters.excel.grid import Grid, Line, grid
from imsmap.exporters.excel.sheet import Writer, to_requirements, whole_sheet
from imsmap.register import schema
from imsmap.register.schema import NOT_APPLICABLE

ABOUT = about.Sheet(
    title="Legal register",
    text="obligations of laws, permits and contracts, and when compliance with each is evaluated",
    shows="obligations",
    besides=("requirements",),
    variants=("audit",),
    place=65,
)

_WIDTHS = {"letters": 7, "number": 9, "title": 24, "law": 20, "place": 12, "text": 36}
_FROZEN = 3


def lay(book: Book) -> Grid:
    """Lay the table out and note where each obligation stands; how many days are left follows from what is said."""
    report = book.reports["obligations"].table("obligations")
    laid = own.filled(
        book, "obligations", grid("tObligations", report, book.standards, _WIDTHS, schema.OBLIGATIONS)
    )  # fmt: skip
    for row, line in enumerate(laid.lines, laid.first):
        book.stand("obligations", line.id, row)
    return evolve(laid, lines=tuple(_dated(book, laid, line) for line in laid.lines))


def _dated(book: Book, laid: Grid, line: Line) -> Line:
    """Say how an obligation stands, how many days are left, and whether its evaluation is overdue."""
    one = book.twin.state.obligations.get(line.id)
    if one is None:
        return line
    out = f'{laid.here("status")}="{NOT_APPLICABLE}"'
    computed = {
        laid.place("status"): book.twin.clause_status(line.id),
        **left_and_late(
            book, laid, line, "next", out, counts=one.in_scope, due=one.next, overdue=one.is_overdue
        ),
    }  # fmt: skip
    return unless_written_over(line, computed)


def write(book: Book) -> None:
    """Write the sheet."""
    report = book.reports["obligations"]
    assert isinstance(report.answer, ObligationsAnswer)
    first = {(one.clause.ref, "number"): one.points[0][0] for one in report.answer.obligations if one.points}
    writer, laid = whole_sheet(
        book,
        "obligations",
        report.title,
        book.grids["obligations"],
        to_requirements(book, first),
        note=f"{book.counted('obligations', report.message)}Whether an obligation applies and is met is said "
        "on Requirements (grey); how and when "
        f"that is evaluated is filled in here. Days are counted from {book.date.isoformat()}.",
        frozen=_FROZEN,
        repeated=_FROZEN,
        large=True,
    )
    _colours(writer, laid)


def _colours(writer: Writer, laid: Grid) -> None:
    """Let an evaluation that is overdue show, and one without a date."""
    if not laid.lines:
        return
    for word, style in ((OVERDUE, "late"), (NO_DATE, "missing")):
        stand_out(writer, laid, "late", f'={{late}}="{word}"', style)
    stand_out(writer, laid, "status", f'={{status}}="{NOT_APPLICABLE}"', NOT_APPLICABLE)
    stand_out(writer, laid, "how", f'=AND(LEN({{how}})=0,{{status}}<>"",{{status}}<>"{NOT_APPLICABLE}")', "missing")
