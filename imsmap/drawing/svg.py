"""A picture as SVG: text stays text, with title and description for those who can't see it."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from imsmap.drawing.glyphs import Face, faces_of
from imsmap.drawing.outline import ends, outline_of, placed, way
from imsmap.drawing.rich import Run
from imsmap.drawing.sheet import Link, Part, Picture, Step
from imsmap.drawing.text import FAMILY, advance_of

_SVG = "http://www.w3.org/2000/svg"
_FAMILIES = f"Arial, {FAMILY}, 'Liberation Sans', Helvetica, sans-serif"
"""As wide as each other, letter by letter, so that text stays in its box on every machine."""
_ANCHORS = {"l": "start", "c": "middle", "r": "end"}
_DASHES = "3 2"


def words(picture: Picture) -> Iterator[str]:
    """Give all text that a picture shows, piece by piece."""
    return (run.text for run in _runs(picture))


def faces(picture: Picture) -> tuple[Face, ...]:
    """Give the fonts of the system that a picture's text needs beside those that travel with imsmap."""
    used = (face for run in _runs(picture) for _, face in faces_of(run.text, run.bold))
    return tuple(dict.fromkeys(face for face in used if not face.carried))


def _runs(picture: Picture) -> Iterator[Run]:
    return (run for part in picture.parts.values() for _, _, line in placed(part) for run in line)


def written(picture: Picture) -> bytes:
    """Draw a picture as SVG."""
    return _Drawing(picture).written()


class _Drawing:
    """One picture on its way to SVG."""

    def __init__(self, picture: Picture) -> None:
        ET.register_namespace("", _SVG)
        self.picture = picture
        size = picture.size
        self.root = ET.Element(
            _tag("svg"),
            {
                "viewBox": f"0 0 {_n(size.width)} {_n(size.height)}", "width": f"{_n(size.width)}pt",
                "height": f"{_n(size.height)}pt", "role": "img", "aria-labelledby": "picture-title picture-description",
                "font-family": _FAMILIES, "xml:space": "preserve",
            },
        )  # fmt: skip
        for tag, words in (("title", picture.title), ("desc", picture.alt)):
            name = "title" if tag == "title" else "description"
            ET.SubElement(self.root, _tag(tag), {"id": f"picture-{name}"}).text = words
        self.defs = ET.SubElement(self.root, _tag("defs"))
        self.ids: dict[str, int] = {}

    def written(self) -> bytes:
        """Draw all parts, group by group, then the lines between them."""
        parts = self.picture.parts.values()
        for group, members in itertools.groupby(parts, key=lambda part: part.group or part.holder):
            into = ET.SubElement(self.root, _tag("g"), {"id": self._id(group)}) if group else self.root
            for part in members:
                self._part(into, part)
        for link in self.picture.links:
            self._link(link)
        if not len(self.defs):
            self.root.remove(self.defs)
        for child in self.root:
            child.tail = "\n"
        drawn: bytes = ET.tostring(self.root, encoding="utf-8", xml_declaration=True)
        return drawn

    def _id(self, group: str) -> str:
        """Make a group's name an id: one word that begins with a letter, and no other element has."""
        word = "group-" + re.sub(r"[^A-Za-z0-9_.-]+", "-", group).strip("-")
        self.ids[word] = self.ids.get(word, 0) + 1
        return word if self.ids[word] == 1 else f"{word}--{self.ids[word]}"

    def _part(self, into: ET.Element, part: Part) -> None:
        if part.fill or part.line or part.hatched or part.image:
            shape = self._image(into, part) if part.image else self._shape(into, part)
            if part.alt:
                ET.SubElement(shape, _tag("title")).text = part.alt
        for x, y, line in placed(part):
            text = ET.SubElement(
                into, _tag("text"),
                {"x": _n(x), "y": _n(y), "font-size": _n(part.size), "fill": part.ink} | _anchor(part),
            )  # fmt: skip
            pieces = [(piece, run, face) for run in line for piece, face in faces_of(run.text, run.bold)]
            if len({(run.bold, face) for _, run, face in pieces}) == 1 and not line[0].ink:
                text.text = "".join(piece for piece, _, _ in pieces)
                for name, value in _type(line[0], pieces[0][2]).items():
                    text.set(name, value)
                continue
            places = _starts(x, pieces, part) if len({face.family for _, _, face in pieces}) > 1 else ()
            if places:
                text.attrib.pop("text-anchor", None)
            for at, (piece, run, face) in enumerate(pieces):
                look = _type(run, face) | ({"fill": run.ink} if run.ink else {})
                # Some renderers take one font for all that stands together, so each piece has its own place.
                where = {"x": _n(places[at])} if places else {}
                ET.SubElement(text, _tag("tspan"), where | look).text = piece

    def _image(self, into: ET.Element, part: Part) -> ET.Element:
        area = part.area
        assert part.image is not None
        place = {"x": _n(area.x), "y": _n(area.y), "width": _n(area.width), "height": _n(area.height)}
        return ET.SubElement(into, _tag("image"), place | {"href": part.image.address})

    def _shape(self, into: ET.Element, part: Part) -> ET.Element:
        look = {"fill": self._fill(part)}
        if part.opacity < 1 and part.fill:
            look["fill-opacity"] = _n(part.opacity)
        within = 0.0
        if part.line:
            look |= {"stroke": part.line, "stroke-width": _n(part.weight)}
            within = part.weight / 2 if part.shape in ("box", "ellipse") else 0.0
        if part.dashed:
            look["stroke-dasharray"] = _DASHES
        area = part.area.shrunk(within)
        if part.shape == "ellipse":
            (x, y), rx, ry = area.centre, area.width / 2, area.height / 2
            return ET.SubElement(
                into, _tag("ellipse"), {"cx": _n(x), "cy": _n(y), "rx": _n(rx), "ry": _n(ry)} | look
            )  # fmt: skip
        if part.shape == "line":
            return ET.SubElement(into, _tag("line"), _ends(part) | look)
        if part.shape == "box":
            place = {"x": _n(area.x), "y": _n(area.y), "width": _n(area.width), "height": _n(area.height)}
            return ET.SubElement(into, _tag("rect"), place | look)
        return ET.SubElement(into, _tag("path"), {"d": _data(part)} | look)

    def _fill(self, part: Part) -> str:
        if part.hatched:
            name = f"hatch-{(part.line or part.ink)[1:]}"
            if not any(one.get("id") == name for one in self.defs):
                look = {"id": name, "width": "5", "height": "5", "patternUnits": "userSpaceOnUse"}
                pattern = ET.SubElement(self.defs, _tag("pattern"), look | {"patternTransform": "rotate(45)"})
                ET.SubElement(
                    pattern, _tag("line"),
                    {"x1": "0", "y1": "0", "x2": "0", "y2": "5", "stroke": part.ink, "stroke-width": "1.2"},
                )  # fmt: skip
            return f"url(#{name})"
        if part.fades and part.fill:
            name = f"fade-{len(self.defs)}"
            area = part.area
            ends = {"x1": _n(area.x), "y1": "0", "x2": _n(area.right), "y2": "0", "gradientUnits": "userSpaceOnUse"}
            fade = ET.SubElement(self.defs, _tag("linearGradient"), {"id": name} | ends)
            for at, colour in (("0", part.fill), ("1", part.fades)):
                ET.SubElement(fade, _tag("stop"), {"offset": at, "stop-color": colour})
            return f"url(#{name})"
        return part.fill or "none"

    def _link(self, link: Link) -> None:
        steps = way(link, self.picture.parts)
        look = {"fill": "none", "stroke": link.line, "stroke-width": _n(link.weight)}
        if link.dashed:
            look["stroke-dasharray"] = _DASHES
        if link.kind == "arrow":
            look["marker-end"] = "url(#tip)"
            if not any(one.get("id") == "tip" for one in self.defs):
                tip = {"id": "tip", "viewBox": "0 0 6 6", "refX": "5.2", "refY": "3", "markerWidth": "4"}
                marker = ET.SubElement(
                    self.defs, _tag("marker"), tip | {"markerHeight": "4", "orient": "auto-start-reverse"}
                )
                ET.SubElement(marker, _tag("path"), {"d": "M0 0L6 3L0 6Z", "fill": link.line})
        ET.SubElement(self.root, _tag("path"), {"d": _steps(steps)} | look)


def _starts(x: float, pieces: list[tuple[str, Run, Face]], part: Part) -> list[float]:
    """Tell where each piece of a line begins."""
    wide = [advance_of(piece, part.size, run.bold) for piece, run, _ in pieces]
    begin = x - {"l": 0.0, "c": sum(wide) / 2, "r": sum(wide)}[part.align]
    return list(itertools.accumulate(wide[:-1], initial=begin))


def _type(run: Run, face: Face) -> dict[str, str]:
    """Say in which type a piece is set where it is not the usual one, so that what measured it draws it too."""
    look = {"font-weight": "bold"} if run.bold else {}
    if face.family.removesuffix(" Bold") == FAMILY:
        return look
    name = re.sub("['\"\\\\]", "", face.family.removesuffix(" Bold"))
    return look | {"font-family": f"'{name}', {_FAMILIES}"}


def _ends(part: Part) -> dict[str, str]:
    return dict(zip(("x1", "y1", "x2", "y2"), map(_n, ends(part)), strict=True))


def _data(part: Part) -> str:
    return _steps(outline_of(part)) + "Z"


def _steps(steps: tuple[Step, ...]) -> str:
    told = [f"M{_n(steps[0][0])} {_n(steps[0][1])}"]
    for step in steps[1:]:
        told.append(("C" if len(step) > 2 else "L") + " ".join(map(_n, step)))
    return "".join(told)


def _anchor(part: Part) -> dict[str, str]:
    return {} if part.align == "l" else {"text-anchor": _ANCHORS[part.align]}


def _tag(name: str) -> str:
    return f"{{{_SVG}}}{name}"


def _n(value: float) -> str:
    """Write a number of points as shortly as it can be drawn."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
