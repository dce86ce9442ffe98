from __future__ import annotations

import pytest
from attrs import evolve

from imsmap.drawing import INK, PAPER, Colours, contrast, palettes
from imsmap.parts import Side
from tests.pictures.invented import DISCIPLINES, matrix


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


def several(letter: str, count: int) -> list[Side]:
    """Invent standards of one discipline."""
    (one,) = (side for side in matrix(6).answer.standards if side.letter == letter)
    return [evolve(one, key=f"{one.key}-{at}") for at in range(count)]


@pytest.mark.parametrize("letter", [one.letter for one in DISCIPLINES])
def test_standards_of_one_discipline_have_colours_of_their_own_and_each_can_be_read(letter: str) -> None:
    found = palettes(several(letter, 6)).values()
    assert len({one.dark for one in found}) == len({one.tint for one in found}) == 6
    for one in found:
        assert contrast(one.on_dark, one.dark) >= 4.5
        assert contrast(INK, one.tint) >= 4.5
        assert contrast(one.line, PAPER) >= 3


def test_a_standard_that_is_alone_with_its_discipline_has_the_colours_of_the_discipline() -> None:
    sides = matrix(6).answer.standards
    found = palettes(sides)
    assert [(found[side.key].dark, found[side.key].tint) for side in sides] == [
        (side.colours.dark, side.colours.tint) for side in sides
    ]
