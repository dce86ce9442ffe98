"""Word documents (.docx) for people who decide: headings, short paragraphs, lists and small tables, in real styles."""

from __future__ import annotations

import datetime
import io
from typing import Any

from imsmap import about
from imsmap.brief import Brief, Bullets, Grid, Words
from imsmap.packing import repacked
from imsmap.plain import legible_line

ABOUT = about.Format(suffix=".docx", holds=("documents",), place=40)

Docx = Any  # python-docx ships no types
FONT, SIZE = "Calibri", 10.5
_INK = "1A1A1A"
_DARK = "4D4D4D"
_PALE = "E6E6E6"


def export(brief: Brief) -> bytes:
    """Write the document on A4, each of its pages on a page of its own."""
    import docx

    document = docx.Document()
    _without_old_styles(document)
    _page(document, brief)
    _styles(document)
    document.add_paragraph(_line(brief.title), style="Title")
    document.add_paragraph(_line(brief.subtitle), style="Subtitle")
    for number, page in enumerate(brief.pages):
        for place, section in enumerate(page):
            heading = document.add_heading(_line(section.heading), level=1)
            if number and not place:
                heading.paragraph_format.page_break_before = True
            for block in section.blocks:
                _block(document, block)
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def _without_old_styles(document: Docx) -> None:
    """Drop the second list of styles, for Word 2010, that python-docx brings along: ours would differ from it."""
    rels = document.part.rels
    for id_ in [id_ for id_, rel in rels.items() if rel.reltype.endswith("/stylesWithEffects")]:
        rels.pop(id_)


def _page(document: Docx, brief: Brief) -> None:
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(1.7), Cm(1.6)
    section.header_distance = section.footer_distance = Cm(0.9)
    section.footer.paragraphs[0].text = _line(brief.foot)
    properties = document.core_properties
    properties.title, properties.subject = _line(brief.title), _line(brief.subtitle)
    properties.author = properties.last_modified_by = "imsmap"
    properties.comments = "Clause numbers, titles and our own words only: consult the standards."
    properties.language = "en-GB"
    day = datetime.datetime(brief.date.year, brief.date.month, brief.date.day)
    properties.created = properties.modified = day


def _styles(document: Docx) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    sizes = {
        "Normal": (SIZE, _INK, 0, 3, False),
        "List Bullet": (SIZE, _INK, 0, 2, False),
        "Title": (18, _DARK, 0, 2, True),
        "Subtitle": (SIZE, _DARK, 0, 4, False),
        "Heading 1": (12.5, _DARK, 7, 2, True),
        "Footer": (8, _DARK, 0, 0, False),
    }
    for name, (size, colour, before, after, bold) in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(script), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.0


def _block(document: Docx, block: Words | Bullets | Grid) -> None:
    from docx.shared import Pt

    if isinstance(block, Words):
        run = document.add_paragraph().add_run(_line(block.text))
        if block.strong:
            run.bold = True
            run.font.size = Pt(SIZE + 2)
    elif isinstance(block, Bullets):
        for item in block.items:
            document.add_paragraph(_line(item), style="List Bullet")
    else:
        _grid(document, block)


def _grid(document: Docx, grid: Grid) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=len(grid.head), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    wide = 16.6
    figures = len(grid.head) - 1
    # The first column holds words: it keeps two fifths, however many figures stand beside it.
    narrow = min(3.2, wide * 0.6 / max(1, figures))
    widths = [narrow, wide - narrow] if figures == 1 else [wide - narrow * figures, *[narrow] * figures]
    for cell, words in zip(table.rows[0].cells, grid.head, strict=True):
        cell.paragraphs[0].add_run(_line(words)).bold = True
        _shade(cell)
    _repeat(table.rows[0])
    for row in grid.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(_line(words))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].paragraph_format.space_after = 0


def _shade(cell: Docx) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", _PALE)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat(row: Docx) -> None:
    """Mark a row as the table's head, for print and for screen readers."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _line(text: str) -> str:
    """Take out what a document can't hold."""
    return legible_line(text)
