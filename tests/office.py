"""LibreOffice, which looks at what we make: one profile serves a run of tests, for to make one takes longest."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.sharing import PATIENCE

WORKBOOK = "xlsx:Calc MS Excel 2007 XML"
_THERE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
_ALWAYS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
    '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>'
)
profiles: Path | None = None
"""Where profiles are kept; tests/fixtures.py says it when a run begins."""


def needed(test: Callable[..., Any]) -> Any:
    """Mark a test that starts LibreOffice: it is slow, and skipped where the program is missing."""
    return pytest.mark.slow(_THERE(test))


def convert(sources: Sequence[Path], folder: Path, to: str = WORKBOOK, *, recalculate: bool = False) -> None:
    """Open files, all in one start of the program, and save each under its name in another folder.

    recalculate: compute every formula anew; else only those without a stored value are computed.
    """
    assert profiles is not None
    profile = profiles / ("recalculating" if recalculate else "plain")
    if recalculate and not profile.exists():
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, "utf-8")
    subprocess.run(
        [
            "soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", to,
            "--outdir", str(folder), *map(str, sources),
        ],
        check=True, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
