"""What an auditor asks: one question for each group, what to look for, and what each standard adds for its verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import KIND_WORDS, AuditQuestion, Point, split_ref
from imsmap.library.relationships import NONE, PREDICATES
from imsmap.parts import (
    ClauseName,
    MainClause,
    Side,
    clause_json,
    clause_name,
    levelled,
    main_clause_json,
    main_clauses,
    side_json,
    sides,
)
from imsmap.reasoning.equals import things
from imsmap.reasoning.groups import Group, Grouping, grouped
from imsmap.report import NOTHING, Cell, Column, Json, Ref, Report, Row, Table, sole
from imsmap.values import frozen
from imsmap.wording import NOT_LISTED, added, doubt, doubts, labels, listed, together

Points = list[tuple[str, Point]]
MANY = 16
"""More additions than these fill a page: they go on clause by clause."""
BOTH_ADD = ("Both add", "Several of them add")


ABOUT = about.Question(short="What an auditor asks, and what it shows", guides=True, place=0)


@frozen
class Question:
    """Which standards an audit covers; the order is kept."""

    standards: tuple[str, ...]


@frozen
class Added:
    """A point of one standard that a row asks for beyond what its standards have in common."""

    text: str
    point: str


@frozen
class Touched:
    """A clause that lives in another row and is touched in this one, with its points that are tied here."""

    clause: ClauseName
    points: tuple[Added, ...]


@frozen
class Evidence:
    """Documented information that a row's points (by their ids) ask for."""

    kind: str
    what: str
    letters: str
    points: tuple[str, ...]


@frozen
class Common:
    """A core point that all standards of a row hold."""

    core: str
    text: str


@frozen
class Several:
    """What two standards of a row or more ask for beyond what all of them hold of the core, with their points by key.

    of_all: all standards of the row do.
    """

    text: str
    points: Mapping[str, tuple[str, ...]]
    of_all: bool


@frozen
class Asked:
    """A row: a question asked once, with what several standards and what each (by key) adds, cites and touches.

    verdicts: the standards (keys) that get one here; question, look_for, evidence, confidence, source: nothing where
    nobody has written the question yet.
    """

    id: str
    main: str
    number: str | None
    title: str
    verdicts: tuple[str, ...]
    letters: str
    question: str | None
    look_for: str | None
    evidence: str | None
    confidence: float | None
    source: str | None
    common: tuple[Common, ...]
    several: tuple[Several, ...]
    adds: Mapping[str, tuple[Added, ...]]
    documented: tuple[Evidence, ...]
    clauses: Mapping[str, tuple[ClauseName, ...]]
    also: Mapping[str, tuple[Touched, ...]]


@frozen
class AuditAnswer:
    """What an auditor asks of some standards, in the order of the harmonized structure.

    lines: of the table, by id: a question that goes on clause by clause has several.
    """

    standards: tuple[Side, ...]
    main_clauses: tuple[MainClause, ...]
    questions: tuple[Asked, ...]
    lines: Mapping[str, Asked]


def analyse(graph: ClauseGraph, question: Question) -> Report[AuditAnswer]:
    """Ask once for each group of requirements that belong together, with what each standard adds."""
    grouping = grouped(graph, question.standards)
    asked = {entry.group: entry for entry in graph.library.audit_questions}
    placed = {
        group: {key: [(ref, graph.point(ref)) for ref in refs] for key, refs in held.items()}
        for group, held in grouping.placed.items()
    }
    label = labels(graph, grouping.keys)
    thing = things(grouping)
    rows = tuple(
        _row(grouping, group, asked.get(group.id), placed[group.id], label, thing)
        for group in grouping.groups
        if group.id in placed
    )
    answer = AuditAnswer(
        sides(graph, grouping.keys),
        main_clauses(graph, (row.main for row in rows)),
        rows,
        dict(line for row in rows for line in _lines(graph, row, label)),
    )
    names = listed(side.designation for side in answer.standards)
    open_ = sum(1 for row in rows if row.question is None)
    told = message(rows)
    if open_:
        told += f"; {open_} group{' still wants its' if open_ == 1 else 's still want their'} question"
    return Report(
        "audit",
        f"Audit checklist for {names}",
        graph.library.version,
        (table(answer),),
        answer,
        to_json,
        levelled(told, answer.standards, stop=True),
        (
            "A question is asked once; each standard gets a verdict of its own, so that a finding names the standard "
            "and the clause that is not met.",
            "What a standard adds comes on top of what the standards in the row have in common; see = the clause "
            "lives in another row and is touched here too.",
            *(
                (
                    "What several standards of a row add alike is told once, with their letters where it is not all "
                    "of them.",
                )
                if any(row.several for row in rows)
                else ()
            ),
            f"Where a standard adds more than {MANY} things under one question, the question goes on clause by clause "
            '("as for ..."), and each clause gets its verdict.',
            "Letters name the standards that get a verdict in the row. Document, record and available (either of both) "
            "say what these standards ask for. Where to look tells where evidence is usually found; no clause asks for "
            "it.",
            "The questions sample; they do not take the place of the standards, and all answers good does not show "
            "that an organization conforms.",
            *_sources(rows),
            *doubts(graph, grouping.keys),
            f"Mapping data {graph.library.version} ({graph.library.released}). In our own words: consult the "
            "standards.",
        ),
        version=2,
        standards=answer.standards,
        doubt=doubt(graph, grouping.keys),
    )


def _sources(rows: Iterable[Asked]) -> tuple[str, ...]:
    """Say once where the questions come from."""
    return tuple(dict.fromkeys(row.source for row in rows if row.source is not None))


def _row(
    grouping: Grouping,
    group: Group,
    asked: AuditQuestion | None,
    placed: Mapping[str, Points],
    label: Mapping[str, str],
    thing: Mapping[str, str],
) -> Asked:
    graph = grouping.graph
    present = tuple(key for key in grouping.keys if key in placed)
    held: dict[str, dict[str, list[str]]] = {}
    for key in present:
        for ref, _ in placed[key]:
            held.setdefault(thing[ref], {}).setdefault(key, []).append(ref)
    common = {name for name, by in held.items() if name in graph.core_points and len(by) == len(present)}
    several = {name: by for name, by in held.items() if name not in common and len(by) > 1}
    return Asked(
        group.id,
        group.main,
        group.number,
        group.title,
        present,
        together(label[key] for key in present),
        asked.question if asked else None,
        asked.look_for if asked else None,
        asked.evidence if asked else None,
        asked.confidence if asked else None,
        asked.source if asked else None,
        tuple(Common(core, graph.core_points[core].text) for core in graph.in_core_order(common)),
        tuple(_several(graph, name, by, of_all=len(by) == len(present)) for name, by in several.items()),
        {
            key: tuple(
                Added(added(point), ref)
                for ref, point in placed.get(key, ())
                if thing[ref] not in common and thing[ref] not in several
            )
            for key in grouping.keys
        },
        _documented(placed, present, label),
        {
            key: tuple(clause_name(graph, ref) for ref in _leaves(ref for ref, _ in placed.get(key, ())))
            for key in grouping.keys
        },
        {key: _touched(grouping, group, key, present) if key not in placed else () for key in grouping.keys},
    )


def _several(graph: ClauseGraph, name: str, by: Mapping[str, Sequence[str]], *, of_all: bool) -> Several:
    core = graph.core_points.get(name)
    # Apart from the discipline: each of them says it in its own words.
    first: dict[str, Point] = {}
    for key, refs in by.items():
        first.setdefault(graph.discipline(key).key, graph.point(refs[0]))
    text = " / ".join(dict.fromkeys(map(added, first.values()))) if core is None else core.text
    return Several(text, {key: tuple(refs) for key, refs in by.items()}, of_all)


def _leaves(refs: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref.partition("#")[0] for ref in refs))


def _touched(grouping: Grouping, group: Group, key: str, present: Sequence[str]) -> tuple[Touched, ...]:
    """List the clauses of a standard without a verdict in a row that are touched there, each with its points tied."""
    graph = grouping.graph
    tied: set[str] = set()
    for other in present:
        pair, forward = grouping.pair(key, other)
        for near in group.also[key]:
            for far in group.home[other]:
                kinship = pair.leaf(near, far) if forward else pair.leaf(far, near)
                for relation in kinship.relations:
                    if PREDICATES[relation.predicate] != NONE:
                        tied |= {end for end in (*relation.subject, *relation.object) if split_ref(end)[0] == key}
    return tuple(
        Touched(
            clause_name(graph, ref),
            tuple(Added(added(point), name) for name, point in graph.points((ref,)) if name in tied),
        )
        for ref in group.also[key]
    )


def _documented(placed: Mapping[str, Points], present: Iterable[str], label: Mapping[str, str]) -> tuple[Evidence, ...]:
    """List the documented information asked for in a row: each thing once, with the points that ask for it."""
    found: dict[tuple[str, str], list[str]] = {}
    for key in present:
        for ref, point in placed[key]:
            if point.documented is not None:
                found.setdefault((point.documented.kind, point.documented.what), []).append(ref)
    return tuple(Evidence(kind, what, _letters(label, refs), tuple(refs)) for (kind, what), refs in found.items())


def _letters(label: Mapping[str, str], refs: Iterable[str]) -> str:
    return together(label[key] for key in dict.fromkeys(split_ref(ref)[0] for ref in refs))


def _lines(graph: ClauseGraph, row: Asked, label: Mapping[str, str]) -> Iterator[tuple[str, Asked]]:
    """Give the lines of a row with their ids: what a standard adds at length goes on below, clause by clause.

    Its first clause stays in the row itself, so that the standard has a verdict there too.
    """
    count = Counter(key for one in row.several for key, refs in one.points.items() for _ in refs)
    long = [key for key, adds in row.adds.items() if len(adds) + count[key] > MANY]
    apart = {clause.ref: key for key in long for clause in row.clauses[key][1:]}
    refs = {clause.ref for clauses in row.clauses.values() for clause in clauses}
    yield row.id, cut(row, refs.difference(apart), label)
    for ref, key in apart.items():
        again = f"as for {row.title}"  # not "as above": people sort
        yield (
            ref,
            evolve(
                cut(row, {ref}, label),
                title=graph.name(ref),
                question=again,
                look_for=again,
                evidence=None,
                verdicts=(key,),
                letters=label[key],
                also=dict.fromkeys(row.also, ()),
            ),
        )


def cut(row: Asked, leaves: set[str], label: Mapping[str, str]) -> Asked:
    """Leave in a row only what some of its clauses ask for."""
    documented = []
    for entry in row.documented:
        points = tuple(ref for ref in entry.points if ref.partition("#")[0] in leaves)
        if points:
            documented.append(evolve(entry, letters=_letters(label, points), points=points))
    return evolve(
        row,
        documented=tuple(documented),
        several=tuple(
            one
            for one in row.several
            if any(ref.partition("#")[0] in leaves for refs in one.points.values() for ref in refs)
        ),
        adds={
            key: tuple(entry for entry in adds if entry.point.partition("#")[0] in leaves)
            for key, adds in row.adds.items()
        },
        clauses={
            key: tuple(clause for clause in clauses if clause.ref in leaves) for key, clauses in row.clauses.items()
        },
    )


def message(rows: Sequence[Asked]) -> str:
    """Count the questions, and those that are asked once for several standards."""
    several = sum(1 for row in rows if len(row.verdicts) > 1)
    if all(len(row.adds) == 1 for row in rows):
        return f"{len(rows)} questions"
    return f"{len(rows)} questions; {several} of them are asked once for more than one standard"


# --- as JSON ----------------------------------------------------------------------------------------------------------


def to_json(answer: AuditAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "main_clauses": [main_clause_json(main) for main in answer.main_clauses],
        "questions": [_asked_json(row) for row in answer.questions],
    }


def _asked_json(row: Asked) -> dict[str, Json]:
    return {
        "id": row.id,
        "main": row.main,
        "number": row.number,
        "title": row.title,
        "letters": row.letters,
        "question": row.question,
        "look_for": row.look_for,
        "evidence": row.evidence,
        "confidence": row.confidence,
        "source": row.source,
        "common": [{"core": entry.core, "text": entry.text} for entry in row.common],
        "several": [
            {"text": one.text, "points": {key: list(refs) for key, refs in one.points.items()}} for one in row.several
        ],
        "adds": {key: [_added_json(entry) for entry in adds] for key, adds in row.adds.items()},
        "documented": [
            {"kind": entry.kind, "what": entry.what, "letters": entry.letters, "points": list(entry.points)}
            for entry in row.documented
        ],
        "clauses": {key: [clause_json(clause) for clause in clauses] for key, clauses in row.clauses.items()},
        "also": {
            key: [
                {**clause_json(entry.clause), "touched": [_added_json(point) for point in entry.points]}
                for entry in found
            ]
            for key, found in row.also.items()
        },
    }


def _added_json(entry: Added) -> dict[str, Json]:
    return {"text": entry.text, "point": entry.point}


# --- as a table -------------------------------------------------------------------------------------------------------


def table(answer: AuditAnswer) -> Table:
    """Put the lines of a checklist under their main clauses."""
    several = any(row.several for row in answer.questions)
    label = {side.key: side.label for side in answer.standards}
    columns = (
        Column("clause", "Harmonized clause", "clause", 11),
        Column("topic", "Topic", "text", 22),
        Column("letters", "Letters", "letters", 8),
        Column("question", "Question, asked once", "text", 36),
        Column("look_for", "Look for", "text", 36),
        *((Column("several", BOTH_ADD[len(answer.standards) > 2], "list", 34),) if several else ()),
        *(
            Column(f"adds_{side.key}", f"{side.designation} adds", "list", 34, standard=side.key, role="adds")
            for side in answer.standards
        ),
        Column("documented", "Documented information asked for", "list", 32),
        Column("evidence", "Where to look", "text", 26),
        *(
            Column(side.key, f"{side.designation}: clauses", "clause", 15, standard=side.key, role="clauses")
            for side in answer.standards
        ),
    )
    by_clause = {side.key for side in answer.standards if side.by_clause}
    found: list[Row] = []
    for main in answer.main_clauses:
        blank: tuple[Cell, ...] = (None,) * (len(columns) - 2)
        found.append(Row(f"main-{main.number}", (main.number, main.title, *blank), heading=True))
        found += [
            Row(id_, _cells(line, by_clause, label, several=several), depth=1, standard=sole(line.verdicts))
            for id_, line in answer.lines.items()
            if line.main == main.number
        ]
    return Table("audit", "Audit checklist", columns, tuple(found))


def _cells(row: Asked, by_clause: Collection[str], label: Mapping[str, str], *, several: bool) -> tuple[Cell, ...]:
    documented = (f"{KIND_WORDS[entry.kind]} ({entry.letters}): {entry.what}" for entry in row.documented)
    return (
        row.number or NOTHING,
        row.title,
        row.letters,
        row.question,
        row.look_for,
        *((_alike(row, label),) if several else ()),
        *(NOT_LISTED if key in by_clause and key in row.verdicts else _beyond(row, key) for key in row.adds),
        tuple(documented) or NOTHING,
        row.evidence,
        *(_cited(row, key) for key in row.clauses),
    )


def _alike(row: Asked, label: Mapping[str, str]) -> Cell:
    """Say what several standards add: once, in the row of the first of them; in one of another, where that is."""
    told: list[str] = []
    elsewhere: dict[str, list[str]] = {}
    for one in row.several:
        first = next(iter(one.points))
        if first not in row.verdicts:
            elsewhere.setdefault(first, []).extend(split_ref(ref)[1] for ref in one.points[first])
            continue
        who = "" if one.of_all else f"{together(label[key] for key in one.points)}: "
        told.append(f"{who}{one.text}")
    told += [f"as {label[key]} {listed(dict.fromkeys(numbers))}" for key, numbers in elsewhere.items()]
    return tuple(told) or NOTHING


def _beyond(row: Asked, key: str) -> Cell:
    """Say what a standard adds in a row, or what of it is touched there though it lives elsewhere."""
    touched = tuple(f"see {entry.clause.number}: {point.text}" for entry in row.also[key] for point in entry.points)
    return tuple(entry.text for entry in row.adds[key]) or touched or NOTHING


def _cited(row: Asked, key: str) -> Cell:
    home = tuple(Ref(clause.ref, clause.number) for clause in row.clauses[key])
    also = tuple(Ref(entry.clause.ref, f"see {entry.clause.number}") for entry in row.also[key])
    return (*home, *also) or NOTHING
