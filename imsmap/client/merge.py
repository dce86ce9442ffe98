"""The merge of a workbook that came back: base, ours and theirs give changes, conflicts and what to tell.

A pure function. For each cell: theirs as it went out, or as ours, is no change; where ours is as it went out, theirs is
taken (an emptied cell too); where both changed and differ, ours stays and the conflict is kept. What is not in the
workbook at all (a row, a column, a sheet, a comment) says nothing: absence deletes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from typing import Literal

from imsmap.client import around, others, split
from imsmap.client.matching import Computed
from imsmap.client.sheets import PAIR, Owner, Row, Sheet, flatten, own_order, view
from imsmap.client.telling import ERRORS, day_meant, tells_the_same, ways_to_say
from imsmap.readers.workbook import Returned
from imsmap.register import answers
from imsmap.register.cells import (
    COLUMNS,
    COMMENT,
    LINK,
    NEW,
    ORDER,
    OVER,
    OWN,
    ROWS,
    SHEET,
    TAKEN_OUT,
    Cells,
    Formula,
    Key,
    Value,
    essence,
    in_order,
    reaches_outside,
    same,
    shown,
)
from imsmap.register.places import is_of
from imsmap.register.syntax import is_formula
from imsmap.report import NOTHING
from imsmap.values import frozen

CELL_LIMIT = 32_767
_TOLD = 30
"""So many answers that were not understood are listed one by one."""
_FIRST_COLUMN = re.compile(r"A\d+")


@frozen
class Field:
    """A column of ours: who fills it, and what belongs into it (`text`, `date`, ...)."""

    owner: Literal["tool", "user", "computed"] = "tool"
    kind: str = "text"
    prefilled: bool = False
    """Whether it may go out filled from a file of the project, of which the register knows nothing."""
    choices: tuple[str, ...] = ()
    """The words of its list, if it has one."""


Fields = Mapping[str, Mapping[str, Field]]
"""The columns of ours, by sheet and field. A sheet that is missing here is the tool's; so is a field, unless `own:`.

The lines of a cover have the fields `label` and `value`.
"""


@frozen
class Clash:
    """A cell that both sides changed differently; nothing stands for blank."""

    key: Key
    base: Value | None
    ours: Value | None
    theirs: Value | None


@frozen
class Counts:
    """How much came back; `changed` counts all cells taken, of which some were emptied, are remarks or in new rows."""

    changed: int = 0
    emptied: int = 0
    remarks: int = 0
    over: int = 0
    new_rows: int = 0
    own_columns: int = 0
    own_sheets: int = 0
    conflicts: int = 0
    missing_rows: int = 0
    formulas: int = 0
    left: int = 0
    """Things beside cells, such as pictures and charts, that are not taken."""
    untold: int = 0
    """1 where it can't be told what people wrote over and around what is ours."""


@frozen
class Merged:
    """What the register becomes. cells: its new state; clashes: what is kept as conflicts; notes: lines to tell."""

    cells: Mapping[Key, Value]
    clashes: tuple[Clash, ...]
    counts: Counts
    notes: tuple[str, ...]


def owner_of(fields: Fields) -> Owner:
    """Tell who fills a field of a sheet."""

    def owner(sheet: str, name: str) -> str:
        if name.startswith(OWN):
            return "user"
        found = fields.get(sheet, {}).get(name)
        return found.owner if found else "tool"

    return owner


def base_of(returned: Returned, fields: Fields) -> dict[Key, Value]:
    """Give what to keep as the snapshot of an export, from the exported file read back."""
    return flatten(returned, owner_of(fields))


def merge(
    base: Cells | None, ours: Cells, returned: Returned, fields: Fields, sent: Set[tuple[str, str]] | None = None
) -> Merged:
    """Merge a workbook that came back into the register.

    base: what it held when it went out; without it, ours stays wherever it says anything else, as a conflict. sent: the
    rows (sheet, row) that went out in it, where base tells those of others, too: in such a row only answers count.
    """
    rows = {(key.sheet, key.row) for key in ours} | {(key.sheet, key.row) for key in base or {}}
    known = (lambda sheet, row: (sheet, row) in rows) if base is not None else (lambda _, row: bool(row))
    found = view(returned, base, known, owner_of(fields))
    work = _Merge(base, ours, fields, sent)
    work.notes += found.notes
    sheets = []
    for sheet in found.sheets:
        whole, told = split.put_together(sheet, base or {}, owner_of(fields))
        work.notes += filter(None, [told])
        work.take(whole)
        sheets.append(whole)
    work.take_own(found.own, found.pictured)
    work.note_missing(tuple(sheets))
    work.note_others(returned)
    for title in found.copies:
        work.notes.append(f"the sheet {title!r} is a copy of one of ours; it is kept as a sheet of its own")
    return work.result()


class _Merge:
    """The merge under way."""

    def __init__(
        self, base: Cells | None, ours: Cells, fields: Fields, sent: Set[tuple[str, str]] | None = None
    ) -> None:
        """Begin with ours."""
        self.notes: list[str] = []
        self._base = base
        self._ours = ours
        self._fields = fields
        self._owner = owner_of(fields)
        self._cells = dict(ours)
        self._clashes: list[Clash] = []
        self._counts: Counter[str] = Counter()
        self._rows = {(key.sheet, key.row) for key in ours}
        self._base_rows = {(key.sheet, key.row) for key in base or {}}
        self._sent = self._base_rows if sent is None or base is None else sent
        self._others = self._base_rows - self._sent
        self._strange: Counter[str] = Counter()
        self._doubts: Counter[str] = Counter()
        self._defused: dict[Key, str] = {}
        self._read: dict[Key, Value] = {}
        self._meant: Counter[tuple[str, str]] = Counter()
        self._unclear: list[str] = []
        self._place: tuple[Sheet, Row] | None = None
        self._computed = Computed(base)
        self._titles = {(key.sheet, key.field) for key in (*ours, *(base or {})) if key.row == COLUMNS}
        if base is None:
            self._counts["untold"] = 1
            self.notes.append(
                "the snapshot of this export is gone, so what was emptied or changed only by us can't be told: ours "
                "stays where it says anything, differences are conflicts; nor can what was written over our words and "
                "above our tables, which is not taken: keep the file"
            )

    def take(self, sheet: Sheet) -> None:
        """Merge one sheet of ours."""
        for row in sheet.rows:
            if row.added:
                self._take_new(sheet, row)
            else:
                self._take_row(sheet, row)
        said = {row.id: row.cells for row in sheet.rows}
        hidden = {(row.id, name) for row in sheet.rows for name in row.covered}
        before = {(key.row, key.field) for key in self._base or {} if key.sheet == sheet.key}
        links = {**{at: None for at in _linked(before) if at[0] in said and at not in hidden}, **sheet.links}
        for (row_id, name), address in links.items():
            self._link(Key(sheet.key, row_id, LINK + name), address, said.get(row_id, {}).get(name))
        for (row_id, name), text in sheet.remarks.items():
            self._remark(Key(sheet.key, row_id, COMMENT + name), text)
        self._take_titles(sheet)
        self._take_outside(sheet)

    def take_own(self, own: Mapping[Key, Value], pictured: Set[Key] = frozenset()) -> None:
        """Merge the sheets that people added: cell by cell at their places."""
        sheets = {key.sheet for key in own}
        before = {key for key in self._base or {} if key.sheet in sheets and key not in own} - pictured
        for key in sorted(own.keys() | before):
            if key.field.startswith(COMMENT):
                if key in own:
                    self._remark(key, own[key])
            elif key.field.startswith(LINK):
                address = own.get(key)
                written = own.get(key._replace(field=key.field.removeprefix(LINK)))
                self._link(key, None if address is None else str(address), written)
            else:
                self._cell(key, own.get(key))
        known = {key.sheet for key in self._ours} | {key.sheet for key in self._base or {}}
        for sheet in sorted(sheets - known):
            self._counts["own_sheets"] += 1
            self.notes.append(
                f"the sheet {sheet.removeprefix(OWN)!r} is kept with its values and formulas; its formats are not"
            )

    def note_others(self, returned: Returned) -> None:
        """Tell what is not taken, as it is no cell, remark or link."""
        for found in others.not_taken(returned, self._base):
            self._counts["left"] += found.count
            self.notes.append(found.told)

    def note_missing(self, sheets: tuple[Sheet, ...]) -> None:
        """Tell what the workbook no longer holds; nothing is deleted for it."""
        for sheet in sheets:
            there = {row.id for row in sheet.rows}
            gone = {row for key, row in self._sent if key == sheet.key and not row.startswith("@")} - there
            if gone:
                self._counts["missing_rows"] += len(gone)
            columns = {
                key.field
                for key in self._base or {}
                if key.sheet == sheet.key and key.row == COLUMNS and not key.field.startswith(COMMENT)
            }
            lost = sorted(columns - sheet.fields.keys())
            if lost:
                said = ", ".join(str((self._base or {})[Key(sheet.key, COLUMNS, name)]) for name in lost)
                self.notes.append(f"{sheet.title}: the columns {said} are not in the file; what we have in them stays")
        if count := self._counts["missing_rows"]:
            self.notes.append(f"{count} row{'s are' if count > 1 else ' is'} not in the file; nothing was deleted")

    def result(self) -> Merged:
        """Give the outcome."""
        words = {
            "formula": "formulas stand in the file where people write; they are kept with what they showed",
            "outside": "formulas reach out of the workbook (to a program, a file or the network); what they showed is "
            "kept, with the formula in a remark",
            "broken": "formulas can't be read as formulas; what they showed is kept, with the formula in a remark",
            "error": "cells hold an error value such as #REF!; it is kept as text",
            "long": f"cells hold more than the {CELL_LIMIT} characters that Excel can show; they are kept whole",
            "emptied": "texts of ours were emptied; they come back with the next export",
        }
        for doubt, said in words.items():
            if count := self._doubts[doubt]:
                self.notes.append(f"{count} × {said}")
        for title, count in self._strange.items():
            if count:
                self.notes.append(
                    f"{title}: {count} row{'s' if count > 1 else ''} of somebody else came back in this file; what "
                    "was answered there is taken, too"
                )
        for (written, meant), count in sorted(self._meant.items()):
            self.notes.append(f"{count} × {written[:80]!r} was read as {meant}")
        self.notes += self._unclear[:_TOLD]
        if len(self._unclear) > _TOLD:
            self.notes.append(f"{len(self._unclear) - _TOLD} more answers were not understood; imsmap check lists them")
        self._counts["formulas"] = sum(self._doubts[kind] for kind in ("formula", "outside", "broken"))
        self._counts["conflicts"] = len(self._clashes)
        clashes = tuple(sorted(self._clashes, key=lambda clash: clash.key))
        return Merged(self._cells, clashes, Counts(**self._counts), tuple(self.notes))

    # --- cells -----------------------------------------------------------------------------------------------------

    def _take_row(self, sheet: Sheet, row: Row) -> None:
        is_strange = (sheet.key, row.id) in self._others
        self._strange[sheet.title] += is_strange
        for name in sheet.fields or PAIR:
            if name in row.covered:
                continue
            self._place = (sheet, row)
            key = Key(sheet.key, row.id, name)
            value = row.cells.get(name)
            owner = self._owner(sheet.key, name)
            # In a row that people added, what is ours elsewhere is theirs.
            if owner == "user" or (owner == "tool" and row.id.startswith(NEW)):
                # That a part of somebody else's row was not copied empties nothing.
                if not is_strange or essence(value) is not None:
                    self._cell(key, value)
            elif not is_strange:
                self._over(key, value, owner)

    def _take_new(self, sheet: Sheet, row: Row) -> None:
        """Take a row that people added. It is found by its text, so one that is here already has nothing to add."""
        if (sheet.key, row.id) in self._rows or (sheet.key, row.id) in self._base_rows:
            return
        self._counts["new_rows"] += 1
        self._place = (sheet, row)
        for name, value in row.cells.items():
            self._cell(Key(sheet.key, row.id, name), value)
        if row.after:
            self._cells[Key(sheet.key, ROWS, row.id)] = row.after

    def _cell(self, key: Key, written: Value | None) -> None:
        """Merge a cell that people fill."""
        base = self._base.get(key) if self._base is not None else None
        if same(written, base):
            return
        known = self._fields.get(key.sheet, {}).get(key.field)
        if self._base is None and known is not None and _fills(known, written):
            return
        ours, theirs = self._ours.get(key), self._proper(key, written)
        prefilled = known is not None and known.prefilled
        if prefilled and essence(theirs) is None:
            theirs = TAKEN_OUT  # an empty cell would be filled from the file again
        if not same(theirs, base) and not same(theirs, ours):
            untouched = ours is None and (self._base is None or prefilled)
            take = untouched or (self._base is not None and same(ours, base))
            self._decide(key, base, ours, theirs, take)

    def _remark(self, key: Key, theirs: Value | None) -> None:
        """Add to the remarks on a cell what is new in theirs.

        Programs lose remarks, threads and the names of authors on the way, so what is missing says nothing.
        """
        if not isinstance(theirs, str) or essence(theirs) is None:
            return
        ours = self._cells.get(key)
        before = [str(value) for value in (ours, (self._base or {}).get(key)) if value is not None]
        known = {said for text in before for line in text.splitlines() for said in ways_to_say(line)}
        new = [line for line in theirs.splitlines() if line.strip() not in known]
        if new:
            self._counts["remarks"] += 1
            text = "\n".join([str(ours), *new]) if ours is not None else theirs if not before else "\n".join(new)
            self._decide(key, None, ours, text, True)

    def _over(self, key: Key, theirs: Value | None, owner: str) -> None:
        """Merge a cell of the tool: what differs from what went out was written over it."""
        if self._base is None:
            return
        base = self._base.get(key)
        if tells_the_same(theirs, base) or (owner == "computed" and self._computed.holds(key.sheet, key.field, theirs)):
            return
        if essence(theirs) is None:
            self._doubts["emptied"] += 1
            return
        over = Key(key.sheet, key.row, OVER + key.field)
        ours = self._ours.get(over)
        theirs = self._proper(over, theirs)
        if not same(theirs, ours):
            before = self._counts["changed"]
            self._decide(over, base, ours, theirs, ours is None or tells_the_same(ours, base))
            self._counts["over"] += self._counts["changed"] - before

    def _link(self, key: Key, theirs: str | None, written: Value | None) -> None:
        """Merge the address of a link; programs lose links, so one that is gone goes only with its cell's words."""
        cell = key._replace(field=key.field.removeprefix(LINK))
        if theirs is not None and key not in self._ours and isinstance(written, str) and is_of(theirs, written):
            return  # the words are the address, and the next workbook makes a link of them again
        if theirs is not None or (self._base is not None and not same(written, self._base.get(cell))):
            self._cell(key, theirs)

    def _decide(self, key: Key, base: Value | None, ours: Value | None, theirs: Value | None, take: bool) -> None:
        self._doubt(key, theirs)
        if key in self._defused and theirs != self._defused[key]:
            self._remark(key._replace(field=COMMENT + key.field.removeprefix(OVER)), f"formula: {self._defused[key]}")
        if not take:
            self._clashes.append(Clash(key, base, ours, theirs))
            return
        self._counts["changed"] += 1
        if theirs is None or essence(theirs) is None:
            self._counts["emptied"] += 1
            self._cells.pop(key, None)
        else:
            self._cells[key] = theirs

    # --- what stands around the cells -----------------------------------------------------------------------------

    def _take_titles(self, sheet: Sheet) -> None:
        """Keep the titles of columns that people added, and those that they wrote over ours."""
        for name, title in sheet.fields.items():
            key = Key(sheet.key, COLUMNS, name)
            if not name.startswith(OWN):
                self._over(key, title, "tool")
                continue
            self._cell(key, title)
            if (sheet.key, name) not in self._titles:
                self._counts["own_columns"] += 1
        self._over(Key(sheet.key, SHEET, "title"), sheet.title, "tool")
        self._take_order(sheet)

    def _take_order(self, sheet: Sheet) -> None:
        """Keep the order of columns that people added; one that is not in the file stays right of what it followed."""
        key = Key(sheet.key, ORDER, COLUMNS)
        theirs = own_order(sheet).splitlines()
        went = (self._base or {}).get(key)
        before = in_order([key.field for key in self._base or {} if _is_own_column(key, sheet.key)], went)
        if [name for name in theirs if name in before] == [name for name in before if name in theirs] and all(
            name in before for name in theirs
        ):
            return
        ours = in_order([key.field for key in self._cells if _is_own_column(key, sheet.key)], self._ours.get(key))
        for place, name in enumerate(ours):
            if name not in theirs:
                theirs.insert(theirs.index(ours[place - 1]) + 1 if place else 0, name)
        if theirs != ours:
            self._cells[key] = "\n".join(theirs)

    def _take_outside(self, sheet: Sheet) -> None:
        """Keep what people wrote above the table and around it; what stands there from us may have moved."""
        if self._base is None:
            return
        base = {key.field: self._base[key] for key in self._base if key.sheet == sheet.key and key.row == SHEET}
        first = any(_FIRST_COLUMN.fullmatch(name) for name in base)
        theirs = {
            name: value
            for name, value in sheet.outside.items()
            # Snapshots of earlier exports do not hold the hidden ids of our own lists.
            if first or not _FIRST_COLUMN.fullmatch(name) or (" " in str(value) and value != "row id")
        }
        written = {name for name in base if Key(sheet.key, SHEET, OVER + name) in self._ours}
        for name in around.written(theirs, base, written):
            self._over(Key(sheet.key, SHEET, name), theirs[name], "tool")

    # --- values ----------------------------------------------------------------------------------------------------

    def _proper(self, key: Key, value: Value | None) -> Value | None:
        """Make a value what its column asks for, where that is sure."""
        value = self._harmless(key, value)
        if value is not None:
            meant = answers.proper(key, day_meant(value) if self._kind(key) == "date" else value)
            if isinstance(value, str) and essence(meant) != essence(value) and shown(meant) != value.strip():
                self._read[key] = value
            value = meant
        return value

    def _kind(self, key: Key) -> str:
        field = self._fields.get(key.sheet, {}).get(key.field)
        return field.kind if field else ""

    def _harmless(self, key: Key, value: Value | None) -> Value | None:
        """Keep what a formula showed that reaches out of the workbook, or is none; the formula goes into a remark."""
        if isinstance(value, Formula) and (reaches_outside(value) or not is_formula(value.text)):
            self._defused[key] = value.text
            return value.text if value.value is None else value.value
        return value

    def _doubt(self, key: Key, value: Value | None) -> None:
        """Note what a person should know about a value that is taken."""
        if value is not None and key in self._read:
            self._meant[shown(self._read[key]), shown(value)] += 1
        if value is not None and value != TAKEN_OUT and not answers.is_understood(key, value):
            where = f"{self._place[0].cell(self._place[1], key.field.removeprefix(OVER))}: " if self._place else ""
            self._unclear.append(f"{where}{shown(answers.plain(value))[:80]!r} {answers.advice(key, value)}")
        if isinstance(value, Formula):
            self._doubts["formula"] += not key.sheet.startswith(OWN)
        elif key in self._defused:
            self._doubts["outside" if reaches_outside(Formula(self._defused[key])) else "broken"] += 1
        elif isinstance(value, str):
            self._doubts["error"] += value in ERRORS
            self._doubts["long"] += len(value) > CELL_LIMIT


def _is_own_column(key: Key, sheet: str) -> bool:
    return key.sheet == sheet and key.row == COLUMNS and key.field.startswith(OWN)


def _linked(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the cells on which links went out."""
    return [(row, name.removeprefix(LINK)) for row, name in fields if name.startswith(LINK)]


def _fills(field: Field, written: Value | None) -> bool:
    """Tell whether a cell holds the tool's word for nothing rather than an answer of its column's list."""
    words = {word.casefold() for word in field.choices}
    return bool(words) and NOTHING.value not in words and same(written, NOTHING.value)
