from __future__ import annotations

from imsmap.exporters.markdown import export
from imsmap.report import Column, Report, Table
from tests.exporters.nasty import report


def lines(texts: tuple[str, ...]) -> list[str]:
    return export(report(texts)).decode().splitlines()


def test_title_message_tables_notes_and_data_version_are_there_in_this_order():
    written = export(report(("x",))).decode()
    parts = ("# A \\| title", "9 of 9", "## Texts", "## Every", "- A note", "Mapping data 1.0")
    places = [written.index(part) for part in parts]
    assert places == sorted(places)


def test_every_row_of_a_table_has_as_many_cells_as_its_header():
    written = lines(("a|b", "two\nlines", "\\|", "x"))
    rows = [line for line in written if line.startswith("|")][: 2 + 1 + 4]
    assert {line.replace("\\\\", "").replace("\\|", "").count("|") for line in rows} == {5}


def test_a_line_break_in_a_cell_becomes_br():
    assert "| two<br>lines | 0 |" in "\n".join(lines(("two\nlines",)))


def test_markup_in_text_is_shown_and_not_obeyed():
    written = "\n".join(lines(("<b>&amp; *x* [y](z)",)))
    assert r"&lt;b&gt;&amp;amp; \*x\* \[y\](z)" in written
    assert "<b>" not in written


def test_a_heading_row_is_bold():
    assert "| **Heading** |" in "\n".join(lines(("x",)))


def test_numbers_stand_to_the_right():
    assert "| --- | ---: | --- | --- |" in lines(("x",))


def test_a_message_that_begins_like_a_list_stays_a_sentence():
    empty = Report("a", "t", "1", (Table("none", "None", (Column("a", "A"),), (), "Why."),), {}, dict, "1. first", ())
    assert export(empty).decode() == "# t\n\n1\\. first\n\n## None\n\nnone\n\nWhy.\n\nMapping data 1.\n"
