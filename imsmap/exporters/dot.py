"""A picture as DOT text with every place written down; draw it with `neato -n2`."""

from __future__ import annotations

from imsmap import about
from imsmap.drawing import Picture

ABOUT = about.Format(suffix=".dot", holds=("pictures",), place=110)


def export(picture: Picture) -> bytes:
    """Give the picture as DOT text in UTF-8."""
    text: str = picture.dot.to_string()
    return text.encode()
