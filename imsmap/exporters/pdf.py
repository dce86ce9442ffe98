"""A picture as PDF, one page: real text, with its type inside, a title and a language."""

from __future__ import annotations

from imsmap import about
from imsmap.drawing import Picture, pdf

ABOUT = about.Format(suffix=".pdf", holds=("pictures",), place=100)


def export(picture: Picture) -> bytes:
    """Draw the picture as PDF."""
    return pdf.written(picture)
