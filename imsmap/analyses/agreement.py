"""Two mappers' files against each other: how far they agree beyond chance, and the list to settle."""

from __future__ import annotations

from collections import Counter
from typing import Any

from attrs import frozen

from imsmap import about
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import number_key, split_ref
from imsmap.library.relationships import PREDICATES
from imsmap.report import NOTHING, Column, Ref, Report, Row, Table, untyped

PAIRED = "paired"
UNPAIRED = "not paired"
TheirPair = tuple[str, str, str | None]


ABOUT = about.Question(short="Two published mappings against each other", takes="own", place=0)


@frozen
class Question:
    """Two mappings of the same two standards, each with its name."""

    names: tuple[str, str]
    first: tuple[TheirPair, ...]
    second: tuple[TheirPair, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """Measure two mappers' agreement with Cohen's kappa, overall and per relation, and list what to settle."""
    first, second = question.first, question.second
    if _ends(first) != _ends(second):
        second = tuple((o, s, _TURNED.get(relation or "", relation)) for s, o, relation in second)
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
    words = [word for word in (*PREDICATES, PAIRED) if word in used]
    per_relation = [{"relation": word, **_kappa(_one_against_rest(judged, word))} for word in words]
    settle = [
        {"subject": s, "object": o, "first": one.get((s, o), UNPAIRED), "second": other.get((s, o), UNPAIRED)}
        for s, o in sorted(named, key=lambda p: (number_key(split_ref(p[0])[1]), number_key(split_ref(p[1])[1])))
        if one.get((s, o)) != other.get((s, o))
    ]
    overall = _kappa(judged)
    values = {
        "first": question.names[0],
        "second": question.names[1],
        "universe": universe,
        "overall": overall,
        "relations": per_relation,
        "settle": settle,
    }
    return Report(
        "agreement",
        f"Agreement of {question.names[0]} and {question.names[1]}",
        graph.library.version,
        (_kappa_table(overall, per_relation), _settle_table(graph, question, settle)),
        values,
        untyped,
        f"The mappers judge {overall['agreed']} of {universe} possible pairs alike; Cohen's kappa "
        f"{_said(overall['kappa'])}; {len(settle)} pairs to settle",
        (
            "Possible pairs: every clause that either file names as subject with every clause that either names as "
            "object; a pair that a file does not list counts as not paired. Cohen's kappa is the agreement beyond what "
            "chance would give: 1 is full agreement, 0 is no better than chance.",
        ),
    )


_TURNED = {"subset-of": "superset-of", "superset-of": "subset-of"}


def _ends(pairs: tuple[TheirPair, ...]) -> set[tuple[str, str]]:
    return {(split_ref(subject)[0], split_ref(object_)[0]) for subject, object_, _ in pairs}


def _one_against_rest(judged: Counter[tuple[str, str]], word: str) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for (left, right), count in judged.items():
        found["yes" if left == word else "no", "yes" if right == word else "no"] += count
    return found


def _kappa(judged: Counter[tuple[str, str]]) -> dict[str, Any]:
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
    return {"kappa": kappa, "agreed": agreed, "of": total}


def _said(kappa: float | None) -> str:
    return "not defined (both mappers always say the same)" if kappa is None else f"{kappa:.2f}"


def _kappa_table(overall: dict[str, Any], per_relation: list[dict[str, Any]]) -> Table:
    columns = (
        Column("relation", "Relation", "relation", 18),
        Column("kappa", "Cohen's kappa", "text", 14),
        Column("agreed", "Judged alike", "number", 12),
        Column("of", "of possible pairs", "number", 12),
    )
    rows = tuple(
        Row(entry["relation"], (entry["relation"], _said(entry["kappa"]), entry["agreed"], entry["of"]))
        for entry in ({"relation": "overall", **overall}, *per_relation)
    )
    return Table("kappa", "Agreement", columns, rows)


def _settle_table(graph: ClauseGraph, question: Question, settle: list[dict[str, Any]]) -> Table:
    columns = (
        Column("subject", "Subject", "clause", 36),
        Column("object", "Object", "clause", 36),
        Column("first", question.names[0], "relation", 18),
        Column("second", question.names[1], "relation", 18),
        Column("settled", "Settled as", "relation", 16, "user"),
    )
    rows = tuple(
        Row(
            f"{entry['subject']}-{entry['object']}",
            (
                Ref(entry["subject"], f"{graph.label(entry['subject'])} {graph.name(entry['subject'])}"),
                Ref(entry["object"], f"{graph.label(entry['object'])} {graph.name(entry['object'])}"),
                entry["first"] or NOTHING,
                entry["second"] or NOTHING,
                None,
            ),
        )
        for entry in settle
    )
    return Table("settle", "To settle", columns, rows)
