"""Read and write what somebody told about their organization to choose a standard by: choose.toml."""

from __future__ import annotations

import datetime
from pathlib import Path

from imsmap.decision.rules import (
    BOTH,
    CAPACITY,
    KINDS,
    MOST_SCORE,
    MOST_WEIGHT,
    SIDES,
    UNKNOWN,
    WEIGHT,
    Case,
    Certificate,
    Gate,
    Given,
    Hours,
    weighable,
)
from imsmap.errors import DataError, Problem
from imsmap.library.guides import Criterion
from imsmap.nearest import did_you_mean
from imsmap.readers import toml
from imsmap.readers.toml import Place, Table, TomlText, quoted

_TABLES = ("gates", "held", CAPACITY, "criteria", "hours")
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
        self.criteria = criteria
        self.sides = {criterion.id: criterion.side for criterion in criteria}
        self.text = text
        self.found = text.values
        self.problems: list[Problem] = []

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
            if not isinstance(names, str) or names not in (*SIDES, BOTH, UNKNOWN):
                self.fault(
                    f'a gate names "{SIDES[0]}", "{SIDES[1]}", "{BOTH}" or "{UNKNOWN}", not {_shown(names)}',
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
            for side in SIDES:
                if gate.kind and gate.names in (side, BOTH):
                    first, other = seen.setdefault((gate.kind, side), (at, gate))
                    if gate.date != other.date:
                        said = " and ".join("no date" if g.date is None else g.date.isoformat() for g in (other, gate))
                        self.fault(
                            f"gates {first + 1} and {at + 1} contradict each other: {KINDS[gate.kind]} asks for ISO "
                            f"{side} by {said}; keep the one that binds",
                            "gates", at, "date",
                        )  # fmt: skip
                        break

    def _held(self) -> tuple[Certificate, ...]:
        held = []
        for side, entry in self._table("held").items():
            where = ("held", side)
            if side not in SIDES:
                self.fault(f'a certificate is held for "{SIDES[0]}" or "{SIDES[1]}", not {_shown(side)}', *where)
            elif not isinstance(entry, dict):
                self.fault(f"write [held.{side}] and under it edition, until, evidence", *where)
            else:
                self._keys(entry, ("edition", "until", "evidence"), where)
                edition, evidence = (self._text(entry, key, where) for key in ("edition", "evidence"))
                held.append(Certificate(side, edition, self._date(entry, "until", where), evidence))
        return tuple(sorted(held, key=lambda certificate: SIDES.index(certificate.side)))

    def _given(self) -> dict[str, Given]:
        answers = {name: entry for name, entry in self._table("criteria").items() if name != CAPACITY}
        given = {}
        for name, entry in answers.items():
            where = ("criteria", name)
            if name not in self.sides:
                self.fault(f"no criterion {name}; {did_you_mean(name, self.sides)}", *where, name)
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
            if serves not in (*SIDES, BOTH):
                self.fault(
                    f'work serves "{SIDES[0]}", "{SIDES[1]}" or "{BOTH}", not {_shown(entry.get("serves"))}',
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


def _shown(value: object) -> str:
    text = repr(value)
    return "nothing" if value is None else text if len(text) <= 40 else f"{text[:37]}..."


# --- writing ---------------------------------------------------------------------------------------------------------


def to_toml(case: Case) -> str:
    """Write answers as a file that reads as the same answers; what is unknown says so."""
    parts = [_HEAD]
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
        parts.append(_NO_HELD)
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
    parts.append(_HOURS)
    for hours in case.hours:
        told = f"work = {quoted(hours.work)}\nserves = {quoted(hours.serves)}"
        parts.append(f"[[hours]]\n{told}\nlow = {hours.low!r}\nhigh = {hours.high!r}\n")
    if not case.hours:
        parts.append(_NO_HOURS)
    return "\n".join(parts)


_HEAD = f"""\
# Which comes first: ISO 9001, ISO 14001, or both? Fill this in and ask: imsmap choose choose.toml
# Nothing is asked that you must know: "{UNKNOWN}" stays open and is shown as such, never counted as 0.

# 1. What obliges? A gate decides by itself. kind: {", ".join(KINDS)}.
#    names: "{SIDES[0]}", "{SIDES[1]}", "{BOTH}", or "{UNKNOWN}" where it only says "ISO certification": then ask which.
"""
_NO_GATES = f"""\
# [[gates]]
# kind = "contract"
# names = "{UNKNOWN}"
# date = 2027-03-31
# evidence = "Which paper says so, and where"
"""
_HELD = "# 2. Which certificates are held already?\n"
_NO_HELD = f"""\
# [held.{SIDES[0]}]
# edition = "2015"
# until = 2028-05-31
# evidence = "Number of the certificate"
"""
_WEIGH = (
    f"# 3. Weigh: a score from 0 to {MOST_SCORE} with its evidence, and a weight from 0 to {MOST_WEIGHT}; the weights "
    "are yours to change.\n"
)
_HOURS = """\
# 4. Your own estimate of the work, if you want the effort as a range. serves: "9001", "14001" or "both".
"""
_NO_HOURS = """\
# [[hours]]
# work = "Management review, the first time"
# serves = "both"
# low = 12
# high = 20
"""
