"""What the audit checklist says: rows and verdicts counted apart, and findings that hide which standard failed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from imsmap.reasoning.shares import Count
from imsmap.register.answers import word
from imsmap.register.cells import Cells, Key, Value
from imsmap.register.schema import CONFORMING, GRADE, MAJOR, MINOR, NOT_APPLICABLE, NOT_CONFORMING, RESULT, result
from imsmap.register.state import said
from imsmap.values import frozen

AUDIT = "audit"
GIVEN = (CONFORMING, NOT_CONFORMING, NOT_APPLICABLE)
"""Results that are a verdict; who has not seen a thing has none."""
NONE = "none"
"""What stands where a standard gets no verdict."""
FAILING = (MAJOR, MINOR)
"""Grades of which some standard is not met."""


@frozen
class Audited:
    """How far an audit is: rows with every verdict, verdicts by standard (key), and how many of these failed."""

    rows: Count
    verdicts: Mapping[str, Count]
    failed: Mapping[str, int]


def audited(lines: Mapping[str, Collection[str]], standards: Collection[str], cells: Cells) -> Audited:
    """Count. lines: the standards that get a verdict in each row, by its id; where somebody wrote, one is asked for."""

    def at(row: str, key: str) -> Value | None:
        return cells.get(Key(AUDIT, row, result(key)), None if key in lines[row] else NONE)

    results = {row: {key: word(at(row, key), RESULT) for key in standards} for row in lines}
    wanted = {row: [key for key in standards if said(at(row, key)) != NONE] for row in lines}
    given = {row: [key for key in keys if results[row][key] in GIVEN] for row, keys in wanted.items()}
    asked = [row for row, keys in wanted.items() if keys]
    return Audited(
        Count(sum(given[row] == wanted[row] for row in asked), len(asked)),
        {
            key: Count(sum(key in keys for keys in given.values()), sum(key in keys for keys in wanted.values()))
            for key in standards
        },
        {key: sum(found[key] == NOT_CONFORMING for found in results.values()) for key in standards},
    )


def hiding(cells: Cells) -> tuple[Key, ...]:
    """Give the grades of findings of which no verdict of any standard says that it is not met."""
    failing = {
        key.row
        for key, value in cells.items()
        if key.sheet == AUDIT and key.field.startswith(result("")) and word(value, RESULT) == NOT_CONFORMING
    }
    return tuple(
        key
        for key, value in sorted(cells.items(), key=lambda cell: cell[0])
        if key.sheet == AUDIT and key.field == "grade" and word(value, GRADE) in FAILING and key.row not in failing
    )
