from __future__ import annotations

import re
from random import Random

import pytest
from attrs import evolve

from imsmap.analyses.integration import Question, analyse
from imsmap.errors import ImsmapError
from imsmap.exporters import terminal
from imsmap.library.graph import ClauseGraph
from imsmap.library.guides import AuditTimeCap, Integration, IntegrationCriterion
from tests.fixtures import shuffle
from tests.once import shipped

A, B = "iso1-2030", "iso2-2030"
KEYS = ("iso9001-2015", "iso14001-2015")


@pytest.fixture
def held(small: ClauseGraph) -> ClauseGraph:
    """The small library with two criteria, which do not stand in the order of their ids."""
    criteria = tuple(
        IntegrationCriterion(word, f"One {word}.", f"The {word}.", "tester", confidence, "invented")
        for word, confidence in (("talk", 0.8), ("book", 0.6))
    )
    cap = AuditTimeCap("30", "200", "The body decides.", 0.9, "a made-up rule")
    return ClauseGraph(evolve(small.library, integration=Integration(criteria, cap)))


def test_criteria_stand_in_the_order_of_the_data_with_their_evidence(held: ClauseGraph):
    report = analyse(held, Question((A, B)))
    assert [row.id for row in report.table("integration").rows] == ["talk", "book"]
    assert report.table("integration").rows[1].cells == ("One book.", "The book.", 0.6)
    assert [entry["evidence"] for entry in report.json["criteria"]] == ["The talk.", "The book."]


def test_the_cap_is_told_with_its_whole_and_its_source(held: ClauseGraph):
    report = analyse(held, Question((A, B)))
    assert "at most 30 of every 200 hours" in report.message
    assert report.json["cap"]["hours"] == 30
    assert report.json["cap"]["of"] == 200
    assert "Source of the cap: a made-up rule" in report.notes
    assert "The body decides." in report.notes


def test_a_library_without_criteria_says_so(small: ClauseGraph):
    report = analyse(small, Question((A,)))
    assert report.table("integration").rows == ()
    assert report.json["cap"] is None
    assert report.message == "the mapping data hold no criteria of integration"


def test_an_unknown_standard_is_told(held: ClauseGraph):
    with pytest.raises(ImsmapError, match="iso9-2030"):
        analyse(held, Question(("iso9-2030",)))


def test_shuffling_the_library_changes_nothing(held: ClauseGraph):
    before = analyse(held, Question((A, B)))
    assert analyse(ClauseGraph(shuffle(held.library, Random(2))), Question((A, B))) == before


def test_the_real_sheet_gives_no_bare_percentage_and_names_cap_and_source():
    text = terminal.export(analyse(shipped(KEYS), Question(KEYS)), 200).decode()
    assert not re.search(r"\d\s*(%|per ?cent)", text)
    assert "at most 20 of every 100 hours" in text
    assert "IAF MD 11" in text.replace("MD\n", "MD ")
