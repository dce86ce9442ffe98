"""Read and write what somebody told about their organization to choose a standard by: choose.toml."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from imsmap.decision.rules import (
    BOTH,
    CAPACITY,
    KINDS,
    MOST_SCORE,
    MOST_WEIGHT,
    UNKNOWN,
    WEIGHT,
    Case,
    Certificate,
    Gate,
    Given,
    Hours,
    between,
    candidates,
    weighable,
)
from imsmap.errors import DataError, Problem
from imsmap.library.guides import Criterion
from imsmap.nearest import did_you_mean
from imsmap.readers import toml
from imsmap.readers.toml import Place, Table, TomlText, quoted

STANDARDS = "standards"
_TABLES = (STANDARDS, "gates", "held", CAPACITY, "criteria", "hours")
_MOST_HOURS = 1_000_000


def read_case(path: Path, criteria: tuple[Criterion, ...]) -> Case:
    """Read a file of answers; DataError with every problem of it, each with its line where there is one."""
    shown = str(path)
    try:
        if path.stat().st_size > toml.MAX_BYTES:
            raise toml.too_large(shown)
        text = toml.parse(path.read_bytes(), shown, 'evidence = "Two notices in 2025"')
    except OSError as error:
        raise _refused(path, f"can't be read ({error.strerror}); imsmap choose --template writes one") from None
    if not text.values:
        raise _refused(path, "holds no answers; imsmap choose --template writes a file to fill in")
    return _Reading(path, text, criteria).case()


def _refused(path: Path, message: str) -> DataError:
    return DataError([Problem(str(path), None, message)])


class _Reading:
    """One pass over a file of answers, gathering problems."""

    def __init__(self, path: Path, text: TomlText, criteria: tuple[Criterion, ...]) -> None:
        self.path = str(path)
        self.text = text
        self.found = text.values
        self.problems: list[Problem] = []
        self.known = candidates(criteria)
        self.every = {criterion.id: criterion.side for criterion in criteria}
        self.criteria = between(criteria, self._standards())
        self.both = tuple(candidates(self.criteria))
        self.sides = {criterion.id: criterion.side for criterion in self.criteria}

    def fault(self, message: str, *place: str | int) -> None:
        """Note a problem with the line of the key at a place, or of the table around it."""
        self.problems.append(Problem(self.path, self.text.line(*place), message))

    def case(self) -> Case:
        for name in self.found:
            if name not in _TABLES:
                self.fault(f"{name} is not known; {did_you_mean(name, _TABLES)}", name)
        gates = self._gates()
        case = Case(gates, self._held(), self._given(), self._hours(), criteria=self.criteria)
        self._contradictions(gates)
        if not self.problems and not weighable(case):
            self.fault("all weights of one standard are 0, so nothing can be weighed; give one of them a weight")
        if self.problems:
            raise DataError(self.problems)
        return case

    def _standards(self) -> tuple[str, ...]:
        """Give the two standards that the file names; none where it names none, or none that can be weighed."""
        entries = self.found.get(STANDARDS)
        if entries is None:
            return ()
        can = ", ".join(self.known)
        if not isinstance(entries, list) or len(entries) != 2:
            self.fault(f"{STANDARDS} names the two that are weighed, by their numbers, of {can}", STANDARDS)
            return ()
        found = []
        for entry in entries:
            number = str(entry).split()[-1] if str(entry).strip() and not isinstance(entry, bool | dict) else ""
            if number.partition(":")[0] in self.known and ":" in number:
                words = f'{_shown(entry)} is an edition; write "{number.partition(":")[0]}": to which to aim is told'
                self.fault(words, STANDARDS)
            elif number not in self.known:
                self.fault(f"{_shown(entry)} can't be weighed; there are criteria for {can}", STANDARDS)
            elif number in found:
                self.fault(f"{number} is there twice; name two different standards, of {can}", STANDARDS)
            else:
                found.append(number)
        return tuple(found) if len(found) == 2 else ()

    def _not_weighed(self, side: object) -> str:
        """Say how to weigh a standard that this file does not weigh."""
        if side not in self.known or side in self.both:
            return ""
        return (
            f'; this file weighs {_or(self.both)}, for others write {STANDARDS} = ["{self.both[0]}", "{side}"] on top'
        )

    # --- the parts ---------------------------------------------------------------------------------------------------

    def _gates(self) -> tuple[Gate, ...]:
        gates = []
        for at, entry in enumerate(self._list("gates")):
            where = ("gates", at)
            self._keys(entry, ("kind", "names", "date", "evidence"), where)
            kind, names = entry.get("kind"), entry.get("names", UNKNOWN)
            names = str(names) if isinstance(names, int) and not isinstance(names, bool) else names
            if not isinstance(kind, str) or kind not in KINDS:
                self.fault(f"a gate's kind is one of {', '.join(KINDS)}, not {_shown(kind)}", *where, "kind")
                kind = ""
            if not isinstance(names, str) or names not in (*self.both, BOTH, UNKNOWN):
                self.fault(
                    f"a gate names {_or((*self.both, BOTH, UNKNOWN))}, not {_shown(names)}{self._not_weighed(names)}",
                    *where,
                    "names",
                )
                names = UNKNOWN
            date = self._date(entry, "date", where)
            gates.append(Gate(kind, names, date, self._text(entry, "evidence", where)))
        return tuple(gates)

    def _contradictions(self, gates: tuple[Gate, ...]) -> None:
        """Find gates of one kind that name a standard with different dates: only one of them can bind."""
        seen: dict[tuple[str, str], tuple[int, Gate]] = {}
        for at, gate in enumerate(gates):
            for side in self.both:
                if gate.kind and gate.names in (side, BOTH):
                    first, other = seen.setdefault((gate.kind, side), (at, gate))
                    if gate.date != other.date:
                        said = " and ".join("no date" if g.date is None else g.date.isoformat() for g in (other, gate))
                        self.fault(
                            f"gates {first + 1} and {at + 1} contradict each other: {KINDS[gate.kind]} asks for "
                            f"{self.known[side].name} by {said}; keep the one that binds",
                            "gates", at, "date",
                        )  # fmt: skip
                        break

    def _held(self) -> tuple[Certificate, ...]:
        held = []
        for side, entry in self._table("held").items():
            where = ("held", side)
            if side not in self.both:
                words = f"a certificate is held for {_or(self.both)}, not {_shown(side)}{self._not_weighed(side)}"
                self.fault(words, *where)
            elif not isinstance(entry, dict):
                self.fault(f"write [held.{side}] and under it edition, until, evidence", *where)
            else:
                self._keys(entry, ("edition", "until", "evidence"), where)
                edition, evidence = (self._text(entry, key, where) for key in ("edition", "evidence"))
                held.append(Certificate(side, edition, self._date(entry, "until", where), evidence))
        return tuple(sorted(held, key=lambda certificate: self.both.index(certificate.side)))

    def _given(self) -> dict[str, Given]:
        answers = {name: entry for name, entry in self._table("criteria").items() if name != CAPACITY}
        given = {}
        for name, entry in answers.items():
            where = ("criteria", name)
            if name not in self.sides:
                if name in self.every:
                    side = self.every[name]
                    words = f"{name} weighs {self.known[str(side)].name}{self._not_weighed(side)}"
                else:
                    words = f"no criterion {name}; {did_you_mean(name, self.sides)}"
                self.fault(words, *where, name)
            elif not isinstance(entry, dict):
                self.fault(f"write [criteria.{name}] and under it score, weight, evidence", *where)
            else:
                given[name] = self._answer(name, entry, where)
        if CAPACITY in self._table("criteria"):
            self.fault(f"{CAPACITY} has a table of its own; write [{CAPACITY}]", "criteria", CAPACITY)
        if isinstance(self.found.get(CAPACITY, {}), dict):
            given[CAPACITY] = self._answer(CAPACITY, self.found.get(CAPACITY, {}), (CAPACITY,))
        else:
            self.fault(f"write [{CAPACITY}] and under it score and evidence", CAPACITY)
        return given

    def _answer(self, name: str, entry: Table, where: Place) -> Given:
        weighted = self.sides.get(name) is not None
        self._keys(entry, ("score", "weight", "evidence") if weighted else ("score", "evidence"), where)
        score, weight = entry.get("score", UNKNOWN), entry.get("weight", WEIGHT)
        if score == UNKNOWN or score == "":
            score = None
        elif not _whole(score, MOST_SCORE):
            self.fault(
                f'{name}: a score is a whole number from 0 to {MOST_SCORE}, or "{UNKNOWN}", not {_shown(score)}',
                *where,
                "score",
            )
            score = None
        if weighted and not _whole(weight, MOST_WEIGHT):
            self.fault(
                f"{name}: a weight is a whole number from 0 to {MOST_WEIGHT}, not {_shown(weight)}", *where, "weight"
            )
            weight = WEIGHT
        return Given(score, weight if weighted else WEIGHT, self._text(entry, "evidence", where))

    def _hours(self) -> tuple[Hours, ...]:
        hours = []
        for at, entry in enumerate(self._list("hours")):
            where = ("hours", at)
            self._keys(entry, ("work", "serves", "low", "high"), where)
            serves = str(entry.get("serves", ""))
            if serves not in (*self.both, BOTH):
                self.fault(
                    f"work serves {_or((*self.both, BOTH))}, not {_shown(entry.get('serves'))}"
                    f"{self._not_weighed(serves)}",
                    *where,
                    "serves",
                )
                continue
            low = entry.get("low")
            high = entry.get("high", low)
            if not (_hours(low) and _hours(high)):
                self.fault(
                    f"hours are numbers of 0 and more, low and high, not {_shown(low)} and {_shown(high)}",
                    *where,
                    "low",
                )
            elif low > high:
                self.fault(f"low ({low}) is more than high ({high}); swap them", *where, "low")
            else:
                work = self._text(entry, "work", where) or f"work {at + 1}"
                hours.append(Hours(work, serves, float(str(low)), float(str(high))))
        return tuple(hours)

    # --- what they are made of ---------------------------------------------------------------------------------------

    def _list(self, name: str) -> list[Table]:
        entries = self.found.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self.fault(f"write [[{name}]] for each of them", name)
            return []
        return entries

    def _table(self, name: str) -> Table:
        entries = self.found.get(name, {})
        if not isinstance(entries, dict):
            self.fault(f"{name} must be a table, such as [{name}...]", name)
            return {}
        return entries

    def _keys(self, entry: Table, known: tuple[str, ...], where: Place) -> None:
        for key in entry:
            if key not in known:
                self.fault(f"{key} is not known here; {did_you_mean(key, known)}", *where, key)

    def _date(self, entry: Table, key: str, where: Place) -> datetime.date | None:
        value = entry.get(key)
        if value is None or value in ("", UNKNOWN):
            return None
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, str):
            try:
                return datetime.date.fromisoformat(value)
            except ValueError:
                pass
        if isinstance(value, datetime.date):
            return value
        self.fault(f"{key} must be a date such as 2027-03-31, not {_shown(value)}", *where, key)
        return None

    def _text(self, entry: Table, key: str, where: Place) -> str:
        value = entry.get(key, "")
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        self.fault(f'{key} must be a text in quotes, such as "{key} ...", not {_shown(value)}', *where, key)
        return ""


def _whole(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _hours(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MOST_HOURS


def _or(words: Sequence[str]) -> str:
    """Name what may be written, in quotes."""
    *most, last = (f'"{word}"' for word in words)
    return f"{', '.join(most)} or {last}" if most else last


def _shown(value: object) -> str:
    text = repr(value)
    return "nothing" if value is None else text if len(text) <= 40 else f"{text[:37]}..."


# --- writing ---------------------------------------------------------------------------------------------------------


def to_toml(case: Case) -> str:
    """Write answers as a file that reads as the same answers; what is unknown says so."""
    sides = {"one": case.sides[0], "two": case.sides[1]}
    parts = [_HEAD.format(names=", ".join(one.name for one in case.candidates.values()), **sides)]
    for gate in case.gates:
        date = "" if gate.date is None else f"date = {gate.date.isoformat()}\n"
        names = f"kind = {quoted(gate.kind)}\nnames = {quoted(gate.names)}"
        parts.append(f"[[gates]]\n{names}\n{date}evidence = {quoted(gate.evidence)}\n")
    if not case.gates:
        parts.append(_NO_GATES)
    parts.append(_HELD)
    for held in case.held:
        until = "" if held.until is None else f"until = {held.until.isoformat()}\n"
        parts.append(
            f"[held.{held.side}]\nedition = {quoted(held.edition)}\n{until}evidence = {quoted(held.evidence)}\n"
        )
    if not case.held:
        parts.append(_NO_HELD.format(**sides))
    parts.append(_WEIGH)
    for criterion in case.criteria:
        given = case.of(criterion.id)
        lines = [
            f"# {criterion.question}",
            f"# 0 = {criterion.least}; {MOST_SCORE} = {criterion.most}. {criterion.find}",
        ]
        lines += [f"[{criterion.id}]" if criterion.side is None else f"[criteria.{criterion.id}]"]
        lines += [f"score = {quoted(UNKNOWN) if given.score is None else given.score}"]
        lines += [] if criterion.side is None else [f"weight = {given.weight}"]
        lines += [f"evidence = {quoted(given.evidence)}", ""]
        parts.append("\n".join(lines))
    parts.append(_HOURS.format(**sides))
    for hours in case.hours:
        told = f"work = {quoted(hours.work)}\nserves = {quoted(hours.serves)}"
        parts.append(f"[[hours]]\n{told}\nlow = {hours.low!r}\nhigh = {hours.high!r}\n")
    if not case.hours:
        parts.append(_NO_HOURS)
    return "\n".join(parts)


_HEAD = f"""\
# Which comes first: {{names}}, or both? Fill this in and ask: imsmap choose choose.toml
# Nothing is asked that you must know: "{UNKNOWN}" stays open and is shown as such, never counted as 0.

standards = ["{{one}}", "{{two}}"]

# 1. What obliges? A gate decides by itself. kind: {", ".join(KINDS)}.
#    names: "{{one}}", "{{two}}", "{BOTH}", or "{UNKNOWN}" where it only says "ISO certification": then ask which.
"""
_NO_GATES = f"""\
# [[gates]]
# kind = "contract"
# names = "{UNKNOWN}"
# date = 2027-03-31
# evidence = "Which paper says so, and where"
"""
_HELD = "# 2. Which certificates are held already?\n"
_NO_HELD = """\
# [held.{one}]
# edition = "2015"
# until = 2028-05-31
# evidence = "Number of the certificate"
"""
_WEIGH = (
    f"# 3. Weigh: a score from 0 to {MOST_SCORE} with its evidence, and a weight from 0 to {MOST_WEIGHT}; the weights "
    "are yours to change.\n"
)
_HOURS = """\
# 4. Your own estimate of the work, if you want the effort as a range. serves: "{one}", "{two}" or "both".
"""
_NO_HOURS = """\
# [[hours]]
# work = "Management review, the first time"
# serves = "both"
# low = 12
# high = 20
"""
