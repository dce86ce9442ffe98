"""The data of a wheel, prepared when it is built: the values of each YAML file, which `prepared` makes again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import attrs

from imsmap.errors import DataError
from imsmap.library.load import survey_by
from imsmap.library.load.prepared import SEVERAL, SUFFIX, made, names_of, stamp
from imsmap.library.load.reading import Reading
from imsmap.library.load.roots import Source
from imsmap.library.load.sets import Set
from imsmap.library.load.tree import Held, Tree
from imsmap.library.model import Head, Standard

T = TypeVar("T")


def prepare(root: Path, folder: Path) -> tuple[Path, ...]:
    """Prepare a whole library into a folder; give the files, by their paths in it. DataError with every problem."""
    reading = _Keeping((root,))
    problems = survey_by(reading).problems
    if problems:
        raise DataError(problems)
    found = []
    for source, value in reading.kept.items():
        name = source.path.relative_to(root).with_suffix(SUFFIX)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(_written(source, value), "utf-8", newline="\n")
        found.append(name)
    return tuple(found)


class _Keeping(Reading):
    """A reading that keeps what each file says."""

    def __init__(self, roots: tuple[Path, ...]) -> None:
        super().__init__(roots)
        self.kept: dict[Source, object] = {}

    def _read(self, source: Source, type_: type[T], hand: Callable[[Tree], object]) -> tuple[Tree, T | None] | None:
        found = super()._read(source, type_, hand)
        self.kept[source] = found and found[1]
        return found

    def _set(self, source: Source, there: set[str]) -> tuple[Tree, Set | None] | None:
        found = super()._set(source, there)
        self.kept[source] = found and found[1]
        return found


def _written(source: Source, value: object) -> str:
    """Write what a file says: by what it was made and from what, the head of a standard, all of it; a line each."""
    classes: list[type] = []
    lines = [_head(value) if isinstance(value, Standard) else None, value]
    held = [_plain(one, classes) for one in lines]
    if [made(one, classes) for one in held] != lines:
        raise AssertionError(f"{source.shown}: what was prepared is not what was read")
    told = {
        "stamp": stamp(source.path),
        "classes": [(class_.__module__, class_.__name__, names_of(class_)) for class_ in classes],
    }
    return "".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in (told, *held))


def _head(standard: Standard) -> Head:
    return Head(**{name: getattr(standard, name) for name in names_of(Head) if name != "meant"})


def _plain(value: Held, classes: list[type]) -> Held:
    """Give what JSON holds of a value; a class that it is the first value of is added to the list."""
    if isinstance(value, tuple):
        return [SEVERAL, *(_plain(one, classes) for one in value)]
    if not attrs.has(type(value)):
        return value
    if type(value) not in classes:
        classes.append(type(value))
    parts = [_plain(getattr(value, name), classes) for name in names_of(type(value))]
    return [classes.index(type(value)), *parts]
