from __future__ import annotations

from attrs import evolve

from imsmap.pictures.next90 import MOST
from tests.pictures.invented import draw, next90, report_for


def test_the_title_counts_what_is_due_overdue_and_nobodys() -> None:
    (picture,) = draw("next90", report_for("next90", 2))
    assert picture.title == (
        "Next 90 days: 11 of 15 open actions are due by 2031-04-02, 2 overdue and 1 without an owner"
    )


def test_the_first_actions_have_a_row_and_the_others_stand_whole_in_the_notes() -> None:
    report = next90()
    (picture,) = draw("next90", report)
    rows = {part.name for part in picture.parts.values() if part.name[:7] == "Action " and part.name[7:].isdigit()}
    assert len(rows) == MOST
    rest = report.answer.actions[MOST:]
    assert rest
    for one in rest:
        assert any(note.startswith("And ") and one.action.text in note for note in picture.notes)


def test_what_is_overdue_or_nobodys_says_so_in_words_or_with_a_sign() -> None:
    (picture,) = draw("next90", report_for("next90", 2))
    said = {part.name: part.paragraphs[0] for part in picture.parts.values() if part.paragraphs}
    assert said["Due 1"].startswith("⚠")
    assert not said["Due 3"].startswith("⚠")
    assert said["Owner 3"] == "⚠\u00a0no owner"


def test_nothing_due_is_said() -> None:
    report = next90()
    none = evolve(report, answer=evolve(report.answer, actions=()))
    (picture,) = draw("next90", none)
    assert picture.title == "Next 90 days: 0 of 15 open actions are due by 2031-04-02"
    assert any(part.name == "None" for part in picture.parts.values())
