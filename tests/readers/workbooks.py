"""Workbooks for tests of the reader: one of ours in small, and the XML of any part replaced or added."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/relationships"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def ours(rows: int = 3, export: str = "e0001") -> bytes:
    """Write a small workbook with our marks."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Requirements")
    sheet.write_row(2, 0, [f"imsmap:requirements:{export}", "text", "owner", "due", "days"])
    sheet.write_row(3, 1, ["Requirement", "Owner", "Due", "Days left"])
    for row in range(4, rows + 4):
        sheet.write_row(row, 0, [f"r{row}", f"Text {row}", "Ann"])
        sheet.write_datetime(row, 3, datetime.datetime(2026, 3, row % 28 + 1), day)
        sheet.write_formula(row, 4, f"=D{row + 1}-DATE(2026,1,1)", None, row)
    sheet.write_comment(4, 2, "why?", {"author": "Eve"})
    meta = book.add_worksheet("_imsmap")
    meta.very_hidden()
    for row, entry in enumerate(
        [("imsmap", None), ("format", 1), ("project", "p1"), ("client", "Acme"), ("export", export)]
    ):
        meta.write_row(row, 0, entry)
    book.set_custom_property("imsmap project", "p1", "text")
    book.set_custom_property("imsmap export", export, "text")
    book.close()
    return content.getvalue()


def with_parts(content: bytes, parts: Mapping[str, str | bytes | None], *, compress: bool = True) -> bytes:
    """Replace or add parts of a package; nothing removes one."""
    result = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", kind) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            if text is not None:
                new.writestr(name, text)
    return result.getvalue()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


def small(rows: str, *, after: str = "", strings: str = "", more: Mapping[str, str] | None = None) -> bytes:
    """Write a workbook of hand-made XML: one sheet with our mark, then these rows."""
    rels = f'<Relationships xmlns="{TYPES}"><Relationship Id="r1" Type="{REL}/{{}}" Target="{{}}"/>{{}}</Relationships>'
    mark = '<row r="1"><c r="A1" t="inlineStr"><is><t>imsmap:requirements:e0001</t></is></c></row>'
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", rels.format("officeDocument", "/xl/workbook.xml", ""))
        package.writestr(
            "xl/workbook.xml",
            f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{REL}"><x:sheets><x:sheet name="Blatt 1" sheetId="1" r:id="r1"/>'
            "</x:sheets></x:workbook>",
        )
        shared = f'<Relationship Id="r2" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>'
        package.writestr("xl/_rels/workbook.xml.rels", rels.format("worksheet", "worksheets/sheet1.xml", shared))
        package.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{MAIN}"><sheetData>{mark}{rows}</sheetData>{after}</worksheet>',
        )
        package.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{strings}</sst>')
        for name, text in (more or {}).items():
            package.writestr(name, text)
    return result.getvalue()


def threaded(content: bytes, *, with_thread: bool = True) -> bytes:
    """Give the cell C6 of our small workbook a thread as today's Excel writes it, with the note that stands in."""
    stand_in = (
        "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; however, any edits to "
        "it will get removed if the file is opened in a newer version of Excel. Learn more: "
        "https://go.microsoft.com/fwlink/?linkid=870924\n\nComment:\n    Is Ann right?\nReply:\n    Yes."
    )
    comments = (
        f'<comments xmlns="{MAIN}"><authors><author>Eve</author><author>tc={{T1}}</author></authors><commentList>'
        '<comment ref="C5" authorId="0"><text><r><t>Eve:</t></r><r><t xml:space="preserve">\nwhy?</t></r></text>'
        f'</comment><comment ref="C6" authorId="1"><text><t>{stand_in}</t></text></comment></commentList></comments>'
    )
    parts: dict[str, str | bytes | None] = {"xl/comments1.xml": comments}
    if with_thread:
        parts["xl/threadedComments/threadedComment1.xml"] = (
            f'<ThreadedComments xmlns="{THREADS}">'
            '<threadedComment ref="C6" dT="2026-03-02T09:00:00.00" personId="{P2}" id="{T2}" parentId="{T1}">'
            "<text>Yes.</text></threadedComment>"
            '<threadedComment ref="C6" dT="2026-03-01T09:00:00.00" personId="{P1}" id="{T1}">'
            "<text>Is Ann right?</text></threadedComment></ThreadedComments>"
        )
        parts["xl/persons/person.xml"] = (
            f'<personList xmlns="{THREADS}"><person displayName="Eve Ärmel" id="{{P1}}"/>'
            '<person displayName="Bob" id="{P2}"/></personList>'
        )
        office = "http://schemas.microsoft.com/office/2017/10/relationships"
        for name, kind, target in (
            ("xl/worksheets/_rels/sheet1.xml.rels", "threadedComment", "../threadedComments/threadedComment1.xml"),
            ("xl/_rels/workbook.xml.rels", "person", "persons/person.xml"),
        ):
            relation = f'<Relationship Id="rT" Type="{office}/{kind}" Target="{target}"/></Relationships>'
            parts[name] = part(content, name).replace("</Relationships>", relation)
    return with_parts(content, parts)


def resaved(content: bytes, path: Path, change=lambda book: None) -> Path:
    """Save a workbook anew with openpyxl, changed by a function."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    book.save(path)
    return path
