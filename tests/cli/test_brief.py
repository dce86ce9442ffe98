from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from imsmap.client.deciding import case_in
from imsmap.decision.rules import Gate, Given, weighable
from imsmap.register.cells import Cells, Key
from tests.choosing import CRITERIA, Case
from tests.fixtures import Answer

Command = Callable[..., Answer]


@pytest.mark.slow
def test_a_brief_goes_to_word_markdown_or_the_terminal(imsmap: Command):
    assert imsmap("brief", "-o", "brief.docx", "--date", "2026-11-25", "--client", "Smith").code == 0
    assert imsmap("brief", "9000", "14000", "-o", "brief.md", "--date", "2026-11-25", "--client", "Smith").code == 0
    shown = imsmap("brief", "--date", "2026-11-25", "--client", "Smith")
    assert shown.out == Path("brief.md").read_text("utf-8")
    document = docx.Document(io.BytesIO(Path("brief.docx").read_bytes()))
    paragraphs = [Paragraph(found, document) for found in document.element.body.iter(qn("w:p"))]
    titles = [p.text for p in paragraphs if p.style.name == "Heading 1"]
    assert [line.removeprefix("## ") for line in shown.out.splitlines() if line.startswith("## ")] == titles


def test_the_answers_of_choose_are_taken(imsmap: Command, two_standards: Path):
    Path("choose.toml").write_text('[[gates]]\nkind = "contract"\nnames = "14001"\nevidence = "Contract 7"\n', "utf-8")
    out = imsmap("brief", "--answers", "choose.toml", mappings=two_standards).out
    assert "**14001 first." in out
    assert "Contract 7" in out


def test_wrong_use_is_told(imsmap: Command):
    assert "no format has the suffix .odt" in imsmap("brief", "-o", "brief.odt").err
    assert imsmap("brief", "--answers", "none.toml").code == 1
    answer = imsmap("brief", "9001")
    assert answer.code == 2
    assert "choose weighs two of ISO 9001, ISO 14001, ISO 45001" in answer.err


def test_in_a_project_its_client_and_answers_are_taken(imsmap: Command, monkeypatch: pytest.MonkeyPatch):
    assert imsmap("new", "job", "--client", "Harbour Coatings", "9001", "14001").code == 0
    monkeypatch.chdir("job")
    Path("choose.toml").write_text(
        '[[gates]]\nkind = "policy"\nnames = "both"\ndate = 2027-06-30\n[capacity]\nscore = 4\n', "utf-8"
    )
    answer = imsmap("brief", "--date", "2026-11-25")
    assert answer.code == 0, answer.err
    assert "Harbour Coatings · ISO 9001:2015 and ISO 14001:2015 · 25 November 2026" in answer.out
    assert "**Both together." in answer.out


@pytest.mark.slow
def test_a_standard_that_is_weighed_and_not_the_projects_is_told(imsmap: Command, monkeypatch: pytest.MonkeyPatch):
    assert imsmap("new", "job", "--client", "Smith", "9001:2015", "9001:2026").code == 0
    monkeypatch.chdir("job")
    answer = imsmap("brief", "--date", "2026-11-25")
    # Two editions of one standard are a transition and no choice: the newer is told of.
    assert "ISO 9001:2026 and ISO 14001:2015 · 25 November 2026" in answer.out
    assert "here ISO 9001:2026 and ISO 14001:2015; the project is about" in answer.err
    assert "the project is about ISO 9001:2015 and ISO 9001:2026 and says nothing of ISO 14001:2015" in answer.err


def test_what_was_filled_in_on_the_sheet_goes_over_the_file(tmp_path: Path):
    (tmp_path / "choose.toml").write_text("[criteria.law]\nscore = 1\nweight = 5\n", "utf-8")
    cells: Cells = {Key("decision", "law", "answer"): 4, Key("decision", "gate-tender", "answer"): "9001"}
    case = case_in(tmp_path, cells, CRITERIA)
    assert case.of("law") == Given(4, 5)
    assert case.gates == (Gate("tender", "9001"),)
    assert case_in(tmp_path / "none", {}, CRITERIA) == Case()
    zero: Cells = {Key("decision", c.id, "weight"): 0 for c in CRITERIA}
    assert weighable(case_in(tmp_path, zero, CRITERIA))


@pytest.mark.slow
def test_two_others_are_weighed_by_their_own_criteria(imsmap: Command):
    shown = imsmap("brief", "9001", "45001", "--date", "2026-11-29").out
    assert "How much of the turnover hangs on customers and tenders that ask for ISO 45001?" in shown
    assert "ISO 14001" not in shown
    held = 'standards = ["9001", "45001"]\n[held.9001]\n[held.45001]\n'
    Path("both.toml").write_text(held, "utf-8")
    title = imsmap("brief", "--answers", "both.toml").out.splitlines()[0]
    assert title == "# Run quality and occupational health and safety as one system"


@pytest.mark.slow
def test_a_brief_says_of_which_editions_its_figures_are(imsmap: Command, monkeypatch: pytest.MonkeyPatch):
    told = imsmap("brief", "--date", "2026-11-29").out
    assert "of ISO 9001:2015 and ISO 14001:2015, 25 share a core" in told
    words = "These figures are of ISO 9001:2015 and ISO 14001:2015, which ISO 9001:2026 and ISO 14001:2026 replace."
    assert words in told
    assert "They replace ISO 9001:2015 and ISO 14001:2015." in told
    # A project on both editions of one is told of the newer, as far as it has come with both.
    assert imsmap("new", "job", "--client", "Smith", "9001:2015", "14001:2026", "9001:2026").code == 0
    monkeypatch.chdir("job")
    told = imsmap("brief", "--date", "2026-11-29").out
    assert "Smith · ISO 9001:2026 and ISO 14001:2026 ·" in told
    assert "| Has ISO 9001:2026, wants ISO 14001:2026 |" in told
    assert "These figures are of" not in told
