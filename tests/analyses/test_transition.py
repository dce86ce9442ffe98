"""What changes from one edition to the next, computed from where each point comes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from attrs import evolve

from imsmap.analyses import transition
from imsmap.analyses.transition import TYPES, Transition, pairs
from imsmap.errors import UsageError
from imsmap.library.editions import HOWS, Milestone, Origin, OtherDate, Successor
from imsmap.library.graph import ClauseGraph
from imsmap.library.load.sets import revised
from imsmap.library.model import Clause, Library, Point, Standard
from tests import editions
from tests.building import standard

OLD, NEW = "x-1", "x-2"


def clause(number: str, *points: Point, title: str = "") -> Clause:
    return Clause(OLD, number, 0.95, "seen", title or f"Clause {number}", points)


def point(id_: str, *came: str, how: str = "same") -> Point:
    return Point(id_, f"Do {id_}.", 0.9, "seen", adds=id_, from_=tuple(Origin(one, how) for one in came))


def edition(key: str, *clauses: Clause, revises: str = "", successor: Successor | None = None) -> Standard:
    held = tuple(evolve(one, standard=key) for one in clauses)
    return evolve(
        standard(key, {}), key=key, designation=f"X:{key[-1]}", series="X", clauses=held, revises=revises,
        successor=successor,
    )  # fmt: skip


def asked(old: Iterable[Clause], new: Iterable[Clause], successor: Successor | None = None) -> Transition:
    graph = both(old, new, successor)
    return transition.analyse(graph, transition.Question((OLD, NEW))).answer.transitions[0]


def both(old: Iterable[Clause], new: Iterable[Clause], successor: Successor | None = None) -> ClauseGraph:
    library = Library("1", "2031-01-01", standards=(edition(OLD, *old, successor=successor),
                                                    edition(NEW, *new, revises=OLD)),
                      disciplines=editions.library().library.disciplines)  # fmt: skip
    return ClauseGraph(library)


def types(old: Iterable[Clause], new: Iterable[Clause]) -> dict[tuple[str | None, str | None], tuple[str, ...]]:
    found = asked(old, new).changes
    return {(one.old and one.old.number, one.new and one.new.number): one.types for one in found}


@pytest.mark.parametrize(
    ("how", "told"),
    [("same", "unchanged"), ("reworded", "editorial"), ("clarified", "clarified"), ("widened", "broadened"),
     ("narrowed", "narrowed")],
)  # fmt: skip
def test_how_a_point_comes_is_how_its_clause_changes(how: str, told: str) -> None:
    assert types([clause("4.1", point("a"))], [clause("4.1", point("a", "4.1#a", how=how))]) == {
        ("4.1", "4.1"): (told,)
    }


def test_each_how_is_told() -> None:
    assert set(HOWS) == {"same", "reworded", "clarified", "widened", "narrowed"}


def test_a_new_point_broadens_and_one_that_is_gone_narrows() -> None:
    old, new = [clause("4.1", point("a"), point("b"))], [clause("4.1", point("a", "4.1#a"), point("c"))]
    assert types(old, new) == {("4.1", "4.1"): ("broadened", "narrowed")}


def test_another_number_and_another_title_are_told_beside_what_changes() -> None:
    new = [clause("4.2", point("a", "4.1#a", how="widened"), title="Renamed")]
    assert types([clause("4.1", point("a"))], new) == {("4.1", "4.2"): ("broadened", "renumbered", "retitled")}


def test_a_clause_whose_points_go_two_ways_is_split_and_two_that_meet_are_merged() -> None:
    old = [clause("4.1", point("a"), point("b")), clause("4.2", point("c"))]
    new = [clause("4.1", point("a", "4.1#a")), clause("4.2", point("b", "4.1#b"), point("c", "4.2#c"))]
    assert types(old, new) == {
        ("4.1", "4.1"): ("split",), ("4.1", "4.2"): ("merged", "split", "renumbered", "retitled"),
        ("4.2", "4.2"): ("merged",),
    }  # fmt: skip


def test_a_clause_that_gets_or_loses_its_heading_is_retitled() -> None:
    bare = evolve(clause("4.1", point("a")), title="")
    new = evolve(clause("4.1", point("a", "4.1#a")), title="Headed")
    assert types([bare], [new]) == {("4.1", "4.1"): ("retitled",)}
    assert types([new], [evolve(bare, points=new.points)]) == {("4.1", "4.1"): ("retitled",)}


def test_a_clause_whose_points_stay_and_of_which_something_is_told_all_the_same_is_editorial() -> None:
    new = evolve(clause("4.1", point("a", "4.1#a")), change="A note is longer.")
    assert types([clause("4.1", point("a"))], [new]) == {("4.1", "4.1"): ("editorial",)}


def test_a_clause_that_is_kept_whole_and_is_told_elsewhere_too_is_neither_split_nor_merged() -> None:
    old = [clause("4.1", point("a"), point("b")), clause("4.2", point("c"))]
    new = [
        clause("4.1", point("a", "4.1#a"), point("b", "4.1#b", how="reworded")),
        clause("4.2", point("c", "4.2#c"), point("d", "4.1#a", how="clarified")),
    ]
    assert types(old, new) == {
        ("4.1", "4.1"): ("editorial",), ("4.2", "4.2"): ("unchanged",), ("4.1", "4.2"): ("clarified",),
    }  # fmt: skip


def test_an_own_point_that_is_told_in_two_is_wider_than_either_and_a_core_point_is_the_same_in_both() -> None:
    held = evolve(point("b"), adds=None, core="issues")
    halves = [point("c", "4.1#a", how="clarified"), point("d", "4.1#a", how="clarified")]
    cores = [evolve(held, id=id_, from_=(Origin("4.1#b", "clarified"),)) for id_ in ("e", "f")]
    whole = edition(OLD, clause("4.1", point("a"), held, point("g")))
    new = edition(NEW, clause("4.1", *halves, *cores, point("g", "4.1#g", how="clarified")), revises=OLD)
    found = {relation.subject[0].partition("#")[2]: relation.predicate for relation in revised(new, whole)}
    assert found == {"c": "subset-of", "d": "subset-of", "e": "equal-to", "f": "equal-to", "g": "equal-to"}


def test_a_clause_from_nowhere_is_new_and_one_that_nobody_comes_from_is_withdrawn() -> None:
    found = types([clause("4.1", point("a"))], [clause("4.2", point("b"))])
    assert found == {(None, "4.2"): ("new",), ("4.1", None): ("withdrawn",)}


def test_types_stand_the_strictest_first_and_every_leaf_and_point_is_counted_once() -> None:
    graph = editions.library()
    told = transition.analyse(graph, transition.Question((editions.OLD,))).answer.transitions[0]
    assert all(list(one.types) == sorted(one.types, key=TYPES.index) for one in told.changes)
    leaves = [leaf for leaf in graph.leaves(editions.NEW) if leaf.points]
    assert set(told.leaves) == {leaf.ref for leaf in leaves}
    assert sum(told.counts.values()) - told.counts["withdrawn"] == len(leaves)
    assert told.counts["withdrawn"] == 1
    assert sum(told.hows.values()) - told.hows["withdrawn"] == sum(len(leaf.points) for leaf in leaves)
    assert told.stay == sum(told.counts[kind] for kind in ("unchanged", "editorial", "renumbered", "retitled"))


def test_editions_are_found_in_any_order_alone_and_beside_other_standards() -> None:
    graph, pair = editions.library(), ((editions.OLD, editions.NEW),)
    for keys in ((editions.OLD, editions.NEW), (editions.NEW, editions.OLD), (editions.OLD,), (editions.NEW,),
                 (editions.OLD, editions.OTHER)):  # fmt: skip
        assert pairs(graph, keys) == pair


def test_two_editions_of_which_neither_revises_the_other_have_no_transition_and_stop_nothing() -> None:
    new = edition(NEW, clause("4.1", point("a", "4.1#a")), revises=OLD)
    held = (edition("x-0", clause("4.1", point("a"))), edition(OLD, clause("4.1", point("a"))), new)
    disciplines = editions.library().library.disciplines
    graph = ClauseGraph(Library("1", "2031-01-01", standards=held, disciplines=disciplines))
    assert pairs(graph, ("x-0", OLD)) == ()
    assert pairs(graph, ("x-0", OLD, NEW)) == ((OLD, NEW),)
    with pytest.raises(UsageError, match="none of X:0 and X:1 revises another"):
        transition.analyse(graph, transition.Question(("x-0", OLD)))


def test_standards_without_another_edition_and_strangers_are_refused_with_their_names() -> None:
    graph = editions.library()
    with pytest.raises(UsageError, match="neither an edition before nor one after ISO 14001:2015"):
        transition.analyse(graph, transition.Question((editions.OTHER,)))


def test_days_say_what_to_have_done_and_name_other_days_that_are_told() -> None:
    others = (OtherDate("2033-05", 0.5, "hearsay", "from a draft"),)
    successor = Successor("X:2", "2031-01-01", 0.95, "ISO", Milestone("2032-06-30", 0.8, "seen"),
                          Milestone("2033-12-31", 0.8, "seen", others))  # fmt: skip
    told = asked([clause("4.1", point("a"))], [clause("4.1", point("a", "4.1#a"))], successor)
    assert [day.date for day in told.days] == ["2031-01-01", "2032-06-30", "2033-12-31"]
    assert told.days[2].others == others
    assert all(day.todo and day.source and day.confidence for day in told.days)


def test_the_answer_is_told_as_its_json_contract_says() -> None:
    report = transition.analyse(editions.library(), transition.Question((editions.OLD, editions.NEW)))
    told = transition.to_json(report.answer)
    assert {"old", "new", "types", "note", "confidence", "source"} <= set(told["changes"][0])
    withdrawn = [one for one in told["changes"] if one["new"] is None]
    assert [one["old"] for one in withdrawn] == ["iso9001-2015:5.1.2"]
    assert [table.name for table in report.tables] == ["clauses", "points", "days"]
    assert len(report.table("clauses").rows) == len(told["changes"])


def test_of_an_edition_held_at_clause_level_it_is_told_what_can_be_asked_instead() -> None:
    old = evolve(edition(OLD, clause("4.1", point("a"))), level="clause", clauses=(clause("4.1"),))
    graph = ClauseGraph(
        Library(version="1", released="2030-01-01", standards=(old, edition(NEW, clause("4.1", point("a")))))
    )
    told = f"X:1 is held at clause level: .* imsmap overlap {OLD} {NEW} --table links"
    with pytest.raises(UsageError, match=told):
        transition.analyse(graph, transition.Question((OLD, NEW)))
