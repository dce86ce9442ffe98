"""The screen of coverage: core points by main clause, those that are missing by name, and who covers whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsmap.analyses.coverage import CoverageAnswer, HubClause
from imsmap.exporters.terminal.names import figure, letter
from imsmap.exporters.terminal.screen import BOLD, Block, Col, Entry, Grid, Screen
from imsmap.reasoning.coverage import POINT, Coverage
from imsmap.report import Report, Side

_PAIR = 2


def screen(report: Report[CoverageAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
    sides = {side.key: side for side in answer.standards}
    groups: list[tuple[Block, ...]] = [(_clauses(answer),)] if answer.held else []
    points = [entry for entry in answer.coverage if entry.unit == POINT]
    if points:
        groups.append((_of_each(answer, points) if len(points) > _PAIR else _both_ways(sides, points),))
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


def _both_ways(sides: Mapping[str, Side], points: Sequence[Coverage]) -> Grid:
    columns = (
        Col("Points of", gives=True), Col("Have a counterpart in", gives=True), Col("n", right=True), Col("of"),
        Col("Related", right=True),
    )  # fmt: skip
    rows = tuple(
        Entry((sides[one.of].designation, sides[one.by].designation, figure(one.n), str(one.m), figure(one.related)))
        for one in points
    )
    return Grid(columns, rows)


def _of_each(answer: CoverageAnswer, points: Sequence[Coverage]) -> Grid:
    """Set out, for each standard in a row, how many of its points have a counterpart in which other."""
    found = {(one.of, one.by): figure(one.n) for one in points}
    sides = [side for side in answer.standards if not side.by_clause]
    columns = (
        Col(), Col("Points with a counterpart in", gives=True), Col("Of", right=True),
        *(Col(side.label, right=True) for side in sides),
    )  # fmt: skip
    rows = tuple(
        Entry(
            (
                (letter(of),),
                of.designation,
                figure(of.points),
                *(found.get((of.key, by.key), "") for by in sides),
            )
        )
        for of in sides
    )
    return Grid(columns, rows)


def _clauses(answer: CoverageAnswer) -> Grid:
    """Set out the clauses of which some standard lacks a point, and sum up the rest."""
    sides = [side for side in answer.standards if side.key in answer.held]
    keys = [side.key for side in sides]

    def lacking(clause: HubClause) -> bool:
        return any(clause.held[key] < clause.core_points for key in keys)

    columns = (
        Col(), Col("Where core points are missing", gives=True), Col("Core", right=True),
        *(Col(side.label, right=True) for side in sides),
    )  # fmt: skip

    def entry(number: str, title: str, clauses: list[HubClause], look: str = "") -> Entry:
        held = (figure(sum(clause.held[key] for clause in clauses)) for key in keys)
        return Entry((number, title, figure(sum(clause.core_points for clause in clauses)), *held), look=look)

    rows = [entry(one.number, one.title, [one]) for one in answer.clauses if lacking(one)]
    whole = [one for one in answer.clauses if not lacking(one)]
    total = entry("", "In all", list(answer.clauses), BOLD)
    rest = [entry("", f"{len(whole)} more clauses, all held", whole)] if whole else []
    return Grid(columns, (*rows, *rest), (total,))
