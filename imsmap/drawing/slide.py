"""What stands around a picture on a slide: the message as its title, the legend, the source."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from imsmap.drawing.colour import GREY, INK
from imsmap.drawing.sheet import MARGIN, Area, Sheet, Size
from imsmap.drawing.text import FONT_FLOOR, Fitted, fit, height_of, width_of

if TYPE_CHECKING:
    from imsmap.parts import Side


def held(text: str) -> str:
    """Keep the words of a designation on one line."""
    return text.replace(" ", "\u00a0")


def source_line(sides: Sequence[Side], data_version: str) -> str:
    """Say on which editions, each with its label, and on which data a picture rests."""
    told = ", ".join(held(f"{side.label} = {side.designation}") for side in sides)
    word = "Edition" if len(sides) == 1 else "Editions"
    return f"{word}: {told}. Mapping data {data_version}. Numbers and titles only: consult the standards."


def evenly(heights: Sequence[float], pages: int) -> list[tuple[int, int]]:
    """Cut a run of heights into so many pages that the fullest is as empty as can be."""
    cuts = itertools.combinations(range(1, len(heights)), pages - 1)
    found = (list(itertools.pairwise((0, *inner, len(heights)))) for inner in cuts)
    return min(found, key=lambda spread: max(sum(heights[start:end]) for start, end in spread))


def headline(title: str, width: float) -> Fitted:
    """Set a title: in one line if that can be read from afar, else in two."""
    for size in (26.0, 24.0, 22.0, 20.0):
        if width_of(title, size, bold=True) <= width:
            return Fitted((title,), size)
    return fit(title, width, height_of(2, 24), (24.0, 22.0, 20.0, 18.0, 16.0, 14.0), bold=True)


def clearance(size: Size, title: str, legend: str, source: str) -> Area:
    """Give the place that title, legend and source leave for the picture."""
    width = size.width - 2 * size.edge - 2 * MARGIN
    head = headline(title, width)
    top = size.top + height_of(len(head.lines), head.size) + 8
    below = sum(len(_small(words, width).lines) for words in (legend, source) if words)
    return Area(
        size.edge, top, size.width - 2 * size.edge, size.height - size.below - height_of(below, FONT_FLOOR) - 9 - top
    )


def _small(words: str, width: float) -> Fitted:
    return fit(words, width, height_of(3, FONT_FLOOR), (FONT_FLOOR,))


def frame(sheet: Sheet, title: str, legend: str, source: str) -> Area:
    """Write the title, the legend and the source line; returns what is left for the picture.

    They are read in this order: the title, the picture, the legend, the source.
    """
    size = sheet.size
    width = size.width - 2 * size.edge
    head = headline(title, width - 2 * MARGIN)
    head_height = height_of(len(head.lines), head.size) + 2
    sheet.words(
        Area(size.edge, size.top, width, head_height), [title], lines=head.lines, size=head.size, bold=True,
        name="Title", role="title", align="l",
    )  # fmt: skip
    bottom = size.height - size.below
    for words, name in ((source, "Source"), (legend, "Legend")):
        if not words:
            continue
        fitted = _small(words, width - 2 * MARGIN)
        height = height_of(len(fitted.lines), fitted.size) + 1
        bottom -= height
        sheet.foot(
            Area(size.edge, bottom, width, height), [words], lines=fitted.lines, size=fitted.size, name=name,
            ink=GREY if name == "Source" else INK,
        )  # fmt: skip
    return clearance(sheet.size, title, legend, source)
