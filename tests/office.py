"""LibreOffice, which looks at what we make: started once for all tests of a process, for to start takes longest.

It stays because a document is open in it; whoever starts it again with the same profile has the one that is there do
the work. Where none is there any more, or on Windows, that start does the work itself.
"""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.sharing import PATIENCE

WORKBOOK = "xlsx:Calc MS Excel 2007 XML"
TABLES = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1"
"""Each sheet as a table, text quoted and numbers whole and bare: made in half the time of a workbook."""
_THERE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2" '
    'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
    "<office:body><office:spreadsheet/></office:body></office:document>"
)
# What reads ends with us, however we end, and takes the program with it; where the program ends, so does what reads.
_WITH_US = '{ "$@"; kill -9 0; } </dev/null & read _; kill -9 0'
profiles: Path | None = None
"""Where profiles are kept; tests/fixtures.py says it when a run begins, and ends what was started when it ends."""
_kept: dict[Path, subprocess.Popen[bytes]] = {}


def needed(test: Callable[..., Any]) -> Any:
    """Mark a test that starts LibreOffice: it is slow, and skipped where the program is missing."""
    return pytest.mark.slow(_THERE(test))


@cache
def arial() -> str:
    """Say which font stands in for Arial here; where nobody can be asked, it is taken to be there."""
    program = shutil.which("fc-match")
    if program is None:
        return "Arial"
    asked = [program, "--format=%{family[0]}", "Arial"]
    return subprocess.run(asked, check=True, capture_output=True, encoding="utf-8", timeout=PATIENCE).stdout


def convert(sources: Sequence[Path], folder: Path, to: str = WORKBOOK) -> None:
    """Open files, all in one start of the program, and save each under its name in another folder.

    Only formulas without a stored value are computed (`without_values`).
    """
    assert profiles is not None
    profile = profiles / "profile"
    if not profile.exists():
        profile.mkdir()
        if sys.platform != "win32":
            _kept[profile] = _started(profile)
    words = ["--convert-to", to, "--outdir", str(folder), *map(str, sources)]
    run = subprocess.run(
        [*_program(profile), *words], env=_world(profile), check=True, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
    suffix = to.partition(":")[0]
    missing = [source.name for source in sources if not any(folder.glob(f"{glob.escape(source.stem)}[.-]*{suffix}"))]
    assert not missing, f"LibreOffice made nothing of {missing}: {run.stderr!r}"


def end() -> None:
    """End what was started, and take away the socket at which it listened, which it leaves when it is killed."""
    while _kept:
        profile, process = _kept.popitem()
        process.communicate()
        mark = hashlib.md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
        socket = f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in mark)}"
        Path("/tmp", socket).unlink(missing_ok=True)


def _program(profile: Path) -> list[str]:
    return ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]


def _world(profile: Path) -> dict[str, str]:
    return os.environ | {"TMPDIR": str(profile)}


def _started(profile: Path) -> subprocess.Popen[bytes]:
    """Start it with a document open, and wait until it has that locked: from then on it takes more work.

    Where that is not seen within half a minute, nothing is lost: whoever wants work done starts it, too.
    """
    document = profile / "open.fods"
    document.write_text(_OPEN, "utf-8")
    process = subprocess.Popen(
        ["sh", "-c", _WITH_US, "sh", *_program(profile), str(document)],
        env=_world(profile), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    locked = profile / f".~lock.{document.name}#"
    for _ in range(600):
        if locked.exists() or process.poll() is not None:
            break
        time.sleep(0.05)
    return process
