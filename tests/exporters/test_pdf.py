from __future__ import annotations

import re

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
