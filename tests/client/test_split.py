"""Rows of shared questions that somebody split by hand, a row for each standard."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from imsmap.client.merge import Field, Merged, merge
from imsmap.register.cells import NEW, Key, Value
from tests.client.returning import Line, book, sheet

COLUMNS = ("letters", "standard", "clause", "text", "origin", "owner", "evidence", "status", "question")
FIELDS = {
    "requirements": {
        **{name: Field("tool") for name in COLUMNS},
        **{name: Field("user") for name in ("owner", "evidence", "status")},
    }
}
ASKED, Q, E = "core:issues", "a:4.1#issues", "b:4.1#issues"
SHARED: Mapping[str, Value | None] = {
    "letters": "QE", "standard": "A 1\nB 1", "clause": "Q 4.1\nE 4.1", "text": "Know the issues.", "owner": "Ann",
    "origin": "shared", "question": ASKED,
}  # fmt: skip
VERDICTS: tuple[Line, Line] = (
    (
        Q,
        {
            "letters": "Q",
            "standard": "A 1",
            "text": "Issues.",
            "origin": "verdict",
            "status": "Partial",
            "question": ASKED,
        },
    ),
    (
        E,
        {
            "letters": "E",
            "standard": "B 1",
            "text": "Issues.",
            "origin": "verdict",
            "evidence": "Map",
            "question": ASKED,
        },
    ),
)
OURS = {Key("requirements", ASKED, "owner"): "Ann", Key("requirements", E, "evidence"): "Map"}
BASE = {
    Key("requirements", row, name): value
    for row, cells in ((ASKED, SHARED), *VERDICTS)
    for name, value in cells.items()
    if value is not None
}


def came(*lines: Line) -> Merged:
    ours = {**OURS, Key("requirements", Q, "status"): "Partial"}
    return merge(BASE, ours, book(sheet(lines, COLUMNS)), FIELDS)


def said(found: Merged) -> dict[tuple[str, str], Value]:
    return {(key.row, key.field): value for key, value in found.cells.items() if not key.row.startswith("@")}


@pytest.mark.parametrize("by", ["standard", "letters"])
def test_what_a_split_row_says_for_one_standard_is_that_standard_s_own(by: str) -> None:
    of_q = {"standard": {"standard": " A 1 "}, "letters": {"letters": "Q"}}[by]
    of_e = {"standard": {"standard": "B 1", "letters": "E"}, "letters": {"letters": "E"}}[by]
    found = came(
        (ASKED, {**SHARED, **of_q, "evidence": "Minutes", "owner": "Bob"}),
        (ASKED, {**SHARED, **of_e, "evidence": "Register"}), *VERDICTS,
    )  # fmt: skip
    assert said(found) == {
        (ASKED, "owner"): "Ann", (Q, "owner"): "Bob", (Q, "evidence"): "Minutes", (Q, "status"): "Partial",
        (E, "evidence"): "Map\nRegister",
    }  # fmt: skip
    assert found.counts.new_rows == 0
    assert any("1 row of a shared question was split by hand" in note for note in found.notes)


def test_a_row_is_known_for_one_standard_s_though_nobody_copied_it_and_a_verdict_s_row_may_be_gone() -> None:
    found = came((ASKED, {**SHARED, "standard": "B 1", "status": "Conforming"}))
    assert said(found)[E, "status"] == "Conforming"
    assert said(found)[E, "evidence"] == "Map"


def test_a_copy_that_says_more_is_kept_as_a_row_and_a_verdict_that_says_otherwise_stays() -> None:
    more = (ASKED, {**SHARED, "standard": "A 1", "text": "Know ours.", "evidence": "Minutes"})
    found = came((ASKED, SHARED), more, *VERDICTS)
    assert said(found)[Q, "evidence"] == "Minutes"
    assert found.counts.new_rows == 1
    (changed, of_e) = ((Q, {**VERDICTS[0][1], "status": "Not conforming"}), VERDICTS[1])
    found = came((ASKED, SHARED), (ASKED, {**SHARED, "standard": "A 1", "status": "Conforming"}), changed, of_e)
    assert said(found)[Q, "status"] == "Not conforming"
    assert [value for (row, name), value in said(found).items() if row.startswith(NEW) and name == "status"] == [
        "Conforming"
    ]


def test_a_copied_row_of_all_standards_is_a_row_that_people_added() -> None:
    found = came((ASKED, SHARED), (ASKED, {**SHARED, "evidence": "Another"}), *VERDICTS)
    assert (found.counts.new_rows, [note for note in found.notes if "split" in note]) == (1, [])


@pytest.mark.parametrize("gone", ["", "origin", "text"])
def test_a_copy_of_a_verdict_s_row_is_a_row_that_people_added(gone: str) -> None:
    lines = [(ASKED, SHARED), *VERDICTS, (E, {**VERDICTS[1][1], "evidence": "Register", "status": "Partial"})]
    found = came(*((id_, {name: value for name, value in cells.items() if name != gone}) for id_, cells in lines))
    assert said(found)[E, "evidence"] == "Map"
    assert (E, "status") not in said(found)
    assert found.counts.new_rows == 1
