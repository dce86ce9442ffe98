"""Which first, ISO 9001 or ISO 14001, or both: gates, then weighing with its range, and what would flip it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from imsmap.analyses.choose.tables import tables_of
from imsmap.analyses.choose.words import NOTES, gate_sentence, reasons, remarks, sentence
from imsmap.decision.rules import (
    AHEAD,
    BOTH,
    BY_ID,
    CAPABLE,
    COUNTS,
    ENVIRONMENT,
    KINDS,
    MOST_SCORE,
    QUALITY,
    SIDES,
    UNDECIDED,
    UNKNOWN,
    Case,
    Certificate,
    Change,
    Gate,
    Outcome,
    Pull,
    decide,
    flips,
    openings,
)
from imsmap.errors import UnsuitedError
from imsmap.library.graph import ClauseGraph
from imsmap.parts import coverage_json, side_json, sides
from imsmap.reasoning.coverage import LEAF_CLAUSE, coverage
from imsmap.reasoning.groups import Grouping
from imsmap.report import Report, untyped
from imsmap.wording import coverage_in_full, coverage_sentence, designations

DISCIPLINES = {QUALITY: "quality", ENVIRONMENT: "environment"}


@frozen
class Question:
    """Which editions are meant, and what was told about the organization; today is for dates that are past."""

    standards: tuple[str, ...]
    case: Case = field(factory=Case)
    today: datetime.date | None = None


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """Decide which standard comes first, with reasons, range, flip test, and what each already brings to the other."""
    keys = _sides(graph, question.standards)
    case = question.case
    outcome = decide(case)
    grouping = Grouping(graph, tuple(keys[side] for side in SIDES))
    counted = [coverage(grouping, of=keys[of], by=keys[by], unit=LEAF_CLAUSE) for by, of in (SIDES, SIDES[::-1])]
    covered = [coverage_json(entry) for entry in counted]
    names = designations(graph, grouping.keys)
    changes = [] if outcome.answer == UNDECIDED else [*flips(case, "weight"), *flips(case, "score")]
    why, doubts = reasons(case, outcome), remarks(case, question.today)
    values = {
        "standards": [side_json(side) for side in sides(graph, [keys[side] for side in SIDES])],
        "sides": {side: keys[side] for side in SIDES},
        "answer": outcome.answer,
        "possible": list(outcome.possible),
        "sentence": sentence(case, outcome),
        "order": outcome.order,
        "decided_by": "gate" if outcome.gates else "criteria",
        "reasons": why,
        "doubts": doubts,
        "gates": [_gate(gate, gate in outcome.gates) for gate in case.gates],
        "held": [_held(one) for one in case.held],
        "criteria": [_criterion(case, id_) for id_ in BY_ID],
        "pulls": {side: _pull(outcome.pulls[side]) for side in SIDES},
        "thresholds": {"counts": float(COUNTS), "ahead": AHEAD, "capable": CAPABLE, "most": MOST_SCORE},
        "flip": [_change(change) for change in changes],
        "deciding": _deciding(case, outcome),
        "coverage": covered,
        "coverage_sentences": [coverage_in_full(names, entry) for entry in counted],
        "uncovered": [_uncovered(graph, entry) for entry in covered],
        "asymmetry": _asymmetry(graph, covered),
        "effort": _effort(case),
    }
    notes = (
        *doubts,
        *NOTES,
        f"Mapping data {graph.library.version} ({graph.library.released}).",
    )
    return Report(
        "choose",
        "ISO 9001 or ISO 14001, or both, and which first",
        graph.library.version,
        tables_of(graph, values, outcome, [coverage_sentence(names, entry) for entry in counted]),
        values,
        untyped,
        f"Answer: {outcome.answer}. {sentence(case, outcome)} {why[0]}",
        notes,
    )


def _sides(graph: ClauseGraph, keys: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for side, discipline in DISCIPLINES.items():
        for key in keys:
            standard = graph.standard(key)
            if standard.discipline == discipline:
                found.setdefault(side, key)
        if side not in found:
            raise UnsuitedError(
                f"choose weighs ISO {QUALITY} against ISO {ENVIRONMENT}; name an edition of ISO {side}, too"
            )
    return found


def _gate(gate: Gate, decides: bool) -> dict[str, Any]:
    return {
        "kind": gate.kind,
        "names": gate.names,
        "date": None if gate.date is None else gate.date.isoformat(),
        "evidence": gate.evidence,
        "decides": decides,
        "sentence": gate_sentence(gate),
    }


def _held(one: Certificate) -> dict[str, Any]:
    return {
        "standard": one.side,
        "edition": one.edition,
        "until": None if one.until is None else one.until.isoformat(),
        "evidence": one.evidence,
    }


def _criterion(case: Case, id_: str) -> dict[str, Any]:
    criterion, given = BY_ID[id_], case.of(id_)
    return {
        "id": id_,
        "side": criterion.side,
        "title": criterion.title,
        "question": criterion.question,
        "least": criterion.least,
        "most": criterion.most,
        "find": criterion.find,
        "score": given.score,
        "weight": None if criterion.side is None else given.weight,
        "evidence": given.evidence,
    }


def _pull(pull: Pull) -> dict[str, Any]:
    return {
        "low": round(float(pull.low), 3),
        "high": round(float(pull.high), 3),
        "of": MOST_SCORE,
        "weights": pull.weights,
        "low_sum": pull.low_sum,
        "high_sum": pull.high_sum,
    }


def _change(change: Change) -> dict[str, Any]:
    title = BY_ID[change.id].title
    return {
        "what": change.what,
        "id": change.id,
        "title": title,
        "from": change.before,
        "to": change.after,
        "answer": change.answer,
    }


def _deciding(case: Case, outcome: Outcome) -> list[dict[str, Any]]:
    """List what to find out, first what decides at once."""
    if outcome.answer != UNDECIDED:
        return []
    found: list[dict[str, Any]] = [
        {
            "id": "gate",
            "what": f"Which standard does {KINDS[gate.kind].partition(' or ')[0]} mean?",
            "find": "Ask whoever wrote it for the number of the standard, and for the date.",
            "answers": [],
        }
        for gate in outcome.gates
        if gate.names == UNKNOWN
    ]
    undated = [g for g in outcome.gates if g.names != UNKNOWN and g.date is None]
    found += [
        {
            "id": "date",
            "what": f"By when does {KINDS[gate.kind].partition(' or ')[0]} ask for it?",
            "find": "Two dates put the certificates in an order; one date leaves it to the capacity.",
            "answers": [],
        }
        for gate in undated
    ]
    if not case.gates:
        found.append(
            {
                "id": "gate",
                "what": "Does any contract, tender, permit or group policy name a standard and a date?",
                "find": "Ask sales, purchasing's own customers, the authority and the owner: it would decide at once.",
                "answers": [],
            }
        )
    for opening in openings(case):
        criterion = BY_ID[opening.id]
        found.append(
            {
                "id": opening.id,
                "what": criterion.question,
                "find": criterion.find,
                "answers": list(opening.answers),
            }
        )
    return found


def _uncovered(graph: ClauseGraph, entry: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"clause": f"{entry['of']}:{number}", "number": number, "title": graph.title(f"{entry['of']}:{number}")}
        for number in (*entry["uncovered"], *entry["unassessed"])
    ]


def _asymmetry(graph: ClauseGraph, covered: list[dict[str, Any]]) -> str:
    """Say which way round the list of what is all new is shorter, and what that does not mean."""
    lists = [(len(entry["uncovered"]) + len(entry["unassessed"]), entry) for entry in covered]
    (fewer, short), (more, long) = sorted(lists, key=lambda one: one[0])
    warning = "A counterpart says where to look together and not that anything is met; what is all new is work in full."
    if fewer == more:
        return f"Either way round {fewer} leaf clauses are all new. {warning}"
    one, other = (graph.standard(short[key]).designation for key in ("of", "by"))
    return (
        f"Adding {one} to {other} leaves the shorter list: {fewer} of {short['m']} leaf clauses all new, against "
        f"{more} of {long['m']} the other way round. {warning}"
    )


def _effort(case: Case) -> dict[str, Any] | None:
    """Add up the user's own hours: one standard alone, both as one system, and what the second adds."""
    if not case.hours:
        return None

    def total(*serves: str) -> dict[str, float]:
        mine = [hours for hours in case.hours if hours.serves in serves]
        return {"low": sum(hours.low for hours in mine), "high": sum(hours.high for hours in mine)}

    return {
        "alone": {side: total(side, BOTH) for side in SIDES},
        "added": {side: total(side) for side in SIDES},
        "together": total(*SIDES, BOTH),
        "work": [
            {"work": hours.work, "serves": hours.serves, "low": hours.low, "high": hours.high} for hours in case.hours
        ],
    }
