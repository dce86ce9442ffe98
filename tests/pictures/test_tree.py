from __future__ import annotations

from collections import Counter

from attrs import evolve

from imsmap.drawing import SIZES
from imsmap.drawing.story import kind_of
from imsmap.library.model import Kin
from imsmap.parts import ClauseName
from imsmap.pictures import tree
from tests.pictures.invented import draw, matrix, report_for, requirements


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


def test_clauses_of_a_supplement_stand_under_the_headings_of_what_it_adds_to() -> None:
    report = report_for("tree", 2)
    answer = report.answer
    base, added = answer.standards
    topic = next(one for one in answer.topics if one.main == "8" and one.clauses[base.key])
    home = next(clause for clause in topic.clauses[base.key] if len(clause.line) > 1)
    upper = home.line[-2]
    own = tuple(
        ClauseName(f"{added.key}:{upper}.9.{at}", f"{upper}.9.{at}", f"More {at}", f"More {at}", (f"{upper}.9.{at}",))
        for at in range(1, 4)
    )
    topics = tuple(
        evolve(one, clauses={**one.clauses, added.key: own if one is topic else ()}) for one in answer.topics
    )
    lone = evolve(
        answer,
        topics=topics,
        leaves={**answer.leaves, added.key: own},
        headings={**answer.headings, added.key: {}},
        closest={**answer.closest, **{one.ref: Kin.RELATED for one in own}},
    )
    *_, page = tree.draw(evolve(report, answer=lone), SIZES["16:9"])
    said = {part.name: part.paragraphs for part in page.parts.values() if part.paragraphs}
    (head,) = [text for name, text in said.items() if name == f"{added.key}:8"]
    assert head[0].endswith("8 Operation")
    titles = dict(answer.headings[base.key]) | {one.number: one.title for one in answer.leaves[base.key]}
    assert said[f"{added.key}:{upper}"] == (f"{upper} {titles[upper]}".strip(),)
    assert sum(part.name == "leaf related" for part in page.parts.values()) == 3
