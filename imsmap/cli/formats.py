"""Which formats there are, by name and by the suffix of a file; each is a file in `exporters/`."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from imsmap.nearest import did_you_mean

TABLES = {"table": "terminal", "json": "json", "csv": "csv", "markdown": "markdown"}
"""What `--format` takes, and the exporter behind it."""

TABLE_SUFFIXES = {".txt": "table", ".json": "json", ".csv": "csv", ".md": "markdown"}
WHOLE_SUFFIXES = {".xlsx": "excel", ".html": "html"}
"""Formats that hold many answers at once: the workbook and the page."""
DOCUMENT_SUFFIXES = {".docx": "word", ".md": "markdown"}
"""Formats of the two pages for a director."""
PICTURE_SUFFIXES = {".svg": "svg", ".png": "png", ".pdf": "pdf", ".dot": "dot", ".pptx": "powerpoint"}


def exporter(name: str, what: str = "export") -> Callable[..., bytes]:
    """Give the `export` of a format, or another thing that it writes; its library is imported here and not before."""
    export: Callable[..., bytes] = getattr(importlib.import_module(f"imsmap.exporters.{name}"), what)
    return export


def by_suffix(path: Path, suffixes: dict[str, Any]) -> Any:
    """Look up what a file's suffix asks for; an unknown one is a wrong use."""
    found = suffixes.get(path.suffix.lower())
    if found is None:
        known = did_you_mean(path.suffix, suffixes) if path.suffix else f"add one of {', '.join(suffixes)}"
        raise click.UsageError(f"{path}: no format has the suffix {path.suffix or '(none)'}; {known}")
    return found
