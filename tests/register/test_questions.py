from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imsmap.library.model import Relation
from imsmap.reasoning.groups import grouped
from imsmap.register.cells import Key
from imsmap.register.questions import SHARED, SHEET, Questions, questions
from tests.building import graph, relation, standard

Q = standard("q", {"4": None, "4.1": ["=issues", "+watching"], "4.2": ["=parties", "+effect"], "8.1": ["=planned"]})
E = standard(
    "e",
    {"4": None, "4.1": ["=issues", "+state"], "4.2": ["=parties"], "8.1": ["+effects"], "8.2": ["=planned"]},
    topics={"8.1": "aspects"},
    discipline="environment",
)
N = standard(
    "n",
    {"4": None, "4.1": ["=issues"], "4.2": ["+like-effect"], "10.1": ["=improved"], "10.2": ["+better", "=improved"]},
    topics={"4.2": "design"},
    discipline="energy",
)
NEXT = standard("q-next", {"4": None, "4.1": ["=issues", "+watching"], "4.2": ["=parties", "+effect"]})
EQUAL = relation("q", "n", "4.2#effect equal-to 4.2#like-effect @9")
EDITIONS = relation("q", "q-next", "4.2#effect equal-to 4.2#effect @9")
TO_CORE = relation("n", "e", "4.2#like-effect equal-to 4.2#parties @9")


def of(*keys: str, relations: Sequence[Relation] = ()) -> Questions:
    # A project reads no relations but those between its standards.
    known = [r for r in relations if {ref.partition(":")[0] for ref in (*r.subject, *r.object)} <= set(keys)]
    return questions(grouped(graph(*(s for s in (Q, E, N, NEXT) if s.key in keys), relations=known), keys))


def cell(row: str, name: str = "owner") -> Key:
    return Key(SHEET, row, name)


def test_a_core_point_that_two_standards_instantiate_is_one_question_with_a_verdict_for_each() -> None:
    asked = of("q", "e").of["e:4.1#issues"]
    assert (asked.id, asked.topic, asked.standards, asked.is_shared) == ("core:issues", "4.1", ("q", "e"), True)
    assert [(v.point, v.clause) for v in asked.verdicts] == [("q:4.1#issues", "q:4.1"), ("e:4.1#issues", "e:4.1")]


def test_what_one_standard_asks_for_alone_is_a_question_under_the_id_of_its_point() -> None:
    found = of("q", "e").of
    assert (found["q:4.1#watching"].id, found["q:4.1#watching"].is_shared) == ("q:4.1#watching", False)
    assert of("q").of["q:4.1#issues"].id == "q:4.1#issues"


def test_a_shared_question_is_read_in_the_topic_of_its_core_point_wherever_its_clauses_stand() -> None:
    asked = of("q", "e").of["e:8.2#planned"]
    assert (asked.id, asked.topic) == ("core:planned", "8.1")
    assert [verdict.clause for verdict in asked.verdicts] == ["q:8.1", "e:8.2"]


def test_shared_questions_come_before_what_each_standard_adds_and_every_point_has_its_verdict_once() -> None:
    asked = of("q", "e")
    assert [question.id for question in asked.by_topic["4.1"]] == ["core:issues", "q:4.1#watching", "e:4.1#state"]
    points = [verdict.point for question in asked for verdict in question.verdicts]
    assert len(points) == len(set(points)) == 10
    assert list(asked.by_topic) == ["4.1", "4.2", "aspects", "8.1"]


def test_all_points_of_a_standard_that_instantiate_a_shared_core_point_belong_to_its_question() -> None:
    other = standard("o", {"10.1": ["=improved"]})
    asked = questions(grouped(graph(N, other), ("n", "o"))).of["n:10.2#improved"]
    assert [verdict.point for verdict in asked.verdicts] == ["n:10.1#improved", "n:10.2#improved", "o:10.1#improved"]
    assert of("n").of["n:10.2#improved"].id == "n:10.2#improved"


def test_two_editions_of_one_standard_share_their_questions() -> None:
    asked = of("q", "q-next")
    assert asked.of["q-next:4.1#issues"].standards == ("q", "q-next")
    assert not asked.of["q-next:4.1#watching"].is_shared


def test_points_that_a_relation_states_equal_are_one_question_whichever_standards_join() -> None:
    two = of("q", "n", relations=[EQUAL]).of["n:4.2#like-effect"]
    assert two.is_shared
    assert two.standards == ("q", "n")
    three = of("q", "n", "q-next", relations=[EQUAL, EDITIONS]).of["q-next:4.2#effect"]
    assert three.standards == ("q", "n", "q-next")
    assert two.id in three.rows
    assert f"equal:{two.verdicts[0].point}" in of("q").of["q:4.2#effect"].rows


def test_a_point_that_equals_one_of_a_core_point_joins_its_question() -> None:
    asked = of("q", "e", "n", relations=[TO_CORE]).of["n:4.2#like-effect"]
    assert (asked.id, asked.standards) == ("core:parties", ("q", "e", "n"))


def test_a_cell_of_its_own_overrides_what_the_question_says_and_only_for_its_standard() -> None:
    asked = of("q", "e")
    cells = {cell("core:issues"): "Anna", cell("e:4.1#issues"): "Ben", cell("core:issues", "status"): "Partial"}
    assert asked.effective(cells, "q:4.1#issues", "owner") == "Anna"
    assert asked.effective(cells, "e:4.1#issues", "owner") == "Ben"
    assert asked.effective(cells, "q:4.1#issues", "status") is None
    assert asked.effective({cell("x:4.1#issues"): "Cy"}, "x:4.1#issues", "owner") == "Cy"


def test_a_standard_that_is_left_alone_still_finds_what_was_said_for_all() -> None:
    cells = {cell("core:issues"): "Anna"}
    assert of("q").effective(cells, "q:4.1#issues", "owner") == "Anna"
    two = of("q", "n", relations=[EQUAL])
    cells = {cell(two.of["q:4.2#effect"].id): "Anna"}
    three = of("q", "n", "q-next", relations=[EQUAL, EDITIONS])
    assert three.effective(cells, "q-next:4.2#effect", "owner") == "Anna"


def test_lifting_joins_what_all_say_alike_and_leaves_what_differs_or_is_missing_with_its_standard() -> None:
    asked = of("q", "e")
    cells = {
        cell("q:4.1#issues"): "Anna",
        cell("e:4.1#issues"): "Anna",
        cell("q:4.2#parties"): "Anna",
        cell("e:4.2#parties"): "Ben",
        cell("q:8.1#planned"): "Anna",
        cell("q:4.1#issues", "status"): "Partial",
        cell("e:4.1#issues", "status"): "Partial",
    }
    joined = asked.lift(cells, {})
    assert joined == {
        key: value for key, value in cells.items() if not key.row.endswith("#issues") or key.field == "status"
    } | {cell("core:issues"): "Anna"}


def test_a_question_keeps_what_it_said_while_one_standard_still_says_so() -> None:
    asked = of("q", "e")
    before = {cell("core:issues"): "Anna"}
    cells = asked.spread(before) | {cell("e:4.1#issues"): "Ben"}
    assert asked.lift(cells, before) == {cell("core:issues"): "Anna", cell("e:4.1#issues"): "Ben"}
    del cells[cell("e:4.1#issues")]  # emptied for one standard: nothing may fill it from the question again
    assert asked.lift(cells, before) == {cell("q:4.1#issues"): "Anna"}


def test_what_was_just_written_for_all_is_not_replaced_by_what_every_standard_says_for_itself() -> None:
    asked, before = of("q", "e"), {cell("core:issues"): "Anna"}
    own = {cell("q:4.1#issues"): "Ben", cell("e:4.1#issues"): "Ben"}
    assert asked.lift({cell("core:issues"): "Eve", **own}, before) == {cell("core:issues"): "Eve", **own}
    assert asked.lift({cell("core:issues"): "Anna", **own}, before) == {cell("core:issues"): "Ben"}


def test_what_was_said_for_all_since_a_view_went_out_is_not_replaced_by_who_did_not_see_it() -> None:
    asked, ours = of("q", "e"), {cell("core:issues"): "Eve", cell("e:4.1#issues"): "Ben"}
    went = {cell("core:issues"): "Anna", cell("e:4.1#issues"): "Ben"}
    changed = ours | {cell("q:4.1#issues"): "Ben"}
    assert asked.brought_home(ours, changed, ours, went) == changed
    assert asked.brought_home(ours, changed, ours, ours) == {cell("core:issues"): "Ben"}


def test_an_override_that_says_what_is_said_for_all_by_now_is_none() -> None:
    asked, ours = of("q", "e"), {cell("core:issues"): "Ben"}
    went = {cell("core:issues"): "Anna", cell("e:4.1#issues"): "Ben"}
    changed = ours | {cell("q:4.1#issues"): "Ben"}
    assert asked.brought_home(ours, changed, ours, went) == ours
    assert asked.brought_home(ours, changed, ours, ours) == changed  # who saw it means this standard's own


def test_a_question_that_went_out_is_not_spread() -> None:
    asked = of("q", "e")
    cells = {cell("core:issues"): "Anna", cell("core:parties"): "Ben", cell("e:4.2#parties"): "Cy"}
    assert asked.spread(cells, ["core:issues"]) == {
        cell("core:issues"): "Anna",
        cell("q:4.2#parties"): "Ben",
        cell("e:4.2#parties"): "Cy",
    }


def test_a_question_whose_id_changed_as_a_standard_joined_stands_where_it_went_out_and_comes_home() -> None:
    two = of("q", "q-next", relations=[EDITIONS]).of["q:4.2#effect"]
    three = of("q", "n", "q-next", relations=[EQUAL, EDITIONS])
    home = three.of["q:4.2#effect"].id
    assert home != two.id
    cells = {cell(home): "Anna"}
    assert three.spread(cells, [two.id]) == {cell(two.id): "Anna"}
    assert three.lift({cell(two.id): "Anna"}, cells) == cells


ASKED = {
    names: of(*names, relations=[EQUAL, EDITIONS, TO_CORE])
    for names in (("q",), ("q", "e"), ("q", "n"), ("n",), ("n", "e", "q", "q-next"))
}
ROWS = sorted({row for asked in ASKED.values() for question in asked for row in question.rows})
POINTS = sorted({verdict.point for asked in ASKED.values() for question in asked for verdict in question.verdicts})
written = st.dictionaries(
    st.builds(cell, st.sampled_from(ROWS + POINTS), st.sampled_from((*SHARED[:2], "status"))),
    st.sampled_from(("Anna", "Ben", 3, 3.0, True)),
    max_size=40,
)


@given(st.sampled_from(sorted(ASKED)), written)
def test_spreading_and_lifting_leave_what_holds_for_every_point(names: tuple[str, ...], cells: dict) -> None:
    asked = ASKED[names]

    def meaning(of: dict) -> dict:
        return {(p, n): repr(asked.effective(of, p, n)) for p in asked.of for n in (*SHARED, "status")}

    spread = asked.spread(cells)
    assert meaning(spread) == meaning(cells)
    assert all(spread.get(cell(p, n)) == asked.effective(cells, p, n) for p in asked.of for n in SHARED)
    lifted = asked.lift(spread, cells)
    assert meaning(lifted) == meaning(cells)
    assert asked.lift(asked.spread(lifted), lifted) == lifted
    others = {key: value for key, value in cells.items() if key.field == "status" or key.row not in asked.of}
    rows = {row for question in asked for row in question.rows}
    assert {key: lifted.get(key) for key in others if key.row not in rows or key.field == "status"} == {
        key: value for key, value in others.items() if key.row not in rows or key.field == "status"
    }


@given(st.sampled_from(sorted(ASKED)), written, st.data())
def test_spreading_but_what_is_shown_leaves_what_holds_too(
    names: tuple[str, ...], cells: dict, data: st.DataObject
) -> None:
    asked = ASKED[names]
    rows = sorted({row for question in asked for row in question.rows})
    shown = data.draw(st.sets(st.sampled_from(rows)))
    part = asked.spread(cells, shown)
    whole = asked.lift(part, cells)
    for point in asked.of:
        for name in SHARED:
            assert asked.effective(part, point, name) == asked.effective(cells, point, name)
            assert asked.effective(whole, point, name) == asked.effective(cells, point, name)


def test_what_was_said_for_all_stays_for_a_standard_that_is_not_here_now() -> None:
    alone = of("q")
    cells = {cell("core:issues"): "Anna"}
    seen = alone.spread(cells)
    changed = {**seen, cell("q:4.1#issues"): "Ben"}
    assert alone.brought_home(seen, changed, cells) == {cell("core:issues"): "Anna", cell("q:4.1#issues"): "Ben"}


def test_bringing_home_leaves_alone_what_did_not_change() -> None:
    asked = of("q", "e")
    apart = {cell(row, name): "Anna" for row in ("q:4.1#issues", "e:4.1#issues") for name in ("owner", "process")}
    seen = asked.spread(apart)
    assert asked.brought_home(seen, seen, apart) == apart
    changed = seen | {cell("q:4.1#issues"): "Ben", cell("e:4.1#issues"): "Ben"}
    assert asked.brought_home(seen, changed, apart) == {
        cell("core:issues"): "Ben",
        cell("q:4.1#issues", "process"): "Anna",
        cell("e:4.1#issues", "process"): "Anna",
    }


@pytest.mark.slow
@given(st.sampled_from(sorted(ASKED)), written, written, st.data())
def test_whatever_changes_in_a_view_holds_in_the_register(
    names: tuple[str, ...], cells: dict, edits: dict, data: st.DataObject
) -> None:
    asked = ASKED[names]
    rows = sorted({row for question in asked for row in question.rows})
    seen = asked.spread(cells, data.draw(st.sets(st.sampled_from(rows))))
    changed = seen | {key: value for key, value in edits.items() if key in seen or key.row in asked.of}
    home = asked.brought_home(seen, changed, cells)
    for point in asked.of:
        for name in SHARED:
            assert asked.effective(home, point, name) == asked.effective(changed, point, name)
