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
from tests.returned import written

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


@pytest.mark.slow
def test_what_is_decided_on_the_sheet_comes_back_and_is_counted(job: Command, tmp_path: Path) -> None:
    assert job("build", "--variant", "workbook", *DAY).code == 0
    (path,) = Path("output").rglob("*.xlsx")
    said = {"5.2": {"As decided": "in the manual", "Our title": "What we promise"}}
    (tmp_path / "back.xlsx").write_bytes(written(path.read_bytes(), "Blueprint", said, beside="As decided"))
    assert "2 cells changed" in job("import", tmp_path / "back.xlsx").out
    policy = told(job)["5.2"]
    assert (policy["decided"], policy["documents"], policy["title"]) == ("In the manual", [], "What we promise")
    assert job("build", "--variant", "workbook", *DAY).code == 0
    (path,) = Path("output/v2-workbook").glob("*.xlsx")
    again = openpyxl.load_workbook(path, data_only=True, read_only=True)["Blueprint"]
    titles, *rows = again.iter_rows(min_row=4, values_only=True)
    column = {row[0]: row[titles.index("Documents")] or 0 for row in rows}
    assert column["5.2"] == 0
    counts = json.loads(job("blueprint", "--format", "json", *DAY).out)["counts"]
    assert sum(column.values()) + 1 == counts["documents"]


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
