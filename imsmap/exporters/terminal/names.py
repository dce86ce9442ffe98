"""How screens name standards, clauses and commands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from imsmap.exporters.terminal.screen import Run, Text
from imsmap.report import Side

_ISO = re.compile(r"ISO(?:/IEC)? ([0-9]+(?:-[0-9]+)?:[0-9]{4})")
DOT = "."
"""What stands for zero."""


def letter(side: Side) -> Run:
    """Give a standard's letter in its hue."""
    return Run(side.label, side.accent)


def typed(side: Side) -> str:
    """Give a standard as people would type it."""
    match = _ISO.fullmatch(side.designation)
    return match[1] if match else side.key


def command(word: str, sides: Iterable[Side]) -> str:
    """Give a command about some standards."""
    return " ".join(("imsmap", word, *(typed(side) for side in sides)))


def adds(side: Side, sides: Sequence[Side]) -> str:
    """Head a column with what a standard adds beyond the core; in short where many stand side by side."""
    return f"{side.label} adds" if len(sides) < 3 else f"+{side.label}"


def figure(count: int, sign: str = "") -> str:
    """Say a number in a table: a dot for zero."""
    return f"{sign}{count}" if count else DOT


def by_side(label: str, sides: Sequence[Side], told: Sequence[str]) -> tuple[Text, ...]:
    """Tell something of each standard on a line of its own, the label before the first; who has nothing is left out."""
    found: list[Text] = []
    for side, words in zip(sides, told, strict=True):
        if words:
            before = label if not found else " " * len(label)
            found.append(Text(words, (Run(f"{before}  "), letter(side), Run(" "))))
    return tuple(found)
