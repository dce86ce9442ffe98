"""Friends that numbers make or hide: one number for different duties, and duties that belong together under others."""

from __future__ import annotations

from collections.abc import Iterable

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin, Relation, split_ref
from imsmap.library.relationships import NONE
from imsmap.reasoning.kinship import Kinship, Pair
from imsmap.values import frozen


@frozen
class FalseFriend:
    """A clause number that two standards use for different duties; `weak` holds the ties below the threshold."""

    number: str
    subject: str
    object: str
    weak: tuple[Relation, ...]


def false_friends(pair: Pair) -> tuple[FalseFriend, ...]:
    """Find the clause numbers that both standards use for different duties; the highest of a subtree only."""
    found: list[FalseFriend] = []
    for clause in pair.graph.clauses(pair.first):
        if any(friend.number in pair.graph.line(clause.ref)[1:] for friend in found):
            continue
        friend = _false_friend(pair, clause.number)
        if friend is not None:
            found.append(friend)
    return tuple(found)


def false_friend_above(pair: Pair, ref: str) -> FalseFriend | None:
    """Find the number of a clause of the first standard, or of a heading above it, that misleads: the highest."""
    found = (_false_friend(pair, number) for number in reversed(pair.graph.line(ref)))
    return next((friend for friend in found if friend is not None), None)


def misleads(pair: Pair, numbers: Iterable[str]) -> bool:
    """Tell whether both standards use one of some numbers for different duties."""
    return any(_false_friend(pair, number) is not None for number in numbers)


def is_open(pair: Pair, number: str) -> bool:
    """Tell whether nobody knows if a number misleads: both share nothing there, and not all was looked at."""
    both = apart_at(pair.graph, (pair.first, pair.second), number)
    if both is None:
        return False
    kins = {kinship.kin for kinship in _between(pair, both)}
    return Kin.NOT_ASSESSED in kins and not any(kin.is_counterpart for kin in kins)


def open_numbers(pair: Pair) -> tuple[str, ...]:
    """Give the numbers of clauses that both have, of which nobody knows if they mislead; the highest only."""
    found: list[str] = []
    for clause in pair.graph.clauses(pair.first):
        if not set(found) & set(pair.graph.line(clause.ref)) and is_open(pair, clause.number):
            found.append(clause.number)
    return tuple(found)


def hidden_friends(pair: Pair) -> tuple[Kinship, ...]:
    """Find the leaf clauses that belong together though their numbers differ, in clause order."""
    return tuple(one for one in pair.sharing() if not _same_branch(pair, one.subject[0], one.object[0]))


_Both = tuple[tuple[str, ...], tuple[str, ...]]


def apart_at(graph: ClauseGraph, keys: tuple[str, str], number: str) -> _Both | None:
    """Give the leaf clauses that two standards have under a number, where these share no core point."""
    refs = [f"{key}:{number}" for key in keys]
    if not all(graph.has_clause(ref) for ref in refs):
        return None
    mine, theirs = (tuple(leaf.ref for leaf in graph.leaves_under(ref)) for ref in refs)
    if not mine or not theirs or graph.core_ids(mine) & graph.core_ids(theirs):
        return None
    return mine, theirs


def _between(pair: Pair, both: _Both) -> list[Kinship]:
    return [pair.leaf(one, other) for one in both[0] for other in both[1]]


def _false_friend(pair: Pair, number: str) -> FalseFriend | None:
    both = apart_at(pair.graph, (pair.first, pair.second), number)
    if both is None:
        return None
    if any(one.kin is Kin.NOT_ASSESSED or one.kin.is_counterpart for one in _between(pair, both)):
        return None
    sharing = tuple(tie.relation for tie in pair.ties_between(*both) if not tie.mask & NONE)
    if any(relation.is_strong for relation in sharing):
        return None
    return FalseFriend(number, f"{pair.first}:{number}", f"{pair.second}:{number}", sharing)


def _same_branch(pair: Pair, one: str, other: str) -> bool:
    """Tell whether two clauses have one number, or one lies under the number of the other."""
    if split_ref(one)[1] in pair.graph.line(other) or split_ref(other)[1] in pair.graph.line(one):
        return True
    # A supplement has clauses under headings that only the standard has which it supplements.
    mine, theirs = f"{split_ref(one)[1]}.", f"{split_ref(other)[1]}."
    return mine.startswith(theirs) or theirs.startswith(mine)
