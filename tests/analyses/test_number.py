from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from imsmap.analyses.friends import Question as FriendsQuestion
from imsmap.analyses.friends import analyse as friends
from imsmap.analyses.number import Question, analyse
from imsmap.errors import UnknownNameError
from imsmap.library.graph import ClauseGraph
from tests.building import graph, relation, standard
from tests.conftest import MINI
from tests.editions import NEW, OLD, library
from tests.fixtures import Answer
from tests.once import shipped

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"
Q, E = "iso9001-2015", "iso14001-2015"


@pytest.fixture(scope="module")
def real() -> ClauseGraph:
    return shipped([Q, E])


def test_a_number_is_told_in_every_standard_that_has_it(small: ClauseGraph) -> None:
    answer = analyse(small, Question("9.1")).answer
    assert [one.side.key for one in answer.meanings] == [A, B]
    assert [side.key for side in answer.lacking] == [C]


def test_the_only_clause_of_a_number_is_not_called_one_of_several(real: ClauseGraph) -> None:
    assert "The whole clause: imsmap show iso9001-2015:5.1.2." in analyse(real, Question("5.1.2")).message
    assert "One of them: " in analyse(real, Question("8.2")).message


@pytest.mark.slow
def test_one_edition_of_a_standard_stands_for_the_next_and_says_where_the_clause_is_there(
    imsmap: Callable[..., Answer],
) -> None:
    out = imsmap("show", "7.1.5.1").out
    assert "7.1.5.1 is a clause of ISO 9001:2015 and ISO 9001:2026 alone" in out
    assert "2026: 7.1.5.1, editorial" in out
    assert "mislead" not in out
    assert "The whole clause: imsmap show iso9001-2015:7.1.5.1." in out


def test_a_number_that_went_to_another_clause_in_the_next_edition_is_told_of_both() -> None:
    report = analyse(shipped([E, "iso14001-2026"]), Question("6.1.4"))
    assert report.summary == "6.1.4 **is another clause** in ISO 14001:2026 than in ISO 14001:2015."
    assert [edition.words for edition in report.answer.meanings[0].editions] == ["2026: 6.1.5, renumbered"]
    assert [one.clause.name for one in report.answer.told] == ["Planning action", "Risks and opportunities"]


@pytest.mark.slow
def test_a_number_that_misleads_tells_also_that_it_went_to_another_clause(imsmap: Callable[..., Answer]) -> None:
    assert "6.1.4 is another clause in ISO 14001:2026 than in ISO 14001:2015." in imsmap("show", "6.1.4").out


def test_two_editions_of_one_standard_are_no_pair_that_a_number_misleads() -> None:
    two = library()
    answer = analyse(two, Question("8.4")).answer
    assert {one.side.key for one in answer.meanings} >= {OLD, NEW}
    assert not [pair for pair in answer.apart if {side.key for side in pair} == {OLD, NEW}]


def test_the_edition_that_is_wanted_stands_for_the_one_before() -> None:
    for first in (OLD, NEW):
        answer = analyse(library(), Question("4.1", (first,))).answer
        assert {one.side.key for one in answer.told} & {OLD, NEW} == {first}


def test_a_number_that_misleads_is_warned_of_also_beneath_its_heading(real: ClauseGraph) -> None:
    for number in ("8.2", "6.1.2", "9.1.2"):
        report = analyse(real, Question(number))
        assert report.json["false_friends"] == [{"subject": E, "object": Q}]
        assert "never merge by number" in report.message
    assert analyse(real, Question("4.1")).json["false_friends"] == []


def test_what_a_misleading_number_is_about_is_told_in_a_few_words(
    real: ClauseGraph, imsmap: Callable[..., Answer], two_standards: Path
) -> None:
    gists = {one.side.key: one.gist for one in analyse(real, Question("8.2")).answer.meanings}
    assert gists == {Q: "agree what the customer gets", E: "be ready when something spills or burns"}
    shown = imsmap("show", "8.2", mappings=two_standards).out
    assert "Agree what the customer gets" in [line.strip() for line in shown.splitlines()]
    assert all(not one.gist for one in analyse(real, Question("4.1")).answer.meanings)


def test_what_stands_beneath_sums_to_the_points_of_the_heading(real: ClauseGraph) -> None:
    meanings = {one.side.key: one for one in analyse(real, Question("8.2")).answer.meanings}
    for key, one in meanings.items():
        points = list(real.points(leaf.ref for leaf in real.leaves_under(f"{key}:8.2")))
        assert sum(leaf.points for leaf in one.leaves) == len(points)
    assert [leaf.clause.number for leaf in meanings[Q].leaves] == ["8.2.1", "8.2.2", "8.2.3.1", "8.2.3.2", "8.2.4"]


def test_a_number_that_no_standard_has_gets_the_nearest(real: ClauseGraph) -> None:
    with pytest.raises(UnknownNameError, match=r"no standard of the library has a clause 44\.1; did you mean 4\.4\.1"):
        analyse(real, Question("44.1"))
    for number in ("0", "12.4"):
        with pytest.raises(UnknownNameError, match=rf"has a clause {number}; there are 1 to 10$"):
            analyse(real, Question(number))


@pytest.mark.parametrize("typed", [("8.2",), ("§8.2",), ("clause", "8.2"), ("8.2.",)])
def test_people_type_a_number_alone(imsmap: Callable[..., Answer], typed: tuple[str, ...]) -> None:
    assert imsmap("show", *typed, mappings=MINI).out.startswith("8.2 means different things: never merge by number.\n")


def unseen() -> ClauseGraph:
    clauses = {"4": None, "4.1": ["=issues"], "8": None, "8.1": ["+making"]}
    disciplines = {"iso1-2030": "quality", "iso2-2030": "environment", "iso3-2030": "energy"}
    return graph(
        *(standard(key, clauses, topics={"8.1": "design"}, discipline=name) for key, name in disciplines.items()),
        relations=[relation("iso1-2030", "iso2-2030", "8.1 intersects-with 8.1 @6", name="making")],
    )


def test_a_number_that_nobody_compared_is_not_said_not_to_mislead() -> None:
    summary = analyse(unseen(), Question("8.1")).summary
    assert summary == (
        "8.1 **does not mislead** between ISO1:2030 and ISO2:2030; between these and ISO3:2030 nobody has looked."
    )
    alone = graph(*(one for one in unseen().standards if one.key != "iso2-2030"))
    report = analyse(alone, Question("8.1"))
    assert report.summary == "8.1: **nobody has looked** whether it misleads between ISO1:2030 and ISO3:2030."
    assert report.json["not_assessed"] == [{"subject": "iso1-2030", "object": "iso3-2030"}]
    assert "nobody has looked" not in analyse(unseen(), Question("4.1")).message
    told = friends(unseen(), FriendsQuestion(("iso1-2030", "iso3-2030")))
    assert told.answer.unseen == ("8",)
    assert "**no** number is known to mislead (nobody has looked at 1 that they have in common)" in told.summary


@pytest.mark.slow
def test_a_number_that_every_standard_has_is_told_on_one_screen(imsmap: Callable[..., Answer]) -> None:
    assert len(imsmap("show", "4.2").out.splitlines()) <= 40


def test_a_number_tells_the_controls_that_an_annex_prints_under_it() -> None:
    clauses = {"5": None, "5.1": ["=issues"], "A": None, "A.5": None, "A.5.1": ["+locks"]}
    listed = graph(standard("iso1-2030", clauses, topics={"A.5.1": "design"}, themes={"A.5.1": "things"}))
    assert (
        "Not the control A.5.1 Clause A.5.1 (imsmap show iso1-2030:A.5.1)" in analyse(listed, Question("5.1")).message
    )
