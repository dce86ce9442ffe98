"""The screen of a comparison: what standards are for, turned round since it is told in sentences, then their size."""

from __future__ import annotations

from imsmap.analyses.compare import CompareAnswer
from imsmap.exporters.terminal.names import figure, letter
from imsmap.exporters.terminal.screen import Block, Col, Entry, Grid, Run, Screen, Text
from imsmap.report import Report, Side, reads

_ASPECTS = ("purpose", "benefits", "focus", "certified")
_ROOM = 8
"""So many sentences leave room for the rest of the screen."""


def screen(report: Report[CompareAnswer]) -> Screen:
    """Lay it out."""
    sides = [one.side for one in report.answer.standards]
    cells_of = {row.id: row.cells for row in report.table("sides").rows}
    wide = max(len(side.label) for side in sides)
    groups: list[tuple[Block, ...]] = []
    blocks: list[Block] = []
    for aspect in _ASPECTS[: max(1, _ROOM // len(sides))]:
        cells = cells_of.get(aspect, ())
        # Of a standard without a profile the data tell nothing of the kind.
        known = zip(report.answer.standards, cells[1:], strict=True)
        words = [(one.side, reads(cell, " ")) for one, cell in known if one.profile is not None]
        if not words:
            continue
        blocks.append(Text(reads(cells[0]), look="dim"))
        same: dict[str, list[Side]] = {}
        for side, text in words:
            same.setdefault(text, []).append(side)
        for text, several in same.items():
            # Editions of a standard are for the same.
            told = [part for side in several for part in (letter(side), Run(" "))]
            gap = " " * max(wide + 1 - sum(len(run.text) for run in told), 1)
            blocks.append(Text(text, (*told, Run(gap))))
    groups += [tuple(blocks)] if blocks else []
    groups.append((_sizes(report.answer),))
    return Screen(
        report.summary or report.message,
        tuple(groups),
        ("Every aspect, and what only each has: --all.", "As a file: -o compare.xlsx."),
    )


def _sizes(answer: CompareAnswer) -> Grid:
    """Set out how many points each main clause has."""
    listed = [one for one in answer.standards if not one.side.by_clause]
    counts = {one.side.key: {main.number: main for main in one.main_clauses} for one in listed}
    titles = {number: main.title for mains in counts.values() for number, main in mains.items()}
    letters = [one.side.label for one in answer.standards if one.side.key in counts]
    columns = (Col(right=True), Col("Points by clause", gives=True), *(Col(label, right=True) for label in letters))
    rows = tuple(
        Entry((number, title, *(figure(mains[number].points if number in mains else 0) for mains in counts.values())))
        for number, title in titles.items()
    )
    return Grid(columns, rows)
