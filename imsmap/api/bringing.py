"""Standards and mapping sets from elsewhere into a library: read, checked as the shipped data are, and as files.

from imsmap import api

addition = api.bring("customer.xlsx", into="mappings", day="2030-05-01")
addition.put("mappings")
"""

from __future__ import annotations

import contextlib
import importlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, field

from imsmap import about
from imsmap.api.library import Roots, roots_of
from imsmap.api.tentative import Written, between, ends_of, ids_of, texts_of, too_large
from imsmap.errors import DataError, Problem, UsageError
from imsmap.library import citations
from imsmap.library import load as reading
from imsmap.library.graph import ClauseGraph
from imsmap.library.load.checks.relations import names_in
from imsmap.library.load.roots import FOLDERS, adds, files
from imsmap.library.model import Discipline, Head, Relation, Standard
from imsmap.readers.brought import Around, Brought, Said
from imsmap.readers.tables import beginning_of
from imsmap.values import frozen
from imsmap.wording import counted, listed

if TYPE_CHECKING:
    from imsmap.library.model import Library

__all__ = ["Addition", "Brought", "Said", "bring", "summary", "template", "tried"]

_STANDARDS, _RELATIONS = FOLDERS[1], FOLDERS[2]
_TOLD, _SOME = 12, 5
"""So many standards or mapping sets are told one by one; of more, so many are named."""


@frozen
class Addition:
    """What a file brings, ready to be put into a folder of mapping data; with problems, nothing of it is.

    files: new contents by the path beneath the folder; nothing for a file that has to go. problems: what has to be
    mended first, each with its cell or line. doubts: relations that were stated of words which are others now.
    """

    brought: Brought
    files: Mapping[str, bytes | None] = field(factory=dict)
    problems: tuple[Problem, ...] = ()
    doubts: tuple[str, ...] = ()

    def put(self, folder: str | Path) -> tuple[Path, ...]:
        """Write it into a folder of mapping data, file by file whole; gives the files that were written.

        DataError, and nothing is written, while anything is wrong with it.
        """
        from imsmap import files

        if self.problems:
            raise DataError(self.problems)
        written = []
        for name, content in self.files.items():
            path = Path(folder) / name
            if content is None:
                files.remove(path)
                continue
            files.make_folder(path.parent)
            files.put(path, content)
            written.append(path)
        return tuple(written)


def bring(
    path: str | Path,
    roots: Roots = None,
    *,
    day: str,
    into: str | Path | None = None,
    standards: Sequence[str] = (),
    said: Said | None = None,
) -> Addition:
    """Read a file that brings a standard or mapping sets, and check it as the shipped data are; nothing is written.

    day: on which it is brought, as 2030-05-01. into: the folder for it; what lies there from an earlier time may be
    replaced. standards: whose editions are meant where none is said. UsageError for a file that nothing can read;
    DataError for one in which nothing can be found.
    """
    place = Path(path)
    placed = roots_of(roots)
    folder = None if into is None else Path(into)
    library = _Around(placed, folder, tuple(standards), said or Said(), day)
    brought = _read(place, library.around())
    problems = [*brought.problems, *library.taken(brought)]
    if problems:
        return Addition(brought, problems=tuple(problems))
    return library.checked(brought)


def surroundings(roots: Roots = None) -> Around:
    """Give a library as readers of files from elsewhere see it."""
    return _Around(roots_of(roots), None, (), Said(), "").around()


def template(roots: Roots = None) -> bytes:
    """Write the form for a list of requirements, an Excel workbook with lists to choose from and a filled example."""
    from imsmap.exporters.excel.form import form

    return form(_common(roots_of(roots)))


@contextlib.contextmanager
def tried(addition: Addition, roots: Roots, into: str | Path) -> Iterator[tuple[Path, ...]]:
    """Give the folders of mapping data as they will be once something was put into one, for as long as it takes.

    into: that one; nothing is written there.
    """
    folder = Path(into)
    with tempfile.TemporaryDirectory(prefix="imsmap-") as temporary:
        own = Path(temporary) / "mappings"
        if folder.is_dir():
            shutil.copytree(folder, own)
        addition.put(own)
        there = folder.resolve()
        placed = roots_of(roots)
        found = tuple(own if root.resolve() == there else root for root in placed)
        yield found if own in found else (*found, own)


def summary(addition: Addition) -> Iterator[str]:
    """Say in a line for each standard and each mapping set what a file brings; of very many how many there are."""
    brought = addition.brought
    if len(brought.standards) <= _TOLD:
        yield from (_told(one, brought) for one in brought.standards)
    else:
        clauses = sum(len(one.clauses) for one in brought.standards)
        names = _some([one.designation for one in brought.standards])
        yield f"{len(brought.standards)} standards with {clauses} clauses: {names}"
    if len(brought.sets) <= _TOLD:
        for found, relations in brought.sets:
            count = f"{len(relations)} relation{'' if len(relations) == 1 else 's'}"
            yield f"{found.subject} and {found.object}: {count}"
    else:
        total = sum(len(relations) for _, relations in brought.sets)
        names = _some([f"{found.subject} and {found.object}" for found, _ in brought.sets], "; ")
        yield f"{len(brought.sets)} mapping sets with {total} relations: {names}"


def _some(names: Sequence[str], between: str = ", ") -> str:
    return f"{between.join(names[:_SOME])} and {len(names) - _SOME} more"


def _told(one: Standard, brought: Brought) -> str:
    asking = [clause for clause in one.clauses if clause.points]
    points = sum(len(clause.points) for clause in asking)
    if not points:
        return f"{one.designation} ({one.key}): {len(one.clauses)} clauses, of which no more is known"
    core = sum(point.core is not None for clause in asking for point in clause.points)
    tied = {
        ref.partition("#")[0] for _, relations in brought.sets for relation in relations for ref in relation.subject
    }
    ties = len(asking) if f"{one.key}:" in tied else sum(clause.ref in tied for clause in asking)
    told = (
        f"{counted(points, 'requirement')} in {counted(len(one.clauses), 'clause')}; "
        f"{core} {'is a core point' if core == 1 else 'are core points'}, "
        f"{ties} {'has' if ties == 1 else 'have'} a relation with another standard"
    )
    return f"{one.designation} ({one.key}): {told}".replace("\u00a0", " ")


def _read(path: Path, around: Around) -> Brought:
    """Let the first reader that takes a file read it."""
    shown = str(path)
    name = path.name.lower()
    if not path.is_file():
        what = "is a folder; name a file in it" if path.is_dir() else "there is no such file; check the name"
        raise DataError([Problem(shown, None, what)])
    known = about.readers()
    offered = {key: one for key, one in known.items() if name.endswith(one.suffixes)}
    try:
        beginning = beginning_of(path)
    except OSError as error:
        raise DataError([Problem(shown, None, f"cannot be read ({error.strerror}); check its rights")]) from None
    for key in offered:
        module = importlib.import_module(f"imsmap.readers.{key}")
        if module.takes(beginning):
            found: Brought = module.bring(path, shown, around)
            return found
    kinds = listed(sorted(f"{one.name} ({', '.join(one.suffixes)})" for one in (offered or known).values()))
    why = "its suffix is none that can be brought in" if not offered else "it does not begin as such a file does"
    raise UsageError(f"{shown}: {why}; what can is: {kinds}")


def _common(roots: Sequence[Path]) -> ClauseGraph:
    return ClauseGraph(reading.load(roots, (), guides=False))


class _Around:
    """The library into which something is brought, and the folder that takes it."""

    def __init__(
        self, roots: Sequence[Path], folder: Path | None, standards: tuple[str, ...], said: Said, day: str
    ) -> None:
        """Read the heads of all standards."""
        self._roots, self._folder, self._said, self._day = tuple(roots), folder, said, day
        self._heads = _meant(reading.catalogue(self._roots), standards)
        self._graphs: dict[tuple[str, ...], ClauseGraph] = {}
        self._by_clause: set[str] = set()
        self._ours = frozenset(path.stem for path in self._files(_STANDARDS))

    def _files(self, folder: str) -> Iterator[Path]:
        return iter(()) if self._folder is None else iter(sorted((self._folder / folder).glob("*.yaml")))

    def around(self) -> Around:
        """Give what a reader may ask of it."""
        own: list[tuple[str, Discipline]] = []
        if self._ours:
            held = reading.load(self._roots, self._ours, guides=False)
            own = [(one.key, found) for one in held.standards for found in one.disciplines]
        return Around(
            heads=self._heads,
            common=_common(self._roots),
            cite=self._cite,
            points=self._points,
            homes=self._homes,
            day=self._day,
            replaceable=self._ours,
            own=tuple(own),
            said=self._said,
            by_clause=self._by_clause,
            names=self._names,
        )

    def _cite(self, text: str, standard: str) -> tuple[str, ...]:
        found = citations.citations(text, self._heads, standard)
        keys = tuple(sorted(found.standards))
        if keys not in self._graphs:
            self._graphs[keys] = ClauseGraph(reading.load(self._roots, keys, guides=False))
            self._by_clause.update(key for key in keys if self._graphs[keys].by_clause(key))
        return citations.cited(found, self._graphs[keys]).refs

    def _names(self, key: str) -> frozenset[str]:
        held = reading.load(self._roots, (key,), guides=False)
        return frozenset(name for standard in held.standards if standard.key == key for name in names_in(standard))

    def _points(self, ref: str) -> tuple[str, ...]:
        key = ref.partition(":")[0]
        graph = next(graph for keys, graph in self._graphs.items() if key in keys)
        if "#" in ref:
            return (ref,)
        return tuple(name for name, _ in graph.points(leaf.ref for leaf in graph.leaves_under(ref))) or (ref,)

    def _homes(self, topics: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Give the leaf clauses whose home is one of some topics; a look for the words is cheaper than to read all."""
        said = re.compile("|".join(rf"topic: *[\"']?{re.escape(one)}\b" for one in topics).encode())
        keys = {
            source.stem
            for source in files(self._roots, _STANDARDS)
            if source.stem not in self._ours and said.search(source.path.read_bytes())
        }
        graph = ClauseGraph(reading.load(self._roots, keys, guides=False))
        leaves = (leaf for key in sorted(keys) for leaf in graph.leaves(key))
        return tuple((leaf.ref, leaf.topic) for leaf in leaves if leaf.topic is not None and leaf.topic in topics)

    def taken(self, brought: Brought) -> Iterator[Problem]:
        """Tell of standards and mapping sets that would take the place of others."""
        names = {head.key: head.designation for head in self._heads}
        for standard in brought.standards:
            if standard.key in names and standard.key not in self._ours:
                path, line = brought.places.get(standard.key, (standard.key, None))
                words = f"{standard.key} is {names[standard.key]} of the library; give yours a key of its own"
                if not any(standard.key in problem.message for problem in brought.problems):
                    yield Problem(path, line, words)

    # --- checking ------------------------------------------------------------------------------------------------

    def checked(self, brought: Brought) -> Addition:
        """Check what was brought together with what it rests on; a relation that is new is affirmed by being stated."""
        addition = self._checked(brought)
        # What is wrong between relations shows only once each of them is right.
        while brought.partly and (less := _without(addition)) is not None:
            addition = self._checked(less)
        if addition.problems:
            return addition
        content = {name: text.encode() for name, text in texts_of(addition.brought).items()}
        large = tuple(too_large(content, addition.brought))
        return evolve(addition, files={**addition.files, **content}, problems=large)

    def _checked(self, brought: Brought) -> Addition:
        keys = {standard.key for standard in brought.standards}
        gone: dict[str, bytes | None] = {
            f"{_RELATIONS}/{path.name}": None
            for path in self._files(_RELATIONS)
            if path.stem.partition("--")[0] in keys and "--" in path.stem
        }
        with tempfile.TemporaryDirectory(prefix="imsmap-") as temporary:
            own = Path(temporary) / "mappings"
            self._copy(own, gone)
            written = Written(own, brought)
            roots = self._with(own)
            found = written.survey(roots)
            problems = written.translated(found.problems)
            if problems or not found.sound:
                elsewhere = tuple(problem for problem in found.problems if not problems)
                return Addition(brought, problems=problems or elsewhere)
            brought, doubts = self._affirmed(brought, found.library)
            found = written.again(found, roots, brought)
            problems = written.translated(between(found, doubts, ids_of(brought)))
        return Addition(brought, gone, problems, doubts)

    def _copy(self, own: Path, without: Mapping[str, bytes | None]) -> None:
        for folder in FOLDERS:
            (own / folder).mkdir(parents=True)
            for path in self._files(folder):
                if f"{folder}/{path.name}" not in without:
                    shutil.copy(path, own / folder / path.name)

    def _with(self, own: Path) -> tuple[Path, ...]:
        there = None if self._folder is None else self._folder.resolve()
        others = tuple(root for root in self._roots if root.resolve() != there)
        if len(others) < len(self._roots) and there is not None and not adds(there):
            # It stands for itself: what is no standard and no relation is read from where it is.
            for path in there.glob("*.yaml"):
                shutil.copy(path, own / path.name)
        return (*others, own)

    def _affirmed(self, brought: Brought, library: Library) -> tuple[Brought, tuple[str, ...]]:
        """Let who states a relation have affirmed it; one that was stated before is as sure as it was then."""
        from imsmap.reasoning.checking import fingerprint

        graph = ClauseGraph(library)
        before = self._before(brought)
        doubts: list[str] = []

        def affirmed(relation: Relation) -> Relation:
            now = fingerprint(graph, relation)
            old = before.get(relation.id)
            if brought.partly and relation.affirmed not in (None, now):
                doubts.append(relation.id)
            if old is None or evolve(old, affirmed=relation.affirmed) != relation:
                return evolve(relation, affirmed=relation.affirmed or now)
            if old.affirmed != now:
                doubts.append(relation.id)
            return evolve(relation, affirmed=old.affirmed)

        sets = tuple((one, tuple(map(affirmed, relations))) for one, relations in brought.sets)
        return evolve(brought, sets=sets), tuple(doubts)

    def _before(self, brought: Brought) -> Mapping[str, Relation]:
        names = {one.name for one, _ in brought.sets} & {path.stem for path in self._files(_RELATIONS)}
        if not names:
            return {}
        keys = {standard.key for standard in brought.standards} | ends_of(brought)
        known = {head.key for head in self._heads}
        held = reading.survey(self._roots, keys & known, guides=False).library.relations
        return {relation.id: relation for relation in held if relation.id.partition("#")[0] in names}


def _meant(heads: tuple[Head, ...], standards: Sequence[str]) -> tuple[Head, ...]:
    """Let the editions of some standards be those that are meant."""
    held = {head.series: head.key for key in reversed(standards) for head in heads if head.key == key}
    return tuple(evolve(head, meant=held[head.series] == head.key) if head.series in held else head for head in heads)


def _without(addition: Addition) -> Brought | None:
    """Leave out the relations with which anything is wrong; nothing if there are none such."""
    brought = addition.brought
    wrong = {(problem.path, problem.line) for problem in addition.problems}
    kept = tuple(
        (one, tuple(relation for relation in relations if brought.places.get(relation.id) not in wrong))
        for one, relations in brought.sets
    )
    if kept == brought.sets:
        return None
    told = (*brought.left_out, *addition.problems)
    return evolve(brought, sets=tuple(found for found in kept if found[1]), left_out=told)
