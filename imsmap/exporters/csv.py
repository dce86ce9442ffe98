"""CSV (RFC 4180, UTF-8) of one table, for spreadsheets and programs.

The header holds the columns' keys, after `id`, the stable row id. Heading rows only divide, and are left out. A list
reads as `one; two`, a class as its word. Text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return gets an
apostrophe in front, so that no spreadsheet takes it for a formula.
"""

from __future__ import annotations

import csv
import io

from imsmap import about
from imsmap.library.model import Kin
from imsmap.plain import legible
from imsmap.report import Cell, Report, reads

ABOUT = about.Format(suffix=".csv", holds=("answers",), place=30)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(report: Report[object], table: str | None = None) -> bytes:
    """Write the first table, or the one of that name; KeyError if there is none."""
    chosen = report.tables[0] if table is None else report.table(table)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["id", *(column.key for column in chosen.columns)])
    for row in chosen.rows:
        if not row.heading:
            writer.writerow([_safe(row.id), *(_field(cell) for cell in row.cells)])
    return out.getvalue().encode("utf-8", "replace")


def _field(cell: Cell) -> str:
    # A class is its word alone: with its glyph, `= same` would begin like a formula.
    text = cell.value if isinstance(cell, Kin) else reads(cell, "; ")
    is_number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    return text if is_number else _safe(text)


def _safe(text: str) -> str:
    """Make text that a spreadsheet shows as it is."""
    # Leading blanks are looked through: some spreadsheets trim a cell before they read it.
    risky = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    return legible(f"'{text}" if risky else text)
