from __future__ import annotations

import datetime

import pytest
from attrs import evolve

from imsmap.library.graph import ClauseGraph
from imsmap.library.names import Taken
from imsmap.reasoning.shares import Tally
from imsmap.wording import (
    all_of,
    bare,
    counted,
    editions_taken,
    in_words,
    labelled,
    labels,
    listed,
    reported,
    three_numbers,
    together,
    unchecked,
)
from tests import editions
from tests.building import graph, standard


@pytest.mark.parametrize("case", editions.CASES)
def test_editions_add_their_years_and_standards_of_one_discipline_their_numbers(case: str) -> None:
    assert labels(editions.library(), editions.CASES[case]) == editions.labels(case)


def test_a_standard_that_is_alone_with_its_discipline_has_its_letter() -> None:
    assert labels(editions.library(), (editions.OLD, editions.OTHER)) == {editions.OLD: "Q", editions.OTHER: "E"}
    assert labels(editions.library(), ()) == {}


def test_labels_keep_the_order_and_do_not_depend_on_it() -> None:
    keys = editions.CASES["two editions, two of one discipline and another"]
    assert list(labels(editions.library(), keys)) == list(keys)
    assert labels(editions.library(), keys[::-1]) == labels(editions.library(), keys)


def test_where_years_and_numbers_do_not_tell_them_apart_the_keys_do() -> None:
    one = standard("iso91001-2030", {"4": None, "4.1": ["=issues"]})
    other = evolve(
        standard("own91001-2030", {"4": None, "4.1": ["=issues"]}), designation=one.designation, series=one.series
    )
    made: ClauseGraph = graph(one, other)
    assert labels(made, (one.key, other.key)) == {one.key: "Qiso91001-2030", other.key: "Qown91001-2030"}


def test_letters_stand_side_by_side_and_longer_labels_apart() -> None:
    assert together(("Q", "E")) == "QE"
    assert together(("Q15", "Q31", "E")) == "Q15 Q31 E"
    assert labelled("QE", "4.1", "Context") == "QE\u00a04.1\u00a0Context"
    assert labelled("Q15 Q31", "", "Context") == "Q15 Q31 Context"


def test_numbers_are_said_with_their_noun() -> None:
    assert (counted(1), counted(2), counted(0, "page")) == ("1\u00a0topic", "2\u00a0topics", "0\u00a0pages")
    assert (all_of(2), all_of(4)) == ("both", "all 4")
    assert [listed(("a", "b", "c")[:count]) for count in (1, 2, 3)] == ["a", "a and b", "a, b and c"]


def test_a_date_is_written_as_people_write_it_and_what_is_none_stays() -> None:
    assert in_words("2026-09-05") == in_words(datetime.date(2026, 9, 5)) == "5\u00a0September\u00a02026"
    assert in_words("2026-09-05", short=True) == "5\u00a0Sep\u00a02026"
    assert [in_words(text) for text in ("2026-09", "2026", "2026-13-01", "")] == [
        "September\u00a02026", "2026", "2026-13-01", "",
    ]  # fmt: skip


def test_editions_that_stand_for_names_without_one_are_told_in_one_sentence() -> None:
    one, other = Taken("X 1:2030", "X 1:2040", "2040-05-01"), Taken("X 2:2030", "X 2:2041", "2041-06-01")
    assert editions_taken([one, other]) == (
        "X 1:2030 and X 2:2030 are used; newer editions, X 1:2040 (published 2040-05-01) and X 2:2041 (published "
        "2041-06-01), are not in the library",
    )
    assert editions_taken([Taken("X 3:2030", "X 3:2040"), Taken("X 4:2030")]) == (
        "X 3:2030 is used; a newer edition, X 3:2040, is in the library, "
        "too; write 3:2040 for it; what changes: imsmap transition 3:2030",
        "X 4:2030 is used",
    )
    assert editions_taken([]) == ()


def test_a_fact_says_how_sure_it_is_only_where_it_is_not_sure() -> None:
    assert [reported(one) for one in (0.95, 0.9, 0.8)] == ["", "", " (reported, confidence 0.8)"]


@pytest.mark.parametrize(
    ("checked", "points", "said"),
    [
        (0, 9, "not checked against its text"), (4, 9, "4 of 9 points checked against its text"), (9, 9, ""),
        (0, 0, "not checked against its text"),
    ],
)  # fmt: skip
def test_how_far_something_was_not_checked_is_said(checked: int, points: int, said: str) -> None:
    assert unchecked(checked, points) == said


def test_without_room_a_standard_is_called_by_number_and_year_and_ones_own_by_its_whole_name():
    names = ("ISO 9001:2015", "ISO/IEC 27001:2022", "AS9100D:2016", "Harbour Requirements", "Smith Manual 2030")
    assert [bare(name) for name in names] == ["9001:2015", "27001:2022", *names[2:]]


@pytest.mark.parametrize(
    ("of_all", "of_some", "told"),
    [(26, 3, "built once (26 by all 6, 3 by some)"), (4, 0, "built once (4 by all 6)"),
     (0, 25, "built once (by some of the 6)"), (0, 0, "built once, **9** looked")],
)  # fmt: skip
def test_the_core_of_many_says_by_how_many_and_never_by_none(of_all: int, of_some: int, told: str) -> None:
    assert told in three_numbers(Tally(of_all, of_some, 9, {("q",): 2}, 0), 6)
