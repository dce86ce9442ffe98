from __future__ import annotations

import re

import pytest

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
