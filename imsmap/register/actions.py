"""What is done about a gap, as a project's answers say it."""

from __future__ import annotations

import datetime

from imsmap.values import frozen


@frozen
class Action:
    """What is done about a gap: whose it is, due on which day if a date is given, and whether that day is over.

    row: where it stands on Actions; point: what it is about, nothing for an action of people's own. last: the last day
    that its date may mean; where every reading is over it is late, though nobody knows since when.
    """

    row: str
    point: str
    text: str
    owner: str
    severity: str
    due: datetime.date | None
    is_open: bool
    is_overdue: bool
    last: datetime.date | None = None

    @property
    def by(self) -> datetime.date | None:
        """The day it is due; of one that is late however its date is read, the last that this may mean."""
        return self.last if self.due is None and self.is_overdue else self.due
