from __future__ import annotations

import csv
import io

import pytest

from imsmap.exporters.csv import export
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
