"""Which of the standards at hand can be weighed against each other, and between which two somebody chooses."""

from __future__ import annotations

import datetime
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

    @property
    def published(self) -> str:
        """When it was published, as far as that is known: `2026-09-16`, `2026-09`."""


def weighed(
    standards: Iterable[Edition], known: Mapping[str, Candidate], today: datetime.date | None = None
) -> dict[str, str]:
    """Give the edition of each standard that is weighed, by its number, in the order of the standards.

    Of several it is the newest that is out today: who holds both is on the way to it.
    """
    return {side: editions[0] for side, editions in editions_held(standards, known, today).items()}


def editions_held(
    standards: Iterable[Edition], known: Mapping[str, Candidate], today: datetime.date | None = None
) -> dict[str, tuple[str, ...]]:
    """Give the editions of each standard that can be weighed, by its number: the one that is weighed, then the others.

    A standard of one's own stands for the one of its discipline where that is not there itself.
    """
    told = tuple(standards)
    numbers = {standard.series.split()[-1] for standard in told}
    by_discipline = {one.discipline: one.number for one in known.values() if one.number not in numbers}
    found: dict[str, list[Edition]] = {}
    for standard in told:
        number = standard.series.split()[-1]
        side = number if number in known else by_discipline.get(standard.discipline)
        if side is not None and standard.series == found.setdefault(side, [standard])[0].series:
            found[side].append(standard)
    return {side: tuple(one.key for one in _in_turn(dict.fromkeys(some), today)) for side, some in found.items()}


def _in_turn(editions: Iterable[Edition], today: datetime.date | None) -> list[Edition]:
    """Put editions in order: the newest first, and last what is not out yet."""
    day = None if today is None else today.isoformat()
    newest = sorted(editions, key=lambda one: one.published, reverse=True)
    return sorted(newest, key=lambda one: day is not None and day[: len(one.published)] < one.published)


def cannot_weigh(names: Sequence[str], known: Mapping[str, Candidate]) -> str:
    """Say for which standards there is nothing to weigh them by, and for which there is."""
    lacking = f"there are no criteria for {', '.join(names)}; " if names else ""
    return f"{lacking}choose weighs two of {', '.join(one.name for one in known.values())}: name two of these"
