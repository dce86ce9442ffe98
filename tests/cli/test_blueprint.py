"""`imsmap blueprint`: of standards, of a project with what was decided on its sheet, and as an outline in Word."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from imsmap.client import register
from imsmap.register.cells import Key
from tests.fixtures import Answer

Command = Callable[..., Answer]
DAY = ("--date", "2026-11-29")


@pytest.fixture
def job(imsmap: Command, two_standards: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run commands in a new project of two standards."""

    def command(*words: object) -> Answer:
        return imsmap(*words, mappings=two_standards)

    assert command("new", "job", "--client", "Harbour Coatings", "9001:2015", "14001:2015").code == 0
    monkeypatch.chdir("job")
    return command


def told(job: Command) -> dict[str, dict[str, object]]:
    return {one["id"]: one for one in json.loads(job("blueprint", "--format", "json", *DAY).out)["documents"]}


def said(**cells: str) -> None:
    with register.writing(Path(), "2026-11-28T10:00:00", "tester") as writer:
        writer.commit("import", {**writer.cells, **{Key(*name.split("__")): text for name, text in cells.items()}})


def test_the_project_says_what_exists_what_was_decided_and_what_does_not_apply(job: Command) -> None:
    before = json.loads(job("blueprint", "--format", "json", *DAY).out)["counts"]
    said(**{
        "blueprint__5.2__decided": "Separate", "blueprint__5.2__owner": "Ann",
        "documents__core-scope-documented__document": "Handbook", "documents__core-scope-documented__owner": "Ben",
        "requirements__iso9001-2015:8.5.1#characteristics-documented__applies": "Not applicable",
        "requirements__iso9001-2015:8.5.1#results-documented__applies": "Not applicable",
    })  # fmt: skip
    answer = json.loads(job("blueprint", "--format", "json", *DAY).out)
    found = {one["id"]: one for one in answer["documents"]}
    assert [one["form"] for one in found["5.2"]["documents"]] == ["Separate", "Separate"]
    assert (found["5.2"]["owner"], found["4.3"]["owner"]) == ("Ann", "Ben")
    assert [one["document"] for one in found["4.3"]["exists"]] == ["Handbook"]
    left = "production-provision" not in found
    assert answer["counts"]["documents"] == before["documents"] + 1 - left
    assert answer["counts"]["left_out"] == 2 * left
    assert answer["counts"]["missing"] == before["missing"] - 1 - 2 * left


@pytest.mark.slow(covers=True)
def test_what_is_decided_on_the_sheet_comes_back_and_is_counted(job: Command, tmp_path: Path) -> None:
    assert job("build", "--variant", "workbook", *DAY).code == 0
    (path,) = Path("output").rglob("*.xlsx")
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Blueprint"]
    places = {cell.value: cell.column for cell in sheet[4]}
    row = next(row for row in range(5, 40) if sheet.cell(row, 1).value == "5.2")
    sheet.cell(row, places["As decided"]).value = "in the manual"
    sheet.cell(row, places["Our title"]).value = "What we promise"
    workbook.save(tmp_path / "back.xlsx")
    assert "2 cells changed" in job("import", tmp_path / "back.xlsx").out
    policy = told(job)["5.2"]
    assert (policy["decided"], policy["documents"], policy["title"]) == ("In the manual", [], "What we promise")
    assert job("build", "--variant", "workbook", *DAY).code == 0
    again = openpyxl.load_workbook(next(Path("output/v2-workbook").glob("*.xlsx")), data_only=True)["Blueprint"]
    assert again.cell(row, places["Documents"]).value == 0
    counts = json.loads(job("blueprint", "--format", "json", *DAY).out)["counts"]
    column = [again.cell(at, places["Documents"]).value or 0 for at in range(5, again.max_row + 1)]
    assert sum(column) + 1 == counts["documents"]


def test_the_outline_has_a_heading_for_each_document_and_room_to_fill(job: Command) -> None:
    assert job("blueprint", "-o", "plan.docx", *DAY).code == 0
    document = docx.Document("plan.docx")
    heads = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert heads[:2] == ["The documents", "Contents of the manual"]
    found = told(job)
    assert heads[2:] == [one["title"] for one in found.values()]
    tables = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    for one in found.values():
        for asked in one["asks"]:  # type: ignore[attr-defined]
            assert [row for row in tables if row[0] == asked["text"] and row[-1] == ""], asked["text"]
    assert document.core_properties.title.startswith("Blueprint of documents for ISO 9001:2015")


def test_an_outline_is_no_table(job: Command) -> None:
    answer = job("blueprint", "--format", "json", "-o", "plan.docx")
    assert answer.code == 2
    assert "leave --format, --table and --all out" in answer.err


def test_standards_that_are_not_the_projects_are_planned_without_its_words(job: Command) -> None:
    said(**{"blueprint__5.2__decided": "Separate"})
    counts = json.loads(job("blueprint", "9001:2015", "--format", "json", *DAY).out)["counts"]
    assert counts["documents"] == counts["apart"]


def test_the_screen_names_each_document_once(job: Command) -> None:
    lines = job("blueprint", *DAY).out.splitlines()
    assert sum("Policy" in line for line in lines) == 1
    assert "instead of 14" in lines[0].replace("\u00a0", " ")
