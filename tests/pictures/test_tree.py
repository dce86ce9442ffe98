from __future__ import annotations

from tests.pictures.invented import draw, report_for


def test_the_tree_names_every_clause_of_two_levels_on_a_slide_and_every_leaf_on_a3() -> None:
    report = report_for("tree", 2)
    for size, most in (("16:9", 1), ("A3", 9)):
        named = {part.name for picture in draw("tree", report, size) for part in picture.parts.values()}
        wanted = {clause["ref"] for clause in report.values["clauses"] if clause["number"].count(".") <= most}
        assert wanted <= named
