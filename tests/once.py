"""What is read of a library, and its graph, is made once in a process: both are frozen, so all may have the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

from attrs import evolve

from imsmap.errors import Problem
from imsmap.library import load as reading
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import Place, Survey, editions, load, prepared
from imsmap.library.load.reading import Reading
from imsmap.library.load.roots import Source, files
from imsmap.library.load.sets import Set, ends_of
from imsmap.library.load.tree import Tree
from imsmap.library.model import Library
from imsmap.reasoning.checking import find_problems
from tests.fixtures import MAPPINGS

T = TypeVar("T")
_files: dict[tuple[object, ...], Any] = {}
_libraries: dict[tuple[object, ...], list[Library]] = {}
_read: dict[tuple[object, ...], Any] = {}
_graphs: dict[int, ClauseGraph] = {}
_problems: dict[tuple[int, int], tuple[ClauseGraph, Mapping[str, Place], tuple[Problem, ...]]] = {}
_KEPT = 24


def remembered(read: Callable[..., Any]) -> Callable[..., Any]:
    """Make what reads folders read the same files in the same state but once."""

    def found(roots: Any, *standards: Iterable[str] | None, **more: Any) -> Any:
        folders = (roots,) if isinstance(roots, Path) else tuple(roots)
        wanted = tuple(None if keys is None else frozenset(keys) for keys in standards)
        # The shipped data stay as they are.
        state = tuple(file for folder in folders if folder != MAPPINGS for file in _state(folder))
        key = (read.__name__, folders, wanted, tuple(sorted(more.items())), state)
        if key not in _read:
            with _files_once():
                _read[key] = _equal(read(roots, *wanted, **more))
        return _read[key]

    return found


def _state(folder: str | Path) -> Iterator[tuple[str, int, int]]:
    """Give each file in a folder, when it was changed last and how large it is."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.is_dir():
                yield from _state(entry.path)
            elif entry.is_file():
                yield entry.path, entry.stat().st_mtime_ns, entry.stat().st_size


@contextmanager
def _files_once() -> Iterator[None]:
    """Let what a sound file says be made once, wherever copies of it lie: they are checked as ever."""
    with mock.patch.object(reading, "Reading", Once):
        yield


class _Known(prepared.Given):
    """A file that was read before, or a copy of it: whoever asks for a line reads it."""

    line = prepared.Unread.line


class Once(Reading):
    """A reading that knows what sound files say that any before it read."""

    def _read(self, source: Source, type_: type[T], hand: Callable[[Tree], object]) -> tuple[Tree, T | None] | None:
        key = (type_, hand, source.path.name, _bytes(source.path))
        if key in _files and source.path not in self._given:
            return _Known(source), _files[key]
        found = super()._read(source, type_, hand)
        # Where the key is not the file's name, that has to be told each time.
        if found is not None and _is_sound(*found) and getattr(found[1], "key", source.stem) == source.stem:
            _files[key] = found[1]
        return found

    def _set(self, source: Source, there: set[str]) -> tuple[Tree, Set | None] | None:
        key = (source.path.name, _bytes(source.path))
        known = _files.get(key) if source.path not in self._given else None
        if known is not None and {known[0].subject, known[0].object} <= there:
            return _Known(source), known
        found = super()._set(source, there)
        if found is not None and _is_sound(*found):
            _files[key] = found[1]
        return found


def _bytes(path: Path) -> bytes:
    """Give what a file holds; nothing if it can't be read, of which nothing is remembered."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _is_sound(tree: Tree, value: object) -> bool:
    return value is not None and type(tree) is Tree and not tree.problems


def _equal(found: Any) -> Any:
    """Give for a library the one that was read first of all that are equal, so that their graph is the same."""
    if isinstance(found, Survey):
        return evolve(found, library=_equal(found.library))
    if not isinstance(found, Library):
        return found
    known = _libraries.setdefault(tuple((one.key, len(one.clauses)) for one in found.standards), [])
    for one in known:
        if one == found:
            return one
    known.append(found)
    return found


def graph(library: Library) -> ClauseGraph:
    """Give the graph of a library: for the same one the same, unless many others were asked for since."""
    # A graph keeps its library, so that no other can have its identity.
    known = _graphs.pop(id(library), None) or ClauseGraph(library)
    _graphs[id(library)] = known
    if len(_graphs) > _KEPT:
        del _graphs[next(iter(_graphs))]
    return known


def problems(graph: ClauseGraph, places: Mapping[str, Place]) -> tuple[Problem, ...]:
    """Find what is wrong with a library: once for the same graph and the same places."""
    key = (id(graph), id(places))
    if key not in _problems:
        _problems[key] = graph, places, find_problems(graph, places)
    return _problems[key][-1]


def shipped(standards: Iterable[str] | None = None, **more: Any) -> ClauseGraph:
    """Give the graph of the shipped data, as `load` reads them."""
    return graph(remembered(load)(MAPPINGS, standards, **more))


def around(standards: Iterable[str]) -> ClauseGraph:
    """Give the graph of shipped standards with the editions before and after them, as `editions` reads them."""
    return graph(remembered(editions)(MAPPINGS, standards))


def copied(root: Path, *standards: str) -> Path:
    """Copy the shipped data into a folder as if imsmap held no other standards: a check of them all takes long."""
    shutil.copytree(MAPPINGS, root)
    for source in files([root], "standards"):
        if source.stem not in standards:
            source.path.unlink()
    for source in files([root], "relations"):
        if not set(ends_of(source) or ()) <= set(standards):
            source.path.unlink()
    return root
