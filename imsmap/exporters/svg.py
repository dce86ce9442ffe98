"""A picture as SVG: text stays text, with title and description for those who can't see it."""

from __future__ import annotations

from imsmap import about
from imsmap.drawing import Picture, svg

ABOUT = about.Format(suffix=".svg", holds=("pictures",), place=80)


def export(picture: Picture) -> bytes:
    """Draw the picture as SVG."""
    return svg.written(picture)
