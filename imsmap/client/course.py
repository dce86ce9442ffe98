"""How a project stood over time: its states made again from the history, for the days and versions that a report tells.

Earlier days are counted by what is asked for today. Answers to another edition are no answers to this one, so that it
begins with the last move.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from imsmap.client import history, moved, snapshots
from imsmap.client.delivery import UNTOLD
from imsmap.client.history import Entry
from imsmap.errors import UnknownNameError
from imsmap.nearest import did_you_mean
from imsmap.register.cells import Cells
from imsmap.register.course import Course, Moment, moment
from imsmap.register.state import State
from imsmap.values import frozen

MOST = 12
"""Moments that a chart shows."""
Standing = Callable[[Cells, datetime.date], State]
"""Says how answers stand on a day."""


@frozen
class _Place:
    """A moment to be told: up to which entry, on which day, and the version that was handed out then."""

    entry: int
    date: datetime.date
    version: int | None = None


def course(root: Path, standing: Standing, now: State, since: str = "", *, pending: bool = False) -> Course:
    """Read how a project stood up to now.

    since: a version (`v2`) or a day from which to count what moved, else the last version that does not hold all of it;
    where there is none, the beginning. pending: the history does not know all answers yet.
    """
    moves = moved.followed(root)
    entries = [one for one in history.entries(root) if not moves or one.number >= moves[-1].number]
    entries = [one for one in entries if _day(one) <= now.date]
    newest = entries[-1].number if entries else 0
    places = _places(root, entries, now.date)
    start = _asked(since, places, entries, now.date) if since else _start(places, entries, newest, pending=pending)
    shown = _thinned(places, start)
    moments: list[Moment] = []
    base: tuple[Moment, State] | None = None
    for number, cells in history.states(root):
        for place in (one for one in shown if one.entry == number):
            state = standing(cells, place.date)
            moments.append(moment(state, number, place.version))
            if place == start:
                base = moments[-1], state
    moments.sort(key=lambda one: (one.entry, one.date))
    version = None
    if moments and moments[-1].entry == newest and moments[-1].date == now.date and not pending:
        version = moments.pop().version
    return Course((*moments, moment(now, newest, version)), *(base or ()))


def _day(entry: Entry) -> datetime.date:
    return datetime.date.fromisoformat(entry.when[:10])


def _as_day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _places(root: Path, entries: Sequence[Entry], until: datetime.date) -> list[_Place]:
    """Give the end of each day on which something happened, and each version when it was first handed out."""
    ends = {_day(one): one.number for one in entries}
    found = {_Place(number, day) for day, number in ends.items()}
    first = entries[0].number if entries else 1
    versions: dict[int, _Place] = {}
    for place in sorted(_versions(root), key=lambda one: (one.date, one.entry)):
        if place.version is not None and first <= place.entry and place.date <= until:
            versions.setdefault(place.version, place)
    told = {(one.entry, one.date) for one in versions.values()}
    found = {one for one in found if (one.entry, one.date) not in told}
    return sorted({*found, *versions.values()}, key=_order)


def _versions(root: Path) -> Iterator[_Place]:
    """Give every version of which its snapshot says when it was handed out."""
    for head in snapshots.heads(root):
        version, entry, day = head.get("version"), head.get("entry"), _as_day(str(head.get("date")))
        if isinstance(version, int) and isinstance(entry, int) and day is not None:
            yield _Place(entry, day, version)


def _start(places: Sequence[_Place], entries: Sequence[Entry], newest: int, *, pending: bool) -> _Place | None:
    """Find from when on to count what moved: from the last version after which anything did."""
    changes = [one.number for one in entries if one.count and not (one.what in UNTOLD or one.undone or one.undoes)]
    last = newest + 1 if pending else max(changes, default=0)
    before = [one for one in places if one.entry < last]
    return next((one for one in reversed(before) if one.version is not None), before[0] if before else None)


def _asked(since: str, places: Sequence[_Place], entries: Sequence[Entry], today: datetime.date) -> _Place:
    """Find the version or the day from which somebody wants to know what moved."""
    if match := re.fullmatch(r"[vV]?([0-9]{1,6})", since):
        versions = {one.version: one for one in places if one.version is not None}
        if int(match[1]) in versions:
            return versions[int(match[1])]
        known = [f"v{number}" for number in versions]
        otherwise = "none was handed out since the history begins, or since the last move to another edition"
        ask = did_you_mean(since, known, otherwise=None if known else otherwise)
        raise UnknownNameError(f"there is no version {since} to count from; {ask}")
    if (day := _as_day(since)) is not None:
        if day > today:
            raise UnknownNameError(f"{since} is still to come; count from a day up to {today}")
        until = [one for one in places if one.date <= day]
        if until:
            return until[-1]
        begins = f"begins on {_day(entries[0])}" if entries else "is empty"
        raise UnknownNameError(f"nothing is known of {since}: what can be counted from {begins}")
    raise UnknownNameError(f"{since!r} is no version and no day; write one as v2 or as 2026-10-31")


def _thinned(places: Sequence[_Place], start: _Place | None) -> list[_Place]:
    """Leave out what a chart has no room for: the first, the last and where counting begins stay, others evenly."""
    if len(places) < MOST:
        return list(places)
    step = (len(places) - 1) / (MOST - 2)
    kept = {round(at * step) for at in range(MOST - 1)}
    found = [one for at, one in enumerate(places) if at in kept]
    if start is not None and start not in found:
        nearest = min(range(1, len(found) - 1), key=lambda at: abs((found[at].date - start.date).days))
        found[nearest] = start
    return sorted(found, key=_order)


def _order(one: _Place) -> tuple[int, datetime.date, int]:
    """Put moments as the history has them: a clock may have been wrong."""
    return one.entry, one.date, one.version or 0
