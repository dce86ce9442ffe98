from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from imsmap.exporters.sssom import COLUMNS, export, losses, rows
from tests.exporters.interchange import DAY, PAIR, WHY, mini, shipped


def parts(content: bytes) -> tuple[dict[str, object], list[dict[str, str]]]:
    lines = content.decode().splitlines()
    head = yaml.safe_load("\n".join(line[1:] for line in lines if line.startswith("#")))
    names, *others = (line.split("\t") for line in lines if not line.startswith("#"))
    return head, [dict(zip(names, cells, strict=True)) for cells in others]


def test_a_file_is_a_block_of_metadata_and_a_table_with_a_prefix_for_each_standard(golden):
    content = export(mini(), DAY)
    head, found = parts(content)
    assert {row[name].partition(":")[0] for row in found for name in ("subject_id", "object_id")} <= {
        *head["curie_map"]
    }
    assert {one["slot_name"] for one in head["extension_definitions"]} < {*COLUMNS}
    golden("mini.sssom.tsv", content.decode())


def test_whatever_stands_before_a_colon_is_a_prefix_that_sssom_knows():
    # sssom-py validates a file without, and then neither parses nor converts it; a prefix with a hyphen it loses.
    head, found = parts(export(mini(), DAY))
    said = [str(head["mapping_set_id"]), *(row[name] for row in found for name in ("record_id", "subject_id"))]
    assert all(re.match(r"[A-Za-z0-9_.]+:", one) for one in said)
    assert {one.partition(":")[0] for one in said} <= {*head["curie_map"]}


def test_each_stated_relation_and_each_core_point_has_a_row():
    graph = shipped(*PAIR)
    cores = sum(point.core is not None for s in graph.standards for clause in s.clauses for point in clause.points)
    stated = sum(not relation.implied for relation in graph.library.relations)
    assert len(list(rows(graph))) == stated + cores
    assert len({row["record_id"] for row in rows(graph)}) == stated + cores


def test_that_there_is_nothing_in_common_is_the_denial_of_any_mapping():
    graph = shipped(*PAIR)
    denied = {row["record_id"] for row in rows(graph) if row["predicate_id"] == "skos:mappingRelation"}
    assert denied == {row["record_id"] for row in rows(graph) if row.get("predicate_modifier") == "Not"}
    assert len(denied) == sum(r.predicate == "no-relationship" for r in graph.library.relations if not r.implied)


def test_what_holds_of_several_clauses_together_is_said_of_none_of_them():
    graph = shipped(*PAIR)
    together = [row for row in rows(graph) if "composed entity expression" in (row["subject_type"], row["object_type"])]
    assert together
    assert all("," in row["subject_id"] + row["object_id"] for row in together)
    (told,) = (loss for loss in losses(graph) if "composed" in loss.words)
    assert len(told.names) == len(together)


def test_the_licence_of_our_own_data_is_told_and_that_of_others_left_open():
    assert parts(export(shipped(*PAIR), DAY))[0]["license"] == "https://opensource.org/license/mit"
    assert "unspecified" in str(parts(export(mini(), DAY))[0]["license"])


def test_the_same_library_gives_the_same_bytes():
    assert export(mini(), DAY) == export(mini(), DAY)


@pytest.mark.slow
def test_the_validator_of_sssom_takes_it(tmp_path: Path):
    # Another process: what it imports warns of what is none of ours.
    pytest.importorskip("sssom_schema", reason=f"sssom {WHY}")
    path = tmp_path / "ours.sssom.tsv"
    path.write_bytes(export(shipped(*PAIR), DAY))
    code = "import sys; from sssom.cli import main; main(['validate', sys.argv[1]])"
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "rror" not in done.stdout.replace(WHY, "")
    anew = tmp_path / "anew.sssom.tsv"
    code = "import sys; from sssom.cli import main; main(['parse', sys.argv[1], '-o', sys.argv[2]])"
    done = subprocess.run([sys.executable, "-c", code, path, anew], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "urn:imsmap:iso9001-2015:" in anew.read_text("utf-8")
