"""A list of requirements, in Excel or as comma-separated text, becomes a standard with its relations."""

from __future__ import annotations

from pathlib import Path

from imsmap import about
from imsmap.readers.brought import Around, Brought, Faults
from imsmap.readers.own.head import head_of
from imsmap.readers.own.legal import DISCIPLINE, is_legal
from imsmap.readers.own.rows import read
from imsmap.readers.own.standard import Making

ABOUT = about.Reader(name="list of requirements", suffixes=(".xlsx", ".xlsm", ".csv", ".tsv", ".txt"), place=900)


def takes(beginning: bytes) -> bool:  # noqa: ARG001 - the last of its suffixes takes all, and tells what is missing
    """Tell whether a file is one of these; what no other reader takes is."""
    return True


def bring(path: Path, shown: str, around: Around) -> Brought:
    """Read a list; DataError where no list is found. What is wrong in one is told with its cell."""
    faults = Faults()
    table = read(path, shown, around.said.sheet, faults)
    usual = DISCIPLINE if is_legal(table) else ""
    head = head_of(table.head, path, shown, around, faults, usual)
    return Making(table, head, around, faults).brought()
