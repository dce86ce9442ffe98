from __future__ import annotations

import json
from pathlib import Path

import pytest

from imsmap.errors import DataError
from imsmap.readers.oscal_mapping import bring, takes
from tests.exporters.interchange import mini
from tests.readers.foreigners import around, put, relations_of, told


def item(*ids: str) -> list[dict[str, str]]:
    return [{"type": "control", "id-ref": id_} for id_ in ids]


def one(relationship: object = "subset-of", sources: object = None, targets: object = None, **more: object) -> object:
    found = {"uuid": "b4385f95", "relationship": relationship, **more}
    return found | {"sources": sources or item("t-1"), "targets": targets or item("r-5_smt.a", "r-5_smt.b")}


@pytest.fixture
def read(tmp_path: Path):
    def reading(*maps: object, source: str = "catalogs/Trees/catalog.json", **more: object):
        mapping = {
            "source-resource": {"type": "catalog", "href": source},
            "target-resource": {"type": "catalog", "href": "catalogs/Rocks_5.json"},
            "maps": list(maps),
        }
        text = json.dumps({"mapping-collection": {"mappings": [mapping], **more}})
        return bring(*put(tmp_path, "theirs.json", text), around(mini()))

    return reading


def test_sets_stand_on_both_sides_and_catalogs_are_known_by_their_files(read):
    brought = read(one(props=[{"name": "percentage", "value": "50%"}]))
    (relation,) = relations_of(brought)
    assert (relation.subject, relation.predicate) == (("trees:t-1",), "subset-of")
    assert relation.object == ("rocks-5:r-5-smt.a", "rocks-5:r-5-smt.b")
    assert [s.designation for s in brought.standards] == ["Trees", "Rocks_5"]
    assert any("percentage (1)" in notice for notice in brought.notices)


def test_a_standard_of_ours_is_known_by_its_address_and_a_clause_by_its_id(read):
    (relation,) = relations_of(read(one(sources=item("clause-8.2")), source="urn:imsmap:iso90001-2030"))
    assert relation.subject == ("iso90001-2030:8.2",)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (one("they are alike in some way"), "'they are alike in some way' is no relation"),
        (one(sources=[{"type": "control"}]), ".sources[0]: has no id-ref"),
        (one(targets=[1]), ".targets: is empty"),
        ("words", "is no map; it holds relationship, sources and targets"),
        (one(None), "pairs both sides and does not say how they stand"),
    ],
)
def test_what_is_dirty_is_told_with_its_path_and_keeps_nothing_else_out(read, held: object, words: str):
    brought = read(held, one(sources=item("t-2")))
    assert told(brought).startswith("theirs.json $.mapping-collection.mappings[0].maps[0]")
    assert words in told(brought)
    assert len(relations_of(brought)) == 1


def test_an_id_that_leads_nowhere_is_told_and_one_of_the_back_matter_is_a_name(read):
    lost = read(one(), source="#c339")
    assert "'#c339' is the id of nothing in this file's back-matter" in told(lost)
    assert "$.mapping-collection.mappings[0]: its maps are left out with it: 1" in lost.notices
    found = read(one(), source="#c339", **{"back-matter": {"resources": [{"uuid": "c339", "title": "Tree Care"}]}})
    assert found.standards[0].designation == "Tree Care"


def test_a_percentage_is_a_confidence_and_one_that_is_none_is_told(read):
    maps = [one(sources=item(f"t-{n}"), **{"confidence-score": {"percentage": said}}) for n, said in
            enumerate((0.7, "70%", "much"))]  # fmt: skip
    brought = read(*maps)
    assert [relation.confidence for relation in relations_of(brought)] == [0.7, 0.7, 0.5]
    assert "confidence 'much' is not between 0 and 1; 0.5 is taken" in told(brought)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is no JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"catalog": {}}', "holds no mapping-collection"),
        ("[]", "holds no mapping-collection"),
        ('{"a": ' + "9" * 5000 + "}", "a number that is too long"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_the_reason(tmp_path: Path, text: str, words: str):
    with pytest.raises(DataError, match=words):
        bring(*put(tmp_path, "theirs.json", text), around(mini()))


def test_a_collection_is_known_by_its_first_key():
    assert takes(b'{ "mapping-collection": {')
    assert not takes(b'{"catalog": {')
