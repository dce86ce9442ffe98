"""A brand restyles the workbook, and tells what of it could not be shown as it was given."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from functools import cache

import pytest
from PIL import Image

from imsmap.drawing.logo import Logo
from imsmap.drawing.look import Look
from imsmap.exporters import excel
from imsmap.exporters.excel import Settings
from imsmap.parts import sides
from tests.exporters.excel.library import DAY, A, B, reports, small
from tests.exporters.excel.reading import load, one_sheet


def logo(kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (600, 200), "#00558C").save(stream, kind)
    return stream.getvalue()


LOOK = Look.of(
    sides(small(), (A, B)), name="A & B Consult", colours=("#00558C", "#FFD500"),
    logo=Logo(logo(), "image/png"), font="Verdana", legal="A & B Consult Ltd, no. 123",
)  # fmt: skip


@cache
def made(look: Look) -> bytes:
    return excel.export(reports(A, B), Settings(as_of=DAY, client="Smith", look=look))


def test_a_font_that_may_be_wider_is_told_and_one_that_fits_is_not() -> None:
    (font,) = excel.notices(LOOK)
    assert "Verdana may be wider" in font
    assert excel.notices(Look(font="Calibri", logo=Logo(logo("JPEG"), "image/jpeg"))) == []


def test_bands_and_columns_have_the_clients_colours() -> None:
    cover = one_sheet(made(LOOK), "Cover")
    assert [cover.cell(row, 2).fill.fgColor.rgb for row in (1, 2)] == ["FF00558C", f"FF{LOOK.second[1:]}"]
    assert LOOK.palettes(sides(small(), (A, B)))[A].tint[1:] in {
        str(cell.fill.fgColor.rgb)[2:] for row in cover.iter_rows() for cell in row
    }


def test_what_is_built_once_stays_grey_under_a_brand() -> None:
    rows = one_sheet(made(LOOK), "Matrix").iter_rows(min_row=5, max_col=2)
    grounds = {row[1].fill.fgColor.rgb for row in rows if str(row[1].value).endswith(" core")}
    assert grounds == {"FF4D4D4D"}


def test_the_clients_colours_take_the_places_of_the_disciplines_in_the_theme_and_the_core_stays_grey() -> None:
    with zipfile.ZipFile(io.BytesIO(made(LOOK))) as parts:
        xml = parts.read("xl/theme/theme1.xml").decode()
    assert '<a:accent1><a:srgbClr val="00558C"/></a:accent1>' in xml
    assert f'<a:accent2><a:srgbClr val="{LOOK.second[1:]}"/></a:accent2>' in xml
    assert '<a:dk2><a:srgbClr val="4D4D4D"/></a:dk2>' in xml
    assert '<a:majorFont><a:latin typeface="Verdana"' in xml
    assert '<a:minorFont><a:latin typeface="Arial"' in xml


def test_the_logo_stands_on_the_cover_with_words_for_who_does_not_see_it() -> None:
    content = made(LOOK)
    cover = one_sheet(content, "Cover")
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
    look = Look(logo=Logo(broken, "image/png"))
    assert excel.notices(look) == ["the logo is no PNG or JPEG picture that a workbook can show; it was left out"]
    assert not one_sheet(made(look), "Cover")._images


def test_a_logo_of_more_dots_than_anybody_should_unpack_is_left_out_and_told() -> None:
    small = logo()
    large = small[:16] + struct.pack(">II", 65_535, 65_535) + small[24:]
    look = Look(logo=Logo(large, "image/png"))
    (told,) = excel.notices(look)
    assert told == ("the logo has 65535 x 65535 dots, more than 10000 along a side; it was left out: save it smaller")
    assert not one_sheet(made(look), "Cover")._images


@pytest.mark.slow
def test_header_and_footer_name_the_brand_and_stay_within_their_limits() -> None:
    for name, legal in (("A & B Consult", "A & B Consult Ltd, no. 123"), ("&" * 200, "&" * 300)):
        sheet = one_sheet(made(Look(name=name, legal=legal, font='Cali"bri&x')), "Matrix")
        assert "&B" not in sheet.oddHeader.right.text.replace("&&", "")
        with zipfile.ZipFile(io.BytesIO(made(Look(name=name, legal=legal)))) as parts:
            xml = parts.read("xl/worksheets/sheet3.xml").decode()
        footer = xml.partition("<oddFooter>")[2].partition("</oddFooter>")[0].replace("&amp;", "&")
        assert len(footer) <= 255
        assert "uncontrolled when printed" in footer
    assert "no. 123" in one_sheet(made(LOOK), "Matrix").oddFooter.left.text


def test_what_is_no_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="'blue' is no colour; write one as #00558C"):
        Look(colours=("blue",))


def test_the_cover_holds_the_date_as_a_date_with_a_name_that_formulas_use() -> None:
    book = load(made(Look()))
    sheet, place = next(iter(book.defined_names["as_of"].destinations))
    assert book[sheet][place.replace("$", "")].value == datetime.datetime.combine(DAY, datetime.time())
