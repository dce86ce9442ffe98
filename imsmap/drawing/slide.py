"""What stands around a picture on a slide: signature, the message as its title, the legend, the source."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from imsmap.drawing.colour import GREY
from imsmap.drawing.marks import Entry, key, key_width, strip
from imsmap.drawing.rich import Rich, Run, plain, rich, width_of_rich, wrap_rich
from imsmap.drawing.sheet import Picture, Sheet
from imsmap.drawing.size import Area, Size
from imsmap.drawing.text import FONT_FLOOR, height_of, shorten, wrap
from imsmap.parts import doubt_of

if TYPE_CHECKING:
    from imsmap.drawing.marks import Share
    from imsmap.parts import Side

_TITLE_SIZES = (1.0, 22 / 24, 20 / 24, 18 / 24, 16 / 24, 14 / 24)
"""Shares of the title's size that are tried until it stands in two lines."""
_SPARE = 0.95
_ASIDE = 16.0
"""Between a title and the logo beside it."""
_SIGNATURE = 96.0, 6.0
_LEGEND, _SOURCE = 43.0, 26.0
"""Base lines of legend and source, above the foot of the page."""


def held(text: str) -> str:
    """Keep the words of a designation on one line."""
    return text.replace(" ", "\u00a0")


def source_line(sides: Sequence[Side], data_version: str) -> str:
    """Say on which editions, each with its label, and on which data a picture rests."""
    told = ", ".join(held(f"{side.label} = {side.designation}") for side in sides)
    word = "Edition" if len(sides) == 1 else "Editions"
    loose = [held(side.designation) for side in sides if side.by_clause]
    level = f" Clause level, points not listed: {', '.join(loose)}." if loose else ""
    # Its last words stay together, so that none stands alone on a second line.
    last = held("consult the standards.")
    few = doubt_of(sides)
    unsure = f" {few}" if few else ""
    return f"{word}: {told}.{level}{unsure} Mapping data {data_version}. Numbers and titles only: {last}"


def evenly(heights: Sequence[float], pages: int) -> list[tuple[int, int]]:
    """Cut a run of heights into so many pages that the fullest is as empty as can be; of several ways the first."""
    end = len(heights)
    sums = {(at, to): sum(heights[at:to]) for at in range(end) for to in range(at + 1, end + 1)}
    # For each number of pages left, and each height from which they begin: how full the fullest is at least.
    fullest = [{at: sums[at, end] for at in range(end)}]
    for left in range(1, pages):
        before = fullest[-1]
        fullest.append(
            {at: min(max(sums[at, to], before[to]) for to in range(at + 1, end - left + 1)) for at in range(end - left)}
        )
    if not heights or pages > end:
        return []
    most, at, found = fullest[pages - 1][0], 0, []
    for left in range(pages - 1, 0, -1):
        to = next(to for to in range(at + 1, end - left + 1) if max(sums[at, to], fullest[left - 1][to]) <= most)
        found.append((at, to))
        at = to
    return [*found, (at, end)]


def title_area(size: Size) -> Area:
    """Give the place of a title of two lines."""
    if size.title is not None:
        return size.title
    top = size.top + 12.7
    aside = size.corner.width + _ASIDE if size.corner is not None and size.corner.bottom > top else 0.0
    return Area(size.edge, top, size.width - 2 * size.edge - aside, height_of(2, size.type.title))


def headline(title: str, size: Size) -> tuple[tuple[Rich, ...], float]:
    """Set a title in one or two lines that are as even as can be; gives the lines and the size of its type.

    It breaks after a colon, semicolon or comma where it can, and not between "ISO" and its number, in "n of m" or in
    the bold message. One that has no room in two lines of 14 points is cut, with an ellipsis.
    """
    area = title_area(size)
    width = area.width
    runs = rich(_glued(title.replace("**", "") if size.bold else title), size.bold)
    if size.title is not None:
        # What was measured in another font than the template's needs some room to spare.
        width *= _SPARE
    for points in _title_sizes(size):
        if width_of_rich(runs, points) <= width:
            return (runs,), points
        found = _halved(runs, width, points)
        if found and (size.title is None or height_of(2, points) <= area.height + 1):
            return found, points
    lines = wrap_rich(runs, width, points)[:2]
    last = shorten(plain(lines[-1]) + " …", width, points, bold=True)
    return (*lines[:-1], (Run(last),)), points


def _title_sizes(size: Size) -> tuple[float, ...]:
    """List the sizes of type that a title may have: a template's own may be large, and is set down to 14 points."""
    whole = size.type.title
    found = [whole * share for share in _TITLE_SIZES]
    if size.title is not None:
        found += [float(points) for points in range(int(found[-1]), 13, -1)]
    return tuple(found)


def _glued(title: str) -> str:
    """Hold together what must not be parted."""
    return re.sub(
        r"(ISO(?:/[A-Z]+)?|\bof|\d) (?=\d)|(?<=\d) (?=of \d)|(?<=built) (?=once)",
        lambda found: found[0].replace(" ", "\u00a0"),
        title,
    )


def _halved(runs: Rich, width: float, size: float) -> tuple[Rich, ...]:
    """Cut a title in two lines; nothing where it does not fit."""
    words = [Run(piece, run.bold) for run in runs for piece in re.findall(r"[^ ]+ ?| ", run.text)]
    best: tuple[float, tuple[Rich, ...]] | None = None
    for at in range(1, len(words)):
        if not words[at - 1].text.endswith(" "):
            continue
        lines = _line(words[:at]), _line(words[at:])
        wide = [width_of_rich(line, size) for line in lines]
        if max(wide) > width:
            continue
        cost = abs(wide[0] - wide[1]) + 300.0 * (words[at - 1].bold and words[at].bold)
        cost -= 160.0 * words[at - 1].text.rstrip().endswith((";", ":", ",", "."))
        if best is None or cost < best[0]:
            best = cost, lines
    return best[1] if best else ()


def _line(words: Sequence[Run]) -> Rich:
    joined = [
        Run("".join(run.text for run in same), bold)
        for bold, same in itertools.groupby(words, key=lambda run: run.bold)
    ]
    return (*joined[:-1], Run(joined[-1].text.rstrip(" "), joined[-1].bold))


def clearance(size: Size, title: str, legend: str | Sequence[Entry], source: str) -> Area:
    """Give the place that title, legend and source leave for the picture; it does not move with the title's length."""
    del title
    if size.body is not None:
        left, top, width = size.body.x, size.body.y, size.body.width
        foot = size.body.bottom
    else:
        left, top, width = size.edge, title_area(size).bottom + 14.3, size.width - 2 * size.edge
        foot = size.height - size.below
    return Area(left, top, width, foot - _foot_height(width, legend, source) - top)


def _foot_height(width: float, legend: str | Sequence[Entry], source: str) -> float:
    """Give what legend and source take: at least a line each, so that pictures end at one height."""
    lines = max(1, len(wrap(source, width, FONT_FLOOR))) if source else 0
    return height_of(lines + max(1, _legend_lines(width, legend)), FONT_FLOOR) + 8.0


def _legend_lines(width: float, legend: str | Sequence[Entry]) -> int:
    if isinstance(legend, str):
        return len(wrap(legend, width, FONT_FLOOR)) if legend else 0
    return len(_rows(legend, width))


def _rows(entries: Sequence[Entry], width: float) -> list[list[Entry]]:
    rows: list[list[Entry]] = []
    for entry in entries:
        if rows and key_width([*rows[-1], entry]) <= width:
            rows[-1].append(entry)
        else:
            rows.append([entry])
    return rows


def frame(sheet: Sheet, title: str, legend: str | Sequence[Entry], source: str, story: Sequence[Share] = ()) -> Area:
    """Write signature, title, legend and source line; returns what is left for the picture.

    title: with its message between `**`. legend: words, or marks with words. story: the three numbers, whose strip is
    the signature. They are read in this order: the title, the picture, the legend, the source.
    """
    size = sheet.size
    lines, points = headline(title, size)
    place = title_area(size)
    _sign(sheet, story)
    sheet.words(
        Area(place.x, place.y, place.width, max(place.height, height_of(len(lines), points))),
        ["\n".join(plain(line) for line in lines)], lines=[plain(line) for line in lines], size=points, name="Title",
        role="title", anchor="t" if size.title is None else "m", pad=0,
    )  # fmt: skip
    node = next(reversed(sheet.parts))
    sheet.say(node, lines)
    area = clearance(size, title, legend, source)
    left, width = area.x, area.width
    bottom = size.body.bottom if size.body is not None else size.height - size.below
    if source:
        told = wrap(source, width, FONT_FLOOR)
        high = height_of(len(told), FONT_FLOOR)
        sheet.foot(
            Area(left, bottom - high, width, high), [source], lines=told, size=FONT_FLOOR, name="Source", ink=GREY,
            role="source", pad=0,
        )  # fmt: skip
        bottom -= high + 3.0
    if isinstance(legend, str):
        if legend:
            told = wrap(legend, width, FONT_FLOOR)
            high = height_of(len(told), FONT_FLOOR)
            sheet.foot(
                Area(left, bottom - high, width, high), [legend], lines=told, size=FONT_FLOOR, name="Legend", ink=GREY,
                role="legend", pad=0,
            )  # fmt: skip
    else:
        rows = _rows(legend, width)
        for at, row in enumerate(reversed(rows)):
            key(sheet, left, bottom - height_of(1 + at, FONT_FLOOR), row)
    return area


def _sign(sheet: Sheet, story: Sequence[Share]) -> None:
    size = sheet.size
    if story and size.title is None:
        strip(sheet, Area(size.edge, size.top, *_SIGNATURE), story, role="signature", name="Signature")


def signed(picture: Picture, story: Sequence[Share]) -> Picture:
    """Give a picture whose answer does not hold the three numbers their strip as its signature, too."""
    if any(part.role == "signature" for part in picture.parts.values()):
        return picture
    sheet = Sheet(picture.size)
    _sign(sheet, story)
    strips = {f"signature {at}": part for at, part in enumerate(sheet.parts.values()) if part.role == "signature"}
    page = {node: part for node, part in picture.parts.items() if part.role == "page"}
    rest = {node: part for node, part in picture.parts.items() if node not in page}
    return evolve(picture, parts={**page, **strips, **rest})


def remark(sheet: Sheet, place: Area, text: str) -> Area:
    """Write below a picture how it is to be read, above its legend; gives what is left for the picture."""
    told = wrap(text, place.width, FONT_FLOOR)
    high = height_of(len(told), FONT_FLOOR)
    sheet.foot(
        Area(place.x, place.bottom - high, place.width, high), [text], lines=told, size=FONT_FLOOR, name="Remark",
        ink=GREY, role="legend", pad=0,
    )  # fmt: skip
    return Area(place.x, place.y, place.width, place.height - high - 8.0)
