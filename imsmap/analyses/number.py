"""What a clause number is in every standard: its title, what stands beneath it, and where it misleads."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from imsmap import about
from imsmap.errors import UnknownNameError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import WARNING_GLYPH, Kin
from imsmap.library.names import which_clause
from imsmap.parts import ClauseName, Side, clause_json, clause_name, side_json, sides
from imsmap.reasoning.friends import is_open, misleads
from imsmap.reasoning.groups import Grouping
from imsmap.report import NOTHING, Cell, Column, Json, Ref, Report, Row, Table
from imsmap.revision import Edition, Editions
from imsmap.values import frozen
from imsmap.wording import CLAUSE_LEVEL, NOT_LISTED, listed

ABOUT = about.Question(short="What a clause number is in every standard", takes="own", place=0)

_SHARING = (Kin.SAME, Kin.EXTENDED, Kin.RELATED)


@frozen
class Question:
    """Which number to look up in every standard that is loaded: 8.2, A.5.9.

    first: the keys of the editions that stand for the others of their standards, such as the project's.
    """

    number: str
    first: tuple[str, ...] = ()


@frozen
class Beneath:
    """A leaf clause under the number, with how many points it states and its counterparts in the other standards.

    Of a standard held at clause level the points are not counted.
    """

    clause: ClauseName
    points: int | None
    counterparts: tuple[ClauseName, ...]


@frozen
class Meaning:
    """What the number is in one standard; gist: in a few words of our own, if the data have them.

    editions: where it stands in those for which this one is told. folded: it is told beside another edition.
    """

    side: Side
    clause: ClauseName
    leaves: tuple[Beneath, ...]
    gist: str = ""
    editions: tuple[Edition, ...] = ()
    folded: bool = False


@frozen
class NumberAnswer:
    """What the number is in each standard that has it; lacking: those that have not; apart: those that it misleads.

    led: the keys of editions for which another one of their standard stands.
    """

    number: str
    meanings: tuple[Meaning, ...]
    lacking: tuple[Side, ...]
    apart: tuple[tuple[Side, Side], ...]
    led: frozenset[str] = frozenset()
    unseen: tuple[tuple[Side, Side], ...] = ()
    """Those of which nobody knows whether it misleads: they share nothing there, and not all of it was looked at."""
    pairs: tuple[frozenset[str], ...] = ()
    """Every two standards that were asked about, by key: no two editions of one."""
    controls: tuple[ClauseName, ...] = ()
    """Controls that an annex prints under the number, which is another thing than the clause."""
    moved: tuple[Side, Side] | None = None
    """The first two editions of one standard between which the number went to another clause."""

    @property
    def told(self) -> tuple[Meaning, ...]:
        """What is told for itself: one edition of a standard, unless the number is another clause in the next.

        What is held at clause level comes last; of that, another edition of a standard is only named (`named`).
        """
        found = (one for one in self.meanings if not one.folded and one not in self.named)
        return tuple(sorted(found, key=lambda one: (one.side.by_clause, one.side.key in self.led))) or self.named

    @property
    def named(self) -> tuple[Meaning, ...]:
        """Earlier editions held at clause level that use the number: told when somebody asks for them."""
        return tuple(one for one in self.meanings if one.side.by_clause and one.side.key in self.led)

    @property
    def told_apart(self) -> tuple[tuple[Side, Side], ...]:
        """The standards that it misleads, each in one edition where that shows it."""
        return tuple(pair for pair in self.apart if not self.led & {side.key for side in pair}) or self.apart

    @property
    def told_unseen(self) -> tuple[tuple[Side, Side], ...]:
        """Those of `unseen` that are told for themselves."""
        told = {one.side.key for one in self.told}
        return tuple(pair for pair in self.unseen if told >= {side.key for side in pair})


def analyse(graph: ClauseGraph, question: Question) -> Report[NumberAnswer]:
    """Say what a number is in every standard that is loaded, and whether it means different things."""
    keys = tuple(standard.key for standard in graph.standards)
    found = {key: f"{key}:{known}" for key in keys if (known := graph.known_number(key, question.number)) is not None}
    if not found:
        numbers = {clause.number for key in keys for clause in graph.clauses(key)}
        advice = which_clause(question.number, numbers)
        raise UnknownNameError(f"no standard of the library has a clause {question.number}; {advice}")
    side = {one.key: one for one in sides(graph, keys)}
    asked = {leaf.ref for ref in found.values() for leaf in graph.leaves_under(ref)}
    grouping = Grouping(graph, keys, only=asked) if len(keys) > 1 else None
    editions = Editions(graph, question.first)
    apart, unseen, asked_of = [], [], []
    if grouping is not None:
        for one, other in combinations((key for key in keys if key in found), 2):
            if editions.same_series(one, other):
                continue
            asked_of.append(frozenset((one, other)))
            pair, _ = grouping.pair(one, other)
            if misleads(pair, graph.line(found[one])):
                apart.append((side[one], side[other]))
            elif is_open(pair, found[one].partition(":")[2]):
                unseen.append((side[one], side[other]))
    beside = {key: editions.others(ref) for key, ref in found.items() if editions.leading[key] == key}
    folded = {
        one.standard
        for key, others in beside.items()
        for one in others
        if one.standard in found and any(_meet(graph, clause.ref, found[one.standard]) for clause in one.clauses)
    }
    answer = NumberAnswer(
        question.number,
        tuple(
            Meaning(
                side[key],
                clause_name(graph, ref),
                tuple(
                    Beneath(
                        clause_name(graph, leaf.ref),
                        None if graph.by_clause(key) else len(leaf.points),
                        _counterparts(graph, grouping, leaf.ref),
                    )
                    for leaf in graph.leaves_under(ref)
                ),
                graph.clause(ref).gist,
                beside.get(key, ()),
                key in folded,
            )
            for key, ref in found.items()
        ),
        tuple(
            side[key]
            for key in keys
            if key not in found and not (graph.by_clause(key) and editions.leading[key] != key)
        ),
        tuple(apart),
        frozenset(key for key, leader in editions.leading.items() if key != leader),
        tuple(unseen),
        tuple(asked_of),
        tuple(
            clause_name(graph, control.ref)
            for key in keys
            if (control := graph.control_printed_as(f"{key}:{question.number}")) is not None
        ),
        next(
            (
                (side[leader], side[key])
                for key, leader in editions.leading.items()
                if key != leader and key in found and leader in found and key not in folded and leader in beside
                if not graph.by_clause(key)
            ),
            None,
        ),
    )
    return Report(
        "number",
        f"Clause {question.number} in every standard",
        graph.library.version,
        (_table(graph, answer),),
        answer,
        to_json,
        _message(answer),
        (
            f"Mapping data {graph.library.version} ({graph.library.released}). Clause numbers, titles and our own "
            "words only: consult the standards.",
        ),
        summary=_summary(answer),
    )


def _meet(graph: ClauseGraph, one: str, other: str) -> bool:
    """Tell whether one of two clauses of a standard lies beneath the other, or is it."""
    return one == other or bool(
        {leaf.ref for leaf in graph.leaves_under(one)} & {leaf.ref for leaf in graph.leaves_under(other)}
    )


def _counterparts(graph: ClauseGraph, grouping: Grouping | None, ref: str) -> tuple[ClauseName, ...]:
    """Give the leaf clauses of other standards with which one is tied, in clause order."""
    if grouping is None:
        return ()
    key = ref.partition(":")[0]
    found = []
    for other in grouping.keys:
        if other == key:
            continue
        pair, forward = grouping.pair(key, other)
        near = pair.near(ref)
        for far in graph.leaves(other):
            if far.ref in near:
                kinship = pair.leaf(ref, far.ref) if forward else pair.leaf(far.ref, ref)
                if kinship.kin in _SHARING:
                    found.append(clause_name(graph, far.ref))
    return tuple(found)


def _summary(answer: NumberAnswer) -> str:
    if answer.apart:
        return f"{answer.number} **means different things**: never merge by number."
    if answer.moved:
        one, other = answer.moved
        return f"{answer.number} **is another clause** in {other.designation} than in {one.designation}."
    if len(answer.told) > 1:
        settled, rest = _settled(answer)
        if not settled:
            return f"{answer.number}: **nobody has looked** whether it misleads between {rest}."
        more = f"; between these and {rest} nobody has looked" if rest else ""
        return f"{answer.number} **does not mislead** between {settled}{more}."
    names = listed(one.side.designation for one in answer.meanings)
    return f"{answer.number} is a clause of **{names}** alone."


def _message(answer: NumberAnswer) -> str:
    names = {one.side.key: one.side.designation for one in answer.told}
    words = []
    if answer.apart:
        pairs = "; ".join(f"{one.designation} and {other.designation}" for one, other in answer.told_apart)
        words.append(f"{WARNING_GLYPH} {answer.number} means different things in {pairs}: never merge by number.")
        words += [f"{one.side.designation}: {one.gist}." for one in answer.told if one.gist]
    elif answer.moved:
        one, other = answer.moved
        words.append(f"{answer.number} is another clause in {other.designation} than in {one.designation}.")
    elif len(names) > 1:
        settled, rest = _settled(answer)
        words += [f"{answer.number} is no false friend between {settled}."] if settled else []
        if rest:
            whom = "others and " if settled else ""
            words.append(f"Whether {answer.number} is a false friend between {whom}{rest} nobody has looked.")
    else:
        having = listed(one.side.designation for one in answer.meanings)
        words.append(f"{answer.number} is a clause of {having} alone.")
    if answer.lacking and len(names) > 1:
        words.append(f"No such clause in {listed(side.designation for side in answer.lacking)}.")
    words += (*moved(answer), *not_seen(answer), *printed(answer), *also(answer))
    first = answer.told[0]
    words.append(f"{whole(answer)}: imsmap show {first.clause.ref}.")
    return " ".join(words)


def _settled(answer: NumberAnswer) -> tuple[str, str]:
    """Name the standards between all of which it is known that the number does not mislead, and the rest of them."""
    unseen = {frozenset(side.key for side in pair) for pair in answer.told_unseen}
    settled: list[Side] = []
    for one in answer.told:
        if not any(frozenset((one.side.key, other.key)) in unseen for other in settled):
            settled.append(one.side)
    # Who is alone in it is settled with nobody.
    settled = settled if len(settled) > 1 else []
    rest = [one.side.designation for one in answer.told if one.side not in settled]
    names = [side.designation for side in settled]
    return listed(names) if names else "", listed(rest) if rest else ""


def moved(answer: NumberAnswer) -> tuple[str, ...]:
    """Tell that the number went to another clause in another edition, where it misleads between standards, too."""
    if not answer.apart or not answer.moved:
        return ()
    one, other = answer.moved
    return (f"{answer.number} is another clause in {other.designation} than in {one.designation}.",)


def not_seen(answer: NumberAnswer) -> tuple[str, ...]:
    """Say between how many standards nobody has looked whether a number misleads, where it misleads others."""
    if not answer.apart or not answer.told_unseen:
        return ()
    told = {one.side.key for one in answer.told}
    pairs = f"{len(answer.told_unseen)} of {sum(told >= pair for pair in answer.pairs)} pairs of these standards"
    return (f"Between {pairs} nobody has looked whether it misleads.",)


def printed(answer: NumberAnswer) -> tuple[str, ...]:
    """Tell the controls that an annex prints under the number."""
    return tuple(
        f"Not the control {one.number} {one.name} (imsmap show {one.ref}), which its annex prints as {answer.number}."
        for one in answer.controls
    )


def also(answer: NumberAnswer) -> tuple[str, ...]:
    """Name the earlier editions that use the number and are told only when asked for; nothing without any."""
    found = [one for one in answer.named if one not in answer.told]
    if not found:
        return ()
    told = listed(f"{one.clause.name} in {one.side.designation}" for one in found)
    first = f"imsmap show {found[0].clause.ref}"
    return (f"In earlier editions, held at {CLAUSE_LEVEL}: {told} ({'such as ' if len(found) > 1 else ''}{first}).",)


def whole(answer: NumberAnswer) -> str:
    """Name what the first meaning's command shows: one of several clauses, or all of the only one."""
    return "One of them" if len(answer.told) > 1 else "The whole clause"


def to_json(answer: NumberAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "number": answer.number,
        "meanings": [
            {
                "standard": side_json(one.side),
                "clause": clause_json(one.clause),
                "gist": one.gist,
                "leaves": [
                    {
                        "clause": clause_json(leaf.clause),
                        "points": leaf.points,
                        "counterparts": [clause.ref for clause in leaf.counterparts],
                    }
                    for leaf in one.leaves
                ],
            }
            for one in answer.meanings
        ],
        "lacking": [side.key for side in answer.lacking],
        "false_friends": [{"subject": one.key, "object": other.key} for one, other in answer.apart],
        "not_assessed": [{"subject": one.key, "object": other.key} for one, other in answer.unseen],
    }


def points_cell(leaf: Beneath) -> Cell:
    """Give how many points a leaf clause states, as a cell."""
    return NOT_LISTED if leaf.points is None else leaf.points


def _table(graph: ClauseGraph, answer: NumberAnswer) -> Table:
    columns = (
        Column("standard", "Standard", "text", 16),
        Column("clause", "Clause", "clause", 40),
        Column("points", "Points", "number", 7),
        Column("together", "Look at it together with", "list", 46),
    )
    return Table("number", f"Clause {answer.number}", columns, tuple(_rows(graph, answer)))


def _rows(graph: ClauseGraph, answer: NumberAnswer) -> Iterable[Row]:
    for one in (*answer.told, *(one for one in answer.meanings if one not in answer.told)):
        if [leaf.clause.ref for leaf in one.leaves] != [one.clause.ref]:
            yield Row(one.clause.ref, (one.side.designation, Ref(one.clause.ref, one.clause.words), None, None))
        for leaf in one.leaves:
            told = tuple(Ref(clause.ref, graph.label(clause.ref)) for clause in leaf.counterparts)
            yield Row(
                leaf.clause.ref,
                (one.side.designation, Ref(leaf.clause.ref, leaf.clause.words), points_cell(leaf), told or NOTHING),
            )
