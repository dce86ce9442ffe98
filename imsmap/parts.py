"""What several answers have in common: a standard, a clause, coverage, as values, as JSON and as tables."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import REVISES, Colours, Kin, Relation, split_ref
from imsmap.plain import unmarked
from imsmap.reasoning.coverage import Coverage
from imsmap.reasoning.groups import Grouping
from imsmap.reasoning.kinship import Kinship
from imsmap.reasoning.shares import Shares, Tally
from imsmap.report import NOTHING, Cell, Column, Json, Row, Table
from imsmap.report import Side as Side
from imsmap.values import frozen
from imsmap.wording import CLAUSE_LEVEL, NOT_LISTED, NUMBER, few_sure, labels, listed, reported, unsure_points


def sides(graph: ClauseGraph, keys: Sequence[str]) -> tuple[Side, ...]:
    """Describe the standards of a question; their order is kept."""
    told = labels(graph, keys)
    found = []
    for key in keys:
        standard, discipline, leaves = graph.standard(key), graph.discipline(key), graph.leaves(key)
        found.append(
            Side(
                standard.key,
                standard.designation,
                standard.title,
                standard.discipline,
                discipline.name,
                discipline.letter,
                told[key],
                Colours(discipline.dark, discipline.tint),
                discipline.accent,
                standard.edition,
                standard.published,
                standard.status,
                len(standard.clauses),
                len(leaves),
                sum(len(leaf.points) for leaf in leaves),
                standard.confidence,
                tuple(amendment.id for amendment in standard.amendments),
                standard.successor,
                standard.source,
                graph.by_clause(key),
                sum(leaf.point_ref(point) in graph.library.marks for leaf in leaves for point in leaf.points),
                unsure_points(graph, key)[0],
                standard.supplements,
            )
        )
    return tuple(found)


def newer_editions(standards: Iterable[Side], today: datetime.date | None = None) -> str:
    """Say in words for who decides that editions have successors; empty if none has. today: who is replaced by then."""
    found = [(one, one.successor) for one in standards if one.successor is not None]
    day = None if today is None else today.isoformat()
    told = []
    for verbs, ahead in ((("replaces", "replace"), False), (("will replace", "will replace"), True)):
        pairs = [(one, next_) for one, next_ in found if (day is not None and next_.published > day) is ahead]
        if pairs:
            newer = listed(f"{one.designation} ({one.published}){reported(one.confidence)}" for _, one in pairs)
            told.append(f"{newer} {verbs[len(pairs) > 1]} {listed(one.designation for one, _ in pairs)}")
    if not told:
        return ""
    return f"{'; '.join(told)}: aim at the newer, and ask the certification body until when the older counts."


def levelled(summary: str, standards: Iterable[Side], *, stop: bool = False) -> str:
    """Put behind a summary which standards are held at clause level, and which supplement others, and what that means.

    stop: the summary ends without one.
    """
    every = tuple(standards)
    loose = [side.designation for side in every if side.by_clause]
    are, what, stand = NUMBER[len(loose) > 1]
    bases = {side.key: side.designation for side in every}
    told = []
    if loose:
        told.append(
            f"{listed(loose)} {are} held at {CLAUSE_LEVEL}: {what} is {NOT_LISTED}, and {stand} in no count of points"
        )
    told += [
        f"Where {side.designation} has no clause of its own, {bases[side.supplements]} applies as it stands"
        for side in every
        if side.supplements in bases
    ]
    if not told:
        return summary
    return f"{summary}{'.' if stop else ''} {'. '.join(told)}{'' if stop else '.'}"


def doubt_of(standards: Iterable[Side]) -> str:
    """Say how many points of standards are held with little confidence; nothing where none is."""
    return few_sure((side.designation, side.unsure, side.points, side.by_clause) for side in standards)


def side_json(side: Side) -> dict[str, Json]:
    """Give a standard as every answer's JSON does: name, discipline with letter and colours, state, size."""
    return {
        "key": side.key,
        "designation": side.designation,
        "title": side.title,
        "discipline": side.discipline,
        "discipline_name": side.discipline_name,
        "letter": side.letter,
        "colours": {"dark": side.colours.dark, "accent": side.accent, "tint": side.colours.tint},
        "edition": side.edition,
        "published": side.published,
        "status": side.status,
        "clauses": side.clauses,
        "leaf_clauses": side.leaf_clauses,
        "level": "clause" if side.by_clause else "point",
        "points": side.points,
        "confidence": side.confidence,
        "amendments": list(side.amendments),
        "successor": None
        if side.successor is None
        else {
            "designation": side.successor.designation,
            "published": side.successor.published,
            "confidence": side.successor.confidence,
        },
    }


@frozen
class ClauseName:
    """A clause that an answer names: its reference, number, title, and the title as it reads alone.

    line: its number and those of the headings above it, from the inside out.
    """

    ref: str
    number: str
    title: str
    name: str
    line: tuple[str, ...]

    @property
    def standard(self) -> str:
        """The key of the standard that it is a clause of."""
        return split_ref(self.ref)[0]

    @property
    def main(self) -> str:
        """The number of the main clause that it lies in."""
        return self.line[-1]

    @property
    def upper(self) -> str:
        """The number of the clause right under its main clause that it lies in, which may be its own."""
        return self.line[-2:][0]

    @property
    def words(self) -> str:
        """How it reads: number and name."""
        return f"{self.number} {self.name}".strip()


def clause_name(graph: ClauseGraph, ref: str) -> ClauseName:
    """Name a clause as every answer does."""
    return ClauseName(ref, graph.clause(ref).number, graph.title(ref), graph.name(ref), graph.line(ref))


def clause_json(clause: ClauseName) -> dict[str, Json]:
    """Give a clause as every answer's JSON does."""
    return {"ref": clause.ref, "number": clause.number, "title": clause.title, "name": clause.name}


@frozen
class MainClause:
    """A main clause of the hub, under which rows of an answer stand."""

    number: str
    title: str


def main_clauses(graph: ClauseGraph, numbers: Iterable[str]) -> tuple[MainClause, ...]:
    """Describe some main clauses of the hub, in clause order."""
    wanted = set(numbers)
    return tuple(MainClause(clause.number, clause.title) for clause in graph.hub_clauses if clause.number in wanted)


def main_clause_json(main: MainClause) -> dict[str, Json]:
    """Give a main clause as every answer's JSON does."""
    return {"number": main.number, "title": main.title}


@frozen
class TopicName:
    """A topic as its title names it; number: under which its clauses stand."""

    number: str
    title: str


def topics_alone(grouping: Grouping, shares: Shares) -> Mapping[tuple[str, ...], tuple[TopicName, ...]]:
    """Name the topics that stand alone, by the standards (keys) that hold them."""
    titles = {group.id: unmarked(group.title) for group in grouping.groups}
    found: dict[tuple[str, ...], list[TopicName]] = {}
    for share in shares.topics:
        if share.kin in (Kin.TOUCHES, Kin.NONE):
            found.setdefault(share.holders, []).append(TopicName(shares.number(share), titles[share.topic]))
    return {keys: tuple(topics) for keys, topics in found.items()}


def tally_json(tally: Tally) -> dict[str, Json]:
    """Give the topics in their parts, which sum to the total, as every answer's JSON does."""
    return {
        "core": tally.core,
        "core_of_all": tally.core_of_all,
        "related": tally.related,
        "alone": tally.by_themselves,
        "alone_by": [{"standards": list(keys), "n": count} for keys, count in tally.alone.items()],
        "not_assessed": tally.not_assessed,
        "total": tally.total,
    }


def coverage_json(entry: Coverage) -> dict[str, Json]:
    """Give a coverage as every answer's JSON does."""
    return {
        "of": entry.of,
        "by": entry.by,
        "unit": entry.unit,
        "n": entry.n,
        "m": entry.m,
        "same": entry.same,
        "extended": entry.extended,
        "related": entry.related,
        "jointly": entry.jointly,
        "touches": entry.touches,
        "none": entry.none,
        "not_assessed": entry.not_assessed,
        "touched": list(entry.touched),
        "uncovered": list(entry.uncovered),
        "unassessed": list(entry.unassessed),
    }


def coverage_table(names: Mapping[str, str], measured: Iterable[Coverage], name: str, title: str) -> Table:
    """Lay coverage out as a table: direction and unit, n of m, by class; names: designations by key."""
    keys = ("n", "m", "same", "extended", "related", "jointly", "touches", "none", "not_assessed")
    titles = (
        "n", "of m", "= core +0", "≈ core +n", "◐ related", "of these jointly", "· touches", "○ alone",
        "? not looked at",
    )  # fmt: skip
    columns = (
        Column("of", "Of", "text", 16),
        Column("by", "Have a counterpart in", "text", 18),
        Column("unit", "Unit", "text", 12),
        *(Column(key, heading, "number", 10) for key, heading in zip(keys, titles, strict=True)),
    )
    rows = tuple(
        Row(
            f"{entry.of}-{entry.by}-{entry.unit}".replace(" ", "-"),
            (
                names[entry.of],
                names[entry.by],
                entry.unit,
                entry.n,
                entry.m,
                entry.same,
                entry.extended,
                entry.related,
                entry.jointly,
                entry.touches,
                entry.none,
                entry.not_assessed,
            ),
        )
        for entry in measured
    )
    return Table(name, title, columns, rows)


def shared_words(graph: ClauseGraph, kinship: Kinship) -> tuple[str, ...]:
    """Say what two clauses share: the core points, then what the stated relations name, each sentence once."""
    core = tuple(graph.core_points[core].text for core in kinship.shared)
    told = [relation for relation in kinship.relations if relation.shared and not of_core(graph, relation)]
    # What an edition has from the one before is shared by these two; between others it is a step on the way, perhaps of
    # the way to "nothing in common".
    between = {split_ref(ref)[0] for ref in (*kinship.subject, *kinship.object)}
    said = [relation for relation in told if relation.justification != REVISES or _keys(relation) == between]
    return core + tuple(dict.fromkeys(relation.shared for relation in (said if core or said else told)))


def _keys(relation: Relation) -> set[str]:
    return {split_ref(ref)[0] for ref in (*relation.subject, *relation.object)}


def of_core(graph: ClauseGraph, relation: Relation) -> bool:
    """Tell whether a new edition has but a core point from the one before, which the core says already."""
    if relation.justification != REVISES:
        return False
    cores = {graph.point(end).core for end in (*relation.subject, *relation.object)}
    return len(cores) == 1 and None not in cores


def shared_cell(graph: ClauseGraph, kinship: Kinship) -> Cell:
    """Say what two clauses share, as a cell."""
    return shared_words(graph, kinship) or NOTHING
