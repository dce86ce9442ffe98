"""JSON-LD: the rows of SSSOM as linked data, which programs for RDF read; each clause and relation has its address.

A mapping is an `sssom:Mapping` with subject, predicate and object of its own. What SSSOM has a property for is said
with it, the rest with properties of ours. A denial stays one: nothing is said of two sides that a mapping only denies.
"""

from __future__ import annotations

import json

from imsmap import about, interchange
from imsmap.interchange import CORE_PREDICATE, DENIED, NAMESPACE, RECORDS, Loss
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import HUB, Relation
from imsmap.library.relationships import SKOS
from imsmap.report import Json

ABOUT = about.Format(suffix=".jsonld", holds=("mappings",), place=230)

_IRI = ("subject_id", "predicate_id", "object_id", "mapping_justification", "license")
_TERMS = {
    "subject_id": "owl:annotatedSource",
    "predicate_id": "owl:annotatedProperty",
    "object_id": "owl:annotatedTarget",
    "license": "dcterms:license",
    "mapping_set_title": "dcterms:title",
    "mapping_set_version": "owl:versionInfo",
}
"""The properties of other vocabularies that SSSOM takes for its own. A mapping is no `owl:Axiom`: some only deny."""
_NUMBERS = {"confidence": "double", "strength": "integer"}


def export(graph: ClauseGraph, day: str) -> bytes:
    """Write what is stated between the standards of a library, and what each has of the core; day: 2030-05-01."""
    keys = [standard.key for standard in graph.standards]
    entities = {
        ref: {"@id": interchange.curie(refs), "skos:prefLabel": interchange.named(graph, refs)}
        for relation in interchange.stated(graph)
        for refs in (relation.subject, relation.object)
        for ref in (interchange.curie(refs),)
    }
    for tie in interchange.ties(graph):
        name = interchange.curie((tie.ref,))
        entities[name] = {"@id": name, "skos:prefLabel": interchange.named(graph, (tie.ref,))}
        core = interchange.core_curie(tie.core)
        entities[core] = {"@id": core, "skos:prefLabel": graph.core_points[tie.core].text}
    mappings: list[Json] = [_stated(relation) for relation in interchange.stated(graph)]
    for tie in interchange.ties(graph):
        mappings.append(
            {
                "@id": f"{RECORDS}:{interchange.quoted(tie.ref)}",
                "@type": "Mapping",
                "subject_id": interchange.curie((tie.ref,)),
                "predicate_id": SKOS[CORE_PREDICATE],
                "object_id": interchange.core_curie(tie.core),
                "mapping_justification": interchange.JUSTIFIED[True],
                "author_label": tie.author,
                "confidence": tie.point.confidence,
                "source": tie.point.source,
            }
        )
    content: dict[str, Json] = {
        "@context": _context(keys),
        "@id": f"{NAMESPACE}mapping:{'+'.join(keys)}:{graph.library.version}",
        "@type": "MappingSet",
        "mapping_set_title": interchange.title(graph),
        "mapping_set_version": graph.library.version,
        "license": interchange.license_of(graph),
        "publication_date": day,
        "mapping_tool": "imsmap",
        "mappings": mappings,
        "@included": [entities[name] for name in sorted(entities)],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def losses(graph: ClauseGraph) -> tuple[Loss, ...]:
    """Tell what the format can't say."""
    unions = tuple(r.id for r in interchange.stated(graph) if len(r.subject) > 1 or len(r.object) > 1)
    found = list(interchange.never_said(graph))
    if unions:
        words = "relations of several clauses together are written of one entity; no other tool takes it apart"
        found.append(Loss(words, unions))
    words = "standards are only named: their clauses, topics and documents go out as oscal-catalog"
    return (*found, Loss(words, tuple(standard.key for standard in graph.standards)))


def _stated(relation: Relation) -> Json:
    skos = SKOS[relation.predicate]
    found: dict[str, Json] = {
        "@id": f"{RECORDS}:{interchange.quoted(relation.id)}",
        "@type": "Mapping",
        "subject_id": interchange.curie(relation.subject),
        "predicate_id": skos or DENIED,
        "predicate_modifier": None if skos else "Not",
        "object_id": interchange.curie(relation.object),
        "mapping_justification": interchange.justification(relation),
        "author_label": relation.author,
        "confidence": relation.confidence,
        "strength": relation.strength,
        "shared": relation.shared or None,
        "differs": relation.differs or None,
        "justification": relation.justification,
        "source": relation.source,
        "affirmed": relation.affirmed,
    }
    return {name: value for name, value in found.items() if value is not None}


def _context(keys: list[str]) -> Json:
    ours = ("strength", "shared", "differs", "justification", "source", "affirmed")
    return {
        "@vocab": "https://w3id.org/sssom/",
        "sssom": "https://w3id.org/sssom/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "semapv": "https://w3id.org/semapv/vocab/",
        "dcterms": "http://purl.org/dc/terms/",
        "owl": "http://www.w3.org/2002/07/owl#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        RECORDS: {"@id": f"{NAMESPACE}relation:", "@prefix": True},
        **{key: {"@id": f"{NAMESPACE}{key}:", "@prefix": True} for key in sorted({*keys, HUB})},
        **{name: {"@id": _TERMS.get(name, f"sssom:{name}"), "@type": "@id"} for name in _IRI},
        **{name: term for name, term in _TERMS.items() if name not in _IRI},
        **{name: {"@id": f"{NAMESPACE}property:{name}"} for name in ours},
        "strength": {"@id": f"{NAMESPACE}property:strength", "@type": f"xsd:{_NUMBERS['strength']}"},
        "confidence": {"@type": f"xsd:{_NUMBERS['confidence']}"},
        "publication_date": {"@id": "dcterms:issued", "@type": "xsd:date"},
    }
