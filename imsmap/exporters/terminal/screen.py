"""An answer as one screen: what it says first, tables cut to the width, names, and how to get more.

A screen is laid out as lines of runs, plain or painted; whoever pipes an answer gets the same lines without any paint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import evolve, field

from imsmap.exporters.terminal.letters import CUT, cut, measure
from imsmap.plain import legible, legible_line
from imsmap.values import frozen

MOST_LINES = 36
"""What fits one screen of 40 lines, with the remarks that stand behind an answer."""
NARROWEST = 20
_GAP = "  "
_ISO = re.compile(r"\bISO (?=[0-9])")
BOLD, DIM = "bold", "dim"


@frozen
class Run:
    """Some words that look alike: plain, `bold`, `dim`, or as the letter of a discipline's accent (`#0072B2`)."""

    text: str
    look: str = ""


Line = tuple[Run, ...]
Words = str | Line
"""Text in which `**words**` are bold, or runs."""


def bold(text: str) -> Run:
    """Say something in bold."""
    return Run(text, BOLD)


def dim(text: str) -> Run:
    """Say something dimly."""
    return Run(text, DIM)


def runs(words: Words, look: str = "") -> Line:
    """Read `**words**` as bold, the rest as it should look; runs stay as they are, but for what has no look."""
    if not isinstance(words, str):
        return tuple(evolve(run, look=run.look or look) for run in words)
    return tuple(
        Run(part, BOLD if at % 2 else look) for at, part in enumerate(words.split("**")) if part
    )  # fmt: skip


def said(line: Iterable[Run]) -> str:
    """Give a line's words without their look."""
    return "".join(run.text for run in line)


@frozen
class Text:
    """A paragraph, wrapped; what hangs stands before it, and its further lines begin behind that."""

    words: Words
    hangs: Words = ""
    look: str = ""

    def lines(self, width: int) -> list[Line]:
        """Wrap it."""
        first = runs(self.hangs)
        indent = measure(said(first))
        if indent > width // 2:
            return [*Text(self.hangs).lines(width), *Text(self.words, "  ", self.look).lines(width)]
        found: list[Line] = []
        line: list[Run] = list(first)
        used = indent
        for at, word in enumerate(_words(runs(self.words, self.look))):
            wide = measure(said(word))
            blank = 1 if at and used > indent else 0
            if used > indent and used + blank + wide > width:
                found.append(tuple(line))
                line, used, blank = [Run(" " * indent)] if indent else [], indent, 0
            if blank:
                line.append(Run(" ", line[-1].look if line[-1].look == word[0].look else ""))
            if wide > width - used and used <= indent:
                word = tuple(Run(cut(run.text, width - used), run.look) for run in word[:1])
                wide = measure(said(word))
            line += word
            used += blank + wide
        found.append(tuple(line))
        return [one for one in found if said(one).strip()]


def _legible(text: str, held: str = " ") -> str:
    """Write on one line what a terminal may show; held: what a no-break blank becomes."""
    return legible(text).replace("\n", " ").replace("\t", " ").replace("\u00a0", held)


def _words(line: Line) -> list[Line]:
    """Cut into words at blanks; a word may go on from one run to the next, and a no-break blank holds two together."""
    found: list[list[Run]] = [[]]
    for run in line:
        # ISO and its number stay together.
        for at, part in enumerate(_ISO.sub("ISO\u00a0", _legible(run.text, "\u00a0")).split(" ")):
            if at and found[-1]:
                found.append([])
            if part:
                found[-1].append(Run(part.replace("\u00a0", " "), run.look))
    return [tuple(word) for word in found if word]


@frozen
class Col:
    """A column: its head, whether numbers stand in it, and whether it gives way where the line is too narrow.

    least: what a column that gives way keeps. optional: it goes first, from the last on; together: with all others that
    do, since a part of them would read as the whole.
    """

    head: str = ""
    right: bool = False
    gives: bool = False
    least: int = 12
    optional: bool = False
    together: bool = False


@frozen
class Entry:
    """A row; below: a dim second line under the column that gives way. counts: what a line for the rest adds up."""

    cells: tuple[Words, ...]
    below: Words = ""
    look: str = ""
    counts: tuple[int, ...] = ()


@frozen
class Grid:
    """A table: rows cut to the width; those that find no room on the screen become one line.

    title: stands before the heads, or above them. rest: says how many more there are, given how many and what they
    sum to, as cells. total: rows that always stay.
    """

    columns: tuple[Col, ...]
    entries: tuple[Entry, ...]
    total: tuple[Entry, ...] = ()
    title: str = ""
    rest: Callable[[int, tuple[int, ...]], tuple[Words, ...]] | None = None
    least: int = 3
    closed: bool = False
    """Whether it stands right under what is before it."""
    gap: int = len(_GAP)
    """Blanks between columns."""
    whole: bool = False
    """Whether the columns that find no room are named below it."""

    def lines(self, width: int, most: int | None = None) -> list[Line]:
        """Lay it out; most: as many of its rows as that."""
        shown = self.entries if most is None else self.entries[:most]
        hidden = self.entries[len(shown) :]
        bottom = list(self.total)
        if hidden and self.rest is not None:
            sums = tuple(sum(column) for column in zip(*(one.counts for one in hidden), strict=True))
            bottom.insert(0, Entry(self.rest(len(hidden), sums), look=DIM))
        rows = [*shown, *bottom]
        every = [at for at in range(len(self.columns)) if any(said(runs(row.cells[at])) for row in rows)]
        columns, widths = self._fit(every, rows, width)
        lines: list[Line] = []
        if any(self.columns[at].head for at in columns):
            heads: tuple[Words, ...] = tuple(column.head for column in self.columns)
            lines.append(self._line(heads, columns, widths, DIM))
        if self.title:
            lines = self._titled(lines, width)
        for row in rows:
            lines.append(self._line(row.cells, columns, widths, row.look))
            if row.below:
                at = next((at for at in columns if self.columns[at].gives), columns[0])
                indent = sum(widths[one] + self.gap for one in columns if one < at)
                words = runs(row.below, DIM)
                lines.append((Run(" " * indent), *_fitted(words, width - indent)))
        lost = [self.columns[at].head for at in every if at not in columns] if self.whole else []
        if lost:
            told = f"No room for {', '.join(lost)}: a wider window, --all or a file shows all."
            lines += Text(told, look=DIM).lines(width)
        return lines

    def _fit(self, columns: list[int], rows: Sequence[Entry], width: int) -> tuple[list[int], dict[int, int]]:
        """Choose the columns that find room and their widths; none is cut within a word while an optional one stays."""
        columns = list(columns)
        while True:
            widths = {at: self._wants(at, rows) for at in columns}
            spare = width - sum(widths.values()) - self.gap * (len(columns) - 1)
            giving = [at for at in columns if self.columns[at].gives]
            optional = [at for at in columns if self.columns[at].optional]
            for words in (True, False):
                least = {at: self._least(at, rows, widths[at], words) for at in giving}
                if -spare <= sum(widths[at] - least[at] for at in giving):
                    return columns, _given_way(widths, least, spare)
                if optional:
                    break
            if len(columns) == 1:
                return columns, {columns[0]: min(widths[columns[0]], width)}
            last = (optional or columns)[-1]
            together = [at for at in columns[1:] if self.columns[at].together]
            columns = [at for at in columns if at not in (together if last in together else [last])]

    def _least(self, at: int, rows: Sequence[Entry], wanted: int, words: bool) -> int:
        least = self.columns[at].least
        if words:
            for text in (legible_line(said(runs(row.cells[at]))) for row in rows):
                first, _, rest = text.partition(" ")
                least = max(least, measure(first) + (len(CUT) if rest else 0))
        return min(wanted, least)

    def _titled(self, heads: list[Line], width: int) -> list[Line]:
        """Put the title before the heads where these leave room."""
        words = "".join(map(said, heads))
        room = measure(words) - measure(words.lstrip())
        if measure(self.title) + len(_GAP) > room:
            return [*Text(self.title, look=BOLD).lines(width), *heads]
        return [(bold(self.title), Run(" " * (room - measure(self.title))), dim(words.lstrip()))]

    def _wants(self, at: int, rows: Sequence[Entry]) -> int:
        texts = [said(runs(row.cells[at])) for row in rows]
        return max([measure(legible_line(text)) for text in texts] + [measure(self.columns[at].head)])

    def _line(self, cells: Sequence[Words], columns: Sequence[int], widths: Mapping[int, int], look: str) -> Line:
        line: list[Run] = []
        for place, at in enumerate(columns):
            cell = _fitted(runs(cells[at], look), widths[at])
            blank = Run(" " * (widths[at] - measure(said(cell))))
            line += [Run(" " * self.gap)] if place else []
            line += (blank, *cell) if self.columns[at].right else (*cell, blank)
        while line and not line[-1].text.strip():
            line.pop()
        return tuple(run for run in line if run.text)


def _given_way(widths: Mapping[int, int], least: Mapping[int, int], spare: int) -> dict[int, int]:
    """Take what is lacking from the widest of the columns that give way, and so on."""
    found = dict(widths)
    while spare < 0:
        at = max(least, key=lambda one: found[one] - least[one])
        step = min(-spare, max(1, found[at] - max((found[o] for o in least if o != at), default=least[at])))
        step = min(step, found[at] - least[at])
        found[at] -= step
        spare += step
    return found


def _fitted(words: Line, room: int) -> Line:
    """Cut runs at a word to the room."""
    clean = tuple(Run(_legible(run.text), run.look) for run in words)
    if measure(said(clean)) <= room:
        return clean
    found: list[Run] = []
    for run in clean:
        wide = measure(run.text)
        if wide > room or run is clean[-1]:
            found.append(Run(cut(run.text, max(room, 1)), run.look))
            break
        found.append(run)
        room -= wide
    return tuple(found)


Block = Text | Grid


@frozen
class Screen:
    """What an answer shows on one screen.

    summary: the answer in a sentence or two, with what counts in bold. blocks: what follows, in groups with a line
    between. more: what there is besides, and how to get it.
    """

    summary: str
    groups: tuple[tuple[Block, ...], ...]
    more: tuple[str, ...] = ()
    remarks: tuple[str, ...] = field(default=())

    def lines(self, width: int, most: int | None = MOST_LINES) -> list[Line]:
        """Lay it out for a width; tables that can say how much more there is give way until it fits."""
        width = max(width, NARROWEST)
        every = [
            (at, block)
            for at, block in enumerate(block for group in self.groups for block in group)
            if isinstance(block, Grid) and block.rest is not None
        ]
        # A table that has more rows than a screen has lines need not be laid out whole, nor row by row less, to see it.
        keep = {} if most is None else {
            at: max(most, block.least) for at, block in every if len(block.entries) > max(most, block.least) + 1
        }  # fmt: skip
        while True:
            found = self._lines(width, keep)
            if most is None or len(found) <= most:
                return found
            grids = [(at, keep.get(at, len(block.entries)), block) for at, block in every]
            at, count, block = max(grids, key=lambda one: one[1] - one[2].least, default=(0, 0, None))
            if block is None or count <= block.least:
                return found
            # A line for the rest takes the place of one.
            keep[at] = count - (2 if count == len(block.entries) and count - 2 >= block.least else 1)

    def _lines(self, width: int, keep: Mapping[int, int]) -> list[Line]:
        groups = [Text(self.summary).lines(width)]
        at = 0
        for group in self.groups:
            lines: list[Line] = []
            for block in group:
                lines += block.lines(width, keep.get(at)) if isinstance(block, Grid) else block.lines(width)
                at += 1
            groups.append(lines)
        last = [line for words in (*self.remarks, "  ".join(self.more)) for line in Text(words, look=DIM).lines(width)]
        found: list[Line] = []
        for lines in (*groups, last):
            if lines:
                found += ([()] if found else []) + lines
        return found
