"""Slides and paper: their sizes, what stays free around, the scale of type, and areas on them, in points."""

from __future__ import annotations

from imsmap.values import frozen


@frozen
class Type:
    """The few sizes of type, in points; paper that is held in the hand takes smaller ones, a poster larger ones."""

    hero: float = 66.0
    hero_small: float = 44.0
    cover: float = 48.0
    title: float = 24.0
    head: float = 18.0
    body: float = 14.0
    small: float = 12.0
    label: float = 11.0

    def scaled(self, factor: float) -> Type:
        """Give the same scale for another paper; nothing is set smaller than a label."""
        floor = self.label
        sizes = (self.hero, self.hero_small, self.cover, self.title, self.head, self.body, self.small)
        hero, hero_small, cover, title, head, body, small = (max(floor, round(size * factor, 1)) for size in sizes)
        return Type(hero, hero_small, cover, title, head, body, small, floor)


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

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: Area) -> bool:
        """Tell whether two areas share more than an edge."""
        slack = 0.01
        return (
            self.x < other.right - slack
            and other.x < self.right - slack
            and self.y < other.bottom - slack
            and other.y < self.bottom - slack
        )

    def shrunk(self, by: float) -> Area:
        """Give the area within, so far from every edge."""
        return Area(self.x + by, self.y + by, max(self.width - 2 * by, 0.0), max(self.height - 2 * by, 0.0))


@frozen
class Size:
    """A slide or sheet of paper, in inches, and in points what stays free around.

    edge: left and right. top, below: above the signature or title, and under the source line. A client's template may
    want more room than ours, for a logo above or a foot below.
    """

    name: str
    width_in: float
    height_in: float
    edge: float = 36.0
    top: float = 25.0
    below: float = 22.0
    type: Type = Type()
    title: Area | None = None
    """Where a template has its title; None: the place of our grid."""
    body: Area | None = None
    """What a template leaves for content; None: what title and foot of our grid leave."""
    bold: bool = False
    """A template sets its titles bold, so that the message has no weight of its own."""
    corner: Area | None = None
    """Where a client's logo stands, top right; None: there is none."""
    letters: float = 1.0
    """How far the letters of the font go in which the words will be shown, in lengths of ours."""
    cover: Size | None = None
    """How a template lays out its cover; None: as any slide."""

    @property
    def width(self) -> float:
        """Width in points."""
        return self.width_in * 72

    @property
    def height(self) -> float:
        """Height in points."""
        return self.height_in * 72

    @property
    def cover_corner(self) -> Area | None:
        """Where the logo stands on a cover: larger, as there is room."""
        if self.corner is None:
            return None
        factor = min(1.6, 220 / self.corner.width, 60 / self.corner.height)
        wide, high = self.corner.width * factor, self.corner.height * factor
        return Area(self.width - self.edge - wide, self.top, wide, high)

    @property
    def narrow(self) -> bool:
        """Tell whether words beside a picture go below it: under 8 inches, or upright."""
        return self.width < 576 or self.width < self.height


SIZES = {
    size.name: size
    for size in (
        Size("16:9", 40 / 3, 7.5),
        Size("4:3", 10, 7.5),
        Size("A4", 11.693, 8.268, type=Type().scaled(0.85)),
        Size("A3", 16.535, 11.693, type=Type().scaled(1.2)),
    )
}
