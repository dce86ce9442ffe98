"""What is read of a library, and its graph, is made once in a process: both are frozen, so all may have the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from imsmap.errors import Problem
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import Place, load
from imsmap.library.load.roots import files
from imsmap.library.load.sets import ends_of
from imsmap.library.model import Library
from imsmap.reasoning.checking import find_problems
from tests.fixtures import MAPPINGS

_read: dict[tuple[object, ...], Any] = {}
_graphs: dict[int, ClauseGraph] = {}
_problems: dict[tuple[int, int], tuple[ClauseGraph, Mapping[str, Place], tuple[Problem, ...]]] = {}
_KEPT = 24


def remembered(read: Callable[..., Any]) -> Callable[..., Any]:
    """Make what reads folders read the same files in the same state but once."""

    def found(roots: Any, *standards: Iterable[str] | None, **more: Any) -> Any:
        folders = (roots,) if isinstance(roots, Path) else tuple(roots)
        state = [(file, file.stat()) for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
        wanted = tuple(None if keys is None else frozenset(keys) for keys in standards)
        files = tuple((file, stat.st_mtime_ns, stat.st_size) for file, stat in state)
        key = (read.__name__, folders, wanted, tuple(sorted(more.items())), files)
        if key not in _read:
            _read[key] = read(roots, *wanted, **more)
        return _read[key]

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
