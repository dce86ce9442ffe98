"""The sheet Cover: whose workbook it is, of which standards, its control data, and the way to every sheet."""

from __future__ import annotations

from imsmap.exporters.excel import measure, page
from imsmap.exporters.excel.book import TITLES, Book
from imsmap.exporters.excel.sheet import Writer

_WIDTHS = (36.0, 110.0)
_CONTENTS = {
    "readme": "how to use this workbook, what the signs mean, method and limits",
    "matrix": "what belongs together, what is shared, what each standard adds",
    "requirements": "the working sheet: every requirement in our words, yours to fill in",
    "documents": "documents and records asked for, each once, yours to fill in",
    "overlap": "coverage both ways, false friends, hidden friends",
    "relations": "on what each row of the Matrix rests",
}


def write(book: Book) -> None:
    """Write the sheet."""
    settings = book.settings
    writer = Writer(book, "cover")
    writer.columns([12, *_WIDTHS])
    sheet = writer.sheet
    sheet.set_row(0, 30)
    row = 1
    for text, style in (
        (settings.client, "client"),
        (settings.title or "Compliance workbook", "name"),
        (book.designations(" and "), "name"),
    ):
        if text:
            writer.across(row, 1, 2, text, style)
            row += 1
    row += 1
    row = _standards(writer, row)
    row = _control(writer, row + 1)
    row = _contents(writer, row + 1)
    sheet.set_row(row + 1, measure.height_of(1))
    writer.text(
        row + 1,
        1,
        "Clause numbers, titles and our own words only: consult the standards for their text. "
        f"Mapping data {book.data_version}.",
        "small",
    )
    page.set_up(book, sheet, pages_tall=1)
    page.print_columns(sheet, row + 1, 0, [(1, len(_WIDTHS))])


def _standards(writer: Writer, row: int) -> int:
    writer.section(row, 1, 2, "Standards")
    row += 1
    for index, standard in enumerate(writer.book.standards):
        with_amendments = "; ".join([f"edition {standard['edition']}", *standard["amendments"]])
        successor = standard["successor"]
        text = f"{standard['title']} ({with_amendments})"
        if successor:
            text += f"\nA newer edition is reported: {successor['designation']}, {successor['published']}."
        label = f"{standard['letter']} · {standard['designation']}"
        styles = (("label", "bold", "black", f"tint {index}"), ("plain", "lined"))
        writer.pair(row, f"cover:{standard['key']}", (label, text), styles)
        row += 1
    return row


def _control(writer: Writer, row: int) -> int:
    """Write the block of document control; what nobody has said yet is yellow and empty."""
    settings = writer.book.settings
    given = writer.book.answers.get("cover", {})
    writer.section(row, 1, 2, "Document control")
    row += 1
    entries = (
        ("client", "Client", settings.client),
        ("scope", "Scope of the management system", settings.scope),
        ("document_number", "Document no.", settings.document_number),
        ("version", "Version", settings.version),
        ("date", "Date", settings.as_of.isoformat()),
        ("prepared", "Prepared by, on", settings.author),
        ("checked", "Checked by, on", ""),
        ("approved", "Approved by, on", ""),
    )
    for key, label, text in entries:
        text = text or str(given.get(f"cover:{key}", {}).get("value", "") or "")
        style = ("tool",) if key in ("version", "date") else ("user", "text")
        writer.pair(row, f"cover:{key}", (label, text), (("label",), style))
        row += 1
    return row


def _contents(writer: Writer, row: int) -> int:
    book = writer.book
    writer.section(row, 1, 2, "Contents")
    row += 1
    for kind in TITLES:
        if kind in book.names and kind != "cover":
            styles = (("label", "dark"), ("plain", "lined"))
            writer.pair(row, "", (book.names[kind], _CONTENTS[kind]), styles, book.link(kind))
            row += 1
    return row
