"""The heads of a table: how they stand over their columns, and how high they are."""

from __future__ import annotations

from collections.abc import Sequence

from imsmap.exporters.excel import measure
from imsmap.exporters.excel.grid import CENTRED
from imsmap.register.schema import Field

_BUTTON = 14.0
"""Points that a filter's button takes under a heading's words."""
_BESIDE = 18.0
"""Pixels that it takes beside them."""
_LEAST = 24.0
"""Points that a table's head is high at least."""


def styles_of(titles: Sequence[str], fields: Sequence[Field], inner: Sequence[float]) -> list[tuple[str, ...]]:
    """Name the styles of heads: each stands as what is below it does, where its words have room for that."""
    found = []
    for title, field, room in zip(titles, fields, inner, strict=True):
        whose = field.standard if field.owner == "tool" else field.owner
        centred = field.kind in CENTRED or _longest(title) > room - measure.INDENT
        found.append(("head", *([] if whose is None else [f"head {whose}"]), *(["centred"] if centred else [])))
    return found


def height(titles: Sequence[str], styles: Sequence[tuple[str, ...]], inner: Sequence[float], *, filters: bool) -> float:
    """Give the height of a table's head: filters stand beside its words where there is room, else below them."""
    below, beside = 1, 1
    for title, names, pixels in zip(titles, styles, inner, strict=True):
        whole = pixels if "centred" in names else pixels - measure.INDENT
        below = max(below, measure.lines_of(title, whole, bold=True))
        room = whole - _BESIDE
        beside = max(beside, measure.lines_of(title, room, bold=True) if _longest(title) <= room else below + 1)
    heights = [measure.height_of(below) + (_BUTTON if filters else 0)]
    heights += [measure.height_of(beside)] if filters else []
    return max(_LEAST, min(heights))


def _longest(title: str) -> float:
    return max((measure.width_of(word, bold=True) for word in title.split()), default=0.0) * measure.RESERVE
