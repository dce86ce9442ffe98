"""What transition computes, row by row against what was collected of the new editions (tests/data/transitions)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from imsmap.analyses.transition import Change, Question, analyse
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import editions
from tests.fixtures import MAPPINGS

ROWS = Path(__file__).parents[1] / "data" / "transitions"
KEYS = sorted(path.stem for path in ROWS.glob("*.csv"))
MEANS = {"reworded": {"editorial", "clarified"}, "expanded": {"broadened"}}
"""What a row's kind may be called here; any other kind means the type of the same name."""
MORE = {"broadened", "narrowed", "new", "withdrawn"}
"""What no row of another kind may turn out to be."""
AT_MOST = {"high": 0.95, "medium": 0.8, "low": 0.5}

NO_POINTS = "no requirement stands there, so that words alone can have changed"
HEADING = "a heading asks for nothing itself; what was added stands in its subclauses"
WORDED = "the row calls it unchanged, the list of documented information has it worded as available"
EXCEPTIONS: Mapping[str, Mapping[tuple[str, str], str]] = {
    "iso14001-2026": {
        ("6.1", "6.1"): HEADING,
        ("6.2.1", "6.2.1"): WORDED,
        ("7.2", "7.2"): WORDED,
        ("7.4.1", "7.4.1"): WORDED,
        ("10.2", "10.2"): WORDED,
    },
    "iso9001-2026": {
        ("3", "3"): NO_POINTS,
        ("4.1", "4.1"): "the edition of 2015 is held with Amd 1:2024, which brought climate change in",
        ("6.1", "6.1"): HEADING,
        ("6.1.2", "6.1.2"): "split, as collected, and broadened: risks are to be analysed and evaluated, too",
        ("6.1.2", "6.1.3"): "split, as collected, and broadened: opportunities are to be analysed and evaluated, too",
        ("8.2.4", "8.2.4"): "both who listed the changes read a wider circle of people to be told",
        ("9.2.2", "9.2.2"): "retitled, as collected, and broadened: the row's own note names audit objectives",
    },
}
"""Rows of which the data say something else, and why; each has a note in the data, too."""
BESIDES: Mapping[str, Mapping[tuple[str, str], str]] = {
    "iso14001-2026": {("6.1.1", "6.1.2"): "two rows together: emergencies are found in 6.1.2, and 6.1.1 is cut down"},
    "iso9001-2026": {("8.4.1", "8.1"): "8.1 names what is purchased, as 8.4.1 did and does: no new duty"},
}
"""Ways that a point took, of which no row tells alone."""
SURER: Mapping[str, Mapping[tuple[str, str], str]] = {
    "iso14001-2026": {("5.2", "5.2"): "a certification body tells of small edits and a note, and of no more"},
}
"""Where a better source was found than the row has."""


@cache
def _computed(key: str) -> Mapping[tuple[str, str], Change]:
    (transition,) = analyse(ClauseGraph(editions(MAPPINGS, [key])), Question((key,))).answer.transitions
    return {(one.old.number if one.old else "", one.new.number if one.new else ""): one for one in transition.changes}


def _rows(key: str) -> list[dict[str, str]]:
    with (ROWS / f"{key}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("key", "row"),
    [pytest.param(key, row, id=f"{key}-{row['from']}-{row['to']}") for key in KEYS for row in _rows(key)],
)
def test_what_is_computed_agrees_with_what_was_collected_or_says_why_it_does_not(key: str, row: dict[str, str]) -> None:
    way = (row["from"], row["to"])
    change = _computed(key)[way]
    meant = MEANS.get(row["kind"], {row["kind"]})
    agrees = bool(meant & set(change.types)) and not (set(change.types) & MORE) - meant
    if way in EXCEPTIONS.get(key, {}):
        assert not agrees, f"{way} agrees by now and needs no exception"
        assert change.note, f"{way} differs from what was collected, and its clause does not say why"
    else:
        assert agrees, f"{way} is {', '.join(change.types)}; collected was {row['kind']}"
    if change.leaf and way not in SURER.get(key, {}):
        assert change.confidence <= AT_MOST[row["confidence"]], f"{way} is surer than what was collected of it"


@pytest.mark.parametrize("key", KEYS)
def test_no_clause_goes_a_way_of_which_nothing_was_collected(key: str) -> None:
    told = {(row["from"], row["to"]) for row in _rows(key)}
    assert set(_computed(key)) - told == set(BESIDES.get(key, {}))
