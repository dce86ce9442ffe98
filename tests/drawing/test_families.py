from __future__ import annotations

from imsmap.drawing import width_of, wrap
from imsmap.drawing.families import UNKNOWN, letters_of
from imsmap.drawing.text import foot_words, measured_for


def test_a_wide_family_takes_more_room_and_one_nobody_knows_is_taken_for_wide() -> None:
    assert letters_of("Calibri") == letters_of("arial") == letters_of("+mn-lt") == letters_of("") == 1
    assert letters_of("Verdana") > letters_of("Segoe UI") > 1
    assert letters_of("House Sans") == UNKNOWN > 1


def test_words_are_measured_for_the_clients_font_and_for_ours_again_after_it() -> None:
    text = "Control of externally provided processes, products and services"
    before, lines = width_of(text, 14), wrap(text, 220, 14)
    with measured_for(1.2):
        assert abs(width_of(text, 14) - before * 1.2) < 0.01
        assert len(wrap(text, 220, 14)) > len(lines)
    assert width_of(text, 14) == before
    assert wrap(text, 220, 14) == lines


def test_a_line_for_the_foot_becomes_smaller_before_it_is_cut() -> None:
    text = "Smith Ltd, Mill Lane 4, Anytown: registered in Anytown, number 12 34 56"
    assert foot_words(text, 600) == (text, 11.0)
    whole, size = foot_words(text, width_of(text, 9.0) + 1)
    assert (whole, size) == (text, 9.0)
    assert foot_words(text, 100)[0].endswith("…")
