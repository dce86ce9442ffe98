"""What every picture is made with: sizes, palette, measured text, and a sheet on which boxes get their places.

Lengths are points (1/72 inch) from the top left of the sheet. A picture computes every place itself; Graphviz draws.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from imsmap.graphviz import FONTS

if TYPE_CHECKING:
    import pydot

FAMILY = "DejaVu Sans Condensed"
FONT_FLOOR = 11.0
"""No label is smaller."""
INK, PAPER, GREY, CORE_DARK, CORE_TINT = "#1A1A1A", "#FFFFFF", "#595959", "#4D4D4D", "#E6E6E6"
_SAFETY = 1.045
"""Measured widths are widened by this: the renderers round each glyph in their own way."""


@frozen
class Size:
    """A slide or sheet of paper, in inches."""

    name: str
    width_in: float
    height_in: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.width_in * 72

    @property
    def height(self) -> float:
        """Height in points."""
        return self.height_in * 72


SIZES = {
    size.name: size
    for size in (Size("16:9", 13.333, 7.5), Size("4:3", 10, 7.5), Size("A4", 11.693, 8.268), Size("A3", 16.535, 11.693))
}


@frozen
class Colours:
    """A discipline's colours: dark carries white text (or ink), tint carries ink."""

    dark: str
    accent: str
    tint: str

    @property
    def on_dark(self) -> str:
        """The text colour that reads better on the dark fill."""
        return max((PAPER, INK), key=lambda ink: contrast(ink, self.dark))

    @property
    def line(self) -> str:
        """A colour for outlines and text on white: the dark one if it is dark enough."""
        return self.dark if contrast(self.dark, PAPER) >= 3 else INK


CORE = Colours(CORE_DARK, CORE_DARK, CORE_TINT)


def colours(values: Mapping[str, str] | None) -> Colours:
    """Read colours from a report's values; those of the common core where it has none."""
    return Colours(values["dark"], values.get("accent", values["dark"]), values["tint"]) if values else CORE


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, 1 to 21, as WCAG 2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(colour[index : index + 2], 16) / 255) for index in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# --- text --------------------------------------------------------------------------------------------------------

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Drop what XML can't hold; a tab becomes a space."""
    return _UNWRITABLE.sub("", text.replace("\t", " "))


def quoted(lines: Iterable[str], align: str = "c") -> str:
    """Write lines as a quoted DOT label; the only place where text is escaped for Graphviz."""
    end = {"l": "\\l", "r": "\\r", "c": "\\n"}[align]
    escaped = [clean(line).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for line in lines]
    return '"' + (end.join(escaped) + (end if align != "c" else "")) + '"'


@cache
def _font(bold: bool) -> Any:
    from PIL import ImageFont

    name = "DejaVuSansCondensed-Bold.ttf" if bold else "DejaVuSansCondensed.ttf"
    return ImageFont.truetype(str(FONTS / name), 100, layout_engine=ImageFont.Layout.BASIC)


@cache
def width_of(text: str, size: float, bold: bool = False) -> float:
    """Measure one line of text in points."""
    return float(_font(bold).getlength(text)) / 100 * size * _SAFETY


def height_of(lines: int, size: float) -> float:
    """Give the height of some lines in points, as Graphviz sets them: ascent and descent in whole dots of 1/96 inch."""
    dots = size * 96 / 72
    return lines * (math.ceil(dots * 0.928) + math.ceil(dots * 0.236)) * 72 / 96


@cache
def wrap(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """Break text into lines that fit the width; a word longer than a line is broken within.

    A no-break space holds words together, and is measured as what it is.
    """
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if not word:
                continue
            longer = f"{line} {word}" if line else word
            if width_of(longer, size, bold) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            while width_of(word, size, bold) > width and len(word) > 1:
                cut = _fitting(word, width, size, bold)
                lines.append(word[:cut])
                word = word[cut:]
            line = word
        lines.append(line)
    return tuple(lines)


def _fitting(word: str, width: float, size: float, bold: bool) -> int:
    """Count the characters of a word that fit the width; at least one."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width_of(word[:middle], size, bold) <= width else (low, middle - 1)
    return low


@frozen
class Fitted:
    """Text that was made to fit; `short` tells that it was abbreviated, and the full text belongs in the notes."""

    lines: tuple[str, ...]
    size: float
    short: bool = False


def fit(text: str, width: float, height: float, sizes: Sequence[float], bold: bool = False) -> Fitted:
    """Make text fit a box: wrap, then shrink through the sizes, then abbreviate at the last."""
    for size in sizes:
        lines = wrap(text, width, size, bold)
        if height_of(len(lines), size) <= height:
            return Fitted(lines, size)
    size = sizes[-1]
    most = max(1, int(height / height_of(1, size) + 1e-6))
    kept = list(wrap(text, width, size, bold)[:most])
    kept[-1] = shorten(kept[-1] + "…", width, size, bold)
    return Fitted(tuple(kept), size, True)


def shorten(line: str, width: float, size: float, bold: bool = False) -> str:
    """Cut one line to the width, with an ellipsis where something was left out."""
    if width_of(line, size, bold) <= width:
        return line
    words = line.rstrip("…")
    return words[: max(1, _fitting(words, width - width_of("…", size, bold), size, bold))].rstrip() + "…"


# --- the sheet ---------------------------------------------------------------------------------------------------


@frozen
class Area:
    """A rectangle; x and y are its top left."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.height

    def overlaps(self, other: Area) -> bool:
        """Tell whether two areas share more than an edge."""
        slack = 0.01
        return (
            self.x < other.right - slack
            and other.x < self.right - slack
            and self.y < other.bottom - slack
            and other.y < self.bottom - slack
        )


@frozen
class Part:
    """What a node means: its role (`title`, `box`, `words`, `page`), name and group, and its text as paragraphs."""

    area: Area
    role: str
    name: str
    group: str
    paragraphs: tuple[str, ...]
    lines: tuple[str, ...]
    size: float
    bold: bool = False
    align: str = "c"
    ink: str = INK
    fill: str | None = None
    alt: str = ""
    rounded: bool = False


@frozen
class Picture:
    """One page of a picture.

    parts: what each node of the graph means. groups: the alt text of each group. palette: the fills, most common first.
    """

    name: str
    title: str
    alt: str
    notes: tuple[str, ...]
    dot: pydot.Dot
    engine: str
    size: Size
    parts: Mapping[str, Part] = field(factory=dict)
    groups: Mapping[str, str] = field(factory=dict)
    palette: tuple[str, ...] = ()


MARGIN = 6.0
"""Between a box and its text, left and right."""
PAD = 3.0
"""Between a box and its text, above and below."""


class Sheet:
    """A page on which boxes, words and lines get their places; becomes a Picture."""

    def __init__(self, size: Size) -> None:
        """Begin an empty white page."""
        import pydot

        self.size = size
        self.parts: dict[str, Part] = {}
        self.groups: dict[str, str] = {}
        self._pydot: Any = pydot
        self._dot: Any = pydot.Dot("picture", graph_type="graph")
        self._dot.set_graph_defaults(charset='"UTF-8"', pad="0", margin="0", outputorder="nodesfirst", splines="line")
        self._dot.set_node_defaults(fontname=f'"{FAMILY}"', shape="box", fixedsize="true", penwidth="0.75")
        self._dot.set_edge_defaults(penwidth="1.25", color='"#7F7F7F"')
        page = Part(Area(0, 0, size.width, size.height), "page", "page", "", (), (), FONT_FLOOR, fill=PAPER)
        self._node(page, PAPER)

    def group(self, name: str, alt: str = "") -> str:
        """Name a group of parts and say what it shows."""
        self.groups[name] = clean(alt)
        return name

    def box(
        self,
        area: Area,
        paragraphs: Sequence[str],
        *,
        size: float,
        name: str,
        lines: Sequence[str] | None = None,
        group: str = "",
        fill: str | None = None,
        line: str | None = None,
        ink: str = INK,
        bold: bool = False,
        align: str = "l",
        role: str = "box",
        rounded: bool = False,
        alt: str = "",
    ) -> str:
        """Place a box with its text, wrapped to its width unless lines are given; returns the node."""
        inner = area.width - 2 * MARGIN
        if lines is None:
            lines = [found for paragraph in paragraphs for found in wrap(paragraph, inner, size, bold)]
        cleaned = tuple(clean(paragraph) for paragraph in paragraphs)
        part = Part(
            area, role, clean(name), group, cleaned, tuple(lines), size, bold, align, ink, fill, clean(alt), rounded
        )
        return self._node(part, line or fill)

    def words(self, area: Area, paragraphs: Sequence[str], **how: Any) -> str:
        """Place text without a box."""
        return self.box(area, paragraphs, role=how.pop("role", "words"), **how)

    def link(self, one: str, other: str) -> None:
        """Join two boxes by a line that ends at their sides."""
        ends = {"headport": "w", "tailport": "e"}
        self._dot.add_edge(self._pydot.Edge(one, other, **ends))

    def _node(self, part: Part, line: str | None) -> str:
        node = f"n{len(self.parts)}"
        self.parts[node] = part
        area = part.area
        style = ",".join(["filled"] * (part.fill is not None) + ["rounded"] * part.rounded)
        centre = f"{area.x + area.width / 2:.2f},{self.size.height - area.y - area.height / 2:.2f}"
        how = {
            "label": quoted(part.lines, part.align),
            "pos": f'"{centre}"',
            "width": f"{area.width / 72:.4f}",
            "height": f"{area.height / 72:.4f}",
            "fontsize": f"{part.size:g}",
            "margin": f'"{(MARGIN - 0.5) / 72:.4f},0"',
            "color": f'"{line}"' if line else "transparent",
        }
        if style:
            how["style"] = f'"{style}"'
        if part.bold:
            how["fontname"] = f'"{FAMILY} Bold"'
        if part.ink != INK:
            how["fontcolor"] = f'"{part.ink}"'
        if part.fill:
            how["fillcolor"] = f'"{part.fill}"'
        self._dot.add_node(self._pydot.Node(node, **how))
        return node

    def picture(self, name: str, title: str, alt: str, notes: Iterable[str], palette: Iterable[str] = ()) -> Picture:
        """Finish the page."""
        return Picture(
            name,
            clean(title),
            clean(alt),
            tuple(clean(note) for note in notes),
            self._dot,
            "neato",
            self.size,
            self.parts,
            self.groups,
            tuple(palette),
        )


# --- the frame of a slide ----------------------------------------------------------------------------------------

EDGE = 24.0
"""Between the page and what stands on it."""


def held(text: str) -> str:
    """Keep the words of a designation on one line."""
    return text.replace(" ", "\u00a0")


def headline(title: str, width: float) -> Fitted:
    """Set a title: in one line if that can be read from afar, else in two."""
    for size in (26.0, 24.0, 22.0, 20.0):
        if width_of(title, size, bold=True) <= width:
            return Fitted((title,), size)
    return fit(title, width, height_of(2, 24), (24.0, 22.0, 20.0, 18.0, 16.0, 14.0), bold=True)


def clearance(size: Size, title: str, legend: str, source: str) -> Area:
    """Give the place that title, legend and source leave for the picture."""
    width = size.width - 2 * EDGE - 2 * MARGIN
    head = headline(title, width)
    top = TOP + height_of(len(head.lines), head.size) + 8
    below = sum(len(_small(words, width).lines) for words in (legend, source) if words)
    return Area(EDGE, top, size.width - 2 * EDGE, size.height - BELOW - height_of(below, FONT_FLOOR) - 9 - top)


TOP, BELOW = 14.0, 8.0


def _small(words: str, width: float) -> Fitted:
    return fit(words, width, height_of(3, FONT_FLOOR), (FONT_FLOOR,))


def frame(sheet: Sheet, title: str, legend: str, source: str) -> Area:
    """Write the title, the legend and the source line; returns what is left for the picture."""
    width = sheet.size.width - 2 * EDGE
    head = headline(title, width - 2 * MARGIN)
    head_height = height_of(len(head.lines), head.size) + 2
    sheet.words(
        Area(EDGE, TOP, width, head_height), [title], lines=head.lines, size=head.size, bold=True, name="Title",
        role="title", align="l",
    )  # fmt: skip
    bottom = sheet.size.height - BELOW
    for words, name in ((source, "Source"), (legend, "Legend")):
        if not words:
            continue
        fitted = _small(words, width - 2 * MARGIN)
        height = height_of(len(fitted.lines), fitted.size) + 1
        bottom -= height
        sheet.words(
            Area(EDGE, bottom, width, height), [words], lines=fitted.lines, size=fitted.size, name=name,
            ink=GREY if name == "Source" else INK,
        )  # fmt: skip
    return clearance(sheet.size, title, legend, source)
