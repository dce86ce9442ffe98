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
    """A small table with headings.

    widths: shares of the columns; left out, the first holds words and the others figures. alert: rows that are late.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    alert: frozenset[int] = frozenset()


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
class Number:
    """A figure: so many of so many, what is counted, and whether it is more than it should be."""

    n: int
    m: int
    label: str
    alarms: bool = False


@frozen
class Numbers:
    """The figures that count, beside each other."""

    items: tuple[Number, ...]


@frozen
class Tone:
    """One part of stacked bars: what it is called, its fill, the ink on it, and its edge if it is open."""

    word: str
    fill: str
    ink: str
    line: str = ""
    dashed: bool = False


@frozen
class Stack:
    """A bar: whose (letter and look; nothing for everybody's), and so many of each tone."""

    counts: tuple[int, ...]
    letter: str = ""
    look: Colours | None = None

    @property
    def total(self) -> int:
        """How long it is."""
        return sum(self.counts)


@frozen
class Stacks:
    """A small picture: under each label its bars, all to one scale. counted: what the figure behind a bar counts."""

    tones: tuple[Tone, ...]
    rows: tuple[tuple[str, tuple[Stack, ...]], ...]
    counted: int
    """The tone of which it says so many of all."""

    @property
    def most(self) -> int:
        """How long the longest is."""
        return max((bar.total for _, bars in self.rows for bar in bars), default=0)

    @property
    def shown(self) -> tuple[Tone, ...]:
        """The tones of which there is anything, and the one that is counted."""
        found = {at for _, bars in self.rows for bar in bars for at, count in enumerate(bar.counts) if count}
        return tuple(tone for at, tone in enumerate(self.tones) if at in found | {self.counted})


@frozen
class Columns:
    """A chart over time: standing bars, one for each moment, stacked from below. unit: what they count."""

    tones: tuple[Tone, ...]
    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    """Of each moment, so many of each tone."""
    unit: str
    alt: str

    @property
    def shown(self) -> tuple[Tone, ...]:
        """The tones of which there is anything."""
        return tuple(tone for at, tone in enumerate(self.tones) if any(counts[at] for counts in self.counts))


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


Block = Words | Bullets | Grid | Strip | Units | Bars | Choices | Numbers | Stacks | Columns
"""What stands under a heading."""


@frozen
class Section:
    """A heading and what stands under it; without heading it goes on from what stands above. depth: 2 is below 1."""

    heading: str
    blocks: tuple[Block, ...]
    depth: int = 1


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
