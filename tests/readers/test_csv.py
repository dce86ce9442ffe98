from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imsmap.readers.csv import CsvText, having, parse

TEXT = 'id,name\n1,"One, or\nmore"\n2,Two\n'


def read(content: str | bytes) -> CsvText:
    return parse(content if isinstance(content, bytes) else content.encode(), "x.csv", having("id", "name"))


def rows(text: CsvText) -> list[tuple[str, ...]]:
    return [record.cells for record in text.records]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        ("\ufeff" + TEXT).encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.replace(",", "|").replace("One|", "One,").encode(),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        b"sep=;\r\n" + b'id;name\r\n1;"One, or\nmore"\r\n2;Two\r\n',
        b'"sep=\t"\rid\tname\r1\t"One, or\nmore"\r2\tTwo\r',
        b'A, list, with, commas;\n\nid;name\n1;"One, or\nmore"\n2;Two\n',
        b'ID, Name \n1,"One, or\nmore"\n2,Two',
    ],
    ids=[
        "plain",
        "mark",
        "two bytes",
        "two marks",
        "unmarked",
        "unmarked, big",
        "four bytes",
        "bars",
        "two bytes, big",
        "sep",
        "quoted sep, old Mac",
        "title",
        "capitals",
    ],
)
def test_whatever_its_manner_it_says_the_same(content: bytes):
    text = read(content)
    assert text.names() == ["id", "name"]
    assert rows(text) == [("1", "One, or\nmore"), ("2", "Two")]
    assert text.notices == ()


def test_a_record_knows_the_line_it_begins_in_and_its_text():
    assert [(record.line, record.raw) for record in read(TEXT).records] == [(2, '1,"One, or\nmore"\n'), (4, "2,Two\n")]
    titled = read("Title\n\n" + TEXT)
    assert titled.header is not None
    assert (titled.header.line, titled.before, titled.records[1].line) == (3, "Title\n\n", 6)


def test_without_the_needed_columns_the_first_row_in_which_anything_stands_is_the_header():
    text = read("\n;\na;b;c,d\n1;2;3\n")
    assert (text.names(), rows(text), text.separator) == (["a", "b", "c,d"], [("1", "2", "3")], ";")


def test_an_empty_file_has_no_header():
    for content in ("", "\n\n", "sep=;\n", ",,\n", "\ufeff"):
        text = read(content)
        assert (text.header, text.records, text.names()) == (None, (), [])


def test_old_windows_text_is_read_and_said():
    text = read("id,name\n1,Käse\n".encode("cp1252"))
    assert rows(text) == [("1", "Käse")]
    assert text.notices == ("x.csv: is not UTF-8 and was read as Windows text; save it as CSV UTF-8",)


def test_a_quotation_mark_in_the_middle_of_a_cell_opens_nothing():
    assert rows(read('id,name\n1,5" pipe\n2,Two\n')) == [("1", '5" pipe'), ("2", "Two")]


def test_what_is_quoted_wrongly_is_told_and_read_as_well_as_it_can_be():
    first, second = read('id,name\n1,"One"x\n2,Two\n').records
    assert (first.cells, first.unclosed) == (("1", "Onex"), False)
    assert "expected after" in first.fault
    assert (second.cells, second.fault) == (("2", "Two"), "")


def test_a_quotation_mark_that_nothing_closes_is_told():
    (record,) = read('id,name\n1,"One\n2,Two\n').records
    assert (record.unclosed, record.line) == (True, 2)


def test_a_cell_that_is_too_long_for_any_table_is_told():
    (record,) = read(f"id,name\n1,{'x' * 200_000}\n").records
    assert "field limit" in record.fault


def test_what_is_not_changed_is_written_back_to_the_byte_and_what_is_in_the_same_manner():
    content = codecs.BOM_UTF8 + b'sep=;\r\nid;name\r\n 1 ;"One"\r\n2;Two\r\n\r\n'
    text = read(content)
    assert text.header is not None
    assert text.encoded(text.header.raw, [record.raw for record in text.records]) == content
    assert text.line(("2", 'a;"b"'), text.records[1]) == '2;"a;""b"""\r\n'


def test_signs_that_an_encoding_has_not_make_the_file_utf_8():
    text = read("id,name\n1,Käse\n".encode("cp1252"))
    assert text.encoded("id,name\n", ["1,Łódź\n"]) == codecs.BOM_UTF8 + "id,name\n1,Łódź\n".encode()


@given(st.text(alphabet='ab,;\t"\r\n =', max_size=60), st.sampled_from(["utf-8", "utf-16"]))
def test_any_text_is_written_back_to_the_byte(text: str, encoding: str):
    content = text.encode(encoding)
    found = read(content)
    header = "" if found.header is None else found.header.raw
    assert found.encoded(header, [record.raw for record in found.records]) == content
