from __future__ import annotations

import pytest

from tests.pictures.invented import draw, report_for, timeline


def test_a_bar_goes_from_its_edition_to_the_next_and_the_next_begins_there() -> None:
    (picture,) = draw("timeline", report_for("timeline", 2))
    parts = {part.name: part for part in picture.parts.values()}
    edition, after = parts["invented0-2031 edition"].area, parts["invented0-2031 successor"].area
    years = {int(name[5:]): part.area.x for name, part in parts.items() if name.startswith("Line ")}
    year = years[2023] - years[2022]
    assert edition.x == pytest.approx(years[2020], abs=0.1)
    assert edition.right == pytest.approx(years[2030] + year * (1 + 14 / 372), abs=0.1)
    assert after.x == edition.right


def test_an_edition_without_successor_runs_to_the_edge_and_the_title_counts_the_others() -> None:
    (picture,) = draw("timeline", report_for("timeline", 2))
    parts = {part.name: part for part in picture.parts.values()}
    assert picture.title.startswith("1 of 2 editions have a successor")
    assert "invented1-2031 successor" not in parts
    assert parts["invented1-2031 edition"].area.right == pytest.approx(picture.size.width - picture.size.edge)


def test_no_end_of_a_transition_is_invented() -> None:
    (picture,) = draw("timeline", report_for("timeline", 2))
    said = " ".join(text for part in picture.parts.values() for text in part.paragraphs)
    assert "its end is not in these data: confirm with your certification body" in said


def test_every_date_has_its_confidence_and_source_in_the_notes() -> None:
    (picture,) = draw("timeline", report_for("timeline", 3))
    for event in timeline(3).answer.events:
        assert any(
            note.startswith(event.date) and "confidence 0.7" in note and "an invented source" in note
            for note in picture.notes
        )


@pytest.mark.parametrize("lengthen", [1.0, 3.0])
def test_one_date_stands_at_one_place_however_long_its_words_are(lengthen: float) -> None:
    (picture,) = draw("timeline", timeline(4, lengthen))
    marks = {part.name: part.area for part in picture.parts.values() if part.paragraphs == ("▲",)}
    lines = {int(part.name[5:]): part.area.x for part in picture.parts.values() if part.name.startswith("Line ")}
    where = lines[2030] + (lines[2031] - lines[2030]) / 12
    assert len(marks) == 2
    assert [area.x + area.width / 2 for area in marks.values()] == 2 * [pytest.approx(where, abs=0.1)]
