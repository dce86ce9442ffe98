"""The door: `mappings/` becomes a library of typed values, or every problem is told with file and line."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import evolve, frozen

from imsmap.errors import DataError, Problem
from imsmap.library.load.checks.guides import check_audit, check_families, check_integration, check_library
from imsmap.library.load.checks.relations import check_relations, is_sound, names_in
from imsmap.library.load.checks.standards import check_standard, check_structure
from imsmap.library.load.dumping import dump
from imsmap.library.load.kinds import (
    AuditFile,
    FamiliesFile,
    IntegrationFile,
    LibraryFile,
    hand_down,
    hand_from,
    inherit,
)
from imsmap.library.load.roots import LIBRARY, files, find_mappings, passed_over, shown_path
from imsmap.library.load.sets import ends_of, read_set
from imsmap.library.load.structuring import structure
from imsmap.library.load.tree import Path_, Tree, parse, read_text
from imsmap.library.model import (
    HUB,
    AuditQuestion,
    Comparison,
    Family,
    Head,
    Integration,
    Library,
    Relation,
    Standard,
    Structure,
)

AUDIT, INTEGRATION, FAMILIES = "audit.yaml", "integration.yaml", "families.yaml"
"""What some sheets need beside the standards; a library may do without."""


@frozen
class Place:
    """Where something stands: the file as shown to people, the file itself, and the line."""

    shown: str
    path: Path
    line: int


def catalogue(root: Path) -> tuple[Head, ...]:
    """Read the head of every standard, and no clause."""
    problems: list[Problem] = []
    found: list[Head] = []
    for path in files(root, "standards"):
        shown = shown_path(root, path)
        try:
            text = read_text(path, shown)
            tree = parse(text, shown, until="clauses")
            # The order of keys is free: a part of the head may stand below the clauses.
            if any(f"\n{name}:" in text for name in Head.__annotations__ if name not in tree.value):
                tree = parse(text, shown)
        except DataError as error:
            problems.extend(error.problems)
            continue
        wanted = {name: tree.value[name] for name in Head.__annotations__ if name in tree.value}
        tree.value = wanted
        head = structure(tree, Head)
        problems.extend(tree.problems)
        if head is not None:
            found.append(head)
    if problems:
        raise DataError(problems)
    return tuple(sorted(found, key=lambda head: head.key))


@frozen
class Survey:
    """All that a folder holds: what could be read of it, where it stands, and every problem."""

    library: Library
    places: Mapping[str, Place]
    problems: tuple[Problem, ...]
    sound: bool
    """Whether the problems, if any, lie in relations only: the standards are whole, and so are the relations here."""


def load(root: Path, standards: Iterable[str] | None = None, *, bridges: bool = False, guides: bool = True) -> Library:
    """Load the library with the standards named (all, if none is named) and the relations between them.

    bridges: load also the standards through which relations lead from one of the named to another.
    guides: read also what helps to work with the standards: audit questions, signs of integration, families.
    DataError with every problem of every file that was read.
    """
    wanted = None if standards is None else set(standards)
    found = survey(root, _with_bridges(root, wanted) if bridges and wanted is not None else wanted, guides=guides)
    if found.problems:
        raise DataError(found.problems)
    return found.library


def load_with_places(root: Path) -> tuple[Library, Mapping[str, Place]]:
    """Load the whole library as `load` does, and tell where each clause, point and relation stands, by its full id."""
    found = survey(root)
    if found.problems:
        raise DataError(found.problems)
    return found.library, found.places


def survey(root: Path, standards: set[str] | None = None, *, guides: bool = True) -> Survey:
    """Read the standards named (all, if none is named) as far as they can be read; raise nothing."""
    # Thousands of small values are made and all are kept: looking for garbage among them only costs time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _survey(_Reading(root), standards, guides)
    finally:
        if collecting:
            gc.enable()


def _survey(reading: _Reading, wanted: set[str] | None, guides: bool) -> Survey:
    library = reading.library()
    if wanted is None:
        reading.name_unread()
    structures = tuple(reading.structures())
    library = evolve(library, structures=structures)
    if guides:
        library = evolve(library, audit_questions=reading.audit(library), integration=reading.integration())
        families, comparisons = reading.families(library)
        library = evolve(library, families=families, comparisons=comparisons)
    core_ids = {point.id for s in structures if s.key == HUB for clause in s.clauses for point in clause.points}
    loaded = {standard.key: standard for standard in reading.standards(wanted, library, core_ids)}
    sound = not reading.problems
    relations = tuple(reading.relations(wanted, loaded))
    library = evolve(library, standards=tuple(loaded[key] for key in sorted(loaded)), relations=relations)
    return Survey(library, reading.places, tuple(reading.problems), sound)


def _with_bridges(root: Path, wanted: set[str]) -> set[str]:
    """Add the standards that lie between the wanted ones: those that stay when dead ends are cut off, again and again.

    Relations compose along any such way, so what follows between two standards may rest on a third.
    """
    near: dict[str, set[str]] = {}
    for path in files(root, "relations"):
        ends = ends_of(path)
        if len(ends) == 2 and ends[0] != ends[1]:
            near.setdefault(ends[0], set()).add(ends[1])
            near.setdefault(ends[1], set()).add(ends[0])
    while dead := [key for key, others in near.items() if len(others) < 2 and key not in wanted]:
        for key in dead:
            for other in near.pop(key):
                near.get(other, set()).discard(key)
    reached = set(wanted)
    while more := {other for key in reached for other in near.get(key, ())} - reached:
        reached |= more
    return reached


class _Reading:
    """One pass over the files of a library, gathering problems."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.places: dict[str, Place] = {}

    def _tree(self, path: Path) -> Tree | None:
        shown = shown_path(self.root, path)
        try:
            return parse(read_text(path, shown), shown)
        except DataError as error:
            self.problems.extend(error.problems)
            return None

    def _place(self, id_: str, path: Path, tree: Tree, at: Path_) -> None:
        self.places[id_] = Place(tree.shown, path, tree.line(at))

    def _done(self, tree: Tree) -> None:
        self.problems.extend(tree.problems)

    def library(self) -> Library:
        empty = Library("", "", root=str(self.root))
        tree = self._tree(self.root / LIBRARY)
        if tree is None:
            return empty
        read = structure(tree, LibraryFile)
        library = empty
        if read is not None:
            library = evolve(
                empty,
                version=read.version,
                released=read.released,
                core=read.core,
                disciplines=read.disciplines,
                topics=read.topics,
            )
            check_library(tree, library)
        self._done(tree)
        return library

    def name_unread(self) -> None:
        """Name what somebody put among the data and nothing reads, so that it is not taken for mapped."""
        for folder in ("structures", "standards", "relations"):
            for path in passed_over(self.root, folder):
                advice = f"not read; name it {path.stem}.yaml"
                if path.suffix == ".yaml":
                    advice = "no file that can be read; put one here"
                self.problems.append(Problem(shown_path(self.root, path), None, f"is {advice}, or take it away"))

    def audit(self, library: Library) -> tuple[AuditQuestion, ...]:
        """Read the audit questions; none if there is no such file."""
        path = self.root / AUDIT
        tree = self._tree(path) if path.is_file() else None
        if tree is None:
            return ()
        hand_down(tree, "questions")
        read = structure(tree, AuditFile)
        found = () if read is None else read.questions
        check_audit(tree, found, library)
        self._done(tree)
        self._place(AUDIT, path, tree, ("questions",))
        return found

    def integration(self) -> Integration | None:
        """Read the criteria of the level of integration; nothing if there is no such file."""
        path = self.root / INTEGRATION
        tree = self._tree(path) if path.is_file() else None
        if tree is None:
            return None
        hand_down(tree, "criteria")
        read = structure(tree, IntegrationFile)
        found = None if read is None else Integration(read.criteria, read.cap)
        if found is not None:
            check_integration(tree, found)
        self._done(tree)
        return found

    def families(self, library: Library) -> tuple[tuple[Family, ...], tuple[Comparison, ...]]:
        """Read the families of standards, and how they compare; none if there is no such file."""
        path = self.root / FAMILIES
        tree = self._tree(path) if path.is_file() else None
        if tree is None:
            return (), ()
        for name in ("families", "comparisons"):
            hand_down(tree, name, ("confidence", "source"))
        families = tree.value.get("families")
        for family in families if isinstance(families, list) else ():
            if isinstance(family, dict):
                hand_from(family, "members", ("confidence", "source"))
        read = structure(tree, FamiliesFile)
        if read is not None:
            check_families(tree, read.families, read.comparisons, library)
        self._done(tree)
        return ((), ()) if read is None else (read.families, read.comparisons)

    def structures(self) -> list[Structure]:
        found: list[tuple[Tree, Structure]] = []
        for path in files(self.root, "structures"):
            tree = self._tree(path)
            if tree is None:
                continue
            inherit(tree)
            read = structure(tree, Structure)
            _check_stem(tree, path)
            if read is None:
                self._done(tree)
            else:
                found.append((tree, read))
        core_ids = {p.id for _, read in found if read.key == HUB for clause in read.clauses for p in clause.points}
        if not any(path.stem == HUB for path in files(self.root, "structures")):
            self.problems.append(
                Problem(
                    shown_path(self.root, self.root / "structures"), None, f"{HUB}.yaml, the hub, is missing; add it"
                )
            )
        for tree, read in found:
            check_structure(tree, read, core_ids)
            self._done(tree)
        return [read for _, read in found]

    def standards(self, wanted: set[str] | None, library: Library, core_ids: set[str]) -> list[Standard]:
        found: list[Standard] = []
        for path in files(self.root, "standards"):
            if wanted is not None and path.stem not in wanted:
                continue
            tree = self._tree(path)
            if tree is None:
                continue
            inherit(tree, standard=tree.value.get("key"))
            read = structure(tree, Standard)
            _check_stem(tree, path)
            if read is not None:
                # Without core points or topics each of them would be missed once more here, clause by clause.
                if core_ids and library.version:
                    check_standard(tree, read, library, core_ids)
                found.append(read)
                for index, clause in enumerate(read.clauses):
                    self._place(clause.ref, path, tree, ("clauses", index))
                    for number, point in enumerate(clause.points):
                        self._place(clause.point_ref(point), path, tree, ("clauses", index, "points", number))
            self._done(tree)
        return found

    def relations(self, wanted: set[str] | None, standards: dict[str, Standard]) -> list[Relation]:
        found: list[Relation] = []
        there = {path.stem for path in files(self.root, "standards")}
        known = {key: names_in(standard) for key, standard in standards.items()}
        for path in files(self.root, "relations"):
            if wanted is not None and not set(ends_of(path)) <= wanted:
                continue
            tree = self._tree(path)
            if tree is None:
                continue
            read = read_set(tree, path, there)
            for index, relation in enumerate(read or ()):
                if is_sound(relation, known):
                    found.append(relation)
                    self._place(relation.id, path, tree, ("relations", index))
            if read is not None:
                check_relations(tree, read, known)
            self._done(tree)
        return found


def _check_stem(tree: Tree, path: Path) -> None:
    key = tree.value.get("key")
    if isinstance(key, str) and key != path.stem:
        tree.fault(("key",), f"key {key} and the file's name {path.stem} differ; make them the same")


__all__ = [
    "AUDIT",
    "LIBRARY",
    "Place",
    "Survey",
    "catalogue",
    "dump",
    "find_mappings",
    "load",
    "load_with_places",
    "survey",
]
