"""What an audit programme is: who may audit what in which month, how often, and the sessions that follow from it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from attrs import field

from imsmap.reasoning.cover import Bound
from imsmap.register import schema
from imsmap.register.effort import Span
from imsmap.values import frozen

SHEET = "programme"
LEVELS = tuple(reversed(schema.RISK))
"""The risks of processes, the lowest first."""
CYCLE = 36
"""The months of a certification cycle, where nobody says otherwise."""
EVERY = {schema.HIGH: 12, schema.MEDIUM: 24, schema.LOW: CYCLE}
"""The months between two sessions of a process by its risk, where nobody says otherwise."""
_HELD = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?(?:[\s,:]+(\S.*))?", re.DOTALL)
NEED = "process:"
"""Begins the name of the need of a process for as many sessions as its risk asks for."""


@frozen
class Month:
    """A month of a year."""

    year: int
    number: int

    def after(self, months: int) -> Month:
        """Give the month so many later."""
        years, number = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, number + 1)

    @classmethod
    def of(cls, day: datetime.date) -> Month:
        """Give the month of a day."""
        return cls(day.year, day.month)

    def until(self, other: Month) -> int:
        """Count the months to another."""
        return (other.year - self.year) * 12 + other.number - self.number

    def __str__(self) -> str:
        """Write it as people do: 2027-01."""
        return f"{self.year:04}-{self.number:02}"


@frozen
class Auditor:
    """Who audits: whose work is theirs, as processes (ids) and clauses (references), and in which months they can't."""

    name: str
    processes: frozenset[str] = frozenset()
    clauses: frozenset[str] = frozenset()
    away: frozenset[Month] = frozenset()


@frozen
class Held:
    """A session of a process that was held: in which month, and by whom, where somebody said it."""

    month: Month
    auditor: str = ""


def held(text: str) -> Held | None:
    """Read a session that was held, as people write it: 2027-03 Ann Archer; nothing where it is none."""
    match = _HELD.fullmatch(text.strip())
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    return Held(Month(int(match[1]), int(match[2])), " ".join((match[3] or "").split()))


@frozen
class Said:
    """What is said of a process: risk, last result (words of their lists, or nothing), who may not audit it.

    held: its sessions that were held. unread: what was said of these and is not understood.
    """

    risk: str = ""
    last: str = ""
    not_by: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    unread: tuple[str, ...] = ()


@frozen
class Terms:
    """What somebody gave for the programme. months: of a year, in which audits are held. every: months, by risk.

    said: of processes, by id. days, hours: of a session; nothing where nobody gave them.
    """

    begins: Month
    auditors: tuple[Auditor, ...]
    cycle: int = CYCLE
    months: tuple[int, ...] = tuple(range(1, 13))
    every: Mapping[str, int] = field(factory=lambda: dict(EVERY))
    said: Mapping[str, Said] = field(factory=dict)
    days: Span | None = None
    hours: Span | None = None


@frozen
class ProcessPlan:
    """A process in the programme: how often it is audited at least, and who may audit it.

    every: months between two sessions, nothing where neither risk nor last result is said.
    """

    id: str
    name: str
    owner: str
    risk: str
    last: str
    every: int | None
    least: int
    auditors: tuple[str, ...]


@frozen
class Session:
    """An audit of a process by an auditor in a month, with the leaf clauses that it covers; held, or still to be."""

    number: int
    process: str
    month: Month
    auditor: str
    covers: tuple[str, ...]
    was_held: bool = False


@frozen
class Programme:
    """The sessions of a cycle. scope: the leaf clauses that apply. uncovered: those that no session can cover, and why.

    once: the fewest sessions that reach every clause once, and whole: those with as many of each process as its risk
    and last result ask for, each with needs that no fewer reach; both beside the sessions that were held. unstaffed:
    months without an auditor. wide: processes with more months between two sessions than asked for, with how many.
    uncounted: what was said of sessions held that does not count, with the process (id) and why.
    """

    terms: Terms
    processes: tuple[ProcessPlan, ...]
    sessions: tuple[Session, ...]
    scope: tuple[str, ...]
    uncovered: Mapping[str, str]
    once: Bound
    whole: Bound
    unstaffed: tuple[Month, ...]
    wide: Mapping[str, int]
    uncounted: tuple[tuple[str, str, str], ...] = ()

    def by_clause(self) -> dict[str, tuple[int, ...]]:
        """Give the numbers of the sessions that cover each leaf clause that applies."""
        found: dict[str, list[int]] = {ref: [] for ref in self.scope}
        for session in self.sessions:
            for ref in session.covers:
                found[ref].append(session.number)
        return {ref: tuple(numbers) for ref, numbers in found.items()}

    def months(self) -> tuple[Month, ...]:
        """Give the months of the cycle."""
        return tuple(self.terms.begins.after(place) for place in range(self.terms.cycle))
