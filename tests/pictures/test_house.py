from __future__ import annotations

from tests.pictures.invented import draw, report_for


def test_the_house_has_a_roof_a_beam_a_pillar_for_each_standard_and_a_base() -> None:
    (picture,) = draw("house", report_for("house", 3))
    assert list(picture.groups) == [
        "Clause 5, the roof", "Clause 4, the beam", "Pillar Q", "Pillar E", "Pillar S", "Clause 6, 8, what is shared",
        "Clause 7, in the base", "Clause 9, in the base", "Clause 10, in the base",
    ]  # fmt: skip
    shapes = {part.name: part.shape for part in picture.parts.values()}
    assert shapes["Clause 5"] == "triangle"


def test_a_pillar_names_what_only_its_discipline_asks_for_in_6_and_8() -> None:
    (picture,) = draw("house", report_for("house", 2))
    said = {part.name: [text.replace("\u00a0", " ") for text in part.paragraphs] for part in picture.parts.values()}
    assert said["invented1-2031 pillar"] == [
        "E 6.1.2 Environmental aspects", "E 6.1.3 Compliance obligations", "E 8.2 Emergency preparedness and response",
    ]  # fmt: skip
    assert said["invented1-2031 pillar head"][1] == "+3 of 8 leaf clauses"


def test_six_pillars_stand_on_one_slide_or_on_two_where_words_would_break() -> None:
    assert len(draw("house", report_for("house", 6), "16:9")) == 1
    first, second = draw("house", report_for("house", 6), "4:3")
    assert [name for name in first.groups if name.startswith("Pillar")] == ["Pillar Q", "Pillar E", "Pillar S"]
    assert [name for name in second.groups if name.startswith("Pillar")] == ["Pillar I", "Pillar N", "Pillar B"]
