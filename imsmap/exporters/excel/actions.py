"""The sheet Actions: what is done about the gaps, whose it is, how many days are left, and room for further ones."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from attrs import evolve

from imsmap import about
from imsmap.exporters.excel import own
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.conditions import stand_out
from imsmap.exporters.excel.deadlines import NO_DATE, OVERDUE, left_and_late, unless_written_over
from imsmap.exporters.excel.grid import Computed, Grid, Held, Line
from imsmap.exporters.excel.reports import needed
from imsmap.exporters.excel.sheet import Writer, whole_sheet
from imsmap.library.model import split_ref
from imsmap.register import schema
from imsmap.register.actions import Action
from imsmap.register.cells import ACTION, Formula
from imsmap.register.questions import SHARED
from imsmap.register.schema import Field
from imsmap.register.state import serial
from imsmap.report import NOTHING, Ref

ABOUT = about.Sheet(
    title="Actions",
    text="what is done about the gaps: effort, progress, days left",
    shows="requirements",
    variants=("audit", "print"),
    place=60,
)

ROOM = 10
"""Empty rows at the end, for actions that no requirement asked for."""
_FROM_REQUIREMENTS = ("text", "severity", "owner", "due")
_FROZEN = 2


def lay(book: Book) -> Grid:
    """Lay the table out: a row for each requirement with an action or with words about one, and empty rows."""
    topics = _topics(book)
    lines = [_line(book, point, topics) for point in _points(book)]
    empty = (None,) * len(schema.ACTIONS)
    lines += [Line("", empty, added=True) for _ in range(0 if book.paper else ROOM)]
    laid = Grid("tActions", schema.ACTIONS, tuple(lines))
    laid = own.filled(book, "actions", laid)
    actions = {action.row: action for action in book.twin.state.actions}
    laid = evolve(laid, lines=tuple(_dated(book, laid, line, actions.get(line.id)) for line in laid.lines))
    for row, line in enumerate(laid.lines, laid.first):
        book.stand("actions", line.id, row)
    return laid


def write(book: Book) -> None:
    """Write the sheet."""

    def link(line: Line, field: Field, cell: Held) -> str | None:  # noqa: ARG001 - the shape of a Linker
        return book.link("requirements", cell.key, "F") if isinstance(cell, Ref) else None

    laid = book.grids["actions"]
    writer, laid = whole_sheet(
        book,
        "actions",
        f"Actions of {book.designations()}",
        laid,
        link,
        note=f"{book.counted('actions')}An action is written on Requirements and comes here by itself (grey); effort, "
        f"progress and closure are filled in here. Days are counted from {book.date.isoformat()}"
        f"{', the date on the Cover' if 'cover' in book.names else ''}."
        f"{'' if book.paper else ' Own actions: the yellow rows at the end.'}",
        frozen=_FROZEN,
        repeated=_FROZEN,
        large=True,
    )
    _colours(writer, laid)


def _points(book: Book) -> list[str]:
    """Name the requirements that have an action, in order, and those about whose action something was said."""
    told = {
        row.removeprefix(ACTION)
        for row, cells in book.answers.get("actions", {}).items()
        if row.startswith(ACTION) and any(cells)
    }
    wanted = book.answers.get("requirements", {})
    return [
        point.id
        for clause in needed(book.reports.requirements).answer.clauses
        for point in clause.points
        if "action" in wanted.get(point.id, {}) or point.id in told
    ]


def _line(book: Book, point: str, topics: Mapping[str, str]) -> Line:
    standard, number, _ = split_ref(point)
    letter = book.standards[book.place_of(standard)].label
    theirs: dict[str, Held] = {
        "letters": letter,
        "clause": Ref(point, f"{letter} {number}"),
        "topic": topics.get(point.partition("#")[0], NOTHING),
    }
    for field in schema.ACTIONS:
        if field.key in _FROM_REQUIREMENTS:
            theirs[field.key] = _copied(book, point, "action" if field.key == "text" else field.key)
    cells = tuple(theirs.get(field.key) for field in schema.ACTIONS)
    return Line(f"{ACTION}{point}", cells, standard=book.place_of(standard))


def _topics(book: Book) -> dict[str, str]:
    """Name for each clause the row of the Matrix in which it lives."""
    titles = {topic.id: topic.title for topic in book.reports.matrix.answer.topics}
    clauses = needed(book.reports.requirements).answer.clauses
    return {entry.clause.ref: titles[entry.topic] for entry in clauses if entry.topic in titles}


def _copied(book: Book, point: str, key: str) -> Held:
    """Give a cell of Requirements as a formula that finds it wherever the row was sorted to; without one, as it is.

    What a standard does not say by itself is said in the row of the question.
    """
    said_in = book.answers.get("requirements", {})
    question = needed(book.reports.requirements).answer.asked.questions.of[point]
    rows = [point, question.id] if question.is_shared and key in SHARED else [point]
    value = next((found for row in rows if (found := said_in.get(row, {}).get(key)) is not None), None)
    if isinstance(value, Formula):
        value = value.value
    part = book.given.part
    if "requirements" not in book.grids or (part is not None and not all(part.holds("requirements", r) for r in rows)):
        return value
    area, ids = book.area("requirements", key), book.area("requirements")
    formula = '""'
    for row in reversed(rows):
        place = f'INDEX({area},MATCH("{row}",{ids},0))'
        formula = f'IFERROR(IF({place}="",{formula},{place}),{formula})'
    shown: str | int | float = ""
    if isinstance(value, datetime.date):
        shown = serial(value)
    elif isinstance(value, bool):
        shown = "TRUE" if value else "FALSE"
    elif value is not None:
        shown = value
    return Computed(f"={formula}", shown)


def _dated(book: Book, laid: Grid, line: Line, action: Action | None) -> Line:
    """Say how many days an open action has left and whether it is late, unless people wrote over that."""
    text, status = laid.here("text"), laid.here("status")
    closed = ",".join(f'TRIM({status})="{word}"' for word in schema.CLOSED)
    computed = left_and_late(
        book, laid, line, "due", f"OR(LEN(TRIM({text}))=0,{closed})",
        counts=action is not None and action.is_open,
        due=None if action is None else action.due,
        overdue=action is not None and action.is_overdue,
    )  # fmt: skip
    return unless_written_over(line, computed)


def _colours(writer: Writer, laid: Grid) -> None:
    """Let what is overdue and what is major show beside their words."""
    for key, word, style in (
        ("late", OVERDUE, "late"),
        ("late", NO_DATE, "missing"),
        ("severity", schema.MAJOR, schema.MAJOR),
    ):
        stand_out(writer, laid, key, f'={{{key}}}="{word}"', style)
    # An action that nobody owns stays in sight until it is done.
    is_open = ",".join(f'{{status}}<>"{word}"' for word in schema.CLOSED)
    stand_out(writer, laid, "owner", f"=AND(LEN({{text}})>0,LEN({{owner}})=0,{is_open})", "missing")
