"""What only the whole library shows: contradictions, gaps nobody looked at, relations gone stale.

The door (`load`) refuses what is wrong in itself. Here every relation is held against the points and the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Set
from itertools import combinations

from imsmap.errors import Problem
from imsmap.library.editions import first_edition
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import AUDIT, Place
from imsmap.library.model import ASSESSED_AS, CARRIED, Kin, Relation, split_ref
from imsmap.library.relationships import EQUAL, SUBSET, SUPERSET
from imsmap.reasoning.groups import Grouping
from imsmap.reasoning.kinship import Kinship, Pair
from imsmap.reasoning.ties import Side, Tie


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
                if graph.by_clause(ref.partition(":")[0]):
                    for leaf in graph.leaves_under(ref):
                        digest.update(f"\n{leaf.ref}\t{leaf.title}".encode())
            for name, point in sorted(points, key=lambda entry: entry[0]):
                digest.update(f"\n{name}\t{point.text}\t{point.core}\t{point.adds}".encode())
    digest.update(f"\n{relation.predicate}".encode())
    return digest.hexdigest()[:12]


def is_suspect(graph: ClauseGraph, relation: Relation) -> bool:
    """Tell whether a side changed since a person last affirmed the relation, or nobody ever did."""
    return not relation.implied and relation.affirmed != fingerprint(graph, relation)


def find_problems(
    graph: ClauseGraph, places: Mapping[str, Place], newest: Set[str] = frozenset()
) -> tuple[Problem, ...]:
    """Find every problem between the values of the library, each with file and line.

    newest: ids of the relations that came last; what they contradict was there before, so that it is told at them.
    """
    found = _Finding(graph, places)
    found.newest = newest
    keys = [standard.key for standard in graph.standards]
    for relation in graph.library.relations:
        found.suspect(relation)
    ties: list[Tie] = []
    pairs: list[Pair] = []
    # Where nothing is stated the core alone speaks, which can't contradict itself.
    stated = {frozenset(pair) for pair in _stated(graph)}
    related = [key for key in keys if any(key in pair for pair in stated)]
    grouping = Grouping(graph, related)
    open_ = {frozenset(pair) for pair in unassessed_pairs(graph)}
    for one, other in combinations(keys, 2):
        if frozenset((one, other)) in stated:
            pair = Pair(graph, one, other)
            pairs.append(pair)
            ties.extend(pair.ties)
            found.told_twice(pair)
            found.contradictions(pair)
            found.overstatements(pair)
        if frozenset((one, other)) not in open_ and not Pair(graph, one, other).are_editions:
            found.unassessed(grouping if {one, other} <= set(related) else Grouping(graph, (one, other)), one, other)
    found.tell_contradictions()
    found.cycles(ties)
    found.clashes(pairs, related)
    if AUDIT in places:
        found.unasked(keys)
    return tuple(sorted(set(found.problems), key=lambda p: (p.path, p.line or 0, p.message)))


def unassessed_pairs(graph: ClauseGraph) -> tuple[tuple[str, str], ...]:
    """Give the pairs of standards of which no mapping set says that it looked at them as a whole.

    Two editions of one standard are: each point of the new one says where it comes from. So are other editions of two
    standards that were: what was stated of these is carried over to them, and what is missing then is to be found.
    """
    whole = {frozenset((one.subject, one.object)) for one in graph.library.sets if one.assessed == ASSESSED_AS[0]}
    before = {one.key: one.revises for one in graph.standards if one.revises}
    keys = [standard.key for standard in graph.standards]
    first = {key: first_edition(key, before) for key in keys}
    looked_at = {frozenset(first[key] for key in pair if key in first) for pair in whole}
    return tuple(
        (one, other)
        for one, other in combinations(keys, 2)
        if frozenset((one, other)) not in whole
        and first[one] != first[other]
        and not ({one, other} & before.keys() and frozenset((first[one], first[other])) in looked_at)
    )


def _stated(graph: ClauseGraph) -> set[tuple[str, str]]:
    """Give the pairs of standards between which anything is stated."""
    ends = ((relation.subject[0], relation.object[0]) for relation in graph.library.relations)
    return {(split_ref(subject)[0], split_ref(object_)[0]) for subject, object_ in ends}


def _by_point(relation: Relation, contained: Iterable[str]) -> bool:
    """Tell whether a relation names the points of some clauses one by one, so that nothing is left to be related."""
    clauses = set(contained)
    named = [ref for ref in (*relation.subject, *relation.object) if ref.partition("#")[0] in clauses]
    return bool(named) and all("#" in ref for ref in named)


class _Finding:
    def __init__(self, graph: ClauseGraph, places: Mapping[str, Place]) -> None:
        self.graph = graph
        self.places = places
        self.newest: Set[str] = frozenset()
        self.problems: list[Problem] = []
        self.told: list[set[str]] = []
        """The relations of each contradiction and cycle that is told already."""
        self.disputed: set[tuple[str, str]] = set()
        """Leaf clauses that contradict something, each with the other standard: somebody did look at them."""
        self.contradicting: dict[tuple[str, ...], list[tuple[int, str, str]]] = {}
        """By what contradicts itself: how much of it is carried over to other editions, where, and what to say."""

    def at(self, id_: str, message: str) -> None:
        place = self.places[id_]
        self.problems.append(Problem(place.shown, place.line, message))

    def suspect(self, relation: Relation) -> None:
        if not is_suspect(self.graph, relation):
            return
        name = relation.id.partition("#")[2]
        alike = sum(one.id.endswith(f"#{name}") and not one.implied for one in self.graph.library.relations)
        why = "nobody has affirmed it" if relation.affirmed is None else "a side changed since it was last affirmed"
        told = name if alike == 1 else relation.id
        self.at(relation.id, f"relation {name} is suspect: {why}; look again, then `imsmap affirm {told}`")

    def told_twice(self, pair: Pair) -> None:
        """Find pairs told twice: once from each side, or in other words (a heading, and all of its leaf clauses)."""
        seen: dict[tuple[Side, Side], Tie] = {}
        saying = {tie.relation.id for tie in pair.ties}
        for relation in self.graph.relations_between(pair.first, pair.second):
            if relation.id not in saying:
                self.at(
                    relation.id,
                    f"relation {relation.id.partition('#')[2]} names only clauses that state no requirements on one "
                    "side, so it says nothing; name clauses that do",
                )
        for tie in pair.ties:
            known = seen.setdefault((tie.subject, tie.object), tie)
            if known is tie:
                continue
            relation, other = tie.relation, known.relation
            turned = split_ref(relation.subject[0])[0] != split_ref(other.subject[0])[0]
            sets = [one.id.partition("#")[0] for one in (relation, other)]
            same = (set(relation.subject), set(relation.object)) == (set(other.subject), set(other.object))
            if not turned and same and sets[0] == sets[1]:
                continue  # the door told of it already
            if tie.mask == known.mask and sets[0] != sets[1]:
                continue  # two who agree; how sure each is, counts
            if other.id in self.newest and relation.id not in self.newest:
                relation, other = other, relation
            way = "the other way round" if turned else "in another set" if same else "in other words"
            if tie.mask == known.mask:
                words = "says the same"
            else:
                words = f"says {other.predicate}" + (", which is not the inverse" if turned else "")
            self.at(
                relation.id,
                f"{relation.predicate} here, while {other.id} ({self._where(other.id)}) tells the same pair {way} and "
                f"{words}; keep one",
            )

    def _where(self, id_: str) -> str:
        place = self.places[id_]
        return f"{place.shown}:{place.line}"

    def contradictions(self, pair: Pair) -> None:
        """Find leaf clauses, and then the unions that relations name, for which no relation is left."""
        clashing: set[str] = set()
        for one in self.graph.leaves(pair.first):
            near = pair.near(one.ref)
            for other in self.graph.leaves(pair.second):
                # Where nothing says that they share anything, nothing can contradict that.
                if other.ref not in near:
                    continue
                kinship = pair.leaf(one.ref, other.ref)
                if kinship.possible == 0:
                    self.disputed |= {(one.ref, pair.second), (other.ref, pair.first)}
                    ties = pair.ties_between((one.ref,), (other.ref,))
                    clashing |= {tie.relation.id for tie in ties}
                    at = ties[0].relation.id if ties else one.ref
                    self._contradiction(at, (self.graph.label(one.ref), self.graph.label(other.ref)), kinship, ties)
        for tie in pair.ties:
            if tie.relation.id in clashing or tie.subject.points or tie.object.points:
                continue
            kinship = pair.between(sorted(tie.subject.leaves), sorted(tie.object.leaves))
            if kinship.possible == 0:
                ties = pair.ties_between(tie.subject.leaves, tie.object.leaves)
                sides = (self._named(tie.relation.subject), self._named(tie.relation.object))
                self._contradiction(tie.relation.id, sides, kinship, ties)

    def _contradiction(self, at: str, sides: tuple[str, str], kinship: Kinship, ties: tuple[Tie, ...]) -> None:
        self.told.append({tie.relation.id for tie in ties})
        at = next((tie.relation.id for tie in ties if tie.relation.id in self.newest), at)
        names = sorted((_name(tie.relation), self._where(tie.relation.id)) for tie in ties)
        ways = [f"{_name(tie.relation)} ({_said(tie.relation)})" for tie in ties]
        if kinship.shared:
            points = "the shared core point" + ("s" if len(kinship.shared) > 1 else "")
            ways.insert(0, f"{points} {', '.join(kinship.shared)}")
        text = f"contradiction between {sides[0]} and {sides[1]}: {' and '.join(ways)} leave no relation possible"
        what = (*kinship.shared, *(f"{name} {where}" for name, where in names)) if ties else (text,)
        carried = sum(tie.relation.justification == CARRIED for tie in ties)
        self.contradicting.setdefault(what, []).append((carried, at, text))

    def tell_contradictions(self) -> None:
        """Tell each contradiction once: it comes back wherever its relations are carried over to other editions."""
        for found in self.contradicting.values():
            own = [one for one in found if not one[0]] or [min(found)]
            for _, at, text in own:
                others = len(found) - len(own)
                more = f", nor in {others} more pair{'s' * (others > 1)} of editions to which they are carried over"
                self.at(at, f"{text}{more if others else ''}; correct one of them")

    def _named(self, refs: Iterable[str]) -> str:
        return " and ".join(self.graph.label(ref) for ref in refs)

    def clashes(self, pairs: Iterable[Pair], keys: Iterable[str]) -> None:
        """Find what contradicts itself only through third clauses or standards, with both ways named."""
        from imsmap.reasoning.closure import Closure  # who only asks what is suspect starts faster without it

        closure = Closure(self.graph, pairs, keys=keys)
        for clash in closure.contradictions:
            ids = [relation.id for relation in clash.relations]
            if any(set(ids) <= told for told in self.told):
                continue
            ways = [" ".join(closure.words(premise) for premise in way) for way in (clash.one, clash.other)]
            first = min(ids, key=lambda id_: (self.places[id_].shown, self.places[id_].line)) if ids else clash.subject
            sides = (closure.label(clash.subject), closure.label(clash.object))
            places = ", ".join(f"{id_} ({self._where(id_)})" for id_ in ids)
            self.at(
                first,
                f"contradiction between {sides[0]} and {sides[1]}. One way: {ways[0]} The other way: {ways[1]} Correct "
                f"one of {places or 'the points'}",
            )

    def cycles(self, ties: Iterable[Tie]) -> None:
        """Find chains of subset-of that lead back to where they began: something would be smaller than itself."""
        for cycle in find_cycles(ties):
            self.told.append({relation.id for relation in cycle})
            first = min(cycle, key=lambda r: (self.places[r.id].shown, self.places[r.id].line))
            names = [f"{relation.id} ({self._where(relation.id)})" for relation in cycle]
            self.at(
                first.id,
                f"a cycle of subset-of: {' then '.join(names)} lead back to where they began, so that something would "
                "be smaller than itself; correct one of them",
            )

    def overstatements(self, pair: Pair) -> None:
        """Find relations that claim containment where the points show more on the contained side."""
        for tie in pair.ties:
            for contained, far, forward, bits in (
                (tie.subject.leaves, tie.object, True, EQUAL | SUBSET),
                (tie.object.leaves, tie.subject, False, EQUAL | SUPERSET),
            ):
                if tie.relation.implied or tie.mask & ~bits or not contained or far.points:
                    continue
                if _by_point(tie.relation, contained):
                    continue
                more = self._more(pair, tie, contained, far.leaves, forward)
                if more:
                    self.at(
                        tie.relation.id,
                        f"relation {tie.relation.id.partition('#')[2]} says {tie.relation.predicate}, but "
                        f"{', '.join(more[:4])}{' and others' if len(more) > 4 else ''} "
                        f"{'has' if len(more) == 1 else 'have'} no counterpart on the other side; weaken the "
                        "relation or relate these points",
                    )

    def _more(self, pair: Pair, tie: Tie, contained: frozenset[str], far: frozenset[str], forward: bool) -> list[str]:
        cores = self.graph.core_ids(far)
        return [
            ref
            for ref, point in self.graph.points(sorted(contained))
            if point.core not in cores and not pair.point_is_within(ref, far, forward=forward, beside=tie)
        ]

    def unasked(self, keys: list[str]) -> None:
        """Find groups that hold a leaf clause and have no audit question."""
        asked = {question.group for question in self.graph.library.audit_questions}
        lacking: dict[str, list[str]] = {}
        refs: dict[str, str] = {}
        own = {topic.id for standard in self.graph.standards for topic in standard.topics}
        for ref, group in Grouping(self.graph, keys).home.items():
            # Of what is held by its clauses nobody can ask whether it is met: what it asks for is not listed.
            if group not in asked and not self.graph.by_clause(ref.partition(":")[0]):
                refs.setdefault(group, ref)
                lacking.setdefault(group, []).append(self.graph.label(ref))
        for group, labels in lacking.items():
            more = f" and {len(labels) - 1} more" if len(labels) > 1 else ""
            # What only a standard's own file knows is also asked there.
            self.at(
                refs[group] if group in own else AUDIT,
                f"group {group} ({labels[0]}{more}) has no audit question; add one",
            )

    def unassessed(self, grouping: Grouping, one: str, other: str) -> None:
        """Find leaf clauses of which nobody said anything, in a pair of standards that is assessed."""
        for mine, theirs in ((one, other), (other, one)):
            for leaf in self.graph.leaves(mine):
                if (leaf.ref, theirs) in self.disputed:
                    continue
                # What follows through others takes long to find, and is asked for only where nothing else is known.
                if all(grouping.best(leaf.ref, theirs, derived=way).kin is Kin.NOT_ASSESSED for way in (False, True)):
                    against = self.graph.standard(theirs).designation
                    self.at(
                        leaf.ref,
                        f"nobody has assessed {self.graph.label(leaf.ref)} against {against}: no shared core point, no "
                        "relation, no reasoned none; state one in relations/",
                    )


def _name(relation: Relation) -> str:
    return relation.id.partition("#")[2]


def _said(relation: Relation) -> str:
    """Give a relation as it is written, with the very points that it names."""
    sides = (" and ".join(ref.partition(":")[2] or "*" for ref in refs) for refs in (relation.subject, relation.object))
    return f" {relation.predicate} ".join(sides)


def find_cycles(ties: Iterable[Tie]) -> tuple[tuple[Relation, ...], ...]:
    """Find cycles of subset-of, also through equal sides and through parts of one standard; each is told once."""
    above: dict[Side, list[tuple[Side, Relation | None]]] = {}
    strict: list[tuple[Side, Side, Relation]] = []
    for tie in ties:
        above.setdefault(tie.subject, [])
        above.setdefault(tie.object, [])
        if not tie.mask & ~(EQUAL | SUBSET):
            above[tie.subject].append((tie.object, tie.relation))
        if not tie.mask & ~(EQUAL | SUPERSET):
            above[tie.object].append((tie.subject, tie.relation))
        if tie.mask == SUBSET:
            strict.append((tie.subject, tie.object, tie.relation))
        elif tie.mask == SUPERSET:
            strict.append((tie.object, tie.subject, tie.relation))
    _add_parts(above)
    found: list[tuple[Relation, ...]] = []
    told: set[str] = set()
    # Only what leads somewhere and is led to can lie on a cycle; cutting the rest keeps large mappings fast.
    alive = _on_cycles(above)
    for inner, outer, relation in strict:
        if relation.id in told or inner not in alive or outer not in alive:
            continue
        back = _way(above, outer, inner, alive)
        if back is not None:
            cycle = (relation, *back)
            told |= {part.id for part in cycle}
            found.append(tuple({part.id: part for part in cycle}.values()))
    return tuple(found)


def _add_parts(above: dict[Side, list[tuple[Side, Relation | None]]]) -> None:
    """Add that a side lies within every other side that holds all of its clauses and points."""
    holding: dict[str, list[Side]] = {}
    for side in above:
        for leaf in side.touched:
            holding.setdefault(leaf, []).append(side)
    for side, edges in above.items():
        if not side.touched:
            continue
        rarest = min(side.touched, key=lambda leaf: len(holding[leaf]))
        for other in holding[rarest]:
            loose = {ref for ref in side.points if ref.partition("#")[0] not in other.leaves}
            if other != side and side.leaves <= other.leaves and loose <= other.points:
                edges.append((other, None))


def _on_cycles(above: Mapping[Side, list[tuple[Side, Relation | None]]]) -> set[Side]:
    """Cut off, again and again, what no edge leads to or from."""
    alive = set(above)
    while True:
        reached = {other for side in alive for other, _ in above[side] if other in alive}
        kept = {side for side in alive & reached if any(other in alive for other, _ in above[side])}
        if kept == alive:
            return alive
        alive = kept


def _way(
    above: Mapping[Side, list[tuple[Side, Relation | None]]], start: Side, end: Side, alive: set[Side]
) -> tuple[Relation, ...] | None:
    """Find the shortest way up from one side to another, as the relations along it."""
    came: dict[Side, tuple[Side, Relation | None]] = {}
    waiting = [start]
    for side in waiting:
        if side == end:
            break
        for other, relation in above[side]:
            if other in alive and other not in came and other != start:
                came[other] = (side, relation)
                waiting.append(other)
    if end not in came:
        return None
    way: list[Relation] = []
    while end != start:
        end, relation = came[end]
        if relation is not None:
            way.append(relation)
    return tuple(reversed(way))
