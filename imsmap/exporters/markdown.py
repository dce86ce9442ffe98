"""Markdown with pipe tables, for wikis, issues and pages; a line break inside a cell is `<br>`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from imsmap import about
from imsmap.brief import Brief, Bullets, Words
from imsmap.plain import legible, legible_line
from imsmap.report import Cell, Report, Table, reads

ABOUT = about.Format(suffix=".md", holds=("answers", "documents"), place=50)

_ACTIVE = re.compile(r"([\\`*_\[\]|~])")
# At the start of a line these would open a heading, a list, a quotation or a rule.
_OPENING = re.compile(r"^(\s*)([#>+=-]|\d+(?=[.)]))")


def export(report: Report[object]) -> bytes:
    """Write title, message, tables and notes."""
    parts = [f"# {_line(report.title)}", _line(report.message)]
    for table in report.tables:
        parts += [f"## {_line(table.title)}", *_table(table)]
    if report.notes:
        parts.append("\n".join(f"- {_line(note)}" for note in report.notes))
    parts.append(_line(f"Mapping data {report.data_version}."))
    return ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8", "replace")


def document(brief: Brief) -> bytes:
    """Write a document of a few pages: headings, paragraphs, lists and small tables."""
    parts = [f"# {_line(brief.title)}", _line(brief.subtitle)]
    for section in (section for page in brief.pages for section in page):
        parts.append(f"## {_line(section.heading)}")
        for block in section.blocks:
            if isinstance(block, Words):
                parts.append(f"**{_line(block.text)}**" if block.strong else _line(block.text))
            elif isinstance(block, Bullets):
                parts.append("\n".join(f"- {_line(item)}" for item in block.items))
            else:
                lines = [_row(map(_line, block.head)), _row("---" for _ in block.head)]
                parts.append("\n".join([*lines, *(_row(map(_line, row)) for row in block.rows)]))
    parts.append(_line(brief.foot))
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")


def _table(table: Table) -> list[str]:
    parts = []
    if table.rows:
        lines = [_row(_line(column.title) for column in table.columns)]
        lines.append(_row("---:" if column.kind in ("number", "confidence") else "---" for column in table.columns))
        for row in table.rows:
            cells = [_cell(cell) for cell in row.cells]
            lines.append(_row((f"**{cell}**" if cell else "" for cell in cells) if row.heading else cells))
        parts.append("\n".join(lines))
    else:
        parts.append("none")
    if table.note:
        parts.append(_line(table.note))
    return parts


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(cell: Cell) -> str:
    return "<br>".join(_escape(line.strip()) for line in legible(reads(cell)).split("\n"))


def _line(text: str) -> str:
    return _OPENING.sub(r"\1\\\2", _escape(legible_line(text)))


def _escape(text: str) -> str:
    """Make Markdown and HTML show the text as it is."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ACTIVE.sub(r"\\\1", text)
