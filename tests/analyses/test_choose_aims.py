"""Which edition is named: by today and by the day on which a certificate is wanted, around the milestones."""

from __future__ import annotations

import datetime

import pytest
from attrs import evolve

from imsmap.analyses.choose import Question, analyse
from imsmap.analyses.choose.answer import ChooseAnswer
from imsmap.decision.rules import Certificate, Gate
from imsmap.library.editions import Milestone, Successor
from imsmap.library.graph import ClauseGraph
from tests.choosing import Case

A, B = "iso1-2030", "iso2-2030"
Day = datetime.date
LAST, END = Milestone("2032-03-31", 0.8, "invented"), Milestone("2033-09-30", 0.95, "invented")
NEXT = Successor("ISO1:2031", "2031-06-15", 0.95, "invented", LAST, END)


@pytest.fixture
def followed(small: ClauseGraph) -> ClauseGraph:
    """Give the invented standards, of which the first is replaced and the second is not."""
    standards = tuple(evolve(one, successor=NEXT if one.key == A else None) for one in small.library.standards)
    return ClauseGraph(evolve(small.library, standards=standards))


def ask(graph: ClauseGraph, today: Day | None, planned: Day | None = None, **told: object) -> ChooseAnswer:
    gates = () if planned is None else (Gate("contract", "9001", planned),)
    return analyse(graph, Question((A, B), Case(gates=gates, **told), today)).answer


@pytest.mark.parametrize(
    ("today", "planned", "edition", "late"),
    [
        (Day(2031, 6, 14), None, "ISO1:2030", False),  # the newer is not out yet
        (Day(2031, 6, 15), None, "ISO1:2031", False),  # it is out, and nobody says by when
        (Day(2030, 1, 1), Day(2031, 5, 1), "ISO1:2030", False),  # wanted before the newer is out
        (Day(2030, 1, 1), Day(2031, 12, 1), "ISO1:2030", False),  # wanted while the older is still certified
        (Day(2031, 12, 1), Day(2032, 3, 31), "ISO1:2030", False),  # on the last day
        (Day(2031, 12, 1), Day(2032, 4, 1), "ISO1:2031", True),  # a day behind it
        (Day(2032, 4, 1), None, "ISO1:2031", True),
        (Day(2032, 4, 1), Day(2031, 12, 1), "ISO1:2031", True),  # what was planned is past
        (Day(2034, 1, 1), None, "ISO1:2031", True),  # the transition is over
        (None, None, "ISO1:2031", False),
    ],
)
def test_nobody_begins_with_an_edition_that_can_not_be_certified_by_their_day(
    followed: ClauseGraph, today: Day | None, planned: Day | None, edition: str, late: bool
) -> None:
    answer = ask(followed, today, planned)
    assert (answer.named["9001"], answer.aims["9001"].late) == (edition, late)
    assert answer.named["14001"] == "ISO2:2030"
    if planned is not None:
        assert answer.sentence.startswith(f"Begin with {edition};")


def test_a_planned_day_behind_the_last_for_certificates_is_told_with_its_confidence(followed: ClauseGraph) -> None:
    told = ask(followed, Day(2031, 12, 1), Day(2032, 4, 1)).newer
    assert told == (
        "2032-04-01, for which the certificate is planned, lies behind 2032-03-31, the last day for certificates to "
        "ISO1:2030 (reported, confidence 0.8): aim at ISO1:2031."
    )


def test_what_is_sure_is_told_without_a_remark(followed: ClauseGraph) -> None:
    told = ask(followed, Day(2034, 1, 1)).newer
    assert "2033-09-30" in told
    assert "reported" not in told


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (Day(2032, 3, 1), None),
        (Day(2032, 12, 1), "its renewal is to ISO1:2031"),
        (Day(2034, 1, 1), "ends before then: the transition to ISO1:2031 ends 2033-09-30"),
    ],
)
def test_a_certificate_that_is_held_is_followed_to_its_renewal(
    followed: ClauseGraph, until: Day, words: str | None
) -> None:
    doubts = " ".join(ask(followed, Day(2031, 12, 1), held=(Certificate("9001", "2030", until),)).doubts)
    assert (words in doubts) if words else ("renewal" not in doubts and "ends before" not in doubts)


def test_a_certificate_to_the_newer_edition_needs_no_move(followed: ClauseGraph) -> None:
    answer = ask(followed, Day(2031, 12, 1), held=(Certificate("9001", "2031", Day(2034, 1, 1)),))
    assert not [doubt for doubt in answer.doubts if "transition" in doubt]


NEWER = "iso1-2031"


@pytest.fixture
def both(followed: ClauseGraph) -> ClauseGraph:
    """Give both editions of the first of them, too."""
    old = followed.standard(A)
    new = evolve(
        old,
        key=NEWER,
        designation=NEXT.designation,
        published=NEXT.published,
        successor=None,
        clauses=tuple(evolve(clause, standard=NEWER) for clause in old.clauses),
    )
    return ClauseGraph(evolve(followed.library, standards=(*followed.library.standards, new)))


@pytest.mark.parametrize("keys", [(A, NEWER, B), (NEWER, A, B), (B, A, NEWER)], ids=" ".join)
@pytest.mark.parametrize("planned", [None, Day(2031, 12, 1), Day(2034, 1, 1)])
def test_whoever_holds_both_editions_aims_at_the_newer_whichever_is_named_first(
    both: ClauseGraph, keys: tuple[str, ...], planned: Day | None
) -> None:
    gates = () if planned is None else (Gate("contract", "9001", planned),)
    answer = analyse(both, Question(keys, Case(gates=gates), Day(2031, 7, 1))).answer
    assert [side.key for side in answer.standards.values()] == [NEWER, B]
    assert {brings.coverage.by for brings in answer.brings} == {NEWER, B}
    assert not answer.aims["9001"].late
    assert answer.newer == (
        "ISO1:2030 and ISO1:2031 are both at hand, a transition and no choice: aim at ISO1:2031; certificates to the "
        "older are issued until 2032-03-31 (reported, confidence 0.8), and count until 2033-09-30."
    )


def test_of_two_editions_the_one_that_is_not_out_yet_waits(both: ClauseGraph) -> None:
    answer = analyse(both, Question((NEWER, A, B), today=Day(2031, 6, 14))).answer
    assert answer.named["9001"] == "ISO1:2030"
    assert answer.newer == "ISO1:2031 will replace ISO1:2030 (2031-06-15)."


def test_a_certificate_to_the_older_of_two_editions_is_warned_of(both: ClauseGraph) -> None:
    case = Case(held=(Certificate("9001", "2030", Day(2034, 1, 1)),))
    answer = analyse(both, Question((A, NEWER, B), case, Day(2031, 7, 1))).answer
    assert any("ends before then" in doubt for doubt in answer.doubts)


def test_figures_are_counted_on_a_newer_edition_only_where_it_may_be(both: ClauseGraph) -> None:
    for newer, counted in (((), {A, B}), ((NEWER,), {NEWER, B})):
        answer = analyse(both, Question((A, B), today=Day(2031, 7, 1), newer=newer)).answer
        assert answer.named["9001"] == "ISO1:2031"
        assert {brings.coverage.by for brings in answer.brings} == counted
