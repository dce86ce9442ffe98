"""Who answers which rows: the owner who stands there, else of the process, else nobody."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import pytest
from attrs import evolve

from imsmap.reasoning.groups import grouped
from imsmap.register.asked import Asked, asked
from imsmap.register.cells import Key, Value
from imsmap.register.owners import Hand, Hands, hands, names_in
from imsmap.register.schema import Process
from imsmap.register.state import state
from tests.building import graph, standard

A = standard("a", {"4": None, "4.1": ["=issues", "+watching"], "8": None, "8.4": ["+buying"]}, not_applicable=["8.4"])
B = standard("b", {"4": None, "4.1": ["=issues"]}, discipline="environment")
ASKED = asked(grouped(graph(A, B), ("a", "b")))
FREE = evolve(ASKED, may_be_left_out=frozenset(point for leaf in ASKED.leaves for point in leaf.points))
SHARED, Q, E = "core:issues", "a:4.1#issues", "b:4.1#issues"
WATCHING, BUYING = "a:4.1#watching", "a:8.4#buying"
PLAN = {"plan": [Q, E]}


def share(
    cells: Mapping[tuple[str, str, str], Value],
    processes: Sequence[Process] = (),
    rows: Mapping[str, Sequence[str]] | None = None,
    asked_for: Asked = ASKED,
) -> Hands:
    told = {Key(*place): value for place, value in cells.items()}
    found = state(asked_for, told, processes, PLAN, date=datetime.date(2031, 1, 2))
    return hands(asked_for, told, processes, found, {"documents": ["plan"]} if rows is None else rows, PLAN)


def of(found: Hands, name: str) -> Hand:
    return next(hand for hand in found.people if hand.name == name)


def owner(row: str, name: str, field: str = "owner") -> dict[tuple[str, str, str], Value]:
    return {("requirements", row, field): name}


def test_who_owns_a_shared_question_has_its_row_its_verdicts_and_the_document_that_they_ask_for() -> None:
    found = share(owner(SHARED, "Ann"))
    assert of(found, "Ann").rows == {"requirements": (SHARED, Q, E), "documents": ("plan",)}
    assert found.nobody.rows == {"requirements": (WATCHING, BUYING)}


def test_a_standard_s_own_owner_has_its_verdict_and_sees_the_row_of_the_question() -> None:
    found = share({**owner(SHARED, "Ann"), **owner(E, "Bob")})
    assert of(found, "Ann").rows == {"requirements": (SHARED, Q)}
    assert (of(found, "Bob").rows, of(found, "Bob").beside) == ({"requirements": (E,)}, (SHARED,))
    # Two answer for what it says, so who looks after the document is to be said.
    assert found.nobody.rows["documents"] == ("plan",)


def test_without_an_owner_a_row_is_of_the_process_that_is_named_else_of_who_answers_for_the_clause() -> None:
    sell = Process("sell", "Sell", "Sam", {"a:8.4": "P", "a:4.1": "S"})
    find = Process("find", "Find", "Fay", {"a:4.1": "P"})
    found = share(owner(WATCHING, "sell ", "process"), [sell, find])
    assert of(found, "Sam").rows == {"requirements": (WATCHING, BUYING)}
    assert of(found, "Fay").rows == {"requirements": (SHARED, Q)}
    assert found.nobody.rows == {"requirements": (E,), "documents": ("plan",)}
    assert found.nobody.beside == (SHARED,)


def test_a_process_without_an_owner_leaves_its_rows_to_nobody_whoever_else_answers_for_the_clause() -> None:
    found = share(owner(BUYING, "Buy", "process"), [Process("buy", "Buy"), Process("x", "X", "Sam", {"a:8.4": "P"})])
    assert found.people == ()
    assert BUYING in found.nobody.rows["requirements"]


def test_one_person_under_several_names_is_one_hand() -> None:
    cells = {**owner(SHARED, "Dora Feld, IMS manager"), **owner(WATCHING, "ims  Manager"), **owner(BUYING, "dora feld")}
    (dora,) = share(cells).people
    assert (dora.name, dora.rows["requirements"]) == ("Dora Feld, IMS manager", (SHARED, Q, E, WATCHING, BUYING))


def test_a_role_of_two_people_is_neither_of_them() -> None:
    cells = {**owner(SHARED, "Dora, auditor"), **owner(WATCHING, "Max, auditor"), **owner(BUYING, "Auditor")}
    assert [hand.name for hand in share(cells).people] == ["Auditor", "Dora, auditor", "Max, auditor"]


@pytest.mark.parametrize("said", ["Ann; Bob", "Ann\nBob", "Ann / Bob", " Ann ;; Bob;"])
def test_several_names_in_a_cell_are_several_hands(said: str) -> None:
    assert names_in(said) == ("Ann", "Bob")
    assert [hand.rows for hand in share(owner(BUYING, said)).people] == [{"requirements": (BUYING,)}] * 2


def test_an_action_is_its_owner_s_and_one_that_is_done_nobody_s_work() -> None:
    cells: dict[tuple[str, str, str], Value] = {
        **owner(WATCHING, "Ann"), **owner(BUYING, "Bob"), ("requirements", WATCHING, "action"): "Look",
        ("requirements", BUYING, "action"): "Buy", ("actions", f"action:{WATCHING}", "over:owner"): "Cat",
        ("actions", f"action:{BUYING}", "status"): "Done", ("actions", "new:1", "text"): "Own",
    }  # fmt: skip
    found = share(cells)
    assert of(found, "Cat").rows == {"actions": (f"action:{WATCHING}",)}
    assert "actions" not in of(found, "Bob").rows
    assert found.nobody.rows["actions"] == ("new:1",)


def test_what_does_not_apply_is_nobody_s_work() -> None:
    found = share({**owner(BUYING, "Bob"), ("requirements", BUYING, "applies"): "Not applicable"})
    assert found.people == ()
    assert BUYING not in found.nobody.rows["requirements"]


def test_a_document_that_nothing_in_scope_asks_for_is_nobody_s_work_whoever_owns_it() -> None:
    out = {("requirements", point, "applies"): "Not applicable" for point in (Q, E)}
    told = share({**out, ("documents", "plan", "owner"): "Ann"}, asked_for=FREE)
    assert told.people == ()
    assert "documents" not in told.nobody.rows


def test_on_a_checklist_who_is_missing_counts_once_somebody_is_named() -> None:
    rows = {"audit": ("context", "buying")}
    assert "audit" not in share({}, rows=rows).nobody.rows
    found = share({("audit", "context", "auditor"): "Ann"}, rows=rows)
    assert (of(found, "Ann").rows, found.nobody.rows["audit"]) == ({"audit": ("context",)}, ("buying",))


def test_one_person_with_two_roles_is_one_hand_and_two_of_one_family_are_two() -> None:
    roles = ("Ines Caldeira, internal auditor", "ines caldeira, Laboratory manager")
    (ines,) = share(
        {**owner(SHARED, roles[0]), **owner(WATCHING, roles[1]), **owner(BUYING, "laboratory manager")}
    ).people
    assert (ines.name, ines.rows["requirements"], ines.roles) == (
        "Ines Caldeira", (SHARED, Q, E, WATCHING, BUYING), roles,
    )  # fmt: skip
    family = share({**owner(SHARED, "van Dam, Jan"), **owner(WATCHING, "van Dam, Piet")}).people
    assert [hand.name for hand in family] == ["van Dam, Jan", "van Dam, Piet"]
    bare = share({**owner(SHARED, roles[0]), **owner(WATCHING, roles[1]), **owner(BUYING, "INES Caldeira")}).people
    assert [(hand.name, len(hand.rows["requirements"])) for hand in bare] == [("INES Caldeira", 5)]
