from __future__ import annotations

from random import Random

import pytest
from attrs import evolve

from imsmap.analyses.family import Question, analyse
from imsmap.errors import UnknownNameError
from imsmap.library.graph import ClauseGraph
from imsmap.library.guides import Family, Member
from tests.fixtures import shuffle
from tests.once import shipped


def member(number: str, assessed: str, buy: str) -> Member:
    return Member(number, f"Title of {number}", "2030", "Something.", assessed, buy, 0.5, "invented")


@pytest.fixture
def held(small: ClauseGraph) -> ClauseGraph:
    members = (
        member("ISO 3", "guidance", "on need"),
        member("ISO 20", "guidance", "on need"),
        member("ISO1", "certifiable", "first"),
        member("ISO 4-1", "verifiable", "next"),
    )
    return ClauseGraph(
        evolve(small.library, families=(Family("0", "Things", "quality", "1", "To do.", 0.5, "invented", members),))
    )


def test_what_to_buy_first_stands_first_and_the_rest_by_number(held: ClauseGraph):
    report = analyse(held, Question("0"))
    assert [row.id for row in report.table("members").rows] == ["ISO1", "ISO 4-1", "ISO 3", "ISO 20"]
    assert "Organizations are certified to ISO1; nobody is certified to ISO 0." in report.message
    assert "Buy ISO1 first, then ISO 4-1" in report.message


def test_each_member_carries_confidence_source_and_the_editions_in_the_library(held: ClauseGraph):
    rows = analyse(held, Question("0")).json["members"]
    assert all((row["confidence"], row["source"]) == (0.5, "invented") for row in rows)
    assert rows[0]["in_library"] == ["ISO1:2030"]


@pytest.mark.parametrize(
    ("number", "said"), [("7", "no family 7; there is 0"), ("1", "no family 1; it belongs to the family 0")]
)
def test_an_unknown_family_is_told_what_there_is(held: ClauseGraph, number: str, said: str):
    with pytest.raises(UnknownNameError, match=said):
        analyse(held, Question(number))


def test_a_library_without_families_says_so(small: ClauseGraph):
    with pytest.raises(UnknownNameError, match=r"the mapping data hold none \(families\.yaml\)"):
        analyse(small, Question("9000"))


def test_shuffling_the_library_changes_nothing(held: ClauseGraph):
    again = analyse(ClauseGraph(shuffle(held.library, Random(5))), Question("0"))
    assert again == analyse(held, Question("0"))


@pytest.mark.parametrize(("number", "certified"), [("9000", "ISO 9001"), ("14000", "ISO 14001")])
def test_the_real_families_name_the_one_that_is_certifiable(number: str, certified: str):
    report = analyse(shipped(), Question(number))
    assert f"Organizations are certified to {certified}; nobody is certified to ISO {number}." in report.message
    assert report.table("members").rows[0].id == certified
    assert "ISO 19011" in [row.id for row in report.table("members").rows]


def test_the_member_with_the_requirements_is_called_as_its_publishers_call_it():
    graph = shipped()
    called = {number: analyse(graph, Question(number)).json["requirements"] for number in ("9000", "27000")}
    assert called == {"9000": "ISO 9001", "27000": "ISO/IEC 27001"}
