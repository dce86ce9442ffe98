"""A workbook recalculated by LibreOffice, so that computed values can be compared with those of another program."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from tests import office, returned

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


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


def differences(content: bytes, other: bytes) -> tuple[int, list[str]]:
    """Compare the computed value of each formula with that in another copy; gives how many there are."""
    theirs = computed(other)
    count, found = 0, []
    for sheet, cells in computed(content).items():
        for place, (formula, one) in cells.items():
            if formula is not None:
                count += 1
                two = theirs[sheet].get(place, (None, ""))[1]
                if one != two:
                    found.append(f"{sheet}!{place}: {one!r}, not {two!r}: {formula}")
    return count, found


def computed(content: bytes) -> dict[str, dict[str, tuple[str | None, str | float | bool]]]:
    """Read formula and stored value of each cell that has one, by sheet and place; dates stay numbers of days.

    openpyxl gives either formulas or values, and reads styles and rules with them, which takes eight times as long.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist() if name.endswith((".xml", ".rels"))}
    texts = returned.shared(parts)
    names = [one.get("name", "") for one in etree.fromstring(parts["xl/workbook.xml"]).iter(f"{_MAIN}sheet")]
    return {name: dict(_cells(returned.cells(parts, name), texts)) for name in names}


def _cells(cells: Iterable[Any], texts: Sequence[str]) -> Iterator[tuple[str, tuple[str | None, str | float | bool]]]:
    for cell in cells:
        formula, value, kind = cell.find(f"{_MAIN}f"), cell.findtext(f"{_MAIN}v"), cell.get("t", "n")
        if formula is None and value is None:
            continue
        read: str | float | bool = returned.shown(cell, texts)
        if kind == "b":
            read = read == "1"
        elif kind == "n" and value:
            number = round(float(value), 6)
            read = int(number) if number.is_integer() else number
        yield cell.get("r", ""), (None if formula is None else formula.text or "", read)
