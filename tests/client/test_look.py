from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path

import pytest

from imsmap.api import deck, deliverables, load
from imsmap.api.answers import Answers
from imsmap.client.look import look_of
from imsmap.client.settings import Brand, Project
from imsmap.decision.rules import Case
from imsmap.drawing.look import Look
from imsmap.exporters import excel, html, word
from imsmap.exporters.excel import Settings
from imsmap.parts import sides
from tests.client.test_page import SMALL, A, B
from tests.drawing.test_logo import DRAWN, png
from tests.fixtures import MAPPINGS

DAY = datetime.date(2031, 1, 2)
BOTH = ("iso9001-2015", "iso14001-2015")
COLOURS = ("#7A1F6B", "#3D6B1F")


def test_a_projects_brand_becomes_one_look(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png())
    brand = Brand("Smith", COLOURS, tmp_path / "logo.png", legal="Smith Ltd, no. 5", font="Calibri")
    look, told = look_of(Project(tmp_path, "smith-1", "Smith Ltd", (A, B), brand=brand), SMALL, (A, B))
    assert (look.name, look.client, look.colours, look.legal) == ("Smith", "Smith Ltd", COLOURS, "Smith Ltd, no. 5")
    assert look.logo is not None
    assert (look.logo.kind, look.logo.content) == ("image/png", png())
    assert look.logo_dark is None
    assert told == []


def test_what_of_a_brand_is_not_shown_is_told(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(b"no picture")
    brand = Brand("", ("#7A1F6B", "#7A1F6B"), tmp_path / "logo.svg")
    _, (colour, logo) = look_of(Project(tmp_path, "smith-1", "Smith Ltd", (A, B), brand=brand), SMALL, (A, B))
    assert "#7A1F6B can't be told from #7A1F6B of" in colour
    assert "can't be drawn" in logo


@pytest.mark.slow
def test_one_brand_gives_every_surface_the_same_colours_logo_and_legal_line() -> None:
    graph = load(MAPPINGS, BOTH)
    look = Look.of(sides(graph, BOTH), name="Smith", colours=COLOURS, legal="Smith Ltd, no. 5")
    reports = Answers(graph, BOTH)
    occasion = deck.Occasion(DAY, "Smith Ltd", look=look)
    pages = deliverables.draw("hero", reports, "16:9", occasion)
    made = {}
    for form in ("svg", "powerpoint", "pdf"):
        ((_, made[form]),) = deliverables.rendered(pages, form, Path("hero"), date=DAY, look=look)
    made["excel"] = deliverables.workbook(
        reports, date=DAY, sheets=("cover", "matrix"), settings=Settings(as_of=DAY, look=look)
    )
    made["html"] = deliverables.webpage(reports, date=DAY, overlay=html.Overlay(look=look))
    made["word"] = word.export(deliverables.brief(graph, BOTH, Case(), date=DAY, look=look))
    ours = [one.colours for one in sides(graph, BOTH)]
    for name, content in made.items():
        text = _text(content).upper()
        for colour, old in zip(COLOURS, ours, strict=True):
            given, before = _told(name, colour), _told(name, old.dark.upper())
            assert given in text, (name, colour)
            assert before not in text, (name, old)
        if name != "pdf":
            assert "SMITH LTD, NO. 5" in text, name
    assert excel.notices(look) == []


def _told(name: str, colour: str) -> str:
    """Say a colour as a format says it: a PDF in shares of one."""
    if name != "pdf":
        return colour[1:]
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return " ".join(f"{share:.6f}".rstrip("0").lstrip("0") for share in shares) + " RG"


def _text(content: bytes) -> str:
    """Unpack whatever a file packs."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    if content[:4] == b"%PDF":
        import base64
        import zlib

        found = []
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.S):
            try:
                found.append(zlib.decompress(base64.a85decode(stream.strip().removesuffix(b"~>"))).decode("latin-1"))
            except (ValueError, zlib.error):
                continue
        return "".join(found)
    return content.decode()


@pytest.mark.slow
def test_a_drawn_logo_reaches_slides_pictures_and_brief() -> None:
    graph = load(MAPPINGS, BOTH)
    from imsmap.drawing.logo import SVG, Logo

    look = Look.of(sides(graph, BOTH), name="Smith", logo=Logo(DRAWN, SVG))
    occasion = deck.Occasion(DAY, "Smith Ltd", look=look)
    pages = deliverables.draw("hero", Answers(graph, BOTH), "16:9", occasion)
    ((_, drawn),) = deliverables.rendered(pages, "svg", Path("hero"), date=DAY, look=look)
    assert b"data:image/svg+xml;base64," in drawn
    ((_, slides),) = deliverables.rendered(pages, "powerpoint", Path("hero"), date=DAY, look=look)
    brief = word.export(deliverables.brief(graph, BOTH, Case(), date=DAY, look=look))
    for content in (slides, brief):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            assert [name for name in parts.namelist() if "media/" in name]
        assert "Logo of Smith" in _text(content)
