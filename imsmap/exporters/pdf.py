"""A picture as PDF, one page, with its fonts inside."""

from __future__ import annotations

import re

from imsmap import about
from imsmap.drawing import Picture, graphviz

ABOUT = about.Format(suffix=".pdf", holds=("pictures",), place=100)

_DATE = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)(\d{14})")


def export(picture: Picture) -> bytes:
    """Draw the picture as PDF; the same picture gives the same bytes, so the day of drawing is not told."""
    drawn = graphviz.render(picture.dot.to_string(), "pdf", picture.engine)
    return _DATE.sub(rb"\g<1>20000101000000", drawn)
