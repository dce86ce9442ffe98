"""What changes from one edition of a standard to the next: clause by clause, point by point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from imsmap import about
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Clause, Point
from imsmap.parts import ClauseName, Side, clause_json, clause_name, side_json, sides
from imsmap.report import NOTHING, Column, Json, Ref, Report, Row, Table
from imsmap.wording import counted

ABOUT = about.Question(
    short="What changes from one edition to the next",
    text="Set two editions of a standard side by side: what stays, moves, widens, is new or gone, by clause and point.",
    example="9001:2015 9001:2026",
    least=2,
    place=45,
)
TYPES = (
    "withdrawn", "new", "broadened", "narrowed", "clarified", "merged", "split", "editorial", "renumbered", "retitled",
    "unchanged",
)  # fmt: skip
"""What a clause can be, the strictest first: it decides what becomes of a client's answers."""
_OF_HOW = {"widened": "broadened", "narrowed": "narrowed", "clarified": "clarified", "reworded": "editorial"}
SURE = 0.9
"""Confidence under which a fact says how sure it is."""


@frozen
class Question:
    """The old edition, then the new one."""

    standards: tuple[str, ...]


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


@frozen
class TransitionAnswer:
    """What changes between two editions, by clause in the order of the new one, and by point."""

    standards: tuple[Side, ...]
    changes: tuple[Change, ...]
    points: tuple[PointChange, ...]

    @cached_property
    def leaves(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes of each leaf clause of the new edition (its reference)."""
        found: dict[str, tuple[Change, ...]] = {}
        for change in self.changes:
            if change.leaf and change.new is not None:
                found[change.new.ref] = (*found.get(change.new.ref, ()), change)
        return found

    @cached_property
    def counts(self) -> Counter[str]:
        """How many leaf clauses of the new edition are of which strictest type; withdrawn: how many of the old."""
        found: Counter[str] = Counter()
        for changes in self.leaves.values():
            found[min((one.strictest for one in changes), key=TYPES.index)] += 1
        found["withdrawn"] = sum(change.new is None and change.leaf for change in self.changes)
        return found

    @property
    def stay(self) -> int:
        """How many leaf clauses of the new edition ask for what they asked for, whatever their number or title."""
        return sum(self.counts[kind] for kind in ("editorial", "renumbered", "retitled", "unchanged"))


def analyse(graph: ClauseGraph, question: Question) -> Report[TransitionAnswer]:
    """Work out what changes from the first edition to the second."""
    if len(question.standards) != 2:
        raise UsageError("a transition is from one edition to the next; name the old one, then the new one")
    old_key, new_key = question.standards
    old, new = graph.standard(old_key), graph.standard(new_key)
    if old.revises == new_key:
        raise UsageError(f"{old.designation} is the newer edition; name it second")
    if new.revises != old_key:
        raise UsageError(f"{new.designation} does not say that it revises {old.designation}; no change is known")
    found = _Comparison(graph, old_key, new_key)
    answer = TransitionAnswer(sides(graph, question.standards), tuple(found.changes()), tuple(found.points()))
    total = len(answer.leaves)
    counts = answer.counts
    told = ", ".join(f"{counts[kind]} {kind}" for kind in TYPES if counts[kind])
    return Report(
        "transition",
        f"From {old.designation} to {new.designation}",
        graph.library.version,
        (_clauses_table(answer), _points_table(graph, answer)),
        answer,
        to_json,
        f"{answer.stay} of {total} leaf clauses of {new.designation} ask for what {old.designation} asks for; by their "
        f"strictest change: {told}",
        (
            "A clause may change in several ways; the strictest decides what becomes of a client's answers. Broadened: "
            "more is asked for. Narrowed: less. Clarified: the same, said more clearly. Editorial: the same, in other "
            "words. New points have no origin; withdrawn ones have no successor.",
            f"Facts with a confidence under {SURE:g} say so: {new.designation} is told from what was published about "
            "it, not checked against its text.",
            f"Mapping data {graph.library.version} ({graph.library.released}). Numbers, titles and our own words only: "
            "consult the standards.",
        ),
        standards=answer.standards,
    )


class _Comparison:
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
                yield self._pair(self.graph.clause(ref) if ref else None, clause, len(origins))
                told.add(ref)
        for leaf in self.graph.leaves(self.old):
            if leaf.ref not in told and leaf.points:
                name = clause_name(self.graph, leaf.ref)
                yield Change(name, None, ("withdrawn",), "", leaf.confidence, leaf.source, leaf=True)

    def _heading(self, clause: Clause) -> Change:
        """Compare a heading by its number and title alone."""
        new = clause_name(self.graph, clause.ref)
        ref = f"{self.old}:{clause.number}"
        known = {one.ref for one in self.graph.clauses(self.old)}
        if ref not in known:
            return Change(None, new, ("new",), clause.change, clause.confidence, clause.source, leaf=False)
        old = clause_name(self.graph, ref)
        types = ("retitled",) if _differs(self.graph.clause(ref), clause) else ("unchanged",)
        return Change(old, new, types, clause.change, clause.confidence, clause.source, leaf=False)

    def _pair(self, old: Clause | None, new: Clause, origins: int) -> Change:
        name = clause_name(self.graph, new.ref)
        if old is None:
            types: tuple[str, ...] = ("new",) if new.points else ("unchanged",)
            before = None
            if not new.points and f"{self.old}:{new.number}" in {one.ref for one in self.graph.clauses(self.old)}:
                before = clause_name(self.graph, f"{self.old}:{new.number}")
            return Change(before, name, types, new.change, new.confidence, new.source, leaf=bool(new.points))
        across = [point for point in new.points if any(self.home[ref] is old for ref in self._from(point))]
        found = {_OF_HOW[o.how] for point in across for o in point.from_ if o.how in _OF_HOW
                 and self.home[f"{self.old}:{o.id}"] is old}  # fmt: skip
        if any(not point.from_ for point in new.points):
            found.add("broadened")
        if any(old.point_ref(point) in self.gone for point in old.points):
            found.add("narrowed")
        if origins > 1:
            found.add("merged")
        if len(self.reached[old.ref]) > 1:
            found.add("split")
        if old.number != new.number:
            found.add("renumbered")
        if _differs(old, new):
            found.add("retitled")
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
    return bool(old.title and new.title) and old.title != new.title


# --- as tables and JSON ------------------------------------------------------------------------------------------


def _clauses_table(answer: TransitionAnswer) -> Table:
    columns = (
        Column("old", "Old clause", "ref", 10),
        Column("old_title", "Old title", "text", 34),
        Column("new", "New clause", "ref", 10),
        Column("new_title", "New title", "text", 34),
        Column("types", "Change", "text", 24),
        Column("note", "What changes", "text", 60),
        Column("confidence", "Confidence", "confidence", 10),
        Column("source", "Source", "text", 40),
    )
    rows = tuple(
        Row(
            f"{change.old.number if change.old else '-'}>{change.new.number if change.new else '-'}",
            (
                Ref(change.old.ref, change.old.number) if change.old else NOTHING,
                change.old.title if change.old else NOTHING,
                Ref(change.new.ref, change.new.number) if change.new else NOTHING,
                change.new.title if change.new else NOTHING,
                ", ".join(change.types),
                change.note or NOTHING,
                change.confidence,
                change.source,
            ),
        )
        for change in answer.changes
    )
    return Table("clauses", "Clause by clause", columns, rows)


def _points_table(graph: ClauseGraph, answer: TransitionAnswer) -> Table:
    columns = (
        Column("new", "New point", "text", 26),
        Column("old", "From", "text", 40),
        Column("how", "How", "text", 12),
        Column("text", "What is asked for", "text", 70),
        Column("confidence", "Confidence", "confidence", 10),
    )
    del graph
    rows = tuple(
        Row(
            one.new or f"gone {one.old[0]}",
            (one.new or NOTHING, ", ".join(one.old) or NOTHING, one.how, one.text, one.confidence),
        )
        for one in answer.points
    )
    return Table("points", f"Point by point: {counted(len(rows), 'point')}", columns, rows)


def to_json(answer: TransitionAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    old, new = answer.standards
    return {
        "subject": old.key,
        "object": new.key,
        "standards": [side_json(side) for side in answer.standards],
        "counts": {kind: answer.counts[kind] for kind in TYPES},
        "leaf_clauses": len(answer.leaves),
        "changes": [_change_json(change) for change in answer.changes],
        "points": [
            {
                "new": one.new or None,
                "old": list(one.old),
                "how": one.how,
                "text": one.text,
                "confidence": one.confidence,
            }
            for one in answer.points
        ],
    }


def _change_json(change: Change) -> dict[str, Json]:
    return {
        "old": change.old.ref if change.old else None,
        "new": change.new.ref if change.new else None,
        "old_clause": clause_json(change.old) if change.old else None,
        "new_clause": clause_json(change.new) if change.new else None,
        "types": list(change.types),
        "note": change.note,
        "confidence": change.confidence,
        "source": change.source,
        "leaf": change.leaf,
        "points": change.points,
    }


def by_type(answer: TransitionAnswer, types: Sequence[str]) -> tuple[Change, ...]:
    """Give the changes of leaf clauses whose strictest type is one of these."""
    return tuple(change for change in answer.changes if change.leaf and change.strictest in types)
