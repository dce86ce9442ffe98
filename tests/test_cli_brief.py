from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx

from tests.fixtures import Answer

Command = Callable[..., Answer]


def test_a_brief_goes_to_word_markdown_or_the_terminal(imsmap: Command):
    assert imsmap("brief", "-o", "brief.docx", "--date", "2026-11-25", "--client", "Smith").code == 0
    assert imsmap("brief", "9000", "14000", "-o", "brief.md", "--date", "2026-11-25", "--client", "Smith").code == 0
    shown = imsmap("brief", "--date", "2026-11-25", "--client", "Smith")
    assert shown.out == Path("brief.md").read_text("utf-8")
    titles = [
        p.text
        for p in docx.Document(io.BytesIO(Path("brief.docx").read_bytes())).paragraphs
        if p.style.name == "Heading 1"
    ]
    assert [line.removeprefix("## ") for line in shown.out.splitlines() if line.startswith("## ")] == titles


def test_the_answers_of_choose_are_taken(imsmap: Command):
    Path("choose.toml").write_text('[[gates]]\nkind = "contract"\nnames = "14001"\nevidence = "Contract 7"\n', "utf-8")
    out = imsmap("brief", "--answers", "choose.toml").out
    assert "**14001 first." in out
    assert "Contract 7" in out


def test_wrong_use_is_told(imsmap: Command):
    assert "no format has the suffix .odt" in imsmap("brief", "-o", "brief.odt").err
    assert imsmap("brief", "--answers", "none.toml").code == 1
    answer = imsmap("brief", "9001")
    assert answer.code == 2
    assert "name an edition of ISO 14001, too" in answer.err
