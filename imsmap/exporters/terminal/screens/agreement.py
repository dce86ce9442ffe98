"""The screen of two mappers' agreement: how far they judge alike, then what they have to settle."""

from __future__ import annotations

from imsmap.analyses.agreement import AgreementAnswer, Kappa, said
from imsmap.exporters.terminal.names import letter
from imsmap.exporters.terminal.screen import BOLD, Block, Col, Entry, Grid, Run, Screen, Words
from imsmap.library.model import split_ref
from imsmap.report import Report
from imsmap.wording import SETTLING, counted


def screen(report: Report[AgreementAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
    columns = (Col("Relation", gives=True), Col("Alike", right=True), Col("Of", right=True), Col("Kappa", right=True))
    shown = Grid(columns, tuple(map(_entry, answer.relations)), (_entry(answer.overall, BOLD),))
    groups: list[tuple[Block, ...]] = [(shown,)]
    if answer.settle:
        groups.append((_settle(answer),))
    return Screen(
        report.summary,
        tuple(groups),
        (
            "All of them: --all.",
            "To settle them: -o settle.xlsx, then imsmap add settle.xlsx.",
            f"Mapping data {report.data_version}.",
        ),
    )


def _entry(one: Kappa, look: str = "") -> Entry:
    return Entry(
        (one.relation, str(one.agreed), str(one.of), "not defined" if one.kappa is None else said(one.kappa)),
        look=look,
    )


def _settle(answer: AgreementAnswer) -> Grid:
    first, second = answer.names
    title = Col(gives=True, least=16, optional=True)
    columns = (Col(), title, Col(), title, Col(first), Col(second))
    sides = {side.key: side for side in answer.standards}

    def clause(ref: str) -> tuple[Words, Words]:
        key, number, point = split_ref(ref)
        return (letter(sides[key]), Run(f" {number}{'#' + point if point else ''}")), answer.clauses[ref]

    rows = tuple(Entry((*clause(one.subject), *clause(one.object), one.first, one.second)) for one in answer.settle)
    return Grid(columns, rows, title=SETTLING, rest=lambda n, _: ("", counted(n, "more pair"), "", "", "", ""))
