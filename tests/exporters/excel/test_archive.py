"""The sheet Archive: what was answered where the new edition asks for nothing, with where it stood."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from imsmap.exporters.excel import archive
from imsmap.exporters.excel.book import Book
from imsmap.register.schema import Given
from imsmap.report import NOTHING


def test_each_answer_is_told_with_its_place_its_sheet_and_the_name_of_its_field() -> None:
    place = {"place": "X:1, 4.1"}
    answers = {
        "archive": {
            "x-1:4.1#a": {**place, "text": "Do a.", "evidence": "kept", "comment:status": "seen"},
            "actions:action:x-1:4.1#a": {**place, "effort": "M"},
        }
    }
    made = archive.lay(cast("Book", SimpleNamespace(answers=answers, given=Given())))
    assert [line.cells for line in made.lines] == [
        ("X:1, 4.1", NOTHING, "Actions: Effort", "M"),
        ("X:1, 4.1", "Do a.", "remark on Status", "seen"),
        ("X:1, 4.1", "Do a.", "Evidence", "kept"),
    ]
