"""Standards side by side: what each is for, who benefits, what it asks, what is certified, and what only it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from imsmap import about
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.guides import Comparison
from imsmap.library.model import KIND_WORDS, Clause, Kin, Profile, number_key
from imsmap.parts import ClauseName, Side, clause_name, levelled, side_json, sides
from imsmap.reasoning.groups import Grouping, grouped
from imsmap.reasoning.shares import Tally, shares_of
from imsmap.report import NOTHING, Cell, Column, Json, Ref, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import NOT_LISTED, doubt, listed, method_notes, three_numbers

NOT_TOLD = "not told in the data"
"""A standard without a profile; nothing is guessed."""
_STATES = {
    "current": "current",
    "transition": "superseded, certificates in transition",
    "withdrawn": "withdrawn",
}
_ASPECTS: tuple[tuple[str, str, Callable[[Profile], str]], ...] = (
    ("purpose", "Purpose", lambda profile: profile.purpose),
    ("manages", "What it manages", lambda profile: profile.manages),
    ("benefits", "Who benefits", lambda profile: profile.benefits),
    ("focus", "Focus", lambda profile: profile.focus),
    ("sectors", "Typical sectors", lambda profile: profile.sectors),
    ("certified", "What is certified", lambda profile: profile.certified),
    ("not_certified", "What is not", lambda profile: profile.not_certified),
)
"""What a standard is for: key, heading and the words."""


ABOUT = about.Question(short="What standards are for, side by side", least=2, place=90)


@frozen
class Question:
    """Which standards to set side by side; the order is kept."""

    standards: tuple[str, ...]


@frozen
class MainCount:
    """A main clause of a standard, with how much stands in it."""

    number: str
    title: str
    leaf_clauses: int
    points: int


@frozen
class Described:
    """A standard of the comparison: its family, what it is for, what it asks, and how much of the core it holds.

    documented: how many points ask for documented information, by kind. core, core_points: core points held, of how
    many that the hub has.
    """

    side: Side
    family: str
    family_title: str | None
    profile: Profile | None
    main_clauses: tuple[MainCount, ...]
    documented: Mapping[str, int]
    core: int
    core_points: int
    hub: str
    source: str


@frozen
class OnlyHere:
    """A leaf clause without a counterpart in any of the others, with the words of its points."""

    standard: str
    clause: ClauseName
    kin: Kin
    points: tuple[str, ...]


@frozen
class CompareAnswer:
    """Standards side by side; answers: to which is better, where the data hold one."""

    standards: tuple[Described, ...]
    answers: tuple[Comparison, ...]
    only: tuple[OnlyHere, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[CompareAnswer]:
    """Set standards side by side, with the answer to which is better where the data hold one."""
    keys = question.standards
    if len(set(keys)) != len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise UsageError(f"{twice} is named twice; compare different standards")
    grouping = grouped(graph, keys)
    answer = CompareAnswer(
        tuple(_described(graph, side) for side in sides(graph, keys)),
        _comparisons(graph, keys),
        tuple(entry for key in keys for entry in _only(grouping, key)),
    )
    return Report(
        "compare",
        f"{listed(one.side.designation for one in answer.standards)} side by side",
        graph.library.version,
        (
            *(_answer_table(graph, comparison) for comparison in answer.answers),
            _sides_table(answer.standards),
            _only_table(answer),
            _sources_table(answer),
        ),
        answer,
        to_json,
        _message(answer),
        (
            "Purpose, focus, sectors and what is certified are told in our own words and are not measured; confidence "
            "and source stand beside them. Nothing here ranks the standards.",
            *method_notes(graph, keys),
        ),
        version=2,
        standards=tuple(one.side for one in answer.standards),
        doubt=doubt(graph, keys),
        summary=_summary(answer, shares_of(grouping).tally()),
    )


def _summary(answer: CompareAnswer, tally: Tally) -> str:
    """Answer first which is better, then what they have in common, in topics."""
    told = [f"{one.question} {one.answer.partition(':')[0].rstrip('.')}." for one in answer.answers]
    names = listed(one.side.designation for one in answer.standards)
    return levelled(
        " ".join([*told, f"{names}: {three_numbers(tally, len(answer.standards))}."]),
        [one.side for one in answer.standards],
    )


def _message(answer: CompareAnswer) -> str:
    told = [f"{one.question} {one.answer.partition(':')[0].rstrip('.')}." for one in answer.answers]
    counts = Counter(entry.standard for entry in answer.only if entry.kin is not Kin.NOT_ASSESSED)
    described = [one.side for one in answer.standards]
    lacking = listed(
        f"{counts[side.key]} of {side.leaf_clauses} leaf clauses of {side.designation}" for side in described
    )
    others = "the other" if len(described) == 2 else "any of the others"
    return levelled(" ".join([*told, f"Without a counterpart in {others}: {lacking}."]), described)


# --- one standard ----------------------------------------------------------------------------------------------------


def _described(graph: ClauseGraph, side: Side) -> Described:
    standard = graph.standard(side.key)
    leaves = graph.leaves(side.key)
    main: dict[tuple[str, str], list[int]] = {}
    for leaf in leaves:
        main.setdefault(_main_of(graph, leaf), []).append(len(leaf.points))
    asked = Counter(point.documented.kind for leaf in leaves for point in leaf.points if point.documented)
    family = next((family for family in graph.library.families if family.number == standard.family), None)
    return Described(
        side,
        standard.family,
        None if family is None else family.title,
        standard.profile,
        tuple(
            MainCount(number, graph.title(f"{key}:{number}"), len(points), sum(points))
            for (key, number), points in main.items()
        ),
        {kind: asked[kind] for kind in KIND_WORDS if asked[kind] or kind != "keep"},
        len(graph.core_ids(leaf.ref for leaf in leaves)),
        len(graph.core_points),
        graph.hub.designation,
        standard.source,
    )


def _main_of(graph: ClauseGraph, leaf: Clause) -> tuple[str, str]:
    """Name the main clause in which a leaf clause lies, with its standard: of a supplement, that of its base."""
    number = graph.main_clause(leaf.ref)
    held = graph.has_clause(f"{leaf.standard}:{number}")
    return (leaf.standard if held else graph.standard(leaf.standard).supplements), number


def _only(grouping: Grouping, key: str) -> Iterator[OnlyHere]:
    """List the leaf clauses of a standard that have no counterpart in any of the others."""
    others = [other for other in grouping.keys if other != key]
    for leaf in grouping.graph.leaves(key):
        kins = {grouping.best(leaf.ref, other).kin for other in others}
        if kins and not any(kin.is_counterpart for kin in kins):
            # What only touches is no counterpart, and a standard that nobody looked at may hold one.
            kin = next((kin for kin in (Kin.NOT_ASSESSED, Kin.TOUCHES) if kin in kins), Kin.NONE)
            named = clause_name(grouping.graph, leaf.ref)
            yield OnlyHere(key, named, kin, tuple(point.text for point in leaf.points))


# --- which is better -------------------------------------------------------------------------------------------------


def _comparisons(graph: ClauseGraph, keys: tuple[str, ...]) -> tuple[Comparison, ...]:
    """Give the answers about the families at hand by question, each with its families in the order of numbers."""
    families = {graph.standard(key).family for key in keys}
    found = [
        evolve(
            one,
            families=tuple(sorted(one.families, key=_number)),
            choices=tuple(sorted(one.choices, key=lambda choice: _number(choice.family))),
        )
        for one in graph.library.comparisons
        # Who sets three side by side has not asked which of two is better.
        if set(one.families) == families
    ]
    return tuple(sorted(found, key=lambda one: one.question))


def _number(family: str) -> tuple[int, str]:
    return len(family), family


# --- as JSON ---------------------------------------------------------------------------------------------------------


def to_json(answer: CompareAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [_described_json(one) for one in answer.standards],
        "answers": [_comparison_json(one) for one in answer.answers],
        "only": [
            {
                "standard": entry.standard,
                "clause": entry.clause.ref,
                "title": entry.clause.title,
                "class": entry.kin.value,
                "points": list(entry.points),
            }
            for entry in answer.only
        ],
    }


def _described_json(one: Described) -> dict[str, Json]:
    profile = one.profile
    return {
        **side_json(one.side),
        "family": one.family,
        "family_title": one.family_title,
        "profile": None if profile is None else {key: words(profile) for key, _, words in _ASPECTS},
        "profile_confidence": None if profile is None else profile.confidence,
        "profile_source": None if profile is None else profile.source,
        "main_clauses": [
            {"number": main.number, "title": main.title, "leaf_clauses": main.leaf_clauses, "points": main.points}
            for main in one.main_clauses
        ],
        "documented": dict(one.documented),
        "core": {"n": one.core, "m": one.core_points, "hub": one.hub},
        "source": one.source,
    }


def _comparison_json(one: Comparison) -> dict[str, Json]:
    return {
        "families": list(one.families),
        "question": one.question,
        "answer": one.answer,
        "reasons": list(one.reasons),
        "choices": [{"family": choice.family, "when": choice.when} for choice in one.choices],
        "both": one.both,
        "confidence": one.confidence,
        "source": one.source,
    }


# --- as tables -------------------------------------------------------------------------------------------------------


def _answer_table(graph: ClauseGraph, one: Comparison) -> Table:
    requirements = {family.number: family.requirements for family in graph.library.families}
    said = [one.answer]
    said += [f"Why: {reason}" for reason in one.reasons]
    said += [
        f"ISO {choice.family} (ISO {requirements.get(choice.family, '?')}) when: {choice.when}"
        for choice in one.choices
    ]
    said += [f"Both: {one.both}"]
    said += [f"Confidence {one.confidence:.2f}. Source: {one.source}"]
    name = "answer-" + "-".join(one.families)
    return Table(
        name,
        one.question,
        (Column("said", "Answer", "text", 100),),
        tuple(Row(f"{name}-{index}", (words,)) for index, words in enumerate(said, 1)),
    )


def _sides_table(standards: Sequence[Described]) -> Table:
    columns = (
        Column("aspect", "Aspect", "text", 22),
        *(
            Column(one.side.key, one.side.designation, "text", 46, standard=one.side.key, role="described")
            for one in standards
        ),
    )
    described = [one.side for one in standards]
    rows = [
        Row("family", ("Family", *(_family(one) for one in standards))),
        Row("discipline", ("Discipline", *(f"{side.letter} {side.discipline_name}" for side in described))),
        Row("title", ("Title", *(side.title for side in described))),
    ]
    rows += [
        Row(key, (title, *(NOT_TOLD if one.profile is None else words(one.profile) for one in standards)))
        for key, title, words in _ASPECTS
    ]
    asked = (f"{side.leaf_clauses} leaf clauses, {_points(side, side.points)}" for side in described)
    rows.append(Row("asks", ("What it asks", *asked)))
    numbers = sorted({main.number for one in standards for main in one.main_clauses}, key=number_key)
    rows += [
        Row(f"main-{number}", (_main(standards, number), *(_counts(one, number) for one in standards)))
        for number in numbers
    ]
    rows += [
        Row("documented", ("Documented information", *(_documented(one) for one in standards))),
        Row("edition", ("Edition", *(_edition(side) for side in described))),
        Row("state", ("State", *(_state(side) for side in described))),
        Row("core", ("Common core", *(_core(one) for one in standards))),
    ]
    return Table("sides", "Side by side", columns, tuple(rows))


def _family(one: Described) -> Cell:
    if not one.family:
        return NOTHING
    return f"ISO {one.family}" + (f", {one.family_title.lower()}" if one.family_title else "")


def _main(standards: Iterable[Described], number: str) -> str:
    title = next(main.title for one in standards for main in one.main_clauses if main.number == number)
    return f"{number} {title}"


def _counts(one: Described, number: str) -> Cell:
    for main in one.main_clauses:
        if main.number == number:
            clauses = f"{main.leaf_clauses} leaf clause{'' if main.leaf_clauses == 1 else 's'}"
            return f"{clauses}, {_points(one.side, main.points)}"
    return NOTHING


def _points(side: Side, points: int) -> str:
    return f"points {NOT_LISTED}" if side.by_clause else f"{points} point{'' if points == 1 else 's'}"


def _documented(one: Described) -> Cell:
    if one.side.by_clause:
        return NOT_LISTED
    words = {
        "maintain": "to be kept up as documents",
        "retain": "to be kept as records",
        "available": "to be available",
        "keep": "to be kept as far as needed",
    }
    told = [f"{count} {words[kind]}" for kind, count in one.documented.items() if count]
    return f"asked for at {sum(one.documented.values())} points: {', '.join(told)}" if told else NOTHING


def _edition(side: Side) -> str:
    amended = f", with {listed(side.amendments)}" if side.amendments else ""
    return f"edition {side.edition}, published {side.published}{amended}"


def _state(side: Side) -> str:
    words = _STATES[side.status]
    successor = side.successor
    if successor is None:
        return words
    return (
        f"{words}; {successor.designation} published {successor.published} (confidence "
        f"{successor.confidence:.2f}); ask the certification body for the dates"
    )


def _core(one: Described) -> str:
    if one.side.by_clause:
        return NOT_LISTED
    return f"{one.core} of the {one.core_points} core points of {one.hub}"


def _only_table(answer: CompareAnswer) -> Table:
    columns = (
        Column("standard", "Only in", "text", 16),
        Column("clause", "Clause", "clause", 9),
        Column("title", "Title", "text", 44),
        Column("points", "Points", "number", 7),
        Column("class", "In the others", "class", 15),
    )
    called = {one.side.key: one.side.designation for one in answer.standards}
    by_clause = {one.side.key for one in answer.standards if one.side.by_clause}
    rows = tuple(
        Row(
            entry.clause.ref,
            (
                called[entry.standard],
                Ref(entry.clause.ref, entry.clause.number),
                entry.clause.title,
                NOT_LISTED if entry.standard in by_clause else len(entry.points),
                entry.kin,
            ),
        )
        for entry in answer.only
    )
    return Table("only", "What only each has: leaf clauses without a counterpart", columns, rows)


def _sources_table(answer: CompareAnswer) -> Table:
    columns = (
        Column("what", "What", "text", 34),
        Column("confidence", "Confidence", "confidence", 11),
        Column("source", "Source", "text", 70),
    )
    rows = [
        Row("-".join(["answer", *one.families]), (one.question, one.confidence, one.source)) for one in answer.answers
    ]
    for one in answer.standards:
        side = one.side
        if one.profile is not None:
            told = f"{side.designation}, what it is for"
            rows.append(Row(f"{side.key}-profile", (told, one.profile.confidence, one.profile.source)))
        told = f"{side.designation}, clauses and points"
        rows.append(Row(side.key, (told, side.confidence, one.source)))
    return Table("sources", "How surely this is known, and from where", columns, tuple(rows))
