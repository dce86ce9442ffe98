"""The twelve kinds of templates that clients have, each made in code; slides in them, measured on the real ground."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from imsmap.drawing import FAINT, Area, Picture, contrast
from imsmap.drawing.colour import hls
from imsmap.drawing.look import Look
from imsmap.exporters import powerpoint
from imsmap.exporters.powerpoint.ground import ground_of, mapping_of
from imsmap.exporters.powerpoint.places import (
    area_of,
    content_layout,
    cover_layout,
    is_ground,
    kept,
    shown,
    taken,
    titled,
)
from imsmap.exporters.powerpoint.template import look_at
from imsmap.exporters.powerpoint.theme import colours_of, theirs
from tests import office
from tests.exporters.test_powerpoint_template import deck_with, drawn, flat, over, overlap, seen

pytestmark = pytest.mark.slow
DAY = datetime.date(2031, 1, 2)


def blank(width: float = 960, height: float = 540) -> Any:
    """Give a plain deck of a client: title, body and foot over the width, 28 points."""
    deck = Presentation()
    across, down = Pt(width) / deck.slide_width, Pt(height) / deck.slide_height
    deck.slide_width, deck.slide_height = Pt(width), Pt(height)
    for holder in (deck.slide_master, *deck.slide_layouts):
        for transform in holder.element.iter(qn("a:xfrm")):
            for end, names in (("a:off", ("x", "y")), ("a:ext", ("cx", "cy"))):
                for name, factor in zip(names, (across, down), strict=True):
                    found = transform.find(qn(end))
                    found.set(name, str(round(int(found.get(name)) * factor)))
    look = deck.slide_master.element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
    look.set("sz", "2800")
    place(deck.slide_master.placeholders[0], 40, 24, width - 80, 72)
    return deck


def place(shape: Any, x: float, y: float, width: float, height: float) -> Any:
    shape.left, shape.top, shape.width, shape.height = Pt(x), Pt(y), Pt(width), Pt(height)
    return shape


def band(deck: Any, area: tuple[float, float, float, float], colour: str, name: str = "Band") -> None:
    """Put a filled shape into the master, beneath its placeholders."""
    x, y, width, height = (int(Pt(one)) for one in area)
    shape = parse_xml(
        f'<p:sp {nsdecls("a", "p")}><p:nvSpPr><p:cNvPr id="90" name="{name}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        "</p:spPr>"
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )
    deck.slide_master.shapes._spTree.insert(2, shape)


def logo(deck: Any, area: tuple[float, float, float, float]) -> None:
    """Put a picture into the master; python-pptx has no call for that."""
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "#C00000").save(content, "PNG")
    part, id_ = deck.slide_master.part.get_or_add_image_part(content)
    del part
    x, y, width, height = (int(Pt(one)) for one in area)
    picture = parse_xml(
        f'<p:pic {nsdecls("a", "p", "r")}><p:nvPicPr><p:cNvPr id="91" name="Logo"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{id_}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
        f'<a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></p:spPr></p:pic>"
    )
    deck.slide_master.shapes._spTree.append(picture)


def coloured(deck: Any, **colours: str) -> None:
    for rel in deck.slide_master.part.rels.values():
        if rel.reltype.endswith("/theme"):
            text = rel.target_part.blob.decode()
            for name, colour in colours.items():
                new = f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>'
                text = re.sub(rf"<a:{name}>.*?</a:{name}>", new, text, flags=re.S)
            rel.target_part._blob = text.encode()


def title_bar() -> Any:
    deck = blank()
    band(deck, (0, 0, 960, 110), "4B1E78", "Title bar")
    look = deck.slide_master.element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
    look.find(qn("a:solidFill"))[0].set("val", "bg1")
    look.set("b", "1")
    return deck


def logo_top_right() -> Any:
    deck = blank()
    place(deck.slide_master.placeholders[0], 40, 24, 600, 72)
    logo(deck, (780, 20, 150, 60))
    return deck


def sidebar() -> Any:
    deck = blank()
    band(deck, (0, 0, 190, 540), "0B3C5D", "Sidebar")
    place(deck.slide_master.placeholders[0], 210, 24, 720, 72)
    return deck


def dark_by_fill() -> Any:
    deck = blank()
    fill = deck.slide_master.background.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor(0x12, 0x1A, 0x2E)
    return deck


def dark_by_map() -> Any:
    deck = blank()
    fill = deck.slide_master.background.fill
    fill.solid()
    fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    mapping = next(deck.slide_master.element.iter(qn("p:clrMap")))
    for name, slot in {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}.items():
        mapping.set(name, slot)
    return deck


def huge_logo() -> Any:
    deck = blank()
    logo(deck, (600, 120, 350, 350))
    return deck


def pale_accents() -> Any:
    deck = blank()
    coloured(deck, accent1="BFD7FF", accent2="FFE699", accent3="C6E0B4", accent4="F8CBAD")
    return deck


def grey_accents() -> Any:
    deck = blank()
    coloured(deck, accent1="7F7F7F", accent2="A6A6A6", accent3="595959", accent4="BFBFBF")
    return deck


def four_to_three() -> Any:
    return blank(720, 540)


def portrait() -> Any:
    return blank(540, 780)


def no_title() -> Any:
    deck = blank()
    for holder in (deck.slide_master, *deck.slide_layouts):
        for found in list(holder.placeholders):
            if found.placeholder_format.type in (1, 3, 5):
                found._element.getparent().remove(found._element)
    return deck


def localized() -> Any:
    deck = blank()
    for at, layout in enumerate(deck.slide_layouts):
        layout.element.find(qn("p:cSld")).set("name", f"Слайд {at}" if at else "Titelfolie")
        for found in layout.placeholders:
            next(found._element.iter(qn("p:cNvPr"))).set("name", f"Platzhalter {found.placeholder_format.idx}")
    return deck


KINDS: tuple[Callable[[], Any], ...] = (
    title_bar, logo_top_right, sidebar, dark_by_fill, dark_by_map, huge_logo, pale_accents, grey_accents, four_to_three,
    portrait, no_title, localized,
)  # fmt: skip


def saved(deck: Any) -> bytes:
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def pictures_of(content: bytes) -> tuple[Picture, ...]:
    return tuple(page for name in ("cover", "hero", "columns", "heatmap", "work") for page in drawn(name, content, 2))


@cache
def exported(kind: Callable[[], Any]) -> bytes:
    content = saved(kind())
    return powerpoint.export(pictures_of(content), date=DAY, template=content)


def made(kind: Callable[[], Any]) -> Any:
    return Presentation(io.BytesIO(exported(kind)))


def pale_words(deck: Any) -> list[str]:
    """List what can't be read where it stands: on the layout's real ground, and the fills below it."""
    page = Area(0, 0, deck.slide_width / 12700, deck.slide_height / 12700)
    found = []
    for slide in deck.slides:
        layout = slide.slide_layout
        told = colours_of(layout)
        theme = told | {name: told[slot] for name, slot in mapping_of(layout).items() if slot in told}
        ground = ground_of(layout, told, page).colour
        shapes = [one for one in flat(slide.shapes) if one.shape_type != 6 and hasattr(one._element, "spPr")]
        fills = [one._element.spPr.find(qn("a:solidFill")) for one in shapes]
        areas = [(one.left, one.top, one.left + one.width, one.top + one.height) for one in shapes]
        for at, shape in enumerate(shapes):
            if not shape.has_text_frame or not shape.text_frame.text or shape.is_placeholder:
                continue
            behind = ground
            for fill, area in zip(fills[: at + 1], areas[: at + 1], strict=True):
                if fill is not None and overlap(area, areas[at]):
                    behind = over(*seen(fill, theme), behind)
            for run in (run for one in shape.text_frame.paragraphs for run in one.runs):
                ink, _ = seen(run._r.rPr.find(qn("a:solidFill")), theme)
                if contrast(ink, behind) < 4.5:
                    found.append(f"{slide.name}: {shape.name}: {ink} on {behind}: {run.text}")
        for cell in (cell for one in slide.shapes if one.has_table for cell in one.table.iter_cells()):
            fill = cell._tc.tcPr.find(qn("a:solidFill"))
            panel = next((fills[at] for at, one in enumerate(shapes) if one.name == "Panel"), None)
            under = ground if panel is None else over(*seen(panel, theme), ground)
            behind = under if fill is None else over(*seen(fill, theme), under)
            for run in (run for one in cell.text_frame.paragraphs for run in one.runs):
                ink, _ = seen(run._r.rPr.find(qn("a:solidFill")), theme)
                if contrast(ink, behind) < 4.5:
                    found.append(f"{slide.name}: {cell.text_frame.text}: {ink} on {behind}: {run.text}")
    return found


def in_the_way(deck: Any) -> list[str]:
    """List what stands under a picture, a band or the foot of its layout, or off the slide."""
    page = Area(0, 0, deck.slide_width / 12700, deck.slide_height / 12700)
    found = []
    for slide in deck.slides:
        panel = any(shape.name == "Panel" for shape in slide.shapes)
        away = (kept if panel else taken)(slide.slide_layout, page)
        title = slide.shapes.title
        if title is not None:
            # A bar as wide as the title is its ground; a logo, or a band that reaches into it from a side, is not.
            for other, one in shown(slide.slide_layout):
                words = area_of(title)
                beside = other.overlaps(words) and other.height > words.height / 2 and not is_ground(other, page)
                if beside and (other.x > words.x or other.right < words.right) and not panel:
                    found.append(f"{slide.name}: the title runs under {one.name}")
        for shape in slide.shapes:
            if shape.is_placeholder:
                continue
            area = Area(shape.left / 12700, shape.top / 12700, shape.width / 12700, shape.height / 12700)
            if any(area.overlaps(other) for other in away):
                found.append(f"{slide.name}: {shape.name} at {area}")
            if area.x < 0 or area.y < 0 or area.right > page.right + 1 or area.bottom > page.bottom + 1:
                found.append(f"{slide.name}: {shape.name} is off the slide at {area}")
    return found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_in_each_kind_of_template_all_words_can_be_read_and_nothing_is_under_what_it_has(
    kind: Callable[[], Any],
) -> None:
    deck = made(kind)
    assert pale_words(deck) == []
    assert in_the_way(deck) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_titles_inherit_from_each_kind_and_numbers_stand_at_its_foot(kind: Callable[[], Any]) -> None:
    deck = made(kind)
    first, *others = deck.slides
    assert first.slide_layout.name == cover_layout(deck).name
    assert {slide.slide_layout.name for slide in others} == {content_layout(deck).name}
    for number, slide in enumerate(deck.slides, 1):
        (field,) = [one for one in slide.element.iter(qn("a:fld")) if one.get("type") == "slidenum"]
        assert field.find(qn("a:t")).text == str(number)
        title = slide.shapes.title
        assert (title is None) == (titled(slide.slide_layout) is None)
        if title is not None:
            assert (title._element.spPr.find(qn("a:xfrm")) is not None) == titled(slide.slide_layout).moved
            assert all(run.font.size is None for one in title.text_frame.paragraphs for run in one.runs)


def test_bold_titles_have_no_bold_message() -> None:
    runs = [
        run for slide in made(title_bar).slides for one in slide.shapes.title.text_frame.paragraphs for run in one.runs
    ]
    assert runs
    assert not any(run.font.bold for run in runs)


@pytest.mark.parametrize(
    ("kind", "words"),
    [(pale_accents, "accent 1 (#BFD7FF) is too pale"), (grey_accents, "accent 1 (#7F7F7F) is grey")],
    ids=["pale", "grey"],
)
def test_accents_that_can_not_serve_are_told(kind: Callable[[], Any], words: str) -> None:
    assert any(words in one for one in look_at(saved(kind()))[2])


def test_a_picture_alone_has_the_same_slots_as_in_the_deck() -> None:
    content = saved(pale_accents())
    alone = deck_with("columns", content, 2).slides[0]
    whole = next(slide for slide in made(pale_accents).slides if slide.name == alone.name)
    assert slots(alone) == slots(whole)


def slots(slide: Any) -> list[tuple[str, str]]:
    return [(one.tag, one.get("val")) for one in slide.element.iter(qn("a:schemeClr"), qn("a:srgbClr"))]


@pytest.mark.parametrize("kind", [dark_by_fill, sidebar])
def test_pictures_on_demand_can_be_read_on_any_ground_and_stand_clear(kind: Callable[[], Any]) -> None:
    content = saved(kind())
    wanted = (("venn", 2), ("venn", 3), ("house", 3), ("pdca", 2), ("upset", 4), ("tree", 2), ("coverage", 3))
    pages = tuple(page for name, count in wanted for page in drawn(name, content, count))
    deck = Presentation(io.BytesIO(powerpoint.export(pages, date=DAY, template=content)))
    assert pale_words(deck) == []
    assert in_the_way(deck) == []


@pytest.mark.parametrize(("kind", "ground"), [(dark_by_fill, "#121A2E"), (title_bar, "#FFFFFF")])
def test_a_title_whose_own_colour_can_not_be_read_there_takes_one_that_can(
    kind: Callable[[], Any], ground: str
) -> None:
    slide = made(kind).slides[0]  # the cover, whose title stands below the bar
    told = colours_of(slide.slide_layout)
    theme = told | {name: told[slot] for name, slot in mapping_of(slide.slide_layout).items() if slot in told}
    runs = [run for one in slide.shapes.title.text_frame.paragraphs for run in one.runs]
    assert runs
    for run in runs:
        ink, _ = seen(run._r.rPr.find(qn("a:solidFill")), theme)
        assert contrast(ink, ground) >= 4.5


def test_a_title_that_can_be_read_keeps_the_clients_colour() -> None:
    for kind in (sidebar, title_bar, dark_by_map):
        for slide in list(made(kind).slides)[1:]:
            runs = [run for one in slide.shapes.title.text_frame.paragraphs for run in one.runs]
            assert all(run._r.rPr.find(qn("a:solidFill")) is None for run in runs)


OTHERS = Path("/usr/lib/libreoffice/share/template/common/presnt")
"""Templates that no one here wrote, where LibreOffice brings them along (libreoffice-common)."""
REAL = ("Candy", "Focus", "Lights", "Midnightblue", "Piano")
"""A photo, ornaments all over, a dark fade with discs, a title in the middle and several masters, bands."""


@pytest.fixture(scope="module")
def potx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let LibreOffice write its own templates as .potx; skipped where it or they are missing."""
    sources = [OTHERS / f"{name}.otp" for name in REAL]
    if not all(source.is_file() for source in sources):
        pytest.skip(f"LibreOffice's templates are not in {OTHERS}")
    folder = tmp_path_factory.mktemp("potx")
    office.convert(sources, folder, "potx:Impress MS PowerPoint 2007 XML Template")
    return folder


@office.needed
@pytest.mark.parametrize("name", REAL)
def test_in_templates_that_no_one_here_wrote_all_words_can_be_read_and_nothing_is_under_what_they_have(
    name: str, potx: Path
) -> None:
    content = (potx / f"{name}.potx").read_bytes()
    deck = Presentation(io.BytesIO(powerpoint.export(pictures_of(content), date=DAY, template=content)))
    assert pale_words(deck) == []
    assert in_the_way(deck) == []
    for slide in deck.slides:
        runs = [run for one in slide.shapes.title.text_frame.paragraphs for run in one.runs]
        assert runs
        assert all(run.font.size is not None for run in runs)  # their layouts give titles no size
        body = [one for one in slide.shapes if not one.is_placeholder]
        assert min(one.top for one in body) >= 0
        assert len({one.width * one.height for one in body}) > 1


def test_content_on_a_slide_that_is_all_ornament_stands_on_a_plain_panel_that_tells_nothing() -> None:
    def ornate() -> Any:
        deck = blank()
        band(deck, (0, 0, 500, 540), "2983A0", "Left")
        band(deck, (450, 100, 510, 440), "4B1E78", "Right")
        return deck

    deck = made(ornate)
    for slide in deck.slides:
        (panel,) = [one for one in slide.shapes if one.name == "Panel"]
        assert "adec:decorative" in str(etree.tostring(panel._element))
    assert pale_words(deck) == []
    assert in_the_way(deck) == []


def test_the_foot_can_be_read_where_a_band_of_the_template_lies_under_it() -> None:
    slide = made(sidebar).slides[1]
    (day,) = [one for one in slide.placeholders if one.text_frame.text.endswith("2031")]
    fill = day._element.find(f".//{qn('a:rPr')}/{qn('a:solidFill')}")
    told = colours_of(slide.slide_layout)
    theme = told | {name: told[slot] for name, slot in mapping_of(slide.slide_layout).items() if slot in told}
    assert contrast(seen(fill, theme)[0], "#0B3C5D") >= 4.5


@pytest.mark.parametrize("kind", [huge_logo, sidebar], ids=lambda kind: kind.__name__)
def test_the_title_of_a_cover_keeps_clear_of_a_logo_or_a_band_that_reaches_into_its_place(
    kind: Callable[[], Any],
) -> None:
    first = made(kind).slides[0]
    layout = first.slide_layout
    (theirs,) = [place for place in layout.placeholders if place.placeholder_format.idx == 0]
    ((away, _),) = shown(layout)
    assert away.overlaps(area_of(theirs))
    assert not away.overlaps(area_of(first.shapes.title))
    assert first.shapes.title.width > theirs.width * 0.4


def striped() -> Any:
    """A dark bar of two slanted pieces, with the white ground between them, and titles in white upon it."""
    deck = blank()
    look = deck.slide_master.element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
    look.find(qn("a:solidFill"))[0].set("val", "bg1")
    for layout in (content_layout(deck), cover_layout(deck)):
        place(next(one for one in layout.placeholders if one.placeholder_format.idx == 0), 40, 20, 880, 70)
    for at, corners in enumerate(((0, 0, 0, 100, 420, 100, 460, 0), (560, 0, 520, 100, 960, 100, 960, 0))):
        x, y = corners[0::2], corners[1::2]
        left, top, width, height = min(x), min(y), max(x) - min(x), max(y) - min(y)
        band(deck, (left, top, width, height), "101820", f"Piece {at}")
        (shape,) = [one for one in deck.slide_master.shapes if one.name == f"Piece {at}"]
        tags = ("moveTo", *["lnTo"] * (len(x) - 1))
        points = (f'<a:pt x="{a - left}" y="{b - top}"/>' for a, b in zip(x, y, strict=True))
        told = "".join(f"<a:{tag}>{point}</a:{tag}>" for tag, point in zip(tags, points, strict=True))
        path = f'<a:pathLst><a:path w="{width}" h="{height}">{told}<a:close/></a:path></a:pathLst>'
        outline = f"<a:custGeom {nsdecls('a')}>{path}</a:custGeom>"
        old = shape._element.spPr.find(qn("a:prstGeom"))
        old.getparent().replace(old, parse_xml(outline))
    return deck


def test_a_title_over_pieces_of_a_bar_with_the_ground_between_them_stands_on_a_plain_ground() -> None:
    deck = made(striped)
    for slide in deck.slides:
        named = [one.name for one in slide.shapes]
        assert named.index("Title panel") < named.index("Title")


def photo() -> Any:
    """A dark photo that is light in its top right corner, and titles in white."""
    deck = blank()
    image = Image.linear_gradient("L").rotate(90).resize((160, 90)).convert("RGB")
    content = io.BytesIO()
    image.save(content, "PNG")
    _, number = deck.slide_master.part.get_or_add_image_part(content)
    whole = deck.slide_master.element.find(qn("p:cSld"))
    for old in whole.findall(qn("p:bg")):
        whole.remove(old)
    fill = f'<a:blipFill><a:blip r:embed="{number}"/><a:stretch><a:fillRect/></a:stretch></a:blipFill><a:effectLst/>'
    whole.insert(0, parse_xml(f"<p:bg {nsdecls('a', 'p', 'r')}><p:bgPr>{fill}</p:bgPr></p:bg>"))
    look = deck.slide_master.element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
    look.find(qn("a:solidFill"))[0].set("val", "bg1")
    return deck


def test_a_title_over_light_and_dark_of_a_photo_stands_on_a_plain_ground() -> None:
    deck = made(photo)
    assert pale_words(deck) == []
    for slide in deck.slides:
        named = [one.name for one in slide.shapes]
        assert named.index("Title panel") < named.index("Title")
        (panel,) = [one for one in slide.shapes if one.name == "Title panel"]
        assert "adec:decorative" in str(etree.tostring(panel._element))
        told = colours_of(slide.slide_layout)
        theme = told | {name: told[slot] for name, slot in mapping_of(slide.slide_layout).items() if slot in told}
        ground, _ = seen(panel._element.spPr.find(qn("a:solidFill")), theme)
        for run in (run for one in slide.shapes.title.text_frame.paragraphs for run in one.runs):
            assert contrast(seen(run._r.rPr.find(qn("a:solidFill")), theme)[0], ground) >= 4.5


@pytest.mark.parametrize("kind", [dark_by_fill, sidebar], ids=lambda kind: kind.__name__)
def test_what_stands_on_a_cover_begins_and_ends_where_it_does_on_the_slides(kind: Callable[[], Any]) -> None:
    size, _, _ = look_at(saved(kind()))
    assert size.body is not None
    assert size.cover is not None
    assert size.cover.body is not None
    assert (size.cover.body.x, size.cover.body.right) == (size.body.x, size.body.right)


def test_on_a_dark_ground_what_stands_back_is_that_ground_a_little_lighter() -> None:
    layout = content_layout(dark_by_fill())
    page = Area(0, 0, 960, 540)
    ground, theme = ground_of(layout, colours_of(layout), page).colour, theirs(layout, page, Look())
    shown = theme.places[FAINT].shown
    assert hls(shown)[0] == pytest.approx(hls(ground)[0], abs=0.02)
    assert 1.1 < contrast(shown, ground) < 1.6
