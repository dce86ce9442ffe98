"""SSSOM, the standard for sharing mappings: a table of tab-separated values below a block of metadata (version 1.1).

A row for each relation that somebody stated, and for each point that says a core point of the harmonized structure.
`no-relationship` is the denial of any mapping: `predicate_modifier` Not with `skos:mappingRelation`. What SSSOM has no
column for stands in columns of our own (`ext_...`), which the metadata define, so that the file can come back in.
"""

from __future__ import annotations

from collections.abc import Iterator

from imsmap import about, interchange
from imsmap.interchange import CORE_PREDICATE, DENIED, NAMESPACE, RECORDS, Loss, Tie
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import HUB, Relation
from imsmap.library.relationships import SKOS
from imsmap.plain import legible
from imsmap.readers.csv import written

ABOUT = about.Format(suffix=".sssom.tsv", holds=("mappings",), place=200)

COLUMNS = (
    "record_id", "subject_id", "subject_label", "subject_type", "predicate_id", "predicate_modifier", "object_id",
    "object_label", "object_type", "mapping_justification", "author_label", "confidence", "comment", "ext_strength",
    "ext_shared", "ext_differs", "ext_justification", "ext_source", "ext_affirmed",
)  # fmt: skip
SEVERAL, ONE = "composed entity expression", "skos concept"
_EXTENSIONS = {name: "integer" if name == "ext_strength" else "string" for name in COLUMNS if name.startswith("ext_")}


def export(graph: ClauseGraph, day: str) -> bytes:
    """Write what is stated between the standards of a library, and what each has of the core; day: 2030-05-01."""
    lines = [f"#{line}\n" for line in _metadata(graph, day)]
    lines.append("\t".join(COLUMNS) + "\n")
    for cells in rows(graph):
        lines.append(written((_cell(cells.get(name, "")) for name in COLUMNS), "\t", "\n"))
    return "".join(lines).encode("utf-8")


def losses(graph: ClauseGraph) -> tuple[Loss, ...]:
    """Tell what the format can't say."""
    found = list(interchange.never_said(graph))
    unions = tuple(r.id for r in interchange.stated(graph) if len(r.subject) > 1 or len(r.object) > 1)
    if unions:
        words = "relations of several clauses together are written of one composed entity; no other tool takes it apart"
        found.append(Loss(words, unions))
    found += [Loss(words, names) for words, names in interchange.table_losses(graph) if names]
    return tuple(found)


def rows(graph: ClauseGraph) -> Iterator[dict[str, str]]:
    """Give the cells of each row by the name of their column."""
    for relation in interchange.stated(graph):
        yield _stated(graph, relation)
    for tie in interchange.ties(graph):
        yield _core(graph, tie)


def _stated(graph: ClauseGraph, relation: Relation) -> dict[str, str]:
    skos = SKOS[relation.predicate]
    return {
        "record_id": f"{RECORDS}:{interchange.quoted(relation.id)}",
        **_side("subject", graph, relation.subject),
        "predicate_id": skos or DENIED,
        "predicate_modifier": "" if skos else "Not",
        **_side("object", graph, relation.object),
        "mapping_justification": interchange.justification(relation),
        "author_label": relation.author.replace("|", r"\|"),
        "confidence": str(relation.confidence),
        "comment": relation.rationale,
        "ext_strength": "" if relation.strength is None else str(relation.strength),
        "ext_shared": relation.shared,
        "ext_differs": relation.differs,
        "ext_justification": relation.justification,
        "ext_source": relation.source,
        "ext_affirmed": relation.affirmed or "",
    }


def _core(graph: ClauseGraph, tie: Tie) -> dict[str, str]:
    core = graph.core_points[tie.core]
    return {
        "record_id": f"{RECORDS}:{interchange.quoted(tie.ref)}",
        **_side("subject", graph, (tie.ref,)),
        "predicate_id": SKOS[CORE_PREDICATE],
        "object_id": _curie(interchange.core_curie(tie.core)),
        "object_label": core.text,
        "object_type": ONE,
        "mapping_justification": interchange.JUSTIFIED[True],
        "author_label": tie.author.replace("|", r"\|"),
        "confidence": str(tie.point.confidence),
        "comment": "The point says this core point for its discipline.",
        "ext_source": tie.point.source,
    }


def _side(role: str, graph: ClauseGraph, refs: tuple[str, ...]) -> dict[str, str]:
    return {
        f"{role}_id": _curie(interchange.curie(refs)),
        f"{role}_label": interchange.named(graph, refs),
        f"{role}_type": ONE if len(refs) == 1 else SEVERAL,
    }


def _prefix(key: str) -> str:
    """Give the prefix of a key: sssom-py takes no name with a hyphen for a prefix, and drops it when it writes anew."""
    return key.replace("-", "_")


def _curie(name: str) -> str:
    key, colon, rest = name.partition(":")
    return f"{_prefix(key)}{colon}{rest}"


def _metadata(graph: ClauseGraph, day: str) -> Iterator[str]:
    keys = [standard.key for standard in graph.standards]
    yield "sssom_version: '1.1'"
    yield f"mapping_set_id: {NAMESPACE}mapping:{'+'.join(keys)}:{graph.library.version}"
    yield f"mapping_set_title: {_yaml(interchange.title(graph))}"
    yield f"mapping_set_version: {_yaml(graph.library.version)}"
    yield f"mapping_set_description: {_yaml(interchange.ABOUT_DATA)}"
    yield f"license: {interchange.license_of(graph)}"
    yield f"publication_date: '{day}'"
    yield "mapping_tool: imsmap"
    yield "curie_map:"
    yield f"  {RECORDS}: '{NAMESPACE}relation:'"
    for key in sorted({*keys, HUB}):
        yield f"  {_prefix(key)}: '{NAMESPACE}{key}:'"
    yield "  semapv: https://w3id.org/semapv/vocab/"
    yield "  skos: http://www.w3.org/2004/02/skos/core#"
    yield "  urn: 'urn:'"  # the id of the set begins so, and sssom-py asks for whatever stands before a colon
    yield "extension_definitions:"
    for name, kind in _EXTENSIONS.items():
        yield f"- slot_name: {name}"
        yield f"  property: {NAMESPACE}property:{name.removeprefix('ext_')}"
        yield f"  type_hint: http://www.w3.org/2001/XMLSchema#{kind}"


def _yaml(text: str) -> str:
    return "'" + " ".join(text.split()).replace("'", "''") + "'"


def _cell(text: str) -> str:
    """Keep what would break a table of lines or obey a terminal out of a cell."""
    return legible(" ".join(text.split()))
