"""A workbook recalculated by LibreOffice, so that computed values can be compared with those of another program."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from tests import office

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


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
        names = package.namelist()
        texts = [
            "".join(part.text or "" for part in entry.iter(f"{_MAIN}t") if part.getparent().tag != f"{_MAIN}rPh")
            for entry in etree.fromstring(package.read("xl/sharedStrings.xml")).iter(f"{_MAIN}si")
        ] if "xl/sharedStrings.xml" in names else []  # fmt: skip
        related = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
        targets = {one.get("Id"): one.get("Target", "") for one in related}
        found = {}
        for sheet in etree.fromstring(package.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
            target = targets[sheet.get(_ID)]
            path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            found[sheet.get("name", "")] = dict(_cells(package.read(path), texts))
    return found


def _cells(content: bytes, texts: Sequence[str]) -> Iterator[tuple[str, tuple[str | None, str | float | bool]]]:
    for cell in etree.fromstring(content).iter(f"{_MAIN}c"):
        formula, value, kind = cell.find(f"{_MAIN}f"), cell.findtext(f"{_MAIN}v"), cell.get("t", "n")
        if formula is None and value is None:
            continue
        read: str | float | bool = value or ""
        if kind == "s":
            read = texts[int(read)]
        elif kind == "b":
            read = read == "1"
        elif kind == "n" and value:
            number = round(float(value), 6)
            read = int(number) if number.is_integer() else number
        yield cell.get("r", ""), (None if formula is None else formula.text or "", read)
