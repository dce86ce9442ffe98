"""Pictures as native, editable slides: every box, line and word of the layout becomes an object of PowerPoint."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence

from pptx import Presentation
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.autoshape import Shape
from pptx.util import Emu, Pt

from imsmap import about
from imsmap.drawing import BRACKET, HANG, MARGIN, Area, Part, Picture, Size, graphviz, width_of
from imsmap.drawing.graphviz import Placed
from imsmap.errors import UsageError
from imsmap.exporters.powerpoint.cutting import check_names
from imsmap.exporters.powerpoint.template import layout_of, opened
from imsmap.exporters.powerpoint.theme import Pptx, Theme, ours, theirs
from imsmap.packing import repacked
from imsmap.plain import in_xml

ABOUT = about.Format(suffix=".pptx", holds=("pictures",), many=True, place=120)

_LAST = ("Legend", "Source")
"""What is read last."""
_ALIGN = {"l": "l", "c": "ctr", "r": "r"}


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
    palette = [colour for picture in pictures for colour in picture.palette]
    if template is None:
        deck = Presentation()
        _resize(deck, Pt(size.width), Pt(size.height))
        theme = ours(deck, palette)
    else:
        deck = opened(template)
        theme = theirs(deck, palette)
        _same_size(deck, size)
    for picture in pictures:
        _Slide(deck, picture, theme).draw()
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


class _Slide:
    """One picture on its way to a slide."""

    def __init__(self, deck: Pptx, picture: Picture, theme: Theme) -> None:
        self.picture = picture
        self.theme = theme
        self.slide = deck.slides.add_slide(layout_of(deck))
        for place in list(self.slide.placeholders):
            # A layout may offer more than the title; an empty place would show its prompt.
            if place.placeholder_format.idx != 0:
                place._element.getparent().remove(place._element)
        # Otherwise all numbers of shapes are read again for each new shape.
        self.slide.shapes.turbo_add_enabled = True
        self.grounds = [part for part in picture.parts.values() if part.role == "ground"]
        self.groups: dict[str, Pptx] = {}
        self.shapes: dict[str, Pptx] = {}
        self.height = picture.size.height

    def draw(self) -> None:
        """Draw boxes in reading order, then the lines, then the notes."""
        layout = graphviz.layout(self.picture.dot.to_string(), self.picture.engine)
        self.height = float(layout["bb"].split(",")[3])
        names = [found["name"] for found in layout["objects"]]
        for placed in layout["objects"]:
            part = self.picture.parts[placed["name"]]
            if part.role == "title" and self.slide.shapes.title is not None:
                self._title(part)
            elif part.role != "page":
                self.shapes[placed["name"]] = self._box(placed, part)
        for line in layout.get("edges", []):
            self._line(line, names[line["tail"]], names[line["head"]])
        for node, part in self.picture.parts.items():
            if part.name in _LAST and not part.group:
                # Lines come after the boxes that they join; the foot of the slide is read after them.
                self.slide.shapes._spTree.insert_element_before(self.shapes[node]._element, "p:extLst")
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

    def _gather(self, shape: Pptx, group: str) -> None:
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

    def _box(self, placed: Placed, part: Part) -> Pptx:
        """Write a box as PowerPoint itself would: through the library's calls it takes four times as long."""
        area, drawn = self._area(placed) if part.shape != "triangle" else part.area, _drawn(placed)
        kind, guides = _KINDS.get(part.shape, "roundRect" if part.rounded else "rect"), ""
        if kind == "roundRect":
            corner = round(min(0.5, 12 / min(area.width, area.height)) * 100000)
            guides = f'<a:gd name="adj" fmla="val {corner}"/>'
        alt = f' descr="{in_xml(part.alt)}"' if part.alt else ""
        dash = '<a:prstDash val="dash"/>' if "dashed" in placed.get("style", "") else ""
        text_box = ' txBox="1"' if part.role == "words" else ""
        sp = parse_xml(
            f"<p:sp {nsdecls('a', 'p')}>"
            f'<p:nvSpPr><p:cNvPr id="{self.slide.shapes._next_shape_id}" name="{in_xml(part.name)}"{alt}/>'
            f"<p:cNvSpPr{text_box}/><p:nvPr/></p:nvSpPr>"
            f'<p:spPr><a:xfrm><a:off x="{Pt(area.x)}" y="{Pt(area.y)}"/>'
            f'<a:ext cx="{Pt(area.width)}" cy="{Pt(area.height)}"/></a:xfrm>'
            f'<a:prstGeom prst="{kind}"><a:avLst>{guides}</a:avLst></a:prstGeom>'
            f"{self._paint(drawn.get('fill'), part.opacity)}"
            f'<a:ln w="{Pt(_weight(placed))}">{self._paint(drawn.get("line"))}{dash}</a:ln></p:spPr>'
            f"{self._words(part, '+mn-lt')}</p:sp>"
        )
        self.slide.shapes._spTree.insert_element_before(sp, "p:extLst")
        shape = Shape(sp, self.slide.shapes)
        self._gather(shape, part.group)
        return shape

    def _area(self, placed: Placed) -> Area:
        x, y = (float(number) for number in placed["pos"].split(","))
        width, height = float(placed["width"]) * 72, float(placed["height"]) * 72
        return Area(x - width / 2, self.height - y - height / 2, width, height)

    def _paint(self, colour: str | None, opacity: float = 1.0) -> str:
        """Write a fill; of the theme if the colour is in it."""
        if colour is None:
            return "<a:noFill/>"
        return f"<a:solidFill>{self.theme.paint(colour, opacity)}</a:solidFill>"

    def _words(self, part: Part, font: str, spaces: str = "") -> str:
        """Write the text of a shape: paragraphs, and not lines, so that they flow anew in a client's font."""
        # What stands alone in the middle of its box, such as a letter and a glyph, is never broken.
        wrap = "none" if part.align == "c" and len(part.lines) < 2 else "square"
        # A rounded rectangle keeps its text out of the corners, which counts towards the margin.
        side = Pt(MARGIN - 3.5 if part.rounded else MARGIN)
        indent = Pt(width_of(HANG, part.size)) if part.hang else 0
        hang = f' marL="{indent}" indent="{-indent}"' if indent else ""
        how = f'sz="{round(part.size * 100)}" b="{int(part.bold)}"'
        under = [one for one in self.grounds if one.area.overlaps(part.area)]
        fills = [(one.fill, one.opacity) for one in (*under, part) if one.fill]
        ink = self._paint(self.theme.ink(part.ink, self.theme.behind(fills)))
        paragraphs = "".join(
            f'<a:p><a:pPr algn="{_ALIGN[part.align]}"{hang}/><a:r><a:rPr {how}>{ink}'
            f'<a:latin typeface="{font}"/></a:rPr><a:t>{in_xml(words)}</a:t></a:r></a:p>'
            for words in part.paragraphs
        )
        return (
            f'<p:txBody {spaces}><a:bodyPr wrap="{wrap}" lIns="{side}" tIns="0" rIns="{side}" bIns="0" anchor="ctr">'
            f"<a:noAutofit/></a:bodyPr><a:lstStyle/>{paragraphs or '<a:p/>'}</p:txBody>"
        )

    def _line(self, placed: Placed, tail: str, head: str) -> None:
        one, other = self.picture.parts[tail], self.picture.parts[head]
        ports = placed.get("tailport", "e"), placed.get("headport", "w")
        arrow = placed.get("dir") == "forward"
        kind = MSO_CONNECTOR.ELBOW if ports[0] == ports[1] else MSO_CONNECTOR.STRAIGHT
        ends = _site(self.shapes[tail], ports[0]), _site(self.shapes[head], ports[1])
        line = self.slide.shapes.add_connector(kind, *ends[0], *ends[1])
        # The library's own calls know the sites of rectangles only.
        line._connect_begin_to(self.shapes[tail], _SITES[one.shape][ports[0]])
        line._connect_end_to(self.shapes[head], _SITES[other.shape][ports[1]])
        if kind is MSO_CONNECTOR.ELBOW:
            _bend(line, one.area, other.area)
        elif arrow:
            _curve(line, ports[0])
        style = line._element.find(qn("p:style"))
        if style is not None:
            line._element.remove(style)
        line.line.width = Pt(float(placed.get("penwidth", "1.25")))
        if "dashed" in placed.get("style", ""):
            line.line._get_or_add_ln().append(parse_xml(f'<a:prstDash val="dash" {nsdecls("a")}/>'))
        if arrow:
            line.line._get_or_add_ln().append(parse_xml(f'<a:tailEnd type="triangle" {nsdecls("a")}/>'))
        paint = self._paint(_drawn(placed).get("line", "#7F7F7F")).replace(">", f" {nsdecls('a')}>", 1)
        line.line._get_or_add_ln().insert(0, parse_xml(paint))
        _describe(line, f"{one.name} to {other.name}", "")
        self._gather(line, one.group if one.group == other.group else "")


_KINDS = {"ellipse": "ellipse", "triangle": "triangle"}


def _weight(placed: Placed) -> float:
    """Give how wide a line is drawn."""
    return float(placed.get("penwidth", "0.75"))


def _drawn(placed: Placed) -> dict[str, str]:
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


_SITES = {"box": {"n": 0, "w": 1, "s": 2, "e": 3}, "ellipse": {"n": 0, "w": 2, "s": 4, "e": 6}}
"""How PowerPoint counts the places of a shape to which lines are glued."""


def _site(shape: Pptx, port: str) -> tuple[int, int]:
    """Tell where a line ends at a side of a shape."""
    left, top, width, height = shape.left, shape.top, shape.width, shape.height
    x = {"e": left + width, "w": left}.get(port, left + width // 2)
    y = {"n": top, "s": top + height}.get(port, top + height // 2)
    return Emu(x), Emu(y)


def _bend(line: Pptx, one: Area, other: Area) -> None:
    """Lead an elbow round the left of both boxes: its middle goes out by a share of the way between the ends."""
    share = -BRACKET / max(other.x - one.x, 0.01)
    values = line._element.spPr.find(qn("a:prstGeom")).get_or_add_avLst()
    guide = values.makeelement(qn("a:gd"), {"name": "adj1", "fmla": f"val {round(share * 100000)}"})
    values.append(guide)


_TURNS = {"e": 0, "s": 90, "w": 180, "n": 270}


def _curve(line: Pptx, port: str) -> None:
    """Make a straight connector a quarter of a turn: it leaves at a right angle to the side, and so arrives."""
    line._element.spPr.find(qn("a:prstGeom")).set("prst", "curvedConnector2")
    frame = line._element.spPr.find(qn("a:xfrm"))
    for name in ("flipH", "flipV"):
        frame.attrib.pop(name, None)
    left, top, width, height = line.left, line.top, line.width, line.height
    if port in "sn":
        # PowerPoint tells the frame as it is before the turn.
        left, top = left + (width - height) // 2, top + (height - width) // 2
        width, height = height, width
    frame.set("rot", str(_TURNS[port] * 60000))
    line.left, line.top, line.width, line.height = Emu(left), Emu(top), Emu(width), Emu(height)


def _place(shape: Pptx, area: Area) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(area.x), Pt(area.y), Pt(area.width), Pt(area.height)


def _describe(shape: Pptx, name: str, alt: str) -> None:
    """Name a shape, and give its text for those who can't see it; python-pptx has no call for that."""
    properties = next(shape._element.iter(qn("p:cNvPr")))
    properties.set("name", name)
    if alt:
        properties.set("descr", alt)
