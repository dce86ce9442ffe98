"""The answer in words: the sentence, the reasons, the remarks and the notes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from imsmap.decision.rules import (
    AHEAD,
    BOTH,
    CAPABLE,
    CAPACITY,
    COUNTS,
    KINDS,
    MOST_SCORE,
    NEITHER,
    PHASED,
    TOGETHER,
    UNDECIDED,
    UNKNOWN,
    Case,
    Certificate,
    Gate,
    Outcome,
    Pull,
    due,
)
from imsmap.wording import listed

_SENTENCES = {
    PHASED: "Build one system, and take the certificates one after the other.",
    TOGETHER: "Build one system, and work for both certificates at once.",
    NEITHER: "No certificate now: what pulls is too little for any that is not there yet.",
    UNDECIDED: "What is known does not decide it.",
}
NOTES = (
    f"Gates come first: a contract, tender, permit or group policy decides without any weighing. Then each pull is the "
    f"weighted mean of its criteria's scores, from 0 to {MOST_SCORE}; an unknown score may be anything from 0 to "
    f"{MOST_SCORE} and widens the range. A pull counts from {float(COUNTS):g} on; a standard comes first if its pull "
    f"counts and the other's does not, or is {AHEAD} or more ahead; if both count and neither is so far ahead, a "
    f"capacity of {CAPABLE} or more lets both be done together, and less phases them.",
    "Criteria, thresholds and the weights proposed are our judgement and no research: change the weights. The pulls "
    "are two ranges and not a score of the standards; neither standard is better than the other. Nothing here promises "
    "a certificate or a saving.",
)


def sentence(case: Case, outcome: Outcome, named: Mapping[str, str]) -> str:
    """Say what to do; named: the edition to aim at, by side."""
    if all(case.holds(side) for side in case.sides):
        return "Both certificates are held: run them as one system."
    if outcome.answer == PHASED and outcome.order is not None:
        other = case.other(outcome.order)
        return f"Build one system; the certificate for {named[outcome.order]} comes first, then {named[other]}."
    side = case.leading(outcome.answer)
    if side is not None:
        return f"Begin with {named[side]}; {named[case.other(side)]} may follow in the same system."
    return _SENTENCES[outcome.answer]


def reasons(case: Case, outcome: Outcome, named: Mapping[str, str]) -> list[str]:
    """Say why, in sentences: the gates that decide, or the pulls; then what is open."""
    gates = sorted(outcome.gates, key=lambda gate: gate.date or datetime.date.max)
    found = [gate_sentence(case, gate) for gate in gates]
    found += [f"{held_words(case, one)}{f' until {one.until.isoformat()}' if one.until else ''}." for one in case.held]
    dates = {side: due(case, side) for side in case.sides}
    if outcome.gates and all(dates.values()) and len(set(dates.values())) == 2 and not case.held:
        found.append("The gates have two dates, so the certificates follow each other.")
    if (
        outcome.gates
        and all(dates.values())
        and len(set(dates.values())) == 1
        and PHASED in outcome.possible
        and not case.held
    ):
        found.append(
            f"Both are due by {dates[case.sides[0]]}: where one certificate follows the other, both follow before then."
        )
    words = "By the criteria alone the pull is" if outcome.gates else "The pull of the criteria is"
    pulls = [f"{_range(outcome.pulls[side])} toward {named[side]}" for side in case.sides]
    found.append(f"{words} {listed(pulls)}, each of {MOST_SCORE}; a pull counts from {float(COUNTS):g} on.")
    if not outcome.gates:
        found += [told for side in case.sides if (told := _strongest(case, side, named[side]))]
    if {PHASED, TOGETHER} & set(outcome.possible) and not case.held:
        score = case.of(CAPACITY).score
        told = "is unknown" if score is None else f"is {score} of {MOST_SCORE}"
        found.append(f"Capacity {told}; from {CAPABLE} on both can be worked for at once.")
    if outcome.answer == UNDECIDED:
        found.append(f"Possible are: {'; '.join(outcome.possible)}.")
    return found


def _strongest(case: Case, side: str, name: str) -> str:
    """Name the criteria that pull most toward a standard, by weight times score."""
    mine = [(case.of(c.id).weight * (case.of(c.id).score or 0), c) for c in case.toward(side)]
    most = sorted((one for one in mine if one[0]), key=lambda one: -one[0])[:2]
    if not most:
        return ""
    told = [f"{c.title[0].lower()}{c.title[1:]} ({case.of(c.id).score} of {MOST_SCORE})" for _, c in most]
    return f"Toward {name} pulls most: {listed(told)}."


def gate_sentence(case: Case, gate: Gate) -> str:
    """Say what a gate asks for."""
    if gate.names == UNKNOWN:
        what = "a certificate without saying which"
    else:
        what = listed(case.called(side) for side in case.sides if gate.names in (side, BOTH))
    kind = KINDS[gate.kind].partition(" or ")[0]
    by = f" by {gate.date.isoformat()}" if gate.date else ", without a date"
    evidence = f" ({gate.evidence})" if gate.evidence else ""
    return f"{kind[0].upper()}{kind[1:]} asks for {what}{by}{evidence}."


def held_words(case: Case, one: Certificate) -> str:
    """Say that a certificate is held, and to which edition as far as somebody told."""
    edition = f":{one.edition}" if one.edition.isdigit() else f" ({one.edition or 'edition not told'})"
    return f"A certificate for {case.called(one.side)}{edition} is held"


def _range(pull: Pull) -> str:
    low, high = float(pull.low), float(pull.high)
    return f"{low:.1f}" if pull.low == pull.high else f"{low:.1f} to {high:.1f}"


def remarks(case: Case, today: datetime.date | None) -> list[str]:
    """Say what is doubtful in the answers: scores without evidence, dates that are past."""
    found = []
    bare = [c.title for c in case.criteria if case.of(c.id).score is not None and not case.of(c.id).evidence]
    if bare:
        found.append(f"Scores without evidence: {listed(bare)}. A score that nobody can show is an opinion.")
    if today is not None:
        for gate in case.gates:
            if gate.date is not None and gate.date < today:
                found.append(f"The date {gate.date.isoformat()} of {KINDS[gate.kind].partition(' or ')[0]} is past.")
        for one in case.held:
            if one.until is not None and one.until < today:
                which = held_words(case, one).replace("A certificate", "The certificate").removesuffix(" is held")
                found.append(f"{which} ended on {one.until.isoformat()}; take it out if it was not renewed.")
    return found
