"""Two editions of a standard, clause by clause and point by point: what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Clause, Point, Standard, split_ref
from imsmap.parts import ClauseName, clause_name
from imsmap.values import frozen

TYPES = (
    "withdrawn", "new", "broadened", "narrowed", "clarified", "merged", "split", "editorial", "renumbered", "retitled",
    "unchanged",
)  # fmt: skip
"""What a clause can be, the strictest first: it decides what becomes of a client's answers."""
_OF_HOW = {"widened": "broadened", "narrowed": "narrowed", "clarified": "clarified", "reworded": "editorial"}
AS_BEFORE = ("same", "reworded")
ALIKE = (*AS_BEFORE, "clarified")
"""How points come across that ask for what was asked for."""


@frozen
class Change:
    """What became of a clause: from the old one, to the new one, either of which may be missing.

    types: what changed, the strictest first. points: how many points came across.
    """

    old: ClauseName | None
    new: ClauseName | None
    types: tuple[str, ...]
    note: str
    confidence: float
    source: str
    leaf: bool
    points: int = 0

    @property
    def strictest(self) -> str:
        """The type that decides."""
        return self.types[0]


@frozen
class PointChange:
    """A point of the new edition and those of the old from which it comes, or one of the old that is gone."""

    new: str
    old: tuple[str, ...]
    how: str
    text: str
    confidence: float


class Comparison:
    """Two editions, by clause and by point."""

    def __init__(self, graph: ClauseGraph, old: str, new: str) -> None:
        self.graph = graph
        self.old, self.new = old, new
        self.home = {leaf.point_ref(point): leaf for leaf in graph.leaves(old) for point in leaf.points}
        self.reached: dict[str, list[Clause]] = {}
        """The new leaf clauses to which an old one's points (by its reference) went."""
        self.gone = set(self.home)
        for leaf in graph.leaves(new):
            for point in leaf.points:
                for ref in self._from(point):
                    self.gone.discard(ref)
                    went = self.reached.setdefault(self.home[ref].ref, [])
                    if leaf not in went:
                        went.append(leaf)
        self.kept = {leaf.ref: kept for leaf in graph.leaves(old) if (kept := self._kept(leaf)) is not None}
        """The new leaf clause in which an old one (by its reference) is kept whole, if there is one."""

    def _kept(self, old: Clause) -> Clause | None:
        points = {f"{old.number}#{point.id}" for point in old.points}
        for leaf in self.reached.get(old.ref, ()):
            if points <= {origin.id for point in leaf.points for origin in point.from_ if origin.how in AS_BEFORE}:
                return leaf
        return None

    def _lends(self, ref: str, new: Clause) -> bool:
        """Tell whether an old clause is kept whole elsewhere: this neither splits it nor merges it."""
        return self.kept.get(ref, new) is not new

    def _from(self, point: Point) -> list[str]:
        return [f"{self.old}:{origin.id}" for origin in point.from_]

    def changes(self) -> Iterator[Change]:
        """Give the changes in the order of the new edition's clauses; what is withdrawn stands where it stood."""
        told: set[str] = set()
        for clause in self.graph.clauses(self.new):
            if not self.graph.is_leaf(clause.ref):
                yield self._heading(clause)
                continue
            origins = list(dict.fromkeys(self.home[ref].ref for point in clause.points for ref in self._from(point)))
            for ref in origins or [""]:
                merged = sum(not self._lends(one, clause) for one in origins) > 1
                yield self._pair(self.graph.clause(ref) if ref else None, clause, merged=merged)
                told.add(ref)
        for leaf in self.graph.leaves(self.old):
            if leaf.ref not in told and leaf.points:
                name = clause_name(self.graph, leaf.ref)
                yield Change(name, None, ("withdrawn",), "", leaf.confidence, leaf.source, leaf=True)

    def _heading(self, clause: Clause) -> Change:
        """Compare a heading by its number and title alone; one that was a leaf clause has been split."""
        new = clause_name(self.graph, clause.ref)
        ref = f"{self.old}:{clause.number}"
        if not self.graph.has_clause(ref):
            return Change(None, new, ("new",), clause.change, clause.confidence, clause.source, leaf=False)
        old = clause_name(self.graph, ref)
        found = {"split"} if ref in self.reached else set()
        if _differs(self.graph.clause(ref), clause):
            found.add("retitled")
        if not found and clause.change:
            found.add("editorial")  # it asks for nothing itself, so what changed in it changes no duty
        types = tuple(kind for kind in TYPES if kind in found) or ("unchanged",)
        return Change(old, new, types, clause.change, clause.confidence, clause.source, leaf=False)

    def _pair(self, old: Clause | None, new: Clause, *, merged: bool) -> Change:
        name = clause_name(self.graph, new.ref)
        if old is None:
            types: tuple[str, ...] = ("new",) if new.points else ("editorial",) if new.change else ("unchanged",)
            ref = f"{self.old}:{new.number}"
            before = clause_name(self.graph, ref) if not new.points and self.graph.has_clause(ref) else None
            return Change(before, name, types, new.change, new.confidence, new.source, leaf=bool(new.points))
        across = [point for point in new.points if any(self.home[ref] is old for ref in self._from(point))]
        found = {_OF_HOW[o.how] for point in across for o in point.from_ if o.how in _OF_HOW
                 and self.home[f"{self.old}:{o.id}"] is old}  # fmt: skip
        if any(not point.from_ for point in new.points):
            found.add("broadened")
        if any(old.point_ref(point) in self.gone for point in old.points):
            found.add("narrowed")
        if not self._lends(old.ref, new):
            found |= {"merged"} if merged else set()
            found |= {"split"} if len(self.reached[old.ref]) > 1 and old.ref not in self.kept else set()
            found |= {"renumbered"} if old.number != new.number else set()
            found |= {"retitled"} if _differs(old, new) else set()
        if not found and new.change:
            found.add("editorial")
        types = tuple(kind for kind in TYPES if kind in found) or ("unchanged",)
        sure = min((point.confidence for point in across), default=new.confidence)
        before = clause_name(self.graph, old.ref)
        return Change(
            before, name, types, new.change, min(sure, new.confidence), new.source, leaf=True, points=len(across)
        )

    def points(self) -> Iterator[PointChange]:
        """Give every point of the new edition, then those of the old that are gone."""
        for leaf in self.graph.leaves(self.new):
            for point in leaf.points:
                hows = {origin.how for origin in point.from_}
                how = "new" if not hows else next(iter(hows)) if len(hows) == 1 else "several"
                yield PointChange(leaf.point_ref(point), tuple(self._from(point)), how, point.text, point.confidence)
        for ref, leaf in self.home.items():
            if ref in self.gone:
                point = next(one for one in leaf.points if leaf.point_ref(one) == ref)
                yield PointChange("", (ref,), "withdrawn", point.text, point.confidence)


def _differs(old: Clause, new: Clause) -> bool:
    """Tell whether the heading is another one, or whether there is one now where there was none, or none any more."""
    return old.title != new.title


# --- one edition of a standard stands for the others ----------------------------------------------------------------


@frozen
class Edition:
    """Where a clause stands in another edition, and what changed from the older to the newer, the strictest first."""

    standard: str
    year: str
    clauses: tuple[ClauseName, ...]
    types: tuple[str, ...]
    older: bool = False

    @property
    def words(self) -> str:
        """How it reads behind the clause: 2026: 5.1.2, unchanged."""
        if not self.clauses:
            return f"{self.year}: {'none' if self.older else 'withdrawn'}"
        since = "since " if self.older and self.types != ("unchanged",) else ""
        return f"{self.year}: {self.numbers}, {since}{', '.join(self.types[:_TOLD])}"

    @property
    def numbers(self) -> str:
        """The numbers under which it stands there."""
        return ", ".join(clause.number for clause in self.clauses)


_TOLD = 3
"""So many types of change are told in a line; they are the strictest."""


class Editions:
    """Which edition of each standard is told first, and where its clauses stand in the others."""

    def __init__(self, graph: ClauseGraph, first: Iterable[str] = ()) -> None:
        """Settle which editions lead.

        first: keys of those that do, such as the project's; else those that library.yaml means, else the newest.
        """
        self._graph = graph
        self.leading = self._lead(tuple(first))
        """The key of the edition that leads, for each standard: its own if it leads itself."""
        self._changes: dict[tuple[str, str], tuple[Change, ...]] = {}

    def _lead(self, first: tuple[str, ...]) -> Mapping[str, str]:
        series: dict[str, list[Standard]] = {}
        for standard in self._graph.standards:
            series.setdefault(standard.series, []).append(standard)
        found: dict[str, str] = {}
        for editions in series.values():
            keys = [one.key for one in sorted(editions, key=lambda one: one.published, reverse=True)]
            wanted = [key for key in first if key in keys]
            leader = next(iter([*wanted, *(key for key in self._graph.library.editions if key in keys), *keys]))
            found |= {key: key if key in wanted else leader for key in keys}
        return found

    def led(self, key: str) -> tuple[str, ...]:
        """Give the editions for which one stands, the newest first."""
        found = [self._graph.standard(one) for one, leader in self.leading.items() if leader == key != one]
        return tuple(one.key for one in sorted(found, key=lambda one: one.published, reverse=True))

    def same_series(self, one: str, other: str) -> bool:
        """Tell whether two standards are editions of one."""
        return self._graph.standard(one).series == self._graph.standard(other).series

    def others(self, ref: str) -> tuple[Edition, ...]:
        """Tell where a clause of an edition that leads stands in those for which it stands, as far as points tell."""
        found = (self._in(ref, other) for other in self.led(split_ref(ref)[0]))
        return tuple(one for one in found if one is not None)

    def _in(self, ref: str, other: str) -> Edition | None:
        key = split_ref(ref)[0]
        if other not in (self._graph.standard(key).revises, *self._after(key)):
            return None
        forward = self._graph.standard(other).revises == key
        beneath = {ref, *(leaf.ref for leaf in self._graph.leaves_under(ref))}
        types: set[str] = set()
        reached: dict[str, ClauseName] = {}
        itself: dict[str, ClauseName] = {}  # where it asks for nothing: no leaf clause tells where it went
        for change in self._between(key, other) if forward else self._between(other, key):
            mine, theirs = (change.old, change.new) if forward else (change.new, change.old)
            if mine is None or mine.ref not in beneath:
                continue
            types |= set(change.types)
            if theirs is not None and (change.leaf or self._graph.is_leaf(ref)):
                reached[theirs.ref] = theirs
            if theirs is not None and mine.ref == ref:
                itself[theirs.ref] = theirs
        reached = reached or itself
        if not types:
            return None
        year = self._graph.standard(other).published[:4]
        told = tuple(kind for kind in TYPES if kind in types and (kind != "unchanged" or len(types) == 1))
        return Edition(other, year, self._together(ref, other, tuple(reached.values())), told, not forward)

    def _after(self, key: str) -> Iterator[str]:
        return (one.key for one in self._graph.standards if one.revises == key)

    def _together(self, ref: str, other: str, reached: tuple[ClauseName, ...]) -> tuple[ClauseName, ...]:
        """Name the heading of the same number for all of them that stand beneath it, then each of the others."""
        number = self._graph.clause(ref).number
        beneath = [] if self._graph.is_leaf(ref) else [clause for clause in reached if number in clause.line]
        if not beneath:
            return reached
        rest = [clause for clause in reached if clause not in beneath]
        return (clause_name(self._graph, f"{other}:{number}"), *rest)

    def _between(self, old: str, new: str) -> tuple[Change, ...]:
        if (old, new) not in self._changes:
            self._changes[old, new] = tuple(Comparison(self._graph, old, new).changes())
        return self._changes[old, new]
