"""Where things stand in the files: told where somebody asks, for most commands ask for none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from imsmap.library.load.prepared import Unread
from imsmap.library.load.tree import Path_, Tree
from imsmap.values import frozen

Id = TypeVar("Id")


@frozen
class Place:
    """Where something stands: the file as shown to people, the file itself, and the line."""

    shown: str
    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.shown}:{self.line}"


class Places(Mapping[Id, Place]):
    """Where each thing stands, by its id; a file that nobody has read yet is read for the first of its lines."""

    def __init__(self) -> None:
        """Know of nothing yet."""
        self._found: dict[Id, Place | tuple[Unread, Path, Path_]] = {}

    def put(self, id_: Id, tree: Tree, path: Path, at: Path_) -> None:
        """Note where something stands."""
        # What was read tells its lines now: it is large, and need not wait.
        if isinstance(tree, Unread):
            self._found[id_] = tree, path, at
        else:
            self._found[id_] = Place(tree.shown, path, tree.line(at))

    def same(self, id_: Id, other: Id) -> None:
        """Note that something stands where another thing does."""
        self._found[id_] = self._found[other]

    def __getitem__(self, id_: Id) -> Place:
        found = self._found[id_]
        return found if isinstance(found, Place) else Place(found[0].shown, found[1], found[0].line(found[2]))

    def __contains__(self, id_: object) -> bool:
        return id_ in self._found

    def __iter__(self) -> Iterator[Id]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
