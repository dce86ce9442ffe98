"""Points that a person stated to ask for the same, apart from the discipline: what is made once for all of them."""

from __future__ import annotations

from imsmap.library.model import split_ref
from imsmap.library.relationships import EQUAL, PREDICATES
from imsmap.reasoning.groups import Grouping


def equal_points(grouping: Grouping) -> dict[str, str]:
    """Name for each point that is stated to equal others the first of them, in the order of the standards."""
    groups: dict[str, list[str]] = {}
    for one, other in grouping.pairs:
        for relation in grouping.graph.relations_between(one, other):
            ends = (*relation.subject, *relation.object)
            if PREDICATES[relation.predicate] != EQUAL or len(ends) != 2 or not all("#" in end for end in ends):
                continue
            joined = list(dict.fromkeys(ref for end in ends for ref in groups.get(end, [end])))
            for ref in joined:
                groups[ref] = joined
    rank = {key: place for place, key in enumerate(grouping.keys)}
    return {ref: min(refs, key=lambda r: (rank[split_ref(r)[0]], r)) for ref, refs in groups.items()}
