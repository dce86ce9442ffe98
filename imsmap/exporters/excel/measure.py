"""How wide text is and how many lines it needs: Arial by a table of widths, the same for each machine.

Arial and Liberation Sans, which stands in for it under Linux, have the same widths.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from itertools import accumulate

DIGIT = 7
"""Pixels of a column's unit: the widest digit of the standard font at 96 dpi."""
PADDING = 5
"""Pixels that Excel adds to a column, and that text does not use."""
INDENT = 11
"""Pixels that programs leave before indented text: three blanks."""
LINE = 12.75
"""Points from one line of 10 point text to the next."""
TALLEST = 409.0
"""Points; Excel makes no row taller."""
WIDEST = 255.0
"""Characters; Excel makes no column wider."""
RESERVE = 1.05
"""Programs round each glyph to whole pixels in their own way, and other zooms again."""

_REGULAR = {
    191: "'", 222: "ijl‘’", 260: "|", 278: " !,./:;I[\\]ft·\u00a0", 333: "()-`r“”", 334: "{}", 350: "•", 355: '"',
    389: "*", 400: "°", 469: "^", 500: "Jcksvxyz", 556: "#$0123456789?L_abdeghnopqu–€§", 584: "+<=>~×≈", 611: "FTZ",
    667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1000: "—…", 1015: "@",
}  # fmt: skip
_BOLD = {
    238: "'", 278: " ,./I\\ijl‘’·\u00a0", 280: "|", 333: "!()-:;[]`ft", 350: "•", 389: "*r{}", 400: "°", 474: '"',
    500: "z“”", 556: "#$0123456789J_aceksvxy–€§", 584: "+<=>^~×≈", 611: "?FLTZbdghnopqu", 667: "EPSVXY",
    722: "&ABCDHKNRU", 778: "GOQw", 833: "M", 889: "%m", 944: "W", 975: "@", 1000: "—…",
}  # fmt: skip
_WORDS = re.compile(r"[^ -]*-+|[^ -]+")
"""What stays together on a line: a line may also end after a hyphen."""
_TABLES = tuple({glyph: width for width, glyphs in table.items() for glyph in glyphs} for table in (_REGULAR, _BOLD))
_WIDEST = _EMOJI = 1400
_WIDE = 1050
_UNKNOWN = 800
"""Of scripts without a table: wider than most of their letters."""


def _glyph(character: str, bold: bool) -> int:
    """Give a character's width in thousandths of the font's size."""
    table = _TABLES[bold]
    if character in table:
        return table[character]
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    base = unicodedata.normalize("NFD", character)[0]
    if base in table:
        return table[base]
    if character > "\uffff":
        return _EMOJI
    return _WIDE if unicodedata.east_asian_width(character) in ("W", "F", "A") else _UNKNOWN


class _Widths(dict[str, int]):
    """The widths of characters, each found once."""

    def __init__(self, bold: bool) -> None:
        """Know none yet."""
        super().__init__()
        self._bold = bold

    def __missing__(self, character: str) -> int:
        self[character] = wide = _glyph(character, self._bold)
        return wide


_WIDTHS = (_Widths(False).__getitem__, _Widths(True).__getitem__)


class _Advances(dict[str, int]):
    """How far behind the beginning of a word the next begins, each found once; behind a hyphen no blank is left."""

    def __init__(self, bold: bool) -> None:
        """Know none yet."""
        super().__init__()
        self._width = _WIDTHS[bold]

    def __missing__(self, word: str) -> int:
        self[word] = wide = sum(map(self._width, word if word[-1] == "-" else f"{word} "))
        return wide


_ADVANCES = (_Advances(False).__getitem__, _Advances(True).__getitem__)


@cache
def width_of(text: str, size: float = 10, bold: bool = False) -> float:
    """Measure one line of text in pixels at 96 dpi."""
    return sum(map(_WIDTHS[bold], text)) * size / 750


@cache
def lines_of(text: str, pixels: float, size: float = 10, bold: bool = False) -> int:
    """Count the lines that text takes in so many pixels; a word longer than a line is broken within."""
    room = pixels * 750 / size / RESERVE  # as wide as glyphs are told
    paragraphs = text.split("\n")
    return len(paragraphs) + sum(_further(one, room, bold) for one in paragraphs if len(one) * _WIDEST > room)


@cache
def _further(paragraph: str, room: float, bold: bool) -> int:
    """Count the lines of a paragraph after its first."""
    words = _WORDS.findall(paragraph) if "-" in paragraph else [*filter(None, paragraph.split(" "))]
    # How far the text reaches before each word, and at its end, with the blank after it.
    reach = [0, *accumulate(map(_ADVANCES[bold], words))]
    blank = _WIDTHS[bold](" ")
    further = start = begin = 0
    while start < len(words):
        stop = max(start, bisect_right(reach, begin + room + blank, start) - 1)
        if stop > start and words[stop - 1][-1] == "-" and reach[stop] - begin > room:
            stop -= 1  # no blank follows, that could hang over
        if stop == len(words):
            break
        if stop == start and begin == reach[start]:  # the word is longer than a line
            broken, used = _broken(words[start], room, _WIDTHS[bold])
            further += broken
            start += 1
            begin = reach[start] - used - (0 if words[start - 1][-1] == "-" else blank)
        else:
            further += 1
            start, begin = stop, reach[stop]
    return further


def _broken(word: str, room: float, width: Callable[[str], int]) -> tuple[int, int]:
    """Count the further lines of a word that is longer than a line, and how far the last of them reaches."""
    further = used = 0
    for wide in map(width, word):
        if used and used + wide > room:
            further += 1
            used = 0
        used += wide
    return further, used


def inner(width: float) -> float:
    """Give the pixels that text has in a column of so many characters."""
    return width * DIGIT


def outer(width: float) -> float:
    """Give the pixels that a column of so many characters takes."""
    return width * DIGIT + PADDING


def height_of(lines: int, size: float = 10) -> float:
    """Give the height of a row for so many lines, in points."""
    return min(TALLEST, round(max(1, lines) * LINE * size / 10 + 3.25, 2))


MOST = int((TALLEST - height_of(1)) / LINE) + 1
"""Lines in the highest row that there is."""
