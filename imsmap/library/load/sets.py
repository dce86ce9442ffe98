"""Mapping sets: the files of stated relations between two standards."""

from __future__ import annotations

from pathlib import Path

from imsmap.library.load.kinds import RelationsFile
from imsmap.library.load.structuring import structure
from imsmap.library.load.tree import Tree
from imsmap.library.model import Relation
from imsmap.nearest import did_you_mean


def ends_of(path: Path) -> tuple[str, ...]:
    """Give the two standards that a file of relations is named after."""
    return tuple(path.stem.split("_"))


def read_set(tree: Tree, path: Path, there: set[str]) -> tuple[Relation, ...] | None:
    """Read one mapping set; its ends become full references."""
    head = tree.value
    entries = head.get("relations")
    ends = {role: head.get(role) for role in ("subject", "object")}
    for role, key in ends.items():
        if isinstance(key, str) and key not in there:
            tree.fault((role,), f"no standard {key} in standards/; {did_you_mean(key, there)}")
    if ends["subject"] == ends["object"]:
        tree.fault(("object",), "a mapping set relates two standards; subject and object are the same")
    elif path.stem != f"{ends['subject']}_{ends['object']}":
        tree.fault(
            ("subject",), f"the file must be named {ends['subject']}_{ends['object']}.yaml after its two standards"
        )
    handed = {name: head[name] for name in ("author", "confidence", "source", "justification") if name in head}
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict):
            continue
        for name, value in handed.items():
            entry.setdefault(name, value)
        for role, key in ends.items():
            written = entry.get(role)
            if isinstance(written, str):
                written = [written]
            if isinstance(written, list) and all(isinstance(word, str) for word in written):
                entry[role] = [f"{key}:{'' if word == '*' else word}" for word in written]
        if isinstance(entry.get("id"), str):
            entry["id"] = f"{path.stem}#{entry['id']}"
    read = structure(tree, RelationsFile)
    return None if read is None else read.relations
