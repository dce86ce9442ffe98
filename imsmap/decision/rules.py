"""Which standard first: gates, criteria, weights and classes, as pure rules.

The rules are ours and simple enough for a worksheet: whole numbers only, and no comparison needs a division.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve, field

from imsmap.library.guides import CAPACITY as CAPACITY
from imsmap.library.guides import Candidate, Criterion
from imsmap.values import frozen

BOTH, UNKNOWN = "both", "unknown"
PHASED, TOGETHER, NEITHER, UNDECIDED = "one system, certificates phased", "both together", "neither yet", "undecided"

MOST_SCORE, MOST_WEIGHT, WEIGHT = 4, 10, 3
"""The highest score, the highest weight, and the weight that a criterion has if nobody changes it."""
COUNTS = Fraction(3, 2)
"""From here on a pull counts."""
AHEAD = 1
"""So much further has one pull to go than the other for its standard to come first."""
CAPABLE = 3
"""From this capacity on two certificates can be worked for at once."""


KINDS = {
    "contract": "a contract",
    "tender": "a tender",
    "permit": "a permit or an authority",
    "policy": "a group policy",
}


def first(side: str) -> str:
    """Give the class by which a standard comes first."""
    return f"{side} first"


def classes(sides: tuple[str, str]) -> tuple[str, ...]:
    """Give what an answer may be, in reading order; `undecided` is what is left where several are possible."""
    return (*(first(side) for side in sides), PHASED, TOGETHER, NEITHER)


@frozen
class Gate:
    """Something that obliges: it names a standard by its number, `both`, or `unknown`, and perhaps a date."""

    kind: str
    names: str
    date: datetime.date | None = None
    evidence: str = ""


@frozen
class Certificate:
    """A certificate that is held already."""

    side: str
    edition: str = ""
    until: datetime.date | None = None
    evidence: str = ""


@frozen
class Given:
    """What somebody answered to a criterion: a score or nothing known, its weight, and the evidence."""

    score: int | None = None
    weight: int = WEIGHT
    evidence: str = ""


@frozen
class Hours:
    """The user's own estimate of a piece of work, for one standard or for both at once."""

    work: str
    serves: str
    low: float
    high: float


@frozen
class Case:
    """All that somebody told about one organization; what is not told is unknown.

    criteria: what it is weighed by, which says between which two standards; none where that is not settled yet.
    """

    gates: tuple[Gate, ...] = ()
    held: tuple[Certificate, ...] = ()
    given: Mapping[str, Given] = field(factory=dict)
    hours: tuple[Hours, ...] = ()
    criteria: tuple[Criterion, ...] = field(default=(), kw_only=True)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is told yet."""
        return not (self.gates or self.held or self.given or self.hours)

    @property
    def sides(self) -> tuple[str, str]:
        """The two standards, by their numbers."""
        one, other = self.candidates
        return one, other

    @property
    def candidates(self) -> Mapping[str, Candidate]:
        """The two standards by their numbers, in the order in which they are told."""
        return candidates(self.criteria)

    def other(self, side: str) -> str:
        """Give the other of the two."""
        one, other = self.sides
        return other if side == one else one

    def leading(self, answer: str) -> str | None:
        """Give the standard that comes first by a class; nothing if that class puts none first."""
        return next((side for side in self.sides if answer == first(side)), None)

    def called(self, side: str) -> str:
        """Give the name of a standard, whatever its edition."""
        return self.candidates[side].name

    def criterion(self, id_: str) -> Criterion | None:
        """Give the criterion of that name; nothing if it is weighed by none such."""
        return next((criterion for criterion in self.criteria if criterion.id == id_), None)

    def toward(self, side: str) -> tuple[Criterion, ...]:
        """Give the criteria that pull toward a standard."""
        return tuple(criterion for criterion in self.criteria if criterion.side == side)

    def of(self, id_: str) -> Given:
        """Give what was answered to a criterion."""
        return self.given.get(id_, Given())

    def holds(self, side: str) -> bool:
        """Tell whether a certificate is held."""
        return any(certificate.side == side for certificate in self.held)

    def with_given(self, id_: str, **changes: Any) -> Case:  # attrs types no changes of fields by name
        """Give the case with one answer changed."""
        return evolve(self, given={**self.given, id_: evolve(self.of(id_), **changes)})


def candidates(criteria: tuple[Criterion, ...]) -> Mapping[str, Candidate]:
    """Give the standards toward which criteria pull, by their numbers and in their order."""
    return {one.standard.number: one.standard for one in criteria if one.standard is not None}


def between(criteria: tuple[Criterion, ...], sides: Collection[str] = ()) -> tuple[Criterion, ...]:
    """Give the criteria that weigh two standards against each other; the first two where none are named.

    They stay in their order, so that neither comes first for being named first.
    """
    taken = sides or tuple(candidates(criteria))[:2]
    return tuple(one for one in criteria if one.side is None or one.side in taken)


@frozen
class Pull:
    """How far the criteria pull toward a standard: whole sums, of which low and high are shares of `weights`."""

    low_sum: int
    high_sum: int
    weights: int

    @property
    def low(self) -> Fraction:
        """The least it can be, of 4."""
        return Fraction(self.low_sum, self.weights)

    @property
    def high(self) -> Fraction:
        """The most it can be, of 4."""
        return Fraction(self.high_sum, self.weights)


@frozen
class Outcome:
    """The answer: the classes that are possible, what decided, and the pulls behind it."""

    possible: tuple[str, ...]
    gates: tuple[Gate, ...]
    """The gates that decide; none where the criteria do."""
    pulls: Mapping[str, Pull]
    order: str | None
    """Which certificate comes first where they are phased, if that is known."""

    @property
    def answer(self) -> str:
        """The class, or `undecided`."""
        return self.possible[0] if len(self.possible) == 1 else UNDECIDED


def weighable(case: Case) -> bool:
    """Tell whether each standard has at least one criterion with a weight."""
    return all(any(case.of(criterion.id).weight for criterion in case.toward(side)) for side in case.candidates)


def pull(case: Case, side: str) -> Pull:
    """Add up what pulls toward a standard; an unknown score may be anything from 0 to 4."""
    low = high = weights = 0
    for criterion in case.toward(side):
        given = case.of(criterion.id)
        weights += given.weight
        low += given.weight * (0 if given.score is None else given.score)
        high += given.weight * (MOST_SCORE if given.score is None else given.score)
    return Pull(low, high, weights)


def capacity(case: Case) -> tuple[int, int]:
    """Give the least and the most that the capacity can be."""
    score = case.of(CAPACITY).score
    return (0, MOST_SCORE) if score is None else (score, score)


def decide(case: Case) -> Outcome:
    """Decide by gates where they bind, else by the criteria; whatever unknowns leave open stays possible."""
    sides = case.sides
    pulls = {side: pull(case, side) for side in sides}
    pending = {side for side in sides if not case.holds(side) and _naming(case, side)}
    asked = [gate for gate in case.gates if gate.names == UNKNOWN]
    if asked:
        found: set[str] = set()
        for more in (*({side} for side in sides), set(sides)):
            found |= _by_gates(case, pending | {side for side in more if not case.holds(side)}, pulls, dated=False)
    else:
        found = _by_gates(case, pending, pulls, dated=True)
    deciding = tuple(g for g in case.gates if g.names == UNKNOWN or any(g.names in (s, BOTH) for s in pending))
    possible = tuple(word for word in classes(sides) if word in found)
    return Outcome(possible, deciding, pulls, _order(case, pending, pulls) if possible == (PHASED,) else None)


def _naming(case: Case, side: str) -> list[Gate]:
    return [gate for gate in case.gates if gate.names in (side, BOTH)]


def due(case: Case, side: str) -> datetime.date | None:
    """Give the date by which gates want a standard; nothing if one of them tells none."""
    dates = [gate.date for gate in _naming(case, side)]
    known = [date for date in dates if date is not None]
    return min(known) if known and len(known) == len(dates) else None


def _by_gates(case: Case, pending: set[str], pulls: Mapping[str, Pull], *, dated: bool) -> set[str]:
    """Give the classes that are possible when the standards in `pending` are obligatory and not yet held."""
    if len(pending) == 2:
        dates = [due(case, side) if dated else None for side in case.sides]
        if None not in dates and dates[0] != dates[1]:
            return {PHASED}
        return _at_once(case) | ({PHASED} if None in dates else set())
    if pending:
        (side,) = pending
        return {PHASED} if case.holds(case.other(side)) else {first(side)}
    return _by_criteria(case, pulls)


def _at_once(case: Case) -> set[str]:
    low, high = capacity(case)
    return ({TOGETHER} if high >= CAPABLE else set()) | ({PHASED} if low < CAPABLE else set())


def _by_criteria(case: Case, pulls: Mapping[str, Pull]) -> set[str]:
    """Give the classes that some value of each unknown leads to."""
    sides = case.sides
    if all(case.holds(side) for side in sides):
        return {TOGETHER}
    for held, other in (sides, sides[::-1]):
        if case.holds(held):
            # One system is there; the question left is whether the other certificate is wanted.
            wanted = pulls[other]
            return ({PHASED} if wanted.high >= COUNTS else set()) | ({NEITHER} if wanted.low < COUNTS else set())
    found = set()
    one, two = (pulls[side] for side in sides)
    if one.low < COUNTS and two.low < COUNTS:
        found.add(NEITHER)
    for side, mine, theirs in zip(sides, (one, two), (two, one), strict=True):
        if mine.high >= COUNTS and (theirs.low < COUNTS or mine.high - theirs.low >= AHEAD):
            found.add(first(side))
    near = one.low - two.high < AHEAD and two.low - one.high < AHEAD
    if one.high >= COUNTS and two.high >= COUNTS and near:
        found |= _at_once(case)
    return found


def _order(case: Case, pending: set[str], pulls: Mapping[str, Pull]) -> str | None:
    """Tell which certificate comes first where they are phased: the one held, the one due, the one pulled further."""
    sides = case.sides
    held = [side for side in sides if case.holds(side)]
    if held:
        return held[0]
    dates = {side: due(case, side) for side in pending}
    if len(pending) == 2 and None not in dates.values() and len(set(dates.values())) == 2:
        return min(sides, key=lambda side: dates[side] or datetime.date.max)
    for one, other in (sides, sides[::-1]):
        if pulls[one].low > pulls[other].high:
            return one
    return None


# --- what would change it --------------------------------------------------------------------------------------------


@frozen
class Change:
    """One changed number, a weight or a score of a criterion, and the answer that it gives."""

    what: str
    id: str
    before: int
    after: int
    answer: str

    @property
    def size(self) -> int:
        """By how much it changes."""
        return abs(self.after - self.before)


def single_changes(case: Case, what: str) -> Iterator[tuple[str, int, int, Case]]:
    """Give every way to change one weight or one known score by whole numbers, that leaves the case weighable."""
    for criterion in case.criteria:
        given = case.of(criterion.id)
        before = given.weight if what == "weight" else given.score
        if before is None or (what == "weight" and criterion.side is None):
            continue
        for after in range((MOST_WEIGHT if what == "weight" else MOST_SCORE) + 1):
            changed = case.with_given(criterion.id, **{what: after})
            if after != before and weighable(changed):
                yield criterion.id, before, after, changed


def flips(case: Case, what: str) -> tuple[Change, ...]:
    """Give the smallest single changes of a `weight` or a `score` that change the answer; none if none does."""
    now = decide(case).answer
    found = [
        Change(what, id_, before, after, answer)
        for id_, before, after, changed in single_changes(case, what)
        if (answer := decide(changed).answer) != now
    ]
    least = min((change.size for change in found), default=0)
    return tuple(change for change in found if change.size == least)


@frozen
class Opening:
    """Something unknown, and the answer that each score would give."""

    id: str
    answers: tuple[str, ...]

    @property
    def decides(self) -> int:
        """How many of the scores decide by themselves."""
        return sum(answer != UNDECIDED for answer in self.answers)


def openings(case: Case) -> tuple[Opening, ...]:
    """Give the unknown criteria that bear on the answer, those first that decide most by themselves, then by weight.

    What ties is asked of both standards in turn, so that neither is looked into first.
    """
    found = []
    capable = TOGETHER in decide(case).possible
    turns = {one.id: turn for side in case.sides for turn, one in enumerate(case.toward(side))}
    for criterion in case.criteria:
        turn = turns.get(criterion.id, 0)
        given = case.of(criterion.id)
        # A certificate that is held needs no pull any more, and capacity only tells whether two are done at once.
        bears = capable if criterion.side is None else given.weight and not case.holds(criterion.side)
        if given.score is None and bears:
            tried = (decide(case.with_given(criterion.id, score=score)) for score in range(MOST_SCORE + 1))
            opening = Opening(criterion.id, tuple(outcome.answer for outcome in tried))
            found.append((-opening.decides, -given.weight if criterion.side else 0, turn, opening))
    return tuple(opening for *_, opening in sorted(found, key=lambda one: one[:3]))


# --- as a sheet has it -----------------------------------------------------------------------------------------------

Rows = Mapping[str, Mapping[str, object]]
"""Answers by row (`gate-contract`, `held-9001`, a criterion) and by column: answer, weight, date, evidence.

People write into these cells, so anything may stand there; what is no answer counts as none.
"""


def rows_of(case: Case) -> dict[str, dict[str, object]]:
    """Give the rows that hold a case; gates of one kind beyond the first are numbered."""
    rows: dict[str, dict[str, object]] = {}
    for kind in KINDS:
        for at, gate in enumerate((one for one in case.gates if one.kind == kind), 1):
            id_ = f"gate-{kind}" + (f"-{at}" if at > 1 else "")
            rows[id_] = {"answer": gate.names, "date": gate.date, "evidence": gate.evidence}
    for one in case.held:
        words = " ".join(filter(None, (one.edition, one.evidence)))
        rows[f"held-{one.side}"] = {"answer": "yes", "date": one.until, "evidence": words}
    for id_, given in case.given.items():
        rows[id_] = {"answer": given.score, "weight": given.weight, "evidence": given.evidence}
    return rows


def case_of(rows: Rows, criteria: tuple[Criterion, ...], hours: tuple[Hours, ...] = ()) -> Case:
    """Read rows as the formulas of the sheet read them: what is no answer counts as none."""
    gates, held, given = [], [], {}
    sides = candidates(criteria)
    known = {criterion.id for criterion in criteria}
    for id_, cells in rows.items():
        word, date = _word(cells.get("answer")), cells.get("date")
        on = date if isinstance(date, datetime.date) else None
        said = cells.get("evidence")
        evidence = said if isinstance(said, str) else ""
        kind = id_.split("-")[1] if id_.startswith("gate-") else ""
        if kind in KINDS and word in (*sides, BOTH, UNKNOWN):
            gates.append(Gate(kind, word, on, evidence))
        elif id_.removeprefix("held-") in sides and word == "yes":
            held.append(Certificate(id_.removeprefix("held-"), "", on, evidence))
        elif id_ in known:
            given[id_] = Given(score_in(cells.get("answer")), weight_in(cells.get("weight")), evidence)
    return Case(tuple(gates), tuple(held), given, hours, criteria=criteria)


def score_in(value: object) -> int | None:
    """Read a cell for a score."""
    return _whole(value, MOST_SCORE)


def weight_in(value: object) -> int:
    """Read a cell for a weight."""
    weight = _whole(value, MOST_WEIGHT)
    return WEIGHT if weight is None else weight


def overlaid(case: Case, rows: Rows) -> Case:
    """Put what stands on a sheet over a case, an empty text to take something out.

    Where nothing could be weighed then, the weights of the case stay.
    """
    merged = rows_of(case)
    for id_, cells in rows.items():
        merged.setdefault(id_, {}).update({key: value for key, value in cells.items() if value is not None})
    found = case_of(merged, case.criteria, case.hours)
    before = rows_of(case)
    told = {one.side: one for one in case.held if merged[f"held-{one.side}"] == before[f"held-{one.side}"]}
    found = evolve(found, held=tuple(told.get(one.side, one) for one in found.held))
    if weighable(found):
        return found
    kept = {id_: evolve(given, weight=case.of(id_).weight) for id_, given in found.given.items()}
    return evolve(found, given=kept)


def _whole(value: object, most: int) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most or value != int(value):
        return None
    return int(value)


def _word(value: object) -> str:
    number = _whole(value, 99_999)
    return str(number) if number is not None else value.lower() if isinstance(value, str) else ""
