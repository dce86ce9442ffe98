"""The sheet Cover: whose workbook it is, of which standards, its control data, and the way to every sheet."""

from __future__ import annotations

import datetime
import io

from imsmap import about
from imsmap.exporters.excel import measure, page
from imsmap.exporters.excel.book import AS_OF, Book
from imsmap.exporters.excel.brand import picture
from imsmap.exporters.excel.sheet import Writer
from imsmap.wording import CONTAINS_LICENSED_TEXT, reported

ABOUT = about.Sheet(title="Cover", variants=("audit", "print"), place=10)

_WIDTHS = (36.0, 110.0)
_LOGO = (240, 72)
"""Pixels that the logo may take."""


def write(book: Book) -> None:
    """Write the sheet."""
    settings = book.settings
    writer = Writer(book, "cover")
    writer.columns([12, *_WIDTHS])
    sheet = writer.sheet
    row = _band(writer)
    for text, style in (
        (settings.client, "client"),
        (settings.title or "Compliance workbook", "name"),
        (book.designations(), "name"),
    ):
        if text:
            writer.across(row, 1, 2, text, style)
            row += 1
    if book.given.texts:
        writer.across(row, 1, 2, CONTAINS_LICENSED_TEXT, "licensed")
        row += 1
    row += 1
    row = _standards(writer, row)
    row = _control(writer, row + 1)
    row = _contents(writer, row + 1)
    sheet.set_row(row + 1, measure.height_of(1))
    writer.text(
        row + 1,
        1,
        f"{book.words} Mapping data {book.data_version}.",
        "small",
    )
    page.set_up(book, sheet, pages_tall=1)
    page.print_columns(sheet, row + 1, 0, [(1, len(_WIDTHS))])


def _band(writer: Writer) -> int:
    """Write the brand: a band in its colours, and its logo as large as a line of 22 points allows."""
    sheet, look = writer.sheet, writer.book.settings.look
    for row, height, style in ((0, 10.0, "band"), (1, 4.0, "band second")):
        sheet.set_row_pixels(row, round(height * 4 / 3))
        for column in (1, 2):
            sheet.write_blank(row, column, None, writer.formats(style))
    logo = picture(look)
    if logo is None or look.logo is None:
        sheet.set_row(2, 14)
        return 3
    scale = min(_LOGO[0] / logo.width, _LOGO[1] / logo.height)
    sheet.set_row_pixels(2, _LOGO[1] + 24)
    options = {
        "image_data": io.BytesIO(look.logo.content), "x_scale": scale * logo.x_dpi / 96,
        "y_scale": scale * logo.y_dpi / 96, "x_offset": 2, "y_offset": 14, "object_position": 1,
        "description": f"Logo of {look.name or writer.book.settings.client or 'the organization'}",
    }  # fmt: skip
    sheet.insert_image(2, 1, "logo." + logo.image_type.lower(), options)
    return 3


def _standards(writer: Writer, row: int) -> int:
    writer.section(row, 1, 2, "Standards")
    row += 1
    for index, standard in enumerate(writer.book.standards):
        with_amendments = "; ".join([f"edition {standard.edition}", *standard.amendments])
        successor = standard.successor
        text = f"{standard.title} ({with_amendments})"
        if successor:
            text += f"\nNewer edition: {successor.designation}, {successor.published}{reported(successor.confidence)}."
        label = f"{standard.label} · {standard.designation}"
        styles = (("label", "bold", "black", f"tint {index}"), ("plain", "lined"))
        writer.pair(row, f"cover:{standard.key}", (label, text), styles)
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
        ("date", "Date, as of which days are counted", ""),
        ("prepared", "Prepared by, on", settings.prepared or settings.author),
        ("checked", "Checked by, on", settings.checked),
        ("approved", "Approved by, on", settings.approved),
    )
    for key, label, text in entries:
        text = text or str(given.get(f"cover:{key}", {}).get("value", "") or "")
        style = ("tool",) if key in ("version", "date") else ("user", "text")
        writer.pair(row, f"cover:{key}", (label, text), (("label",), style))
        if key == "date":
            day = datetime.datetime.combine(settings.as_of, datetime.time())
            writer.sheet.write_datetime(row, 2, day, writer.formats("tool", "date", "left"))
            name = writer.book.names[writer.kind].replace("'", "''")
            writer.book.workbook.define_name(AS_OF, f"='{name}'!$C${row + 1}")
        row += 1
    return row


def _contents(writer: Writer, row: int) -> int:
    book = writer.book
    writer.section(row, 1, 2, "Contents")
    row += 1
    for kind, sheet in about.sheets().items():
        if kind in book.names and kind != writer.kind and kind not in book.behind:
            styles = (("label", "dark"), ("plain", "lined"))
            writer.pair(row, "", (book.names[kind], sheet.text), styles, book.link(kind))
            row += 1
    return row
