"""What a client's template leads to besides its layouts: cut, so that no old slide stays, and told."""

from __future__ import annotations

import io
import re
import warnings
import zipfile

import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from imsmap.errors import RefusedError
from imsmap.exporters.powerpoint.cutting import check_names
from imsmap.exporters.powerpoint.template import look_at, opened
from tests.exporters.test_powerpoint_template import DAY, LIGHT, drawn, powerpoint, template

SHOWS = f"""<p:custShowLst {nsdecls("p", "r")}><p:custShow name="short" id="0"><p:sldLst><p:sld r:id="%s"/></p:sldLst>
</p:custShow></p:custShowLst>"""
VIEW = f"""<p:viewPr {nsdecls("p", "r")}><p:outlineViewPr><p:cViewPr/><p:sldLst><p:sld r:id="rId1"/></p:sldLst>
</p:outlineViewPr></p:viewPr>""".encode()


def led_back() -> bytes:
    """Make a template whose layouts, master, shows and view lead to its old slides, with a picture from elsewhere."""
    deck = Presentation(io.BytesIO(template(LIGHT, "presentation")))
    old = deck.slides[0].part
    for holder in (deck.slide_layouts[5], deck.slide_master):
        button = next(iter(holder.shapes))
        for tag, action in (("hlinkClick", "hlinksldjump"), ("hlinkHover", "customshow?id=0&amp;return=true")):
            id_ = holder.part.relate_to(old, RT.SLIDE) if action == "hlinksldjump" else ""
            xml = f'<a:{tag} {nsdecls("a", "r")} r:id="{id_}" action="ppaction://{action}"/>'
            next(button._element.iter(qn("p:cNvPr"))).append(parse_xml(xml))
    master = deck.slide_master
    id_ = master.part.relate_to("file://server/logo.png", RT.IMAGE, is_external=True)
    master.shapes._spTree.append(
        parse_xml(
            f'<p:pic {nsdecls("a", "p", "r")}><p:nvPicPr><p:cNvPr id="99" name="logo"/><p:cNvPicPr/><p:nvPr/>'
            f'</p:nvPicPr><p:blipFill><a:blip r:link="{id_}"/></p:blipFill><p:spPr/></p:pic>'
        )
    )
    shown = next(slide.get(qn("r:id")) for slide in deck.slides._sldIdLst)
    deck.part._element.find(qn("p:notesSz")).addnext(parse_xml(SHOWS % shown))
    view = next(rel.target_part for rel in deck.part.rels.values() if rel.reltype.endswith("/viewProps"))
    view._blob = VIEW
    view.relate_to(old, RT.SLIDE)
    settings = next(rel.target_part for rel in deck.part.rels.values() if rel.reltype.endswith("/presProps"))
    show = b'<p:showPr><p:custShow id="0"/></p:showPr>'
    settings._blob = re.sub(rb"(<p:presentationPr[^>]*>)", lambda head: head[0] + show, settings.blob)
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def test_no_way_to_an_old_slide_stays_and_each_part_is_there_once() -> None:
    content = led_back()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        package = powerpoint.export(drawn("friends", content), date=DAY, template=content)
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        names = parts.namelist()
        texts = {name: parts.read(name) for name in names}
    assert len(set(names)) == len(names)
    assert [name for name in names if re.fullmatch(r"ppt/(slides|notesSlides)/\w+\.xml", name)] == [
        "ppt/notesSlides/notesSlide1.xml", "ppt/slides/slide1.xml",
    ]  # fmt: skip
    for words in (b"an old slide", b"hlinksldjump", b"customshow", b"custShow", b"server/logo.png"):
        assert [name for name in names if words in texts[name]] == []
    assert not any(re.search("printerSettings|thumbnail|app.xml", name) for name in names)
    assert b"sldLst" not in texts["ppt/viewProps.xml"]
    assert len(Presentation(io.BytesIO(package)).slides) == 1


def test_what_is_left_out_is_told_and_nothing_where_nothing_is() -> None:
    assert set(look_at(led_back())[1]) == {
        "custom shows", "buttons that lead to its slides", "pictures that would be fetched from elsewhere",
        "printer settings",
    }  # fmt: skip
    bare = Presentation(io.BytesIO(template(LIGHT, "presentation")))
    for id_ in [id_ for id_, rel in bare.part.rels.items() if rel.reltype.endswith("/printerSettings")]:
        bare.part.rels.pop(id_)
    written = io.BytesIO()
    bare.save(written)
    assert look_at(written.getvalue())[1] == ()


@pytest.mark.parametrize(
    ("name", "type_", "told"),
    [
        ("/ppt/comments/comment1.xml", "vnd.openxmlformats-officedocument.presentationml.comments+xml", "comments"),
        ("/ppt/comments/modernComment_1.xml", "vnd.ms-powerpoint.comments+xml", "comments"),
        ("/ppt/authors.xml", "vnd.ms-powerpoint.authors+xml", "comments"),
        ("/ppt/changesInfos/changesInfo1.xml", "vnd.ms-powerpoint.changesinfo+xml", ""),
        ("/ppt/revisionInfo.xml", "vnd.ms-powerpoint.revisioninfo+xml", ""),
        ("/ppt/vbaProject.bin", "vnd.ms-office.vbaProject", "macros"),
    ],
)
def test_what_somebody_wrote_beside_the_slides_does_not_travel_and_is_told(name: str, type_: str, told: str) -> None:
    deck = Presentation(io.BytesIO(template(LIGHT, "presentation")))
    holder = deck.slides[0].part if "omment" in name else deck.part
    part = Part(PackURI(name), f"application/{type_}", deck.part.package, b"<a>SECRET</a>")
    holder.relate_to(part, "https://x.example/relationships/any")
    written = io.BytesIO()
    deck.save(written)
    assert set(look_at(written.getvalue())[1]) == {"printer settings", told} - {""}
    package = powerpoint.export(drawn("friends", written.getvalue()), date=DAY, template=written.getvalue())
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        assert not any(b"SECRET" in parts.read(one) for one in parts.namelist())


def test_a_link_to_the_web_stays_with_its_logo() -> None:
    deck = Presentation(io.BytesIO(template(LIGHT, "presentation")))
    layout = deck.slide_layouts[5]
    id_ = layout.part.relate_to("https://smith.example", RT.HYPERLINK, is_external=True)
    link = f'<a:hlinkClick {nsdecls("a", "r")} r:id="{id_}"/>'
    next(next(iter(layout.shapes))._element.iter(qn("p:cNvPr"))).append(parse_xml(link))
    written = io.BytesIO()
    deck.save(written)
    kept = opened(written.getvalue()).slide_layouts[5].part
    assert [rel.target_ref for rel in kept.rels.values() if rel.is_external] == ["https://smith.example"]


def test_slides_that_are_too_small_to_be_read_are_refused_with_their_size() -> None:
    deck = Presentation(io.BytesIO(template(LIGHT, "presentation")))
    deck.slide_width = deck.slide_height = Pt(72)
    written = io.BytesIO()
    deck.save(written)
    with pytest.raises(RefusedError, match=r"slides are 1\.00 x 1\.00 in, too small .* at least 4 x 3 in"):
        look_at(written.getvalue())


def test_two_parts_of_one_name_are_never_written() -> None:
    deck = opened(template(LIGHT))
    for _ in range(2):
        part = Part(PackURI("/ppt/slides/slide1.xml"), "application/xml", deck.part.package, b"<x/>")
        deck.part.relate_to(part, "https://x.example/other")
    with pytest.raises(RefusedError, match=r"/ppt/slides/slide1\.xml"):
        check_names(deck)
