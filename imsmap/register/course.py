"""How a project stood over time, and what moved between two moments: taken from states, which alone decide."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping

from imsmap.register import schema
from imsmap.register.figures import Figure, figures
from imsmap.register.state import ASSESSED, State
from imsmap.values import frozen

STILL = (schema.NOT_CONFORMING, schema.PARTIAL, schema.NOT_ASSESSED)
"""What a point stands as while there is something to do about it, the worst first."""


@frozen
class Moment:
    """How a project stood at the end of a day, or when a version of it was handed out.

    version: its number, nothing where none was. entry: of the history, up to which it counts. points: how many of those
    that apply stand as what.
    """

    date: datetime.date
    entry: int
    version: int | None
    points: Mapping[str, int]
    figures: tuple[Figure, ...]

    @property
    def still(self) -> int:
        """How many points that apply are not said to conform."""
        return sum(self.points[word] for word in STILL)

    @property
    def whole(self) -> int:
        """How many points apply."""
        return sum(self.points.values())

    def figure(self, key: str) -> Figure:
        """Give a figure by its key; KeyError where it has none."""
        for one in self.figures:
            if one.key == key:
                return one
        raise KeyError(key)


@frozen
class Course:
    """How a project stood, moment by moment, up to now; and how it stood when what moved is counted from.

    since, before: nothing where nothing happened since it was begun.
    """

    moments: tuple[Moment, ...] = ()
    since: Moment | None = None
    before: State | None = None


def moment(state: State, entry: int, version: int | None = None) -> Moment:
    """Take from a state what is told of it later."""
    return Moment(state.date, entry, version, by_status(state), figures(state))


def by_status(state: State, among: frozenset[str] | None = None) -> Mapping[str, int]:
    """Count the points that apply by what they stand as; among: those alone."""
    found = Counter(
        point.status for ref, point in state.points.items() if point.in_scope and (among is None or ref in among)
    )
    return {word: found[word] for word in (*STILL, schema.CONFORMING)}


@frozen
class Moved:
    """What moved from one state to another, point by point and action by action.

    assessed: points that nobody had looked at. better, worse: points that had a status, and have another.
    closed, opened: points with a major gap that is open no more, and that is open now. done, written: actions.
    """

    assessed: tuple[str, ...] = ()
    better: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    written: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Tell whether all stands as it did."""
        return not any((self.assessed, self.better, self.worse, self.closed, self.opened, self.done, self.written))


def moved(before: State, now: State) -> Moved:
    """Compare two states of the same requirements; what is asked for in one of them alone has not moved."""
    both = [ref for ref in now.points if ref in before.points]
    pairs = [(ref, before.points[ref], now.points[ref]) for ref in both]
    ranked = [
        (ref, ASSESSED.index(old.status), ASSESSED.index(new.status))
        for ref, old, new in pairs
        if old.status in ASSESSED and new.status in ASSESSED
    ]
    open_then, open_now = ({one.row for one in state.actions if one.is_open} for state in (before, now))
    there = {one.row for one in before.actions}
    return Moved(
        tuple(ref for ref, old, new in pairs if old.status not in ASSESSED and new.status in ASSESSED),
        tuple(ref for ref, old, new in ranked if new > old),
        tuple(ref for ref, old, new in ranked if new < old),
        tuple(ref for ref, old, new in pairs if old.is_open_major and not new.is_open_major),
        tuple(ref for ref, old, new in pairs if new.is_open_major and not old.is_open_major),
        tuple(one.row for one in now.actions if one.row in open_then and one.row not in open_now),
        tuple(one.row for one in now.actions if one.row not in there),
    )
