"""An audit programme from what is known: the fewest sessions that cover every clause and are held as often as asked.

A session of a process covers the leaf clauses for which the process answers; where none answers for a clause, those
that take part in it, and else those that it touches. What all processes take part in and nobody marks is covered in any
session, and in one alone. Nobody audits own work: neither a process nor a clause of theirs. As often as asked: at least
once in the months that `Terms.every` has for its risk; after a minor finding as for the next higher risk, after a major
one as for the highest. A process of which neither is said is audited where a clause needs it.

What was held stays as it was: it covers the clauses of its process, and of those that all take part in such as the
checklist has a verdict on from that month. The rest is planned from the month of the day on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import evolve

from imsmap.reasoning.cover import Cover, Need, fewest
from imsmap.register import schema
from imsmap.register.answers import word
from imsmap.register.cells import Cells, Key
from imsmap.register.owners import names_in
from imsmap.register.programme import (
    LEVELS,
    NEED,
    SHEET,
    Auditor,
    Held,
    Month,
    ProcessPlan,
    Programme,
    Said,
    Session,
    Terms,
    held,
)
from imsmap.register.state import ClauseState, ProcessState, State, words
from imsmap.values import frozen

_STRENGTH = ("P", "S", "·")
NOT_BY, HELD = "not_by", "held"
_SEVERAL = re.compile(r"[;,\s]+(?=\d{4}-\d)|;")
"""What stands between two sessions in a cell."""
NO_PROCESS = "no process answers for it"
"""Why a clause is covered by no session where nobody marks a process for it."""


def said_in(cells: Cells, terms: Terms, processes: Sequence[str]) -> Terms:
    """Put what the sheet says of processes before what the settings say."""
    found = {}
    for id_ in processes:
        before = terms.said.get(id_, Said())
        risk = word(cells.get(Key(SHEET, id_, "risk")), schema.RISK)
        last = word(cells.get(Key(SHEET, id_, "last")), schema.LAST)
        names = words(cells.get(Key(SHEET, id_, NOT_BY))).replace(";", ",").split(",")
        not_by = (*before.not_by, *(name.strip() for name in names if name.strip()))
        told = [one.strip() for one in _SEVERAL.split(words(cells.get(Key(SHEET, id_, HELD)))) if one.strip()]
        read = {text: held(text) for text in told}
        sessions = dict.fromkeys([*before.held, *(one for one in read.values() if one)])
        unread = (*before.unread, *(text for text, one in read.items() if one is None))
        found[id_] = Said(risk or before.risk, last or before.last, not_by, tuple(sessions), unread)
    return evolve(terms, said=found)


def interval(terms: Terms, said: Said) -> int | None:
    """Say how many months there are at most between two sessions of a process."""
    level = LEVELS.index(said.risk) if said.risk else None
    if said.last == schema.MAJOR:
        level = len(LEVELS) - 1
    elif said.last == schema.MINOR:
        level = min((0 if level is None else level) + 1, len(LEVELS) - 1)
    return None if level is None else min(terms.every[LEVELS[level]], terms.cycle)


def programme(
    state: State, terms: Terms, topics: Mapping[str, str], seen: Mapping[Month, frozenset[str]] | None = None
) -> Programme:
    """Plan the sessions of a cycle. topics: of leaf clauses; what belongs together is asked together.

    seen: the leaf clauses on which the audit checklist has a verdict, by month.
    """
    return _Planning(state, terms, topics, seen or {}).programme()


@frozen
class _Kind:
    """A kind of session: a process by one of some auditors, who may all audit the same of it."""

    process: str
    auditors: tuple[str, ...]
    covers: frozenset[str]


class _Planning:
    """A programme under way."""

    def __init__(
        self, state: State, terms: Terms, topics: Mapping[str, str], seen: Mapping[Month, frozenset[str]]
    ) -> None:
        """Find who may audit what, and what was held."""
        self._state, self._terms, self._topics = state, terms, topics
        cycle = [terms.begins.after(place) for place in range(terms.cycle)]
        now = Month.of(state.date)
        self._uncounted: list[tuple[str, str, str]] = []
        were_held = [
            (process.id, one) for process in state.processes for one in self._counting(process, frozenset(cycle), now)
        ]
        self._held = [
            month for month in cycle if month.number in terms.months and (not were_held or now.until(month) >= 0)
        ]
        self._able = {
            auditor.name: frozenset(month for month in self._held if month not in auditor.away)
            for auditor in terms.auditors
        }
        self._scope = [ref for ref, clause in state.clauses.items() if clause.in_scope]
        self._answering = {ref: _answering(state.clauses[ref], state.processes) for ref in self._scope}
        self._common = [ref for ref, found in self._answering.items() if not found and state.clauses[ref].every]
        self._of_process: dict[str, list[str]] = {process.id: [] for process in state.processes}
        for ref, processes in self._answering.items():
            for id_ in processes:
                self._of_process[id_].append(ref)
        self._done = tuple(self._as_held(id_, one, seen) for id_, one in were_held)
        self._covered = {ref for session in self._done for ref in session.covers}
        self._kinds: dict[str, _Kind] = {}
        for process in state.processes:
            self._add_kinds(process)

    def programme(self) -> Programme:
        """Plan it."""
        audited = tuple(map(self._audited, self._state.processes))
        reached = {ref for kind in self._kinds.values() for ref in kind.covers} | self._covered
        often = Counter(session.process for session in self._done)
        clauses = [
            Need(ref, frozenset(name for name, kind in self._kinds.items() if ref in kind.covers))
            for ref in self._scope
            if ref in reached and ref not in self._covered
        ]
        processes = [
            Need(
                f"{NEED}{one.id}",
                frozenset(name for name, kind in self._kinds.items() if kind.process == one.id),
                max(0, one.least - often[one.id]),
            )
            for one in audited
            if one.auditors
        ]
        once, whole = fewest(clauses), fewest([*clauses, *processes])
        sessions = self._with_clauses(self._dated(whole, audited))
        uncovered = {ref: self._why(ref) for ref in self._scope if ref not in reached}
        staffed = frozenset[Month]().union(*self._able.values())
        return Programme(
            self._terms,
            audited,
            sessions,
            tuple(self._scope),
            uncovered,
            once.bound,
            whole.bound,
            tuple(month for month in self._held if month not in staffed),
            _wide(sessions, audited),
            tuple(self._uncounted),
        )

    def _counting(self, process: ProcessState, cycle: frozenset[Month], now: Month) -> Iterator[Held]:
        """Give the sessions of a process that were held; keep what does not count, and why."""
        said = self._terms.said.get(process.id, Said())
        for text in said.unread:
            self._uncounted.append((process.id, text, "write month and auditor, as in 2027-03 Ann Archer"))
        for one in said.held:
            auditor = next((a for a in self._terms.auditors if _same(a.name, one.auditor)), Auditor(one.auditor))
            why = ""
            if one.month not in cycle:
                why = "not in the cycle"
            elif one.month.until(now) < 0:
                why = "still to come"
            elif not self._may(process, auditor):
                why = "nobody audits own work"
            if why:
                self._uncounted.append((process.id, f"{one.month} {one.auditor}".strip(), why))
            else:
                yield one

    def _as_held(self, process: str, one: Held, seen: Mapping[Month, frozenset[str]]) -> Session:
        """Say what a session covered that was held."""
        mine = next((a.clauses for a in self._terms.auditors if _same(a.name, one.auditor)), frozenset[str]())
        asked = seen.get(one.month, frozenset())
        covers = {*self._of_process[process], *(ref for ref in self._common if ref in asked)} - mine
        name = next((a.name for a in self._terms.auditors if _same(a.name, one.auditor)), one.auditor)
        return Session(0, process, one.month, name, tuple(ref for ref in self._scope if ref in covers), was_held=True)

    def _may(self, process: ProcessState, auditor: Auditor) -> bool:
        said = self._terms.said.get(process.id, Said())
        owners = names_in(process.owner)
        mine = process.id in auditor.processes or any(_same(owner, auditor.name) for owner in owners)
        return not mine and not any(_same(name, auditor.name) for name in said.not_by)

    def _add_kinds(self, process: ProcessState) -> None:
        """Put together the auditors who may audit the same of a process."""
        theirs = (*self._of_process[process.id], *self._common)
        found: dict[frozenset[str], list[str]] = {}
        for auditor in self._terms.auditors:
            if self._may(process, auditor) and self._able[auditor.name]:
                found.setdefault(frozenset(ref for ref in theirs if ref not in auditor.clauses), []).append(
                    auditor.name
                )
        for place, (covers, names) in enumerate(found.items()):
            self._kinds[f"{process.id} {place}"] = _Kind(process.id, tuple(names), covers)

    def _audited(self, process: ProcessState) -> ProcessPlan:
        said = self._terms.said.get(process.id, Said())
        every = interval(self._terms, said)
        least = 0 if every is None else -(-self._terms.cycle // every)
        names = tuple(
            auditor.name for auditor in self._terms.auditors if self._may(process, auditor) and self._able[auditor.name]
        )
        return ProcessPlan(process.id, process.name, process.owner, said.risk, said.last, every, least, names)

    def _why(self, ref: str) -> str:
        """Say why no session can cover a clause."""
        names = {process.id: process.name for process in self._state.processes}
        clause = self._state.clauses[ref]
        if not self._answering[ref]:
            return "no auditor may audit any process" if clause.every else NO_PROCESS
        told = []
        for id_ in self._answering[ref]:
            may = [a for a in self._terms.auditors if self._may(self._process(id_), a)]
            if not may:
                why = "is the work of every auditor, or closed to them"
            elif not any(self._able[auditor.name] for auditor in may):
                why = (
                    f"only {' and '.join(auditor.name for auditor in may)} may audit it, and there is no month for that"
                )
            else:
                theirs = " and ".join(auditor.name for auditor in may)
                why = f"the clause itself is the work of {theirs}, and nobody else may audit the process"
            told.append(f"{names[id_]}: {why}")
        return "; ".join(told)

    def _process(self, id_: str) -> ProcessState:
        return next(process for process in self._state.processes if process.id == id_)

    # --- months and auditors --------------------------------------------------------------------------------------

    def _dated(self, cover: Cover, audited: Sequence[ProcessPlan]) -> list[Session]:
        """Give each session its month and auditor: spread over the cycle, the more pressing of two first."""
        rank = sorted(audited, key=lambda one: (one.every or self._terms.cycle + 1, one.last != schema.MAJOR))
        kinds = {one.id: self._chosen(cover, one.id) for one in rank}
        done = Counter(session.process for session in self._done)
        as_often = Counter(done[id_] + len(found) for id_, found in kinds.items())
        nth: Counter[int] = Counter()
        busy = Counter(session.month for session in self._done)
        work = Counter(session.auditor for session in self._done)
        found = list(self._done)
        for one in rank:
            earlier = sorted(
                (session.month for session in self._done if session.process == one.id), key=self._terms.begins.until
            )
            often = len(earlier) + len(kinds[one.id])
            share = (nth[often] + 0.5) / as_often[often]
            nth[often] += 1
            before = earlier[-1] if earlier else None
            for turn, kind in enumerate(kinds[one.id], len(earlier)):
                month = self._month(kind, one, (turn, often), share, before, busy)
                able = [name for name in kind.auditors if month in self._able[name]]
                auditor = min(able, key=lambda name: (work[name], able.index(name)))
                busy[month] += 1
                work[auditor] += 1
                before = month
                found.append(Session(0, one.id, month, auditor, ()))
        order = {one.id: place for place, one in enumerate(audited)}
        found.sort(key=lambda session: (self._terms.begins.until(session.month), order[session.process]))
        return [evolve(session, number=number) for number, session in enumerate(found, 1)]

    def _chosen(self, cover: Cover, process: str) -> list[_Kind]:
        """Give the kinds of the sessions of a process, one for each."""
        kinds = {name: self._kinds[name] for name in cover.counts}
        return [kind for name, kind in kinds.items() if kind.process == process for _ in range(cover.counts[name])]

    def _month(
        self,
        kind: _Kind,
        one: ProcessPlan,
        turn: tuple[int, int],
        share: float,
        before: Month | None,
        busy: Mapping[Month, int],
    ) -> Month:
        """Choose a month near the one that is meant: within its part of the cycle, and not too long after the last."""
        begins, part = self._terms.begins, self._terms.cycle / turn[1]
        months = [month for month in self._held if any(month in self._able[name] for name in kind.auditors)]

        def best(fitting: list[Month]) -> Month:
            meant = (turn[0] + share) * part
            return min(
                fitting,
                key=lambda m: (abs(begins.until(m) + 0.5 - meant) + busy.get(m, 0), begins.until(m)),
            )

        later = [month for month in months if before is not None and before.until(month) > 0]
        after = months if before is None else later
        own = [month for month in after if turn[0] * part <= begins.until(month) < (turn[0] + 1) * part]
        soon = [month for month in own if before is None or one.every is None or before.until(month) <= one.every]
        return best(soon or own or later or months)

    def _with_clauses(self, sessions: Sequence[Session]) -> tuple[Session, ...]:
        """Say which clauses each session covers; those of all processes are shared out, topic by topic."""
        clauses = {auditor.name: auditor.clauses for auditor in self._terms.auditors}
        covers = {
            session.number: [*session.covers]
            if session.was_held
            else [ref for ref in self._of_process[session.process] if ref not in clauses[session.auditor]]
            for session in sessions
        }
        taken: dict[str, int] = {}
        ahead = [session for session in sessions if not session.was_held]
        for ref in (ref for ref in self._common if ref not in self._covered):
            able = [session.number for session in ahead if ref not in clauses[session.auditor]]
            topic = self._topics.get(ref, ref)
            if able:
                number = taken.get(topic, 0)
                number = number if number in able else min(able, key=lambda one: (len(covers[one]), one))
                taken[topic] = number
                covers[number].append(ref)
        place = {ref: number for number, ref in enumerate(self._scope)}
        return tuple(
            evolve(session, covers=tuple(sorted(covers[session.number], key=place.__getitem__))) for session in sessions
        )


def _answering(clause: ClauseState, processes: Sequence[ProcessState]) -> tuple[str, ...]:
    """Name the processes that answer for a clause; else those that take part in it, else those that it touches."""
    for mark in _STRENGTH:
        found = tuple(process.id for process in processes if clause.marks.get(process.id) == mark)
        if found:
            return found
    return ()


def _same(one: str, other: str) -> bool:
    """Tell whether two people are called alike; what stands behind a comma is what they are."""
    first, second = (" ".join(name.partition(",")[0].split()).casefold() for name in (one, other))
    return bool(first) and first == second


def _wide(sessions: Sequence[Session], audited: Sequence[ProcessPlan]) -> dict[str, int]:
    """Find processes with more months between two sessions than asked for."""
    found = {}
    for one in audited:
        months = [session.month for session in sessions if session.process == one.id]
        most = max((a.until(b) for a, b in pairwise(months)), default=0)
        if one.every is not None and most > one.every:
            found[one.id] = most
    return found
