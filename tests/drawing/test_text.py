from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from imsmap.drawing import HANG, breaks_word, clean, fit, height_of, shorten, width_of, wrap


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


def test_a_word_longer_than_a_line_is_noticed() -> None:
    assert breaks_word("an Improvement", 40, 14)
    assert not breaks_word("an Improvement", 400, 14)


def test_later_lines_of_a_hanging_paragraph_stand_further_in_and_still_fit() -> None:
    text = "Q 8.4 Control of externally provided processes, products and services " + "x" * 40
    lines = wrap(text, 120, 11.0, hang=HANG)
    assert all(line.startswith(HANG) for line in lines[1:])
    assert all(width_of(line, 11.0) <= 120 for line in lines)
    assert "".join(line.removeprefix(HANG) for line in lines).replace(" ", "") == text.replace(" ", "")
