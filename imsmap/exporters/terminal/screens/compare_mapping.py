"""The screen of a mapping against ours: what misleads, what differs, what only one has, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from imsmap.analyses.compare_mapping import CompareMappingAnswer, Judged
from imsmap.exporters.terminal.names import letter
from imsmap.exporters.terminal.screen import Block, Col, Entry, Grid, Run, Screen, Words
from imsmap.library.model import split_ref
from imsmap.report import Report
from imsmap.wording import counted


def screen(report: Report[CompareMappingAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
    theirs = answer.only_theirs
    told = {(one.subject, one.object) for one in answer.false_friends}
    lists = (
        ("It pairs false friends", answer.false_friends),
        ("Both relate them, but differently", answer.differ),
        ("It says that there is none", answer.no_counterpart),
        ("Only in the file", sorted((one for one in theirs if (one.subject, one.object) not in told), key=_distance)),
        ("Only in ours", [evolve(one, why="") for one in sorted(answer.only_ours, key=_distance)]),
    )
    groups: list[tuple[Block, ...]] = [(_pairs(answer, title, pairs),) for title, pairs in lists if pairs]
    more = ["Everything: --all.", f"What agrees: --table agree ({len(answer.agree)}).", "As a file: -o mapping.xlsx."]
    left = f"{counted(len(answer.not_compared), 'pair')} could not be compared: --table not_compared."
    return Screen(
        report.summary,
        tuple(groups),
        (*more, f"Mapping data {report.data_version}."),
        (left,) if answer.not_compared else (),
    )


def _distance(one: Judged) -> int:
    return 0 if one.kin is None else one.kin.distance


def _pairs(answer: CompareMappingAnswer, title: str, pairs: Sequence[Judged]) -> Grid:
    columns = (
        Col(), Col(gives=True, least=16), Col(), Col(gives=True, least=16), Col("They say", optional=True),
        Col("We say"),
    )  # fmt: skip
    rows = tuple(
        Entry(
            (
                *_clause(answer, one.subject),
                *_clause(answer, one.object),
                one.theirs or "",
                "" if one.kin is None else one.kin.word,
            ),
            # A reason that holds for several stands once, below the first of them.
            "" if at and one.why == pairs[at - 1].why else one.why,
        )
        for at, one in enumerate(pairs)
    )
    empty = ("",) * (len(columns) - 2)
    return Grid(columns, rows, title=title, rest=lambda n, _: ("", counted(n, "more pair"), *empty))


def _clause(answer: CompareMappingAnswer, ref: str) -> tuple[Words, Words]:
    key, number, point = split_ref(ref)
    side = next(side for side in answer.standards if side.key == key)
    return (letter(side), Run(f" {number}{'#' + point if point else ''}")), answer.names[ref]
