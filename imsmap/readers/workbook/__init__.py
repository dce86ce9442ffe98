"""A workbook that comes back: what its cells, comments and marks say, whatever program saved it.

Nothing is judged here: which sheet is which, what is new and what is changed is the merge's to say. What marks a
workbook of ours is told in `imsmap/workbook.py`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from attrs import field

from imsmap.errors import RefusedError
from imsmap.readers.workbook.cells import (
    CELLS_LIMIT,
    Book,
    Grid,
    Range,
    column_of,
    letters_of,
    plain_text,
    read_dates,
    read_sheet,
    read_strings,
)
from imsmap.readers.workbook.drawings import Drawn, read_drawing
from imsmap.readers.workbook.others import Other, in_package, on_sheet
from imsmap.readers.workbook.package import Package
from imsmap.readers.workbook.remarks import Place, read_notes, read_persons, read_threads
from imsmap.register.cells import Value
from imsmap.values import frozen
from imsmap.workbook import FORMAT, META, PROPERTIES, STATE, TITLE, TOOL, marked, property_name

__all__ = [
    "Marker",
    "Returned",
    "ReturnedSheet",
    "column_of",
    "letters_of",
    "read_sheets",
    "read_workbook",
    "sha256_of",
]

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?")
_MARKER_ROWS = 200
_SHEETS_LIMIT = 255
_LINKED_LIMIT = 1000
"""Cells over which one link may lie."""


class Marker(NamedTuple):
    """Where a sheet's mark stands: the row of its column keys, the column of its row ids."""

    row: int
    column: int


@frozen
class ReturnedSheet:
    """One sheet as it came back; `rows` holds by row and column (from 1) what is not blank.

    key, export: of the sheet's mark; nothing on a sheet that people added. comments: by place, one remark on a line.
    named: the keys of columns by their place, where the row of keys does not say them, or says too much.
    """

    title: str
    rows: Mapping[int, Mapping[int, Value]]
    key: str | None = None
    export: str | None = None
    marker: Marker | None = None
    comments: Mapping[Place, str] = field(factory=dict)
    merged: tuple[Range, ...] = ()
    errors: int = 0
    named: Mapping[int, str] | None = None
    links: Mapping[Place, str] = field(factory=dict)
    """Where links on cells lead: an address, or `#` and a place in this workbook."""

    others: tuple[Other, ...] = ()
    """What else it holds: charts, pictures, shapes, embedded files and the like."""
    pictures: frozenset[Place] = frozenset()
    """Cells that are a picture."""

    @cached_property
    def keys(self) -> Mapping[int, str]:
        """The keys of columns by their place; a column that people added has none."""
        if self.marker is None:
            return {}
        if self.named is not None:
            return self.named
        return {
            column: value.strip()
            for column, value in self.rows[self.marker.row].items()
            if column != self.marker.column and isinstance(value, str) and value.strip()
        }

    def is_covered(self, row: int, column: int) -> bool:
        """Tell whether a merged range or a picture hides this cell: that it is blank then says nothing."""
        return (row, column) in self.pictures or any(
            r.top <= row <= r.bottom and r.left <= column <= r.right and (row, column) != (r.top, r.left)
            for r in self.merged
        )


@frozen
class Returned:
    """A workbook that came back. project, client, export: whose it is and of which export; `` where it does not say."""

    name: str
    sha256: str
    sheets: tuple[ReturnedSheet, ...]
    meta: Mapping[str, str] = field(factory=dict)
    others: tuple[Other, ...] = ()
    """What else it holds that belongs to none of these sheets."""
    saved: str = ""
    saved_by: str = ""
    """When it was saved last and by whom, as the program says that saved it; nothing where it does not."""

    @property
    def project(self) -> str:
        """The id of the project."""
        return self.meta.get("project", "")

    @property
    def client(self) -> str:
        """Whose workbook it is."""
        return self.meta.get("client", "")

    def original(self, title: str) -> str:
        """Give the title of a sheet of theirs as they wrote it, where its tab had to be named otherwise."""
        try:
            said = json.loads(self.meta.get(f"{TITLE}{title}", ""))
        except ValueError:
            return title
        return said if isinstance(said, str) and said else title

    @property
    def exports(self) -> tuple[str, ...]:
        """The ids of all exports that the workbook or a sheet of it says it is of; one, if it is sound."""
        found = {sheet.export for sheet in self.sheets if sheet.export}
        return tuple(sorted({*found, self.meta["export"]} if self.meta.get("export") else found))


def read_workbook(path: Path, shown: str | None = None) -> Returned:
    """Read a workbook that came back; RefusedError, with one line, for a file that is none of ours or does harm.

    shown: the file's name for messages; its path by default.
    """
    shown = shown or str(path)
    package = Package(path, shown)
    try:
        book = _book_part(package)
        found = _read(package, book)
        saved = _saved(package)
    finally:
        package.close()
    meta, sheets, others = found
    if not meta and not any(sheet.key for sheet in sheets):
        raise RefusedError(
            f"{shown}: is not a workbook of imsmap (its hidden marks are missing); import the workbook that was sent "
            "out, and copy into it what was written elsewhere"
        )
    number = meta.get("format", str(FORMAT))
    if number.isdecimal() and int(number) > FORMAT:
        raise RefusedError(f"{shown}: was written by a newer imsmap (format {number}); update imsmap and try again")
    return Returned(path.name, sha256_of(path), sheets, meta, others, *saved)


def read_sheets(path: Path, shown: str) -> tuple[ReturnedSheet, ...]:
    """Read the sheets of any workbook; RefusedError, with one line, for a file that is none or does harm."""
    package = Package(path, shown)
    try:
        return _read(package, _book_part(package))[1]
    finally:
        package.close()


def sha256_of(path: Path) -> str:
    """Sum up the bytes of a file, by which it is known again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _book_part(package: Package) -> str:
    """Find the part that lists the sheets."""
    for relation in package.relationships(""):
        if relation.kind == "officeDocument" and package.has(relation.target):
            if "xl/" in relation.target.lower() and relation.target.lower().endswith(".bin"):
                raise package.refuse("is a binary workbook (.xlsb); save it as .xlsx and try again")
            if not relation.target.lower().startswith(("word/", "ppt/")):
                return relation.target
    if package.has("content.xml"):
        raise package.refuse("is an OpenDocument file; save it as .xlsx and try again")
    if package.has("xl/workbook.xml"):
        return "xl/workbook.xml"
    raise package.refuse("is no Excel workbook (.xlsx); save it as one and try again")


def _read(package: Package, part: str) -> tuple[Mapping[str, str], tuple[ReturnedSheet, ...], tuple[Other, ...]]:
    names: list[tuple[str, str]] = []
    named: set[str] = set()
    mac = False

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal mac
        if tag == "sheet":
            id_ = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
            names.append((plain_text(attributes.get("name", "")), id_))
        elif tag == "workbookPr":
            mac = attributes.get("date1904") in ("1", "true")
        elif tag == "definedName":
            named.add(attributes.get("name", ""))

    package.parse(part, start, lambda _: None)
    relations = package.relationships(part)
    places = {relation.id: relation for relation in relations}
    strings: list[str] = []
    dates: list[str] = []
    persons: dict[str, str] = {}
    for relation in relations:
        if not package.has(relation.target):
            continue
        if relation.kind == "sharedStrings":
            strings = read_strings(package, relation.target)
        elif relation.kind == "styles":
            dates = read_dates(package, relation.target)
        elif relation.kind == "person":
            persons |= read_persons(package, relation.target)
    if not names or len(names) > _SHEETS_LIMIT:
        raise package.refuse(f"holds {len(names) or 'no'} sheets; open it and save it anew")
    book = Book(strings, dates, mac)
    meta: Mapping[str, str] = _properties(package)
    parts = [places[id_].target for _, id_ in names if id_ in places]
    if len(set(parts)) < len(parts):
        raise package.refuse("holds several sheets that are one and the same part; open it and save it anew")
    sheets = []
    no_cells = []
    left = CELLS_LIMIT
    for title, id_ in names:
        place = places.get(id_)
        if place is None or place.kind != "worksheet" or title == STATE:
            # A chart or an old macro sheet has no cells; what is computed needs no reading.
            if place is not None and title != STATE:
                no_cells.append((title, place.kind))
            continue
        sheet = _sheet(package, title, place.target, book, persons, left)
        left -= sum(map(len, sheet.rows.values()))
        if title == META:
            meta = {**meta, **_meta(sheet)}
        else:
            sheets.append(sheet)
    return meta, tuple(sheets), in_package(package, no_cells, named)


def _sheet(
    package: Package, title: str, part: str, book: Book, persons: Mapping[str, str], limit: int
) -> ReturnedSheet:  # fmt: skip
    grid = read_sheet(package, part, book, limit)
    notes: dict[Place, str] = {}
    stand_ins: dict[Place, str] = {}
    threads: dict[Place, str] = {}
    drawn = Drawn()
    for relation in package.relationships(part):
        if relation.kind == "comments" and package.has(relation.target):
            more, instead = read_notes(package, relation.target)
            notes |= more
            stand_ins |= instead
        elif relation.kind == "threadedComment" and package.has(relation.target):
            threads |= read_threads(package, relation.target, persons)
        elif relation.kind == "drawing" and package.has(relation.target):
            drawn = read_drawing(package, relation.target)
    # Where the thread itself is there, the note that stands in for it says nothing more.
    comments = {**stand_ins, **threads}
    for place, text in (*notes.items(), *drawn.boxes.items()):
        comments[place] = f"{text}\n{comments[place]}" if place in comments else text
    links = _links(package, part, grid)
    others = on_sheet(package, part, grid, drawn)
    for number in sorted(grid.rows)[:_MARKER_ROWS]:
        for column, value in sorted(grid.rows[number].items()):
            found = marked(value) if isinstance(value, str) else None
            if found is not None:
                marker = Marker(number, column)
                return ReturnedSheet(
                    title, grid.rows, *found, marker, comments, tuple(grid.merged), grid.errors,
                    links=links, others=others, pictures=frozenset(grid.pictures),
                )  # fmt: skip
    return ReturnedSheet(
        title,
        grid.rows,
        comments=comments,
        merged=tuple(grid.merged),
        errors=grid.errors,
        links=links,
        others=others,
        pictures=frozenset(grid.pictures),
    )


def _links(package: Package, part: str, grid: Grid) -> dict[Place, str]:
    """Say where the links on a sheet lead."""
    if not grid.links:
        return {}
    addresses = package.addresses(part)
    found: dict[Place, str] = {}
    for area, id_, place in grid.links:
        address = addresses.get(id_, "")
        said = f"{address}#{place}" if place and "#" not in address else address
        cells = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if said and cells <= _LINKED_LIMIT:
            found |= {
                (row, column): said
                for row in range(area.top, area.bottom + 1)
                for column in range(area.left, area.right + 1)
            }
    return found


def _meta(sheet: ReturnedSheet) -> dict[str, str]:
    """Read the hidden sheet: keys and values under the tool's name."""
    if sheet.rows.get(1, {}).get(1) != TOOL:
        return {}
    found = {}
    for number in sorted(sheet.rows):
        key, value = sheet.rows[number].get(1), sheet.rows[number].get(2)
        if number > 1 and isinstance(key, str) and value is not None:
            found[key.strip()] = str(value).strip()
    return found


def _saved(package: Package) -> tuple[str, str]:
    """Read when the workbook was saved last, and by whom."""
    part = next((r.target for r in package.relationships("") if r.kind == "core-properties"), "")
    if not part or not package.has(part):
        return "", ""
    found = {"modified": "", "lastModifiedBy": ""}
    current = ""

    def start(tag: str, _: Mapping[str, str]) -> None:
        nonlocal current
        current = tag.rpartition(":")[2]

    def characters(text: str) -> None:
        if current in found:
            found[current] += text

    package.parse(part, start, lambda _: start("", {}), characters)
    when, who = (plain_text(found[name]).strip() for name in ("modified", "lastModifiedBy"))
    return when if _MOMENT.fullmatch(when) else "", " ".join(who.split())


def _properties(package: Package) -> dict[str, str]:
    """Read what the workbook's custom properties say of it, for when the hidden sheet is gone."""
    part = next((r.target for r in package.relationships("") if r.kind == "custom-properties"), "")
    if not part or not package.has(part):
        return {}
    known = {property_name(key): key for key in PROPERTIES}
    found: dict[str, list[str]] = {}
    current: list[str] | None = None

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal current
        if tag == "property":
            name = attributes.get("name", "")
            key = known.get(name)
            current = None if key is None else found.setdefault(key, [])

    def characters(text: str) -> None:
        if current is not None:
            current.append(text)

    package.parse(part, start, lambda _: None, characters)
    return {key: "".join(found[key]).strip() for key in PROPERTIES if key in found}
