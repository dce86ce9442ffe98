"""One table of formats; a cell's format is put together from its names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import xlsxwriter
from xlsxwriter.color import Color
from xlsxwriter.format import Format

from imsmap.drawing.look import Look
from imsmap.exporters.excel import theme
from imsmap.register import schema
from imsmap.report import Side

BODY = 10
SMALL = 9
"""Nothing is smaller."""

Property: TypeAlias = str | int | float | bool | Color
"""What XlsxWriter takes as a value of a format."""

_CELL: dict[str, Property] = {"valign": "top", "text_wrap": True, "bottom": 1, "bottom_color": theme.RULE}
_STYLES: dict[str, dict[str, Property]] = {
    # who fills a cell
    "tool": {**_CELL},
    "user": {**_CELL, "bg_color": theme.YELLOW},
    "computed": {**_CELL, "bg_color": theme.PALE},
    # what stands in it
    "filler": {"font_color": theme.GREY, "align": "center"},
    "centred": {"align": "center"},
    "number": {"align": "center", "num_format": "0"},
    "confidence": {"align": "center", "num_format": "0.00"},
    "date": {"align": "center", "num_format": "yyyy-mm-dd"},
    "left": {"align": "left"},
    "right": {"align": "right"},
    "moment": {"align": "center", "num_format": "yyyy-mm-dd hh:mm"},
    "text": {"num_format": "@"},
    "quoted": {"quote_prefix": True},
    "bold": {"bold": True},
    "muted": {"font_color": theme.GREY},
    "link": {"underline": 1},
    "shared": {"align": "center", "bold": True, "bg_color": theme.RELATED},
    "warning": {"align": "center", "bold": True, "font_color": theme.ALARM},
    # Strength says class: what is built once is solid, what is looked at together tinted, what stands alone open.
    "same": {"align": "center", "bold": True, "bg_color": theme.CORE_GREY, "font_color": theme.WHITE},
    "extended": {"align": "center", "bold": True, "bg_color": theme.CORE_GREY, "font_color": theme.WHITE},
    "related": {"align": "center", "bg_color": theme.RELATED},
    "touches": {"align": "center", "bg_color": theme.WHITE},
    "none": {"align": "center", "bg_color": theme.WHITE},
    "not assessed": {"align": "center", "bg_color": theme.WHITE, "font_color": theme.GREY, "bottom": 3},
    "own": {"align": "center", "bold": True},
    # headings
    "head": {
        "bold": True, "valign": "vcenter", "text_wrap": True, "bg_color": theme.CORE_SOLID, "font_color": theme.WHITE,
        "bottom": 5, "bottom_color": theme.CORE_SOLID,
    },
    "head user": {"bg_color": theme.YELLOW_HEAD, "font_color": theme.BLACK, "bottom_color": theme.YELLOW_HEAD},
    "head computed": {"bg_color": theme.RULE, "font_color": theme.BLACK, "bottom_color": theme.RULE},
    "main": {"bold": True, "font_size": 11, "valign": "vcenter", "bottom": 2,
             "bottom_color": theme.CORE_SOLID},
    "sub": {"bold": True, "valign": "vcenter", "bg_color": theme.FAINT, "bottom": 1, "bottom_color": theme.RULE},
    "lead": {"bg_color": theme.FAINT, "bold": True},
    "topic": {"bg_color": theme.FAINT},
    "open": {"bg_color": theme.WHITE, "font_color": theme.BLACK},
    "topic plus": {"bg_color": theme.FAINT, "align": "center", "num_format": '"+"0', "bold": True},
    "plus": {"align": "center", "num_format": '"+"0', "font_color": theme.GREY},
    "wrapped": {"text_wrap": True},
    "black": {"font_color": theme.BLACK},
    "lined": {"bottom": 1, "bottom_color": theme.RULE},
    "dark": {"bold": True, "font_color": theme.CORE_SOLID},
    # pages
    "title": {"bold": True, "font_size": 16, "font_color": theme.CORE_SOLID, "valign": "vcenter"},
    "subtitle": {"bold": True, "font_size": 12, "font_color": theme.CORE_SOLID, "valign": "vcenter"},
    "client": {"bold": True, "font_size": 22, "valign": "vcenter", "text_wrap": True},
    "name": {"bold": True, "font_size": 14, "font_color": theme.CORE_SOLID, "valign": "top", "text_wrap": True},
    "licensed": {"bold": True, "font_size": 14, "font_color": theme.ALARM, "valign": "top", "text_wrap": True},
    "small": {"font_size": SMALL, "font_color": theme.GREY, "valign": "top"},
    "label": {"font_color": theme.GREY, "valign": "top", "bottom": 1, "bottom_color": theme.RULE},
    "plain": {"valign": "top", "text_wrap": True},
    "tile label": {"font_color": theme.GREY, "bold": True, "valign": "vcenter", "top": 1,
                   "top_color": theme.CORE_SOLID},
    "tile unit": {"font_size": SMALL, "valign": "top"},
    "figure": {"bold": True, "font_size": 20, "valign": "vcenter"},
    "tile edge": {"align": "left"},
    "tile end": {"right": 5, "right_color": theme.WHITE},
    "less": {"font_size": 12},
    "hero": {"font_size": 28},
    "beside": {"valign": "top"},
    "section": {"bold": True, "font_size": 11, "bottom": 2, "bottom_color": theme.CORE_SOLID, "valign": "vcenter"},
}  # fmt: skip

INDENTED = frozenset(("tool", "user", "computed", "head", "main", "sub"))
"""Styles of tables, whose text keeps a little room before it, or it would run into the column on its left."""
TITLES = frozenset(("title", "subtitle", "client", "name", "section", "figure"))
"""Styles in the client's own font, however wide."""
CONDITIONS: dict[str, dict[str, Property]] = {
    schema.CONFORMING: {"bg_color": "#D9EAD3", "font_color": "#1A1A1A"},
    schema.PARTIAL: {"bg_color": "#FFE08A", "font_color": "#1A1A1A"},
    schema.NOT_CONFORMING: {"bg_color": "#B3261E", "font_color": "#FFFFFF", "bold": True},
    schema.NOT_APPLICABLE: {"bg_color": "#D9D9D9", "font_color": "#1A1A1A"},
    schema.NOT_ASSESSED: {"font_color": "#595959", "italic": True},
    schema.MAJOR: {"bg_color": "#B3261E", "font_color": "#FFFFFF", "bold": True},
    "primary": {"bg_color": "#D9D9D9", "font_color": "#1A1A1A", "bold": True},
    "late": {"bg_color": "#B3261E", "font_color": "#FFFFFF", "bold": True},
    "alarm": {"font_color": "#B3261E"},
    "missing": {"bg_color": "#F4B183", "bottom": 1, "top": 1, "left": 1, "right": 1},
    "in scope": {"bg_color": "#F4B183", "num_format": '@" ⚠ stays in scope"'},
    "say why": {"bg_color": "#F4B183", "num_format": '@" ⚠ say why"'},
}
"""What a client's answers look like; each colour stands beside its word."""


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: xlsxwriter.Workbook, standards: Sequence[Side], look: Look | None = None) -> None:
        """Make none yet."""
        self._look = look = look or Look()
        self._workbook = workbook
        self._styles = _STYLES | {f"is {word}": properties for word, properties in CONDITIONS.items()}
        self._made: dict[tuple[str, ...], Format] = {}
        self._bold: dict[tuple[str, ...], bool] = {}
        self._indented: dict[tuple[str, ...], bool] = {}
        self._styles["band"] = {"bg_color": theme.band(look.main)}
        self._styles["band second"] = {"bg_color": theme.band(look.second)}
        for index, colours in enumerate(look.palettes(standards).values()):
            dark, tint = theme.dark(colours, look), theme.tint(colours)
            ink = dark if theme.reads_on_white(colours) else theme.BLACK
            self._styles[f"ink {index}"] = {"font_color": ink}
            self._styles[f"tint {index}"] = {"bg_color": tint}
            self._styles[f"letter {index}"] = {"align": "center", "bold": True, "bg_color": tint}
            # A head is the core's; the line under it says whose the column is.
            self._styles[f"head {index}"] = {"bottom_color": dark}

    def __call__(self, *names: str) -> Format:
        """Give the format that these names make together, the later over the earlier."""
        if names not in self._made:
            font = self._look.titles if TITLES.intersection(names) else self._look.body
            properties: dict[str, Property] = {"font_size": BODY, "font_name": font}
            for name in names:
                properties |= self._styles[name]
            if self.indented(names):
                # Said in so many words: with text at the top of a cell XlsxWriter leaves the side open.
                properties |= {"align": "left", "indent": 1}
            self._made[names] = self._workbook.add_format(properties)
        return self._made[names]

    def condition(self, name: str) -> Format:
        """Give a format for a condition."""
        key = ("condition", name)
        if key not in self._made:
            self._made[key] = self._workbook.add_format(CONDITIONS[name])
        return self._made[key]

    def size(self, names: Sequence[str]) -> float:
        """Tell the size of the letters of a format."""
        return float({k: v for name in names for k, v in self._styles[name].items()}.get("font_size", BODY))

    def indented(self, names: tuple[str, ...]) -> bool:
        """Tell whether a format leaves room before its text: in tables, and where it is not centred."""
        if names not in self._indented:
            aligned = {k: v for name in names for k, v in self._styles[name].items()}.get("align", "left")
            self._indented[names] = aligned == "left" and not INDENTED.isdisjoint(names)
        return self._indented[names]

    def bold(self, names: tuple[str, ...]) -> bool:
        """Tell whether a format is bold."""
        if names not in self._bold:
            self._bold[names] = bool({k: v for name in names for k, v in self._styles[name].items()}.get("bold"))
        return self._bold[names]
