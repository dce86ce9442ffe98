from __future__ import annotations

from tests.pictures.invented import draw, report_for


def test_the_heatmap_tells_own_clauses_by_letter_and_number_and_the_rest_by_glyph() -> None:
    pictures = draw("heatmap", report_for("heatmap", 2))
    parts = [part for picture in pictures for part in picture.parts.values()]
    cells = {part.name.replace("\u00a0", " "): part for part in parts if part.role == "box"}
    assert cells["Design and development of products and services, Q 8.3"].alt.endswith(": own")
    assert cells["4.2 Understanding the needs and expectations of interested parties, E ="].alt.endswith(": same")
    assert "Emergency preparedness and response ⚠, Q ○" in cells


def test_the_title_names_the_clauses_where_the_largest_share_stands_apart_and_counts_it() -> None:
    pictures = draw("heatmap", report_for("heatmap", 2))
    assert (
        pictures[0]
        .title.replace("\u00a0", " ")
        .startswith(
            "Integration stops at 22 of 47 topics, which have no common core; the largest share is in clauses 6 and 8, "
            "10 of 13"
        )
    )
    said = {part.name.replace("\u00a0", " ") for picture in pictures for part in picture.parts.values()}
    assert {"6 Planning, 3 of 5 apart", "8 Operation, 7 of 8 apart"} <= said
