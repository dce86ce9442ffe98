"""CSV (RFC 4180, UTF-8) of one table, for spreadsheets and programs.

The header holds the columns' keys, after `id`, the stable row id. Heading rows only divide, and are left out. A list
reads as `one; two`, a class as its word. Columns called subject and object hold full references, so that the table can
be read again; how they read for people stands beside them, under `subject_label` and `object_label`. Text that begins
with `=`, `+`, `-`, `@`, a tab or a carriage return gets an apostrophe in front, so that no spreadsheet takes it for a
formula. For a spreadsheet the file begins with the mark of UTF-8, and numbers of clauses get an apostrophe, too: 8.10
would become 8.1, and 10.1 the tenth of January.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from imsmap import about
from imsmap.library.model import Kin
from imsmap.plain import legible
from imsmap.readers.csv import guarded
from imsmap.report import Cell, Ref, Report, Table, reads

ABOUT = about.Format(suffix=".csv", holds=("answers",), place=30)

_ENDS = ("subject", "object")
_TAKEN_FOR_ANOTHER = re.compile(r"\s*(?:\d+(?:[.,/:-]\d+)+|0\d+|\d+[eE]\d+)\s*")
"""What a spreadsheet takes for a number, a date or a time, and writes otherwise."""


def export(report: Report[object], table: str | None = None, *, spreadsheet: bool = False) -> bytes:
    """Write the first table, or the one of that name; KeyError if there is none.

    spreadsheet: it is opened by double click, and not read by a program.
    """
    chosen = report.tables[0] if table is None else report.table(table)
    labelled = _labelled(chosen)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    names: list[str] = []
    for place, column in enumerate(chosen.columns):
        names += [column.key, f"{column.key}_label"] if place in labelled else [column.key]
    writer.writerow(["id", *names])
    for row in chosen.rows:
        if not row.heading:
            fields = [_safe(row.id), *_fields(row.cells, labelled)]
            # Only text is protected: a number that a cell holds as one is one.
            writer.writerow(map(_kept, fields) if spreadsheet else fields)
    content = out.getvalue().encode("utf-8", "replace")
    return codecs.BOM_UTF8 + content if spreadsheet else content


def _labelled(table: Table) -> frozenset[int]:
    """Find the columns whose references stand apart from how they read."""
    return frozenset(
        place
        for place, column in enumerate(table.columns)
        if column.key in _ENDS and any(_refs(row.cells[place]) for row in table.rows if not row.heading)
    )


def _refs(cell: Cell) -> tuple[str, ...]:
    """Give the references that a cell holds, if it holds nothing else."""
    parts = cell if isinstance(cell, tuple) else (cell,)
    keys = tuple(part.key for part in parts if isinstance(part, Ref))
    return keys if len(keys) == len(parts) else ()


def _fields(cells: tuple[Cell, ...], labelled: frozenset[int]) -> Iterator[str | int | float]:
    for place, cell in enumerate(cells):
        if place in labelled:
            yield "; ".join(_refs(cell)) or _safe(reads(cell, "; "))
            yield _safe(reads(cell, "; "))
        else:
            yield _field(cell)


def _field(cell: Cell) -> str | int | float:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return cell
    # A class is its word alone: with its glyph, `= same` would begin like a formula.
    return _safe(cell.value if isinstance(cell, Kin) else reads(cell, "; "))


def _kept(field: str | int | float) -> str | int | float:
    """Make text that a spreadsheet keeps as text."""
    return f"'{field}" if isinstance(field, str) and _TAKEN_FOR_ANOTHER.fullmatch(field) else field


def _safe(text: str) -> str:
    """Make text that a spreadsheet shows as it is, and that steers no terminal."""
    return legible(guarded(text))
