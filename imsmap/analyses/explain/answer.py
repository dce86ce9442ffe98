"""What `explain` answers, as values and as JSON."""

from __future__ import annotations

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin, Relation
from imsmap.parts import ClauseName, Side
from imsmap.reasoning.checking import is_suspect
from imsmap.report import Json
from imsmap.values import frozen
from imsmap.wording import Sentence, named


@frozen
class SharedCore:
    """A core point that both hold, and the points that say so on either side."""

    core: str
    text: str
    subject_points: tuple[str, ...] = ()
    object_points: tuple[str, ...] = ()


@frozen
class End:
    """One of two clauses, its standard, and in few words what it asks for beyond the other."""

    clause: ClauseName
    side: Side
    adds: tuple[str, ...]


@frozen
class Stated:
    """A relation that a person stated, its sides by name; suspect: to be affirmed again."""

    relation: Relation
    subject: tuple[str, ...]
    object: tuple[str, ...]
    suspect: bool


def stated(graph: ClauseGraph, relation: Relation) -> Stated:
    """Name the sides of a relation."""
    subject, object_ = (tuple(named(graph, refs)) for refs in (relation.subject, relation.object))
    return Stated(relation, subject, object_, is_suspect(graph, relation))


@frozen(kw_only=True)
class ExplainAnswer:
    """How two clauses, headings or points stand to each other, and why, in words.

    kin: of a point, SAME means that it has a counterpart there. possible: relations that are left.
    """

    subject: str
    object: str
    kin: Kin
    possible: tuple[str, ...]
    claim: str
    basis: tuple[str, ...]
    shared: tuple[SharedCore, ...]
    relations: tuple[Stated, ...]
    confidence: float | None
    words: tuple[Sentence, ...]


@frozen(kw_only=True)
class ClausesAnswer(ExplainAnswer):
    """Two clauses or headings; adds: ids of points; ways: what is derived, each way with its premises as sentences."""

    jointly: bool
    subject_adds: tuple[str, ...]
    object_adds: tuple[str, ...]
    ends: tuple[End, ...]
    ways: tuple[tuple[str, ...], ...]


@frozen(kw_only=True)
class PointsAnswer(ExplainAnswer):
    """A point against another, or against a clause; counterparts: what it is the same as, by reference."""

    counterparts: tuple[str, ...]


def to_json(answer: ExplainAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says, which has other keys for points than for clauses."""
    of_points = isinstance(answer, PointsAnswer)
    found: dict[str, Json] = {
        "subject": answer.subject,
        "object": answer.object,
        "class": "counterpart" if of_points and answer.kin is Kin.SAME else answer.kin.value,
        "possible": list(answer.possible),
        "claim": answer.claim,
        "basis": list(answer.basis),
    }
    if isinstance(answer, ClausesAnswer):
        found["jointly"] = answer.jointly
    found["shared"] = [_shared_json(entry, short=of_points) for entry in answer.shared]
    if isinstance(answer, ClausesAnswer):
        found["subject_adds"] = list(answer.subject_adds)
        found["object_adds"] = list(answer.object_adds)
    if isinstance(answer, PointsAnswer):
        found["counterparts"] = list(answer.counterparts)
    found["relations"] = [_stated_json(entry) for entry in answer.relations]
    if isinstance(answer, ClausesAnswer):
        found["premises"] = [list(way) for way in answer.ways]
    found["confidence"] = answer.confidence
    found["words"] = [str(sentence) for sentence in answer.words]
    return found


def _shared_json(entry: SharedCore, *, short: bool) -> dict[str, Json]:
    if short:
        return {"core": entry.core, "text": entry.text}
    return {
        "core": entry.core,
        "text": entry.text,
        "subject_points": list(entry.subject_points),
        "object_points": list(entry.object_points),
    }


def _stated_json(entry: Stated) -> dict[str, Json]:
    relation = entry.relation
    return {
        "id": relation.id,
        "subject": list(entry.subject),
        "predicate": relation.predicate,
        "object": list(entry.object),
        "strength": relation.strength,
        "shared": relation.shared,
        "differs": relation.differs,
        "justification": relation.justification,
        "confidence": relation.confidence,
        "author": relation.author,
        "source": relation.source,
        "suspect": entry.suspect,
    }
