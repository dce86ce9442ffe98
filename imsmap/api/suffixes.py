"""Which formats there are, by name and by the suffix of a file; each says so in its file in `exporters/`."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from imsmap import about
from imsmap.errors import UsageError
from imsmap.nearest import did_you_mean


def _holding(what: str) -> dict[str, about.Format]:
    """Give the formats that hold something, by the names of their files."""
    return {name: one for name, one in about.formats().items() if what in one.holds}


TABLES = {one.name or name: name for name, one in _holding("answers").items()}
"""What `--format` takes, and the exporter behind it."""
TABLE_SUFFIXES = {one.suffix: one.name or name for name, one in _holding("answers").items()}
WHOLE_SUFFIXES = {one.suffix: name for name, one in _holding("deliverables").items()}
"""Formats that hold many answers at once: the workbook and the page."""
DOCUMENT_SUFFIXES = {one.suffix: name for name, one in _holding("documents").items()}
"""Formats of the two pages for a director."""
PICTURE_SUFFIXES = {one.suffix: name for name, one in _holding("pictures").items()}


def exporter(name: str) -> Callable[..., bytes]:
    """Give the `export` of a format; its library is imported here and not before."""
    export: Callable[..., bytes] = importlib.import_module(f"imsmap.exporters.{name}").export
    return export


def by_suffix(path: Path, suffixes: dict[str, Any]) -> Any:
    """Look up what a file's suffix asks for; an unknown one is a wrong use."""
    found = suffixes.get(path.suffix.lower())
    if found is None:
        known = did_you_mean(path.suffix, suffixes) if path.suffix else f"add one of {', '.join(suffixes)}"
        raise UsageError(f"{path}: no format has the suffix {path.suffix or '(none)'}; {known}")
    return found
