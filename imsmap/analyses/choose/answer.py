"""What `choose` answers, as values and as JSON."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field

from imsmap.analyses.choose.aims import Aim
from imsmap.decision.rules import (
    AHEAD,
    CAPABLE,
    COUNTS,
    MOST_SCORE,
    Case,
    Certificate,
    Change,
    Gate,
    Given,
    Hours,
    Outcome,
    Pull,
)
from imsmap.library.guides import Criterion
from imsmap.parts import ClauseName, Side, coverage_json, side_json
from imsmap.reasoning.coverage import Coverage
from imsmap.report import Json
from imsmap.values import frozen


@frozen
class Obligation:
    """A gate, whether it decides, and what it asks for in words."""

    gate: Gate
    decides: bool
    sentence: str


@frozen
class Weighed:
    """A criterion with what was answered to it."""

    criterion: Criterion
    given: Given


@frozen
class Turn:
    """A smallest change that changes the answer, and the title of its criterion."""

    change: Change
    title: str


@frozen
class FindOut:
    """Something to find out, how, and the answer that each score from 0 on would give; none where it decides at once.

    id: of the criterion, or `gate` or `date`.
    """

    id: str
    what: str
    find: str
    answers: tuple[str, ...] = ()


@frozen
class Brings:
    """What one standard (`name`) already brings to the other, in a sentence and in full; left: what has no counterpart.

    What nobody has looked at is not among what is left.
    """

    name: str
    coverage: Coverage
    sentence: str
    in_full: str
    left: tuple[ClauseName, ...]


@frozen
class Span:
    """Hours, from and to."""

    low: float
    high: float


@frozen
class Effort:
    """The user's own hours, by side: one standard alone, what it adds to the other, both as one system."""

    alone: Mapping[str, Span]
    added: Mapping[str, Span]
    together: Span
    work: tuple[Hours, ...]


@frozen
class ChooseAnswer:
    """Which standard comes first, and why.

    standards: by side, the number of a standard. case: what was told; outcome: what the rules make of it. brings: what
    having the first side gives the second, then the other way round.
    """

    standards: Mapping[str, Side]
    case: Case
    outcome: Outcome
    sentence: str
    reasons: tuple[str, ...]
    doubts: tuple[str, ...]
    gates: tuple[Obligation, ...]
    criteria: tuple[Weighed, ...]
    flips: tuple[Turn, ...]
    deciding: tuple[FindOut, ...]
    brings: tuple[Brings, ...]
    asymmetry: str
    effort: Effort | None
    aims: Mapping[str, Aim] = field(factory=dict)
    """By side, to which edition a certificate is to be sought."""
    disciplines: Mapping[str, str] = field(factory=dict)
    """By side, what the discipline is called in a sentence."""

    @property
    def newer(self) -> str:
        """Which edition to aim at where one is replaced, and why; first where the older can't be certified any more."""
        found = sorted((aim for aim in self.aims.values() if aim.why), key=lambda aim: not aim.late)
        return " ".join(aim.why for aim in found)

    @property
    def named(self) -> Mapping[str, str]:
        """The edition to aim at, by side."""
        return {side: aim.designation for side, aim in self.aims.items()}

    @property
    def answer(self) -> str:
        """The class of the answer, or `undecided`."""
        return self.outcome.answer

    @property
    def by_gate(self) -> bool:
        """Whether gates decide, and not the criteria."""
        return bool(self.outcome.gates)


def to_json(answer: ChooseAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(standard) for standard in answer.standards.values()],
        "sides": {side: standard.key for side, standard in answer.standards.items()},
        "answer": answer.answer,
        "possible": list(answer.outcome.possible),
        "sentence": answer.sentence,
        "order": answer.outcome.order,
        "decided_by": "gate" if answer.by_gate else "criteria",
        "reasons": list(answer.reasons),
        "doubts": list(answer.doubts),
        "gates": [_gate(one) for one in answer.gates],
        "held": [_held(one) for one in answer.case.held],
        "criteria": [_criterion(one) for one in answer.criteria],
        "pulls": {side: _pull(answer.outcome.pulls[side]) for side in answer.case.sides},
        "thresholds": {"counts": float(COUNTS), "ahead": AHEAD, "capable": CAPABLE, "most": MOST_SCORE},
        "flip": [_turn(one) for one in answer.flips],
        "deciding": [
            {"id": one.id, "what": one.what, "find": one.find, "answers": list(one.answers)} for one in answer.deciding
        ],
        "coverage": [coverage_json(one.coverage) for one in answer.brings],
        "coverage_sentences": [one.in_full for one in answer.brings],
        "uncovered": [
            [{"clause": clause.ref, "number": clause.number, "title": clause.title} for clause in one.left]
            for one in answer.brings
        ],
        "asymmetry": answer.asymmetry,
        "aims": [
            {
                "side": aim.side,
                "edition": aim.designation,
                "planned": None if aim.planned is None else aim.planned.isoformat(),
                "late": aim.late,
                "why": aim.why,
            }
            for aim in answer.aims.values()
        ],
        "effort": None if answer.effort is None else _effort(answer.effort),
    }


def _gate(one: Obligation) -> dict[str, Json]:
    return {
        "kind": one.gate.kind,
        "names": one.gate.names,
        "date": None if one.gate.date is None else one.gate.date.isoformat(),
        "evidence": one.gate.evidence,
        "decides": one.decides,
        "sentence": one.sentence,
    }


def _held(one: Certificate) -> dict[str, Json]:
    return {
        "standard": one.side,
        "edition": one.edition,
        "until": None if one.until is None else one.until.isoformat(),
        "evidence": one.evidence,
    }


def _criterion(one: Weighed) -> dict[str, Json]:
    return {
        "id": one.criterion.id,
        "side": one.criterion.side,
        "title": one.criterion.title,
        "question": one.criterion.question,
        "least": one.criterion.least,
        "most": one.criterion.most,
        "find": one.criterion.find,
        "score": one.given.score,
        "weight": None if one.criterion.side is None else one.given.weight,
        "evidence": one.given.evidence,
    }


def _pull(pull: Pull) -> dict[str, Json]:
    return {
        "low": round(float(pull.low), 3),
        "high": round(float(pull.high), 3),
        "of": MOST_SCORE,
        "weights": pull.weights,
        "low_sum": pull.low_sum,
        "high_sum": pull.high_sum,
    }


def _turn(one: Turn) -> dict[str, Json]:
    return {
        "what": one.change.what,
        "id": one.change.id,
        "title": one.title,
        "from": one.change.before,
        "to": one.change.after,
        "answer": one.change.answer,
    }


def _effort(effort: Effort) -> dict[str, Json]:
    return {
        "alone": {side: _span(span) for side, span in effort.alone.items()},
        "added": {side: _span(span) for side, span in effort.added.items()},
        "together": _span(effort.together),
        "work": [
            {"work": hours.work, "serves": hours.serves, "low": hours.low, "high": hours.high} for hours in effort.work
        ],
    }


def _span(span: Span) -> dict[str, Json]:
    return {"low": span.low, "high": span.high}
