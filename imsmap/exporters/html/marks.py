"""The mark of a class: full disc, half, ring, ring with a dot, dashed ring; drawn by the style sheet."""

from __future__ import annotations

from imsmap.exporters.html.markup import Markup, element


def mark(kind: str) -> Markup:
    """Draw the mark of a class, which never stands without its word."""
    return element("i", class_=f"m {kind}", aria_hidden="true")


def misleads() -> Markup:
    """Draw the mark of a number that means another duty elsewhere."""
    return element("i", class_="trap", aria_hidden="true")
