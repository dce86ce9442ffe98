from __future__ import annotations

import json

import pytest

from imsmap.exporters.jsonld import export, losses
from imsmap.exporters.sssom import rows
from tests.exporters.interchange import DAY, PAIR, WHY, mini, shipped


def test_linked_data_of_invented_standards(golden):
    golden("mini.jsonld", export(mini(), DAY).decode())


def test_it_says_what_sssom_says():
    graph = shipped(*PAIR)
    names = ("subject_id", "predicate_id", "predicate_modifier", "object_id", "mapping_justification")
    found = [[one.get(name, "") for name in names] for one in json.loads(export(graph, DAY))["mappings"]]
    # A prefix of SSSOM has no hyphen.
    assert [[cell.replace("-", "_") for cell in one] for one in found] == [
        [row.get(name, "").replace("-", "_") for name in names] for row in rows(graph)
    ]
    assert any("together" in loss.words for loss in losses(graph))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # of rdflib, by rdflib
@pytest.mark.slow
def test_rdflib_finds_every_mapping_with_its_ends():
    rdflib = pytest.importorskip("rdflib", reason=f"rdflib {WHY}")
    graph = shipped(*PAIR)
    read = rdflib.Graph().parse(data=export(graph, DAY).decode(), format="json-ld")
    mappings = set(read.subjects(rdflib.RDF.type, rdflib.URIRef("https://w3id.org/sssom/Mapping")))
    assert len(mappings) == len(list(rows(graph)))
    for end in ("annotatedSource", "annotatedProperty", "annotatedTarget"):
        found = [value for one in mappings for value in read.objects(one, rdflib.OWL[end])]
        assert len(found) == len(mappings)
        assert all(isinstance(value, rdflib.URIRef) for value in found)
