"""The screen of a search: the clauses that speak of a word, the strongest first, each with its first point."""

from __future__ import annotations

from imsmap.analyses.find import FindAnswer, Found
from imsmap.exporters.terminal.names import figure, letter
from imsmap.exporters.terminal.screen import Col, Entry, Grid, Run, Screen
from imsmap.report import Report
from imsmap.wording import counted


def screen(report: Report[FindAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
    columns = (Col(), Col("Strongest first", gives=True), Col("", optional=True), Col("Points", right=True))
    rows = tuple(
        Entry(
            ((letter(one.side), Run(f" {one.clause.number}")), one.clause.name, _others(one), figure(len(one.points))),
            one.points[0][1] if one.points else "",
            counts=(len(one.points),),
        )
        for one in answer.told
    )
    table = Grid(columns, rows, rest=lambda n, sums: ("", counted(n, "more clause"), "", figure(sums[0])))
    return Screen(
        report.summary or report.message,
        ((table,),),
        ("Every point: --all.", "As a file: -o find.xlsx.", f"Mapping data {report.data_version}."),
    )


def _others(one: Found) -> str:
    """Tell of other editions where the clause stands there, and whether more is to be looked at than its number."""
    return "; ".join(f"{edition.year}: {edition.numbers}" for edition in one.editions)
