"""Which of the standards at hand can be weighed against each other, and between which two somebody chooses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from imsmap.library.guides import Candidate


class Edition(Protocol):
    """An edition of a standard, read whole or only by its head."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def series(self) -> str:
        """What it is called without its year."""

    @property
    def discipline(self) -> str:
        """The key of its discipline."""


def weighed(standards: Iterable[Edition], known: Mapping[str, Candidate]) -> dict[str, str]:
    """Give the first edition of each standard that can be weighed, by its number, in the order of the standards.

    A standard of one's own stands for the one of its discipline where that is not there itself.
    """
    told = tuple(standards)
    numbers = {standard.series.split()[-1] for standard in told}
    by_discipline = {one.discipline: one.number for one in known.values() if one.number not in numbers}
    found: dict[str, str] = {}
    for standard in told:
        number = standard.series.split()[-1]
        side = number if number in known else by_discipline.get(standard.discipline)
        if side is not None:
            found.setdefault(side, standard.key)
    return found


def cannot_weigh(names: Sequence[str], known: Mapping[str, Candidate]) -> str:
    """Say for which standards there is nothing to weigh them by, and for which there is."""
    lacking = f"there are no criteria for {', '.join(names)}; " if names else ""
    return f"{lacking}choose weighs two of {', '.join(one.name for one in known.values())}: name two of these"
