"""All that there is to explain about some standards at once, as a page shows it, in the words of each explanation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from imsmap.analyses.explain import relations_of, ways_of
from imsmap.analyses.explain.words import Say, of_clauses, saying
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import WARNING_GLYPH, Kin, Relation, split_ref
from imsmap.parts import ClauseName, clause_name, side_json, sides
from imsmap.reasoning.friends import FalseFriend, false_friends
from imsmap.reasoning.groups import Grouping, grouped
from imsmap.reasoning.kinship import Pair, closeness
from imsmap.report import Json, Report, Side
from imsmap.values import frozen
from imsmap.wording import CLASS_NOTES, Sentence, designations, doubt, listed, method_notes


@frozen
class Question:
    """Which standards to explain; the order is kept."""

    standards: tuple[str, ...]


@frozen
class Explained:
    """Two leaf clauses with something in common, why, on what that rests, and from where it is known."""

    subject: ClauseName
    object: ClauseName
    kin: Kin
    jointly: bool
    words: tuple[Sentence, ...]
    grounds: tuple[Sentence, ...]


@frozen
class Without:
    """A leaf clause without a counterpart in another standard (key): what is said of it, the reasons, the sources."""

    clause: ClauseName
    standard: str
    kin: Kin
    said: Sentence
    reasons: tuple[Sentence, ...]
    grounds: tuple[Sentence, ...]


@frozen
class Misleading:
    """Two clauses of one number and different duties, and the warning that each of them needs."""

    subject: ClauseName
    object: ClauseName
    at_subject: tuple[Sentence, ...]
    at_object: tuple[Sentence, ...]


@frozen
class ExplanationsAnswer:
    """Everything to be explained about some standards.

    pairs: by their standards, then the closest first. summaries: how many counterparts each clause has, by reference.
    """

    standards: tuple[Side, ...]
    summaries: Mapping[str, tuple[Sentence, ...]]
    pairs: tuple[Explained, ...]
    without: tuple[Without, ...]
    false_friends: tuple[Misleading, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[ExplanationsAnswer]:
    """Explain every two leaf clauses that have something in common, and those that have nothing."""
    grouping = grouped(graph, question.standards)
    names = designations(graph, grouping.keys)
    pairs: list[Explained] = []
    friends: list[FalseFriend] = []
    say = saying(graph)
    for pair in grouping.pairs.values():
        misleading = false_friends(pair)
        friends += misleading
        pairs += _explained(grouping, pair, {(friend.subject, friend.object) for friend in misleading}, say)
    met = _met(pairs)
    answer = ExplanationsAnswer(
        sides(graph, grouping.keys),
        {
            clause.ref: tuple(_summary(graph, names, clause.ref, met))
            for key in grouping.keys
            for clause in graph.clauses(key)
            if graph.leaves_under(clause.ref)
        },
        tuple(pairs),
        tuple(_without(grouping, names, met, say)),
        tuple(_misleading(graph, friend) for friend in friends),
    )
    return Report(
        "explanations",
        f"How {listed(names.values())} stand to each other, and why",
        graph.library.version,
        (),
        answer,
        to_json,
        f"{len(pairs)} pairs of leaf clauses are explained",
        (*CLASS_NOTES, *method_notes(graph, grouping.keys)),
        standards=answer.standards,
        doubt=doubt(graph, grouping.keys),
    )


def _explained(grouping: Grouping, pair: Pair, misleading: set[tuple[str, str]], say: Say) -> Iterator[Explained]:
    graph, closure = grouping.graph, grouping.closure(pair)
    for kinship in sorted(pair.tied(), key=closeness):
        ends = (kinship.subject[0], kinship.object[0])
        relations, ways = relations_of(pair, kinship), ways_of(closure, kinship)
        words = of_clauses(graph, kinship, ends, relations, ways, say, misleads=ends in misleading)
        subject, object_ = (clause_name(graph, ref) for ref in ends)
        grounds = (
            Sentence("Basis: {0}.", (" and ".join(kinship.basis),)),
            *_sources(relation for relation in relations if relation.predicate != "no-relationship"),
        )
        yield Explained(subject, object_, kinship.kin, kinship.jointly, words, grounds)


def _sources(relations: Iterable[Relation]) -> Iterator[Sentence]:
    found = dict.fromkeys(f"{relation.justification} {relation.source}".strip() for relation in relations)
    if found:
        yield Sentence("Source: {0}", (tuple(found),))


def _met(pairs: Iterable[Explained]) -> dict[tuple[str, str], set[str]]:
    """Give the counterparts of each leaf clause, by its reference and the key of the other standard."""
    found: dict[tuple[str, str], set[str]] = {}
    for one in pairs:
        if not one.kin.is_counterpart:
            continue
        for mine, theirs in ((one.subject.ref, one.object.ref), (one.object.ref, one.subject.ref)):
            found.setdefault((mine, split_ref(theirs)[0]), set()).add(theirs)
    return found


def _summary(
    graph: ClauseGraph, names: Mapping[str, str], ref: str, met: Mapping[tuple[str, str], set[str]]
) -> Iterator[Sentence]:
    if not graph.is_leaf(ref):
        yield Sentence("Heading, told with its leaf clauses.")
    leaves = [leaf.ref for leaf in graph.leaves_under(ref)]
    for key, name in names.items():
        if key != split_ref(ref)[0]:
            count = len(set().union(*(met.get((leaf, key), ()) for leaf in leaves)))
            yield Sentence(f"{{0}} counterpart{'' if count == 1 else 's'} in {{1}}.", (str(count), name))


def _without(
    grouping: Grouping, names: Mapping[str, str], met: Mapping[tuple[str, str], set[str]], say: Say
) -> Iterator[Without]:
    graph = grouping.graph
    words = {
        Kin.TOUCHES: "{0} has no counterpart in {1}; it only touches it (touches).",
        Kin.NONE: "{0} has no counterpart in {1}.",
        Kin.NOT_ASSESSED: "{0} was not looked at against {1}.",
    }
    for key in grouping.keys:
        for leaf in graph.leaves(key):
            for other in grouping.keys:
                if other == key or (leaf.ref, other) in met:
                    continue
                kin = grouping.best(leaf.ref, other).kin
                # What touches is explained pair by pair.
                reasons = _reasons(grouping, leaf.ref, other) if kin is Kin.NONE else ()
                yield Without(
                    clause_name(graph, leaf.ref),
                    other,
                    kin,
                    Sentence(words[kin], (graph.label(leaf.ref), names[other])),
                    tuple(say(relation) for relation in reasons),
                    tuple(_sources(reasons)),
                )


def _reasons(grouping: Grouping, ref: str, other: str) -> Sequence[Relation]:
    """Find why a leaf clause has nothing in common with a standard; what is said of all its own only failing closer."""
    pair, forward = grouping.pair(split_ref(ref)[0], other)
    theirs = tuple(leaf.ref for leaf in grouping.graph.leaves(other))
    ties = pair.ties_between((ref,), theirs) if forward else pair.ties_between(theirs, (ref,))
    found = [tie.relation for tie in ties if tie.relation.predicate == "no-relationship"]
    key = split_ref(ref)[0]
    close = [
        relation
        for relation in found
        if any(split_ref(mine)[0] == key and split_ref(mine)[1] for mine in (*relation.subject, *relation.object))
    ]
    return close or found


def _misleading(graph: ClauseGraph, friend: FalseFriend) -> Misleading:
    notes = tuple(Sentence("Weak tie ({0} of 10): {1}", (str(r.strength), r.shared or "")) for r in friend.weak)

    def warning(other: str) -> tuple[Sentence, ...]:
        words = f"{WARNING_GLYPH} False friend: the number {{0}} is another duty in {{1}} ({{2}})."
        return Sentence(words, (friend.number, graph.label(other), graph.name(other))), *notes

    return Misleading(
        clause_name(graph, friend.subject),
        clause_name(graph, friend.object),
        warning(friend.object),
        warning(friend.subject),
    )


# --- as JSON ---------------------------------------------------------------------------------------------------------


def to_json(answer: ExplanationsAnswer) -> dict[str, Json]:
    """Give the answer as JSON: whom each sentence is about, and the sentence."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "summaries": {ref: _said(told) for ref, told in answer.summaries.items()},
        "pairs": [
            {
                "subject": one.subject.ref,
                "object": one.object.ref,
                "class": one.kin.value,
                "jointly": one.jointly,
                "words": _said(one.words),
                "grounds": _said(one.grounds),
            }
            for one in answer.pairs
        ],
        "without": [
            {
                "clause": one.clause.ref,
                "standard": one.standard,
                "class": one.kin.value,
                "words": [str(one.said), *_said(one.reasons)],
                "grounds": _said(one.grounds),
            }
            for one in answer.without
        ],
        "false_friends": [
            {
                "subject": one.subject.ref,
                "object": one.object.ref,
                "at_subject": _said(one.at_subject),
                "at_object": _said(one.at_object),
            }
            for one in answer.false_friends
        ],
    }


def _said(sentences: Iterable[Sentence]) -> list[str]:
    return [str(sentence) for sentence in sentences]
