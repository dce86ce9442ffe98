from __future__ import annotations

from tests.pictures.invented import draw, report_for


def test_the_heatmap_tells_own_clauses_by_letter_and_number_and_the_rest_by_glyph() -> None:
    (picture,) = draw("heatmap", report_for("heatmap", 2))
    cells = {part.name.replace("\u00a0", " "): part for part in picture.parts.values() if part.role == "box"}
    assert cells["Design and development of products and services, Q 8.3"].alt.endswith(": own")
    assert cells["4.2 Understanding the needs and expectations of interested parties, E ="].alt.endswith(": same")
    assert "Emergency preparedness and response ⚠, Q ○" in cells
    assert "clauses\u00a07\u00a0and\u00a08" in picture.title
