"""What is wrong in a client's project, and what is still to do, each with file and line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import evolve

from imsmap import files
from imsmap.analyses import documents
from imsmap.client import conflicts, lines
from imsmap.client.processes import FILE, Processes, marked
from imsmap.client.register import FOLDER, file_name
from imsmap.errors import DataError, Problem
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import split_ref
from imsmap.licensed.runs import Piece, Quote, Runs
from imsmap.reasoning.groups import grouped
from imsmap.register import answers, schema
from imsmap.register.answers import plain
from imsmap.register.audited import hiding
from imsmap.register.cells import ACTION, NEW, Cells, Key, Value, shown
from imsmap.register.controls import said_above
from imsmap.register.obligations import OBLIGATIONS
from imsmap.register.questions import CONTROL, MAIN, SHARED, TOPIC, questions
from imsmap.register.state import ACTIONS, DOCUMENTS, PROCESSES, REQUIREMENTS, State
from imsmap.register.ways import way
from imsmap.values import frozen
from imsmap.wording import designations, listed

_LINK = re.compile(r".*(\.[A-Za-z0-9]{1,5}|[/\\])")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|\\\\|//|[A-Za-z]:[/\\]|/")
"""Addresses on the network or of one machine, which can't be looked up for everybody."""


_OURS = ("@", NEW, MAIN, TOPIC)
"""What the ids of rows begin with that stand for no clause or point: remarks on places, new rows, headings."""


QUOTES = "Quotes of licensed text"
OWN_WORDS = "say it in your own words"


@frozen
class Finding:
    """Something that a person should look at; `wrong` tells a problem from what is still to do; group: its kind."""

    problem: Problem
    wrong: bool = False
    group: str = ""


def find_in_project(
    root: Path,
    cells: Cells,
    found: Processes,
    graph: ClauseGraph,
    standards: tuple[str, ...],
    state: State,
) -> tuple[Finding, ...]:
    """Find what is wrong and what is open in a project, from how it stands about some standards."""
    check = _Check(root, cells, found, graph, standards, state)
    groups = {
        "Answers that can't be read": check.misread(),
        "What is held not applicable": check.applicability(),
        "Verdicts in a row where they count for nobody": check.astray(),
        "Findings that hide which standard is not met": check.hiding(),
        "Marks on what is no leaf clause": check.marks(),
        "Links to files that are not there": check.links(),
        "Conflicts to solve": check.waiting(),
        "Processes without marks in an edition that replaces another": check.unmarked(),
        "Clauses for which no process answers": check.holes(),
        "Processes without an owner or a clause": check.owners(),
        "Evaluations of compliance that are overdue or have no date": check.evaluations(),
        "Documents and records that nobody named": check.documents(),
        "Answers to rows that are not in the workbook": check.strangers(),
    }
    return tuple(evolve(one, group=group) for group, found_ in groups.items() for one in found_)


def quotes_in(cells: Cells, runs: Runs) -> tuple[tuple[Key, Quote], ...]:
    """Give the cells that quote a licensed text, each with what it quotes."""
    keys = [key for key, value in cells.items() if isinstance(plain(value), str)]
    pieces = [Piece(str(at), str(plain(cells[key]))) for at, key in enumerate(keys)]
    return tuple((keys[int(quote.place)], quote) for quote in runs.within(pieces))


def find_quotes(root: Path, cells: Cells, runs: Runs, place: Callable[[Key], str]) -> tuple[Finding, ...]:
    """Find what people wrote that quotes a licensed text; place: says where a cell stands as people know it."""
    lines_ = _Lines(root)
    found = []
    for key, quote in quotes_in(cells, runs):
        where = Problem(f"{FOLDER}/{file_name(key.sheet)}", lines_.of(key), f"{place(key)}: {quote.told}; {OWN_WORDS}")
        found.append(Finding(where, wrong=True, group=QUOTES))
    return tuple(found)


class _Check:
    """The check under way."""

    def __init__(
        self,
        root: Path,
        cells: Cells,
        found: Processes,
        graph: ClauseGraph,
        standards: tuple[str, ...],
        state: State,
    ) -> None:
        """Put the cells by sheet, row and field."""
        self._root = root
        self._cells = cells
        self._processes = found
        self._graph = graph
        self._state = state
        grouping = grouped(graph, standards)
        self._topics = {group.id: f"{group.number or ''} {group.title}".strip() for group in grouping.groups}
        self._questions = questions(grouping)
        self._what = {
            item.id: item.what for item in documents.analyse(graph, documents.Question(standards)).answer.documents
        }
        self._names = designations(graph, standards)
        self._clauses = [clause.ref for key in standards for clause in graph.clauses(key)]
        self._said: defaultdict[str, defaultdict[str, dict[str, Value]]] = defaultdict(lambda: defaultdict(dict))
        for key, value in cells.items():
            self._said[key.sheet][key.row][key.field] = value
        self._lines = _Lines(root)

    def marks(self) -> Iterator[Finding]:
        """Find marks on what is no leaf clause of these standards."""
        known = set(self._clauses)
        for entry in self._processes.entries:
            for ref in entry.marks:
                if ref in self._state.clauses or split_ref(ref)[0] not in self._names:
                    continue
                words = "is a heading; name the leaf clauses under it" if ref in known else "is no clause"
                yield self._in_csv(entry.line, f"{entry.name}: {self._clause(ref)} {words}", wrong=True)

    def misread(self) -> Iterator[Finding]:
        """Find answers that were not understood: first those on which figures rest."""
        told: set[Key] = set()
        late = {one.row for one in self._state.actions if one.is_overdue and one.due is None}
        late |= {one.ref for one in self._state.obligations.values() if one.is_overdue and one.next is None}
        for entry in self._state.misread:
            key = entry.key
            told.add(key)
            where = self._clause(key.row.removeprefix(ACTION)) if not key.row.startswith(NEW) else "an action of yours"
            is_due = entry.column in ((ACTIONS, "due"), (OBLIGATIONS, "next"))
            is_late = is_due and not late.isdisjoint((key.row, f"{ACTION}{key.row}"))
            either = "; it counts as late, since each of these is over" if is_late else ""
            yield self._at(
                key, f"{where}: {shown(plain(entry.value))!r} {answers.advice(key, entry.value)}{either}", wrong=True
            )

        for key, value in sorted(self._cells.items(), key=lambda cell: cell[0]):
            is_elsewhere = key.sheet in (REQUIREMENTS, PROCESSES) or key.row.startswith(_OURS[:1])
            if key not in told and not is_elsewhere and not answers.is_understood(key, value):
                yield self._at(key, f"{key.row}: {shown(plain(value))!r} {answers.advice(key, value)}", wrong=True)

    def evaluations(self) -> Iterator[Finding]:
        """Find obligations whose compliance should have been evaluated, or of which nobody says when it will be."""
        for one in self._state.obligations.values():
            where, owner = self._clause(one.ref), one.owner or "nobody named"
            key = Key(OBLIGATIONS, one.ref, "next")
            if one.is_overdue and one.next is None:
                yield self._at(
                    key, f"{where}: the evaluation of compliance was due by {one.last} at the latest ({owner})"
                )
            elif one.is_overdue:
                yield self._at(key, f"{where}: the evaluation of compliance was due on {one.next} ({owner})")
            elif one.is_unplanned:
                yield self._at(key, f"{where}: no date says when compliance is evaluated next")

    def applicability(self) -> Iterator[Finding]:
        """Find what is held not applicable without a reason, where the standard lets it not be, or half-heartedly."""
        out = schema.NOT_APPLICABLE
        yield from self._held_above()
        for entry in self._state.exclusions:
            if entry.heading:
                if entry.gainsaid:
                    heading, where = self._heading(entry.heading), self._clause(entry.point)
                    words = f"{heading} is held not applicable, and Status says {entry.gainsaid!r} here"
                    at = Key(REQUIREMENTS, entry.point, "status")
                    yield self._at(at, f"{where}: {words}: the heading counts; mend one of them")
                continue
            key, where = Key(REQUIREMENTS, entry.point, entry.field), self._clause(entry.point)
            if not entry.allowed:
                standard = split_ref(entry.point)[0]
                what = "this requirement" if self._graph.standard(standard).not_applicable else "no requirement"
                verb = "does not let" if what.startswith("this") else "lets"
                words = f"{self._names[standard]} {verb} {what} be held not applicable; say how it is met"
                yield self._at(key, f"{where}: {words}", wrong=True)
            elif not entry.reason:
                yield self._at(key, f"{where} is held not applicable without a justification; write one", wrong=True)
            if entry.allowed and entry.gainsaid:
                # What counts is decided, so this is untidy and not wrong.
                said = {entry.field: out, "status" if entry.field == "applies" else "applies": entry.gainsaid}
                words = (
                    f"Applies says {said['applies']!r}, and Status {said['status']!r}: Applies counts; mend the other"
                )
                yield self._at(key, f"{where}: {words}")

    def _held_above(self) -> Iterator[Finding]:
        """Find headings that are held not applicable without a reason, or over what a standard does not let be."""
        for held in self._state.held_above:
            key, where = said_above(held.row, held.field), self._heading(held.row)
            if not held.reason and held.left_out:
                yield self._at(key, f"{where} is held not applicable without a justification; write one", wrong=True)
            refused: dict[str, int] = defaultdict(int)
            for ref in held.refused:
                refused[split_ref(ref)[0]] += 1
            for standard, count in refused.items():
                points = f"{count} requirement{'' if count == 1 else 's'}"
                words = f"{self._names[standard]} does not let {points} beneath it be held not applicable"
                told = (
                    "it stays in scope; say how it is met" if count == 1 else "they stay in scope; say how they are met"
                )
                yield self._at(key, f"{where}: {words}: {told}", wrong=not held.left_out)

    def astray(self) -> Iterator[Finding]:
        """Find verdicts in the row of a shared question, or beside a heading, where they count for no standard."""
        columns = {column.key: column for column in schema.REQUIREMENTS if column.key not in SHARED}
        for question in self._questions:
            said = self._said[REQUIREMENTS].get(question.id, {}) if question.is_shared else {}
            for field, value in sorted(said.items()):
                if field in columns:
                    where = listed(dict.fromkeys(self._clause(one.clause) for one in question.verdicts))
                    words = (
                        f"{columns[field].title} {shown(plain(value))!r} stands in the row that {where} share, and "
                        "counts for none of them; write it into the rows beneath, for each standard by itself"
                    )
                    yield self._at(Key(REQUIREMENTS, question.id, field), words, wrong=True)
        headings = set(self._clauses) - set(self._state.clauses)
        for row, said in sorted(self._said[REQUIREMENTS].items()):
            if row not in headings and not row.startswith((MAIN, TOPIC)):
                continue
            for field in ("status", "severity", "action", "due"):
                value = shown(plain(said.get(field)))
                if value.strip() and answers.word(value, schema.STATUS) != schema.NOT_APPLICABLE:
                    words = (
                        f"{columns[field].title} {value!r} stands beside {self._heading(row)}, and counts for nothing"
                    )
                    at = Key(REQUIREMENTS, row, field)
                    yield self._at(at, f"{words}; write it into the rows beneath", wrong=True)

    def hiding(self) -> Iterator[Finding]:
        """Find findings of an audit of which no standard's verdict says that it is not met."""
        for key in hiding(self._cells):
            what = self._topics.get(key.row) or key.row
            words = f"{shown(plain(self._cells[key]))!r} is graded, and no standard's verdict says that it is not met"
            yield self._at(key, f"{what}: {words}; say of which standard: {schema.NOT_CONFORMING}", wrong=True)

    def links(self) -> Iterator[Finding]:
        """Find links to files that are not in the project."""
        for row, said in self._said["documents"].items():
            place = shown(plain(said.get("location"))).strip()
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
        for ref, clause in self._state.clauses.items():
            if clause.is_hole:
                title = self._graph.title(ref)
                yield self._in_csv(None, f"{self._clause(ref)} {title}".strip() + ": no process answers for it")

    def unmarked(self) -> Iterator[Finding]:
        """Find processes that have marks in an edition and none in the one that replaces it, and what theirs are there.

        A move carries marks; who lists the new edition beside the old one in the settings has none in it.
        """
        for new in self._names:
            old = self._graph.standard(new).revises
            found = way(self._graph, old, new) if old in self._names else None
            if found is None:
                continue
            for entry in self._processes.entries:
                marks = {**entry.marks, **marked(self._cells, entry.id)}
                led = [(to, mark) for ref, mark in marks.items() for to in found.clauses.get(ref, ())]
                if not led or any(split_ref(ref)[0] == new for ref in marks):
                    continue
                best = {ref: min((one for to, one in led if to == ref), key=list(schema.MARKS).index) for ref, _ in led}
                # Behind the first its standard is meant: so the file takes it.
                told = "; ".join(f"{split_ref(ref)[1]}={best[ref]}" for ref in self._graph.in_order(best))
                words = f"has marks of {self._names[old]} and none of {self._names[new]}; add what they are there: "
                words += f"{new}:{told}"
                yield self._in_csv(entry.line, f"{entry.name}: {words}")

    def owners(self) -> Iterator[Finding]:
        """Find processes without an owner or a clause."""
        lines_of = {entry.id: entry.line for entry in self._processes.entries}
        for process in self._state.processes:
            if not process.owner:
                yield self._in_csv(lines_of[process.id], f"{process.name}: has no owner")
            if not process.clauses:
                yield self._in_csv(lines_of[process.id], f"{process.name}: answers for no clause")

    def documents(self) -> Iterator[Finding]:
        """Find documented information that is asked for and named nowhere."""
        for id_, document in self._state.documents.items():
            if document.is_missing:
                where = ", ".join(dict.fromkeys(self._clause(ref.partition("#")[0]) for ref in document.unnamed))
                line = self._lines.of_row(DOCUMENTS, id_)
                shown_ = f"{FOLDER}/{file_name(DOCUMENTS)}"
                words = f"{where}: no document or record is named for: {self._what[id_]}"
                yield Finding(Problem(shown_, line, words))

    def strangers(self) -> Iterator[Finding]:
        """Find answers to rows that the mapping data do not have: they are kept, and shown nowhere."""
        shared = {row for question in self._questions for row in (question.id, *question.rows)}
        known = {
            REQUIREMENTS: shared | set(self._state.points) | set(self._clauses),
            DOCUMENTS: set(self._state.documents),
            PROCESSES: set(self._clauses),
            OBLIGATIONS: set(self._state.obligations),
        }
        for sheet, rows in known.items():
            others = [row for row in self._said[sheet] if row not in rows and not row.startswith(_OURS)]
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

    def _heading(self, row: str) -> str:
        """Name a row that stands above others on Requirements."""
        for prefix, kind in ((MAIN, "the main clause"), (TOPIC, "the topic")):
            if row.startswith(prefix):
                id_ = row.removeprefix(prefix)
                return f"{kind} {self._topics.get(id_, id_)}"
        return self._clause(row.removeprefix(CONTROL))

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
