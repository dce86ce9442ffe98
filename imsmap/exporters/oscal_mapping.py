"""OSCAL mapping collection (NIST, version 1.2): what is stated between standards, sets on both sides, and gaps.

A mapping for each two standards, and one for each standard to the harmonized structure. A map's relationship is one of
the five of IR 8477. A gap summary names the leaf clauses that were compared and have nothing of the other standard.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from imsmap import about, interchange
from imsmap.interchange import CORE_PREDICATE, NAMESPACE, Loss, Tie
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import HUB, MappingSet, Relation, split_ref
from imsmap.library.relationships import OSCAL
from imsmap.reasoning.coverage import LEAF_CLAUSE, coverage
from imsmap.reasoning.groups import Grouping
from imsmap.report import Json

ABOUT = about.Format(suffix=".oscal-mapping.json", holds=("mappings",), name="oscal-mapping", place=220)

_RATIONALE = "semantic"
"""How sides were compared: by what they mean, as IR 8477 calls it."""


def export(graph: ClauseGraph, day: str) -> bytes:
    """Write what is stated between the standards of a library, and what each has of the core; day: 2030-05-01."""
    mappings = [*_between(graph), *_to_core(graph)]
    collection: dict[str, Json] = {
        "uuid": interchange.id_of("collection", day, graph.library.version, *(s.key for s in graph.standards)),
        "metadata": interchange.oscal_metadata(interchange.title(graph), graph.library.version, day),
        "provenance": {
            "method": "human",
            "matching-rationale": _RATIONALE,
            "status": "draft",
            "mapping-description": interchange.ABOUT_DATA,
        },
        "mappings": mappings,
    }
    text = json.dumps({"mapping-collection": collection}, ensure_ascii=False, indent=2, allow_nan=False)
    return (text + "\n").encode("utf-8")


def losses(graph: ClauseGraph) -> tuple[Loss, ...]:
    """Tell what the format can't say."""
    found = list(interchange.never_said(graph))
    for words, names in (
        (
            "whole standards stand as one item of the type catalog, which other tools may not know",
            tuple(r.id for r in interchange.stated(graph) if any(ref.endswith(":") for ref in (*r.subject, *r.object))),
        ),
        (
            "standards are only named: their clauses, topics and documents go out as oscal-catalog",
            tuple(standard.key for standard in graph.standards),
        ),
    ):
        if names:
            found.append(Loss(words, names))
    return tuple(found)


def _between(graph: ClauseGraph) -> Iterator[Json]:
    for one, relations in interchange.sets(graph):
        found: dict[str, Json] = {
            "uuid": interchange.id_of("mapping", one.name),
            "source-resource": _resource(graph, one.subject),
            "target-resource": _resource(graph, one.object),
            "maps": [_map(relation) for relation in relations],
            "props": _props({"set": one.name, "assessed": one.assessed, "bridges": str(one.bridges).lower()}),
        }
        yield {**found, **_gaps(graph, one)}


def _to_core(graph: ClauseGraph) -> Iterator[Json]:
    for standard in graph.standards:
        tied = [tie for tie in interchange.ties(graph) if split_ref(tie.ref)[0] == standard.key]
        if tied:
            yield {
                "uuid": interchange.id_of("mapping", standard.key, HUB),
                "source-resource": _resource(graph, standard.key),
                "target-resource": {"type": "catalog", "href": f"{NAMESPACE}{HUB}", "remarks": graph.hub.designation},
                "maps": [_core_map(tie) for tie in tied],
            }


def _resource(graph: ClauseGraph, key: str) -> Json:
    return {"type": "catalog", "href": f"{NAMESPACE}{key}", "remarks": graph.standard(key).designation}


def _map(relation: Relation) -> Json:
    found: dict[str, Json] = {
        "uuid": interchange.id_of("map", relation.id),
        "relationship": OSCAL[relation.predicate],
        "sources": [_item(ref) for ref in relation.subject],
        "targets": [_item(ref) for ref in relation.object],
        "confidence-score": {"percentage": relation.confidence},
        "props": _props(
            {
                "id": relation.id,
                "strength": "" if relation.strength is None else str(relation.strength),
                "shared": relation.shared,
                "differs": relation.differs,
                "justification": relation.justification,
                "author": relation.author,
                "source": relation.source,
                "affirmed": relation.affirmed or "",
            }
        ),
    }
    return {**found, "remarks": relation.rationale} if relation.rationale else found


def _core_map(tie: Tie) -> Json:
    return {
        "uuid": interchange.id_of("map", tie.ref, tie.core),
        "relationship": OSCAL[CORE_PREDICATE],
        "sources": [_item(tie.ref)],
        "targets": [{"type": "statement", "id-ref": tie.core}],
        "confidence-score": {"percentage": tie.point.confidence},
    }


def _item(ref: str) -> Json:
    key, number, point = split_ref(ref)
    kind = "catalog" if not number else "control" if point is None else "statement"
    return {"type": kind, "id-ref": interchange.token(ref) if number else key, "props": _props({"ref": ref})}


def _props(values: Mapping[str, str]) -> Json:
    return interchange.oscal_props(values)


def _gaps(graph: ClauseGraph, one: MappingSet) -> dict[str, Json]:
    """Name the leaf clauses of each side that were compared with the other standard and have nothing of it."""
    grouping = Grouping(graph, (one.subject, one.object))
    found: dict[str, Json] = {}
    for name, of, by in (
        ("source-gap-summary", one.subject, one.object),
        ("target-gap-summary", one.object, one.subject),
    ):
        numbers: Sequence[str] = coverage(grouping, of=of, by=by, unit=LEAF_CLAUSE).uncovered
        if numbers:
            ids: Json = [interchange.token(f"{of}:{number}") for number in numbers]
            found[name] = {
                "uuid": interchange.id_of("gaps", one.name, of, *numbers), "unmapped-controls": [{"with-ids": ids}],
            }  # fmt: skip
    return found
