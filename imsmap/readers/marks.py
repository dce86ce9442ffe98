"""Which points somebody checked against the text of a standard, as a table that people can open and pass on."""

from __future__ import annotations

from collections.abc import Iterable

from imsmap.errors import DataError, Problem
from imsmap.library.mark import VERDICTS, Mark
from imsmap.nearest import did_you_mean
from imsmap.readers import csv
from imsmap.register.answers import readings

COLUMNS = ("point", "by", "on", "verdict", "note", "fingerprint")
_NEEDED = ("point", "by", "on", "verdict", "fingerprint")


def read_marks(content: bytes, shown: str) -> tuple[Mark, ...]:
    """Read a table of marks; DataError holds every problem with its line."""
    text = csv.parse(content, shown, csv.having(*_NEEDED))
    if text.header is None:
        return ()
    names = text.names()
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        words = f"the header has no column {' and no column '.join(missing)}; it holds {', '.join(COLUMNS)}"
        raise DataError([Problem(shown, text.header.line, words)])
    problems: list[Problem] = []
    found: dict[str, Mark] = {}
    for record in text.records:
        if record.empty():
            continue
        cells = (*(cell.strip() for cell in record.cells), *("",) * len(names))
        held = {name: csv.unguarded(cells[names.index(name)]) if name in names else "" for name in COLUMNS}
        # A spreadsheet writes days in its own way.
        days = readings(held["on"])
        held["on"] = days[0].isoformat() if len(days) == 1 else held["on"]
        faults = [
            *_faults(held, len(days)),
            *([f"{held['point']} is here twice; keep one"] if held["point"] in found else []),
        ]
        problems += [Problem(shown, record.line, fault) for fault in faults]
        found[held["point"]] = Mark(**held)
    if problems:
        raise DataError(problems)
    return tuple(found.values())


def _faults(held: dict[str, str], days: int) -> list[str]:
    found = [f"{name} is empty" for name in _NEEDED if not held[name]]
    if held["verdict"] and held["verdict"] not in VERDICTS:
        found.append(f"there is no verdict {held['verdict']!r}; {did_you_mean(held['verdict'], VERDICTS)}")
    if held["on"] and days != 1:
        found.append(f"{held['on']!r} {'may be two days' if days else 'is no day'}; write it as 2026-11-29")
    return found


def write_marks(marks: Iterable[Mark]) -> bytes:
    """Write a table of marks, by point: the same marks give the same bytes."""
    ordered = sorted(marks, key=lambda mark: mark.point)
    rows = [COLUMNS, *([csv.guarded(getattr(mark, name)) for name in COLUMNS] for mark in ordered)]
    return "".join(csv.written(row) for row in rows).encode()
