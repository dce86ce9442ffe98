"""What a file says, as plain values with the line of every key and value, and the problems found in it."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import Any

from imsmap.errors import DataError, Problem

Held = Any  # what a YAML file held, which cattrs gives its types; PyYAML's events have none either

MAX_BYTES = 10_000_000
"""So large a file of mapping data may be: a large framework with its clauses takes a few megabytes, no more."""

Path_ = tuple[str | int, ...]
_STAND_INS: tuple[Held, ...] = ("", [], "0")


def beginning(path: Path, size: int) -> bytes:
    """Read the first lines of a file, as far as they are whole within so many bytes."""
    with path.open("rb") as file:
        found = file.read(size)
    return found if len(found) < size else found[: found.rfind(b"\n") + 1]


class Tree:
    """What a file says: `value` holds dicts, lists and texts; `line` tells where a key or value stands."""

    def __init__(self, shown: str) -> None:
        """Begin with nothing; `shown` is the file's name for messages."""
        self.shown = shown
        self.value: Held = None
        self.lines: dict[int, dict[Held, int]] = {}
        """For each dict and list (by identity: the tree keeps them alive), the lines of its keys or places."""
        self.problems: list[Problem] = []
        self.mended: dict[int, set[Held]] = {}
        """For each dict and list from which something unreadable was taken, what: faults that follow are not told."""
        self._stood_in: dict[tuple[int, str | int], int] = {}
        self._gone: list[Held] = []  # kept alive, so that no other value gets the identity of what was taken out

    def line(self, path: Path_) -> int:
        """Give the line of a value, or of the nearest value above it that stands in the file."""
        line, value = 1, self.value
        for step in path:
            here = self.lines.get(id(value), {})
            if step not in here:
                break
            line = here[step]
            try:
                value = value[step]
            except (KeyError, IndexError):
                break
        return line

    def fault(self, path: Path_, message: str) -> None:
        """Note a problem at the line of a value, unless it only follows from what was taken out there."""
        if not (self.mended and self._follows(path)):
            self.problems.append(Problem(self.shown, self.line(path), message))

    def _follows(self, path: Path_) -> bool:
        value = self.value
        for step in path:
            if step in self.mended.get(id(value), ()):
                return True
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                break
        return id(value) in self.mended

    def take_out(self, path: Path_) -> bool:
        """Take out the value at a path, or the nearest entry above it that can go; False if nothing can."""
        values = [self.value]
        for step in path[:-1]:
            try:
                values.append(values[-1][step])
            except (KeyError, IndexError, TypeError):
                break
        for value, step in reversed(list(zip(values, path, strict=False))):
            if isinstance(value, dict) and step in value:
                self._gone.append(value.pop(step))
                self.mended.setdefault(id(value), set()).add(step)
                return True
            if isinstance(value, list) and isinstance(step, int) and step < len(value):
                self._drop(value, step)
                self._mark_holder(values, value)
                return True
        return False

    def stand_in(self, path: Path_) -> bool:
        """Put something harmless where a key is missing, the last of the path; False once nothing is left to try."""
        value = self.value
        for step in path[:-1]:
            value = value[step]
        key = path[-1]
        tried = self._stood_in.setdefault((id(value), key), 0)
        if tried == len(_STAND_INS):
            return False
        self._stood_in[id(value), key] = tried + 1
        value[key] = copy(_STAND_INS[tried])
        self.mended.setdefault(id(value), set()).add(key)
        return True

    def respell(self, path: Path_, meant: str) -> None:
        """Read a key, the last of the path, as the one that it means."""
        value = self.value
        for step in path[:-1]:
            value = value[step]
        value[meant] = value.pop(path[-1])
        lines = self.lines.get(id(value), {})
        if path[-1] in lines:
            lines[meant] = lines.pop(path[-1])

    def _drop(self, entries: list[Held], index: int) -> None:
        self._gone.append(entries.pop(index))
        lines = self.lines.get(id(entries), {})
        self.lines[id(entries)] = {at - (at > index): line for at, line in lines.items() if at != index}

    def _mark_holder(self, values: list[Held], entries: list[Held]) -> None:
        """Note what holds a list that lost an entry: that it asks for nothing, say, may only follow from the loss."""
        for holder in values:
            if isinstance(holder, dict) and any(inner is entries for inner in holder.values()):
                self.mended.setdefault(id(holder), set())


def read_text(path: Path, shown: str) -> str:
    """Read a file as UTF-8; DataError if that can't be done."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            megabytes = MAX_BYTES // 1_000_000
            raise DataError(
                [Problem(shown, None, f"is larger than {megabytes} MB; split it or remove what is no data")]
            )
        data = path.read_bytes()
    except OSError as error:
        raise DataError(
            [Problem(shown, None, f"cannot be read ({error.strerror}); check its name and rights")]
        ) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError([Problem(shown, line, "is not UTF-8; save the file as UTF-8")]) from None
    if not text.strip():
        raise DataError([Problem(shown, 1, "is empty; fill it or delete it")])
    return text
