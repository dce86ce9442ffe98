"""The screen of an answer that has none of its own: its sentence, its first table, and what there is."""

from __future__ import annotations

from imsmap.exporters.terminal.screen import BOLD, Col, Entry, Grid, Screen, Words
from imsmap.report import NOTHING, Cell, Report, Row, Table, reads
from imsmap.wording import counted

_SHORT = 16


def screen(report: Report[object]) -> Screen:
    """Show the sentence and the first table that holds anything."""
    table = next((one for one in report.tables if one.rows and len(one.columns) > 1), None)
    others = [one.name for one in report.tables if one is not table and one.rows]
    more = ["Everything: --all."]
    if others:
        more.append(f"One more table: --table {' or '.join(others)}.")
    more.append(f"As a file: -o {report.analysis}.xlsx.")
    groups = () if table is None else ((grid(table),),)
    return Screen(report.summary or report.message, groups, tuple(more))


def grid(table: Table, noun: str = "row") -> Grid:
    """Lay a table out for one screen: what is long gives way, what is empty is left out."""
    columns = tuple(
        Col(column.title, column.kind in ("number", "confidence"), gives=column.width > _SHORT, optional=at > 1)
        for at, column in enumerate(table.columns)
    )
    empty = ("",) * (len(columns) - 2)

    def rest(count: int, _sums: tuple[int, ...]) -> tuple[Words, ...]:
        return ("", counted(count, f"more {noun}"), *empty)

    return Grid(columns, tuple(_entry(row) for row in table.rows), rest=rest)


def _entry(row: Row) -> Entry:
    return Entry(tuple(_cell(cell) for cell in row.cells), look=BOLD if row.heading else "")


def _cell(cell: Cell) -> str:
    return "" if cell is NOTHING else reads(cell, ", ")
