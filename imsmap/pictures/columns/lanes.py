"""Where the bars of the flow stand: the columns, the scale of their heights, the room that labels want."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import Area, Sheet, height_of
from imsmap.drawing.story import kind_of
from imsmap.parts import MainClause, Side
from imsmap.values import frozen

HEAD = 34.0
"""Above the bars: who they are."""
UNDER = 16.0
"""Below who they are, what each adds, where three stand side by side."""
LABEL = 17.0
"""Above each bar of the core: its clause; higher where type is larger."""
KINDS = ("core", "related", "alone", "unknown")
"""What a bar is made of, from above."""


@frozen
class Block:
    """What a standard has under a main clause: its points by class, in the order of KINDS."""

    main: MainClause
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many points there are."""
        return sum(self.counts)

    @property
    def beyond(self) -> int:
        """How many of them are not in the core."""
        return self.total - self.counts[0]


@frozen
class Lane:
    """A column of bars: the standard's, or the core's."""

    x: float
    width: float
    tops: tuple[float, ...]


def blocks_of(answer: MatrixAnswer, key: str) -> tuple[Block, ...]:
    """Count the points of a standard by main clause and class."""
    found = []
    for main in answer.main_clauses:
        counts = dict.fromkeys(KINDS, 0)
        for kin, count in answer.measured(key, (main.number,)).items():
            counts[kind_of(kin)] += count
        found.append(Block(main, tuple(counts.values())))
    return tuple(found)


def line_of(sheet: Sheet) -> float:
    """Give the height that a line of body text wants."""
    return max(LABEL, height_of(1, sheet.type.body))


def head_of(sides: Sequence[Side]) -> float:
    """Give how high the heads of the columns are: of three, what each adds has a line of its own."""
    return HEAD + (UNDER if len(sides) > 2 else 0.0)


def core_width(place: Area, several: int) -> float:
    """Give how wide the core's column is, between so many standards."""
    return (252 if several == 2 else 256) * place.width / 888


def scale_of(
    bars: Area, blocks: Mapping[str, Sequence[Block]], core: Sequence[int], line: float, labels: Sequence[float]
) -> float:
    """Give the points of height for a point of a standard: as many as leave room for every label.

    line: how high a label of a standard is; labels: how high the name over each of the core's bars.
    """
    full = bars.height
    most = max(sum(one.total for one in row) for row in blocks.values())
    scale = min((full - 40) / max(most, 1), (full - sum(labels) - 4 * len(core)) / max(sum(core), 1))
    between = list(blocks)[1:-1]
    for _ in range(60):
        rows = {key: [one.total * scale for one in row] for key, row in blocks.items()}
        room = {key: _gap(row, full - (line if key in between else 0)) for key, row in rows.items()}
        # A column between two others has its labels under its bars, since the flow goes on beside them.
        if all(room[key] >= line for key in between) and all(
            _apart(_spread(row, full), row, line) for row in rows.values()
        ):
            break
        scale *= 0.95
    return scale


def _gap(heights: Sequence[float], full: float) -> float:
    """Give the even gap between bars that together fill so much."""
    return (full - sum(heights)) / max(len(heights) - 1, 1)


def _spread(heights: Sequence[float], full: float) -> list[float]:
    """Give where each bar begins, all from the top to the foot with even gaps."""
    gap = _gap(heights, full)
    return [sum(heights[:at]) + gap * at for at in range(len(heights))]


def _apart(tops: Sequence[float], heights: Sequence[float], line: float) -> bool:
    """Tell whether the middles of neighbouring bars have room for a line each."""
    middles = [top + height / 2 for top, height in zip(tops, heights, strict=True)]
    return all(after - before >= line for before, after in itertools.pairwise(middles))


def lanes_of(
    place: Area, blocks: Mapping[str, Sequence[Block]], core: Sequence[int], sides: Sequence[Side], scale: float,
    line: float, beside: float, labels: Sequence[float],
) -> dict[str, Lane]:  # fmt: skip
    """Place the columns: the first standard left of the core, the others right of it.

    beside: the width that labels take beside the outer ones; labels: how high the name over each of the core's bars.
    """
    full, top = place.height, place.y
    unit = place.width / 888
    if len(sides) == 2:
        # On both sides as much as their labels take.
        outer, wide = max(104 * unit, beside), 136 * unit
        xs = {sides[0].key: outer, sides[1].key: place.width - outer - wide}
        middle = 318 * unit
    else:
        xs, wide = {sides[0].key: 100 * unit, sides[1].key: 526 * unit, sides[2].key: 718 * unit}, 72 * unit
        middle = 222 * unit
    lanes = {}
    for key, row in blocks.items():
        # A column between two others has its labels below its core, the last one, too.
        between = key in [side.key for side in sides[1:-1]]
        tops = _spread([one.total * scale for one in row], full - (line if between else 0))
        lanes[key] = Lane(place.x + xs[key], wide, tuple(top + one for one in tops))
    gap = (full - sum(labels) - sum(core) * scale) / max(len(core) - 1, 1)
    tops = [sum(core[:at]) * scale + at * gap + sum(labels[: at + 1]) for at in range(len(core))]
    lanes["core"] = Lane(place.x + middle, core_width(place, len(sides)), tuple(top + one for one in tops))
    return lanes
