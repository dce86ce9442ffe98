"""Pictures as native, editable slides: every box, line and word of the layout becomes an object of PowerPoint."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from pptx import Presentation
from pptx.opc.serialized import PackageWriter

from imsmap import about
from imsmap.drawing import Area, Picture, Size
from imsmap.drawing.look import Look
from imsmap.errors import UsageError
from imsmap.exporters.powerpoint.cutting import check_names
from imsmap.exporters.powerpoint.master import prepare
from imsmap.exporters.powerpoint.places import chosen_layouts, own_layouts
from imsmap.exporters.powerpoint.slide import Laid, SlideOf
from imsmap.exporters.powerpoint.template import opened
from imsmap.exporters.powerpoint.theme import Pptx, ours, theirs
from imsmap.packing import packed
from imsmap.wording import in_words

_TITLE = 255
"""Characters of a property."""
ABOUT = about.Format(suffix=".pptx", holds=("pictures",), many=True, place=120)


def export(
    pictures: Sequence[Picture],
    *,
    date: datetime.date,
    title: str = "",
    author: str = "imsmap",
    template: bytes | None = None,
    look: Look | None = None,
) -> bytes:
    """Write a deck with a slide for each picture, in the first one's size; the date goes into its properties.

    look: the client's.

    template: a client's .potx or .pptx, whose layouts, fonts and theme are kept; the pictures have its size
    (`template.page_of`).
    """
    size = pictures[0].size
    look = look or Look()
    signed = False
    if template is None:
        deck = Presentation()
    else:
        deck = opened(template)
        _same_size(deck, size)
    content, cover = (own_layouts if template is None else chosen_layouts)(deck)
    if template is None:
        theme = ours(deck, look)
        signed = bool(prepare(deck, pictures, theme, look, content, cover))
    page = Area(0, 0, size.width, size.height)
    themes = {
        layout.part: theme if template is None else theirs(layout, page, look, cover=layout != content)
        for layout in (cover, content)
    }
    laid = {layout.part: Laid(layout) for layout in (cover, content)}
    for picture in pictures:
        layout = cover if picture.name == "cover" else content
        when = {"dt": in_words(date).replace("\u00a0", " ")} if picture.name != "cover" else {}
        foot = {"ftr": look.line} | when
        SlideOf(deck, laid[layout.part], picture, themes[layout.part], foot, signed).draw()
    properties = deck.core_properties
    moment = datetime.datetime(date.year, date.month, date.day)
    properties.author = properties.last_modified_by = author
    properties.title = _shortened(title or pictures[0].title)
    properties.created = properties.modified = moment
    properties.revision = 1
    check_names(deck)
    return packed(_parts(deck))


class _Parts(dict[str, bytes]):
    """The parts of a package by name, for the library to write into."""

    def write(self, uri: Pptx, content: bytes) -> None:
        """Keep one."""
        self[uri.membername] = content


class _Writer(PackageWriter):  # type: ignore[misc]  # python-pptx ships no types
    """Writes all parts into a dictionary: the library would pack them, and they would be packed once more."""

    def _write(self) -> None:
        for step in (self._write_content_types_stream, self._write_pkg_rels, self._write_parts):
            step(self._pkg_file)


def _parts(deck: Pptx) -> _Parts:
    found = _Parts()
    package = deck.part.package
    _Writer.write(found, package._rels, tuple(package.iter_parts()))
    return found


def _shortened(title: str) -> str:
    """Cut a title to what the properties of a file hold."""
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"


def _same_size(deck: Pptx, size: Size) -> None:
    """Refuse pictures that were not drawn for the template's slides."""
    theirs = deck.slide_width / 12700, deck.slide_height / 12700
    if max(abs(one - other) for one, other in zip(theirs, (size.width, size.height), strict=True)) > 1:
        raise UsageError(
            f"the template's slides are {theirs[0] / 72:.2f} x {theirs[1] / 72:.2f} in and the pictures "
            f"{size.width_in:.2f} x {size.height_in:.2f} in; draw them in the template's size"
        )
