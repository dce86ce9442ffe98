"""Answers move to another edition: each follows its point; carried, reset, joined or archived, and none is lost.

What a point of the new edition asks for decides: the same or in other words is carried; clarified or narrowed is
carried to be reviewed; widened keeps its evidence, and its status is asked anew with the old one beside it. What goes
to several points is copied to each; what comes from several is joined, with the worst status. What nobody asks for any
more is archived.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import field

from imsmap.library.model import split_ref
from imsmap.register import answers, schema
from imsmap.register.cells import ACTION, COMMENT, LINK, OVER, OWN, PROCESS, ROWS, Cells, Key, Value, shown
from imsmap.register.questions import CORE, EQUAL, SHEET, Questions
from imsmap.register.state import worst
from imsmap.register.ways import Target, Way
from imsmap.values import frozen

MOVED, BEFORE = "moved", "before"
"""The fields that say what became of an answer in a move, and what it was."""
ARCHIVE = "archive"
"""The sheet of what was answered where the new edition asks for nothing."""
CARRIED, RESET, JOINED, ARCHIVED = "carried", "reset", "joined", "archived"
_TEXT, _PLACE = "text", "place"
"""Fields of the archive: what was asked for, and where."""
_ASKED_ANEW = ("verified_by", "verified_on")
"""What says that an old status was looked at."""
AUDIT = "audit"
_SEEN, _FOUND = ("evidence_seen", "auditor", "date"), ("grade", "finding")
"""What a verdict on the audit checklist rests on, and what is told of one that says not met."""
_LISTS: Mapping[str, tuple[str, ...]] = {
    "severity": tuple(schema.SEVERITY), "grade": schema.GRADE, "effort": tuple(reversed(schema.EFFORT)),
    "result": (schema.NOT_CONFORMING, "Not seen", schema.CONFORMING, schema.NOT_APPLICABLE),
}  # fmt: skip
"""Words of lists, the one that stays first where two are joined."""


@frozen
class Fate:
    """What became of a row that somebody had answered; to: where it is now; review: to be looked at again."""

    sheet: str
    row: str
    what: str
    to: tuple[str, ...]
    review: bool = False


@frozen
class Moved:
    """The cells after a move, and what became of each answered row of the old edition."""

    cells: dict[Key, Value]
    fates: tuple[Fate, ...]

    def count(self, what: str, sheet: str = SHEET) -> int:
        """Count the rows of a sheet of which something became."""
        return sum(fate.what == what and fate.sheet == sheet for fate in self.fates)

    @property
    def copies(self) -> int:
        """Count the rows that an answer has beside its first."""
        return sum(max(len(fate.to) - 1, 0) for fate in self.fates)


@frozen
class Move:
    """A way with what it leads through: the questions and the items of lists before and after it.

    items: by sheet, the row of the new edition for one of the old, where rows are items and no points. verdicts: by
    row of the audit checklist that stays for others, the row in which the standard that moves gets its verdict now.
    labels: what the project calls the old edition and the new one before a clause.
    """

    way: Way
    before: Questions
    after: Questions
    items: Mapping[str, Mapping[str, str]] = field(factory=dict)
    verdicts: Mapping[str, str] = field(factory=dict)
    labels: tuple[str, str] = ("", "")

    def move(self, cells: Cells) -> Moved:
        """Move the answers."""
        return _Moving(self, cells).moved()


Row = dict[str, Value]


class _Moving:
    """One move of some cells."""

    def __init__(self, move: Move, cells: Cells) -> None:
        self.way, self.after, self.items, self.verdicts = move.way, move.after, move.items, move.verdicts
        self.olds = frozenset(move.way.old.split())
        self.labels = move.labels
        self.rows_after = {row for question in move.after for row in (question.id, *question.rows)}
        seen = move.before.spread(cells)
        self.rows: dict[tuple[str, str], Row] = {}
        for key in sorted(seen):
            self.rows.setdefault((key.sheet, key.row), {})[key.field] = seen[key]
        self.found: dict[tuple[str, str], Row] = {}
        self.fates: list[Fate] = []

    def moved(self) -> Moved:
        """Move row by row: first what stays where it is, then points, then whatever else cites the old edition."""
        points: dict[str, Row] = {}
        others: list[tuple[str, str, Row]] = []
        archived: list[tuple[str, str, Row]] = []
        for (sheet, row), fields in self.rows.items():
            if sheet == SHEET and row in self.way.targets:
                points[row] = fields
            elif sheet == ARCHIVE and (home := self._home(row)) is not None:
                archived.append((*home, fields))
            elif not sheet.startswith((OWN, "@")) and self._leads(sheet, row) != (row,) and row != ROWS:
                others.append((sheet, row, fields))
            else:
                self.found[sheet, row] = self._stays(sheet, row, fields)
        self._points(points)
        for sheet, row, fields in others:
            self._other(sheet, row, fields)
        for row, to in self.verdicts.items():
            self._part(row, to)
        for sheet, row, fields in archived:
            kept = {self._named(name): value for name, value in fields.items() if name not in (_TEXT, _PLACE)}
            self.found[sheet, row] = self._joined(sheet, [(row, self.found.get((sheet, row), {})), (row, kept)], 0)
        for (sheet, row), fields in [*self.found.items()]:
            if sheet == SHEET and row.startswith((CORE, EQUAL)):
                self._settle(row, fields)
        cells = {Key(sheet, row, name): value for (sheet, row), fields in self.found.items()
                 for name, value in fields.items()}  # fmt: skip
        return Moved(self.after.joined(cells), tuple(self.fates))

    # --- where rows lead -------------------------------------------------------------------------------------------

    def _leads(self, sheet: str, row: str) -> tuple[str, ...]:
        """Give the rows of the new edition to which a row leads; itself, if it has nothing to do with the old one."""
        item = self.items.get(sheet, {}).get(row)
        if item is not None:
            return (item,)
        for prefix in (ACTION, EQUAL):
            if row.startswith(prefix):
                return tuple(f"{prefix}{one}" for one in self._leads("", row.removeprefix(prefix)))
        if split_ref(row)[0] not in self.olds:
            return (row,)
        if row in self.way.targets:
            return tuple(target.point for target in self.way.targets[row])
        return self.way.clauses.get(row, (row,))

    def _stays(self, sheet: str, row: str, fields: Row) -> Row:
        """Give a row that stays, with what in it names the old edition: a standard's column, the row above one."""
        found: Row = {}
        for name, value in fields.items():
            if row == ROWS and isinstance(value, str):
                value = next(iter(self._leads(sheet, value)), value)
            elif (sheet, name) == ("actions", "clause") and isinstance(value, str):
                value = self._cited(value)
            found[self._named(name)] = value
        return found

    def _cited(self, text: str) -> str:
        """Give the clauses of an action that somebody added, or that a finding became, as the new edition has them."""
        old, new = self.labels
        numbers = text.removeprefix(f"{old} ").split(", ")
        led = [self.way.clauses.get(f"{self.way.old}:{number}", ()) for number in numbers]
        if not old or not text.startswith(f"{old} ") or not all(led):
            return text
        went = dict.fromkeys(split_ref(ref)[1] for refs in led for ref in refs)
        return f"{new} {', '.join(went)}"

    def _named(self, name: str) -> str:
        head, mark, key = name.rpartition("_")
        return f"{head}_{self.way.new}" if mark and key == self.way.old and not name.startswith(OWN) else name

    # --- points ----------------------------------------------------------------------------------------------------

    def _points(self, points: Mapping[str, Row]) -> None:
        coming: dict[str, list[tuple[str, Target]]] = {}
        for ref, targets in self.way.targets.items():
            for target in targets:
                coming.setdefault(target.point, []).append((ref, target))
        resets: set[str] = set()
        reviews: set[str] = set()
        joins: set[str] = set()
        for new, sources in coming.items():
            answered = [(ref, points[ref]) for ref, _ in sources if ref in points]
            if not answered:
                continue
            hows = {target.how for _, target in sources}
            reset = "widened" in hows
            review = reset or bool(hows & {"clarified", "narrowed"})
            split = [ref for ref, _ in sources if len(self.way.targets[ref]) > 1]
            told = [self._told(ref, fields, ref in split) for ref, fields in answered]
            fields = dict(answered[0][1]) if len(sources) == 1 else self._joined(SHEET, answered, len(sources))
            earlier = shown(fields.pop(BEFORE, None))
            if reset:
                fields = {name: value for name, value in fields.items() if name not in _ASKED_ANEW}
                if "status" in fields:
                    fields["status"] = schema.NOT_ASSESSED
            fields[MOVED] = schema.REASSESS if reset else schema.REVIEW if review else schema.CARRIED
            fields[BEFORE] = "\n".join(filter(None, (*told, earlier)))
            self.found[SHEET, new] = fields
            resets |= {new} if reset else set()
            reviews |= {new} if review else set()
            joins |= {new} if len(sources) > 1 else set()
        for ref, fields in points.items():
            to = tuple(target.point for target in self.way.targets[ref])
            if not to:
                self._archive(ref, fields)
                continue
            what = RESET if resets & {*to} else JOINED if joins & {*to} else CARRIED
            self.fates.append(Fate(SHEET, ref, what, to, bool(reviews & {*to})))

    def _told(self, ref: str, fields: Mapping[str, Value], split: bool) -> str:
        """Say in a line where an answer comes from and what it was."""
        parts = [shown(fields["status"]) if "status" in fields else schema.NOT_ASSESSED]
        for name, words in (("severity", ""), ("verified_on", "verified "), ("verified_by", "by ")):
            if name in fields:
                parts.append(f"{words}{shown(fields[name])}")
        parts.append(f"evidence: {shown(fields['evidence'])}" if "evidence" in fields else "")
        parts.append("copied to each part" if split else "")
        return f"{self.way.places[ref]}: {'; '.join(filter(None, parts))}"

    def _home(self, row: str) -> tuple[str, str] | None:
        """Give the sheet and the row from which an archived one came, if the new edition has it again."""
        again = tuple(f"{key}:" for key in self.way.new.split())
        if row.startswith(again):
            return SHEET, row
        sheet, _, row = row.partition(":")
        return (sheet, row) if row.removeprefix(ACTION).removeprefix(EQUAL).startswith(again) else None

    def _archive(self, ref: str, fields: Row) -> None:
        self.found[ARCHIVE, ref] = {**fields, _TEXT: self.way.texts[ref], _PLACE: self.way.places[ref]}
        self.fates.append(Fate(SHEET, ref, ARCHIVED, ()))

    # --- other rows ------------------------------------------------------------------------------------------------

    def _other(self, sheet: str, row: str, fields: Row) -> None:
        """Move a row that cites the old edition."""
        to = self._leads(sheet, row)
        fields = {self._named(name): value for name, value in fields.items()}
        if not to:
            self.found[ARCHIVE, f"{sheet}:{row}"] = {**fields, _PLACE: self._place(row)}
            self.fates.append(Fate(sheet, row, ARCHIVED, ()))
            return
        joined = False
        for one in to:
            there = self.found.get((sheet, one))
            joined = joined or there is not None
            rows = [(one, fields)] if there is None else [("", there), (row, fields)]
            self.found[sheet, one] = self._joined(sheet, rows, 0)
        self.fates.append(Fate(sheet, row, JOINED if joined else CARRIED, to))

    def _part(self, row: str, to: str) -> None:
        """Take a standard's verdict to the question where it is asked now, with what was seen, and what was found."""
        fields, result = self.found.get((AUDIT, row), {}), schema.result(self.way.new)
        if result not in fields:
            return
        failed = answers.word(fields[result], schema.RESULT) == schema.NOT_CONFORMING
        parted = {name: fields.pop(name) for name in (result, f"{COMMENT}{result}") if name in fields}
        others = [value for name, value in fields.items() if name.startswith(schema.result(""))]
        shared = any(answers.word(value, schema.RESULT) == schema.NOT_CONFORMING for value in others)
        for name in _SEEN + (_FOUND if failed else ()):
            if name in fields:
                # A finding stays only where another standard failed, too.
                parted[name] = fields[name] if shared or name in _SEEN else fields.pop(name)
        there = self.found.get((AUDIT, to), {})
        self.found[AUDIT, to] = self._joined(AUDIT, [(to, there), (row, parted)], 0)
        self.fates.append(Fate(AUDIT, row, JOINED if there else CARRIED, (to,)))

    def _settle(self, row: str, fields: Row) -> None:
        """Take what stands beside a question that is no longer shared to the first of its points."""
        if row in self.rows_after:
            return
        to = next((one for one in self._leads("", row.removeprefix(EQUAL)) if one in self.after.of), None)
        if to is None:
            return
        del self.found[SHEET, row]
        home = self.after.of[to].id
        self.found[SHEET, home] = self._joined(SHEET, [("", self.found.get((SHEET, home), {})), (row, fields)], 0)

    def _place(self, row: str) -> str:
        return self.way.places.get(row.removeprefix(ACTION).removeprefix(EQUAL), row)

    # --- joining ---------------------------------------------------------------------------------------------------

    def _joined(self, sheet: str, rows: Sequence[tuple[str, Mapping[str, Value]]], sources: int) -> Row:
        """Join rows field by field; sources: how many points there are, also those of which nobody said anything."""
        names = dict.fromkeys(name for _, fields in rows for name in fields)
        found: Row = {}
        for name in names:
            said = [(row, fields[name]) for row, fields in rows if name in fields]
            if name.startswith(LINK):
                found[name] = said[0][1]
                # A cell leads to one place; where else a joined one led is told in a remark on it.
                further = dict.fromkeys(shown(value) for _, value in said[1:] if shown(value) != shown(said[0][1]))
                remark = f"{COMMENT}{name.removeprefix(LINK)}"
                kept = [shown(found[remark])] if remark in found else []
                if further:
                    found[remark] = "\n".join((*kept, *(f"also linked: {address}" for address in further)))
                continue
            joined = self._one(sheet, name, said, sources > len(said))
            if name.startswith(COMMENT) and name in found:
                joined = f"{shown(joined)}\n{shown(found[name])}"
            found[name] = joined
        return found

    def _one(self, sheet: str, name: str, said: Sequence[tuple[str, Value]], some_silent: bool) -> Value:
        values = [value for _, value in said]
        bare = name.removeprefix(OVER)
        if sheet == SHEET and bare == "status":
            words = [answers.word(value, schema.STATUS) or schema.NOT_ASSESSED for value in values]
            return values[0] if len(said) == 1 and not some_silent else worst([*words, *_silent(some_silent)])
        if len({shown(value) for value in values}) == 1:
            return values[0]
        if sheet == SHEET and bare == "applies":
            return schema.APPLIES[1]
        if sheet == "actions" and bare == "status":
            return _first(values, schema.PROGRESS)
        if bare.startswith(PROCESS) and all(answers.mark(value) for value in values):
            marks = {answers.mark(value) for value in values}
            return next(mark for mark in schema.MARKS if mark in marks)
        order = _LISTS.get(bare.partition("_")[0], ())
        if order and all(answers.word(value, order) for value in values):
            return _first(values, order)
        days = [value for value in values if isinstance(value, datetime.date)]
        if len(days) == len(values):
            return min(days, key=lambda day: day.isoformat())
        told = [*dict.fromkeys(self._tagged(row, value, name) for row, value in said)]
        # What a move copied there before is not told twice.
        return "\n".join(one for one in told if not any(one != all_ and f"\n{one}\n" in f"\n{all_}\n" for all_ in told))

    def _tagged(self, row: str, value: Value, name: str) -> str:
        place = "" if name.startswith((COMMENT, LINK)) else self._place(row)
        return f"{place}: {shown(value)}" if place and place != row else shown(value)


def _first(values: Iterable[Value], order: Iterable[str]) -> str:
    words = {answers.word(value, order) for value in values}
    return next(word for word in order if word in words)


def _silent(silent: bool) -> Iterator[str]:
    if silent:
        yield schema.NOT_ASSESSED
