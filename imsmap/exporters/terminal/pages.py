"""A document of a few pages as a terminal shows it: headings, wrapped paragraphs, small tables cut to the width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imsmap.brief.model import (
    BOX,
    Bars,
    Brief,
    Bullets,
    Choices,
    Columns,
    Numbers,
    Section,
    Stacks,
    Strip,
    Units,
    Words,
)
from imsmap.brief.model import Block as Told
from imsmap.brief.model import Grid as Table
from imsmap.brief.model import Run as Part
from imsmap.exporters.terminal.letters import measure
from imsmap.exporters.terminal.screen import BOLD, DIM, Block, Col, Entry, Grid, Run, Screen, Text, bold, dim, said
from imsmap.wording import in_words

_WIDEST = 100
"""Longer lines of prose are hard to follow."""
_DATED, _NARROW = 14, 20
"""Percent of a table's width, up to which a column holds a date or a number, and a name."""


def document(brief: Brief, width: int, *, painted: bool = False) -> bytes:
    """Write it, wrapped to the width in characters; painted: for a terminal that shows bold."""
    head = (_text(brief.title, look=BOLD), _text(brief.subtitle, look=DIM))
    groups = (head, *map(_section, brief.sections), (_text(brief.foot, look=DIM),))
    lines = Screen("", tuple(tuple(group) for group in groups)).lines(min(width, _WIDEST), None)
    if painted:
        from imsmap.exporters.terminal.paint import painted as paint

        return paint(lines).encode("utf-8", "replace")
    return "".join(f"{said(line).rstrip()}\n" for line in lines).encode("utf-8", "replace")


def _section(section: Section) -> tuple[Block, ...]:
    heading = (_text(section.heading, look=BOLD),) if section.heading else ()
    return (*heading, *(shown for block in section.blocks for shown in _block(block)))


def _text(words: str, hangs: str = "", look: str = "") -> Text:
    # Runs, since in what somebody wrote two stars are two stars.
    return Text((Run(words),), (Run(hangs),) if hangs else (), look)


def _block(block: Told) -> Iterator[Block]:
    if isinstance(block, Words):
        yield _text(block.text, look=BOLD if block.strong else "")
    elif isinstance(block, Bullets):
        for item in block.items:
            yield _text(item, "- ")
    elif isinstance(block, Choices):
        for number, one in enumerate(block.items, 1):
            yield _text(one.what, f"{number}  ", BOLD)
            yield _text(one.why, "   ")
            day = f"by {in_words(one.by)}" if one.by else "by ____________"
            yield _text(f"{day}   {BOX}\u00a0yes   {BOX}\u00a0no".replace("   ", "\u00a0\u00a0\u00a0"), "   ")
    elif isinstance(block, Table) and block.widths:
        yield from _table(block)
    elif isinstance(block, Table):
        widest = max((len(row[0]) for row in block.rows), default=0)
        for row in block.rows:
            yield _text("  ".join(row[1:]), f"{row[0]:<{widest}}  ")
    else:
        yield _figures(block)


def _table(block: Table) -> Iterator[Block]:
    """Set a table with columns of words: what is short on a line, the words whole below it; what is late is bold.

    Names stand last on their line, where a narrow screen cuts.
    """
    short = [at for at, width in enumerate(block.widths) if width <= _NARROW]
    short.sort(key=lambda at: block.widths[at] > _DATED)
    wide = {at: max((measure(row[at]) for row in block.rows), default=0) for at in short}
    several = len(block.widths) - len(short) > 1
    for number, row in enumerate(block.rows):
        line = "  ".join(row[at] + " " * (wide[at] - measure(row[at])) for at in short).rstrip()
        yield _text(line.replace(" ", "\u00a0"), look=BOLD if number in block.alert else "")
        for at, words in enumerate(row):
            if at not in short:
                yield _text(f"{block.head[at]}: {words}" if several else words, "   ")


def _stacks(block: Stacks) -> Grid:
    """Say of each bar how many of how many it is filled, beside each other what one label has."""
    letters = list(dict.fromkeys(bar.letter for _, bars in block.rows for bar in bars))
    alone = any(len(bars) == 1 for _, bars in block.rows) and "" in letters
    columns = [""] if alone else letters
    word = block.tones[block.counted].word.lower()
    heads = (Col(gives=True), *(Col(f"{letter} {word}".strip(), right=True) for letter in columns))
    rows = []
    for label, bars in block.rows:
        found = {"" if alone else bar.letter: bar for bar in bars}
        cells = (
            f"{found[one].counts[block.counted]} of {found[one].total:>3}" if one in found else "." for one in columns
        )
        rows.append(Entry(((Run(label),), *cells)))
    return Grid(heads, tuple(rows))


def _figures(block: Strip | Units | Bars | Numbers | Stacks | Columns) -> Grid:
    """Say in figures what a small picture shows."""
    if isinstance(block, Numbers):
        told = [(bold(str(one.n)), dim(f"of {one.m}"), Run(one.label)) for one in block.items]
        return Grid(
            (Col(right=True), Col(), Col(gives=True)), tuple(Entry(tuple((run,) for run in row)) for row in told)
        )
    if isinstance(block, Stacks):
        return _stacks(block)
    if isinstance(block, Columns):
        heads = (Col(gives=True), *(Col(tone.word, right=True) for tone in block.tones), Col("in all", right=True))
        return Grid(
            heads,
            tuple(
                Entry(((Run(" ".join(label.split("\n"))),), *(str(count or ".") for count in counts), str(sum(counts))))
                for label, counts in zip(block.labels, block.counts, strict=True)
            ),
        )
    if isinstance(block, Strip):
        numbers = [(bold(str(count)), dim(f"of {block.total}"), Run(word)) for count, word in block.numbers]
        return Grid(
            (Col(right=True), Col(), Col(gives=True)), tuple(Entry(tuple((run,) for run in row)) for row in numbers)
        )
    if isinstance(block, Bars):
        return Grid(
            (Col(gives=True), Col("n", right=True), Col("of", right=True)),
            tuple(Entry(((Run(part.label),), str(part.n), str(part.m))) for part in block.parts),
        )
    kinds = [
        kind for kind in ("core", "related", "alone", "unknown") if any(_count(runs, kind) for _, runs in block.rows)
    ]
    return Grid(
        (Col(gives=True), *(Col(kind, right=True) for kind in kinds)),
        tuple(Entry(((Run(name),), *(str(_count(runs, kind) or ".") for kind in kinds))) for name, runs in block.rows),
    )


def _count(runs: Sequence[Part], kind: str) -> int:
    return sum(run.count for run in runs if run.kind == kind)
