"""How cells of the register are called when people are told of them, and which of their changes are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from imsmap.client import register
from imsmap.client.delivery import Places, changes_of
from imsmap.client.processes import parse
from imsmap.register.cells import COLUMNS, COMMENT, OVER, OWN, SHEET, Cells, Key, Value

NAMES = {"iso9001-2015": "ISO 9001:2015", "iso14001-2015": "ISO 14001:2015"}
POINT = "iso9001-2015:4.1#climate"
CELLS: dict[Key, Value] = {
    Key("audit", SHEET, f"{OVER}title"): "Our audit",
    Key("@conflicts", "f00", "number"): 3,
    Key("documents", COLUMNS, f"{OWN}Site"): "Plant",
    Key("documents", COLUMNS, f"{OVER}owner"): "Who",
}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (Key("requirements", POINT, "client_note"), "Requirements, ISO 9001:2015, 4.1, climate, Client's note"),
        (Key("requirements", POINT, f"{OVER}text"), "Requirements, ISO 9001:2015, 4.1, climate, written over text"),
        (Key("requirements", POINT, f"{COMMENT}due"), "Requirements, ISO 9001:2015, 4.1, climate, remark on Due"),
        (Key("actions", f"action:{POINT}", "closure"), "Actions, ISO 9001:2015, 4.1, climate, Evidence of closure"),
        (Key("audit", "4.1", "result_iso14001-2015"), "Our audit, 4.1, ISO 14001:2015 · result"),
        (Key("processes", "iso14001-2015:8.1", "process:buy"), "Processes, ISO 14001:2015, 8.1, Buying"),
        (Key("processes", "iso14001-2015:8.1", "process:gone"), "Processes, ISO 14001:2015, 8.1, gone"),
        (Key("documents", "new:0123456789ab", f"{OWN}Site"), "Documents, a row that people added, Plant"),
        (Key("documents", "core-issues", "owner"), "Documents, core-issues, Who"),
        (Key("cover", "cover:client", f"{OVER}value"), "Cover, cover:client, written over value"),
        (Key("@conflicts", "f00", "state"), "conflict 3, state"),
        (Key("requirements", "@rows", "new:0123456789ab"), "Requirements, where people's rows stand, new:0123456789ab"),
        (Key(f"{OWN}Notes", "12", "C"), "Notes, C12"),
        (Key("requirements", "iso1-1990:4", "gap"), "Requirements, iso1-1990:4, Gap"),
    ],
)
def test_a_place_is_told_by_its_sheet_its_clause_and_its_heading(key: Key, said: str):
    cells: Cells = CELLS
    assert Places(cells, NAMES, parse(b"id,name\nbuy,Buying\n")).of(key) == said


def test_cells_that_are_taken_as_they_are_since_their_history_is_gone_are_no_changes(tmp_path: Path):
    for owner in ("Ann", "Bob"):
        with register.writing(tmp_path, "2026-11-25T10:00:00", "tester") as writer:
            writer.commit("import", {Key("requirements", row, "owner"): owner for row in ("a", "b")})
    for path in (tmp_path / "history").iterdir():
        path.unlink()
    with register.writing(tmp_path, "2026-11-26T10:00:00", "tester") as writer:
        writer.commit("import", {**writer.cells, Key("requirements", "a", "owner"): "Cat"})
    changed, more = changes_of(tmp_path)
    assert [(change.row, change.old, change.new) for change in changed] == [("a", "Bob", "Cat")]
    assert more == 0
