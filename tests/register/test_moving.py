"""Answers move to another edition: as many come out as go in, and nothing that anybody wrote is lost."""

from __future__ import annotations

import datetime
from functools import cache

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from imsmap.client.standing import questions_of
from imsmap.register import schema
from imsmap.register.cells import COMMENT, LINK, Cells, Key, Value, shown
from imsmap.register.moving import ARCHIVE, ARCHIVED, BEFORE, CARRIED, JOINED, MOVED, RESET, Move, Moved
from imsmap.register.questions import SHARED, SHEET, Question, Questions, Verdict
from imsmap.register.ways import Target, Way, way
from tests import editions
from tests.drawn import tried

OLD, NEW = "x-1", "x-2"


def ref(edition: str, point: str) -> str:
    return f"{edition}:{point}"


def made(**leads: dict[str, str]) -> Move:
    """Make a move of points `4_1a` (clause 4.1, point a) to others, each with how."""

    def named(short: str) -> str:
        return f"{short[0]}.{short[2]}#{short[3:]}"

    targets = {
        ref(OLD, named(old)): tuple(Target(ref(NEW, named(new)), how) for new, how in to.items())
        for old, to in leads.items()
    }  # fmt: skip
    clauses: dict[str, tuple[str, ...]] = {}
    for old, to in targets.items():
        clause = old.partition("#")[0]
        went = (target.point.partition("#")[0] for target in to)
        clauses[clause] = tuple(dict.fromkeys((*clauses.get(clause, ()), *went)))
    places = {point: f"X:1, {point.partition(':')[2].partition('#')[0]}" for point in targets}
    found = Way(OLD, NEW, "X:1", targets, clauses, places, {point: f"Do {point}." for point in targets})

    def asked(points: list[str]) -> Questions:
        return Questions(
            tuple(
                Question(one, "4", (Verdict(one, one.partition(":")[0], one.partition("#")[0]),), (f"equal:{one}",))
                for one in sorted(points)
            )
        )

    after = [target.point for to in targets.values() for target in to]
    return Move(found, asked(list(targets)), asked(list(dict.fromkeys(after))))


def answered(**rows: dict[str, Value]) -> dict[Key, Value]:
    return {
        Key(SHEET, ref(OLD, f"{row[0]}.{row[2]}#{row[3:]}"), field): value
        for row, fields in rows.items() for field, value in fields.items()
    }  # fmt: skip


def row(moved: Moved, point: str, sheet: str = SHEET) -> dict[str, Value]:
    return {key.field: value for key, value in moved.cells.items() if (key.sheet, key.row) == (sheet, ref(NEW, point))}


DAY = datetime.date(2031, 2, 3)
FULL: dict[str, Value] = {
    "status": "Conforming", "evidence": "a record", "owner": "Ann", "verified_by": "Bo", "verified_on": DAY,
    f"{COMMENT}status": "Bo: seen", f"{LINK}evidence": "docs/a.md", "own:Cost": 7,
}  # fmt: skip


@pytest.mark.parametrize("how", ["same", "reworded"])
def test_what_is_asked_as_before_is_carried_whole(how: str) -> None:
    moved = made(**{"4_1a": {"4_2a": how}}).move(answered(**{"4_1a": FULL}))
    found = row(moved, "4.2#a")
    assert {name: found[name] for name in FULL} == FULL
    assert found[MOVED] == schema.CARRIED
    assert str(found[BEFORE]).startswith("X:1, 4.1: Conforming; verified 2031-02-03; by Bo")


@pytest.mark.parametrize("how", ["clarified", "narrowed"])
def test_what_was_clarified_or_narrowed_is_carried_to_be_reviewed(how: str) -> None:
    moved = made(**{"4_1a": {"4_1a": how}}).move(answered(**{"4_1a": FULL}))
    assert row(moved, "4.1#a")[MOVED] == schema.REVIEW
    assert row(moved, "4.1#a")["status"] == "Conforming"
    assert moved.fates[0].review


def test_where_more_is_asked_the_evidence_stays_and_the_status_is_asked_anew() -> None:
    moved = made(**{"4_1a": {"4_1a": "widened"}}).move(answered(**{"4_1a": FULL}))
    found = row(moved, "4.1#a")
    assert found["status"] == schema.NOT_ASSESSED
    assert found["evidence"] == "a record"
    assert found[MOVED] == schema.REASSESS
    assert "Conforming; verified 2031-02-03; by Bo; evidence: a record" in str(found[BEFORE])
    assert not {"verified_by", "verified_on"} & found.keys()
    assert moved.count(RESET) == 1


def test_what_goes_to_several_points_is_copied_with_its_origin() -> None:
    moved = made(**{"4_1a": {"4_1a": "same", "4_2b": "same"}}).move(answered(**{"4_1a": FULL}))
    assert row(moved, "4.1#a")["evidence"] == row(moved, "4.2#b")["evidence"] == "a record"
    assert "copied to each part" in str(row(moved, "4.2#b")[BEFORE])
    assert (moved.count(CARRIED), moved.copies) == (1, 1)


def test_what_comes_from_several_is_joined_with_the_worst_status_and_both_texts() -> None:
    leads = {"4_1a": {"4_1a": "same"}, "4_2b": {"4_1a": "same"}}
    other = {"status": "Partial", "evidence": "another", "owner": "Ann", "due": DAY, f"{LINK}evidence": "docs/b.md"}
    moved = made(**leads).move(answered(**{"4_1a": FULL, "4_2b": other}))
    found = row(moved, "4.1#a")
    assert found["status"] == "Partial"
    assert found["evidence"] == "X:1, 4.1: a record\nX:1, 4.2: another"
    assert found["owner"] == "Ann"
    assert found["due"] == DAY
    assert found[f"{LINK}evidence"] == "docs/a.md"
    assert "docs/b.md" in str(found[f"{COMMENT}evidence"])
    assert moved.count(JOINED) == 2


def test_a_joined_requirement_of_which_a_part_was_not_assessed_is_not_conforming_by_the_other_alone() -> None:
    leads = {"4_1a": {"4_1a": "same"}, "4_2b": {"4_1a": "same"}}
    assert row(made(**leads).move(answered(**{"4_1a": FULL})), "4.1#a")["status"] == schema.NOT_ASSESSED


def test_what_nobody_asks_for_any_more_is_archived_with_what_was_asked() -> None:
    moved = made(**{"4_1a": {}}).move(answered(**{"4_1a": FULL}))
    kept = {key.field: value for key, value in moved.cells.items() if key.sheet == ARCHIVE}
    assert {name: kept[name] for name in FULL} == FULL
    assert (kept["text"], kept["place"]) == ("Do x-1:4.1#a.", "X:1, 4.1")
    assert moved.count(ARCHIVED) == 1


def test_actions_marks_results_and_added_rows_follow() -> None:
    cells: dict[Key, Value] = {
        Key("actions", f"action:{OLD}:4.1#a", "effort"): "M",
        Key("processes", f"{OLD}:4.1", "process:buy"): "S",
        Key("processes", f"{OLD}:4.2", "process:buy"): "P",
        Key("audit", "4.1", f"result_{OLD}"): "Conforming",
        Key("documents", "@rows", "new:1"): f"{OLD}:4.1#a",
        Key("own:Notes", "3", "B"): f"see {OLD}:4.1",
    }
    moved = made(**{"4_1a": {"5_1a": "same"}, "4_2b": {"5_1b": "same"}}).move(cells)
    assert moved.cells == {
        Key("actions", f"action:{NEW}:5.1#a", "effort"): "M",
        Key("processes", f"{NEW}:5.1", "process:buy"): "P",
        Key("audit", "4.1", f"result_{NEW}"): "Conforming",
        Key("documents", "@rows", "new:1"): f"{NEW}:5.1#a",
        Key("own:Notes", "3", "B"): f"see {OLD}:4.1",
    }


def audited(**rows: dict[str, Value]) -> dict[Key, Value]:
    return {Key("audit", row, field): value for row, fields in rows.items() for field, value in fields.items()}


def test_a_question_of_the_checklist_that_is_no_more_is_joined_to_the_one_that_takes_it_over_the_worst_first() -> None:
    move = evolve(made(**{"4_1a": {"5_1a": "same"}}), items={"audit": {"general": "now"}})
    moved = move.move(
        audited(
            general={f"result_{OLD}": "Not conforming", "result_y": "Conforming", "grade": "Major", "finding": "none"},
            now={f"result_{OLD}": "Conforming", "result_y": "Not conforming", "grade": "Minor", "finding": "late"},
        )
    )
    assert moved.cells == audited(
        now={
            f"result_{NEW}": "Not conforming", "result_y": "Not conforming", "grade": "Major", "finding": "late\nnone",
        }
    )  # fmt: skip


@pytest.mark.parametrize("other", ["Conforming", "Not conforming"])
def test_a_verdict_goes_where_its_standard_is_asked_now_and_the_finding_stays_with_who_else_failed(other: str) -> None:
    move = evolve(made(**{"4_1a": {"5_1a": "same"}}), verdicts={"general": "now", "never": "now"})
    moved = move.move(
        audited(
            general={
                f"result_{OLD}": "Not conforming", "result_y": other, "grade": "Minor", "finding": "late",
                "evidence_seen": "a list", "process": "buy",
            },
        )
    )  # fmt: skip
    told = {"grade": "Minor", "finding": "late"}
    left = told if other == "Not conforming" else {}
    assert moved.cells == audited(
        general={"result_y": other, "evidence_seen": "a list", "process": "buy", **left},
        now={f"result_{NEW}": "Not conforming", "evidence_seen": "a list", **told},
    )
    assert [fate.to for fate in moved.fates] == [("now",)]


@pytest.mark.parametrize(
    ("cited", "then"),
    [("Q 4.1", "Q 5.1"), ("Q 4.1, 4.2", "Q 5.1, 5.3"), ("Q 9.9", "Q 9.9"), ("E 4.1", "E 4.1"), ("4.1", "4.1")],
)
def test_an_action_that_a_finding_became_cites_the_clause_by_its_new_number(cited: str, then: str) -> None:
    leads = {"4_1a": {"5_1a": "same"}, "4_2b": {"5_1b": "same", "5_3c": "same"}}
    move = evolve(made(**leads), labels=("Q", "Q"))
    moved = move.move({Key("actions", "new:1", "clause"): cited, Key("actions", "new:1", "text"): "Q 4.1"})
    assert moved.cells == {Key("actions", "new:1", "clause"): then, Key("actions", "new:1", "text"): "Q 4.1"}


# --- laws ------------------------------------------------------------------------------------------------------------

POINTS = ("4_1a", "4_1b", "4_2c", "5_1d")
HOW = st.sampled_from(["same", "reworded", "clarified", "widened", "narrowed"])
WAYS = st.fixed_dictionaries({point: st.dictionaries(st.sampled_from(POINTS), HOW, max_size=3) for point in POINTS})
FIELDS = st.dictionaries(
    st.sampled_from(["evidence", "gap", "owner", "client_note", f"{COMMENT}gap", f"{LINK}document", "own:Cost"]),
    st.text("abc ", min_size=1, max_size=8).map(str.strip).filter(bool), max_size=5,
)  # fmt: skip
ANSWERS = st.dictionaries(st.sampled_from(POINTS), FIELDS, max_size=4)


@given(WAYS, ANSWERS)
def test_as_many_rows_come_out_as_go_in_and_every_text_is_somewhere(leads: dict, answers: dict) -> None:
    cells = answered(**answers)
    moved = made(**leads).move(cells)
    rows = {key.row for key in cells}
    assert sum(moved.count(what) for what in (CARRIED, RESET, JOINED, ARCHIVED)) == len(rows)
    assert {fate.row for fate in moved.fates} == rows
    everything = "\n".join(shown(value) for value in moved.cells.values())
    assert all(shown(value) in everything for value in cells.values())


@pytest.mark.slow
@given(st.data())
def test_a_move_to_the_next_edition_and_back_leaves_every_answer_that_both_ask_for(data: st.DataObject) -> None:
    graph = editions.library()
    there = way(graph, editions.OLD, editions.NEW)
    assert there is not None
    points = sorted(point for point, to in there.targets.items() if to)
    said = data.draw(st.dictionaries(st.sampled_from(points), st.sampled_from(["a", "b"]), max_size=tried(5)))
    cells: Cells = {Key(SHEET, point, "gap"): text for point, text in said.items()}
    nobody = Questions(())
    back = way(graph, editions.NEW, editions.OLD)
    assert back is not None
    home = Move(back, nobody, nobody).move(Move(there, nobody, nobody).move(cells).cells)
    assert {key: value for key, value in home.cells.items() if key.field == "gap"} == cells


@cache
def _asked(*standards: str) -> Questions:
    return questions_of(editions.library(), standards)


@pytest.mark.slow
@settings(max_examples=tried(20))
@given(st.data())
def test_what_holds_for_a_point_holds_after_a_move_whether_said_for_all_or_for_it(data: st.DataObject) -> None:
    found = way(editions.library(), editions.OLD, editions.NEW)
    assert found is not None
    before, after = _asked(editions.OLD, editions.OTHER), _asked(editions.NEW, editions.OTHER)
    cells: dict[Key, Value] = {}
    for question in data.draw(st.lists(st.sampled_from(list(before)), min_size=1, max_size=tried(6), unique=True)):
        points = [verdict.point for verdict in question.verdicts]
        for place in (question.id, *points) if question.is_shared else points:
            for name in data.draw(st.sets(st.sampled_from(SHARED), min_size=1)):
                cells[Key(SHEET, place, name)] = f"{data.draw(st.sampled_from('ab'))} of {place}"
    moved = Move(found, before, after).move(cells).cells
    origins: dict[str, list[str]] = {}
    for origin, targets in found.targets.items():
        for target in targets:
            origins.setdefault(target.point, []).append(origin)
    origins |= {point: [point] for point in before.of if point.startswith(editions.OTHER)}
    held = 0
    for point, came in origins.items():
        for name in SHARED:
            was = [value for one in came if (value := before.effective(cells, one, name)) is not None]
            now = after.effective(moved, point, name)
            held += len(was)
            if len(came) == 1:
                assert now == (was[0] if was else None)
            else:
                # What several said is there together, and nothing that none of them said.
                assert all(shown(value) in shown(now) for value in was)
                assert bool(was) == (now is not None)
    gone = {point for point, to in found.targets.items() if not to}
    said = {key.row for key in cells}
    assert held or said <= gone, "nothing was compared"


def test_a_withdrawn_answer_comes_back_from_the_archive_with_its_edition() -> None:
    graph = editions.library()
    gone = next(point for point, to in way(graph, editions.OLD, editions.NEW).targets.items() if not to)  # type: ignore[union-attr]
    cells: Cells = {Key(SHEET, gone, "evidence"): "kept"}
    nobody = Questions(())
    there = Move(way(graph, editions.OLD, editions.NEW), nobody, nobody).move(cells)  # type: ignore[arg-type]
    home = Move(way(graph, editions.NEW, editions.OLD), nobody, nobody).move(there.cells)  # type: ignore[arg-type]
    assert home.cells == cells


@pytest.mark.parametrize(
    ("sheet", "prefix", "field"),
    [("actions", "action:", "effort"), ("documents", "", "owner"), ("management_review", "", "decision"),
     ("requirements", "equal:", "owner"), ("documents", "", f"result_{editions.OLD}")],
)  # fmt: skip
def test_a_row_of_another_sheet_comes_back_from_the_archive_to_where_it_was(
    sheet: str, prefix: str, field: str
) -> None:
    graph = editions.library()
    there, back = way(graph, editions.OLD, editions.NEW), way(graph, editions.NEW, editions.OLD)
    assert there is not None
    assert back is not None
    gone = next(point for point, to in there.targets.items() if not to)
    cells: Cells = {Key(sheet, prefix + gone, field): "kept"}
    nobody = Questions(())
    moved = Move(there, nobody, nobody).move(cells)
    assert {key.sheet for key in moved.cells} == {ARCHIVE}
    assert Move(back, nobody, nobody).move(moved.cells).cells == cells


def test_standards_of_which_none_revises_the_other_have_no_way() -> None:
    assert way(editions.library(), editions.OLD, editions.OTHER) is None
