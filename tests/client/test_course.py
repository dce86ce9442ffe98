"""A project's past, made again from its history: by day and version, and from when what moved is counted."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from imsmap.client import history, register, snapshots
from imsmap.client.course import MOST, course
from imsmap.errors import UnknownNameError
from imsmap.register.cells import Cells, Key, Value
from imsmap.register.course import Course
from imsmap.register.state import State
from tests.analyses.test_next90 import A, B
from tests.analyses.test_status_report import stands

NOW = datetime.date(2031, 1, 2)
POINTS = (f"{A}:4.1#issues", f"{A}:4.2#parties", f"{A}:6.1#risks", f"{B}:4.1#issues")


def standing(cells: Cells, day: datetime.date) -> State:
    return stands(dict(cells), day)


def write(root: Path, day: str, points: int, what: str = "import") -> None:
    """Let so many points conform from a day on."""
    cells: dict[Key, Value] = {Key("requirements", ref, "status"): "Conforming" for ref in POINTS[:points]}
    cells[Key("cover", "cover:title", "over:value")] = day  # something changes each time
    with register.writing(root, f"{day}T10:00:00", "tester") as writer:
        writer.commit(what, cells)


def hand_out(root: Path, version: int, day: str) -> None:
    snapshots.save(root, f"e{version:04}", {}, version=version, date=day, entry=history.newest(root))


def ask(root: Path, since: str = "", date: datetime.date = NOW, *, pending: bool = False) -> Course:
    cells = register.read(root).cells
    return course(root, standing, standing(cells, date), since, pending=pending)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, "2030-10-01", 0, "new")
    write(tmp_path, "2030-10-05", 1)
    write(tmp_path, "2030-10-05", 2)
    hand_out(tmp_path, 1, "2030-10-07")
    write(tmp_path, "2030-11-01", 3)
    return tmp_path


def conforming(found: Course) -> list[tuple[str, int | None, int]]:
    return [(one.date.isoformat(), one.version, one.points["Conforming"]) for one in found.moments]


def test_days_and_versions_are_told_up_to_now(project: Path) -> None:
    found = ask(project)
    assert conforming(found) == [
        ("2030-10-01", None, 0), ("2030-10-05", None, 2), ("2030-10-07", 1, 2), ("2030-11-01", None, 3),
        ("2031-01-02", None, 3),
    ]  # fmt: skip
    assert found.since is not None
    assert (found.since.version, found.since.entry) == (1, 3)
    assert found.before is not None
    assert found.before.assessed.n == 2


def test_what_was_handed_out_as_it_stands_is_not_what_moved_is_counted_from(project: Path) -> None:
    hand_out(project, 2, "2030-11-01")
    since = ask(project).since
    assert since is not None
    assert since.version == 1
    # An edit that the history does not know yet comes after it.
    since = ask(project, pending=True).since
    assert since is not None
    assert since.version == 2


def test_without_a_version_it_is_counted_from_the_beginning(tmp_path: Path) -> None:
    assert (ask(tmp_path).since, len(ask(tmp_path).moments)) == (None, 1)
    write(tmp_path, "2030-10-01", 0, "new")
    assert ask(tmp_path).since is None
    write(tmp_path, "2030-10-02", 1)
    since = ask(tmp_path).since
    assert since is not None
    assert since.date == datetime.date(2030, 10, 1)


def test_what_was_taken_back_has_not_moved(project: Path) -> None:
    hand_out(project, 2, "2030-11-01")
    write(project, "2030-12-01", 4)
    with register.writing(project, "2030-12-01T11:00:00", "tester") as writer:
        writer.undo()
    since = ask(project).since
    assert since is not None
    assert since.version == 1


def test_somebody_may_say_from_when(project: Path) -> None:
    for said, entry in (("v1", 3), ("1", 3), ("2030-10-01", 1), ("2030-10-06", 3), ("2030-12-31", 4)):
        since = ask(project, said).since
        assert since is not None
        assert since.entry == entry
    for said, told in (
        ("v7", "there is no version v7 to count from; "),
        ("2030-09-30", "nothing is known of 2030-09-30: what can be counted from begins on 2030-10-01"),
        ("2030-02-31", "'2030-02-31' is no version and no day; write one as v2 or as 2026-10-31"),
        ("2031-01-03", "2031-01-03 is still to come; count from a day up to 2031-01-02"),
        ("spring", "'spring' is no version and no day"),
    ):
        with pytest.raises(UnknownNameError, match=told):
            ask(project, said)


def test_what_happened_after_the_day_of_the_report_is_not_in_its_past(project: Path) -> None:
    found = ask(project, date=datetime.date(2030, 10, 6))
    assert [one.date.isoformat() for one in found.moments] == ["2030-10-01", "2030-10-05", "2030-10-06"]


def test_a_move_to_another_edition_begins_anew(project: Path) -> None:
    write(project, "2030-12-01", 1, "migrate")
    write(project, "2030-12-05", 4)
    found = ask(project)
    assert [one.date.isoformat() for one in found.moments] == ["2030-12-01", "2030-12-05", "2031-01-02"]
    assert found.since is not None
    assert found.since.date == datetime.date(2030, 12, 1)


def test_of_many_days_a_chart_has_the_first_the_last_and_where_counting_begins(tmp_path: Path) -> None:
    for day in range(1, 31):
        write(tmp_path, f"2030-10-{day:02}", day % 5, "import" if day > 1 else "new")
        if day == 17:
            hand_out(tmp_path, 1, "2030-10-17")
    found = ask(tmp_path)
    days = [one.date.isoformat() for one in found.moments]
    assert len(days) <= MOST
    assert days[0] == "2030-10-01"
    assert days[-2:] == ["2030-10-30", "2031-01-02"]
    assert "2030-10-17" in days
    assert days == sorted(days)
