"""The screen of a family: what to buy first, which member is certifiable, and which editions there are."""

from __future__ import annotations

from imsmap.analyses.family import FamilyAnswer
from imsmap.exporters.terminal.screen import Col, Entry, Grid, Screen
from imsmap.report import Report
from imsmap.wording import counted


def screen(report: Report[FamilyAnswer]) -> Screen:
    """Lay it out."""
    columns = (Col("Member"), Col("What it is for", gives=True, least=24), Col("Edition", optional=True), Col("Buy"))
    rows = []
    before = ""
    for one in (listed.member for listed in report.answer.members):
        rows.append(Entry((one.number, one.what, one.edition, one.buy if one.buy != before else "")))
        before = one.buy
    return Screen(
        report.summary or report.message,
        ((Grid(columns, tuple(rows), rest=lambda n, _: ("", counted(n, "more member"), "", "")),),),
        (
            "Titles, and which one is certifiable: --all.",
            "As a file: -o family.xlsx.",
            f"Mapping data {report.data_version}.",
        ),
    )
