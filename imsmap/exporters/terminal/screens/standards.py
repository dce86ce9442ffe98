"""The screen of the library: its standards, how large they are, and in what state."""

from __future__ import annotations

from imsmap.analyses.standards import STATUS_WORDS, StandardsAnswer
from imsmap.exporters.terminal.names import figure, letter
from imsmap.exporters.terminal.screen import Col, Entry, Grid, Screen
from imsmap.report import Report
from imsmap.wording import CLAUSE_LEVEL, counted, reported


def screen(report: Report[StandardsAnswer]) -> Screen:
    """Lay it out."""
    columns = (
        Col(), Col("Standard"), Col("Clauses", right=True, optional=True), Col("Points", right=True), Col("State"),
        Col("Title", gives=True, optional=True),
    )  # fmt: skip
    rows = tuple(
        Entry(
            (
                (letter(side),),
                side.designation,
                figure(side.clauses),
                CLAUSE_LEVEL if side.by_clause else figure(side.points),
                f"newer: {side.successor.designation}{reported(side.successor.confidence)}"
                if side.successor
                else STATUS_WORDS[side.status],
                side.title,
            )
        )
        for side in report.answer.standards
    )
    return Screen(
        report.summary or f"{report.message}.",
        ((Grid(columns, rows, rest=lambda n, _: ("", counted(n, "more"), "", "", "", "")),),),
        ("Titles, dates and keys: --all.", "One clause: imsmap show 9001:8.5.1.", "By word: imsmap find WORD."),
    )
