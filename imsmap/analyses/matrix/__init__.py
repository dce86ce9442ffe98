"""The combined matrix: a row for what belongs together, what is shared in it, and what each standard adds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from attrs import evolve

from imsmap import about
from imsmap.analyses.matrix.answer import (
    Addition,
    CrossReference,
    MatrixAnswer,
    Member,
    OwnClause,
    PairClass,
    Shared,
    Topic,
)
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import WARNING_GLYPH, Kin, number_key
from imsmap.parts import (
    ClauseName,
    clause_json,
    clause_name,
    coverage_json,
    levelled,
    main_clause_json,
    main_clauses,
    of_core,
    side_json,
    sides,
    tally_json,
)
from imsmap.reasoning.coverage import closest_kin, coverage_both_ways, pairs_by_class
from imsmap.reasoning.friends import false_friends
from imsmap.reasoning.groups import Group, Grouping, grouped
from imsmap.reasoning.kinship import Kinship
from imsmap.reasoning.shares import advice_in, present_in, shared_core, topic_kin
from imsmap.report import NOTHING, Cell, Column, Json, Ref, Report, Row, Table, reads, sole
from imsmap.values import frozen
from imsmap.wording import (
    NOT_LISTED,
    added,
    designations,
    doubt,
    labels,
    listed,
    method_notes,
    story,
    three_numbers,
    together,
)

ABOUT = about.Question(short="Standards side by side; a workbook or a page, too", place=130)


__all__ = [
    "Addition",
    "CrossReference",
    "MatrixAnswer",
    "Member",
    "OwnClause",
    "PairClass",
    "Question",
    "Shared",
    "Topic",
    "analyse",
    "to_json",
]


@frozen
class Question:
    """Which standards to set side by side; the order is kept."""

    standards: tuple[str, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[MatrixAnswer]:
    """Set standards side by side, a row for each group of requirements that belong together."""
    grouping = grouped(graph, question.standards)
    friends = _false_friends(grouping)
    label = labels(graph, grouping.keys)
    rows = tuple(_row(grouping, group, friends, label) for group in grouping.groups)
    names = designations(graph, grouping.keys)

    def named(refs: Iterable[str]) -> tuple[ClauseName, ...]:
        return tuple(clause_name(graph, ref) for ref in refs)

    answer = MatrixAnswer(
        sides(graph, grouping.keys),
        graph.library.core,
        main_clauses(graph, (group.main for group in grouping.groups)),
        {clause.number: clause.title for clause in graph.hub_clauses if not clause.points},
        {
            key: {clause.number: clause.title for clause in graph.clauses(key) if not graph.is_leaf(clause.ref)}
            for key in grouping.keys
        },
        {key: named(leaf.ref for leaf in graph.leaves(key)) for key in grouping.keys},
        rows,
        {leaf.ref: grouping.closest(leaf.ref) for key in grouping.keys for leaf in graph.leaves(key)},
        {
            leaf.ref: {other: named(refs) for other, refs in grouping.nearest(leaf.ref).items()}
            for key in grouping.keys
            for leaf in graph.leaves(key)
        },
        coverage_both_ways(grouping),
        _looked_at(grouping),
    )
    title = f"{'Combined matrix' if len(names) > 1 else 'Matrix'}: {listed(names.values())}"
    return Report(
        "matrix", title, graph.library.version, (_table(answer),), answer, to_json,
        story(names, answer.shares.tally()),
        (
            "A row is a group of requirements that belong together: one for each leaf clause of the harmonized "
            "structure, and topic groups for what has no common core.",
            *((answer.looked_at,) if answer.looked_at else ()),
            *method_notes(graph, grouping.keys),
        ),
        version=3, standards=answer.standards, doubt=doubt(graph, grouping.keys),
        summary=levelled(
            f"{listed(names.values())}: {three_numbers(answer.shares.tally(), len(names))}.", answer.standards
        ),
    )  # fmt: skip


def _looked_at(grouping: Grouping) -> str:
    """Say of how many pairs of leaf clauses of two standards nobody has said anything."""
    if len(grouping.keys) != 2:
        return ""
    found = pairs_by_class(grouping, *grouping.keys)
    unsaid, none = found[Kin.NOT_ASSESSED], found[Kin.NONE]
    total = sum(found.values())
    return (
        f"Not looked at is told of a leaf clause as a whole. Of {total} pairs of leaf clauses {total - unsaid - none} "
        f"have something to do with each other, of {none} it is stated that they have not, and of {unsaid} nobody has "
        "said anything."
    )


def _false_friends(grouping: Grouping) -> dict[str, set[str]]:
    """Give the leaf clauses of each false friend, by number."""
    found: dict[str, set[str]] = {}
    for pair in grouping.pairs.values():
        for friend in false_friends(pair):
            leaves = found.setdefault(friend.number, set())
            for ref in (friend.subject, friend.object):
                leaves |= {leaf.ref for leaf in grouping.graph.leaves_under(ref)}
    return found


def _row(grouping: Grouping, group: Group, friends: dict[str, set[str]], label: Mapping[str, str]) -> Topic:
    graph = grouping.graph
    compared = {pair: grouping.compare(group, *pair) for pair in grouping.pairs}
    known = {pair: kinship for pair, kinship in compared.items() if kinship is not None}
    placed = grouping.placed.get(group.id, {})
    present = present_in(grouping, group)
    adds = {key: tuple(_addition(graph, ref) for ref in grouping.adds(group, key)) for key in grouping.keys}
    kins = [kinship.kin for kinship in known.values()]
    kin = topic_kin(kins, map(len, adds.values()))
    shared = _shared(grouping, group, known)
    here = {ref for key in grouping.keys for ref in group.home[key]}
    return Topic(
        group.id,
        group.main,
        group.number,
        group.title,
        {key: tuple(clause_name(graph, ref) for ref in group.home[key]) for key in grouping.keys},
        {
            key: tuple(CrossReference(clause_name(graph, ref), grouping.home[ref]) for ref in group.also[key])
            for key in grouping.keys
        },
        tuple(PairClass(one, other, kinship.kin, kinship.jointly) for (one, other), kinship in known.items()),
        kin,
        {key: grouping.against_core(group, key) for key in grouping.keys},
        shared,
        adds,
        {
            key: tuple(graph.in_core_order(set(group.core) - graph.core_ids(group.home[key] + group.also[key])))
            for key in grouping.keys
        },
        present,
        together(label[key] for key in present),
        advice_in(grouping, group, kins, map(len, adds.values())),
        tuple(sorted((n for n, leaves in friends.items() if leaves & here), key=number_key)),
        {
            key: Counter(closest_kin(grouping, ref) for ref in placed.get(key, ()))
            for key in grouping.counted
            if key in present and grouping.pairs
        },
        group.short,
    )


def _shared(grouping: Grouping, group: Group, known: Mapping[tuple[str, str], Kinship]) -> tuple[Shared, ...]:
    """List what two standards or more have in common in a row: core points first, then what stated relations say."""
    graph = grouping.graph
    found: list[Shared] = []
    for core, by in shared_core(grouping, group).items():
        at = frozenset(ref.partition("#")[0] for key in by for ref in graph.holders(core, key))
        found.append(Shared(graph.core_points[core].text, by, core=core, at=at))
    # Clauses and their points may say the same: once is enough.
    told: dict[str, tuple[str, list[str], set[str]]] = {}
    for pair, kinship in known.items():
        for relation in kinship.relations:
            if relation.shared and not of_core(graph, relation):
                _, by_, at_ = told.setdefault(relation.shared, (relation.id, [], set()))
                by_ += [key for key in pair if key not in by_]
                ends = (*relation.subject, *relation.object)
                at_ |= set(graph.leaf_refs(ends))
    stated = (Shared(text, tuple(by), relation=id_, at=frozenset(at)) for text, (id_, by, at) in told.items())
    return (*found, *stated)


def _addition(graph: ClauseGraph, ref: str) -> Addition:
    point = graph.point(ref)
    return Addition(ref, added(point))


# --- as JSON ----------------------------------------------------------------------------------------------------------


def to_json(answer: MatrixAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "core_colours": {"dark": answer.core_colours.dark, "tint": answer.core_colours.tint},
        "main_clauses": [main_clause_json(main) for main in answer.main_clauses],
        "headings": {"core": dict(answer.core_headings)} | {key: dict(held) for key, held in answer.headings.items()},
        "groups": [_topic_json(row) for row in answer.topics],
        "topics": tally_json(answer.shares.tally()),
        "coverage": [coverage_json(entry) for entry in answer.coverage],
    }


def _topic_json(row: Topic) -> dict[str, Json]:
    return {
        "id": row.id,
        "kind": "topic" if row.number is None else "core",
        "main": row.main,
        "number": row.number,
        "title": row.title,
        "clauses": {key: [clause_json(clause) for clause in clauses] for key, clauses in row.clauses.items()},
        "also": {
            key: [{**clause_json(one.clause), "home": one.home} for one in named] for key, named in row.also.items()
        },
        "classes": [
            {"subject": one.subject, "object": one.object, "class": one.kin.value, "jointly": one.jointly}
            for one in row.classes
        ],
        "class": row.kin.value,
        "glyph": row.kin.glyph,
        "against_core": {key: None if kin is None else kin.value for key, kin in row.against_core.items()},
        "shared": [_shared_json(entry) for entry in row.shared],
        "adds": {key: [one.text for one in found] for key, found in row.adds.items()},
        "adds_points": {key: [one.point for one in found] for key, found in row.adds.items()},
        "lacks": {key: list(core) for key, core in row.lacks.items()},
        "letters": row.letters,
        "advice": row.advice,
        "false_friends": list(row.false_friends),
    }


def _shared_json(entry: Shared) -> dict[str, Json]:
    if entry.relation is None:
        return {"core": entry.core, "text": entry.text, "by": list(entry.by)}
    return {"core": None, "relation": entry.relation, "text": entry.text, "by": list(entry.by)}


def only_standards(report: Report[MatrixAnswer]) -> Report[MatrixAnswer]:
    """Leave where each standard speaks of a topic, without what is shared and what each adds."""
    whole = report.table("matrix")
    kept = [place for place, column in enumerate(whole.columns) if column.role not in ("adds", "shared")]
    rows = tuple(evolve(row, cells=tuple(row.cells[place] for place in kept)) for row in whole.rows)
    table = evolve(whole, columns=tuple(whole.columns[place] for place in kept), rows=rows)
    others = tuple(table if one.name == "matrix" else one for one in report.tables)
    return evolve(report, answer=evolve(report.answer, standards_only=True), tables=others)


# --- as a table -------------------------------------------------------------------------------------------------------


def _table(answer: MatrixAnswer) -> Table:
    columns = (
        Column("clause", "Harmonized clause", "clause", 11),
        Column("topic", "Topic", "text", 24),
        *(
            Column(side.key, side.designation, "clause", 30, standard=side.key, role="clauses")
            for side in answer.standards
        ),
        Column("class", "Class", "class", 13),
        Column("shared", "What is shared", "list", 46),
        *(
            Column(f"adds_{side.key}", f"{side.designation} adds", "list", 36, standard=side.key, role="adds")
            for side in answer.standards
        ),
        Column("advice", "Advice", "text", 15),
        Column("letters", "Letters", "letters", 8),
        Column("false_friends", "False friend", "text", 12),
    )
    label = {side.key: side.label for side in answer.standards}
    found: list[Row] = []
    for main in answer.main_clauses:
        blank: tuple[Cell, ...] = (None,) * (len(columns) - 2)
        found.append(Row(f"main-{main.number}", (main.number, main.title, *blank), heading=True))
        found += [
            Row(row.id, _cells(row, label, answer.by_clause), depth=1, standard=sole(row.present))
            for row in answer.topics
            if row.main == main.number
        ]
    return Table("matrix", "Matrix", columns, tuple(found))


def _cells(row: Topic, label: Mapping[str, str], by_clause: Collection[str]) -> tuple[Cell, ...]:
    kin: Cell = row.kin
    if len(row.classes) > 1:
        kin = tuple(f"{together((label[one.subject], label[one.object]))} {reads(one.kin)}" for one in row.classes)
    return (
        row.number or NOTHING,
        row.title,
        *(_clauses_cell(row, key) for key in row.clauses),
        kin,
        tuple(entry.text for entry in row.shared) or NOTHING,
        *(
            NOT_LISTED if key in by_clause and key in row.present else tuple(one.text for one in found) or NOTHING
            for key, found in row.adds.items()
        ),
        row.advice,
        row.letters,
        tuple(f"{WARNING_GLYPH} {number}" for number in row.false_friends) or NOTHING,
    )


def _clauses_cell(row: Topic, key: str) -> Cell:
    home = tuple(Ref(clause.ref, clause.words) for clause in row.clauses[key])
    also = tuple(Ref(one.clause.ref, f"see {one.clause.words}") for one in row.also[key])
    return (*home, *also) or NOTHING
