"""Files of a project on disk: each is put in place whole, and is safe on the disk before the next step begins."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from imsmap.errors import DataError, OutputError, Problem

_PART = ".imsmap-"
_BINARY = getattr(os, "O_BINARY", 0)


def put(path: Path, content: bytes) -> None:
    """Put a file in place whole; OutputError leaves what was there.

    The new content is on the disk before the name leads to it, and the name before this returns: that order is what a
    commit rests on.
    """
    part = path.with_name(f"{_PART}{secrets.token_hex(6)}.part")
    try:
        _write(part, content)
        os.replace(part, path)  # noqa: PTH105 - one module for every step that may fail
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.unlink(part)  # noqa: PTH108
        if isinstance(error, OSError):
            raise OutputError(f"{path}: can't be written ({reason(error)}){advice(error)}") from None
        raise
    _sync_folder(path.parent)


def read(path: Path, shown: str) -> bytes:
    """Read a file; DataError tells what is in the way."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(
            [Problem(shown, None, f"cannot be read ({reason(error)}); check its name and rights")]
        ) from None


def remove(path: Path) -> None:
    """Remove a file that holds nothing any more; OutputError if that can't be done."""
    try:
        os.unlink(path)  # noqa: PTH108
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(f"{path}: can't be removed ({reason(error)}){advice(error)}") from None


def make_folder(path: Path) -> None:
    """Make a folder where there is none."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: the folder can't be made ({reason(error)}){advice(error)}") from None


def sweep(folder: Path) -> None:
    """Remove what writes that were stopped midway left behind; only whoever holds the project's lock may."""
    for path in _parts(folder):
        with contextlib.suppress(OSError):
            path.unlink()


def part_folder(folder: Path) -> Path:
    """Make a folder in which to gather files before all of them get their name at once."""
    part = folder / f"{_PART}{secrets.token_hex(6)}.part"
    make_folder(part)
    return part


def move(part: Path, path: Path) -> None:
    """Give a gathered folder its name, which nothing has yet; OutputError leaves everything as it was."""
    _sync_folder(part)
    try:
        os.rename(part, path)  # noqa: PTH104 - one module for every step that may fail
    except OSError as error:
        raise OutputError(f"{path}: can't be made ({reason(error)}); nothing was handed out{advice(error)}") from None
    _sync_folder(path.parent)


def sweep_folders(folder: Path) -> None:
    """Remove folders that were gathered when a command was stopped; only whoever holds the project's lock may."""
    for path in _parts(folder):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)


def _parts(folder: Path) -> Iterator[Path]:
    return folder.glob(f"{_PART}*.part") if folder.is_dir() else iter(())


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    """Bring a new name to the disk, where the system can (Windows cannot, and does it by itself)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def reason(error: OSError) -> str:
    """Say why the system refused."""
    return error.strerror or type(error).__name__


def advice(error: OSError) -> str:
    """Say what to do about it."""
    if error.errno == errno.ENOSPC:
        return "; make room on the disk and try again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "; close the file where it is open, and check that you may write there"
    return ""
