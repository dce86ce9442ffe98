"""Small invented libraries in a few words, for tests.

A standard is a mapping from clause number to its points: `=issues` instantiates a core point, `+watching` is the
standard's own; nothing makes a heading. A relation is `"8.4 intersects-with 8.1 @6"`: subject, predicate, object,
strength; several clauses are joined by `,`, points written `8.4.1#x`, and `*` is the whole standard.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from attrs import evolve

from imsmap.library.editions import Successor
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import (
    Clause,
    CorePoint,
    Discipline,
    Documented,
    Library,
    MappingSet,
    Obligation,
    Point,
    Relation,
    Standard,
    Structure,
    StructureClause,
    Topic,
)
from imsmap.reasoning.checking import fingerprint
from tests.choosing import CRITERIA

CORE = {
    "4": (),
    "4.1": ("issues", "climate-issue"),
    "4.2": ("parties",),
    "6": (),
    "6.1": ("risks", "actions"),
    "8": (),
    "8.1": ("planned", "controlled"),
    "9": (),
    "9.1": ("measured",),
    "10": (),
    "10.1": ("improved",),
}
TOPICS = (("design", "Design", "8", "8.1"), ("emergency", "Emergency", "8", "8.1"), ("aspects", "Aspects", "6", "6.1"))
DISCIPLINES = (
    Discipline("quality", "quality", "Q", "#00507D", "#0072B2", "#D6E8F3"),
    Discipline("environment", "environment", "E", "#00704F", "#009E73", "#D5EEE5"),
    Discipline("energy", "energy", "N", "#7F5700", "#E69F00", "#FBEBC8"),
)


def hub() -> Structure:
    clauses = tuple(
        StructureClause(
            number,
            0.9,
            "invented",
            f"Hub {number}",
            tuple(CorePoint(core, f"Do {core}.", 0.9, "invented") for core in cores),
        )
        for number, cores in CORE.items()
    )
    return Structure("hs-2021", "Structure, 2021", "Hub", "2021-05", "current", 0.9, "invented", clauses)


def standard(
    key: str,
    clauses: Mapping[str, Sequence[str] | None],
    *,
    topics: Mapping[str, str] | None = None,
    discipline: str = "quality",
    confidence: float = 0.9,
    documented: Mapping[str, str] | None = None,
    not_applicable: Sequence[str] = (),
    themes: Mapping[str, str] | None = None,
    laws: Mapping[str, str] | None = None,
) -> Standard:
    kinds = documented or {}
    built = []
    for number, points in clauses.items():
        stated = tuple(
            Point(
                word[1:],
                f"Do {word[1:]} ({key}).",
                confidence,
                "invented",
                core=word[1:] if word[0] == "=" else None,
                adds=f"The {word[1:]}" if word[0] == "+" else None,
                documented=Documented(kinds[word[1:]], f"Proof of {word[1:]}") if word[1:] in kinds else None,
            )
            for word in points or ()
        )
        built.append(
            Clause(
                key,
                number,
                confidence,
                "invented",
                f"Clause {number}",
                stated,
                (topics or {}).get(number),
                theme=(themes or {}).get(number, ""),
                obligation=Obligation(laws[number], "1") if laws and number in laws else None,
            )
        )
    name = key.upper().replace("-", ":")
    return Standard(
        key,
        name,
        f"Title of {name}",
        discipline,
        "1",
        "2030-01",
        "transition",
        "hs-2021",
        "tester",
        confidence,
        "invented",
        tuple(built),
        Successor(f"{name} next", "2035-01", 0.5, "invented"),
        not_applicable=tuple(not_applicable),
        family=key[3:],
    )


def relation(subject: str, object_: str, words: str, *, name: str = "", confidence: float = 0.8) -> Relation:
    left, predicate, right, *rest = words.split()
    strength = int(rest[0][1:]) if rest else None
    none = predicate == "no-relationship"
    return Relation(
        name or f"{subject}_{object_}#{left}-{right}",
        _refs(subject, left),
        predicate,
        _refs(object_, right),
        "expert judgement",
        confidence,
        "tester",
        "invented",
        strength,
        "" if none else f"Shared by {left} and {right}.",
        f"Different in {left} and {right}.",
    )


def _refs(key: str, words: str) -> tuple[str, ...]:
    return tuple(f"{key}:{word if word != '*' else ''}" for word in words.split(","))


def graph(
    *standards: Standard,
    relations: Sequence[Relation] = (),
    topics: Sequence[tuple[str, str, str, str]] = TOPICS,
    affirmed: bool = True,
) -> ClauseGraph:
    if affirmed:
        before = graph(*standards, relations=relations, topics=topics, affirmed=False)
        relations = [evolve(r, affirmed=fingerprint(before, r)) for r in relations]
    return ClauseGraph(
        Library(
            "2030.1",
            "2030-01-01",
            disciplines=DISCIPLINES,
            topics=tuple(Topic(*topic) for topic in topics),
            structures=(hub(),),
            standards=tuple(standards),
            relations=tuple(relations),
            criteria=CRITERIA,
            sets=tuple(
                MappingSet(f"{one.key}_{other.key}", one.key, other.key) for one, other in combinations(standards, 2)
            ),
        )
    )
