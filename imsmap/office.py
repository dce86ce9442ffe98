"""LibreOffice, where it is there: a workbook printed as PDF, by a profile of its own, with nothing left behind.

It is started without a window, on a copy in a folder of its own, which goes with everything that it wrote; where it
takes too long, it is ended with all that it started. Nothing of the user's LibreOffice, open or not, is touched.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from imsmap.errors import OutputError

_NAMES = ("soffice", "libreoffice")
_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
SECONDS = 300
"""As long as it may take; a pack takes about ten."""
_PDF = (
    'pdf:calc_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
_MADE = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)[0-9]{14}")
_MARKS = re.compile(rb"(/ID ?\[ ?<)([0-9A-F]{32})(>\s*<)([0-9A-F]{32})(>)|(/DocChecksum /)([0-9A-F]{32})")
_BOOK, _PRINTED = "workbook.xlsx", "workbook.pdf"
BY_HAND = (
    "make the workbook for paper (imsmap build --variant print), open it in Excel, and choose File, Save As, PDF, "
    "Options, Entire workbook; or install LibreOffice, and give the same command again"
)
"""How to get a PDF without it."""


def program() -> str | None:
    """Find LibreOffice; nothing where it is not installed."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in _ELSEWHERE if os.access(path, os.X_OK)), None)


def missing() -> str:
    """Say how to get a PDF where LibreOffice is not installed; nothing where it is."""
    return "" if program() else f"a .pdf is printed by LibreOffice, which is not on this machine: {BY_HAND}"


def printed(workbook: bytes, date: datetime.date, *, seconds: float = SECONDS, command: str | None = None) -> bytes:
    """Print a workbook as PDF; OutputError says what went wrong, and how to do it by hand.

    date: that the file says it was made on. command: the program, if it is not to be looked for.
    """
    office = command or program()
    if office is None:
        raise OutputError(missing())
    with tempfile.TemporaryDirectory(prefix="imsmap-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / _BOOK).write_bytes(workbook)
        told = _run(office, folder, seconds)
        try:
            content = (folder / _PRINTED).read_bytes()
        except OSError:
            content = b""
    if not content.startswith(b"%PDF"):
        raise OutputError(f"LibreOffice made no .pdf{f' ({told})' if told else ''}; nothing was written: {BY_HAND}")
    return _dated(content, date)


def _dated(content: bytes, date: datetime.date) -> bytes:
    """Give the file the date that it is given and marks of its content: the same input gives the same bytes.

    All are as long as they were, so that what is told of places in the file stays true.
    """
    stamp = f"{date:%Y%m%d}120000".encode()
    content = _MADE.sub(lambda match: match[1] + stamp, content)
    bare = _MARKS.sub(b"", content)
    mark = hashlib.sha256(bare).hexdigest()[:32].upper().encode()

    def marked(match: re.Match[bytes]) -> bytes:
        return match[6] + mark if match[6] else match[1] + mark + match[3] + mark + match[5]

    return _MARKS.sub(marked, content)


def _run(office: str, folder: Path, seconds: float) -> str:
    """Let it print what lies in the folder, and give the last that it said."""
    # It takes its settings, its lock and what it keeps for later from these places.
    ours = {
        "HOME": str(folder), "TMPDIR": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder),
    }  # fmt: skip
    words = [
        office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nologo",
        "--nodefault", "--nolockcheck", "--nofirststartwizard", "--convert-to", _PDF,
        "--outdir", str(folder), str(folder / _BOOK),
    ]  # fmt: skip
    try:
        process = subprocess.Popen(
            words, cwd=folder, env={**os.environ, **ours}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise OutputError(f"{office}: can't be started ({error.strerror}); nothing was written: {BY_HAND}") from None
    try:
        out, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise OutputError(
            f"LibreOffice did not print within {seconds:g} seconds, and was ended; nothing was written: {BY_HAND}"
        ) from None
    finally:
        _end(process)
    lines = out.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip() if lines and process.returncode else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it with all that it started: soffice is a script that starts the program."""
    if sys.platform == "win32":
        if process.poll() is None:
            process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
