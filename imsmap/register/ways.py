"""The way from one edition of a standard to another: where each point and each clause goes, forth or back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import split_ref
from imsmap.values import frozen

_BACK = {"widened": "narrowed", "narrowed": "widened"}
"""How a point stands to one that came from it, where that is not how the other came."""


@frozen
class Target:
    """A point to which another goes, and how it stands to that one: same, reworded, clarified, widened or narrowed."""

    point: str
    how: str


@frozen
class Way:
    """Where the points and clauses of one edition go in another, by full reference.

    old, new: their keys; of several lists brought anew, those of all of them behind each other, with a blank between.
    name: what the old edition is called. targets: of every old point; none where it is withdrawn. clauses: of every old
    clause. places: each old point and clause as people cite it. texts: what an old point asks for.
    """

    old: str
    new: str
    name: str
    targets: Mapping[str, tuple[Target, ...]] = field(repr=False)
    clauses: Mapping[str, tuple[str, ...]] = field(repr=False)
    places: Mapping[str, str] = field(repr=False)
    texts: Mapping[str, str] = field(repr=False)


def together(ways: Sequence[Way]) -> Way:
    """Give the way of several standards that were brought anew at once, each as itself."""
    keys = " ".join(one.new for one in ways)
    targets, clauses, places, texts = (
        {ref: went for one in ways for ref, went in getattr(one, name).items()}
        for name in ("targets", "clauses", "places", "texts")
    )
    return Way(keys, keys, " and ".join(one.name for one in ways), targets, clauses, places, texts)


def way(graph: ClauseGraph, old: str, new: str) -> Way | None:
    """Find the way between two editions, of which one revises the other; nothing if none does."""
    one, other = graph.standard(old), graph.standard(new)
    if other.revises != old and one.revises != new:
        return None
    targets: dict[str, list[Target]] = {ref: [] for leaf in graph.leaves(old) for ref, _ in graph.points((leaf.ref,))}
    later, earlier = (new, old) if other.revises == old else (old, new)
    for leaf in graph.leaves(later):
        for ref, point in graph.points((leaf.ref,)):
            for origin in point.from_:
                source = f"{earlier}:{origin.id}"
                if later == new:
                    targets[source].append(Target(ref, origin.how))
                else:
                    targets[ref].append(Target(source, _BACK.get(origin.how, origin.how)))
    return Way(
        old,
        new,
        one.designation,
        {ref: tuple(found) for ref, found in targets.items()},
        {clause.ref: _clauses(graph, clause.ref, new, targets) for clause in graph.clauses(old)},
        {
            ref: f"{one.designation}, {clause.number}"
            for clause in graph.clauses(old)
            for ref in (clause.ref, *(ref for ref, _ in graph.points((clause.ref,))))
        },
        {ref: point.text for leaf in graph.leaves(old) for ref, point in graph.points((leaf.ref,))},
    )


def _clauses(graph: ClauseGraph, ref: str, new: str, targets: Mapping[str, list[Target]]) -> tuple[str, ...]:
    """Give the clauses to which one goes: those that hold its points; a heading to the one of its number, if any."""
    same = f"{new}:{split_ref(ref)[1]}"
    if not graph.is_leaf(ref) and graph.has_clause(same) and not graph.is_leaf(same):
        return (same,)
    points = [point for leaf in graph.leaves_under(ref) for point, _ in graph.points((leaf.ref,))]
    went = {target.point.partition("#")[0] for point in points for target in targets[point]}
    if not points and graph.has_clause(same):
        return (same,)
    return graph.in_order(went)
