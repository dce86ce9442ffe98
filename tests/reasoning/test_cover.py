"""The fewest sessions: as few as trying everything finds, with needs that take as many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imsmap.reasoning.cover import Bound, Need, fewest

KINDS = "abcde"
NEEDS = st.lists(
    st.tuples(st.frozensets(st.sampled_from(KINDS), min_size=1), st.integers(0, 2)), max_size=6
).map(lambda found: [Need(f"need {place}", kinds, count) for place, (kinds, count) in enumerate(found)])  # fmt: skip


def are_met(needs: Sequence[Need], counts: Counter[str]) -> bool:
    return all(sum(counts[kind] for kind in need.kinds) >= need.count for need in needs)


def tried(needs: Sequence[Need]) -> int:
    """Try everything, with more and more sessions."""
    sessions = 0
    while not any(are_met(needs, Counter(some)) for some in combinations_with_replacement(KINDS, sessions)):
        sessions += 1
    return sessions


@pytest.mark.slow
@given(NEEDS)
def test_no_fewer_sessions_meet_all_needs_and_the_needs_named_take_as_many(needs: list[Need]):
    cover = fewest(needs)
    assert are_met(needs, Counter(cover.counts))
    assert cover.sessions == cover.bound.sessions == tried(needs)
    named = [need for need in needs if need.name in cover.bound.needs]
    assert len(named) == len(cover.bound.needs)
    assert tried(named) == cover.sessions
    if cover.bound.apart:
        assert sum(len(need.kinds) for need in named) == len({kind for need in named for kind in need.kinds})


def test_where_no_needs_stand_apart_such_are_named_of_which_none_can_be_left_out():
    # Of three in a ring any two share a kind, and one session never serves all.
    ring = [Need("ab", frozenset("ab")), Need("bc", frozenset("bc")), Need("ac", frozenset("ac"))]
    assert fewest(ring).bound == Bound(2, ("ab", "ac", "bc"), False)


def test_a_need_that_nothing_meets_is_named():
    with pytest.raises(ValueError, match="nothing meets the moon"):
        fewest([Need("bread", frozenset("a")), Need("the moon", frozenset())])


def test_without_needs_there_are_no_sessions():
    assert fewest([]).bound == Bound(0, (), True)
