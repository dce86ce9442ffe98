from __future__ import annotations

import re

import pytest
from attrs import evolve

from imsmap.drawing import SIZES, Area
from imsmap.pictures import work
from tests.pictures import rules
from tests.pictures.invented import draw, report_for


@pytest.mark.parametrize("count", [2, 3, 6])
def test_rows_sum_to_what_stands_in_the_last_row_and_in_the_title(count: int) -> None:
    report = report_for("work", count)
    pages = draw("work", report)
    parts = [part for page in pages for part in page.parts.values()]
    for side in report.answer.standards:
        rows = [part.paragraphs[0] for part in parts if re.fullmatch(rf"\d+ {side.key} adds", part.name)]
        (total,) = (part.paragraphs[0] for part in parts if part.name == f"{side.key} in all")
        assert sum(int(row) for row in rows if row != "·") == int(total)
        assert count > 3 or f"{int(total)} of " in pages[0].title


def test_a_misleading_number_is_told_instead_of_an_advice_that_would_merge_it() -> None:
    (page,) = draw("work", report_for("work", 2))
    said = {part.name: part.paragraphs[0] for part in page.parts.values() if part.paragraphs}
    rows = [name.split(" ")[0] for name, text in said.items() if name.endswith(" topic") and "Emergency" in text]
    assert [said[f"{row} advice"] for row in rows] == ["same number, other duty"]


def test_it_is_a_table_with_a_row_for_each_topic_of_the_clause() -> None:
    report = report_for("work", 2)
    (page,) = draw("work", report)
    table = page.tables["Where the work is"]
    topics = [topic for topic in report.answer.topics if topic.main == "8"]
    assert len(table.heights) == len(topics) + 2
    assert table.heads == 1


def test_of_many_standards_the_topics_that_add_most_stand_on_one_slide_and_the_rest_in_the_notes() -> None:
    report = report_for("work", 6)
    (page,) = draw("work", report)
    (main,) = {part.paragraphs[0].split(" ")[1] for part in page.parts.values() if part.name == "in all"}
    topics = [topic for topic in report.answer.topics if topic.main == main]
    said = {part.name: part for part in page.parts.values() if part.paragraphs}
    rows = sorted((name for name in said if name.endswith(" topic")), key=lambda name: int(name.split(" ")[0]))
    sums = [
        sum(
            int(said[f"{row.split(' ')[0]} {side.key} adds"].paragraphs[0].replace("·", "0"))
            for side in report.answer.standards
        )
        for row in rows
    ]
    rest = [name for name in rows if "more topic" in said[name].paragraphs[0]]
    ranked = sums[:-1] if rest else sums
    assert ranked == sorted(ranked, reverse=True)
    assert len(ranked) + sum(note.startswith("And ") for note in page.notes) == len(topics)


def test_rows_that_have_no_room_are_counted_in_one_and_each_is_named_in_the_notes() -> None:
    size = SIZES["16:9"]
    low = evolve(size, title=Area(36, 37, 888, 60), body=Area(36, 112, 888, 200))
    report = report_for("work", 6)
    (page,) = work.draw(report, low)
    (more,) = [part.paragraphs[0] for part in page.parts.values() if "more topic" in " ".join(part.paragraphs)]
    count = sum(note.startswith("And ") for note in page.notes)
    assert more.startswith(f"{count} more topic")
    for side in report.answer.standards:
        cells = {part.name: part.paragraphs[0] for part in page.parts.values() if f"{side.key} " in part.name}
        rows = [
            int(text) for name, text in cells.items() if re.fullmatch(rf"\d+ {side.key} adds", name) and text != "·"
        ]
        assert sum(rows) == int(cells[f"{side.key} in all"])


@pytest.mark.parametrize("count", [2, 3, 6])
def test_no_row_is_set_smaller_than_the_others(count: int) -> None:
    for page in draw("work", report_for("work", count)):
        for kind in ("topic", "advice"):
            assert len({part.size for part in page.parts.values() if part.name.endswith(f" {kind}")}) == 1


def test_where_titles_lack_room_numbers_of_several_clauses_are_short_and_told_in_full_in_the_notes() -> None:
    report = report_for("work", 6)
    (page,) = draw("work", report)
    title = next(part.paragraphs[0] for part in page.parts.values() if part.name == "1 topic")
    first = next(one for one in report.answer.topics if one.title == title)
    several = evolve(first, number="7.4.1 and 4 more", title="Words that go on " * 9)
    topics = tuple(several if one is first else one for one in report.answer.topics)
    (page,) = draw("work", evolve(report, answer=evolve(report.answer, topics=topics)))
    shown = {text for part in page.parts.values() if part.holder for text in part.paragraphs}
    assert "7.4.1…" in shown
    assert "7.4.1 and 4 more" not in shown
    assert any(note.startswith("In full: 7.4.1 and 4 more Words that") for note in page.notes)
    assert "7.4.1 and 4 more" in page.alt


def test_on_a_narrow_page_there_are_fewer_rows_rather_than_words_that_are_cut() -> None:
    report = report_for("work", 6)
    topics = tuple(evolve(one, title=f"{one.title} and more") for one in report.answer.topics)
    long = evolve(report, answer=evolve(report.answer, topics=topics))
    (page,) = work.draw(long, SIZES["4:3"])
    told = [part for part in page.parts.values() if part.name.endswith((" topic", " advice"))]
    assert any(len(part.lines) == 2 for part in told)
    assert not any("…" in text for part in told for text in part.paragraphs)


def test_on_a_page_upright_many_standards_have_their_topics_named_and_what_to_do_in_the_notes() -> None:
    pages = work.draw(report_for("work", 6), rules.UPRIGHT)
    for picture in pages:
        names = {part.name for part in picture.parts.values()}
        assert not any(name.endswith(" advice") for name in names)
        assert any(name.endswith(" topic") for name in names)
        rows = [name for name in names if re.fullmatch(r"\d+\.2 .*", name)]
        told = [note for note in picture.notes if re.match(r"In full: \d[\d.]*…? [a-z]", note)]
        assert len(told) == len(rows) > 0
