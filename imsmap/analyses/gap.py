"""What is still to do: every point of the standard that is wanted, against what is already there."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from imsmap.errors import UsageError
from imsmap.graph import ClauseGraph
from imsmap.groups import Grouping
from imsmap.measures import describe_standard, method_notes
from imsmap.model import KIND_WORDS, Clause, Kin, Point, main_number
from imsmap.report import NOTHING, Cell, Column, Ref, Report, Row, Table

MET, PARTLY, NEW = "counterpart", "partly", "new"


@frozen
class Question:
    """Which standards are there (`have`), and which one is wanted."""

    have: tuple[str, ...]
    want: str = ""


def analyse(graph: ClauseGraph, question: Question) -> Report:
    """Go through the wanted standard point by point: a counterpart is there, something related is, or it is new."""
    if question.want in question.have:
        raise UsageError(f"{question.want} is both had and wanted; name a different standard after --want")
    grouping = Grouping(graph, (*question.have, question.want))
    entries = [_entry(grouping, question, leaf, point) for leaf in graph.leaves(question.want) for point in leaf.points]
    mains = _mains(graph, question.want, entries)
    names = " and ".join(graph.standard(key).designation for key in question.have)
    want = graph.standard(question.want).designation
    counts = {state: sum(1 for entry in entries if entry["state"] == state) for state in (MET, PARTLY, NEW)}
    values = {
        "have": list(question.have),
        "want": question.want,
        "standards": [describe_standard(graph, key) for key in grouping.keys],
        "counts": {**counts, "points": len(entries)},
        "main_clauses": mains,
        "points": entries,
    }
    return Report(
        "gap",
        f"From {names} to {want}",
        graph.library.version,
        (_mains_table(mains), _work_table(graph, entries), _points_table(graph, entries)),
        values,
        f"{counts[NEW]} of {len(entries)} requirement points of {want} are new beside {names}; {counts[PARTLY]} are "
        f"partly there; {counts[MET]} have a counterpart",
        (
            "counterpart = the same requirement is there: do it once, for both, and extend it to the new subject. "
            "partly = a stated relation ties the point or its clause to something that is there. new = nothing there "
            "corresponds; where nobody has looked at the point by itself, the row says so.",
            *method_notes(graph, grouping.keys),
        ),
    )


def _entry(grouping: Grouping, question: Question, leaf: Clause, point: Point) -> dict[str, Any]:
    ref = leaf.point_ref(point)
    state, assessed = NEW, True
    meets: list[str] = []
    relations: list[str] = []
    for have in question.have:
        pair, forward = grouping.pair(question.want, have)
        kin, used = pair.point_kin(ref, forward=forward)
        if kin is Kin.SAME:
            state = MET
            meets.extend(grouping.graph.holders(point.core, have) if point.core else ())
        elif kin is Kin.RELATED and state == NEW:
            state = PARTLY
        elif kin is Kin.NOT_ASSESSED:
            best = grouping.best(leaf.ref, have)
            if point.core is None and best.kin is Kin.RELATED:
                state = PARTLY if state == NEW else state
                used = best.relations
            else:
                assessed = False
        relations.extend(relation.id for relation in used)
        meets.extend(side for relation in used for side in _other_side(relation.subject, relation.object, have))
    return {
        "id": ref,
        "clause": leaf.ref,
        "text": point.text,
        "state": state,
        "assessed": assessed or state != NEW,
        "met_by": list(dict.fromkeys(meets)),
        "relations": list(dict.fromkeys(relations)),
        "documented": None if point.documented is None else point.documented.kind,
    }


def _other_side(subject: tuple[str, ...], object_: tuple[str, ...], key: str) -> tuple[str, ...]:
    return subject if subject[0].startswith(f"{key}:") else object_


def _mains(graph: ClauseGraph, want: str, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        number = main_number(entry["clause"].partition(":")[2])
        row = found.setdefault(
            number,
            {"number": number, "title": graph.title(f"{want}:{number}"), "points": 0, MET: 0, PARTLY: 0, NEW: 0},
        )
        row["points"] += 1
        row[entry["state"]] += 1
    return list(found.values())


def _mains_table(mains: list[dict[str, Any]]) -> Table:
    columns = (
        Column("number", "Clause", "clause", 7),
        Column("title", "Title", "text", 30),
        Column("points", "Points", "number", 8),
        Column(MET, "Counterpart", "number", 12),
        Column(PARTLY, "Partly", "number", 8),
        Column(NEW, "New", "number", 8),
    )
    rows = tuple(Row(f"main-{row['number']}", tuple(row[column.key] for column in columns)) for row in mains)
    return Table("main_clauses", "By main clause", columns, rows)


def _work_table(graph: ClauseGraph, entries: list[dict[str, Any]]) -> Table:
    columns = (
        Column("clause", "Clause", "clause", 34),
        Column("state", "State", "text", 12),
        Column("text", "To do, in our words", "text", 60),
        Column("documented", "Documented information", "text", 14),
        Column("start", "Start from", "list", 34),
    )
    rows = []
    for entry in entries:
        if entry["state"] == MET:
            continue
        state = entry["state"] if entry["assessed"] else f"{NEW} (point not assessed by itself)"
        documented: Cell = KIND_WORDS[entry["documented"]] if entry["documented"] else NOTHING
        start: Cell = tuple(_named(graph, ref) for ref in entry["met_by"]) or NOTHING
        rows.append(Row(entry["id"], (_clause(graph, entry), state, entry["text"], documented, start)))
    return Table("work", "Work list: what is new or only partly there", columns, tuple(rows))


def _points_table(graph: ClauseGraph, entries: list[dict[str, Any]]) -> Table:
    columns = (
        Column("clause", "Clause", "clause", 34),
        Column("text", "What is asked for, in our words", "text", 60),
        Column("state", "State", "text", 12),
        Column("met_by", "By", "list", 34),
    )
    rows = tuple(
        Row(
            entry["id"],
            (
                _clause(graph, entry),
                entry["text"],
                entry["state"],
                tuple(_named(graph, ref) for ref in entry["met_by"]) or NOTHING,
            ),
        )
        for entry in entries
    )
    return Table("points", "Point by point", columns, rows)


def _clause(graph: ClauseGraph, entry: dict[str, Any]) -> Ref:
    number = entry["clause"].partition(":")[2]
    return Ref(entry["clause"], f"{number} {graph.title(entry['clause'])}")


def _named(graph: ClauseGraph, ref: str) -> Ref:
    return Ref(ref, graph.label(ref))
