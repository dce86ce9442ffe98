"""Our own slide master: title, foot and signature in their places, so that slides hold content only."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from imsmap.drawing import FONT_FLOOR, GREY, Area, Part, Picture, Size, title_area
from imsmap.drawing.logo import dots
from imsmap.drawing.look import Look, foot_place
from imsmap.drawing.text import foot_words
from imsmap.exporters.powerpoint.places import FOOT, kind_of, places_of, title_place
from imsmap.exporters.powerpoint.shapes import DECORATIVE, SPACING, around, frame, shape, solid
from imsmap.exporters.powerpoint.theme import Theme
from imsmap.plain import in_xml

Pptx = Any  # python-pptx ships no types

_DATE, _NUMBER = 130.0, 40.0
"""What date and number take of the foot; the footer has the rest."""


def prepare(
    deck: Pptx, pictures: Sequence[Picture], theme: Theme, look: Look, content: Pptx, first: Pptx
) -> tuple[Part, ...]:
    """Give a new deck our master in the size of its pictures; returns the parts that now stand there.

    content, first: the layouts of a picture and of the cover.

    The signature goes into the master only if all pages that have one have the same.
    """
    size = pictures[0].size
    _resize(deck, size)
    master = deck.slide_master
    _title(title_place(master), title_area(size), size.type.title)
    for layout in (content, first):
        place = title_place(layout)
        if place is not None and layout.element.get("type") == "titleOnly":
            _inherit(place._element)
    cover = next((one for one in pictures if one.name == "cover"), None)
    heading = next((part for part in cover.parts.values() if part.role == "title"), None) if cover else None
    if heading is not None:
        _title(title_place(first), heading.area, heading.size)
        first.element.set("showMasterSp", "0")
    under = [part for part in cover.parts.values() if part.role == "subtitle"] if cover else []
    for place in first.placeholders:
        if under and kind_of(place) == "subTitle":
            level = (
                f'<a:lvl1pPr marL="0" indent="0" algn="l"><a:buNone/><a:defRPr sz="{round(under[0].size * 100)}" b="0">'
                f"{solid(GREY, theme)}</a:defRPr></a:lvl1pPr>"
            )
            _styled(place, around(part.area for part in under), level, "t")
    _feet(deck, size, theme, look)
    if size.corner is not None:
        _logo(deck.slide_master, look, size.corner)
        _logo(first, look, size.cover_corner or size.corner)
    _without_library(deck)
    signatures = [tuple(part for part in picture.parts.values() if part.role == "signature") for picture in pictures]
    signed = [one for one in signatures if one]
    if not signed or any(one != signed[0] for one in signed):
        return ()
    _sign(master, signed[0], theme)
    return signed[0]


def _resize(deck: Pptx, size: Size) -> None:
    """Set the slides' size, and stretch what the master and the layouts hold to it."""
    width, height = round(size.width_in * 914400), round(size.height_in * 914400)
    across, down = width / deck.slide_width, height / deck.slide_height
    deck.slide_width, deck.slide_height = Emu(width), Emu(height)
    # The library's own deck says that it is for screens of four to three, whatever its size.
    deck.part._element.find(qn("p:sldSz")).attrib.pop("type", None)
    for holder in (deck.slide_master, *deck.slide_layouts):
        for transform in holder.element.iter(qn("a:xfrm")):
            for end, names in (("a:off", ("x", "y")), ("a:ext", ("cx", "cy"))):
                found = transform.find(qn(end))
                for name, factor in zip(names, (across, down), strict=True):
                    found.set(name, str(round(int(found.get(name)) * factor)))


def _title(place: Pptx, area: Area, size: float) -> None:
    _styled(
        place, area, f'<a:lvl1pPr algn="l"><a:lnSpc><a:spcPct val="{SPACING}"/></a:lnSpc>'
        f'<a:defRPr sz="{round(size * 100)}" b="0" cap="none"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        '<a:latin typeface="+mj-lt"/></a:defRPr></a:lvl1pPr>', "t",
    )  # fmt: skip


def _styled(place: Pptx, area: Area, level: str, anchor: str) -> None:
    """Put a placeholder into its place, without insets, and say how its text is set."""
    place.left, place.top, place.width, place.height = Pt(area.x), Pt(area.y), Pt(area.width), Pt(area.height)
    body = place._element.txBody
    for old in (body.find(qn("a:bodyPr")), body.find(qn("a:lstStyle"))):
        if old is not None:
            body.remove(old)
    told = f'<a:bodyPr {nsdecls("a")} lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
    body.insert(0, parse_xml(told))
    body.insert(1, parse_xml(f"<a:lstStyle {nsdecls('a')}>{level}</a:lstStyle>"))


def _inherit(element: Pptx) -> None:
    """Let a layout's placeholder stand where the master's does."""
    properties = element.spPr
    for old in list(properties):
        properties.remove(old)


def _feet(deck: Pptx, page: Size, theme: Theme, look: Look) -> None:
    """Put date, footer and number into the lower margin; whose the deck is stands in the footer."""
    whole = foot_place(page)
    x = whole.x
    told, small = foot_words(look.line, whole.width - _DATE - _NUMBER)
    wide = {"dt": _DATE, "ftr": whole.width - _DATE - _NUMBER, "sldNum": _NUMBER}
    for kind, align in (("dt", "l"), ("ftr", "ctr"), ("sldNum", "r")):
        size = small if kind == "ftr" else FONT_FLOOR
        level = (
            f'<a:lvl1pPr algn="{align}"><a:defRPr sz="{round(size * 100)}" b="0">{solid(GREY, theme)}'
            "</a:defRPr></a:lvl1pPr>"
        )
        area = Area(x, whole.y, wide[kind], whole.height)
        x = area.right
        for place in deck.slide_master.placeholders:
            if kind_of(place) == kind:
                _styled(place, area, level, "ctr")
    for layout in deck.slide_layouts:
        for told_kind, element in places_of(layout):
            if told_kind in FOOT:
                _inherit(element)
    for holder in (deck.slide_master, *deck.slide_layouts):
        for place in holder.placeholders:
            if kind_of(place) == "ftr":
                place.text_frame.text = told


def _logo(holder: Pptx, look: Look, area: Area) -> None:
    """Put the logo on the master or a layout; what a slide shows of it needs no words of its own."""
    seen = dots(look.logo)
    if seen is None:
        return
    _, id_ = holder.part.get_or_add_image_part(io.BytesIO(seen.content))
    tree = holder.shapes._spTree
    number = max(int(one.get("id")) for one in tree.iter(qn("p:cNvPr"))) + 1
    told = (
        f'<p:pic {nsdecls("a", "p", "r")}><p:nvPicPr><p:cNvPr id="{number}" name="Logo" '
        f'descr="{in_xml(look.logo_told)}"/><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr>'
        '<p:nvPr userDrawn="1"/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{id_}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        f'<p:spPr>{frame(area)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )
    tree.insert_element_before(parse_xml(told), "p:extLst")


def _sign(master: Pptx, parts: Sequence[Part], theme: Theme) -> None:
    """Draw the signature into the master, as decoration."""
    place = frame(around(part.area for part in parts))
    child = place.replace("</a:xfrm>", "").replace("<a:xfrm>", "")
    child = child.replace("a:off", "a:chOff").replace("a:ext ", "a:chExt ")
    tree = master.shapes._spTree
    first = max(int(one.get("id")) for one in tree.iter(qn("p:cNvPr"))) + 1
    shapes = "".join(shape(part, first + 1 + at, theme) for at, part in enumerate(parts))
    group = (
        f'<p:grpSp {nsdecls("a", "p")}><p:nvGrpSpPr><p:cNvPr id="{first}" name="Signature">{DECORATIVE}</p:cNvPr>'
        f'<p:cNvGrpSpPr/><p:nvPr userDrawn="1"/></p:nvGrpSpPr><p:grpSpPr>{place.replace("</a:xfrm>", child)}</a:xfrm>'
        f"</p:grpSpPr>{shapes}</p:grpSp>"
    )
    tree.insert_element_before(parse_xml(group), "p:extLst")


def _without_library(deck: Pptx) -> None:
    """Leave out what the library's own deck tells of its author: properties, a thumbnail, settings of a printer."""
    package = deck.part.package
    for id_, rel in list(package._rels.items()):
        if str(rel.reltype).rpartition("/")[2] in ("extended-properties", "thumbnail"):
            package._rels.pop(id_)
    for id_, rel in list(deck.part.rels.items()):
        if rel.reltype == RELATIONSHIP_TYPE.PRINTER_SETTINGS:
            deck.part.rels.pop(id_)
