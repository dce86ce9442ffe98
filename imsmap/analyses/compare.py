"""Standards side by side: what each is for, who benefits, what it asks, what is certified, and what only it has."""

from __future__ import annotations

from collections import Counter
from typing import Any

from attrs import frozen

from imsmap import about
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import KIND_WORDS, Comparison, Kin, number_key
from imsmap.parts import side_json, sides
from imsmap.reasoning.groups import Grouping
from imsmap.report import NOTHING, Cell, Column, Ref, Report, Row, Table, untyped
from imsmap.wording import listed, method_notes

NOT_TOLD = "not told in the data"
"""A standard without a profile; nothing is guessed."""
_STATES = {
    "current": "current",
    "transition": "superseded, certificates in transition",
    "withdrawn": "withdrawn",
}
_PROFILE = {
    "purpose": "Purpose",
    "manages": "What it manages",
    "benefits": "Who benefits",
    "focus": "Focus",
    "sectors": "Typical sectors",
    "certified": "What is certified",
    "not_certified": "What is not",
}


ABOUT = about.Question(short="What standards are for, side by side", takes="own", place=90)


@frozen
class Question:
    """Which standards to set side by side; the order is kept."""

    standards: tuple[str, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """Set standards side by side, with the answer to which is better where the data hold one."""
    keys = question.standards
    if len(set(keys)) != len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise UsageError(f"{twice} is named twice; compare different standards")
    grouping = Grouping(graph, keys)
    sides = [_side(graph, key) for key in keys]
    only = [entry for key in keys for entry in _only(grouping, key)]
    answers = [_answer(comparison) for comparison in _comparisons(graph, keys)]
    names = [side["designation"] for side in sides]
    return Report(
        "compare",
        f"{listed(names)} side by side",
        graph.library.version,
        (
            *(_answer_table(graph, answer) for answer in answers),
            _sides_table(sides),
            _only_table(graph, only),
            _sources_table(sides, answers),
        ),
        {"standards": sides, "answers": answers, "only": only},
        untyped,
        _message(sides, answers, only),
        (
            "Purpose, focus, sectors and what is certified are told in our own words and are not measured; confidence "
            "and source stand beside them. Nothing here ranks the standards.",
            *method_notes(graph, keys),
        ),
    )


def _message(sides: list[dict[str, Any]], answers: list[dict[str, Any]], only: list[dict[str, Any]]) -> str:
    told = [f"{answer['question']} {answer['answer'].partition(':')[0].rstrip('.')}." for answer in answers]
    counts = Counter(entry["standard"] for entry in only if entry["class"] == Kin.NONE.value)
    lacking = listed(
        f"{counts[side['key']]} of {side['leaf_clauses']} leaf clauses of {side['designation']}" for side in sides
    )
    others = "the other" if len(sides) == 2 else "any of the others"
    return " ".join([*told, f"Without a counterpart in {others}: {lacking}."])


# --- one standard ----------------------------------------------------------------------------------------------------


def _side(graph: ClauseGraph, key: str) -> dict[str, Any]:
    standard = graph.standard(key)
    leaves = graph.leaves(key)
    main: dict[str, dict[str, int]] = {}
    for leaf in leaves:
        counts = main.setdefault(graph.main(leaf.ref), {"leaf_clauses": 0, "points": 0})
        counts["leaf_clauses"] += 1
        counts["points"] += len(leaf.points)
    asked = Counter(point.documented.kind for leaf in leaves for point in leaf.points if point.documented)
    core = graph.core_ids(leaf.ref for leaf in leaves)
    profile = standard.profile
    family = next((family for family in graph.library.families if family.number == standard.family), None)
    return {
        **side_json(sides(graph, (key,))[0]),
        "family": standard.family,
        "family_title": None if family is None else family.title,
        "profile": None if profile is None else {name: getattr(profile, name) for name in _PROFILE},
        "profile_confidence": None if profile is None else profile.confidence,
        "profile_source": None if profile is None else profile.source,
        "main_clauses": [
            {"number": number, "title": graph.title(f"{key}:{number}"), **main[number]} for number in main
        ],
        "documented": {kind: asked[kind] for kind in KIND_WORDS},
        "core": {"n": len(core), "m": len(graph.core_points), "hub": graph.hub.designation},
        "source": standard.source,
    }


def _only(grouping: Grouping, key: str) -> list[dict[str, Any]]:
    """List the leaf clauses of a standard that have no counterpart in any of the others."""
    found = []
    others = [other for other in grouping.keys if other != key]
    for leaf in grouping.graph.leaves(key):
        kins = {grouping.best(leaf.ref, other).kin for other in others}
        if kins and kins <= {Kin.NONE, Kin.NOT_ASSESSED}:
            kin = Kin.NONE if kins == {Kin.NONE} else Kin.NOT_ASSESSED
            found.append({
                "standard": key, "clause": leaf.ref, "title": grouping.graph.title(leaf.ref), "class": kin.value,
                "points": [point.text for point in leaf.points],
            })  # fmt: skip
    return found


# --- which is better -------------------------------------------------------------------------------------------------


def _comparisons(graph: ClauseGraph, keys: tuple[str, ...]) -> list[Comparison]:
    families = {graph.standard(key).family for key in keys}
    return sorted(
        (one for one in graph.library.comparisons if set(one.families) <= families), key=lambda one: one.question
    )


def _number(family: str) -> tuple[int, str]:
    return len(family), family


def _answer(comparison: Comparison) -> dict[str, Any]:
    return {
        "families": sorted(comparison.families, key=_number),
        "question": comparison.question,
        "answer": comparison.answer,
        "reasons": list(comparison.reasons),
        "choices": [
            {"family": choice.family, "when": choice.when}
            for choice in sorted(comparison.choices, key=lambda choice: _number(choice.family))
        ],
        "both": comparison.both,
        "confidence": comparison.confidence,
        "source": comparison.source,
    }


def _answer_table(graph: ClauseGraph, answer: dict[str, Any]) -> Table:
    requirements = {family.number: family.requirements for family in graph.library.families}
    said = [answer["answer"]]
    said += [f"Why: {reason}" for reason in answer["reasons"]]
    said += [
        f"ISO {choice['family']} (ISO {requirements.get(choice['family'], '?')}) when: {choice['when']}"
        for choice in answer["choices"]
    ]
    said += [f"Both: {answer['both']}"]
    said += [f"Confidence {answer['confidence']:.2f}. Source: {answer['source']}"]
    name = "answer-" + "-".join(answer["families"])
    return Table(
        name,
        answer["question"],
        (Column("said", "Answer", "text", 100),),
        tuple(Row(f"{name}-{index}", (words,)) for index, words in enumerate(said, 1)),
    )


# --- tables ----------------------------------------------------------------------------------------------------------


def _sides_table(sides: list[dict[str, Any]]) -> Table:
    columns = (
        Column("aspect", "Aspect", "text", 22),
        *(Column(side["key"], side["designation"], "text", 46) for side in sides),
    )
    rows = [Row("family", ("Family", *(_family(side) for side in sides)))]
    rows += [
        Row("discipline", ("Discipline", *(f"{side['letter']} {side['discipline_name']}" for side in sides))),
        Row("title", ("Title", *(side["title"] for side in sides))),
    ]
    rows += [
        Row(name, (title, *((side["profile"] or {}).get(name, NOT_TOLD) for side in sides)))
        for name, title in _PROFILE.items()
    ]
    rows.append(
        Row(
            "asks",
            ("What it asks", *(f"{side['leaf_clauses']} leaf clauses, {side['points']} points" for side in sides)),
        )
    )
    numbers = sorted({main["number"] for side in sides for main in side["main_clauses"]}, key=number_key)
    rows += [
        Row(f"main-{number}", (_main(sides, number), *(_counts(side, number) for side in sides))) for number in numbers
    ]
    rows += [
        Row("documented", ("Documented information", *(_documented(side) for side in sides))),
        Row("edition", ("Edition", *(_edition(side) for side in sides))),
        Row("state", ("State", *(_state(side) for side in sides))),
        Row("core", ("Common core", *(_core(side) for side in sides))),
    ]
    return Table("sides", "Side by side", columns, tuple(rows))


def _family(side: dict[str, Any]) -> str:
    return f"ISO {side['family']}" + (f", {side['family_title'].lower()}" if side["family_title"] else "")


def _main(sides: list[dict[str, Any]], number: str) -> str:
    titles = [main["title"] for side in sides for main in side["main_clauses"] if main["number"] == number]
    return f"{number} {titles[0]}"


def _counts(side: dict[str, Any], number: str) -> Cell:
    for main in side["main_clauses"]:
        if main["number"] == number:
            clauses = f"{main['leaf_clauses']} leaf clause{'' if main['leaf_clauses'] == 1 else 's'}"
            return f"{clauses}, {main['points']} point{'' if main['points'] == 1 else 's'}"
    return NOTHING


def _documented(side: dict[str, Any]) -> Cell:
    words = {
        "maintain": "to be kept up as documents",
        "retain": "to be kept as records",
        "available": "to be available",
    }
    told = [f"{count} {words[kind]}" for kind, count in side["documented"].items() if count]
    return f"asked for at {sum(side['documented'].values())} points: {', '.join(told)}" if told else NOTHING


def _edition(side: dict[str, Any]) -> str:
    amended = f", with {listed(side['amendments'])}" if side["amendments"] else ""
    return f"edition {side['edition']}, published {side['published']}{amended}"


def _state(side: dict[str, Any]) -> str:
    words = _STATES[side["status"]]
    successor = side["successor"]
    if successor is None:
        return words
    return (
        f"{words}; {successor['designation']} published {successor['published']} (confidence "
        f"{successor['confidence']:.2f}); ask the certification body for the dates"
    )


def _core(side: dict[str, Any]) -> str:
    core = side["core"]
    return f"{core['n']} of the {core['m']} core points of {core['hub']}"


def _only_table(graph: ClauseGraph, only: list[dict[str, Any]]) -> Table:
    columns = (
        Column("standard", "Only in", "text", 16),
        Column("clause", "Clause", "clause", 9),
        Column("title", "Title", "text", 44),
        Column("points", "Points", "number", 7),
        Column("class", "In the others", "class", 15),
    )
    rows = tuple(
        Row(
            entry["clause"],
            (
                graph.standard(entry["standard"]).designation,
                Ref(entry["clause"], entry["clause"].partition(":")[2]),
                entry["title"],
                len(entry["points"]),
                Kin(entry["class"]),
            ),
        )
        for entry in only
    )
    return Table("only", "What only each has: leaf clauses without a counterpart", columns, rows)


def _sources_table(sides: list[dict[str, Any]], answers: list[dict[str, Any]]) -> Table:
    columns = (
        Column("what", "What", "text", 34),
        Column("confidence", "Confidence", "confidence", 11),
        Column("source", "Source", "text", 70),
    )
    rows = [
        Row("-".join(["answer", *answer["families"]]), (answer["question"], answer["confidence"], answer["source"]))
        for answer in answers
    ]
    for side in sides:
        if side["profile"] is not None:
            told = f"{side['designation']}, what it is for"
            rows.append(Row(f"{side['key']}-profile", (told, side["profile_confidence"], side["profile_source"])))
        told = f"{side['designation']}, clauses and points"
        rows.append(Row(side["key"], (told, side["confidence"], side["source"])))
    return Table("sources", "How surely this is known, and from where", columns, tuple(rows))
