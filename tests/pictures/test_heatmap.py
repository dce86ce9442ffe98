from __future__ import annotations

from tests.pictures.invented import draw, report_for


def test_the_heatmap_tells_own_clauses_by_letter_and_number_and_the_rest_by_glyph() -> None:
    (picture,) = draw("heatmap", report_for("heatmap", 2))
    cells = {part.name.replace("\u00a0", " "): part for part in picture.parts.values() if part.role == "box"}
    assert cells["Design and development of products and services, Q 8.3"].alt.endswith(": own")
    assert cells["4.2 Understanding the needs and expectations of interested parties, E ="].alt.endswith(": same")
    assert "Emergency preparedness and response ⚠, Q ○" in cells


def test_the_title_names_the_clauses_where_the_largest_share_stands_apart_and_counts_it() -> None:
    (picture,) = draw("heatmap", report_for("heatmap", 2))
    assert picture.title.replace("\u00a0", " ") == (
        "Integration stops at 22 of 47 topics, which have no common core; the largest share is in clauses 6 and 8, "
        "10 of 13"
    )
    said = {part.name.replace("\u00a0", " ") for part in picture.parts.values()}
    assert {"6 Planning, 3 of 5 apart", "8 Operation, 7 of 8 apart"} <= said


def test_a_related_clause_tells_its_number_where_there_is_room_and_its_glyph_everywhere() -> None:
    for size, text in (("A3", "Q 8.4 ◐"), ("16:9", "Q ◐")):
        (picture,) = draw("heatmap", report_for("heatmap", 2), size)
        said = {part.name.replace("\u00a0", " "): part.lines for part in picture.parts.values()}
        name = "Control of externally provided processes, products and services, Q 8.4 ◐"
        assert said[name][0].replace("\u00a0", " ") == text


def test_text_is_as_large_as_the_page_allows() -> None:
    sizes = {
        size: {part.size for picture in draw("heatmap", report_for("heatmap", 2), size) for part in
               picture.parts.values() if part.role == "box" and part.group.startswith("Clause")}
        for size in ("16:9", "A3")
    }  # fmt: skip
    assert max(sizes["A3"]) > max(sizes["16:9"])
