"""What the library holds by clauses only: numbers and titles, where core points come from, traps of the numbering."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from imsmap.library.model import HUB, Library, Standard

FACTS = Path(__file__).parents[1] / "data" / "facts"


def test_clauses_and_titles_are_those_that_were_collected(real: Callable[[str], Standard]) -> None:
    wrong = []
    for path in sorted(FACTS.glob("*-clauses.csv")):
        key = path.stem.removesuffix("-clauses")
        held = [(clause.number, clause.title) for clause in real(key).clauses]
        with path.open(encoding="utf-8", newline="") as file:
            facts = [(row["number"], row["title"]) for row in csv.DictReader(file)]
        wrong += [f"{key}: {number} {title}" for number, title in sorted(set(held) ^ set(facts))]
        if [number for number, _ in held] != [number for number, _ in facts]:
            wrong.append(f"{key}: another order")
    assert not wrong


def test_what_is_held_by_clauses_lists_no_additions_and_says_core_points_under_their_main_clause(
    whole: Library,
) -> None:
    hub = next(structure for structure in whole.structures if structure.key == HUB)
    main = {point.id: clause.number.split(".")[0] for clause in hub.clauses for point in clause.points}
    wrong = [
        f"{standard.key}:{clause.number}#{point.id}"
        for standard in whole.standards
        if standard.level == "clause"
        for clause in standard.clauses
        for point in clause.points
        if point.core is None or point.adds or main[point.core] != clause.number.split(".")[0]
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("key", "number", "core"),
    [
        ("iso20000-1-2018", "6.3", "changes-planned"),
        ("iso22000-2018", "6.3", "changes-planned"),
        ("iso37301-2021", "4.5", "risks-context"),
        ("iso37301-2021", "4.6", "risks-results"),
        ("iso37001-2025", "4.5", "risks-results"),
        ("iso20000-1-2018", "8.5.1.1", "operation-changes"),
        ("iso22000-2018", "7.1.6", "external-products-services"),
    ],
)
def test_what_looks_like_a_common_clause_and_is_none_holds_no_core_point(
    real: Callable[[str], Standard], key: str, number: str, core: str
) -> None:
    clause = next(clause for clause in real(key).clauses if clause.number == number)
    assert core not in {point.core for point in clause.points}
    assert clause.topic
