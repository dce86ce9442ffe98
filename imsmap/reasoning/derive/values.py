"""What derivation takes and gives, as plain values."""

from __future__ import annotations

from typing import NamedTuple

from imsmap.library.relationships import claim_of


class Constraint(NamedTuple):
    """What one premise leaves possible between two sets; `premise` names it, `confidence` is how sure it is.

    Sets are named `standard:what`; a union takes part through constraints that put its members within it.
    """

    subject: str
    object: str
    mask: int
    premise: str
    confidence: float


class Conclusion(NamedTuple):
    """What is possible between two sets after derivation, as sure as its weakest link; unsure of nothing: None."""

    subject: str
    object: str
    possible: int
    confidence: float | None

    @property
    def claim(self) -> str:
        """Say what may be claimed: 'proved', 'share something', 'unknown' or 'contradiction'."""
        return claim_of(self.possible)


class Way(NamedTuple):
    """One thing that follows, and the path of constraints along which it does, from subject to object."""

    says: int
    steps: tuple[Constraint, ...]

    @property
    def premises(self) -> tuple[str, ...]:
        """The premises on this path, each once, in the order of the path."""
        return tuple(dict.fromkeys(step.premise for step in self.steps))


class Contradiction(NamedTuple):
    """Two sets of which one way says what the other way rules out."""

    subject: str
    object: str
    one: Way
    other: Way

    @property
    def premises(self) -> frozenset[str]:
        """Every premise of both ways; at least one of them is wrong."""
        return frozenset(self.one.premises + self.other.premises)
