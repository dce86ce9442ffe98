"""What standards ask for, as far as the meaning of a client's answers depends on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from imsmap.register.questions import CONTROL, MAIN, TOPIC, Questions, place_of, questions
from imsmap.values import frozen

if TYPE_CHECKING:
    from imsmap.reasoning.groups import Grouping


@frozen
class Leaf:
    """A leaf clause of a standard, with its points by id, and the main clause that it lies in (reference).

    Of a standard held at clause level none are asked for: what is beyond its core points is not listed, and who
    answered those alone would seem to have answered all.
    """

    ref: str
    points: tuple[str, ...]
    main: str


@frozen
class Asked:
    """What standards ask for: their leaf clauses in order, their questions, and the points that may be left out.

    headings: the rows above each point, the nearest first: its control in the Statement of Applicability, and on
    Requirements those of its standard, topic, main clause. controls: the leaf clauses that are controls, in order.
    """

    leaves: tuple[Leaf, ...]
    questions: Questions
    may_be_left_out: frozenset[str]
    headings: Mapping[str, tuple[str, ...]]
    controls: tuple[str, ...] = ()
    obligations: tuple[str, ...] = ()
    """The leaf clauses that are obligations of a legal register, in order."""


def asked(grouping: Grouping) -> Asked:
    """Gather what the standards of a grouping ask for, as far as the meaning of answers depends on it."""
    graph = grouping.graph
    leaves = tuple(
        Leaf(
            leaf.ref,
            () if graph.by_clause(key) else tuple(ref for ref, _ in graph.points((leaf.ref,))),
            f"{key}:{graph.main_clause(leaf.ref)}",
        )
        for key in grouping.keys
        for leaf in graph.leaves(key)
    )
    points = [point for leaf in leaves for point in leaf.points]
    every = questions(grouping)
    controls = tuple(leaf.ref for leaf in leaves if graph.clause(leaf.ref).is_control)
    obligations = tuple(leaf.ref for leaf in leaves if graph.clause(leaf.ref).obligation is not None)
    allowed = frozenset(filter(graph.may_be_not_applicable, points))
    return Asked(leaves, every, allowed, _headings(grouping, every), controls, obligations)


def _headings(grouping: Grouping, every: Questions) -> Mapping[str, tuple[str, ...]]:
    groups = {group.id: group for group in grouping.groups}
    found = {}
    for question in every:
        topic, main = place_of(question, grouping.graph, groups)
        for verdict in question.verdicts:
            above = [f"{CONTROL}{verdict.clause}"] if grouping.graph.clause(verdict.clause).is_control else []
            heading = grouping.graph.parent(verdict.clause)
            while heading is not None:
                above.append(heading.ref)
                heading = grouping.graph.parent(heading.ref)
            found[verdict.point] = (*above, f"{TOPIC}{topic}", f"{MAIN}{main}")
    return found
