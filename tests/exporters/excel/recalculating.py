"""A workbook recalculated by LibreOffice, so that computed values can be compared with those of another program."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl.utils import coordinate_to_tuple

from tests import office, returned

Shown = str | float | bool
Sheets = Mapping[str, Sequence[Sequence[Shown]]]
"""What each sheet shows, row by row, each from the first column on."""
_FIELD = re.compile(r'("(?:[^"]|"")*"|)([^",\n]*)(,|\n)')
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2})?")
_YIELDED = re.compile(rb"(</f>|<f [^>]*/>)<v>[^<]*</v>")
_FIRST = datetime.datetime(1899, 12, 30)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def without_values(content: bytes) -> bytes:
    """Take away what the formulas yielded, so that a program has to compute it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = _YIELDED.sub(rb"\1", data)
            new.writestr(name, data)
    return stream.getvalue()


def recalculated(contents: Sequence[bytes], folder: Path) -> list[Sheets]:
    """Let LibreOffice compute all formulas of workbooks, all in one run, and read what each sheet shows."""
    sources = [folder / f"book{place}.xlsx" for place in range(len(contents))]
    for source, content in zip(sources, contents, strict=True):
        source.write_bytes(without_values(content))
    office.convert(sources, folder / "out", office.TABLES)
    return [
        {name: _rows((folder / "out" / f"{source.stem}-{name}.csv").read_text("utf-8")) for name in _names(content)}
        for source, content in zip(sources, contents, strict=True)
    ]


def differences(content: bytes, other: Sheets) -> tuple[int, list[str]]:
    """Compare the computed value of each formula with what LibreOffice computed; gives how many there are."""
    count, found = 0, []
    for sheet, cells in computed(content).items():
        theirs = {
            (row, column): value for row, line in enumerate(other[sheet], 1) for column, value in enumerate(line, 1)
        }
        for place, (formula, one) in cells.items():
            if formula is not None:
                count += 1
                two = theirs.get(coordinate_to_tuple(place), "")
                if one != two:
                    found.append(f"{sheet}!{place}: {one!r}, not {two!r}: {formula}")
    return count, found


def computed(content: bytes) -> dict[str, dict[str, tuple[str | None, Shown]]]:
    """Read formula and stored value of each cell that has one, by sheet and place; dates stay numbers of days.

    openpyxl gives either formulas or values, and reads styles and rules with them, which takes eight times as long.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist() if name.endswith((".xml", ".rels"))}
    texts = returned.shared(parts)
    return {name: dict(_cells(returned.cells(parts, name), texts)) for name in _names(content)}


def _names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        book = etree.fromstring(package.read("xl/workbook.xml"))
    return [one.get("name", "") for one in book.iter(f"{_MAIN}sheet")]


def _rows(text: str) -> list[list[Shown]]:
    """Read a table of which all text, and only text, is quoted."""
    rows: list[list[Shown]] = [[]]
    for quoted, bare, end in _FIELD.findall(text):
        rows[-1].append(_number(bare) if bare else quoted[1:-1].replace('""', '"'))
        if end == "\n":
            rows.append([])
    return rows[:-1]


def _number(bare: str) -> Shown:
    """Read what is no text: a number, a truth, a day as its number; what a formula failed with stays what it is."""
    if bare in {"TRUE", "FALSE"}:
        return bare == "TRUE"
    if _DAY.fullmatch(bare):
        return _rounded((datetime.datetime.fromisoformat(bare) - _FIRST) / datetime.timedelta(1))
    try:
        return _rounded(float(bare))
    except ValueError:
        return bare


def _rounded(number: float) -> float:
    number = round(number, 6)
    return int(number) if number.is_integer() else number


def _cells(cells: Iterable[Any], texts: Sequence[str]) -> Iterator[tuple[str, tuple[str | None, Shown]]]:
    for cell in cells:
        formula, value, kind = cell.find(f"{_MAIN}f"), cell.findtext(f"{_MAIN}v"), cell.get("t", "n")
        if formula is None and value is None:
            continue
        read: Shown = returned.shown(cell, texts)
        if kind == "b":
            read = read == "1"
        elif kind == "n" and value:
            read = _rounded(float(value))
        yield cell.get("r", ""), (None if formula is None else formula.text or "", read)
