"""What stands to a set in one way, worked out when that set is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Container
from heapq import heappop, heappush
from typing import Protocol, TypeVar

T = TypeVar("T")

Row = dict[int, int]
"""By number of a set a level: how surely it stands to the set that was asked for, the surest first."""
Step = tuple[int, int, int, int]
"""One constraint as seen from a set: the other set, the mask, the level, its number."""


class Rows(dict[int, T]):
    """A row for each set that was asked for."""

    def __init__(self, make: Callable[[int], T]) -> None:
        """Make rows so when they are asked for."""
        super().__init__()
        self._make = make

    def __missing__(self, one: int) -> T:
        """Make a row, once."""
        row = self[one] = self._make(one)
        return row


Ties = dict[int, list[tuple[int, int]]]
"""By set where one step of a kind leads, and its level, surest first."""


class Steps(Protocol):
    """For each set what touches it, surest first."""

    def __getitem__(self, one: int, /) -> list[Step]:
        """Give the steps from a set."""
        ...


def reached(steps: Ties, start: int, sure: int, there: Container[int]) -> Row:
    """Give the sets to which steps lead, each as sure as the weakest step on its way.

    sure: the level of the start. there: the sets through which it may lead.
    """
    if start not in steps:
        return {start: sure}
    found: Row = {}
    waiting = [(-sure, start)]
    while waiting:
        minus, one = heappop(waiting)
        if one in found:
            continue
        found[one] = -minus
        for far, level in steps.get(one, ()):
            if far not in found and far in there:
                heappush(waiting, (max(minus, -level), far))
    return found
