"""Explanations as sentences: how two clauses stand to each other, what that rests on, what each asks for beyond it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import WARNING_GLYPH, Kin, Point, Relation
from imsmap.library.relationships import SHARE, names_of
from imsmap.reasoning.checking import is_suspect
from imsmap.reasoning.kinship import Kinship
from imsmap.report import reads
from imsmap.wording import CLAUSE_LEVEL, NOT_LISTED, Sentence, listed, named

Say = Callable[[Relation], Sentence]
"""Tells a stated relation."""
Labels = tuple[str, str]
"""What subject and object are called."""
_WORDS = {
    "equal-to": "both ask for the same{2}",
    "subset-of": "all that {0} asks for is part of what {1} asks for{2}",
    "superset-of": "all that {1} asks for is part of what {0} asks for{2}",
    "intersects-with": "they overlap, and each asks for something that the other does not",
    "no-relationship": "they have nothing in common",
}
_CLAIMS = ("equal-to", "subset-of", "superset-of")
_OF_CLAUSES = "What follows through other standards is told of whole clauses: ask about the two clauses."
_CONCLUSIONS = {
    Kin.SAME: "They ask for the same{2} (same){3}.",
    Kin.EXTENDED: "They share requirements of the common core, and at least one of them says more than that "
    "(extended).",
    Kin.RELATED: "They have something in common, though no requirement of the common core (related).",
    Kin.TOUCHES: "They only touch (touches): a weak relation reminds you to look. It makes no counterpart and is "
    "counted nowhere.",
    Kin.NONE: "They have nothing in common: a person looked and said why.",
}
_FOLLOWS = {
    Kin.SAME: "They ask for the same{2} (same): nobody stated it of these two; it follows from what is known.",
    Kin.RELATED: "They have something in common (related): nobody stated it of these two; it follows from what is "
    "known.",
    Kin.TOUCHES: "They only touch (touches): nobody stated it of these two; it follows from what is known, a weak "
    "relation among it, so that it counts nowhere.",
    Kin.NONE: "They have nothing in common: nobody stated it of these two; it follows from what is known.",
}
_JOINTLY = (
    "They are tied only jointly ({0}): a person related a union of clauses or points that includes them, and "
    "what holds of the union need not hold of each member."
)
_UNKNOWN = (
    "Nothing is known about them, because they share no core point of the harmonized structure and nobody has "
    "stated a relation that reaches from one to the other. That is not the same as: they have nothing in "
    "common."
)
_LEFT_OPEN = (
    "Nothing is known about them by themselves, because the relations that touch them leave it open "
    "whether they share anything."
)
_CONTRADICTION = "What is stated about them contradicts itself"
_FALSE_FRIEND = f"{WARNING_GLYPH} FALSE FRIEND: same number, different duty. Do not pair them."


# --- two clauses or headings -----------------------------------------------------------------------------------------


def of_clauses(
    graph: ClauseGraph,
    kinship: Kinship,
    ends: tuple[str, str],
    relations: Sequence[Relation],
    ways: Sequence[Sequence[Sentence]],
    say: Say,
    *,
    misleads: bool,
) -> tuple[Sentence, ...]:
    """Explain two clauses or headings; ends: their references; relations: all that touch both, by strength.

    ways: what is derived, each with its premises as sentences. misleads: they are false friends.
    """
    labels = (graph.label(ends[0]), graph.label(ends[1]))
    found = [Sentence("{0} ({1}) and {2} ({3}).", (labels[0], graph.name(ends[0]), labels[1], graph.name(ends[1])))]
    if misleads:
        found.append(Sentence(_FALSE_FRIEND))
    if kinship.possible == 0:
        ids = ", ".join(_name(relation) for relation in relations)
        found.append(Sentence(_CONTRADICTION + ": {0}. Run `imsmap check`.", (ids,)))
    elif kinship.kin is Kin.NOT_ASSESSED:
        found.append(Sentence(_LEFT_OPEN if relations else _UNKNOWN))
    elif kinship.jointly:
        found.append(Sentence(_JOINTLY, (reads(kinship.kin),)))
    else:
        apart = graph.apart(*ends)
        found.append(_concluded(kinship, apart))
        if kinship.kin is not Kin.NONE:
            found.append(in_words(kinship.possible, labels, apart))
    if kinship.shared:
        count = len(kinship.shared)
        found.append(
            Sentence(
                f"Both hold {{0}} core point{'s' if count > 1 else ''} of the harmonized structure: {{1}}",
                (str(count), tuple(graph.core_points[core].text for core in kinship.shared)),
            )
        )
    found.extend(Sentence("It follows from these premises: {0}", (tuple(premises),)) for premises in ways)
    found.extend(told(relations, kinship.kin, say))
    if kinship.kin.is_counterpart:
        loose = [graph.by_clause(end.partition(":")[0]) for end in ends]
        found.extend(
            Sentence(_NOT_LISTED, (label,)) if is_loose else _beyond(label, adds)
            for label, is_loose, adds in zip(labels, loose, (kinship.subject_adds, kinship.object_adds), strict=True)
            if is_loose or not any(loose)
        )
    if kinship.confidence is not None:
        found.append(sureness(kinship.confidence))
    return tuple(found)


_SHORT = {
    Kin.SAME: "**Core**, nothing beyond it: both ask for the same core points, each for its own discipline.",
    Kin.EXTENDED: "**Core**: they share requirements of the common core, and at least one says more.",
    Kin.RELATED: "**Related**: look at them together; no requirement of the common core is shared.",
    Kin.TOUCHES: "**They only touch**: a reminder to look, counted nowhere.",
    Kin.NONE: "**Nothing in common**: a person looked and said why.",
    Kin.NOT_ASSESSED: "**Not looked at**: nobody has compared them; that is not the same as nothing in common.",
}


def in_short(kinship: Kinship, apart: str, *, misleads: bool) -> str:
    """Say in short how two clauses stand to each other; apart: what `ClauseGraph.apart` says of the two."""
    if kinship.kin is Kin.SAME and not apart:
        return "**Core**, nothing beyond it: both ask for the same points."
    said = "**Related, only jointly**: through a larger union of clauses." if kinship.jointly else _SHORT[kinship.kin]
    return f"{WARNING_GLYPH} **Same number, other duty**: never pair them. {said}" if misleads else said


def _concluded(kinship: Kinship, apart: str) -> Sentence:
    """Say the conclusion, and whether it is known directly or follows through other clauses."""
    only_derived = kinship.basis == ("derived",)
    words = (_FOLLOWS if only_derived else _CONCLUSIONS).get(kinship.kin, _CONCLUSIONS[kinship.kin])
    each = ": each discipline still has to do it for its own subject" if apart else ""
    return Sentence(words.replace("{2}", apart).replace("{3}", each))


def in_words(mask: int, labels: Labels, apart: str) -> Sentence:
    """Say what is left possible as a sentence; apart: what `ClauseGraph.apart` says of the two."""
    said = [f"{_WORDS[name].replace('{2}', apart)} ({name})" for name in names_of(mask)]
    if len(said) == 1:
        return Sentence(f"Proved: {said[0]}.", labels)
    if mask == SHARE:
        return Sentence(
            "They overlap; how far is not settled: neither sameness nor that one contains the other is ruled out."
        )
    return Sentence(f"Not settled, one of these holds: {'; or '.join(said)}.", labels)


_NOT_LISTED = f"What {{0}} adds is {NOT_LISTED}: its standard is held at {CLAUSE_LEVEL}."


def _beyond(label: str, adds: tuple[str, ...]) -> Sentence:
    if not adds:
        return Sentence("{0} asks for nothing without a counterpart on the other side.", (label,))
    plural = "" if len(adds) == 1 else "s"
    words = f"{{0}} asks for {{1}} point{plural} without a counterpart on the other side."
    return Sentence(words, (label, str(len(adds))), adds)


def sureness(confidence: float) -> Sentence:
    """Say how sure an answer is."""
    words = "Confidence {0} of 1: that of the weakest premise which the answer needs."
    return Sentence(words, (f"{confidence:g}",))


# --- stated relations ------------------------------------------------------------------------------------------------


def told(relations: Sequence[Relation], kin: Kin, say: Say) -> tuple[Sentence, ...]:
    """Tell the stated relations; where something is shared, the reasons why other parts share nothing are counted."""
    none = [relation for relation in relations if relation.predicate == "no-relationship"]
    chosen = [relation for relation in relations if relation not in none or kin in (Kin.NONE, Kin.NOT_ASSESSED)]
    found = [say(relation) for relation in chosen]
    if len(chosen) < len(relations):
        count = len(relations) - len(chosen)
        words = (
            f"{{0}} more stated relation{'' if count == 1 else 's'} of parts of them: nothing in common, each with "
            "its reason (see the stated relations)."
        )
        found.append(Sentence(words, (str(count),)))
    return tuple(found)


def saying(graph: ClauseGraph) -> Say:
    """Give what tells the relations of a graph, and works out each of them once."""
    known: dict[str, Sentence] = {}

    def say(relation: Relation) -> Sentence:
        if relation.id not in known:
            known[relation.id] = said(graph, relation)
        return known[relation.id]

    return say


def said(graph: ClauseGraph, relation: Relation) -> Sentence:
    """Tell a stated relation with its rationale, how sure it is, and who says so."""
    sides = [_together(named(graph, refs)) for refs in (relation.subject, relation.object)]
    strength = "" if relation.strength is None else ", strength {7} of 10"
    apart = graph.apart(relation.subject[0], relation.object[0]) if relation.predicate in _CLAIMS else ""
    who = f"; by {{6}}{_suspicion(graph, relation)}.)"
    return Sentence(
        "Stated ({0}): {1} {2} {3}" + apart + ". {4} (Confidence {5} of 1" + strength + who,
        (
            _name(relation),
            sides[0],
            relation.predicate,
            sides[1],
            relation.rationale,
            f"{relation.confidence:g}",
            relation.author,
            *(() if relation.strength is None else (str(relation.strength),)),
        ),
    )


def _name(relation: Relation) -> str:
    """Name a relation as people do, without the file that it stands in."""
    return relation.id.partition("#")[2] or relation.id


def _together(names: list[str]) -> str:
    """Name several clauses of one standard, the standard once: `ISO 9001:2015, 8.4.1, 8.4.2 and 8.4.3`."""
    first, *rest = names
    return listed([first, *(name.partition(", ")[2] for name in rest)])


def _suspicion(graph: ClauseGraph, relation: Relation) -> str:
    if not is_suspect(graph, relation):
        return ""
    why = "nobody has affirmed it yet" if relation.affirmed is None else "a side changed since a person affirmed it"
    return f"; SUSPECT: {why}"


# --- a point ---------------------------------------------------------------------------------------------------------


def of_point(graph: ClauseGraph, ref: str) -> Sentence:
    """Say what a point asks for."""
    return Sentence("{0}: {1}", (graph.label(ref), graph.point(ref).text))


def conclusion_of_point(
    graph: ClauseGraph,
    point: Point,
    labels: Labels,
    mask: int,
    kin: Kin,
    same: Sequence[str],
    *,
    touched: bool,
    apart: str,
) -> Sentence:
    """Say how a point stands to another or to a clause.

    touched: some relation reaches from one to the other; apart: what `ClauseGraph.apart` says of the two.
    """
    if same and point.core is not None:
        each = ", each for its own discipline" if apart else ""
        words = f"Counterpart: both hold the core point {{0}} of the harmonized structure{each}: {{1}}"
        core = (point.core, graph.core_points[point.core].text)
        there = [graph.label(ref) for ref in same]
        if there == [labels[1]]:  # a point itself, and named already
            return Sentence(words, core)
        return Sentence(words + " It stands there as {2}.", (*core, ", ".join(there)))
    if mask == 0:
        return Sentence(_CONTRADICTION + ". Run `imsmap check`.")
    if kin is Kin.SAME:
        return Sentence(f"Counterpart: a person stated that both ask for the same{apart}.")
    if kin is Kin.TOUCHES:
        return Sentence(_CONCLUSIONS[Kin.TOUCHES])
    if kin is Kin.NONE:
        return Sentence(_CONCLUSIONS[Kin.NONE])
    if kin is Kin.RELATED:
        return Sentence("They have something in common: a person stated it.")
    rest = (
        "and the relations that touch it leave it open whether this very point shares anything"
        if touched
        else "and nobody has stated a relation that includes it and reaches the other side"
    )
    if point.core is not None:
        words = "Nothing is stated of the two themselves: {0} does not hold the core point {1}, "
        return Sentence(f"{words}{rest}. {_OF_CLAUSES}", (labels[1], point.core))
    words = (
        "Nothing is stated of the two themselves: the point is what the standard adds to the common core ({0}; an own "
        "point never equals a core point), "
    )
    return Sentence(f"{words}{rest}. {_OF_CLAUSES}", (str(point.adds),))
