"""What a mask says in parts (within or not, shares or not), and the forms of the paths along which parts follow."""

from __future__ import annotations

from imsmap.relationships import ALL, EQUAL, NONE, SHARE, SUBSET, SUPERSET

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


LOOSE = tuple(_is_loose(mask) for mask in range(ALL + 1))

# The forms of the paths as states of a walk: where it stands after a step over a constraint of a given mask.
_UP, _DOWN, _SHARING, _APART, _OUTSIDE = range(5)
ROUTES = {
    WITHIN: (_UP, {_UP}),
    SHARE: (_DOWN, {_DOWN, _SHARING}),
    NONE: (_UP, {_APART}),
    NOT_WITHIN: (_DOWN, {_OUTSIDE}),
}


def _next(state: int, mask: int) -> tuple[int, ...]:
    if mask == 0:
        return ()
    within, holds, shares = not mask & ~WITHIN, not mask & ~HOLDS, not mask & NONE
    steps = {
        _UP: ((_UP, within), (_APART, mask == NONE)),
        _DOWN: ((_DOWN, holds), (_SHARING, shares and not holds), (_OUTSIDE, not mask & WITHIN)),
        _SHARING: ((_SHARING, within), (_OUTSIDE, mask == NONE)),
        _APART: ((_APART, holds),),
        _OUTSIDE: ((_OUTSIDE, holds),),
    }
    return tuple(then for then, may in steps[state] if may)


NEXT = tuple(tuple(_next(state, mask) for mask in range(ALL + 1)) for state in range(5))
