"""The palette, and how well one colour reads on another."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

INK, PAPER, GREY, CORE_DARK, CORE_TINT = "#1A1A1A", "#FFFFFF", "#595959", "#4D4D4D", "#E6E6E6"


READS = 4.5
"""The contrast that text needs on its ground (WCAG 2, level AA)."""


@frozen
class Colours:
    """A discipline's colours: dark carries white text (or ink), tint carries ink."""

    dark: str
    accent: str
    tint: str

    @property
    def on_dark(self) -> str:
        """The text colour that reads better on the dark fill."""
        return max((PAPER, INK), key=lambda ink: contrast(ink, self.dark))

    @property
    def line(self) -> str:
        """A colour for outlines and text on white: the dark one if it is dark enough."""
        return self.dark if contrast(self.dark, PAPER) >= 3 else INK


CORE = Colours(CORE_DARK, CORE_DARK, CORE_TINT)


def colours(values: Mapping[str, str] | None) -> Colours:
    """Read colours from a report's values; those of the common core where it has none."""
    return Colours(values["dark"], values.get("accent", values["dark"]), values["tint"]) if values else CORE


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, 1 to 21, as WCAG 2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str) -> str:
    """Darken a colour (`#RRGGBB`) just as far as white text on it can be read."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    for step in range(100, -1, -1):
        shade = f"#{red * step // 100:02X}{green * step // 100:02X}{blue * step // 100:02X}"
        if contrast(shade, PAPER) >= READS:
            return shade
    return "#000000"


def _luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(colour[index : index + 2], 16) / 255) for index in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
