"""Where the mapping data are, and which files of a folder are read."""

from __future__ import annotations

from pathlib import Path

from imsmap.errors import ImsmapError

LIBRARY = "library.yaml"
_INSTALLED = Path(__file__).parents[2] / "mappings_data"
_CHECKOUT = Path(__file__).parents[3] / "mappings"


def find_mappings(explicit: Path | str | None = None) -> Path:
    """Find the mapping data: the folder given, else ./mappings, else the copy that came with imsmap."""
    if explicit is not None:
        root = Path(explicit)
        if not root.is_dir():
            raise ImsmapError(f"{root}: there is no such folder; give the one that holds {LIBRARY} after --mappings")
        if not (root / LIBRARY).is_file():
            raise ImsmapError(f"{root}: holds no {LIBRARY}; give the folder that does after --mappings")
        return root
    for root in (Path("mappings"), _INSTALLED, _CHECKOUT):
        if (root / LIBRARY).is_file():
            return root
    raise ImsmapError(
        f"mappings: no folder with {LIBRARY} here or in the installation; name one with --mappings, or reinstall imsmap"
    )


def files(root: Path, folder: str) -> list[Path]:
    """Give the files of a folder that are read, by name."""
    return sorted(path for path in (root / folder).glob("*.yaml") if path.is_file())


def passed_over(root: Path, folder: str) -> list[Path]:
    """Give what stands among the files of a folder and is not read: another suffix, a link to nowhere, a folder."""
    return sorted(
        path
        for path in (root / folder).glob("*")
        if path.suffix.lower() in {".yaml", ".yml"} and not (path.suffix == ".yaml" and path.is_file())
    )


def shown_path(root: Path, path: Path) -> str:
    """Give a file's name as people gave the folder that it is in."""
    return (Path(root) / path.relative_to(root)).as_posix()
