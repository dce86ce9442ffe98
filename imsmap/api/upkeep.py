"""Keeping mapping data in order: what is wrong with them, which keys their files hold, what was looked at again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from imsmap.api.library import Roots, roots_of
from imsmap.errors import ImsmapError, UnknownNameError, UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import LIBRARY, adds, load_with_places, survey
from imsmap.library.load.editing import set_affirmed
from imsmap.library.load.keys import KINDS, schema, told
from imsmap.library.model import Relation
from imsmap.nearest import did_you_mean
from imsmap.readers.mapping import read_mapping
from imsmap.reasoning.checking import find_problems, fingerprint, is_suspect, unassessed_pairs

__all__ = [
    "KINDS",
    "LIBRARY",
    "adds",
    "affirmed",
    "find_problems",
    "read_mapping",
    "schema",
    "survey",
    "told",
    "unassessed_pairs",
]


def affirmed(roots: Roots, ids: Sequence[str]) -> tuple[Mapping[Path, bytes], tuple[str, ...]]:
    """Note that a person looked again at relations, or at all suspect ones where none is named.

    Gives the new content of the files that change, and the names of the relations; nothing is written.
    """
    library, places = load_with_places(roots_of(roots))
    graph = ClauseGraph(library)
    stated = [relation for relation in library.relations if not relation.implied]
    suspects = [relation for relation in stated if is_suspect(graph, relation)]
    chosen = [_named(id_, stated, suspects) for id_ in dict.fromkeys(ids)] or suspects
    texts: dict[Path, str] = {}
    # From the last line up, so that a line put in does not move those still to be changed.
    for relation in sorted(chosen, key=lambda r: -places[r.id].line):
        place = places[relation.id]
        text = texts.get(place.path) or place.path.read_bytes().decode("utf-8")
        changed = set_affirmed(text, place.line, fingerprint(graph, relation))
        if changed is None:
            raise ImsmapError(f"{place.shown}:{place.line}: write this relation with one key a line, then affirm it")
        texts[place.path] = changed
    names = tuple(sorted(relation.id.partition("#")[2] for relation in chosen))
    return {path: text.encode() for path, text in texts.items()}, names


def _named(name: str, stated: Sequence[Relation], suspects: Sequence[Relation]) -> Relation:
    """Give the relation that somebody names, who means a suspect one where mapping sets use a name for several."""
    found = [relation for relation in stated if name in (relation.id, relation.id.partition("#")[2])]
    if not found:
        raise UnknownNameError(f"no relation {name}; {did_you_mean(name, [r.id.partition('#')[2] for r in stated])}")
    meant = [relation for relation in found if relation in suspects] if len(found) > 1 else found
    if len(meant) != 1:
        told = ", ".join(relation.id for relation in meant or found)
        raise UsageError(f"{name} is the name of several relations: {told}; name the one you looked at like this")
    return meant[0]
