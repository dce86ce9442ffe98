"""The parts that the workbook is made of: measured text, safe text, widths and pages, colours."""

from __future__ import annotations

import re
from itertools import pairwise
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.color import Color

from imsmap.drawing import Colours
from imsmap.drawing.colour import SLOTS
from imsmap.drawing.look import Look
from imsmap.exporters.excel import measure, parted, text, theme
from imsmap.exporters.excel.grid import fitted, for_labels, grid, slices
from imsmap.parts import sides
from imsmap.register.schema import Field
from imsmap.report import NOTHING, Column, Ref, Row, Table
from tests.exporters.excel.library import A, B, small

WORDS = st.text(alphabet="abc déWi-ß\n✓語", max_size=200)


def test_digits_are_as_wide_as_excel_counts_columns() -> None:
    assert measure.width_of("0" * 10) == pytest.approx(10 * 7.41, abs=0.1)


@given(WORDS, st.integers(30, 400))
def test_a_wider_column_never_needs_more_lines(words: str, pixels: int) -> None:
    assert 1 <= measure.lines_of(words, pixels + 50) <= measure.lines_of(words, pixels)


@given(WORDS, st.integers(30, 400))
def test_lines_hold_all_of_the_text(words: str, pixels: int) -> None:
    ink = words.replace("\n", "").replace(" ", "")
    assert measure.lines_of(words, pixels) * pixels >= measure.width_of(ink) * 0.99


@pytest.mark.parametrize(
    ("words", "lines"), [("", 1), ("one\ntwo", 2), ("word " * 8, 8), ("all-over", 2), ("unbreakable" * 3, 6)]
)
def test_words_are_wrapped_at_blanks_and_hyphens_and_broken_only_if_they_must(words: str, lines: int) -> None:
    assert measure.lines_of(words.strip(), 45) == lines


@given(WORDS, st.integers(30, 400), st.sampled_from((9.0, 10.0, 16.0)), st.booleans())
def test_lines_are_filled_word_by_word(words: str, pixels: int, size: float, bold: bool) -> None:
    def wide(text: str) -> float:
        return measure.width_of(text, size, bold) * measure.RESERVE

    lines = []
    for paragraph in words.split("\n"):
        lines.append("")
        for word in re.findall(r"[^ -]*-+|[^ -]+", paragraph):
            blank = "" if lines[-1][-1:] in ("", "-") else " "
            if wide(f"{lines[-1]}{blank}{word}") <= pixels * (1 + 1e-9):
                lines[-1] += f"{blank}{word}"
                continue
            if lines[-1]:
                lines.append("")
            for glyph in word:
                if lines[-1] and wide(f"{lines[-1]}{glyph}") > pixels * (1 + 1e-9):
                    lines.append("")
                lines[-1] += glyph
    assert measure.lines_of(words, pixels, size, bold) == len(lines)


def test_a_row_is_never_taller_than_excel_allows() -> None:
    assert measure.height_of(1) == 16
    assert measure.height_of(1000) == 409


@given(st.text(max_size=400))
def test_a_formula_that_yields_text_holds_nothing_else(words: str) -> None:
    words = text.clean(words)
    formula = text.as_formula(words)
    looks_like_a_call = any(one in ascii_uppercase and two == "(" for one, two in pairwise(words))
    assert (formula is None) == looks_like_a_call
    if formula is None:
        return
    pieces = formula.removeprefix("=").split("&CHAR(10)&") if "\n" in words else [formula.removeprefix("=")]
    joined = formula[1:].replace("CHAR(10)", '"\n"').replace('"&"', "")
    assert pieces
    if '"' not in words and "&" not in words and "CHAR" not in words:
        assert joined.strip('"') == words


def test_text_too_long_for_a_formula_is_left_to_be_text() -> None:
    assert text.as_formula("x" * 9000) is None
    assert max(map(len, (text.as_formula('"' * 1000) or "").split("&"))) <= 255


@given(st.lists(st.text(max_size=60), max_size=5))
def test_sheet_names_are_such_as_excel_takes(titles: list[str]) -> None:
    names: list[str] = []
    for title in titles:
        names.append(text.sheet_name(title, names))
    assert len({name.lower() for name in names}) == len(titles)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name[0] != "'" != name[-1]
        assert name.lower() != "history"


def test_headings_are_one_line_not_empty_and_each_only_once() -> None:
    assert text.headings(["a", "", "A", "b\nc", "x" * 300]) == ["a", "Column", "A (2)", "b c", "x" * 254 + "…"]
    assert text.headings(["a" * 255, "a" * 255])[1] == "a" * 251 + " (2)"


@given(st.text(alphabet="ab&🙂 \n", max_size=120))
def test_a_header_holds_no_commands_and_stays_within_its_limit(words: str) -> None:
    found = text.in_header(words, 40)
    assert len(found.replace("…", "")) <= 40
    assert "&" not in found.replace("&&", "")


def test_text_that_excel_cannot_hold_is_cut_and_says_so() -> None:
    assert text.fitting("short") == ("short", False)
    cut, was_cut = text.fitting("x" * 32_768)
    assert was_cut
    assert len(cut) == text.CELL_LIMIT
    assert cut.endswith("[cut here: the whole text has 32768 characters]")
    assert text.fitting("\n" * 300)[0].count("\n") == text.BREAKS_LIMIT - 1


def fields(*widths: float) -> tuple[Field, ...]:
    return tuple(Field(str(place), str(place), width=width) for place, width in enumerate(widths))


def test_wide_columns_are_narrowed_to_fit_and_short_ones_keep_their_width() -> None:
    found = fitted(fields(10, 40, 60), 110 * 7 * 0.8)
    assert found[0].width == 10
    assert sum(measure.outer(field.width) for field in found) <= 110 * 7 * 0.8
    assert fitted(fields(10, 40), 10_000) == fields(10, 40)
    assert fitted(fields(10, 40), 100) == fields(10, 40)


def test_a_sheet_too_wide_is_cut_into_pages_and_repeats_its_first_columns() -> None:
    assert slices(fields(10, 10, 10, 10), 1, 160) == [(0, 1), (2, 2), (3, 3)]
    assert slices(fields(10, 10), 1, 1000) == [(0, 1)]


def test_the_theme_is_the_system_s_whatever_is_shown_and_only_a_brand_changes_it() -> None:
    looks = [
        Colours(dark, dark, tint)
        for dark, tint in (
            ("#00507D", "#D6E8F3"), ("#00704F", "#D5EEE5"), ("#A84300", "#F8DFCF"), ("#E69F00", "#FBEBC8"),
        )
    ]  # fmt: skip
    xml = theme.theme_xml()
    for name, colour in SLOTS.items():
        place = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}.get(name, name)
        assert f'<a:{place}><a:srgbClr val="{colour[1:]}"/></a:{place}>' in xml
    look = Look.of(sides(small(), (A,)), colours=("#123456",))
    branded = theme.theme_xml(look=look)
    assert branded == xml.replace('<a:accent1><a:srgbClr val="00507D"/>', '<a:accent1><a:srgbClr val="123456"/>')
    assert vars(theme.dark(looks[1], look)) == vars(Color.theme(5, 0))
    assert vars(theme.dark(Colours("#123456", "#123456", "#D6E8F3"), look)) == vars(Color.theme(4, 0))
    assert vars(theme.dark(looks[3], look)) == vars(Color.rgb("#E69F00"))
    assert f'typeface="{theme.FONT}"' in xml
    assert theme.reads_on_white(looks[0])
    assert not theme.reads_on_white(looks[3])


def test_nothing_is_a_word_and_a_blank_is_a_blank() -> None:
    from imsmap.report import reads

    assert reads(NOTHING) == "none"
    assert reads(None) == ""


def test_the_grid_takes_from_columns_and_rows_whose_they_are_and_parses_no_key() -> None:
    standards = sides(small(), (A, B))
    columns = (
        Column("text", "Text"),
        Column(B, "Not about B"),
        Column(f"adds_{A}", "Adds", width=30, standard=B, role="more"),
        Column(A, "Clauses", "clause", 15, standard=A),
    )
    rows = (
        Row("8", ("8", None, None, None), heading=True),
        Row("one", ("4.1", None, None, Ref(f"{A}:8.4", "8.4")), depth=2, standard=B),
        Row("deep", ("4.1", None, None, None), depth=9),
    )
    table = Table("table", "Table", columns, rows)
    laid = grid("tTable", table, standards, {"more": 44, A: 9, "adds": 5}, (Field("owner", "Owner", owner="user"),))
    assert [(field.title, field.width, field.standard) for field in laid.fields] == [
        ("Text", 16, None),
        ("Not about B", 16, None),
        ("E · Adds", 44, 1),
        ("Q · Clauses", 9, 0),
        ("Owner", 16, None),
    ]
    assert [(line.depth, line.standard) for line in laid.lines] == [(0, None), (2, 1), (7, None)]
    assert {len(line.cells) for line in laid.lines} == {5}


def test_no_label_is_broken_in_the_column_that_says_whose_a_row_is() -> None:
    narrow = (Field("letters", "Letters", "letters", 7), Field("text", "Text", width=7))
    assert for_labels(narrow, ("Q", "E")) == narrow
    assert for_labels(narrow, ()) == narrow
    letters, text_ = for_labels(narrow, ("E", "Q9001-15"))
    assert measure.lines_of("Q9001-15", measure.inner(letters.width), bold=True) == 1
    assert measure.lines_of("Q9001-15", measure.inner(7), bold=True) == 2
    assert text_.width == 7


def test_a_name_of_a_standard_keeps_its_width_where_other_columns_give_way() -> None:
    fields = (Field("standard", "Standard", width=15, firm=True), Field("title", "Title", width=60))
    standard, title = fitted(fields, 450)
    assert standard.width == 15
    assert title.width < 60


def test_a_header_is_cut_behind_a_word_and_one_long_word_where_it_ends() -> None:
    name = "Oberrheinische Oberflächentechnik und Pulverbeschichtungsgesellschaft mbH"
    assert text.in_header(name, 50) == "Oberrheinische Oberflächentechnik und…"
    assert text.in_header("Pulverbeschichtungsgesellschaft", 20) == "Pulverbeschichtungs…"
    assert text.in_header(name, 100) == name


def test_a_text_of_lines_too_high_for_any_row_goes_on_below_and_one_that_fits_stays_whole() -> None:
    field = Field("x", "X", "text", 10)
    lines = [f"see {number}" for number in range(60)]
    pieces = parted._pieces("\n".join(lines), field, 200)
    assert "\n".join(map(str, pieces)).split("\n") == lines
    assert all(measure.lines_of(str(piece), 200) * measure.LINE < measure.TALLEST for piece in pieces)
    assert parted._pieces("\n".join(lines[:30]), field, 200) == ["\n".join(lines[:30])]
