"""The real data with invented standards beside them: a second edition of ISO 9001, a second standard for quality.

For whatever has to know a standard by its key: the two editions differ in a few clauses, and so do the two standards.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from attrs import evolve

from imsmap.library.editions import Origin, Successor
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import load
from imsmap.library.model import Clause, Point, Relation, Standard
from imsmap.reasoning.checking import fingerprint
from tests.fixtures import MAPPINGS

OLD, NEW, BESIDE, OTHER = "iso9001-2015", "iso9001-2031", "iso9004-2031", "iso14001-2015"
CASES = {
    "two editions": (OLD, NEW),
    "two of one discipline": (OLD, BESIDE),
    "two editions and another discipline": (NEW, OTHER, OLD),
    "two editions, two of one discipline and another": (OLD, NEW, BESIDE, OTHER),
}
LABELS = {
    "two editions": ("Q15", "Q31"),
    "two of one discipline": ("Q9001", "Q9004"),
    "two editions and another discipline": ("Q31", "E", "Q15"),
    "two editions, two of one discipline and another": ("Q9001-15", "Q9001-31", "Q9004", "E"),
}
_MOVED = {"8.3": "8.4", "8.4": "8.3"}
"""In the new edition design and external provision change places: numbers that mislead."""
_ADDED = Point("learning", "Learn from what others met.", 0.5, "invented", adds="Learning from others")


@cache
def library() -> ClauseGraph:
    """Give all four standards; what one edition holds of its own is stated equal to what the other does."""
    found = load(MAPPINGS, [OLD, OTHER])
    old = next(one for one in found.standards if one.key == OLD)
    new, beside = _new_edition(old), _second(old)
    stated = [*found.relations, *(moved for one in found.relations if (moved := _moved(one)) is not None)]
    stated += [_equal(old, ref, new) for ref in _own(old)]
    stated += [_apart(number) for number in _MOVED]
    standards = (*(one for one in found.standards if one.key == OTHER), _followed(old, new), new, beside)
    before = ClauseGraph(evolve(found, standards=standards, relations=tuple(stated)))
    return ClauseGraph(
        evolve(
            found,
            standards=standards,
            relations=tuple(evolve(one, affirmed=fingerprint(before, one)) for one in stated),
        )
    )


def _number(number: str) -> str:
    upper = ".".join(number.split(".")[:2])
    return _MOVED.get(upper, upper) + number[len(upper) :]


def _followed(old: Standard, new: Standard) -> Standard:
    return evolve(old, successor=Successor(new.designation, new.published, 0.9, "invented"))


def _new_edition(old: Standard) -> Standard:
    """Move two clauses, withdraw 5.1.2, and add a point to 10.1."""
    clauses = [
        evolve(
            clause,
            standard=NEW,
            number=_number(clause.number),
            points=(*_followed_by(clause), _ADDED) if clause.number == "10.1" else _followed_by(clause),
        )
        for clause in old.clauses
        if clause.number != "5.1.2"
    ]
    named = {"key": NEW, "designation": "ISO 9001:2031", "published": "2031-01", "amendments": (), "successor": None}
    named["revises"] = OLD
    return evolve(old, **named, clauses=tuple(clauses))


def _second(old: Standard) -> Standard:
    """Keep of each clause what is core, and its first and every third point."""
    clauses = tuple(
        evolve(
            clause,
            standard=BESIDE,
            points=tuple(one for at, one in enumerate(_points(clause)) if one.core or at % 3 == 0),
        )
        for clause in old.clauses
    )
    named = {"key": BESIDE, "designation": "ISO 9004:2031", "published": "2031-06", "amendments": (), "successor": None}
    return evolve(old, **named, family="9004", series="ISO 9004", clauses=clauses)


def _points(clause: Clause) -> tuple[Point, ...]:
    """Give what a clause asks for, told without the amendment from which it came."""
    return tuple(evolve(point, amendment=None) for point in clause.points)


def _followed_by(clause: Clause) -> tuple[Point, ...]:
    """Give the points of the new edition, each with where it comes from; those of 9.1.3 were widened."""
    how = "widened" if clause.number == "9.1.3" else "same"
    return tuple(evolve(point, from_=(Origin(f"{clause.number}#{point.id}", how),)) for point in _points(clause))


def _own(old: Standard) -> list[str]:
    """Name the points that both editions hold and the core does not."""
    return [
        f"{clause.number}#{point.id}"
        for clause in old.clauses
        for point in clause.points
        if point.core is None and clause.number != "5.1.2"
    ]


def _equal(old: Standard, ref: str, new: Standard) -> Relation:
    number, _, point = ref.partition("#")
    return Relation(
        f"{old.key}_{new.key}#{ref}", (f"{old.key}:{ref}",), "equal-to", (f"{new.key}:{_number(number)}#{point}",),
        "expert judgement", 0.9, "tester", "invented", 10, f"What {ref} asks for.", "Nothing.",
    )  # fmt: skip


def _apart(number: str) -> Relation:
    return Relation(
        f"{OLD}_{NEW}#{number}", (f"{OLD}:{number}",), "no-relationship", (f"{NEW}:{number}",), "expert judgement", 0.9,
        "tester", "invented", None, "", "The clauses changed places.",
    )  # fmt: skip


def _moved(relation: Relation) -> Relation | None:
    """State a relation of the old edition of the new one, too."""

    def moved(refs: tuple[str, ...]) -> tuple[str, ...]:
        found = []
        for ref in refs:
            key, _, place = ref.partition(":")
            number, mark, point = place.partition("#")
            found.append(f"{NEW}:{_number(number)}{mark}{point}" if key == OLD else ref)
        return tuple(found)

    refs = (*relation.subject, *relation.object)
    if any(ref.startswith(f"{OLD}:5.1.2") for ref in refs):
        return None
    return evolve(relation, id=f"{NEW} {relation.id}", subject=moved(relation.subject), object=moved(relation.object))


def labels(case: str) -> Mapping[str, str]:
    """Give what the standards of a case are called for short, by key."""
    return dict(zip(CASES[case], LABELS[case], strict=True))
