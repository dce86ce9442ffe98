"""The figures of the Dashboard: each as a formula on other sheets and the value that it yields today."""

from __future__ import annotations

from collections.abc import Iterator

from imsmap.exporters.excel import twin
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Computed
from imsmap.exporters.excel.processes import NO_OWNER
from imsmap.library.model import Kin
from imsmap.register import figures as told
from imsmap.register import schema
from imsmap.register.cells import PROCESS
from imsmap.register.controls import SOA
from imsmap.register.obligations import OBLIGATIONS
from imsmap.register.questions import VERDICT_ROW
from imsmap.register.state import ACTIONS, ASSESSED, DOCUMENTS, PROCESSES, REQUIREMENTS
from imsmap.register.verdicts import ANSWERED, OPEN
from imsmap.report import reads
from imsmap.values import frozen
from imsmap.wording import listed

SHARING = (Kin.SAME, Kin.EXTENDED, Kin.RELATED)
"""The classes of a counterpart."""
CLASSES = (*SHARING, Kin.TOUCHES, Kin.NONE, Kin.NOT_ASSESSED)
_ON = {
    told.ASSESSED: REQUIREMENTS, told.MAJORS: REQUIREMENTS, told.SCOPE: REQUIREMENTS, told.MISREAD: REQUIREMENTS,
    told.QUESTIONS: REQUIREMENTS,
    told.DECIDED: SOA, told.UNJUSTIFIED: SOA, told.IMPLEMENTED: SOA,
    told.LATE_EVALUATIONS: OBLIGATIONS, told.UNPLANNED: OBLIGATIONS,
    told.OVERDUE: ACTIONS, told.DOCUMENTS: DOCUMENTS, told.UNOWNED: PROCESSES, told.HOLES: PROCESSES,
}  # fmt: skip
"""The sheet without which a figure is not shown."""


@frozen
class Figure:
    """n of m: what it is called, what m counts, whether more is worse; alone: keys of those that have it alone."""

    key: str
    label: str
    n: Computed
    m: Computed
    unit: str
    alarming: bool = False
    alone: tuple[str, ...] = ()


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
    if key in (told.DECIDED, told.UNJUSTIFIED, told.IMPLEMENTED):
        return _controls(book, key)
    if key in (told.LATE_EVALUATIONS, told.UNPLANNED):
        return _evaluations(book, key)
    if key == told.MISREAD:
        cells = [
            (book.twin.cell(twin.ANSWERED, place), book.twin.cell(twin.UNDERSTOOD, place))
            for place in range(len(book.twin.answers(book)))
        ]
        return "=" + "+".join(f"{all_}-{read}" for all_, read in cells), "=" + "+".join(all_ for all_, _ in cells)
    clauses, documents = book.twin.area(twin.CLAUSE_STATUS), book.twin.area(twin.DOCUMENT_STATE)
    out = schema.NOT_APPLICABLE
    scope = f'=ROWS({clauses})-COUNTIF({clauses},"{out}")'
    stands, severity = (book.area(REQUIREMENTS, name) for name in ("stands", "severity"))
    major = f'{twin.is_verdict(book)}*({stands}<>"{out}")*{twin.says(severity, schema.MAJOR)}'
    assessed = "+".join(f'COUNTIF({stands},"{word}")' for word in ASSESSED)
    alone = f'{book.area(REQUIREMENTS, "origin")},"<>{VERDICT_ROW}",{stands}'
    questions = book.twin.area(twin.QUESTION_STATE)
    done = f'COUNTIF({questions},"{ANSWERED}")+' + "+".join(f'COUNTIFS({alone},"{word}")' for word in ASSESSED)
    return {
        told.QUESTIONS: (
            f"={done}",
            f'={done}+COUNTIF({questions},"{OPEN}")+COUNTIFS({alone},"{schema.NOT_ASSESSED}")',
        ),
        told.ASSESSED: (f"={assessed}", f'={assessed}+COUNTIF({stands},"{schema.NOT_ASSESSED}")'),
        told.MAJORS: (f'=SUMPRODUCT({major}*({stands}<>"{schema.CONFORMING}"))', f"=SUMPRODUCT({major})"),
        told.DOCUMENTS: (
            f'=COUNTIF({documents},"{twin.MISSING}")',
            f'=COUNTIF({documents},"{twin.MISSING}")+COUNTIF({documents},"{twin.NAMED}")',
        ),
        told.HOLES: (f'=COUNTIF({book.twin.area(twin.SERVED)},"{twin.NO_PROCESS}")', scope),
        told.SCOPE: (scope, f"=ROWS({clauses})"),
    }[key]


def _controls(book: Book, key: str) -> tuple[str, str]:
    """Count the controls of the Statement of Applicability that are decided on, lack a reason, or are implemented."""
    stands, applies, out = book.area(SOA, "stands"), schema.INCLUDED, schema.NOT_APPLICABLE
    decided = f'COUNTIF({stands},"{applies}")+COUNTIF({stands},"{out}")'
    if key == told.DECIDED:
        return f"={decided}", f'={decided}+COUNTIF({stands},"{schema.UNDECIDED}")'
    if key == told.IMPLEMENTED:
        done = f"{twin.says(stands, applies)}*{twin.says(book.area(SOA, 'status'), schema.IMPLEMENTED)}"
        return f"=SUMPRODUCT({done})", f'=COUNTIF({stands},"{applies}")'
    either = f"({twin.says(stands, applies)}+{twin.says(stands, out)})"
    return f"=SUMPRODUCT({either}*(1-{twin.filled(book.area(SOA, 'justification'))}))", f"={decided}"


def _evaluations(book: Book, key: str) -> tuple[str, str]:
    """Count the obligations that apply, of which the next evaluation is overdue or has no date."""
    following = book.area(OBLIGATIONS, "next")
    over = book.twin.unsure.late(following, book.as_of)
    applies = f'{twin.is_obligation(book)}*({book.area(OBLIGATIONS, "status")}<>"{schema.NOT_APPLICABLE}")'
    if key == told.UNPLANNED:
        without = f"=SUMPRODUCT({applies}*(1-{twin.is_day(following)}))"
        return _and(without, "-", applies, over), f"=SUMPRODUCT({applies})"
    late = f"{twin.is_day(following)}*ISNUMBER(1/({following}<{book.as_of}))"
    return _and(f"=SUMPRODUCT({applies}*{late})", "+", applies, over), f"=SUMPRODUCT({applies})"


def _and(formula: str, sign: str, counted: str, over: str) -> str:
    """Add to a count, or take from it, what is late however its date is read."""
    return f"{formula}{sign}SUMPRODUCT({counted}*{over})" if over else formula


def _overdue(book: Book) -> tuple[str, str]:
    text, status, due = (book.area(ACTIONS, key) for key in ("text", "status", "due"))
    still = "*".join((twin.filled(text), *(f"(1-{twin.says(status, word)})" for word in schema.CLOSED)))
    late = f"=SUMPRODUCT({still}*{twin.is_day(due)}*ISNUMBER(1/({due}<{book.as_of})))"
    return _and(late, "+", still, book.twin.unsure.late(due, book.as_of)), f"=SUMPRODUCT({still})"


DUE = {"late": (None, 0), "in 30 days": (0, 31), "in 31 to 90 days": (31, 91), "later": (91, None)}
"""When open actions are due, in days from the date of the workbook: from the first on, up to before the second."""


def by_due(book: Book) -> dict[str, Computed]:
    """Count the open actions by when they are due; nothing without the sheet of actions."""
    if ACTIONS not in book.grids:
        return {}
    text, status, due = (book.area(ACTIONS, key) for key in ("text", "status", "due"))
    still = "*".join((twin.filled(text), *(f"(1-{twin.says(status, word)})" for word in schema.CLOSED)))
    over = book.twin.unsure.late(due, book.as_of)
    actions = [action for action in book.twin.state.actions if action.is_open]
    today = book.twin.state.date
    found = {}
    for label, (first, end) in DUE.items():
        ends = [f"({due}>={book.as_of}+{first})"] if first is not None else []
        ends += [f"({due}<{book.as_of}+{end})"] if end is not None else []
        value = sum(
            action.by is not None
            and (first is None or (action.by - today).days >= first)
            and (end is None or (action.by - today).days < end)
            for action in actions
        )
        counted = f"=SUMPRODUCT({still}*{twin.is_day(due)}*ISNUMBER(1/({'*'.join(ends)})))"
        found[label] = Computed(_and(counted, "+", still, over if first is None else ""), value)
    none = sum(action.by is None for action in actions)
    found["without a date"] = Computed(_and(f"=SUMPRODUCT({still}*(1-{twin.is_day(due)}))", "-", still, over), none)
    return found


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
    mains, states = book.twin.area(twin.CLAUSE_MAIN), book.twin.area(twin.CLAUSE_STATUS)
    value = sum(
        clause.status == status and ref.startswith(f"{standard}:") and main in ("", ref.partition(":")[2])
        for ref, clause in zip(book.twin.main_of.values(), book.twin.state.clauses.values(), strict=True)
    )
    return Computed(f'=COUNTIFS({mains},"{standard}:{main or "*"}",{states},"{status}")', value)


def points_by_status(book: Book, standard: str, main: str, status: str) -> Computed:
    """Count the points of a standard, under a main clause or under all of them, that stand as something."""
    held = book.twin
    mains, clauses = held.area(twin.CLAUSE_MAIN), held.area(twin.CLAUSE)
    ids, stands = book.area("requirements"), book.area("requirements", "stands")
    value = sum(
        held.state.points[point].status == status
        for ref, points in held.points_of.items()
        if ref in held.state.clauses and ref.startswith(f"{standard}:")
        if main in ("", held.main_of[ref].partition(":")[2])
        for point in points
    )
    under = f'{mains}="{standard}:{main}"' if main else f'LEFT({mains},{len(standard) + 1})="{standard}:"'
    return Computed(f'=SUMPRODUCT(({under})*COUNTIFS({ids},{clauses}&"#*",{stands},"{status}"))', value)


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


def coverage(book: Book, of: str, by: str) -> dict[Kin, Computed]:
    """Count the leaf clauses of one standard by the class of their closest counterpart in another."""
    entry = book.reports.matrix.answer.covered(of=of, by=by)
    found = {}
    for kin in CLASSES:
        value = entry.of_class(kin)
        formula = f"={value}"
        if "heatmap" in book.grids:
            # The ids of rows say whose a clause is by key: two standards may be called alike.
            ids, there = book.area("heatmap"), book.area("heatmap", by)
            formula = f'=COUNTIFS({ids},"{of}:*",{there},"*{reads(kin)}*")'
        found[kin] = Computed(formula, value)
    return found


# --- the Matrix -------------------------------------------------------------------------------------------------------


def _rows(book: Book) -> Iterator[Figure]:
    """Count the topics of the Matrix in the parts that sum: common core, only related, alone, not looked at."""
    if len(book.standards) < 2:
        return
    whose = book.twin.area(twin.WHOSE)
    found = list(book.twin.whose.values())
    m = Computed(f"=COUNTA({book.twin.area(twin.TOPIC)})", len(found))

    def count(word: str) -> Computed:
        return Computed(f'=COUNTIF({whose},"{word}")', found.count(word))

    if len(book.standards) == 2:
        yield Figure("core", "Common core", count(twin.CORE), m, "topics share a common core: built once")
    else:
        yield Figure("core", "Core of all", count(twin.CORE), m, "topics have a common core of all: built once")
        yield Figure("some", "Core of some", count(twin.CORE_OF_SOME), m, "topics have a common core of some")
    yield Figure("related", "Only related", count(twin.RELATED), m, "topics are only related: looked at together")
    several = sorted({word for word in found if " " in word} - {twin.CORE_OF_SOME, twin.UNSEEN})
    for keys in (*([side.key] for side in book.standards), *(word.split(" ") for word in several)):
        names = listed(book.name_of(key) for key in keys)
        yield Figure(
            f"alone {' '.join(keys)}", f"Alone: {names}", count(" ".join(keys)), m, f"topics stand alone in {names}",
            alone=tuple(keys),
        )  # fmt: skip
    if twin.UNSEEN in found:
        yield Figure("unseen", "Not looked at", count(twin.UNSEEN), m, "topics were not looked at")
