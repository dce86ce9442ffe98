"""Which class two clauses, or a point and what it is compared with, belong to, by what is still possible."""

from __future__ import annotations

from collections.abc import Iterable

from imsmap.library.model import Kin, Relation
from imsmap.library.relationships import EQUAL, NONE
from imsmap.reasoning.ties import Tie


def point_kin(mask: int, relations: Iterable[Relation], *, counterpart: bool) -> Kin:
    """Give the class of a point and what it is compared with."""
    if counterpart:
        return Kin.SAME
    if mask == NONE:
        return Kin.NONE
    if mask & NONE or mask == 0:
        return Kin.NOT_ASSESSED
    strong = any(relation.is_strong for relation in relations if relation.predicate != "no-relationship")
    return Kin.RELATED if strong else Kin.TOUCHES


def kin_of(mask: int, shares_core: bool, joint: bool) -> Kin:
    """Give the class of two unions of leaf clauses; joint: tied only through a larger union."""
    if mask == EQUAL:
        return Kin.SAME
    if shares_core:
        return Kin.EXTENDED
    if mask == NONE:
        return Kin.NONE
    if mask and not mask & NONE:
        return Kin.RELATED
    return Kin.RELATED if joint else Kin.NOT_ASSESSED


def is_strong(ties: Iterable[Tie]) -> bool:
    """Tell whether any of the ties is more than a reminder."""
    return any(tie.relation.is_strong for tie in ties if not tie.mask & NONE)
