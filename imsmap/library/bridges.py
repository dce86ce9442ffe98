"""Which standards lie between others, so that something may follow through them: the same, however many are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from imsmap.library.editions import first_edition


def neighbours(ties: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Give for each standard those with which it is tied."""
    near: dict[str, set[str]] = {}
    for one, other in ties:
        if one != other:
            near.setdefault(one, set()).add(other)
            near.setdefault(other, set()).add(one)
    return near


def reached(found: Collection[str], near: Mapping[str, Collection[str]]) -> set[str]:
    """Give these standards with all to which ties lead from them."""
    known = set(found)
    while more := {other for key in known for other in near.get(key, ())} - known:
        known |= more
    return known


def with_bridges(wanted: Collection[str], ties: Iterable[tuple[str, str]], before: Mapping[str, str]) -> set[str]:
    """Add the standards that lie between the wanted ones: those that stay when dead ends are cut off, again and again.

    Relations compose along any such way, so what follows between two standards may rest on a third. What is stated of
    other editions is carried over to a new one, so they lie between, too.

    ties: the ends of the mapping sets through which more follows. before: which edition each one revises.
    """
    first = {first_edition(key, before) for key in wanted}
    newest = any(key in before for key in wanted)
    # Of editions of one standard each says itself what it took from the one before.
    near = neighbours([*ties, *(before.items() if newest and len(first) > 1 else ())])
    # What is known of first editions does not hang on newer ones, their own or those of others.
    for key in () if newest else before:
        for other in near.pop(key, ()):
            near.get(other, set()).discard(key)
    while dead := [key for key, others in near.items() if len(others) < 2 and key not in wanted]:
        for key in dead:
            for other in near.pop(key):
                near.get(other, set()).discard(key)
    return reached(wanted, near)
