"""The answer to how a project stands, as values; every figure is taken from its state."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from imsmap.agenda import Agenda
from imsmap.parts import Side
from imsmap.register import schema
from imsmap.register.actions import Action
from imsmap.register.course import STILL, Moment, Moved
from imsmap.register.effort import Effort
from imsmap.register.figures import Figure
from imsmap.register.state import ASSESSED
from imsmap.values import frozen

Counts = Mapping[str, int]
"""How many points stand as what; those that do not apply are not among them."""
MAJORS, LATE, PROCESSES, DOCUMENTS, POINTS = "majors", "late", "processes", "documents", "points"
"""What a decision is about."""


@frozen
class Heap:
    """Points that are counted together: of a topic, or of a main clause, for each standard that asks for any there."""

    id: str
    number: str
    title: str
    main: str
    points: Mapping[str, Counts]

    @property
    def still(self) -> int:
        """How many are not said to conform."""
        return sum(counts[word] for counts in self.points.values() for word in STILL)

    @property
    def whole(self) -> int:
        """How many apply."""
        return sum(sum(counts.values()) for counts in self.points.values())

    @property
    def name(self) -> str:
        """Say it: its number, where it has one, and its title."""
        return f"{self.number} {self.title}".strip()


@frozen
class OpenMajor:
    """A major gap that is open: where, what is missing, and what is done about it.

    gap: as somebody wrote it, else what is asked for. action: nothing where none is open.
    """

    point: str
    side: Side
    number: str
    title: str
    gap: str
    action: Action | None

    @property
    def place(self) -> str:
        """Say where: the standard's label and the clause's number."""
        return f"{self.side.label} {self.number}"

    @property
    def is_planned(self) -> bool:
        """Tell whether something is done about it, by somebody, by a day."""
        return self.action is not None and bool(self.action.owner) and self.action.due is not None


@frozen
class MissingDocument:
    """Documented information that is named nowhere, and the clauses that ask for it, by label and number."""

    id: str
    what: str
    clauses: tuple[str, ...]


@frozen
class Hole:
    """A leaf clause that applies and for which no process answers."""

    ref: str
    side: Side
    number: str
    title: str

    @property
    def place(self) -> str:
        """Say where it is."""
        return f"{self.side.label} {self.number}"


@frozen
class Decision:
    """What is asked of who decides: what it is about, the decision, on what it rests, until when if the data say so."""

    about: str
    what: str
    why: str
    by: datetime.date | None = None


@frozen
class ReportAnswer:
    """How a project stands on a day, what moved, what is open, late, due and missing, and what is to be decided.

    moments: how it stood over time, the last of them now. since: from when what moved is counted; nothing where nothing
    has happened since the project was begun. effort: nothing where nobody gave hours.
    """

    standards: tuple[Side, ...]
    date: datetime.date
    figures: tuple[Figure, ...]
    main_clauses: tuple[Heap, ...]
    topics: tuple[Heap, ...]
    moments: tuple[Moment, ...]
    since: Moment | None
    moved: Moved
    majors: tuple[OpenMajor, ...]
    agenda: Agenda
    documents: tuple[MissingDocument, ...]
    unowned: tuple[str, ...]
    holes: tuple[Hole, ...]
    decisions: tuple[Decision, ...]
    effort: Effort | None

    def figure(self, key: str) -> Figure:
        """Give a figure by its key; KeyError where it has none."""
        return self.now.figure(key)

    @property
    def now(self) -> Moment:
        """How it stands."""
        return self.moments[-1]

    @property
    def has_begun(self) -> bool:
        """Tell whether anybody has assessed anything yet."""
        return any(self.now.points[word] for word in ASSESSED)

    @property
    def late(self) -> tuple[Action, ...]:
        """The actions that are late, the oldest first."""
        found = [one.action for one in self.agenda.actions if one.action.is_overdue]
        return tuple(sorted(found, key=lambda one: (one.by or self.date, one.row)))

    @property
    def conforming(self) -> int:
        """How many points conform."""
        return self.now.points[schema.CONFORMING]
