"""What was brought, as files that are not there yet: what they would say, and what is wrong with it, with its place."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from imsmap.errors import Problem
from imsmap.library import load as reading
from imsmap.library.graph import ClauseGraph
from imsmap.library.load.roots import FOLDERS
from imsmap.library.load.sets import Set
from imsmap.library.load.tree import MAX_BYTES
from imsmap.library.model import LEVELS, MappingSet, Relation, Standard, split_ref
from imsmap.readers.brought import Brought, Place

if TYPE_CHECKING:
    from imsmap.library.model import Library

_STANDARDS, _RELATIONS = FOLDERS[1], FOLDERS[2]


def ends_of(brought: Brought) -> set[str]:
    """Give the keys of the standards between which something was brought."""
    return {key for one, _ in brought.sets for key in (one.subject, one.object)}


def texts_of(brought: Brought) -> dict[str, str]:
    """Give what was brought as texts by their path beneath a folder of mapping data."""
    from imsmap.library.load.dumping import dump, dump_set

    texts = {f"{_STANDARDS}/{one.key}.yaml": dump(one) for one in brought.standards}
    return texts | {f"{_RELATIONS}/{found[0].name}.yaml": dump_set(found) for found in brought.sets if found[1]}


def too_large(content: Mapping[str, bytes], brought: Brought) -> Iterator[Problem]:
    """Tell of what would be no file of mapping data any more."""
    first = next(iter(brought.places.values()), ("", None))
    for name, text in content.items():
        if len(text) > MAX_BYTES:
            words = f"{name} would be larger than {MAX_BYTES // 1_000_000} MB; split what is brought"
            yield Problem(first[0], None, words)


class Written:
    """What was brought as files in a folder of mapping data, and what is read of them.

    What somebody else's file brings was looked at value by value, and there may be very much of it: its files stand
    there with their heads only, and their values are given to who reads them.
    """

    def __init__(self, own: Path, brought: Brought) -> None:
        """Write the files."""
        self._own, self._brought = own, brought
        self._given: dict[Path, Standard | Set] = {}
        self._texts: dict[str, str] = {}
        if brought.partly:
            for one in brought.standards:
                self._give(f"{_STANDARDS}/{one.key}.yaml", one, f"key: {one.key}\n")
            for found in brought.sets:
                if found[1]:
                    ends = f"subject: {found[0].subject}\nobject: {found[0].object}\n"
                    self._give(f"{_RELATIONS}/{found[0].name}.yaml", found, ends)
        else:
            self._texts = texts_of(brought)
        self._put()

    def _give(self, name: str, value: Standard | Set, head: str) -> None:
        self._given[self._own / name] = value
        self._texts[name] = head

    def _put(self) -> None:
        for name, text in self._texts.items():
            (self._own / name).write_text(text, "utf-8", newline="\n")

    def survey(self, roots: Sequence[Path]) -> reading.Survey:
        """Read what was brought together with what it rests on."""
        keys = {standard.key for standard in self._brought.standards} | ends_of(self._brought)
        return reading.survey(roots, keys, guides=False, given=self._given)

    def again(self, found: reading.Survey, roots: Sequence[Path], brought: Brought) -> reading.Survey:
        """Give what is read once relations were affirmed."""
        self._brought = brought
        if self._given:
            by_id = {relation.id: relation for _, relations in brought.sets for relation in relations}
            relations = tuple(by_id.get(relation.id, relation) for relation in found.library.relations)
            return evolve(found, library=evolve(found.library, relations=relations))
        self._texts |= texts_of(evolve(brought, standards=()))
        self._put()
        return self.survey(roots)

    def translated(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Give the problems of what was written where it stands in the file from which it was brought."""
        shown = {(self._own / name).as_posix(): name for name in self._texts}
        finders: dict[str, Callable[[int], Place]] = {}
        found = []
        for problem in problems:
            name = shown.get(problem.path)
            if name is None:
                continue
            if name not in finders:
                given = self._given.get(self._own / name)
                finders[name] = (
                    _finder(self._texts[name], self._brought) if given is None else _counted(given, self._brought)
                )
            path, line = finders[name](problem.line or 1)
            found.append(Problem(path, line, problem.message))
        return tuple(dict.fromkeys(found))


def ids_of(brought: Brought) -> set[str]:
    """Give the ids of all relations that were brought."""
    return {relation.id for _, relations in brought.sets for relation in relations}


def between(found: reading.Survey, doubts: Sequence[str], newest: set[str]) -> tuple[Problem, ...]:
    """Find what only the relations together show; what is in doubt is asked, and no problem."""
    from imsmap.reasoning.checking import find_problems, fingerprint

    unsure = set(doubts)
    if unsure:
        graph = ClauseGraph(found.library)
        sure = tuple(
            evolve(relation, affirmed=fingerprint(graph, relation)) if relation.id in unsure else relation
            for relation in found.library.relations
        )
        found = evolve(found, library=evolve(found.library, relations=sure))
    problems = (find_problems(ClauseGraph(part), found.places, newest) for part in parts_of(found.library, newest))
    return (*found.problems, *dict.fromkeys(chain.from_iterable(problems)))


def parts_of(library: Library, newest: Container[str]) -> Iterator[Library]:
    """Cut a library into what can contradict itself: each standard held by its clauses with all others that are not.

    With such a standard nothing is proved, so that nothing follows through it: two of them are looked at by themselves,
    and not at all where each relation is new and of two leaf clauses that no other is of.
    """
    by_clause = {one.key for one in library.standards if one.level == LEVELS[1]}
    whole = frozenset(one.key for one in library.standards) - by_clause
    sets: dict[frozenset[str], list[MappingSet]] = {}
    relations: dict[frozenset[str], list[Relation]] = {}
    for one in library.sets:
        sets.setdefault(frozenset((one.subject, one.object)), []).append(one)
    for relation in library.relations:
        ends = frozenset(split_ref(refs[0])[0] for refs in (relation.subject, relation.object))
        relations.setdefault(ends, []).append(relation)
    pairs = {*sets, *relations}
    graph = ClauseGraph(library)
    parts = [pair for pair in pairs if pair <= by_clause and not _is_plain(graph, relations.get(pair, ()), newest)]
    parts += [whole | {key} for key in by_clause if any(key in pair and pair & whole for pair in pairs)]
    if any(pair <= whole for pair in pairs) and not any(whole <= keys for keys in parts):
        parts.append(whole)
    for keys in sorted(parts, key=sorted):
        inside = [pair for pair in pairs if pair <= keys]
        yield evolve(
            library,
            standards=tuple(one for one in library.standards if one.key in keys),
            sets=tuple(one for pair in inside for one in sets.get(pair, ())),
            relations=tuple(one for pair in inside for one in relations.get(pair, ())),
        )


def _is_plain(graph: ClauseGraph, relations: Sequence[Relation], newest: Container[str]) -> bool:
    """Tell whether no relation can contradict another: each is new and of two leaf clauses, no two are of the same."""
    told = {frozenset((relation.subject, relation.object)) for relation in relations}
    return len(told) == len(relations) and all(
        relation.id in newest
        and len(relation.subject) == len(relation.object) == 1
        and all(graph.has_clause(ref) and graph.is_leaf(ref) for ref in (*relation.subject, *relation.object))
        for relation in relations
    )


def _counted(given: Standard | Set, brought: Brought) -> Callable[[int], Place]:
    """Give what finds the place from which an entry was brought, by the line that stands for it."""
    if isinstance(given, tuple):
        first, ids = given[0].subject, [relation.id for relation in given[1]]
    else:
        first, ids = given.key, [clause.ref for clause in given.clauses]
    start = brought.places.get(first, (first, None))
    return lambda line: brought.places.get(ids[line - 2], start) if 2 <= line < len(ids) + 2 else start


def _finder(text: str, brought: Brought) -> Callable[[int], Place]:
    """Give what finds the place in the file from which a line was brought."""
    from imsmap.library.load.parsing import parse

    tree = parse(text, "")
    value = tree.value
    key = value.get("key") or value["subject"]
    first = brought.places.get(key, (key, None))
    starts: list[tuple[int, Place]] = [(1, first)]
    for name, prefix, ids in (("clauses", f"{key}:", "number"), ("relations", "", "id")):
        for index, entry in enumerate(value.get(name, ())):
            id_ = f"{prefix}{entry[ids]}"
            known = next((one for one in (id_, *_named(brought, id_)) if one in brought.places), "")
            starts.append((tree.line((name, index)), brought.places.get(known, first)))
    return lambda line: [place for start, place in starts if start <= line][-1]


def _named(brought: Brought, id_: str) -> Iterator[str]:
    return (f"{one.name}#{id_}" for one, _ in brought.sets)
