"""What two mappers differed in comes back settled: each decision becomes a relation that names both of their files.

The workbook is the one that `imsmap compare-mapping one.csv other.csv -o settle.xlsx` writes. What is still open, and
what was settled as no pair, states nothing, and is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import evolve

from imsmap import about
from imsmap.errors import DataError, Problem
from imsmap.plain import folded, legible
from imsmap.readers import csv
from imsmap.readers.brought import Around, Brought
from imsmap.readers.foreign import Gathering, Said, Side
from imsmap.readers.own.head import key_of
from imsmap.readers.tables import read_table
from imsmap.wording import SETTLED, SETTLING, UNPAIRED, WHY

ABOUT = about.Reader(name="settled differences of two mappings", suffixes=(".xlsx", ".xlsm"), place=90)

_HEADER = ("subject", "object", SETTLED.lower())


def takes(beginning: bytes) -> bool:
    """Tell whether an archive is a workbook with the sheet that two mappers settle."""
    if not beginning.startswith(b"PK"):
        return False
    # Workbooks take their time to load, and most files are none.
    from imsmap.readers.workbook.package import lists

    return lists(beginning, SETTLING)


def bring(path: Path, shown: str, around: Around) -> Brought:
    """Read the decisions; DataError where the sheet has lost its columns. What is wrong is told with its row."""
    # Standards of the project's own are there, and not to be made anew from the clauses that are named.
    gathering = Gathering(ABOUT.name, path, shown, evolve(around, replaceable=frozenset()))
    table = read_table(str(path), csv.having(*_HEADER), shown)
    names = [] if table.header is None else csv.names_of(table.header)
    if table.header is None or not set(_HEADER) <= set(names):
        words = f"the sheet {SETTLING} has no columns Subject, Object and {SETTLED} any more; compare the mappings anew"
        raise DataError([Problem(shown, None, words)])
    first = names.index("object") + 1
    titles = [legible(cell) for cell in table.header.cells[first : first + 2]]
    reading = _Reading(shown, titles, {head.key for head in around.heads}, gathering)
    why = names.index(WHY.lower()) if WHY.lower() in names else None
    for record in table.records:
        if record.empty():
            continue
        cells = (*record.cells, *[""] * (len(names) - len(record.cells)))
        said = (cells[first], cells[first + 1])
        reading.take(record.line, cells[0], said, cells[names.index(_HEADER[2])], "" if why is None else cells[why])
    reading.tell()
    return gathering.brought()


class _Reading:
    """The rows of the sheet under way to relations."""

    def __init__(self, shown: str, names: Sequence[str], keys: set[str], gathering: Gathering) -> None:
        """Know the names of both files, and the keys of all standards."""
        self._shown, self._names, self._keys, self._gathering = shown, names, keys, gathering
        self._open = self._unpaired = 0

    def take(self, line: int, row: str, said: tuple[str, str], decision: str, why: str) -> None:
        """Take a decision, or note why it can't be."""
        word = folded(decision).strip().lower()
        if not word:
            self._open += 1
            return
        if word == UNPAIRED:
            self._unpaired += 1
            return
        at = f"row {line}"
        ends = _ends(row, self._keys.__contains__)
        if ends is None:
            words = "says no more in hidden column A which clauses are meant; compare the mappings anew"
            self._gathering.faults.add("pair", self._shown, line, at, words)
            return
        told = f"{self._names[0]} says {said[0]}, {self._names[1]} says {said[1]}"
        name = key_of("-".join(name for side in ends for name in side.names).replace("#", "-"))
        self._gathering.take(
            Said(
                self._shown, line, at, *ends, word, id=name, shared=why, source=f"{told}; settled in {self._file}.",
                justification=f"Settled by people: {told}." + (f" {why}" if why.strip() else ""),
            )
        )  # fmt: skip

    @property
    def _file(self) -> str:
        return re.split(r"[/\\]", self._shown)[-1]

    def tell(self) -> None:
        """Say how many rows state nothing."""
        if self._open:
            self._gathering.notices.append(f"pairs still to settle, of which nothing is stated: {self._open}")
        if self._unpaired:
            words = f"pairs settled as {UNPAIRED}, of which nothing is stated: {self._unpaired}"
            self._gathering.notices.append(words)


def _ends(row: str, known: Callable[[str], bool]) -> tuple[Side, Side] | None:
    """Take both clauses from the id of a row, `subject-object`; a hyphen may stand in each of them."""
    for match in re.finditer("-", row):
        sides = [part.partition(":") for part in (row[: match.start()].strip(), row[match.end() :].strip())]
        if all(known(key) and name and ":" not in name for key, _, name in sides):
            return Side(sides[0][0], (sides[0][2],)), Side(sides[1][0], (sides[1][2],))
    return None
