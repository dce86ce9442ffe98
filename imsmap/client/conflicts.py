"""What both sides changed differently: kept in the register itself, so that history and undo hold for it too.

Each conflict is a row of the sheet `@conflicts` (file `conflicts.jsonl`); its id follows from cell, base and theirs, so
that the same conflict, open or resolved, never comes twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from imsmap.client.merge import Clash
from imsmap.client.register import CONFLICTS
from imsmap.errors import ImsmapError, UsageError
from imsmap.register import answers
from imsmap.register.cells import ACTION, Cells, Key, Value, shown, to_json
from imsmap.register.controls import SOA
from imsmap.register.obligations import OBLIGATIONS
from imsmap.register.questions import CORE, EQUAL, NO_QUESTIONS, SHARED, SHEET, Questions
from imsmap.register.schema import result
from imsmap.values import frozen

Side = Literal["ours", "theirs", "both"]
_OPEN = "open"


@frozen
class Conflict:
    """A conflict; `number` is what people call it by, `state` is `open` or how it was resolved."""

    id: str
    number: int
    clash: Clash
    file: str
    state: str
    person: str = ""
    """Whose file it came from, where that is known."""

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for somebody."""
        return self.state == _OPEN


def listed(cells: Cells) -> tuple[Conflict, ...]:
    """Give all conflicts, open and resolved, by number."""
    rows: dict[str, dict[str, Value]] = {}
    for key, value in cells.items():
        if key.sheet == CONFLICTS:
            rows.setdefault(key.row, {})[key.field] = value
    found = []
    for id_, row in rows.items():
        number = row.get("number")
        if not isinstance(number, int) or not all(isinstance(row.get(name), str) for name in Key._fields):
            raise ImsmapError(
                f"register/conflicts.jsonl: the conflict {id_!r} lacks its number, sheet, row or field; put the file "
                "back from a copy"
            )
        key = Key(*(str(row[name]) for name in Key._fields))
        clash = Clash(key, row.get("base"), row.get("ours"), row.get("theirs"))
        found.append(
            Conflict(
                id_, number, clash, str(row.get("file", "")), str(row.get("state", _OPEN)), str(row.get("person", ""))
            )
        )
    return tuple(sorted(found, key=lambda conflict: conflict.number))


def unresolved(cells: Cells) -> tuple[Conflict, ...]:
    """Give the open conflicts by number."""
    return tuple(conflict for conflict in listed(cells) if conflict.is_open)


def kept(cells: Cells, clashes: Sequence[Clash], file: str, person: str = "") -> tuple[dict[Key, Value], int]:
    """Add conflicts to the cells, those that are not there yet; tells how many are new. person: whose file it was."""
    result = dict(cells)
    before = listed(cells)
    known = {conflict.id for conflict in before}
    number = max((conflict.number for conflict in before), default=0)
    added = 0
    for clash in clashes:
        id_ = _id(clash)
        if id_ in known:
            continue
        known.add(id_)
        added += 1
        row: dict[str, Value | None] = {
            "number": number + added, "state": _OPEN, "file": file, "person": person, **clash.key._asdict(),
            "base": clash.base, "ours": clash.ours, "theirs": clash.theirs,
        }  # fmt: skip
        for name, value in row.items():
            if value is not None and value != "":
                result[Key(CONFLICTS, id_, name)] = value
    return result, added


def standards_of(key: Key, asking: Callable[[], Questions]) -> tuple[str, ...]:
    """Name the standards (keys) whose answer a cell is; several, where it is said for all of them."""
    row = key.row.removeprefix(ACTION)
    if key.sheet == "audit" and key.field.startswith(result("")):
        return (key.field.removeprefix(result("")),)
    if row.startswith((CORE, EQUAL)):
        return next((question.standards for question in asking() if row in (question.id, *question.rows)), ())
    return (row.partition(":")[0],) if "#" in row or key.sheet in (SOA, OBLIGATIONS) else ()


def rows_of(key: Key, asking: Callable[[], Questions]) -> tuple[Key, ...]:
    """Give the cells in which what holds in one may stand: a verdict's own, then what is said for all standards."""
    if key.sheet != SHEET or key.field not in SHARED or "#" not in key.row or key.row.startswith(EQUAL):
        return (key,)
    question = asking().of.get(key.row)
    return (key, *(key._replace(row=row) for row in (question.rows if question is not None else ())))


def resolved(
    cells: Cells, side: Side, numbers: Iterable[int] = (), asking: Callable[[], Questions] = lambda: NO_QUESTIONS
) -> tuple[dict[Key, Value], tuple[Conflict, ...]]:
    """Resolve conflicts by number, or all that are open: keep ours, take theirs, or join both.

    Ours is what the register holds now, even if it was changed since. asking: gives what the project's standards ask
    for; what is said for all of them is ours for each. UsageError names numbers that aren't open.
    """
    waiting = {conflict.number: conflict for conflict in unresolved(cells)}
    wanted = sorted(set(numbers)) or sorted(waiting)
    unknown = [number for number in wanted if number not in waiting]
    if unknown:
        there = ", ".join(map(str, waiting)) or "none"
        raise UsageError(f"no open conflict {', '.join(map(str, unknown))}; open are {there}")
    keys = [waiting[number].clash.key for number in wanted]
    rows = {key.row for key in keys if key.sheet == SHEET and key.field in SHARED}
    questions = asking() if rows else NO_QUESTIONS
    seen = questions.spread(cells, rows)
    result = dict(seen)
    if side == "both":
        _refuse_one_for_two([waiting[number] for number in wanted], seen)
    for number in wanted:
        conflict = waiting[number]
        key = conflict.clash.key
        value = _value(side, result.get(key), conflict.clash.theirs)
        if value is None:
            result.pop(key, None)
        else:
            result[key] = value
        result[Key(CONFLICTS, conflict.id, "state")] = side
    return questions.brought_home(seen, result, cells), tuple(waiting[number] for number in wanted)


def _refuse_one_for_two(wanted: Iterable[Conflict], cells: Cells) -> None:
    """Refuse to join two dates, or two words of a list: nobody could read what stands there then."""
    unclear = []
    for conflict in wanted:
        key, theirs = conflict.clash.key, conflict.clash.theirs
        ours = cells.get(key)
        if ours is None or theirs is None:
            continue
        understood = answers.is_understood(key, ours) and answers.is_understood(key, theirs)
        if understood and not answers.is_understood(key, f"{shown(ours)}\n{shown(theirs)}"):
            unclear.append(str(conflict.number))
    if unclear:
        raise UsageError(
            f"both can't stand in one cell where a date or a word of a list is asked for: solve {', '.join(unclear)} "
            "with --ours or --theirs, then the others with --both"
        )


def _value(side: Side, ours: Value | None, theirs: Value | None) -> Value | None:
    if side == "ours":
        return ours
    if side == "theirs":
        return theirs
    if ours is None or theirs is None:
        return theirs if ours is None else ours
    return f"{shown(ours)}\n{shown(theirs)}"


def _id(clash: Clash) -> str:
    said = [clash.key, *(None if value is None else to_json(value) for value in (clash.base, clash.theirs))]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]
