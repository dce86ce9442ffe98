from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.fixtures import Answer

Command = Callable[..., Answer]


def test_families_stand_for_their_standards_with_requirements_and_it_is_said(imsmap: Command):
    answer = imsmap("compare", "9000", "ISO 14000")
    assert answer.code == 0
    assert "Is ISO 9000 better than ISO 14000? No" in answer.out
    assert "ISO 9000 is a family; its standard with requirements, ISO 9001, is taken for it" in answer.err
    assert answer.out == imsmap("compare", "iso9001-2015", "iso14001-2015").out


def test_json_begins_as_every_answer(imsmap: Command):
    for words in (("compare", "9001:2015", "14001:2015"), ("family", "9000")):
        found = json.loads(imsmap(*words, "--format", "json").out)
        assert list(found)[:3] == ["analysis", "version", "data_version"]
        assert found["analysis"] == words[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("compare", "9001"), "name at least 2 standards or families"),
        (("compare", "9000", "9001"), "is there twice"),
        (("compare", "9001", "77777"), "no standard '77777'"),
        (("family", "9"), "no family 9; there are 9000"),
        (("family", "iso 9001"), "it belongs to the family 9000"),
        (("family", "quality"), "no family quality"),
    ],
)
def test_what_does_not_exist_is_told(imsmap: Command, words: tuple[str, ...], said: str):
    answer = imsmap(*words)
    assert (answer.code, answer.out) == (2, "")
    assert said in " ".join(answer.err.split())
