"""The screen of a decision: the answer with its reasons, what pulls, what would change it, what to find out first."""

from __future__ import annotations

from collections.abc import Sequence

from imsmap.analyses.choose.answer import ChooseAnswer, Obligation, Weighed
from imsmap.analyses.choose.words import held_words
from imsmap.decision.rules import COUNTS, MOST_SCORE, MOST_WEIGHT, UNDECIDED, Case
from imsmap.exporters.terminal.letters import cut
from imsmap.exporters.terminal.names import figure, letter
from imsmap.exporters.terminal.screen import Block, Col, Entry, Grid, Screen, Text
from imsmap.report import Report
from imsmap.wording import counted, listed

_FIRST = 3
"""So many things to find out are named, and so many changes."""
_TWO_LINES = 150


def screen(report: Report[ChooseAnswer]) -> Screen:
    """Lay it out; who is obliged need not weigh."""
    answer = report.answer
    groups: list[tuple[Block, ...]] = [tuple(Text(reason) for reason in answer.reasons[1:])]
    if answer.gates or answer.case.held:
        groups.append(_obliges(answer.gates, answer.case))
    if not answer.by_gate:
        if any(one.given.score is not None for one in answer.criteria):
            groups += [(_pulls(answer),), _criteria(answer)]
        groups.append(_turns(answer))
    groups.append(_find_out(answer))
    return Screen(
        report.summary,
        tuple(group for group in groups if group),
        (
            "Evidence, and what each brings to the other: --all.",
            "As a file: -o choose.xlsx.",
            "For the director: imsmap brief.",
        ),
        (*(cut(doubt, _TWO_LINES) for doubt in answer.doubts[:_FIRST]), *((answer.newer,) if answer.newer else ())),
    )


def _obliges(gates: Sequence[Obligation], case: Case) -> tuple[Block, ...]:
    """Tell in sentences what else obliges, and what is held; what decides is told by the reasons."""
    told = [Text(one.sentence) for one in gates if not one.decides]
    told += [
        Text(f"{held_words(case, one)}{f', until {one.until.isoformat()}' if one.until else ''}.") for one in case.held
    ]
    return tuple(told)


def _pulls(answer: ChooseAnswer) -> Grid:
    columns = (Col(), Col("Pull toward", gives=True), Col(f"Of {MOST_SCORE}", right=True), Col())
    rows = []
    for side in answer.case.sides:
        pull = answer.outcome.pulls[side]
        low, high = (f"{float(one):.1f}" for one in (pull.low, pull.high))
        counts = "counts" if pull.low >= COUNTS else "does not count" if pull.high < COUNTS else "may count"
        span = low if low == high else f"{low} to {high}"
        rows.append(Entry(((letter(answer.standards[side]),), answer.named[side], span, counts)))
    return Grid(columns, tuple(rows))


def _criteria(answer: ChooseAnswer) -> tuple[Block, ...]:
    """Tell what was scored, what pulls most first, and name what nobody knows."""
    columns = (
        Col(), Col("What pulls most first", gives=True), Col(f"Score, of {MOST_SCORE}", right=True),
        Col(f"Weight, of {MOST_WEIGHT}", right=True),
    )  # fmt: skip
    scored = [one for one in answer.criteria if one.given.score is not None and one.criterion.side]
    scored.sort(key=lambda one: -(one.given.score or 0) * one.given.weight)
    rows = tuple(_row(answer, one) for one in scored)
    unknown = [one.criterion.title for one in answer.criteria if one.given.score is None]
    grid = Grid(columns, rows, rest=lambda n, _: ("", counted(n, "more criterion", "more criteria"), "", ""), least=4)
    blocks: list[Block] = [grid] if rows else []
    if unknown:
        blocks.append(Text(f"{', '.join(unknown)}", "Not known  ", look="dim"))
    return tuple(blocks)


def _row(answer: ChooseAnswer, one: Weighed) -> Entry:
    side = answer.standards[one.criterion.side or ""]
    return Entry(((letter(side),), one.criterion.title, figure(one.given.score or 0), figure(one.given.weight)))


def _turns(answer: ChooseAnswer) -> tuple[Block, ...]:
    """Tell which single change gives another answer."""
    if answer.answer == UNDECIDED:
        return ()
    told: list[Block] = [
        Text(
            f"{turn.title}, {turn.change.what} {turn.change.after} instead of {turn.change.before}: "
            f"then {turn.change.answer}",
            "Would change it  " if not at else " " * 17,
        )
        for at, turn in enumerate(answer.flips[:_FIRST])
    ]
    lacking = [f"no single {what}" for what in ("weight", "score") if what not in {t.change.what for t in answer.flips}]
    if lacking:
        told.append(Text(f"Changed alone, {listed(lacking)} gives another answer."))
    return tuple(told)


def _find_out(answer: ChooseAnswer) -> tuple[Block, ...]:
    return tuple(
        Text(f"{one.what} {one.find}", "Find out first  " if not at else " " * 16)
        for at, one in enumerate(answer.deciding[:_FIRST])
    )
