"""The palette, and how well one colour reads on another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrs import frozen

from imsmap.library import model

if TYPE_CHECKING:
    from imsmap.parts import Side

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


def core_colours(given: model.Colours) -> Colours:
    """Give the colours of the common core."""
    return Colours(given.dark, given.dark, given.tint)


def palettes(sides: Iterable[Side]) -> dict[str, Colours]:
    """Give each standard at hand, by key, its colours: its discipline's, in a deeper shade where those are taken."""
    found: dict[str, Colours] = {}
    taken: dict[str, int] = {}
    for side in sides:
        shade = taken.get(side.discipline, 0)
        taken[side.discipline] = shade + 1
        # Each shade is between the one before and a limit: all differ, and text can be read on every one.
        deeper, darker = 0.5 * (1 - 0.6**shade), 0.8 * (1 - 0.55**shade)
        dark, tint = side.colours.dark, side.colours.tint
        found[side.key] = Colours(
            _mixed(dark, "#000000", darker), _mixed(side.accent, "#000000", darker), _mixed(tint, dark, deeper)
        )
    return found


def swatches(looks: Iterable[Colours]) -> list[str]:
    """List the colours of a page, each dark one followed by its tint."""
    return [colour for look in looks for colour in (look.dark, look.tint)]


def _mixed(one: str, other: str, part: float) -> str:
    """Mix two colours; part: how much of the other, 0 to 1."""
    if not part:
        return one
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a * (1 - part) + b * part):02X}" for a, b in pairs)


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
