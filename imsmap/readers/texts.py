"""The texts of documents as people write them, piece by piece with its place; nothing is written, nothing runs.

Word, PowerPoint and Excel files of today's kind, Markdown and plain text. What can't be read is refused with one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from imsmap.errors import RefusedError
from imsmap.readers.csv import decoded
from imsmap.readers.workbook import read_sheets
from imsmap.readers.workbook.cells import letters_of
from imsmap.readers.workbook.package import Package

SUFFIXES = (".docx", ".xlsx", ".pptx", ".md", ".txt")
_KINDS = {".docx": "Word document (.docx)", ".pptx": "PowerPoint presentation (.pptx)"}
_MOST_TEXT = 20_000_000
_PARTS = {
    ".docx": (
        (re.compile(r"word/document\.xml"), "paragraph {}"),
        (re.compile(r"word/header[0-9]*\.xml"), "header, paragraph {}"),
        (re.compile(r"word/footer[0-9]*\.xml"), "footer, paragraph {}"),
        (re.compile(r"word/(?:footnotes|endnotes)\.xml"), "note {}"),
        (re.compile(r"word/comments\.xml"), "comment {}"),
    ),
    ".pptx": (
        (re.compile(r"ppt/slides/slide([0-9]+)\.xml"), "slide {0}"),
        (re.compile(r"ppt/notesslides/notesslide([0-9]+)\.xml"), "notes of slide {0}"),
    ),
}  # fmt: skip


def pieces(path: Path, shown: str) -> Iterator[tuple[str, str]]:
    """Give each piece of text of a document with its place: a paragraph, a cell, a line; RefusedError if it can't be.

    shown: what the file is called in messages.
    """
    if path.exists() and not path.is_file():
        # Whoever opens a pipe waits for what somebody writes into it, perhaps for ever.
        raise RefusedError(f"{shown}: is no file that can be read, but a folder, a pipe or a device")
    suffix = path.suffix.lower()
    if suffix in _PARTS:
        yield from _of_package(path, shown, suffix)
    elif suffix == ".xlsx":
        for sheet in read_sheets(path, shown):
            for row, cells in sheet.rows.items():
                for column, value in cells.items():
                    if isinstance(value, str):
                        yield f"{sheet.title}!{letters_of(column)}{row}", value
    else:
        for number, line in enumerate(_lines(path, shown), 1):
            yield f"line {number}", line


def _lines(path: Path, shown: str) -> list[str]:
    try:
        if path.stat().st_size > _MOST_TEXT:
            raise RefusedError(f"{shown}: is larger than {_MOST_TEXT // 1_000_000} MB; no document is")
        content = path.read_bytes()
    except OSError as error:
        raise RefusedError(f"{shown}: cannot be read ({error.strerror or error})") from None
    text, _, _ = decoded(content)
    return text.splitlines()


def _of_package(path: Path, shown: str, suffix: str) -> Iterator[tuple[str, str]]:
    try:
        package = Package(path, shown)
    except RefusedError as error:
        # The package speaks of workbooks, which is what it mostly is asked for.
        words = str(error).replace("Excel workbook (.xlsx)", _KINDS[suffix])
        old = "in the old format of Excel 97 (.xls); save it as .xlsx and try again"
        raise RefusedError(words.replace(old, f"in an old format; save it as {suffix} and try again")) from None
    try:
        for pattern, place in _PARTS[suffix]:
            matches = (pattern.fullmatch(name) for name in package.names)
            found = [match for match in matches if match is not None]
            for match in sorted(found, key=lambda one: [int(part) for part in re.findall("[0-9]+", one[0])]):
                for number, text in enumerate(_paragraphs(package, match[0]), 1):
                    yield place.format(*(match.groups() or (number,))), text
    finally:
        package.close()


def _paragraphs(package: Package, part: str) -> list[str]:
    """Give the text of each paragraph of a part: what stands in its runs, with tabs and breaks as blanks."""
    found: list[str] = []
    words: list[str] = []
    inside = 0

    def start(tag: str, _: Mapping[str, str]) -> None:
        nonlocal inside
        if tag == "t":
            inside += 1
        elif tag in ("tab", "br", "cr"):
            words.append(" ")

    def end(tag: str) -> None:
        nonlocal inside
        if tag == "t":
            inside -= 1
        elif tag == "p":
            found.append("".join(words))
            words.clear()

    def characters(text: str) -> None:
        if inside:
            words.append(text)

    package.parse(part, start, end, characters)
    return found
