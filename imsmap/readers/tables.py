"""Tables that people made elsewhere, whatever program saved them: comma-separated text of any manner, or a workbook.

The header is found below titles; each row keeps the number that an editor or a spreadsheet shows for it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from imsmap.errors import DataError, Problem, RefusedError
from imsmap.plain import folded
from imsmap.readers import csv
from imsmap.readers.brought import HEAD, ZIP
from imsmap.readers.csv import Record
from imsmap.register.cells import Formula, Value
from imsmap.values import frozen

if TYPE_CHECKING:
    from imsmap.readers.workbook import ReturnedSheet

MAX_BYTES = 100_000_000
_WORKBOOKS = (".xlsx", ".xlsm")
_NONE = frozenset(
    (
        "", "-", "--", "---", "none", "n/a", "na", "n.a", "nil", "null", "no counterpart", "no match", "no equivalent",
        "not applicable", "not covered", "not mapped", "no corresponding clause", "no direct counterpart",
        "no direct equivalent", "gap", "sssom:notermfound", "notermfound", "keine", "keines", "entfällt", "aucun",
    )
)  # fmt: skip
"""What stands in the place of a clause where there is none."""
Fits = Callable[[Sequence[str]], bool]
"""Tells whether the names of some columns, in small letters, are a header."""


@frozen
class Table:
    """A table: its header and the records below it; nothing where the file is empty. notices: how it was read."""

    header: Record | None
    records: tuple[Record, ...]
    notices: tuple[str, ...] = ()


def read_table(path: str, fits: Fits, shown: str = "") -> Table:
    """Read a file; DataError, with one line, for one that can't be read.

    shown: what it is called in messages; its path by default.
    """
    shown = shown or path
    content = content_of(path, shown)
    if content.startswith(ZIP) or path.lower().endswith(_WORKBOOKS):
        return _of_workbook(path, fits, shown)
    text = csv.parse(content, shown, fits)
    return Table(text.header, text.records, text.notices)


def content_of(path: str, shown: str, most: int = MAX_BYTES) -> bytes:
    """Read a file whole; DataError for one that is too large (most: how many bytes) or can't be read."""
    try:
        size = Path(path).stat().st_size
        if size > most:
            raise DataError([Problem(shown, None, f"is larger than {most // 1_000_000} MB; split the file")])
        return Path(path).read_bytes()
    except OSError as error:
        raise DataError([Problem(shown, None, f"cannot be read ({error.strerror}); check name and rights")]) from None


def beginning_of(path: Path) -> bytes:
    """Read what is shown to who says whether it can read a file: its beginning, of an archive all; OSError if not."""
    with path.open("rb") as file:
        beginning = file.read(HEAD)
        return beginning + file.read(MAX_BYTES) if beginning.startswith(ZIP) else beginning


def _of_workbook(path: str, fits: Fits, shown: str) -> Table:
    """Read the first sheet that has a header, else the first in which anything stands."""
    sheets = _sheets(Path(path), shown)
    tables = [tuple(_records(sheet.rows)) for sheet in sheets]
    first: Table | None = None
    for sheet, records in zip(sheets, tables, strict=True):
        place = csv.header_of(records, fits)
        if place >= len(records):
            continue
        found = Table(records[place], records[place + 1 :], _notices(shown, sheet.title, sheet.rows, len(sheets)))
        if fits(csv.names_of(records[place])):
            return found
        first = first or found
    return first or Table(None, ())


def records_of(path: Path, shown: str) -> Mapping[str, tuple[Record, ...]]:
    """Read every sheet of a workbook by its title; DataError, with one line, for one that can't be read."""
    return {sheet.title: tuple(_records(sheet.rows)) for sheet in _sheets(path, shown)}


def _sheets(path: Path, shown: str) -> Sequence[ReturnedSheet]:
    # Workbooks take their time to load, and most tables are none.
    from imsmap.readers.workbook import read_sheets

    try:
        return read_sheets(path, shown)
    except RefusedError as error:
        raise DataError([Problem(shown, None, str(error).removeprefix(f"{shown}: "))]) from None


def _records(rows: Mapping[int, Mapping[int, Value]]) -> Iterator[Record]:
    for number in sorted(rows):
        cells = rows[number]
        width = max(cells, default=0)
        yield Record(tuple(_text(cells.get(column)) for column in range(1, width + 1)), number, "")


def _text(value: Value | None) -> str:
    """Give what a cell shows, a number as short as it can be."""
    if isinstance(value, Formula):
        value = value.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _notices(shown: str, title: str, rows: Mapping[int, Mapping[int, Value]], count: int) -> tuple[str, ...]:
    told = [f"{shown}: the sheet {title!r} was read, of {count}"] if count > 1 else []
    numbers = sum(
        isinstance(value, float) and not value.is_integer() for cells in rows.values() for value in cells.values()
    )
    if numbers:
        told.append(
            f"{shown}: {numbers} cells hold numbers, in which 8.10 can't be told from 8.1; format clauses as text"
        )
    return tuple(told)


def names_none(text: str) -> bool:
    """Tell whether a cell says that there is no clause: it is empty, or holds a dash, N/A, none."""
    return folded(text).casefold().strip(" .") in _NONE
