"""The door: `mappings/` becomes a library of typed values, or every problem is told with file and line."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from imsmap.errors import DataError, Problem
from imsmap.library.bridges import neighbours, reached, with_bridges
from imsmap.library.load import prepared
from imsmap.library.load.kinds import LibraryFile
from imsmap.library.load.reading import AUDIT, Place, Reading
from imsmap.library.load.roots import LIBRARY, OWN, Roots, Source, adds, files, find_mappings, find_roots, in_order
from imsmap.library.load.sets import Set, ends_of
from imsmap.library.load.tree import beginning, read_text
from imsmap.library.model import HUB, Head, Library, Standard
from imsmap.values import frozen

if TYPE_CHECKING:
    from imsmap.library.guides import Criterion


def catalogue(roots: Roots) -> tuple[Head, ...]:
    """Read the head of every standard, and no clause."""
    problems: list[Problem] = []
    found: dict[str, Head] = {}
    for source in files(in_order(roots), "standards"):
        told = prepared.head(source)
        if isinstance(told, Head):
            found.setdefault(told.key, told)
            continue
        from imsmap.library.load.parsing import parse
        from imsmap.library.load.structuring import respell, structure

        try:
            text = read_text(source.path, source.shown)
            tree = parse(text, source.shown, until="clauses")
            # The order of keys is free: a part of the head may stand below the clauses.
            if any(f"\n{name}:" in text for name in Head.__annotations__ if name not in tree.value):
                tree = parse(text, source.shown)
        except DataError as error:
            problems.extend(error.problems)
            continue
        respell(tree, Standard)
        wanted = {name: tree.value[name] for name in Head.__annotations__ if name in tree.value and name != "meant"}
        tree.value = wanted
        head = structure(tree, Head)
        problems.extend(tree.problems)
        if head is not None:
            # What would take the place of another is told by whoever reads it.
            found.setdefault(head.key, head)
    if problems:
        raise DataError(problems)
    meant = _meant(in_order(roots)[0])
    return tuple(evolve(found[key], meant=True) if key in meant else found[key] for key in sorted(found))


def _meant(root: Path) -> tuple[str, ...]:
    """Read which editions are meant where none is said; what is wrong with the file is told by whoever reads it all."""
    known = prepared.value(Source(root, root / LIBRARY))
    if isinstance(known, LibraryFile):
        return known.editions
    from imsmap.library.load.parsing import parse

    path = root / LIBRARY
    try:
        told = parse(read_text(path, path.name), path.name, until="core").value.get("editions")
    except DataError:
        return ()
    return tuple(str(one) for one in told) if isinstance(told, list) else ()


@frozen
class Survey:
    """All that the roots hold: what could be read of it, where it stands, and every problem."""

    library: Library
    places: Mapping[str, Place]
    problems: tuple[Problem, ...]
    sound: bool
    """Whether the problems, if any, lie in relations only: the standards are whole, and so are the relations here."""


def load(
    roots: Roots, standards: Iterable[str] | None = None, *, bridges: bool = False, guides: bool = True
) -> Library:
    """Load the library with the standards named (all, if none is named) and the relations between them.

    roots: a folder with a whole library, or several in order, the others adding to the first.
    bridges: load also the standards through which relations lead from one of the named to another.
    guides: read also what helps to work with the standards: audit questions, signs of integration, families.
    DataError with every problem of every file that was read.
    """
    wanted = None if standards is None else set(standards)
    if bridges and wanted is not None:
        wanted = with_bridges(wanted, _ties(roots, bridging=True), _revised(in_order(roots)))
    found = _survey(Reading(in_order(roots), placing=False), wanted, guides=guides)
    if found.problems:
        raise DataError(found.problems)
    return found.library


def editions(roots: Roots, keys: Iterable[str]) -> Library:
    """Load these standards with the editions after and before them, as far as the library holds them; no relations.

    DataError with every problem of every file that was read.
    """
    placed = in_order(roots)
    before = _revised(placed)
    wanted = set(keys)
    wanted |= {key for key, old in before.items() if old in wanted} | {before[key] for key in wanted if key in before}
    return alone(placed, wanted)


def alone(roots: Roots, keys: Iterable[str]) -> Library:
    """Load standards by themselves, with those that they supplement; no relations.

    DataError with every problem of every file that was read.
    """
    reading = Reading(in_order(roots), placing=False)
    library = reading.structures(reading.library())
    core_ids = {point.id for s in library.structures if s.key == HUB for clause in s.clauses for point in clause.points}
    library = reading.standards(set(keys), library, core_ids)
    if reading.problems:
        raise DataError(reading.problems)
    return library


def _revised(roots: Sequence[Path]) -> dict[str, str]:
    """Give for each standard that revises another the key of that one."""
    heads = ((source.stem, _REVISES.search(beginning(source.path, _HEAD))) for source in files(roots, "standards"))
    return {key: found[2].decode() for key, found in heads if found}


def load_with_places(roots: Roots) -> tuple[Library, Mapping[str, Place]]:
    """Load the whole library as `load` does, and tell where each clause, point and relation stands, by its full id."""
    found = survey(roots)
    if found.problems:
        raise DataError(found.problems)
    return found.library, found.places


def criteria(roots: Roots) -> tuple[Criterion, ...]:
    """Read what is weighed to choose a standard, and nothing else; DataError with every problem of it."""
    reading = Reading(in_order(roots))
    found = reading.criteria()
    if reading.problems:
        raise DataError(reading.problems)
    return found


def survey(
    roots: Roots, standards: set[str] | None = None, *, guides: bool = True,
    given: Mapping[Path, Standard | Set] | None = None,
) -> Survey:  # fmt: skip
    """Read the standards named (all, if none is named) as far as they can be read; raise nothing.

    given: what files will say that are not written yet, by their path; the n-th entry of one stands in its line n + 1.
    """
    return _survey(Reading(in_order(roots), given=given), standards, guides=guides)


def _survey(reading: Reading, standards: set[str] | None, *, guides: bool) -> Survey:
    # Thousands of small values are made and all are kept: looking for garbage among them only costs time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return survey_by(reading, standards, guides=guides)
    finally:
        if collecting:
            gc.enable()


def survey_by(reading: Reading, wanted: set[str] | None = None, *, guides: bool = True) -> Survey:
    """Let a reading read the standards named (all, if none is named) and what they rest on, in order."""
    library = reading.library()
    if wanted is None:
        reading.name_unread()
    library = reading.structures(library)
    if guides:
        library = evolve(reading.audit(library), integration=reading.integration(), criteria=reading.criteria(library))
        library = reading.words(reading.families(library))
    core_ids = {point.id for s in library.structures if s.key == HUB for clause in s.clauses for point in clause.points}
    library = reading.standards(wanted, library, core_ids)
    if wanted is None:
        reading.alike(library)
    sound = not reading.problems
    library = reading.relations(wanted, library)
    return Survey(library, reading.places, tuple(reading.problems), sound)


def related(roots: Roots, key: str, cores: Iterable[str]) -> tuple[str, ...]:
    """Give a standard with its other editions, and those that may share something with clauses of some core points.

    They hold one of these points themselves, or mapping sets lead to them, from the standard or from one of those.
    """
    words = "|".join(re.escape(core) for core in sorted(cores))
    held = re.compile(rf"core: *[\"']?(?:{words})\b")
    before = _revised(in_order(roots))
    found = {key, *(new for new, old in before.items() if old == key), *filter(None, (before.get(key),))}
    for source in files(in_order(roots), "standards") if words else ():
        # A look for the words is much cheaper than reading what they mean; one too many does no harm.
        if held.search(source.path.read_bytes().decode("utf-8", "replace")):
            found.add(source.stem)
    ties = [*_ties(roots), *(before.items() if key in before else ())]
    return tuple(sorted(reached(found, neighbours(ties))))


def _ties(roots: Roots, *, bridging: bool = False) -> list[tuple[str, str]]:
    """Give the ends of each mapping set; bridging: only of those through which more follows."""
    found = []
    for source in files(in_order(roots), "relations"):
        if bridging and _NO_BRIDGE.search(beginning(source.path, _HEAD)):
            continue
        if (ends := ends_of(source)) is not None:
            found.append(ends)
    return found


_HEAD = 4096
"""How many bytes of a file are looked at for what its first lines say."""
_NO_BRIDGE = re.compile(rb"^bridges:[ \t]*false\b", re.MULTILINE)
_REVISES = re.compile(rb"^revises:[ \t]*([\"']?)([\w.+-]+)\1[ \t]*(?:#.*)?\r?$", re.MULTILINE)


__all__ = [
    "AUDIT",
    "LIBRARY",
    "OWN",
    "Place",
    "Roots",
    "Survey",
    "adds",
    "alone",
    "catalogue",
    "criteria",
    "editions",
    "find_mappings",
    "find_roots",
    "load",
    "load_with_places",
    "related",
    "survey",
]
