"""The screen of a gap: points by main clause, then the clauses with most to do, and what they start from."""

from __future__ import annotations

from collections import Counter

from imsmap.analyses.gap import MET, NEW, OPEN, PARTLY, TOUCHED, GapAnswer, PointState
from imsmap.exporters.terminal.letters import cut
from imsmap.exporters.terminal.names import figure, letter
from imsmap.exporters.terminal.screen import BOLD, Col, Entry, Grid, Run, Screen, Words
from imsmap.library.model import KIND_WORDS, split_ref
from imsmap.parts import ClauseName
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import counted

_HEADS = {state: state.capitalize() for state in (PARTLY, TOUCHED, NEW, OPEN)}
_DESCRIBED = 6
"""So many of the clauses with most to do say also what there is to do."""


@frozen
class _Clause:
    """A clause with something to do, and its points of which that holds."""

    clause: ClauseName
    points: tuple[PointState, ...]

    def count(self, state: str) -> int:
        return sum(point.state == state for point in self.points)


def screen(report: Report[GapAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
    states = [state for state in _HEADS if answer.counts[state]]
    groups = [(_mains(answer, states),), (_work(answer, states),)]
    return Screen(
        report.summary,
        tuple(group for group in groups if group[0].entries),
        (
            "Each point: --all.",
            "As a work list with Who and By when: -o gap.xlsx.",
            f"Mapping data {report.data_version}.",
        ),
        tuple(_to_write(answer)),
    )


def _mains(answer: GapAnswer, states: list[str]) -> Grid:
    columns = (
        Col(right=True), Col("Clause", gives=True), Col("Points", right=True), Col("There too", right=True),
        *(Col(_HEADS[state], right=True) for state in states),
    )  # fmt: skip

    def entry(number: str, title: str, points: int, counts: dict[str, int], look: str = "") -> Entry:
        cells = (number, title, figure(points), *(figure(counts[state]) for state in (MET, *states)))
        return Entry(cells, look=look)

    rows = tuple(entry(main.number, main.title, main.points, dict(main.counts)) for main in answer.main_clauses)
    return Grid(columns, rows, (entry("", "In all", len(answer.points), dict(answer.counts), BOLD),))


def _work(answer: GapAnswer, states: list[str]) -> Grid:
    sides = {side.key: side for side in answer.standards}
    under: dict[str, list[PointState]] = {}
    for point in answer.points:
        if point.state != MET:
            under.setdefault(point.clause.ref, []).append(point)
    clauses = [_Clause(points[0].clause, tuple(points)) for points in under.values()]
    # What is new costs more than what is there in part; nobody knows what is not assessed, so it counts as new.
    clauses.sort(key=lambda one: (-one.count(NEW) - one.count(OPEN), -one.count(PARTLY), -one.count(TOUCHED)))
    columns = (
        Col(), Col("Most to do first", gives=True), *(Col(_HEADS[state], right=True) for state in states),
        Col("Start from", optional=True),
    )  # fmt: skip
    rows = []
    for at, one in enumerate(clauses):
        found = Counter(
            ref.partition("#")[0] for p in one.points for ref in (*p.met_by, *p.look_in) if split_ref(ref)[1]
        )
        start: Words = ""
        if found:
            key, number, *_ = split_ref(found.most_common(1)[0][0])
            start = (letter(sides[key]), Run(f" {number}"))
        counts = tuple(one.count(state) for state in states)
        below = _described(one.points) if at < _DESCRIBED else ""
        rows.append(Entry((one.clause.number, one.clause.name, *map(figure, counts), start), below, counts=counts))

    def rest(count: int, sums: tuple[int, ...]) -> tuple[Words, ...]:
        return ("", counted(count, "more clause"), *map(figure, sums), "")

    return Grid(columns, tuple(rows), rest=rest)


def _described(points: tuple[PointState, ...]) -> str:
    """Say what there is to do, the first thing by name."""
    first = [point.label.rstrip(".") for point in points if point.state in (NEW, OPEN)] or [points[0].label.rstrip(".")]
    told = cut(first[0], 40)
    more = len(points) - 1
    return f"{told}; {more} more" if more else told


def _to_write(answer: GapAnswer) -> list[str]:
    kinds = Counter(KIND_WORDS[p.documented] for p in answer.points if p.documented and p.state in (NEW, PARTLY, OPEN))
    told = [counted(kinds[word], word) for word in ("document", "record") if kinds[word]]
    return [f"To write down: {' and '.join(told)}, new or in part."] if told else []
