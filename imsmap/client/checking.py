"""What is wrong in a client's project, and what is still to do, each with file and line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from imsmap import files
from imsmap.client import conflicts, lines
from imsmap.client.processes import FIELD, FILE, SHEET, Processes, proper
from imsmap.client.register import FOLDER, file_name
from imsmap.errors import DataError, Problem
from imsmap.library.model import split_ref
from imsmap.register.cells import NEW, Cells, Formula, Key, Value, shown
from imsmap.report import Report

NOT_APPLICABLE = "not applicable"
_ALLOWS = re.compile(r"iso9001-|iso27001-|iso42001-")
"""Standards that let requirements be held not applicable: by 4.3, or controls of an annex with a reason."""
_LINK = re.compile(r".*(\.[A-Za-z0-9]{1,5}|[/\\])")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|\\\\|//|[A-Za-z]:[/\\]|/")
"""Addresses on the network or of one machine, which can't be looked up for everybody."""


@frozen
class Finding:
    """Something that a person should look at; `wrong` tells a problem from what is still to do."""

    problem: Problem
    wrong: bool = False


def find_in_project(
    root: Path, cells: Cells, found: Processes, reports: Mapping[str, Report[object]]
) -> tuple[Finding, ...]:  # fmt: skip
    """Find what is wrong and what is open, from the reports `requirements` and `documents` of the standards."""
    check = _Check(root, cells, found, reports)
    return (
        *check.marks(), *check.applicability(), *check.links(), *check.holes(), *check.owners(), *check.documents(),
        *check.strangers(), *check.waiting(),
    )  # fmt: skip


class _Check:
    """The check under way."""

    def __init__(self, root: Path, cells: Cells, found: Processes, reports: Mapping[str, Report[object]]) -> None:
        """Put the cells by sheet, row and field."""
        self._root = root
        self._cells = cells
        self._processes = found
        self._clauses: Sequence[Mapping[str, Any]] = reports["requirements"].values["clauses"]
        self._documents: Sequence[Mapping[str, Any]] = reports["documents"].values["documents"]
        self._names = {s["key"]: s["designation"] for s in reports["requirements"].values["standards"]}
        self._said: defaultdict[str, defaultdict[str, dict[str, Value]]] = defaultdict(lambda: defaultdict(dict))
        for key, value in cells.items():
            self._said[key.sheet][key.row][key.field] = value
        self._lines = _Lines(root)
        self._leaves = {entry["ref"]: entry for entry in self._clauses if entry["leaf"]}

    def marks(self) -> Iterator[Finding]:
        """Find marks on what is no leaf clause of these standards, and what is no mark."""
        known = {entry["ref"] for entry in self._clauses}
        for entry in self._processes.entries:
            for ref in entry.marks:
                if ref in self._leaves or split_ref(ref)[0] not in self._names:
                    continue
                words = "is a heading; name the leaf clauses under it" if ref in known else "is no clause"
                yield self._in_csv(entry.line, f"{entry.name}: {self._clause(ref)} {words}", wrong=True)
        for row, said in self._said[SHEET].items():
            for field, value in said.items():
                if field.startswith(FIELD) and proper(value) is None:
                    words = f"{shown(value)!r} is no mark; write P, S or ·"
                    yield self._at(Key(SHEET, row, field), f"{self._clause(row)}: {words}", wrong=True)

    def applicability(self) -> Iterator[Finding]:
        """Find what is held not applicable without a reason, or where the standard knows no such thing."""
        for row, said in self._said["requirements"].items():
            field = next((name for name in ("applies", "status") if _word(said.get(name)) == NOT_APPLICABLE), None)
            if field is None or row.startswith("@"):
                continue
            key, where = Key("requirements", row, field), self._clause(row)
            standard = split_ref(row)[0]
            if not _word(said.get("justification")):
                yield self._at(key, f"{where} is held not applicable without a justification; write one", wrong=True)
            if standard in self._names and not _ALLOWS.match(standard):
                words = f"{self._names[standard]} lets no requirement be held not applicable; say how it is met"
                yield self._at(key, f"{where}: {words}", wrong=True)

    def links(self) -> Iterator[Finding]:
        """Find links to files that are not in the project."""
        for row, said in self._said["documents"].items():
            place = shown(_plain(said.get("location"))).strip()
            if not _LINK.fullmatch(place) or _ELSEWHERE.match(place):
                continue
            path = self._root / place.replace("\\", "/").partition("#")[0]
            if not path.exists():
                words = f"there is no file {place!r} in the project; put it there, or mend the link"
                yield self._at(Key("documents", row, "location"), words, wrong=True)

    def holes(self) -> Iterator[Finding]:
        """Find leaf clauses without a process."""
        if not self._processes.entries:
            yield self._in_csv(None, "names no process yet; an auditor begins with them")
            return
        known = {FIELD + entry.id for entry in self._processes.entries}
        for ref, entry in self._leaves.items():
            said = self._said[SHEET][ref]
            if _word(said.get("all")) == "yes" or any(proper(said.get(name)) for name in known):
                continue
            if not self._all_excluded(point["id"] for point in entry["points"]):
                yield self._in_csv(None, f"{self._clause(ref)} {entry['title']}: no process answers for it")

    def owners(self) -> Iterator[Finding]:
        """Find processes without an owner or a clause."""
        marked = {field for said in self._said[SHEET].values() for field in said if field.startswith(FIELD)}
        for entry in self._processes.entries:
            if not entry.owner:
                yield self._in_csv(entry.line, f"{entry.name}: has no owner")
            if FIELD + entry.id not in marked:
                yield self._in_csv(entry.line, f"{entry.name}: answers for no clause")

    def documents(self) -> Iterator[Finding]:
        """Find documented information that is asked for and named nowhere."""
        for entry in self._documents:
            row = entry["id"]
            said = self._said["documents"][row]
            if any(_word(said.get(name)) for name in ("document", "document_id", "location")):
                continue
            points = [ref for refs in entry["points"].values() for ref in refs]
            open_ = [ref for ref in points if not self._excluded(ref) and not self._has_document(ref)]
            if open_:
                where = ", ".join(dict.fromkeys(self._clause(ref) for ref in open_))
                line = self._lines.of_row("documents", row)
                shown_ = f"{FOLDER}/{file_name('documents')}"
                yield Finding(Problem(shown_, line, f"{where}: no document or record is named for: {entry['what']}"))

    def strangers(self) -> Iterator[Finding]:
        """Find answers to rows that the mapping data do not have: they are kept, and shown nowhere."""
        points = {point["id"] for entry in self._clauses for point in entry["points"]}
        known = {
            "requirements": points | {entry["ref"] for entry in self._clauses},
            "documents": {entry["id"] for entry in self._documents},
            SHEET: {entry["ref"] for entry in self._clauses},
        }
        for sheet, rows in known.items():
            others = [row for row in self._said[sheet] if row not in rows and not row.startswith(("@", NEW))]
            for row in sorted(others):
                words = f"{row}: these answers belong to a row that is not in the workbook; they are kept"
                yield Finding(Problem(f"{FOLDER}/{file_name(sheet)}", self._lines.of_row(sheet, row), words))

    def waiting(self) -> Iterator[Finding]:
        """Find conflicts that nobody has solved."""
        count = len(conflicts.unresolved(self._cells))
        if count:
            words = "1 conflict is open" if count == 1 else f"{count} conflicts are open"
            where = f"{FOLDER}/conflicts.jsonl"
            yield Finding(Problem(where, None, f"{words}; imsmap import --conflicts lists what waits"))

    # --- words -------------------------------------------------------------------------------------------------------

    def _clause(self, ref: str) -> str:
        key, number, point = split_ref(ref)
        return f"{self._names.get(key, key)}, {number}" + (f" ({point})" if point else "")

    def _excluded(self, point: str) -> bool:
        said = self._said["requirements"][point]
        return NOT_APPLICABLE in (_word(said.get("applies")), _word(said.get("status")))

    def _all_excluded(self, points: Iterator[str]) -> bool:
        found = [self._excluded(point) for point in points]
        return bool(found) and all(found)

    def _has_document(self, point: str) -> bool:
        return bool(_word(self._said["requirements"][point].get("document")))

    def _in_csv(self, line: int | None, message: str, *, wrong: bool = False) -> Finding:
        return Finding(Problem(FILE, line, message), wrong)

    def _at(self, key: Key, message: str, *, wrong: bool = False) -> Finding:
        return Finding(Problem(f"{FOLDER}/{file_name(key.sheet)}", self._lines.of(key), message), wrong)


class _Lines:
    """Where cells stand in the register's files; read when first asked for."""

    def __init__(self, root: Path) -> None:
        """Read nothing yet."""
        self._root = root
        self._known: dict[str, dict[tuple[str, str], int]] = {}

    def of(self, key: Key) -> int | None:
        """Give the line of a cell."""
        return self._sheet(key.sheet).get((key.row, key.field))

    def of_row(self, sheet: str, row: str) -> int | None:
        """Give the first line of a row."""
        return min((line for (other, _), line in self._sheet(sheet).items() if other == row), default=None)

    def _sheet(self, sheet: str) -> dict[tuple[str, str], int]:
        if sheet not in self._known:
            shown_ = f"{FOLDER}/{file_name(sheet)}"
            try:
                found = lines.load(files.read(self._root / shown_, shown_), shown_)
                self._known[sheet] = {
                    (str(record.get("row")), str(record.get("field"))): line for line, record in found.records
                }
            except DataError:
                # What is broken was told when the register was read; a missing one has no lines.
                self._known[sheet] = {}
        return self._known[sheet]


def _plain(value: Value | None) -> Value | None:
    return value.value if isinstance(value, Formula) else value


def _word(value: Value | None) -> str:
    return " ".join(shown(_plain(value)).split()).casefold()
