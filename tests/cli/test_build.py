"""What `imsmap build` makes of two small invented standards: all of it in a client's template, and one workbook."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation

from tests.conftest import MINI
from tests.exporters.test_powerpoint_template import LIGHT, template
from tests.fixtures import Answer

A, B = "iso90001-2030", "iso91001-2030"
DAY = ("--date", "2031-01-02")
Command = Callable[..., Answer]


@pytest.fixture
def project(imsmap: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Make a project with one process, and work in it."""

    def command(*words: object) -> Answer:
        return imsmap(*words, mappings=MINI)

    assert command("new", "heron", A, B, "--client", "Heron & Söhne").code == 0
    monkeypatch.chdir("heron")
    with Path("processes.csv").open("a", encoding="utf-8") as file:
        file.write(f"make,Make,Ann,core,,,,,{A}:8.1=P\n")
    return command


@pytest.mark.usefixtures("coarse")
def test_a_project_is_built_whole_in_the_clients_template_and_what_is_left_out_says_why(project: Command) -> None:
    Path("theirs.potx").write_bytes(template(LIGHT))
    answer = project("build", "--template", "theirs.potx", *DAY)
    assert answer.code == 0, answer.err
    made = {path.relative_to("output/v1").as_posix(): path for path in Path("output/v1").rglob("*") if path.is_file()}
    kinds = {place.rpartition(".")[2] for place in made if place.startswith("pictures/hero.")}
    assert kinds == {"svg", "png", "pdf", "dot", "pptx"}
    assert {place for place in made if "/" not in place} == {
        "Heron-Söhne_v1.xlsx", "Heron-Söhne_v1.pptx", "page.html", ".imsmap",
    }  # fmt: skip
    deck = Presentation(made["Heron-Söhne_v1.pptx"])
    names = [slide.name for slide in deck.slides]
    assert names[0] == "cover"
    assert {"hero", "columns", "processes"} <= set(names)
    assert not {"next90", "choice", "transition"} & set(names)
    assert "Left out: slide next90 (next 90 days): no action is written on the sheet Requirements" in answer.out
    assert "Left out: picture upset: upset draws four standards and more" in answer.out
    page = made["page.html"].read_text("utf-8")
    assert "Heron &amp; Söhne" in page
    assert f"#{LIGHT['accent1']}" in page.upper()  # the colours of the slides


def test_anybody_gets_a_workbook_of_two_standards_beside_which_nothing_is_overwritten(imsmap: Command) -> None:
    there = Path("out/Heron_iso90001-2030_iso91001-2030_workbook.xlsx")
    words = ("build", A, B, "--variant", "workbook", "--client", "Heron", "-o", "out", *DAY)
    assert imsmap(*words, mappings=MINI).code == 0
    first = there.read_bytes()
    assert "Matrix" in openpyxl.load_workbook(io.BytesIO(first), read_only=True).sheetnames
    again = imsmap(*words, mappings=MINI)
    assert again.out.startswith("1 file in out, 0 of them new")
    there.write_bytes(b"somebody's own")
    other = imsmap(*words, mappings=MINI)
    assert "holds something else and was left alone" in other.err
    assert there.read_bytes() == b"somebody's own"
    assert [path.read_bytes() for path in Path("out").iterdir() if path != there] == [first]
