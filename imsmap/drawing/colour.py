"""The palette, and how well one colour reads on another."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from imsmap.library import model
from imsmap.values import frozen

if TYPE_CHECKING:
    from imsmap.parts import Side

INK, PAPER, GREY, RULE, FAINT = "#1A1A1A", "#FFFFFF", "#595959", "#BFBFBF", "#E8E8E8"
"""Text, ground, muted text, thin lines between rows, a ground that is hardly seen."""
ALERT = "#B3261E"
"""What is late, missing or misleads; the only colour that no standard owns."""
CORE_DARK, CORE_TINT = "#4D4D4D", "#C6C6C6"
SHADE = "#8C8C8C"
"""Between the two: what is met in part."""

SLOTS = {
    "tx1": INK, "bg1": PAPER, "tx2": CORE_DARK, "bg2": FAINT, "accent1": "#00507D", "accent2": "#00704F",
    "accent3": "#A84300", "accent4": "#7A4FA3", "accent5": "#7F5700", "accent6": "#6B3E26",
}  # fmt: skip
"""What stands in the places of an office theme, the same in every file: text, ground, core, faint, Q E S I N B."""
DARKENED = {
    INK: "#F2F2F2", PAPER: "#14171A", GREY: "#B3B8BD", RULE: "#5A6067", FAINT: "#23282D", ALERT: "#FF8A80",
    CORE_DARK: "#E0E0E0", CORE_TINT: "#5A6067", "#00507D": "#8CC4E8", "#AACCDF": "#1F4A63", "#00704F": "#7FD6B4",
    "#A9DECE": "#1B5341", "#A84300": "#F0A878", "#E0C2AD": "#66381C", "#7A4FA3": "#C7A9E6", "#CBC3D3": "#4B3763",
    "#7F5700": "#E3BE6C", "#DFCEAA": "#574013", "#6B3E26": "#D9AE97", "#D2C2B9": "#4E382D",
    SHADE: "#9EA4AA",
}  # fmt: skip
"""What each role is on a dark ground: solid and tint change places in lightness, what is open stays open."""
TINT = {"satMod": 45000, "lumMod": 12000, "lumOff": 74000}
"""How a tint comes from its solid, in thousandths of a percent, as office programs say it."""

READS = 4.5
"""The contrast that text needs on its ground (WCAG 2, level AA)."""
STRONG = 0.16
"""How far from grey a colour is that can stand for a discipline."""
_ALIKE = 15 / 360, 0.1
"""Two colours nearer than this in hue and in lightness can't be told apart."""

SHADES = 8
"""So many standards of one discipline have shades of their own."""


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


def tint(colour: str) -> str:
    """Give the tint of a solid colour: what PowerPoint makes of the same place of the theme with `TINT`."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, strong = colorsys.rgb_to_hls(red, green, blue)
    light = min(1.0, light * TINT["lumMod"] / 100000 + TINT["lumOff"] / 100000)
    found = colorsys.hls_to_rgb(hue, light, strong * TINT["satMod"] / 100000)
    return "#" + "".join(f"{round(255 * value):02X}" for value in found)


def darkened(colour: str) -> str:
    """Give what a colour of ours is on a dark ground; one that has no place in the table is turned in lightness."""
    if colour in DARKENED:
        return DARKENED[colour]
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, strong = colorsys.rgb_to_hls(red, green, blue)
    # Full colours glare there: our own are as much weaker.
    turned = colorsys.hls_to_rgb(hue, 0.72, 0.65 * strong) if light < 0.5 else colorsys.hls_to_rgb(hue, 0.24, strong)
    return "#" + "".join(f"{round(255 * value):02X}" for value in turned)


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
        found[side.key] = shaded(Colours(side.colours.dark, side.accent, side.colours.tint), shade)
    return found


def shaded(look: Colours, shade: int, *, dark: bool = False) -> Colours:
    """Give the colours of one more standard of a discipline: of the second, `shade` is 1; dark: on a dark ground."""
    # Each shade is between the one before and a limit: all differ, and text can be read on every one.
    deeper, darker = 0.5 * (1 - 0.6**shade), 0.8 * (1 - 0.55**shade)
    away = PAPER if dark else "#000000"
    return Colours(
        mixed(look.dark, away, darker),
        mixed(look.accent, away, darker),
        mixed(look.tint, look.dark, deeper),
    )


def mixed(one: str, other: str, part: float) -> str:
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


def reading(colour: str, ground: str) -> str:
    """Make a colour darker or lighter, as its ground asks, just as far as it can be read there."""
    hue, light, strong = hls(colour)
    up = contrast(PAPER, ground) > contrast(INK, ground)
    for step in range(51):
        turned = light + (1 - light) * step / 50 if up else light * (1 - step / 50)
        shade = "#" + "".join(f"{round(255 * one):02X}" for one in colorsys.hls_to_rgb(hue, turned, strong))
        if contrast(shade, ground) >= READS:
            return shade
    return PAPER if up else "#000000"


def hls(colour: str) -> tuple[float, float, float]:
    """Give hue, lightness and saturation of a colour, each 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return colorsys.rgb_to_hls(red, green, blue)


def strength(colour: str) -> float:
    """Tell how far a colour is from grey, 0 to 1."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return max(channels) - min(channels)


def alike(one: str, other: str) -> bool:
    """Tell whether two colours can't be told apart: near in hue and lightness, or both grey and near in lightness."""
    (hue, light, _), (other_hue, other_light, _) = hls(one), hls(other)
    if abs(light - other_light) > _ALIKE[1]:
        return False
    greys = [strength(colour) < STRONG for colour in (one, other)]
    apart = abs(hue - other_hue)
    return all(greys) or (not any(greys) and min(apart, 1 - apart) <= _ALIKE[0])


@cache
def _luminance(colour: str) -> float:
    """Work it out once for a colour: a page has few, and asks for them at each of its parts."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(colour[index : index + 2], 16) / 255) for index in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
