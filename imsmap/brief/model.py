"""What a brief is made of: pages of sections, and the blocks that stand in them."""

from __future__ import annotations

import datetime

from attrs import field

from imsmap.drawing import Colours
from imsmap.drawing.look import Look
from imsmap.register.state import State
from imsmap.values import frozen

BOX = "\u2610"
"""What is ticked."""


@frozen
class Words:
    """A paragraph; a strong one is the message."""

    text: str
    strong: bool = False


@frozen
class Bullets:
    """A list."""

    items: tuple[str, ...]


@frozen
class Grid:
    """A small table with headings."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@frozen
class Run:
    """So many units of one class: `core`, `related`, `alone` or `unknown`; whose (looks), and the letter in them."""

    count: int
    kind: str
    looks: tuple[Colours, ...] = ()
    letter: str = ""


@frozen
class Strip:
    """The three numbers, to scale and in words."""

    runs: tuple[Run, ...]
    numbers: tuple[tuple[int, str], ...]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(run.count for run in self.runs)


@frozen
class Units:
    """A small picture: a row of units for each label."""

    rows: tuple[tuple[str, tuple[Run, ...]], ...]


@frozen
class Part:
    """So many of so many, in whose colour."""

    label: str
    n: int
    m: int
    look: Colours


@frozen
class Bars:
    """A small picture: bars of one length, each filled as far as it is reached."""

    parts: tuple[Part, ...]


@frozen
class Choice:
    """Something to decide: what, on what it rests, and until when; a date that nobody told is left to be filled in."""

    what: str
    why: str
    by: datetime.date | None = None


@frozen
class Choices:
    """What is to be decided, with boxes for yes and no."""

    items: tuple[Choice, ...]


@frozen
class Section:
    """A heading and what stands under it; without heading it goes on from what stands above."""

    heading: str
    blocks: tuple[Words | Bullets | Grid | Strip | Units | Bars | Choices, ...]


@frozen
class Beside:
    """Sections that stand beside each other."""

    sections: tuple[Section, ...]


@frozen
class Brief:
    """A document of a few pages, in the client's look; foot stands under each. The title is what is recommended."""

    title: str
    subtitle: str
    pages: tuple[tuple[Section | Beside, ...], ...]
    foot: str
    date: datetime.date
    look: Look = field(factory=Look)

    @property
    def sections(self) -> tuple[Section, ...]:
        """Every section in reading order."""
        entries = (entry for page in self.pages for entry in page)
        return tuple(one for entry in entries for one in (entry.sections if isinstance(entry, Beside) else (entry,)))


@frozen
class Standing:
    """How a client's project stands: open majors, late and open actions, processes without owner, points assessed."""

    assessed: tuple[int, int]
    majors: int
    late: int
    open: int
    unowned: int

    @classmethod
    def of(cls, state: State) -> Standing:
        """Take it from what a project's answers mean."""
        late = state.overdue
        return cls((state.assessed.n, state.assessed.m), state.majors.n, late.n, late.m, state.unowned.n)

    @property
    def has_begun(self) -> bool:
        """Whether anybody has assessed anything yet."""
        return self.assessed[0] > 0
