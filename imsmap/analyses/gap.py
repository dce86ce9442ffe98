"""What is still to do: every point of the standard that is wanted, against what is already there."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from imsmap import about
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import KIND_WORDS, Clause, Kin, Point
from imsmap.parts import side_json, sides
from imsmap.reasoning.groups import Grouping, grouped
from imsmap.report import NOTHING, Cell, Column, Ref, Report, Row, Table, untyped
from imsmap.wording import method_notes

MET, PARTLY, NEW, OPEN = "counterpart", "partly", "new", "not assessed"
_STATES = (MET, PARTLY, OPEN, NEW)
"""The best first: of several standards at hand, the one that gives most counts."""
_KEYS = {MET: MET, PARTLY: PARTLY, NEW: NEW, OPEN: "not_assessed"}


ABOUT = about.Question(short="What is still to do, point by point", takes="own", place=50)


@frozen
class Question:
    """Which standards are there (`have`), and which one is wanted."""

    have: tuple[str, ...]
    want: str = ""


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """Go through the wanted standard point by point: a counterpart is there, something related is, or it is new."""
    if question.want in question.have:
        raise UsageError(f"{question.want} is both had and wanted; name a different standard after --want")
    grouping = grouped(graph, (*question.have, question.want))
    entries = [_entry(grouping, question, leaf, point) for leaf in graph.leaves(question.want) for point in leaf.points]
    mains = _mains(graph, question.want, entries)
    names = " and ".join(graph.standard(key).designation for key in question.have)
    want = graph.standard(question.want).designation
    counts = {key: sum(1 for entry in entries if entry["state"] == state) for state, key in _KEYS.items()}
    values = {
        "have": list(question.have),
        "want": question.want,
        "standards": [side_json(side) for side in sides(graph, grouping.keys)],
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
        untyped,
        f"Of {len(entries)} requirement points of {want}, {counts[MET]} have a counterpart in {names}, "
        f"{counts[PARTLY]} are partly there, {counts[NEW]} are new, and {counts[_KEYS[OPEN]]} are not assessed by "
        "themselves",
        (
            "counterpart = the same requirement is there: do it once, for both, and extend it to the new subject. "
            "partly = a stated relation ties the point or its clause to something that is there. new = somebody looked "
            "and found nothing there that corresponds. not assessed = nobody has looked at this "
            "point by itself: take it as work to do until you have compared it with the clause named under Start "
            "from.",
            *method_notes(graph, grouping.keys),
        ),
    )


def _entry(grouping: Grouping, question: Question, leaf: Clause, point: Point) -> dict[str, Any]:
    ref = leaf.point_ref(point)
    states: list[str] = []
    meets: list[str] = []
    nearby: list[str] = []
    relations: list[str] = []
    for have in question.have:
        pair, forward = grouping.pair(question.want, have)
        kin, used = pair.point_kin(ref, forward=forward)
        state = {Kin.SAME: MET, Kin.RELATED: PARTLY, Kin.NONE: NEW}.get(kin, OPEN)
        if kin is Kin.SAME:
            meets.extend(grouping.graph.holders(point.core, have) if point.core else ())
        elif kin is Kin.NOT_ASSESSED:
            best = grouping.best(leaf.ref, have)
            if point.core is None and best.kin is Kin.RELATED:
                state, used = PARTLY, best.relations
            elif best.kin in (Kin.SAME, Kin.EXTENDED, Kin.RELATED):
                nearby.extend(best.object if forward else best.subject)
        states.append(state)
        if state in (MET, PARTLY):
            relations.extend(relation.id for relation in used)
            meets.extend(side for relation in used for side in _other_side(relation.subject, relation.object, have))
    state = min(states, key=_STATES.index)
    return {
        "id": ref,
        "clause": leaf.ref,
        "text": point.text,
        "state": state,
        "assessed": state != OPEN,
        "met_by": list(dict.fromkeys(meets)),
        "look_in": list(dict.fromkeys(nearby)) if state == OPEN else [],
        "relations": list(dict.fromkeys(relations)),
        "documented": None if point.documented is None else point.documented.kind,
    }


def _other_side(subject: tuple[str, ...], object_: tuple[str, ...], key: str) -> tuple[str, ...]:
    return subject if subject[0].startswith(f"{key}:") else object_


def _mains(graph: ClauseGraph, want: str, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        number = graph.main(entry["clause"])
        row = found.setdefault(
            number,
            {
                "number": number,
                "title": graph.title(f"{want}:{number}"),
                "points": 0,
                **dict.fromkeys(_KEYS.values(), 0),
            },
        )
        row["points"] += 1
        row[_KEYS[entry["state"]]] += 1
    return list(found.values())


def _mains_table(mains: list[dict[str, Any]]) -> Table:
    columns = (
        Column("number", "Clause", "clause", 7),
        Column("title", "Title", "text", 30),
        Column("points", "Points", "number", 8),
        Column(MET, "Counterpart", "number", 12),
        Column(PARTLY, "Partly", "number", 8),
        Column(NEW, "New", "number", 8),
        Column(_KEYS[OPEN], "Not assessed", "number", 12),
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
        Column("who", "Who", "text", 14, "user"),
        Column("due", "By when", "date", 11, "user"),
        Column("done", "Done", "text", 9, "user"),
    )
    rows = []
    for entry in entries:
        if entry["state"] == MET:
            continue
        documented: Cell = KIND_WORDS[entry["documented"]] if entry["documented"] else NOTHING
        start: Cell = tuple(_named(graph, ref) for ref in (*entry["met_by"], *entry["look_in"])) or NOTHING
        given = (_clause(graph, entry), entry["state"], entry["text"], documented, start)
        rows.append(Row(entry["id"], (*given, None, None, None)))
    return Table("work", "Work list: what is new, only partly there or not assessed", columns, tuple(rows))


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
    return Ref(entry["clause"], f"{number} {graph.name(entry['clause'])}")


def _named(graph: ClauseGraph, ref: str) -> Ref:
    return Ref(ref, graph.label(ref))
