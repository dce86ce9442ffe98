"""What follows for a whole library through third clauses and standards: the facts of the graph, closed by `derive`.

Base constraints: each stated relation between the very sets that it names; how these sets contain leaf clauses, points
and each other; how each two leaf clauses of two standards stand by core and relations (`Pair.leaf`); the core points
that named points instantiate. Premises that take part in a contradiction are left out: nothing is derived from them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from copy import copy
from functools import cached_property
from itertools import combinations

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Relation
from imsmap.library.relationships import (
    EQUAL,
    INVERSE,
    SHARE,
    SUBSET,
    SUPERSET,
    WHOLLY,
    names_of,
)
from imsmap.reasoning.derive import Conclusion, Constraint, Derivation, Way, derive
from imsmap.reasoning.kinship import Pair
from imsmap.reasoning.ties import Side
from imsmap.values import frozen

_PART = EQUAL | SUBSET
CORE = "core"
"""What stands before the name of a core point, where other sets have their standard's key."""


def standard_of(name: str) -> str:
    """Tell of which standard a set is; `core` for a core point."""
    return name.partition(":")[0]


@frozen
class Ground:
    """Why a premise holds: `part` (by the standard's layout), `stated`, or `core` (shared core points, relations)."""

    basis: str
    shared: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()


_BY_LAYOUT = Ground("part")


@frozen
class Premise:
    """One step of a derivation: what is possible between two sets, and why. Sets are names known to the closure."""

    subject: str
    object: str
    possible: int
    confidence: float
    ground: Ground


@frozen
class Derived:
    """A claim about two leaf clauses that neither the core nor what is stated between the two standards makes.

    possible: mask of the relations left. known: mask of those that were possible before. `Closure.ways` tells why.
    """

    subject: str
    object: str
    possible: int
    confidence: float
    known: int


@frozen
class Clash:
    """Two ways that exclude each other; at least one premise of them is wrong."""

    subject: str
    object: str
    one: tuple[Premise, ...]
    other: tuple[Premise, ...]

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Every stated relation among the premises, by id."""
        return relations_of((self.one, self.other))


def relations_of(ways: Iterable[tuple[Premise, ...]]) -> tuple[Relation, ...]:
    """Give every stated relation among the premises of some ways, by id."""
    found = {relation.id: relation for way in ways for step in way for relation in step.ground.relations}
    return tuple(found[key] for key in sorted(found))


class Closure:
    """Everything that follows from a graph's standards and relations; built once, asked often."""

    def __init__(self, graph: ClauseGraph, pairs: Iterable[Pair] = (), *, keys: Iterable[str] | None = None) -> None:
        """Close a graph, or what it says of some standards.

        Pairs that were looked at before are taken as they are, the others are made.
        """
        self.graph = graph
        wanted = [standard.key for standard in graph.standards] if keys is None else sorted(keys)
        known = {frozenset((pair.first, pair.second)): pair for pair in pairs}
        self.pairs: dict[frozenset[str], Pair] = {
            frozenset(two): known.get(frozenset(two)) or Pair(graph, *two) for two in combinations(wanted, 2)
        }
        self._base = _Base(graph, self.pairs.values(), wanted)

    def within(self, keys: Collection[str]) -> Closure:
        """Give what follows from the premises between some of these standards alone."""
        other = copy(self)
        for made in ("derivation", "contradictions"):
            other.__dict__.pop(made, None)
        other.pairs = {both: pair for both, pair in self.pairs.items() if both <= set(keys)}
        other.__dict__["_whole"] = self._whole.within({*keys, CORE})
        return other

    @cached_property
    def _whole(self) -> Derivation:
        return derive(self._base.constraints)

    @cached_property
    def derivation(self) -> Derivation:
        """What follows from all that is not in dispute.

        Over names of sets: full references, and a name for each union that a relation speaks of.
        """
        disputed = self._whole.disputed
        if not disputed:
            return self._whole
        return self._whole.without(disputed)

    def conclusion(self, subject: str, object_: str) -> Conclusion:
        """Tell what is possible between two leaf clauses or named points, and how surely."""
        return self.derivation.conclusion(subject, object_)

    def ways(self, subject: str, object_: str) -> tuple[tuple[Premise, ...], ...]:
        """Give the paths that together prove the conclusion about two leaf clauses or named points."""
        return tuple(self._premises(way) for way in self.derivation.ways(subject, object_))

    def between(self, first: str, second: str, only: Collection[str] | None = None) -> tuple[Derived, ...]:
        """Give what is derived about the leaf clauses of two standards, in clause order; the subject in the first.

        only: leaf clauses of which one has to be on either side.
        """
        pair = self.pairs[frozenset((first, second))]
        found = []
        ones, others = (self.graph.leaf_order[key] for key in (first, second))
        # Of most nothing follows, and that is known without a look at both.
        tied = self.derivation.tied
        asked = {} if only is None else {other: set(tied(other, ones)) for other in others if other in only}
        for one in ones:
            near = tied(one, others) if only is None or one in only else [o for o in asked if one in asked[o]]
            for other in near:
                known = self._known(pair, one, other)
                # Of what is settled nothing more follows.
                claim = self.derivation.claim(one, other) if known & (known - 1) else None
                if claim is not None and claim.confidence is not None and known & ~claim.possible:
                    found.append(Derived(one, other, claim.possible, claim.confidence, known))
        return tuple(found)

    @staticmethod
    def _known(pair: Pair, subject: str, object_: str) -> int:
        """Give what core and relations say by themselves."""
        if subject.startswith(f"{pair.first}:"):
            return pair.possible(subject, object_)
        return INVERSE[pair.possible(object_, subject)]

    @cached_property
    def contradictions(self) -> tuple[Clash, ...]:
        """Find what contradicts itself, each clash once: not again where a larger set of relations holds a smaller."""
        clashes = [
            Clash(found.subject, found.object, self._premises(found.one), self._premises(found.other))
            for found in self._whole.contradictions
        ]
        smallest: list[tuple[frozenset[str], Clash]] = []
        for clash in sorted(clashes, key=lambda c: (len(c.relations), len(c.one) + len(c.other))):
            names = frozenset(relation.id for relation in clash.relations)
            if not any(other <= names for other, _ in smallest):
                smallest.append((names, clash))
        return tuple(clash for _, clash in smallest)

    def _premises(self, way: Way) -> tuple[Premise, ...]:
        return tuple(
            Premise(step.subject, step.object, step.mask, step.confidence, self._base.ground(step.premise))
            for step in way.steps
        )

    # --- words ---------------------------------------------------------------------------------------------------

    def label(self, name: str) -> str:
        """Name a set for a reader: a clause, a point, several of them together, or a core point."""
        if standard_of(name) == CORE:
            return f"the core point {name.partition(':')[2]}"
        # In the standard's order, however the relation lists them.
        refs = self.graph.in_order(self._base.refs.get(name, (name,)))
        words = [self.graph.label(ref) for ref in refs]
        if len(words) > 1:
            return f"{', '.join(words[:-1])} and {words[-1]} together"
        return words[0] if not refs[0].endswith(":") else f"the whole of {words[0]}"

    def words(self, premise: Premise) -> str:
        """Tell one premise in a sentence that an auditor reads."""
        template, arguments = self.told(premise)
        return template.format(*arguments)

    def told(self, premise: Premise) -> tuple[str, tuple[str, ...]]:
        """Tell one premise as a template and what stands in its places, many of which are the same in many premises."""
        one, other = self.label(premise.subject), self.label(premise.object)
        ground = premise.ground
        if ground.basis == "part":
            inner, outer = (one, other) if not premise.possible & ~_PART else (other, one)
            return "{0} is part of {1}.", (inner, outer)
        relation = " or ".join(names_of(premise.possible))
        if premise.possible == SHARE:
            relation = "shares something with"
        whole = premise.possible & WHOLLY and premise.possible != SHARE
        apart = self.graph.apart(self._ref(premise.subject), self._ref(premise.object)) if whole else ""
        why, arguments = [], [one, relation, other, apart, f"{premise.confidence:g}"]
        if ground.shared:
            why.append(f"core points {{{len(arguments)}}}; ")
            arguments.append(", ".join(ground.shared))
        if ground.relations:
            names = ", ".join(relation.id for relation in ground.relations)
            # The set and the name by themselves: the one is that of many relations, the other told elsewhere, too.
            parts = names.partition("#") if len(ground.relations) == 1 else (names, "", "")
            at = len(arguments)
            places = f"{{{at}}}{parts[1]}{{{at + 1}}}"
            why.append(f"stated in {places}; " if ground.basis == "stated" else f"by its points and {places}; ")
            arguments += [parts[0], parts[2]]
        return f"{{0}} {{1}} {{2}}{{3}} ({''.join(why)}confidence {{4}}).", tuple(arguments)

    def _ref(self, name: str) -> str:
        """Give a reference that stands for a set: its own, or the first of several."""
        return self._base.refs.get(name, (name,))[0]


class _Base:
    """The base constraints of a graph, with the ground of each premise."""

    def __init__(self, graph: ClauseGraph, pairs: Iterable[Pair], keys: Sequence[str]) -> None:
        self.graph = graph
        self.keys = keys
        self.constraints: list[Constraint] = []
        self._grounds: dict[str, Ground] = {}
        self.refs: dict[str, tuple[str, ...]] = {}
        self._names: dict[Side, str] = {}
        self._points: set[str] = set()
        self._compared: dict[str, tuple[frozenset[str], tuple[Relation, ...]]] = {}
        for pair in sorted(pairs, key=lambda pair: (pair.first, pair.second)):
            self._add_stated(pair)
            self._add_leaves(pair)
        self._add_parts()
        self._add_cores()

    def _add(self, subject: str, object_: str, mask: int, confidence: float, ground: Ground, premise: str) -> None:
        self.constraints.append(Constraint(subject, object_, mask, premise, confidence))
        self._grounds[premise] = ground

    def _add_stated(self, pair: Pair) -> None:
        for tie in sorted(pair.ties, key=lambda tie: tie.relation.id):
            relation = tie.relation
            turned = not relation.subject[0].startswith(f"{pair.first}:")
            refs = (relation.object, relation.subject) if turned else (relation.subject, relation.object)
            subject, object_ = self._name(tie.subject, refs[0]), self._name(tie.object, refs[1])
            ground = Ground("stated", relations=(relation,))
            self._add(
                subject,
                object_,
                tie.mask,
                relation.confidence,
                ground,
                f"stated {relation.id}",
            )

    def _name(self, side: Side, refs: tuple[str, ...]) -> str:
        """Name a side: the leaf or point that it is, else the union as the relation that comes first writes it."""
        name = self._names.get(side)
        if name is None:
            if len(side.leaves) + len(side.points) == 1:
                (name,) = side.leaves | side.points
            else:
                standard = refs[0].partition(":")[0]
                name = f"{standard}:{'+'.join(sorted(ref.partition(':')[2] for ref in refs))}"
                self.refs[name] = refs
            self._names[side] = name
            self._points |= side.points
        return name

    def _add_leaves(self, pair: Pair) -> None:
        others = self.graph.leaf_order[pair.second]
        for one in self.graph.leaf_order[pair.first]:
            near = pair.near(one)
            for other in [other for other in others if other in near] if near else ():
                said = pair.premise(one, other)
                if said is not None:
                    premise = f"core {one} {other}"
                    # Where a pair contradicts itself, the shared core still counts against what is stated of it.
                    mask, relations = (said.possible, said.relations) if said.possible else (SHARE, ())
                    self.constraints.append(Constraint(one, other, mask, premise, said.confidence))
                    self._compared[premise] = (said.shared, relations)

    def ground(self, premise: str) -> Ground:
        """Tell why a premise holds; of what leaf clauses share it is said only where somebody asks."""
        if premise not in self._grounds:
            shared, relations = self._compared[premise]
            self._grounds[premise] = Ground("core", self.graph.in_core_order(shared), relations)
        return self._grounds[premise]

    def _add_parts(self) -> None:
        """Say which named sets lie in which others of the same standard."""
        for ref in sorted(self._points):
            self._add_part(ref, ref.partition("#")[0])
        unions = [(side, name) for side, name in self._names.items() if name in self.refs]
        holders: dict[str, list[tuple[Side, str]]] = {}
        for side, name in unions:
            for member in sorted(side.leaves | side.points):
                self._add_part(member, name)
            for leaf in side.touched:
                holders.setdefault(leaf, []).append((side, name))
        for side, name in unions:
            for larger, outer in holders[min(side.touched)]:
                if outer != name and self._lies_in(side, larger):
                    self._add_part(name, outer)

    @staticmethod
    def _lies_in(side: Side, larger: Side) -> bool:
        loose = (ref for ref in side.points if ref not in larger.points)
        return side.leaves <= larger.leaves and all(ref.partition("#")[0] in larger.leaves for ref in loose)

    def _add_part(self, inner: str, outer: str) -> None:
        self._add(inner, outer, _PART, 1.0, _BY_LAYOUT, f"part {inner} {outer}")

    def _add_cores(self) -> None:
        """Tie the core points of named points to every leaf clause that holds them."""
        cores: set[str] = set()
        for ref in sorted(self._points):
            point = self.graph.point(ref)
            if point.core is not None:
                cores.add(point.core)
                ground = Ground("core", (point.core,))
                self._add(ref, f"{CORE}:{point.core}", EQUAL, point.confidence, ground, f"core {ref}")
        mask, grounds = EQUAL | SUPERSET, {core: Ground("core", (core,)) for core in cores}
        for key in self.keys:
            for leaf in self.graph.leaves(key):
                for point in leaf.points:
                    if point.core in grounds:
                        core, ref = point.core, leaf.ref
                        self._add(ref, f"{CORE}:{core}", mask, point.confidence, grounds[core], f"core {ref} {core}")
