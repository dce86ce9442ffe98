"""The workbook in which two mappers settle their differences: which file is one, and what an id of a row says."""

from __future__ import annotations

import io
import zipfile

import pytest

from imsmap.readers.foreign import Side
from imsmap.readers.settled import _ends, takes

KEYS = {"iso9001-2015", "iso14001-2015", "b"}


def archive(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as book:
        for name, part in parts.items():
            book.writestr(name, part)
    return content.getvalue()


def test_a_workbook_is_known_by_its_sheet_and_nothing_else_is_one():
    assert takes(archive(**{"xl/workbook.xml": b'<sheet name="To settle"/>'}))
    assert not takes(archive(**{"xl/workbook.xml": b'<sheet name="Requirements"/>'}))
    assert not takes(archive(**{"word/document.xml": b'name="To settle"'}))
    assert not takes(archive(**{"xl/workbook.xml": b'<sheet name="To settle"/>'})[:-30])
    assert not takes(b"PK\x03\x04 and no archive")
    assert not takes(b"number,requirement\n")


@pytest.mark.parametrize(
    ("row", "ends"),
    [
        ("iso9001-2015:4.1-iso14001-2015:4.1#x-y", (("iso9001-2015", "4.1"), ("iso14001-2015", "4.1#x-y"))),
        ("b:x-1-iso9001-2015:4.1", (("b", "x-1"), ("iso9001-2015", "4.1"))),
        ("4.1", None),
        ("c:1-iso9001-2015:4.1", None),
        ("", None),
    ],
)
def test_the_id_of_a_row_says_both_clauses(row, ends):
    found = _ends(row, KEYS.__contains__)
    assert found == (ends and tuple(Side(key, (name,)) for key, name in ends))
