"""Outputs on disk: written whole or not at all, and never over something else."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from imsmap.errors import OutputError

_MOST_NAMES = 1000


class Written(NamedTuple):
    """Where an output is now; `asked` is the name that was wanted, `new` tells whether bytes were written."""

    path: Path
    asked: Path
    new: bool

    @property
    def renamed(self) -> bool:
        """Tell whether the wanted name held something else."""
        return self.path != self.asked


def make_folder(path: Path) -> None:
    """Create a folder for outputs, with those above it."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise OutputError(f"{path}: is a file, so nothing can be written into it; name a folder") from None
    except OSError as error:
        raise OutputError(f"{path}: the folder can't be made ({_reason(error)}); name another") from None


def write(path: Path, content: bytes) -> Written:
    """Write an output whole, or raise OutputError and leave everything as it was.

    A file of that name with the same content stays; one with other content stays too, and the output gets the next
    free name: `x (2).csv`.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            # A device or a pipe, such as /dev/stdout: there is nothing to lose.
            path.write_bytes(content)
            return Written(path, path, True)
        for candidate in _names(path):
            if candidate.is_dir():
                raise OutputError(f"{candidate}: is a folder; name a file, such as {candidate / ('out' + path.suffix)}")
            if not os.path.lexists(candidate):
                _write_whole(candidate, content)
                return Written(candidate, path, True)
            if _holds(candidate, content):
                return Written(candidate, path, False)
    except OSError as error:
        raise OutputError(f"{path}: can't be written ({_reason(error)}); nothing was changed{_advice(error)}") from None
    raise OutputError(f"{path}: {_MOST_NAMES} files of this name are there already; move some away or name another")


def replace(path: Path, content: bytes) -> None:
    """Put new content in place of a file's old one, whole; OutputError leaves the old one."""
    try:
        _write_whole(path, content)
    except OSError as error:
        raise OutputError(f"{path}: can't be written ({_reason(error)}); nothing was changed{_advice(error)}") from None


def _names(path: Path) -> Iterator[Path]:
    yield path
    yield from (path.with_name(f"{path.stem} ({n}){path.suffix}") for n in range(2, _MOST_NAMES + 1))


def _holds(path: Path, content: bytes) -> bool:
    """Tell whether a file has just this content; one that can't be read counts as other content."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _write_whole(path: Path, content: bytes) -> None:
    """Write beside the target and move into place, so that a full disk or a stop leaves no half file."""
    part = path.with_name(f".imsmap-{secrets.token_hex(6)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _advice(error: OSError) -> str:
    if error.errno == errno.ENOENT:
        return "; make the folder first or name another"
    if error.errno == errno.ENOSPC:
        return "; make room on the disk"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "; name a folder that you may write to, and close the file where it is open"
    return ""
