"""The sheet Open points, for paper: what is not met or met in part, a row for each question with all its verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imsmap import about
from imsmap.analyses.requirements import RequiredQuestion, RequiredVerdict
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, Held, Line
from imsmap.exporters.excel.reports import needed
from imsmap.exporters.excel.sheet import nowhere, whole_sheet
from imsmap.register.answers import day
from imsmap.register.schema import NOT_CONFORMING, PARTIAL, Field
from imsmap.register.state import words
from imsmap.report import NOTHING
from imsmap.wording import counted

ABOUT = about.Sheet(
    title="Open points",
    text="what is not met or met in part, with what is done about it",
    shows="requirements",
    variants=("print",),
    whole=False,
    place=45,
)
OPEN = (NOT_CONFORMING, PARTIAL)
_FIELDS = (
    Field("letters", "Letters", "letters", 8),
    Field("clause", "Clause", "text", 11),
    Field("text", "What is asked for, in our words", "text", 34),
    Field("status", "Status", "text", 19),
    Field("severity", "Severity", "text", 12),
    Field("gap", "Gap", "text", 24),
    Field("action", "Action", "text", 24),
    Field("owner", "Owner", "text", 13),
    Field("due", "Due", "text", 12),
)


def lay(book: Book) -> Grid:
    """Lay the table out: what is open under its main clause; verdicts of one question stand in one row."""
    return Grid("tOpen", _FIELDS, tuple(_lines(book)))


def write(book: Book) -> None:
    """Write the sheet."""
    state = book.twin.state
    found = sum(point.status in OPEN for point in state.points.values())
    told = f"{counted(found, 'point')} of {state.assessed.n} assessed not met or met in part"
    told = told if found else f"None of {counted(state.assessed.n, 'point')} assessed is open"
    rest = state.assessed.m - state.assessed.n
    note = f"{told}; {counted(rest, 'point')} that nobody has looked at not counted." if rest else f"{told}."
    whole_sheet(
        book, "open_points", "Open points", book.grids["open_points"], nowhere, note=note, frozen=2, repeated=2
    )  # fmt: skip


def _lines(book: Book) -> Iterator[Line]:
    answer = needed(book.reports.requirements).answer
    titles = {main.number: main.title for main in answer.main_clauses}
    last = ""
    for topic in answer.topics:
        for question in topic.questions:
            verdicts = [one for one in question.verdicts if book.twin.state.points[one.point.id].status in OPEN]
            if not verdicts:
                continue
            if topic.main != last:
                last = topic.main
                heading = (None, f"{last}\u00a0{titles.get(last, '')}", *(None for _ in _FIELDS[2:]))
                yield Line(f"main-{last}", heading, heading=True)
            yield _line(book, question, verdicts)


def _line(book: Book, question: RequiredQuestion, verdicts: list[RequiredVerdict]) -> Line:
    alone = book.place_of(verdicts[0].side.key) if len(question.verdicts) == 1 else None
    several = len(question.verdicts) > 1

    def of_each(told: Mapping[str, str]) -> Held:
        """Say it of each verdict, with its letter where several standards ask; what is the same for all once."""
        said = [(one.side.label, told[one.point.id]) for one in verdicts if told[one.point.id]]
        if not said:
            return NOTHING
        if not several or (len({text for _, text in said}) == 1 and len(said) == len(verdicts) > 1):
            return said[0][1]
        return tuple(f"{label}: {text}" for label, text in said)

    def written(name: str) -> Held:
        effective = needed(book.reports.requirements).answer.asked.questions.effective
        cells = book.given.cells
        found = {one.point.id: effective(cells, one.point.id, name) for one in verdicts}
        if name == "due":
            days = {point: day(value) for point, value in found.items()}
            return of_each({p: found_.isoformat() if (found_ := days[p]) else words(v) for p, v in found.items()})
        return of_each({point: words(value) for point, value in found.items()})

    state = book.twin.state.points
    cells: dict[str, Held] = {
        "letters": question.label,
        "clause": tuple(f"{one.side.label} {one.clause.number}" for one in verdicts),
        "text": question.text,
        "status": of_each({one.point.id: state[one.point.id].status for one in verdicts}),
        "severity": of_each({one.point.id: state[one.point.id].severity for one in verdicts}),
        **{name: written(name) for name in ("gap", "action", "owner", "due")},
    }
    return Line(question.id, tuple(cells[field.key] for field in _FIELDS), depth=1, standard=alone)
