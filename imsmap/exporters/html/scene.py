"""What every part of the page needs to know: standards with their places and colours, clauses, topics by class."""

from __future__ import annotations

from collections.abc import Sequence

from imsmap.analyses.matrix import Topic
from imsmap.drawing.colour import Colours
from imsmap.drawing.story import kind_of
from imsmap.exporters.html.overlay import LETTERS, Overlay
from imsmap.exporters.html.reports import Reports
from imsmap.library.model import Kin
from imsmap.plain import unmarked
from imsmap.reasoning.shares import Share
from imsmap.report import Side
from imsmap.values import frozen
from imsmap.wording import listed, together

WORDS = {"core": "core", "related": "related", "alone": "alone", "unknown": "not looked at"}
"""What the classes of topics are called."""
_MOST_LETTERS = 3


@frozen
class Shown:
    """A standard on the page: its place among them, and its colours, which no other of them has."""

    side: Side
    place: int
    look: Colours

    @property
    def key(self) -> str:
        """Its key, by which all parts of the page find it."""
        return self.side.key

    @property
    def name(self) -> str:
        """What it is called."""
        return self.side.designation

    @property
    def tag(self) -> str:
        """What stands on its colour."""
        return self.side.label

    @property
    def kind(self) -> str:
        """Its class in the style sheet."""
        return f"o{self.place}"


@frozen
class Tile:
    """A topic as the page shows it: class, number, letters of whose it is, and whose colour it has.

    kind: `core`, `related`, `alone` or `unknown`. owner: a class of the style sheet. status: in a client's project.
    """

    topic: Topic
    share: Share
    kind: str
    number: str
    letters: str
    owner: str
    status: str

    @property
    def title(self) -> str:
        """What it is about."""
        return unmarked(self.topic.title)

    @property
    def touches(self) -> bool:
        """Tell whether it is alone but for a reminder."""
        return self.share.kin is Kin.TOUCHES

    @property
    def foot(self) -> str:
        """The letter of its status, if it has one."""
        return LETTERS.get(self.status, "")


def to_do(topic: Topic) -> str:
    """Give the advice as it reads behind "What to do"; the class is told elsewhere."""
    return topic.advice.removeprefix("related: ")


class Scene:
    """The reports behind one page."""

    def __init__(self, reports: Reports, overlay: Overlay | None = None) -> None:
        """Look up what all parts share."""
        self.reports = reports
        self.overlay = overlay or Overlay()
        self.matrix = reports.matrix.answer
        looks = self.overlay.look.palettes(self.matrix.standards)
        self.sides = tuple(Shown(side, place, looks[side.key]) for place, side in enumerate(self.matrix.standards))
        self.by_key = {shown.key: shown for shown in self.sides}
        self.clauses = reports.requirements.answer.clauses
        self.entries = {entry.clause.ref: entry for entry in self.clauses}
        self.titles = {entry.clause.ref: entry.clause.name for entry in self.clauses}
        self.closest = self.matrix.closest if len(self.sides) > 1 else {}
        self.tally = self.matrix.shares.tally()
        self.tiles = tuple(
            self._tile(topic, share) for topic, share in zip(self.matrix.topics, self.matrix.shares.topics, strict=True)
        )

    def _tile(self, topic: Topic, share: Share) -> Tile:
        kind = kind_of(share.kin)
        holders = share.sharing if kind == "core" else share.holders
        letters = self.letters(holders)
        owner = self.by_key[holders[0]].kind if len(holders) == 1 else "oc"
        status = self.overlay.status(clause.ref for clauses in topic.clauses.values() for clause in clauses)
        return Tile(topic, share, kind, self.matrix.number_of(topic, holders), letters, owner, status)

    def letters(self, keys: Sequence[str]) -> str:
        """Say by their letters which standards it is; of too many, how many."""
        found = together(self.by_key[key].tag for key in keys)
        if len(keys) <= _MOST_LETTERS and len(found) <= 2 * _MOST_LETTERS:
            return found
        return f"{len(keys)} of {len(self.sides)}" if len(keys) < len(self.sides) else "all"

    def side(self, ref: str) -> Shown:
        """Give the standard that a reference is of."""
        return self.by_key[ref.partition(":")[0]]

    @property
    def names(self) -> str:
        """List the standards."""
        return listed(shown.name for shown in self.sides)

    def places(self, tile: Tile) -> list[int]:
        """Give the places of the standards that have a part in a topic."""
        return [shown.place for shown in self.sides if shown.key in tile.topic.present]

    def with_headings(self, topic: Topic, shown: Shown) -> list[str]:
        """Give the clauses of a standard at home in a topic, each under the headings above it, in its order."""
        refs = {clause.ref for clause in topic.clauses[shown.key]}
        wanted = set(refs)
        for ref in refs:
            # The uppermost is the main clause, under which the topic stands.
            wanted |= {f"{shown.key}:{number}" for number in self.entries[ref].clause.line[1:-1]}
        return [ref for ref in self.entries if ref in wanted]
