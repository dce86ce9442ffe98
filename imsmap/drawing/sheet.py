"""A sheet on which shapes, words, tables, charts and lines get their places, and the picture that comes of it.

Lengths are points (1/72 inch) from the top left of the sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TypedDict, Unpack

from attrs import evolve, field

from imsmap.drawing.colour import GREY, INK, PAPER
from imsmap.drawing.logo import Logo
from imsmap.drawing.rich import Rich, Run, plain, rich, wrap_rich
from imsmap.drawing.size import Area, Size
from imsmap.drawing.text import FONT_FLOOR, HANG, clean, fit, wrap
from imsmap.values import frozen

MARGIN = 6.0
"""Between a box and its text, left and right."""
LETTERED = 14.0
"""The width from which a unit box has room for its letter."""

Step = tuple[float, ...]
"""Of an outline: where it goes on to (x, y), or a curve's two controls and its end (x1, y1, x2, y2, x, y)."""


@frozen
class Part:
    """One thing on the sheet: its role, name and group, its shape and look, and its text as paragraphs.

    role: `title`, `subtitle` and `date` of a cover, `source`, `legend`, `box`, `words`, `cell` (of a table), `bar` (of
    a chart), `mark`, `signature`, `page`, or `ground`, on which others stand. shape: `box`, `ellipse`, `triangle`,
    `half` (the left half of a disc), `line` (from the top left of its area to the bottom right; `rising`: from the
    bottom left), or `path`. outline: of a path, its first point, then its steps. fades: the colour that a fill turns
    into, from left to right.
    line: colour of the edge, which lies within. align: `l`, `c` or `r`; anchor: `t`, `m` or `b`. pad: between the edge
    and the text, left and right. hang: each paragraph's later lines stand further in than its first. opacity: of the
    fill, 0 to 1. runs, rows: paragraphs and lines with the look of their words, where they do not all look alike.
    holder: the table or chart that it belongs to. quiet: says nothing to those who can't see it. image: a picture that
    fills its area.
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
    hang: bool = False
    shape: str = "box"
    opacity: float = 1.0
    line: str | None = None
    weight: float = 0.75
    dashed: bool = False
    hatched: bool = False
    anchor: str = "m"
    pad: float = MARGIN
    fades: str | None = None
    outline: tuple[Step, ...] = ()
    rising: bool = False
    runs: tuple[Rich, ...] = ()
    rows: tuple[Rich, ...] = ()
    holder: str = ""
    quiet: bool = False
    image: Logo | None = None

    @property
    def inner(self) -> Area:
        """Where text may stand: all of a box, what an ellipse or a triangle has of a rectangle."""
        return inside(self.area, self.shape)

    @property
    def told(self) -> tuple[Rich, ...]:
        """The paragraphs, each as its runs."""
        return self.runs or tuple((Run(one, self.bold),) for one in self.paragraphs)

    @property
    def set(self) -> tuple[Rich, ...]:
        """The lines, each as its runs."""
        return self.rows or tuple((Run(one, self.bold),) for one in self.lines)


def _break(at: int) -> Rich:
    return (Run("\n"),) if at else ()


def inside(area: Area, shape: str) -> Area:
    """Give the rectangle within a shape that text may take: where PowerPoint puts it."""
    if shape == "ellipse":
        x, y = area.width * (1 - 0.5**0.5) / 2, area.height * (1 - 0.5**0.5) / 2
        return Area(area.x + x, area.y + y, area.width - 2 * x, area.height - 2 * y)
    if shape == "triangle":
        return Area(area.x + area.width * 0.29, area.y + area.height / 2, area.width * 0.42, area.height / 2)
    return area


@frozen
class Link:
    """A straight line from one part to another, glued to both; an `arrow` has a tip.

    ports: the sides it leaves and arrives at, of `n`, `e`, `s`, `w`.
    """

    tail: str
    head: str
    ports: str = "ew"
    kind: str = "straight"
    line: str = "#7F7F7F"
    weight: float = 1.25
    dashed: bool = False


@frozen
class Table:
    """A table: its place, the widths of its columns, the heights of its rows; its cells are parts that it holds.

    cells: the part at each row and column; one that is missing is empty. rules: below which rows (-1: above the first)
    a line runs, with its weight and colour.
    """

    area: Area
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    cells: Mapping[tuple[int, int], str]
    rules: Mapping[int, tuple[float, str]] = field(factory=dict)
    heads: int = 1
    """How many rows are heads."""


@frozen
class Series:
    """One colour of a bar chart: its name and a value for each category; what is not shown only moves the others."""

    name: str
    values: tuple[float, ...]
    fill: str | None = None
    line: str | None = None
    ink: str = INK
    labelled: bool = False
    dashed: bool = False
    """Its edge: nobody has looked."""


@frozen
class Bars:
    """A bar chart, stacked: drawn here as parts that it holds, in office programs as a chart with its data."""

    area: Area
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    most: float
    """The value at the right edge of the area that bars may take."""
    gap: int = 40
    """Between two bars, in percent of a bar."""
    labels: float = 0.0
    """The width that the categories take at the left."""
    size: float = 14.0
    upright: bool = False
    """Its bars stand, as over time; else they lie."""


@frozen
class Picture:
    """One page of a picture.

    title: without marks; message: the title with its message marked bold. parts: what stands on it, in the order in
    which it is drawn and read. groups: the alt text of each group; one without alt text is decoration.
    """

    name: str
    title: str
    alt: str
    notes: tuple[str, ...]
    size: Size
    parts: Mapping[str, Part] = field(factory=dict)
    groups: Mapping[str, str] = field(factory=dict)
    links: tuple[Link, ...] = ()
    tables: Mapping[str, Table] = field(factory=dict)
    charts: Mapping[str, Bars] = field(factory=dict)


class How(TypedDict, total=False):
    """How a part is set and what it means, beside its text: as `Sheet.box` takes it."""

    group: str
    fill: str | None
    line: str | None
    ink: str
    bold: bool
    align: str
    anchor: str
    pad: float
    role: str
    hang: bool
    alt: str
    shape: str
    opacity: float
    weight: float
    dashed: bool
    hatched: bool
    fades: str | None
    holder: str
    quiet: bool


class Sheet:
    """A page on which parts get their places; becomes a Picture."""

    def __init__(self, size: Size) -> None:
        """Begin an empty page."""
        self.size = size
        self.type = size.type
        self.parts: dict[str, Part] = {}
        self.groups: dict[str, str] = {}
        self.links: list[Link] = []
        self.tables: dict[str, Table] = {}
        self.charts: dict[str, Bars] = {}
        self.title = ""
        self._foot: list[Callable[[], str]] = []
        self._add(Part(Area(0, 0, size.width, size.height), "page", "page", "", (), (), FONT_FLOOR, fill=PAPER))

    def group(self, name: str, alt: str = "") -> str:
        """Name a group of parts and say what it shows."""
        self.groups[name] = clean(alt)
        return name

    def box(
        self,
        area: Area,
        paragraphs: Sequence[str | Rich] = (),
        *,
        size: float = FONT_FLOOR,
        name: str,
        lines: Sequence[str] | None = None,
        **how: Unpack[How],
    ) -> str:
        """Place a box with its text, wrapped to its width unless lines are given; returns the node.

        A paragraph may be rich: `**bold**`, or runs.
        """
        how.setdefault("role", "box")
        bold, hang, pad = how.get("bold", False), how.get("hang", False), how.get("pad", MARGIN)
        inner = inside(area, how.get("shape", "box")).width - 2 * pad
        runs: tuple[Rich, ...] = ()
        rows: tuple[Rich, ...] = ()
        if lines is None and any(not isinstance(one, str) or "**" in one for one in paragraphs):
            runs = tuple(rich(one, bold) for one in paragraphs)
            rows = tuple(line for one in runs for line in wrap_rich(one, inner, size))
            lines = [plain(line) for line in rows]
        texts = [plain(one) for one in paragraphs]
        if lines is None:
            lines = [found for text in texts for found in wrap(text, inner, size, bold, HANG if hang else "")]
        cleaned = tuple(clean(text) for text in texts)
        how.setdefault("align", "l")
        how["alt"] = clean(how.get("alt", ""))
        how.setdefault("group", "")
        return self._add(
            Part(area, name=clean(name), paragraphs=cleaned, lines=tuple(lines), size=size, runs=runs, rows=rows, **how)
        )

    def words(
        self,
        area: Area,
        paragraphs: Sequence[str | Rich],
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
        paragraphs: Sequence[str | Rich],
        *,
        size: float,
        name: str,
        lines: Sequence[str] | None = None,
        **how: Unpack[How],
    ) -> None:
        """Place text that is read after everything else, the last one first: the source, then the legend above it."""
        self._foot.append(partial(self.words, area, paragraphs, size=size, name=name, lines=lines, **how))

    def say(self, node: str, lines: Sequence[Rich]) -> None:
        """Give the look of the words of lines that were set already."""
        whole = tuple(run for at, line in enumerate(lines) for run in ((*_break(at), *line)))
        self.parts[node] = evolve(self.parts[node], runs=(whole,), rows=tuple(lines))

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
        width = inner.width - 2 * how.get("pad", MARGIN)
        found = fit(text, width, inner.height, sizes, how.get("bold", False), hang)
        if found.short:
            notes.append("In full: " + "; ".join(paragraphs) + ".")
        told = [line.removeprefix(hang) for line in found.lines] if found.short else paragraphs
        return self.box(area, told, lines=found.lines, size=found.size, name=name, **how)

    def ground(self, area: Area, *, name: str, **how: Unpack[How]) -> str:
        """Place a shape without text on which other things stand."""
        how["role"] = "ground"
        return self.box(area, (), size=FONT_FLOOR, lines=(), name=name, **how)

    def mark(self, area: Area, *, name: str, **how: Unpack[How]) -> str:
        """Place a small shape that stands for something, without words; it may stand on anything."""
        how["role"] = "mark"
        return self.box(area, (), size=FONT_FLOOR, lines=(), name=name, **how)

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, *, name: str = "rule", line: str = GREY, weight: float = 0.75,
        dashed: bool = False, group: str = "", role: str = "mark", quiet: bool = True, holder: str = "",
    ) -> str:  # fmt: skip
        """Draw a line between two points."""
        area = Area(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
        part = Part(
            area, role, clean(name), group, (), (), FONT_FLOOR, shape="line", line=line, weight=weight, dashed=dashed,
            rising=(x2 - x1) * (y2 - y1) < 0, quiet=quiet, holder=holder,
        )  # fmt: skip
        return self._add(part)

    def path(self, outline: Sequence[Step], *, name: str, **how: Unpack[How]) -> str:
        """Fill an outline: its first point, then steps on, straight (x, y) or curved (x1, y1, x2, y2, x, y)."""
        xs = [value for step in outline for value in step[::2]]
        ys = [value for step in outline for value in step[1::2]]
        area = Area(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        how.setdefault("role", "mark")
        how["shape"] = "path"
        node = self.box(area, (), lines=(), name=name, **how)
        self.parts[node] = evolve(self.parts[node], outline=tuple(tuple(step) for step in outline))
        return node

    def ribbon(self, left: Area, right: Area, *, name: str, **how: Unpack[How]) -> str:
        """Let a band flow from the right side of one area to the left side of another."""
        middle = (left.right + right.x) / 2
        outline = (
            (left.right, left.y),
            (middle, left.y, middle, right.y, right.x, right.y),
            (right.x, right.bottom),
            (middle, right.bottom, middle, left.bottom, left.right, left.bottom),
        )
        return self.path(outline, name=name, **how)

    def table(self, name: str, table: Table, alt: str) -> None:
        """Say that parts already placed, with this as their holder, are a table."""
        self.tables[name] = table
        self.groups[name] = clean(alt)
        for row, (weight, colour) in sorted(table.rules.items()):
            y = table.area.y + sum(table.heights[: row + 1])
            self.rule(table.area.x, y, table.area.x + sum(table.widths), y, line=colour, weight=weight, holder=name)

    def chart(self, name: str, bars: Bars, alt: str) -> None:
        """Say that parts already placed, with this as their holder, are a bar chart."""
        self.charts[name] = bars
        self.groups[name] = clean(alt)

    def link(self, one: str, other: str, ports: str = "ew", line: str = GREY) -> None:
        """Join two boxes with a straight line between two of their sides: `e` to `w`, or `n` and `s`."""
        self.links.append(Link(one, other, ports, line=line))

    def arrow(self, one: str, other: str, ports: str) -> None:
        """Lead an arrow from a side of one box to a side of another."""
        self.links.append(Link(one, other, ports, "arrow", line=GREY, weight=2.5))

    def _add(self, part: Part) -> str:
        node = f"n{len(self.parts)}"
        self.parts[node] = part
        return node

    def picture(self, name: str, title: str, alt: str, notes: Iterable[str]) -> Picture:
        """Finish the page."""
        for place in reversed(self._foot):
            place()
        self._foot.clear()
        return Picture(
            name,
            plain(clean(title)),
            plain(clean(alt)),
            tuple(plain(clean(note)) for note in notes),
            self.size,
            self.parts,
            self.groups,
            tuple(self.links),
            self.tables,
            self.charts,
        )
