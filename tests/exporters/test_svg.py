from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from imsmap.exporters import svg
from tests.pictures.invented import draw, report_for

NS = "{http://www.w3.org/2000/svg}"


def test_an_svg_says_its_title_and_description_first_and_points_to_them() -> None:
    picture, *_ = draw("columns", report_for("columns", 2))
    root = ET.fromstring(svg.export(picture))
    assert [child.tag for child in root][:2] == [f"{NS}title", f"{NS}desc"]
    assert root[0].text == picture.title
    assert root[1].text == picture.alt
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "picture-title picture-description"
    assert {root[0].get("id"), root[1].get("id")} == {"picture-title", "picture-description"}


def test_each_group_has_an_id_that_xml_allows_and_no_other_has() -> None:
    for name in ("columns", "coverage", "heatmap"):
        for picture in draw(name, report_for(name, 4)):
            ids = [one.get("id", "") for one in ET.fromstring(svg.export(picture)).iter() if one.get("id")]
            assert len(set(ids)) == len(ids) > 3
            assert all(re.fullmatch("[A-Za-z_][A-Za-z0-9_.-]*", id_) for id_ in ids)


def test_an_svg_is_as_large_as_the_slide() -> None:
    picture, *_ = draw("columns", report_for("columns", 2))
    root = ET.fromstring(svg.export(picture))
    assert (root.get("width"), root.get("height")) == ("960pt", "540pt")


def test_every_line_of_text_is_text_in_a_font_as_wide_as_the_one_it_was_measured_in() -> None:
    picture, *_ = draw("heatmap", report_for("heatmap", 2))
    texts = list(ET.fromstring(svg.export(picture)).iter(f"{NS}text"))
    assert ["".join(text.itertext()) for text in texts] == [
        line for part in picture.parts.values() for line in part.lines if line
    ]
    root = ET.fromstring(svg.export(picture))
    assert root.get("font-family") == "Arial, Arimo, 'Liberation Sans', Helvetica, sans-serif"
    assert any(text.get("font-weight") == "bold" for text in texts)


def test_no_name_of_a_node_shows_under_the_pointer() -> None:
    picture, *_ = draw("columns", report_for("columns", 2))
    titles = [title.text or "" for title in ET.fromstring(svg.export(picture)).iter(f"{NS}title")]
    assert not [title for title in titles if title.startswith("n") and title[1:2].isdigit()]


def test_only_a_sign_that_the_usual_type_lacks_is_set_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    from imsmap.drawing import SIZES, Area, Sheet, glyphs

    other = glyphs.Face(glyphs.FONTS / "Arimo-Bold.ttf", 0, "A font of the system")
    monkeypatch.setattr(glyphs, "_of_system", lambda _: other)

    sheet = Sheet(SIZES["16:9"])
    sheet.words(Area(0, 0, 400, 40), ["\u26a0 No process"], size=12, name="warning", bold=True)
    root = ET.fromstring(svg.export(sheet.picture("x", "X", "", ())))
    first, second = root.iter(f"{NS}tspan")
    assert (first.text, (first.get("font-family") or "").split(",")[0]) == ("\u26a0", "'A font of the system'")
    assert float(second.get("x", "")) > float(first.get("x", "")) + 5
    assert (second.text, second.get("font-family"), second.get("font-weight")) == (" No process", None, "bold")
