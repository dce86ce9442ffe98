"""Who answers which rows of the workbook: by the owner that stands there, else by the process, else nobody.

A requirement is its owner's: the one who stands in its own row, else in the row of its question. Where none does, it is
of the owner of the process that is named there, else of those whose processes answer for its clause (P). An action is
its owner's, else of who has the requirement; a document its owner's, else of who alone has all requirements that ask
for it. On other sheets only who stands there counts, and who is missing is told once somebody stands there at all.
What does not apply, and actions that are closed, are nobody's work and are left out.

One person under several names is one hand: case and blanks do not count, and a part of a name that stands between
commas ("IMS manager") is whose full name alone has it ("Dorian Feltham, IMS manager"). Who has two roles ("Ines
Caldeira, internal auditor", "Ines Caldeira, laboratory manager") is one person; "van Dam, Jan" and "van Dam, Piet" are
two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from imsmap.plain import folded
from imsmap.register.asked import Asked
from imsmap.register.cells import NEW, Cells, Key, Value
from imsmap.register.controls import SOA
from imsmap.register.obligations import OBLIGATIONS
from imsmap.register.questions import Question, Verdict
from imsmap.register.schema import Process
from imsmap.register.state import ACTIONS, DOCUMENTS, REQUIREMENTS, State, words
from imsmap.values import frozen

AUDIT, REVIEW = "audit", "management_review"
OWNER = {
    REQUIREMENTS: "owner", ACTIONS: "owner", DOCUMENTS: "owner", AUDIT: "auditor", REVIEW: "owner", SOA: "owner",
    OBLIGATIONS: "owner",
}  # fmt: skip
"""The sheets on which rows have somebody who answers them, and the column that says who."""
_SEVERAL = re.compile(r"\s*;\s*|\s*\n\s*|\s+/\s+")
_ANSWERS = "P"


@frozen
class Hand:
    """What one person answers: ids of rows by sheet, in the order of the sheets; nobody has no name.

    beside: rows of shared questions that somebody else answers, to be seen with the verdicts that are this person's.
    roles: the full names, with what they are, of who has several. about: what they are asked about, as a sentence.
    """

    name: str
    rows: Mapping[str, tuple[str, ...]]
    beside: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    about: str = ""

    @property
    def count(self) -> int:
        """Count the rows."""
        return sum(map(len, self.rows.values()))


@frozen
class Hands:
    """Everybody who answers anything, by name, and what nobody answers."""

    people: tuple[Hand, ...]
    nobody: Hand


class _Held(NamedTuple):
    """Whose a verdict is; together: the row of its question is theirs, too."""

    names: tuple[str, ...]
    together: bool


def hands(
    asked: Asked,
    cells: Cells,
    processes: Sequence[Process],
    state: State,
    rows: Mapping[str, Sequence[str]],
    asking: Mapping[str, Sequence[str]],
) -> Hands:
    """Tell who answers what.

    rows: the ids of the rows on the sheets of `OWNER` but Requirements and Actions. asking: the points that ask for
    each document, by id.
    """
    return _Sharing(asked, cells, processes, state, rows, asking).hands()


def names_in(value: Value | None) -> tuple[str, ...]:
    """Give the people that a cell names: several stand on lines of their own, between semicolons, or slashes."""
    text = "" if value is None else str(value) if isinstance(value, str) else words(value)
    return tuple(dict.fromkeys(name for part in _SEVERAL.split(text) if (name := " ".join(part.split()))))


def as_one(name: str) -> str:
    """Reduce a name to what is compared."""
    return " ".join(folded(name).split()).casefold()


class _Sharing:
    """The rows under way to who answers them."""

    def __init__(
        self,
        asked: Asked,
        cells: Cells,
        processes: Sequence[Process],
        state: State,
        rows: Mapping[str, Sequence[str]],
        asking: Mapping[str, Sequence[str]],
    ) -> None:
        """Learn every name first, so that short ones are known by the full ones."""
        self._asked, self._cells, self._state, self._rows, self._asking = asked, cells, state, rows, asking
        self._processes = {as_one(said): one for one in processes for said in (one.id, one.name)}
        self._by_id = {one.id: one for one in processes}
        column = set(OWNER.items())
        said = [name for key, value in cells.items() if (key.sheet, key.field) in column for name in names_in(value)]
        said += [name for one in processes for name in names_in(one.owner)]
        said += [name for action in state.actions for name in names_in(action.owner)]
        self._names, self._roles = _known(said)
        self._theirs: defaultdict[str, defaultdict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        self._beside: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._holds: dict[str, tuple[str, ...]] = {}

    def hands(self) -> Hands:
        """Share out sheet by sheet."""
        for question in self._asked.questions:
            self._share(question)
        for action in self._state.actions:
            if action.is_open:
                names = self._people(action.owner) or self._holds.get(action.point, ())
                self._give(ACTIONS, action.row, names)
        for sheet, ids in self._rows.items():
            self._share_sheet(sheet, ids)
        for sheet in OWNER:
            if sheet != ACTIONS:
                self._share_added(sheet)
        people = sorted((name for name in self._theirs if name), key=lambda name: (as_one(name), name))
        return Hands(tuple(map(self._hand, people)), self._hand(""))

    def _hand(self, name: str) -> Hand:
        rows = {sheet: tuple(self._theirs[name][sheet]) for sheet in OWNER if self._theirs[name][sheet]}
        beside = tuple(row for row in self._beside[name] if row not in rows.get(REQUIREMENTS, ()))
        return Hand(name, rows, beside, self._roles.get(name, ()))

    def _people(self, *said: Value | None) -> tuple[str, ...]:
        found = (self._names[as_one(name)] for value in said for name in names_in(value))
        return tuple(dict.fromkeys(found))

    def _give(self, sheet: str, row: str, names: Iterable[str]) -> None:
        for name in tuple(names) or ("",):
            self._theirs[name][sheet].setdefault(row)

    # --- requirements ----------------------------------------------------------------------------------------------

    def _share(self, question: Question) -> None:
        applying = [one for one in question.verdicts if self._state.points[one.point].in_scope]
        if not applying:
            return
        held = {verdict: self._holders(question, verdict) for verdict in applying}
        if question.is_shared:
            together = [name for one in held.values() if one.together for name in one.names]
            together += self._people(self._asked.questions.said_for_all(self._cells, applying[0].point, "owner"))
            nobodys = not together and any(not one.names for one in held.values())
            if together or nobodys:
                self._give(REQUIREMENTS, question.id, dict.fromkeys(together))
        for verdict, one in held.items():
            self._holds[verdict.point] = one.names
            self._give(REQUIREMENTS, verdict.point, one.names)
            if question.is_shared:
                for name in one.names or ("",):
                    self._beside[name].setdefault(question.id)

    def _holders(self, question: Question, verdict: Verdict) -> _Held:
        """Find whose a verdict is, and whether by what is said for all standards."""
        point, shared = verdict.point, question.is_shared
        for name in ("owner", "process"):
            own = self._cells.get(Key(REQUIREMENTS, point, name))
            for value, together in ((own, not shared), (self._said_for_all(point, name), True)):
                if found := self._people(value) if name == "owner" else self._of_processes(value):
                    return _Held(found, together)
                if names_in(value):
                    return _Held((), together)
        marks = self._state.clauses[verdict.clause].marks
        owners = [self._by_id[id_].owner for id_, mark in marks.items() if mark == _ANSWERS and id_ in self._by_id]
        return _Held(self._people(*owners), True)

    def _said_for_all(self, point: str, name: str) -> Value | None:
        return self._asked.questions.said_for_all(self._cells, point, name)

    def _of_processes(self, value: Value | None) -> tuple[str, ...]:
        """Give the owners of the processes that a cell names."""
        named = (self._processes.get(as_one(name)) for name in names_in(value))
        return self._people(*(one.owner for one in named if one is not None))

    # --- other sheets ----------------------------------------------------------------------------------------------

    def _share_sheet(self, sheet: str, ids: Sequence[str]) -> None:
        said = {row: self._people(self._cells.get(Key(sheet, row, OWNER[sheet]))) for row in ids}
        underway = any(said.values())
        for row, names in said.items():
            if not self._is_wanted(sheet, row):
                continue
            if sheet == DOCUMENTS and not names:
                names = self._of_document(row)
            if names or underway or sheet == DOCUMENTS:
                self._give(sheet, row, names)

    def _is_wanted(self, sheet: str, row: str) -> bool:
        """Tell whether anybody has to answer a row."""
        if sheet == DOCUMENTS:
            return row in self._state.documents and self._state.documents[row].is_needed
        clause = self._state.clauses.get(row) if sheet in (SOA, OBLIGATIONS) else None
        return clause is None or clause.in_scope

    def _of_document(self, row: str) -> tuple[str, ...]:
        """Give who alone has every requirement that asks for a document; nobody where they are several."""
        held = {self._holds[point] for point in self._asking[row] if point in self._holds}
        return next(iter(held)) if len(held) == 1 and len(next(iter(held))) == 1 else ()

    def _share_added(self, sheet: str) -> None:
        """Give rows that people added to whom they name."""
        added = dict.fromkeys(key.row for key in sorted(self._cells) if key.sheet == sheet and key.row.startswith(NEW))
        for row in added:
            names = self._people(self._cells.get(Key(sheet, row, OWNER[sheet])))
            if names:
                self._give(sheet, row, names)


def _known(said: Iterable[str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Give for each name, as it is compared, the one that stands for it: the full one, as most write it.

    The second are the full names of who has several roles, by the name that stands for them.
    """
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in said:
        spelled[as_one(name)][name] += 1
    best = {key: min(counts, key=lambda name: (-counts[name], name)) for key, counts in spelled.items()}
    having: defaultdict[str, set[str]] = defaultdict(set)
    for key in best:
        parts = [part.strip() for part in key.split(",")]
        if len(parts) > 1:
            for part in parts:
                having[part].add(key)
    stands = dict(best)
    roles: dict[str, tuple[str, ...]] = {}
    for person, keys in having.items():
        full = sorted(best[key] for key in keys)
        if len(keys) > 1 and all(_has_role(person, name) for name in full):
            name = best.get(person) or full[0].partition(",")[0].strip()
            roles[name] = tuple(full)
            stands |= dict.fromkeys(keys, name)
    known = {}
    for key in best:
        found = {stands[full] for full in having.get(key, ())}
        known[key] = next(iter(found)) if len(found) == 1 else stands[key]
    return known, roles


def _has_role(person: str, name: str) -> bool:
    """Tell a person with a role behind the comma from a family name with a first name there.

    A person has a first name and another, and a role is no name: a word of it is written small.
    """
    first, _, role = name.partition(",")
    return as_one(first) == person and " " in person and any(word[:1].islower() for word in role.split())
