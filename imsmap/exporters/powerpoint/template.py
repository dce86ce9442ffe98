"""A client's own template: its layouts, fonts and theme, without its slides."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from attrs import evolve
from pptx import Presentation
from pptx.oxml.ns import qn

from imsmap.drawing import Area, Size, Type, height_of
from imsmap.drawing.families import letters_of
from imsmap.errors import RefusedError
from imsmap.exporters.powerpoint.cutting import cut_loose, left_behind
from imsmap.exporters.powerpoint.places import content_layout, cover_layout, titled
from imsmap.exporters.powerpoint.room import room_of
from imsmap.exporters.powerpoint.theme import colours_of, family_of, remarks, solids_on_white
from imsmap.packing import TYPES, repacked

Pptx = Any  # python-pptx ships no types

_TEMPLATES = re.compile(
    rb"application/vnd\.openxmlformats-officedocument\.presentationml\.(?:template|slideshow)\.main\+xml"
)
_MACROS = b".macroEnabled."
_PRESENTATION = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_MOST = 200_000_000
"""Bytes that a template may unpack to; a template of a house has at most some tens of millions."""
SMALLEST = 288.0, 216.0
"""Width and height of a slide below which not even a title can be read."""


def opened(content: bytes) -> Pptx:
    """Open a template as a presentation without slides; RefusedError if it is none."""
    return _opened(content)[0]


def _opened(content: bytes) -> tuple[Pptx, tuple[str, ...]]:
    """Open it, and tell what of it is left out that a person may miss."""
    try:
        deck = Presentation(io.BytesIO(_as_presentation(content)))
        layouts = len(deck.slide_layouts)
    except RefusedError:
        raise
    except Exception as error:
        # Whatever is wrong with a file from outside, python-pptx and lxml tell it in their own many ways.
        raise RefusedError(
            "the template can't be read as a PowerPoint file; save it anew as .potx or .pptx in PowerPoint"
        ) from error
    if not layouts:
        raise RefusedError("the template has no slide layout; add one with a title in PowerPoint's slide master")
    behind = left_behind(deck)
    slides = deck.slides._sldIdLst
    for slide in list(slides):
        deck.part.drop_rel(slide.get(qn("r:id")))
        slides.remove(slide)
    # Sections of the slides that are gone would make PowerPoint mend the file.
    extensions = deck.part._element.find(qn("p:extLst"))
    if extensions is not None:
        deck.part._element.remove(extensions)
    return deck, (*cut_loose(deck), *behind)


def _as_presentation(content: bytes) -> bytes:
    """Give a template the type of a presentation, which is all that tells them apart."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            if sum(info.file_size for info in old.infolist()) > _MOST:
                raise RefusedError("the template unpacks to more than 200 MB; save it without its pictures")
            types = old.read(TYPES)
            if _MACROS in types:
                raise RefusedError("the template holds macros; save it as .potx or .pptx without them")
            told = _TEMPLATES.sub(_PRESENTATION, types)
            if told == types:
                return content
    except (zipfile.BadZipFile, KeyError) as error:
        raise RefusedError("the template is no PowerPoint file; give a .potx or .pptx") from error
    return repacked(content, {TYPES: told})


def page_of(content: bytes) -> Size:
    """Tell how large a template's slides are, and how much of them its title and its foot leave free."""
    return look_at(content)[0]


def look_at(content: bytes) -> tuple[Size, tuple[str, ...], tuple[str, ...]]:
    """Tell the page of a template, in words what of it is left out that a person may miss, and what is not as it is."""
    deck, left_out = _opened(content)
    width, height = deck.slide_width / 12700, deck.slide_height / 12700
    if width < SMALLEST[0] or height < SMALLEST[1]:
        least = " x ".join(f"{side / 72:g}" for side in SMALLEST)
        raise RefusedError(
            f"the template's slides are {width / 72:.2f} x {height / 72:.2f} in, too small for a picture that can be "
            f"read; make them at least {least} in in PowerPoint (Design, Slide Size)"
        )
    page = Area(0, 0, width, height)
    size = _size_of(content_layout(deck), page)
    cover = cover_layout(deck)
    if cover != content_layout(deck):
        size = evolve(size, cover=_aligned(_size_of(cover, page, cover=True), size))
    size = evolve(size, letters=letters_of(family_of(deck)))
    return size, left_out, remarks(content_layout(deck), page)


def _aligned(cover: Size, content: Size) -> Size:
    """Let what stands on the cover begin and end where it does on the slides, if that leaves it nearly its width."""
    place, column = cover.body, content.body
    if place is None or column is None:
        return cover
    left, right = max(place.x, column.x), min(place.right, column.right)
    return evolve(cover, body=evolve(place, x=left, width=right - left)) if right - left >= 0.8 * place.width else cover


def accents_of(content: bytes) -> dict[str, str]:
    """Tell which colour of a template stands in the place of each of ours, as it reads on white."""
    return solids_on_white(content_layout(opened(content)))


def _size_of(layout: Pptx, page: Area, *, cover: bool = False) -> Size:
    """Tell what a layout gives; cover: content stands in what title and foot leave, and not in the body's box."""
    found = titled(layout)
    free = room_of(layout, colours_of(layout), page, cover=cover).area
    if found is None:
        high = height_of(2, Type().title)
        title = Area(free.x, free.y, free.width, high)
        place = Area(free.x, free.y + high + 10, free.width, free.height - high - 10)
        points, bold = Type().title, False
    else:
        title, points, bold = found.area, found.size, found.bold
        place = free
    return Size(
        "template", page.width / 72, page.height / 72, (page.width - place.width) / 2, max(14.0, title.y),
        page.height - place.bottom, evolve(Type(), title=points), title, place, bold,
    )  # fmt: skip
