"""Where a client's project is; commands ask this first, so it loads nothing else."""

from __future__ import annotations

from pathlib import Path

FILE = "imsmap.toml"
"""The file of a project's settings; a folder that holds one is a project."""
CHECKED = "checked.csv"
"""Which points somebody checked against the text of a standard."""

LICENSED = "licensed"
"""The folder with the text of standards; what is in it stays on this machine."""


def find(folder: Path) -> Path | None:
    """Find the project that a folder belongs to: itself or the nearest above it that holds `imsmap.toml`."""
    here = folder.resolve()
    return next((place for place in (here, *here.parents) if (place / FILE).is_file()), None)
