"""The legal register: the obligations of laws, permits and contracts, each with where it comes from."""

from __future__ import annotations

from collections.abc import Iterable

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Clause
from imsmap.parts import ClauseName, Side, clause_json, clause_name, side_json, sides
from imsmap.report import Column, Json, Ref, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import listed

ABOUT = about.Question(short="The obligations of a legal register", obligations=True, place=0)


@frozen
class Question:
    """Whose obligations are listed; standards that are no legal register have none."""

    standards: tuple[str, ...]


@frozen
class ObligationName:
    """An obligation: the law and the place in it, and what it asks for, by point."""

    side: Side
    clause: ClauseName
    law: str
    place: str
    points: tuple[tuple[str, str], ...]


@frozen
class ObligationsAnswer:
    """The obligations of some standards, in order; standards: those that have any."""

    standards: tuple[Side, ...]
    obligations: tuple[ObligationName, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[ObligationsAnswer]:
    """List the obligations."""
    held = tuple(side for side in sides(graph, question.standards) if graph.has_obligations(side.key))
    found = tuple(
        _obligation(graph, side, leaf)
        for side in held
        for leaf in graph.leaves(side.key)
        if leaf.obligation is not None
    )
    answer = ObligationsAnswer(held, found)
    laws = len({(one.side.key, one.law) for one in found})
    names = listed(side.designation for side in held)
    return Report(
        "obligations",
        f"Legal register: {names}",
        graph.library.version,
        (_table(answer),),
        answer,
        to_json,
        f"{len(found)} obligations of {laws} {'law' if laws == 1 else 'laws'}, permits and contracts",
        ("Whether each is met is said on Requirements; how and when that is evaluated, on this sheet.",),
        standards=held,
    )


def _obligation(graph: ClauseGraph, side: Side, leaf: Clause) -> ObligationName:
    assert leaf.obligation is not None
    points = tuple((ref, point.text) for ref, point in graph.points((leaf.ref,)))
    return ObligationName(side, clause_name(graph, leaf.ref), leaf.obligation.law, leaf.obligation.place, points)


def to_json(answer: ObligationsAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "obligations": [
            {
                "standard": one.side.key,
                "clause": clause_json(one.clause),
                "law": one.law,
                "place": one.place,
                "points": [{"id": id_, "text": text} for id_, text in one.points],
            }
            for one in answer.obligations
        ],
    }


def _table(answer: ObligationsAnswer) -> Table:
    columns = (
        Column("letters", "Letter", "letters", 7),
        Column("number", "Number", "clause", 9),
        Column("title", "Title", "text", 24),
        Column("law", "Law, permit or contract", "text", 22),
        Column("place", "Place in it", "text", 12),
        Column("text", "What it asks for, in our own words", "list", 36),
    )
    return Table("obligations", "Legal register", columns, tuple(_rows(answer)))


def _rows(answer: ObligationsAnswer) -> Iterable[Row]:
    for one in answer.obligations:
        cells = (
            one.side.label,
            Ref(one.clause.ref, one.clause.number),
            one.clause.name,
            one.law,
            one.place,
            tuple(text for _, text in one.points),
        )
        yield Row(one.clause.ref, cells, standard=one.side.key)
