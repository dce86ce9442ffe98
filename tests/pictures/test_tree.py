from __future__ import annotations

from tests.pictures.invented import draw, requirements


def test_the_tree_names_every_clause_of_two_levels_on_a_slide_and_every_leaf_on_a3() -> None:
    report = requirements()
    for size, most in (("16:9", 1), ("A3", 9)):
        named = {part.name for picture in draw("tree", report, size) for part in picture.parts.values()}
        wanted = {one.clause.ref for one in report.answer.clauses if one.clause.number.count(".") <= most}
        assert wanted <= named
