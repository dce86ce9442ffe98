"""What an audit found becomes actions: one for each standard that failed, made once, and left to people."""

from __future__ import annotations

import datetime

from imsmap.reasoning.groups import grouped
from imsmap.register.asked import asked
from imsmap.register.cells import Key, Value
from imsmap.register.findings import Place, with_actions
from imsmap.register.state import state
from tests.building import graph, standard

A, B = "a", "b"
PLACES = {"8.4": Place("Buying", {A: "Q", B: "E"}, {A: "Q 8.4.1, 8.4.2", B: "E 8.1"})}
DAY = datetime.date(2031, 1, 2)


def checklist(a: str = "", b: str = "", row: str = "8.4", **more: Value) -> dict[Key, Value]:
    told = {f"result_{A}": a, f"result_{B}": b, **more}
    return {Key("audit", row, name): value for name, value in told.items() if value}


def actions(cells: dict[Key, Value]) -> list[dict[str, Value]]:
    rows = dict.fromkeys(key.row for key in cells if key.sheet == "actions")
    found = [{key.field: value for key, value in cells.items() if key.row == row} for row in rows]
    return sorted(found, key=lambda one: str(one.get("letters")))


def test_a_finding_is_an_action_for_each_standard_that_failed_and_for_no_other():
    after = checklist("nc", "Conforming", finding="No list", grade="Minor", auditor="Ann", date=DAY)
    found = with_actions({}, after, lambda: PLACES)
    assert found.made == ("Q",)
    assert actions(found.cells) == [
        {
            "letters": "Q", "clause": "Q 8.4.1, 8.4.2", "topic": "Buying", "text": "No list", "severity": "Minor",
            "status": "Open", "note": "Audit, Ann, 2031-01-02",
        }
    ]  # fmt: skip
    both = with_actions({}, checklist("Not conforming", "failed"), lambda: PLACES)
    assert [one["letters"] for one in actions(both.cells)] == ["E", "Q"]
    assert {one["text"] for one in actions(both.cells)} == {"Put right what the audit found on Buying"}
    assert both.told == "2 findings of the audit went onto Actions, each for the standard that failed (Q 1, E 1)"


def test_what_was_found_before_and_did_not_change_makes_none():
    before = checklist("Not conforming", finding="No list")
    found = with_actions(before, {**before, Key("audit", "8.4", "evidence_seen"): "Orders"}, lambda: PLACES)
    assert (found.made, actions(found.cells), found.told) == ((), [], "")


def test_a_second_time_makes_none_and_follows_the_checklist_only_where_nobody_wrote_else():
    first = with_actions({}, checklist("Not conforming", "Not conforming", finding="No list"), lambda: PLACES).cells
    (row,) = {key.row for key, value in first.items() if key.field == "letters" and value == "Q"}
    mine = {**first, Key("actions", row, "text"): "Write a list", Key("actions", row, "owner"): "Eve"}
    after = {**mine, Key("audit", "8.4", "finding"): "No list of buyers", Key("audit", "8.4", "grade"): "Major"}
    found = with_actions(mine, after, lambda: PLACES)
    assert found.made == ()
    told = [(one["letters"], one["text"], one["severity"], one.get("owner")) for one in actions(found.cells)]
    assert told == [("E", "No list of buyers", "Major", None), ("Q", "Write a list", "Major", "Eve")]
    healed = {**found.cells, Key("audit", "8.4", f"result_{A}"): "Conforming"}
    assert actions(with_actions(found.cells, healed, lambda: PLACES).cells) == actions(found.cells)


def test_the_action_counts_as_one_of_the_projects():
    cells = with_actions({}, checklist("Not conforming", finding="No list", grade="Major"), lambda: PLACES).cells
    told = state(asked(grouped(graph(standard(A, {"4.1": ["=issues"]})), (A,))), cells, date=DAY)
    assert [(one.text, one.severity, one.is_open, one.owner) for one in told.actions] == [
        ("No list", "Major", True, "")
    ]


def test_a_row_that_people_added_is_known_by_its_standard():
    found = with_actions({}, checklist("Not conforming", row="new:1"), dict)
    assert [one["text"] for one in actions(found.cells)] == ["Put right what the audit found"]
    assert found.made == (A,)


def test_an_audit_of_another_day_that_finds_something_else_is_a_finding_of_its_own():
    first = with_actions({}, checklist("nc", finding="No list", auditor="Ann", date=DAY), lambda: PLACES).cells
    later = checklist("nc", finding="List is old", auditor="Ben", date=DAY.replace(year=2032))
    second = with_actions(first, {**first, **later}, lambda: PLACES)
    assert second.made == ("Q",)
    assert {(one["text"], one["note"]) for one in actions(second.cells)} == {
        ("No list", "Audit, Ann, 2031-01-02"), ("List is old", "Audit, Ben, 2032-01-02"),
    }  # fmt: skip
    # What is put right in the second one is followed there, and the first stays.
    mended = {**second.cells, Key("audit", "8.4", "finding"): "List is a year old"}
    third = with_actions(second.cells, mended, lambda: PLACES)
    assert third.made == ()
    assert {one["text"] for one in actions(third.cells)} == {"No list", "List is a year old"}


def test_another_date_of_the_same_finding_is_a_correction_and_no_finding():
    first = with_actions({}, checklist("nc", finding="No list", auditor="Ann", date=DAY), lambda: PLACES).cells
    dated = {**first, Key("audit", "8.4", "date"): DAY.replace(day=3), Key("audit", "8.4", "grade"): "Minor"}
    found = with_actions(first, dated, lambda: PLACES)
    assert (found.made, len(actions(found.cells))) == ((), 1)


def test_what_was_closed_and_fails_again_is_a_finding_of_its_own():
    first = with_actions({}, checklist("nc", finding="No list"), lambda: PLACES).cells
    (row,) = {key.row for key in first if key.sheet == "actions"}
    closed = {**first, Key("audit", "8.4", f"result_{A}"): "Conforming", Key("actions", row, "status"): "Verified"}
    again = with_actions(closed, {**closed, Key("audit", "8.4", f"result_{A}"): "nc"}, lambda: PLACES)
    assert again.made == ("Q",)
    assert sorted(str(one["status"]) for one in actions(again.cells)) == ["Open", "Verified"]
