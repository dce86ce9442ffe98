"""Mappings of other tools read to be compared: each relation as a pair of clauses, with what is said of the pair.

What is said of a point, or of several clauses together, need not hold of the clauses: it pairs them and says no more.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from imsmap.errors import DataError, ImsmapError, Problem
from imsmap.library.model import HUB, split_ref
from imsmap.library.relationships import negated, turned
from imsmap.plain import legible
from imsmap.readers.brought import Around, Faults
from imsmap.readers.foreign import NO_RELATION, Said, Side
from imsmap.readers.mapping import MappedPair, Mapping, Resolve, relation_of
from imsmap.values import frozen


@frozen
class _Pair:
    """A pair of clauses under way. lifted: it is said of less or more than the two clauses."""

    subject: str
    object: str
    relation: str | None
    said: Said
    lifted: bool


class Pairing:
    """What a file says under way to pairs of clauses of two standards."""

    def __init__(self, shown: str, around: Around, resolve: Resolve) -> None:
        """Begin with nothing. resolve: gives the clauses of a standard that the library calls otherwise."""
        self.faults = Faults()
        self.notices: list[str] = []
        self._shown = shown
        self._held = {head.key for head in around.heads}
        self._names = cache(around.names)
        self._resolve = resolve
        self._relation_of = cache(relation_of)
        self._pairs: list[_Pair] = []
        self._passed: Counter[str] = Counter()

    def take(self, said: Said) -> None:
        """Take one relation, or note why it can't be."""
        if HUB in (said.subject.standard, said.object.standard):
            self._passed["relations to the core were passed over: standards say them themselves"] += 1
            return
        relation = self._relation_of(said.predicate)
        if relation == "":
            self._fault(said, "predicate", f"{legible(said.predicate[:60])!r} is no relation")
            return
        if said.denied:
            relation = negated(relation)
        subjects, objects = (self._side(said, side) for side in (said.subject, said.object))
        if not subjects or not objects:
            return
        if split_ref(subjects[0])[0] == split_ref(objects[0])[0]:
            self._fault(said, "one standard", "both sides are of one standard; a mapping pairs two")
            return
        clauses = [tuple(dict.fromkeys(_clause(ref) for ref in side)) for side in (subjects, objects)]
        if any(not split_ref(ref)[1] for side in clauses for ref in side):
            self._passed["relations of whole standards were passed over: they pair no two clauses"] += 1
            return
        of_points = any("#" in ref for ref in (*subjects, *objects))
        if of_points and relation == NO_RELATION:
            self._passed["denials for points were passed over: they deny nothing of whole clauses"] += 1
            return
        # Of several together, too, that they have nothing in common holds for each.
        lifted = of_points or (len(subjects) + len(objects) > 2 and relation != NO_RELATION)
        self._pairs += [
            _Pair(subject, object_, None if lifted else relation, said, lifted)
            for subject in clauses[0]
            for object_ in clauses[1]
        ]

    def name(self, standard: str, name: str, title: str) -> str:  # noqa: ARG002 - clauses by themselves pair nothing
        """Pass over a clause that the file only names."""
        return ""

    def _side(self, said: Said, side: Side) -> tuple[str, ...]:
        """Give the references of a side; none, once it is told, if one of them leads nowhere."""
        if side.standard in self._held:
            for name in side.names:
                if name and name not in self._names(side.standard):
                    what = "point" if "#" in name else "clause"
                    words = f"{side.standard} has no {what} {legible(name[:60])}"
                    self._fault(said, f"dangling {side.standard}", words)
                    return ()
            return tuple(f"{side.standard}:{name}" for name in side.names)
        try:
            return tuple(ref for name in side.names for ref in self._resolve(f"{side.standard}:{name}", ""))
        except ImsmapError as error:
            self._fault(said, f"unknown {side.standard}", f"{legible(side.standard[:60])}: {error}")
            return ()

    def _fault(self, said: Said, kind: str, words: str) -> None:
        self.faults.add(kind, said.path, said.line, said.at, words)

    def mapping(self, name: str) -> Mapping:
        """Give the pairs, turned the way the first one stands; DataError where there is none."""
        if not self._pairs:
            nothing = Problem(self._shown, None, "holds no relation between clauses of two standards of the library")
            raise DataError([*self.faults.problems(), nothing])
        subject, object_ = (split_ref(ref)[0] for ref in (self._pairs[0].subject, self._pairs[0].object))
        found: dict[tuple[str, str], _Pair] = {}
        lifted = 0
        # What is said of the two clauses themselves goes before what only pairs them.
        for pair in sorted(self._pairs, key=lambda one: one.lifted):
            ends = (split_ref(pair.subject)[0], split_ref(pair.object)[0])
            if ends == (object_, subject):
                pair = _Pair(pair.object, pair.subject, turned(pair.relation), pair.said, pair.lifted)
            elif ends != (subject, object_):
                words = f"pairs {ends[0]} with {ends[1]}, and not {subject} with {object_} as the first does"
                self._fault(pair.said, "third", f"{words}; put each pair of standards into a file of its own")
                continue
            known = found.setdefault((pair.subject, pair.object), pair)
            if known is pair:
                lifted += pair.lifted
            elif not pair.lifted and known.relation != pair.relation:
                words = f"{pair.subject} and {pair.object} are paired in two ways; keep one: the first is compared"
                self._fault(pair.said, "two ways", words)
        told = [f"{count} {what}" for what, count in self._passed.items()]
        if lifted:
            told.append(
                f"{lifted} pairs are said of points or of several clauses together: compared without a relation"
            )
        pairs = tuple(MappedPair(one.subject, one.object, one.relation, one.said.line or 0) for one in found.values())
        notices = (*self.notices, *(f"{self._shown}: {words}" for words in told))
        return Mapping(name, subject, object_, pairs, notices, (), self.faults.problems())


def _clause(ref: str) -> str:
    return ref.partition("#")[0]
