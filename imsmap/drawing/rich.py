"""Text of which some words are bold or have a colour of their own: read from marks, measured, broken into lines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import cache

from attrs import evolve

from imsmap.drawing.text import WIDE, clean, wide, width_of
from imsmap.values import frozen


@frozen
class Run:
    """Some words that look alike; ink: empty for the colour of the text around."""

    text: str
    bold: bool = False
    ink: str = ""


Rich = tuple[Run, ...]
"""A paragraph, or one line of it."""


def rich(text: str | Rich, bold: bool = False) -> Rich:
    """Read `**words**` as bold; what is rich already stays as it is."""
    if not isinstance(text, str):
        return text
    parts = clean(text).split("**")
    return tuple(Run(part, bold or at % 2 == 1) for at, part in enumerate(parts) if part)


def plain(text: str | Rich) -> str:
    """Give the words without their look."""
    return "".join(run.text for run in text) if not isinstance(text, str) else text.replace("**", "")


def width_of_rich(line: Iterable[Run], size: float) -> float:
    """Measure one line in points."""
    return sum(width_of(run.text, size, run.bold) for run in line)


@cache
def wrap_rich(text: Rich, width: float, size: float) -> tuple[Rich, ...]:
    """Break a paragraph into lines at blanks and line feeds; a word that is longer than a line stands out."""
    lines: list[Rich] = []
    for paragraph in _paragraphs(text):
        line: list[Run] = []
        for word in _words(paragraph):
            tried = [*line, *word]
            if line and width_of_rich(_trimmed(tried), size) > width:
                lines.append(_joined(_trimmed(line)))
                line = list(word)
            else:
                line = tried
        lines.append(_joined(_trimmed(line)))
    return tuple(lines)


def _paragraphs(text: Rich) -> list[Rich]:
    found: list[list[Run]] = [[]]
    for run in text:
        for at, part in enumerate(run.text.split("\n")):
            if at:
                found.append([])
            if part:
                found[-1].append(evolve(run, text=part))
    return [tuple(one) for one in found]


def _words(text: Rich) -> list[Rich]:
    """Cut into words, each with the blank behind it; a word may go on from one run to the next."""
    found: list[list[Run]] = []
    begins = True
    for run in text:
        for piece in (part for word in re.findall(r"[^ ]+ *| +", run.text) for part in _pieces(word)):
            if begins or not found:
                found.append([])
            found[-1].append(evolve(run, text=piece))
            begins = piece.endswith(" ") or wide().match(piece[-1]) is not None
    return [tuple(one) for one in found]


def _pieces(word: str) -> list[str]:
    """Cut a word behind each sign that may end a line."""
    return [word] if word.isascii() else [one for one in re.split(f"(?<={WIDE})(?! )", word) if one]


def _trimmed(line: Sequence[Run]) -> list[Run]:
    """Drop the blank at the end of a line."""
    if not line:
        return []
    last = evolve(line[-1], text=line[-1].text.rstrip(" "))
    return [*line[:-1], last] if last.text else list(line[:-1])


def _joined(line: Iterable[Run]) -> Rich:
    return tuple(
        Run("".join(run.text for run in same), *look)
        for look, same in itertools.groupby(line, key=lambda run: (run.bold, run.ink))
    )
