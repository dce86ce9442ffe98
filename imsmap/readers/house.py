"""A standard or a mapping set in the form of the mapping data themselves, from a file anywhere."""

from __future__ import annotations

import re
from pathlib import Path

from imsmap import about
from imsmap.library.load.kinds import hand_to_clauses
from imsmap.library.load.parsing import parse
from imsmap.library.load.roots import Source
from imsmap.library.load.sets import read_set
from imsmap.library.load.structuring import structure
from imsmap.library.load.tree import read_text
from imsmap.library.model import Standard
from imsmap.readers.brought import Around, Brought, Place

ABOUT = about.Reader(name="mapping data of imsmap", suffixes=(".yaml", ".yml"), place=900)
_OURS = re.compile(rb"^(?:key|subject)[ \t]*:", re.MULTILINE)


def takes(beginning: bytes) -> bool:
    """Tell whether a file begins as a standard or a mapping set of ours does."""
    return _OURS.search(beginning) is not None


def bring(path: Path, shown: str, around: Around) -> Brought:
    """Read a file; DataError for one that is no YAML or too large. What is wrong in it is told with its line."""
    tree = parse(read_text(path, shown), shown)
    lines: dict[str, Place] = {}
    if "relations" in tree.value and "clauses" not in tree.value:
        found = read_set(tree, Source(path.parent, path), {head.key for head in around.heads})
        if found is None:
            return Brought("mapping set", problems=tuple(tree.problems))
        for index, relation in enumerate(found[1]):
            lines[relation.id] = shown, tree.line(("relations", index))
        return Brought("mapping set", sets=(found,), problems=tuple(tree.problems), places=lines)
    hand_to_clauses(tree)
    standard = structure(tree, Standard)
    if standard is None:
        return Brought("standard", problems=tuple(tree.problems))
    lines[standard.key] = shown, tree.line(("key",))
    for index, clause in enumerate(standard.clauses):
        lines[clause.ref] = shown, tree.line(("clauses", index))
    return Brought("standard", (standard,), problems=tuple(tree.problems), places=lines)
