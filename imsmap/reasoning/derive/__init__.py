"""What follows from stated and computed relations: algebraic closure, with the premises of each conclusion.

A mask says one or more of three things about an ordered pair: A lies within B or not, B within A or not, A and B
share something or not. The 14 masks that are conjunctions of these (every single relation, "share something", all that
the core leaves open) are closed under inverse, intersection and composition, and composition distributes over
intersection there. So the algebraic closure needs no triangle of pairs: whatever follows about A and C follows along a
path of constraints from A to C, of one of these forms (⊆ and ⊇ any number of times, also none):

    A ⊆ ... ⊆ C                                      A lies within C
    A ⊇ ... ⊇ (shares with, or nothing) ⊆ ... ⊆ C    they share something
    A ⊆ ... ⊆ apart from ⊇ ... ⊇ C                   they share nothing
    A ⊇ ... ⊇ not within ⊇ ... ⊇ C                   A does not lie within C
    (shares with, as above) apart from ⊇ ... ⊇ C     A does not lie within C

Complete: for constraints of these 14 masks the answers are those of the full path-consistency closure (a test compares
them). Left out: from any other mask ("equal or nothing in common", which neither a person nor the core states) the
parts above are used along paths, and the whole mask only for its own pair; and that a union lies within whatever all
its members lie within. Leaving out misses conclusions and never makes a false one.

Kept in memory: within (transitive) and share something, each pair with its confidence. Computed when asked: apart, not
within, and the paths. Constraints come in from the surest to the least sure, and a pair keeps the confidence at which
it first follows: the best over all ways of the weakest link of each.
"""

from __future__ import annotations

from collections.abc import Iterable

from imsmap.reasoning.derive.derivation import Derivation
from imsmap.reasoning.derive.values import Conclusion, Constraint, Contradiction, Way

__all__ = ["Conclusion", "Constraint", "Contradiction", "Derivation", "Way", "derive"]


def derive(constraints: Iterable[Constraint]) -> Derivation:
    """Close a set of constraints under composition and intersection; their order does not matter."""
    return Derivation(constraints)
