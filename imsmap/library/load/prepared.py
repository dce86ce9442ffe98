"""Values that were prepared when the wheel was built: what each YAML file says, to be had without reading YAML.

They lie in the package, beside the copy of the YAML that they were made from, and stand for that copy alone. Whatever
was not made from these very bytes by this very version is left alone, and the YAML is read. A wheel fits every Python,
so they are JSON: `marshal` differs from one to the next, and `pickle` runs what it holds.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import blake2b
from importlib import import_module
from pathlib import Path

import attrs

from imsmap import __version__
from imsmap.library.load import roots
from imsmap.library.load.roots import Source
from imsmap.library.load.tree import Held, Path_, Tree, read_text

FORMAT = 1
"""Counts up when the same values are written otherwise; of which fields they are made, each file says itself."""
NAME = "mappings_prepared"
SUFFIX = ".json"
MODULES = tuple(f"imsmap.library.{name}" for name in ("model", "editions", "guides", "load.kinds", "load.guide_kinds"))
"""Where the classes of values are; no other is ever made."""
ENTRIES = ("clauses", "relations")
"""The lists of entries of which a file consists."""
SEVERAL = -1
"""Stands for a tuple where a value begins with the place of its class in the file's list."""


class Unread(Tree):
    """A file whose values were prepared: it is read only where somebody asks for a line of it."""

    def __init__(self, source: Source) -> None:
        """Read nothing yet."""
        super().__init__(source.shown)
        self._path = source.path

    def line(self, path: Path_) -> int:
        """Give the line of a value, or of the nearest value above it that stands in the file."""
        if self.value is None:
            from imsmap.library.load.parsing import parse

            read = parse(read_text(self._path, self.shown), self.shown)
            self.value, self.lines = read.value, read.lines
        return super().line(path)


class Given(Unread):
    """A file that is about to be written, whose value is at hand: its line 2 stands for its first entry, and so on."""

    def line(self, path: Path_) -> int:
        """Give the line that stands for the entry in which a value is, the first line for what is in none."""
        at = path[1] if len(path) > 1 else None
        return at + 2 if path[0] in ENTRIES and isinstance(at, int) else 1


def value(source: Source) -> Held:
    """Give what a file says as a value; nothing if it has to be read."""
    return _held(source, 2)


def head(source: Source) -> Held:
    """Give what a standard's file says of it without its clauses; nothing if it has to be read."""
    return _held(source, 1)


def _held(source: Source, line: int) -> Held:
    if source.root != roots.INSTALLED:
        return None
    try:
        place = source.root.with_name(NAME) / source.path.relative_to(source.root).with_suffix(SUFFIX)
        with place.open(encoding="utf-8") as file:
            told = json.loads(file.readline())
            if told["stamp"] != stamp(source.path):
                return None
            classes = [_class(module, name) for module, name, _ in told["classes"]]
            if any(names_of(one) != names for one, (_, _, names) in zip(classes, told["classes"], strict=True)):
                return None
            held = [file.readline() for _ in range(line)][-1]
        return made(json.loads(held), classes)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def stamp(path: Path) -> list[str | int]:
    """Tell with what data that this version prepares from a file are stamped: the form, the version, the bytes."""
    return [FORMAT, __version__, blake2b(path.read_bytes(), digest_size=16).hexdigest()]


def names_of(class_: type) -> list[str]:
    """Name what a value of a class is made of, in its order."""
    return [field.name for field in attrs.fields(class_)]


@cache
def _class(module: str, name: str) -> type:
    if module not in MODULES:
        raise LookupError(module)
    found: type = getattr(import_module(module), name)
    return found


def made(held: Held, classes: list[type]) -> Held:
    """Make the values that JSON holds."""
    if type(held) is not list:
        return held
    parts = [made(one, classes) if type(one) is list else one for one in held[1:]]
    return tuple(parts) if held[0] == SEVERAL else classes[held[0]](*parts)
