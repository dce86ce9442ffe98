"""What holds for every format in which a picture is drawn."""

from __future__ import annotations

import datetime
import importlib
import io
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest

from imsmap.drawing import Picture
from tests.pictures.invented import draw, report_for

NASTY = {
    "Customer focus": 'Say "yes" \\N & <b>&amp; 😀 שלום مرحبا',
    "Emergency preparedness and response": "Emergency\x00\x1b\x0b\ufffe drill",
    "Leadership and commitment": "Long " + "y" * 295,
}
FORMATS = ("svg", "png", "pdf", "dot", "powerpoint")


def exporter(name: str) -> Callable[[Picture], bytes]:
    module = importlib.import_module(f"imsmap.exporters.{name}")
    if name == "powerpoint":
        return lambda picture: bytes(module.export([picture], date=datetime.date(2031, 1, 2)))
    return lambda picture: bytes(module.export(picture))


@pytest.fixture(scope="module")
def picture() -> Picture:
    return draw("columns", report_for("columns", 2))[0]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_picture_gives_the_same_bytes(name: str) -> None:
    export = exporter(name)
    one, other = (export(draw("columns", report_for("columns", 2))[0]) for _ in range(2))
    assert one == other


@pytest.mark.slow
def test_a_chart_has_no_clock_in_the_workbook_behind_it() -> None:
    export = exporter("powerpoint")
    one = export(draw("coverage", report_for("coverage", 2))[0])
    time.sleep(1.1)
    assert export(draw("coverage", report_for("coverage", 2))[0]) == one


@pytest.mark.parametrize("name", FORMATS)
def test_text_that_breaks_formats_breaks_none_and_nothing_is_printed(
    name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    for picture in draw("columns", report_for("columns", 2, swap=NASTY)):
        assert exporter(name)(picture)
    assert capfd.readouterr().err == ""


def all_text(name: str, drawn: bytes) -> str:
    if name == "powerpoint":
        with zipfile.ZipFile(io.BytesIO(drawn)) as package:
            return (
                package.read("ppt/slides/slide1.xml").decode()
                + package.read("ppt/notesSlides/notesSlide1.xml").decode()
            )
    return drawn.decode()


@pytest.mark.parametrize("name", ["svg", "dot", "powerpoint"])
def test_quotes_signs_emoji_and_other_scripts_survive(name: str) -> None:
    pictures = draw("tree", report_for("tree", 2, swap=NASTY), "A3")
    text = "".join(all_text(name, exporter(name)(picture)) for picture in pictures)
    for survivor in ("😀", "שלום", "مرحبا", "Emergency", "drill"):
        assert survivor in text
    for dropped in "\x00\x1b\x0b\ufffe":
        assert dropped not in text
    if name == "dot":
        assert '\\"yes\\"' in text
        assert "&amp;amp;" in text
    else:
        assert "\\N &amp; &lt;b&gt;&amp;amp;" in text.replace("\u00a0", " ")


def test_pdf_text_is_set_in_the_carried_font_which_is_inside(picture: Picture) -> None:
    drawn = exporter("pdf")(picture)
    assert drawn.startswith(b"%PDF")
    streams = b""
    for part in drawn.split(b"stream\n")[1:]:
        try:
            streams += zlib.decompressobj().decompress(part)
        except zlib.error:
            continue
    assert b"Arimo" in drawn + streams
