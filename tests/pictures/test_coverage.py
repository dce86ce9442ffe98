from __future__ import annotations

from tests.pictures.invented import draw, matrix, report_for


def test_both_directions_are_told_with_n_of_m_and_the_uncovered_by_number_and_title() -> None:
    (picture,) = draw("coverage", report_for("coverage", 2))
    said = {part.name: [text.replace("\u00a0", " ") for text in part.paragraphs] for part in picture.parts.values()}
    assert said["invented0-2031 head"][1] == "33 of 55 leaf clauses have a counterpart"
    assert said["invented1-2031 head"][1] == "26 of 32 leaf clauses have a counterpart"
    assert said["invented0-2031 uncovered, head"] == ["No counterpart in ISO 14901:2031: 21 of 55 (1 not assessed)"]
    assert said["invented1-2031 uncovered"][0] == "E 6.1.2 Environmental aspects"
    assert len(said["invented1-2031 uncovered"]) == 6


def test_classes_are_told_by_glyph_and_count() -> None:
    (picture,) = draw("coverage", report_for("coverage", 2))
    said = {part.name: part.paragraphs[0] for part in picture.parts.values() if part.role == "box"}
    assert said["invented1-2031 same"] == "=\u00a05"
    assert said["invented1-2031 none"] == "○\u00a06"


def test_of_more_standards_what_none_of_the_others_covers_is_told() -> None:
    for picture in draw("coverage", report_for("coverage", 6)):
        for name, alt in picture.groups.items():
            assert name.startswith("Of ")
            assert alt.count("have a counterpart in") == 5
    letters = {name for picture in draw("coverage", report_for("coverage", 6)) for name in picture.groups}
    assert letters == {f"Of {letter}" for letter in "QESINB"}


def test_what_has_no_room_stands_in_the_notes() -> None:
    pictures = draw("coverage", report_for("coverage", 6), "4:3")
    told = " ".join(" ".join((*p.notes, *(t for part in p.parts.values() for t in part.paragraphs))) for p in pictures)
    entry = matrix(6).answer.covered(of="invented0-2031", by="invented1-2031")
    for number in entry.uncovered:
        assert f"Q\u00a0{number} " in told
