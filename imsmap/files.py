"""Files on disk: written whole or not at all; outputs never over something else, a project's in place of the old ones.

Each step goes through a function of `os`, so that a test can stop or fail any of them.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from imsmap.errors import DataError, OutputError, Problem

_PART = ".imsmap-"
_BINARY = getattr(os, "O_BINARY", 0)
_MOST_NAMES = 1000
_HELD = (5, 32, 33)
"""What Windows says (access denied, sharing, lock) while a virus scanner or OneDrive looks at what was just written."""
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
"""Seconds between tries to name what is held; they let go within that time, or somebody has the file open."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\..*)?", re.I)


class Written(NamedTuple):
    """Where an output is now; `asked` is the name that was wanted, `new` tells whether bytes were written."""

    path: Path
    asked: Path
    new: bool

    @property
    def renamed(self) -> bool:
        """Tell whether the wanted name held something else."""
        return self.path != self.asked


def is_device(name: str) -> bool:
    """Tell whether Windows keeps a name for a device, whatever its suffix: no file could be called so there."""
    return _DEVICE.fullmatch(name) is not None


def in_file_name(client: str) -> str:
    """Write whose it is as every system takes it in the name of a file; nothing where no letter is left."""
    return re.sub(r"[^\w]+", "-", client).strip("-_")[:60].strip("-")


def _refuse_devices(path: Path) -> None:
    """Refuse a new name that could not be sent to anybody with Windows; what is there already stays usable."""
    for part in (path, *path.parents):
        if is_device(part.name) and not os.path.lexists(part):
            other = f"{part.stem.rstrip()}-1{part.suffix}"
            raise OutputError(
                f"{path}: Windows keeps the name {part.name} for a device, so nobody could open it there; name "
                f"another, such as {other}"
            )


def make_folder(path: Path) -> None:
    """Create a folder where there is none, with those above it."""
    _refuse_devices(path)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise OutputError(f"{path}: is a file, so nothing can be written into it; name a folder") from None
    except OSError as error:
        raise OutputError(
            f"{path}: the folder can't be made ({reason(error)}){advice(error) or '; name another'}"
        ) from None


def look_whether_writable(path: Path) -> None:
    """Refuse a name that `write` could not take, before what is to be written into it is made; makes nothing."""
    _refuse_devices(path)
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file, such as {path / ('out' + path.suffix)}")
    if not path.parent.is_dir():
        problem = errno.ENOTDIR if path.parent.exists() else errno.ENOENT
        error = OSError(problem, os.strerror(problem))
        raise OutputError(f"{path}: can't be written ({reason(error)}); nothing was changed{advice(error)}")


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
        _refuse_devices(path)
        for candidate in _names(path):
            if candidate.is_dir():
                raise OutputError(f"{candidate}: is a folder; name a file, such as {candidate / ('out' + path.suffix)}")
            if not os.path.lexists(candidate):
                _write_whole(candidate, content)
                return Written(candidate, path, True)
            if _holds(candidate, content):
                return Written(candidate, path, False)
    except OSError as error:
        raise OutputError(f"{path}: can't be written ({reason(error)}); nothing was changed{advice(error)}") from None
    raise OutputError(f"{path}: {_MOST_NAMES} files of this name are there already; move some away or name another")


def put(path: Path, content: bytes) -> None:
    """Put new content in place of a file's old one, whole; OutputError leaves the old one.

    The new content is on the disk before the name leads to it, and the name before this returns: that order is what a
    commit of a project rests on.
    """
    try:
        _write_whole(path, content)
    except OSError as error:
        raise OutputError(f"{path}: can't be written ({reason(error)}); nothing was changed{advice(error)}") from None
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


def sweep(folder: Path) -> None:
    """Remove what writes that were stopped midway left behind; only whoever holds the project's lock may."""
    for path in _parts(folder):
        with contextlib.suppress(OSError):
            path.unlink()


def part_folder(folder: Path, whose: str) -> Path:
    """Make a folder in which to gather files before all of them get their name at once; `whose` tells it from others'.

    Several projects may hand out into one folder at the same time.
    """
    part = folder / f"{_PART}{whose}-{os.urandom(6).hex()}.part"
    try:
        part.mkdir(parents=True)
    except OSError as error:
        # Nobody knows of the folder in between.
        raise OutputError(
            f"{folder}: nothing can be made in it ({reason(error)}){advice(error) or '; name another'}"
        ) from None
    return part


def move(part: Path, path: Path) -> None:
    """Give a gathered folder its name, which nothing has yet; OutputError leaves everything as it was."""
    _sync_folder(part)
    try:
        _named(os.rename, part, path)
    except OSError as error:
        raise OutputError(f"{path}: can't be made ({reason(error)}); nothing was handed out{advice(error)}") from None
    _sync_folder(path.parent)


def sweep_folders(folder: Path, whose: str) -> None:
    """Remove a project's folders that were gathered when a command was stopped; only who holds its lock may."""
    for path in _parts(folder, f"{whose}-"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)


def _parts(folder: Path, whose: str = "") -> Iterator[Path]:
    return folder.glob(f"{_PART}{whose}*.part") if folder.is_dir() else iter(())


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
    part = path.with_name(f"{_PART}{os.urandom(6).hex()}.part")
    try:
        _write(part, content)
        _named(os.replace, part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)  # noqa: PTH108
        raise


def _named(name: Callable[[Path, Path], None], part: Path, path: Path) -> None:
    """Give a part its name; tried again for a while where Windows says that somebody holds it."""
    for pause in _PAUSES:
        try:
            return name(part, path)
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
            time.sleep(pause)
    return name(part, path)


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
    if error.errno == errno.ENOENT:
        return "; make the folder first or name another"
    if error.errno == errno.ENOSPC:
        return "; make room on the disk and try again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "; close the file where it is open, or name a folder that you may write to"
    return ""
