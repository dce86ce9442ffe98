"""A published mapping against ours: where it agrees, where it differs and why, and where it pairs false friends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import Factory, evolve

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import WARNING_GLYPH, Kin, split_ref
from imsmap.library.relationships import NEGATED, SHARE, WHOLLY, names_of, said_mask
from imsmap.parts import Side, shared_words, sides
from imsmap.reasoning.followed import followed
from imsmap.reasoning.friends import FalseFriend, false_friends
from imsmap.reasoning.kinship import Kinship, Pair
from imsmap.report import NOTHING, Column, Json, Ref, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import doubt, method_notes

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
    without: tuple[str, ...] = ()
    """The clauses of either standard that it says have no counterpart in the other."""


@frozen
class Judged:
    """A pair of clauses in their mapping or ours, and why it is judged so; what is not told of it is nothing.

    theirs: their relation, if they say one. kin: our class. possible: what we leave possible, where both relate them.
    number: that misleads them.
    """

    subject: str
    object: str
    theirs: str | None = None
    kin: Kin | None = None
    possible: tuple[str, ...] = ()
    why: str = ""
    number: str = ""


@frozen
class CompareMappingAnswer:
    """A published mapping of two standards (keys) against ours: pairs, by how they are judged."""

    subject: str
    object: str
    mapping: str
    pairs: int
    agree: tuple[Judged, ...]
    differ: tuple[Judged, ...]
    only_theirs: tuple[Judged, ...]
    only_ours: tuple[Judged, ...]
    false_friends: tuple[Judged, ...]
    not_compared: tuple[Judged, ...]
    no_counterpart: tuple[Judged, ...] = ()
    """What they say has none, which has one of ours; the other side is nothing."""
    none_agreed: int = 0
    """So many clauses of which they say so, and we know of none either."""
    standards: tuple[Side, ...] = ()
    names: Mapping[str, str] = Factory(dict)
    """Of all clauses in the lists, by full reference."""


def analyse(graph: ClauseGraph, question: Question) -> Report[CompareMappingAnswer]:
    """Compare a published mapping with ours at the level of clauses that it uses."""
    pair = _pair(graph, question)
    false = false_friends(pair)
    agree: list[Judged] = []
    differ: list[Judged] = []
    theirs: list[Judged] = []
    misled: list[Judged] = []
    empty: list[Judged] = []
    ordered = sorted(set(question.pairs), key=lambda p: (graph.place(p[0]), graph.place(p[1]), p[2] or ""))
    for subject, object_, relation in ordered:
        ends = (_leaves(graph, subject), _leaves(graph, object_))
        judged = Judged(subject, object_, relation)
        if not all(ends):
            empty.append(evolve(judged, why=_WHY_EMPTY))
            continue
        if "#" in subject + object_:
            kin, mask = pair.points(subject, object_)
            judged = evolve(judged, kin=kin, possible=names_of(mask) if kin is not Kin.NOT_ASSESSED else ())
            why = _why_points(graph, judged, kin, mask)
            (theirs if why and kin in (Kin.NONE, Kin.NOT_ASSESSED) else differ if why else agree).append(
                evolve(judged, why=why, possible=() if why else judged.possible)
            )
            continue
        kinship = pair.closest(*ends)
        friend = _misleads(graph, false, subject, object_)
        # Who says that two clauses have nothing in common, or are not the same, pairs no false friends.
        if friend is not None and relation == "no-relationship":
            agree.append(evolve(judged, kin=kinship.kin, possible=names_of(kinship.possible)))
            continue
        # Nor does who says no more than we do: that the two overlap, where we know of a weak tie.
        weak = relation == "intersects-with" and kinship.kin is Kin.TOUCHES and kinship.possible & said_mask(relation)
        if friend is not None and weak:
            theirs.append(
                evolve(judged, kin=kinship.kin, why=f"{_why_only_theirs(kinship)} {_why_false(graph, friend)}")
            )
            continue
        if friend is not None and not (relation or "").startswith(NEGATED):
            misled.append(evolve(judged, number=friend.number, why=_why_false(graph, friend)))
            # A pair of a misleading number is no agreement, even where a weak tie exists: its note tells that.
            theirs.append(evolve(judged, kin=kinship.kin, why=_why_false(graph, friend)))
            continue
        judged = evolve(judged, kin=kinship.kin)
        if kinship.kin.is_counterpart:
            judged = evolve(judged, possible=names_of(kinship.possible))
            if relation is None or kinship.possible & said_mask(relation):
                agree.append(judged)
            else:
                differ.append(evolve(judged, why=_why_differs(graph, relation, kinship)))
        elif relation == "no-relationship" and kinship.kin is Kin.NONE:
            agree.append(evolve(judged, possible=("no-relationship",)))
        elif relation is not None and relation.startswith(NEGATED):
            if kinship.kin in (Kin.NONE, Kin.TOUCHES) and kinship.possible & said_mask(relation):
                agree.append(evolve(judged, possible=names_of(kinship.possible)))
            else:
                empty.append(evolve(judged, why="They say only what it is not; we have not looked."))
        elif relation == "no-relationship":
            looked = "our relation is a reminder only" if kinship.kin is Kin.TOUCHES else "we have not looked"
            theirs.append(evolve(judged, why=f"They say that there is none; {looked}."))
        else:
            theirs.append(evolve(judged, why=_why_only_theirs(kinship)))
    ours = _only_ours(graph, pair, question)
    missed = _with_counterpart(graph, pair, question)
    answer = CompareMappingAnswer(
        question.subject,
        question.object,
        question.name,
        len(ordered),
        tuple(agree),
        tuple(differ),
        tuple(theirs),
        ours,
        tuple(misled),
        tuple(empty),
        missed,
        len(question.without) - len(missed),
        sides(graph, tuple(dict.fromkeys((question.subject, question.object)))),
        {
            ref: graph.name(ref)
            for one in (*agree, *differ, *theirs, *ours, *misled, *empty, *missed)
            for ref in (one.subject, one.object)
        },
    )
    numbers = ", ".join(dict.fromkeys(judged.number for judged in misled))
    summary = (
        f"Of **{_pairs(len(ordered))}** in the file, ours agrees with **{len(agree)}**, relates **{len(differ)}** "
        f"differently and has no counterpart for **{len(theirs)}**"
        + (f" (**{len(empty)}** could not be compared)" if empty else "")
        + f"; **{_pairs(len(ours))}** of ours "
        f"{'is' if len(ours) == 1 else 'are'} not in the file. "
        + _said_of_none(len(question.without), len(missed))
        + (f"{WARNING_GLYPH} It pairs false friends: {numbers}." if numbers else "It pairs no false friends.")
    )
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
            _table(graph, "no_counterpart", "They say that there is no counterpart; we have one", missed),
            _table(graph, "not_compared", "Not compared", empty),
        ),
        answer,
        to_json,
        summary.replace("**", ""),
        (
            "Clauses are compared at the level that the file uses: a heading means the union of its leaf clauses.",
            "`imsmap explain` tells for each pair on what ours rests.",
            *method_notes(graph, (question.subject, question.object)),
        ),
        summary=summary,
        doubt=doubt(graph, (question.subject, question.object)),
    )


def _pair(graph: ClauseGraph, question: Question) -> Pair:
    """Give what every question about the two standards knows of them, what follows through others included."""
    if question.subject == question.object:
        return Pair(graph, question.subject, question.object)
    return followed(graph).pair(question.subject, question.object)


def _said_of_none(count: int, missed: int) -> str:
    if not count:
        return ""
    return f"Of {count} clause{'' if count == 1 else 's'} without a counterpart there, ours has one for {missed}. "


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
    if kinship.kin is Kin.TOUCHES:
        return "They only touch: we stated a weak relation, which makes no counterpart."
    return "They share no core point of the harmonized structure, and we have stated no relation between them."


def _why_differs(graph: ClauseGraph, relation: str, kinship: Kinship) -> str:
    words = f"They say {relation}; {_left(graph, kinship.subject[0], kinship.object[0], kinship.possible)}."
    if kinship.subject_adds:
        words += f" The subject has {_points(len(kinship.subject_adds))} that the object lacks."
    if kinship.object_adds:
        words += f" The object has {_points(len(kinship.object_adds))} that the subject lacks."
    return words


def _left(graph: ClauseGraph, subject: str, object_: str, mask: int) -> str:
    apart = graph.apart(subject, object_) if mask & WHOLLY and mask != SHARE else ""
    return f"what we know leaves {' or '.join(names_of(mask))}{apart}"


def _why_points(graph: ClauseGraph, pair: Judged, kin: Kin, mask: int) -> str:
    """Say what differs about two of which one is a point; nothing where both agree."""
    if kin is Kin.NOT_ASSESSED:
        return "We have stated no relation between them, and they share no core point of the harmonized structure."
    theirs = SHARE if pair.theirs is None else said_mask(pair.theirs)
    if theirs & mask:
        return ""
    return f"They say {pair.theirs or 'that they belong together'}; {_left(graph, pair.subject, pair.object, mask)}."


def _with_counterpart(graph: ClauseGraph, pair: Pair, question: Question) -> tuple[Judged, ...]:
    """Find what they say has no counterpart and has one of ours, with the closest."""
    found = []
    for ref in question.without:
        is_subject = split_ref(ref)[0] == question.subject
        far = graph.leaves(question.object if is_subject else question.subject)
        mine = _leaves(graph, ref)
        best: Judged | None = None
        for leaf in far:
            kinship = [pair.leaf(one, leaf.ref) if is_subject else pair.leaf(leaf.ref, one) for one in mine]
            for one in kinship:
                if one.kin not in _ORDER:
                    continue
                if best is None or best.kin is None or _ORDER.index(one.kin) < _ORDER.index(best.kin):
                    ends = (ref, leaf.ref) if is_subject else (leaf.ref, ref)
                    best = Judged(*ends, theirs="no counterpart", kin=one.kin, why=_why_ours(graph, one))
        if best is not None:
            found.append(best)
    return tuple(found)


_ORDER = (Kin.SAME, Kin.EXTENDED, Kin.RELATED)


def _only_ours(graph: ClauseGraph, pair: Pair, question: Question) -> tuple[Judged, ...]:
    """Find what we relate and they don't, rolled up to the clauses that they use."""
    covered: set[tuple[str, str]] = set()
    for subject, object_, _ in question.pairs:
        # Whatever they say of it, even that there is none, the pair has been told already.
        ends = (_leaves(graph, subject), _leaves(graph, object_))
        covered |= {(one, other) for one in ends[0] for other in ends[1]}
    subjects = {subject for subject, _, _ in question.pairs}
    objects = {object_ for _, object_, _ in question.pairs}
    found: dict[tuple[str, str], Judged] = {}
    for one in graph.leaves(question.subject):
        for other in graph.leaves(question.object):
            kinship = pair.leaf(one.ref, other.ref)
            if (one.ref, other.ref) in covered or not kinship.kin.is_counterpart:
                continue
            ends_ = (_rolled_up(graph, one.ref, subjects), _rolled_up(graph, other.ref, objects))
            kin = pair.closest(_leaves(graph, ends_[0]), _leaves(graph, ends_[1])).kin
            known = found.get(ends_, Judged(*ends_, kin=kin))
            found[ends_] = known if known.why else evolve(known, why=_why_ours(graph, kinship))
    return tuple(found[ends] for ends in sorted(found, key=lambda ends: (graph.place(ends[0]), graph.place(ends[1]))))


def _rolled_up(graph: ClauseGraph, ref: str, used: set[str]) -> str:
    key = split_ref(ref)[0]
    return next((f"{key}:{number}" for number in graph.line(ref) if f"{key}:{number}" in used), ref)


def _why_ours(graph: ClauseGraph, kinship: Kinship) -> str:
    if kinship.shared:
        return "Both hold: " + " ".join(graph.core_points[core].text for core in kinship.shared)
    return " ".join(shared_words(graph, kinship))


# --- as JSON and as tables -------------------------------------------------------------------------------------------


def to_json(answer: CompareMappingAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says: in each list, a pair has the keys that it needs."""
    return {
        "subject": answer.subject,
        "object": answer.object,
        "mapping": answer.mapping,
        "counts": {
            "pairs": answer.pairs,
            "agree": len(answer.agree),
            "differ": len(answer.differ),
            "only_theirs": len(answer.only_theirs),
            "only_ours": len(answer.only_ours),
            "false_friends": len(answer.false_friends),
            "not_compared": len(answer.not_compared),
            "no_counterpart": len(answer.no_counterpart),
            "none_agreed": answer.none_agreed,
        },
        "agree": [{**_pair_json(one), **_kin_json(one), "possible": list(one.possible)} for one in answer.agree],
        "differ": [
            {**_pair_json(one), **_kin_json(one), "possible": list(one.possible), "why": one.why}
            for one in answer.differ
        ],
        "only_theirs": [{**_pair_json(one), **_kin_json(one), "why": one.why} for one in answer.only_theirs],
        "only_ours": [
            {"subject": one.subject, "object": one.object, **_kin_json(one), "why": one.why} for one in answer.only_ours
        ],
        "false_friends": [{**_pair_json(one), "number": one.number, "why": one.why} for one in answer.false_friends],
        "no_counterpart": [
            {"subject": one.subject, "object": one.object, **_kin_json(one), "why": one.why}
            for one in answer.no_counterpart
        ],
        "not_compared": [{**_pair_json(one), "why": one.why} for one in answer.not_compared],
    }


def _pair_json(one: Judged) -> dict[str, Json]:
    return {"subject": one.subject, "object": one.object, "theirs": one.theirs}


def _kin_json(one: Judged) -> dict[str, Json]:
    return {"class": None if one.kin is None else one.kin.value}


def _table(graph: ClauseGraph, name: str, title: str, pairs: Iterable[Judged]) -> Table:
    columns = (
        Column("subject", "Subject", "clause", 36),
        Column("object", "Object", "clause", 36),
        Column("theirs", "They say", "relation", 14),
        Column("class", "We say", "text", 14),
        Column("why", "Why", "text", 60),
    )
    rows = tuple(
        Row(
            f"{one.subject}-{one.object}",
            (
                Ref(one.subject, f"{graph.label(one.subject)} {graph.name(one.subject)}"),
                Ref(one.object, f"{graph.label(one.object)} {graph.name(one.object)}"),
                one.theirs or ("paired" if name != "only_ours" else NOTHING),
                NOTHING if one.kin is None else one.kin.value,
                one.why or NOTHING,
            ),
        )
        for one in pairs
    )
    return Table(name, title, columns, rows)
