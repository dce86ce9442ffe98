"""Relations from the files of other tools become mapping sets of their own; what is dirty is told and left out.

A standard that the library does not hold becomes one with the clauses that the file names, and no more: it is held by
clauses. Nothing is guessed: of two relations that say different things of one pair, neither is taken.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

from attrs import evolve, field

from imsmap.errors import Problem
from imsmap.library.load.sets import Set
from imsmap.library.model import (
    ALL_CLAUSES,
    HUB,
    LEVELS,
    NO_STRUCTURE,
    AuditQuestion,
    Clause,
    MappingSet,
    Relation,
    Standard,
    Topic,
    is_number,
    split_ref,
)
from imsmap.library.relationships import turned
from imsmap.nearest import did_you_mean
from imsmap.plain import legible
from imsmap.readers.brought import Around, Brought, Faults, Place
from imsmap.readers.mapping import relation_of
from imsmap.readers.own.head import Head, head_of, key_of
from imsmap.values import frozen
from imsmap.wording import listed

STRENGTH, CONFIDENCE = 5, 0.5
"""What is taken where a file says none: in the middle, and told."""
NO_RELATION = "no-relationship"
_UNSAID = "The mapping set says so and gives no reason."
_UNTOLD = "The mapping set does not say."
_MOST = 2500
"""So many relations fit into a file of mapping data."""
MOST_CLAUSES = 50_000
"""So many clauses of a standard fit into a file of mapping data."""
_AFTER = ("8", "8.1")
_NAMED = 8
"""So many standards are told one by one."""
_LETTERS = 26
"""So many disciplines have a letter of their own."""
_MOST_TEXT = 1500


@frozen
class Side:
    """One side as a file has it: of which standard, and what of it, by number or by reference behind the key."""

    standard: str
    names: tuple[str, ...]
    labels: tuple[str, ...] = ()


@frozen
class Said:
    """One relation as a file has it. at: how people call its place; denied: the predicate is said not to hold."""

    path: str
    line: int | None
    at: str
    subject: Side
    object: Side
    predicate: str
    denied: bool = False
    id: str = ""
    strength: str = ""
    confidence: str = ""
    author: str = ""
    source: str = ""
    justification: str = ""
    shared: str = ""
    differs: str = ""
    affirmed: str | None = None


@frozen
class _Stub:
    """A standard that the library does not hold, under way: its head, and the titles of what the file names of it."""

    head: Head
    titles: dict[str, str] = field(factory=dict)


class Taker(Protocol):
    """Who gathers what a reader finds: to become mapping sets, or to be compared."""

    faults: Faults
    notices: list[str]

    def take(self, said: Said) -> None:
        """Take one relation, or note why it can't be."""

    def name(self, standard: str, name: str, title: str) -> str:
        """Let a standard that the library does not hold have a clause; gives its reference, nothing if it is none."""


Gather = Callable[[Path, str, Around, Taker], None]
"""Lets who gathers take all that a file says; DataError for one in which nothing can be found."""


def gathered(gather: Gather, kind: str, path: Path, shown: str, around: Around) -> Brought:
    """Bring what a reader gathers from a file as mapping sets; kind: what people call such a file."""
    gathering = Gathering(kind, path, shown, around)
    # Very many small values are made, and all are kept: looking for garbage among them only costs time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        gather(path, shown, around, gathering)
        return gathering.brought()
    finally:
        if collecting:
            gc.enable()


class Gathering:
    """What a file says under way to mapping sets."""

    def __init__(self, kind: str, path: Path, shown: str, around: Around) -> None:
        """Begin with nothing. kind: what people call such a file; shown: what it is called in messages."""
        self.faults = Faults()
        self.notices: list[str] = []
        self._kind, self._path, self._shown, self._around = kind, path, shown, around
        self._held = {head.key for head in around.heads} - around.replaceable
        self._names = cache(around.names)
        self._relation_of = cache(relation_of)
        self._text = cache(_text)
        self._stubs: dict[str, _Stub] = {}
        self._taken: list[tuple[Said, Relation]] = []
        self._usual: Counter[str] = Counter()
        self._core = self._sharing = 0

    def take(self, said: Said) -> None:
        """Take one relation, or note why it can't be."""
        if HUB in (said.subject.standard, said.object.standard):
            self._core += 1  # which point says which core point stands in the standards themselves
            return
        predicate = self._predicate(said)
        sides = [self._side(said, side) for side in (said.subject, said.object)]
        if predicate is None or not all(sides):
            for what, text, most in (("strength", said.strength, 10), ("confidence", said.confidence, 1)):
                if text and _amount(text, most) is None:
                    self._fault(said, f"{what} besides", f"{what} {legible(text[:40])!r} is {_outside(most)}, too")
            return
        subject, object_ = sides
        if split_ref(subject[0])[0] == split_ref(object_[0])[0]:
            self._fault(said, "one standard", "both sides are of one standard; a relation is between two")
            return
        self._taken.append((said, self._relation(said, predicate, subject, object_)))

    def name(self, standard: str, name: str, title: str) -> str:
        """Let a standard that the library does not hold have a clause; gives its reference, nothing if it is none."""
        number = _number(name)
        if not is_number(number):
            return ""
        stub = self._stub(standard)
        stub.titles[number] = stub.titles.get(number) or " ".join(legible(title).split())
        return f"{stub.head.key}:{number}"

    def brought(self) -> Brought:
        """Give the mapping sets, the standards that only the file knows, and all that is wrong."""
        kept = self._without_twins()
        sets, places = self._sets(kept)
        standards = tuple(self._standard(stub) for stub in self._stubs.values() if stub.titles)
        for standard in standards:
            places |= dict.fromkeys((standard.key, *(c.ref for c in standard.clauses)), (self._shown, None))
        self._tell(standards)
        return Brought(
            self._kind, standards, sets, problems=tuple(self._too_many(standards)),
            left_out=self.faults.problems(), notices=tuple(self.notices), places=places,
            partly=True,
        )  # fmt: skip

    def _fault(self, said: Said, kind: str, words: str) -> None:
        self.faults.add(kind, said.path, said.line, said.at, words)

    # --- what a relation says ----------------------------------------------------------------------------------------

    def _predicate(self, said: Said) -> str | None:
        found = self._relation_of(said.predicate)
        word = legible(said.predicate[:60])
        if found == "":
            advice = did_you_mean(said.predicate, ("exactMatch", "broadMatch", "narrowMatch", "relatedMatch"))
            self._fault(said, "predicate", f"{word!r} is no relation; {advice}")
        elif said.denied and found is None:
            return NO_RELATION
        elif said.denied:
            self._fault(said, "denied", f"denies {word}, which leaves four others open; say which one holds")
        elif found is None:
            self._fault(said, "pairs only", f"{word or 'no word'} pairs both sides and does not say how they stand")
        else:
            return found
        return None

    def _side(self, said: Said, side: Side) -> tuple[str, ...]:
        """Give the references of a side; none, once it is told, if one of them leads nowhere."""
        if side.standard in self._held:
            names = self._names(side.standard)
            for name in side.names:
                if name and name not in names:
                    words = f"{side.standard} has no {'point' if '#' in name else 'clause'} {legible(name[:60])}"
                    self._fault(said, f"dangling {side.standard}", words)
                    return ()
            return tuple(f"{side.standard}:{name}" for name in side.names)
        stub = self._stub(side.standard)
        found = []
        for index, name in enumerate(side.names):
            number = _number(name)
            if not is_number(number):
                self._fault(said, "number", f"{legible(name[:60])!r} can't be the number of a clause")
                return ()
            label = side.labels[index] if index < len(side.labels) else ""
            stub.titles[number] = stub.titles.get(number) or " ".join(legible(label).split())
            found.append(f"{stub.head.key}:{number}")
        return tuple(found)

    def _stub(self, name: str) -> _Stub:
        if name not in self._stubs:
            around = self._around
            own = [(stub.head.key, stub.head.own) for stub in self._stubs.values() if stub.head.own is not None]
            said = evolve(around.said, name=name)
            letters = {
                one.letter for one in (*around.common.library.disciplines, *(one for _, one in (*around.own, *own)))
            }
            if own and len(letters) >= _LETTERS and not said.discipline:
                said = evolve(said, discipline=own[0][1].name)
                self._sharing += 1
            near = evolve(around, said=said, own=(*around.own, *own))
            self._stubs[name] = _Stub(head_of({}, self._path, self._shown, near, self.faults))
        return self._stubs[name]

    def _relation(self, said: Said, predicate: str, subject: tuple[str, ...], object_: tuple[str, ...]) -> Relation:
        none = predicate == NO_RELATION
        strength = None if none else self._number(said, "strength", said.strength, STRENGTH, 10)
        confidence = self._number(said, "confidence", said.confidence, CONFIDENCE, 1)
        shared = "" if none else self._text(said.shared) or _UNSAID
        differs = (
            self._text(said.differs) or (self._text(said.shared) if none else "") or (_UNSAID if none else _UNTOLD)
        )
        return Relation(
            said.id or key_of(said.at), subject, predicate, object_,
            self._text(said.justification) or f"As {self._path.name} has it.", confidence,
            self._text(said.author) or self._around.said.author or "not said",
            self._text(said.source) or f"Taken over from {self._path.name}; not looked at again.",
            None if strength is None else int(strength), shared, differs, said.affirmed,
        )  # fmt: skip

    def _number(self, said: Said, what: str, text: str, usual: float, most: float) -> float:
        if not text:
            self._usual[what] += 1
            return usual
        number = _amount(text, most)
        if number is None:
            self._fault(said, what, f"{what} {legible(text[:40])!r} is {_outside(most)}; {usual} is taken")
            return usual
        return number

    # --- what all of them together say -------------------------------------------------------------------------------

    def _without_twins(self) -> list[tuple[Said, Relation]]:
        by_pair: defaultdict[tuple[frozenset[str], frozenset[str]], list[tuple[Said, Relation, str]]]
        by_pair = defaultdict(list)
        for said, relation in self._taken:
            ends = [relation.subject, relation.object]
            same_way = split_ref(ends[0][0])[0] < split_ref(ends[1][0])[0]
            told = relation.predicate if same_way else turned(relation.predicate) or ""
            first, second = (map(frozenset, ends)) if same_way else (map(frozenset, reversed(ends)))
            by_pair[first, second].append((said, relation, told))
        kept: list[tuple[Said, Relation]] = []
        for ones in by_pair.values():
            first_said, relation, told = ones[0]
            others = [one for one in ones[1:] if one[2] != told]
            if others:
                every = listed(f"{one.predicate} ({_where(said)})" for said, one, _ in ones[:4])
                words = f"one pair is told as {every}; none is taken: keep one"
                self._fault(others[0][0], "contradicts", words)
                continue
            for said, _, _ in ones[1:]:
                self._fault(said, "twice", f"says again what {_where(first_said)} says; the first is taken")
            kept.append((first_said, relation))
        return kept

    def _sets(self, kept: list[tuple[Said, Relation]]) -> tuple[tuple[Set, ...], dict[str, Place]]:
        by_ends: defaultdict[tuple[str, str], list[tuple[Said, Relation]]] = defaultdict(list)
        for said, relation in kept:
            by_ends[split_ref(relation.subject[0])[0], split_ref(relation.object[0])[0]].append((said, relation))
        sets: list[Set] = []
        places: dict[str, Place] = {}
        stem = key_of(self._path.name.partition(".")[0])
        for (subject, object_), ones in by_ends.items():
            for start in range(0, len(ones), _MOST):
                part = f"-{start // _MOST + 1}" if start else ""
                name = f"{stem}_{subject}_{object_}{part}"
                used: Counter[str] = Counter()
                relations = []
                for said, relation in ones[start : start + _MOST]:
                    used[relation.id] += 1
                    again = f"-{used[relation.id]}" if used[relation.id] > 1 else ""
                    relations.append(evolve(relation, id=f"{name}#{relation.id}{again}"))
                    places[relations[-1].id] = (said.path, said.line)
                sets.append((MappingSet(name, subject, object_, "part"), tuple(relations)))
        return tuple(sets), places

    def _standard(self, stub: _Stub) -> Standard:
        """Make a standard of which no more is known than that a file names its clauses."""
        head = stub.head
        topic, question = home_of(head)
        clauses = tuple(
            Clause(head.key, number, CONFIDENCE, head.source, title or number, topic=topic.id, parent=_flat(number))
            for number, title in stub.titles.items()
        )
        return Standard(
            head.key, head.name, head.title, head.discipline, head.edition, self._around.day, "current", NO_STRUCTURE,
            head.author, CONFIDENCE, head.source, clauses, disciplines=() if head.own is None else (head.own,),
            topics=(topic,), audit_questions=(question,), level=LEVELS[1], not_applicable=(ALL_CLAUSES,),
        )  # fmt: skip

    def _too_many(self, standards: tuple[Standard, ...]) -> Iterator[Problem]:
        """Tell before anything is worked out that a standard would be too large."""
        for standard in standards:
            if len(standard.clauses) > MOST_CLAUSES:
                words = f"names {len(standard.clauses)} clauses of {standard.designation}, more than {MOST_CLAUSES}; "
                yield Problem(self._shown, None, words + "split the file by parts of the standard")

    def _tell(self, standards: tuple[Standard, ...]) -> None:
        for standard in standards if len(standards) <= _NAMED else ():
            self.notices.append(
                f"{standard.designation} is no standard of the library: its {len(standard.clauses)} clauses that the "
                "file names are one now, of which nothing else is known"
            )
        if len(standards) > _NAMED:
            clauses = sum(len(standard.clauses) for standard in standards)
            self.notices.append(
                f"{len(standards)} standards of the file are none of the library: the {clauses} clauses that it names "
                "of them are theirs now, of which nothing else is known"
            )
        if self._sharing:
            words = (
                f"{self._sharing} standards are put into the discipline of the first, as no letter is left for theirs"
            )
            self.notices.append(f"{words}; --discipline says of which they are")
        if self._core:
            self.notices.append(f"{self._core} relations to the core were passed over: standards say them themselves")
        for what, count in self._usual.items():
            usual = STRENGTH if what == "strength" else CONFIDENCE
            self.notices.append(f"{count} relations give no {what}; {usual} was taken")


def _where(said: Said) -> str:
    return said.at or said.path.rpartition(" ")[2]


def home_of(head: Head) -> tuple[Topic, AuditQuestion]:
    """Make the topic in which readers find a standard of which nothing else is known, and what auditors ask there."""
    topic = Topic(head.key, head.name, *_AFTER)
    question = AuditQuestion(
        topic.id, f"How do you know that what {head.name} asks for is met?",
        "For each clause who sees to it, how it is done, and what shows it.",
        "The documents and records that are asked for, and examples from the work.", head.author, CONFIDENCE,
        head.source,
    )  # fmt: skip
    return topic, question


def _number(name: str) -> str:
    return "-".join(filter(None, name.replace("_", "-").replace("#", "-").split("-")))


def _amount(text: str, most: float) -> float | None:
    """Read a strength or a confidence, as a number or as percent; nothing where it is out of its range."""
    try:
        number = float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        return None
    least = 0 if most == 1 else 1
    return number if least <= number <= most and (most == 1 or number == int(number)) else None


def _outside(most: float) -> str:
    return f"not between {0 if most == 1 else 1} and {most}"


def _flat(number: str) -> str | None:
    """Say that no heading stands above a number whose dots would mean one: the file names no headings."""
    return "" if "." in number else None


def _text(text: str) -> str:
    """Give a text as one line, no longer than anybody reads."""
    found = " ".join(legible(text).split())
    return found if len(found) <= _MOST_TEXT else found[: _MOST_TEXT - 3] + "..."


def places_of(counts: Mapping[str, int]) -> str:
    """List what was not taken, each with how often it is there."""
    return ", ".join(f"{name} ({count})" for name, count in sorted(counts.items()))
