from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from imsmap.cli import start
from imsmap.client import processes, settings
from tests.fixtures import Answer

Command = Callable[..., Answer]
Q, E = "iso9001-2015", "iso14001-2015"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>'


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode())))


def test_questions_are_asked_until_they_are_answered_and_make_a_project(
    imsmap: Command, monkeypatch: pytest.MonkeyPatch
):
    Path("logo.svg").write_text(LOGO, "utf-8")
    typed(
        monkeypatch, " Reed &  Sons ", "28000", "ISO 9001 and ISO 14001", "none.png", '"logo.svg"',
        "Sell: Ann; Make, pack; Make, pack", "logo.svg", "", "n",
    )  # fmt: skip
    answer = imsmap("start")
    assert answer.code == 0, answer.err
    for said in ("ISO 28000 is not in the library", "none.png: there is no such file", "logo.svg: holds something"):
        assert said in answer.err
    project = settings.read(Path("reed-sons"))
    assert (project.client, project.standards) == ("Reed & Sons", (Q, E))
    assert project.brand.logo is not None
    assert project.brand.logo.read_text("utf-8") == LOGO
    entries = processes.read(Path("reed-sons")).entries
    assert [(one.id, one.name, one.owner) for one in entries] == [
        ("sell", "Sell", "Ann"), ("make-pack", "Make, pack", ""), ("make-pack-2", "Make, pack", ""),
    ]  # fmt: skip
    assert "reed-sons: Reed & Sons, ISO 9001:2015 and ISO 14001:2015, 3 processes, logo.svg\n" in answer.out


def test_a_folder_that_can_not_be_made_is_asked_for_again_and_no_answer_is_lost(
    imsmap: Command, monkeypatch: pytest.MonkeyPatch
):
    Path("file").touch()
    typed(monkeypatch, "Sm\x07ith", "", "", "Sell", str(Path("file") / "under"), "n", "")
    answer = imsmap("start")
    assert answer.code == 0, answer.err
    assert "the folder can't be made" in answer.err
    assert settings.read(Path("smith")).client == "Smith"
    assert [one.name for one in processes.read(Path("smith")).entries] == ["Sell"]


def test_whoever_stops_the_first_build_is_told_that_the_project_is_there(
    imsmap: Command, monkeypatch: pytest.MonkeyPatch
):
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "_build", stopped)
    answer = imsmap("start", "--client", "Smith")
    assert answer.code == 1
    assert "the project is made; cd smith, and imsmap build goes on" in answer.err
    assert settings.read(Path("smith")).client == "Smith"


def test_options_ask_nothing_and_enter_takes_what_is_proposed(imsmap: Command, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert imsmap("start", "--client", "Smith", "--process", "Buy", "--process", "Make: Bo", "--no-build").code == 0
    assert [(one.name, one.owner) for one in processes.read(Path("smith")).entries] == [("Buy", ""), ("Make", "Bo")]
    typed(monkeypatch, "Smith", "", "", "", "other", "n")
    assert "write the client's processes into it, three names are enough" in imsmap("start").out
    ours, other = settings.read(Path("smith")), settings.read(Path("other"))
    assert (ours.client, ours.standards) == (other.client, other.standards) == ("Smith", (Q, E))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--client", " "), "the client's name is empty"),
        (("--client", "Smith", "28000"), "ISO 28000 is not in the library"),
        (("--client", "Smith", "--logo", "x.bmp"), "x.bmp is no picture that can be used"),
        (("--client", "Smith", "--folder", "full"), "full: holds something already"),
        ((), "stopped"),
    ],
)
def test_what_can_not_be_made_is_told_and_nothing_is_made(
    imsmap: Command, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    Path("full").mkdir()
    Path("full/a").touch()
    answer = imsmap("start", *words)
    assert answer.code != 0
    assert said in answer.err
    assert sorted(path.as_posix() for path in Path().rglob("*")) == ["full", "full/a"]


@pytest.mark.slow
@pytest.mark.usefixtures("coarse")
def test_the_first_version_is_made_in_the_project_and_the_person_stays_where_they_are(imsmap: Command):
    here = Path.cwd()
    answer = imsmap("start", "--client", "Smith", "9001", "14001", "--process", "Make")
    assert answer.code == 0, answer.err
    assert Path.cwd() == here
    assert "Version 1: " in answer.out
    assert len(list(Path("smith/output").glob("v1/*v1.pptx"))) == 1
    assert answer.err.count("newer editions, ISO 9001:2026") == 1
