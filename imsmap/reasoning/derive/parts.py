"""What a mask says in parts (within or not, shares or not), and the forms of the paths along which parts follow."""

from __future__ import annotations

from imsmap.library.relationships import ALL, EQUAL, NONE, SHARE, SUBSET, SUPERSET

WITHIN = EQUAL | SUBSET
HOLDS = EQUAL | SUPERSET
NOT_WITHIN = ALL & ~WITHIN
NOT_HOLDS = ALL & ~HOLDS
PARTS = (WITHIN, HOLDS, SHARE, NONE, NOT_WITHIN, NOT_HOLDS)


def _is_loose(mask: int) -> bool:
    """Tell whether a mask says more than its parts together do."""
    told = ALL
    for part in PARTS:
        if mask & ~part == 0:
            told &= part
    return mask == 0 or told != mask


DENYING = tuple(
    tuple(part for part in (NONE, NOT_WITHIN, NOT_HOLDS) if mask and not mask & ~part) for mask in range(ALL + 1)
)
"""The parts of each mask that deny what others may prove."""
LOOSE = tuple(_is_loose(mask) for mask in range(ALL + 1))

# The forms of the paths as states of a walk: where it stands after a step over a constraint of a given mask.
UP, DOWN, SHARING, APART, OUTSIDE = range(5)
ROUTES = {
    WITHIN: (UP, {UP}),
    SHARE: (DOWN, {DOWN, SHARING}),
    NONE: (UP, {APART}),
    NOT_WITHIN: (DOWN, {OUTSIDE}),
}
STATES = {
    WITHIN: {UP},
    SHARE: {DOWN, SHARING},
    NONE: {UP, APART},
    NOT_WITHIN: {DOWN, SHARING, OUTSIDE},
}
"""The states in which a walk along each form may stand."""


def _next(state: int, mask: int) -> tuple[int, ...]:
    if mask == 0:
        return ()
    within, holds, shares = not mask & ~WITHIN, not mask & ~HOLDS, not mask & NONE
    steps = {
        UP: ((UP, within), (APART, mask == NONE)),
        DOWN: ((DOWN, holds), (SHARING, shares and not holds), (OUTSIDE, not mask & WITHIN)),
        SHARING: ((SHARING, within), (OUTSIDE, mask == NONE)),
        APART: ((APART, holds),),
        OUTSIDE: ((OUTSIDE, holds),),
    }
    return tuple(then for then, may in steps[state] if may)


NEXT = tuple(tuple(_next(state, mask) for mask in range(ALL + 1)) for state in range(5))
