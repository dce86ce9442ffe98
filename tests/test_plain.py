from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imsmap.plain import (
    cells_of_markdown,
    in_xml,
    is_legible,
    legible,
    legible_line,
    markdown,
    markdown_row,
    of_markdown,
    unmarked,
)


@pytest.mark.parametrize("text", ["plain", "tab\tand\nbreak", "🙂", "مرحبا", "é", "a\u200db", "שלום"])
def test_text_that_does_no_harm_stays_as_it_is(text: str):
    assert legible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("\x1b[1m", "␛[1m"), ("\x00", "␀"), ("\x7f", "␡"), ("\x9b", "\ufffd"), ("\u202e", "\ufffd"), ("a\r\nb", "a\nb")],
)
def test_what_steers_a_terminal_becomes_visible(text: str, shown: str):
    assert legible(text) == shown


@given(st.text(st.characters(codec=None, categories=None)))
def test_what_is_legible_is_what_stays_as_it_is(text: str):
    assert is_legible(text) == (legible(text) == text)


@pytest.mark.parametrize("text", ["a\u00a0b", "a\tb\nc", "a\rb", "a\r\nb", "\x85", "\u2066", "\ud800"])
def test_that_holds_of_blanks_breaks_and_signs_that_can_not_be_written(text: str):
    assert is_legible(text) == (legible(text) == text)


@given(st.text(st.characters(codec=None, categories=None)))
def test_any_text_becomes_one_line_that_can_be_written(text: str):
    line = legible_line(text)
    line.encode()
    assert "\n" not in line
    assert "\t" not in line
    assert legible_line(line) == line


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("XXX policy", "Policy"),
        ("Determining the scope of the XXX management system", "Determining the scope of the management system"),
        ("Leadership and commitment", "Leadership and commitment"),
        ("", ""),
    ],
)
def test_the_place_of_a_discipline_is_left_out_of_a_title(title: str, shown: str):
    assert unmarked(title) == shown


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])) | st.sampled_from(['a\n"b"\t<c> & d', "&amp;"]))
def test_text_in_xml_reads_as_it_was_between_tags_and_in_quotation_marks(text: str):
    root = ElementTree.fromstring(f'<a b="{in_xml(text)}">{in_xml(text)}</a>')
    assert (root.get("b"), root.text or "") == (text, text)


@given(
    st.lists(
        st.text().map(legible_line) | st.sampled_from(["", "\\", "a\\|b|", "&lt;<", "`*`", "\\|", "|"]), min_size=1
    )
)
def test_the_cells_of_a_row_in_markdown_read_as_they_were(cells: list[str]):
    found = cells_of_markdown(markdown_row(map(markdown, cells)))
    assert found is not None
    assert list(map(of_markdown, found)) == cells


def test_a_line_that_begins_with_no_bar_is_no_row():
    assert cells_of_markdown("a | b") is None
    assert cells_of_markdown(" | a | b\\") == ["a", "b\\"]
    assert cells_of_markdown("|") == []
