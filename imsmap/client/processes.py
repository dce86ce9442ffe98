"""The client's processes, `processes.csv`: a person edits it, and marks typed on the sheet Processes go into it.

The register holds the marks, so that merge, history and undo hold for them too. `register/.processes` says which marks
the file had when both were last made alike: what differs from that in the file, a person edited there.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from attrs import evolve

from imsmap import files
from imsmap.client.process_notes import Before, Noted, digest, note, noted
from imsmap.client.process_tables import COLUMNS, NEEDED, is_header, laid_out, made_id
from imsmap.client.register import Writer
from imsmap.errors import DataError, ImsmapError, Problem
from imsmap.library.model import number_key, split_ref
from imsmap.plain import folded
from imsmap.readers import csv, tables
from imsmap.register import answers, schema, state
from imsmap.register.cells import COLUMNS as COLUMNS_ROW
from imsmap.register.cells import OVER, PROCESS, Cells, Key, Value
from imsmap.values import frozen

FILE = "processes.csv"
WORKBOOK = "processes.xlsx"
"""May list the processes as long as the other does not."""
SHEET = "processes"
KEPT = "processes-before.csv"
"""Holds a table of people's own shape, once marks made it a list in our columns."""
KINDS = ("management", "core", "support")
BY_HAND = "processes"
"""The entry of the history for marks that a person edited in the file."""
_BYTES = 5_000_000
_ZIP = b"PK\x03\x04"
_MARKED = re.compile(r"[^=]+=\s*[^\s=;,]*")
"""Clauses with their mark; of several, the mark stands behind the last."""


@frozen
class Named:
    """The leaf clauses that a person named; several: by a heading or a range. standard: the last one named."""

    refs: tuple[str, ...]
    standard: str = ""
    notes: tuple[str, ...] = ()
    by_heading: bool = False


Resolve = Callable[[str, str], Named]
"""Turns what a person typed, and the standard named before it, into clauses; ImsmapError if there are none."""


def as_typed(text: str, _: str = "") -> Named:
    """Take references to be written in full, where no library is at hand."""
    return Named((text,))


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
    """The file as it is; `notices` are what a person should be told but need not mend.

    content: what marks are written into. is_foreign: it is not what the file holds, which has a shape of its own.
    """

    entries: tuple[Process, ...] = ()
    notices: tuple[str, ...] = ()
    content: bytes = b""
    is_foreign: bool = False

    def marks(self) -> dict[Key, str]:
        """Give the marks as cells of the sheet Processes."""
        return {
            Key(SHEET, ref, PROCESS + entry.id): mark for entry in self.entries for ref, mark in entry.marks.items()
        }  # fmt: skip


def read(root: Path, resolve: Resolve = as_typed) -> Processes:
    """Read a project's processes; none where there is no file. DataError holds every problem with its line.

    A workbook of that name is read while the other file lists none; marks that change go into the other.
    """
    path, book = root / FILE, root / WORKBOOK
    content = files.read(path, FILE) if path.exists() else b""
    if content.startswith(_ZIP):
        return parse(_as_csv(path, FILE), resolve)
    found = parse(content, resolve) if content else Processes()
    if not book.exists():
        return found
    if found.entries:
        return evolve(found, notices=(*found.notices, f"{WORKBOOK}: is not read, since {FILE} lists processes"))
    return parse(_as_csv(book, WORKBOOK), resolve, WORKBOOK)


def _as_csv(path: Path, shown: str) -> bytes:
    """Write the table of a workbook as comma-separated text, with each row in the line of its number."""
    table = tables.read_table(str(path), is_header, shown)
    records = {record.line: record for record in (*((table.header,) if table.header else ()), *table.records)}
    lines: list[str] = []
    for line in range(1, max(records, default=0) + 1):
        cells = records[line].cells if line in records else ()
        lines.append(csv.written("; ".join(cell.splitlines()) for cell in cells))
    return codecs.BOM_UTF8 + "".join(lines).encode()


def parse(content: bytes, resolve: Resolve = as_typed, shown: str = FILE) -> Processes:
    """Take the file as Excel, LibreOffice or an editor saved it: any separator, any of their encodings.

    shown: what it is called in messages.
    """
    if len(content) > _BYTES:
        raise DataError([Problem(shown, None, "is larger than 5 MB; no list of processes is")])
    text = csv.parse(content, shown, is_header)
    if text.header is None:
        return Processes(content=content)
    known: dict[tuple[str, str], Named] = {}

    def once(typed: str, standard: str) -> Named:
        if (typed, standard) not in known:
            known[typed, standard] = resolve(typed, standard)
        return known[typed, standard]

    rows = laid_out(text, shown, lambda typed: once(typed, ""))
    problems = list(rows.problems)
    notices = [*text.notices, *rows.notices]
    if rows.unused:
        notices.append(f"{shown}: the columns {', '.join(rows.unused)} are kept and not used")
    unclosed = next((record.line for record in text.records if record.unclosed), None)
    entries: dict[str, Process] = {}
    for line, cells in rows.rows if not problems else ():
        if line == unclosed:
            break
        entry = _Row(shown, line, once, problems, notices).process(cells)
        if entry is not None and entry.id in entries:
            first = entries[entry.id]
            what = f"the process {entry.name!r}" if entry.name == first.name else f"the id {entry.id!r}"
            words = f"{what} is here twice, first in line {first.line}; keep one, or give each an id of its own"
            problems.append(Problem(shown, line, words))
        elif entry is not None:
            entries[entry.id] = entry
    if unclosed is not None:
        words = "a quotation mark opens in this row and is never closed, so the rows below it are lost; close it"
        problems.append(Problem(shown, unclosed, words))
    if problems:
        raise DataError(problems)
    told = tuple(dict.fromkeys(notices))
    return Processes(tuple(entries.values()), told, content if rows.ours else rows.written(), not rows.ours)


class _Row:
    """A row of the file under way to a process."""

    def __init__(self, shown: str, line: int, resolve: Resolve, problems: list[Problem], notices: list[str]) -> None:
        """Know where it stands, and where to tell what."""
        self._where = f"{shown}:{line}"
        self._shown = shown
        self._line = line
        self._resolve = resolve
        self._problems = problems
        self._notices = notices

    def process(self, cells: Mapping[str, str]) -> Process | None:
        """Give the process; nothing if anything is wrong with it."""
        id_, name = cells.get("id", ""), cells.get("name", "")
        before = len(self._problems)
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}", id_):
            given = f"{id_!r} is no id" if id_ else "this process has no id"
            self._fault(f"{given}; write a short one that stays, such as {made_id(name) if name else 'purchasing'}")
        if not name:
            self._fault(f"{id_ or 'this process'} has no name; write one")
        kind = cells.get("kind", "").lower()
        if kind and kind not in KINDS:
            self._fault(f"{kind!r} is no kind of process; write {', '.join(KINDS)}")
        marks = self._marks(cells.get("clauses", ""))
        return (
            Process(id_, name, cells.get("owner", ""), kind, marks, self._line)
            if len(self._problems) == before
            else None
        )

    def _marks(self, text: str) -> dict[str, str]:
        """Read marks by leaf clause; what is said of a clause by itself comes before what its heading says."""
        by_itself: dict[str, str] = {}
        by_heading: dict[str, str] = {}
        standard = ""
        for part in () if tables.names_none(text) else _parts(text):
            typed, _, sign = part.rpartition("=")
            mark = proper(sign)
            if not typed or mark is None:
                words = (
                    f"{part!r} should be a clause and what the process is to it, as in iso9001-2015:8.4.1=P (or S, ·)"
                )
                self._fault(words)
                continue
            try:
                named = self._resolve(typed.strip(), standard)
            except ImsmapError as error:
                self._fault(str(error))
                continue
            standard = named.standard
            self._notices += [f"{self._where}: {note}" for note in named.notes]
            if state.said(sign) in schema.APPLYING:
                meant = schema.MARKS[mark].partition(":")[0]
                words = f"{typed.strip()}={sign.strip()} says that it applies; it is read as {mark} ({meant})"
                self._notices.append(f"{self._where}: {words}")
            marks = by_heading if named.by_heading else by_itself
            for ref in named.refs:
                if marks.get(ref, mark) != mark:
                    words = f"{typed.strip()} is here twice, as {marks[ref]} and {mark}; keep one"
                    self._fault(words)
                marks[ref] = mark
        return by_heading | by_itself

    def _fault(self, words: str) -> None:
        self._problems.append(Problem(self._shown, self._line, words))


def proper(mark: Value | None) -> str | None:
    """Give a mark as it is written here; nothing for what is none."""
    return answers.mark(mark) or None


def marked(cells: Cells, id_: str) -> dict[str, str]:
    """Give the proper marks of a process by clause, as the register has them."""
    found = {}
    for key, value in cells.items():
        if key.sheet == SHEET and key.field == PROCESS + id_ and (mark := proper(value)) is not None:
            found[key.row] = mark
    return found


def as_shown(cells: Cells, found: Processes) -> tuple[schema.Process, ...]:
    """Give the processes as sheets and slides show them: with the marks that the register has."""
    return tuple(schema.Process(entry.id, entry.name, entry.owner, marked(cells, entry.id)) for entry in found.entries)


# --- both ways -------------------------------------------------------------------------------------------------------


def edited(root: Path, cells: Cells, found: Processes) -> dict[Key, Value]:
    """Bring marks that a person edited in the file into the cells; a pure answer, nothing is written."""
    base, now = noted(root).marks, found.marks()
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
        count = len({*found.marks().items()} ^ {*noted(root).marks.items()})
        if before:
            words = "marks were" if count > 1 else "mark was"
            writer.notices.append(f"{count} {words} edited in {FILE}")
    note(root, evolve(noted(root), marks=found.marks()))


@frozen
class _Given:
    """What the file comes to hold, and what is noted of it then; kept: what is put aside before it is written anew."""

    content: bytes | None
    noted: Noted
    changed: bool
    kept: bytes | None = None


def becomes(root: Path, cells: Cells, found: Processes) -> bytes | None:
    """Give what the file will hold once it has the marks of some cells; nothing where there will be none."""
    return _given(root, cells, found).content


def give(root: Path, cells: Cells, found: Processes) -> bool:
    """Write the register's marks into the file, which else stays as the person has it; tells if it changed.

    What people named on the sheet, where its columns were empty ones, becomes a process of the file, once. What is
    taken back before anybody touched the file leaves it as it was, to the byte.
    """
    given = _given(root, cells, found)
    if given.changed:
        if given.kept is not None:
            files.put(root / KEPT, given.kept)
        if given.content is None:
            files.remove(root / FILE)
        else:
            files.put(root / FILE, given.content)
    note(root, given.noted)
    return given.changed


def _given(root: Path, cells: Cells, found: Processes) -> _Given:
    last, typed = noted(root), _typed(cells)
    path = root / FILE
    there = files.read(path, FILE) if path.exists() else None
    known = {entry.id for entry in found.entries}
    gone = last.named.keys() - typed.keys()
    wanted = {entry.id: marked(cells, entry.id) for entry in found.entries if entry.id not in gone}
    before = last.before
    untouched = before is not None and before.led_to == digest(there)
    if before is not None and untouched and dict(before.marks) == wanted and typed.keys() <= known:
        kept = tuple(evolve(entry, marks=wanted[entry.id]) for entry in found.entries if entry.id in wanted)
        return _Given(before.text, Noted(Processes(kept).marks(), typed), changed=True)
    new = {id_: name for id_, name in typed.items() if id_ not in known | last.named.keys()}
    dropped = {id_ for id_ in gone if id_ in known and not marked(cells, id_)}
    content = _without_names(found.content, {id_: last.named[id_] for id_ in dropped})
    content = _with_names(content, new) if new else content
    added = tuple(Process(id_, name, "", "", {}, 0) for id_, name in new.items())
    entries = tuple(evolve(entry, marks=marked(cells, entry.id)) for entry in (*found.entries, *added))
    changed = {
        now.id: now.marks
        for now, then in zip(entries, (*found.entries, *added), strict=True)
        if dict(now.marks) != dict(then.marks)
    }
    now = Processes(entries).marks()
    if not changed and content == found.content:
        return _Given(there, Noted(now, typed, before if untouched else None), changed=False)
    content = _with_marks(content, changed)
    then = {entry.id: dict(entry.marks) for entry in found.entries}
    aside = there if found.is_foreign and found.entries else None
    return _Given(content, Noted(now, typed, Before(there, then, digest(content))), changed=True, kept=aside)


def without_names(cells: Cells, found: Processes) -> Cells:
    """Leave out names typed over empty columns that the file has taken: it says now what the process is called."""
    taken = {Key(SHEET, COLUMNS_ROW, f"{OVER}{PROCESS}{entry.id}") for entry in found.entries}
    blank = {Key(SHEET, COLUMNS_ROW, f"{OVER}{PROCESS}{entry.id}") for entry in schema.BLANKS}
    return {key: value for key, value in cells.items() if key not in taken & blank}


def _typed(cells: Cells) -> dict[str, str]:
    """Give the empty columns that people named or marked, by their id, with the name."""
    found = {}
    for entry in schema.BLANKS:
        name = state.words(cells.get(Key(SHEET, COLUMNS_ROW, f"{OVER}{PROCESS}{entry.id}")))
        if name or marked(cells, entry.id):
            found[entry.id] = name or entry.name
    return found


# --- the file's text -------------------------------------------------------------------------------------------------


def _with_names(content: bytes, named: Mapping[str, str]) -> bytes:
    """Add processes to the file's text."""
    text = csv.parse(content or draft(), FILE, csv.having(*NEEDED))
    if text.header is None:
        return _with_names(draft(), named)
    names = text.names()
    rows = [text.header.raw, *(record.raw for record in text.records)]
    lines = [row if row.endswith(("\r", "\n")) else f"{row}\r\n" for row in rows]
    for id_, name in named.items():
        lines.append(csv.written([{"id": id_, "name": name}.get(column, "") for column in names], text.separator))
    return text.encoded("", lines)


def _without_names(content: bytes, named: Mapping[str, str]) -> bytes:
    """Take out processes that the sheet named, where nobody wrote more about them."""
    if not named:
        return content
    text = csv.parse(content, FILE, csv.having(*NEEDED))
    names = text.names()

    def is_kept(record: csv.Record) -> bool:
        said = {name: cell.strip() for name, cell in zip(names, record.cells, strict=False) if cell.strip()}
        id_ = said.get("id", "")
        return id_ not in named or said.get("name") != named[id_] or bool(said.keys() - {*NEEDED, "clauses"})

    header = text.header.raw if text.header is not None else ""
    return text.encoded(header, (record.raw for record in text.records if is_kept(record)))


def _with_marks(content: bytes, changed: Mapping[str, Mapping[str, str]]) -> bytes:
    """Change the clauses of some processes in the file's text; each other record stays as it is, to the byte."""
    text = csv.parse(content, FILE, csv.having(*NEEDED))
    if text.header is None:
        return content
    names = text.names()
    header = text.header.raw
    if "clauses" not in names:
        names.append("clauses")
        header = text.line((*text.header.cells, "clauses"), text.header)
    place, id_place = names.index("clauses"), names.index("id")
    lines = []
    for record in text.records:
        id_ = record.cells[id_place].strip() if len(record.cells) > id_place else ""
        if id_ in changed:
            cells = [*record.cells, *[""] * (place + 1 - len(record.cells))]
            cells[place] = _clauses(changed[id_], cells[place])
            lines.append(text.line(cells, record))
        else:
            lines.append(record.raw)
    return text.encoded(header, lines)


def _clauses(marks: Mapping[str, str], before: str) -> str:
    """Write marks in clause order, the standards in the order in which they stood."""
    known = [re.sub(r"[^a-z0-9]", "", part.partition(":")[0].lower()) for part in _parts(before)]

    def order(ref: str) -> tuple[int, str, object]:
        key, number, _ = split_ref(ref)
        place = next((n for n, word in enumerate(known) if word and word in re.sub("[^a-z0-9]", "", key)), len(known))
        return place, key, number_key(number)

    return "; ".join(f"{ref}={marks[ref]}" for ref in sorted(marks, key=order))


def _parts(text: str) -> list[str]:
    """Cut a list of marks: after each mark; a clause without one stands for itself, to be told."""
    found, place = [], 0
    for match in _MARKED.finditer(folded(text)):
        found.append(match[0])
        place = match.end()
    return [part for piece in (*found, folded(text)[place:]) if (part := piece.strip(" \t\r\n,;"))]


def draft(listed: Sequence[tuple[str, str]] = ()) -> bytes:
    """Write a file for a person to fill, with names and owners; Excel knows by its first bytes that it is UTF-8."""
    used: set[str] = set()
    lines = [",".join(COLUMNS)]
    for name, owner in listed:
        id_ = bare = made_id(name)
        number = 1
        while id_ in used:
            number += 1
            id_ = f"{bare}-{number}"
        used.add(id_)
        cells = (id_, *(f'"{text.replace(chr(34), chr(34) * 2)}"' if text else "" for text in (name, owner)))
        lines.append(",".join(cells) + "," * (len(COLUMNS) - len(cells)))
    return codecs.BOM_UTF8 + "".join(f"{line}\r\n" for line in lines).encode()
