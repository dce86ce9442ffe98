"""The charts of the Dashboard: stacked bars whose parts differ in tone and hatching, not in colour alone."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.chart import Chart

from imsmap.drawing import ALERT, GREY, INK, PAPER, Colours
from imsmap.drawing.colour import CORE_DARK, CORE_TINT
from imsmap.exporters.excel.book import Book
from imsmap.library.model import Kin
from imsmap.register import schema
from imsmap.values import frozen

_INK, _GREY, _WHITE, _LINE = INK, GREY, PAPER, "#7F7F7F"
_SMALL = 9
_BAR = 17
"""Pixels that a bar needs with its label."""
_AROUND = 95
"""Pixels for title and legend."""


@frozen
class Look:
    """How one part of the bars looks: its fill, the hatching over it, its edge, and the ink of its figure."""

    fill: str
    ink: str = _INK
    hatch: str = ""
    edge: str = ""
    late: str = ""
    """The fill of the first bar, where that is what is late."""
    dashed: bool = False
    """The edge of what nobody has looked at."""


STATUS = {
    schema.CONFORMING: Look("#5B9A54", _INK),
    schema.PARTIAL: Look("#FFE08A", _INK, "wide_upward_diagonal"),
    schema.NOT_CONFORMING: Look("#B3261E", _WHITE),
    schema.NOT_APPLICABLE: Look("#D9D9D9", _INK),
    schema.NOT_ASSESSED: Look("#FFFFFF", _GREY),
}
DUE = Look(CORE_DARK, _WHITE, late=ALERT)
STORY = {
    "core": Look(CORE_DARK, _WHITE),
    "some": Look("#8C8C8C", _INK),
    "related": Look(CORE_TINT, _INK),
    "unseen": Look(_WHITE, _GREY, edge=_GREY, dashed=True),
}
"""The strip of the three numbers: solid, tinted; what stands apart is open, with an edge of its owner's."""
CLASS = {
    Kin.SAME: Look(CORE_DARK, _WHITE),
    Kin.EXTENDED: Look("#8C8C8C", _INK),
    Kin.RELATED: Look("#D9D9D9", _INK),
    Kin.TOUCHES: Look("#F2F2F2", _INK, "dotted_grid"),
    Kin.NONE: Look("#FFFFFF", _INK, "wide_downward_diagonal"),
    Kin.NOT_ASSESSED: Look("#FFFFFF", _GREY),
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
    sheet, font = book.names[kind], {"name": book.settings.look.body, "size": _SMALL, "color": _INK}
    is_status = len(looks) > 1 and block.words[0] in STATUS
    chart = book.workbook.add_chart({"type": "bar", "subtype": "percent_stacked" if is_status else "stacked"})
    for place, look in enumerate(looks):
        column = block.column + place
        series: dict[str, object] = {
            "name": [sheet, block.head, column],
            "categories": [sheet, block.first, block.label, block.last, block.label],
            "values": [sheet, block.first, column, block.last, column],
            "border": {"color": _LINE, "width": 0.75},
            "gap": 35,
        }
        if look.late:
            series["points"] = [{"fill": {"color": look.late}}]
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
    chart.set_legend({"none": True} if len(looks) == 1 else {"position": "bottom", "font": font})
    chart.set_chartarea({"border": {"color": "#BFBFBF"}})
    chart.set_size({"width": size[0], "height": size[1]})
    return chart


def apart(looks: Sequence[Colours]) -> Look:
    """Give the look of what stands apart: open, with the edge of the one that asks."""
    return Look(_WHITE, _INK, edge=looks[0].line if len(looks) == 1 else _GREY)


def strip(
    book: Book,
    kind: str,
    title: str,
    columns: tuple[int, int],
    parts: Sequence[tuple[int, Look]],
    size: tuple[int, int],
    whole: int,
) -> Chart:
    """Draw one bar of figures that stand below each other; columns: of labels and numbers; whole: its length."""
    sheet, font = book.names[kind], {"name": book.settings.look.body, "size": _SMALL, "color": _INK}
    label, column = columns
    chart = book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for row, look in parts:
        series: dict[str, object] = {
            "name": [sheet, row, label],
            "values": [sheet, row, column, row, column],
            "border": {"color": look.edge or _WHITE, "width": 1.25} | ({"dash_type": "dash"} if look.dashed else {}),
            "gap": 10,
            "data_labels": {"value": True, "num_format": "0;;", "font": {**font, "bold": True, "color": look.ink}},
        }
        if look.hatch:
            series["pattern"] = {"pattern": look.hatch, "fg_color": _LINE, "bg_color": look.fill}
        else:
            series["fill"] = {"color": look.fill}
        chart.add_series(series)
    chart.set_title({"name": title, "name_font": {**font, "size": 9, "bold": True}, "overlay": False})
    chart.set_y_axis({"visible": False})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0, "max": whole})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": size[0], "height": size[1]})
    return chart
