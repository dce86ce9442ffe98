"""Two mappers settle what they differ in, in a workbook, and their decisions become relations of the project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import MINI
from tests.fixtures import Answer

Run = Callable[..., Answer]
HEAD = "subject,object,relation\n"


@pytest.fixture
def settle(imsmap: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a project in which two mappings were compared, with the workbook beside it."""

    def one(*words: str) -> Answer:
        return imsmap(*words, mappings=MINI)

    assert one("new", "job", "--client", "Smith", "90001", "91001").code == 0
    monkeypatch.chdir("job")
    rows = ("4.1,91001:4.1,equal", "4.1,91001:8.1,", "8.1,91001:8.1,equal", "8.1,91001:8.2,equal")
    Path("one.csv").write_text(HEAD + "".join(f"90001:{row}\n" for row in rows), "utf-8")
    rows = ("4.1,91001:4.1,subset", "8.1,91001:8.1,superset", "8.1,91001:8.2,intersects")
    Path("two.csv").write_text(HEAD + "".join(f"90001:{row}\n" for row in rows), "utf-8")
    assert one("compare-mapping", "one.csv", "two.csv", "-o", "settle.xlsx").code == 0
    return one


def decide(*decisions: tuple[str, str], name: str = "settle.xlsx") -> None:
    book = openpyxl.load_workbook(name)
    sheet = book["To settle"]
    for row, (decision, why) in enumerate(decisions, 5):
        sheet.cell(row, 6).value, sheet.cell(row, 7).value = decision or None, why or None
    book.save(name)


def kept() -> str:
    return "".join(path.read_text("utf-8") for path in sorted(Path("mappings/relations").glob("*settle*")))


def test_the_sheet_offers_the_relations_in_a_list(settle: Run):
    sheet = openpyxl.load_workbook("settle.xlsx")["To settle"]
    (rule,) = sheet.data_validations.dataValidation
    assert "intersects-with" in rule.formula1
    assert "not paired" in rule.formula1
    assert str(rule.sqref) == "F5:F8"


def test_decisions_come_in_with_both_sources_and_undo_takes_them_back(settle: Run):
    decide(("not paired", ""), ("", ""), ("superset-of", "More is asked there."), ("", ""))
    answer = settle("add", "settle.xlsx")
    assert answer.code == 0, answer.err
    assert "pairs still to settle, of which nothing is stated: 2" in answer.err
    assert "pairs settled as not paired, of which nothing is stated: 1" in answer.err
    held = kept()
    assert "predicate: superset-of" in held
    assert "one.csv says equal-to, two.csv says superset-of" in " ".join(held.split())
    assert "More is asked there." in held
    assert settle("check").code == 0
    decide(("not paired", ""), ("intersects-with", ""), ("superset-of", "More is asked there."), ("", ""))
    assert settle("add", "settle.xlsx").code == 0
    assert kept().count("predicate: ") == 2
    settle("undo")
    assert kept() == held
    settle("undo")
    assert kept() == ""


def test_what_is_no_relation_or_contradicts_the_data_is_told_with_its_row_and_the_rest_comes_in(settle: Run):
    decide(("intersects-with", ""), ("perhaps", ""), ("superset-of", ""), ("intersects-with", ""))
    answer = settle("add", "settle.xlsx")
    assert "settle.xlsx:5: contradiction between ISO 90001:2030, 4.1 and ISO 91001:2030, 4.1" in answer.out
    assert "settle.xlsx:6: row 6 'perhaps' is no relation" in answer.out
    # Of what was there before and denies it the line stands elsewhere; it is what came last that is left out.
    assert "settle.xlsx:8: contradiction between ISO 90001:2030, 8.1 and ISO 91001:2030, 8.2" in answer.out
    assert kept().count("predicate: ") == 1
    assert settle("check").code == 0


def test_a_sheet_without_its_columns_is_told(settle: Run):
    book = openpyxl.load_workbook("settle.xlsx")
    book["To settle"].delete_rows(4)
    book.save("settle.xlsx")
    answer = settle("add", "settle.xlsx")
    assert answer.code == 1
    assert "has no columns Subject, Object and Settled as any more" in answer.err
