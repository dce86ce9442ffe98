"""Workbooks of NIST's catalog of references (OLIR): a focal document, a reference document, and rows between both.

Such workbooks come with the sheet General Information, or without; then nothing in them says which documents are meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from imsmap import about
from imsmap.errors import DataError, ImsmapError, Problem
from imsmap.interchange import OLIR_COLUMNS, OLIR_GENERAL, OLIR_RELATIONSHIPS, refs_of
from imsmap.library.citations import standard_of
from imsmap.plain import folded, legible
from imsmap.readers.brought import Around, Brought
from imsmap.readers.csv import Record
from imsmap.readers.foreign import Said, Side, Taker, gathered, places_of
from imsmap.readers.tables import records_of

ABOUT = about.Reader(name="workbook of OLIR", suffixes=(".xlsx", ".xlsm"), place=135)

_NAMES = tuple(re.sub(r"\s*\(.*\)", "", name).lower() for name in OLIR_COLUMNS)
_FOCAL, _, _RATIONALE, _RELATIONSHIP, _REFERENCE, _, _, _GROUP, _COMMENTS, _STRENGTH = _NAMES
_GENERAL = {_FOCAL: ("focal document", "focal document version"), _REFERENCE: ("reference document",)}
"""What the sheet General Information calls each document."""
_RATIONALES = ("syntactic", "semantic", "functional")


def takes(beginning: bytes) -> bool:
    """Tell whether an archive is a workbook with the sheet of relationships."""
    if not beginning.startswith(b"PK"):
        return False
    # Workbooks take their time to load, and most files are none.
    from imsmap.readers.workbook.package import lists

    return lists(beginning, OLIR_RELATIONSHIPS)


def bring(path: Path, shown: str, around: Around) -> Brought:
    """Read a workbook; DataError where its sheet has other columns. What is wrong in a row is told with its row."""
    return gathered(gather, ABOUT.name, path, shown, around)


def gather(path: Path, shown: str, around: Around, gathering: Taker) -> None:
    """Let who gathers take every row; DataError where the sheet has other columns."""
    sheets = records_of(path, shown)
    rows = sheets.get(OLIR_RELATIONSHIPS, ())
    at = next((place for place, row in enumerate(rows) if {_FOCAL, _REFERENCE} <= set(_names(row))), None)
    if at is None:
        words = f"the sheet {OLIR_RELATIONSHIPS} has no columns {OLIR_COLUMNS[0]} and {OLIR_COLUMNS[4]}"
        raise DataError([Problem(shown, None, f"{words}; fill in the template of OLIR")])
    reading = _Reading(shown, _names(rows[at]), sheets.get(OLIR_GENERAL, ()), around, gathering)
    for record in rows[at + 1 :]:
        if not record.empty():
            reading.read(record)
    reading.done()


def _names(record: Record) -> list[str]:
    """Give what columns are called, whatever stands in brackets behind it and however it breaks."""
    return [" ".join(re.sub(r"\(.*\)", "", folded(cell)).split()).lower() for cell in record.cells]


class _Reading:
    """A workbook under way to relations."""

    def __init__(
        self, shown: str, names: Sequence[str], general: Sequence[Record], around: Around, gathering: Taker
    ) -> None:
        """Learn which documents are meant."""
        self._shown, self._names, self._gathering = shown, names, gathering
        self._file = re.split(r"[/\\]", shown)[-1]
        self._heads = around.heads
        self._keys = {head.key for head in around.heads}
        self._besides: Counter[str] = Counter()
        self._rationales: Counter[str] = Counter()
        self._alone = 0
        self._group: tuple[str, list[tuple[Record, Mapping[str, str]]]] = ("", [])
        said = {_names(row)[0]: row.cells[1].strip() for row in general if len(row.cells) > 1}
        self._documents = {
            role: self._document(next((said[name] for name in called if said.get(name)), ""), role)
            for role, called in _GENERAL.items()
        }

    def _document(self, name: str, role: str) -> str:
        """Give the key of a standard of ours, or what a document is called."""
        if name in self._keys:
            return name
        try:
            key = standard_of(name, self._heads)
        except ImsmapError:
            key = ""
        if key or name:
            return key or legible(name[:80])
        stem = self._file.partition(".xls")[0]
        what = "focal" if role == _FOCAL else "reference"
        found = f"{stem} {what} document"
        words = f"the sheet {OLIR_GENERAL} does not say what the {what} document is; it is called {found} here"
        self._gathering.notices.append(words)
        return found

    def read(self, record: Record) -> None:
        """Read a row; those of one group are one relation, told once all of them were read."""
        cells: dict[str, str] = {}
        for name, cell in zip(self._names, record.cells, strict=False):
            text = " ".join(cell.split())
            if text and name not in _NAMES:
                self._besides[legible(name[:40]) or "(no heading)"] += 1
            elif text:
                cells[name] = text
        group = cells.get(_GROUP, "")
        if group and group == self._group[0] and cells.get(_FOCAL) == self._group[1][0][1].get(_FOCAL):
            self._group[1].append((record, cells))
            return
        self._end()
        if group:
            self._group = (group, [(record, cells)])
        else:
            self._take([(record, cells)])

    def _end(self) -> None:
        """Take the rows of a group as one."""
        _, rows = self._group
        self._group = ("", [])
        if not rows:
            return
        if len({cells.get(_RELATIONSHIP, "").lower() for _, cells in rows}) > 1:
            lines = ", ".join(str(record.line) for record, _ in rows)
            words = f"the rows {lines} of one group say different relationships; a group stands together: keep one"
            self._fault("group", rows[0][0], words)
            return
        self._take(rows)

    def _take(self, rows: Sequence[tuple[Record, Mapping[str, str]]]) -> None:
        record, cells = rows[0]
        if not cells.get(_FOCAL):
            self._fault("no focal", record, f"names no {OLIR_COLUMNS[0]}")
            return
        named = [one for _, one in rows if one.get(_REFERENCE)]
        if not named:
            self._alone += 1
            if self._documents[_FOCAL] not in self._keys:
                self._gathering.name(self._documents[_FOCAL], cells[_FOCAL], "")
            return
        if rationale := cells.get(_RATIONALE, ""):
            self._rationales[legible(rationale[:40])] += rationale.lower() not in _RATIONALES
        why = f"Rationale in {self._file}: {rationale}." if rationale else ""
        sides = [
            self._side(role, [(one[role], one.get(f"{role} description", "")) for one in found])
            for role, found in ((_FOCAL, [cells]), (_REFERENCE, named))
        ]
        self._gathering.take(
            Said(
                self._shown, record.line, f"row {record.line}", sides[0], sides[1], cells.get(_RELATIONSHIP, ""),
                strength=cells.get(_STRENGTH, ""), justification=why, shared=cells.get(_COMMENTS, ""),
            )
        )  # fmt: skip

    def _side(self, role: str, named: Sequence[tuple[str, str]]) -> Side:
        """Give what a side names; what an element asks for is text of its document and no title of it."""
        document = self._documents[role]
        if document not in self._keys:
            return Side(document, tuple(name for name, _ in named))
        return Side(document, tuple(ref.partition(":")[2] for name, _ in named for ref in refs_of(document, name)))

    def _fault(self, kind: str, record: Record, words: str) -> None:
        self._gathering.faults.add(kind, self._shown, record.line, f"row {record.line}", words)

    def done(self) -> None:
        """Take the last group, and say what has no place here."""
        self._end()
        notices = self._gathering.notices
        if self._alone:
            notices.append(f"{self._alone} rows name no reference element, which states no relation")
        if self._besides:
            notices.append(f"columns that have no place here were passed over: {places_of(self._besides)}")
        if strange := +self._rationales:
            words = f"rationales that are none of {', '.join(_RATIONALES)}, kept as words: {places_of(strange)}"
            notices.append(words)
