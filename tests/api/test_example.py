"""The example in the documentation does what it says."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from tests.fixtures import ROOT


@pytest.mark.slow
def test_the_example_adds_asks_finds_text_exports_and_compares(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runpy.run_path(str(ROOT / "docs" / "example.py"))["main"](tmp_path)
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Added harbour-rules-2030: 2 files"
    assert "2 of 2 leaf clauses of Harbour Rules 2030 have a counterpart in ISO 9001:2015" in told[1]
    assert told[2] == "A quotation in note.md, line 1"
    assert told[3].startswith("Sent out: ")
    assert told[4].startswith("The mappers judge 4 of 6 possible pairs alike; Cohen's kappa 0.33")
    assert (tmp_path / "ours.sssom.tsv").read_bytes().startswith(b"#sssom_version")
    assert sorted(path.suffix for path in (tmp_path / "mappings").rglob("*.yaml")) == [".yaml", ".yaml"]
