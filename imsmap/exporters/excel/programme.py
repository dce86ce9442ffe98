"""The sheet Programme: processes by months of the cycle, each with auditors and the standards audited."""

from __future__ import annotations

import calendar
import textwrap
from collections.abc import Iterator

from imsmap import about
from imsmap.analyses.programme import ProgrammeAnswer
from imsmap.exporters.excel import own
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, Line
from imsmap.exporters.excel.sheet import nowhere, whole_sheet
from imsmap.register import schema
from imsmap.register.programme import SHEET
from imsmap.register.schema import Field
from imsmap.report import NOTHING
from imsmap.wording import together

ABOUT = about.Sheet(
    title="Programme",
    text="the audit programme: processes by months of the cycle, risk, last result, auditors",
    shows="programme",
    variants=("audit",),
    place=72,
)

_MONTH = "month:"
_HELD = "✓"
"""Stands behind the letters of a month whose session was held."""
_LINE = 200
"""Characters of a note that fit above the table."""
_FROZEN = 1


def lay(book: Book) -> Grid:
    """Lay the table out: a row for each process, a column for each month in which audits are held."""
    answer = _answer(book)
    were_held = {session.month for session in answer.sessions if session.was_held}
    months = tuple(month for month in answer.months if int(month[-2:]) in answer.held or month in were_held)
    user = {field.key: field for field in schema.PROGRAMME}
    fields = (
        Field("process", "Process", "text", 24, firm=True),
        Field("owner", "Owner", "text", 15),
        user["risk"],
        user["last"],
        user["not_by"],
        user["held"],
        Field("counts", "Counts as", "text", 9),
        Field("every", "Every (months)", "number", 9),
        Field("auditors", "Auditors", "text", 15),
        *(Field(f"{_MONTH}{month}", _named(month), "letters", 3.4) for month in months),
        user["note"],
    )
    label = {side.key: side.label for side in answer.standards}
    lines = []
    for one in answer.processes:
        sessions = answer.of(one.id)
        audited = {month: [key for s in sessions if s.month == month for key in s.clauses if s.clauses[key]]
                   for month in months}  # fmt: skip
        held = {session.month for session in sessions if session.was_held}
        cells = (
            one.name,
            one.owner or NOTHING,
            None,
            None,
            None,
            None,
            ", ".join(filter(None, (one.risk, one.last))) or NOTHING,
            one.every or NOTHING,
            "\n".join(dict.fromkeys(session.auditor for session in sessions if session.auditor)) or NOTHING,
            *(
                together(label[key] for key in dict.fromkeys(audited[month])) + (_HELD if month in held else "") or None
                for month in months
            ),
            None,
        )
        lines.append(Line(one.id, cells))
    laid = Grid("tProgramme", fields, tuple(lines), lead=len(tuple(_lead(book))))
    return own.filled(book, SHEET, laid)


def write(book: Book) -> None:
    """Write the sheet."""
    answer = _answer(book)
    whole_sheet(
        book,
        SHEET,
        book.reports[SHEET].title,
        book.grids[SHEET],
        nowhere,
        note=f"{answer.months[0]} to {answer.months[-1]}. Say risk, last result and what was held in the yellow cells "
        "(they come before imsmap.toml) and import the file: the programme follows at the next build. Letters = whose "
        f"clauses{f', {_HELD} = held' if answer.were_held else ''}.",
        lead=tuple(_lead(book)),
        frozen=_FROZEN,
        repeated=_FROZEN,
        large=True,
    )


def _answer(book: Book) -> ProgrammeAnswer:
    answer = book.reports[SHEET].answer
    assert isinstance(answer, ProgrammeAnswer)
    return answer


def _named(month: str) -> str:
    return f"{calendar.month_abbr[int(month[-2:])]} {month[2:4]}"


def _lead(book: Book) -> Iterator[str]:
    """Say what is covered, why not with fewer sessions, and what never is."""
    report, answer = book.reports[SHEET], _answer(book)
    said = [f"{report.message}.".replace("..", "."), *report.notes[:1]]
    label = {side.key: side.label for side in answer.standards}
    never = [f"{label[one.standard]} {one.clause.number} ({one.why_not})" for one in answer.uncovered]
    names = {one.id: one.name for one in answer.processes}
    said += [f"Held, and not counted: {names[id_]}, {text} ({why})." for id_, text, why in answer.uncounted]
    said.append(f"Clauses never covered: {'; '.join(never) or 'none'}.")
    for words in said:
        yield from textwrap.wrap(words.replace("\u00a0", " "), _LINE)
