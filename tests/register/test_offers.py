"""What other standards' verdicts on the same question say is offered, and never taken."""

from __future__ import annotations

import datetime

import pytest

from imsmap.reasoning.groups import grouped
from imsmap.register.asked import asked
from imsmap.register.cells import Key
from imsmap.register.offers import SAME_CORE, Offer, offers, reason
from imsmap.register.state import state
from tests.building import graph, standard

ASKED = asked(
    grouped(
        graph(
            standard("a", {"4": None, "4.1": ["=issues", "+watching"]}, not_applicable=["*"]),
            standard("b", {"4": None, "4.1": ["=issues"]}, discipline="environment", not_applicable=["*"]),
        ),
        ("a", "b"),
    )
)
Q, E = "a:4.1#issues", "b:4.1#issues"


def offered(ours: str, theirs: str) -> tuple[Offer, ...]:
    said = {Key("requirements", Q, "status"): ours, Key("requirements", E, "status"): theirs}
    cells = {key: value for key, value in said.items() if value}
    return offers(ASKED.questions, state(ASKED, cells, date=datetime.date(2031, 1, 2)), Q)


@pytest.mark.parametrize("ours", ["", "Not assessed", "Conforming"])
def test_another_verdict_is_offered_where_ours_is_to_be_given_or_says_something_else(ours: str) -> None:
    assert offered(ours, "partly met") == (Offer(E, "b:4.1", "Partial"),)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("Partial", "Partial"), ("", ""), ("", "Not assessed"), ("", "Not applicable"), ("Not applicable", "Conforming")],
)
def test_nothing_is_offered_that_says_the_same_or_nothing_or_to_what_does_not_apply(ours: str, theirs: str) -> None:
    assert offered(ours, theirs) == ()


def test_the_reason_is_told_and_what_one_standard_asks_alone_has_no_offer() -> None:
    assert reason(ASKED.questions.of[Q]) == SAME_CORE
    assert offers(ASKED.questions, state(ASKED, {}, date=datetime.date(2031, 1, 2)), "a:4.1#watching") == ()
