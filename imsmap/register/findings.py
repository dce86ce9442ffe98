"""What an audit found goes onto Actions: for each standard that failed an action of its own, never one for all.

An action is made when the checklist says of a standard that it is not met, in a row that came back changed. It is a row
as people add them, found again by the checklist's row and the standard: what they write there stays theirs, and follows
the checklist only where it still says what the checklist said before. Where an audit of another day finds something
else in the same row, or what was closed fails again, that is a finding of its own.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from itertools import count

from imsmap.register.answers import word
from imsmap.register.audited import AUDIT
from imsmap.register.cells import NEW, Cells, Key, Value, same
from imsmap.register.schema import CLOSED, GRADE, NOT_CONFORMING, PROGRESS, RESULT, result
from imsmap.register.state import ACTIONS, words
from imsmap.values import frozen

_TOLD = ("finding", "grade")


@frozen
class Place:
    """A row of the audit checklist: its topic, and by standard (key) the letter and the clauses that it cites."""

    topic: str
    letters: Mapping[str, str]
    clauses: Mapping[str, str]


@frozen
class Found:
    """Cells with the actions for what failed; made: the letter of the standard of each new action."""

    cells: dict[Key, Value]
    made: tuple[str, ...]

    @property
    def told(self) -> str:
        """Say it in one line; nothing where nothing is new."""
        new = len(self.made)
        if not new:
            return ""
        by = ", ".join(f"{letter} {number}" for letter, number in Counter(self.made).items())
        went = "1 finding of the audit went" if new == 1 else f"{new} findings of the audit went"
        return f"{went} onto Actions, each for the standard that failed ({by})"


def with_actions(before: Cells, after: Cells, places: Callable[[], Mapping[str, Place]]) -> Found:
    """Give what changed in the audit checklist its actions. places: of the checklist's rows, by id."""
    rows = sorted(
        {key.row for key in before.keys() | after.keys() if _tells(key) and before.get(key) != after.get(key)}
    )
    failed = [(row, standard) for row in rows for standard in _failed(after, row)]
    if not failed:
        return Found(dict(after), ())
    known = places()
    cells = dict(after)
    there = {key.row for key in after if key.sheet == ACTIONS}
    made = []
    for row, standard in failed:
        place = known.get(row, Place("", {}, {}))
        id_, following = _last(there, row, standard)
        now, then = _action(after, row, standard, place), _action(before, row, standard, place)
        if not id_ or _is_another(before, after, row, standard, id_):
            cells |= {Key(ACTIONS, following, name): value for name, value in now.items()}
            made.append(place.letters.get(standard, standard))
            continue
        for name in ("text", "severity"):
            key = Key(ACTIONS, id_, name)
            if same(after.get(key), then.get(name)) and name in now:
                cells[key] = now[name]
    return Found(cells, tuple(made))


def _tells(key: Key) -> bool:
    return key.sheet == AUDIT and (key.field in _TOLD or key.field.startswith(result("")))


def _failed(cells: Cells, row: str) -> list[str]:
    """Name the standards of which a row says that they are not met."""
    return [
        key.field.removeprefix(result(""))
        for key, value in sorted(cells.items(), key=lambda cell: cell[0])
        if key.sheet == AUDIT
        and key.row == row
        and key.field.startswith(result(""))
        and word(value, RESULT) == NOT_CONFORMING
    ]


def _action(cells: Cells, row: str, standard: str, place: Place) -> dict[str, Value]:
    """Say what the action of a finding says."""

    def said(name: str) -> str:
        return words(cells.get(Key(AUDIT, row, name)))

    who = ", ".join(filter(None, ("Audit", said("auditor"), said("date"))))
    about = f" on {place.topic}" if place.topic else ""
    found = {
        "letters": place.letters.get(standard, ""),
        "clause": place.clauses.get(standard, ""),
        "topic": place.topic,
        "text": said("finding") or f"Put right what the audit found{about}",
        "severity": word(cells.get(Key(AUDIT, row, "grade")), GRADE),
        "status": PROGRESS[0],
        "note": who,
    }
    return {name: value for name, value in found.items() if value}


def _last(there: Collection[str], row: str, standard: str) -> tuple[str, str]:
    """Give the action of the last finding there, nothing where there is none, and the one that the next would have."""
    found = ""
    for turn in count(1):
        again = "" if turn == 1 else f" {turn}"
        id_ = f"{NEW}{hashlib.sha256(f'finding {row} {standard}{again}'.encode()).hexdigest()[:16]}"
        if id_ not in there:
            return found, id_
        found = id_
    raise AssertionError


def _is_another(before: Cells, after: Cells, row: str, standard: str, action: str) -> bool:
    """Tell whether somebody audited again and found something, and not only corrected what had been found."""

    def when(cells: Cells) -> tuple[str, str]:
        auditor, date = (words(cells.get(Key(AUDIT, row, name))) for name in ("auditor", "date"))
        return auditor, date

    failed = standard in _failed(before, row)
    if not failed and word(after.get(Key(ACTIONS, action, "status")), PROGRESS) in CLOSED:
        return True
    found = Key(AUDIT, row, "finding")
    is_new = not failed or not same(before.get(found), after.get(found))
    return is_new and any(one and other and one != other for one, other in zip(when(before), when(after), strict=True))
