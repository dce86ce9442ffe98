"""The Statement of Applicability: the controls of an annex, each with what it asks for, to be decided on."""

from __future__ import annotations

from collections.abc import Iterable

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Clause
from imsmap.parts import ClauseName, Side, clause_json, clause_name, side_json, sides
from imsmap.report import Column, Json, Ref, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import listed

ABOUT = about.Question(short="The controls that a Statement of Applicability decides on", controls=True, place=0)


@frozen
class Question:
    """Whose controls are listed; standards without controls have none."""

    standards: tuple[str, ...]


@frozen
class Control:
    """A control: under which theme its annex lists it, the heading above it, and what it asks for, by point."""

    side: Side
    clause: ClauseName
    heading: ClauseName | None
    theme: str
    points: tuple[tuple[str, str], ...]


@frozen
class SoaAnswer:
    """The controls of some standards, in order; standards: those that have any."""

    standards: tuple[Side, ...]
    controls: tuple[Control, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[SoaAnswer]:
    """List the controls."""
    held = tuple(side for side in sides(graph, question.standards) if graph.has_controls(side.key))
    controls = tuple(_control(graph, side, leaf) for side in held for leaf in graph.leaves(side.key) if leaf.is_control)
    answer = SoaAnswer(held, controls)
    names = listed(side.designation for side in held)
    return Report(
        "soa",
        f"Statement of Applicability: {names}",
        graph.library.version,
        (_table(answer),),
        answer,
        to_json,
        f"{len(controls)} controls of {names}, each to be decided on with a justification",
        (f"Mapping data {graph.library.version} ({graph.library.released}). In our own words: consult the standards.",),
        standards=held,
    )


def _control(graph: ClauseGraph, side: Side, leaf: Clause) -> Control:
    above = graph.parent(leaf.ref)
    return Control(
        side,
        clause_name(graph, leaf.ref),
        None if above is None else clause_name(graph, above.ref),
        leaf.theme,
        tuple((ref, point.text) for ref, point in graph.points((leaf.ref,))),
    )


def to_json(answer: SoaAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "controls": [
            {
                "standard": control.side.key,
                "clause": clause_json(control.clause),
                "theme": control.theme,
                "points": [{"id": id_, "text": text} for id_, text in control.points],
            }
            for control in answer.controls
        ],
    }


def _table(answer: SoaAnswer) -> Table:
    columns = (
        Column("letters", "Letter", "letters", 7),
        Column("number", "Control", "clause", 9),
        Column("title", "Title", "text", 26),
        Column("theme", "Theme", "text", 14),
        Column("text", "What it asks for, in our words", "list", 40),
    )
    return Table("soa", "Statement of Applicability", columns, tuple(_rows(answer)))


def _rows(answer: SoaAnswer) -> Iterable[Row]:
    last = None
    for control in answer.controls:
        above = control.heading
        if above is not None and above != last:
            last = above
            cells = (control.side.label, Ref(above.ref, above.number), above.name, None, None)
            yield Row(above.ref, cells, heading=True, standard=control.side.key)
        yield Row(
            control.clause.ref,
            (
                control.side.label,
                Ref(control.clause.ref, control.clause.number),
                control.clause.name,
                control.theme,
                tuple(text for _, text in control.points),
            ),
            depth=1,
            standard=control.side.key,
        )
