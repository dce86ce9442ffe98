from __future__ import annotations

import io
import zipfile

from imsmap.packing import TYPES, parts_of, repacked


def package(parts: dict[str, bytes], year: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), content)
    return packed.getvalue()


PARTS = {"word/a.xml": b"<a/>" * 100, TYPES: b"<types/>", "b.xml": b"<b/>"}


def test_moment_and_order_of_writing_are_not_in_the_bytes():
    turned = dict(reversed(PARTS.items()))
    assert repacked(package(PARTS, 2001)) == repacked(package(turned, 2026))
    assert repacked(repacked(package(PARTS, 2001))) == repacked(package(PARTS, 2001))


def test_every_part_is_there_as_it_was_and_the_list_of_types_comes_first():
    with zipfile.ZipFile(io.BytesIO(repacked(package(PARTS, 2001)))) as file:
        assert file.namelist() == [TYPES, "b.xml", "word/a.xml"]
        assert {name: file.read(name) for name in file.namelist()} == PARTS
        assert file.testzip() is None


def test_a_part_may_be_changed():
    with zipfile.ZipFile(io.BytesIO(repacked(package(PARTS, 2001), {"b.xml": b"new"}))) as file:
        assert file.read("b.xml") == b"new"
        assert file.read("word/a.xml") == PARTS["word/a.xml"]


def test_parts_are_read_by_how_their_names_end():
    assert parts_of(package(PARTS, 2001), (".xml",)) == PARTS
    assert list(parts_of(package(PARTS, 2001), ("b.xml",))) == ["b.xml"]
