"""Pictures as native, editable slides: every box, line and word of the layout becomes an object of PowerPoint."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.autoshape import Shape
from pptx.util import Emu, Pt

from imsmap import graphviz
from imsmap.drawing import BRACKET, HANG, INK, MARGIN, PAPER, Area, Part, Picture, width_of

_ALIGN = {"l": "l", "c": "ctr", "r": "r"}
_SLOTS = (
    ("dk2", MSO_THEME_COLOR.TEXT_2),
    ("lt2", MSO_THEME_COLOR.BACKGROUND_2),
    *((f"accent{index}", MSO_THEME_COLOR[f"ACCENT_{index}"]) for index in range(1, 7)),
)
_FONT = "Arial"
"""Of the theme, so that a client changes it in one place. On every machine, and no wider than what was measured."""
_FIXED = (1980, 1, 1, 0, 0, 0)
_TITLE_ONLY = 5


def export(pictures: Sequence[Picture], *, date: datetime.date, title: str = "", author: str = "imsmap") -> bytes:
    """Write a deck with a slide for each picture, in the first one's size; the date goes into its properties."""
    deck = Presentation()
    size = pictures[0].size
    _resize(deck, Pt(size.width), Pt(size.height))
    theme = _paint(deck, [colour for picture in pictures for colour in picture.palette])
    for picture in pictures:
        _Slide(deck, picture, theme).draw()
    properties = deck.core_properties
    moment = datetime.datetime(date.year, date.month, date.day)
    properties.author = properties.last_modified_by = author
    properties.title = title or pictures[0].title
    properties.created = properties.modified = moment
    properties.revision = 1
    written = io.BytesIO()
    deck.save(written)
    return _same_bytes(written.getvalue())


def _resize(deck: Any, width: int, height: int) -> None:
    """Set the slide's size, and stretch what the master and the layouts hold to it."""
    across, down = width / deck.slide_width, height / deck.slide_height
    deck.slide_width, deck.slide_height = Emu(width), Emu(height)
    for holder in (deck.slide_master, *deck.slide_layouts):
        for transform in holder.element.iter(qn("a:xfrm")):
            for end, names in (("a:off", ("x", "y")), ("a:ext", ("cx", "cy"))):
                found = transform.find(qn(end))
                for name, factor in zip(names, (across, down), strict=True):
                    found.set(name, str(round(int(found.get(name)) * factor)))


def _paint(deck: Any, palette: Sequence[str]) -> dict[str, Any]:
    """Put the pictures' colours and font into the theme; tell which colour stands in which place of it."""
    colours = list(dict.fromkeys(palette))
    # The grey of the common core has the theme's neutral places; the rest takes the accents in turn.
    chosen = {"dk1": INK} | dict(zip([name for name, _ in _SLOTS], _neutral_first(colours), strict=False))
    for part in deck.slide_master.part.rels.values():
        if part.reltype.endswith("/theme"):
            text = part.target_part.blob.decode()
            for name, colour in chosen.items():
                text = re.sub(
                    rf"<a:{name}>.*?</a:{name}>",
                    f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>',
                    text,
                    flags=re.S,
                )
            text = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{_FONT}", text)
            part.target_part._blob = text.encode()
    places = {"dk1": MSO_THEME_COLOR.TEXT_1} | dict(_SLOTS)
    return {colour: places[name] for name, colour in chosen.items()} | {PAPER: MSO_THEME_COLOR.BACKGROUND_1}


def _neutral_first(colours: Sequence[str]) -> list[str]:
    def neutral(colour: str) -> bool:
        return colour[1:3] == colour[3:5] == colour[5:7]

    greys = [colour for colour in colours if neutral(colour)][:2]
    return greys + [colour for colour in colours if colour not in greys]


class _Slide:
    """One picture on its way to a slide."""

    def __init__(self, deck: Any, picture: Picture, theme: Mapping[str, Any]) -> None:
        self.picture = picture
        self.theme = theme
        self.slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
        # Otherwise all numbers of shapes are read again for each new shape.
        self.slide.shapes.turbo_add_enabled = True
        self.groups: dict[str, Any] = {}
        self.shapes: dict[str, Any] = {}
        self.height = picture.size.height

    def draw(self) -> None:
        """Draw boxes in reading order, then the lines, then the notes."""
        layout = graphviz.layout(self.picture.dot.to_string(), self.picture.engine)
        self.height = float(layout["bb"].split(",")[3])
        names = [found["name"] for found in layout["objects"]]
        for placed in layout["objects"]:
            part = self.picture.parts[placed["name"]]
            if part.role == "title":
                self._title(part)
            elif part.role != "page":
                self.shapes[placed["name"]] = self._box(placed, part)
        for line in layout.get("edges", []):
            self._line(line, names[line["tail"]], names[line["head"]])
        for group in self.groups.values():
            group._element.recalculate_extents()
        self.slide.element.find(qn("p:cSld")).set("name", self.picture.name)
        notes = [self.picture.title, *self.picture.notes, f"In words: {self.picture.alt}"]
        self.slide.notes_slide.notes_text_frame.text = "\n".join(dict.fromkeys(filter(None, notes)))

    def _title(self, part: Part) -> None:
        shape = self.slide.shapes.title
        _place(shape, part.area)
        shape._element.replace(shape._element.txBody, parse_xml(self._words(part, "+mj-lt", nsdecls("a", "p"))))
        _describe(shape, "Title", self.picture.alt)

    def _gather(self, shape: Any, group: str) -> None:
        """Put a shape into its group; how large the group is is found out at the end, once."""
        if not group:
            return
        if group not in self.groups:
            number = self.slide.shapes._next_shape_id
            made = self.slide.shapes.add_group_shape()
            # The library numbers groups by another count than the rest.
            next(made._element.iter(qn("p:cNvPr"))).set("id", str(number))
            # The group stands where its first shape stood, so that shapes are read in their order.
            shape._element.addprevious(made._element)
            _describe(made, group, self.picture.groups.get(group, ""))
            self.groups[group] = made
        self.groups[group]._element.append(shape._element)

    def _box(self, placed: Mapping[str, Any], part: Part) -> Any:
        """Write a box as PowerPoint itself would: through the library's calls it takes four times as long."""
        area, drawn = self._area(placed), _drawn(placed)
        kind, guides = _kind(placed), ""
        if kind == "roundRect":
            corner = round(min(0.5, 12 / min(area.width, area.height)) * 100000)
            guides = f'<a:gd name="adj" fmla="val {corner}"/>'
        alt = f" descr={quoteattr(part.alt)}" if part.alt else ""
        text_box = ' txBox="1"' if part.role == "words" else ""
        sp = parse_xml(
            f"<p:sp {nsdecls('a', 'p')}>"
            f'<p:nvSpPr><p:cNvPr id="{self.slide.shapes._next_shape_id}" name={quoteattr(part.name)}{alt}/>'
            f"<p:cNvSpPr{text_box}/><p:nvPr/></p:nvSpPr>"
            f'<p:spPr><a:xfrm><a:off x="{Pt(area.x)}" y="{Pt(area.y)}"/>'
            f'<a:ext cx="{Pt(area.width)}" cy="{Pt(area.height)}"/></a:xfrm>'
            f'<a:prstGeom prst="{kind}"><a:avLst>{guides}</a:avLst></a:prstGeom>'
            f"{self._paint(drawn.get('fill'))}"
            f'<a:ln w="{Pt(0.75)}">{self._paint(drawn.get("line"))}</a:ln></p:spPr>'
            f"{self._words(part, '+mn-lt')}</p:sp>"
        )
        self.slide.shapes._spTree.insert_element_before(sp, "p:extLst")
        shape = Shape(sp, self.slide.shapes)
        self._gather(shape, part.group)
        return shape

    def _area(self, placed: Mapping[str, Any]) -> Area:
        x, y = (float(number) for number in placed["pos"].split(","))
        width, height = float(placed["width"]) * 72, float(placed["height"]) * 72
        return Area(x - width / 2, self.height - y - height / 2, width, height)

    def _tint(self, format_: Any, colour: str) -> None:
        if colour.upper() in self.theme:
            format_.theme_color = self.theme[colour.upper()]
        else:
            format_.rgb = RGBColor.from_string(colour[1:7].upper())

    def _paint(self, colour: str | None) -> str:
        """Write a fill; of the theme if the colour is in it."""
        if colour is None:
            return "<a:noFill/>"
        place = self.theme.get(colour.upper())
        named = f'<a:schemeClr val="{place.xml_value}"/>' if place else f'<a:srgbClr val="{colour[1:7].upper()}"/>'
        return f"<a:solidFill>{named}</a:solidFill>"

    def _words(self, part: Part, font: str, spaces: str = "") -> str:
        """Write the text of a shape: paragraphs, and not lines, so that they flow anew in a client's font."""
        # What stands alone in the middle of its box, such as a letter and a glyph, is never broken.
        wrap = "none" if part.align == "c" and len(part.lines) < 2 else "square"
        # A rounded rectangle keeps its text out of the corners, which counts towards the margin.
        side = Pt(MARGIN - 3.5 if part.rounded else MARGIN)
        indent = Pt(width_of(HANG, part.size)) if part.hang else 0
        hang = f' marL="{indent}" indent="{-indent}"' if indent else ""
        how = f'sz="{round(part.size * 100)}" b="{int(part.bold)}"'
        paragraphs = "".join(
            f'<a:p><a:pPr algn="{_ALIGN[part.align]}"{hang}/><a:r><a:rPr {how}>{self._paint(part.ink)}'
            f'<a:latin typeface="{font}"/></a:rPr><a:t>{escape(words)}</a:t></a:r></a:p>'
            for words in part.paragraphs
        )
        return (
            f'<p:txBody {spaces}><a:bodyPr wrap="{wrap}" lIns="{side}" tIns="0" rIns="{side}" bIns="0" anchor="ctr">'
            f"<a:noAutofit/></a:bodyPr><a:lstStyle/>{paragraphs or '<a:p/>'}</p:txBody>"
        )

    def _line(self, placed: Mapping[str, Any], tail: str, head: str) -> None:
        one, other = self.picture.parts[tail], self.picture.parts[head]
        sites = _site(placed, "tail"), _site(placed, "head")
        kind = MSO_CONNECTOR.ELBOW if sites[0] == sites[1] else MSO_CONNECTOR.STRAIGHT
        line = self.slide.shapes.add_connector(kind, 0, 0, 0, 0)
        line.begin_connect(self.shapes[tail], sites[0])
        line.end_connect(self.shapes[head], sites[1])
        if kind is MSO_CONNECTOR.ELBOW:
            _bend(line, one.area, other.area)
        style = line._element.find(qn("p:style"))
        if style is not None:
            line._element.remove(style)
        line.line.width = Pt(float(placed.get("penwidth", "1.25")))
        self._tint(line.line.color, _drawn(placed).get("line", "#7F7F7F"))
        _describe(line, f"{one.name} to {other.name}", "")
        self._gather(line, one.group if one.group == other.group else "")


def _kind(placed: Mapping[str, Any]) -> str:
    """Choose the native shape for what Graphviz draws."""
    if any(step["op"] in "eE" for step in placed.get("_draw_", [])):
        return "ellipse"
    return "roundRect" if "rounded" in placed.get("style", "") else "rect"


def _drawn(placed: Mapping[str, Any]) -> dict[str, str]:
    """Read fill and outline from the drawing steps; a colour that can't be seen is left out."""
    found: dict[str, str] = {}
    pens = {"c": "line", "C": "fill"}
    for step in placed.get("_draw_", []):
        pen = pens.get(step["op"])
        if pen:
            colour = step["color"]
            found.pop(pen, None)
            if not (len(colour) == 9 and colour.endswith("00")) and colour != "transparent":
                found[pen] = colour[:7].upper()
    return found


_SITES = {"n": 0, "w": 1, "s": 2, "e": 3}


def _site(placed: Mapping[str, Any], end: str) -> int:
    """Tell at which side of its box a line ends."""
    return _SITES[placed.get(f"{end}port", "e" if end == "tail" else "w")]


def _bend(line: Any, one: Area, other: Area) -> None:
    """Lead an elbow round the left of both boxes: its middle goes out by a share of the way between the ends."""
    share = -BRACKET / max(other.x - one.x, 0.01)
    values = line._element.spPr.find(qn("a:prstGeom")).get_or_add_avLst()
    guide = values.makeelement(qn("a:gd"), {"name": "adj1", "fmla": f"val {round(share * 100000)}"})
    values.append(guide)


def _place(shape: Any, area: Area) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(area.x), Pt(area.y), Pt(area.width), Pt(area.height)


def _describe(shape: Any, name: str, alt: str) -> None:
    """Name a shape, and give its text for those who can't see it; python-pptx has no call for that."""
    properties = next(shape._element.iter(qn("p:cNvPr")))
    properties.set("name", name)
    if alt:
        properties.set("descr", alt)


def _same_bytes(package: bytes) -> bytes:
    """Pack a file anew so that the moment of writing is not in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        # The list of types comes first, as other programs write it.
        for name in sorted(names, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            new.writestr(info, old.read(name))
    return packed.getvalue()
