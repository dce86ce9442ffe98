"""Bars over time as a chart of Word, with its data in a small workbook behind it, so that people can go on with it."""

from __future__ import annotations

from collections.abc import Sequence

from imsmap.brief.model import Columns, Tone
from imsmap.drawing import GREY, INK, PAPER
from imsmap.exporters.word.tables import Docx
from imsmap.packing import packed
from imsmap.plain import in_xml, legible

_EMU = 360_000
"""Of Office's units, in a centimetre."""
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAIN = "http://schemas.openxmlformats.org"
_OFFICE = f"{_MAIN}/officeDocument/2006/relationships"
_DRAWING = f"{_MAIN}/drawingml/2006"
_SHEET = f"{_MAIN}/spreadsheetml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ALL = "In all"
"""The series that shows how many there are of all tones: numbers above the bars, and nothing else."""
_ROOM = 0.07
"""Of the highest bar, what a number needs."""
_GAPS = (3, 250), (5, 120), (1000, 40)
"""Up to so many bars, what is between them in percent of one: few of them would be broad."""
_SIZE = 800
"""Of letters, in hundredths of a point."""


def add(where: Docx, part: Docx, columns: Columns, size: tuple[float, float], font: str) -> None:
    """Add a chart as a paragraph of its own; part: of the document; size: in centimetres."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    number = 1 + sum(rel.reltype == f"{_OFFICE}/chart" for rel in part.rels.values())
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _BOOK, _workbook(columns), part.package)
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, b"", part.package)
    chart._blob = _chart(columns, chart.relate_to(book, f"{_OFFICE}/package"), font).encode()
    id_ = part.relate_to(chart, f"{_OFFICE}/chart")
    wide, high = (round(length * _EMU) for length in size)
    run = where.add_paragraph().add_run()
    run._r.append(
        parse_xml(
            f'<w:drawing xmlns:w="{_MAIN}/wordprocessingml/2006/main" xmlns:wp="{_DRAWING}/wordprocessingDrawing">'
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
            f'<wp:docPr id="{1000 + number}" name="Chart {number}" descr="{_text(columns.alt)}"/>'
            f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/chart">'
            f'<c:chart xmlns:c="{_DRAWING}/chart" xmlns:r="{_OFFICE}" r:id="{id_}"/>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
    )


def _text(text: str) -> str:
    return in_xml(legible(text).replace("\n", " "))


def _series(columns: Columns) -> list[tuple[str, list[int]]]:
    tones = [(tone.word, [counts[at] for counts in columns.counts]) for at, tone in enumerate(columns.tones)]
    return [*tones, (_ALL, [sum(counts) for counts in columns.counts])]


# --- the chart -------------------------------------------------------------------------------------------------------


def _chart(columns: Columns, book: str, font: str) -> str:
    series = _series(columns)
    least = _ROOM * max(series[-1][1], default=0)
    gap = next(gap for most, gap in _GAPS if len(columns.labels) <= most)
    bars = ""
    for at, ((name, values), tone) in enumerate(zip(series, columns.tones, strict=False)):
        slivers = [place for place, value in enumerate(values) if value < least]
        bars += _one(at, name, values, columns, _look(tone), _labels(tone.ink, "ctr", slivers=slivers))
    at, (name, values) = len(columns.tones), series[-1]
    bare = '<c:spPr><a:ln><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val="none"/></c:marker>'
    line = _one(at, name, values, columns, bare, _labels(INK, "t", bold=True)) + '<c:marker val="1"/>'
    axes = '<c:axId val="1001"/><c:axId val="1002"/>'
    return (
        f'{_HEAD}<c:chartSpace xmlns:c="{_DRAWING}/chart" xmlns:a="{_DRAWING}/main" xmlns:r="{_OFFICE}">'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="col"/><c:grouping val="stacked"/><c:varyColors val="0"/>{bars}'
        f'<c:gapWidth val="{gap}"/><c:overlap val="100"/>{axes}</c:barChart>'
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{line}{axes}</c:lineChart>'
        f'<c:catAx><c:axId val="1001"/>{_axis("b", shown=True)}<c:crossAx val="1002"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="40"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="1002"/>{_axis("l", shown=False)}<c:crossAx val="1001"/><c:crosses val="autoZero"/>'
        "</c:valAx><c:spPr><a:noFill/></c:spPr></c:plotArea>"
        f'<c:legend><c:legendPos val="b"/><c:legendEntry><c:idx val="{at}"/><c:delete val="1"/></c:legendEntry>'
        f'<c:overlay val="0"/>{_letters(INK)}</c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{_SIZE}"><a:latin typeface="{in_xml(font)}"/></a:defRPr>'
        f'</a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr><c:externalData r:id="{book}">'
        '<c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _one(at: int, name: str, values: list[int], columns: Columns, look: str, labels: str) -> str:
    letter, last = chr(ord("B") + at), len(values) + 1
    points = "".join(f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>' for place, value in enumerate(values))
    days = "".join(
        f'<c:pt idx="{place}"><c:v>{_text(label)}</c:v></c:pt>' for place, label in enumerate(columns.labels)
    )
    count = f'<c:ptCount val="{len(values)}"/>'
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:strRef><c:f>Sheet1!${letter}$1</c:f><c:strCache>'
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{_text(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f"{look}{labels}<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>{count}{days}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${letter}$2:${letter}${last}</c:f><c:numCache><c:formatCode>General"
        f"</c:formatCode>{count}{points}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _look(tone: Tone) -> str:
    dash = '<a:prstDash val="sysDash"/>' if tone.dashed else ""
    line = f'<a:ln w="12700">{_solid(tone.line)}{dash}</a:ln>' if tone.line else "<a:ln><a:noFill/></a:ln>"
    return f'<c:spPr>{_solid(tone.fill or PAPER)}{line}</c:spPr><c:invertIfNegative val="0"/>'


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill>'


def _letters(colour: str, *, bold: bool = False) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{_SIZE}" b="{int(bold)}">{_solid(colour)}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )


def _labels(colour: str, place: str, *, bold: bool = False, slivers: Sequence[int] = ()) -> str:
    """Let each part bear its number, but those that have no room for it."""
    none = "".join(f'<c:dLbl><c:idx val="{at}"/><c:delete val="1"/></c:dLbl>' for at in slivers)
    hidden = "".join(f'<c:{name} val="0"/>' for name in ("showCatName", "showSerName", "showPercent", "showBubbleSize"))
    return (
        f'<c:dLbls>{none}<c:numFmt formatCode="0;;;" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
        f'{_letters(colour, bold=bold)}<c:dLblPos val="{place}"/><c:showLegendKey val="0"/><c:showVal val="1"/>{hidden}'
        "</c:dLbls>"
    )


def _axis(place: str, *, shown: bool) -> str:
    line = f"<c:spPr><a:ln>{_solid(GREY)}</a:ln></c:spPr>{_letters(INK)}" if shown else ""
    scale = '<c:scaling><c:orientation val="minMax"/></c:scaling>'
    if not shown:
        scale = '<c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
    return (
        f'{scale}<c:delete val="{int(not shown)}"/><c:axPos val="{place}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{line}'
    )


# --- its data --------------------------------------------------------------------------------------------------------


def _workbook(columns: Columns) -> bytes:
    """Write the workbook behind the chart: a row for each moment, a column for each tone."""
    series = _series(columns)
    rows = [["", *(name for name, _ in series)]]
    rows += [[label, *(str(values[at]) for _, values in series)] for at, label in enumerate(columns.labels)]
    cells = "".join(
        f'<row r="{at}">{"".join(_cell(at, place, text) for place, text in enumerate(row))}</row>'
        for at, row in enumerate(rows, 1)
    )
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_BOOK.rpartition(".")[0]}.{kind}+xml"/>'
        for name, kind in (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"))
    )
    rels = f'{_HEAD}<Relationships xmlns="{_MAIN}/package/2006/relationships"><Relationship Id="rId1" Type="{_OFFICE}/'
    return packed(
        {
            "[Content_Types].xml": (
                f'{_HEAD}<Types xmlns="{_MAIN}/package/2006/content-types"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
            ).encode(),
            "_rels/.rels": f'{rels}officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
            "xl/_rels/workbook.xml.rels": f'{rels}worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
            "xl/workbook.xml": (
                f'{_HEAD}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" '
                'r:id="rId1"/></sheets></workbook>'
            ).encode(),
            "xl/worksheets/sheet1.xml": (
                f'{_HEAD}<worksheet xmlns="{_SHEET}"><sheetData>{cells}</sheetData></worksheet>'
            ).encode(),
        }
    )  # fmt: skip


def _cell(row: int, column: int, text: str) -> str:
    place = f"{chr(ord('A') + column)}{row}"
    if row > 1 and column:
        return f'<c r="{place}"><v>{text}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{_text(text)}</t></is></c>' if text else ""
