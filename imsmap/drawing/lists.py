"""A list of short entries set into a box: wrapped, then abbreviated where the box has no line left."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from attrs import frozen

from imsmap.drawing.text import HANG, clean, shorten, width_of, wrap


@frozen
class Item:
    """An entry, and the mark that stays at its end when it is abbreviated."""

    text: str
    mark: str = ""

    @property
    def whole(self) -> str:
        """How it reads in full."""
        return self.text + self._tail

    @property
    def _tail(self) -> str:
        return f"\u00a0{self.mark}" if self.mark else ""

    def within(self, lines: int, width: float, size: float) -> str:
        """Cut the entry to so many lines."""
        kept = list(wrap(self.text, width, size, hang=HANG)[:lines])
        end = f"…{self._tail}"
        words = kept[-1].split(" ")
        while len(words) > 1 and width_of(" ".join(words) + end, size) > width:
            words.pop()
        last = " ".join(words).rstrip(",;")
        if width_of(last + end, size) > width:
            last = shorten(last + "…", width - width_of(self._tail, size), size).rstrip("…")
        before = [line.removeprefix(HANG) for line in (*kept[:-1], last)]
        return " ".join(before) + end


@frozen
class Listed:
    """How a list stands in its box: a paragraph for each entry, their lines, and in full what was abbreviated."""

    paragraphs: tuple[str, ...]
    lines: tuple[str, ...]
    cut: tuple[str, ...] = ()


@cache
def listed(items: Sequence[Item], width: float, size: float, most: int = 10**6) -> Listed:
    """Set a list in at most so many lines: the longest entries are abbreviated first, the last left out."""
    told = {index: item.whole for index, item in enumerate(items)}
    cut: set[int] = set()
    if len(items) > most:
        kept = most - 1
        left_out = tuple(item.whole for item in items[kept:])
        shown = listed(tuple(items[:kept]), width, size, kept) if kept else Listed((), ())
        more = f"and {len(left_out)} more…"
        return Listed((*shown.paragraphs, more), (*shown.lines, more), (*shown.cut, *left_out))
    lines = {index: wrap(text, width, size, hang=HANG) for index, text in told.items()}
    while sum(map(len, lines.values())) > most:
        index = max(lines, key=lambda at: (len(lines[at]), len(items[at].text), at))
        cut.add(index)
        told[index] = items[index].within(len(lines[index]) - 1, width, size)
        shorter = wrap(told[index], width, size, hang=HANG)
        # A word that fills a line may wrap once more than asked: then the line is cut as it stands.
        lines[index] = shorter if len(shorter) < len(lines[index]) else shorter[: len(lines[index]) - 1]
    return Listed(
        tuple(clean(text) for text in told.values()),
        tuple(line for found in lines.values() for line in found),
        tuple(items[index].whole for index in sorted(cut)),
    )
