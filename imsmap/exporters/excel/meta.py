"""The hidden sheet that says whose workbook this is and of which export, and holds the lists that cells offer."""

from __future__ import annotations

import json

from imsmap.exporters.excel.book import Volume
from imsmap.exporters.excel.sheet import Writer
from imsmap.exporters.excel.text import fitting, short
from imsmap.register.cells import OWN
from imsmap.register.schema import Given
from imsmap.workbook import FORMAT, LISTS, META, PROPERTIES, TITLE, TOOL, property_name

_LISTED = {
    "process": (("requirements", "process"), ("audit", "process")),
    "owner": (
        ("requirements", "owner"), ("requirements", "verified_by"), ("documents", "owner"),
        ("management_review", "owner"), ("actions", "verified_by"), ("audit", "auditor"), ("soa", "owner"),
        ("obligations", "owner"), ("blueprint", "owner"),
    ),
    "document": (("requirements", "document"), ("documents", "document")),
}  # fmt: skip
_LONGEST = 2000
"""Words in a list; nobody looks through more."""


def lists(given: Given) -> dict[str, list[str]]:
    """Gather the words that cells offer: processes, people and documents that are named already."""
    found: dict[str, dict[str, None]] = {name: {} for name in _LISTED}
    found["process"] = dict.fromkeys(entry.name for entry in given.processes)
    owners = {entry.owner for entry in given.processes if entry.owner}
    wanted = {place: name for name, places in _LISTED.items() for place in places}
    said: dict[str, set[str]] = {"process": set(), "owner": owners, "document": set()}
    for (sheet, _, field), value in given.cells.items():
        name = wanted.get((sheet, field))
        if name is not None and isinstance(value, str) and len(value) < 256 and "\n" not in value:
            said[name].add(value)
    for name, words in said.items():
        found[name] |= dict.fromkeys(sorted(words, key=lambda word: (word.casefold(), word)))
    return {name: [fitting(word)[0] for word in words][:_LONGEST] for name, words in found.items() if words}


def write(book: Volume) -> None:
    """Write the hidden sheet, and on each sheet of ours that does not say it yet which sheet it is."""
    given = book.given
    for kind, sheet in book.sheets.items():
        if kind in book.names and not kind.startswith("own:") and kind not in book.marked:
            filled = {row for row, cells in sheet.table.items() if any(_speaks(cell) for cell in cells.values())}
            Writer(book, kind).mark(next(row for row in range(len(filled) + 1) if row not in filled))
    sheet = book.workbook.add_worksheet(META)
    sheet.very_hidden()
    entries = {
        TOOL: "",
        "format": str(FORMAT),
        "project": given.project,
        "client": book.settings.client,
        "export": given.export,
        "data": book.data_version,
        "date": book.date.isoformat(),
        "version": book.settings.version,
    }
    if given.part is not None:
        entries["person"] = given.part.name
    for row, (key, value) in enumerate(entries.items()):
        sheet.write_string(row, 0, key)
        if value:
            sheet.write_string(row, 1, short(value, 1000))
    # A name that Excel, or a sheet of ours, does not leave to a sheet of theirs: it is still the same sheet.
    altered = [(name, key.removeprefix(OWN)) for key, name in book.names.items() if key.startswith(OWN)]
    for row, (name, title) in enumerate(((n, t) for n, t in altered if n != t), len(entries)):
        sheet.write_string(row, 0, f"{TITLE}{name}")
        sheet.write_string(row, 1, json.dumps(title))
    for column, (name, words) in enumerate(book.lists.items(), LISTS):
        for row, word in enumerate((name, *words)):
            sheet.write_string(row, column, word)
    for key in PROPERTIES:
        if entries[key]:
            book.workbook.set_custom_property(property_name(key), short(entries[key], 250), "text")


def _speaks(cell: object) -> bool:
    return type(cell).__name__ != "Blank"
