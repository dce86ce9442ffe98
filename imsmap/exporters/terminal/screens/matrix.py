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


def screen(report: Report[MatrixAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
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
                topic.shown_number(topic.present),
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
        ((Grid(columns, rows, rest=rest),),),
        (
            "Every topic with its clauses: --all.",
            "As a workbook or a page: -o matrix.xlsx, -o matrix.html.",
            f"By clause: {command('overlap', answer.standards)}.",
            f"Mapping data {report.data_version}.",
        ),
        (_marks(answer),),
    )


def _marks(answer: MatrixAnswer) -> str:
    """Say what the marks mean that are there."""
    kins = sorted({topic.kin for topic in answer.topics}, key=lambda kin: kin.distance)
    beyond = {Kin.SAME: ", nothing beyond it", Kin.EXTENDED: ", more beyond it"}
    return "  ".join(f"{kin.glyph} {kin.word}{beyond.get(kin, '')}".replace(" ", "\u00a0") for kin in kins)
