"""Slides in a client's own template, and whether every text on a slide can be read."""

from __future__ import annotations

import colorsys
import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import pytest
from attrs import evolve
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

from imsmap.drawing import INK, Area, Colours, Picture, contrast
from imsmap.drawing.colour import hls, shaded, tint
from imsmap.drawing.look import Look
from imsmap.errors import RefusedError, UsageError
from imsmap.exporters import powerpoint
from imsmap.exporters.powerpoint.places import chosen_layouts, own_layouts
from imsmap.exporters.powerpoint.template import accents_of, page_of
from imsmap.exporters.powerpoint.theme import theirs
from tests.pictures.invented import report_for
from tests.pictures.test_pictures import NAMES, least

DAY = datetime.date(2031, 1, 2)
LIGHT = {"accent1": "E4002B", "accent2": "FFEE88", "accent3": "00B5E2", "accent4": "FFFFFF", "accent5": "000000"}
DARK = LIGHT | {"dk1": "FFFFFF", "lt1": "101820"}
PALE = LIGHT | {"dk1": "C0C0C0"}
"""A theme whose own text colour can hardly be read on white."""
THEMES = {"light": LIGHT, "dark": DARK, "pale": PALE}


def test_the_layouts_of_our_own_slides_are_those_that_would_be_chosen() -> None:
    deck = Presentation()
    assert [one.name for one in own_layouts(deck)] == [one.name for one in chosen_layouts(deck)]


def template(colours: dict[str, str], kind: str = "template", *, top: int = 36, slides: int = 2) -> bytes:
    """Give a client's template: 16:9, its colours and font, a title lower than ours, some slides."""
    return _made(tuple(colours.items()), kind, top, slides)


@cache
def _made(colours: tuple[tuple[str, str], ...], kind: str, top: int, slides: int) -> bytes:
    """Make it once: most tests take one of three, and what it is told to be is looked at once, too."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(960), Pt(540)
    for layout in deck.slide_layouts:
        title = layout.placeholders[0]
        title.left, title.top, title.width, title.height = Pt(40), Pt(top), Pt(700), Pt(50)
    for _ in range(slides):
        deck.slides.add_slide(deck.slide_layouts[1]).shapes.title.text = "an old slide"
    for rel in deck.slide_master.part.rels.values():
        if rel.reltype.endswith("/theme"):
            text = rel.target_part.blob.decode()
            for name, colour in colours:
                new = f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>'
                text = re.sub(rf"<a:{name}>.*?</a:{name}>", new, text, flags=re.S)
            text = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', r"\g<1>Georgia", text)
            rel.target_part._blob = text.encode()
    plain, made = io.BytesIO(), io.BytesIO()
    deck.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w") as new_file:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"presentation.main+xml", f"{kind}.main+xml".encode())
            new_file.writestr(name, content)
    return made.getvalue()


_page = lru_cache(maxsize=4)(page_of)
"""What a template is told to be, for several pictures in turn: to look at it takes longer than to draw one."""


def drawn(name: str, content: bytes, count: int = 0) -> tuple[Picture, ...]:
    import importlib

    module = importlib.import_module(f"imsmap.pictures.{name}")
    pages: tuple[Picture, ...] = module.draw(report_for(name, count or least(name)), _page(content))
    return pages


def deck_with(name: str, content: bytes, count: int = 0) -> Any:
    pictures = drawn(name, content, count)
    return Presentation(io.BytesIO(powerpoint.export(pictures, date=DAY, template=content)))


@pytest.mark.parametrize("kind", ["presentation", "template", "slideshow"])
def test_a_template_gives_its_size_layouts_and_fonts_and_none_of_its_slides(kind: str) -> None:
    deck = deck_with("columns", template(LIGHT, kind))
    assert (deck.slide_width, deck.slide_height) == (Pt(960), Pt(540))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles
    assert "an old slide" not in titles
    assert all(slide.slide_layout.name == "Title Only" for slide in deck.slides)
    blobs = [r.target_part.blob for r in deck.slide_master.part.rels.values() if r.reltype.endswith("/theme")]
    assert b'typeface="Georgia"' in blobs[0]
    assert b'<a:accent1><a:srgbClr val="E4002B"/></a:accent1>' in blobs[0]


def test_nothing_of_the_old_slides_stays_in_the_file() -> None:
    content = template(LIGHT)
    package = powerpoint.export(drawn("friends", content), date=DAY, template=content)
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        assert [name for name in parts.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)] == [
            "ppt/slides/slide1.xml"
        ]
        assert not any(b"an old slide" in parts.read(name) for name in parts.namelist())
        assert b"presentation.main+xml" in parts.read("[Content_Types].xml")


def test_a_picture_leaves_free_what_the_template_has_above_and_below() -> None:
    content = template(LIGHT, top=60)
    assert page_of(content).title.y == pytest.approx(63.6)  # type: ignore[union-attr]
    for slide in deck_with("columns", content).slides:
        assert min(shape.top for shape in slide.shapes) >= Pt(59.9)
        assert max(shape.top + shape.height for shape in slide.shapes) <= Pt(page_of(content).height)


def test_boxes_take_the_clients_accents_as_colours_of_the_theme() -> None:
    deck = deck_with("columns", template(LIGHT))
    head = next(shape for shape in flat(deck.slides[0].shapes) if shape.name == "invented0-2031 head")
    assert head._element.spPr.find(qn("a:solidFill"))[0].get("val") == "accent1"


def flat(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        if shape.shape_type == 6:
            yield from flat(shape.shapes)


def theme_of(deck: Any) -> dict[str, str]:
    (text,) = [
        r.target_part.blob.decode() for r in deck.slide_master.part.rels.values() if r.reltype.endswith("/theme")
    ]
    found = re.findall(r'<a:(\w+)>\s*<a:(?:srgbClr val|sysClr val="\w+" lastClr)="(\w{6})"', text)
    told = {name: f"#{colour}" for name, colour in found}
    mapping = next(one for one in deck.slide_master.element.iter() if str(one.tag).endswith("}clrMap"))
    return told | {name: told[place] for name, place in mapping.attrib.items()}


def seen(fill: Any, theme: dict[str, str]) -> tuple[str, float]:
    """Read a colour as PowerPoint shows it: of the theme, made lighter or darker; and how much of it."""
    element = fill[0]
    colour = theme[element.get("val")] if element.tag == qn("a:schemeClr") else f"#{element.get('val')}"
    change = {str(one.tag).rpartition("}")[2]: int(one.get("val")) / 100000 for one in element}
    if "lumMod" in change or "lumOff" in change:
        hue, light, strong = colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))
        light = min(1.0, light * change.get("lumMod", 1) + change.get("lumOff", 0))
        colour = "#" + "".join(f"{round(255 * one):02X}" for one in colorsys.hls_to_rgb(hue, light, strong))
    return colour, change.get("alpha", 1.0)


def over(colour: str, opacity: float, ground: str) -> str:
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a * opacity + b * (1 - opacity)):02X}" for a, b in pairs)


def unreadable(deck: Any) -> tuple[list[str], int]:
    """List texts whose contrast with what lies under them is below 4.5, and count the texts that were measured."""
    theme = theme_of(deck)
    found, measured = [], 0
    for slide in deck.slides:
        shapes = [shape for shape in flat(slide.shapes) if shape.shape_type != 6 and hasattr(shape._element, "spPr")]
        # Read once what each shape covers and with what: to ask python-pptx for each pair takes most of the time.
        fills = [shape._element.spPr.find(qn("a:solidFill")) for shape in shapes]
        areas = [(shape.left, shape.top, shape.left + shape.width, shape.top + shape.height) for shape in shapes]
        for at, shape in enumerate(shapes):
            if not shape.has_text_frame or not shape.text_frame.text or shape.is_placeholder:
                continue
            ground = theme["bg1"]
            for fill, area in zip(fills[: at + 1], areas[: at + 1], strict=True):
                if fill is not None and overlap(area, areas[at]):
                    ground = over(*seen(fill, theme), ground)
            for run in (run for one in shape.text_frame.paragraphs for run in one.runs):
                measured += 1
                ink, _ = seen(run._r.rPr.find(qn("a:solidFill")), theme)
                if contrast(ink, ground) < 4.5:
                    found.append(f"{shape.name}: {ink} on {ground}: {run.text}")
        for cell in (cell for one in slide.shapes if one.has_table for cell in one.table.iter_cells()):
            fill = cell._tc.tcPr.find(qn("a:solidFill"))
            ground = theme["bg1"] if fill is None else over(*seen(fill, theme), theme["bg1"])
            for run in (run for one in cell.text_frame.paragraphs for run in one.runs):
                measured += 1
                ink, _ = seen(run._r.rPr.find(qn("a:solidFill")), theme)
                if contrast(ink, ground) < 4.5:
                    found.append(f"{cell.text_frame.text}: {ink} on {ground}: {run.text}")
    return found, measured


def overlap(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_text_can_be_read_in_our_own_theme(name: str) -> None:
    content = powerpoint.export(
        drawn(name, template(LIGHT), 3 if least(name) == 2 else 6), date=DAY
    )  # fmt: skip
    found, measured = unreadable(Presentation(io.BytesIO(content)))
    assert found == []
    assert measured > 10


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", NAMES)
def test_every_text_can_be_read_in_a_clients_theme(name: str, theme: str) -> None:
    found, measured = unreadable(deck_with(name, template(THEMES[theme]), 3 if least(name) == 2 else 6))
    assert found == []
    assert measured > 10


def test_the_measure_finds_a_text_that_can_not_be_read() -> None:
    deck = deck_with("columns", template(LIGHT))
    box = next(shape for shape in flat(deck.slides[0].shapes) if shape.name == "invented0-2031 head")
    box._element.spPr.find(qn("a:solidFill"))[0].set("val", "bg1")
    assert [one.partition(":")[0] for one in unreadable(deck)[0]] == ["invented0-2031 head"]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_template_is_refused_in_one_line(content: bytes) -> None:
    with pytest.raises(RefusedError, match="template") as refused:
        page_of(content)
    assert "\n" not in str(refused.value)


def test_a_template_with_macros_is_refused() -> None:
    content = template(LIGHT, "template")
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            types = old.read(name).replace(
                b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
                b"application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
            )
            new.writestr(name, types)
    with pytest.raises(RefusedError, match="macros"):
        page_of(changed.getvalue())


def test_pictures_of_another_size_than_the_template_are_refused() -> None:
    from tests.pictures.invented import draw

    with pytest.raises(UsageError, match=r"13\.33 x 7\.50 in and the pictures 10\.00 x 7\.50"):
        powerpoint.export(draw("tree", report_for("tree", 2), "4:3"), date=DAY, template=template(LIGHT))


def test_the_same_template_gives_the_same_bytes() -> None:
    content = template(LIGHT)
    one, other = (powerpoint.export(drawn("venn", content), date=DAY, template=content) for _ in range(2))
    assert one == other


def test_the_page_takes_the_accents_that_slides_take_where_the_brand_gives_no_colour() -> None:
    taken = accents_of(template(LIGHT))
    sides = report_for("cover", 2).answer.standards
    first, second = (side.colours.dark.upper() for side in sides)
    assert taken[first] == "#E4002B"
    assert all(contrast(colour, "#FFFFFF") >= 4.5 for colour in taken.values())
    plain = Look().with_accents(sides, taken).palettes(sides)
    assert [plain[side.key].dark for side in sides] == [taken[first], taken[second]]
    branded = Look.of(sides, colours=["#00558C"]).with_accents(sides, taken).palettes(sides)
    assert [branded[side.key].dark for side in sides] == ["#00558C", taken[second]]


def in_the_middle(master_too: bool) -> bytes:
    """Make a template all of whose layouts have their title in the middle, as LibreOffice writes some of its own."""
    deck = Presentation(io.BytesIO(template({}, "presentation", slides=0)))
    for layout in deck.slide_layouts:
        for place in layout.placeholders:
            if place.placeholder_format.type in (1, 3):
                place.left, place.top, place.width, place.height = Pt(250), Pt(140), Pt(440), Pt(150)
    title = deck.slide_master.placeholders[0]
    title.left, title.top, title.width, title.height = Pt(40), Pt(150 if master_too else 20), Pt(880), Pt(70)
    if master_too:
        title.height = Pt(140)
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


@pytest.mark.parametrize(("master_too", "top"), [(False, 20), (True, 24)])
def test_a_title_that_every_layout_has_in_the_middle_leaves_the_slide_to_its_content(
    master_too: bool, top: int
) -> None:
    content = in_the_middle(master_too)
    size = page_of(content)
    assert size.body is not None
    assert size.body.height > 0.6 * size.height
    cover, first = Presentation(
        io.BytesIO(
            powerpoint.export((*drawn("cover", content, 2), *drawn("work", content, 2)), date=DAY, template=content)
        )
    ).slides
    assert first.shapes.title.top == Pt(top + 3.6)  # the inset of its placeholder is no longer needed
    assert first.shapes.title.top + first.shapes.title.height <= Pt(size.body.y)
    assert cover.shapes.title._element.spPr.find(qn("a:xfrm")) is None  # there the middle is its place


@pytest.mark.parametrize("dark", [False, True])
def test_a_further_edition_has_the_hue_of_its_discipline_in_a_clients_theme_too(dark: bool) -> None:
    content = template(DARK if dark else LIGHT, "presentation")
    page = Presentation(io.BytesIO(content))
    told = theirs(page.slide_layouts[5], Area(0, 0, 960, 540), Look())
    ours = "#00507D"  # in whose place the client's red stands
    second = shaded(Colours(ours, ours, tint(ours)), 1)
    assert abs(hls(told.shown(second.dark))[0] - hls(told.shown(ours))[0]) < 0.02
    assert told.shown(second.dark) != told.shown(ours)
    assert told.shown(second.tint) not in (told.shown(tint(ours)), told.shown(second.dark))


def test_what_is_related_can_be_told_from_a_dark_ground_and_read() -> None:
    for accent in ("4F81BD", "C0504D", "9BBB59", "8064A2", "4FC3F7"):
        content = template(DARK | {"lt1": "121A2E", "accent1": accent}, "presentation")
        layout = Presentation(io.BytesIO(content)).slide_layouts[5]
        told = theirs(layout, Area(0, 0, 960, 540), Look())
        pale = told.shown(tint("#00507D"))
        assert contrast(pale, told.ground) >= 1.6
        assert contrast(pale, told.shown(INK)) >= 4.5


def test_a_brands_tint_can_be_told_from_a_dark_ground_and_read() -> None:
    layout = Presentation(io.BytesIO(template(DARK | {"lt1": "14171A"}, "presentation"))).slide_layouts[5]
    ours = "#00507D"
    first = report_for("hero", 2).answer.standards[0]
    quality = evolve(first, accent=ours, colours=evolve(first.colours, dark=ours, tint=tint(ours)))
    for colour in ("#1F4E6B", "#B35900", "#512D6D"):
        look = Look.of((quality,), colours=(colour,))
        told = theirs(layout, Area(0, 0, 960, 540), look)
        pale = told.shown(tint(ours))
        assert contrast(pale, told.ground) >= 1.9
        assert contrast(pale, told.shown(INK)) >= 4.5
