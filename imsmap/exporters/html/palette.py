"""The style sheet, with the colour roles of the standards at hand in it, light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib import resources

from imsmap.drawing.colour import (
    ALERT,
    CORE,
    FAINT,
    GREY,
    INK,
    PAPER,
    READS,
    RULE,
    Colours,
    contrast,
    darkened,
)

SHEETS = ("base.css", "overview.css", "panel.css", "board.css", "tables.css", "narrow.css", "print.css")
_ROLES = {"ground": PAPER, "ink": INK, "muted": GREY, "rule": RULE, "faint": FAINT, "alert": ALERT}


def style(looks: Sequence[Colours], parts: Sequence[int] = (), labels: Sequence[str] = (), font: str = "") -> str:
    """Fill the style sheet: light, dark where the reader's system or the switch says so, never dark on paper.

    parts: the numbers of the story, whose columns are as wide as their parts of the strip. labels: of the standards,
    which stand in a phone's stacked rows instead of the head of the table. font: the client's, where the reader has it.
    """
    light = _block(_ROLES) + _owners(looks, dark=False)
    dark = _block({name: darkened(colour) for name, colour in _ROLES.items()}) + _owners(looks, dark=True)
    owned = "".join(_owned(f"o{place}", f"s{place}") for place in range(len(looks))) + _owned("oc", "core")
    owned += f".board{{--many:{len(looks)}}}"
    columns = " ".join(_beneath(parts))
    owned += f"@media (min-width:44rem){{.story{{grid-template-columns:{columns}}}}}" if parts else ""
    stacked = "".join(
        f".matrix td:nth-of-type({place})::before,.documents td:nth-of-type({place + 1})::before"
        f'{{content:"{label}";color:var(--s{place - 1}-x)}}'
        for place, label in enumerate(labels, 1)
        if label.replace("-", "").isalnum()
    )
    beside = ".matrix td,.documents td{padding-left:44px!important}.matrix td::before,.documents td::before"
    beside += "{position:absolute;left:0;font-weight:700;font-size:14px}"
    owned += f"@media screen and (max-width:44rem){{{beside}{stacked}}}"
    # No other signs: what somebody wrote must not end the declaration.
    face = re.sub(r"[^\w \-]", "", font).strip()
    owned += f':root{{--face:"{face}"}}' if face else ""
    folder = resources.files(__package__)
    sheets = "".join(folder.joinpath(name).read_text("utf-8") for name in SHEETS)
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n"
        f"{owned}\n{sheets}"
    )


def ink_on(ground: str) -> str:
    """Choose a colour for text that reads on a ground, whatever the ground is."""
    for ink in (INK, PAPER):
        if contrast(ink, ground) >= READS:
            return ink
    return "#000000"


def _beneath(parts: Sequence[int]) -> list[str]:
    """Let each number begin where its part of the strip does: the largest takes what others need for their words."""
    whole, widest = sum(parts), max(parts, default=0)
    found = []
    for place, part in enumerate(parts):
        # The gap stands before each but the first.
        share = f"calc({part / whole:.4%}{'' if place == len(parts) - 1 else ' - 20px'})" if whole else "1fr"
        found.append("minmax(min-content,1fr)" if part == widest else f"minmax(min-content,{share})")
    return found


def _block(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())


def _owners(looks: Iterable[Colours], *, dark: bool) -> str:
    """Give solid, tint, what reads on both, and what reads as text on the ground, of each standard and of the core."""
    ground = darkened(PAPER) if dark else PAPER
    taken: set[str] = set()
    found = ""
    for name, look in (*((f"s{place}", look) for place, look in enumerate(looks)), ("core", CORE)):
        solid, pale = (darkened(look.dark), darkened(look.tint)) if dark else (look.dark, look.tint)
        while solid in taken:
            solid = _nearer(solid, ground)
        taken.add(solid)
        text = solid if contrast(solid, ground) >= READS else ink_on(ground)
        on = ground if contrast(ground, solid) >= READS else ink_on(solid)
        found += _block(
            {name: solid, f"{name}-t": pale, f"{name}-on": on, f"{name}-ti": ink_on(pale), f"{name}-x": text}
        )
    return found


def _owned(kind: str, name: str) -> str:
    """Let whatever is somebody's know the owner's colours."""
    return (
        f".{kind}{{--own:var(--{name});--own-t:var(--{name}-t);--own-on:var(--{name}-on);--own-ti:var(--{name}-ti);"
        f"--own-x:var(--{name}-x)}}"
    )


def _nearer(colour: str, ground: str) -> str:
    """Move a colour a fifth of its way towards the ground: another edition of the same discipline."""
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one * 0.8 + other * 0.2):02X}" for one, other in pairs)
