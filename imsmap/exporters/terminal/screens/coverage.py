"""The screen of coverage: core points by main clause, those that are missing by name, and who covers whom."""

from __future__ import annotations

from imsmap.analyses.coverage import CoverageAnswer, HubClause
from imsmap.exporters.terminal.names import figure
from imsmap.exporters.terminal.screen import BOLD, Block, Col, Entry, Grid, Screen
from imsmap.reasoning.coverage import POINT
from imsmap.report import Report


def screen(report: Report[CoverageAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
    sides = {side.key: side for side in answer.standards}
    groups: list[tuple[Block, ...]] = [(_clauses(answer),)]
    points = [entry for entry in answer.coverage if entry.unit == POINT]
    if points:
        columns = (
            Col("Points of", gives=True),
            Col("Have a counterpart in", gives=True),
            Col("n", right=True),
            Col("of"),
        )
        rows = tuple(
            Entry((sides[one.of].designation, sides[one.by].designation, figure(one.n), str(one.m))) for one in points
        )
        groups.append((Grid(columns, rows),))
    return Screen(
        report.summary,
        tuple(groups),
        (
            "Every clause: --all.",
            "What is missing, in words: --table missing.",
            "As a file: -o coverage.xlsx.",
            f"Mapping data {report.data_version}.",
        ),
    )


def _clauses(answer: CoverageAnswer) -> Grid:
    """Set out the clauses of which some standard lacks a point, and sum up the rest."""
    keys = [side.key for side in answer.standards]

    def lacking(clause: HubClause) -> bool:
        return any(clause.held[key] < clause.core_points for key in keys)

    columns = (
        Col(), Col("Where core points are missing", gives=True), Col("Core", right=True),
        *(Col(side.label, right=True) for side in answer.standards),
    )  # fmt: skip

    def entry(number: str, title: str, clauses: list[HubClause], look: str = "") -> Entry:
        held = (figure(sum(clause.held[key] for clause in clauses)) for key in keys)
        return Entry((number, title, figure(sum(clause.core_points for clause in clauses)), *held), look=look)

    rows = [entry(one.number, one.title, [one]) for one in answer.clauses if lacking(one)]
    whole = [one for one in answer.clauses if not lacking(one)]
    total = entry("", "In all", list(answer.clauses), BOLD)
    rest = [entry("", f"{len(whole)} clauses of which every point is held", whole)] if whole else []
    return Grid(columns, (*rows, *rest), (total,))
