"""What ties one edition of a standard to the next: successors with their dates, and where a point comes from."""

# Annotations are values here, no texts: whoever reads the library asks for each, and need not compile it first.

from collections.abc import Mapping

from imsmap.values import frozen

SURE = 0.9
"""A date of less confidence is reported: no document of those who decide it was read."""

HOWS = ("same", "reworded", "clarified", "widened", "narrowed")
"""How a point of a new edition comes from one of the old: what is asked is the same up to `clarified`."""


@frozen
class Origin:
    """The point of the edition before that a point comes from (`4.1#issues`), and how."""

    id: str
    how: str = HOWS[0]


@frozen
class OtherDate:
    """Another day that somebody tells of a milestone, and why it is not the one that is taken."""

    date: str
    confidence: float
    source: str
    why: str = ""


@frozen
class Milestone:
    """A day of the transition to a new edition."""

    date: str
    confidence: float
    source: str
    others: tuple[OtherDate, ...] = ()
    """Other days that are told of it, less sure."""

    @property
    def is_reported(self) -> bool:
        """Tell whether it is hearsay."""
        return self.confidence < SURE


@frozen
class Successor:
    """The edition that replaces this one, whether or not the library holds it."""

    designation: str
    published: str
    confidence: float
    source: str
    last_certificates: Milestone | None = None
    """Until when certificates to this edition are issued."""
    transition_ends: Milestone | None = None
    """Until when certificates to this edition count."""


def first_edition(key: str, before: Mapping[str, str]) -> str:
    """Give the first of the editions that lead to one; where they lead back to it, any that stands for all of them."""
    seen = [key]
    while (older := before.get(seen[-1], "")) and older not in seen:
        seen.append(older)
    return seen[-1] if not older else min(seen)
