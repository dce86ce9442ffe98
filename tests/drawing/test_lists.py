from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from imsmap.drawing import Item, listed, width_of

TITLES = (
    Item("Q 8.4 Control of externally provided processes, products and services", "◐"),
    Item("Q 8.6 Release of products and services"),
    Item("Q 8.7 Control of nonconforming outputs", "?"),
)


def test_a_list_that_fits_is_told_in_whole_and_hangs() -> None:
    found = listed(TITLES, 150, 11.0)
    assert found.paragraphs == tuple(item.whole for item in TITLES)
    assert found.lines[1].startswith("\u00a0")
    assert found.cut == ()


def test_the_longest_entry_is_abbreviated_first_and_keeps_its_mark() -> None:
    whole = len(listed(TITLES, 240, 11.0).lines)
    found = listed(TITLES, 240, 11.0, whole - 1)
    assert found.paragraphs[0] == "Q 8.4 Control of externally provided…\u00a0◐"
    assert found.paragraphs[1:] == tuple(item.whole for item in TITLES[1:])
    assert found.cut == (TITLES[0].whole,)


def test_entries_beyond_the_last_line_are_counted_and_stand_in_what_was_cut() -> None:
    found = listed(TITLES, 150, 11.0, 2)
    assert found.paragraphs[-1] == "and 2 more…"
    assert {item.whole for item in TITLES} == set(found.cut)


@given(
    st.lists(st.text(st.characters(categories=["L", "N", "P"]) | st.just(" "), min_size=1, max_size=80), max_size=6),
    st.integers(100, 300),
    st.integers(1, 12),
)
def test_a_list_never_has_more_lines_than_asked_and_no_line_is_wider(texts: list[str], width: int, most: int) -> None:
    found = listed(tuple(Item(text, "◐") for text in texts), float(width), 11.0, most)
    assert len(found.lines) <= most
    assert all(width_of(line, 11.0) <= width for line in found.lines)
