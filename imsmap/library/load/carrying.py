"""What is stated of one edition of a standard holds of another as far as points of the one come from the other's.

Each point of a new edition equals, holds or lies within points of the old. So a set of points has an image in the
other edition: one that equals it, lies within it, or holds it. That there is nothing between two sets holds of what
lies within them; that something is a subset holds of what lies within it against what holds the larger; an overlap is
carried over between equals alone. What can't be carried over is to be stated anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from imsmap.library.model import CARRIED, Relation, Standard, split_ref
from imsmap.values import frozen

_Image = tuple[frozenset[str], float]
"""Points of another edition, and how sure it is that they stand to those asked about as asked."""


@frozen
class Link:
    """Some points of one edition and those of another that come from them, or the other way round.

    within: the far side asks for no more than the near one. holds: it asks for no less. Both: they are equal.
    """

    near: frozenset[str]
    far: frozenset[str]
    within: bool
    holds: bool
    confidence: float

    @property
    def turned(self) -> Link:
        """Give it as seen from the other side."""
        return Link(self.far, self.near, self.holds, self.within, self.confidence)


def links(new: Standard, old: Standard) -> tuple[Link, ...]:
    """Give how the points of an edition stand to those of the one before, seen from the old one."""
    taken_up = Counter(origin.id for clause in new.clauses for point in clause.points for origin in point.from_)
    found: list[Link] = []
    parts: dict[str, list[tuple[str, float]]] = {}
    for clause in new.clauses:
        for point in clause.points:
            hows = {origin.how for origin in point.from_}
            if not hows or {"widened", "narrowed"} <= hows:
                continue
            far, near = frozenset({clause.point_ref(point)}), frozenset(f"{old.key}:{o.id}" for o in point.from_)
            # An own point that several come from, each clarifying it, is told in parts, which together are the whole.
            part = point.core is None and any(o.how == "clarified" and taken_up[o.id] > 1 for o in point.from_)
            if part and len(point.from_) == 1 and not hows & {"widened", "narrowed"}:
                parts.setdefault(point.from_[0].id, []).append((clause.point_ref(point), point.confidence))
            widened, narrowed = "widened" in hows, "narrowed" in hows or part
            if not (widened and narrowed):
                found.append(Link(near, far, not widened, not narrowed, point.confidence))
    for id_, told in parts.items():
        if len(told) == taken_up[id_]:
            far = frozenset(ref for ref, _ in told)
            found.append(Link(frozenset({f"{old.key}:{id_}"}), far, True, True, min(sure for _, sure in told)))
    return tuple(found)


class Edition:
    """The points of a standard by the references that relations use."""

    def __init__(self, standard: Standard) -> None:
        """Look at a standard."""
        self.key = standard.key
        self.designation = standard.designation
        self.confidence = standard.confidence
        above = {clause.number: clause.above for clause in standard.clauses}
        under: dict[str, list[str]] = {clause.number: [] for clause in standard.clauses}
        for clause in standard.clauses:
            number: str | None = clause.number
            line: list[str] = []
            while number is not None and number in under and number not in line:
                under[number] += [clause.point_ref(point) for point in clause.points]
                line.append(number)
                number = above[number]
        named = ((f"{standard.key}:{number}", frozenset(refs)) for number, refs in under.items())
        self._several = [(ref, inside) for ref, inside in named if len(inside) > 1]
        self._listed = [ref for number, refs in under.items() if above[number] not in under for ref in refs]
        self.whole = frozenset(self._listed)
        self.by_ref = {f"{standard.key}:": self.whole} | {ref: frozenset({ref}) for ref in self._listed}
        self.by_ref |= {f"{standard.key}:{number}": frozenset(refs) for number, refs in under.items()}
        self._points: dict[tuple[str, ...], frozenset[str]] = {}

    def points(self, refs: tuple[str, ...]) -> frozenset[str]:
        """Give the points that some references mean together."""
        found = self._points.get(refs)
        if found is None:
            found = self._points[refs] = frozenset().union(*(self.by_ref[ref] for ref in refs))
        return found

    def named(self, points: frozenset[str]) -> tuple[str, ...]:
        """Give the shortest references for a set of points: the clauses, highest first, that lie in it wholly."""
        if points == self.whole:
            return (f"{self.key}:",)
        left, found = set(points), []
        for ref, inside in self._several:
            if inside <= left:
                found.append(ref)
                left -= inside
        return (*found, *(ref for ref in self._listed if ref in left))


class _Looked(dict[str, Edition]):
    """Standards by their keys, each looked at where it is asked for: of most nothing is carried over."""

    def __init__(self, standards: Mapping[str, Standard]) -> None:
        super().__init__()
        self._standards = standards

    def __missing__(self, key: str) -> Edition:
        self[key] = Edition(self._standards[key])
        return self[key]


class Editions:
    """How sets of points stand to those of other editions of their standard, by way of all editions between."""

    def __init__(self, standards: Sequence[Standard]) -> None:
        """Look at standards of which some may revise others."""
        held = {standard.key: standard for standard in standards}
        self.of = _Looked(held)
        self.newer = frozenset(one.key for one in standards if one.revises in held)
        self._steps: dict[str, dict[str, tuple[Link, ...]]] = {key: {} for key in held}
        self._ways: dict[str, dict[str, tuple[tuple[Link, ...], ...]]] = {}
        self._sides: dict[tuple[tuple[str, ...], str, bool, bool], tuple[tuple[str, ...], float] | None] = {}
        for one in standards:
            if one.revises in held:
                forward = links(one, held[one.revises])
                self._steps[one.revises][one.key] = forward
                self._steps[one.key][one.revises] = tuple(link.turned for link in forward)

    def ways(self, key: str) -> dict[str, tuple[tuple[Link, ...], ...]]:
        """Give for each edition of a standard the steps to it; to itself there are none."""
        if key in self._ways:
            return self._ways[key]
        found: dict[str, tuple[tuple[Link, ...], ...]] = {key: ()}
        self._ways[key] = found
        waiting = [key]
        for one in waiting:
            for other, step in self._steps.get(one, {}).items():
                if other not in found:
                    found[other] = (*found[one], step)
                    waiting.append(other)
        return found

    def side(
        self, refs: tuple[str, ...], key: str, steps: Sequence[Sequence[Link]], *, within: bool, holds: bool
    ) -> tuple[tuple[str, ...], float] | None:
        """Give the references of another edition that some stand for, and how surely; nothing if that is not known."""
        name = (refs, key, within, holds)
        if name not in self._sides:
            old, new = self.of[_key(refs)], self.of[key]
            points = old.points(refs)
            found = image(points, steps, within=within, holds=holds) if points else None
            # That there is nothing in a whole standard does not rest on any one of its points.
            sure = new.confidence if points == old.whole else 1.0 if found is None else found[1]
            self._sides[name] = None if found is None else (new.named(found[0]), sure)
        return self._sides[name]


def image(points: frozenset[str], steps: Iterable[Sequence[Link]], *, within: bool, holds: bool) -> _Image | None:
    """Give what lies within some points, holds them, or (both) equals them, by steps from edition to edition."""
    sure = 1.0
    for step in steps:
        used = [
            link
            for link in step
            if (link.within or not within)
            and (link.holds or not holds)
            and (link.near <= points if within else link.near & points)
        ]
        reached = frozenset().union(*(link.near for link in used)) if used else frozenset[str]()
        if not used or (holds and not points <= reached):
            return None
        points = frozenset().union(*(link.far for link in used))
        sure = min(sure, *(link.confidence for link in used))
    return points, sure


_AS = {
    "equal-to": ((True, True), (True, True)),
    "intersects-with": ((True, True), (True, True)),
    "subset-of": ((True, False), (False, True)),
    "superset-of": ((False, True), (True, False)),
    "no-relationship": ((True, False), (True, False)),
}
"""For each predicate, what the images of subject and object have to be: within, holding."""


def carried(standards: Sequence[Standard], relations: Sequence[Relation]) -> tuple[Relation, ...]:
    """Carry over what people stated of some editions to the others.

    Nothing is carried to two editions of which neither revises another: what is known of them does not depend on
    whether newer ones are looked at. What is stated under the same name of the very two editions stands in its place.
    """
    known = Editions(standards)
    if not known.newer:
        return ()
    names = {(_key(one.subject), _key(one.object), _name(one)) for one in relations}
    found: dict[str, Relation] = {}
    # What is stated of newer editions under the same name comes first: it takes the place of what was said before.
    newest = sorted(relations, key=lambda one: (-len({_key(one.subject), _key(one.object)} & known.newer), one.id))
    for relation in newest:
        subject, object_ = _key(relation.subject), _key(relation.object)
        if relation.implied or relation.predicate not in _AS or object_ in known.ways(subject):
            continue
        for one, there in known.ways(subject).items():
            for other, far in known.ways(object_).items():
                new = {one, other} & known.newer
                if (
                    not (there or far)
                    or not new
                    or {(one, other, _name(relation)), (other, one, _name(relation))} & names
                ):
                    continue
                moved = _moved(relation, known, (one, there), (other, far))
                if moved is not None and moved.id not in found:
                    found[moved.id] = moved
    return tuple(_closed(known, relations, list(found.values())))


def _name(relation: Relation) -> str:
    return relation.id.partition("#")[2]


def _moved(
    relation: Relation,
    known: Editions,
    subject: tuple[str, tuple[tuple[Link, ...], ...]],
    object_: tuple[str, tuple[tuple[Link, ...], ...]],
) -> Relation | None:
    """Give a relation as it holds of two other editions; nothing if it does not follow."""
    sides = []
    sure = relation.confidence
    for refs, (key, steps), (within, holds) in zip(
        (relation.subject, relation.object), (subject, object_), _AS[relation.predicate], strict=True
    ):
        if not steps:
            sides.append(refs)
            continue
        found = known.side(refs, key, steps, within=within, holds=holds)
        if found is None:
            return None
        sure = min(sure, found[1])
        sides.append(found[0])
    told = " and ".join(known.of[_key(refs)].designation for refs in (relation.subject, relation.object))
    return evolve(
        relation,
        id=f"{subject[0]}_{object_[0]}#{_name(relation)}",
        subject=sides[0],
        object=sides[1],
        justification=CARRIED,
        confidence=sure,
        source=f"Carried over from {told}, whose numbers the reasons name. {relation.source}",
        affirmed=None,
    )


def _closed(known: Editions, stated: Sequence[Relation], moved: Sequence[Relation]) -> Iterator[Relation]:
    """Give what was carried over; where the rest of a standard is stated to have nothing either, name it as a whole."""
    named = {_name(one) for one in stated if any(refs[0].endswith(":") for refs in (one.subject, one.object))}
    apart = _Apart(known, [one for one in (*stated, *moved) if one.predicate == "no-relationship"])
    for relation in moved:
        none = relation.predicate == "no-relationship" and _name(relation) in named
        yield apart.completed(relation) if none else relation


class _Apart:
    """Which points have nothing in common with those of an edition that come from no other edition, and how surely."""

    def __init__(self, known: Editions, relations: Iterable[Relation]) -> None:
        self._known = known
        self._own: dict[str, frozenset[str]] = {}
        self._of: dict[tuple[str, str], list[tuple[tuple[str, ...], tuple[str, ...], float]]] = {}
        for relation in sorted(relations, key=lambda one: -one.confidence):
            for near, far in ((relation.subject, relation.object), (relation.object, relation.subject)):
                self._of.setdefault((_key(near), _key(far)), []).append((near, far, relation.confidence))
        self._between: dict[tuple[str, str], list[tuple[frozenset[str], frozenset[str], float]]] = {}

    def _uncarried(self, key: str) -> frozenset[str]:
        """Give the points of an edition that lie within nothing of another."""
        if key in self._own:
            return self._own[key]
        points = self._known.of[key].whole
        for other, steps in self._known.ways(key).items():
            found = image(self._known.of[other].whole, self._known.ways(other)[key], within=True, holds=False)
            if steps and found is not None:
                points -= found[0]
        self._own[key] = points
        return points

    def completed(self, relation: Relation) -> Relation:
        """Let a relation speak of the whole of a standard, where it and others together do."""
        sides = (relation.subject, relation.object)
        for near, far in (sides, sides[::-1]):
            theirs = self._known.of[_key(far)]
            rest = theirs.whole - theirs.points(far)
            if not rest or not rest <= self._uncarried(theirs.key):
                continue
            mine = self._known.of[_key(near)].points(near)
            sure = self._surest(mine, rest, (_key(near), theirs.key))
            if sure is not None:
                whole = (f"{theirs.key}:",)
                subject, object_ = (whole, near) if far is relation.subject else (near, whole)
                return evolve(relation, subject=subject, object=object_, confidence=min(sure, relation.confidence))
        return relation

    def _surest(self, near: frozenset[str], far: frozenset[str], keys: tuple[str, str]) -> float | None:
        """Tell how sure it is that some points have nothing in common with others; nothing if that is not known."""
        if keys not in self._between:
            mine, theirs = (self._known.of[key] for key in keys)
            self._between[keys] = [(mine.points(a), theirs.points(b), sure) for a, b, sure in self._of.get(keys, ())]
        least = 1.0
        speaking = [one for one in self._between[keys] if not one[1].isdisjoint(far)]
        for one in far:
            left = near
            # The surest come first: each point counts by the first that speaks of it.
            for said, of, sure in speaking:
                if one in of and not left.isdisjoint(said):
                    left, least = left - said, min(least, sure)
            if left:
                return None
        return least


def _key(refs: Sequence[str]) -> str:
    return split_ref(refs[0])[0]
