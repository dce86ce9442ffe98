"""False friends (same number, different duty) and hidden friends (same matter, different number)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import STRONG, WARNING_GLYPH, Kin, number_key
from imsmap.parts import ClauseName, Side, clause_name, shared_cell, side_json, sides
from imsmap.reasoning.friends import FalseFriend, false_friends, hidden_friends, open_numbers
from imsmap.reasoning.groups import Grouping, grouped
from imsmap.reasoning.kinship import Kinship
from imsmap.report import NOTHING, Column, Json, Ref, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import designations, doubt, listed, method_notes, trap, weakly_tied

ABOUT = about.Question(
    short="Misleading numbers, hidden counterparts",
    text="Name false friends (same number, different duty) and hidden ones (different number, same duty).",
    example="9001 14001",
    least=2,
    place=60,
)


@frozen
class Question:
    """Among which standards to look; any number from two on."""

    standards: tuple[str, ...]


@frozen
class SameNumber:
    """A false friend: a number under which two standards ask for different things; note: on the trap.

    subject_gist, object_gist: what each is about, in a few words of our own, if the data have them.
    weak: what ties them for all that, if anything does; the note ends with it.
    """

    number: str
    subject: ClauseName
    object: ClauseName
    note: str
    subject_gist: str = ""
    object_gist: str = ""
    weak: str = ""


@frozen
class SameMatter:
    """A hidden friend: two leaf clauses that belong together under different numbers, and by what.

    topics: what the matter is called: a topic of its own, or the two of the common structure.
    """

    subject: ClauseName
    object: ClauseName
    kin: Kin
    jointly: bool
    strength: int | None
    shared: tuple[str, ...]
    relations: tuple[str, ...]
    topics: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[bool, int]:
        """How close the two are: what shares the core comes first, then what is tied the strongest."""
        return not self.kin.is_core, -(self.strength or 0)

    @property
    def matter(self) -> str:
        """What the two have in common."""
        return " and ".join(self.topics)


@frozen
class FriendsAnswer:
    """Clause numbers that mislead, and clauses that belong together under different numbers, in clause order."""

    standards: tuple[Side, ...]
    false_friends: tuple[SameNumber, ...]
    hidden_friends: tuple[SameMatter, ...]
    unseen: tuple[str, ...] = ()
    """Numbers that two of them have in common, and of which nobody has looked whether they mislead."""


def analyse(graph: ClauseGraph, question: Question) -> Report[FriendsAnswer]:
    """Find clause numbers that mislead and clauses that belong together under different numbers."""
    grouping = grouped(graph, question.standards)
    false = sorted(
        (friend for pair in grouping.pairs.values() for friend in false_friends(pair)),
        key=lambda friend: number_key(friend.number),  # of one number, in the order in which the standards were named
    )
    hidden = [kinship for pair in grouping.pairs.values() for kinship in hidden_friends(pair)]
    names = designations(graph, grouping.keys)
    answer = FriendsAnswer(
        sides(graph, grouping.keys),
        tuple(_false(graph, friend) for friend in false),
        tuple(_hidden(grouping, kinship) for kinship in hidden),
        tuple(sorted({n for pair in grouping.pairs.values() for n in open_numbers(pair)}, key=number_key)),
    )
    numbers = list(dict.fromkeys(friend.number for friend in false))
    message = (
        f"{WARNING_GLYPH} Same number, different duty: {', '.join(numbers)}" if numbers else "No false friends found"
    )
    unseen = f"; of {len(answer.unseen)} numbers nobody has looked whether they mislead" if answer.unseen else ""
    return Report(
        "friends",
        "False and hidden friends of " + listed(names.values()),
        graph.library.version,
        (_false_table(names, answer.false_friends), _hidden_table(graph, hidden)),
        answer,
        to_json,
        f"{message}{unseen}; {len(hidden)} pairs of leaf clauses belong together under different numbers",
        (
            f"False friend: both standards use the number, the clauses under it share no core point and no relation of "
            f"strength {STRONG} or more (of 10), and every pair under it was looked at. Weaker ties are in the note.",
            "Hidden friend: the numbers differ, neither lies under the other, and yet something is shared. The "
            "strength is that of the strongest stated relation; a shared core point needs none.",
            *method_notes(graph, grouping.keys),
        ),
        version=2,
        summary=_summary(numbers, answer),
        doubt=doubt(graph, grouping.keys),
    )


def _summary(numbers: Sequence[str], answer: FriendsAnswer) -> str:
    mislead = f"**{len(numbers)}** {'number misleads' if len(numbers) == 1 else 'numbers mislead'}"
    if not numbers:
        mislead = "**no** number is known to mislead" if answer.unseen else "**no** number misleads"
    pairs = len(answer.hidden_friends)
    verb = "pair of clauses belongs" if pairs == 1 else "pairs of clauses belong"
    names = listed(side.designation for side in answer.standards)
    if answer.unseen:
        count = len(answer.unseen)
        mislead += f" (nobody has looked at {count} {'more' if numbers else 'that they have in common'})"
    return f"{names}: {mislead}, **{pairs}** {verb} together under different numbers."


def _false(graph: ClauseGraph, friend: FalseFriend) -> SameNumber:
    return SameNumber(
        friend.number,
        clause_name(graph, friend.subject),
        clause_name(graph, friend.object),
        trap(graph, friend),
        graph.clause(friend.subject).gist,
        graph.clause(friend.object).gist,
        weakly_tied(friend),
    )


def _hidden(grouping: Grouping, kinship: Kinship) -> SameMatter:
    graph = grouping.graph
    # A clause that no topic holds has no home.
    homes = list(dict.fromkeys(filter(None, (grouping.home[ref] for ref in (kinship.subject[0], kinship.object[0])))))
    # A topic group says more closely what the matter is than the common structure does.
    groups = {topic.id for topic in graph.topics}
    matter = [home for home in homes if home in groups][:1] or homes
    return SameMatter(
        clause_name(graph, kinship.subject[0]),
        clause_name(graph, kinship.object[0]),
        kinship.kin,
        kinship.jointly,
        kinship.strength,
        tuple(kinship.shared),
        tuple(relation.id for relation in kinship.relations),
        tuple(grouping.names[home] for home in matter),
    )


def to_json(answer: FriendsAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "false_friends": [
            {
                "number": friend.number,
                "subject": friend.subject.ref,
                "object": friend.object.ref,
                "subject_title": friend.subject.title,
                "object_title": friend.object.title,
                "subject_gist": friend.subject_gist,
                "object_gist": friend.object_gist,
                "note": friend.note,
            }
            for friend in answer.false_friends
        ],
        "hidden_friends": [
            {
                "subject": friend.subject.ref,
                "object": friend.object.ref,
                "class": friend.kin.value,
                "jointly": friend.jointly,
                "strength": friend.strength,
                "subject_title": friend.subject.title,
                "object_title": friend.object.title,
                "shared": list(friend.shared),
                "relations": list(friend.relations),
                "topics": list(friend.topics),
            }
            for friend in answer.hidden_friends
        ],
    }


def _false_table(names: Mapping[str, str], friends: Sequence[SameNumber]) -> Table:
    columns = (
        Column("number", "Number", "clause", 8),
        Column("subject", "Standard", "text", 16),
        Column("subject_title", "There it is", "text", 34),
        Column("object", "Standard", "text", 16),
        Column("object_title", "There it is", "text", 34),
        Column("note", "Note", "text", 50),
    )
    rows = tuple(
        Row(
            f"{friend.subject.ref}-{friend.object.ref}",
            (
                f"{WARNING_GLYPH} {friend.number}",
                names[friend.subject.standard],
                friend.subject.name,
                names[friend.object.standard],
                friend.object.name,
                friend.note,
            ),
        )
        for friend in friends
    )
    return Table("false_friends", "False friends: same number, different duty", columns, rows)


def _hidden_table(graph: ClauseGraph, hidden: list[Kinship]) -> Table:
    columns = (
        Column("subject", "Clause", "clause", 40),
        Column("class", "Class", "class", 13),
        Column("object", "Belongs together with", "clause", 40),
        Column("shared", "What is shared", "list", 50),
        Column("strength", "Strength of the tie, 1 to 10", "number", 12),
    )
    rows = []
    for kinship in hidden:
        subject, object_ = kinship.subject[0], kinship.object[0]
        rows.append(
            Row(
                f"{subject}-{object_}",
                (
                    Ref(subject, f"{graph.label(subject)} {graph.name(subject)}"),
                    kinship.kin,
                    Ref(object_, f"{graph.label(object_)} {graph.name(object_)}"),
                    shared_cell(graph, kinship),
                    NOTHING if kinship.strength is None else kinship.strength,
                ),
            )
        )
    return Table("hidden_friends", "Hidden friends: same matter, different number", columns, tuple(rows))
