from __future__ import annotations

from tests.pictures import rules
from tests.pictures.invented import draw, report_for


def test_columns_name_every_shared_hub_clause_and_every_clause_of_its_own() -> None:
    pictures = draw("columns", report_for("columns", 2))
    said = "".join(rules.words_of(picture) for picture in pictures)
    for number in ("4.1", "4.2", "5.1", "6.1", "7.5", "8.1", "9.1", "9.2", "9.3", "10.1", "10.2"):
        assert f" {number} " in said
    for own in ("Q 4.4.2 ", "5.1.2 Customer focus", "8.2 Requirements", "8.3 Design", "8.7 Control", "E 8.2 Emergency"):
        assert own in said
    assert "E nothing of its own" in said
    assert "6.3 Planning of changes ?" in said  # not assessed is neither shared nor its own without a mark


def test_columns_say_n_of_m_in_title_and_heads() -> None:
    picture, *_ = draw("columns", report_for("columns", 2))
    assert picture.title.replace("\u00a0", " ").startswith(
        "Do once what is shared: of 47 topics 25 share a common core, 2 only related, 19 alone, 1 not looked at; "
        "ISO 90001:2031 adds 0 points, ISO 14901:2031 adds 0 points"
    )
    heads = [part.paragraphs for part in picture.parts.values() if part.group == "Heads"]
    assert heads[0][1] == "adds 0\u00a0points"
    told = "ISO 90001:2031: 25 of 55 leaf clauses without common core: 3 ◐ related, 1 ? not assessed, 21 ○ none."
    assert told in picture.notes


def test_columns_hold_at_most_35_boxes_a_page() -> None:
    for count in (2, 3, 6):
        for picture in draw("columns", report_for("columns", count)):
            assert sum(part.role == "box" for part in picture.parts.values()) <= 35


def test_pages_say_which_of_how_many_they_are() -> None:
    pictures = draw("columns", report_for("columns", 6))
    assert len(pictures) > 1
    for index, picture in enumerate(pictures, start=1):
        assert picture.title.endswith(f"({index} of {len(pictures)})")
        assert any(note.startswith(f"Page {index} of {len(pictures)}") for note in picture.notes)


def test_all_six_standards_are_somewhere_in_the_columns() -> None:
    names = {part.name for picture in draw("columns", report_for("columns", 6)) for part in picture.parts.values()}
    assert {f"invented{index}-2031 head" for index in range(6)} <= names


def test_at_most_a_quarter_of_the_clauses_of_a_page_is_abbreviated_and_each_stands_whole_in_the_notes() -> None:
    for count in (2, 3, 6):
        for picture in draw("columns", report_for("columns", count)):
            entries = [text for part in picture.parts.values() if part.hang for text in part.paragraphs]
            cut = [text for text in entries if "…" in text]
            told = [one for note in picture.notes if note.startswith("In full, ") for one in note.split("; ")]
            assert len(cut) == len(told) <= len(entries) / 4


def test_heads_are_all_set_in_one_size() -> None:
    for size in ("16:9", "4:3", "A4", "A3"):
        for picture in draw("columns", report_for("columns", 3), size):
            assert len({part.size for part in picture.parts.values() if part.group == "Heads"}) == 1
