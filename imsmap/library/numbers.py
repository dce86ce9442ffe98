"""Numbers of clauses, and full references to clauses and points, taken apart."""

from __future__ import annotations

import re
from functools import cache

_USUAL = re.compile(r"(?:[0-9]+|[A-Z])(?:\.[0-9]+)*")
_NUMBER = re.compile(r"(?=.*[0-9]|[A-Z]+$|(?:.* )?[^\W_]$)[^\W_]+(?:(?:[.\-/]| \(?|\()[^\W_]+\)?)*")
_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")
LONGEST_NUMBER = 30


def is_usual_number(text: str) -> bool:
    """Tell whether the text is a clause number as most standards write them: 8.5.1, A.5.9."""
    return _USUAL.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Tell whether the text may be the number of a clause, of any shape: 8.5.1, A.5.9, REQ-12, 302-1, 4.1 a."""
    return len(text) <= LONGEST_NUMBER and _NUMBER.fullmatch(text) is not None


@cache
def number_key(number: str) -> tuple[tuple[int, int, str], ...]:
    """Give a sort key for numbers of which the standard is not at hand: 9.3 before 10.1, figures before annexes.

    The clauses of a standard stand in its own order, which the graph knows (`ClauseGraph.place`).
    """
    parts: list[str] = _PARTS.findall(number)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def parent_number(number: str) -> str | None:
    """Give the number of the clause above as the dots tell it, or nothing for a main clause."""
    head, dot, _ = number.rpartition(".")
    return head if dot else None


def main_number(number: str) -> str:
    """Give the main clause of a number as the dots tell it: 8 for 8.5.1."""
    return number.partition(".")[0]


@cache
def split_ref(ref: str) -> tuple[str, str, str | None]:
    """Split a full reference into standard, number and point id (nothing for a clause)."""
    standard, _, rest = ref.partition(":")
    number, hash_, point = rest.partition("#")
    return standard, number, point if hash_ else None
