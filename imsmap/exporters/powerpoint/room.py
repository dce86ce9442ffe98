"""What a layout of a client's template leaves for content, and the ground on which it stands there."""

from __future__ import annotations

from imsmap.drawing import INK, PAPER, Area, contrast
from imsmap.drawing.colour import DARKENED
from imsmap.exporters.powerpoint.ground import Ground, ground_of, mapping_of
from imsmap.exporters.powerpoint.places import Xml, body_box, cut, kept, taken, titled
from imsmap.values import frozen

WELL = 7.0
"""The contrast of a text colour, of which much is set."""
_EDGE = 24.0
"""Points that stay free at the edge of a slide."""
_BODY = 0.45
"""The share of a slide from which a body's box has room for a picture; else all that is free is taken."""
_WIDE, _HIGH, _HIGH_COVER = 0.55, 0.45, 0.25
"""Shares of a slide's sides; what leaves less has ornaments that content may cover."""
PANEL = 8.0
"""How far a panel goes out beyond the content that stands on it."""


@frozen
class Room:
    """Where content stands in a layout, and on what.

    panel: on a plain ground of its own, since the layout is full of ornaments or no words read well on its ground.
    """

    area: Area
    ground: Ground
    panel: bool = False


def room_of(layout: Xml, told: dict[str, str], page: Area, *, cover: bool = False) -> Room:
    """Give the box of the body, else the most that master and layout leave free; told: the colours of the theme.

    cover: its body is no place for content.
    """
    found = titled(layout)
    title = [found.area] if found else []
    inner = page.shrunk(_EDGE)
    away = [*taken(layout, page), *title]
    ground = ground_of(layout, told, page)
    free = cut(inner, away)
    box = None if cover else body_box(layout)
    if box is not None:
        inside = cut(Area(box.x, max(box.y, inner.y), box.width, min(box.bottom, inner.bottom) - box.y), away)
        free = inside if inside.width * inside.height >= _BODY * page.width * page.height else free
    wide, high = free.width / page.width, free.height / page.height
    if wide < _WIDE or high < (_HIGH_COVER if cover else _HIGH):
        # A slide that is all ornament: only its title, its foot and what may be a logo are kept free.
        free = cut(inner, [*kept(layout, page), *title])
    elif not ground.mixed and max(contrast(ground.colour, one) for one in (INK, DARKENED[INK])) >= WELL:
        return Room(free, ground)
    return Room(free, _plain(layout, told), panel=True)


def _plain(layout: Xml, told: dict[str, str]) -> Ground:
    """Choose the ground of a panel: the theme's own, if words read well on it."""
    colour = told.get(mapping_of(layout)["bg1"], PAPER)
    if max(contrast(colour, one) for one in (INK, DARKENED[INK])) >= WELL:
        return Ground(colour, "bg1" if mapping_of(layout)["bg1"] in told else "")
    return Ground()
