"""A tiny complete library on disk, invented, for tests of the door and of the commands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

MINI = Path(__file__).parent / "data" / "good" / "mini"


@pytest.fixture
def mini_root(tmp_path: Path) -> Path:
    """Copy the tiny library into a folder of its own, to be changed at will."""
    root = tmp_path / "mini" / "mappings"
    shutil.copytree(MINI, root)
    return root
