"""Circles that lie over each other: what two or three of them share, as outlines and as areas."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from imsmap.drawing.sheet import Step
from imsmap.drawing.size import Area
from imsmap.values import frozen

Point = tuple[float, float]


@frozen
class Circle:
    """A circle: its centre and its radius."""

    x: float
    y: float
    radius: float

    def at(self, angle: float) -> Point:
        """Give the point at an angle."""
        return self.x + self.radius * math.cos(angle), self.y + self.radius * math.sin(angle)

    def reach_at(self, y: float) -> float:
        """Tell how far it reaches to the left and to the right of its centre at a height."""
        return math.sqrt(max(self.radius**2 - (y - self.y) ** 2, 0.0))

    def grown(self, by: float) -> Circle:
        """Give a larger one round the same centre."""
        return Circle(self.x, self.y, self.radius + by)

    @property
    def area(self) -> Area:
        """The square around it."""
        return Area(self.x - self.radius, self.y - self.radius, 2 * self.radius, 2 * self.radius)


def shared_area(first: float, second: float, distance: float) -> float:
    """Give the area that two circles share."""
    if distance >= first + second:
        return 0.0
    if distance <= abs(first - second):
        return math.pi * min(first, second) ** 2
    along = (distance**2 + first**2 - second**2) / (2 * distance)
    one, other = math.acos(along / first), math.acos((distance - along) / second)
    return first**2 * (one - math.sin(2 * one) / 2) + second**2 * (other - math.sin(2 * other) / 2)


def grown(circle: Circle, other: Circle, share: float) -> Circle:
    """Grow the other circle until it holds this share of what the first one has for itself."""
    apart = math.hypot(circle.x - other.x, circle.y - other.y)
    both = shared_area(circle.radius, other.radius, apart)
    wanted = both + share * (math.pi * circle.radius**2 - both)
    near, far = 0.0, 2 * circle.radius
    for _ in range(60):
        middle = (near + far) / 2
        low = shared_area(circle.radius, other.radius + middle, apart) < wanted
        near, far = (middle, far) if low else (near, middle)
    return other.grown(far)


def _arc(circle: Circle, start: float, end: float) -> Iterator[Step]:
    """Give the curves of an arc, none longer than a quarter."""
    several = max(1, math.ceil(abs(end - start) / (math.pi / 2) - 1e-9))
    step = (end - start) / several
    bend = 4 / 3 * math.tan(step / 4) * circle.radius
    for at in range(several):
        here, there = start + at * step, start + (at + 1) * step
        (x1, y1), (x2, y2) = circle.at(here), circle.at(there)
        yield (
            x1 - bend * math.sin(here), y1 + bend * math.cos(here), x2 + bend * math.sin(there),
            y2 - bend * math.cos(there), x2, y2,
        )  # fmt: skip


def meeting(one: Circle, other: Circle) -> list[Step]:
    """Give the outline of what two circles share; nothing if they share nothing."""
    apart = math.hypot(other.x - one.x, other.y - one.y)
    if apart >= one.radius + other.radius:
        return []
    if apart <= abs(one.radius - other.radius):
        small = min(one, other, key=lambda circle: circle.radius)
        return [small.at(0), *_arc(small, 0, 2 * math.pi)]
    base = math.atan2(other.y - one.y, other.x - one.x)
    a = math.acos((apart**2 + one.radius**2 - other.radius**2) / (2 * apart * one.radius))
    b = math.acos((apart**2 + other.radius**2 - one.radius**2) / (2 * apart * other.radius))
    turned = base + math.pi
    return [one.at(base - a), *_arc(one, base - a, base + a), *_arc(other, turned - b, turned + b)]


def shared_by_three(circles: Sequence[Circle]) -> list[Step]:
    """Give the outline of what three circles of one size share."""
    centre = sum(one.x for one in circles) / 3, sum(one.y for one in circles) / 3
    outline: list[Step] = []
    for circle, after, before in zip(circles, [*circles[1:], circles[0]], [circles[2], *circles[:2]], strict=True):
        # The arc of each is that between its meetings with the other two, the ones within the third.
        ends = [_meeting_within(circle, after, before), _meeting_within(circle, before, after)]
        angles = [math.atan2(y - circle.y, x - circle.x) for x, y in ends]
        inward = math.atan2(centre[1] - circle.y, centre[0] - circle.x)
        start, end = ((one - inward + math.pi) % (2 * math.pi) - math.pi + inward for one in angles)
        outline += [] if outline else [circle.at(min(start, end))]
        outline += _arc(circle, min(start, end), max(start, end))
    return outline


def _meeting_within(one: Circle, other: Circle, third: Circle) -> Point:
    """Give the point where two circles meet that lies within a third."""
    apart = math.hypot(other.x - one.x, other.y - one.y)
    base = math.atan2(other.y - one.y, other.x - one.x)
    a = math.acos(apart / (2 * one.radius))
    return min((one.at(base + turn) for turn in (a, -a)), key=lambda at: math.hypot(at[0] - third.x, at[1] - third.y))
