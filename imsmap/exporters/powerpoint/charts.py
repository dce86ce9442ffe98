"""Bars of a picture as a chart of PowerPoint, with its data in a small workbook behind it."""

from __future__ import annotations

import re

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from imsmap.drawing import Picture, Series
from imsmap.exporters.powerpoint.shapes import solid
from imsmap.exporters.powerpoint.theme import Pptx, Theme
from imsmap.packing import part_of, repacked

_FONT = '<a:latin typeface="+mn-lt"/>'


def add_chart(slide: Pptx, picture: Picture, name: str, theme: Theme) -> Pptx:
    """Write a chart of stacked bars without axes and legend, its colours those of the theme; returns its frame."""
    bars = picture.charts[name]
    data = CategoryChartData(number_format="General")
    data.categories = list(bars.categories)
    for series in bars.series:
        # An edge around nothing would be seen as a line.
        data.add_series(series.name, [value or None if series.line else value for value in series.values])
    area = bars.area
    kind = XL_CHART_TYPE.COLUMN_STACKED if bars.upright else XL_CHART_TYPE.BAR_STACKED
    frame = slide.shapes.add_chart(kind, Pt(area.x), Pt(area.y), Pt(area.width), Pt(area.height), data)
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = bars.gap, 100
    axis = chart.category_axis
    axis.reverse_order = not bars.upright
    axis.format.line.fill.background()
    axis.has_major_gridlines = False
    axis.visible = bool(bars.labels)
    if bars.labels:
        axis.tick_labels.font.size = Pt(bars.size)
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    values = chart.value_axis
    values.visible = values.has_major_gridlines = False
    values.minimum_scale, values.maximum_scale = 0, bars.most
    for made, series in zip(plot.series, bars.series, strict=True):
        _paint(made, series, theme, bars.size)
    _place(chart, bars.labels / area.width if area.width else 0.0)
    _number_axes(chart)
    _undated(chart)
    return frame


def _number_axes(chart: Pptx) -> None:
    """Give the axes ids that the format allows: python-pptx writes negative ones.

    LibreOffice loses axes whose ids need more than 31 bits: rows turn round and their names vanish.
    """
    for element in chart._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):
        element.set("val", str(abs(int(element.get("val")))))


def _undated(chart: Pptx) -> None:
    """Take the moment of its writing out of the workbook behind a chart, so that equal charts are equal files."""
    part = chart.part.chart_workbook.xlsx_part
    core = "docProps/core.xml"
    told = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", part_of(part.blob, core))
    part._blob = repacked(part.blob, {core: told})


def _paint(made: Pptx, series: Series, theme: Theme, size: float) -> None:
    properties = made._element.get_or_add_spPr()
    for old in list(properties):
        properties.remove(old)
    dash = '<a:prstDash val="sysDash"/>' if series.dashed else ""
    line = (
        f'<a:ln w="{Pt(1.25)}">{solid(series.line, theme)}{dash}</a:ln>' if series.line else "<a:ln><a:noFill/></a:ln>"
    )
    for told in (solid(series.fill, theme), line):
        properties.append(parse_xml(told.replace(">", f" {nsdecls('a')}>", 1) if told[-2:] != "/>" or "</" in told
                                    else told.replace("/>", f" {nsdecls('a')}/>", 1)))  # fmt: skip
    if series.labelled:
        labels = made.data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = "0;;;", False
        labels.font.size, labels.font.bold = Pt(min(size, 12.0)), True
        run = labels._element.find(qn("c:txPr")).find(f".//{qn('a:defRPr')}")
        ink = theme.ink(series.ink, theme.behind([(series.fill, 1.0)] if series.fill else []))
        run.insert(0, parse_xml(solid(ink, theme).replace(">", f" {nsdecls('a')}>", 1)))


def _place(chart: Pptx, labels: float) -> None:
    """Let the bars take the whole frame but for their labels, so that they lie where the picture has them."""
    plot = chart._chartSpace.chart.plotArea
    old = plot.find(qn("c:layout"))
    if old is not None:
        plot.remove(old)
    numbers = "".join(
        f'<c:{key} val="{value:.5f}"/>' for key, value in (("x", labels), ("y", 0.0), ("w", 1 - labels), ("h", 1.0))
    )
    plot.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/>{numbers}</c:manualLayout></c:layout>'
        ),
    )
