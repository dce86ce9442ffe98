"""What changes from one edition of a standard to the next: clause by clause, point by point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from imsmap import about
from imsmap.errors import UsageError
from imsmap.library.editions import HOWS, SURE, OtherDate
from imsmap.library.graph import ClauseGraph
from imsmap.parts import Side, side_json, sides
from imsmap.report import NOTHING, Column, Json, Ref, Report, Row, Table
from imsmap.revision import ALIKE as ALIKE
from imsmap.revision import TYPES as TYPES
from imsmap.revision import Change as Change
from imsmap.revision import Comparison, PointChange
from imsmap.values import frozen
from imsmap.wording import CLAUSE_LEVEL, NOT_LISTED, counted, listed, unchecked

ABOUT = about.Question(
    short="What changes from one edition to the next",
    text="Set two editions of a standard side by side: what stays, moves, widens, is new or gone, by clause and point.",
    example="9001:2015 9001:2026",
    takes="editions",
    place=45,
)
_SHORT = {
    "widened": "widened", "narrowed": "narrowed", "several": "from several", "new": "new",
    "withdrawn": "of the old withdrawn",
}  # fmt: skip


@frozen
class Question:
    """Editions of standards: two of one standard in any order, or one of each, which goes to the next."""

    standards: tuple[str, ...]


@frozen
class Day:
    """A day on the way from one edition to the next; others: other days that are told of it."""

    what: str
    date: str
    todo: str
    confidence: float
    source: str
    others: tuple[OtherDate, ...] = ()

    @property
    def also(self) -> str:
        """Say which other days are told, each with why it is not the one that is taken."""
        return "; ".join(f"{other.date}{other.why and f' ({other.why})'}" for other in self.others)


@frozen
class Transition:
    """What changes from one edition to the next, by clause in the order of the new one, and by point, and by when."""

    old: Side
    new: Side
    changes: tuple[Change, ...]
    points: tuple[PointChange, ...]
    days: tuple[Day, ...] = ()

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

    @cached_property
    def hows(self) -> Counter[str]:
        """How many points of the new edition come how; withdrawn: how many of the old are gone."""
        return Counter(point.how for point in self.points)

    @property
    def stay(self) -> int:
        """How many leaf clauses of the new edition ask for what they asked for, whatever their number or title."""
        return sum(self.counts[kind] for kind in ("editorial", "renumbered", "retitled", "unchanged"))

    @property
    def asked_for(self) -> int:
        """How many points the new edition holds."""
        return sum(bool(point.new) for point in self.points)

    @property
    def message(self) -> str:
        """Say in a sentence how much stays and what becomes of the rest."""
        told = ", ".join(f"{self.counts[kind]} {kind}" for kind in TYPES if self.counts[kind])
        return (
            f"{self.stay} of {len(self.leaves)} leaf clauses of {self.new.designation} ask for what "
            f"{self.old.designation} asks for; by their strictest change: {told}"
        )

    @property
    def summary(self) -> str:
        """Say the same in short, in points."""
        as_before = sum(self.hows[how] for how in ALIKE)
        told = [f"**{self.hows[how]}** {words}" for how, words in _SHORT.items() if self.hows[how]]
        rest = f"; {', '.join(told)}" if told else ""
        return (
            f"From {self.old.designation} to {self.new.designation}: **{as_before} of {self.asked_for} points** ask "
            f"for what was asked for{rest}."
        )


@frozen
class TransitionAnswer:
    """The transitions of some standards, each from one edition to the next."""

    standards: tuple[Side, ...]
    transitions: tuple[Transition, ...]


def pairs(graph: ClauseGraph, keys: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Give which edition follows which, for each of these standards, as far as the graph holds both.

    Two editions that are both among them go together; else each goes to the next one, or comes from the one before.
    Two of one standard of which neither revises the other lead nowhere: nobody would know of which it is told.
    """
    series = [graph.standard(key).series for key in keys]
    there = {standard.key: standard.revises for standard in graph.library.standards}
    found: dict[tuple[str, str], None] = {}
    for key in keys:
        after = sorted(new for new, old in there.items() if old == key)
        before = [there[key]] if there[key] in there else []
        ways = [*((key, new) for new in after), *((old, key) for old in before)]
        best = [way for way in ways if way[0] in keys and way[1] in keys]
        if not best and series.count(graph.standard(key).series) == 1:
            best = ways[:1]
        found |= dict.fromkeys(best)
    return tuple(found)


def analyse(graph: ClauseGraph, question: Question) -> Report[TransitionAnswer]:
    """Work out what changes from each edition to the next."""
    found = pairs(graph, question.standards)
    _check(graph, question.standards, found)
    transitions = tuple(_transition(graph, old, new) for old, new in found)
    ends = tuple(dict.fromkeys(key for pair in found for key in pair))
    answer = TransitionAnswer(sides(graph, ends), transitions)
    title = "; ".join(f"from {one.old.designation} to {one.new.designation}" for one in transitions)
    unsure: dict[str, list[str]] = {}
    for one in transitions:
        how = unchecked(one.new.checked, one.new.points)
        if how and any(change.confidence < SURE for change in one.changes):
            unsure.setdefault(how, []).append(one.new.designation)
    return Report(
        "transition",
        title[0].upper() + title[1:],
        graph.library.version,
        (_clauses_table(answer), _points_table(answer), _days_table(answer)),
        answer,
        to_json,
        ". ".join(one.message for one in transitions),
        (
            "A clause may change in several ways; the strictest decides what becomes of a client's answers. Broadened: "
            "more is asked for. Narrowed: less. Clarified: the same, said more clearly. Editorial: the same, in other "
            "words. A new point has no origin; a withdrawn one is gone.",
            *(
                f"{listed(names)}: told from what was published about it, {how}; what is under a confidence of "
                f"{SURE:g} says so."
                for how, names in unsure.items()
            ),
            f"Mapping data {graph.library.version} ({graph.library.released}). Numbers, titles and our own words only: "
            "consult the standards.",
        ),
        standards=answer.standards,
        summary=" ".join(one.summary for one in transitions),
    )  # fmt: skip


def _check(graph: ClauseGraph, keys: Sequence[str], found: Sequence[tuple[str, str]]) -> None:
    """Refuse standards of which nothing is known to change, and two that are no editions of one standard."""
    if found:
        return
    named = [graph.standard(key) for key in keys]
    words = listed(standard.designation for standard in named)
    loose = [standard for standard in named if standard.level == "clause"]
    if loose and len({standard.series for standard in named}) == 1:
        later = [one.successor.designation.split(" ")[-1] for one in named if one.successor and len(named) == 1]
        asked = " ".join((*keys, *later))
        raise UsageError(
            f"{listed(one.designation for one in loose)} {'is' if len(loose) == 1 else 'are'} held at {CLAUSE_LEVEL}: "
            f"what each clause asks for is {NOT_LISTED}, so nobody can say what changed in it. Which clauses "
            f"belong together, as far as the library knows: imsmap overlap {asked} --table links"
        )
    if len({standard.series for standard in named}) < len(named):
        raise UsageError(f"none of {words} revises another of them as far as the library knows")
    raise UsageError(f"the library holds neither an edition before nor one after {words}")


def _transition(graph: ClauseGraph, old: str, new: str) -> Transition:
    compared = Comparison(graph, old, new)
    one, other = sides(graph, (old, new))
    return Transition(one, other, tuple(compared.changes()), tuple(compared.points()), _days(one))


def _days(old: Side) -> tuple[Day, ...]:
    """Give what is known of when the old edition stops to count, and what to have done by then."""
    successor = old.successor
    if successor is None:
        return ()
    found = [
        Day("published", successor.published, f"buy {successor.designation} and compare it with this list",
            successor.confidence, successor.source),
    ]  # fmt: skip
    if (last := successor.last_certificates) is not None:
        todo = f"a first certificate or a recertification after this day is to {successor.designation} only"
        what = f"last day for certificates to {old.designation}"
        found.append(Day(what, last.date, todo, last.confidence, last.source, last.others))
    if (end := successor.transition_ends) is not None:
        todo = f"have the audit to {successor.designation} passed and its findings closed; the old certificate ends"
        found.append(Day("transition ends", end.date, todo, end.confidence, end.source, end.others))
    return tuple(found)


# --- as tables and JSON ------------------------------------------------------------------------------------------


def _clauses_table(answer: TransitionAnswer) -> Table:
    columns = (
        Column("old", "Old clause", "ref", 12),
        Column("old_title", "Old title", "text", 34),
        Column("new", "New clause", "ref", 12),
        Column("new_title", "New title", "text", 34),
        Column("types", "Change", "text", 24),
        Column("note", "What changes", "text", 60),
        Column("confidence", "Confidence", "confidence", 10),
        Column("source", "Source", "text", 40),
    )
    rows = tuple(
        Row(
            f"{change.old.ref if change.old else one.old.key}>{change.new.ref if change.new else one.new.key}",
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
        for one in answer.transitions
        for change in one.changes
    )
    return Table("clauses", "Clause by clause", columns, rows)


def _points_table(answer: TransitionAnswer) -> Table:
    columns = (
        Column("new", "New point", "text", 30),
        Column("old", "From", "text", 40),
        Column("how", "How", "text", 12),
        Column("text", "What is asked for", "text", 70),
        Column("confidence", "Confidence", "confidence", 10),
    )
    rows = tuple(
        Row(
            point.new or f"gone {point.old[0]}",
            (point.new or NOTHING, ", ".join(point.old) or NOTHING, point.how, point.text, point.confidence),
        )
        for one in answer.transitions
        for point in one.points
    )
    return Table("points", f"Point by point: {counted(len(rows), 'point')}", columns, rows)


def _days_table(answer: TransitionAnswer) -> Table:
    columns = (
        Column("standard", "Standard", "text", 18),
        Column("date", "By", "text", 12),
        Column("what", "What", "text", 30),
        Column("todo", "What to do", "text", 60),
        Column("confidence", "Confidence", "confidence", 10),
        Column("others", "Also told", "text", 50),
        Column("source", "Source", "text", 40),
    )
    rows = tuple(
        Row(
            f"{one.new.key} {number}",
            (
                one.new.designation, day.date, day.what, day.todo, day.confidence,
                day.also or NOTHING,
                day.source,
            ),
        )
        for one in answer.transitions
        for number, day in enumerate(one.days)
    )  # fmt: skip
    return Table("days", "What to do by when", columns, rows)


def to_json(answer: TransitionAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "transitions": [
            {
                "subject": one.old.key,
                "object": one.new.key,
                "leaf_clauses": len(one.leaves),
                "stay": one.stay,
                "counts": {kind: one.counts[kind] for kind in TYPES},
                "points": {how: one.hows[how] for how in (*HOWS, "several", "new", "withdrawn")},
                "days": [_day_json(day) for day in one.days],
            }
            for one in answer.transitions
        ],
        "changes": [_change_json(change) for one in answer.transitions for change in one.changes],
        "points": [
            {
                "new": point.new or None,
                "old": list(point.old),
                "how": point.how,
                "text": point.text,
                "confidence": point.confidence,
            }
            for one in answer.transitions
            for point in one.points
        ],
    }


def _change_json(change: Change) -> dict[str, Json]:
    return {
        "old": change.old.ref if change.old else None,
        "new": change.new.ref if change.new else None,
        "old_title": change.old.title if change.old else None,
        "new_title": change.new.title if change.new else None,
        "types": list(change.types),
        "note": change.note,
        "confidence": change.confidence,
        "source": change.source,
        "leaf": change.leaf,
        "points": change.points,
    }


def _day_json(day: Day) -> dict[str, Json]:
    return {
        "what": day.what,
        "date": day.date,
        "todo": day.todo,
        "confidence": day.confidence,
        "source": day.source,
        "others": [
            {"date": one.date, "confidence": one.confidence, "source": one.source, "why": one.why} for one in day.others
        ],
    }
