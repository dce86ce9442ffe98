"""Everything that the standards ask for, in our own words: each question once, with a verdict for each standard."""

from __future__ import annotations

from collections.abc import Iterable

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Clause, number_key
from imsmap.parts import ClauseName, MainClause, Side, clause_name, levelled, main_clauses, side_json, sides
from imsmap.reasoning.groups import Grouping, grouped
from imsmap.register.asked import Asked, asked
from imsmap.register.questions import place_of, words_of
from imsmap.report import Json, Report
from imsmap.values import frozen
from imsmap.wording import listed, together, unsure

ABOUT = about.Question(short="Every requirement, point by point", place=0)
OTHER = "Other requirements"
"""The title of what no topic holds."""


@frozen
class Question:
    """Which standards' requirements to list; the order is kept."""

    standards: tuple[str, ...]


@frozen
class RequiredPoint:
    """One thing that a leaf clause asks for; adds: the words for what is a standard's own; documented: its kind.

    confidence: how sure it is that it is asked for.
    """

    id: str
    text: str
    core: str | None
    adds: str | None
    documented: str | None
    amendment: str | None
    confidence: float = 1.0


@frozen
class RequiredClause:
    """A clause with its points; a heading has none.

    official_title: as the standard has it, which may be none. parent: the number of the heading above. topic: in which
    a leaf clause is at home. leaves: full references of the leaf clauses that it stands for: itself, or those under it.
    """

    standard: str
    clause: ClauseName
    official_title: str
    parent: str | None
    leaf: bool
    topic: str | None
    leaves: tuple[str, ...]
    points: tuple[RequiredPoint, ...]


@frozen
class RequiredVerdict:
    """A point on which a standard has a verdict of its own."""

    side: Side
    clause: ClauseName
    point: RequiredPoint

    @property
    def text(self) -> str:
        """What is asked for, in our words, with the amendment that brought it, and how sure it is if that is little."""
        told = ", ".join(filter(None, (self.point.amendment, unsure(self.point.confidence))))
        return self.point.text + (f" ({told})" if told else "")


@frozen
class RequiredQuestion:
    """What is asked once; a shared one has an id of its own, and words for all its standards.

    label: of the standards that ask for it.
    """

    id: str
    label: str
    text: str
    is_shared: bool
    verdicts: tuple[RequiredVerdict, ...]


@frozen
class RequiredTopic:
    """What is read together; number: of the hub's clause, nothing for a topic without common core.

    notes: what the standards say beside the requirements of its clauses, with where it stands; they ask for nothing.
    """

    id: str
    number: str | None
    title: str
    main: str
    questions: tuple[RequiredQuestion, ...]
    notes: tuple[str, ...] = ()


@frozen
class RequirementsAnswer:
    """Every clause that asks for something with the headings above, standard by standard, and all questions by topic.

    asked: the same as far as the meaning of a client's answers depends on it.
    """

    standards: tuple[Side, ...]
    clauses: tuple[RequiredClause, ...]
    main_clauses: tuple[MainClause, ...]
    topics: tuple[RequiredTopic, ...]
    asked: Asked


def analyse(graph: ClauseGraph, question: Question) -> Report[RequirementsAnswer]:
    """List every clause that asks for something, and every question, ordered by topic."""
    grouping = grouped(graph, question.standards)
    clauses = tuple(
        _clause(graph, grouping, clause)
        for key in grouping.keys
        for clause in graph.clauses(key)
        if graph.leaves_under(clause.ref)
    )
    known = asked(grouping)
    topics = _topics(grouping, known, clauses)
    mains = main_clauses(graph, (topic.main for topic in topics))
    answer = RequirementsAnswer(sides(graph, grouping.keys), clauses, mains, topics, known)
    listed_ = [entry for entry in clauses if not graph.by_clause(entry.standard)]
    points = sum(len(entry.points) for entry in listed_)
    leaves = sum(1 for entry in listed_ if entry.leaf)
    shared = sum(question.is_shared for question in known.questions)
    several = f"; {len(known.questions)} questions, {shared} of them shared" if shared else ""
    return Report(
        "requirements",
        "Requirements of " + listed(side.designation for side in answer.standards),
        graph.library.version,
        (),
        answer,
        to_json,
        levelled(f"{points} requirement points in {leaves} leaf clauses{several}", answer.standards, stop=True),
        (f"Mapping data {graph.library.version} ({graph.library.released}). In our own words: consult the standards.",),
        standards=answer.standards,
    )


def _topics(grouping: Grouping, known: Asked, clauses: tuple[RequiredClause, ...]) -> tuple[RequiredTopic, ...]:
    graph = grouping.graph
    groups = {group.id: group for group in grouping.groups}
    side_of = {side.key: side for side in sides(graph, grouping.keys)}
    points = {point.id: point for entry in clauses for point in entry.points}
    here: dict[tuple[str, str], list[RequiredQuestion]] = {}
    for question in known.questions:
        verdicts = tuple(
            RequiredVerdict(side_of[one.standard], clause_name(graph, one.clause), points[one.point])
            for one in question.verdicts
        )
        label = together(side_of[key].label for key in question.standards)
        told = RequiredQuestion(question.id, label, words_of(question, graph), question.is_shared, verdicts)
        topic, main = place_of(question, graph, groups)
        here.setdefault((main, topic), []).append(told)
    found = []
    for (main, id_), several in here.items():
        group = groups.get(id_)
        number, title = (None, OTHER) if group is None else (group.number, group.title)
        notes = _notes(graph, (one.clause.ref for question in several for one in question.verdicts))
        found.append(RequiredTopic(id_, number, title, main, tuple(several), notes))
    return tuple(sorted(found, key=lambda topic: number_key(topic.main)))


def _notes(graph: ClauseGraph, refs: Iterable[str]) -> tuple[str, ...]:
    """Tell the notes of clauses, each once, with the clauses that it stands in."""
    where: dict[tuple[str, str | None], list[str]] = {}
    for ref in dict.fromkeys(refs):
        for note in graph.clause(ref).notes:
            where.setdefault((note.text, note.amendment), []).append(graph.label(ref))
    return tuple(
        f"Note to {listed(labels)}{f' ({amendment})' if amendment else ''}: {text}"
        for (text, amendment), labels in where.items()
    )


def _clause(graph: ClauseGraph, grouping: Grouping, clause: Clause) -> RequiredClause:
    return RequiredClause(
        clause.standard,
        clause_name(graph, clause.ref),
        clause.title,
        clause.above,
        graph.is_leaf(clause.ref),
        grouping.home.get(clause.ref),
        tuple(leaf.ref for leaf in graph.leaves_under(clause.ref)),
        tuple(
            RequiredPoint(
                clause.point_ref(point),
                point.text,
                point.core,
                point.adds,
                None if point.documented is None else point.documented.kind,
                point.amendment,
                point.confidence,
            )
            for point in clause.points
        ),
    )


def to_json(answer: RequirementsAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "clauses": [
            {
                "ref": clause.clause.ref,
                "standard": clause.standard,
                "number": clause.clause.number,
                "title": clause.clause.title,
                "name": clause.clause.name,
                "official_title": clause.official_title,
                "parent": clause.parent,
                "leaf": clause.leaf,
                "group": clause.topic,
                "points": [
                    {
                        "id": point.id,
                        "text": point.text,
                        "core": point.core,
                        "adds": point.adds,
                        "documented": point.documented,
                        "amendment": point.amendment,
                    }
                    for point in clause.points
                ],
            }
            for clause in answer.clauses
        ],
    }
