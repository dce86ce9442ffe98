"""The texts of documents, piece by piece with their places."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from imsmap.errors import RefusedError
from imsmap.readers.texts import pieces

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def package(path: Path, parts: dict[str, str]) -> Path:
    """Write a zip of parts, as Office does."""
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        for name, text in parts.items():
            made.writestr(name, text)
    return path


def word(path: Path, *paragraphs: str, **more: str) -> Path:
    """Write a document of Word: its paragraphs, each in two runs."""
    body = "".join(
        f"<w:p><w:r><w:t>{text[:3]}</w:t></w:r><w:r><w:t>{text[3:]}</w:t></w:r></w:p>" for text in paragraphs
    )
    parts = {"word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'}
    for name, text in more.items():
        parts[f"word/{name}.xml"] = f'<w:x xmlns:w="{_W}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:x>'
    return package(path, parts)


def test_paragraphs_of_a_document_are_put_together_from_their_runs(tmp_path: Path) -> None:
    path = word(tmp_path / "a.docx", "Clause 10.3 counts", "", "More", header1="Head", footnotes="Note")
    assert list(pieces(path, "a.docx")) == [
        ("paragraph 1", "Clause 10.3 counts"), ("paragraph 2", ""), ("paragraph 3", "More"),
        ("header, paragraph 1", "Head"), ("note 1", "Note"),
    ]  # fmt: skip


def test_slides_stand_in_their_order_with_their_notes(tmp_path: Path) -> None:
    def slide(text: str) -> str:
        return f'<p:sld xmlns:p="p" xmlns:a="{_A}"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'

    parts = {f"ppt/slides/slide{n}.xml": slide(f"text {n}") for n in (10, 2)}
    path = package(tmp_path / "a.pptx", {**parts, "ppt/notesSlides/notesSlide2.xml": slide("said")})
    assert list(pieces(path, "a.pptx")) == [
        ("slide 2", "text 2"), ("slide 10", "text 10"), ("notes of slide 2", "said")
    ]  # fmt: skip


def test_cells_of_a_workbook_stand_at_their_place(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "List"
    book.active["B12"] = "9001 10.3"
    book.active["C1"] = 7
    book.save(tmp_path / "a.xlsx")
    assert list(pieces(tmp_path / "a.xlsx", "a.xlsx")) == [("List!B12", "9001 10.3")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_plain_text_is_read_as_people_save_it(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("über\r\n§ 9.3".encode(encoding))
    assert list(pieces(path, "a.txt")) == [("line 1", "über"), ("line 2", "§ 9.3")]


@pytest.mark.parametrize("name", ["a.docx", "a.pptx", "a.xlsx"])
@pytest.mark.parametrize(
    "content", [b"", b"no zip", b"PK\x03\x04cut", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old or locked"]
)
def test_what_is_broken_or_encrypted_is_refused_with_a_line(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(RefusedError, match=name) as told:
        list(pieces(path, name))
    assert "\n" not in str(told.value)


def test_a_document_type_in_the_xml_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "a.docx", {"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'})
    with pytest.raises(RefusedError, match="document type"):
        list(pieces(path, "a.docx"))
