from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from attrs import evolve
from pptx import Presentation
from pptx.enum.dml import MSO_COLOR_TYPE
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml.ns import qn

from imsmap import about
from imsmap.drawing import SIZES
from imsmap.drawing.colour import SLOTS
from imsmap.drawing.look import Look
from imsmap.exporters import powerpoint
from imsmap.exporters.powerpoint.ground import mapping_of, read
from imsmap.exporters.powerpoint.theme import colours_of
from tests.pictures import invented
from tests.pictures.invented import draw, report_for

DAY = datetime.date(2031, 1, 2)
HELD = (MSO_SHAPE_TYPE.GROUP, MSO_SHAPE_TYPE.TABLE, MSO_SHAPE_TYPE.CHART)
"""What holds many shapes as one."""


@cache
def exported(name: str, count: int, size: str) -> bytes:
    return powerpoint.export(draw(name, report_for(name, count), size), date=DAY)


def deck_of(name: str = "columns", count: int = 2, size: str = "16:9") -> Any:
    return Presentation(io.BytesIO(exported(name, count, size)))


def flat(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        if shape.shape_type == 6:
            yield from flat(shape.shapes)


def alt(shape: Any) -> str:
    return str(next(shape._element.iter(qn("p:cNvPr"))).get("descr") or "")


@pytest.mark.parametrize("size", sorted(SIZES))
def test_a_slide_has_the_pictures_size(size: str) -> None:
    deck = deck_of(size=size)
    assert deck.slide_width.inches == pytest.approx(SIZES[size].width_in, abs=0.001)
    assert deck.slide_height.inches == pytest.approx(SIZES[size].height_in, abs=0.001)


def test_every_page_is_a_slide_and_its_title_is_the_message_and_comes_first() -> None:
    pictures = draw("columns", report_for("columns", 6))
    deck = deck_of(count=6)
    assert [slide.shapes.title.text_frame.text.replace("\v", " ").replace("\u00a0", " ") for slide in deck.slides] == [
        picture.title.replace("\u00a0", " ") for picture in pictures
    ]
    assert all(slide.shapes[0] == slide.shapes.title for slide in deck.slides)


@pytest.mark.parametrize(
    "name", ["columns", "heatmap", "tree", "pdca", "house", "venn", "friends", "coverage", "timeline"]
)
def test_every_word_of_the_picture_is_text_in_a_shape_with_its_name(name: str) -> None:
    picture = draw(name, report_for(name, 2))[0]
    shapes = {shape.name: shape for shape in flat(deck_of(name).slides[0].shapes)}
    for part in picture.parts.values():
        if part.role in ("box", "words") and not part.holder:
            assert shapes[part.name].text_frame.text == "\n".join(part.paragraphs)


def test_text_keeps_its_size_in_the_themes_font() -> None:
    for shape in flat(deck_of().slides[0].shapes):
        if not shape.has_text_frame or not shape.text_frame.text or shape.is_placeholder:
            continue
        assert shape.text_frame.auto_size == MSO_AUTO_SIZE.NONE
        for paragraph in shape.text_frame.paragraphs:
            for run in paragraph.runs:
                assert run.font.size.pt >= 11
                assert run.font.name in ("+mn-lt", "+mj-lt")


SITES = {"rect": "nwse", "ellipse": "n?w?s?e?"}


def place_of(shape: Any, index: int) -> tuple[int, int]:
    """Where PowerPoint has the site of a shape to which lines are glued."""
    side = SITES[shape._element.spPr.find(qn("a:prstGeom")).get("prst")][index]
    x = {"w": shape.left, "e": shape.left + shape.width}.get(side, shape.left + shape.width / 2)
    y = {"n": shape.top, "s": shape.top + shape.height}.get(side, shape.top + shape.height / 2)
    return x, y


def drawn_ends(line: Any) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a line begins and ends, read from its frame, its turn and its flips as PowerPoint does."""
    frame = line._element.spPr.find(qn("a:xfrm"))
    left, top, width, height = line.left, line.top, line.width, line.height
    middle = left + width / 2, top + height / 2
    x, y = width / 2 * (-1 if frame.get("flipH") == "1" else 1), height / 2 * (-1 if frame.get("flipV") == "1" else 1)
    for _ in range(int(frame.get("rot", "0")) // 5400000):
        x, y = -y, x
    return (middle[0] - x, middle[1] - y), (middle[0] + x, middle[1] + y)


@pytest.mark.parametrize(("name", "count", "number"), [("pdca", 2, 8)])
def test_every_line_is_glued_to_two_boxes_and_ends_at_their_sites(name: str, count: int, number: int) -> None:
    shapes = list(flat(deck_of(name, count).slides[0].shapes))
    ids = {shape.shape_id: shape for shape in shapes}
    lines = [shape for shape in shapes if shape._element.tag == qn("p:cxnSp")]
    assert len(lines) >= number
    for line in lines:
        for tag, place in zip(("a:stCxn", "a:endCxn"), drawn_ends(line), strict=True):
            glued = line._element.find(".//" + qn(tag))
            wanted = place_of(ids[int(glued.get("id"))], int(glued.get("idx")))
            assert place == pytest.approx(wanted, abs=3)


def test_arrows_of_the_wheel_have_a_head() -> None:
    lines = [shape._element for shape in flat(deck_of("pdca").slides[0].shapes) if shape._element.tag == qn("p:cxnSp")]
    assert sum(line.find(".//" + qn("a:tailEnd")) is not None for line in lines) == 4


@pytest.mark.parametrize("name", ["columns", "heatmap", "tree"])
def test_no_two_shapes_of_a_slide_have_the_same_number(name: str) -> None:
    for slide in deck_of(name, 3).slides:
        numbers = [int(one.get("id")) for one in slide.element.iter(qn("p:cNvPr"))]
        assert len(numbers) == len(set(numbers)) > 10


@pytest.mark.parametrize(
    "name", ["columns", "heatmap", "tree", "pdca", "house", "venn", "friends", "coverage", "timeline"]
)
def test_a_group_is_as_large_as_what_is_in_it(name: str) -> None:
    for group in (shape for shape in deck_of(name).slides[0].shapes if shape.shape_type == 6):
        within = list(group.shapes)
        assert group.left == min(shape.left for shape in within)
        assert group.top + group.height == max(shape.top + shape.height for shape in within)


def test_words_on_one_line_are_never_broken() -> None:
    lines = [s for s in flat(deck_of("hero").slides[0].shapes) if s.has_text_frame and s.name.endswith(" word")]
    assert lines
    assert not any(line.text_frame.word_wrap for line in lines)


def test_groups_are_named_after_what_they_show_and_say_what_they_hold() -> None:
    groups = {shape.name: alt(shape) for slide in deck_of().slides for shape in slide.shapes if shape.shape_type == 6}
    assert {f"{label} {number}" for label in "QE" for number in range(4, 11)} <= groups.keys()
    assert "ISO 90001:2031, clause 8: " in groups["Q 8"].replace("\u00a0", " ")
    assert all(groups.values())


def test_the_heat_map_is_a_table_whose_cells_have_the_colours_of_the_theme() -> None:
    slide = deck_of("heatmap").slides[0]
    (frame,) = (shape for shape in slide.shapes if shape.has_table)
    assert frame.name == "Topics by class"
    assert alt(frame)
    words = [[cell.text_frame.text for cell in row.cells] for row in frame.table.rows]
    assert words[1][0].replace("\u00a0", " ") == "4  Context of the organization"
    assert words[1][1] == "QE\n4.1"
    assert words[1][-1] == "4 of 5"
    fills = [one.get("val") for one in frame._element.iter(qn("a:schemeClr"))]
    assert {"tx1", "bg1", "tx2"} <= set(fills)
    assert not list(frame._element.iter(qn("a:srgbClr")))


def test_fills_are_colours_of_the_theme_and_no_shape_brings_shadows() -> None:
    filled = [
        shape
        for shape in flat(deck_of().slides[0].shapes)
        if shape.shape_type == 1 and shape.fill.type is not None and shape.fill.type == 1
    ]
    assert len(filled) > 10
    assert {shape.fill.fore_color.type for shape in filled} == {MSO_COLOR_TYPE.SCHEME}
    assert not [shape for shape in filled if shape._element.find(qn("p:style")) is not None]


@pytest.mark.parametrize("name", ["columns", "timeline", "tree"])
def test_every_file_has_the_same_colours_in_the_same_places_of_its_theme(name: str) -> None:
    package = powerpoint.export(draw(name, report_for(name, 2)), date=DAY)
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        theme = parts.read("ppt/theme/theme1.xml").decode()
    places = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
    for place, colour in SLOTS.items():
        name = places.get(place, place)
        assert f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>' in theme


def test_coverage_is_a_chart_with_its_data() -> None:
    slide = deck_of("coverage").slides[0]
    (frame,) = (shape for shape in slide.shapes if shape.has_chart)
    plot = frame.chart.plots[0]
    assert next(category.replace("\u00a0", " ") for category in plot.categories) == "4  Context of the organization"
    assert {series.name for series in plot.series} >= {"before", "only Q", "in both, the larger count", "only E"}
    assert not frame.chart.has_legend
    assert alt(frame)
    ids = [int(one.get("val")) for one in frame.chart._chartSpace.iter(qn("c:axId"), qn("c:crossAx"))]
    assert len(set(ids)) == 2
    assert all(0 < one < 2**31 for one in ids)  # LibreOffice loses an axis with a larger one


@pytest.mark.parametrize(
    ("name", "definition"),
    [("columns", "In the core:"), ("heatmap", "A cell is a topic"), ("tree", "A leaf clause has no subclause")],
)
def test_speaker_notes_hold_definition_data_version_and_sources(name: str, definition: str) -> None:
    for slide in deck_of(name).slides:
        notes = slide.notes_slide.notes_text_frame.text
        for part in (definition, "Mapping data 2031.1", "an invented note", "In words:"):
            assert part in notes


def test_the_date_is_the_one_given_and_no_clock_is_in_the_file() -> None:
    package = powerpoint.export(draw("columns", report_for("columns", 2)), date=DAY, title="A deck", author="Acme")
    properties = Presentation(io.BytesIO(package)).core_properties
    assert (properties.created.date(), properties.title, properties.author) == (DAY, "A deck", "Acme")
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_title_that_is_too_long_for_the_properties_of_a_file_is_cut():
    package = powerpoint.export(draw("hero", report_for("hero", 2)), date=DAY, title="A client " * 40)
    title = Presentation(io.BytesIO(package)).core_properties.title
    assert len(title) == 255
    assert title.startswith("A client A client")
    assert title.endswith("…")


def test_no_shape_is_off_its_slide() -> None:
    for name in ("columns", "heatmap", "tree"):
        deck = deck_of(name, 3)
        for slide in deck.slides:
            for shape in flat(slide.shapes):
                assert shape.left >= 0
                assert shape.top >= 0
                assert shape.left + shape.width <= deck.slide_width
                assert shape.top + shape.height <= deck.slide_height


def told(shape: Any) -> bool:
    """Tell whether a shape says something to those who can't see it, or says that it says nothing."""
    properties = next(shape._element.iter(qn("p:cNvPr")))
    quiet = any(child.tag.endswith("}decorative") for child in properties.iter())
    says = shape.is_placeholder or (shape.has_text_frame and shape.text_frame.text.strip())
    return bool(says or alt(shape) or quiet)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(about.pictures()))
def test_a_slide_has_few_loose_shapes_a_short_title_and_nothing_that_readers_stumble_over(name: str) -> None:
    (page, *_) = draw(name, report_for(name, 4 if name == "upset" else 2))
    (slide,) = Presentation(io.BytesIO(powerpoint.export((page,), date=DAY))).slides
    loose = [one for one in slide.shapes if not one.is_placeholder and one.shape_type not in HELD]
    assert len(loose) <= 35
    assert alt(slide.shapes.title) == page.title
    assert [one.name for one in slide.shapes if not told(one)] == []
    assert page.alt in slide.notes_slide.notes_text_frame.text


def kinds(slide: Any) -> dict[str, str]:
    return {str(one.placeholder_format.type).partition(" ")[0]: one.text_frame.text for one in slide.placeholders}


def test_the_cover_holds_client_and_scope_in_the_subtitle_and_its_day_and_whose_it_is_in_the_foot() -> None:
    report = report_for("cover", 2)
    answer = evolve(report.answer, client="Smith Ltd", scope="All of it", date="2031-01-02")
    pages = (*draw("cover", evolve(report, answer=answer)), *draw("hero", report_for("hero", 2)))
    deck = Presentation(io.BytesIO(powerpoint.export(pages, date=DAY, look=Look(client="Smith Ltd", legal="No. 5"))))
    foot = {"DATE": "2 January 2031", "FOOTER": "Smith Ltd · No. 5"}
    cover, hero = map(kinds, deck.slides)
    assert cover == {"CENTER_TITLE": cover["CENTER_TITLE"], "SUBTITLE": "Smith Ltd\nAll of it", **foot}
    assert hero == {"TITLE": hero["TITLE"], **foot, "SLIDE_NUMBER": "2"}
    assert not [one.name for one in deck.slides[0].shapes if not one.is_placeholder and "January" in one.name]
    layouts = (deck.slide_master, *deck.slide_layouts)
    feet = {one.text_frame.text for layout in layouts for one in layout.placeholders if "Footer" in one.name}
    assert feet == {"Smith Ltd · No. 5"}


def seen(slide: Any, theme: Any) -> list[str]:
    """Give each colour of a slide's shapes as it is seen under a theme, in the order of the file."""
    told = colours_of(theme)
    places = {**told, **{shown: told[place] for shown, place in mapping_of(theme).items()}}
    tree = slide.shapes._spTree
    return [read(one, places) for one in tree.iter(qn("a:schemeClr"), qn("a:srgbClr"))]


@pytest.mark.slow
@pytest.mark.parametrize("look", [Look(), Look.of(invented.matrix(2).answer.standards, colours=("#7A1F6B", "#3D6B1F"))])
def test_a_picture_that_is_pasted_into_the_deck_looks_as_before_under_the_decks_theme(look: Look) -> None:
    names = [name for name in about.pictures() if name != "upset"]
    pages = [draw(name, report_for(name, 2))[0] for name in names]
    deck = Presentation(io.BytesIO(powerpoint.export(pages, date=DAY, look=look)))
    for name, page, among in zip(names, pages, deck.slides, strict=True):
        alone = Presentation(io.BytesIO(powerpoint.export((page,), date=DAY, look=look)))
        before = seen(alone.slides[0], alone.slides[0].slide_layout)
        assert before == seen(alone.slides[0], deck.slides[0].slide_layout) == seen(among, among.slide_layout), name
        assert before or name == "method"
