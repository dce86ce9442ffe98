"""The sheet Blueprint: the documents of an integrated system, what each holds, and what a person decides otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from attrs import evolve

from imsmap import about
from imsmap.analyses.blueprint.answer import BlueprintAnswer, Plan
from imsmap.analyses.blueprint.settled import settled
from imsmap.analyses.blueprint.tables import said, tables
from imsmap.documented import Item
from imsmap.exporters.excel import own
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Computed, Grid, Held, Line, grid, plain
from imsmap.exporters.excel.sheet import whole_sheet
from imsmap.register import schema
from imsmap.register.answers import word
from imsmap.register.plans import IN_MANUAL, SEPARATE, Decision, decisions, holdings
from imsmap.register.schema import Field
from imsmap.report import NOTHING, Cell, Column, Ref, Row, Table, reads, sole

ABOUT = about.Sheet(
    title="Blueprint",
    text="the fewest documents that hold what is asked for in writing",
    shows="blueprint",
    besides=("requirements",),
    least=2,
    place=95,
)

_WIDTHS = {
    "letters": 7,
    "topic": 18,
    "clauses": 10.75,
    "what": 28,
    "advice": 11,
    "proposed": 12,
    "exists": schema.NAMES,
}
_FIRM = frozenset(("topic", "exists"))
_NOTHING: Mapping[str, Decision] = MappingProxyType({})
_ELSEWHERE = ("records", "documents", "whose")
"""Columns of the answer that have rows of their own here, or that people fill."""
_RECORD, _LOOSE = "record:", "records"
_THEIRS = frozenset(field.key for field in schema.BLUEPRINT)


def lay(book: Book) -> Grid:
    """Lay the table out: what is proposed is ours, what is decided theirs, and how many documents it takes follows."""
    answer = _answer(book)
    laid = grid("tBlueprint", _table(answer), book.standards, _WIDTHS, schema.BLUEPRINT)
    # Names of documents and topics break within where the sheet is made to fit its page.
    laid = evolve(laid, fields=tuple(evolve(one, firm=one.firm or one.key in _FIRM) for one in laid.fields))
    plans = {plan.id: plan for plan in answer.plans}
    lines = (evolve(line, closed=_THEIRS) if line.id.startswith(_RECORD) else line for line in laid.lines)
    bold = {"topic": "bold"}
    lines = (evolve(line, looks=bold) if line.id in plans else line for line in lines)
    laid = evolve(laid, lines=tuple(lines))
    laid = own.filled(book, "blueprint", laid)
    return evolve(laid, lines=tuple(_counted(laid, line, plans.get(line.id)) for line in laid.lines))


def write(book: Book) -> None:
    """Write the sheet."""
    answer = _answer(book)
    asked = {
        plan.id: {key: item.asked[key].points[0] for item in reversed(plan.items) for key in item.asked}
        for plan in answer.plans
    }
    asked |= {f"{_RECORD}{item.id}": {key: one.points[0] for key, one in item.asked.items()} for item in answer.kept}

    def link(line: Line, field: Field, cell: Held) -> str | None:
        first = cell[0] if isinstance(cell, tuple) and cell else cell
        if not isinstance(first, Ref) or field.standard is None or line.id not in asked:
            return None
        return book.link("requirements", asked[line.id][book.standards[field.standard].key], "D")

    repeated = 2
    whole_sheet(
        book,
        "blueprint",
        book.reports["blueprint"].title,
        book.grids["blueprint"],
        link,
        note=f"{said(_answer(book, decisions(book.given.cells))).replace('**', '')} Decide otherwise under As decided.",
        frozen=repeated,
        repeated=repeated,
    )


def _answer(book: Book, decided: Mapping[str, Decision] = _NOTHING) -> BlueprintAnswer:
    """Give the blueprint with what exists and applies, and with what was decided."""
    answer = book.reports["blueprint"].answer
    assert isinstance(answer, BlueprintAnswer)
    if book.reports.requirements is None:
        return answer
    state = book.twin.state
    out = frozenset(ref for ref, point in state.points.items() if not point.in_scope)
    found = holdings(book.given.cells, book.reports.requirements.answer.asked.questions, answer.asking)
    return settled(answer, decided, found, out)


def _table(answer: BlueprintAnswer) -> Table:
    """Set a row for each document with one for each record that it makes below, and last those of no document."""
    table = tables(answer)[0]
    kept = [place for place, column in enumerate(table.columns) if column.key not in _ELSEWHERE]
    columns = tuple(table.columns[place] for place in kept)
    documents = {row.id: evolve(row, cells=tuple(row.cells[place] for place in kept)) for row in table.rows}
    rows: list[Row] = []
    for plan in answer.plans:
        rows.append(documents[plan.id])
        rows += [_record(answer, columns, item) for item in plan.records]
    loose = [item for chapter in answer.chapters for item in chapter.records]
    if loose:
        words = tuple("Records of no document" if column.key == "topic" else None for column in columns)
        rows += [Row(_LOOSE, words, heading=True), *(_record(answer, columns, item) for item in loose)]
    return evolve(table, columns=columns, rows=tuple(rows))


def _record(answer: BlueprintAnswer, columns: Sequence[Column], item: Item) -> Row:
    named = tuple(one.name for one in answer.holdings.get(item.id, ()))
    said: dict[str, Cell] = {
        "letters": item.letters, "topic": "record", "what": item.what, "exists": named or NOTHING,
    }  # fmt: skip
    for key, asked in item.asked.items():
        said[key] = tuple(Ref(f"{key}:{number}", number) for number in asked.clauses)
    cells = tuple(said.get(column.key, NOTHING) for column in columns)
    return Row(f"{_RECORD}{item.id}", cells, depth=1, standard=sole(item.asked))


def _counted(laid: Grid, line: Line, plan: Plan | None) -> Line:
    """Let a row count its documents: as proposed, unless somebody decided otherwise."""
    place = laid.place("count")
    if plan is None or line.heading or line.cells[place] is not None or place in line.over:
        return line
    cell = laid.here("decided")
    shared = 1 if len(plan.clauses) > 1 else len(plan.proposed)
    proposed, apart = len(plan.proposed), len(plan.clauses)
    formula = str(proposed)
    if shared != proposed:
        as_one = ",".join(f'TRIM({cell})="{form}"' for form in schema.FORMS if form not in (SEPARATE, IN_MANUAL))
        formula = f"IF(OR({as_one}),{shared},{formula})"
    formula = f'=IF(TRIM({cell})="{IN_MANUAL}",0,IF(TRIM({cell})="{SEPARATE}",{apart},{formula}))'
    form = word(reads(plain(line.cells[laid.place("decided")])), schema.FORMS)
    value = {"": proposed, SEPARATE: apart, IN_MANUAL: 0}.get(form, shared)
    return evolve(line, cells=(*line.cells[:place], Computed(formula, value), *line.cells[place + 1 :]))
