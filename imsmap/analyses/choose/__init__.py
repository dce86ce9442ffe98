"""Which of two standards first, or both: gates, then weighing with its range, and what would flip it."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Mapping

from attrs import evolve, field

from imsmap import about
from imsmap.analyses.choose.aims import aims, renewals
from imsmap.analyses.choose.answer import (
    Brings,
    ChooseAnswer,
    Effort,
    FindOut,
    Obligation,
    Span,
    Turn,
    Weighed,
    to_json,
)
from imsmap.analyses.choose.tables import tables_of
from imsmap.analyses.choose.words import NOTES, gate_sentence, reasons, remarks, sentence
from imsmap.decision.rules import (
    BOTH,
    KINDS,
    UNDECIDED,
    UNKNOWN,
    Case,
    Outcome,
    between,
    candidates,
    decide,
    flips,
    openings,
)
from imsmap.decision.sides import cannot_weigh, editions_held
from imsmap.errors import UnsuitedError
from imsmap.library.graph import ClauseGraph
from imsmap.parts import Side, clause_name, sides
from imsmap.reasoning.coverage import LEAF_CLAUSE, coverage
from imsmap.reasoning.groups import Grouping
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import coverage_in_full, coverage_sentence, designations, listed

ABOUT = about.Question(
    short="One standard, another, or both, and which first",
    place=110,
    weighs=True,
)


@frozen
class Question:
    """Which editions are meant, and what was told about the organization; today is for dates that are past.

    standards: of several editions of one the newest is weighed, as they are a transition and no choice. Where the case
    does not say between which two, it is the first two of them that can be weighed. newer: further editions, on which
    figures are counted where the answer names them to aim at.
    """

    standards: tuple[str, ...]
    case: Case = field(factory=Case)
    today: datetime.date | None = None
    newer: tuple[str, ...] = ()


def analyse(graph: ClauseGraph, question: Question) -> Report[ChooseAnswer]:
    """Decide which standard comes first, with reasons, range, flip test, and what each already brings to the other."""
    if not graph.library.criteria:
        raise UnsuitedError("the mapping data tell nothing that could be weighed (choose.yaml)")
    held = _sides(graph, question, tuple(question.case.candidates))
    keys = {side: editions[0] for side, editions in held.items()}
    case = evolve(question.case, criteria=between(graph.library.criteria, tuple(keys)))
    titles = {criterion.id: criterion.title for criterion in case.criteria}
    outcome = decide(case)
    told = dict(zip(keys, sides(graph, tuple(keys.values())), strict=True))
    older = {side: _before(graph, *editions) for side, editions in held.items()}
    aimed = aims(told, case, question.today, older)
    named = {side: aim.designation for side, aim in aimed.items()}
    brings = _brings(graph, _counted(graph, (*question.standards, *question.newer), keys, named))
    changes = [] if outcome.answer == UNDECIDED else [*flips(case, "weight"), *flips(case, "score")]
    answer = ChooseAnswer(
        told,
        case,
        outcome,
        sentence(case, outcome, named),
        tuple(reasons(case, outcome, named)),
        (*renewals({side: [*older[side], one][0] for side, one in told.items()}, case), *remarks(case, question.today)),
        tuple(Obligation(gate, gate in outcome.gates, gate_sentence(case, gate)) for gate in case.gates),
        tuple(Weighed(criterion, case.of(criterion.id)) for criterion in case.criteria),
        tuple(Turn(change, titles[change.id]) for change in changes),
        tuple(_deciding(case, outcome)),
        brings,
        _asymmetry(graph, brings),
        _effort(case),
        aimed,
        {side: graph.discipline(key).name for side, key in keys.items()},
    )
    return Report(
        "choose",
        f"{' or '.join(named.values())}, or both, and which first",
        graph.library.version,
        tables_of(answer),
        answer,
        to_json,
        " ".join(filter(None, (f"Answer: {answer.answer}. {answer.sentence} {answer.reasons[0]}", answer.newer))),
        (*answer.doubts, *NOTES, f"Mapping data {graph.library.version} ({graph.library.released})."),
        summary=f"**{answer.answer[:1].upper()}{answer.answer[1:]}.** {answer.sentence} {answer.reasons[0]}",
    )


def _sides(graph: ClauseGraph, question: Question, wanted: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Give the editions of the two standards that are weighed, by their numbers; without a wish of the first two."""
    known = candidates(graph.library.criteria)
    found = editions_held(tuple(graph.standard(key) for key in question.standards), known, question.today)
    for side in wanted:
        if side not in found:
            weighs = " against ".join(known[one].name if one in known else one for one in wanted)
            name = known[side].name if side in known else side
            raise UnsuitedError(f"choose weighs {weighs}; name an edition of {name}, too")
    taken = wanted or tuple(found)[:2]
    if len(taken) < 2:
        used = {key for editions in found.values() for key in editions}
        lacking = [graph.standard(key).series for key in question.standards if key not in used]
        raise UnsuitedError(cannot_weigh(lacking, known))
    return {side: found[side] for side in known if side in taken}


def _before(graph: ClauseGraph, key: str, *others: str) -> tuple[Side, ...]:
    """Give the editions at hand that came before one, the oldest first."""
    found = [other for other in others if graph.standard(other).published < graph.standard(key).published]
    return sides(graph, found[::-1])


def _counted(
    graph: ClauseGraph, standards: Iterable[str], keys: Mapping[str, str], named: Mapping[str, str]
) -> Mapping[str, str]:
    """Give the editions on which figures are counted: those that the answer names, as far as they may be."""
    there = {graph.standard(key).designation: key for key in standards}
    return {side: there.get(named[side], key) for side, key in keys.items()}


def _brings(graph: ClauseGraph, keys: Mapping[str, str]) -> tuple[Brings, ...]:
    grouping = Grouping(graph, tuple(keys.values()))
    names = designations(graph, grouping.keys)
    found = []
    for by, of in itertools.permutations(keys):
        entry = coverage(grouping, of=keys[of], by=keys[by], unit=LEAF_CLAUSE)
        numbers = {*entry.uncovered, *entry.touched}
        left = tuple(clause_name(graph, leaf.ref) for leaf in graph.leaves(entry.of) if leaf.number in numbers)
        found.append(
            Brings(names[entry.by], entry, coverage_sentence(names, entry), coverage_in_full(names, entry), left)
        )
    return tuple(found)


def _deciding(case: Case, outcome: Outcome) -> Iterable[FindOut]:
    """List what to find out, first what decides at once."""
    if outcome.answer != UNDECIDED:
        return
    for gate in outcome.gates:
        if gate.names == UNKNOWN:
            yield FindOut(
                "gate",
                f"Which standard does {KINDS[gate.kind].partition(' or ')[0]} mean?",
                "Ask whoever wrote it for the number of the standard, and for the date.",
            )
    for gate in outcome.gates:
        if gate.names != UNKNOWN and gate.date is None:
            yield FindOut(
                "date",
                f"By when does {KINDS[gate.kind].partition(' or ')[0]} ask for it?",
                "Two dates put the certificates in an order; one date leaves it to the capacity.",
            )
    if not case.gates:
        yield FindOut(
            "gate",
            "Does any contract, tender, permit or group policy name a standard and a date?",
            "Ask sales, purchasing's own customers, the authority and the owner: it would decide at once.",
        )
    criteria = {criterion.id: criterion for criterion in case.criteria}
    for opening in openings(case):
        criterion = criteria[opening.id]
        yield FindOut(opening.id, criterion.question, criterion.find, tuple(opening.answers))


def _asymmetry(graph: ClauseGraph, brings: Iterable[Brings]) -> str:
    """Say which way round the list of what has no counterpart is shorter, and what that does not mean."""
    short, long = sorted(brings, key=lambda one: len(one.left))
    warning = "A counterpart says where to look together and not that anything is met; what has none is work in full."
    one, other = (graph.standard(key).designation for key in (short.coverage.of, short.coverage.by))
    if open_ := [side.coverage for side in (short, long) if side.coverage.not_assessed]:
        left = listed(f"{entry.not_assessed} of {graph.standard(entry.of).designation}" for entry in open_)
        return f"Which way round leaves the shorter list is not known: nobody has looked at {left}. {warning}"
    if len(short.left) == len(long.left):
        return f"Either way round {len(short.left)} leaf clauses have no counterpart. {warning}"
    return (
        f"Adding {one} to {other} leaves the shorter list: {len(short.left)} of {short.coverage.m} leaf clauses have "
        f"no counterpart, against {len(long.left)} of {long.coverage.m} the other way round. {warning}"
    )


def _effort(case: Case) -> Effort | None:
    """Add up the user's own hours: one standard alone, both as one system, and what the second adds."""
    if not case.hours:
        return None

    def total(*serves: str) -> Span:
        mine = [hours for hours in case.hours if hours.serves in serves]
        return Span(sum(hours.low for hours in mine), sum(hours.high for hours in mine))

    return Effort(
        {side: total(side, BOTH) for side in case.sides},
        {side: total(side) for side in case.sides},
        total(*case.sides, BOTH),
        case.hours,
    )
