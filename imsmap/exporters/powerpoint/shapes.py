"""What stands on a slide, as PowerPoint writes it: shapes with their text, freeforms, lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from imsmap.drawing import HANG, Area, Part, Run, width_of
from imsmap.drawing.outline import outline_of
from imsmap.drawing.sheet import Step
from imsmap.drawing.text import LEADING
from imsmap.exporters.powerpoint.theme import Theme
from imsmap.plain import in_xml

_ALIGN = {"l": "l", "c": "ctr", "r": "r"}
_ANCHOR = {"t": "t", "m": "ctr", "b": "b"}
_KINDS = {"ellipse": "ellipse", "triangle": "triangle", "line": "line"}
_NATURAL = 1.149
"""The height of a line of Arial, in sizes of its type; spacing is told in percent of it."""
SPACING = round(LEADING / _NATURAL * 100000)
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
"""Says that a shape tells nothing, so that readers for the blind pass it over."""


def shape(part: Part, number: int, theme: Theme, behind: Sequence[tuple[str, float]] = ()) -> str:
    """Write a shape with its text, as PowerPoint itself would: through the library's calls it takes four times as long.

    behind: the fills that lie under it, each with its opacity.
    """
    area = part.area if part.line is None or part.shape not in ("box", "ellipse") else part.area.shrunk(part.weight / 2)
    alt = f' descr="{in_xml(part.alt)}"' if part.alt else ""
    quiet = DECORATIVE if part.quiet or (not part.lines and not part.alt and part.role in ("mark", "signature")) else ""
    text_box = ' txBox="1"' if not part.fill and not part.line and part.lines else ""
    flip = ' flipV="1"' if part.rising else ""
    name = f'<p:cNvPr id="{number}" name="{in_xml(part.name)}"{alt}'
    return (
        f"<p:sp {nsdecls('a', 'p')}>"
        f"<p:nvSpPr>{name}>{quiet}</p:cNvPr><p:cNvSpPr{text_box}/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{frame(area, flip)}{_geometry(part, area)}{fill(part, theme)}{edge(part, theme)}</p:spPr>"
        f"{body(part, theme, behind)}</p:sp>"
    )


def around(areas: Iterable[Area]) -> Area:
    """Give the area that holds all of some."""
    found = list(areas)
    left, top = min(one.x for one in found), min(one.y for one in found)
    return Area(left, top, max(one.right for one in found) - left, max(one.bottom for one in found) - top)


def frame(area: Area, how: str = "") -> str:
    """Write where a shape stands."""
    return (
        f'<a:xfrm{how}><a:off x="{Pt(area.x)}" y="{Pt(area.y)}"/>'
        f'<a:ext cx="{Pt(area.width)}" cy="{Pt(area.height)}"/></a:xfrm>'
    )


def _geometry(part: Part, area: Area) -> str:
    if part.shape in ("path", "half"):
        return freeform(outline_of(part), area)
    return f'<a:prstGeom prst="{_KINDS.get(part.shape, "rect")}"><a:avLst/></a:prstGeom>'


def freeform(steps: Iterable[Step], area: Area) -> str:
    """Write an outline as a shape of its own."""

    def points(step: Step) -> str:
        pairs = zip(step[::2], step[1::2], strict=True)
        return "".join(f'<a:pt x="{Pt(x - area.x)}" y="{Pt(y - area.y)}"/>' for x, y in pairs)

    first, *rest = steps
    told = "".join(
        f"<a:cubicBezTo>{points(step)}</a:cubicBezTo>" if len(step) > 2 else f"<a:lnTo>{points(step)}</a:lnTo>"
        for step in rest
    )
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{Pt(area.width)}" h="{Pt(area.height)}"><a:moveTo>{points(first)}</a:moveTo>{told}<a:close/>'
        "</a:path></a:pathLst></a:custGeom>"
    )


def solid(colour: str | None, theme: Theme, opacity: float = 1.0) -> str:
    """Write a fill; of the theme if the colour is in it."""
    if colour is None:
        return "<a:noFill/>"
    return f"<a:solidFill>{theme.paint(colour, opacity)}</a:solidFill>"


def fill(part: Part, theme: Theme) -> str:
    """Write how a shape is filled: plain, fading into another colour, or hatched."""
    if part.hatched:
        front, back = theme.paint(part.ink), theme.paint(part.fill or "#FFFFFF")
        return f'<a:pattFill prst="wdUpDiag"><a:fgClr>{front}</a:fgClr><a:bgClr>{back}</a:bgClr></a:pattFill>'
    if part.fades and part.fill:
        stops = "".join(
            f'<a:gs pos="{at}">{theme.paint(colour)}</a:gs>' for at, colour in ((0, part.fill), (100000, part.fades))
        )
        return f'<a:gradFill rotWithShape="1"><a:gsLst>{stops}</a:gsLst><a:lin ang="0" scaled="0"/></a:gradFill>'
    return solid(part.fill, theme, part.opacity)


def edge(part: Part, theme: Theme) -> str:
    """Write the edge of a shape."""
    if part.line is None:
        return "<a:ln><a:noFill/></a:ln>"
    dash = '<a:prstDash val="sysDash"/>' if part.dashed else ""
    return f'<a:ln w="{Pt(part.weight)}">{solid(part.line, theme)}{dash}</a:ln>'


def body(part: Part, theme: Theme, behind: Sequence[tuple[str, float]] = (), tag: str = "p:txBody") -> str:
    """Write the text of a shape: paragraphs, and not lines, so that they flow anew in a client's font."""
    side = Pt(part.pad)
    # What stands on one line, such as a letter or a legend, is never broken, whatever the font.
    wrap = "none" if len(part.lines) < 2 else "square"
    return (
        f'<{tag}><a:bodyPr wrap="{wrap}" lIns="{side}" tIns="0" rIns="{side}" bIns="0" anchor="{_ANCHOR[part.anchor]}">'
        f"<a:noAutofit/></a:bodyPr><a:lstStyle/>{paragraphs(part, theme, behind)}</{tag}>"
    )


def paragraphs(part: Part, theme: Theme, behind: Sequence[tuple[str, float]] = ()) -> str:
    """Write paragraphs with their runs."""
    ground = theme.behind([*behind, *([(part.fill, part.opacity)] if part.fill else [])])
    indent = Pt(width_of(HANG, part.size)) if part.hang else 0
    hang = f' marL="{indent}" indent="{-indent}"' if indent else ""
    several = len(part.lines) > 1
    spacing = f'<a:lnSpc><a:spcPct val="{SPACING}"/></a:lnSpc>' if several else ""
    found = []
    for runs in part.told:
        if not any(run.text for run in runs):
            continue
        told = "".join(_run(run, part, theme, ground) for run in runs)
        how = f'<a:pPr algn="{_ALIGN[part.align]}"{hang}>{spacing}</a:pPr>'
        found.append(f"<a:p>{how}{told}</a:p>")
    return "".join(found) or "<a:p/>"


def title_paragraph(part: Part, *, bold: bool, broken: bool, ink: str = "", size: float = 0) -> str:
    """Write a title without size, colour and place, which its layout gives.

    bold: the layout's titles are bold, so nothing is told apart by weight. broken: lines end where ours do. ink: a fill
    instead of the layout's colour, where that can't be read. size: where no layout gives one.
    """
    told = ""
    for runs in part.told:
        for run in runs:
            look = f' sz="{round(size * 100)}"' if size else ""
            look += ' b="1"' if run.bold and not bold else ""
            words = run.text if broken else run.text.replace("\n", " ")
            for at, piece in enumerate(words.split("\n")):
                told += "<a:br/>" if at else ""
                told += f'<a:r><a:rPr lang="en-GB"{look}>{ink}</a:rPr><a:t>{in_xml(piece)}</a:t></a:r>' if piece else ""
    return f"<a:p>{told}</a:p>"


def _run(run: Run, part: Part, theme: Theme, ground: str) -> str:
    bold = run.bold or (part.bold and not part.runs)
    look = f' sz="{round(part.size * 100)}" b="{int(bold)}"'
    inner = solid(theme.ink(run.ink or part.ink, ground), theme) + '<a:latin typeface="+mn-lt"/>'
    pieces = []
    for at, words in enumerate(run.text.split("\n")):
        if at:
            pieces.append("<a:br/>")
        if words:
            pieces.append(f"<a:r><a:rPr{look}>{inner}</a:rPr><a:t>{in_xml(words)}</a:t></a:r>")
    return "".join(pieces)
