from __future__ import annotations

from collections.abc import Callable

import pytest

from imsmap.exporters.terminal import export, measure, whole
from imsmap.report import Column, Report, Row, Table
from tests.exporters.excel.library import A, B, reports
from tests.exporters.nasty import TEXTS, report


def table(*rows: tuple[str, ...]) -> Report:
    columns = (Column("name", "Name"), Column("count", "Count", "number"), Column("text", "Text"))
    found = tuple(Row(str(number), row) for number, row in enumerate(rows))
    return Report("a", "t", "1", (Table("t", "Things", columns, found),), {}, dict, "One of two.")


@pytest.mark.parametrize("width", [20, 40, 80, 132])
def test_no_line_is_wider_than_the_terminal(width: int):
    written = export(report(), width).decode()
    assert max(measure(line) for line in written.splitlines()) <= width


def test_a_table_that_fits_is_set_in_columns():
    written = export(table(("a", "5", "short"), ("long name", "12", "x"))).decode()
    assert written == (
        "t\n=\n\nOne of two.\n\nThings\n------\n\n"
        "Name       Count  Text\na              5  short\nlong name     12  x\n\nMapping data 1.\n"
    )


def test_a_title_takes_several_lines_where_its_column_is_narrow():
    columns = (Column("a", "Have a counterpart in"), Column("b", "of these jointly", "number"))
    found = Report("a", "t", "1", (Table("t", "T", columns, (Row("1", ("x", 5)), Row("2", ("y", 12)))),), {}, dict, "")
    table = export(found, 20).decode().partition("-\n\n")[2].partition("\n\n")[0]
    assert table.split("\n") == [
        "Have a            of",
        "counterpart    these",
        "in           jointly",
        "x                  5",
        "y                 12",
    ]


def test_the_data_version_is_told_once():
    found = Report("a", "t", "1", (), {}, dict, "Mapping data 1 (today).")
    assert export(found).decode() == "t\n=\n\nMapping data 1 (today).\n"


def test_wide_signs_keep_columns_straight():
    written = export(table(("🙂", "1", "x"), ("ab", "2", "x"))).decode().splitlines()
    assert {measure(line.partition("x")[0]) for line in written if line.endswith("x")} == {13}


def test_a_table_that_does_not_fit_is_read_row_by_row():
    written = export(table(("a", "5", "word " * 30))).decode()
    assert "\n\na\n  Count: 5\n  Text: word word" in written


def test_a_blank_cell_is_not_read_out():
    assert "Count" not in export(table(("a", "", "word " * 30))).decode()


def test_an_empty_table_says_none():
    assert "Things\n------\n\nnone\n" in export(table()).decode()


def test_no_control_character_reaches_the_terminal():
    written = export(report()).decode()
    assert not [sign for sign in written if sign != "\n" and (ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0)]
    assert "\u202e" not in written


def test_text_of_every_kind_is_there():
    written = "".join(export(report(), 400).decode().split())
    for text in TEXTS:
        if text.isprintable() and "\u202e" not in text:
            assert "".join(text.split()) in written


def test_sentences_of_a_list_stand_behind_each_other_and_words_have_semicolons_between():
    columns = (Column("a", "A", "list"), Column("b", "B", "list"))
    row = Row("1", (("Keep this.", "Do that.", "x" * 40), ("one", "two")))
    written = export(Report("a", "t", "1", (Table("t", "T", columns, (row,)),), {}, dict, ""), 30).decode()
    assert "\nKeep this. Do that.\nx" in written
    assert "B: one; two" in written


@pytest.mark.parametrize("question", ["overlap", "matrix", "documents"])
def test_an_answer_about_invented_standards_reads_as_it_did(golden: Callable[[str, str], None], question: str):
    golden(f"{question}.txt", export(getattr(reports(A, B), question)).decode())


def test_rows_too_wide_for_columns_have_number_and_name_on_one_line_and_n_of_m_together() -> None:
    columns = (
        Column("clause", "Clause", "clause"), Column("title", "Title"), Column("n", "n", "number"),
        Column("m", "of m", "number"), Column("why", "Why"),
    )  # fmt: skip
    table = Table("t", "Table", columns, (Row("a", ("4.1", "Context", 29, 32, "because " * 20)),))
    told = whole.export(Report("t", "Title", "1", (table,), None, lambda _: {}, "Said"), 60)
    assert "\n4.1 Context\n  29 of 32\n" in told
