"""A library of CISO Assistant as YAML: of one standard its framework, of several the mapping sets between them.

Clauses are nodes, points nodes beneath theirs. There a mapping has one requirement on either side, so that of several
together only what follows for each by itself is written: what lies within all of them lies within none by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from imsmap import about, interchange
from imsmap.interchange import Loss
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Clause, Relation, Standard, split_ref
from imsmap.library.relationships import EQUAL, INVERSE, NONE, PREDICATES, SUBSET, SUPERSET
from imsmap.report import Json

ABOUT = about.Format(suffix=".ciso.yaml", holds=("mappings",), name="ciso-assistant", place=240)

_WORDS = {PREDICATES[name]: word for name, word in interchange.CISO.items()}
_OURS = "imsmap"
_CLAUSES = "Numbers and titles are the standard's, what each clause asks for is said in other words."


def export(graph: ClauseGraph, day: str) -> bytes:
    """Write a standard, or what is stated between several; day: 2030-05-01."""
    import yaml

    keys = [standard.key for standard in graph.standards]
    name = "+".join(keys)
    library: dict[str, Json] = {
        "urn": _urn("library", name),
        "locale": "en",
        "ref_id": name,
        "name": graph.standards[0].designation if len(keys) == 1 else interchange.title(graph),
        "description": _CLAUSES if len(keys) == 1 else interchange.ABOUT_DATA,
        "copyright": interchange.license_of(graph),
        "version": int(day.replace("-", "")),
        "publication_date": day,
        "provider": _OURS,
        "packager": _OURS,
    }
    if len(keys) == 1:
        library["objects"] = {"framework": _framework(graph, graph.standards[0])}
    else:
        library["dependencies"] = [_urn("library", key) for key in keys]
        library["objects"] = {"requirement_mapping_sets": [*_sets(graph)]}
    text: str = yaml.safe_dump(library, allow_unicode=True, sort_keys=False, width=120)
    return text.encode("utf-8")


def losses(graph: ClauseGraph) -> tuple[Loss, ...]:
    """Tell what the format can't say."""
    if len(graph.standards) == 1:
        points = [clause.point_ref(point) for clause in graph.standards[0].clauses for point in clause.points]
        return (
            Loss("points are told without core point, condition on documents and source", tuple(points)),
            Loss("relations with other standards go out where several standards are named", (graph.standards[0].key,)),
        )
    found = list(interchange.never_said(graph))
    stated = interchange.stated(graph)
    apart = tuple(r.id for r in stated if (len(r.subject) > 1 or len(r.object) > 1) and any(_apart(r)))
    gone = tuple(r.id for r in stated if not any(_apart(r)))
    told = (
        ("relations of several clauses together are written as what follows for each of them", apart),
        (
            "not written: of several together nothing follows for one of them, and all of a standard is no requirement",
            gone,
        ),
        ("confidence, reason, what is shared and what differs are not written", tuple(r.id for r in stated)),
        ("what the points say of the common core is not written", tuple(s.key for s in graph.standards)),
    )
    return (*found, *(Loss(words, names) for words, names in told if names))


def _urn(kind: str, key: str, ref: str = "") -> str:
    """Name something as these libraries do, in small letters; another sign is written by its number."""
    names = [interchange.ciso_word(key.replace("+", "_")), *([interchange.ciso_name(ref)] if ref else [])]
    return f"urn:{_OURS}:risk:{kind}:{':'.join(names)}"


def _framework(graph: ClauseGraph, standard: Standard) -> Json:
    nodes: list[Json] = []
    for clause in standard.clauses:
        nodes += _nodes(graph, standard.key, clause)
    return {
        "urn": _urn("framework", standard.key),
        "ref_id": standard.key,
        "name": standard.designation,
        "description": standard.title,
        "requirement_nodes": nodes,
    }


def _nodes(graph: ClauseGraph, key: str, clause: Clause) -> Iterator[Json]:
    """Give the node of a clause and those of its points; what asks for something can be assessed."""
    depth, above = 1, graph.parent(clause.ref)
    node: dict[str, Json] = {"urn": _urn("req_node", key, clause.ref)}
    if above is not None:
        node["parent_urn"] = _urn("req_node", key, above.ref)
    while above is not None:
        depth, above = depth + 1, graph.parent(above.ref)
    node |= {
        "assessable": graph.is_leaf(clause.ref) and not clause.informative,
        "depth": depth,
        "ref_id": clause.number,
        "name": graph.title(clause.ref) or clause.number,
    }
    yield node
    for point in clause.points:
        yield {
            "urn": _urn("req_node", key, clause.point_ref(point)),
            "parent_urn": node["urn"],
            "assessable": True,
            "depth": depth + 1,
            "ref_id": f"{clause.number} {point.id}",
            "description": point.text,
        }


def _sets(graph: ClauseGraph) -> Iterator[Json]:
    """Give the mapping sets, each in both directions, as these libraries do."""
    for one, relations in interchange.sets(graph):
        for source, target in ((one.subject, one.object), (one.object, one.subject)):
            rows: list[Json] = [row for relation in relations for row in _rows(relation, source)]
            names = [graph.standard(key).designation for key in (source, target)]
            yield {
                "urn": _urn("req_mapping_set", f"{source}-to-{target}"),
                "ref_id": f"{source}-to-{target}",
                "name": " to ".join(names),
                "source_framework_urn": _urn("framework", source),
                "target_framework_urn": _urn("framework", target),
                "requirement_mappings": rows,
            }


def _rows(relation: Relation, source: str) -> Iterator[Json]:
    for subject, object_, mask in _apart(relation):
        if not subject.startswith(f"{source}:"):
            subject, object_, mask = object_, subject, INVERSE[mask]
        row: dict[str, Json] = {
            "source_requirement_urn": _urn("req_node", split_ref(subject)[0], subject),
            "target_requirement_urn": _urn("req_node", split_ref(object_)[0], object_),
            "relationship": _WORDS[mask],
            "rationale": "semantic",
        }
        if relation.strength is not None:
            row["strength_of_relationship"] = relation.strength
        yield row


def _apart(relation: Relation) -> Iterator[tuple[str, str, int]]:
    """Give what a relation says of each two single sides: of several together what follows for one of them.

    All of a standard is no requirement of it, so that nothing is said of it.
    """
    if not all(split_ref(ref)[1] for ref in (*relation.subject, *relation.object)):
        return
    mask = PREDICATES[relation.predicate]
    if len(relation.subject) > 1:
        mask = {EQUAL: SUBSET, SUBSET: SUBSET, NONE: NONE}.get(mask, 0)
    if len(relation.object) > 1:
        mask = {EQUAL: SUPERSET, SUPERSET: SUPERSET, NONE: NONE}.get(mask, 0)
    if mask:
        yield from ((one, other, mask) for one, other in product(relation.subject, relation.object))
