from __future__ import annotations

import pytest

from imsmap.drawing import CORE, INK, PAPER, Colours, colours, contrast
from tests.pictures.invented import DISCIPLINES


def test_black_on_white_is_21_to_1_and_a_colour_on_itself_1_to_1() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#00507D", "#00507D") == 1


@pytest.mark.parametrize("letter", [one.letter for one in DISCIPLINES])
def test_every_discipline_can_be_read_on_its_dark_and_its_tint(letter: str) -> None:
    dark, accent, tint = next(one.colours for one in DISCIPLINES if one.letter == letter)
    found = Colours(dark, accent, tint)
    assert contrast(found.on_dark, found.dark) >= 4.5
    assert contrast(INK, found.tint) >= 4.5
    assert contrast(found.line, PAPER) >= 3


def test_without_colours_the_greys_of_the_common_core_serve() -> None:
    assert colours(None) == CORE
