"""A table of a picture as a table of PowerPoint, to be sorted, widened and copied like any other."""

from __future__ import annotations

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from imsmap.drawing import PAPER, Part, Picture, Table
from imsmap.exporters.powerpoint.shapes import fill, paragraphs, solid
from imsmap.exporters.powerpoint.theme import Pptx, Theme

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's "No Style, No Grid"."""
_GAP = 1.5
"""Points of ground between filled cells; a border belongs to two cells, so it is written on both."""
_ROW_GAP = 3.0
"""Between filled cells and the row above or below, where the rule between rows gives way to the ground."""
_KEPT = 6.0
"""Between the words of a cell and the next column, at least, where the picture leaves as much."""
_ANCHOR = {"t": "t", "m": "ctr", "b": "b"}
_SIDES = {"lnL": (0, -1), "lnR": (0, 1), "lnT": (-1, 0), "lnB": (1, 0)}


def add_table(slide: Pptx, picture: Picture, name: str, theme: Theme) -> Pptx:
    """Write a table with its cells, borders and head row; returns its frame."""
    table = picture.tables[name]
    area = table.area
    frame = slide.shapes.add_table(
        len(table.heights), len(table.widths), Pt(area.x), Pt(area.y), Pt(sum(table.widths)), Pt(sum(table.heights))
    )
    made = frame.table
    properties = frame._element.graphic.graphicData.tbl.tblPr
    properties.attrib.clear()
    if table.heads:
        properties.set("firstRow", "1")
    properties.find(qn("a:tableStyleId")).text = _NO_STYLE
    for column, width in zip(made.columns, table.widths, strict=True):
        column.width = Pt(width)
    for row, height in zip(made.rows, table.heights, strict=True):
        row.height = Pt(height)
    parts = {at: picture.parts[node] for at, node in table.cells.items()}
    for at, part in parts.items():
        across = _across(at, part, parts, table)
        if across > 1:
            made.cell(*at).merge(made.cell(at[0], at[1] + across - 1))
    for row in range(len(table.heights)):
        for column in range(len(table.widths)):
            _cell(made.cell(row, column), (row, column), parts, table, theme)
    return frame


def _across(at: tuple[int, int], part: Part, parts: dict[tuple[int, int], Part], table: Table) -> int:
    """Say over how many columns a part goes: its own, and empty ones that its words need."""
    row, column = at
    found = 1
    left = table.area.x + sum(table.widths[:column])
    while (
        part.area.right > left + sum(table.widths[column : column + found]) + 0.5
        and column + found < len(table.widths)
        and (row, column + found) not in parts
    ):
        found += 1
    return found


def _cell(cell: Pptx, at: tuple[int, int], parts: dict[tuple[int, int], Part], table: Table, theme: Theme) -> None:
    part = parts.get(at)
    tc = cell._tc
    for old in list(tc):
        tc.remove(old)
    told = paragraphs(part, theme) if part else '<a:p><a:endParaRPr sz="800"/></a:p>'
    tc.append(parse_xml(f"<a:txBody {nsdecls('a')}><a:bodyPr/><a:lstStyle/>{told}</a:txBody>"))
    left = right = 0
    if part and part.align != "c":
        # Room beside the words, for a mark for instance, is kept.
        begins = table.area.x + sum(table.widths[: at[1]])
        ends = begins + sum(table.widths[at[1] : at[1] + _across(at, part, parts, table)])
        left = Pt(part.pad + max(0.0, part.area.x - begins))
        beside = max(0.0, ends - part.area.right)
        # What is set from the left has some of that room, as other programs' letters are wider, and keeps the rest.
        right = Pt(part.pad + (beside if part.align == "r" else min(_KEPT, beside)))
    top = 0
    if part and part.anchor == "t":
        top = Pt(max(0.0, part.area.y - table.area.y - sum(table.heights[: at[0]])))
    anchor = _ANCHOR[part.anchor] if part else "ctr"
    inner = _borders(at, parts, table, theme) + (fill(part, theme) if part else "<a:noFill/>")
    tc.append(
        parse_xml(
            f'<a:tcPr {nsdecls("a")} marL="{left}" marR="{right}" marT="{top}" marB="0" anchor="{anchor}">{inner}'
            "</a:tcPr>"
        )
    )


def _borders(at: tuple[int, int], parts: dict[tuple[int, int], Part], table: Table, theme: Theme) -> str:
    told = ""
    row, column = at
    for side, (down, across) in _SIDES.items():
        other = (row + down, column + across)
        edges = [parts[one] for one in (at, other) if one in parts and parts[one].line]
        filled = any(one in parts and (parts[one].fill or parts[one].hatched) for one in (at, other))
        above = {"lnT": row - 1, "lnB": row}.get(side, -9)
        rule = table.rules.get(above)
        inner = table.heads <= above < len(table.heights) - 1
        if edges:
            dash = '<a:prstDash val="sysDash"/>' if edges[0].dashed else ""
            told += f'<a:{side} w="{Pt(edges[0].weight)}">{solid(edges[0].line, theme)}{dash}</a:{side}>'
        elif filled and rule and inner:
            told += f'<a:{side} w="{Pt(_ROW_GAP)}">{solid(PAPER, theme)}</a:{side}>'
        elif rule:
            told += f'<a:{side} w="{Pt(rule[0])}">{solid(rule[1], theme)}</a:{side}>'
        elif filled:
            told += f'<a:{side} w="{Pt(_GAP)}">{solid(PAPER, theme)}</a:{side}>'
        else:
            told += f'<a:{side} w="0"><a:noFill/></a:{side}>'
    return told
