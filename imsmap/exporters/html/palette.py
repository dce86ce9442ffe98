"""The style sheet, with the colours of the standards in it."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources

from imsmap.drawing.colour import CORE_DARK, CORE_TINT
from imsmap.exporters.html.scene import Shown, ink_on

_LIGHT = {
    "ink": "#1A1A1A",
    "soft": "#4F4F4F",
    "paper": "#FFFFFF",
    "ground": "#F4F5F7",
    "line": "#C9CDD3",
    "edge": "#6B7280",
    "link": "#00507D",
    "mark": "#FFF1B8",
    "warning": "#8A2C00",
    "band": "#E4E7EC",
}
_DARK = {
    "ink": "#F2F2F2",
    "soft": "#C4C8CE",
    "paper": "#1B1E23",
    "ground": "#121418",
    "line": "#3D434C",
    "edge": "#9AA1AC",
    "link": "#8CC8F0",
    "mark": "#4A3D00",
    "warning": "#FFB38A",
    "band": "#2B3038",
}


def style(sides: Iterable[Shown]) -> str:
    """Fill the style sheet: light, dark where the reader's system or the switch says so, never dark on paper."""
    found = list(sides)
    sheet = resources.files(__package__).joinpath("page.css").read_text("utf-8")
    light = _block(_LIGHT) + "".join(_side(side.kind, side.tint) for side in found)
    light += _side("core", CORE_TINT)
    dark = _block(_DARK) + "".join(_side(side.kind, side.dark) for side in found)
    dark += _side("core", CORE_DARK) + _block({"chip-tag": _DARK["ground"], "on-chip-tag": _DARK["ink"]})
    tags = "".join(_tag(side.kind, side.dark) for side in found) + _tag("core", CORE_DARK)
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n"
        f"{tags}\n{sheet}"
    )


def _block(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())


def _side(name: str, ground: str) -> str:
    return f"--{name}:{ground};--on-{name}:{ink_on(ground)};"


def _tag(name: str, dark: str) -> str:
    """Colour a letter's square, which is the same in light and dark, and the chips of its column."""
    return (
        f".tag.{name}{{background:{dark};color:{ink_on(dark)}}}"
        f".chip .tag.{name}{{background:var(--chip-tag,{dark});color:var(--on-chip-tag,{ink_on(dark)})}}"
        f".chip.{name}{{background:var(--{name});color:var(--on-{name});}}"
    )
