"""Lists of processes as people have them: a row for each process, or a column for each, under words of their own.

Whatever its shape, a table becomes rows with the columns of `processes.csv`. Ids are made from names where there are
none: the same name has the same id wherever it stands.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from attrs import evolve

from imsmap.errors import ImsmapError, Problem
from imsmap.plain import folded
from imsmap.readers import csv, tables
from imsmap.readers.csv import Record
from imsmap.register import answers, schema
from imsmap.values import frozen
from imsmap.workbook import marked

NEEDED = ("id", "name")
"""The columns without which imsmap writes nothing into a table."""
COLUMNS = (*NEEDED, "owner", "kind", "purpose", "inputs", "outputs", "measures", "clauses")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "id": ("process id",),
    "name": ("process", "process name", "name of process", "name of the process"),
    "owner": ("process owner", "owner of the process", "responsible", "responsible person", "responsibility"),
    "kind": ("type", "process type", "type of process", "kind of process", "category"),
    "purpose": ("aim", "objective"),
    "inputs": ("input",),
    "outputs": ("output",),
    "measures": ("measure", "kpi", "kpis", "indicator", "indicators"),
    "clauses": ("clause", "iso clauses", "clause(s)"),
}
"""What people call the columns."""
_CLAUSE_WORDS = (
    "clause", "clauses", "clause(s)", "iso clause", "clause/process", "clause\\process", "clause no", "clause number",
    "requirement", "requirements", "number", "no", "ref", "reference", "chapter", "section",
)  # fmt: skip
"""What people call the column of clauses beside which each process has a column."""
_STANDARD = ("standard", "norm", "iso")
_BESIDE = (
    *_STANDARD, "letter", "letters", "title", "clause title", "processes", "count", "topic", "all", "description",
    "text", "note", "notes", "comment", "comments", "remark", "remarks",
)  # fmt: skip
"""What else stands beside clauses and is no process."""
_NUMBER = re.compile(r"(?<![\w.])(?:\d{1,2}|A)(?:\.\d{1,2})+(?!\w)|:\s*\d{1,2}\b", re.IGNORECASE)
"""What looks like a clause: `8.4`, `9001:8`."""
_EDITION = re.compile(r"\d{4,5}")
_TITLES = ("processes", "our processes", "list of processes", "process list")
"""What may stand above a list of names that has no header."""
_ID_LENGTH = 30
Check = Callable[[str], object]
"""Looks a clause up; ImsmapError if there is none."""


@frozen
class Rows:
    """Rows with their lines, by the columns of `processes.csv` and those of people's own.

    ours: the table is such a file already, and can be written into; else words say how it was read.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    ours: bool
    unused: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def written(self) -> bytes:
        """Write the table anew in the columns of `processes.csv`."""
        columns = (*COLUMNS, *(name for name in self.columns if name not in COLUMNS))
        lines = (csv.written(cells.get(name, "") for name in columns) for _, cells in self.rows)
        return codecs.BOM_UTF8 + "".join((csv.written(columns), *lines)).encode()


def is_header(names: Sequence[str]) -> bool:
    """Tell whether the names of columns are those of a list of processes."""
    words = [_word(name) for name in names]
    if any(marked(name) for name in names):
        return False  # the hidden keys of a sheet of ours, above its headings
    return "name" in _known(words) or (words[:1] != [""] and _clause_column(words) is not None)


def laid_out(text: csv.CsvText, shown: str, check: Check) -> Rows:
    """Turn a table into rows, whatever its shape; the text must have a header."""
    head = text.header or Record((), 1, "")
    words = [_word(cell) for cell in head.cells]
    known = _known(words)
    if "name" in known:
        return _of_rows(text.records, head, known, shown)
    place = _clause_column(words)
    if place is None and _look_like_clauses(record.cells[0] for record in text.records if record.cells):
        place = 0
    if place is not None:
        return _Turned(head, place, shown, check).rows(text.records)
    if _look_like_clauses(head.cells[1:]):
        return _of_rows(text.records, head, known | {"name": 0}, shown)
    if all(sum(map(bool, map(str.strip, record.cells))) <= 1 for record in (head, *text.records)):
        return _of_names((head, *text.records), shown)
    advice = f"the first line has no column name; it should read {','.join(COLUMNS)}, or name a process in each column"
    return Rows((), (), False, problems=(Problem(shown, head.line, advice),))


def made_id(name: str, used: Collection[str] = ()) -> str:
    """Make an id of a process from its name, the same one each time unless another process has it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(found) > _ID_LENGTH:
        found = found[: _ID_LENGTH + 1].rpartition("-")[0] or found[:_ID_LENGTH]
    if found and found not in used:
        return found
    return f"{found or 'process'}-{hashlib.sha256(_word(name).encode()).hexdigest()[:6]}"


def _word(cell: str) -> str:
    """Reduce the name of a column to what is compared."""
    return re.sub(r"\s*([/\\])\s*", r"\1", " ".join(folded(cell).split()).casefold().rstrip(" .:"))


def _known(words: Sequence[str]) -> dict[str, int]:
    """Find the columns of ours: by their own name, else by what people call them."""
    found = {name: words.index(name) for name in COLUMNS if name in words}
    for name, others in _WORDS.items():
        place = next((words.index(other) for other in others if other in words), None)
        if name not in found and place is not None:
            found[name] = place
    return found


def _clause_column(words: Sequence[str]) -> int | None:
    if sum(map(bool, words)) < 2:
        return None
    return next((place for place, word in enumerate(words) if word in _CLAUSE_WORDS), None)


def _look_like_clauses(cells: Iterator[str] | Sequence[str]) -> bool:
    said = [folded(cell) for cell in cells if cell.strip()]
    return bool(said) and 2 * sum(bool(_NUMBER.search(cell)) for cell in said) >= len(said)


# --- a row for each process ------------------------------------------------------------------------------------------


def _of_rows(records: Sequence[Record], head: Record, known: Mapping[str, int], shown: str) -> Rows:
    name_of = {place: name for name, place in known.items()}
    raw = csv.names_of(head)
    by_clause = {
        place: folded(cell).strip()
        for place, cell in enumerate(head.cells)
        if place not in name_of and _NUMBER.search(folded(cell))
    }
    names = [name_of.get(place, raw[place]) for place in range(len(raw))]
    problems = []
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        problems.append(Problem(shown, head.line, f"the column {', '.join(twice)} is here twice; keep one"))
    crosses: Counter[str] = Counter()
    rows, has_ids = [], "id" in known
    is_strict, bare = set(NEEDED) <= set(raw), 0
    for record in records:
        cells = {
            name: cell.strip()
            for place, (name, cell) in enumerate(zip(names, record.cells, strict=False))
            if place not in by_clause
        }
        marks = [
            _mark(record.cells[place], clause, crosses, problems, (shown, record.line))
            for place, clause in by_clause.items()
            if place < len(record.cells)
        ]
        listed = cells.get("clauses", "")
        if not is_strict and not tables.names_none(listed) and "=" not in listed:
            bare += 1
            edition = next((cells[word] for word in _STANDARD if cells.get(word)), "")
            cells["clauses"] = f"{edition} {listed}=P".strip() if not _EDITION.search(listed) else f"{listed}=P"
        if any(marks):
            cells["clauses"] = "; ".join(filter(None, (cells.get("clauses", ""), *marks)))
        if any(cells.values()):
            rows.append((record.line, cells))
            has_ids = has_ids and bool(cells.get("id"))
    used = (*COLUMNS, *(() if is_strict else _STANDARD))
    unused = tuple(name for place, name in enumerate(names) if name and name not in used and place not in by_clause)
    own = tuple(dict.fromkeys(name for place, name in enumerate(names) if name and place not in by_clause))
    ours = has_ids and not by_clause and is_strict
    told = _told(crosses, shown)
    if bare:
        meant = schema.MARKS["P"].partition(":")[0]
        told = (*told, f"{shown}: {bare} × clauses without a mark apply; they are read as P ({meant})")
    if "id" not in known and "clauses" in known:
        rows = _joined(rows)
    return Rows(own, _identified(rows), ours, unused, told, tuple(problems))


def _joined(rows: Sequence[tuple[int, dict[str, str]]]) -> list[tuple[int, dict[str, str]]]:
    """Put the clauses of a process together that has a row for each of them, and says nothing else twice."""
    found: list[tuple[int, dict[str, str]]] = []
    first: dict[str, dict[str, str]] = {}
    for line, cells in rows:
        held = first.get(cells.get("name", ""))
        beside = [key for key in COLUMNS if key != "clauses"]
        if held is None or any(cells.get(key) and held.get(key) not in ("", None, cells[key]) for key in beside):
            found.append((line, cells))
            first.setdefault(cells.get("name", ""), cells)
            continue
        clauses = "; ".join(filter(None, (held.get("clauses", ""), cells.get("clauses", ""))))
        held |= {key: cells[key] for key in beside if cells.get(key)} | {"clauses": clauses}
    return found


def _of_names(records: Sequence[Record], shown: str) -> Rows:
    """Take a list that has no header: a name in each line, perhaps beneath a title."""
    named = [(record.line, {"name": " ".join("".join(record.cells).split())}) for record in records]
    named = [(line, cells) for line, cells in named if cells["name"]]
    if _word(named[0][1]["name"]) in _TITLES:
        named = named[1:]
    told = f"{shown}: was read as a list of names: {', '.join(cells['name'] for _, cells in named)}"
    return Rows(NEEDED, _identified(named), False, (), (told,) if named else ())


def _identified(rows: Sequence[tuple[int, dict[str, str]]]) -> tuple[tuple[int, Mapping[str, str]], ...]:
    """Make the ids that are missing."""
    used = {cells["id"] for _, cells in rows if cells.get("id")}
    names: dict[str, str] = {}
    for _, cells in rows:
        if not cells.get("id") and (name := cells.get("name")):
            # A name that is here twice keeps one id, so that it is told.
            cells["id"] = names.setdefault(name, made_id(name, used))
            used.add(cells["id"])
    return tuple(rows)


# --- a column for each process ---------------------------------------------------------------------------------------


class _Turned:
    """A table under way that has a row for each clause."""

    def __init__(self, head: Record, place: int, shown: str, check: Check) -> None:
        """Know the columns of processes: all that stand right of the clause and are called nothing else."""
        self._shown = shown
        self._place = place
        self._check = check
        words = [_word(cell) for cell in head.cells]
        self._standard = next((at for at, word in enumerate(words) if word in _STANDARD), None)
        self._processes = {
            at: " ".join(folded(cell).split())
            for at, cell in enumerate(head.cells)
            if at > place and cell.strip() and words[at] not in _BESIDE
        }
        self._every = next((at for at, word in enumerate(words) if word == "all"), None)
        self._head = head
        self._crosses: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._cells: dict[int, dict[str, str]] = {at: {"name": name} for at, name in self._processes.items()}
        self._marks: dict[int, list[str]] = {at: [] for at in self._processes}

    def rows(self, records: Sequence[Record]) -> Rows:
        """Read the rows of clauses, and what is said of the processes in rows between them."""
        standard, every = "", 0
        for record in records:
            cells = [folded(cell).strip() for cell in (*record.cells, *[""] * (len(self._head.cells)))]
            said = {at: cells[at] for at in self._processes if not tables.names_none(cells[at])}
            every += self._every is not None and answers.word(cells[self._every], (schema.EVERY,)) != ""
            lead = next((cell for cell in cells[: self._place + 1] if cell), "")
            about = _known([_word(lead)])
            if about.keys() & set(COLUMNS[2:-1]):
                for at, cell in said.items():
                    self._cells[at][next(iter(about))] = cell
                continue
            if not said:
                standard = lead if _EDITION.search(lead) and not _NUMBER.search(_EDITION.sub("", lead)) else standard
                continue
            named = cells[self._standard] if self._standard is not None else standard
            self._row(record.line, cells[self._place], named, said)
        columns = ("id", "name", *(name for name in COLUMNS[2:] if any(name in c for c in self._cells.values())))
        rows = [(self._head.line, self._cells[at] | {"clauses": "; ".join(self._marks[at])}) for at in self._processes]
        told = (f"{self._shown}: was read with a process in each column", *_told(self._crosses, self._shown))
        if every:
            told = (
                *told,
                f"{self._shown}: {every} × {schema.EVERY} under All is not read; say it on the sheet Processes",
            )
        found = Rows(columns, _identified(rows), False, (), told, tuple(self._problems))
        if not rows:
            words = "names no process beside the clauses; write their names into the first line"
            return evolve(found, problems=(Problem(self._shown, self._head.line, words),))
        return found

    def _row(self, line: int, clause: str, standard: str, said: Mapping[int, str]) -> None:
        if standard and not _EDITION.search(clause):
            clause = f"{standard} {clause}"
        try:
            self._check(clause)
        except ImsmapError as error:
            self._problems.append(Problem(self._shown, line, str(error)))
            return
        for at, cell in said.items():
            mark = _mark(cell, clause, self._crosses, self._problems, (self._shown, line))
            self._marks[at] += [mark] if mark else []


def _mark(
    cell: str, clause: str, crosses: Counter[str], problems: list[Problem], place: tuple[str, int]
) -> str:  # fmt: skip
    """Say a mark as `processes.csv` has it; nothing for a cell that says nothing."""
    if tables.names_none(cell):
        return ""
    sign = answers.mark(cell)
    if not sign:
        words = f"{clause}: {' '.join(cell.split())!r} is no mark; write {', '.join(schema.MARKS)} or X"
        problems.append(Problem(*place, words))
        return ""
    if " ".join(folded(cell).split()).casefold() in schema.APPLYING:
        crosses[" ".join(cell.split())] += 1
    return f"{clause}={sign}"


def _told(crosses: Mapping[str, int], shown: str) -> tuple[str, ...]:
    meant = schema.MARKS["P"].partition(":")[0]
    return tuple(
        f"{shown}: {count} × {sign} says that it applies; it is read as P ({meant})"
        for sign, count in sorted(crosses.items())
    )
