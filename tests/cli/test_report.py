"""`imsmap report` in a project, and `imsmap brief`, which is its first page once the project is under way."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from pptx import Presentation

from imsmap.client import register
from imsmap.register.cells import Key
from tests.cli.test_deck import texts
from tests.fixtures import Answer

Command = Callable[..., Answer]
DAY = ("--date", "2026-11-25")


@pytest.fixture
def job(imsmap: Command, two_standards: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run commands in a project in which somebody assessed two requirements a month ago, and one since."""

    def command(*words: object) -> Answer:
        return imsmap(*words, mappings=two_standards)

    assert command("new", "job", "--client", "Harbour Coatings", "9001:2015", "14001:2015").code == 0
    monkeypatch.chdir("job")
    return command


def assess(day: str, *points: str, **more: str) -> None:
    with register.writing(Path(), f"{day}T10:00:00", "tester") as writer:
        cells = dict(writer.cells)
        for point in points:
            for name, value in {"status": "Conforming", **more}.items():
                cells[Key("requirements", f"iso9001-2015:{point}", name)] = value
        writer.commit("import", cells)


def points() -> tuple[str, ...]:
    from tests.once import shipped

    graph = shipped(("iso9001-2015", "iso14001-2015"))
    return tuple(ref.partition(":")[2] for leaf in graph.leaves("iso9001-2015") for ref, _ in graph.points((leaf.ref,)))


@pytest.mark.slow
def test_every_form_of_the_report_tells_the_figures_of_the_check(job: Command):
    first, second, third = points()[:3]
    assess("2026-10-01", first, second)
    assess(
        "2026-11-20", third, status="Not conforming", severity="Major", action="Print leaflets", owner="Ann",
        due="2026-11-24",
    )  # fmt: skip
    told = job("check", "--all", *DAY).out.partition("As it stands\n")[2]
    check = {unit: (int(n), int(m)) for n, m, unit in re.findall(r"(?m)^ +(\d+) of (\d+) (.+)$", told)}
    rows = list(csv.DictReader(io.StringIO(job("report", "--format", "csv", *DAY).out)))
    assert {row["counted"]: (int(row["n"]), int(row["m"])) for row in rows if int(row["m"])} == check
    figures = json.loads(job("report", "--format", "json", *DAY).out)["figures"]
    assert sorted((one["n"], one["m"]) for one in figures.values() if one["m"]) == sorted(check.values())
    wanted = [figures[key] for key in ("assessed", "majors", "overdue", "documents")]
    said = [f"{one['n']} of {one['m']}" for one in wanted]
    assert said[1:3] == ["1 of 1", "1 of 1"]

    screen = job("report", *DAY)
    assert "no estimate is in it, as imsmap.toml gives no hours" in screen.err
    assert len(screen.out.splitlines()) <= 40
    assert screen.out.startswith("Close 1 open major and 1 late action first; 3 of ")
    for form in ("report.docx", "report.md", "report.pptx"):
        assert job("report", "-o", form, *DAY).code == 0
    document = docx.Document("report.docx")
    words = "\n".join(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )
    deck = Presentation("report.pptx")
    slides = "\n".join(text for slide in deck.slides for text in texts(slide.shapes))
    assert len(deck.slides) == 5
    assert "Harbour Coatings" in deck.core_properties.title
    page = Path("report.md").read_text("utf-8")
    for one, (n, m) in zip(said, ((one["n"], one["m"]) for one in wanted), strict=True):
        assert f"{n}\u00a0of {m}" in words
        assert f"{n}\nof {m}" in slides
        assert f"| {n} | {m} |" in page
        assert re.search(rf"\b{n}\s+of {m}\b", screen.out), one
    assert "What moved since 1\u00a0October\u00a02026" in words
    assert "Print leaflets" in words
    whole = job("report", "--all", *DAY).out
    assert "Print leaflets" in whole
    assert whole.startswith(screen.out[: screen.out.index("Harbour Coatings")])


def test_hours_of_the_settings_make_an_estimate(job: Command):
    assess("2026-10-01", *points()[:2])
    with Path("imsmap.toml").open("a", encoding="utf-8") as file:
        file.write('[report]\npoint = [0.5, 1]\n[rates]\nhour = 100\ncurrency = "EUR"\n')
    answer = job("report", "--all", *DAY)
    assert "no estimate" not in answer.err
    left = len(points()) - 2
    assert left > 100
    assert re.search(r"Estimate: [\d ]+ to [\d ]+ EUR for [\d .]+ to [\d ]+ hours", " ".join(answer.out.split()))


@pytest.mark.slow
def test_in_a_running_project_a_brief_is_the_first_page_of_the_report(job: Command):
    before = job("brief", *DAY).out
    assert "Name who finds out what decides it" in before
    assess("2026-10-01", *points()[:2])
    answer = job("brief", *DAY)
    assert answer.out.startswith("# 2 of ")
    assert "decides it" not in answer.out
    assert "first page of imsmap report" in answer.err
    markdown = job("report", "--format", "markdown", *DAY).out
    first = answer.out[: answer.out.rindex("\n\n", 0, answer.out.rindex("Harbour Coatings"))]
    assert markdown.startswith(first)
    assert "Smith" in job("brief", "--client", "Smith", *DAY).out
    # Whoever names two standards wants to know which first, as before.
    assert "## Why neither is better" in job("brief", "9001", "14001", *DAY).out
    assert job("brief", "-o", "brief.docx", *DAY).code == 0
    assert Path("brief.docx").exists()


def test_wrong_use_is_told(job: Command, imsmap: Command):
    for words, told in (
        (("-o", "report.odt"), "no format has the suffix .odt"),
        (("--size", "4:3"), "--size and --template are for slides: let the output end in .pptx"),
        (("-o", "x.pptx", "--format", "json"), "asks for slides; leave --format and --table out"),
        (("--table", "nothing"), "status-report has no table nothing"),
        (("--since", "v9"), "there is no version v9 to count from"),
    ):
        answer = job("report", *words)
        assert answer.code in (1, 2)
        assert told in answer.err
    assert not list(Path().glob("x.*"))


def test_outside_of_a_project_there_is_nothing_to_report(imsmap: Command):
    answer = imsmap("report")
    assert answer.code == 2
    assert "which belongs to no client's project" in answer.err


def test_nothing_is_assessed_yet_is_a_report_too(job: Command):
    answer = job("report", *DAY)
    assert answer.out.startswith("Nothing is assessed yet: ")
    assert job("report", "-o", "x.pptx", *DAY).code == 0
    assert [slide.element.cSld.get("name") for slide in Presentation("x.pptx").slides] == ["standing", "deciding"]
