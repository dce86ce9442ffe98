"""Lines as a terminal shows them: bold, dim, and a hue for the letters of disciplines. Only this loads rich."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable

from rich.console import Console
from rich.style import Style
from rich.text import Text

from imsmap.exporters.terminal.screen import Line

_HUES = {
    "#0072B2": "cyan", "#009E73": "green", "#D55E00": "yellow", "#7A4FA3": "magenta", "#E69F00": "bright_yellow",
    "#6B3E26": "red", "#9B2C6B": "bright_magenta", "#586500": "bright_green",
}  # fmt: skip
"""The terminal's own colours, which its owner chose to be read on its ground, dark or light."""


def painted(lines: Iterable[Line]) -> str:
    """Write lines with the signs that steer a terminal."""
    out = io.StringIO()
    console = Console(
        file=out, force_terminal=True, color_system="standard", width=10_000, highlight=False, legacy_windows=False
    )
    for line in lines:
        text = Text(no_wrap=True, overflow="ignore")
        for look, same in itertools.groupby(line, key=lambda run: run.look):
            text.append("".join(run.text for run in same), _style(look))
        console.print(text, soft_wrap=True)
    return out.getvalue()


def _style(look: str) -> Style:
    if look.startswith("#"):
        return Style(color=_HUES.get(look), bold=True)
    return Style.parse(look) if look else Style.null()
