"""What `imsmap.toml` says of audits, under `[audit]`: cycle, months, auditors, and what hangs on processes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import evolve, field

from imsmap.errors import DataError, ImsmapError, Problem
from imsmap.nearest import did_you_mean
from imsmap.plain import folded
from imsmap.readers import toml
from imsmap.register import schema
from imsmap.register.answers import word
from imsmap.register.effort import Span
from imsmap.register.programme import CYCLE, EVERY, Auditor, Held, Month, Said, Terms, held
from imsmap.values import frozen

if TYPE_CHECKING:
    from imsmap.client.processes import Processes

AUDIT = ("begins", "cycle", "months", "days", "hours", "every", "auditors", "away", "risk", "last", "held")
_MOST_MONTHS = 120
_YEARS = range(1990, 2200)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
Fault = Callable[[str, str], None]
"""Told the key and what is wrong with it."""
HOW = """\
imsmap.toml does not say who audits; add, with your own names and figures:

  [audit]
  begins = "2027-01"  # the first month of the certification cycle
  [audit.auditors]
  "Ann Archer" = ["Purchasing"]  # whose work is theirs: processes, clauses
  "Ben Barker" = []"""
ASKED = """
# For imsmap audit plan: who audits, and in which cycle.
# [audit]
# begins = ""  # the first month of the certification cycle, such as "2027-01"
# cycle = 36   # its months
# months = []  # of a year, in which audits are held, such as [2, 5, 9, 11]; left out: all
# hours = []   # of a session: one number, or the least and the most; or days = []
# [audit.auditors]  # each with what is their own work, which they do not audit: processes, clauses
# "Ann Archer" = ["Purchasing", "9001:9.2"]
# [audit.away]  # months in which somebody can't
# "Ann Archer" = ["2027-07"]
# [audit.risk]  # of processes: "High", "Medium" or "Low"
# [audit.last]  # the worst that their last audit found: "Conforming", "Observation", "Minor" or "Major"
# [audit.held]  # sessions of processes that were held, month and auditor; or say it on the sheet Programme
# Purchasing = ["2027-03 Ben Barker"]
# [audit.every]  # months between two sessions of a process, by its risk
# High = 12
# Medium = 24
# Low = 36
"""
"""How a programme is asked for, in a new file."""


@frozen
class AuditSettings:
    """The settings as they are typed: work, risk and last result by names of processes and clauses."""

    begins: Month
    auditors: Mapping[str, tuple[str, ...]]
    away: Mapping[str, frozenset[Month]] = field(factory=dict)
    cycle: int = CYCLE
    months: tuple[int, ...] = tuple(range(1, 13))
    every: Mapping[str, int] = field(factory=lambda: dict(EVERY))
    risk: Mapping[str, str] = field(factory=dict)
    last: Mapping[str, str] = field(factory=dict)
    held: Mapping[str, tuple[Held, ...]] = field(factory=dict)
    days: Span | None = None
    hours: Span | None = None


def read_audit(found: toml.Table, fault: Fault, span: Callable[[str, object], Span | None]) -> AuditSettings | None:
    """Read the section; nothing where it can't be, which `fault` is told."""
    return _Reading(found, fault).settings(span)


class _Reading:
    """The section under way."""

    def __init__(self, found: toml.Table, fault: Fault) -> None:
        """Read nothing yet."""
        self._found, self._fault = found, fault

    def settings(self, span: Callable[[str, object], Span | None]) -> AuditSettings | None:
        """Read it, and tell every fault."""
        begins = self._month(self._found.get("begins"), "begins")
        cycle = self._whole("cycle", self._found.get("cycle", CYCLE))
        auditors = {name: self._texts("auditors", name, value) for name, value in self._table("auditors").items()}
        if not auditors and not isinstance(self._found.get("auditors"), str | list):
            self._fault(
                "audit.auditors", 'name who audits, and with each whose work is theirs, as in "Ann Archer" = ["Sales"]'
            )
        away = {}
        for name, value in self._table("away").items():
            if name not in auditors:
                self._fault(
                    "audit.away", f"{name!r} is no auditor; {did_you_mean(name, auditors, most=1, quoted=True)}"
                )
            told = [self._month(one, "away") for one in self._texts("away", name, value)]
            away[name] = frozenset(month for month in told if month is not None)
        risk, last = self._words("risk", schema.RISK), self._words("last", schema.LAST)
        were_held = {name: self._held(name, value) for name, value in self._table("held").items()}
        every = {**EVERY, **self._every()}
        spans = {key: span(f"audit.{key}", self._found[key]) for key in ("days", "hours") if key in self._found}
        if len(spans) > 1:
            self._fault("audit.hours", "a session has days or hours; leave one of them out")
        months = self._months()
        if begins is None:
            return None
        return AuditSettings(
            begins, auditors, away, cycle, months, every, risk, last, were_held, spans.get("days"), spans.get("hours")
        )

    def _month(self, value: object, key: str) -> Month | None:
        if isinstance(value, datetime.date):  # TOML's own date, without quotes
            return Month.of(value)
        match = _MONTH.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None or not 1 <= int(match[2]) <= 12 or int(match[1]) not in _YEARS:
            said = "is missing" if value is None else f"{value!r} is no month"
            self._fault(f"audit.{key}", f'{key}: {said}; write year and month, as in "2027-01"')
            return None
        return Month(int(match[1]), int(match[2]))

    def _held(self, name: str, value: object) -> tuple[Held, ...]:
        found = {text: held(text) for text in self._texts("held", name, value)}
        for text, one in found.items():
            if one is None:
                self._fault(
                    "audit.held",
                    f'{name}: {text!r} is not understood; write month and auditor, as in "2027-03 Ann Archer"',
                )
        return tuple(one for one in found.values() if one is not None)

    def _whole(self, key: str, value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST_MONTHS:
            return value
        name = key.rpartition(".")[2]
        self._fault(f"audit.{key}", f"{name} is a number of months from 1 to {_MOST_MONTHS}, as in {name} = 36")
        return CYCLE

    def _months(self) -> tuple[int, ...]:
        found = self._found.get("months", list(range(1, 13)))
        numbers = [one for one in found if isinstance(one, int) and 1 <= one <= 12] if isinstance(found, list) else []
        if not numbers or len(numbers) != len(found):
            self._fault("audit.months", "give months of a year by number in a list, as in months = [2, 5, 9, 11]")
        return tuple(sorted(set(numbers)))

    def _table(self, key: str) -> toml.Table:
        found = self._found.get(key, {})
        if isinstance(found, dict):
            return found
        self._fault(f"audit.{key}", f"here belongs a section: [audit.{key}] on a line of its own, names below")
        return {}

    def _texts(self, key: str, name: str, value: object) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(one.strip() for one in value if one.strip())
        self._fault(f"audit.{key}", f'{name}: give texts in a list, as in "{name}" = ["..."]; an empty one is []')
        return ()

    def _words(self, key: str, choices: Sequence[str] | Mapping[str, str]) -> Mapping[str, str]:
        found = {}
        for name, value in self._table(key).items():
            said = word(value, choices) if isinstance(value, str) else ""
            if not said:
                offered = ", ".join(choices)
                self._fault(f"audit.{key}", f"{name}: {value!r} is not understood; write one of {offered}, in quotes")
            found[name] = said
        return found

    def _every(self) -> dict[str, int]:
        found = {}
        for name, value in self._table("every").items():
            said = word(name, schema.RISK)
            if said:
                found[said] = self._whole("every", value)
            else:
                self._fault("audit.every", f"{name!r} is no risk; {did_you_mean(name, tuple(schema.RISK), most=1)}")
        return found


Leaves = Callable[[str], tuple[str, ...]]
"""Turns clauses that a person typed into leaf clauses; ImsmapError if there are none."""


def terms(given: AuditSettings, found: Processes, leaves: Leaves, problem: Callable[[str, str], Problem]) -> Terms:
    """Find the processes and clauses that are named; DataError tells all that are none. problem: made at a key."""
    by_name = {_plain(name): entry.id for entry in found.entries for name in (entry.name, entry.id)}
    names = [entry.name for entry in found.entries]
    problems: list[Problem] = []
    auditors = []
    for name, work in given.auditors.items():
        processes, clauses = set[str](), set[str]()
        for text in work:
            if _plain(text) in by_name:
                processes.add(by_name[_plain(text)])
                continue
            try:
                clauses.update(leaves(text))
            except ImsmapError:
                guess = did_you_mean(text, names, most=1, quoted=True)
                words = f"{name}: {text!r} is neither a process of this project nor a clause; {guess}"
                problems.append(problem("audit.auditors", words))
        auditors.append(Auditor(name, frozenset(processes), frozenset(clauses), given.away.get(name, frozenset())))
    said: dict[str, Said] = {}
    for key, text, value in _of_processes(given):
        id_ = by_name.get(_plain(text))
        if id_ is None:
            words = f"{text!r} is no process of this project; {did_you_mean(text, names, most=1, quoted=True)}"
            problems.append(problem(f"audit.{key}", words))
            continue
        before = said.get(id_, Said())
        if isinstance(value, str):
            said[id_] = evolve(before, risk=value) if key == "risk" else evolve(before, last=value)
        else:
            said[id_] = evolve(before, held=value)
    if problems:
        raise DataError(problems)
    return Terms(given.begins, tuple(auditors), given.cycle, given.months, given.every, said, given.days, given.hours)


def _of_processes(given: AuditSettings) -> Iterator[tuple[str, str, str | tuple[Held, ...]]]:
    yield from (("risk", name, value) for name, value in given.risk.items())
    yield from (("last", name, value) for name, value in given.last.items())
    yield from (("held", name, value) for name, value in given.held.items())


def _plain(name: str) -> str:
    return " ".join(folded(name).split()).casefold()
