"""One picture as a slide: text into its placeholders, shapes in reading order, tables and charts as what they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cached_property

from pptx.enum.shapes import MSO_CONNECTOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.autoshape import Shape
from pptx.util import Emu, Pt

from imsmap.drawing import FONT_FLOOR, PAPER, Area, Link, Part, Picture
from imsmap.drawing.text import foot_words
from imsmap.exporters.powerpoint.charts import add_chart
from imsmap.exporters.powerpoint.ground import words_read
from imsmap.exporters.powerpoint.places import (
    FOOT,
    Titled,
    area_of,
    foot_looks,
    foot_places,
    kind_of,
    title_looks,
    titled,
)
from imsmap.exporters.powerpoint.room import PANEL
from imsmap.exporters.powerpoint.shapes import (
    DECORATIVE,
    around,
    frame,
    paragraphs,
    shape,
    solid,
    title_paragraph,
)
from imsmap.exporters.powerpoint.tables import add_table
from imsmap.exporters.powerpoint.theme import Pptx, Theme, colours_of
from imsmap.plain import in_xml
from imsmap.values import frozen

_LAST = ("legend", "source")
"""The roles of what is read last."""
_LAST_GROUPS = {"Legend"}
"""And the group that is read before it."""

_BROKEN_FROM = 720.0
"""The width of a title's placeholder from which its lines are broken where they read best."""
_TRANSFORM = qn("a:xfrm")
_EMPTY = ("", "footer", "footer text")
_NUMBER = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
"""The id that PowerPoint gives to the number of a slide."""


@frozen
class Foot:
    """A placeholder at the foot of a layout: its kind, its words, and how wide it is, if it says so."""

    kind: str
    words: str
    width: float | None
    holder: Pptx

    @property
    def area(self) -> Area | None:
        """Where it stands, if it says so."""
        return None if self.holder.left is None else area_of(self.holder)


class Laid:
    """A layout with what each slide asks of it: the library goes through all shapes each time it is asked."""

    def __init__(self, layout: Pptx) -> None:
        """Look nothing up yet."""
        self.layout = layout

    @cached_property
    def title(self) -> Titled | None:
        """How it sets its title."""
        return titled(self.layout)

    @cached_property
    def feet(self) -> tuple[Foot, ...]:
        """What stands at its foot."""
        return tuple(
            Foot(
                kind_of(holder) or "",
                holder.text_frame.text,
                None if holder.width is None else holder.width / 12700,
                holder,
            )
            for holder in foot_places(self.layout)
        )


class SlideOf:
    """One picture on its way to a slide."""

    def __init__(
        self, deck: Pptx, laid: Laid, picture: Picture, theme: Theme, foot: Mapping[str, str],
        signed: bool = False,
    ) -> None:  # fmt: skip
        """Add a slide; what its layout offers besides title and foot is left out, since it would show its prompt.

        foot: the words of date and footer, by the kind of their placeholder. signed: the master has the signature.
        """
        self.picture = picture
        self.theme = theme
        self.laid = laid
        layout = self.layout = laid.layout
        self.foot = dict(foot)
        self.signed = signed
        self.slide = deck.slides.add_slide(layout)
        own = layout.element.find(qn("p:clrMapOvr"))
        if own is not None:
            # A slide does not take the colours of its layout by itself.
            old = self.slide.element.find(qn("p:clrMapOvr"))
            old.getparent().replace(old, deepcopy(own))
        self.under = [part for part in picture.parts.values() if part.role == "subtitle"]
        self.subtitle = None
        for place in list(self.slide.placeholders):
            if self.under and kind_of(place) == "subTitle" and self.subtitle is None:
                self.subtitle = place
            elif place.placeholder_format.idx != 0:
                place._element.getparent().remove(place._element)
        # Otherwise all numbers of shapes are read again for each new shape.
        self.slide.shapes.turbo_add_enabled = True
        self.grounds = [
            part
            for part in picture.parts.values()
            if part.role in ("ground", "mark", "bar") and part.fill and part.shape != "path"
        ]
        self.groups: dict[str, Pptx] = {}
        self.shapes: dict[str, Pptx] = {}
        self.held: set[str] = set()

    def draw(self) -> None:
        """Draw boxes in reading order, then the lines, then the notes."""
        picture = self.picture
        if self.theme.panel and picture.size.body is not None:
            body = picture.size.body
            if self.slide.shapes.title is None and picture.size.title is not None:
                body = around((picture.size.title, body))
            whole = Area(body.x - PANEL, body.y - PANEL, body.width + 2 * PANEL, body.height + 2 * PANEL)
            self._shape(Part(whole, "mark", "Panel", "", (), (), FONT_FLOOR, fill=PAPER, quiet=True))
        for node, part in picture.parts.items():
            if part.holder:
                self._hold(part.holder)
            elif part.role == "title" and self.slide.shapes.title is not None:
                self._title(part)
            elif part.role == "subtitle" and self.subtitle is not None:
                continue
            elif part.role == "date" and any(foot.kind == "dt" for foot in self.laid.feet):
                self.foot["dt"] = part.paragraphs[0].replace("\u00a0", " ")
            elif part.role != "page" and not (self.signed and part.role == "signature"):
                self.shapes[node] = self._shape(part)
        for link in picture.links:
            self._link(link)
        for name in _LAST_GROUPS & self.groups.keys():
            self.slide.shapes._spTree.insert_element_before(self.groups[name]._element, "p:extLst")
        for node, part in picture.parts.items():
            if part.role in _LAST and not part.group and node in self.shapes:
                # Lines come after the boxes that they join; the foot of the slide is read after them.
                self.slide.shapes._spTree.insert_element_before(self.shapes[node]._element, "p:extLst")
        self._feet()
        for group in self.groups.values():
            _surround(group._element)
        if self.slide.shapes.title is not None:
            _describe(self.slide.shapes.title, "Title", picture.title)
        if self.subtitle is not None:
            self._subtitle(self.subtitle)
        self.slide.element.find(qn("p:cSld")).set("name", picture.name)
        notes = [picture.title, *picture.notes, f"In words: {picture.alt}"]
        self.slide.notes_slide.notes_text_frame.text = "\n".join(dict.fromkeys(filter(None, notes)))

    def _hold(self, holder: str) -> None:
        """Write a table or a chart once, where its first part stands."""
        if holder in self.held:
            return
        self.held.add(holder)
        picture = self.picture
        if holder in picture.tables:
            made = add_table(self.slide, picture, holder, self.theme)
        else:
            made = add_chart(self.slide, picture, holder, self.theme)
        _describe(made, holder, picture.groups.get(holder, ""))

    def _title(self, part: Part) -> None:
        """Write the title into its placeholder, which has place, size and colour of its layout."""
        title = self.slide.shapes.title
        found = self.laid.title
        scale = min(1.0, part.size / found.size) if found else 1.0
        told_size = found is None or found.told
        fit = f'<a:normAutofit fontScale="{round(scale * 100000)}"/>' if scale < 0.995 and told_size else ""
        ink = ""
        if found is not None and self.theme.theirs:
            ink = self._ink(found.area, title_looks(self.layout), always=not found.told)
        if found is not None and self._mixed(found.area):
            # Over light and dark of a photo no words read: the title has a plain ground, as the content has.
            under = self._shape(
                Part(_around(found.area), "mark", "Title panel", "", (), (), FONT_FLOOR, fill=PAPER, quiet=True)
            )
            title._element.addprevious(under._element)
            ink = solid(self.theme.best(self.theme.behind([(PAPER, 1.0)])), self.theme)
        told = title_paragraph(
            part,
            ink=ink,
            size=0 if told_size else part.size,
            bold=found.bold if found else False,
            broken=found is not None and found.area.width >= _BROKEN_FROM,
        )
        body = parse_xml(f"<p:txBody {nsdecls('a', 'p')}><a:bodyPr>{fit}</a:bodyPr><a:lstStyle/>{told}</p:txBody>")
        title._element.replace(title._element.txBody, body)
        if found is not None and found.moved:
            place(title, found.area)
            told_insets = title._element.txBody.find(qn("a:bodyPr"))
            for side in ("lIns", "tIns", "rIns", "bIns"):
                told_insets.set(side, "0")

    def _ink(self, place: Area, looks: Iterable[Pptx], *, always: bool = False) -> str:
        """Give a fill for words of the layout's where the client's own colour can't be read; else nothing."""
        page = Area(0, 0, self.picture.size.width, self.picture.size.height)
        reads, under = words_read(self.layout, colours_of(self.layout), page, place, looks)
        return "" if reads and not always else solid(self.theme.best(under.colour), self.theme)

    def _mixed(self, place: Area) -> bool:
        """Tell whether light and dark lie under a place, so that words of no colour can be read there."""
        if not self.theme.theirs:
            return False
        page = Area(0, 0, self.picture.size.width, self.picture.size.height)
        return words_read(self.layout, colours_of(self.layout), page, place, ())[1].mixed

    def _subtitle(self, place: Pptx) -> None:
        """Write whose cover it is into its placeholder, where the picture has it."""
        _describe(place, "Subtitle", "")
        area = around(part.area for part in self.under)
        told = "".join(paragraphs(part, self.theme) for part in self.under)
        place._element.spPr.append(parse_xml(frame(area).replace("<a:xfrm>", f"<a:xfrm {nsdecls('a')}>")))
        body = parse_xml(
            f'<p:txBody {nsdecls("a", "p")}><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t">'
            f"<a:normAutofit/></a:bodyPr><a:lstStyle/>{told}</p:txBody>"
        )
        place._element.replace(place._element.txBody, body)

    def _feet(self) -> None:
        """Keep and fill the placeholders of date, footer and number that the layout has."""
        for foot in self.laid.feet:
            kind = foot.kind
            theirs = foot.words if kind == "ftr" else ""
            # What a program writes into every footer says nothing.
            words = self.foot.get(kind, "") if theirs.strip(" <>").lower() in _EMPTY else theirs
            small = ""
            if kind == "ftr" and foot.width is not None:
                insets = 14.4  # left and right, as PowerPoint has them where nobody says otherwise
                words, size = foot_words(words, foot.width - (insets if self.theme.theirs else 0))
                small = f' sz="{round(size * 100)}"' if self.theme.theirs else ""
            if not (words or (kind == "sldNum" and (self.theme.theirs or self.picture.name != "cover"))):
                continue
            number = self.slide.shapes._next_shape_id
            area = foot.area if self.theme.theirs else None
            ink = self._ink(area, foot_looks(self.layout, kind)) if area is not None else ""
            look = f"<a:rPr{small}>{ink}</a:rPr>"
            told = f"<a:r>{look}<a:t>{in_xml(words)}</a:t></a:r>"
            if kind == "sldNum":
                told = f'<a:fld id="{_NUMBER}" type="slidenum">{look}<a:t>{self._place()}</a:t></a:fld>'
            ph = deepcopy(foot.holder._element.find(".//" + qn("p:ph")))
            sp = parse_xml(
                f'<p:sp {nsdecls("a", "p")}><p:nvSpPr><p:cNvPr id="{number}" name="{FOOT[kind]}"/><p:cNvSpPr>'
                f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>'
                f"<a:p>{told}</a:p></p:txBody></p:sp>"
            )
            sp.find(f"{qn('p:nvSpPr')}/{qn('p:nvPr')}").append(ph)
            self.slide.shapes._spTree.insert_element_before(sp, "p:extLst")

    def _place(self) -> int:
        return len(self.slide.part.package.presentation_part.presentation.slides)

    def _shape(self, part: Part) -> Pptx:
        under = [one for one in self.grounds if one is not part and one.area.overlaps(part.area)] if part.lines else []
        behind = [(one.fill, one.opacity) for one in under if one.fill]
        sp = parse_xml(shape(part, self.slide.shapes._next_shape_id, self.theme, behind))
        self.slide.shapes._spTree.insert_element_before(sp, "p:extLst")
        made = Shape(sp, self.slide.shapes)
        self._gather(made, part.group)
        return made

    def _gather(self, made: Pptx, group: str) -> None:
        """Put a shape into its group; how large the group is is found out at the end, once."""
        if not group:
            return
        if group not in self.groups:
            number = self.slide.shapes._next_shape_id
            holder = self.slide.shapes.add_group_shape()
            # The library numbers groups by another count than the rest.
            next(holder._element.iter(qn("p:cNvPr"))).set("id", str(number))
            # The group stands where its first shape stood, so that shapes are read in their order.
            made._element.addprevious(holder._element)
            told = self.picture.groups.get(group, "")
            _describe(holder, group, told, quiet=not told)
            self.groups[group] = holder
        self.groups[group]._element.append(made._element)

    def _link(self, link: Link) -> None:
        one, other = self.picture.parts[link.tail], self.picture.parts[link.head]
        ports = link.ports
        ends = _site(self.shapes[link.tail], ports[0]), _site(self.shapes[link.head], ports[1])
        line = self.slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends[0], *ends[1])
        # The library's own calls know the sites of rectangles only.
        line._connect_begin_to(self.shapes[link.tail], _SITES[one.shape][ports[0]])
        line._connect_end_to(self.shapes[link.head], _SITES[other.shape][ports[1]])
        style = line._element.find(qn("p:style"))
        if style is not None:
            line._element.remove(style)
        line.line.width = Pt(link.weight)
        if link.dashed:
            line.line._get_or_add_ln().append(parse_xml(f'<a:prstDash val="sysDash" {nsdecls("a")}/>'))
        if link.kind == "arrow":
            line.line._get_or_add_ln().append(parse_xml(f'<a:tailEnd type="triangle" {nsdecls("a")}/>'))
        paint = solid(link.line, self.theme).replace(">", f" {nsdecls('a')}>", 1)
        line.line._get_or_add_ln().insert(0, parse_xml(paint))
        _describe(line, f"{one.name} to {other.name}", "", quiet=True)
        self._gather(line, one.group if one.group == other.group else "")


_SITES = {"box": {"n": 0, "w": 1, "s": 2, "e": 3}, "ellipse": {"n": 0, "w": 2, "s": 4, "e": 6}}
"""How PowerPoint counts the places of a shape to which lines are glued."""


def _around(area: Area) -> Area:
    """Give the ground of a title, a little larger than its place."""
    return Area(area.x - PANEL, area.y - PANEL / 2, area.width + 2 * PANEL, area.height + PANEL)


def _site(made: Pptx, port: str) -> tuple[int, int]:
    """Tell where a line ends at a side of a shape."""
    left, top, width, height = made.left, made.top, made.width, made.height
    x = {"e": left + width, "w": left}.get(port, left + width // 2)
    y = {"n": top, "s": top + height}.get(port, top + height // 2)
    return Emu(x), Emu(y)


def _surround(group: Pptx) -> None:
    """Let a group take the place of all that is in it; the library reads each place four times, slowly."""
    boxes = []
    for transform in (element.find(f"{{*}}spPr/{_TRANSFORM}") for element in group):
        if transform is not None:
            x, y = (int(transform[0].get(name)) for name in ("x", "y"))
            boxes.append((x, y, x + int(transform[1].get("cx")), y + int(transform[1].get("cy"))))
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    size = max(box[2] for box in boxes) - left, max(box[3] for box in boxes) - top
    own = group.find(f"{qn('p:grpSpPr')}/{_TRANSFORM}")
    for at in own:
        names, values = (("x", "y"), (left, top)) if at.tag.endswith(("off", "Off")) else (("cx", "cy"), size)
        for name, value in zip(names, values, strict=True):
            at.set(name, str(value))


def place(made: Pptx, area: Area) -> None:
    """Put a shape into its place."""
    made.left, made.top, made.width, made.height = Pt(area.x), Pt(area.y), Pt(area.width), Pt(area.height)


def _describe(made: Pptx, name: str, alt: str, *, quiet: bool = False) -> None:
    """Name a shape, and give its text for those who can't see it; python-pptx has no call for that.

    quiet: it tells nothing, and readers for the blind pass it over.
    """
    properties = next(made._element.iter(qn("p:cNvPr")))
    properties.set("name", name)
    if alt:
        properties.set("descr", alt)
    elif quiet and properties.find(qn("a:extLst")) is None:
        properties.append(parse_xml(DECORATIVE.replace("<a:extLst>", f"<a:extLst {nsdecls('a')}>")))
