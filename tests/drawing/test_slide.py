from __future__ import annotations

from imsmap.drawing import CORE, SIZES, Area, Share, Sheet, signed
from imsmap.drawing.marks import lettered
from imsmap.drawing.text import width_of

STORY = (Share(3, "core"), Share(1, "alone", (CORE,), "Q"))


def test_a_picture_without_signature_is_given_one_in_its_place_and_no_second() -> None:
    sheet = Sheet(SIZES["16:9"])
    sheet.words(Area(40, 40, 200, 40), ["words"], size=14, name="words")
    picture = signed(sheet.picture("x", "X", "", ()), STORY)
    roles = [part.role for part in picture.parts.values()]
    assert roles == ["page", "signature", "signature", "words"]
    strip = [part.area for part in picture.parts.values() if part.role == "signature"]
    assert (strip[0].x, strip[0].y, strip[-1].right) == (36, 25, 132)
    assert signed(picture, STORY) == picture


def test_letters_of_several_owners_stand_in_a_box_in_one_line_or_in_more() -> None:
    assert lettered("EI", 30, 34) == (("EI",), 12.0)
    assert lettered("EIB", 20, 34) == (("EI", "**B**"), 11.0)
    assert lettered("EIB", 20, 14) == ((), 11.0)
    assert lettered("Q15 Q31", 30, 34) == (("Q15", "**Q31**"), 11.0)
    assert width_of("EI", 11.0, bold=True) <= 18
