"""A workbook from before a move comes back after it: what somebody changed in it stands where its row went."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from imsmap.client import history, moved, register
from imsmap.client.earlier import Moves, before, merged
from imsmap.client.merge import Merged
from imsmap.readers.workbook import Returned
from imsmap.register.cells import Cells, Key, Value
from imsmap.register.moving import Move
from tests.client.returning import FIELDS, book, own_sheet, sheet
from tests.register.test_moving import NEW, OLD, made, ref

TEXT = "Do it."
WAY = {"name": "Rules", "standards": [OLD], "texts": {ref(OLD, "4.1#a"): TEXT}}
"""What an entry tells of a list that was brought anew, as far as it is asked here."""


def stated(point: str, edition: str = OLD, **said: Value) -> dict[Key, Value]:
    return {Key("requirements", ref(edition, point), field): value for field, value in said.items()}


def sent(*points: str, edition: str = OLD, **said: Value) -> Returned:
    """Give a workbook with a row for each point, of which the first was written into."""
    rows = [(ref(edition, point), {"clause": point[:3], "text": TEXT, **(said if not at else {})})
            for at, point in enumerate(points)]  # fmt: skip
    return book(sheet(rows), own_sheet("Notes", {(1, 1): "own"}))


def moves(way: Move) -> Moves:
    return Moves(lambda _: way, lambda _: way.before, lambda *_: FIELDS, {OLD: "X:1", NEW: "X:2"})


def migrated(root: Path, cells: Cells, way: Move) -> Cells:
    """Answer something, then move it to the new edition; gives the answers after it."""
    with register.writing(root, "2031-01-01", "Ann") as writer:
        writer.commit("by-hand", cells)
        changed = history.difference(writer.cells, way.move(writer.cells).cells)
        writer.record(moved.MIGRATED, changed, old=OLD, new=NEW, standards=[OLD])
        return dict(writer.cells)


def back(root: Path, base: Cells, ours: Cells, came: Returned, way: Move) -> Merged:
    return merged(root, base, ours, came, before(root, base, came), moves(way))


def test_what_somebody_wrote_follows_to_where_its_row_went_and_is_told(tmp_path: Path) -> None:
    way = made(**{"4_1a": {"4_2a": "same"}})
    base = stated("4.1#a", clause="4.1", text=TEXT, owner="Ann")
    ours = migrated(tmp_path, stated("4.1#a", owner="Ann"), way)
    found = back(tmp_path, base, ours, sent("4.1#a", owner="Berta"), way)
    assert found.cells[Key("requirements", ref(NEW, "4.2#a"), "owner")] == "Berta"
    assert not [key for key in found.cells if key.row.startswith(f"{OLD}:")]
    assert found.clashes == ()
    assert found.notes[0].startswith("it went out before the move from X:1 to X:2: ")


@pytest.mark.parametrize("when", ["before", "since"])
def test_what_was_changed_here_before_the_move_or_since_is_a_conflict_at_its_new_place(
    tmp_path: Path, when: str
) -> None:
    way = made(**{"4_1a": {"4_2a": "same"}})
    base = stated("4.1#a", clause="4.1", text=TEXT, owner="Ann")
    ours = dict(migrated(tmp_path, stated("4.1#a", owner="Cem" if when == "before" else "Ann"), way))
    there = Key("requirements", ref(NEW, "4.2#a"), "owner")
    ours[there] = "Cem"
    found = back(tmp_path, base, ours, sent("4.1#a", owner="Berta"), way)
    assert [(clash.key, clash.ours, clash.theirs) for clash in found.clashes] == [(there, "Cem", "Berta")]
    assert found.cells[there] == "Cem"


def test_a_conflict_of_what_nobody_asks_for_any_more_keeps_a_place(tmp_path: Path) -> None:
    way = made(**{"4_1a": {}})
    base = stated("4.1#a", clause="4.1", text=TEXT, owner="Ann")
    ours = migrated(tmp_path, stated("4.1#a", owner="Cem"), way)
    (clash,) = back(tmp_path, base, ours, sent("4.1#a", owner="Berta"), way).clashes
    assert (clash.key.sheet, clash.key.field, clash.ours, clash.theirs) == ("archive", "owner", "Cem", "Berta")


@pytest.mark.parametrize(
    ("came", "count"),
    [
        (sent("4.1#a"), 1),
        (sent("4.2#a", edition=NEW), 0),  # it went out after the move
        (book(own_sheet("Notes", {(1, 1): "x-1:4.1#a"})), 0),  # a sheet of their own cites nothing
    ],
    ids=["of the old edition", "of the new", "of neither"],
)
def test_the_rows_of_a_workbook_tell_whether_it_is_from_before_a_move(
    tmp_path: Path, came: Returned, count: int
) -> None:
    assert before(tmp_path, None, came) == ()  # nothing was moved yet
    migrated(tmp_path, stated("4.1#a", owner="Ann"), made(**{"4_1a": {"4_2a": "same"}}))
    assert len(before(tmp_path, None, came)) == count


def renewed(root: Path) -> None:
    """Bring a list anew, by which an answer moves to another requirement."""
    with register.writing(root, "2031-01-01", "Ann") as writer:
        writer.commit("by-hand", stated("4.1#a", owner="Ann"))
        writer.commit(moved.ADDED, stated("4.2#a", NEW, owner="Ann"), way=WAY)


@pytest.mark.parametrize(
    ("base", "told", "count"),
    [
        (None, TEXT, 1),
        (None, "Do it otherwise.", 0),
        (stated("4.1#a", text=TEXT), "", 1),
        (stated("4.1#a", text="Do it otherwise."), "", 0),
    ],
    ids=["its words", "other words", "the words it had", "other words that it had"],
)
def test_the_words_of_a_requirement_tell_whether_a_workbook_is_from_before_its_list_was_brought_anew(
    tmp_path: Path, base: Mapping[Key, Value] | None, told: str, count: int
) -> None:
    renewed(tmp_path)
    came = book(sheet([(ref(OLD, "4.1#a"), {"text": told})]), sheet([], key="documents", title="Documents"))
    assert len(before(tmp_path, base, came)) == count


def test_what_comes_back_after_a_list_was_brought_anew_names_the_list(tmp_path: Path) -> None:
    renewed(tmp_path)
    way = made(**{"4_1a": {"4_2a": "same"}})
    base = stated("4.1#a", clause="4.1", text=TEXT, owner="Ann")
    ours = dict(history.fold(tmp_path, 2))
    found = back(tmp_path, base, ours, sent("4.1#a", owner="Berta"), way)
    assert found.notes[0].startswith("it went out before Rules was brought anew: ")
    assert found.cells[Key("requirements", ref(NEW, "4.2#a"), "owner")] == "Berta"
