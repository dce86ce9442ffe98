"""A workbook recalculated by LibreOffice, so that computed values can be compared with those of another program."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests import office
from tests.exporters.excel.reading import load


def recalculated(content: bytes, folder: Path) -> bytes:
    """Open and save a workbook in LibreOffice, told to recalculate whatever it loads."""
    return all_recalculated([content], folder)[0]


def all_recalculated(contents: Sequence[bytes], folder: Path) -> list[bytes]:
    """Open and save several workbooks in one run of LibreOffice."""
    sources = [folder / f"book{place}.xlsx" for place in range(len(contents))]
    for source, content in zip(sources, contents, strict=True):
        source.write_bytes(content)
    office.convert(sources, folder / "out", recalculate=True)
    return [(folder / "out" / source.name).read_bytes() for source in sources]


def differences(content: bytes, other: bytes | Workbook) -> tuple[int, list[str]]:
    """Compare the computed value of each formula with that in another copy; gives how many there are.

    other: the copy, or its values where somebody has read them.
    """
    formulas, ours = load(content), load(content, values=True)
    theirs = load(other, values=True) if isinstance(other, bytes) else other
    count, found = 0, []
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    one = _plain(ours[sheet.title][cell.coordinate].value)
                    two = _plain(theirs[sheet.title][cell.coordinate].value)
                    if one != two:
                        found.append(f"{sheet.title}!{cell.coordinate}: {one!r}, not {two!r}: {cell.value}")
    return count, found


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.date() if value.time() == datetime.time() else value
    return round(value, 6) if isinstance(value, float) else "" if value is None else value
