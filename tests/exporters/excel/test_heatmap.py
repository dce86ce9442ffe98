"""The heat map says for each leaf clause what the report on overlap says, and adds up to coverage."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from imsmap.exporters import excel
from imsmap.exporters.excel import Settings
from imsmap.library.model import Kin
from tests.building import graph, relation, standard
from tests.exporters.excel.library import DAY, A, B, C, reports
from tests.exporters.excel.reading import one_sheet

WORDS = {
    Kin.SAME: "= core",
    Kin.EXTENDED: "≈ core",
    Kin.RELATED: "◐ related",
    Kin.NONE: "○ alone",
    Kin.NOT_ASSESSED: "? not looked at",
}


def rows(*keys: str) -> dict[str, dict[str, Any]]:
    sheet = one_sheet(excel.export(reports(*keys), Settings(as_of=DAY)), "Heat map", values=True)
    table = sheet.tables["tHeatMap"]
    titles, *lines = [[cell.value for cell in row] for row in sheet[table.ref]]
    return {line[0]: dict(zip(titles, line, strict=True)) for line in lines if line[1] is not None}


@pytest.mark.parametrize("keys", [(A, B), (B, A), (A, B, C)])
def test_the_classes_add_up_to_coverage(keys: tuple[str, ...]) -> None:
    found = rows(*keys)
    report = reports(*keys).overlap
    assert report is not None
    side = {side.key: side for side in report.answer.standards}
    for entry in report.answer.coverage:
        if entry.unit == "leaf clause":
            by = side[entry.by]
            whose = [row for row in found.values() if row["Standard"] == side[entry.of].designation]
            counted = Counter(row[f"{by.label} · has in {by.designation}"] for row in whose)
            assert counted == {word: entry.of_class(kin) for kin, word in WORDS.items() if entry.of_class(kin)}


def test_each_leaf_clause_has_its_row_and_is_itself_in_its_own_standard() -> None:
    found = rows(A, B)
    assert list(found) == [f"{A}:4.1", f"{A}:8.2", f"{A}:8.4", f"{B}:4.1", f"{B}:8.1", f"{B}:8.2"]
    for ref, row in found.items():
        own = [title for title, cell in row.items() if cell == "itself"]
        assert len(own) == 1
        assert row["Standard"] in own[0], ref


def test_overlap_names_friends_and_pairs_of_three_standards_in_full() -> None:
    sheet = one_sheet(excel.export(reports(A, B, C), Settings(as_of=DAY)), "Overlap", values=True)
    report = reports(A, B, C).overlap
    assert report is not None
    pairs = report.answer.pairs
    for name, count in (
        ("tPairs", sum(len(pair.links) for pair in pairs)),
        ("tHiddenFriends", sum(len(pair.hidden) for pair in pairs)),
        ("tFalseFriends", sum(len(pair.false_friends) for pair in pairs)),
    ):
        lines = [[cell.value for cell in row] for row in sheet[sheet.tables[name].ref]][1:]
        assert len(lines) == max(1, count)
        if count:
            assert all(line[1].startswith("ISO") and line[2].startswith("ISO") for line in lines)
    measures = [[cell.value for cell in row] for row in sheet[sheet.tables["tOverlapMeasures"].ref]][1:]
    assert len(measures) == 6
    assert len({line[0] for line in measures}) == 6


def test_why_a_clause_has_no_counterpart_is_what_was_said_of_it_or_else_of_its_points() -> None:
    ends = (
        standard(A, {"8": None, "8.1": ["=planned"], "8.2": ["+x", "+y"], "8.4": ["+z"]}, topics={"8.2": "design"}),
        standard(B, {"8": None, "8.1": ["=planned"]}),
    )
    said = ("8.2#x no-relationship *", "8.2#y no-relationship *", "8.4 no-relationship *", "8.4#z no-relationship *")
    library = graph(*ends, relations=[relation(A, B, words) for words in said])
    sheet = one_sheet(excel.export(reports(A, B, library=library), Settings(as_of=DAY)), "Overlap", values=True)
    lines = [[cell.value for cell in row] for row in sheet[sheet.tables["tUncovered"].ref]][1:]
    assert [line[-1] for line in lines] == [
        "Different in 8.2#x and *. · Different in 8.2#y and *.",
        "Different in 8.4 and *.",
    ]
