"""What a client's project knows for choosing a standard: its choose.toml, and what its sheet Decision says."""

from __future__ import annotations

from pathlib import Path

from imsmap.decision.rules import Case, between, overlaid
from imsmap.library.guides import Criterion
from imsmap.readers.decision import read_case
from imsmap.register.cells import TAKEN_OUT, Cells, Value

FILE = "choose.toml"
"""Where a client's project keeps its answers."""


def case_in(root: Path, cells: Cells, criteria: tuple[Criterion, ...], sides: tuple[str, ...] = ()) -> Case:
    """Give what a client's project knows: its choose.toml, and over it what was filled in on the sheet Decision.

    sides: between which two standards the project chooses where its choose.toml does not say; the first two if none.
    """
    file = root / FILE
    case = read_case(file, criteria) if file.is_file() else Case(criteria=between(criteria, sides))
    rows: dict[str, dict[str, Value]] = {}
    for (sheet, row, key), value in cells.items():
        if sheet == "decision":
            rows.setdefault(row, {})[key] = "" if value == TAKEN_OUT else value
    return overlaid(case, rows)
