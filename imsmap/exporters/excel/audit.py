"""The sheet Audit checklist: each question once, a verdict for each standard, the finding with its clauses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from imsmap import about
from imsmap.exporters.excel import own, twin
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.conditions import stand_out
from imsmap.exporters.excel.grid import Computed, Grid, Held, Line, grid
from imsmap.exporters.excel.page import unprinted_there
from imsmap.exporters.excel.reports import needed
from imsmap.exporters.excel.sheet import Writer, whole_sheet
from imsmap.register import schema
from imsmap.register.audited import FAILING, GIVEN, NONE, audited
from imsmap.register.cells import NEW
from imsmap.register.schema import Field
from imsmap.report import NOTHING, Ref

if TYPE_CHECKING:
    from imsmap.analyses.audit import AuditAnswer

ABOUT = about.Sheet(
    title="Audit checklist",
    text="each question once, a verdict for each standard",
    shows="audit",
    variants=("audit",),
    place=70,
)

_WIDTHS = {
    "clause": 11, "topic": 18, "letters": 7, "question": 32, "look_for": 32, "adds": 36, "documented": 26,
    "evidence": 22, "clauses": 12,
}  # fmt: skip
_FROZEN = 2
_MAIN = "main-"
"""What the ids of headings begin with."""


def lay(book: Book) -> Grid:
    """Lay the table out: what to ask, then what was seen and found."""
    report = needed(book.reports.audit)
    table = report.table("audit")
    user = schema.audit([schema.Called(side.key, side.label, side.designation) for side in book.standards])
    laid = grid("tAudit", table, book.standards, _WIDTHS, user)
    clauses = [column.key for column in table.columns if column.role == "clauses"]
    order = [field.key for field in laid.fields if field.owner == "tool" and field.key not in clauses]
    order.insert(2, "process")
    for field in user:
        if field.key == "auditor":
            order += clauses  # the clauses cited stand beside the finding
        if field.key != "process":
            order.append(field.key)
    places = [laid.place(key) for key in order]
    verdicts = {id_: asked.verdicts for id_, asked in report.answer.lines.items()}
    lines = tuple(_line(book, laid, line, verdicts.get(line.id), places) for line in laid.lines)
    laid = evolve(laid, fields=tuple(laid.fields[place] for place in places), lines=lines, lead=1)
    return own.filled(book, "audit", laid)


def write(book: Book) -> None:
    """Write the sheet."""

    def link(line: Line, field: Field, cell: Held) -> str | None:
        first = cell[0] if isinstance(cell, tuple) and cell else cell
        if isinstance(first, Ref):
            return book.link("requirements", first.key, "D")
        return book.link("matrix", line.id) if field.key == "topic" else None

    report = needed(book.reports.audit)
    writer, laid = whole_sheet(
        book,
        "audit",
        report.title,
        book.grids["audit"],
        link,
        note=f"{unprinted_there(book)}{book.counted('audit', report.message)}{_going_on(report.answer)}"
        "Give each standard its own verdict: a finding then names the standard and the clause that is not met. "
        "none = this standard asks for nothing here.",
        frozen=_FROZEN,
        repeated=_FROZEN,
        large=True,
        printed=not unprinted_there(book),
        lead=[""],
    )
    counted = _counted(book, laid)
    writer.sheet.write_formula(2, 1, counted.formula, writer.formats("small"), counted.value)
    _colours(writer, laid)


def _going_on(answer: AuditAnswer) -> str:
    """Say why there are more rows than questions, where there are."""
    more = len(answer.lines) > len(answer.questions)
    return "A question that goes on clause by clause has several rows. " if more else ""


def _counted(book: Book, laid: Grid) -> Computed:
    """Count rows and verdicts apart, of each standard with how many are not met; a question may have several rows."""
    lines = {line.id: line for line in laid.lines if not line.heading and not line.added}
    verdicts = {id_: one.verdicts for id_, one in needed(book.reports.audit).answer.lines.items() if id_ in lines}
    found = audited(verdicts, [side.key for side in book.standards], book.given.cells)
    ids = laid.area()
    ours = f'(LEFT({ids},{len(NEW)})<>"{NEW}")*(LEFT({ids},{len(_MAIN)})<>"{_MAIN}")'
    areas = {side.key: laid.area(schema.result(side.key)) for side in book.standards}
    given = {key: "(" + "+".join(twin.says(area, word) for word in GIVEN) + ")" for key, area in areas.items()}
    unasked = {key: twin.says(area, NONE) for key, area in areas.items()}
    every, out = "+".join(given.values()), "+".join(unasked.values())
    n = f"SUMPRODUCT({ours}*(({every}+{out})={len(areas)})*(({every})>0))"
    m = f"SUMPRODUCT({ours}*(({out})<{len(areas)}))"
    lead = "Rows with every verdict: "
    pieces = [f'"{lead}"&{n}&" of "&{m}&". Verdicts: "']
    told: list[str] = []
    for side in book.standards:
        key, area = side.key, areas[side.key]
        parts = (
            f"SUMPRODUCT({ours}*{given[key]})", f"SUMPRODUCT({ours}*(1-{unasked[key]}))",
            f"SUMPRODUCT({ours}*{twin.says(area, schema.NOT_CONFORMING)})",
        )  # fmt: skip
        comma = ", " if told else ""
        pieces.append(f'"{comma}{side.label} "&{parts[0]}&" of "&{parts[1]}&" ("&{parts[2]}&" not met)"')
        count = found.verdicts[key]
        told.append(f"{side.label} {count.n} of {count.m} ({found.failed[key]} not met)")
    whole = found.rows
    return Computed("=" + "&".join([*pieces, '"."']), f"{lead}{whole.n} of {whole.m}. Verdicts: {', '.join(told)}.")


def _line(book: Book, laid: Grid, line: Line, verdicts: Collection[str] | None, places: Sequence[int]) -> Line:
    """Put a row's cells in order; a standard that gets no verdict in it says so; a heading has no verdicts at all."""
    cells = list(line.cells)
    if verdicts is not None:
        for side in book.standards:
            if side.key not in verdicts:
                cells[laid.place(schema.result(side.key))] = NOTHING
    return evolve(line, cells=tuple(cells[place] for place in places))


def _colours(writer: Writer, laid: Grid) -> None:
    """Let verdicts show beside their words."""
    results = {schema.result(side.key) for side in writer.book.standards}
    for field in laid.fields:
        words = schema.RESULT[:3] if field.key in results else (schema.MAJOR,) if field.key == "grade" else ()
        for word in words:
            stand_out(writer, laid, field.key, f'={{{field.key}}}="{word}"', word)
    # A combined finding says which standard is not met.
    graded = ",".join(f'{{grade}}="{grade}"' for grade in FAILING)
    failed = ",".join(f'{{{key}}}="{schema.NOT_CONFORMING}"' for key in sorted(results))
    for key in sorted(results):
        hides = f'=AND(OR({graded}),NOT(OR({failed})),{{{key}}}<>"{NONE}")'
        stand_out(writer, laid, key, hides, "missing")
