from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.exporters.interchange import MINI

A, B = "iso90001-2030", "iso91001-2030"


def test_the_end_of_the_name_picks_the_format_and_what_it_cannot_say_is_told(imsmap, tmp_path: Path):
    path = tmp_path / "ours.sssom.tsv"
    answer = imsmap("export", A, B, "-o", str(path), "--date", "2030-05-01", mappings=MINI)
    assert answer.code == 0
    assert path.read_text("utf-8").startswith("#sssom_version: '1.1'\n")
    assert "what this format can't say:\n" in answer.err
    assert "standards are only named" in answer.err


def test_without_a_file_it_goes_to_stdout_and_nothing_else_does(imsmap):
    answer = imsmap("export", "oscal-mapping", A, B, mappings=MINI)
    assert answer.code == 0
    assert [*json.loads(answer.out)] == ["mapping-collection"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("export", A), "the format is missing; the first word says which: sssom"),
        (("export", "sssom"), "name the standards"),
        (("export", A, "-o", "x.json"), "does not end in .sssom.tsv"),
        (("export", "sssom", A, "-o", "x.jsonld"), "asks for jsonld, the first word for sssom"),
        (("export", "oscal-catalog", A, B), "a catalog holds one standard, and 2 are named"),
        (("export", "sssom", "iso90002"), "90002"),
    ],
)
def test_a_wrong_use_says_what_would_be_right(imsmap, words: tuple[str, ...], told: str):
    answer = imsmap(*words, mappings=MINI)
    assert answer.code == 2
    assert told in answer.err.replace("\n", " ")
