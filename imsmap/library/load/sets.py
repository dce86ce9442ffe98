"""Mapping sets: the files of stated relations between two standards, under any name; the pair stands in their head."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from imsmap.errors import DataError
from imsmap.library.load.kinds import RelationsFile
from imsmap.library.load.roots import Source
from imsmap.library.load.tree import Tree, beginning, read_text
from imsmap.library.model import ASSESSED_AS, REVISES, SUPPLEMENTS, MappingSet, Relation, Standard
from imsmap.nearest import did_you_mean

Set = tuple[MappingSet, tuple[Relation, ...]]
"""A mapping set with what it states."""

_HEAD = 16_384
"""How many bytes of a file are looked at for its pair before all of it is read."""
_END = re.compile(rb"^(subject|object):[ \t]*([\"']?)([\w.+-]+)\2[ \t]*(?:#.*)?\r?$", re.MULTILINE)


def ends_of(source: Source) -> tuple[str, str] | None:
    """Read which two standards a mapping set is about, as a rule from its first lines; nothing if it does not say."""
    try:
        ends = islice(_END.finditer(beginning(source.path, _HEAD)), 2)
        found = {end[1].decode(): end[3].decode() for end in ends}
        if len(found) < 2:
            from imsmap.library.load.parsing import parse

            found = parse(read_text(source.path, source.shown), source.shown).value
    except (OSError, DataError, UnicodeDecodeError):
        return None
    subject, object_ = found.get("subject"), found.get("object")
    return (subject, object_) if isinstance(subject, str) and isinstance(object_, str) else None


def read_set(tree: Tree, source: Source, there: set[str]) -> Set | None:
    """Read one mapping set; its ends become full references."""
    from imsmap.library.load.structuring import respell, structure

    respell(tree, RelationsFile)
    head = tree.value
    entries = head.get("relations")
    ends = {role: head.get(role) for role in ("subject", "object")}
    for role, key in ends.items():
        if isinstance(key, str) and key not in there:
            tree.fault((role,), f"no standard {key} in standards/; {did_you_mean(key, there)}")
    if ends["subject"] == ends["object"]:
        tree.fault(("object",), "a mapping set relates two standards; subject and object are the same")
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
            entry["id"] = f"{source.stem}#{entry['id']}"
    read = structure(tree, RelationsFile)
    if read is None:
        return None
    if read.assessed not in ASSESSED_AS:
        tree.fault(
            ("assessed",), f"assessed {read.assessed!r} is not known; {did_you_mean(read.assessed, ASSESSED_AS)}"
        )
    return MappingSet(source.stem, read.subject, read.object, read.assessed, read.bridges), read.relations


def supplemented(standard: Standard, base: Standard) -> tuple[Relation, ...]:
    """Give what a supplement says by its layout: a clause asks for all that is asked for in what it supplements."""
    return tuple(
        Relation(
            f"{standard.key}#{clause.number}",
            (clause.ref,),
            "superset-of",
            tuple(f"{base.key}:{number}" for number in clause.supplements),
            SUPPLEMENTS,
            clause.confidence,
            standard.author,
            clause.source,
            10,
            f"What {base.designation} asks for in {', '.join(clause.supplements)} is asked for here, too.",
            f"What {standard.designation} adds to it.",
        )
        for clause in standard.clauses
        if clause.supplements
    )


_AS_BEFORE = {"widened": "superset-of", "narrowed": "subset-of"}


def revised(standard: Standard, old: Standard) -> tuple[Relation, ...]:
    """Give what follows from where the points of a new edition come from: equal, wider or narrower than the old ones.

    A point that comes from several asks for all of them together; of an own one that several come from, each clarifying
    it, each asks for a part. (A core point is the same wherever it is said.) What both share is told by the point that
    asks for no more than the other.
    """
    found = []
    before = {f"{clause.number}#{point.id}": point.text for clause in old.clauses for point in clause.points}
    taken_up = Counter(origin.id for clause in standard.clauses for point in clause.points for origin in point.from_)
    for clause in standard.clauses:
        for point in clause.points:
            if not point.from_:
                continue
            part = point.core is None and any(o.how == "clarified" and taken_up[o.id] > 1 for o in point.from_)
            hows = {origin.how for origin in point.from_}
            told = {_AS_BEFORE[how] for how in hows if how in _AS_BEFORE}
            told |= {"subset-of"} if part else set()
            predicate = told.pop() if len(told) == 1 else "intersects-with" if told else "equal-to"
            found.append(
                Relation(
                    f"{standard.key}#{clause.number}#{point.id}",
                    (clause.point_ref(point),),
                    predicate,
                    tuple(f"{old.key}:{origin.id}" for origin in point.from_),
                    REVISES,
                    point.confidence,
                    standard.author,
                    point.source,
                    10,
                    point.text
                    if predicate in ("equal-to", "subset-of")
                    else " ".join(before.get(origin.id, "") for origin in point.from_).strip() or point.text,
                    (clause.change if told or "clarified" in hows else "") or "Nothing of substance.",
                )
            )
    return tuple(found)
