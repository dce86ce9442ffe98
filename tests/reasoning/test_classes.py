from __future__ import annotations

import pytest

from imsmap.library.model import Kin
from imsmap.library.relationships import ALL, EQUAL, INTERSECTS, NONE, SHARE
from imsmap.reasoning.classes import kin_of, point_kin


@pytest.mark.parametrize(
    ("mask", "core", "joint", "kin"),
    [
        (EQUAL, False, False, Kin.SAME),
        (INTERSECTS, True, False, Kin.EXTENDED),
        (NONE, False, True, Kin.NONE),
        (SHARE, False, False, Kin.RELATED),
        (ALL, False, True, Kin.RELATED),
        (ALL, False, False, Kin.NOT_ASSESSED),
        (0, False, False, Kin.NOT_ASSESSED),
    ],
)
def test_the_class_of_two_clauses_follows_from_what_is_possible(mask: int, core: bool, joint: bool, kin: Kin) -> None:
    assert kin_of(mask, core, joint) is kin


def test_a_point_with_no_relation_that_is_strong_only_touches() -> None:
    assert point_kin(SHARE, (), counterpart=False) is Kin.TOUCHES
    assert point_kin(SHARE, (), counterpart=True) is Kin.SAME
    assert point_kin(ALL, (), counterpart=False) is Kin.NOT_ASSESSED
    assert point_kin(NONE, (), counterpart=False) is Kin.NONE
