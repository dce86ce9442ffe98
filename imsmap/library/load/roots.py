"""Where the mapping data are: the shipped ones, then a project's own, and which files of their folders are read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from imsmap.errors import ImsmapError
from imsmap.nearest import did_you_mean, near
from imsmap.values import frozen

LIBRARY = "library.yaml"
FOLDERS = ("structures", "standards", "relations")
OWN = Path("mappings")
"""Where people keep data of their own, in the folder of a project or where the command runs."""
INSTALLED = Path(__file__).parents[2] / "mappings_data"
_CHECKOUT = Path(__file__).parents[3] / "mappings"

Roots = Path | Sequence[Path]
"""One folder with mapping data, or several in order: a whole library first, then what is added to it."""


@frozen
class Source:
    """A file of mapping data, and the root that it lies in."""

    root: Path
    path: Path

    @property
    def shown(self) -> str:
        """The file's name as people gave the folder that it is in."""
        return (self.root / self.path.relative_to(self.root)).as_posix()

    @property
    def stem(self) -> str:
        """The file's name without folder and suffix."""
        return self.path.stem


def find_mappings(explicit: Path | str | None = None) -> Path:
    """Find a whole library: the folder given, else ./mappings, else the copy that came with imsmap."""
    if explicit is not None:
        root = Path(explicit)
        if not root.is_dir():
            near = did_you_mean(root.name, _folders_beside(root), otherwise="")
            advice = near or f"give the one that holds {LIBRARY} after --mappings"
            raise ImsmapError(f"{root}: there is no such folder; {advice}")
        if not (root / LIBRARY).is_file():
            raise ImsmapError(f"{root}: holds no {LIBRARY}; give the folder that does after --mappings")
        return root
    for root in (OWN, INSTALLED, _CHECKOUT):
        if (root / LIBRARY).is_file():
            return root
    raise ImsmapError(
        f"mappings: no folder with {LIBRARY} here or in the installation; name one with --mappings, or reinstall imsmap"
    )


def find_roots(explicit: Path | str | None = None, project: Path | None = None) -> tuple[Path, ...]:
    """Find the roots in order: a whole library, then the own data of the project and of the folder here.

    A folder without library.yaml adds to the library that came with imsmap; one that holds it stands for itself.
    """
    own = [OWN] if project is None else [OWN, project / OWN]
    if explicit is not None and not adds(Path(explicit)):
        base = find_mappings(explicit)
    else:
        base = next((root for root in own if (root / LIBRARY).is_file()), None) or find_mappings()
        own = own if explicit is None else [Path(explicit), *own]
    found = {base.resolve(): base}
    for root in own:
        if adds(root):
            found.setdefault(root.resolve(), root)
    return tuple(found.values())


def _folders_beside(root: Path) -> list[str]:
    return [path.name for path in root.parent.iterdir() if path.is_dir()] if root.parent.is_dir() else []


def adds(root: Path) -> bool:
    """Tell whether a folder holds data that add to a library, and is none itself; a misspelt folder counts, too."""
    if (root / LIBRARY).is_file() or not root.is_dir():
        return False
    return any((root / folder).is_dir() for folder in FOLDERS) or any(
        near(path.name, FOLDERS) for path in _folders_with_data(root)
    )


def _folders_with_data(root: Path) -> list[Path]:
    return [path for path in sorted(root.iterdir()) if path.is_dir() and path.name[0] != "." and [*path.glob("*.y*ml")]]


def strangers(root: Path, known: Collection[str]) -> list[tuple[Path, str]]:
    """Give what in a root is never read, each with what it may have been meant to be: known names of files, folders."""
    found = [
        (path, did_you_mean(path.name, FOLDERS, most=1))
        for path in _folders_with_data(root)
        if path.name not in FOLDERS
    ]
    found += [
        (path, did_you_mean(path.name, sorted(known), most=1))
        for path in sorted(root.glob("*.y*ml"))
        if path.is_file() and path.name not in known
    ]
    return found


def in_order(roots: Roots) -> tuple[Path, ...]:
    """Give the roots as several, whether one or several were given."""
    return (roots,) if isinstance(roots, Path) else tuple(roots)


def files(roots: Sequence[Path], folder: str) -> list[Source]:
    """Give the files of a folder that are read: root by root, in each by name."""
    return [Source(root, path) for root in roots for path in sorted((root / folder).glob("*.yaml")) if path.is_file()]


def passed_over(roots: Sequence[Path], folder: str) -> list[Source]:
    """Give what stands among the files of a folder and is not read: another suffix, a link to nowhere, a folder."""
    return [
        Source(root, path)
        for root in roots
        for path in sorted((root / folder).glob("*"))
        if path.suffix.lower() in {".yaml", ".yml"} and not (path.suffix == ".yaml" and path.is_file())
    ]
