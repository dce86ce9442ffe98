"""The library into which files of other tools are read, as their readers see it."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from imsmap.library.graph import ClauseGraph
from imsmap.library.load.checks.relations import names_in
from imsmap.library.model import Head, Relation
from imsmap.readers.brought import Around, Brought

DAY = "2030-05-01"


def around(graph: ClauseGraph) -> Around:
    """Give a library as a reader sees it; nothing is cited in words."""
    heads = tuple(
        Head(s.key, s.designation, s.title, s.discipline, s.edition, s.published, s.status, s.confidence)
        for s in graph.standards
    )
    return Around(
        heads, graph, lambda *_: (), lambda _: (), lambda _: (), DAY,
        names=lambda key: frozenset(names_in(graph.standard(key))),
    )  # fmt: skip


def put(folder: Path, name: str, text: str) -> tuple[Path, str]:
    """Write a file, and give its path and how it is called."""
    path = folder / name
    path.write_text(text, "utf-8", newline="")
    return path, name


def bare(relations: tuple[Relation, ...]) -> list[Relation]:
    """Give relations without the names of their sets, in one order."""
    found = [evolve(relation, id=relation.id.partition("#")[2]) for relation in relations]
    return sorted(found, key=lambda one: (one.subject, one.object, one.predicate, one.id))


def relations_of(brought: Brought) -> tuple[Relation, ...]:
    """Give all that the sets of a file state."""
    return tuple(relation for _, relations in brought.sets for relation in relations)


def told(brought: Brought) -> str:
    """Give what was left out, as people read it."""
    return "\n".join(map(str, brought.left_out))
