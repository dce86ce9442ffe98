"""What only the whole library shows: contradictions, gaps nobody looked at, relations gone stale.

The door (`load`) refuses what is wrong in itself. Here every relation is held against the points and the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from itertools import combinations

from imsmap.errors import Problem
from imsmap.graph import ClauseGraph
from imsmap.groups import Grouping
from imsmap.kinship import Pair, Tie
from imsmap.load import Place
from imsmap.model import Kin, Relation
from imsmap.relationships import EQUAL, INVERSE, PREDICATES, SUBSET, SUPERSET, names_of


def fingerprint(graph: ClauseGraph, relation: Relation) -> str:
    """Sum up what a person affirmed: the points of both sides and what is said of them."""
    digest = hashlib.sha256()
    for refs in (relation.subject, relation.object):
        for ref in sorted(refs):
            digest.update(f"\n{ref}".encode())
            if ref.endswith(":"):
                continue  # a whole standard: any change somewhere in it would make every such relation suspect
            if "#" in ref:
                points = [(ref, graph.point(ref))]
            else:
                points = list(graph.points(leaf.ref for leaf in graph.leaves_under(ref)))
            for name, point in sorted(points, key=lambda entry: entry[0]):
                digest.update(f"\n{name}\t{point.text}\t{point.core}\t{point.adds}".encode())
    digest.update(f"\n{relation.predicate}".encode())
    return digest.hexdigest()[:12]


def is_suspect(graph: ClauseGraph, relation: Relation) -> bool:
    """Tell whether a side changed since a person last affirmed the relation, or nobody ever did."""
    return relation.affirmed != fingerprint(graph, relation)


def find_problems(graph: ClauseGraph, places: Mapping[str, Place]) -> tuple[Problem, ...]:
    """Find every problem between the values of the library, each with file and line."""
    found = _Finding(graph, places)
    keys = [standard.key for standard in graph.standards]
    for relation in graph.library.relations:
        found.suspect(relation)
    for one, other in combinations(keys, 2):
        pair = Pair(graph, one, other)
        found.inverses(pair)
        found.contradictions(pair)
        found.overstatements(pair)
        found.unassessed(one, other)
    return tuple(sorted(set(found.problems), key=lambda p: (p.path, p.line or 0, p.message)))


class _Finding:
    def __init__(self, graph: ClauseGraph, places: Mapping[str, Place]) -> None:
        self.graph = graph
        self.places = places
        self.problems: list[Problem] = []

    def at(self, id_: str, message: str) -> None:
        place = self.places[id_]
        self.problems.append(Problem(place.shown, place.line, message))

    def suspect(self, relation: Relation) -> None:
        if not is_suspect(self.graph, relation):
            return
        name = relation.id.partition("#")[2]
        why = "nobody has affirmed it" if relation.affirmed is None else "a side changed since it was last affirmed"
        self.at(relation.id, f"relation {name} is suspect: {why}; look again, then `imsmap affirm {name}`")

    def inverses(self, pair: Pair) -> None:
        """Find pairs told twice, once from each side."""
        seen: dict[tuple[frozenset[str], frozenset[str]], Relation] = {}
        for relation in self.graph.relations_between(pair.first, pair.second):
            ends = (frozenset(relation.subject), frozenset(relation.object))
            other = seen.get((ends[1], ends[0]))
            if other is not None:
                agrees = PREDICATES[relation.predicate] == INVERSE[PREDICATES[other.predicate]]
                words = "says the same" if agrees else f"says {other.predicate}, which is not the inverse"
                self.at(
                    relation.id,
                    f"{relation.predicate} here, while {other.id} ({self._where(other.id)}) tells the same pair the "
                    f"other way round and {words}; keep one",
                )
            seen.setdefault(ends, relation)

    def _where(self, id_: str) -> str:
        place = self.places[id_]
        return f"{place.shown}:{place.line}"

    def contradictions(self, pair: Pair) -> None:
        for one in self.graph.leaves(pair.first):
            for other in self.graph.leaves(pair.second):
                kinship = pair.leaf(one.ref, other.ref)
                if kinship.possible != 0:
                    continue
                ties = pair.ties_between((one.ref,), (other.ref,))
                ways = [f"{tie.relation.id.partition('#')[2]} ({', '.join(names_of(tie.mask))})" for tie in ties]
                if kinship.shared:
                    ways.insert(0, f"the shared core points {', '.join(kinship.shared)}")
                self.at(
                    ties[0].relation.id if ties else one.ref,
                    f"contradiction between {self.graph.label(one.ref)} and {self.graph.label(other.ref)}: "
                    f"{' and '.join(ways)} leave no relation possible; correct one of them",
                )

    def overstatements(self, pair: Pair) -> None:
        """Find relations that claim containment where the points show more on the contained side."""
        for tie in pair.ties:
            for contained, far, forward, bits in (
                (tie.subject.leaves, tie.object, True, EQUAL | SUBSET),
                (tie.object.leaves, tie.subject, False, EQUAL | SUPERSET),
            ):
                if tie.mask & ~bits or not contained or far.points:
                    continue
                more = self._more(pair, tie, contained, far.leaves, forward)
                if more:
                    self.at(
                        tie.relation.id,
                        f"relation {tie.relation.id.partition('#')[2]} says {tie.relation.predicate}, but "
                        f"{', '.join(more[:4])}{' and others' if len(more) > 4 else ''} have no counterpart on the "
                        "other side; weaken the relation or relate these points",
                    )

    def _more(self, pair: Pair, tie: Tie, contained: frozenset[str], far: frozenset[str], forward: bool) -> list[str]:
        cores = self.graph.core_ids(far)
        return [
            ref
            for ref, point in self.graph.points(sorted(contained))
            if point.core not in cores and not pair.point_is_within(ref, far, forward=forward, beside=tie)
        ]

    def unassessed(self, one: str, other: str) -> None:
        grouping = Grouping(self.graph, (one, other))
        for mine, theirs in ((one, other), (other, one)):
            for leaf in self.graph.leaves(mine):
                if grouping.best(leaf.ref, theirs).kin is Kin.NOT_ASSESSED:
                    against = self.graph.standard(theirs).designation
                    self.at(
                        leaf.ref,
                        f"nobody has assessed {self.graph.label(leaf.ref)} against {against}: no shared core point, no "
                        "relation, no reasoned none; state one in relations/",
                    )
