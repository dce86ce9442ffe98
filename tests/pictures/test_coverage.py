from __future__ import annotations

from attrs import evolve

from imsmap.library.model import Kin
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


def test_what_nobody_looked_at_is_not_said_to_have_a_counterpart() -> None:
    report = matrix()
    first, second = (side.key for side in report.answer.standards)
    entry = report.answer.covered(of=first, by=second)
    looked_at = evolve(entry, none=0, uncovered=(), extended=entry.extended + entry.none)
    for unsure, told in ((entry.not_assessed, "each leaf clause that was looked at has"), (0, "each leaf clause has")):
        some = evolve(looked_at, not_assessed=unsure, unassessed=entry.unassessed[:unsure])
        coverage = tuple(some if one is entry else one for one in report.answer.coverage)
        kins = {f"{first}:{number}": Kin.NOT_ASSESSED for number in some.unassessed}
        closest = dict.fromkeys(report.answer.closest, Kin.EXTENDED) | kins
        answer = evolve(report.answer, coverage=coverage, closest=closest)
        (picture,) = draw("coverage", evolve(report, answer=answer))
        said = {part.name: part.paragraphs for part in picture.parts.values()}
        assert said[f"{first} uncovered"] == (f"Q\u00a0nothing: {told} a counterpart",)


def test_what_has_no_room_stands_in_the_notes() -> None:
    pictures = draw("coverage", report_for("coverage", 6), "4:3")
    told = " ".join(" ".join((*p.notes, *(t for part in p.parts.values() for t in part.paragraphs))) for p in pictures)
    entry = matrix(6).answer.covered(of="invented0-2031", by="invented1-2031")
    for number in entry.uncovered:
        assert f"Q\u00a0{number} " in told
