from __future__ import annotations

import json
from pathlib import Path

import pytest

from imsmap.errors import DataError
from imsmap.readers.jsonld import bring, takes
from tests.exporters.interchange import mini
from tests.readers.foreigners import around, put, relations_of, told

CONTEXT = {"a": "https://example.org/a/", "b": {"@id": "https://example.org/b#", "@prefix": True}, "skos": "http://s#"}
SOUND = {"subject_id": "a:1", "predicate_id": "skos:exactMatch", "object_id": "b:1", "confidence": 0.9}


def read(folder: Path, *mappings: object):
    text = json.dumps({"@context": CONTEXT, "mappings": mappings})
    return bring(*put(folder, "theirs.jsonld", text), around(mini()))


def test_mappings_of_others_are_read_with_their_confidence(tmp_path: Path):
    (relation,) = relations_of(read(tmp_path, SOUND))
    assert (relation.subject, relation.predicate, relation.object, relation.confidence) == (
        ("a:1",), "equal-to", ("b:1",), 0.9,
    )  # fmt: skip


def test_what_is_dirty_is_told_with_its_path_and_keeps_nothing_else_out(tmp_path: Path):
    brought = read(tmp_path, SOUND | {"object_id": "c:1"}, SOUND | {"subject_id": None}, SOUND)
    assert "theirs.jsonld $.mappings[0]: the prefix c is not in the curie_map" in told(brought)
    assert "theirs.jsonld $.mappings[1]: subject_id is blank" in told(brought)
    assert len(relations_of(brought)) == 1


def test_linked_data_of_another_form_are_refused(tmp_path: Path):
    with pytest.raises(DataError, match="holds no list of mappings"):
        bring(*put(tmp_path, "x.jsonld", '{"@context": {}, "@graph": []}'), around(mini()))
    assert takes(b' {"@context": {')
    assert not takes(b'{"mapping-collection": {')
