"""Standards and mapping sets in our own form come in from files anywhere."""

from __future__ import annotations

from pathlib import Path

from imsmap.api.bringing import bring
from tests.conftest import MINI

STANDARD = """\
key: robots-2030
designation: Robots 2030
title: Care of robots
discipline: quality
edition: "1"
published: "2030"
status: current
structure: none
author: Ann
confidence: "0.9"
source: Invented.
clauses:
  - number: R-1
    title: Oil
    topic: TOPIC
    points:
      - {id: oiled, adds: Oil, text: Oil each robot.}
"""
SET = """\
subject: iso90001-2030
object: iso91001-2030
assessed: part
author: Ann
confidence: "0.7"
source: Own comparison.
justification: Expert judgement.
relations:
  - {id: mine, subject: "8.1", predicate: intersects-with, object: "4.1", strength: "4", shared: Both., differs: Not.}
"""


def test_a_standard_comes_in_under_its_key(tmp_path: Path):
    path = tmp_path / "any name.yaml"
    path.write_text(STANDARD.replace("TOPIC", "widgets"), "utf-8")
    found = bring(path, MINI, day="2031-01-01")
    assert found.problems == ()
    assert [*found.files] == ["standards/robots-2030.yaml"]


def test_what_is_wrong_is_told_at_the_line_of_its_entry(tmp_path: Path):
    path = tmp_path / "any.yaml"
    path.write_text(STANDARD.replace("TOPIC", "wigets"), "utf-8")
    (problem,) = bring(path, MINI, day="2031-01-01").problems
    assert (problem.path, problem.line) == (str(path), 13)
    assert "did you mean widgets?" in problem.message


def test_a_mapping_set_comes_in_beside_those_that_are_there(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    path.write_text(SET, "utf-8")
    found = bring(path, MINI, day="2031-01-01")
    assert found.problems == ()
    assert [*found.files] == ["relations/mine.yaml"]
    assert found.brought.sets[0][1][0].affirmed
