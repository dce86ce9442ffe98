from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from imsmap.exporters import dot
from tests.pictures.invented import draw, report_for


def test_nodes_are_numbered_and_never_named_after_clauses() -> None:
    picture, *_ = draw("columns", report_for("columns", 2))
    names = re.findall(r"^(n\d+) \[", dot.export(picture).decode(), flags=re.MULTILINE)
    assert names == [f"n{index}" for index in range(len(picture.parts))]


def test_quotes_backslashes_and_ampersands_are_escaped() -> None:
    assert dot.quoted(("a \\N", '"b" & <c>'), "l") == r'"a \\N\l\"b\" &amp; <c>\l"'


@pytest.mark.skipif(shutil.which("neato") is None, reason="needs Graphviz on the machine")
def test_graphviz_draws_the_text_that_is_written() -> None:
    picture, *_ = draw("columns", report_for("columns", 2))
    done = subprocess.run(["neato", "-n2", "-Tsvg"], input=dot.export(picture), capture_output=True, check=True)
    assert done.stdout.startswith(b"<?xml")
