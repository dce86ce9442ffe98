"""What a client's answers mean: the only place that decides what counts, so that every surface tells the same.

**In scope.** A requirement is held not applicable where Applies says so, or Status where Applies says nothing that is
on its list. It is then left out of every count if the standard lets it be left out; where the standard does not, it
stays in scope with what Status says of it, else not assessed. A reason that is missing can still be written: what may
be left out is left out without one, too. A clause is out of scope if every requirement in it is. What lacks a reason
or a permission, and where Applies and Status gainsay each other, is an `Exclusion` for `imsmap check` to tell.

A heading of Requirements (a topic, a main clause) that is held not applicable speaks for each requirement beneath it of
which Applies says nothing, if its standard lets it be left out: the nearest heading that says anything decides, and its
justification serves. Those that a standard does not let be left out stay in scope, and are told (`HeldAbove`).

A control that the Statement of Applicability leaves out (Applicable says No) speaks so for the points beneath it,
before any heading; its justification serves. A control counts as not applicable where nothing in it is in scope,
whoever says so, as applicable where the statement says Yes, and else nobody has decided.
An obligation of a legal register is to be evaluated, by the day of Next evaluation, while anything in it applies.

**Understood.** A word counts if it is on its list or means a word of it, a date if it has one reading (`answers.py`).
Anything else counts as nothing said, and is counted as not understood. What is due on a date with several readings is
late where each of them is over: nothing that is late gets out of sight.

**Counted** are the requirement points of the standards, the leaf clauses, the documents and the processes at hand, and
every action: who promised one has still to do it, whatever becomes of its requirement. Rows that people added to
Requirements are theirs, and ask for nothing that a standard asks for. The formulas of the workbook are twins of this
file; a test holds both equal.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from attrs import field

from imsmap.reasoning.shares import Count
from imsmap.register import schema
from imsmap.register.actions import Action
from imsmap.register.answers import day, last, mark, plain, word
from imsmap.register.asked import Asked, Leaf
from imsmap.register.cells import ACTION, NEW, OVER, PROCESS, Cells, Key, Value, shown
from imsmap.register.controls import SOA, ControlState, said_above, says
from imsmap.register.obligations import OBLIGATIONS, Obligations, ObligationState
from imsmap.register.questions import CONTROL
from imsmap.register.schema import CONFORMING, NOT_APPLICABLE, NOT_ASSESSED, NOT_CONFORMING, PARTIAL, Process
from imsmap.values import frozen

REQUIREMENTS, ACTIONS, DOCUMENTS, PROCESSES = "requirements", "actions", "documents", "processes"
ASSESSED = (NOT_CONFORMING, PARTIAL, CONFORMING)
"""What a status says once somebody has looked."""
NAMED_BY = ("document", "document_id", "location")
"""The columns of Documents of which any names what was asked for."""
Answer = TypeVar("Answer")
_EPOCH = datetime.date(1899, 12, 30)
"""Day 0 of a spreadsheet."""


# --- what the answers are --------------------------------------------------------------------------------------------


@frozen
class Exclusion:
    """A requirement that somebody holds not applicable: in which column, why, and what stands against it.

    allowed: the standard lets it be left out. gainsaid: what the other of Applies and Status says against it.
    left_out: it is out of scope. heading: the row that says so for it.
    """

    point: str
    field: str
    reason: str
    allowed: bool
    gainsaid: str
    left_out: bool
    heading: str = ""

    @property
    def is_held(self) -> bool:
        """Tell whether it is held so after all: what Status says, Applies does not gainsay."""
        return self.field == "applies" or not self.gainsaid


@frozen
class HeldAbove:
    """A heading that is held not applicable: in which column, why, for which points; those refused stay in scope."""

    row: str
    field: str
    reason: str
    left_out: tuple[str, ...]
    refused: tuple[str, ...]


@frozen
class PointState:
    """How a requirement stands, in words of `schema.STATUS` and `schema.SEVERITY`; no severity is a blank."""

    ref: str
    status: str
    severity: str

    @property
    def in_scope(self) -> bool:
        """Tell whether it applies."""
        return self.status != NOT_APPLICABLE

    @property
    def is_major(self) -> bool:
        """Tell whether a major gap was found here, closed or not."""
        return self.in_scope and self.severity == schema.MAJOR

    @property
    def is_open_major(self) -> bool:
        """Tell whether a major gap is still open."""
        return self.is_major and self.status != CONFORMING


@frozen
class ClauseState:
    """How a leaf clause stands, the worst of its points; what each process (by id) is to it; every: all take part."""

    ref: str
    status: str
    marks: Mapping[str, str]
    every: bool

    @property
    def in_scope(self) -> bool:
        """Tell whether it applies."""
        return self.status != NOT_APPLICABLE

    @property
    def is_hole(self) -> bool:
        """Tell whether it applies and no process answers for it."""
        return self.in_scope and not self.marks and not self.every


@frozen
class ProcessState:
    """A process with the number of leaf clauses that it is marked for, beside those of all processes."""

    id: str
    name: str
    owner: str
    clauses: int


@frozen
class DocumentState:
    """Documented information that is asked for: needed by a point in scope, and by which of these it is not named."""

    id: str
    is_needed: bool
    unnamed: tuple[str, ...]

    @property
    def is_missing(self) -> bool:
        """Tell whether it is needed, and named nowhere."""
        return bool(self.unnamed)


@frozen
class Misread:
    """An answer that was not understood, and the sheet and column in which it counts."""

    key: Key
    value: Value
    column: tuple[str, str]


@frozen
class State:
    """How a project stands on a date, by what people answered; questions: the points of each that several share."""

    date: datetime.date
    points: Mapping[str, PointState]
    clauses: Mapping[str, ClauseState]
    processes: tuple[ProcessState, ...]
    actions: tuple[Action, ...]
    documents: Mapping[str, DocumentState]
    exclusions: tuple[Exclusion, ...]
    held_above: tuple[HeldAbove, ...]
    said_above: Mapping[str, str]
    """What headings say of all that is beneath them, in words of `schema.APPLIES`."""
    misread: tuple[Misread, ...]
    answered: Mapping[tuple[str, str], int]
    """How many answers a figure rests on, understood or not, by sheet and column; `process:` is every mark."""
    controls: Mapping[str, ControlState] = field(factory=dict)
    obligations: Obligations = field(factory=dict)
    questions: Mapping[str, tuple[str, ...]] = field(factory=dict)

    @property
    def scope(self) -> Count:
        """Count the leaf clauses that apply, of all."""
        return Count(sum(clause.in_scope for clause in self.clauses.values()), len(self.clauses))

    @property
    def holes(self) -> Count:
        """Count the leaf clauses without a process, of those that apply."""
        return Count(sum(clause.is_hole for clause in self.clauses.values()), self.scope.n)

    @property
    def assessed(self) -> Count:
        """Count the points that somebody has looked at, of those that apply."""
        applying = [point for point in self.points.values() if point.in_scope]
        return Count(sum(point.status in ASSESSED for point in applying), len(applying))

    @property
    def majors(self) -> Count:
        """Count the major gaps that are open, of those found where the requirement applies."""
        majors = [point for point in self.points.values() if point.is_major]
        return Count(sum(point.is_open_major for point in majors), len(majors))

    @property
    def overdue(self) -> Count:
        """Count the actions that are late, of those that are open."""
        still = [action for action in self.actions if action.is_open]
        return Count(sum(action.is_overdue for action in still), len(still))

    @property
    def missing(self) -> Count:
        """Count the documents and records that are named nowhere, of those that are needed."""
        needed = [document for document in self.documents.values() if document.is_needed]
        return Count(sum(document.is_missing for document in needed), len(needed))

    @property
    def unowned(self) -> Count:
        """Count the processes without an owner, of all."""
        return Count(sum(not process.owner for process in self.processes), len(self.processes))

    @property
    def decided(self) -> Count:
        """Count the controls that the Statement of Applicability decides on, of all."""
        return Count(sum(control.is_decided for control in self.controls.values()), len(self.controls))

    @property
    def unjustified(self) -> Count:
        """Count the controls without a justification, of those decided on: it is asked for either way."""
        decided = [control for control in self.controls.values() if control.is_decided]
        return Count(sum(not control.justified for control in decided), len(decided))

    @property
    def implemented(self) -> Count:
        """Count the controls that are implemented, of those that apply."""
        included = [control for control in self.controls.values() if control.stands == schema.INCLUDED]
        return Count(sum(one.implementation == schema.IMPLEMENTED for one in included), len(included))

    @property
    def not_understood(self) -> Count:
        """Count the answers that were not understood, of those that a figure rests on."""
        return Count(len(self.misread), sum(self.answered.values()))


# --- one answer ------------------------------------------------------------------------------------------------------


def said(value: Value | None) -> str:
    """Reduce an answer to what is compared: blanks as a spreadsheet trims them, and case, do not count."""
    found = plain(value)
    if found is None:
        return ""
    return " ".join(part for part in str(found).split(" ") if part).casefold()


def serial(moment: datetime.date) -> float:
    """Give the number that a spreadsheet has for a day or a moment."""
    days = (datetime.date(moment.year, moment.month, moment.day) - _EPOCH).days
    if isinstance(moment, datetime.datetime):
        return days + (moment.hour * 3600 + moment.minute * 60 + moment.second) / 86_400
    return days


def words(value: Value | None) -> str:
    """Say what a cell holds, on one line."""
    return " ".join(shown(plain(value)).split())


def worst(states: Iterable[str]) -> str:
    """Give the status of a whole from that of its parts: the worst; what does not apply is left out."""
    found = set(states)
    if not found:
        return NOT_ASSESSED
    return next(
        (status for status in (NOT_CONFORMING, PARTIAL, NOT_ASSESSED, CONFORMING) if status in found), NOT_APPLICABLE
    )


# --- all answers -----------------------------------------------------------------------------------------------------


def state(
    asked_for: Asked,
    cells: Cells,
    processes: Sequence[Process] = (),
    documents: Mapping[str, Sequence[str]] | None = None,
    *,
    date: datetime.date,
) -> State:
    """Work out how a project stands on a date; documents: the points that ask for each, by id."""
    return _Reading(asked_for, cells, processes, documents or {}, date).state()


class _Reading:
    """The answers under way to what they mean."""

    def __init__(
        self,
        asked_for: Asked,
        cells: Cells,
        processes: Sequence[Process],
        documents: Mapping[str, Sequence[str]],
        date: datetime.date,
    ) -> None:
        """Read nothing yet."""
        self._asked = asked_for
        self._cells = cells
        self._given = processes
        self._documents = documents
        self._date = date
        self._exclusions: list[Exclusion] = []
        headings = dict.fromkeys(row for rows in asked_for.headings.values() for row in rows)
        self._said_above = {row: told for row in headings if (told := self._above(row))}
        self._held_above: dict[str, tuple[list[str], list[str]]] = {}
        self._misread: list[Misread] = []
        self._answered: Counter[tuple[str, str]] = Counter()

    def state(self) -> State:
        """Read everything, in the order of the sheets."""
        points = {ref: self._point(ref) for leaf in self._asked.leaves for ref in leaf.points}
        actions = tuple(self._actions(points))
        clauses = {leaf.ref: self._clause(leaf, points) for leaf in self._asked.leaves}
        controls = {ref: self._control(clauses[ref]) for ref in self._asked.controls}
        law = {ref: self._obligation(clauses[ref]) for ref in self._asked.obligations}
        return State(
            self._date,
            points,
            clauses,
            tuple(self._process(entry, clauses) for entry in self._given),
            actions,
            {id_: self._document(id_, asking, points) for id_, asking in self._documents.items()},
            tuple(self._exclusions),
            tuple(self._of_heading(row, *points) for row, points in self._held_above.items()),
            self._said_above,
            tuple(self._misread),
            dict(self._answered),
            controls,
            law,
            {one.id: tuple(v.point for v in one.verdicts) for one in self._asked.questions if one.is_shared},
        )

    def _at(self, sheet: str, row: str, field: str) -> Value | None:
        return self._cells.get(Key(sheet, row, field))

    def _read(self, key: Key, value: Value | None, found: Answer, column: tuple[str, str]) -> Answer:
        """Count an answer, and keep it where nothing was found in it."""
        if value is not None and said(value):
            self._answered[column] += 1
            if not found:
                self._misread.append(Misread(key, value, column))
        return found

    def _word(self, sheet: str, row: str, field: str, choices: Iterable[str]) -> str:
        value = self._at(sheet, row, field)
        return self._read(Key(sheet, row, field), value, word(value, choices), (sheet, field))

    def _point(self, ref: str) -> PointState:
        applies = self._word(REQUIREMENTS, ref, "applies", schema.APPLIES)
        status = self._word(REQUIREMENTS, ref, "status", schema.STATUS)
        severity = self._word(REQUIREMENTS, ref, "severity", schema.SEVERITY)
        allowed = ref in self._asked.may_be_left_out
        above = self._held_by(ref) if applies in ("", NOT_APPLICABLE) else ""
        own = NOT_APPLICABLE in (applies, status)
        if above and not own:
            self._held_above.setdefault(above, ([], []))[0 if allowed else 1].append(ref)
        left_out = allowed and applies in ("", NOT_APPLICABLE) and (own or bool(above))
        if own or left_out:
            field, other = ("status", applies) if own and applies != NOT_APPLICABLE else ("applies", status)
            gainsaid = "" if other in ("", NOT_APPLICABLE, NOT_ASSESSED) else other
            heading = "" if own else above
            reason = words(self._at(REQUIREMENTS, ref, "justification"))
            if above and not reason:
                reason = words(self._cells.get(said_above(above, "justification")))
            self._exclusions.append(Exclusion(ref, field, reason, allowed, gainsaid, left_out, heading))
        stands = status if status in ASSESSED else NOT_ASSESSED
        return PointState(ref, NOT_APPLICABLE if left_out else stands, severity)

    def _held_by(self, ref: str) -> str:
        """Give the heading that holds a point not applicable: the nearest of those that say whether it applies."""
        for row in self._asked.headings[ref]:
            if row in self._said_above:
                return row if self._said_above[row] == NOT_APPLICABLE else ""
        return ""

    def _above(self, row: str) -> str:
        """Say what a heading says of all that is beneath it."""
        if row.startswith(CONTROL):
            return says(self._cells, row)
        status = word(self._at(REQUIREMENTS, row, "status"), schema.STATUS)
        said_here = word(self._at(REQUIREMENTS, row, "applies"), schema.APPLIES)
        return said_here or (status if status == NOT_APPLICABLE else "")

    def _of_heading(self, row: str, left_out: Sequence[str], refused: Sequence[str]) -> HeldAbove:
        held = row.startswith(CONTROL) or word(self._at(REQUIREMENTS, row, "applies"), schema.APPLIES)
        field = "applies" if held else "status"
        reason = words(self._cells.get(said_above(row, "justification")))
        return HeldAbove(row, field, reason, tuple(left_out), tuple(refused))

    def _clause(self, leaf: Leaf, points: Mapping[str, PointState]) -> ClauseState:
        every = self._word(PROCESSES, leaf.ref, "all", (schema.EVERY,))
        marks = {}
        for entry in self._given:
            key = Key(PROCESSES, leaf.ref, f"{PROCESS}{entry.id}")
            written = self._cells.get(key, entry.marks.get(leaf.ref))
            found = self._read(key, written, mark(written), (PROCESSES, PROCESS))
            if found:
                marks[entry.id] = found
        return ClauseState(leaf.ref, worst(points[ref].status for ref in leaf.points), marks, bool(every))

    def _control(self, clause: ClauseState) -> ControlState:
        applicable = self._word(SOA, clause.ref, "applicable", schema.APPLICABLE)
        implementation = self._word(SOA, clause.ref, "status", schema.IMPLEMENTATION)
        stands = schema.INCLUDED if applicable == schema.YES else schema.UNDECIDED
        justified = bool(said(self._at(SOA, clause.ref, "justification")))
        return ControlState(clause.ref, stands if clause.in_scope else NOT_APPLICABLE, justified, implementation)

    def _obligation(self, clause: ClauseState) -> ObligationState:
        seen, due = (self._day(OBLIGATIONS, clause.ref, field) for field in ("evaluated", "next"))
        how, owner = (words(self._at(OBLIGATIONS, clause.ref, field)) for field in ("how", "owner"))
        by = last(self._at(OBLIGATIONS, clause.ref, "next"))
        late = clause.in_scope and by is not None and by < self._date
        return ObligationState(clause.ref, clause.in_scope, how, owner, seen, due, late, by)

    def _day(self, sheet: str, row: str, field: str) -> datetime.date | None:
        value = self._at(sheet, row, field)
        return self._read(Key(sheet, row, field), value, day(value), (sheet, field))

    def _process(self, one: Process, clauses: Mapping[str, ClauseState]) -> ProcessState:
        return ProcessState(one.id, one.name, one.owner.strip(), sum(one.id in c.marks for c in clauses.values()))

    def _document(self, id_: str, asking: Sequence[str], points: Mapping[str, PointState]) -> DocumentState:
        needing = [ref for ref in asking if points[ref].in_scope]
        if any(said(self._at(DOCUMENTS, id_, field)) for field in NAMED_BY):
            return DocumentState(id_, bool(needing), ())
        named = self._asked.questions.effective
        unnamed = tuple(ref for ref in needing if not said(named(self._cells, ref, "document")))
        return DocumentState(id_, bool(needing), unnamed)

    def _actions(self, points: Iterable[str]) -> Iterator[Action]:
        """Give the actions that requirements ask for, in their order, then those of people's own."""
        for point in points:
            found = self._action(f"{ACTION}{point}", point)
            if found is not None:
                yield found
        for row in sorted({key.row for key in self._cells if key.sheet == ACTIONS and key.row.startswith(NEW)}):
            found = self._action(row, "")
            if found is not None:
                yield found

    def _action(self, row: str, point: str) -> Action | None:
        """Read an action: what was written over a cell on Actions comes before what Requirements says."""
        progress = self._word(ACTIONS, row, "status", schema.PROGRESS)
        ours = {name: self._of(row, point, name) for name in ("text", "owner", "severity", "due")}
        if not said(ours["text"][1]):
            return None
        due = self._read(*ours["due"], day(ours["due"][1]), (ACTIONS, "due"))
        by = last(ours["due"][1])
        is_open = progress not in schema.CLOSED
        return Action(
            row,
            point,
            words(ours["text"][1]),
            words(ours["owner"][1]),
            word(ours["severity"][1], schema.SEVERITY),
            due,
            is_open,
            is_open and by is not None and by < self._date,
            by,
        )

    def _of(self, row: str, point: str, field: str) -> tuple[Key, Value | None]:
        """Find where a cell of an action comes from, and what it says."""
        for name in (f"{OVER}{field}", *(() if point else (field,))):
            if (written := self._at(ACTIONS, row, name)) is not None:
                return Key(ACTIONS, row, name), written
        there = "action" if field == "text" else field
        value = self._asked.questions.effective(self._cells, point, there) if point else None
        return Key(REQUIREMENTS, point, there), value
