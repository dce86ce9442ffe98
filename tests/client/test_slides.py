"""What a project's answers say on slides."""

from __future__ import annotations

import datetime

from imsmap.client import processes as listed
from imsmap.client import slides
from imsmap.register.cells import Cells, Key
from tests.pictures.invented import requirements

A = "invented0-2031"
DAY = datetime.date(2031, 1, 2)


def cells(*said: tuple[str, str, str, object]) -> Cells:
    return {Key(sheet, row, field): value for sheet, row, field, value in said}  # type: ignore[misc]


def action(number: str, text: str, due: object, **more: str) -> list[tuple[str, str, str, object]]:
    row = f"{A}:{number}#x"
    found: list[tuple[str, str, str, object]] = [("requirements", row, "action", text)]
    if due is not None:
        found.append(("requirements", row, "due", due))
    return found + [("requirements", row, key, value) for key, value in more.items() if key != "status"] + [
        ("actions", f"action:{row}", "status", more["status"]) for _ in range("status" in more)
    ]  # fmt: skip


def test_actions_that_are_done_undated_or_later_are_counted_and_not_shown() -> None:
    told = cells(
        *action("4.1", "late", DAY - datetime.timedelta(1), severity="Minor", owner="Ann"),
        *action("4.2", "last day", DAY + datetime.timedelta(90), severity="Major"),
        *action("4.3", "a day too far", DAY + datetime.timedelta(91)),
        *action("5.3", "no date", None),
        *action("7.2", "done", DAY, status="Done"),
        *action("7.3", "verified", DAY, status="verified"),
    )
    report = slides.next90(requirements(2), told, DAY)
    assert report is not None
    assert [one["text"] for one in report.values["actions"]] == ["last day", "late"]
    assert {key: report.values[key] for key in ("written", "open", "due", "overdue", "undated", "unowned")} == {
        "written": 6, "open": 4, "due": 2, "overdue": 1, "undated": 1, "unowned": 1,
    }  # fmt: skip


def test_an_action_of_nobodys_clause_counts_too() -> None:
    told = cells(("actions", "new:1", "text", "paint the door"), ("actions", "new:1", "due", DAY))
    report = slides.next90(requirements(2), told, DAY)
    assert report is not None
    assert [(one["text"], one["clause"]) for one in report.values["actions"]] == [("paint the door", "")]


def test_without_any_action_there_is_nothing_to_show() -> None:
    assert slides.next90(requirements(2), {}, DAY) is None


def test_a_clause_has_a_process_if_one_is_marked_or_all_and_what_does_not_apply_is_no_gap() -> None:
    found = listed.parse(b"id,name,owner,clauses\nmake,Make,Ann,\n")
    told = cells(
        ("processes", f"{A}:4.1", "process:make", "p"),
        ("processes", f"{A}:4.2", "all", "yes"),
        ("requirements", f"{A}:4.3#x", "applies", "Not applicable"),
    )
    report = slides.processes(requirements(2), told, found)
    by = {one["ref"]: one for one in report.values["clauses"]}
    assert by[f"{A}:4.1"]["marks"] == {"make": "P"}
    assert by[f"{A}:4.2"]["all"]
    assert not by[f"{A}:4.3"]["applies"]
    assert (report.values["n"], report.values["m"]) == (2, len(by) - 1)
