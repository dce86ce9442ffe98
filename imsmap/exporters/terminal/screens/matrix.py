"""The screen of a matrix: the topics with most beyond the core first, what each standard adds, and what to do."""

from __future__ import annotations

from imsmap.analyses.matrix.answer import MatrixAnswer, Topic
from imsmap.exporters.terminal import names
from imsmap.exporters.terminal.names import command, figure
from imsmap.exporters.terminal.screen import Col, Entry, Grid, Screen, Words
from imsmap.library.model import Kin
from imsmap.plain import unmarked
from imsmap.report import Report
from imsmap.wording import counted

_AT_ONCE = 6
"""So many standards stand side by side on the narrowest screen."""


def screen(report: Report[MatrixAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
    if answer.standards_only:
        return _of_clauses(report)
    keys = [side.key for side in answer.standards]

    listed = [side for side in answer.standards if side.key in answer.counted]

    def adds(topic: Topic) -> tuple[int, ...]:
        return tuple(answer.added(topic, side.key) for side in listed)

    columns = (
        Col(), Col(), Col("Most beyond the core first" if listed else "Topic", gives=True),
        *(
            Col(names.adds(side, answer.standards), right=True, optional=len(keys) > 2, together=True)
            for side in listed
        ),
        Col("What to do", optional=True),
    )  # fmt: skip
    rows = tuple(
        Entry(
            (
                topic.kin.glyph,
                answer.number_of(topic, topic.present),
                unmarked(topic.title),
                *(figure(count, "+") for count in adds(topic)),
                topic.advice,
            ),
            counts=adds(topic),
        )
        for topic in sorted(answer.topics, key=lambda one: -sum(adds(one)))
    )

    def rest(count: int, sums: tuple[int, ...]) -> tuple[Words, ...]:
        return ("", "", counted(count, "more topic"), *(figure(one, "+") for one in sums), "")

    return Screen(
        report.summary,
        ((Grid(columns, rows, rest=rest, whole=True),),),
        (
            "Every topic with its clauses: --all.",
            "As a workbook or a page: -o matrix.xlsx, -o matrix.html.",
            f"By clause: {command('overlap', answer.standards)}.",
            f"Mapping data {report.data_version}.",
        ),
        (_marks(answer),),
    )


def _of_clauses(report: Report[MatrixAnswer]) -> Screen:
    """Lay out where each standard speaks of a topic, in the order of the topics."""
    answer = report.answer
    columns = (
        Col(), Col("Topic", gives=True),
        *(Col(side.label, optional=place >= _AT_ONCE) for place, side in enumerate(answer.standards)),
    )  # fmt: skip
    close = len(answer.standards) > _AT_ONCE
    rows = tuple(
        Entry(
            (
                topic.kin.glyph,
                (topic.short if close else "") or unmarked(topic.title),
                *(_numbers(topic, side.key, close=close) for side in answer.standards),
            )
        )
        for topic in answer.topics
    )

    def rest(count: int, _: tuple[int, ...]) -> tuple[Words, ...]:
        return ("", counted(count, "more topic"), *("" for _ in answer.standards))

    return Screen(
        report.summary,
        ((Grid(columns, rows, rest=rest, gap=1 if close else 2, whole=True),),),
        (
            "Every topic: --all.",
            "As a workbook: -o matrix.xlsx.",
            f"What each adds: {command('matrix', answer.standards)}.",
            f"Mapping data {report.data_version}.",
        ),
        (_marks(answer) + ("  + and further clauses".replace(" ", "\u00a0") if close else ""),),
    )


def _numbers(topic: Topic, key: str, *, close: bool) -> str:
    """Name the clauses of a standard at home in a topic: the only one, or the first and how many more.

    close: where there is no room for how many more, a sign says that there are.
    """
    home = topic.clauses.get(key, ())
    if not home:
        return "."
    if close:
        return home[0].number + ("+" if len(home) > 1 else "")
    return home[0].number + (f" +{len(home) - 1}" if len(home) > 1 else "")


def _marks(answer: MatrixAnswer) -> str:
    """Say what the marks mean that are there."""
    kins = sorted({topic.kin for topic in answer.topics}, key=lambda kin: kin.distance)
    beyond = {Kin.SAME: ", nothing beyond it", Kin.EXTENDED: ", more beyond it"}
    return "  ".join(f"{kin.glyph} {kin.word}{beyond.get(kin, '')}".replace(" ", "\u00a0") for kin in kins)
