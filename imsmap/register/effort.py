"""What is still to do in hours and money, as ranges: from hours and rates that somebody gave, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import field

from imsmap.register import schema
from imsmap.register.answers import word
from imsmap.register.cells import Cells, Key
from imsmap.register.state import ACTIONS, State
from imsmap.values import frozen

POINT, ACTION, DOCUMENT = "point", "action", "document"
WORK = (POINT, *schema.EFFORT, ACTION, DOCUMENT)
"""What hours may be given for: a point to be assessed, an open action by its letter or without, a missing document."""


@frozen
class Span:
    """From so much to so much."""

    low: float
    high: float

    def times(self, other: Span) -> Span:
        """Multiply both ends."""
        return Span(self.low * other.low, self.high * other.high)


@frozen
class Rates:
    """What somebody gave: hours of each kind of work, the price of an hour and its currency.

    An end of a span may be given alone, and is then both.
    """

    hours: Mapping[str, Span] = field(factory=dict)
    hour: Span | None = None
    currency: str = ""


@frozen
class Work:
    """So many of one kind of work, with the hours of all of them; nothing where nobody gave hours for one."""

    kind: str
    count: int
    hours: Span | None


@frozen
class Effort:
    """Hours of what is still to do, by kind of work; those without hours are named and in no sum."""

    work: tuple[Work, ...]
    hour: Span | None
    currency: str

    @property
    def hours(self) -> Span:
        """What all work with hours takes."""
        known = [one.hours for one in self.work if one.hours is not None]
        return Span(sum(one.low for one in known), sum(one.high for one in known))

    @property
    def price(self) -> Span | None:
        """What these hours cost; nothing where nobody gave the price of one."""
        return None if self.hour is None else self.hours.times(self.hour)

    @property
    def unknown(self) -> tuple[Work, ...]:
        """What nobody gave hours for."""
        return tuple(one for one in self.work if one.hours is None)


def letter(cells: Cells, row: str) -> str:
    """Give the effort of an action as its letter; nothing where none was given that is understood."""
    return word(cells.get(Key(ACTIONS, row, "effort")), schema.EFFORT)


def effort(state: State, cells: Cells, rates: Rates) -> Effort | None:
    """Work out what is still to do; nothing without any hours."""
    if not rates.hours:
        return None
    return Effort(tuple(_work(state, cells, rates)), rates.hour, rates.currency)


def _work(state: State, cells: Cells, rates: Rates) -> Iterator[Work]:
    letters = Counter(letter(cells, one.row) or ACTION for one in state.actions if one.is_open)
    assessed = state.assessed
    counts = {POINT: assessed.m - assessed.n, **letters, DOCUMENT: state.missing.n}
    for kind in WORK:
        count = counts.get(kind, 0)
        if count:
            each = rates.hours.get(kind)
            yield Work(kind, count, None if each is None else Span(count * each.low, count * each.high))
