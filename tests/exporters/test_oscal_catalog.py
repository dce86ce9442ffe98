from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from imsmap.errors import UsageError
from imsmap.exporters.oscal_catalog import export, losses
from imsmap.interchange import token
from tests.exporters.interchange import DAY, PAIR, WHY, mini, shipped


def test_a_catalog_of_an_invented_standard(golden):
    golden("mini.oscal-catalog.json", export(mini("iso90001-2030"), DAY).decode())


def test_every_clause_is_a_control_and_every_point_an_item_in_its_order():
    def controls(held: dict) -> list[dict]:
        return [one for inner in held.get("controls", ()) for one in (inner, *controls(inner))]

    graph = shipped(PAIR[0])
    found = controls(json.loads(export(graph, DAY))["catalog"])
    clauses = graph.standard(PAIR[0]).clauses
    assert sorted(one["id"] for one in found) == sorted(token(clause.ref) for clause in clauses)
    items = {item["id"]: item["prose"] for one in found for part in one.get("parts", ()) for item in part["parts"]}
    assert items == {token(clause.point_ref(point)): point.text for clause in clauses for point in clause.points}


def test_a_catalog_holds_one_standard():
    with pytest.raises(UsageError, match="holds one standard, and 2 are named"):
        export(mini(), DAY)


def test_what_is_left_out_is_told_by_name():
    assert any("notes" in loss.words and "iso9001-2015:7.1.6" in loss.names for loss in losses(shipped(PAIR[0])))


def test_numbers_of_any_shape_become_ids_that_differ():
    names = [token(f"x:{number}") for number in ("4.1 a", "4.1(a)", "4.1-a", "REQ-12", "4.1/a")]
    assert len(set(names)) == len(names)
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyzREQ0123456789._-") for name in names)


@pytest.mark.slow
def test_trestle_takes_it(tmp_path: Path):
    pytest.importorskip("trestle", reason=f"compliance-trestle {WHY}")
    path = tmp_path / "ours.json"
    path.write_bytes(export(shipped(PAIR[0]), DAY))
    code = (
        "import sys; from pathlib import Path; from trestle.oscal.catalog import Model; "
        "print(len(Model.model_validate_json(Path(sys.argv[1]).read_text('utf-8')).catalog.controls))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "10\n"), done.stderr
