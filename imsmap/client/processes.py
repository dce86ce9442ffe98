"""The client's processes, `processes.csv`: a person edits it, and marks typed on the sheet Processes go into it.

The register holds the marks, so that merge, history and undo hold for them too. `register/.processes` says which marks
the file had when both were last made alike: what differs from that in the file, a person edited there.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from attrs import evolve, frozen

from imsmap.client import disk
from imsmap.client.register import FOLDER, Writer
from imsmap.errors import DataError, ImsmapError, Problem
from imsmap.library.model import number_key, split_ref
from imsmap.register.cells import Cells, Key, Value

FILE = "processes.csv"
SHEET = "processes"
FIELD = "process:"
COLUMNS = ("id", "name", "owner", "kind", "purpose", "inputs", "outputs", "measures", "clauses")
KINDS = ("management", "core", "support")
BY_HAND = "processes"
"""The entry of the history for marks that a person edited in the file."""
_LIKE = {"p": "P", "s": "S", "·": "·", ".": "·", "•": "·", "x": "·"}
_BYTES = 5_000_000
_SYNCED = ".processes"
Resolve = Callable[[str], str]
"""Turns what a person typed into the full reference of a clause; ImsmapError if there is none."""


@frozen
class Process:
    """A process of the client; marks by clause (`P`, `S` or `·`), line: where it stands in the file."""

    id: str
    name: str
    owner: str
    kind: str
    marks: Mapping[str, str]
    line: int


@frozen
class Processes:
    """The file as it is; `notices` are what a person should be told but need not mend."""

    entries: tuple[Process, ...] = ()
    notices: tuple[str, ...] = ()
    content: bytes = b""

    def marks(self) -> dict[Key, str]:
        """Give the marks as cells of the sheet Processes."""
        return {
            Key(SHEET, ref, FIELD + entry.id): mark for entry in self.entries for ref, mark in entry.marks.items()
        }  # fmt: skip


def read(root: Path, resolve: Resolve = str) -> Processes:
    """Read a project's processes; none where there is no file. DataError holds every problem with its line."""
    path = root / FILE
    return parse(disk.read(path, FILE), resolve) if path.exists() else Processes()


def parse(content: bytes, resolve: Resolve = str) -> Processes:
    """Take the file as Excel, LibreOffice or an editor saved it: any separator, any of their encodings."""
    if len(content) > _BYTES:
        raise DataError([Problem(FILE, None, "is larger than 5 MB; no list of processes is")])
    text = _Text(content)
    problems: list[Problem] = []
    notices = list(text.notices)
    if not text.records:
        return Processes(content=content)
    head = text.records[text.first]
    names = [name.strip().lower() for name in head.cells]
    unknown = [name for name in names if name and name not in COLUMNS]
    missing = [name for name in ("id", "name") if name not in names]
    if missing:
        words = f"the first line has no column {' and '.join(missing)}; it should read {','.join(COLUMNS)}"
        raise DataError([Problem(FILE, head.line, words)])
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise DataError([Problem(FILE, head.line, f"the column {', '.join(twice)} is here twice; keep one")])
    if unknown:
        notices.append(f"{FILE}: the columns {', '.join(unknown)} are kept and not used")
    entries: dict[str, Process] = {}
    for record in text.records[text.first + 1 :]:
        cells = dict(zip(names, (cell.strip() for cell in record.cells), strict=False))
        if not any(cells.values()):
            continue
        entry = _process(cells, record.line, resolve, problems)
        if entry is not None and entry.id in entries:
            words = f"the id {entry.id!r} is here twice, first in line {entries[entry.id].line}; give each its own"
            problems.append(Problem(FILE, record.line, words))
        elif entry is not None:
            entries[entry.id] = entry
    if problems:
        raise DataError(problems)
    return Processes(tuple(entries.values()), tuple(notices), content)


def _process(cells: Mapping[str, str], line: int, resolve: Resolve, problems: list[Problem]) -> Process | None:
    id_, name = cells.get("id", ""), cells.get("name", "")
    before = len(problems)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}", id_):
        given = f"{id_!r} is no id" if id_ else f"{name or 'this process'} has no id"
        problems.append(Problem(FILE, line, f"{given}; write a short one that stays, such as {_slug(name)}"))
    if not name:
        problems.append(Problem(FILE, line, f"{id_ or 'this process'} has no name; write one"))
    kind = cells.get("kind", "").lower()
    if kind and kind not in KINDS:
        problems.append(Problem(FILE, line, f"{kind!r} is no kind of process; write {', '.join(KINDS)}"))
    marks: dict[str, str] = {}
    for part in _parts(cells.get("clauses", "")):
        typed, _, sign = part.rpartition("=")
        mark = proper(sign)
        if not typed or mark is None:
            words = f"{part!r} should be a clause and what the process is to it, as in iso9001-2015:8.4.1=P (or S, ·)"
            problems.append(Problem(FILE, line, words))
            continue
        try:
            ref = resolve(typed.strip())
        except ImsmapError as error:
            problems.append(Problem(FILE, line, str(error)))
            continue
        if marks.get(ref, mark) != mark:
            problems.append(Problem(FILE, line, f"{typed.strip()} is here twice, as {marks[ref]} and {mark}; keep one"))
        marks[ref] = mark
    return Process(id_, name, cells.get("owner", ""), kind, marks, line) if len(problems) == before else None


def proper(mark: Value | None) -> str | None:
    """Give a mark as it is written here; nothing for what is none."""
    return _LIKE.get(mark.strip().lower()) if isinstance(mark, str) else None


def marked(cells: Cells, id_: str) -> dict[str, str]:
    """Give the proper marks of a process by clause, as the register has them."""
    found = {}
    for key, value in cells.items():
        if key.sheet == SHEET and key.field == FIELD + id_ and (mark := proper(value)) is not None:
            found[key.row] = mark
    return found


# --- both ways -------------------------------------------------------------------------------------------------------


def edited(root: Path, cells: Cells, found: Processes) -> dict[Key, Value]:
    """Bring marks that a person edited in the file into the cells; a pure answer, nothing is written."""
    base, now = _synced(root), found.marks()
    result = dict(cells)
    for key in base.keys() | now.keys():
        mark = now.get(key)
        if mark == base.get(key):
            continue
        if mark is None:
            result.pop(key, None)
        elif proper(result.get(key)) != mark:
            result[key] = mark
    return result


def take(root: Path, writer: Writer, found: Processes) -> None:
    """Record marks that a person edited in the file as an entry of the history."""
    before = writer.number
    if writer.commit(BY_HAND, edited(root, writer.cells, found), file=FILE) is not None:
        count = len({*found.marks().items()} ^ {*_synced(root).items()})
        if before:
            words = "marks were" if count > 1 else "mark was"
            writer.notices.append(f"{count} {words} edited in {FILE}")
    _note(root, found)


def give(root: Path, cells: Cells, found: Processes) -> bool:
    """Write the register's marks into the file, which else stays as the person has it; tells if it changed."""
    entries = tuple(evolve(entry, marks=marked(cells, entry.id)) for entry in found.entries)
    changed = {
        new.id: new.marks for new, old in zip(entries, found.entries, strict=True) if dict(new.marks) != dict(old.marks)
    }
    if changed:
        disk.put(root / FILE, _with_marks(found.content, changed))
    _note(root, evolve(found, entries=entries))
    return bool(changed)


def _note(root: Path, found: Processes) -> None:
    """Note which marks the file and the register have in common now."""
    marks: dict[str, dict[str, str]] = {}
    for key, mark in sorted(found.marks().items()):
        marks.setdefault(key.field.removeprefix(FIELD), {})[key.row] = mark
    content = json.dumps({"imsmap": 1, "marks": marks}, ensure_ascii=False, indent=1).encode() + b"\n"
    path = root / FOLDER / _SYNCED
    if not path.exists() or path.read_bytes() != content:
        disk.put(path, content)


def _synced(root: Path) -> dict[Key, str]:
    try:
        found = json.loads((root / FOLDER / _SYNCED).read_bytes())["marks"]
        return {Key(SHEET, ref, FIELD + id_): str(mark) for id_, marks in found.items() for ref, mark in marks.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # Then nothing is known to have been taken out of the file, and nothing is taken out of the register.
        return {}


# --- the file's text -------------------------------------------------------------------------------------------------


@frozen
class _Record:
    """A record: its cells, the line it begins in, and its text with the line's end."""

    cells: tuple[str, ...]
    line: int
    raw: str


class _Text:
    """The text of a file of comma-separated values, with all that is needed to write it as it was."""

    def __init__(self, content: bytes) -> None:
        """Find out encoding and separator, and cut it into records."""
        self.notices: list[str] = []
        self.bom, self.encoding = b"", "utf-8"
        marks = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
        for mark, encoding in marks:
            if content.startswith(mark):
                self.bom, self.encoding = mark, encoding
        try:
            text = content[len(self.bom) :].decode(self.encoding)
        except UnicodeDecodeError:
            self.encoding = "cp1252"
            text = content.decode("cp1252", "replace")
            self.notices.append(f"{FILE}: is not UTF-8 and was read as Windows text; save it as CSV UTF-8")
        raws = list(_records(text))
        self.first = 1 if raws and re.fullmatch(r'"?sep=(.)"?\s*', raws[0][1]) else 0
        self.separator = ","
        if self.first:
            self.separator = raws[0][1].strip().strip('"')[4]
        elif raws:
            head = next((raw for _, raw in raws if raw.strip()), "")
            self.separator = max(",;\t", key=lambda sign: (head.count(sign), sign == ","))
        self.records = [_Record(self._cells(raw), line, raw) for line, raw in raws]
        while self.first < len(self.records) and not any(cell.strip() for cell in self.records[self.first].cells):
            self.first += 1
        if len(self.records) <= self.first:
            self.records = []

    def _cells(self, raw: str) -> tuple[str, ...]:
        try:
            rows = list(csv.reader(io.StringIO(raw, newline=""), delimiter=self.separator))
        except csv.Error:
            return (raw,)
        return tuple(rows[0]) if rows else ()

    def line(self, cells: Iterable[str], raw: str) -> str:
        """Write a record in the manner of the file."""
        end = raw[len(raw.rstrip("\r\n")) :]
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=self.separator, lineterminator=end).writerow(list(cells))
        return out.getvalue()

    def encoded(self, records: Iterable[str]) -> bytes:
        """Write the text in the file's encoding; in UTF-8 if that has not all the signs."""
        text = "".join(records)
        try:
            return self.bom + text.encode(self.encoding)
        except UnicodeEncodeError:
            return codecs.BOM_UTF8 + text.encode("utf-8")


def _records(text: str) -> Iterable[tuple[int, str]]:
    """Cut a text into records with the lines they begin in: lines, but for line ends inside quotes."""
    line = start = 1
    pending = ""
    for piece in re.split(r"(?<=\n)|(?<=\r)(?!\n)", text):
        if not piece:
            continue
        pending += piece
        line += 1
        if pending.count('"') % 2 == 0:
            yield start, pending
            pending, start = "", line
    if pending:
        yield start, pending


def _with_marks(content: bytes, changed: Mapping[str, Mapping[str, str]]) -> bytes:
    """Change the clauses of some processes in the file's text; each other record stays as it is, to the byte."""
    text = _Text(content)
    names = [name.strip().lower() for name in text.records[text.first].cells]
    place = names.index("clauses") if "clauses" in names else len(names)
    lines = [record.raw for record in text.records]
    for number, record in enumerate(text.records):
        if number < text.first:
            continue
        cells = [*record.cells, *[""] * (place + 1 - len(record.cells))]
        if number == text.first:
            if place == len(names):
                cells[place] = "clauses"
                lines[number] = text.line(cells, record.raw)
            continue
        id_ = record.cells[names.index("id")].strip() if len(record.cells) > names.index("id") else ""
        if id_ in changed:
            cells[place] = _clauses(changed[id_], cells[place])
            lines[number] = text.line(cells, record.raw)
    return text.encoded(lines)


def _clauses(marks: Mapping[str, str], before: str) -> str:
    """Write marks in clause order, the standards in the order in which they stood."""
    known = [re.sub(r"[^a-z0-9]", "", part.partition(":")[0].lower()) for part in _parts(before)]

    def order(ref: str) -> tuple[int, str, object]:
        key, number, _ = split_ref(ref)
        place = next((n for n, word in enumerate(known) if word and word in re.sub("[^a-z0-9]", "", key)), len(known))
        return place, key, number_key(number)

    return "; ".join(f"{ref}={marks[ref]}" for ref in sorted(marks, key=order))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:30] or "purchasing"


def draft() -> bytes:
    """Write an empty file, for a person to fill; Excel knows by its first bytes that it is UTF-8."""
    return codecs.BOM_UTF8 + ",".join(COLUMNS).encode() + b"\r\n"
