"""What a workbook holds beside its cells, remarks and links, from the list of all its parts: none of it is taken.

Each thing is named with the cell at which it stands, if it has one, so that whoever takes the workbook can tell it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from imsmap.readers.workbook.cells import Grid, letters_of
from imsmap.readers.workbook.drawings import Drawn
from imsmap.readers.workbook.package import Package


class Other(NamedTuple):
    """A thing that is not taken: what it is, and its cell or its name; a thing of the whole workbook may have none."""

    what: str
    place: str = ""


HEADER = "header or footer"
NAME = "name for cells"
_PICTURE_IN_CELL = "picture in a cell"
_OF_SHEETS = {"queryTable": "query", "customProperty": "sheet property", "webExtension": "add-in"}
"""Parts that a sheet leads to, and which have no cell."""
_READ = re.compile(
    r"\[content_types\]\.xml|mimetype|(?:.*/)?_rels/.*|.*/|docprops/.*|docmetadata/.*"
    r"|(?:.*/)?(?:workbook|styles|sharedstrings|calcchain|metadata|theme\d*)\.xml"
    r"|(?:.*/)?(?:theme|worksheets|comments|threadedcomments|persons|tables|drawings|printersettings)/.*"
    r"|(?:.*/)?(?:comments|vmldrawing|commentsdrawing)\d*\.(?:xml|vml)"
)
"""Parts that are read, or hold nothing but looks and what a program works out anew."""
_BY_CELL = re.compile(
    r"(?:.*/)?(?:media|charts|chartsheets|dialogsheets|macrosheets|diagrams|embeddings|activex|ctrlprops|richdata"
    r"|slicers|slicercaches|timelines|timelinecaches|pivottables|pivotcache|querytables|externallinks|ink)/.*"
)
"""Parts that belong to what is told with its cell or its sheet; what links to other files showed is in the cells."""
_NAMED = (
    (re.compile(r"(?:.*/)?vba(?:project|data|projectsignature\w*)\.(?:bin|xml)"), "macro project"),
    (re.compile(r"customxml/itemprops\d*\.xml"), ""),
    (re.compile(r"customxml/.*"), "custom XML"),
    (re.compile(r"(?:.*/)?connections\.xml"), "data connection"),
    (re.compile(r"(?:.*/)?(?:model|customdata)/.*"), "data model"),
    (re.compile(r"customui/.*|usercustomization/.*"), "buttons of the ribbon"),
    (re.compile(r"(?:.*/)?webextensions/.*"), "add-in"),
    (re.compile(r"_xmlsignatures/.*"), "digital signature"),
    (re.compile(r"(?:.*/)?revisions/.*"), "tracked changes"),
)
_SHEETS = {"chartsheet": "sheet that is a chart", "dialogsheet": "sheet that is a dialogue"}
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d+|[A-Z&])')


def on_sheet(package: Package, part: str, grid: Grid, drawn: Drawn) -> tuple[Other, ...]:
    """Name what a sheet holds beside its cells, remarks and links."""
    found = [Other(what, place) for what, place in drawn.others]
    found += (Other(_PICTURE_IN_CELL, f"{letters_of(column)}{row}") for row, column in grid.pictures)
    found += (Other(what, place) for what, place in grid.embedded.values())
    said = {" ".join(_CODE.sub(" ", text).split()) for text in grid.headers}
    found += (Other(HEADER, text) for text in sorted(said) if any(map(str.isalpha, text)))
    shapes = False
    for relation in package.relationships(part):
        if relation.kind == "pivotTable" and package.has(relation.target):
            found.append(Other("pivot table", _location(package, relation.target)))
        elif relation.kind == "image":
            found.append(Other("picture behind the cells"))
        elif relation.kind in _OF_SHEETS:
            found.append(Other(_OF_SHEETS[relation.kind]))
        elif relation.kind == "vmlDrawing" and not grid.embedded and package.has(relation.target):
            shapes = any(one.kind == "image" for one in package.relationships(relation.target)) or shapes
    if shapes:
        found.append(Other("picture in a header or footer"))
    return tuple(found)


def in_package(package: Package, sheets: Iterable[tuple[str, str]], names: Iterable[str]) -> tuple[Other, ...]:
    """Name what a workbook holds that belongs to no sheet of cells.

    sheets: the titles of those that have no cells, with what they are. names: that people may have given to cells.
    """
    found = [Other(_SHEETS.get(kind, "sheet of old macros"), title) for title, kind in sheets]
    found += (Other(NAME, name) for name in sorted(names) if not name.startswith(("_", "Excel_")))
    return (*found, *dict.fromkeys(_further(package.names)))


def _further(parts: Iterable[str]) -> Iterator[Other]:
    for name in parts:
        if _READ.fullmatch(name) or _BY_CELL.fullmatch(name):
            continue
        what = next((what for pattern, what in _NAMED if pattern.fullmatch(name)), None)
        if what is None:
            yield Other("part", name)
        elif what:
            yield Other(what)


def words(header: str) -> str:
    """Reduce a header to its letters: programs order fonts and sizes in it as they like."""
    return "".join(filter(str.isalpha, header))


def _location(package: Package, part: str) -> str:
    place = ""

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal place
        if tag == "location":
            place = attributes.get("ref", "").partition(":")[0]

    package.parse(part, start, lambda _: None)
    return place
