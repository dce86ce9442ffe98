from __future__ import annotations

import codecs
import csv
import io

import pytest

from imsmap.exporters.csv import export
from imsmap.report import Column, Ref, Report, Row, Table
from tests.exporters.nasty import TEXTS, report


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_the_first_table_is_written_with_ids_and_the_keys_of_its_columns():
    rows = read(export(report()))
    assert list(rows[0]) == ["id", "text", "number", "class", "list"]
    assert [row["id"] for row in rows] == [f"r{number}" for number in range(len(TEXTS))]


def test_another_table_is_written_when_it_is_named():
    assert [row["cell"] for row in read(export(report(), "cells"))] == [
        "", "yes", "no", "3", "0.5", "2026-11-23", "related", "4.1", "there", "none", "a; b",
    ]  # fmt: skip


def test_a_table_that_is_not_there_is_not_guessed():
    with pytest.raises(KeyError):
        export(report(), "no such table")


def test_lines_end_as_rfc_4180_says():
    assert export(report(("plain",))) == b"id,text,number,class,list\r\nr0,plain,0,same,one; plain\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+49", "-5", "@x", "\tx", "\rx", "  =1", "\n=1"])
def test_text_that_could_be_a_formula_gets_an_apostrophe(text: str):
    assert read(export(report((text,))))[0]["text"].startswith("'")


def test_a_negative_number_stays_a_number():
    assert read(export(report(("a", "b"))))[1]["number"] == "-1"


def test_quotes_commas_line_breaks_emoji_and_right_to_left_text_survive():
    texts = ('a "quoted" \\ back, and more', "two\nlines", "🙂 مرحبا بالعالم", "x" * 300)
    assert [row["text"] for row in read(export(report(texts)))] == list(texts)


def test_control_characters_become_visible():
    assert read(export(report(("\x1b[31m",))))[0]["text"] == "␛[31m"


def ends() -> Report[object]:
    columns = (Column("subject", "Subject", "clause"), Column("object", "Object", "list"), Column("number", "Number"))
    rows = (
        Row("4.1", (Ref("a:4.1", "4.1 Context"), (Ref("b:4.1", "4.1 Context"), Ref("b:8.10", "8.10 Work")), "8.10")),
        Row("r2", (Ref("a:10.1", "10.1 General"), Ref("b:4.2", "4.2 Others"), 0.5)),
    )
    return Report("ends", "Ends", "1", (Table("ends", "Ends", columns, rows),), None, lambda _: {}, "Ends")


def test_subject_and_object_hold_references_and_their_labels_stand_beside_them():
    assert read(export(ends()))[0] == {
        "id": "4.1", "subject": "a:4.1", "subject_label": "4.1 Context", "object": "b:4.1; b:8.10",
        "object_label": "4.1 Context; 8.10 Work", "number": "8.10",
    }  # fmt: skip


def test_for_a_spreadsheet_the_file_says_that_it_is_utf_8_and_numbers_of_clauses_stay_text():
    content = export(ends(), spreadsheet=True)
    assert content.startswith(codecs.BOM_UTF8)
    one, two = read(content.removeprefix(codecs.BOM_UTF8))
    assert (one["id"], one["number"], two["number"]) == ("'4.1", "'8.10", "0.5")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("8.10", True), ("10.1", True), ("8.5.1", True), ("2015-09", True), ("1/2", True), ("007", True), ("1E5", True),
        ("8.10 Work", False), ("ISO 9001:2015", False), ("10", False), ("", False), ("A.5.1", False),
    ],
)  # fmt: skip
def test_only_what_a_spreadsheet_would_turn_into_something_else_is_kept_from_it(text: str, kept: bool):
    found = read(export(report((text,)), spreadsheet=True).removeprefix(codecs.BOM_UTF8))[0]["text"]
    assert found == (f"'{text}" if kept else text)
