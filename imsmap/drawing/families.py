"""How far the letters of other families go beside ours, so that words have room in a client's font."""

from __future__ import annotations

LETTERS = {
    "arial black": 1.2, "avenir": 1.03, "bookman old style": 1.12, "century gothic": 1.12, "comic sans ms": 1.09,
    "consolas": 1.12, "courier new": 1.22, "dejavu sans": 1.17, "futura": 1.05, "geneva": 1.06, "georgia": 1.06,
    "inter": 1.08, "lucida sans": 1.11, "lucida sans unicode": 1.11, "montserrat": 1.16, "noto sans": 1.08,
    "nunito sans": 1.03, "open sans": 1.08, "poppins": 1.15, "raleway": 1.08, "rockwell": 1.06, "segoe ui": 1.03,
    "tahoma": 1.03, "trebuchet ms": 1.02, "ubuntu": 1.05, "verdana": 1.18, "work sans": 1.09,
}  # fmt: skip
"""The wide ones that people often have, by the length of English sentences in sizes of Arial's."""
NARROW = {
    "", "aptos", "arial", "arial narrow", "arimo", "barlow", "calibri", "calibri light", "cambria", "candara",
    "carlito", "corbel", "franklin gothic book", "garamond", "gill sans mt", "helvetica", "helvetica neue", "lato",
    "liberation sans", "liberation serif", "palatino linotype", "roboto", "roboto condensed", "source sans 3",
    "source sans pro", "times new roman", "tw cen mt",
}  # fmt: skip
"""Those that go no farther than Arial: measuring them as Arial leaves them some room."""
UNKNOWN = 1.08
"""For a family that is in neither list: what most wide ones take."""


def letters_of(family: str) -> float:
    """Give how far a family's letters go, in lengths of Arial's; never less than these."""
    name = " ".join(family.lower().split())
    if name in NARROW or name.startswith("+"):
        return 1.0
    return LETTERS.get(name, UNKNOWN)
