"""A published mapping against ours: where it agrees, where it differs and why, and where it pairs false friends."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import WARNING_GLYPH, Kin, split_ref
from imsmap.library.relationships import PREDICATES, names_of
from imsmap.reasoning.kinship import FalseFriend, Kinship, Pair
from imsmap.report import NOTHING, Column, Ref, Report, Row, Table, untyped
from imsmap.wording import method_notes

TheirPair = tuple[str, str, str | None]
"""Subject, object, relation (or nothing), as full references."""


ABOUT = about.Question(short="A published mapping against ours", takes="own", place=150)


@frozen
class Question:
    """What a published table pairs: all subjects of one standard, all objects of another."""

    name: str
    subject: str
    object: str
    pairs: tuple[TheirPair, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """Compare a published mapping with ours at the level of clauses that it uses."""
    pair = Pair(graph, question.subject, question.object)
    false = pair.false_friends()
    agree: list[dict[str, Any]] = []
    differ: list[dict[str, Any]] = []
    theirs: list[dict[str, Any]] = []
    misled: list[dict[str, Any]] = []
    empty: list[dict[str, Any]] = []
    ordered = sorted(set(question.pairs), key=lambda p: (graph.place(p[0]), graph.place(p[1]), p[2] or ""))
    for subject, object_, relation in ordered:
        ends = (_leaves(graph, subject), _leaves(graph, object_))
        if not all(ends):
            empty.append({"subject": subject, "object": object_, "theirs": relation, "why": _WHY_EMPTY})
            continue
        kinship = pair.between(*ends)
        entry: dict[str, Any] = {"subject": subject, "object": object_, "theirs": relation}
        friend = _misleads(graph, false, subject, object_)
        if friend is not None:
            misled.append({**entry, "number": friend.number, "why": _why_false(graph, friend)})
            if relation not in ("intersects-with", "no-relationship"):
                # A bare pair of a misleading number is no agreement, even where a weak tie exists: its note tells that.
                theirs.append({**entry, "class": kinship.kin.value, "why": _why_false(graph, friend)})
                continue
        if kinship.kin in (Kin.SAME, Kin.EXTENDED, Kin.RELATED):
            entry["class"] = kinship.kin.value
            entry["possible"] = list(names_of(kinship.possible))
            if relation is None or kinship.possible & PREDICATES[relation]:
                agree.append(entry)
            else:
                entry["why"] = _why_differs(relation, kinship)
                differ.append(entry)
        elif relation == "no-relationship" and kinship.kin is Kin.NONE:
            agree.append({**entry, "class": kinship.kin.value, "possible": ["no-relationship"]})
        elif relation == "no-relationship":
            theirs.append(
                {**entry, "class": kinship.kin.value, "why": "They say that there is none; we have not looked."}
            )
        else:
            theirs.append({**entry, "class": kinship.kin.value, "why": _why_only_theirs(kinship)})
    ours = _only_ours(graph, pair, question)
    values = {
        "subject": question.subject,
        "object": question.object,
        "mapping": question.name,
        "counts": {
            "pairs": len(ordered),
            "agree": len(agree),
            "differ": len(differ),
            "only_theirs": len(theirs),
            "only_ours": len(ours),
            "false_friends": len(misled),
            "not_compared": len(empty),
        },
        "agree": agree,
        "differ": differ,
        "only_theirs": theirs,
        "only_ours": ours,
        "false_friends": misled,
        "not_compared": empty,
    }
    numbers = ", ".join(dict.fromkeys(entry["number"] for entry in misled))
    return Report(
        "compare_mapping",
        f"{question.name} against imsmap",
        graph.library.version,
        (
            _table(graph, "false_friends", "It pairs false friends", misled),
            _table(graph, "only_theirs", "Only in their mapping", theirs),
            _table(graph, "differ", "Both relate them, but differently", differ),
            _table(graph, "only_ours", "Only in ours", ours),
            _table(graph, "agree", "Agreement", agree),
            _table(graph, "not_compared", "Not compared", empty),
        ),
        values,
        untyped,
        f"Of {_pairs(len(ordered))} in the file, ours agrees with {len(agree)}, relates {len(differ)} differently and "
        f"has no relation for {len(theirs)}; {_pairs(len(ours))} of ours are not in the file. "
        + (f"{WARNING_GLYPH} It pairs false friends: {numbers}." if numbers else "It pairs no false friends."),
        (
            "Clauses are compared at the level that the file uses: a heading means the union of its leaf clauses.",
            "`imsmap explain` tells for each pair on what ours rests.",
            *method_notes(graph, (question.subject, question.object)),
        ),
    )


_WHY_EMPTY = "One of them states no requirements, so there is nothing to compare."


def _pairs(count: int) -> str:
    return f"{count} pair{'' if count == 1 else 's'}"


def _points(count: int) -> str:
    return f"{count} point{'' if count == 1 else 's'}"


def _leaves(graph: ClauseGraph, ref: str) -> tuple[str, ...]:
    return tuple(leaf.ref for leaf in graph.leaves_under(ref))


def _misleads(graph: ClauseGraph, false: tuple[FalseFriend, ...], subject: str, object_: str) -> FalseFriend | None:
    """Find the false friend into which both ends of a pair fall."""
    for friend in false:
        if friend.number in graph.line(subject) and friend.number in graph.line(object_):
            return friend
    return None


def _why_false(graph: ClauseGraph, friend: FalseFriend) -> str:
    return (
        f"{friend.number} is {graph.title(friend.subject)!r} in {graph.label(friend.subject).partition(',')[0]} and "
        f"{graph.title(friend.object)!r} in {graph.label(friend.object).partition(',')[0]}: same number, different "
        "duty."
    )


def _why_only_theirs(kinship: Kinship) -> str:
    if kinship.kin is Kin.NONE:
        reasons = " ".join(dict.fromkeys(r.differs for r in kinship.relations if r.differs))
        return f"We looked and found nothing in common. {reasons}".strip()
    return "They share no core point of the harmonized structure, and we have stated no relation between them."


def _why_differs(relation: str, kinship: Kinship) -> str:
    words = f"They say {relation}; what we know leaves {' or '.join(names_of(kinship.possible))}."
    if kinship.subject_adds:
        words += f" The subject has {_points(len(kinship.subject_adds))} that the object lacks."
    if kinship.object_adds:
        words += f" The object has {_points(len(kinship.object_adds))} that the subject lacks."
    return words


def _only_ours(graph: ClauseGraph, pair: Pair, question: Question) -> list[dict[str, Any]]:
    """Find what we relate and they don't, rolled up to the clauses that they use."""
    covered: set[tuple[str, str]] = set()
    for subject, object_, relation in question.pairs:
        if relation != "no-relationship":
            ends = (_leaves(graph, subject), _leaves(graph, object_))
            covered |= {(one, other) for one in ends[0] for other in ends[1]}
    subjects = {subject for subject, _, _ in question.pairs}
    objects = {object_ for _, object_, _ in question.pairs}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in graph.leaves(question.subject):
        for other in graph.leaves(question.object):
            kinship = pair.leaf(one.ref, other.ref)
            if (one.ref, other.ref) in covered or kinship.kin not in (Kin.SAME, Kin.EXTENDED, Kin.RELATED):
                continue
            ends_ = (_rolled_up(graph, one.ref, subjects), _rolled_up(graph, other.ref, objects))
            entry = found.setdefault(
                ends_, {"subject": ends_[0], "object": ends_[1], "class": kinship.kin.value, "why": ""}
            )
            entry["why"] = entry["why"] or _why_ours(graph, kinship)
    return [found[ends] for ends in sorted(found, key=lambda ends: (graph.place(ends[0]), graph.place(ends[1])))]


def _rolled_up(graph: ClauseGraph, ref: str, used: set[str]) -> str:
    key = split_ref(ref)[0]
    return next((f"{key}:{number}" for number in graph.line(ref) if f"{key}:{number}" in used), ref)


def _why_ours(graph: ClauseGraph, kinship: Kinship) -> str:
    if kinship.shared:
        return "Both hold: " + " ".join(graph.core_points[core].text for core in kinship.shared)
    return " ".join(dict.fromkeys(relation.shared for relation in kinship.relations if relation.shared))


def _table(graph: ClauseGraph, name: str, title: str, entries: list[dict[str, Any]]) -> Table:
    columns = (
        Column("subject", "Subject", "clause", 36),
        Column("object", "Object", "clause", 36),
        Column("theirs", "They say", "relation", 14),
        Column("class", "We say", "text", 14),
        Column("why", "Why", "text", 60),
    )
    rows = tuple(
        Row(
            f"{entry['subject']}-{entry['object']}",
            (
                Ref(entry["subject"], f"{graph.label(entry['subject'])} {graph.name(entry['subject'])}"),
                Ref(entry["object"], f"{graph.label(entry['object'])} {graph.name(entry['object'])}"),
                entry.get("theirs") or ("paired" if name != "only_ours" else NOTHING),
                entry.get("class") or NOTHING,
                entry.get("why") or NOTHING,
            ),
        )
        for entry in entries
    )
    return Table(name, title, columns, rows)
