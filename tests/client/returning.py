"""Workbooks as the reader gives them, built from plain rows, for tests of the merge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsmap.client.merge import Field, Fields
from imsmap.readers.workbook import Marker, Returned, ReturnedSheet
from imsmap.register.cells import Value

EXPORT = "e0001"
FIELDS: Fields = {
    "requirements": {
        "clause": Field("tool"),
        "text": Field("tool"),
        "owner": Field("user"),
        "status": Field("user"),
        "due": Field("user", "date"),
        "days": Field("computed"),
    }
}
COLUMNS = ("clause", "text", "owner", "status", "due", "days")
TITLES = {"clause": "Clause", "text": "Requirement", "owner": "Owner", "status": "Status", "due": "Due", "days": "Days"}

Line = tuple[str, Mapping[str, Value | None]]
"""A row: its id and its cells by column. A column `?Title` is one that people added."""


def sheet(
    lines: Sequence[Line],
    columns: Sequence[str] = COLUMNS,
    *,
    key: str = "requirements",
    title: str = "Requirements",
    export: str = EXPORT,
    titles: Mapping[str, str] = TITLES,
    above: Mapping[tuple[int, int], Value] | None = None,
    comments: Mapping[tuple[str, str], str] | None = None,
    merged: Sequence = (),
) -> ReturnedSheet:
    """Lay a sheet out as the exporter does: title, note, keys, headings, rows from the fifth on."""
    rows: dict[int, dict[int, Value]] = {
        1: {2: "Requirements"},
        2: {2: "Yellow cells are yours."},
        3: {},
        4: {1: "row id"},
    }
    for (row, column), value in (above or {}).items():
        rows[row][column] = value
    rows[3][1] = f"imsmap:{key}:{export}"
    for place, name in enumerate(columns, 2):
        if not name.startswith("?"):
            rows[3][place] = name
        if heading := titles.get(name, name.removeprefix("?").removeprefix("own:").rstrip("\u200b")):
            rows[4][place] = heading
    places = {}
    for number, (id_, cells) in enumerate(lines, 5):
        places.setdefault(id_, number)
        there: dict[int, Value] = {1: id_} if id_ else {}
        for place, name in enumerate(columns, 2):
            value = cells.get(name)
            if value is not None and value != "":
                there[place] = value
        if there:
            rows[number] = there
    said = {
        (places[id_] if id_ else 4, columns.index(name) + 2): text for (id_, name), text in (comments or {}).items()
    }
    return ReturnedSheet(title, rows, key, export, Marker(3, 1), said, tuple(merged))


def book(*sheets: ReturnedSheet, export: str = EXPORT, name: str = "back.xlsx", sha256: str = "1") -> Returned:
    return Returned(name, sha256, sheets, {"project": "p1", "export": export, "client": "Acme"})


def own_sheet(title: str, cells: Mapping[tuple[int, int], Value]) -> ReturnedSheet:
    rows: dict[int, dict[int, Value]] = {}
    for (row, column), value in cells.items():
        rows.setdefault(row, {})[column] = value
    return ReturnedSheet(title, rows)
