"""What is still to do: every point of the standard that is wanted, against what is already there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from imsmap import about
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import KIND_WORDS, Clause, Kin, Point, split_ref
from imsmap.parts import ClauseName, Side, clause_name, levelled, side_json, sides
from imsmap.reasoning.groups import Grouping
from imsmap.report import NOTHING, Cell, Column, Json, Ref, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import CLAUSE_LEVEL, NOT_LISTED, doubt, listed, method_notes

MET, PARTLY, TOUCHED, NEW, OPEN = "counterpart", "partly", "touches", "new", "not assessed"
_STATES = (MET, PARTLY, OPEN, TOUCHED, NEW)
"""The best first: of several standards at hand, the one that gives most counts."""
STATE_WORDS = {OPEN: Kin.NOT_ASSESSED.word}
"""Where people read another word than the value: `Not assessed` is what a client answers."""
_KEYS = {MET: MET, PARTLY: PARTLY, TOUCHED: TOUCHED, NEW: NEW, OPEN: "not_assessed"}


ABOUT = about.Question(short="What is still to do, point by point", takes="own", place=50)


@frozen
class Question:
    """Which standards are there (`have`), and which one is wanted."""

    have: tuple[str, ...]
    want: str = ""


@frozen
class PointState:
    """A point that is wanted, and what is there for it.

    met_by: references of what has a counterpart or a tie to it; look_in: leaf clauses to compare it with, where nobody
    has assessed it. relations: ids. documented: kind of documented information that it asks for. label: what it is
    about, in a few words.
    """

    id: str
    clause: ClauseName
    text: str
    state: str
    met_by: tuple[str, ...]
    look_in: tuple[str, ...]
    relations: tuple[str, ...]
    documented: str | None
    label: str


@frozen
class MainGap:
    """A main clause of the standard that is wanted, with how many of its points are in which state."""

    number: str
    title: str
    points: int
    counts: Mapping[str, int]


@frozen
class GapAnswer:
    """Every point of the standard that is wanted against the standards that are there (keys)."""

    have: tuple[str, ...]
    want: str
    standards: tuple[Side, ...]
    main_clauses: tuple[MainGap, ...]
    points: tuple[PointState, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many points are in which state."""
        return _counted(self.points)


def _counted(points: Iterable[PointState]) -> dict[str, int]:
    states = [point.state for point in points]
    return {state: states.count(state) for state in _KEYS}


def answered(graph: ClauseGraph, question: Question) -> GapAnswer:
    """Go through the wanted standard point by point: a counterpart is there, something related is, or it is new."""
    if question.want in question.have:
        raise UsageError(f"{question.want} is both had and wanted; name a different standard after --want")
    _refuse_clause_level(graph, question)
    # Nobody else asks about just these, and a page asks it of every two.
    grouping = Grouping(graph, (*question.have, question.want))
    points = tuple(
        _point(grouping, question, leaf, named, point)
        for leaf in graph.leaves(question.want)
        for named in (clause_name(graph, leaf.ref),)
        for point in leaf.points
    )
    mains = _mains(graph, question.want, points)
    return GapAnswer(question.have, question.want, sides(graph, grouping.keys), mains, points)


def analyse(graph: ClauseGraph, question: Question) -> Report[GapAnswer]:
    """Answer, and set out as tables what is still to do."""
    answer = answered(graph, question)
    points = answer.points
    names = " and ".join(graph.standard(key).designation for key in question.have)
    want = graph.standard(question.want).designation
    counts = answer.counts
    touched = f"{counts[TOUCHED]} only touch something there, " if counts[TOUCHED] else ""
    return Report(
        "gap",
        f"From {names} to {want}",
        graph.library.version,
        (_mains_table(answer.main_clauses), _work_table(graph, points), _points_table(graph, points)),
        answer,
        to_json,
        f"Of {len(points)} requirement points of {want}, {counts[MET]} have a counterpart in {names}, "
        f"{counts[PARTLY]} are partly there, {touched}{counts[NEW]} are new, and {counts[OPEN]} were not looked at by "
        "themselves",
        (
            "counterpart = the same requirement is there: do it once, for both, and extend it to the new subject. "
            "partly = a stated relation ties the point or its clause to something that is there. touches = "
            "a weak relation only: look there, but count on nothing. new = somebody looked "
            "and found nothing there that corresponds. not looked at = nobody has looked at this "
            "point by itself: take it as work to do until you have compared it with the clause named under Start "
            "from.",
            *method_notes(graph, tuple(side.key for side in answer.standards)),
        ),
        version=2,
        summary=levelled(_summary(names, want, counts), answer.standards),
        doubt=doubt(graph, (side.key for side in answer.standards)),
    )


def _refuse_clause_level(graph: ClauseGraph, question: Question) -> None:
    """Tell who wants or has nothing but a standard held at clause level that a gap is counted in points."""
    loose = [key for key in question.have if graph.by_clause(key)]
    if graph.by_clause(question.want):
        loose = [question.want]
    elif len(loose) < len(question.have):
        return
    names = listed(graph.standard(key).designation for key in loose)
    asked = " ".join((*question.have, question.want))
    raise UsageError(
        f"{names} {'is' if len(loose) == 1 else 'are'} held at {CLAUSE_LEVEL}: what it asks for is {NOT_LISTED}, so no "
        f"gap can be told point by point; how its clauses stand to the others: imsmap overlap {asked}"
    )


def _summary(names: str, want: str, counts: Mapping[str, int]) -> str:
    told = {PARTLY: "there in part", TOUCHED: "only touched", NEW: "new", OPEN: "not looked at by themselves"}
    rest = ", ".join(f"**{counts[state]}** {words}" for state, words in told.items() if counts[state])
    first = f"**{counts[MET]} of {sum(counts.values())} points** have a counterpart"
    return f"From {names} to {want}: {first}{', ' + rest if rest else ''}."


def _point(grouping: Grouping, question: Question, leaf: Clause, named: ClauseName, point: Point) -> PointState:
    ref = leaf.point_ref(point)
    states: list[str] = []
    meets: list[str] = []
    nearby: list[str] = []
    relations: list[str] = []
    for have in question.have:
        if grouping.graph.by_clause(have):
            continue
        pair, forward = grouping.pair(question.want, have)
        kin, used = pair.point_kin(ref, forward=forward)
        state = {Kin.SAME: MET, Kin.RELATED: PARTLY, Kin.TOUCHES: TOUCHED, Kin.NONE: NEW}.get(kin, OPEN)
        if kin is Kin.SAME:
            meets.extend(grouping.graph.holders(point.core, have) if point.core else ())
        elif kin is Kin.NOT_ASSESSED:
            best = grouping.best(leaf.ref, have)
            if point.core is None and best.kin is Kin.RELATED:
                state, used = PARTLY, best.relations
            elif point.core is None and best.kin is Kin.TOUCHES:
                state, used = TOUCHED, best.relations
            elif best.kin.is_counterpart:
                nearby.extend(best.object if forward else best.subject)
        states.append(state)
        if state in (MET, PARTLY, TOUCHED):
            relations.extend(relation.id for relation in used)
            meets.extend(side for relation in used for side in _other_side(relation.subject, relation.object, have))
    state = min(states, key=_STATES.index)
    return PointState(
        ref,
        named,
        point.text,
        state,
        tuple(dict.fromkeys(meets)),
        tuple(dict.fromkeys(nearby)) if state == OPEN else (),
        tuple(dict.fromkeys(relations)),
        None if point.documented is None else point.documented.kind,
        point.adds or point.text,
    )


def _other_side(subject: tuple[str, ...], object_: tuple[str, ...], key: str) -> tuple[str, ...]:
    return subject if subject[0].startswith(f"{key}:") else object_


def _mains(graph: ClauseGraph, want: str, points: Iterable[PointState]) -> tuple[MainGap, ...]:
    found: dict[str, list[PointState]] = {}
    for point in points:
        found.setdefault(graph.main(point.clause.ref), []).append(point)
    return tuple(
        MainGap(number, graph.title(f"{want}:{number}"), len(held), _counted(held)) for number, held in found.items()
    )


# --- as JSON ---------------------------------------------------------------------------------------------------------


def to_json(answer: GapAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "have": list(answer.have),
        "want": answer.want,
        "standards": [side_json(side) for side in answer.standards],
        "counts": {**_counts_json(answer.counts), "points": len(answer.points)},
        "main_clauses": [
            {"number": main.number, "title": main.title, "points": main.points, **_counts_json(main.counts)}
            for main in answer.main_clauses
        ],
        "points": [
            {
                "id": point.id,
                "clause": point.clause.ref,
                "text": point.text,
                "state": point.state,
                "assessed": point.state != OPEN,
                "met_by": list(point.met_by),
                "look_in": list(point.look_in),
                "relations": list(point.relations),
                "documented": point.documented,
            }
            for point in answer.points
        ],
    }


def _counts_json(counts: Mapping[str, int]) -> dict[str, Json]:
    return {key: counts[state] for state, key in _KEYS.items()}


# --- as tables -------------------------------------------------------------------------------------------------------


def _mains_table(mains: Iterable[MainGap]) -> Table:
    columns = (
        Column("number", "Clause", "clause", 7),
        Column("title", "Title", "text", 30),
        Column("points", "Points", "number", 8),
        Column(MET, "Counterpart", "number", 12),
        Column(PARTLY, "Partly", "number", 8),
        Column(TOUCHED, "Touches", "number", 8),
        Column(NEW, "New", "number", 8),
        Column(_KEYS[OPEN], "Not looked at", "number", 12),
    )
    rows = tuple(
        Row(f"main-{main.number}", (main.number, main.title, main.points, *(main.counts[state] for state in _KEYS)))
        for main in mains
    )
    return Table("main_clauses", "By main clause", columns, rows)


def _work_table(graph: ClauseGraph, points: Iterable[PointState]) -> Table:
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
    for point in points:
        if point.state == MET:
            continue
        documented: Cell = KIND_WORDS[point.documented] if point.documented else NOTHING
        start = _named(graph, (*point.met_by, *point.look_in))
        given = (_clause(point.clause), STATE_WORDS.get(point.state, point.state), point.text, documented, start)
        rows.append(Row(point.id, (*given, None, None, None)))
    return Table("work", "Work list: what is new, only partly there or not looked at", columns, tuple(rows))


def _points_table(graph: ClauseGraph, points: Iterable[PointState]) -> Table:
    columns = (
        Column("clause", "Clause", "clause", 34),
        Column("text", "What is asked for, in our words", "text", 60),
        Column("state", "State", "text", 12),
        Column("met_by", "By", "list", 34),
    )
    rows = tuple(
        Row(
            point.id,
            (
                _clause(point.clause),
                point.text,
                STATE_WORDS.get(point.state, point.state),
                _named(graph, point.met_by),
            ),
        )
        for point in points
    )
    return Table("points", "Point by point", columns, rows)


def _clause(clause: ClauseName) -> Ref:
    return Ref(clause.ref, f"{clause.number} {clause.name}")


def _named(graph: ClauseGraph, refs: Iterable[str]) -> Cell:
    """Name the clauses in which points stand, each once; an id of a point says nothing to a client."""
    clauses = dict.fromkeys(ref.partition("#")[0] for ref in refs)
    return tuple(Ref(ref, _titled(graph, ref)) for ref in clauses) or NOTHING


def _titled(graph: ClauseGraph, ref: str) -> str:
    """Name a clause with its title; a whole standard, which may be what is met, has none here."""
    return f"{graph.label(ref)} {graph.name(ref)}" if split_ref(ref)[1] else graph.label(ref)
