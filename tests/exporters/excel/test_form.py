"""The form: its lists, and that what is filled in it comes in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from imsmap import api
from imsmap.api.bringing import Said, bring
from imsmap.errors import DataError
from imsmap.readers.own.columns import COLUMNS, EXAMPLE, LAW, SHEET
from tests.conftest import MINI


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.xlsx"
    path.write_bytes(api.template(MINI))
    return path


def test_it_offers_core_points_topics_and_the_words_of_each_list(form: Path):
    book = openpyxl.load_workbook(form)
    offered = [row[0].value for row in book["Lists"].iter_rows()]
    assert any(str(word).startswith("issues \N{EM DASH} 4.1 ") for word in offered)
    assert "widgets \N{EM DASH} Care of widgets" in offered
    sheet = book[SHEET]
    assert [cell.value for cell in sheet[4]] == [column.title for column in COLUMNS]
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"list", None}
    assert all(sheet.column_dimensions[letter].number_format == "@" for letter in ("A", "D"))


def test_empty_it_brings_nothing_and_what_is_chosen_in_it_comes_in(form: Path):
    with pytest.raises(DataError, match="no row below them"):
        bring(form, MINI, day="2031-01-01")
    book = openpyxl.load_workbook(form)
    core = next(str(row[0].value) for row in book["Lists"].iter_rows() if str(row[0].value).startswith("issues"))
    for column, word in enumerate(("1.10", "Issues", "Find out.", core), 1):
        book[SHEET].cell(5, column, word)
    book["Standard"]["B5"] = "Smith 5"
    book.save(form)
    found = bring(form, MINI, day="2031-01-01")
    assert found.problems == ()
    assert [(c.number, c.points[0].core) for c in found.brought.standards[0].clauses] == [("1.10", "issues")]


def test_its_examples_are_sound_in_the_shipped_library(tmp_path: Path, two_standards: Path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(api.template(two_standards))
    found = bring(path, two_standards, said=Said("Smith", "quality", EXAMPLE), day="2031-01-01")
    assert found.problems == ()
    assert sum(len(relations) for _, relations in found.brought.sets) == 2
    law = bring(path, two_standards, said=Said("Law", "", LAW), day="2031-01-01")
    assert law.problems == ()
    assert len(law.brought.answers) == 7
    assert api.template(two_standards) == path.read_bytes()
