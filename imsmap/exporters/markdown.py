"""Markdown with pipe tables, for wikis, issues and pages; a line break inside a cell is `<br>`."""

from __future__ import annotations

from imsmap import about
from imsmap.brief.model import (
    BOX,
    Bars,
    Block,
    Brief,
    Bullets,
    Choices,
    Columns,
    Grid,
    Numbers,
    Stacks,
    Strip,
    Units,
    Words,
)
from imsmap.plain import legible, markdown, markdown_line, markdown_row
from imsmap.report import Cell, Report, Table, reads
from imsmap.wording import in_words

ABOUT = about.Format(suffix=".md", holds=("answers", "documents"), place=50)


def export(report: Report[object]) -> bytes:
    """Write title, message, tables and notes."""
    parts = [f"# {markdown_line(report.title)}", markdown_line(report.message)]
    for table in report.tables:
        parts += [f"## {markdown_line(table.title)}", *_table(table)]
    if report.notes:
        parts.append("\n".join(f"- {markdown_line(note)}" for note in report.notes))
    parts.append(markdown_line(f"Mapping data {report.data_version}."))
    return ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8", "replace")


def document(brief: Brief) -> bytes:
    """Write a document of a few pages: headings, paragraphs, lists and small tables."""
    parts = [f"# {markdown_line(brief.title)}", markdown_line(brief.subtitle)]
    for section in brief.sections:
        if section.heading:
            parts.append(f"{'#' * (section.depth + 1)} {markdown_line(section.heading)}")
        parts += map(_block, section.blocks)
    parts.append(markdown_line(brief.foot))
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")


def _block(block: Block) -> str:
    if isinstance(block, Words):
        return f"**{markdown_line(block.text)}**" if block.strong else markdown_line(block.text)
    if isinstance(block, Bullets):
        return "\n".join(f"- {markdown_line(item)}" for item in block.items)
    head, rows = _rows(block)
    lines = [markdown_row(map(markdown_line, head)), markdown_row("---" for _ in head)]
    return "\n".join([*lines, *(markdown_row(map(markdown_line, row)) for row in rows)])


def _rows(
    block: Grid | Strip | Units | Bars | Choices | Numbers | Stacks | Columns,
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Say in a table what a small picture shows."""
    if isinstance(block, Grid):
        return block.head, list(block.rows)
    if isinstance(block, Strip):
        total = str(block.total)
        return ("Topics", "", "of"), [(word, str(count), total) for count, word in block.numbers]
    if isinstance(block, Units):
        kinds = ("core", "related", "alone", "unknown")
        shown = [kind for kind in kinds if any(run.kind == kind for _, runs in block.rows for run in runs)]
        counts = [
            (name, *(str(sum(run.count for run in runs if run.kind == kind)) for kind in shown))
            for name, runs in block.rows
        ]
        return ("Topics by clause", *shown), counts
    if isinstance(block, Numbers):
        return ("Figure", "n", "of"), [(one.label, str(one.n), str(one.m)) for one in block.items]
    if isinstance(block, Stacks):
        bars = [(label, bar) for label, several in block.rows for bar in several]
        words = [tone.word for tone in block.tones]
        stacked = [(label, bar.letter, *map(str, bar.counts), str(bar.total)) for label, bar in bars]
        return ("Points by clause", "", *words, "in all"), stacked
    if isinstance(block, Columns):
        moments = zip(block.labels, block.counts, strict=True)
        dated = [(" ".join(label.split("\n")), *map(str, counts), str(sum(counts))) for label, counts in moments]
        return (block.unit.capitalize(), *(tone.word for tone in block.tones), "in all"), dated
    if isinstance(block, Bars):
        return ("Leaf clauses with a counterpart", "n", "of"), [(p.label, str(p.n), str(p.m)) for p in block.parts]
    days = [in_words(one.by) if one.by else "" for one in block.items]
    told = zip(block.items, days, strict=True)
    return ("Decision", "Why", "by", "yes", "no"), [(one.what, one.why, day, BOX, BOX) for one, day in told]


def _table(table: Table) -> list[str]:
    parts = []
    if table.rows:
        lines = [markdown_row(markdown_line(column.title) for column in table.columns)]
        lines.append(
            markdown_row("---:" if column.kind in ("number", "confidence") else "---" for column in table.columns)
        )
        for row in table.rows:
            cells = [_cell(cell) for cell in row.cells]
            lines.append(markdown_row((f"**{cell}**" if cell else "" for cell in cells) if row.heading else cells))
        parts.append("\n".join(lines))
    else:
        parts.append("none")
    if table.note:
        parts.append(markdown_line(table.note))
    return parts


def _cell(cell: Cell) -> str:
    return "<br>".join(markdown(line.strip()) for line in legible(reads(cell)).split("\n"))
