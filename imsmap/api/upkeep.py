"""Keeping mapping data in order: what is wrong with them, which keys their files hold, what was looked at again."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType

from imsmap import about
from imsmap.api.library import Roots, roots_of
from imsmap.errors import ImsmapError, UnknownNameError, UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import LIBRARY, adds, load_with_places, survey
from imsmap.library.load.editing import set_affirmed
from imsmap.library.load.keys import KINDS, schema, told
from imsmap.library.model import Relation
from imsmap.nearest import did_you_mean
from imsmap.readers import mapping as tables
from imsmap.readers import mapping_csv
from imsmap.readers.mapping import Mapping as Published
from imsmap.readers.mapping import Resolve
from imsmap.readers.tables import beginning_of
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


_TABLES = (".csv", ".tsv", ".txt")
_METADATA = (b"#", b"\xef\xbb\xbf#")
"""How a table begins that says itself which standards its prefixes mean."""


def read_mapping(path: str, resolve: Resolve, standard: Callable[[str], str], roots: Roots = None) -> Published:
    """Read somebody's mapping, in a format of another tool or as a table, as pairs of clauses to compare.

    DataError holds every problem if nothing in it can be read. resolve, standard: as for a table.
    """
    place = Path(path)
    try:
        beginning = beginning_of(place)
    except OSError:
        beginning = b""  # the reader of tables says what is wrong
    if not path.lower().endswith(_TABLES) or beginning.startswith(_METADATA) or mapping_csv.is_whole(beginning):
        for key, one in about.readers().items():
            if path.lower().endswith(one.suffixes):
                module = importlib.import_module(f"imsmap.readers.{key}")
                if hasattr(module, "gather") and module.takes(beginning):
                    return _paired(module, place, resolve, roots)
    return tables.read_mapping(path, resolve, standard)


def _paired(module: ModuleType, path: Path, resolve: Resolve, roots: Roots) -> Published:
    from imsmap.api.bringing import surroundings
    from imsmap.readers.pairing import Pairing

    around = surroundings(roots)
    pairing = Pairing(str(path), around, resolve)
    module.gather(path, str(path), around, pairing)
    return pairing.mapping(path.name)


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
