"""How a client's deliverables look: colours, logo, name, legal line and font, one value for every surface.

Pictures are drawn in our own colours, which stand for roles; `dressed` and the themes of Office files put the client's
in their places, so that a standard has one colour on slides, pictures, page, brief and workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import evolve

from imsmap.drawing.colour import (
    ALERT,
    CORE,
    GREY,
    SHADES,
    SLOTS,
    STRONG,
    Colours,
    alike,
    palettes,
    readable,
    shaded,
    strength,
    tint,
)
from imsmap.drawing.families import letters_of
from imsmap.drawing.logo import Logo, dots
from imsmap.drawing.sheet import Part, Picture
from imsmap.drawing.size import Area, Size
from imsmap.drawing.text import FONT_FLOOR, foot_words
from imsmap.values import frozen

if TYPE_CHECKING:
    from imsmap.drawing.rich import Rich
    from imsmap.parts import Side

FONT = "Arial"
"""On every machine, or one that is as wide: what text is measured in."""
_FOOT_HIGH = 14.0
_BELOW = 19.0
"""How far above the lower edge the foot begins: below the source, in the margin."""
_LOGO, _WIDE_LOGO, _LOGO_TOP = (150.0, 44.0), (150.0, 24.0), 12.0
"""What a logo may take at the top right, beside a title or above it."""


@frozen(kw_only=True)
class Look:
    """How a client's deliverables look; what is empty stays ours.

    colours: `#RRGGBB`, the main one first. pairs: our colours of a discipline, and what stands in their place.
    remarks: which colours of the brand no discipline has, and why. logo_dark: for dark grounds.
    """

    name: str = ""
    client: str = ""
    colours: tuple[str, ...] = ()
    logo: Logo | None = None
    logo_dark: Logo | None = None
    font: str = ""
    legal: str = ""
    pairs: tuple[tuple[Colours, Colours], ...] = ()
    remarks: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse what is no colour."""
        for colour in self.colours:
            if not re.fullmatch("#[0-9A-Fa-f]{6}", colour):
                raise ValueError(f"{colour!r} is no colour; write one as #00558C")

    @classmethod
    def of(
        cls,
        sides: Iterable[Side],
        *,
        name: str = "",
        client: str = "",
        colours: Sequence[str] = (),
        logo: Logo | None = None,
        logo_dark: Logo | None = None,
        font: str = "",
        legal: str = "",
    ) -> Look:
        """Give each discipline of some standards, in their order, a colour of the brand, as far as it serves."""
        names: dict[Colours, str] = {}
        for side in sides:
            ours = Colours(side.colours.dark.upper(), side.accent.upper(), side.colours.tint.upper())
            names.setdefault(ours, side.discipline_name)
        chosen, remarks = _chosen(names, tuple(colours))
        pairs = tuple((ours, Colours(solid, solid, tint(solid))) for ours, solid in chosen.items())
        return cls(
            name=name, client=client, colours=tuple(colours), logo=logo, logo_dark=logo_dark, font=font, legal=legal,
            pairs=pairs, remarks=remarks,
        )  # fmt: skip

    def with_accents(self, sides: Iterable[Side], solids: Mapping[str, str]) -> Look:
        """Take a template's colours in place of ours where the brand gives none; solids: by our own colour."""
        taken = dict(self.pairs)
        for side in sides:
            ours = Colours(side.colours.dark.upper(), side.accent.upper(), side.colours.tint.upper())
            solid = solids.get(ours.dark, "")
            if solid and ours not in taken and not any(alike(solid, other.dark) for other in taken.values()):
                taken[ours] = Colours(solid, solid, tint(solid))
        return evolve(self, pairs=tuple(taken.items()))

    @property
    def main(self) -> str:
        """The brand's first colour, dark enough for white text; empty without one."""
        return readable(self.colours[0]) if self.colours else ""

    @property
    def second(self) -> str:
        """The colour of lines beside the main one; the main one itself where there is no other."""
        return readable(self.colours[1]) if len(self.colours) > 1 else self.main

    @property
    def titles(self) -> str:
        """The font of titles, where there is always room."""
        return self.font or FONT

    @property
    def body(self) -> str:
        """The font of everything else: the brand's, if its text fits where Arial's does."""
        return self.font if self.font and letters_of(self.font) == 1 else FONT

    @property
    def line(self) -> str:
        """What stands at the foot of pages: whose they are, and the legal line, each once."""
        name = self.name or self.client
        return self.legal if name in self.legal else " · ".join(filter(None, (name, self.legal)))

    @property
    def logo_told(self) -> str:
        """Say whose logo it is."""
        return f"Logo of {self.name or self.client or 'the organization'}"

    def sized(self, size: Size) -> Size:
        """Keep room for the logo on pages of our own layout; a client's template has its logo itself."""
        seen = dots(self.logo) if size.title is None else None
        return size if seen is None else evolve(size, corner=_corner(seen.width / seen.height, size))

    @cached_property
    def swaps(self) -> Mapping[str, str]:
        """Our colours, tints and shades too, each with what stands in its place."""
        found: dict[str, str] = {}
        for ours, theirs in self.pairs:
            for shade in range(SHADES):
                one, other = shaded(ours, shade), shaded(theirs, shade)
                found |= {one.accent: other.accent, one.tint: other.tint, one.dark: other.dark}
        return found

    @property
    def slots(self) -> dict[str, str]:
        """What stands in the places of an Office theme: our colours, and the client's in those of the disciplines."""
        return {slot: self.shown(colour) for slot, colour in SLOTS.items()}

    def shown(self, colour: str) -> str:
        """Give the client's colour in the place of ours."""
        return self.swaps.get(colour.upper(), colour)

    def palettes(self, sides: Iterable[Side]) -> dict[str, Colours]:
        """Give each standard at hand, by key, its colours under this brand."""
        return {
            key: Colours(self.shown(look.dark), self.shown(look.accent), self.shown(look.tint))
            for key, look in palettes(sides).items()
        }


def _chosen(names: Mapping[Colours, str], colours: Sequence[str]) -> tuple[dict[Colours, str], tuple[str, ...]]:
    """Choose the solid of each discipline that gets one of the brand's, and say of the others why they get none."""
    given = dict(zip(names, colours, strict=False))
    found: dict[Colours, str] = {}
    why: dict[Colours, str] = {}
    for ours, colour in given.items():
        solid = readable(colour)
        if strength(solid) < STRONG or alike(solid, CORE.dark):
            why[ours] = "is grey, as what all have in common"
        elif alike(solid, ALERT):
            why[ours] = "is the red of what is late or missing"
        elif (other := next((one for one in found if alike(found[one], solid)), None)) is not None:
            why[ours] = f"can't be told from {found[other]} of {names[other]}"
        else:
            found[ours] = solid
    # A colour of ours that stays must not be taken for one of the brand's.
    clash = True
    while clash:
        clash = False
        for ours in [one for one in names if one not in found]:
            for other, solid in list(found.items()):
                if alike(ours.dark, solid):
                    del found[other]
                    why[other] = f"can't be told from {ours.dark}, imsmap's colour of {names[ours]}"
                    clash = True
    told = tuple(
        f"{given[ours]} {reason}; {names[ours]} keeps imsmap's own {ours.dark}" for ours, reason in why.items()
    )
    return found, told


def _corner(shape: float, size: Size) -> Area:
    """Give a logo its place, top right: above the title where it is wide, else beside it; shape: width by height."""
    high = _WIDE_LOGO[1] if shape >= _WIDE_LOGO[0] / _WIDE_LOGO[1] else _LOGO[1]
    wide = min(_WIDE_LOGO[0], high * shape)
    high = wide / shape
    top = (size.top + 12.7 - high) / 2 if high <= _WIDE_LOGO[1] else _LOGO_TOP
    return Area(size.width - size.edge - wide, top, wide, high)


def dressed(picture: Picture, look: Look) -> Picture:
    """Give a page the client's look: colours in the place of ours everywhere, logo, and a line at its foot."""
    shown = look.shown

    def of(colour: str | None) -> str | None:
        return None if colour is None else shown(colour)

    def words(lines: tuple[Rich, ...]) -> tuple[Rich, ...]:
        return tuple(tuple(evolve(run, ink=shown(run.ink)) if run.ink else run for run in line) for line in lines)

    parts = dict(picture.parts)
    if look.pairs:
        parts = {
            node: evolve(
                part, ink=shown(part.ink), fill=of(part.fill), line=of(part.line), fades=of(part.fades),
                runs=words(part.runs), rows=words(part.rows),
            )
            for node, part in parts.items()
        }  # fmt: skip
    size = picture.size
    area = logo_place(picture)
    if area is not None:
        parts["logo"] = Part(area, "mark", "Logo", "", (), (), FONT_FLOOR, image=look.logo, alt=look.logo_told)
    if look.line and size.title is None:
        told, small = foot_words(look.line, size.width - 2 * size.edge)
        place = foot_place(size)
        parts["foot"] = Part(place, "legend", "Footer", "", (told,), (told,), small, align="r", ink=GREY, pad=0)
    links = tuple(evolve(link, line=shown(link.line)) for link in picture.links)
    return evolve(picture, parts=parts, links=links)


def logo_place(picture: Picture) -> Area | None:
    """Give the place of the logo on a page; nothing where there is none."""
    size = picture.size
    return size.cover_corner if picture.name == "cover" else size.corner


def foot_place(size: Size) -> Area:
    """Give the line in the lower margin: date, whose it is, and the number of a slide."""
    return Area(size.edge, size.height - _BELOW, size.width - 2 * size.edge, _FOOT_HIGH)
