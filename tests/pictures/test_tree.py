from __future__ import annotations

from collections import Counter

from imsmap.drawing.story import kind_of
from tests.pictures.invented import draw, matrix, requirements


def test_the_tree_names_every_clause_of_two_levels_on_a_slide_and_every_leaf_on_a3() -> None:
    report = requirements()
    for size, most in (("16:9", 1), ("A3", 9)):
        named = {part.name for picture in draw("tree", matrix(), size) for part in picture.parts.values()}
        wanted = {one.clause.ref for one in report.answer.clauses if one.clause.number.count(".") <= most}
        assert wanted <= named


def test_each_leaf_clause_is_a_box_of_its_class_on_any_paper() -> None:
    answer = matrix().answer
    for size in ("16:9", "A3"):
        for side, page in zip(answer.standards, draw("tree", matrix(), size), strict=True):
            boxes = Counter(part.name for part in page.parts.values() if part.name.startswith("leaf "))
            kinds = Counter(f"leaf {kind_of(answer.closest[leaf.ref])}" for leaf in answer.leaves[side.key])
            assert boxes == kinds


def test_a_hundred_main_clauses_are_poured_into_columns_without_trying_all_ways() -> None:
    from imsmap.pictures import tree

    mains, heights = [object()] * 100, [10.0 + at % 3 for at in range(100)]
    cuts = tree._pour(mains, heights, 4)  # type: ignore[arg-type]
    assert cuts is not None
    assert len(cuts) == 3
    assert all(20 <= end - start <= 30 for start, end in zip((0, *cuts), (*cuts, 100), strict=True))
