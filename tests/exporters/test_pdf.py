from __future__ import annotations

import re
from pathlib import Path

import pytest

from imsmap.drawing import pdf as drawing
from imsmap.drawing.glyphs import Face
from imsmap.exporters import pdf
from tests.pictures.invented import draw, report_for


def test_a_pdf_is_one_page_of_the_slides_size() -> None:
    picture, *_ = draw("columns", report_for("columns", 2))
    drawn = pdf.export(picture)
    assert len(re.findall(rb"/Type /Page\b(?!s)", drawn)) == 1
    box = re.search(rb"/MediaBox \[ ?([\d. ]+)\]", drawn)
    assert box is not None
    assert [round(float(number)) for number in box[1].split()] == [0, 0, 960, 540]


def test_a_pdf_does_not_tell_the_day_it_was_drawn() -> None:
    picture, *_ = draw("columns", report_for("columns", 2))
    assert b"/CreationDate (D:20000101000000" in pdf.export(picture)


def test_a_pdf_tells_its_title_and_language_and_shows_the_title_in_the_window() -> None:
    picture, *_ = draw("columns", report_for("columns", 2))
    drawn = pdf.export(picture)
    assert b"/Lang (en)" in drawn
    assert b"/DisplayDocTitle true" in drawn
    assert b"/Title (" in drawn


def test_words_in_a_font_that_can_not_be_put_inside_are_drawn_as_dots(monkeypatch: pytest.MonkeyPatch) -> None:
    from imsmap.drawing import SIZES, Area, Sheet

    sheet = Sheet(SIZES["16:9"])
    sheet.words(Area(0, 0, 400, 40), ["Hello"], size=12, name="words")
    sheet.words(Area(0, 40, 400, 40), ["\u3000"], size=12, name="nothing to see")
    picture = sheet.picture("x", "X", "", ())
    assert b"/Subtype /Image" not in pdf.export(picture)
    monkeypatch.setattr(drawing, "_font", lambda _: "")
    drawn = pdf.export(picture)
    assert b"/Subtype /Image" in drawn
    assert drawn == pdf.export(picture)


def test_a_font_without_outlines_that_a_pdf_may_hold_is_no_font_for_it(tmp_path: Path) -> None:
    (tmp_path / "x.otf").write_bytes(b"OTTO" + bytes(40))
    assert drawing._font(Face(tmp_path / "x.otf", 0, "X")) == ""
