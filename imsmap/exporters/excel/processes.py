"""The sheet Processes: which process answers for which clause; what has no process, or no owner, says so in words."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from imsmap import about
from imsmap.exporters.excel import own
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, Held, Line
from imsmap.exporters.excel.reports import needed
from imsmap.exporters.excel.sheet import Writer, whole_sheet
from imsmap.exporters.excel.twin import NO_PROCESS, OUT, marks_of
from imsmap.register import schema
from imsmap.register.cells import PROCESS, shown
from imsmap.register.schema import Field
from imsmap.report import Ref

ABOUT = about.Sheet(
    title="Processes",
    text="which process answers for which clause, and what has none",
    shows="requirements",
    given="columns",
    missing="no process is named",
    variants=("audit",),
    place=80,
)

NO_CLAUSE, NO_OWNER = "NO CLAUSE", "NO OWNER"
_LEAD = ("owners", "counts")
"""Rows above the table: whose a process is, and how many clauses it has."""
_FROZEN = 6


def lay(book: Book) -> Grid:
    """Lay the table out: a row for each leaf clause, a column for each process."""
    given = book.given.columns
    fields = schema.processes(given)
    lines = []
    depths: dict[str, int] = {}
    for entry in needed(book.reports.requirements).answer.clauses:
        place = book.place_of(entry.standard)
        standard, clause = book.standards[place], entry.clause
        depth = depths[clause.ref] = depths.get(f"{entry.standard}:{entry.parent}", -1) + 1
        start = (
            standard.label, standard.designation, Ref(clause.ref, clause.number), clause.title,
            None, None,
        )  # fmt: skip
        marks = tuple(None if not entry.leaf else process.marks.get(clause.ref) for process in given)
        lines.append(Line(clause.ref, (*start, *marks), not entry.leaf, min(depth, 7), place))
    laid = own.filled(book, "processes", Grid("tProcesses", fields, tuple(lines), len(_LEAD)))
    return evolve(laid, lines=tuple(_counted(book, laid, line) for line in laid.lines))


def _counted(book: Book, laid: Grid, line: Line) -> Line:
    """Say how many processes a clause has, unless people wrote over that."""
    place = laid.place("count")
    if line.id not in book.twin.state.clauses or place in line.over:
        return line
    return evolve(line, cells=(*line.cells[:place], book.twin.served(line.id), *line.cells[place + 1 :]))


def write(book: Book) -> None:
    """Write the sheet."""

    def link(line: Line, field: Field, cell: Held) -> str | None:  # noqa: ARG001 - the shape of a Linker
        return book.link("requirements", cell.key, "D") if isinstance(cell, Ref) else None

    note = (
        f"P = primary, S = secondary, · = touched; X = it applies, as P; {schema.EVERY} under All = every process. "
        f"Look for {NO_PROCESS}, {NO_CLAUSE} and {NO_OWNER}: an auditor will. A clause that {OUT} needs none."
    )
    if not book.given.processes:
        first = f"No process is named yet: write three names over {_named(schema.BLANKS)}, import the file and build"
        note = f"{first}. {note}"
    writer, laid = whole_sheet(
        book,
        "processes",
        f"Processes and clauses of {book.designations()}",
        book.grids["processes"],
        link,
        note=note,
        lead=("",) * len(_LEAD),
        frozen=_FROZEN,
        repeated=_FROZEN,
        large=True,
    )
    _above(book, writer, laid)
    _beside_headings(book, writer, laid)
    _colours(writer, laid)


def _named(entries: Sequence[schema.Process]) -> str:
    *most, last = (entry.name for entry in entries)
    return f"{', '.join(most)} and {last}"


def _above(book: Book, writer: Writer, laid: Grid) -> None:
    """Write above each process whose it is and how many clauses it has."""
    owners, counts = laid.first - 2 - len(_LEAD), laid.first - 1 - len(_LEAD)
    title = laid.place("title") + 1
    writer.text(owners, title, "owner of the process", "small", "right")
    writer.text(counts, title, "clauses of the process, beside those of all", "small", "right")
    tallest = 1
    for entry in book.twin.state.processes:
        key = f"{PROCESS}{entry.id}"
        column = laid.place(key) + 1
        tallest = max(tallest, writer.lines(entry.owner or NO_OWNER, column))
        writer.text(owners, column, entry.owner or NO_OWNER, *(("tool",) if entry.owner else ("tool", "warning")))
        count = marks_of(laid.area(key))
        formula = f'=IF({count}=0,"{NO_CLAUSE}",{count})'
        style = writer.formats("computed", "centred")
        writer.sheet.write_formula(counts, column, formula, style, entry.clauses or NO_CLAUSE)
    writer.tall(owners, tallest)
    writer.tall(counts, 1)


def _beside_headings(book: Book, writer: Writer, laid: Grid) -> None:
    """Say in a remark what people wrote beside a heading, where it counts for nothing."""
    given = book.answers.get("processes", {})
    for row, line in enumerate(laid.lines, laid.first):
        for field in laid.fields if line.heading and line.id in given else ():
            if own.is_mark(field) and field.key in given[line.id]:
                said = f"{shown(given[line.id][field.key])}: a heading counts for nothing; mark the clauses beneath it"
                writer.remark(row, laid.place(field.key) + 1, said)


def _colours(writer: Writer, laid: Grid) -> None:
    """Let holes show beside their words."""
    last = laid.first + max(1, len(laid.lines)) - 1
    count = laid.place("count") + 1
    said = f"${laid.letter('count')}{laid.first + 1}"
    columns = [laid.place(field.key) + 1 for field in laid.fields if field.key.startswith(PROCESS)]
    # Before anybody marked anything every clause is a hole: what stands out everywhere stands out nowhere.
    marked = "+".join(f"COUNTA({laid.area(laid.fields[column - 1].key)})" for column in columns) or "0"
    rules = [
        (laid.first, count, last, count, f'=AND({said}="{NO_PROCESS}",{marked}>0)', "late"),
        (laid.first, count, last, count, f'={said}="{OUT}"', schema.NOT_APPLICABLE),
    ]
    if columns:
        counts = laid.first - 1 - len(_LEAD)
        letter = laid.letter(laid.fields[columns[0] - 1].key)
        rules.append((counts, columns[0], counts, columns[-1], f'={letter}${counts + 1}="{NO_CLAUSE}"', "late"))
        here = f"{letter}{laid.first + 1}"
        rules.append((laid.first, columns[0], last, columns[-1], f'={here}="P"', "primary"))
    for *box, criteria, style in rules:
        rule = {"type": "formula", "criteria": criteria, "format": writer.formats.condition(str(style))}
        writer.sheet.conditional_format(*box, rule)
