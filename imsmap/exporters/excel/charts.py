"""The charts of the Dashboard: stacked bars whose parts differ in tone and hatching, not in colour alone."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from xlsxwriter.chart import Chart

from imsmap.exporters.excel.book import Book
from imsmap.register import schema

_INK, _GREY, _WHITE, _LINE = "#1A1A1A", "#595959", "#FFFFFF", "#7F7F7F"
_SMALL = 9
_BAR = 17
"""Pixels that a bar needs with its label."""
_AROUND = 95
"""Pixels for title and legend."""


@frozen
class Look:
    """How one part of the bars looks: its fill, the hatching over it, and the ink of its figure."""

    fill: str
    ink: str = _INK
    hatch: str = ""


STATUS = {
    schema.CONFORMING: Look("#5B9A54", _INK),
    schema.PARTIAL: Look("#FFE08A", _INK, "wide_upward_diagonal"),
    schema.NOT_CONFORMING: Look("#B3261E", _WHITE),
    schema.NOT_APPLICABLE: Look("#D9D9D9", _INK),
    schema.NOT_ASSESSED: Look("#FFFFFF", _GREY),
}
CLASS = {
    "same": Look("#404040", _WHITE),
    "extended": Look("#8C8C8C", _INK),
    "related": Look("#D9D9D9", _INK),
    "touches": Look("#F2F2F2", _INK, "dotted_grid"),
    "none": Look("#FFFFFF", _INK, "wide_downward_diagonal"),
    "not assessed": Look("#FFFFFF", _GREY),
}


@frozen
class Block:
    """Where the numbers of a chart stand on their sheet, counted from 0: heads above, labels before."""

    head: int
    first: int
    last: int
    label: int
    column: int
    words: tuple[str, ...]


def height(bars: int) -> int:
    """Give the pixels that so many bars need."""
    return max(240, _AROUND + _BAR * bars)


def stacked(book: Book, kind: str, title: str, block: Block, looks: Sequence[Look], size: tuple[int, int]) -> Chart:
    """Draw lying bars, a part for each column of the block; every part that is not empty bears its figure."""
    sheet, font = book.names[kind], {"name": book.settings.brand.body, "size": _SMALL, "color": _INK}
    chart = book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for place, look in enumerate(looks):
        column = block.column + place
        series: dict[str, object] = {
            "name": [sheet, block.head, column],
            "categories": [sheet, block.first, block.label, block.last, block.label],
            "values": [sheet, block.first, column, block.last, column],
            "border": {"color": _LINE, "width": 0.75},
            "gap": 35,
        }
        labels: dict[str, object] = {"value": True, "num_format": "0;;", "font": {**font, "color": look.ink}}
        if look.hatch:
            series["pattern"] = {"pattern": look.hatch, "fg_color": _LINE, "bg_color": look.fill}
            labels["fill"] = {"color": _WHITE}
        else:
            series["fill"] = {"color": look.fill}
        series["data_labels"] = labels
        chart.add_series(series)
    chart.set_title({"name": title, "name_font": {**font, "size": 11, "bold": True}, "overlay": False})
    chart.set_y_axis({"reverse": True, "num_font": font, "line": {"color": _LINE}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_chartarea({"border": {"color": "#BFBFBF"}})
    chart.set_size({"width": size[0], "height": size[1]})
    return chart
