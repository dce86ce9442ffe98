"""A brand restyles the workbook, and tells what of it could not be shown as it was given."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile

import pytest
from PIL import Image

from imsmap.drawing.colour import contrast
from imsmap.exporters import excel
from imsmap.exporters.excel import Brand, Settings
from tests.exporters.excel.library import DAY, A, B, reports
from tests.exporters.excel.reading import load


def logo(kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (600, 200), "#00558C").save(stream, kind)
    return stream.getvalue()


BRAND = Brand("A & B Consult", "#00558C", "#FFD500", logo(), "Verdana", "A & B Consult Ltd, no. 123")


def made(brand: Brand) -> bytes:
    return excel.export(reports(A, B), Settings(as_of=DAY, client="Smith", brand=brand))


def test_a_pale_colour_is_darkened_until_white_text_reads_on_it_and_that_is_told() -> None:
    assert BRAND.main == "#00558C"
    assert contrast(BRAND.second, "#FFFFFF") >= 4.5 > contrast(BRAND.secondary, "#FFFFFF")
    colour, font = excel.notices(BRAND)
    assert "#FFD500 is too pale" in colour
    assert BRAND.second in colour
    assert "Verdana may be wider" in font
    assert excel.notices(Brand(primary="#00558c", font="Calibri", logo=logo("JPEG"))) == []


def test_what_is_built_once_stays_grey_under_a_brand() -> None:
    rows = load(made(BRAND))["Matrix"].iter_rows(min_row=5, max_col=2)
    grounds = {row[1].fill.fgColor.rgb for row in rows if str(row[1].value).endswith(("same", "extended"))}
    assert grounds == {"FF4D4D4D"}


def test_the_main_colour_takes_the_place_of_grey_in_the_theme() -> None:
    with zipfile.ZipFile(io.BytesIO(made(BRAND))) as parts:
        xml = parts.read("xl/theme/theme1.xml").decode()
    assert '<a:dk2><a:srgbClr val="00558C"/></a:dk2>' in xml
    assert '<a:majorFont><a:latin typeface="Verdana"' in xml
    assert '<a:minorFont><a:latin typeface="Arial"' in xml


def test_the_logo_stands_on_the_cover_with_words_for_who_does_not_see_it() -> None:
    content = made(BRAND)
    cover = load(content)["Cover"]
    (image,) = cover._images
    assert (image.width, image.height) == (600, 200)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        drawing = next(parts.read(name).decode() for name in parts.namelist() if "drawings/drawing" in name)
    assert 'descr="Logo of A &amp; B Consult"' in drawing


@pytest.mark.slow
@pytest.mark.parametrize(
    "broken", [b"no picture", b"\x89PNG", logo()[:100], logo("JPEG")[:-30], logo("GIF"), b"x" * 99]
)
def test_a_logo_that_does_not_open_is_left_out_and_told(broken: bytes) -> None:
    brand = Brand(logo=broken)
    assert excel.notices(brand) == ["the logo is no PNG or JPEG picture that a workbook can show; it was left out"]
    assert not load(made(brand))["Cover"]._images


def test_a_logo_of_more_dots_than_anybody_should_unpack_is_left_out_and_told() -> None:
    small = logo()
    brand = Brand(logo=small[:16] + struct.pack(">II", 65_535, 65_535) + small[24:])
    (told,) = excel.notices(brand)
    assert told == ("the logo has 65535 x 65535 dots, more than 10000 along a side; it was left out: save it smaller")
    assert not load(made(brand))["Cover"]._images


def test_header_and_footer_name_the_brand_and_stay_within_their_limits() -> None:
    for name, legal in (("A & B Consult", "A & B Consult Ltd, no. 123"), ("&" * 200, "&" * 300)):
        sheet = load(made(Brand(name=name, legal=legal, font='Cali"bri&x')))["Matrix"]
        assert "&B" not in sheet.oddHeader.right.text.replace("&&", "")
        with zipfile.ZipFile(io.BytesIO(made(Brand(name=name, legal=legal)))) as parts:
            xml = parts.read("xl/worksheets/sheet3.xml").decode()
        footer = xml.partition("<oddFooter>")[2].partition("</oddFooter>")[0].replace("&amp;", "&")
        assert len(footer) <= 255
        assert "uncontrolled when printed" in footer
    assert "no. 123" in load(made(BRAND))["Matrix"].oddFooter.left.text


def test_what_is_no_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="'blue' is no colour; write one as #00558C"):
        Brand(primary="blue")


def test_the_cover_holds_the_date_as_a_date_with_a_name_that_formulas_use() -> None:
    book = load(made(Brand()))
    sheet, place = next(iter(book.defined_names["as_of"].destinations))
    assert book[sheet][place.replace("$", "")].value == datetime.datetime.combine(DAY, datetime.time())
