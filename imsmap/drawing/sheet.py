"""A sheet on which boxes, words and lines get their places, and the picture that comes of it.

Lengths are points (1/72 inch) from the top left of the sheet.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from attrs import field, frozen

from imsmap.drawing.colour import INK, PAPER
from imsmap.drawing.text import FAMILY, FONT_FLOOR, HANG, clean, fit, quoted, wrap

if TYPE_CHECKING:
    import pydot


@frozen
class Size:
    """A slide or sheet of paper, in inches; what stays free round it is in points.

    A client's template may want more room than ours, for a logo above or a foot below.
    """

    name: str
    width_in: float
    height_in: float
    edge: float = 24.0
    top: float = 14.0
    below: float = 8.0

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
    """What a node means: its role, name and group, and its text as paragraphs.

    role: `title`, `box`, `words`, `page`, or `ground`, on which others stand. shape: `box`, `ellipse` or `triangle`.
    hang: each paragraph's later lines stand further in than its first. opacity: of the fill, 0 to 1.
    """

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
    hang: bool = False
    shape: str = "box"
    opacity: float = 1.0

    @property
    def inner(self) -> Area:
        """Where text may stand: all of a box, what an ellipse or a triangle has of a rectangle."""
        return inside(self.area, self.shape)


def inside(area: Area, shape: str) -> Area:
    """Give the rectangle within a shape that text may take: where PowerPoint puts it, and Graphviz too."""
    if shape == "ellipse":
        x, y = area.width * (1 - 0.5**0.5) / 2, area.height * (1 - 0.5**0.5) / 2
        return Area(area.x + x, area.y + y, area.width - 2 * x, area.height - 2 * y)
    if shape == "triangle":
        # Graphviz centres it a little higher than PowerPoint, where a triangle is narrower.
        return Area(area.x + area.width * 0.29, area.y + area.height / 2, area.width * 0.42, area.height / 2)
    return area


@frozen
class Picture:
    """One page of a picture.

    parts: what each node of the graph means. groups: the alt text of each group. palette: greys, and each discipline's
    dark colour followed by its tint.
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


BRACKET = 5.0
"""How far a bracket goes out to the left of the upper box."""


class How(TypedDict, total=False):
    """How a box is set and what it means, beside its text: as `Sheet.box` takes it."""

    group: str
    fill: str | None
    line: str | None
    ink: str
    bold: bool
    align: str
    role: str
    rounded: bool
    hang: bool
    alt: str
    shape: str
    opacity: float
    weight: float
    dashed: bool


class Sheet:
    """A page on which boxes, words and lines get their places; becomes a Picture."""

    def __init__(self, size: Size) -> None:
        """Begin an empty white page."""
        import pydot

        self.size = size
        self.parts: dict[str, Part] = {}
        self.groups: dict[str, str] = {}
        self._foot: list[Callable[[], str]] = []
        self._pydot: Any = pydot  # pydot has no types that hold in strict mode
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
        hang: bool = False,
        alt: str = "",
        shape: str = "box",
        opacity: float = 1.0,
        weight: float = 0.75,
        dashed: bool = False,
    ) -> str:
        """Place a box with its text, wrapped to its width unless lines are given; returns the node."""
        inner = inside(area, shape).width - 2 * MARGIN
        if lines is None:
            lines = [
                found for paragraph in paragraphs for found in wrap(paragraph, inner, size, bold, HANG if hang else "")
            ]
        cleaned = tuple(clean(paragraph) for paragraph in paragraphs)
        part = Part(
            area,
            role,
            clean(name),
            group,
            cleaned,
            tuple(lines),
            size,
            bold,
            align,
            ink,
            fill,
            clean(alt),
            rounded,
            hang,
            shape,
            opacity,
        )
        return self._node(part, line or fill, weight, dashed)

    def words(
        self,
        area: Area,
        paragraphs: Sequence[str],
        *,
        size: float,
        name: str,
        lines: Sequence[str] | None = None,
        **how: Unpack[How],
    ) -> str:
        """Place text without a box."""
        how.setdefault("role", "words")
        return self.box(area, paragraphs, size=size, name=name, lines=lines, **how)

    def foot(
        self,
        area: Area,
        paragraphs: Sequence[str],
        *,
        size: float,
        name: str,
        lines: Sequence[str] | None = None,
        **how: Unpack[How],
    ) -> None:
        """Place text that is read after everything else, the last one first: the source, then the legend above it."""
        self._foot.append(partial(self.words, area, paragraphs, size=size, name=name, lines=lines, **how))

    def fitted(
        self,
        area: Area,
        paragraphs: Sequence[str],
        *,
        sizes: Sequence[float],
        notes: list[str],
        name: str,
        **how: Unpack[How],
    ) -> str:
        """Place a box whose text is made to fit; what had to be abbreviated goes whole into the notes."""
        inner = inside(area, how.get("shape", "box"))
        text = "\n".join(clean(one) for one in paragraphs)
        hang = HANG if how.get("hang") else ""
        found = fit(text, inner.width - 2 * MARGIN, inner.height, sizes, how.get("bold", False), hang)
        if found.short:
            notes.append("In full: " + "; ".join(paragraphs) + ".")
        told = [line.removeprefix(hang) for line in found.lines] if found.short else paragraphs
        return self.box(area, told, lines=found.lines, size=found.size, name=name, **how)

    def ground(self, area: Area, *, name: str, **how: Unpack[How]) -> str:
        """Place a shape without text on which other things stand."""
        how["role"] = "ground"
        return self.box(area, (), size=FONT_FLOOR, lines=(), name=name, **how)

    def link(self, one: str, other: str, ports: str = "ew") -> None:
        """Join two boxes with a straight line between two of their sides: `e` to `w`, or `n` and `s`."""
        self._dot.add_edge(self._pydot.Edge(one, other, tailport=ports[0], headport=ports[1]))

    def arrow(self, one: str, other: str, ports: str) -> None:
        """Lead a curved arrow from a side of one box to a side of another, a quarter of a turn further on."""
        start, end = self._site(one, ports[0]), self._site(other, ports[1])
        # The curve leaves and arrives at right angles to the sides: along the first's axis, then along the other's.
        bend = (end[0], start[1]) if ports[0] in "ew" else (start[0], end[1])
        controls = [tuple(a + 0.55 * (b - a) for a, b in zip(at, bend, strict=True)) for at in (start, end)]
        reach = 7.0
        back = {"n": (0, -reach), "s": (0, reach), "e": (reach, 0), "w": (-reach, 0)}[ports[1]]
        last = (end[0] + back[0], end[1] + back[1])
        points = [start, *controls, last]
        told = " ".join(f"{x:.2f},{self.size.height - y:.2f}" for x, y in points)
        tip = f"e,{end[0]:.2f},{self.size.height - end[1]:.2f}"
        self._dot.add_edge(
            self._pydot.Edge(
                one, other, tailport=ports[0], headport=ports[1], dir="forward", arrowsize="0.8", penwidth="2.5",
                pos=f'"{tip} {told}"',
            )
        )  # fmt: skip

    def _site(self, node: str, port: str) -> tuple[float, float]:
        area = self.parts[node].area
        x = {"e": area.right, "w": area.x}.get(port, area.x + area.width / 2)
        y = {"n": area.y, "s": area.bottom}.get(port, area.y + area.height / 2)
        return x, y

    def bracket(self, upper: str, lower: str) -> None:
        """Join a box to one further down and in, round its left: both ends are at the left sides."""
        one, other = self.parts[upper].area, self.parts[lower].area
        out = one.x - BRACKET
        ends = [(one.x, one.y + one.height / 2), (other.x, other.y + other.height / 2)]
        corners = [ends[0], (out, ends[0][1]), (out, ends[1][1]), ends[1]]
        # Straight strokes as Graphviz wants them: cubic curves whose control points are their ends.
        points = [corners[0], *(point for a, b in itertools.pairwise(corners) for point in (a, b, b))]
        pos = " ".join(f"{x:.2f},{self.size.height - y:.2f}" for x, y in points)
        self._dot.add_edge(self._pydot.Edge(upper, lower, tailport="w", headport="w", pos=f'"{pos}"'))

    def _node(self, part: Part, line: str | None, weight: float = 0.75, dashed: bool = False) -> str:
        node = f"n{len(self.parts)}"
        self.parts[node] = part
        area = part.area
        style = ",".join(["filled"] * (part.fill is not None) + ["rounded"] * part.rounded + ["dashed"] * dashed)
        if part.shape == "triangle":
            # Graphviz's fills three quarters of its box, from the top.
            area = Area(area.x, area.y, area.width, area.height * 4 / 3)
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
            seen = "" if part.opacity >= 1 else f"{round(part.opacity * 255):02X}"
            how["fillcolor"] = f'"{part.fill}{seen}"'
        if part.shape != "box":
            how["shape"] = part.shape
        if weight != 0.75:
            how["penwidth"] = f"{weight:g}"
        self._dot.add_node(self._pydot.Node(node, **how))
        return node

    def picture(self, name: str, title: str, alt: str, notes: Iterable[str], palette: Iterable[str] = ()) -> Picture:
        """Finish the page."""
        for place in reversed(self._foot):
            place()
        self._foot.clear()
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
