from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imsmap.drawing import HANG, breaks_word, clean, fit, height_of, listed, shorten, width_of, wrap


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs"]) | st.just(" "), max_size=200), st.integers(30, 400))
def test_no_wrapped_line_is_wider_than_asked_and_no_character_is_lost(text: str, width: int) -> None:
    lines = wrap(text, float(width), 11.0)
    assert all(width_of(line, 11.0) <= width or len(line) == 1 for line in lines)
    assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "").replace("\n", "")


def test_a_no_break_space_keeps_words_on_one_line() -> None:
    width = width_of("clause 8.5.1", 11.0)
    assert wrap("see clause\u00a08.5.1", width, 11.0) == ("see", "clause\u00a08.5.1")


def test_text_is_wrapped_then_shrunk_then_abbreviated() -> None:
    text = "Control of externally provided processes, products and services"
    assert fit(text, 500, 20, (14, 11)).size == 14
    assert fit(text, 360, 15, (14, 11)).size == 11
    cut = fit(text, 100, height_of(2, 11), (14, 11))
    assert cut.short
    assert len(cut.lines) == 2
    assert cut.lines[-1].endswith("…")


def test_a_shortened_line_fits_and_one_that_fits_is_left_alone() -> None:
    assert shorten("short", 100, 11) == "short"
    assert width_of(shorten("m" * 100, 100, 11), 11) <= 100


@given(
    st.lists(st.text(st.sampled_from("abcm"), min_size=1, max_size=9), min_size=1, max_size=12), st.integers(120, 300)
)
def test_a_line_is_cut_behind_a_word_and_never_within(words: list[str], width: int) -> None:
    found = shorten(" ".join(words), float(width), 11.0)
    assert width_of(found, 11.0) <= width
    assert found.removesuffix("…").split(" ") == words[: len(found.split(" "))]


NAMES = (
    "Q 8.4 Control of externally provided processes, products and services",
    "Q 8.6 Release of products and services",
    "Q 8.7 Control of nonconforming outputs",
)


def test_a_list_that_fits_is_told_in_whole_and_hangs() -> None:
    found = listed(NAMES, 150, 11.0, 20)
    assert found.paragraphs == NAMES
    assert found.lines[1].startswith(HANG)
    assert found.left == ()
    assert listed(NAMES, 150, 11.0, 20, "; ").paragraphs == ("; ".join(NAMES),)


def test_names_that_have_no_room_are_counted_and_told_whole() -> None:
    found = listed(NAMES, 240, 11.0, 3)
    assert found.paragraphs == (NAMES[0], "and 2 more")
    assert found.left == NAMES[1:]


@pytest.mark.slow
@given(
    st.lists(st.text(st.characters(categories=["L", "N", "P"]) | st.just(" "), min_size=1, max_size=80), max_size=6),
    st.integers(100, 300),
    st.integers(1, 12),
    st.sampled_from(("", ", ")),
)
def test_a_list_never_has_more_lines_than_asked_and_no_line_is_wider(
    texts: list[str], width: int, most: int, joint: str
) -> None:
    found = listed(tuple(texts), float(width), 11.0, most, joint)
    assert len(found.lines) <= most
    assert all(width_of(line, 11.0) <= width for line in found.lines)


def test_a_word_longer_than_a_line_is_noticed() -> None:
    assert breaks_word("an Improvement", 40, 14)
    assert not breaks_word("an Improvement", 400, 14)


def test_later_lines_of_a_hanging_paragraph_stand_further_in_and_still_fit() -> None:
    text = "Q 8.4 Control of externally provided processes, products and services " + "x" * 40
    lines = wrap(text, 120, 11.0, hang=HANG)
    assert all(line.startswith(HANG) for line in lines[1:])
    assert all(width_of(line, 11.0) <= 120 for line in lines)
    assert "".join(line.removeprefix(HANG) for line in lines).replace(" ", "") == text.replace(" ", "")
