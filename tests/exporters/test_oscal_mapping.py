from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from imsmap.exporters.oscal_mapping import export, losses
from imsmap.reasoning.coverage import LEAF_CLAUSE, coverage
from imsmap.reasoning.groups import Grouping
from tests.exporters.interchange import DAY, PAIR, WHY, mini, shipped


def test_a_collection_of_invented_standards(golden):
    golden("mini.oscal-mapping.json", export(mini(), DAY).decode())


def test_sets_stand_on_both_sides_as_they_were_stated():
    graph = shipped(*PAIR)
    (between, *_) = json.loads(export(graph, DAY))["mapping-collection"]["mappings"]
    told = [[[item["props"][0]["value"] for item in one[side]] for side in ("sources", "targets")]
            for one in between["maps"]]  # fmt: skip
    assert told == [[[*r.subject], [*r.object]] for r in graph.library.relations if not r.implied]


def test_a_gap_is_a_leaf_clause_that_was_compared_and_shares_nothing():
    graph = shipped(*PAIR)
    (between, *_) = json.loads(export(graph, DAY))["mapping-collection"]["mappings"]
    found = between["target-gap-summary"]["unmapped-controls"][0]["with-ids"]
    uncovered = coverage(Grouping(graph, PAIR), of=PAIR[1], by=PAIR[0], unit=LEAF_CLAUSE).uncovered
    assert found == [f"clause-{number}" for number in uncovered]


def test_every_id_is_of_its_own_and_the_same_in_every_file():
    def ids(value: object) -> list[str]:
        if isinstance(value, dict):
            own = [value["uuid"]] if "uuid" in value else []
            return own + [one for inner in value.values() for one in ids(inner)]
        return [one for inner in value for one in ids(inner)] if isinstance(value, list) else []

    found = ids(json.loads(export(shipped(*PAIR), DAY)))
    assert len(found) == len(set(found))
    assert found[1:] == ids(json.loads(export(shipped(*PAIR), "2031-01-01")))[1:]


def test_whole_standards_are_told_as_what_others_may_not_read():
    graph = shipped(*PAIR)
    (told,) = (loss for loss in losses(graph) if "whole standards" in loss.words)
    assert str(told).startswith(f"{len(told.names)}: ")


@pytest.mark.slow
def test_trestle_takes_it(tmp_path: Path):
    pytest.importorskip("trestle", reason=f"compliance-trestle {WHY}")
    path = tmp_path / "ours.json"
    path.write_bytes(export(shipped(*PAIR), DAY))
    code = (
        "import sys; from pathlib import Path; from trestle.oscal.mapping import Model; "
        "print(len(Model.model_validate_json(Path(sys.argv[1]).read_text('utf-8')).mapping_collection.mappings))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "3\n"), done.stderr
