"""The screen of an overlap: the three numbers by main clause, who stands alone, which numbers mislead."""

from __future__ import annotations

from imsmap.analyses.overlap import OverlapAnswer
from imsmap.exporters.terminal.names import adds, by_side, command, figure
from imsmap.exporters.terminal.screen import BOLD, Block, Col, Entry, Grid, Screen, Text, Words
from imsmap.library.model import Kin, number_key
from imsmap.report import Report
from imsmap.wording import together


def screen(report: Report[OverlapAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
    pairs = sum(len(pair.links) for pair in answer.pairs)
    return Screen(
        report.summary,
        ((_mains(answer),), _names(answer)),
        (
            f"All {pairs} pairs: --all.",
            "As a file: -o overlap.xlsx.",
            "One pair: imsmap explain CLAUSE CLAUSE.",
            f"Mapping data {report.data_version}.",
        ),
    )


def _mains(answer: OverlapAnswer) -> Grid:
    unknown = answer.topics.not_assessed
    several = len(answer.standards) > 2
    core = ("Core: all", "some") if several else ("Core",)
    counted = [side for side in answer.standards if side.key in answer.shares.counted]
    columns = (
        Col(right=True),
        Col("Clause", gives=True),
        *(Col(head, right=True) for head in ("Topics", *core, "Related", "Alone")),
        *((Col(Kin.NOT_ASSESSED.word.capitalize(), right=True),) if unknown else ()),
        *(Col(adds(side, answer.standards), right=True, optional=True, together=True) for side in counted),
    )
    mains = [*((main.number, main.title, (main.number,)) for main in answer.main_clauses), ("", "In all", None)]
    rows = []
    for number, title, under in mains:
        tally = answer.shares.tally(under)
        shared = (tally.core_of_all, tally.core_of_some) if several else (tally.core,)
        counts = [tally.total, *shared, tally.related, tally.by_themselves]
        counts += [tally.not_assessed] if unknown else []
        beyond: list[Words] = [figure(answer.shares.adds(side.key, under) or 0, "+") for side in counted]
        cells: tuple[Words, ...] = (number, title, *map(figure, counts), *beyond)
        rows.append(Entry(cells, look="" if under else BOLD))
    return Grid(columns, tuple(rows[:-1]), (rows[-1],), whole=True)


def _names(answer: OverlapAnswer) -> tuple[Block, ...]:
    named = {
        keys: ", ".join(f"{topic.number}\u00a0{topic.title}" for topic in topics)
        for keys, topics in answer.alone.items()
    }
    blocks: list[Block] = [*by_side("Alone", answer.standards, [named.pop((one.key,), "") for one in answer.standards])]
    labels = {side.key: side.label for side in answer.standards}
    for keys, words in named.items():
        told = f"{together(labels[key] for key in keys)} {words}"
        blocks.append(Text(told, f"{'' if blocks else 'Alone':5}  "))
    numbers = sorted({friend.number for pair in answer.pairs for friend in pair.false_friends}, key=number_key)
    if numbers:
        ask = command("friends", answer.standards)
        blocks.append(Text(f"{',  '.join(numbers)}  ({ask})".replace(",  ", "  "), "Same number, other duty  "))
    return tuple(blocks)
