"""What an analysis returns: a typed answer, tables in reading order, a message and notes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from functools import cached_property
from typing import Any, Generic, TypeVar

from attrs import Factory, field

from imsmap.library.editions import Successor
from imsmap.library.model import Colours, Kin
from imsmap.values import frozen


class Filler(Enum):
    """Nothing is there, and that is the answer; a blank cell (`None`) is one that a person has still to fill in."""

    NONE = "none"


NOTHING = Filler.NONE


@frozen
class Side:
    """A standard of a question, as every answer tells it.

    letter: of its discipline; label: the letter, or more where another standard of the question has the same letter.
    by_clause: it is held at clause level, so that what its clauses ask for beyond the core is not listed.
    """

    key: str
    designation: str
    title: str
    discipline: str
    discipline_name: str
    letter: str
    label: str
    colours: Colours
    accent: str
    edition: str
    published: str
    status: str
    clauses: int
    leaf_clauses: int
    points: int
    confidence: float
    amendments: tuple[str, ...] = ()
    successor: Successor | None = field(default=None)
    source: str = ""
    by_clause: bool = False
    checked: int = 0
    """How many of its points somebody checked against its text."""
    unsure: int = 0
    """How many of its points are held with little confidence."""
    supplements: str = ""
    """The key of the standard that it supplements."""


@frozen
class Ref:
    """A clause or point that a cell names: its full reference and how it reads here."""

    key: str
    label: str


@frozen
class Link:
    """Words that lead to a place: an address or a sheet."""

    text: str
    target: str


Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None
"""What JSON can hold."""
Answer = TypeVar("Answer", covariant=True)

Cell = str | int | float | bool | datetime.date | Kin | Ref | Link | Filler | tuple[Any, ...] | None
"""A tuple is a list of cells; it reads as lines."""


@frozen
class Column:
    """A column of a table.

    kind: text, number, confidence, yes/no, date, clause, class, relation, letters or list.
    width: characters that suit it. owner: who fills it, `tool`, `user` or `computed`.
    standard: the key of the one that it is about. role: what it tells of that standard, such as `clauses` or `adds`;
    the column's key where it is about none. choices: the words that a column of the user's offers.
    """

    key: str
    title: str
    kind: str = "text"
    width: int = 16
    owner: str = "tool"
    standard: str | None = field(default=None, kw_only=True)
    role: str = field(default=Factory(lambda column: column.key, takes_self=True), kw_only=True)
    choices: tuple[str, ...] = field(default=(), kw_only=True)


@frozen
class Row:
    """A row with a stable id; a heading row only divides and is never scored.

    depth: how many headings stand over it, one under the other. standard: the key of the one that it is about alone.
    """

    id: str
    cells: tuple[Cell, ...]
    heading: bool = False
    depth: int = field(default=0, kw_only=True)
    standard: str | None = field(default=None, kw_only=True)


@frozen
class Table:
    """A table in reading order."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""


@frozen
class Report(Generic[Answer]):
    """The answer to one question, with the tables and notes around it.

    answer: what pictures, sheets, slides and pages take. to_json: gives the answer as what JSON holds after `analysis`,
    `version` and `data_version`. message: the answer in one sentence; summary: the same in short, for one
    screen, with `**` around what counts. notes: definitions, sources, limits.
    standards: those that columns and rows of the tables are about. doubt: how much of what it rests on is held with
    little confidence, which the notes say, too; empty where nothing is.
    """

    analysis: str
    title: str
    data_version: str
    tables: tuple[Table, ...]
    answer: Answer
    to_json: Callable[[Any], Mapping[str, Json]] = field(eq=False, repr=False)
    message: str
    notes: tuple[str, ...] = ()
    version: int = field(default=1, kw_only=True)
    summary: str = field(default="", kw_only=True)
    standards: tuple[Side, ...] = field(default=(), kw_only=True)
    doubt: str = field(default="", kw_only=True)

    @cached_property
    def json(self) -> Mapping[str, Json]:
        """What JSON gives after `analysis`, `version` and `data_version`: for people outside, and no part of ours."""
        return self.to_json(self.answer)

    def table(self, name: str) -> Table:
        """Give the table of that name; KeyError if there is none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)


def sole(keys: Iterable[str]) -> str | None:
    """Give the standard that a row is about: the only one, or none of several."""
    several = tuple(keys)
    return several[0] if len(several) == 1 else None


def reads(cell: Cell, separator: str = "\n") -> str:
    """Say how a cell reads, the same on every surface."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, Kin):
        return f"{cell.glyph} {cell.word}"
    if isinstance(cell, Ref):
        return cell.label
    if isinstance(cell, Link):
        return cell.text
    if isinstance(cell, Filler):
        return cell.value
    if isinstance(cell, tuple):
        return separator.join(reads(part, separator) for part in cell)
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return str(cell)
