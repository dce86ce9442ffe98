"""The sheet Transition: from each edition to the next, what to do by when, what changes by clause, and by point."""

from __future__ import annotations

from typing import cast

from imsmap import about
from imsmap.analyses.transition import Transition, TransitionAnswer
from imsmap.exporters.excel import page, parted
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, Held, Line
from imsmap.exporters.excel.sheet import Writer, nowhere
from imsmap.register.schema import Field
from imsmap.report import NOTHING

ABOUT = about.Sheet(
    title="Transition",
    text="from one edition to the next: by when, what changes by clause and by point",
    shows="transition",
    place=105,
)

_WIDTHS = (13.0, 34.0, 13.0, 34.0, 22.0, 58.0, 11.0, 30.0)
"""All tables of this sheet stand on the same columns."""
_NAMING = ("date", "old", "new")
"""What a row that goes on says anew, to be found by."""
_AS_BEFORE = ("same",)
"""How a point comes that nobody needs to look at."""


def write(book: Book) -> None:
    """Write the sheet."""
    answer = cast("TransitionAnswer", book.reports["transition"].answer)
    writer = Writer(book, "transition")
    writer.columns([12, *_WIDTHS])
    ways = "; ".join(f"{one.old.designation} to {one.new.designation}" for one in answer.transitions)
    writer.head(
        f"Transition: {ways}",
        "In our own words, told from what was published; what was not checked against the text says how sure it is. "
        "A clause may change in several ways: the first decides what becomes of an answer.",
    )
    row = 3
    for number, one in enumerate(answer.transitions, 1):
        between = f"{one.old.designation} to {one.new.designation}"
        writer.text(row, 1, f"Where no other source stands: {one.new.source}", "small")
        row += 1
        tables = [
            (f"{between}: what to do by when", _days(one, number)),
            (f"{between}: {one.message}", _clauses(one, number)),
            (f"{between}: points that are new, gone or asked for otherwise", _points(one, number)),
        ]
        for title, laid in tables:
            writer.sheet.set_row(row, 20)
            writer.text(row, 1, title, "subtitle")
            whole = parted.within(laid, _WIDTHS, _NAMING)
            row = writer.table(row + 1, whole, nowhere, filters=len(laid.lines) > 10) + 1
    writer.sheet.freeze_panes(2, 0)
    page.set_up(book, writer.sheet)
    page.print_columns(writer.sheet, row - 2, 0, [(1, len(_WIDTHS))])


def _days(one: Transition, number: int) -> Grid:
    fields = (
        Field("date", "By", "code"),
        Field("what", "What"),
        Field("confidence", "Confidence", "confidence"),
        Field("todo", "What to do"),
        Field("others", "Also told"),
        Field("source", "Source"),
    )
    lines = []
    for at, day in enumerate(one.days):
        cells: tuple[Held, ...] = (day.date, day.what, day.confidence, day.todo, day.also or NOTHING, day.source)
        lines.append(Line(f"day-{one.new.key}-{at}", cells))
    return Grid(f"tTransitionDays{number}", fields, tuple(lines))


def _clauses(one: Transition, number: int) -> Grid:
    fields = (
        Field("old", one.old.designation, "code"),
        Field("old_title", "Title"),
        Field("new", one.new.designation, "code"),
        Field("new_title", "Title then"),
        Field("types", "Change"),
        Field("note", "What changes"),
        Field("confidence", "Confidence", "confidence"),
        Field("source", "Source"),
    )
    lines = []
    for at, change in enumerate(one.changes):
        if not change.leaf and change.strictest == "unchanged" and not change.note:
            continue
        cells: tuple[Held, ...] = (
            change.old.number if change.old else NOTHING,
            change.old.title if change.old else NOTHING,
            change.new.number if change.new else NOTHING,
            change.new.title if change.new else NOTHING,
            ", ".join(change.types),
            change.note or NOTHING,
            change.confidence,
            NOTHING if change.source == one.new.source else change.source,
        )
        lines.append(Line(f"change-{one.new.key}-{at}", cells))
    return Grid(f"tTransition{number}", fields, tuple(lines))


def _points(one: Transition, number: int) -> Grid:
    fields = (
        Field("new", "Clause", "code"),
        Field("text", "What is asked for"),
        Field("how", "How"),
        Field("old", "From"),
        Field("confidence", "Confidence", "confidence"),
    )
    lines = []
    for point in one.points:
        if point.how in _AS_BEFORE:
            continue
        ref = point.new or point.old[0]
        old = "; ".join(dict.fromkeys(each.partition(":")[2].partition("#")[0] for each in point.old))
        clause = ref.partition(":")[2].partition("#")[0]
        lines.append(Line(f"point-{ref}", (clause, point.text, point.how, old or NOTHING, point.confidence)))
    return Grid(f"tTransitionPoints{number}", fields, tuple(lines))
