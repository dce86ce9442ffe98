"""What must hold of mapping sets: ends that exist, predicates, strengths, reasons, and no pair told twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from imsmap.library.load.checks.words import check_texts, check_unique
from imsmap.library.load.tree import Path_, Tree
from imsmap.library.model import Relation, Standard, split_ref
from imsmap.library.relationships import PREDICATES
from imsmap.nearest import did_you_mean


def check_relations(
    tree: Tree, relations: tuple[Relation, ...], known: Mapping[str, set[str]], by_clause: Collection[str] = ()
) -> None:
    """Check one mapping set: its ends, predicates, strengths, and that no pair is told twice.

    by_clause: the standards held at clause level, of which nothing can be said point by point.
    """
    check_unique(tree, ("relations",), [(relation.id.partition("#")[2], "id") for relation in relations])
    seen: dict[tuple[frozenset[str], frozenset[str]], int] = {}
    for index, relation in enumerate(relations):
        path: Path_ = ("relations", index)
        for role, refs in (("subject", relation.subject), ("object", relation.object)):
            if not refs:
                tree.fault((*path, role), f'{role} is empty; name a clause, a point or "*"')
            for ref in refs:
                _check_end(tree, (*path, role), ref, known)
        _check_level(tree, path, relation, by_clause)
        if relation.predicate not in PREDICATES:
            tree.fault(
                (*path, "predicate"),
                f"predicate {relation.predicate!r} is not known; {did_you_mean(relation.predicate, PREDICATES)}",
            )
        _check_reasons(tree, path, relation)
        pair = (frozenset(relation.subject), frozenset(relation.object))
        if pair in seen:
            first = relations[seen[pair]]
            line = tree.line(("relations", seen[pair]))
            told = (
                f"as {relation.predicate} here and as {first.predicate}"
                if relation.predicate != first.predicate
                else f"as {relation.predicate} here and also"
            )
            name = relation.id.partition("#")[2]
            tree.fault((*path, "id"), f"{name} relates the same pair {told} in line {line}; keep one")
        seen.setdefault(pair, index)


def _check_level(tree: Tree, path: Path_, relation: Relation, by_clause: Collection[str]) -> None:
    held = {split_ref(ref)[0] for ref in (*relation.subject, *relation.object)} & set(by_clause)
    for role, refs in (("subject", relation.subject), ("object", relation.object)):
        for ref in refs:
            if held and "#" in ref:
                are = "is" if len(held) == 1 else "are"
                words = f"{' and '.join(sorted(held))} {are} held at clause level; relate clause to clause"
                tree.fault((*path, role), f"{ref.partition(':')[2]} is a point, but {words}")


def names_in(standard: Standard) -> set[str]:
    """Give every name that a relation may use for a part of a standard: its clauses and points."""
    numbers = {clause.number for clause in standard.clauses}
    return numbers | {f"{clause.number}#{point.id}" for clause in standard.clauses for point in clause.points}


def is_sound(relation: Relation, known: Mapping[str, set[str]]) -> bool:
    """Tell whether a relation says something of clauses and points that exist, so that it can be reasoned with."""
    if relation.predicate not in PREDICATES or not relation.subject or not relation.object:
        return False
    for ref in (*relation.subject, *relation.object):
        key, number, point = split_ref(ref)
        if key not in known or (number and (number if point is None else f"{number}#{point}") not in known[key]):
            return False
    return split_ref(relation.subject[0])[0] != split_ref(relation.object[0])[0]


def _check_end(tree: Tree, path: Path_, ref: str, known: Mapping[str, set[str]]) -> None:
    key, number, point = split_ref(ref)
    if not number or key not in known:
        return  # the whole standard, or a standard that was told to be missing already
    name = f"{number}#{point}" if point is not None else number
    if name not in known[key]:
        kind = "point" if point is not None else "clause"
        tree.fault(path, f"no {kind} {name} in {key}; {_advice(path[-1], key, name, known)}")


def _advice(role: object, key: str, name: str, known: Mapping[str, set[str]]) -> str:
    owner, colon, bare = name.rpartition(":")
    if not colon:
        clause, hash_, _ = name.partition("#")
        like = {other for other in known[key] if ("#" in other) == bool(hash_)}
        here = {other for other in like if hash_ and other.startswith(f"{clause}#")}
        return did_you_mean(name, here or like)
    if owner == key:
        return f"write {bare} alone"
    return f"in this file each {role} is of {key}; what is of another belongs to the other side or into another file"


def _check_reasons(tree: Tree, path: Path_, relation: Relation) -> None:
    none = relation.predicate == "no-relationship"
    if none and relation.strength is not None:
        tree.fault((*path, "strength"), "no-relationship has no strength; remove the key")
    if not none and relation.strength is None:
        tree.fault(path, "strength is missing; give a whole number from 1 (weak) to 10")
    if none and relation.shared:
        tree.fault((*path, "shared"), "no-relationship shares nothing; say the reason under `differs`")
    if not none and not relation.shared.strip():
        tree.fault(path, "`shared` is missing; say what the two sides have in common")
    if not relation.differs.strip():
        tree.fault(path, "`differs` is missing; say " + ("why there is none" if none else "what they do not share"))
    check_texts(
        tree,
        path,
        {
            "shared": relation.shared or None,
            "differs": relation.differs or None,
            "source": relation.source,
            "author": relation.author,
            "justification": relation.justification,
        },
    )
