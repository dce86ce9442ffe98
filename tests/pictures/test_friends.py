from __future__ import annotations

from attrs import evolve

from imsmap.drawing import SIZES
from imsmap.pictures import friends
from tests.pictures import invented
from tests.pictures.invented import draw, report_for


def test_at_most_six_rows_are_shown_and_the_rest_is_told_by_number_and_whole_in_the_notes() -> None:
    (picture,) = draw("friends", report_for("friends", 2))
    rows = [name for name in picture.groups if name.startswith("Clause")]
    said = {part.name: part.paragraphs for part in picture.parts.values()}
    assert len(rows) == 6
    number = len({one.number for one in invented.friends().answer.false_friends})
    assert said["More"][0].startswith(f"and {number - 6} more: ")
    for rest in said["More"][0].partition(": ")[2].split(", "):
        assert any(note.startswith(f"And {rest}: ISO 90001:2031: ") for note in picture.notes)


def test_the_title_counts_the_numbers_and_names_both_editions() -> None:
    (picture,) = draw("friends", report_for("friends", 2))
    assert picture.title.replace("\u00a0", " ") == (
        "8 clause numbers ask for different things in ISO 90001:2031 and ISO 14901:2031: never merge them by number"
    )


def test_a_weak_tie_is_named_in_the_notes_not_hidden() -> None:
    (picture,) = draw("friends", report_for("friends", 2))
    assert "Weak tie (2 of 10): records" in picture.notes


def test_no_false_friends_is_said() -> None:
    report = invented.friends()
    none = evolve(report, answer=evolve(report.answer, false_friends=()))
    (picture,) = friends.draw(none, SIZES["16:9"])
    assert picture.title.startswith("No clause number stands for different duties")


def test_a_standard_without_the_number_has_no_box_in_its_row() -> None:
    (picture,) = draw("friends", report_for("friends", 6))
    rows = {part.name for part in picture.parts.values() if part.group == "Clause 6.3"}
    assert rows == {"Clause 6.3", "invented0-2031:6.3", "invented2-2031:6.3", "invented4-2031:6.3"}
