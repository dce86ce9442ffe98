"""What a layout of a client's template gives: where its title stands and how it is set, and what it leaves free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pptx.oxml.ns import qn

from imsmap.drawing import Area
from imsmap.values import frozen

Xml = Any  # python-pptx ships no types

FOOT = {"dt": "Date", "ftr": "Footer", "sldNum": "Slide number"}
"""Placeholders at the foot of a slide, which are kept and filled, and what they are called."""
_TITLES = ("title", "ctrTitle")
_PLACE = f"*/{qn('p:nvPr')}/{qn('p:ph')}"
_CONTENTS = (None, "obj", "body")
_TOP = 0.45
"""The share of a slide within which the title of a slide of content ends."""
_EDGE, _HIGH = 24.0, 0.13
"""Points from the edge of a slide, and the share of its height, of a title that no layout has a place for."""
_GAP = 10.0
"""Points that stay free between what a template has and content."""
_WHOLE = 0.85
"""A shape that takes so much of both sides is the ground, and nothing that stands on it."""
_LOGO = 0.12
"""The share of a slide up to which a picture may be a logo."""
_BESIDE, _BESIDE_PICTURE, _STILL_WIDE = 0.5, 0.1, 0.4
"""Shares of a title's height from which a band, or a picture, that reaches into its place is kept clear of, and of its
width that has to be left."""
_INSETS = {"lIns": 7.2, "tIns": 3.6, "rIns": 7.2, "bIns": 3.6}


@frozen
class Titled:
    """How a layout sets its title: its place without the insets, the size of its type, and whether it is bold.

    told: slides take the size from there; else it is only that of the layout's own words, and slides have to say it.
    moved: the layout has it in the middle of the slide, as a cover does, or under a logo or a band; on slides it stands
    where area says.
    """

    area: Area
    size: float
    bold: bool = False
    told: bool = True
    moved: bool = False


def kind_of(place: Xml) -> str | None:
    """Give the kind of a placeholder as its file says it; nothing for plain content."""
    found: str | None = place._element.find(".//" + qn("p:ph")).get("type")
    return found


def places_of(holder: Xml) -> Iterator[tuple[str | None, Xml]]:
    """Give the elements of a layout's or a master's placeholders, each with its kind.

    The library looks at every shape several times over before it gives its placeholders, which most need not.
    """
    for element in holder.shapes._spTree:
        place = element.find(_PLACE)
        if place is not None:
            yield place.get("type"), element


def chosen_layouts(deck: Xml) -> tuple[Xml, Xml]:
    """Choose the layouts of a client's template for a picture and for the cover."""
    return content_layout(deck), cover_layout(deck)


def own_layouts(deck: Xml) -> tuple[Xml, Xml]:
    """Give those of the library's own deck, for which nothing has to be weighed."""
    kinds = {layout.element.get("type"): layout for layout in deck.slide_layouts}
    return kinds["titleOnly"], kinds["title"]


def content_layout(deck: Xml) -> Xml:
    """Choose the layout for a picture: title only, else the one with a title and the least besides.

    A title in the middle of the slide is a cover's; then another master may have a better one, or hold one itself
    that its layouts have moved.
    """

    def besides(layout: Xml) -> tuple[int, bool, bool, int]:
        kinds = [kind for kind, _ in places_of(layout)]
        title = title_place(layout)
        low = 0 if title is not None and not _low(title) else 2
        if low and title is not None and not _low(title_place(layout.slide_master)):
            low = 1
        return low, layout.element.get("type") != "titleOnly", not {*_TITLES} & {*kinds}, len(kinds)

    return min((layout for master in deck.slide_masters for layout in master.slide_layouts), key=besides)


def cover_layout(deck: Xml) -> Xml:
    """Choose the layout of the first slide by its kind, whatever it is called; the usual one if there is none."""
    for layout in deck.slide_layouts:
        if layout.element.get("type") == "title" and title_place(layout) is not None:
            return layout
    for layout in deck.slide_layouts:
        if any(kind == "ctrTitle" for kind, _ in places_of(layout)):
            return layout
    return content_layout(deck)


def title_place(layout: Xml) -> Xml:
    """Find the placeholder of a layout's title."""
    if not any(kind in _TITLES for kind, _ in places_of(layout)):
        return None
    return next((place for place in layout.placeholders if kind_of(place) in _TITLES), None)


def _low(place: Xml) -> bool:
    """Tell whether a title ends so low that no room is left for content; one that stands nowhere does not."""
    if place is None:
        return True
    height = place.part.package.presentation_part.presentation.slide_height
    return place.top is not None and place.top + place.height > height * _TOP


def _is_cover(layout: Xml) -> bool:
    return layout.element.get("type") == "title" or any(kind == "ctrTitle" for kind, _ in places_of(layout))


def _raised(layout: Xml) -> Area:
    """Give a title that ends too low the place that its master has for titles, else the top of the slide."""
    above = title_place(layout.slide_master)
    if above is not None and above.left is not None and not _low(above):
        return area_of(above)
    page = layout.part.package.presentation_part.presentation
    width, height = page.slide_width / 12700, page.slide_height / 12700
    return Area(_EDGE, _EDGE, width - 2 * _EDGE, height * _HIGH)


def titled(layout: Xml) -> Titled | None:
    """Tell how a layout sets its title; nothing if it has none, or one that stands nowhere."""
    place = title_place(layout)
    if place is None or place.left is None or place.width is None:
        return None
    moved = _low(place) and not _is_cover(layout)
    area = _raised(layout) if moved else area_of(place)
    sides = dict(_INSETS)
    chain = [place._element]
    above = title_place(layout.slide_master)
    if above is not None:
        chain.append(above._element)
    for element in reversed(chain):
        body = element.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}")
        for name in sides:
            if body is not None and body.get(name) is not None:
                sides[name] = int(body.get(name)) / 12700
    inner = Area(
        area.x + sides["lIns"], area.y + sides["tIns"], area.width - sides["lIns"] - sides["rIns"],
        area.height - sides["tIns"] - sides["bIns"],
    )  # fmt: skip
    clear = _beside(layout, inner)
    moved, inner = moved or clear != inner, clear
    looks = title_looks(layout)
    told = [int(look.get("sz")) / 100 for look in looks if look.get("sz")]
    own = [run for element in chain for run in element.iter(qn("a:rPr"), qn("a:endParaRPr"))]
    size = next(iter([*told, *(int(run.get("sz")) / 100 for run in own if run.get("sz"))]), 24.0)
    bold = next((look.get("b") for look in looks if look.get("b")), "0")
    return Titled(inner, size, bold in ("1", "true"), bool(told), moved)


def _beside(layout: Xml, title: Area) -> Area:
    """Narrow a title's place by the logos and bands that reach into it from a side, as far as enough of it is left."""
    page = layout.part.package.presentation_part.presentation
    whole = Area(0, 0, page.slide_width / 12700, page.slide_height / 12700)
    away = []
    for area, shape in shown(layout):
        across = min(area.right, title.right) - max(area.x, title.x)
        down = min(area.bottom, title.bottom) - max(area.y, title.y)
        least = _BESIDE_PICTURE if shape._element.tag == qn("p:pic") else _BESIDE
        # What is as wide as the title lies under it, as a bar does.
        if 0 < across < title.width - 1 and down > least * title.height and not is_ground(area, whole):
            away.append(area)
    left = cut(title, away)
    return left if left.height == title.height and left.width >= _STILL_WIDE * title.width else title


def title_looks(layout: Xml) -> list[Xml]:
    """Give what a layout, its master's title and its master's style say of a title's words, the nearest first."""
    return _looks([title_place(layout), title_place(layout.slide_master)], layout, "titleStyle")


def foot_looks(layout: Xml, kind: str) -> list[Xml]:
    """Give what is said of the words of a placeholder at the foot, the nearest first."""
    places = [one for holder in (layout, layout.slide_master) for one in foot_places(holder) if kind_of(one) == kind]
    return _looks(places, layout, "otherStyle")


def _looks(places: Iterable[Xml], layout: Xml, style: str) -> list[Xml]:
    levels = [
        place._element.find(f"{qn('p:txBody')}/{qn('a:lstStyle')}/{qn('a:lvl1pPr')}")
        for place in places
        if place is not None
    ]
    levels.append(layout.slide_master.element.find(f"{qn('p:txStyles')}/{qn(f'p:{style}')}/{qn('a:lvl1pPr')}"))
    looks = [level.find(qn("a:defRPr")) for level in levels if level is not None]
    return [look for look in looks if look is not None]


def foot_places(layout: Xml) -> list[Xml]:
    """Find the placeholders of a layout for date, footer and number."""
    return [place for place in layout.placeholders if kind_of(place) in FOOT]


def shown(layout: Xml) -> Iterator[tuple[Area, Xml]]:
    """Give what stands on each slide of a layout besides its placeholders, from the master's and its own shapes."""
    holders = [layout]
    if layout.element.get("showMasterSp") not in ("0", "false"):
        holders.insert(0, layout.slide_master)
    for holder in holders:
        for shape in holder.shapes:
            if shape.is_placeholder or shape.left is None or shape.width is None or _unseen(shape):
                continue
            yield area_of(shape), shape


def is_ground(area: Area, page: Area) -> bool:
    """Tell whether a shape is so large that all else stands on it."""
    across = min(area.right, page.right) - max(area.x, page.x)
    down = min(area.bottom, page.bottom) - max(area.y, page.y)
    return across >= _WHOLE * page.width and down >= _WHOLE * page.height


def taken(layout: Xml, page: Area) -> list[Area]:
    """List what content may not stand on: pictures, bands, lines, and the placeholders at the foot."""
    found = [area for area, _ in shown(layout) if not is_ground(area, page)]
    return found + [area_of(place) for place in foot_places(layout) if place.left is not None]


def kept(layout: Xml, page: Area) -> list[Area]:
    """List what content may not even cover on a slide that is all ornament: small pictures and the foot."""
    pictures = [
        area
        for area, shape in shown(layout)
        if shape._element.tag == qn("p:pic") and _size(area) <= _LOGO * _size(page)
    ]
    return pictures + [area_of(place) for place in foot_places(layout) if place.left is not None]


def cut(area: Area, away: Iterable[Area]) -> Area:
    """Cut from an area what others take, so that as much of it as can be is left."""
    for other in sorted(away, key=_size, reverse=True):
        near = Area(other.x - _GAP, other.y - _GAP, other.width + 2 * _GAP, other.height + 2 * _GAP)
        if not near.overlaps(area):
            continue
        left = Area(area.x, area.y, max(near.x - area.x, 0), area.height)
        right = Area(near.right, area.y, max(area.right - near.right, 0), area.height)
        above = Area(area.x, area.y, area.width, max(near.y - area.y, 0))
        below = Area(area.x, near.bottom, area.width, max(area.bottom - near.bottom, 0))
        area = max((above, below, left, right), key=_size)
    return area


def _size(area: Area) -> float:
    return area.width * area.height


def area_of(shape: Xml) -> Area:
    """Give the place of a shape."""
    return Area(shape.left / 12700, shape.top / 12700, shape.width / 12700, shape.height / 12700)


def body_box(layout: Xml) -> Area | None:
    """Find the box of the body: the layout's own, that of the layout for title and content, or the master's."""
    usual = (one for one in layout.slide_master.slide_layouts if one.element.get("type") == "obj")
    for holder in (layout, *usual, layout.slide_master):
        for place in holder.placeholders:
            if kind_of(place) in _CONTENTS and place.left is not None:
                return area_of(place)
    return None


def _unseen(shape: Xml) -> bool:
    """Tell whether a shape has neither fill, edge nor words."""
    properties = getattr(shape._element, "spPr", None)
    if shape._element.tag != qn("p:sp") or properties is None:
        return False
    if shape.has_text_frame and shape.text_frame.text.strip():
        return False
    fills = ("a:solidFill", "a:gradFill", "a:blipFill", "a:pattFill", "a:grpFill")
    line = properties.find(qn("a:ln"))
    edged = line is not None and line.find(qn("a:noFill")) is None and len(line) > 0
    styled = shape._element.find(qn("p:style")) is not None and properties.find(qn("a:noFill")) is None
    return not edged and not styled and not any(properties.find(qn(one)) is not None for one in fills)
