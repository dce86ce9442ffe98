"""One command at a time writes in a project.

The system's own lock on a file is used, which ends with its process, so that a stopped command never shuts anybody out.
The file says who holds it; if it still does when the lock is free, that command was stopped midway.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from imsmap.errors import OutputError
from imsmap.files import advice, reason

NAME = ".lock"
_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)


@contextlib.contextmanager
def held(folder: Path, what: str) -> Iterator[str]:
    """Hold the project's lock; gives who held it when stopped midway, or nothing. OutputError if another has it."""
    path = folder / NAME
    if path.is_symlink():
        raise _elsewhere(path)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o666)
    except OSError as error:
        raise OutputError(f"{path}: can't be written ({reason(error)}); nothing was changed{advice(error)}") from None
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            raise _elsewhere(path)
        if not _take(handle):
            raise OutputError(
                f"{folder}: another imsmap command ({_said(handle) or 'unknown'}) is writing here; wait for it and "
                "try again"
            )
        before = _said(handle)
        with contextlib.suppress(OSError):
            _say(handle, f"{what}, process {os.getpid()}")
        try:
            yield before
        finally:
            with contextlib.suppress(OSError):
                _say(handle, "")
    finally:
        os.close(handle)


def _elsewhere(path: Path) -> OutputError:
    """Refuse a lock that leads to another file, which would be emptied when the lock is said to be free."""
    return OutputError(
        f"{path}: is no file of its own but leads elsewhere; nothing was changed; delete it and try again"
    )


def _said(handle: int) -> str:
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        return os.read(handle, 200).decode("utf-8", "replace").strip()
    except OSError:
        return ""


def _say(handle: int, text: str) -> None:
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, text.encode())


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """Windows lets nobody read what is locked, so a byte far behind the text is."""

    def _take(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise OutputError(
                f"the project's folder can't be locked ({reason(error)}), so two commands might write at once; move "
                "the project to a local disk"
            ) from None
        return True
