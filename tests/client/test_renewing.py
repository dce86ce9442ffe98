"""Several standards brought anew at once: the answers to each follow its requirements, none are taken for another's."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from attrs import evolve

from imsmap.client.renewing import Renewed, as_json, renewed, way_of
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.register.cells import Key
from tests.building import graph, standard

A, B = "rules-a", "rules-b"
COUNT, ORDER, CASH = (
    "Count the tins on each shelf.",
    "Assess each supplier before the first order.",
    "Never pay in cash.",
)


def listed(**texts: Mapping[str, str]) -> ClauseGraph:
    """Give two lists with a requirement in each clause."""
    made = []
    for key, held in zip((A, B), texts.values(), strict=True):
        bare = standard(key, {number: ["+asked"] for number in held}, topics=dict.fromkeys(held, "design"))
        clauses = tuple(
            evolve(clause, points=tuple(evolve(point, text=held[clause.number]) for point in clause.points))
            for clause in bare.clauses
        )
        made.append(evolve(bare, clauses=clauses))
    return graph(*made)


BEFORE = listed(a={"1": COUNT, "2": ORDER}, b={"1": ORDER, "2": CASH})
CELLS = {
    Key("requirements", f"{key}:{number}#asked", "evidence"): f"evidence of {key} {number}"
    for key in (A, B)
    for number in ("1", "2")
}
MARKS = {Key("processes", f"{key}:1", "process:buy"): "P" for key in (A, B)}


def anew(after: ClauseGraph, said: Mapping[str, str] | None = None) -> Renewed:
    return renewed({**CELLS, **MARKS}, (A, B), (BEFORE, (A, B)), (after, (A, B)), said or {})


def test_the_answers_to_each_follow_its_own_requirements():
    found = anew(listed(a={"1": ORDER, "2": COUNT}, b={"3": ORDER, "2": CASH}))
    told = {key.row: value for key, value in found.cells.items() if key.field == "evidence"}
    assert told == {
        f"{A}:1#asked": f"evidence of {A} 2", f"{A}:2#asked": f"evidence of {A} 1",
        f"{B}:3#asked": f"evidence of {B} 1", f"{B}:2#asked": f"evidence of {B} 2",
    }  # fmt: skip
    assert {key.row for key in found.cells if key.sheet == "processes"} == {f"{A}:2", f"{B}:3"}
    assert way_of(as_json(found.way, found.standards)) == evolve(
        found.way, places=as_json(found.way, ())["places"], texts=as_json(found.way, ())["texts"]
    )


def test_what_only_one_of_them_asks_for_no_more_is_archived_there():
    found = anew(listed(a={"1": COUNT, "2": ORDER}, b={"2": CASH}))
    assert found.cells[Key("archive", f"{B}:1#asked", "evidence")] == f"evidence of {B} 1"
    assert found.cells[Key("requirements", f"{A}:2#asked", "evidence")] == f"evidence of {A} 2"


def test_a_doubt_is_asked_with_its_standard_and_so_answered():
    after = listed(a={"1": COUNT, "2": ORDER}, b={"1": "Water the plants.", "2": CASH})
    with pytest.raises(UsageError, match=f"--gone {B}:1  if nobody asks for it"):
        anew(after)
    with pytest.raises(UsageError, match=f"1 does not say of which standard; the file brings 2: write {A}:1"):
        anew(after, {"1": ""})
    found = anew(after, {f"{B}:1": ""})
    assert found.cells[Key("archive", f"{B}:1#asked", "evidence")] == f"evidence of {B} 1"
    assert found.cells[Key("requirements", f"{A}:1#asked", "evidence")] == f"evidence of {A} 1"
