"""YAML text into plain values with the line of every key and value, all scalars as text.

PyYAML's composer is recursive and its C form crashes the process on text nested very deep; the event stream is not.
One pass over the events builds the values, finds equal keys, and stops at what is too deep or not plain YAML.
"""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import Any

import yaml

from imsmap.errors import DataError, Problem

Held = Any  # what a YAML file held, which cattrs gives its types; PyYAML's events have none either

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
LOADER: Held = getattr(yaml, "CLoader", yaml.Loader)  # the C parser where PyYAML was built with it

Path_ = tuple[str | int, ...]
_STAND_INS: tuple[Held, ...] = ("", [], "0")


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


def parse(text: str, shown: str, *, until: str | None = None) -> Tree:
    """Build the tree of a YAML text; DataError if it is no plain mapping.

    until: stop at this key of the outermost mapping, so that a file's head is read without its body.
    """
    tree = Tree(shown)
    try:
        loader = LOADER(text)
        try:
            _build(tree, loader, until)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        words = " ".join(part for part in (error.context, error.problem) if part)
        raise DataError([Problem(shown, line, f"is not YAML here: {words}; mend the line or the one above")]) from None
    except yaml.YAMLError as error:
        words = str(error).splitlines()[0]
        at = text.count("\n", 0, getattr(error, "position", 0)) + 1
        raise DataError([Problem(shown, at, f"holds a character that YAML forbids ({words}); remove it")]) from None
    if not isinstance(tree.value, dict):
        raise DataError([Problem(shown, 1, "must be a mapping with keys such as `key:` and `clauses:`")])
    return tree


_UNTAGGED = (None, "!")


def _build(tree: Tree, loader: Held, until: str | None) -> None:
    """Fill the tree from the events of a loader, without recursion, and stop at a key of the outermost mapping."""
    scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    ends, over, next_event = (yaml.MappingEndEvent, yaml.SequenceEndEvent), yaml.StreamEndEvent, loader.get_event
    outer: list[Held] = []  # the dicts and lists around the innermost that is open, with the key that waits there
    top: Held = None  # the innermost
    here: dict[Held, int] = {}  # its lines
    key: str | None = None  # in it, the key that waits for its value
    documents = 0
    # Asking before each event whether there is one, as `yaml.parse` does, would take as long as the event.
    while (kind := type(event := next_event())) is not over:
        if kind is scalar or kind is mapping or kind is sequence:
            if event.anchor is not None or event.tag not in _UNTAGGED:
                raise _refused(tree, event, "uses an anchor or a tag (`&name`, `!tag`); write plain values")
            value: Held = event.value if kind is scalar else {} if kind is mapping else []
            if key is not None:
                # The key's own line stays: it is the better place to look at.
                top[key] = value
                key = None
            elif top is None:
                tree.value = value
            elif type(top) is list:
                here[len(top)] = event.start_mark.line + 1
                top.append(value)
            elif kind is not scalar:
                raise _refused(tree, event, "uses a list or mapping as a key; keys are words")
            elif value == until and len(outer) == 1:
                return
            else:
                key = value
                line = event.start_mark.line + 1
                if key in here:
                    tree.problems.append(_twice(tree.shown, line, key, here[key]))
                here[key] = line
            if kind is not scalar:
                if len(outer) >= MAX_DEPTH:
                    raise _refused(tree, event, f"is nested deeper than {MAX_DEPTH} levels; no mapping data is")
                outer.append((top, here))
                top = value
                here = tree.lines[id(value)] = {}
        elif kind in ends:
            top, here = outer.pop()
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise _refused(tree, event, "holds a second document (`---`); put it into a file of its own")
        elif kind is yaml.AliasEvent:
            raise _refused(tree, event, "uses an alias (`*name`); write the value out")


def _twice(shown: str, line: int, key: str, first: int) -> Problem:
    return Problem(shown, line, f"the key {key!r} is here twice, first in line {first}; keep one")


def _refused(tree: Tree, event: Held, words: str) -> DataError:
    return DataError([*tree.problems, Problem(tree.shown, event.start_mark.line + 1, words)])
