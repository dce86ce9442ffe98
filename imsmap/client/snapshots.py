"""What an export held when it went out, read back from the workbook itself: the base of a merge."""

from __future__ import annotations

import contextlib
import gzip
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from imsmap import files
from imsmap.client import lines
from imsmap.errors import DataError, Problem
from imsmap.register.cells import Cells, Key, Value, to_json

FOLDER = "snapshots"
PERSON, WHOLE = "person", "whole"
"""What is said of one person's workbook: whose it is, and under which id the rows of everybody are kept beside it."""
_LONGEST = 100_000
"""Bytes of a head: no file of another is read on and on for it."""
_EXPORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{3,63}")


def is_export(export: str) -> bool:
    """Tell whether a text can be the id of an export; ids come from files of others, and name a file here."""
    return _EXPORT.fullmatch(export) is not None


def save(root: Path, export: str, cells: Cells, **about: Any) -> None:
    """Keep what an export holds; the same cells give the same bytes. OutputError if it can't be written."""
    if not is_export(export):
        raise ValueError(f"{export!r} is no id of an export")
    files.make_folder(root / FOLDER)
    content = lines.dump_values(
        {"export": export, **about}, Key._fields, ((key, to_json(cells[key])) for key in sorted(cells))
    )
    files.put(_path(root, export), gzip.compress(content, 6, mtime=0))


def load(root: Path, export: str) -> dict[Key, Value] | None:
    """Give what an export held; nothing if its snapshot is gone. DataError if it is broken."""
    found = whole(root, export)
    return None if found is None else found[1]


def whole(root: Path, export: str) -> tuple[lines.Record, dict[Key, Value]] | None:
    """Give what was said about an export when it was made, and what it held; nothing if its snapshot is gone."""
    if not is_export(export) or not _path(root, export).exists():
        return None
    content, shown = _content(root, export)
    head, found = lines.values(content, shown, Key._fields)
    return head, {Key._make(by): value for _, by, value in found if value is not None}


def newest(root: Path) -> dict[Key, Value] | None:
    """Give what the export held that was made last, and not for one person alone; nothing if none can be read."""
    try:
        made = sorted((path.stat().st_mtime_ns, path.name) for path in (root / FOLDER).glob("*.jsonl.gz"))
        for _, name in reversed(made):
            found = whole(root, name.removesuffix(".jsonl.gz"))
            if found is not None and WHOLE not in found[0]:
                return found[1]
    except (OSError, DataError):
        return None
    return None


def about(root: Path, export: str) -> Mapping[str, Any] | None:
    """Give what was said about an export when it was made; nothing if its snapshot is gone."""
    if not is_export(export) or not _path(root, export).exists():
        return None
    return lines.load(*_content(root, export)).head


def heads(root: Path) -> tuple[lines.Record, ...]:
    """Give what was said about each export when it was made, in no order; one that can't be read is left out."""
    found = []
    for path in sorted((root / FOLDER).glob("*.jsonl.gz")):
        with contextlib.suppress(OSError, EOFError, zlib.error, DataError), gzip.open(path) as file:
            found.append(lines.head(file.readline(_LONGEST), path.name))
    return tuple(found)


def _content(root: Path, export: str) -> tuple[bytes, str]:
    path = _path(root, export)
    shown = f"{FOLDER}/{path.name}"
    try:
        return gzip.decompress(files.read(path, shown)), shown
    except (OSError, EOFError, zlib.error):
        words = "is damaged; put it back from a copy, or delete it: what comes back is then merged without a base"
        raise DataError([Problem(shown, None, words)]) from None


def _path(root: Path, export: str) -> Path:
    return root / FOLDER / f"{export}.jsonl.gz"
