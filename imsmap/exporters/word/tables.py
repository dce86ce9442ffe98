"""Tables of a Word document, also those that are small pictures: cells as units, filled by class and owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from imsmap.brief.model import Run, Tone
from imsmap.drawing import CORE, GREY

Docx = Any  # python-docx ships no types
Rows = list[list[Docx]]
_LETTERED = 0.3
"""Centimetres of half a unit, from which it has room for a letter."""
_STRANDS = 2
"""So many strands two rows of cells have."""
_SIDES = ("top", "left", "bottom", "right")


def bare(where: Docx, count: int, widths: Sequence[float]) -> Rows:
    """Add a table without lines, its columns as wide as told, in centimetres; give its cells by row."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    if hasattr(where, "sections"):
        table = where.add_table(rows=count, cols=len(widths))
    else:
        table = where.add_table(count, len(widths))
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in _SIDES:
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    properties.insert(len(properties) if look is None else properties.index(look), margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    rows = [list(row.cells) for row in table.rows]
    for row in rows:
        for cell, width in zip(row, widths, strict=True):
            cell.width = Cm(width)
    return rows


def said(cell: Docx, text: str, *, size: float = 0, bold: bool = False, ink: str = "") -> None:
    """Write words into a cell or a paragraph, without space below them."""
    from docx.shared import Pt, RGBColor

    paragraph = cell.paragraphs[0] if hasattr(cell, "paragraphs") else cell
    run = paragraph.add_run(text)
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    if ink:
        run.font.color.rgb = RGBColor.from_string(ink)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1 if text else 0)


def filled(cell: Docx, colour: str) -> None:
    """Fill a cell."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour[1:])):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def edged(cell: Docx, edges: Mapping[str, tuple[int, str]], *, dashed: bool = False) -> None:
    """Draw edges of a cell: by side, in eighths of a point, and the colour."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    found = OxmlElement("w:tcBorders")
    for side in _SIDES:
        if side in edges:
            size, colour = edges[side]
            edge = OxmlElement(f"w:{side}")
            for name, value in (
                ("val", "dashed" if dashed else "single"),
                ("sz", str(size)),
                ("space", "0"),
                ("color", colour),
            ):
                edge.set(qn(f"w:{name}"), value)
            found.append(edge)
    properties = cell._tc.get_or_add_tcPr()
    shade = properties.find(qn("w:shd"))
    properties.insert(len(properties) if shade is None else properties.index(shade), found)


def toned(cell: Docx, tone: Tone, text: str) -> None:
    """Fill a cell as a part of a bar, with its figure if it has room; one that is open has its edge."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    filled(cell, tone.fill)
    if tone.line:
        edged(cell, dict.fromkeys(_SIDES, (6, tone.line[1:])))
    said(cell, text, size=8, ink=tone.ink[1:])
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    cell.paragraphs[0].paragraph_format.space_before = cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def kept(row: list[Docx]) -> None:
    """Keep a row on one page."""
    from docx.oxml import OxmlElement

    row[0]._tc.getparent().get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def together(rows: Rows) -> None:
    """Keep the rows of a small table on one page."""
    for row in rows[:-1]:
        for cell in row:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def exactly(cell: Docx, centimetres: float) -> None:
    """Make the row of a cell exactly so high."""
    from docx.shared import Cm

    _high(cell, Cm(centimetres).pt)


def repeated(row: list[Docx]) -> None:
    """Mark a row as the table's head, for print and for screen readers."""
    from docx.oxml import OxmlElement

    row[0]._tc.getparent().get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def one(upper: Docx, lower: Docx) -> Docx:
    """Make a cell and the empty one below it one: `merge` counts the columns before them time and again."""
    upper._tc.vMerge, lower._tc.vMerge = "restart", "continue"
    return upper


def painted(rows: Rows, runs: Sequence[Run], height: float) -> None:
    """Paint two rows of cells as units: solid for the core, a strand for each of two standards, open for what is alone.

    What is related across more standards has the core's tint, as on slides; what nobody has looked at is dashed.
    """
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    for row in rows:
        _high(row[0], Cm(height).pt)
        for cell in row:
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
            cell.paragraphs[0].paragraph_format.line_spacing = Pt(2)
    units = [run for run in runs for _ in range(run.count)]
    gap = (12, "FFFFFF")
    for upper, lower, run in zip(*rows, units, strict=True):
        looks = run.looks or (CORE,)
        if run.kind == "related" and len(looks) > _STRANDS:
            looks = (CORE,)
        if run.kind in ("core", "related"):
            strands = [looks[min(at, len(looks) - 1)] for at in (0, 1)]
            for cell, look, seam in ((upper, strands[0], "bottom"), (lower, strands[1], "top")):
                filled(cell, CORE.dark if run.kind == "core" else look.tint)
                sides = {"left": gap, "right": gap, **({seam: gap} if len(looks) > 1 and run.kind == "related" else {})}
                edged(cell, sides)
            continue
        line = (8, (GREY if run.kind == "unknown" else looks[0].line)[1:])
        for cell, side in ((upper, "top"), (lower, "bottom")):
            edged(cell, {"left": line, "right": line, side: line}, dashed=run.kind == "unknown")
        whole = one(upper, lower)
        if height > _LETTERED and run.letter:
            whole.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            said(whole, run.letter, size=7, bold=True, ink=line[1])
            whole.paragraphs[0].paragraph_format.line_spacing = 1.0
            whole.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _high(cell: Docx, points: float) -> None:
    """Make the row of a cell exactly so high."""
    from docx.oxml.ns import qn

    height = cell._tc.getparent().get_or_add_trPr().get_or_add_trHeight()
    height.set(qn("w:val"), str(round(points * 20)))
    height.set(qn("w:hRule"), "exact")
