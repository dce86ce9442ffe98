"""Main clauses are those of the standard's own tree, whatever its numbers look like."""

from __future__ import annotations

from typing import Any

import pytest

from tests.exporters.excel.library import odd_numbers
from tests.exporters.excel.reading import load
from tests.exporters.excel.test_dashboard import STATUS, block


@pytest.fixture(scope="module")
def book() -> Any:
    return load(odd_numbers(), values=True)


def test_the_heat_map_has_each_leaf_clause_under_its_main_clause_in_the_order_of_the_standard(book: Any) -> None:
    sheet = book["Heat map"]
    said = [row[2].value for row in sheet[sheet.tables["tHeatMap"].ref]][1:]
    assert said[: said.index("ISO2:2030, 4 Clause 4")] == [
        "ISO1:2030, 4 Clause 4",
        "4.1 b Clause 4.1 b",
        "4.1 a Clause 4.1 a",
        "ISO1:2030, REQ Clause REQ",
        "REQ-12 Clause REQ-12",
        "REQ-1 Clause REQ-1",
        "ISO1:2030, 302-1 Clause 302-1",
        "302-1 Clause 302-1",
        "ISO1:2030, A Clause A",
        "A.5.10 Clause A.5.10",
        "A.5.1 Clause A.5.1",
    ]


def test_the_dashboard_counts_each_leaf_clause_in_the_bar_of_its_main_clause(book: Any) -> None:
    found = {label: numbers for label, numbers in block(book["Dashboard"], STATUS).items() if label.startswith("Q")}
    # Conforming, Partial, Not conforming, Not applicable, Not assessed
    assert found == {
        "Q · 4 Clause 4": [1, 0, 0, 0, 1],
        "Q · REQ Clause REQ": [1, 1, 0, 0, 0],
        "Q · 302-1 Clause 302-1": [0, 0, 1, 0, 0],
        "Q · A Clause A": [0, 1, 0, 0, 1],
    }
