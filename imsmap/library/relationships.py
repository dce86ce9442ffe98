"""The five set relations of NIST IR 8477, spelled as in OSCAL's mapping model, and their algebra (RCC-5).

What is known about two sets is a set of relations that are still possible, held as a mask of the five bits below:
masks compose and intersect by table look-up and `&`, which keeps derivation over large mappings fast.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

EQUAL: Final = 1
SUBSET: Final = 2
SUPERSET: Final = 4
INTERSECTS: Final = 8
NONE: Final = 16
ALL: Final = 31
SHARE: Final = ALL & ~NONE
"""Every relation under which the two sides have something in common."""
WHOLLY: Final = EQUAL | SUBSET | SUPERSET
"""What speaks of all that a side asks for; of two disciplines it is said apart from the discipline."""

PREDICATES: Final[dict[str, int]] = {
    "equal-to": EQUAL,
    "subset-of": SUBSET,
    "superset-of": SUPERSET,
    "intersects-with": INTERSECTS,
    "no-relationship": NONE,
}

NEGATED: Final = "not "
"""Begins what is said of two clauses by denying a predicate: `not equal-to`."""

SKOS: Final[dict[str, str]] = {
    "equal-to": "skos:exactMatch",
    "subset-of": "skos:broadMatch",
    "superset-of": "skos:narrowMatch",
    "intersects-with": "skos:relatedMatch",
    # SKOS has no word for "nothing in common": a consumer must not read a missing match as this statement.
    "no-relationship": "",
}

OSCAL: Final[dict[str, str]] = {name: name for name in PREDICATES}

_BITS: Final = (EQUAL, SUBSET, SUPERSET, INTERSECTS, NONE)

# Rows: A r B; columns: B s C; both in the order of _BITS. Enumerated over all non-empty subsets of five elements.
_TABLE: Final = (
    (EQUAL, SUBSET, SUPERSET, INTERSECTS, NONE),
    (SUBSET, SUBSET, ALL, SUBSET | INTERSECTS | NONE, NONE),
    (SUPERSET, EQUAL | SUBSET | SUPERSET | INTERSECTS, SUPERSET, SUPERSET | INTERSECTS, SUPERSET | INTERSECTS | NONE),
    (INTERSECTS, SUBSET | INTERSECTS, SUPERSET | INTERSECTS | NONE, ALL, SUPERSET | INTERSECTS | NONE),
    (NONE, SUBSET | INTERSECTS | NONE, NONE, SUBSET | INTERSECTS | NONE, ALL),
)


def _compose_masks(first: int, second: int) -> int:
    result = 0
    for row, left in enumerate(_BITS):
        if first & left:
            for column, right in enumerate(_BITS):
                if second & right:
                    result |= _TABLE[row][column]
    return result


COMPOSE: Final[tuple[tuple[int, ...], ...]] = tuple(
    tuple(_compose_masks(first, second) for second in range(ALL + 1)) for first in range(ALL + 1)
)
"""COMPOSE[ab][bc]: what is possible between A and C. An impossible (empty) premise gives an empty result."""

INVERSE: Final[tuple[int, ...]] = tuple(
    (mask & ~(SUBSET | SUPERSET)) | (SUPERSET if mask & SUBSET else 0) | (SUBSET if mask & SUPERSET else 0)
    for mask in range(ALL + 1)
)


def mask_of(predicates: Iterable[str]) -> int:
    """Turn predicate names into a mask; KeyError on an unknown name."""
    mask = 0
    for name in predicates:
        mask |= PREDICATES[name]
    return mask


def said_mask(relation: str) -> int:
    """Turn what somebody says of two clauses into a mask: a predicate, or that one does not hold."""
    bare = relation.removeprefix(NEGATED)
    return PREDICATES[bare] if bare == relation else ALL & ~PREDICATES[bare]


def negated(relation: str | None) -> str | None:
    """Give what is said by denying a predicate, or that two clauses are paired."""
    if relation is None:
        return "no-relationship"
    return None if relation == "no-relationship" else f"{NEGATED}{relation}"


def turned(relation: str | None) -> str | None:
    """Give what is said when subject and object change places."""
    if relation is None:
        return None
    bare = relation.removeprefix(NEGATED)
    (name,) = names_of(INVERSE[PREDICATES[bare]])
    return relation.removesuffix(bare) + name


def names_of(mask: int) -> tuple[str, ...]:
    """Name the relations in a mask, in alphabetical order."""
    return tuple(sorted(name for name, bit in PREDICATES.items() if mask & bit))


def compose(first: int, second: int) -> int:
    """Tell what is possible between A and C, given what is possible between A and B, and between B and C."""
    return COMPOSE[first][second]


def inverse(mask: int) -> int:
    """Tell what is possible between B and A, given what is possible between A and B."""
    return INVERSE[mask]


def claim_of(mask: int) -> str:
    """Say what may be claimed: 'proved', 'share something', 'unknown' or 'contradiction'."""
    if mask == 0:
        return "contradiction"
    if mask & (mask - 1) == 0:
        return "proved"
    return "unknown" if mask & NONE else "share something"
