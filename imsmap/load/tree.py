"""YAML text into plain values with the line of every key and value, all scalars as text.

PyYAML's composer is recursive and its C form crashes the process on text nested very deep; the event stream is not.
One pass over the events builds the values, finds equal keys, and stops at what is too deep or not plain YAML.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from imsmap.errors import DataError, Problem

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)  # the C parser where PyYAML was built with it

Path_ = tuple[str | int, ...]


class Tree:
    """What a file says: `value` holds dicts, lists and texts; `line` tells where a key or value stands."""

    def __init__(self, shown: str) -> None:
        """Begin with nothing; `shown` is the file's name for messages."""
        self.shown = shown
        self.value: Any = None
        self.lines: dict[Path_, int] = {}
        self.problems: list[Problem] = []

    def line(self, path: Path_) -> int:
        """Give the line of a value, or of the nearest value above it that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Path_, message: str) -> None:
        """Note a problem at the line of a value."""
        self.problems.append(Problem(self.shown, self.line(path), message))


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
        _build(tree, yaml.parse(text, Loader=LOADER), until)
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


class _Open:
    """A mapping or list that is being filled."""

    __slots__ = ("key", "path", "value")

    def __init__(self, value: dict[str, Any] | list[Any], path: Path_) -> None:
        self.value = value
        self.path = path
        self.key: str | None = None


def _build(tree: Tree, events: Any, until: str | None) -> None:
    stack: list[_Open] = []
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _refused(tree, event, "holds a second document (`---`); put it into a file of its own")
        elif isinstance(event, yaml.AliasEvent):
            raise _refused(tree, event, "uses an alias (`*name`); write the value out")
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            stack.pop()
        elif isinstance(event, (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if event.anchor is not None or (event.tag is not None and event.tag != "!"):
                raise _refused(tree, event, "uses an anchor or a tag (`&name`, `!tag`); write plain values")
            if not _take(tree, stack, event, until):
                return


def _take(tree: Tree, stack: list[_Open], event: Any, until: str | None) -> bool:
    """Put one value where it belongs; False if this is where reading stops."""
    line = event.start_mark.line + 1
    scalar = isinstance(event, yaml.ScalarEvent)
    value: Any = event.value if scalar else {} if isinstance(event, yaml.MappingStartEvent) else []
    path: Path_ = ()
    if stack:
        top = stack[-1]
        if isinstance(top.value, list):
            path = (*top.path, len(top.value))
            top.value.append(value)
        elif top.key is None:
            if not scalar:
                raise _refused(tree, event, "uses a list or mapping as a key; keys are words")
            if value == until and not top.path:
                return False
            top.key = value
            here = (*top.path, value)
            if value in top.value:
                first = tree.line(here)
                tree.problems.append(
                    Problem(tree.shown, line, f"the key {value!r} is here twice, first in line {first}; keep one")
                )
            tree.lines[here] = line
            return True
        else:
            path = (*top.path, top.key)
            top.value[top.key] = value
            top.key = None
            # The key's own line is the better place to look at, and it is known already.
            line = tree.lines.get(path, line)
    else:
        tree.value = value
    tree.lines[path] = line
    if not scalar:
        if len(stack) >= MAX_DEPTH:
            raise _refused(tree, event, f"is nested deeper than {MAX_DEPTH} levels; no mapping data is")
        stack.append(_Open(value, path))
    return True


def _refused(tree: Tree, event: Any, words: str) -> DataError:
    return DataError([*tree.problems, Problem(tree.shown, event.start_mark.line + 1, words)])
