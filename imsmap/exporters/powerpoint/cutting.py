"""What a client's template does not hand on: its old slides, every way that leads to them, and what lies elsewhere.

A part stays in the file as long as anything refers to it, and an old slide that stays has the name of a new one. So all
that refers to a slide is cut: buttons on layouts and masters, custom shows, the view in which the file was left.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from imsmap.errors import RefusedError

Xml = Any  # neither python-pptx nor lxml ships types

_OLD = {
    "slide+xml": "",
    "notesSlide+xml": "",
    "comments+xml": "comments",
    "commentAuthors+xml": "comments",
    "powerpoint.authors+xml": "comments",
    "changesinfo+xml": "",
    "revisioninfo+xml": "",
    "printerSettings": "printer settings",
    "viewProps+xml": "",
    "vbaProject": "macros",
}
"""Ends of the types of parts that are the old slides', or tell how somebody last changed, looked at or printed them.

With each what a person may miss.
"""
_VIEW = f"<p:viewPr {nsdecls('p', 'a', 'r')}/>".encode()
_OF_THE_PACKAGE = ("thumbnail", "extended-properties")
"""What shows the old slides from outside: a picture of the first, and the titles of all."""
_MEDIA = ("image", "audio", "video", "media")
_IDS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def left_behind(deck: Xml) -> tuple[str, ...]:
    """Tell in words which parts of a presentation a person may miss, as long as its slides are there."""
    types = {str(part.content_type) for part in deck.part.package.iter_parts()}
    found = (words for end, words in _OLD.items() if words and any(type_.endswith(end) for type_ in types))
    return tuple(dict.fromkeys(found))


def cut_loose(deck: Xml) -> tuple[str, ...]:
    """Cut whatever leads to the slides of a presentation; gives in words what a person may miss.

    RefusedError if a way remains.
    """
    package = deck.part.package
    parts = list(package.iter_parts())
    old = {part for part in parts if str(part.content_type).endswith(tuple(_OLD))}
    missed: dict[str, None] = {}
    for part in parts:
        if part not in old:
            missed |= dict.fromkeys(_cut(part, old))
    for id_, rel in list(package._rels.items()):
        if _kind(rel) in _OF_THE_PACKAGE:
            package._rels.pop(id_)
    if any(part in old for part in package.iter_parts()):
        raise RefusedError(
            "the template holds slides that something else in it needs; delete its slides in PowerPoint, save it and "
            "try again"
        )
    # PowerPoint mends a file that says nothing of how to look at it.
    view = Part(PackURI("/ppt/viewProps.xml"), CONTENT_TYPE.PML_VIEW_PROPS, package, _VIEW)
    deck.part.relate_to(view, RELATIONSHIP_TYPE.VIEW_PROPS)
    return tuple(missed)


def check_names(deck: Xml) -> None:
    """Make sure that no two parts of a presentation would be written under one name; RefusedError if so."""
    names = [str(part.partname).lower() for part in deck.part.package.iter_parts()]
    if len(set(names)) < len(names):
        twice = min(name for name in names if names.count(name) > 1)
        raise RefusedError(
            f"the template holds a part {twice} that is in the way of a new one; delete its slides in PowerPoint, save "
            "it and try again"
        )


def _kind(rel: Xml) -> str:
    return str(rel.reltype).rpartition("/")[2]


def _cut(part: Xml, old: set[Xml]) -> Iterable[str]:
    """Cut what leads from one part to old ones or to pictures that would be fetched; gives what was cut, in words."""
    rels = part.rels
    gone = [id_ for id_, rel in rels.items() if not rel.is_external and rel.target_part in old]
    fetched = [id_ for id_, rel in rels.items() if rel.is_external and _kind(rel) in _MEDIA]
    content = getattr(part, "_element", None)
    root = content
    if content is None and str(part.content_type).endswith("xml"):
        root = _parsed(part.blob)
    found = [] if root is None else [*_shows(root), *_referring(root, {*gone, *fetched})]
    for id_ in (*gone, *fetched):
        rels.pop(id_)
    if found and root is not None and content is None:
        part._blob = serialize_part_xml(root)
    if fetched:
        found.append("pictures that would be fetched from elsewhere")
    return found


def _parsed(blob: bytes) -> Xml:
    try:
        return parse_xml(blob)
    except SyntaxError:
        return None


def _shows(root: Xml) -> list[str]:
    """Take out custom shows, what plays one, and which slides are played."""
    shows = [*root.iter(qn("p:custShowLst"), qn("p:showPr"))]
    played = [
        link
        for link in root.iter(qn("a:hlinkClick"), qn("a:hlinkHover"))
        if link.get("action", "").startswith("ppaction://customshow")
    ]
    for element in (*shows, *played):
        element.getparent().remove(element)
    return ["custom shows"] if shows or played else []


def _referring(root: Xml, ids: set[str]) -> list[str]:
    """Take out every element that refers to one of these relations; a picture goes whole."""
    found = []
    for element in list(root.iter("*")):
        for name in [name for name, value in element.attrib.items() if name.startswith(_IDS) and value in ids]:
            if element.tag in (qn("a:hlinkClick"), qn("a:hlinkHover"), qn("a:hlinkMouseOver")):
                found.append("buttons that lead to its slides")
            if element.tag != qn("a:blip"):
                _remove(element)
                break
            del element.attrib[name]
            picture = next(element.iterancestors(qn("p:pic")), None)
            if picture is not None and element.get(qn("r:embed")) is None:
                _remove(picture)
                for timing in list(root.iter(qn("p:timing"))):
                    # It tells when which shape moves, also of the one that is gone.
                    _remove(timing)
    return found


def _remove(element: Xml) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)
