"""The marks that writer and reader of workbooks share: whose a workbook is, which sheet is which, where ids stand.

* The very hidden sheet `_imsmap`: `imsmap` in A1, then keys and values in columns A and B (format, project, client,
  export, data, date, version); the custom properties `imsmap project` and `imsmap export` say the same.
* On each sheet, column A (hidden) holds the ids of rows; a hidden row above the table holds the keys of columns, and in
  column A `imsmap:<key of the sheet>:<id of the export>`; the headings stand in the row below it.
"""

from __future__ import annotations

import re

META = "_imsmap"
"""The name of the hidden sheet that says whose workbook this is, and holds the lists that cells offer."""
STATE = "_imsmap_state"
"""The name of the hidden sheet on which formulas work out what the answers mean; nothing on it comes back."""
LICENSED = "licensed_text"
"""The key of the sheet with the text of standards; nothing on it comes back, so that none gets into the answers."""
LISTS = 3
"""Its column in which the lists begin, counted from 0."""
FORMAT = 1
"""Of what the reader expects: another number for a workbook that today's reader would misread."""
TOOL = "imsmap"
"""The first word of the hidden sheet and of every mark, and the author of notes that the tool writes on cells."""
PROPERTIES = ("project", "export")
"""What the custom properties say too, for when the hidden sheet is gone."""

TITLE = "sheet "
"""Begins an entry of the hidden sheet: the name of a tab follows, and its title as people wrote it, as JSON."""

_MARK = re.compile(rf"{TOOL}:([A-Za-z][A-Za-z0-9_.-]*):([A-Za-z0-9_.-]+)")


def property_name(key: str) -> str:
    """Name the custom property that says the same as an entry of the hidden sheet."""
    return f"{TOOL} {key}"


def mark(sheet: str, export: str) -> str:
    """Say which sheet of which export this is, in the row of its column keys."""
    return f"{TOOL}:{sheet}:{export}"


def marked(text: str) -> tuple[str, str] | None:
    """Read a mark: the key of the sheet and the id of the export; nothing if it is none."""
    match = _MARK.fullmatch(text.strip())
    return None if match is None else (match[1], match[2])
