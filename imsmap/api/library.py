"""The library: where it is, what it holds, and what people call its standards and clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from imsmap.library import load as reading
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import OWN, find_roots, related
from imsmap.library.load.roots import files, in_order
from imsmap.library.marking import marked
from imsmap.library.model import Head
from imsmap.library.names import Choice, Taken, newer_edition, standard_key

if TYPE_CHECKING:
    from imsmap.library.guides import Criterion as Criterion
    from imsmap.library.mark import Mark

__all__ = [
    "OWN",
    "Choice",
    "ClauseGraph",
    "Head",
    "Taken",
    "alone",
    "catalogue",
    "criteria",
    "editions",
    "find_roots",
    "keys",
    "load",
    "newer_edition",
    "related",
    "roots_of",
    "standard_key",
]

Roots = Path | Sequence[Path] | None
"""Where mapping data are: a folder, several in their order, or nothing for what is found from here."""


def load(
    roots: Roots = None, standards: tuple[str, ...] | None = None, *, guides: bool = True, marks: Iterable[Mark] = ()
) -> ClauseGraph:
    """Load the standards that a question needs, with those that tie them together, or the whole library.

    standards: their keys. guides: with the audit questions and the signs of integration. marks: which points somebody
    checked against the text. DataError holds every problem of the mapping data, with file and line.
    """
    return ClauseGraph(marked(reading.load(roots_of(roots), standards, bridges=True, guides=guides), marks))


def editions(roots: Roots, standards: tuple[str, ...], *, marks: Iterable[Mark] = ()) -> ClauseGraph:
    """Load standards with the editions before and after them, as far as the library holds them; no relations.

    standards: their keys. DataError holds every problem of the files that were read.
    """
    return ClauseGraph(marked(reading.editions(roots_of(roots), standards), marks))


def alone(roots: Roots, standards: tuple[str, ...]) -> ClauseGraph:
    """Load standards without anything that ties them to others, for who only wants to know which clauses they have."""
    return ClauseGraph(reading.alone(roots_of(roots), standards))


def catalogue(roots: Roots = None) -> tuple[Head, ...]:
    """Give the heads of all standards in the library: key, designation, edition; reads no clause."""
    return reading.catalogue(roots_of(roots))


def keys(roots: Roots = None) -> frozenset[str]:
    """Give the keys of all standards in the library, by the names of their files; reads none."""
    return frozenset(source.path.stem for source in files(in_order(roots_of(roots)), "standards"))


def criteria(roots: Roots = None) -> tuple[Criterion, ...]:
    """Give what is weighed to choose a standard; reads nothing else. DataError if it can't be read."""
    return reading.criteria(roots_of(roots))


def roots_of(roots: Roots) -> Sequence[Path]:
    """Give the folders with mapping data."""
    if roots is None or isinstance(roots, Path):
        return find_roots(roots)
    return roots
