"""The figures of the Dashboard: each as a formula on other sheets and the value that it yields today."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from imsmap.exporters.excel import twin
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Computed, Held
from imsmap.exporters.excel.processes import NO_OWNER
from imsmap.library.model import Kin, main_number
from imsmap.register import figures as told
from imsmap.register import schema
from imsmap.register.cells import PROCESS
from imsmap.register.state import ACTIONS, ASSESSED, DOCUMENTS, PROCESSES, REQUIREMENTS
from imsmap.report import Filler, reads

SHARING = ("same", "extended", "related")
"""The classes of a counterpart."""
CLASSES = (*SHARING, "none", "not assessed")
_ON = {
    told.ASSESSED: REQUIREMENTS, told.MAJORS: REQUIREMENTS, told.SCOPE: REQUIREMENTS, told.MISREAD: REQUIREMENTS,
    told.OVERDUE: ACTIONS, told.DOCUMENTS: DOCUMENTS, told.UNOWNED: PROCESSES, told.HOLES: PROCESSES,
}  # fmt: skip
"""The sheet without which a figure is not shown."""


@frozen
class Figure:
    """n of m: what it is called, what m counts, and whether more is worse."""

    key: str
    label: str
    n: Computed
    m: Computed
    unit: str
    alarming: bool = False


def figures(book: Book) -> list[Figure]:
    """Give the figures that the workbook's sheets allow."""
    found = []
    for figure in told.figures(book.twin.state):
        if _ON[figure.key] in book.grids:
            n, m = _formulas(book, figure.key)
            counted = Computed(n, figure.count.n), Computed(m, figure.count.m)
            found.append(Figure(figure.key, figure.label, *counted, figure.unit, figure.alarming))
    if "matrix" in book.grids:
        found += _rows(book)
    return found


# --- what answers mean -----------------------------------------------------------------------------------------------


def _formulas(book: Book, key: str) -> tuple[str, str]:
    """Give the formulas for a figure's n and m, on the hidden sheet where it has them."""
    if key == told.OVERDUE:
        return _overdue(book)
    if key == told.UNOWNED:
        return _unowned(book)
    if key == told.MISREAD:
        cells = [
            (book.twin.cell(twin.ANSWERED, place), book.twin.cell(twin.UNDERSTOOD, place))
            for place in range(len(book.twin.answers(book)))
        ]
        return "=" + "+".join(f"{all_}-{read}" for all_, read in cells), "=" + "+".join(all_ for all_, _ in cells)
    stands, severity = book.twin.area(twin.STANDS), book.twin.area(twin.SEVERITY)
    clauses, documents = book.twin.area(twin.CLAUSE_STATUS), book.twin.area(twin.DOCUMENT_STATE)
    out = schema.NOT_APPLICABLE
    scope = f'=ROWS({clauses})-COUNTIF({clauses},"{out}")'
    major = f'{severity},"{schema.MAJOR}",{stands},"<>{out}"'
    return {
        told.ASSESSED: (
            "=" + "+".join(f'COUNTIF({stands},"{word}")' for word in ASSESSED),
            f'=ROWS({stands})-COUNTIF({stands},"{out}")',
        ),
        told.MAJORS: (f'=COUNTIFS({major},{stands},"<>{schema.CONFORMING}")', f"=COUNTIFS({major})"),
        told.DOCUMENTS: (
            f'=COUNTIF({documents},"{twin.MISSING}")',
            f'=COUNTIF({documents},"{twin.MISSING}")+COUNTIF({documents},"{twin.NAMED}")',
        ),
        told.HOLES: (f'=COUNTIF({book.twin.area(twin.SERVED)},"{twin.NO_PROCESS}")', scope),
        told.SCOPE: (scope, f"=ROWS({clauses})"),
    }[key]


def _overdue(book: Book) -> tuple[str, str]:
    text, status, due = (book.area(ACTIONS, key) for key in ("text", "status", "due"))
    still = "*".join((twin.filled(text), *(f"(1-{twin.says(status, word)})" for word in schema.CLOSED)))
    return f"=SUMPRODUCT({still}*{twin.is_day(due)}*ISNUMBER(1/({due}<{book.as_of})))", f"=SUMPRODUCT({still})"


def _unowned(book: Book) -> tuple[str, str]:
    grid = book.grids[PROCESSES]
    columns = [grid.letter(field.key) for field in grid.fields if field.key.startswith(PROCESS)]
    if not columns:
        return "=0", "=0"
    # Whose a process is stands in the first row above the table.
    row = grid.first - 1 - grid.lead
    area = f"'{book.quoted(PROCESSES)}'!${columns[0]}${row}:${columns[-1]}${row}"
    return f'=COUNTIF({area},"{NO_OWNER}")', f"=COUNTA({area})"


def by_status(book: Book, standard: str, main: str, status: str) -> Computed:
    """Count the leaf clauses of a standard, under a main clause or under all of them, that have a status."""
    areas = [book.twin.area(column) for column in (twin.STANDARD, twin.MAIN, twin.CLAUSE_STATUS)]
    test = f',{areas[1]},"{main}"' if main else ""
    value = sum(
        clause.status == status and ref.startswith(f"{standard}:") and main in ("", main_number(ref.partition(":")[2]))
        for ref, clause in book.twin.state.clauses.items()
    )
    return Computed(f'=COUNTIFS({areas[0]},"{standard}"{test},{areas[2]},"{status}")', value)


def without_process(book: Book, most: int, cell_of: list[str]) -> list[Computed]:
    """Find the first leaf clauses without a process: the place of each, in cells that go on from each other."""
    counts, word = book.twin.area(twin.SERVED), twin.NO_PROCESS
    last = counts.rpartition(":")[2]
    empty = book.twin.holes()
    found = []
    for number in range(most):
        value: int | str = empty[number] if number < len(empty) else ""
        if number == 0:
            formula = f'=IFERROR(MATCH("{word}",{counts},0),"")'
        else:
            before = cell_of[number - 1]
            rest = f"INDEX({counts},{before}+1):{counts.partition('!')[0]}!{last}"
            formula = f'=IFERROR(IF({before}>=ROWS({counts}),"",{before}+MATCH("{word}",{rest},0)),"")'
        found.append(Computed(formula, value))
    return found


def coverage(book: Book, of: str, by: str) -> dict[str, Computed]:
    """Count the leaf clauses of one standard by the class of their closest counterpart in another."""
    entry = book.reports.matrix.answer.covered(of=of, by=by)
    found = {}
    for word in CLASSES:
        value = entry.of_class(Kin(word))
        formula = f"={value}"
        if "heatmap" in book.grids:
            whose, there = book.area("heatmap", "standard"), book.area("heatmap", by)
            formula = f'=COUNTIFS({whose},"{book.name_of(of)}",{there},"*{word}*")'
        found[word] = Computed(formula, value)
    return found


# --- the Matrix -------------------------------------------------------------------------------------------------------


def _rows(book: Book) -> Iterator[Figure]:
    """Count the rows in which standards share something, and for each standard those that it has alone."""
    if len(book.standards) < 2:
        return
    grid = book.grids["matrix"]
    m = Computed(f"=COUNTA({book.area('matrix', 'letters')})", sum(_filled(cell) for cell in grid.values("letters")))
    classes = book.area("matrix", "class")
    tests = "+".join(f'ISNUMBER(SEARCH("{word}",{classes}))' for word in SHARING)
    shared = [any(word in _text(cell) for word in SHARING) for cell in grid.values("class")]
    yield Figure(
        "shared", "Shared rows", Computed(f"=SUMPRODUCT(--(({tests})>0))", sum(shared)), m,
        "rows of the Matrix share something",
    )  # fmt: skip
    keys = [standard.key for standard in book.standards]
    home = '({0}<>"")*({0}<>"none")*(LEFT({0},4)<>"see ")'
    at_home = {key: home.format(book.area("matrix", key)) for key in keys}
    has = {key: [_at_home(cell) for cell in grid.values(key)] for key in keys}
    for key in keys:
        others = [other for other in keys if other != key]
        n = sum(
            has[key][place] and not shares and not any(has[other][place] for other in others)
            for place, shares in enumerate(shared)
        )
        # Rows of headings are blank for every standard, so the first test keeps them out.
        parts = [at_home[key], *(f"(1-{at_home[other]})" for other in others), f"(({tests})=0)"]
        name = book.name_of(key)
        yield Figure(
            f"only {key}", f"Only {name}", Computed(f"=SUMPRODUCT({'*'.join(parts)})", n), m,
            f"rows of the Matrix belong to {name} alone",
        )  # fmt: skip


def _filled(cell: Held) -> bool:
    return (cell.value if isinstance(cell, Computed) else cell) not in (None, "", ())


def _at_home(cell: Held) -> bool:
    text = _text(cell)
    return text not in ("", Filler.NONE.value) and not text.startswith("see ")


def _text(cell: Held) -> str:
    return "" if isinstance(cell, Computed) or cell is None else reads(cell)  # type: ignore[arg-type]
