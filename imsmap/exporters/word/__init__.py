"""Word documents (.docx) for people who decide: headings, short paragraphs, lists and small tables, in real styles."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Sequence
from typing import Any

from imsmap import about
from imsmap.brief.model import (
    BOX,
    Bars,
    Beside,
    Brief,
    Bullets,
    Choices,
    Columns,
    Grid,
    Numbers,
    Section,
    Stacks,
    Strip,
    Units,
    Words,
)
from imsmap.drawing import ALERT, GREY, INK, RULE
from imsmap.drawing.logo import dots
from imsmap.drawing.look import Look
from imsmap.exporters.word import chart, tables
from imsmap.packing import repacked
from imsmap.plain import legible_line
from imsmap.wording import in_words

ABOUT = about.Format(suffix=".docx", holds=("documents",), place=40)

Docx = Any  # python-docx ships no types
SIZE = 9.5
_LOGO = 4.0, 0.9
"""Centimetres that the logo may take in the head of a page."""
_INK, _GREY, _RULE, _ALERT = INK[1:], GREY[1:], RULE[1:], ALERT[1:]
_WIDE = 16.6
"""Centimetres between the margins."""
_GAP = 0.6
_SMALL = 14
"""Rows of a table that stays on one page."""
_SIGN = 0.165
"""Centimetres that a letter of the body takes, with some room."""
_AROUND = 5
"""Points of white above the strip and below its numbers."""
_LETTERS = 0.22
"""Centimetres that a figure takes on a bar, each of its digits."""


def export(brief: Brief) -> bytes:
    """Write the document on A4, each of its pages on a page of its own."""
    import docx

    document = docx.Document()
    _without_old_styles(document)
    _page(document, brief)
    _styles(document, brief.look)
    _paragraph(document, "Subtitle", _line(brief.subtitle))
    _paragraph(document, "Title", _line(brief.title))
    for number, page in enumerate(brief.pages):
        for place, entry in enumerate(page):
            if isinstance(entry, Beside):
                _beside(document, entry)
            else:
                _section(document, entry, _WIDE, is_new_page=bool(number and not place))
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
    if brief.look.legal:
        section.footer.add_paragraph(_line(brief.look.legal), style="Footer")
    _logo(section.header, brief.look)
    properties = document.core_properties
    properties.title, properties.subject = _line(brief.title), _line(brief.subtitle)
    properties.author = properties.last_modified_by = "imsmap"
    properties.comments = "Clause numbers, titles and our own words only: consult the standards."
    properties.language = "en-GB"
    day = datetime.datetime(brief.date.year, brief.date.month, brief.date.day)
    properties.created = properties.modified = day


def _logo(header: Docx, look: Look) -> None:
    """Put the client's logo at the right of each page's head, where it takes nothing from the text."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm

    seen = dots(look.logo)
    if seen is None:
        return
    high = min(_LOGO[1], _LOGO[0] * seen.height / seen.width)
    paragraph = header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run().add_picture(io.BytesIO(seen.content), height=Cm(high))
    next(paragraph._p.iter(qn("wp:docPr"))).set("descr", look.logo_told)


def _styles(document: Docx, look: Look) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    sizes = {
        "Normal": (SIZE, _INK, 0, 2, False),
        "List Bullet": (SIZE, _INK, 0, 1, False),
        "Title": (22, _INK, 8, 6, True),
        "Subtitle": (SIZE, _GREY, 0, 0, False),
        "Heading 1": (13, _INK, 6, 2, True),
        "Heading 2": (10.5, _INK, 6, 2, True),
        "Footer": (8, _GREY, 0, 0, False),
    }
    for name in ("Title", "Subtitle"):
        _plain(document.styles[name])
    document.styles["List Bullet"].paragraph_format.left_indent = Cm(0.4)
    document.styles["List Bullet"].paragraph_format.first_line_indent = Cm(-0.4)
    for name, points in (("Gap", 3), ("Thin", 1)):
        gap = document.styles.add_style(name, 1)
        gap.font.size = Pt(points)
        gap.paragraph_format.space_after = gap.paragraph_format.space_before = Pt(0)
        gap.paragraph_format.line_spacing = Pt(points)
    for name, (size, colour, before, after, bold) in sizes.items():
        style = document.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.name = look.titles if name == "Title" else look.body
        style.font.color.rgb = RGBColor.from_string(colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(script), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.0


def _plain(style: Docx) -> None:
    """Take away the line below the template's titles, and their wide letters."""
    from docx.oxml.ns import qn

    for name in ("w:pPr/w:pBdr", "w:rPr/w:spacing", "w:rPr/w:kern"):
        parent, child = name.split("/")
        for found in style.element.findall(f"{qn(parent)}/{qn(child)}"):
            found.getparent().remove(found)


def _paragraph(where: Docx, style: str, text: str = "") -> Docx:
    """Add a paragraph in a style that is not the default one, which python-docx would look for each time."""
    paragraph = where.add_paragraph(text)
    paragraph._p.style = where.part.styles[style].style_id
    return paragraph


def _section(where: Docx, section: Section, wide: float, *, is_new_page: bool = False) -> None:
    if section.heading:
        heading = _paragraph(where, f"Heading {section.depth}", _line(section.heading))
        if is_new_page:
            heading.paragraph_format.page_break_before = True
    for block in section.blocks:
        _WRITERS[type(block)](where, block, wide)


def _beside(document: Docx, beside: Beside) -> None:
    """Set sections side by side, in a table that only places them."""
    wide = (_WIDE - _GAP * (len(beside.sections) - 1)) / len(beside.sections)
    widths = [wide, *[part for _ in beside.sections[1:] for part in (_GAP, wide)]]
    (row,) = tables.bare(document, 1, widths)
    for cell, section in zip(row[::2], beside.sections, strict=True):
        _section(cell, section, wide)
        first = cell.paragraphs[0]
        first._p.getparent().remove(first._p)
        _paragraph(cell, "Gap")
    _paragraph(document, "Gap")


def _words(where: Docx, block: Words, _wide: float) -> None:
    from docx.shared import Pt

    paragraph = where.add_paragraph()
    run = paragraph.add_run(_line(block.text))
    if block.strong:
        paragraph.paragraph_format.keep_with_next = True  # it says what stands below it
        run.bold = True
        run.font.size = Pt(SIZE + 2)


def _bullets(where: Docx, block: Bullets, _wide: float) -> None:
    for item in block.items:
        _paragraph(where, "List Bullet", _line(item))


def _grid(where: Docx, grid: Grid, wide: float) -> None:
    if grid.widths:
        _table(where, grid, wide)
        return
    figures = len(grid.head) - 1
    # The first column holds words: it keeps two fifths, however many figures stand beside it.
    narrow = min(3.2, wide * 0.6 / max(1, figures))
    widths = [narrow, wide - narrow] if figures == 1 else [wide - narrow * figures, *[narrow] * figures]
    rows = tables.bare(where, len(grid.rows) + 1, widths)
    for cells, words in zip(rows, (grid.head, *grid.rows), strict=True):
        for cell, text in zip(cells, words, strict=True):
            tables.said(cell, _line(text), bold=cells is rows[0])
            tables.edged(cell, {"bottom": (8, _INK) if cells is rows[0] else (6, _RULE)})
        tables.kept(cells)
    if len(rows) <= _SMALL:
        tables.together(rows)
    tables.repeated(rows[0])
    _paragraph(where, "Gap")


def _table(where: Docx, grid: Grid, wide: float) -> None:
    """Set a table whose columns have their widths; the day of a row that is late stands out."""
    from docx.shared import Cm

    whole = sum(grid.widths)
    widths = [wide * share / whole for share in grid.widths]
    rows = tables.bare(where, len(grid.rows) + 1, widths)
    for cell, text in zip(rows[0], grid.head, strict=True):
        tables.said(cell, _line(text), size=8.5, ink=_GREY)
        tables.edged(cell, {"bottom": (8, _INK)})
    tables.repeated(rows[0])
    for at, (cells, words) in enumerate(zip(rows[1:], grid.rows, strict=True)):
        late = at in grid.alert
        for place, (cell, text) in enumerate(zip(cells, words, strict=True)):
            dated = late and grid.head[place] == "Due"
            tables.said(cell, _line(text), size=9, bold=dated, ink=_ALERT if dated else "")
            tables.edged(cell, {"bottom": (6, _RULE)})
            cell.paragraphs[0].paragraph_format.right_indent = Cm(0.2)
        tables.kept(cells)
    _paragraph(where, "Gap")


def _numbers(where: Docx, numbers: Numbers, wide: float) -> None:
    """Set the figures beside each other, large, with what each is out of."""
    _paragraph(where, "Gap")
    rows = tables.bare(where, 2, [wide / len(numbers.items)] * len(numbers.items))
    for place, one in enumerate(numbers.items):
        ink = _ALERT if one.alarms else ""
        tables.said(rows[0][place], str(one.n), size=26, bold=True, ink=ink)
        tables.said(rows[0][place], f"\u00a0of {one.m}", size=12, ink=_GREY)
        tables.said(rows[1][place], _line(one.label))
    _paragraph(where, "Gap")


def _stacks(where: Docx, stacks: Stacks, wide: float) -> None:
    """Set a bar below the other, to one scale, and behind each of how many how many are filled."""
    label, letter, figure = wide * 0.3, 0.75, 2.3
    scale = (wide - label - letter - figure) / max(1, stacks.most)
    for name, bars in stacks.rows:
        for at, bar in enumerate(bars):
            parts = [(tone, count) for tone, count in zip(stacks.tones, bar.counts, strict=True) if count]
            widths = [label, letter, *(max(0.05, count * scale) for _, count in parts)]
            widths.append(wide - sum(widths))
            ((head, mark, *cells, said),) = tables.bare(where, 1, widths)
            tables.exactly(head, 0.42)
            tables.said(head, _line(name) if at == 0 else "", size=8.5)
            if bar.look is not None:
                tables.said(mark, _line(bar.letter), size=8.5, bold=True, ink=bar.look.line[1:])
            for cell, (tone, count) in zip(cells, parts, strict=True):
                tables.toned(cell, tone, str(count) if count * scale > _LETTERS * len(str(count)) else "")
            count = bar.counts[stacks.counted]
            tables.said(said, f"\u00a0\u00a0{count} of {bar.total}", size=8.5)
            _paragraph(where, "Thin")
        _paragraph(where, "Thin")
    shown = stacks.shown
    widths = [piece for tone in shown for piece in (0.45, 0.4 + 0.17 * len(tone.word))]
    ((*cells,),) = tables.bare(where, 1, [label + letter, *widths])
    counted = stacks.tones[stacks.counted].word.lower()
    tables.said(cells[0], f"Behind each bar: {counted}", size=8, ink=_GREY)
    for at, tone in enumerate(shown):
        tables.toned(cells[1 + 2 * at], tone, "")
        tables.said(cells[2 + 2 * at], f"\u00a0{tone.word}", size=8, ink=_GREY)
    _paragraph(where, "Gap")


def _columns(where: Docx, columns: Columns, wide: float) -> None:
    chart.add(where, where.part, columns, (wide, 6.2), where.styles["Normal"].font.name)


def _strip(where: Docx, strip: Strip, wide: float) -> None:
    """Set a unit for each topic, to scale, and the numbers with their words below."""
    from docx.shared import Pt

    _paragraph(where, "Gap").paragraph_format.space_before = Pt(_AROUND)
    total = max(1, strip.total)
    told = [(f"{word}, of {total}", str(count)) for count, word in strip.numbers]
    units = tables.bare(where, 2, [wide / total] * total)
    tables.painted(units, strip.runs, height=0.5)
    widths = _beneath([count / total * wide for count, _ in strip.numbers], [_SIGN * len(word) for word, _ in told])
    numbers = tables.bare(where, 2, widths)
    for place, (word, count) in enumerate(told):
        tables.said(numbers[0][place], count, size=26, bold=True)
        tables.said(numbers[1][place], word)
    _paragraph(where, "Gap").paragraph_format.space_after = Pt(_AROUND)


def _beneath(parts: Sequence[float], least: Sequence[float]) -> list[float]:
    """Let each number begin under its part: the widest gives what others need for their words beyond their own."""
    widths = [max(part, need) for part, need in zip(parts, least, strict=True)]
    widest = widths.index(max(widths))
    widths[widest] -= sum(widths) - sum(parts)
    # Where all words together are too wide, all columns are alike.
    return widths if widths[widest] >= least[widest] else [sum(parts) / len(parts)] * len(parts)


def _units(where: Docx, units: Units, wide: float) -> None:
    most = max((sum(run.count for run in runs) for _, runs in units.rows), default=1)
    label = wide * 0.5
    step = min(0.45, (wide - label) / max(1, most))
    for name, runs in units.rows:
        count = sum(run.count for run in runs)
        # Two rows: what is related stands in both, one strand for each standard.
        rows = tables.bare(where, 2, [label, *[step] * count])
        tables.said(tables.one(rows[0][0], rows[1][0]), _line(name), size=8.5)
        tables.painted([row[1:] for row in rows], runs, height=0.22)
        _paragraph(where, "Gap")


def _bars(where: Docx, bars: Bars, wide: float) -> None:
    for part in bars.parts:
        share = part.n / part.m if part.m else 0.0
        tables.said(where.add_paragraph(), _line(f"{part.label}: {part.n} of {part.m} clauses have a counterpart"))
        widths = [max(0.02, wide * share), max(0.02, wide * (1 - share))]
        ((full, rest),) = tables.bare(where, 1, widths)
        tables.filled(full, part.look.dark)
        for cell in (full, rest):
            tables.edged(cell, dict.fromkeys(("top", "bottom", "left", "right"), (8, part.look.dark[1:])))
            tables.said(cell, "", size=8)
        _paragraph(where, "Gap")


def _choices(where: Docx, choices: Choices, wide: float) -> None:
    from docx.shared import Cm

    widths = [0.9, wide - 6.0, 3.1, 1.0, 1.0]
    rows = tables.bare(where, len(choices.items) + 1, widths)
    for cell, word in zip(rows[0], ("", "", "by", "yes", "no"), strict=True):
        tables.said(cell, word, ink=_GREY)
        tables.edged(cell, {"bottom": (8, _INK)})
    tables.repeated(rows[0])
    for number, (row, choice) in enumerate(zip(rows[1:], choices.items, strict=True), 1):
        tables.said(row[0], str(number), size=16, bold=True)
        tables.said(row[1], _line(choice.what), bold=True)
        tables.said(row[1].add_paragraph(), _line(choice.why), ink=_GREY)
        tables.said(row[2], in_words(choice.by) if choice.by else "____________")
        for cell in row[3:]:
            tables.said(cell, BOX, size=14)
        for paragraph in row[1].paragraphs:
            paragraph.paragraph_format.right_indent = Cm(0.3)
        for cell in row:
            tables.edged(cell, {"bottom": (6, _RULE)})
        tables.kept(row)
    _paragraph(where, "Gap")


_WRITERS: dict[type, Callable[[Docx, Any, float], None]] = {
    Words: _words, Bullets: _bullets, Grid: _grid, Strip: _strip, Units: _units, Bars: _bars, Choices: _choices,
    Numbers: _numbers, Stacks: _stacks, Columns: _columns,
}  # fmt: skip


def _line(text: str) -> str:
    """Take out what a document can't hold; words that a no-break blank holds together stay so."""
    return "\u00a0".join(legible_line(part) if part.strip() else "" for part in text.split("\u00a0"))
