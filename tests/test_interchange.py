from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from imsmap.interchange import Loss, curie, refs_of

NUMBERS = st.sampled_from(("8.5.1", "A.5.9", "REQ-12", "4.1 a", "302-1", "4.1(a)", "4.1/a", ""))
POINTS = st.one_of(st.just(""), st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True))


@given(st.lists(st.tuples(NUMBERS, POINTS), min_size=1, max_size=4))
def test_the_name_of_a_side_tells_it_again(parts: list[tuple[str, str]]):
    refs = tuple(f"iso1-2030:{number}" + (f"#{point}" if point and number else "") for number, point in parts)
    key, _, name = curie(refs).partition(":")
    assert refs_of(key, name) == refs
    assert not set(name) & set(" #\t")


def test_a_point_may_be_written_as_it_is_here():
    assert refs_of("iso9001-2015", "4.1#issues") == ("iso9001-2015:4.1#issues",)


def test_a_loss_names_some_and_counts_all():
    assert str(Loss("not said", tuple("abcdefg"))) == "7: not said (a, b, c, d, e and 2 more)"
