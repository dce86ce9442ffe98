"""A workbook as it comes back with a few cells written: to read and save the whole as openpyxl does takes seconds."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def written(
    content: bytes, sheet: str, rows: Mapping[str, Mapping[str, str | int | None]], *, beside: str = "Status"
) -> bytes:
    """Write texts and numbers into rows of a sheet, by their hidden id and the title of the column, or empty cells.

    beside: a title of the row of titles.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    path, texts = part(parts, sheet), shared(parts)
    tree = etree.fromstring(parts[path])
    columns: dict[str, str] = {}
    left = dict(rows)
    for row in tree.iter(f"{_MAIN}row"):
        told = {letters(cell): shown(cell, texts) for cell in row}
        if beside in told.values():
            columns = {title: column for column, title in told.items() if title}
        elif columns and told.get("A") in left:
            for title, value in left.pop(str(told["A"])).items():
                _put(row, columns[title], value)
    assert not left, f"no such rows in {sheet}: {sorted(left)}"
    parts[path] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, held in parts.items():
            package.writestr(name, held)
    return out.getvalue()


def part(parts: Mapping[str, bytes], sheet: str) -> str:
    """Name the part of a package that holds a sheet."""
    targets = {one.get("Id"): one.get("Target", "") for one in etree.fromstring(parts["xl/_rels/workbook.xml.rels"])}
    for one in etree.fromstring(parts["xl/workbook.xml"]).iter(f"{_MAIN}sheet"):
        if one.get("name") == sheet:
            target = targets[one.get(_RELATED)]
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)


def shared(parts: Mapping[str, bytes]) -> list[str]:
    """Give the texts that cells name by number."""
    if "xl/sharedStrings.xml" not in parts:
        return []
    return [
        "".join(one.text or "" for one in entry.iter(f"{_MAIN}t") if one.getparent().tag != f"{_MAIN}rPh")
        for entry in etree.fromstring(parts["xl/sharedStrings.xml"]).iter(f"{_MAIN}si")
    ]


def shown(cell: Any, texts: Sequence[str]) -> str:
    """Give what a cell holds, as its file says it."""
    value = cell.findtext(f"{_MAIN}v")
    return texts[int(value)] if cell.get("t") == "s" and value else value or ""


def letters(cell: Any) -> str:
    """Name the column of a cell."""
    return re.sub(r"\d", "", cell.get("r", ""))


def cells(parts: Mapping[str, bytes], sheet: str) -> Iterator[Any]:
    """Give each cell of a sheet."""
    return etree.fromstring(parts[part(parts, sheet)]).iter(f"{_MAIN}c")


def _put(row: Any, column: str, value: str | int | None) -> None:
    (cell,) = (one for one in row if letters(one) == column)
    for child in list(cell):
        cell.remove(child)
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t")
        text.text = value
        return
    cell.attrib.pop("t", None)
    if value is not None:
        etree.SubElement(cell, f"{_MAIN}v").text = str(value)
