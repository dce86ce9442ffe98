from __future__ import annotations

import datetime
import itertools

import pytest
from attrs import evolve
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from imsmap.decision import rules
from imsmap.decision.rules import (
    AHEAD,
    BOTH,
    CAPABLE,
    CAPACITY,
    COUNTS,
    KINDS,
    MOST_SCORE,
    MOST_WEIGHT,
    NEITHER,
    PHASED,
    TOGETHER,
    UNDECIDED,
    UNKNOWN,
    Certificate,
    Gate,
    Given,
    between,
    candidates,
    case_of,
    decide,
    flips,
    openings,
    overlaid,
    pull,
    rows_of,
    single_changes,
    weighable,
)
from tests.choosing import BY_ID, CLASSES, CRITERIA, ENVIRONMENT, EVERY, FIRST, QUALITY, SIDES, Case
from tests.drawn import tried

TWIN = {
    "customers-9001": "customers-14001",
    "tenders-9001": "tenders-14001",
    "faults": "law",
    "critical": "aspects",
    "routine": "stakeholders",
    "base-9001": "base-14001",
    CAPACITY: CAPACITY,
}
TWIN |= {other: one for one, other in TWIN.items()}
OTHER = {QUALITY: ENVIRONMENT, ENVIRONMENT: QUALITY, BOTH: BOTH, UNKNOWN: UNKNOWN}
SWAPPED = {FIRST[QUALITY]: FIRST[ENVIRONMENT], FIRST[ENVIRONMENT]: FIRST[QUALITY]}
DAYS = [None, datetime.date(2027, 3, 31), datetime.date(2027, 9, 30)]

scores = st.none() | st.integers(0, MOST_SCORE)
weights = st.integers(0, MOST_WEIGHT)
gates = st.lists(
    st.builds(Gate, st.sampled_from(sorted(KINDS)), st.sampled_from([*SIDES, BOTH, UNKNOWN]), st.sampled_from(DAYS)),
    max_size=3,
).map(tuple)
held = st.lists(st.sampled_from(SIDES), max_size=2, unique=True).map(lambda s: tuple(Certificate(x) for x in s))
answers = st.fixed_dictionaries({c.id: st.builds(Given, scores, weights) for c in CRITERIA})
cases = st.builds(Case, st.just(()) | gates, st.just(()) | held, answers).filter(weighable)
told = st.fixed_dictionaries({c.id: st.builds(Given, st.integers(0, MOST_SCORE), weights) for c in CRITERIA})
known = st.builds(Case, given=told).filter(weighable)


def case(quality: int | None, environment: int | None, capacity: int | None = 2, **more: object) -> Case:
    """Every criterion of a side with the same score."""
    score = {QUALITY: quality, ENVIRONMENT: environment, None: capacity}
    return Case(given={c.id: Given(score[c.side]) for c in CRITERIA}, **more)  # type: ignore[arg-type]


# --- the classes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quality", "environment", "capacity", "answer"),
    [
        (3, 1, 0, FIRST[QUALITY]),
        (1, 3, 4, FIRST[ENVIRONMENT]),
        (4, 2, 4, FIRST[QUALITY]),
        (3, 3, 2, PHASED),
        (3, 3, 3, TOGETHER),
        (1, 1, 4, NEITHER),
        (0, 0, 0, NEITHER),
        (None, None, None, UNDECIDED),
        (3, None, 2, UNDECIDED),
        (3, 3, None, UNDECIDED),
        (3, 1, None, FIRST[QUALITY]),
    ],
)
def test_the_answer_is_a_class(quality: int | None, environment: int | None, capacity: int | None, answer: str):
    assert decide(case(quality, environment, capacity)).answer == answer


def test_unknown_is_no_zero():
    assert decide(case(3, 0)).answer == FIRST[QUALITY]
    # All 4 for the environment would put it just so far ahead.
    assert decide(case(3, None)).possible == (FIRST[QUALITY], FIRST[ENVIRONMENT], PHASED)


def test_nothing_known_leaves_everything_possible():
    assert decide(Case()).possible == CLASSES


def test_any_two_standards_are_weighed_by_the_same_rules():
    for one, other in itertools.combinations(candidates(EVERY), 2):
        criteria = between(EVERY, (other, one))
        asked = rules.Case((Gate("contract", other),), criteria=criteria)
        assert (asked.sides, decide(asked).answer) == ((one, other), f"{other} first")
        scored = rules.Case(given={c.id: Given(4 if c.side == one else 0) for c in criteria}, criteria=criteria)
        assert decide(scored).answer == f"{one} first"


# --- gates decide ----------------------------------------------------------------------------------------------------

NINE, FOURTEEN = Gate("contract", QUALITY, DAYS[1]), Gate("permit", ENVIRONMENT, DAYS[2])


@pytest.mark.parametrize(
    ("gates", "held", "capacity", "possible", "order"),
    [
        ((NINE,), (), 0, (FIRST[QUALITY],), None),
        ((FOURTEEN,), (), 4, (FIRST[ENVIRONMENT],), None),
        ((NINE, FOURTEEN), (), 4, (PHASED,), QUALITY),
        ((evolve(NINE, date=DAYS[2]), evolve(FOURTEEN, date=DAYS[1])), (), 4, (PHASED,), ENVIRONMENT),
        ((evolve(NINE, names=BOTH),), (), 4, (TOGETHER,), None),
        ((evolve(NINE, names=BOTH),), (), 1, (PHASED,), None),
        ((evolve(NINE, names=BOTH, date=None),), (), 4, (PHASED, TOGETHER), None),
        ((evolve(NINE, names=UNKNOWN),), (), 4, (FIRST[QUALITY], FIRST[ENVIRONMENT], PHASED, TOGETHER), None),
        ((FOURTEEN,), (QUALITY,), 4, (PHASED,), QUALITY),
        ((NINE,), (QUALITY,), 4, (NEITHER,), None),
    ],
)
def test_a_gate_decides_whatever_the_criteria_say(
    gates: tuple[Gate, ...], held: tuple[str, ...], capacity: int, possible: tuple[str, ...], order: str | None
):
    outcome = decide(case(0, 0, capacity, gates=gates, held=tuple(Certificate(side) for side in held)))
    assert (outcome.possible, outcome.order) == (possible, order)


def test_a_gate_is_named_as_what_decided_unless_it_is_met_already():
    assert decide(case(0, 4, gates=(NINE,))).gates == (NINE,)
    assert decide(case(0, 4, gates=(NINE,), held=(Certificate(QUALITY),))).gates == ()
    assert decide(case(0, 4)).gates == ()


@pytest.mark.parametrize(
    ("held", "environment", "possible"),
    [
        ((QUALITY,), 3, (PHASED,)),
        ((QUALITY,), 1, (NEITHER,)),
        ((QUALITY,), None, (PHASED, NEITHER)),
        (SIDES, 0, (TOGETHER,)),
    ],
)
def test_a_certificate_that_is_held_leaves_the_question_of_the_other(
    held: tuple[str, ...], environment: int | None, possible: tuple[str, ...]
):
    given = case(4, environment, held=tuple(Certificate(side) for side in held))
    assert decide(given).possible == possible


# --- what must hold of every case ------------------------------------------------------------------------------------


@pytest.mark.slow
@settings(max_examples=tried(150))
@for_all(cases, st.data())
def test_more_evidence_never_widens_the_range(one: Case, data: st.DataObject):
    before = decide(one)
    unknown = [c.id for c in CRITERIA if one.of(c.id).score is None]
    named = [index for index, gate in enumerate(one.gates) if gate.names == UNKNOWN]
    undated = [index for index, gate in enumerate(one.gates) if gate.date is None]
    ways = [("score", id_) for id_ in unknown] + [("names", at) for at in named] + [("date", at) for at in undated]
    if not ways:
        return
    what, where = data.draw(st.sampled_from(ways))
    if what == "score":
        more = one.with_given(str(where), score=data.draw(st.integers(0, MOST_SCORE)))
    else:
        known_now = data.draw(st.sampled_from([*SIDES, BOTH] if what == "names" else DAYS[1:]))
        changed = [evolve(g, **{what: known_now}) if at == where else g for at, g in enumerate(one.gates)]
        more = evolve(one, gates=tuple(changed))
    after = decide(more)
    assert set(after.possible) <= set(before.possible)
    for side in SIDES:
        assert before.pulls[side].low <= after.pulls[side].low <= after.pulls[side].high <= before.pulls[side].high


def swapped(one: Case) -> Case:
    return Case(
        tuple(evolve(gate, names=OTHER[gate.names]) for gate in one.gates),
        tuple(evolve(certificate, side=OTHER[certificate.side]) for certificate in one.held),
        {TWIN[id_]: given for id_, given in one.given.items()},
    )


@pytest.mark.slow
@settings(max_examples=tried(150))
@for_all(cases)
def test_swapping_the_standards_swaps_the_answer(one: Case):
    before, after = decide(one), decide(swapped(one))
    assert {SWAPPED.get(word, word) for word in before.possible} == set(after.possible)
    assert after.order == (None if before.order is None else OTHER[before.order])


@pytest.mark.slow
@settings(max_examples=tried(60))
@for_all(known, st.sampled_from(["weight", "score"]))
def test_the_flip_does_flip_and_nothing_smaller_does(one: Case, what: str):
    now = decide(one).answer
    found = flips(one, what)
    least = found[0].size if found else MOST_WEIGHT + 1
    for change in found:
        assert change.size == least > 0
        assert decide(one.with_given(change.id, **{what: change.after})).answer == change.answer != now
    # Looked for anew and not through the function's own list: every whole number that the input may hold.
    for criterion in CRITERIA:
        if what == "weight" and criterion.side is None:
            continue
        before = getattr(one.of(criterion.id), what)
        for after in range((MOST_WEIGHT if what == "weight" else MOST_SCORE) + 1):
            changed = one.with_given(criterion.id, **{what: after})
            if 0 < abs(after - before) < least and weighable(changed):
                assert decide(changed).answer == now


@settings(max_examples=tried(40))
@for_all(st.builds(Case, st.just(()), held, answers).filter(weighable), st.data())
def test_a_class_is_possible_if_some_completion_has_it(one: Case, data: st.DataObject):
    complete = one
    for criterion in CRITERIA:
        if one.of(criterion.id).score is None:
            complete = complete.with_given(criterion.id, score=data.draw(st.integers(0, MOST_SCORE)))
    outcome = decide(complete)
    assert len(outcome.possible) == 1
    assert outcome.answer in decide(one).possible


@settings(max_examples=tried(100))
@for_all(known)
def test_what_is_known_has_one_class_by_the_rules_told_in_plain_numbers(one: Case):
    quality, environment = (
        sum(one.of(c.id).weight * (one.of(c.id).score or 0) for c in CRITERIA if c.side == side)
        / sum(one.of(c.id).weight for c in CRITERIA if c.side == side)
        for side in SIDES
    )
    close = 1e-9
    if min(abs(quality - 1.5), abs(environment - 1.5), abs(abs(quality - environment) - 1)) < close:
        return
    if quality < COUNTS and environment < COUNTS:
        wanted = NEITHER
    elif environment < COUNTS or quality - environment > AHEAD:
        wanted = FIRST[QUALITY]
    elif quality < COUNTS or environment - quality > AHEAD:
        wanted = FIRST[ENVIRONMENT]
    else:
        wanted = TOGETHER if (one.of(CAPACITY).score or 0) >= CAPABLE else PHASED
    assert decide(one).possible == (wanted,)


@settings(max_examples=tried(100))
@for_all(cases)
def test_rows_of_a_sheet_hold_a_case_whole(one: Case):
    again = case_of(rows_of(one), CRITERIA)
    assert sorted(again.gates, key=str) == sorted(one.gates, key=str)
    assert (set(again.held), dict(again.given)) == (set(one.held), dict(one.given))
    assert overlaid(one, {}) == again
    assert decide(again).possible == decide(one).possible


def test_what_is_no_answer_on_a_sheet_counts_as_none():
    rows = {"law": {"answer": 7, "weight": -1}, "faults": {"answer": "3"}, "aspects": {"answer": True, "weight": 2.0}}
    found = case_of(
        rows | {"gate-wish": {"answer": "9001"}, "gate-tender": {"answer": "x"}, "new:1": {"answer": 3}}, CRITERIA
    )
    assert found.gates == ()
    assert (found.of("law"), found.of("faults"), found.of("aspects")) == (Given(), Given(), Given(None, 2))


# --- what would decide it --------------------------------------------------------------------------------------------


def test_each_opening_says_what_each_score_would_give():
    one = case(3, 1).with_given("law", score=None, weight=10).with_given("faults", score=None, weight=0)
    (opening,) = openings(one)
    assert opening.id == "law"
    assert opening.answers == tuple(decide(one.with_given("law", score=score)).answer for score in range(5))
    assert opening.answers[0] == FIRST[QUALITY] != opening.answers[-1]


def test_openings_begin_with_what_decides_most():
    found = openings(case(3, 2, None).with_given("aspects", score=None))
    assert [opening.decides for opening in found] == sorted((o.decides for o in found), reverse=True)


def test_openings_that_tie_ask_about_both_standards_in_turn():
    sides = [BY_ID[opening.id].side for opening in openings(Case()) if opening.id != CAPACITY]
    assert all({one, other} == set(SIDES) for one, other in zip(sides[::2], sides[1::2], strict=True))


def test_what_is_held_already_is_not_asked_for():
    held = Case(held=(Certificate(QUALITY),))
    assert {BY_ID[opening.id].side for opening in openings(held)} == {ENVIRONMENT}


def test_no_weight_can_change_what_a_gate_decided():
    assert flips(case(0, 4, gates=(NINE,)), "weight") == ()
    assert flips(case(0, 4, gates=(NINE,)), "score") == ()


def test_a_side_without_any_weight_can_not_be_weighed():
    one = case(2, 2)
    for criterion in CRITERIA:
        if criterion.side == QUALITY:
            one = one.with_given(criterion.id, weight=0)
    assert not weighable(one)
    light = one.with_given("faults", weight=1)
    assert ("faults", 1, 0) not in {(id_, a, b) for id_, a, b, _ in single_changes(light, "weight")}


def test_both_standards_have_as_many_criteria_and_each_its_words():
    sides = {side: [c.id for c in CRITERIA if c.side == side] for side in SIDES}
    assert len(sides[QUALITY]) == len(sides[ENVIRONMENT])
    assert set(itertools.chain(*sides.values())) == set(TWIN) - {CAPACITY}
    assert all(c.question.endswith("?") and c.least and c.most and c.find for c in CRITERIA)
    assert pull(case(4, 0), QUALITY).high == MOST_SCORE


def test_each_standard_has_five_or_six_criteria_of_its_own_and_each_its_words():
    for side in candidates(EVERY):
        mine = [criterion for criterion in EVERY if criterion.side == side]
        assert 5 <= len(mine) <= 6, side
        assert all(c.question.endswith("?") and c.least and c.most and c.find for c in mine)
    assert len({c.id for c in EVERY}) == len(EVERY)
