"""Pictures as native, editable slides: every box, line and word of the layout becomes an object of PowerPoint."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence

from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from imsmap import about
from imsmap.drawing import Picture, Size
from imsmap.drawing.colour import ALERT, tint
from imsmap.errors import UsageError
from imsmap.exporters.powerpoint.cutting import check_names
from imsmap.exporters.powerpoint.slide import SlideOf
from imsmap.exporters.powerpoint.template import opened
from imsmap.exporters.powerpoint.theme import Pptx, ours, theirs
from imsmap.packing import repacked

ABOUT = about.Format(suffix=".pptx", holds=("pictures",), many=True, place=120)


def export(
    pictures: Sequence[Picture],
    *,
    date: datetime.date,
    title: str = "",
    author: str = "imsmap",
    template: bytes | None = None,
) -> bytes:
    """Write a deck with a slide for each picture, in the first one's size; the date goes into its properties.

    template: a client's .potx or .pptx, whose layouts, fonts and theme are kept; the pictures have its size
    (`template.page_of`).
    """
    size = pictures[0].size
    if template is None:
        deck = Presentation()
        _resize(deck, Pt(size.width), Pt(size.height))
        theme = ours(deck)
    else:
        deck = opened(template)
        theme = theirs(deck, _owners(pictures))
        _same_size(deck, size)
    for picture in pictures:
        SlideOf(deck, picture, theme).draw()
    properties = deck.core_properties
    moment = datetime.datetime(date.year, date.month, date.day)
    properties.author = properties.last_modified_by = author
    properties.title = title or pictures[0].title
    properties.created = properties.modified = moment
    properties.revision = 1
    check_names(deck)
    written = io.BytesIO()
    deck.save(written)
    return repacked(written.getvalue())


def _same_size(deck: Pptx, size: Size) -> None:
    """Refuse pictures that were not drawn for the template's slides."""
    theirs = deck.slide_width / 12700, deck.slide_height / 12700
    if max(abs(one - other) for one, other in zip(theirs, (size.width, size.height), strict=True)) > 1:
        raise UsageError(
            f"the template's slides are {theirs[0] / 72:.2f} x {theirs[1] / 72:.2f} in and the pictures "
            f"{size.width_in:.2f} x {size.height_in:.2f} in; draw them in the template's size"
        )


def _resize(deck: Pptx, width: int, height: int) -> None:
    """Set the slide's size, and stretch what the master and the layouts hold to it."""
    across, down = width / deck.slide_width, height / deck.slide_height
    deck.slide_width, deck.slide_height = Emu(width), Emu(height)
    for holder in (deck.slide_master, *deck.slide_layouts):
        for transform in holder.element.iter(qn("a:xfrm")):
            for end, names in (("a:off", ("x", "y")), ("a:ext", ("cx", "cy"))):
                found = transform.find(qn(end))
                for name, factor in zip(names, (across, down), strict=True):
                    found.set(name, str(round(int(found.get(name)) * factor)))


def _owners(pictures: Sequence[Picture]) -> list[str]:
    """List the standards' colours that the pictures use, each solid one followed by its tint."""
    seen = [colour for picture in pictures for part in picture.parts.values() for colour in (part.fill, part.line)]
    coloured = [one for one in dict.fromkeys(seen) if one and not one[1:3] == one[3:5] == one[5:7]]
    pale = {tint(one) for one in coloured}
    alert = {ALERT}
    return [colour for one in coloured if one not in pale | alert for colour in (one, tint(one))]
