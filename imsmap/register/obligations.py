"""What the legal register says of obligations: how and by whom each is evaluated, when last, and when next."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from imsmap.reasoning.shares import Count
from imsmap.values import frozen

OBLIGATIONS = "obligations"


@frozen
class ObligationState:
    """How an obligation stands: whether it applies, and its evaluations; overdue: the next one should have been.

    last: the last day that the date of the next one may mean.
    """

    ref: str
    in_scope: bool
    how: str
    owner: str
    evaluated: datetime.date | None
    next: datetime.date | None
    is_overdue: bool
    last: datetime.date | None = None

    @property
    def is_unplanned(self) -> bool:
        """Tell whether it applies and no date says when it is evaluated next, or that this is late."""
        return self.in_scope and self.next is None and not self.is_overdue


Obligations = Mapping[str, ObligationState]


def late(obligations: Obligations) -> Count:
    """Count the obligations whose evaluation is overdue, of those that apply."""
    applying = [one for one in obligations.values() if one.in_scope]
    return Count(sum(one.is_overdue for one in applying), len(applying))


def unplanned(obligations: Obligations) -> Count:
    """Count the obligations of which no date says when they are evaluated next, of those that apply."""
    applying = [one for one in obligations.values() if one.in_scope]
    return Count(sum(one.is_unplanned for one in applying), len(applying))
