from __future__ import annotations

import re

from attrs import evolve

from imsmap.drawing import ALERT
from imsmap.pictures.next90 import MOST
from tests.pictures.invented import draw, next90, report_for


def test_the_title_counts_what_is_late_and_how_many_of_the_major_ones() -> None:
    (picture,) = draw("next90", report_for("next90", 2))
    assert picture.title == "Next 90 days: 2 of 15 open actions are late, 2 of the 3 major ones among them"


def test_the_first_actions_have_a_row_and_the_others_stand_whole_in_the_notes() -> None:
    report = next90()
    (picture,) = draw("next90", report)
    rows = {part.name for part in picture.parts.values() if part.name[:7] == "Action " and part.name[7:].isdigit()}
    assert len(rows) == MOST
    rest = report.answer.actions[MOST:]
    assert rest
    for one in rest:
        assert any(note.startswith("And ") and one.action.text in note for note in picture.notes)


def test_what_is_late_says_by_how_many_days_in_the_colour_of_alerts_and_nobodys_says_so() -> None:
    report = next90()
    (picture,) = draw("next90", report)
    said = {part.name: part for part in picture.parts.values() if part.paragraphs}
    days = (report.answer.date - report.answer.actions[0].due).days
    assert said["Days 1"].paragraphs == (f"{days} days late",)
    assert said["Days 1"].ink == said["Due 1"].ink == ALERT
    assert said["Due 3"].ink != ALERT
    assert said["Days 3"].paragraphs[0].startswith("in ")
    assert (said["Owner 3"].paragraphs, said["Owner 3"].ink) == (("no owner",), ALERT)


def test_a_bar_reaches_from_today_to_the_day_it_was_due() -> None:
    (picture,) = draw("next90", report_for("next90", 2))
    (today,) = (part.area.x for part in picture.parts.values() if part.name == "today")
    late = [part.area for part in picture.parts.values() if part.name == "late"]
    assert len(late) == 2
    assert all(abs(area.right - today) < 0.1 for area in late)


def test_nothing_due_is_said() -> None:
    report = next90()
    none = evolve(report, answer=evolve(report.answer, actions=()))
    (picture,) = draw("next90", none)
    assert picture.title.replace("\u00a0", " ") == "Next 90 days: 0 of 15 open actions are due by 2 April 2031"
    assert any(part.name == "None" for part in picture.parts.values())


def test_what_stands_in_one_column_has_one_size() -> None:
    for size in ("16:9", "4:3"):
        (picture,) = draw("next90", report_for("next90", 2, 1.35), size)
        for column in ("Due", "Clause", "Action", "Owner"):
            sizes = {part.size for part in picture.parts.values() if re.fullmatch(rf"{column} \d+", part.name)}
            assert len(sizes) == 1, column
