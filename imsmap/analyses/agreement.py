"""Two mappers' files against each other: how far they agree beyond chance, and the list to settle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from attrs import Factory

from imsmap import about
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import number_key, split_ref
from imsmap.library.relationships import PREDICATES, turned
from imsmap.parts import Side, sides
from imsmap.report import NOTHING, Column, Json, Ref, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import SETTLED, SETTLING, UNPAIRED, WHY

PAIRED = "paired"
TheirPair = tuple[str, str, str | None]


ABOUT = about.Question(short="Two published mappings against each other", takes="own", place=0)


@frozen
class Question:
    """Two mappings of the same two standards, each with its name."""

    names: tuple[str, str]
    first: tuple[TheirPair, ...]
    second: tuple[TheirPair, ...]


@frozen
class Kappa:
    """How far two mappers agree beyond chance: kappa, and the pairs judged alike, of all; overall or for a relation."""

    relation: str
    kappa: float | None
    agreed: int
    of: int


@frozen
class Dispute:
    """A pair of clauses that the mappers judge differently."""

    subject: str
    object: str
    first: str
    second: str


@frozen
class AgreementAnswer:
    """How far two mappings agree; universe: how many pairs could have been made."""

    names: tuple[str, str]
    universe: int
    overall: Kappa
    relations: tuple[Kappa, ...]
    settle: tuple[Dispute, ...]
    standards: tuple[Side, ...] = ()
    clauses: Mapping[str, str] = Factory(dict)
    """Names of the clauses to settle, by full reference."""


def analyse(graph: ClauseGraph, question: Question) -> Report[AgreementAnswer]:
    """Measure two mappers' agreement with Cohen's kappa, overall and per relation, and list what to settle."""
    first, second = question.first, question.second
    if _ends(first) != _ends(second):
        second = tuple((o, s, turned(relation)) for s, o, relation in second)
    if _ends(first) != _ends(second):
        raise UsageError(
            f"{question.names[0]} and {question.names[1]} map different standards; agreement needs two mappings of "
            "the same two standards"
        )
    one = {(s, o): relation or PAIRED for s, o, relation in first}
    other = {(s, o): relation or PAIRED for s, o, relation in second}
    named = {*one, *other}
    # Every pair of clauses that either mapper could have paired, given the clauses that they used.
    universe = len({s for s, _ in named}) * len({o for _, o in named})
    judged = Counter((one.get(pair, UNPAIRED), other.get(pair, UNPAIRED)) for pair in named)
    judged[UNPAIRED, UNPAIRED] += universe - len(named)
    used = {word for pair in judged for word in pair}
    known = (*PREDICATES, PAIRED)
    words = [*(word for word in known if word in used), *sorted(used - {*known, UNPAIRED})]
    settle = tuple(
        Dispute(s, o, one.get((s, o), UNPAIRED), other.get((s, o), UNPAIRED))
        for s, o in sorted(named, key=lambda p: (number_key(split_ref(p[0])[1]), number_key(split_ref(p[1])[1])))
        if one.get((s, o)) != other.get((s, o))
    )
    answer = AgreementAnswer(
        question.names,
        universe,
        _kappa("overall", judged),
        tuple(_kappa(word, _one_against_rest(judged, word)) for word in words),
        settle,
        sides(graph, tuple(dict.fromkeys(split_ref(ref)[0] for pair in sorted(named) for ref in pair))),
        {ref: graph.name(ref) for one in settle for ref in (one.subject, one.object)},
    )
    summary = (
        f"The mappers judge **{answer.overall.agreed} of {universe}** possible pairs alike; Cohen's kappa "
        f"**{said(answer.overall.kappa)}**; **{len(settle)}** pair{'' if len(settle) == 1 else 's'} to settle"
    )
    return Report(
        "agreement",
        f"Agreement of {question.names[0]} and {question.names[1]}",
        graph.library.version,
        (_kappa_table(answer), _settle_table(graph, answer)),
        answer,
        to_json,
        summary.replace("**", ""),
        (
            "Possible pairs: every clause that either file names as subject with every clause that either names as "
            "object; a pair that a file does not list counts as not paired. Cohen's kappa is the agreement beyond what "
            "chance would give: 1 is full agreement, 0 is no better than chance.",
        ),
        summary=f"{summary}.",
    )


def _ends(pairs: tuple[TheirPair, ...]) -> set[tuple[str, str]]:
    return {(split_ref(subject)[0], split_ref(object_)[0]) for subject, object_, _ in pairs}


def _one_against_rest(judged: Counter[tuple[str, str]], word: str) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for (left, right), count in judged.items():
        found["yes" if left == word else "no", "yes" if right == word else "no"] += count
    return found


def _kappa(relation: str, judged: Counter[tuple[str, str]]) -> Kappa:
    """Compute Cohen's kappa from a table of joint judgements; nothing where chance alone explains all."""
    total = sum(judged.values())
    agreed = sum(count for (left, right), count in judged.items() if left == right)
    lefts: Counter[str] = Counter()
    rights: Counter[str] = Counter()
    for (left, right), count in judged.items():
        lefts[left] += count
        rights[right] += count
    by_chance = sum(lefts[word] * rights[word] for word in lefts) / total**2
    kappa = None if by_chance == 1 else round((agreed / total - by_chance) / (1 - by_chance), 4)
    return Kappa(relation, kappa, agreed, total)


def said(kappa: float | None) -> str:
    """Say a kappa, with two decimals and no minus before zero."""
    return "not defined (both mappers always say the same)" if kappa is None else f"{round(kappa, 2) + 0.0:.2f}"


def to_json(answer: AgreementAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "first": answer.names[0],
        "second": answer.names[1],
        "universe": answer.universe,
        "overall": _kappa_json(answer.overall),
        "relations": [{"relation": one.relation, **_kappa_json(one)} for one in answer.relations],
        "settle": [
            {"subject": one.subject, "object": one.object, "first": one.first, "second": one.second}
            for one in answer.settle
        ],
    }


def _kappa_json(one: Kappa) -> dict[str, Json]:
    return {"kappa": one.kappa, "agreed": one.agreed, "of": one.of}


def _kappa_table(answer: AgreementAnswer) -> Table:
    columns = (
        Column("relation", "Relation", "relation", 18),
        Column("kappa", "Cohen's kappa", "text", 14),
        Column("agreed", "Judged alike", "number", 12),
        Column("of", "of possible pairs", "number", 12),
    )
    rows = tuple(
        Row(one.relation, (one.relation, said(one.kappa), one.agreed, one.of))
        for one in (answer.overall, *answer.relations)
    )
    return Table("kappa", "Agreement", columns, rows)


def _settle_table(graph: ClauseGraph, answer: AgreementAnswer) -> Table:
    columns = (
        Column("subject", "Subject", "clause", 36),
        Column("object", "Object", "clause", 36),
        Column("first", answer.names[0], "relation", 18),
        Column("second", answer.names[1], "relation", 18),
        Column("settled", SETTLED, "relation", 16, "user", choices=(*PREDICATES, UNPAIRED)),
        Column("why", WHY, "text", 30, "user"),
    )
    rows = tuple(
        Row(
            f"{one.subject}-{one.object}",
            (
                Ref(one.subject, f"{graph.label(one.subject)} {graph.name(one.subject)}"),
                Ref(one.object, f"{graph.label(one.object)} {graph.name(one.object)}"),
                one.first or NOTHING,
                one.second or NOTHING,
                None,
                None,
            ),
        )
        for one in answer.settle
    )
    return Table("settle", SETTLING, columns, rows)
