"""The heat map says for each leaf clause what the report on overlap says, and adds up to coverage."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from imsmap.exporters import excel
from imsmap.exporters.excel import Settings
from tests.exporters.excel.library import DAY, A, B, reports
from tests.exporters.excel.reading import load

WORDS = {"same": "= same", "extended": "≈ extended", "related": "◐ related", "none": "○ none",
         "not_assessed": "? not assessed"}  # fmt: skip


def rows(*keys: str) -> dict[str, dict[str, Any]]:
    sheet = load(excel.export(reports(*keys), Settings(as_of=DAY)), values=True)["Heat map"]
    table = sheet.tables["tHeatMap"]
    titles, *lines = [[cell.value for cell in row] for row in sheet[table.ref]]
    return {line[0]: dict(zip(titles, line, strict=True)) for line in lines if line[1] is not None}


@pytest.mark.parametrize("keys", [(A, B), (B, A)])
def test_the_classes_add_up_to_coverage(keys: tuple[str, str]) -> None:
    found = rows(*keys)
    report = reports(*keys)["overlap"]
    names = {s["key"]: (s["letter"], s["designation"]) for s in report.values["standards"]}
    for entry in report.values["coverage"]:
        if entry["unit"] == "leaf clause":
            letter, designation = names[entry["by"]]
            whose = [row for row in found.values() if row["Standard"] == names[entry["of"]][1]]
            counted = Counter(row[f"{letter} · has in {designation}"] for row in whose)
            assert counted == {word: entry[key] for key, word in WORDS.items() if entry[key]}


def test_each_leaf_clause_has_its_row_and_is_itself_in_its_own_standard() -> None:
    found = rows(A, B)
    assert list(found) == [f"{A}:4.1", f"{A}:8.2", f"{A}:8.4", f"{B}:4.1", f"{B}:8.1", f"{B}:8.2"]
    for ref, row in found.items():
        own = [title for title, cell in row.items() if cell == "itself"]
        assert len(own) == 1
        assert row["Standard"] in own[0], ref
