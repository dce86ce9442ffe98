"""The deck: its order, what is left out and why, its notes, its template, and no bare percentage anywhere."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Pt

from imsmap.client import demo
from imsmap.exporters.powerpoint.places import FOOT
from imsmap.wording import in_words
from tests.conftest import MINI
from tests.exporters.test_powerpoint_template import LIGHT, template
from tests.fixtures import Answer
from tests.sharing import Built

pytestmark = pytest.mark.slow
ORDER = (
    "cover", "hero", "columns", "heatmap", "work", "coverage", "friends", "processes", "transition", "timeline",
    "choice", "next90", "method",
)  # fmt: skip

Command = Callable[..., Answer]
DAY = ("--date", "2031-01-02")


def slides(path: Path) -> list[Any]:
    return list(Presentation(io.BytesIO(path.read_bytes())).slides)


def names(path: Path) -> list[str]:
    """Give the picture of each slide, once."""
    return list(dict.fromkeys(slide.element.cSld.get("name") for slide in slides(path)))


def texts(shapes: Any) -> Iterator[str]:
    for shape in shapes:
        if shape.shape_type == 6:
            yield from texts(shape.shapes)
        elif shape.has_text_frame:
            yield shape.text_frame.text
        elif shape.has_table:
            yield from (cell.text_frame.text for row in shape.table.rows for cell in row.cells)


def left_out(out: str) -> dict[str, str]:
    """Read which slides are left out, each with its reason; several may share a line."""
    lines = re.findall(r"(?m)^Left out: (.+)$", out)
    return {name: line.rpartition("): ")[2] for line in lines for name in re.findall(r"slide (\w+) \(", line)}


@pytest.fixture(scope="module")
def anybody(whole_build: Built) -> tuple[Path, str]:
    """Give the deck of two real standards without a project."""
    return whole_build.folder / "Smith-Söhne_iso9001-2015_iso14001-2015.pptx", whole_build.out


@pytest.fixture(scope="module")
def client(whole_demo: Built) -> tuple[Path, str]:
    """Give the deck of the invented company of the demo."""
    return _deck(whole_demo.folder), whole_demo.out


def _deck(folder: Path) -> Path:
    return next(path for path in folder.rglob("*.pptx") if path.parent.name != "pictures")


def test_the_slides_stand_in_their_order_with_cover_first_and_limits_last(
    anybody: tuple[Path, str], client: tuple[Path, str]
) -> None:
    for path, _ in (anybody, client):
        found = names(path)
        assert found == [name for name in ORDER if name in found]
        assert (found[0], found[-1]) == ("cover", "method")


def test_what_has_no_data_is_left_out_and_the_command_says_which_and_why(
    anybody: tuple[Path, str], client: tuple[Path, str]
) -> None:
    for path, out in (anybody, client):
        shown, told = set(names(path)), left_out(out)
        # Every slide is either there or named with its reason.
        assert shown | set(told) == set(ORDER)
        assert not shown & set(told)
    assert set(left_out(anybody[1])) == {"processes", "choice", "next90"}
    assert set(left_out(client[1])) <= {"choice"}
    assert left_out(anybody[1])["next90"] == "a client's project has them (imsmap new)"


def test_each_slide_has_a_title_alt_text_and_notes_with_definition_version_and_editions(
    client: tuple[Path, str],
) -> None:
    for slide in slides(client[0]):
        title, notes = slide.shapes.title, slide.notes_slide.notes_text_frame.text
        assert title.text_frame.text
        assert title._element.nvSpPr.cNvPr.get("descr")
        assert "Mapping data 2026" in notes
        assert re.search(r"ISO\s(9001|14001):2015", notes)
        assert len(notes.splitlines()) >= 4


def test_no_slide_and_no_note_holds_a_percentage(anybody: tuple[Path, str], client: tuple[Path, str]) -> None:
    for path, _ in (anybody, client):
        for slide in slides(path):
            said = [*texts(slide.shapes), slide.notes_slide.notes_text_frame.text]
            assert [text for text in said if re.search(r"%|\bper ?cent", text)] == []


def test_each_slide_is_read_from_its_title_to_its_source(client: tuple[Path, str]) -> None:
    for slide in slides(client[0]):
        order = [shape.name for shape in slide.shapes if shape.name not in FOOT.values()]
        assert order[0] == "Title"
        assert order[-1] == "Source"
        if "Legend" in order:
            assert order[-2] == "Legend"


def test_the_cover_says_whose_it_is_and_of_which_day(anybody: tuple[Path, str], client: tuple[Path, str]) -> None:
    first = " ".join(texts(slides(anybody[0])[0].shapes))
    assert "Smith & Söhne" in first
    assert "2 January 2031" in first
    first = " ".join(texts(slides(client[0])[0].shapes))
    assert "Zinkelby" in first
    assert in_words(demo.AS_OF) in first.replace(" ", "\u00a0")


def test_the_actions_and_the_gaps_are_those_of_the_project(client: tuple[Path, str]) -> None:
    by = {slide.element.cSld.get("name"): slide for slide in slides(client[0])}
    said = " ".join(texts(by["next90"].shapes))
    assert "Dorian Feltham" in said
    titles = [slide.shapes.title.text_frame.text for slide in slides(client[0])]
    assert any("58 of 59 clauses of ISO 9001" in title.replace("\u00a0", " ") for title in titles)


@pytest.mark.usefixtures("coarse")
def test_a_template_gives_deck_and_pictures_its_size_and_theme(imsmap: Command) -> None:
    Path("house.potx").write_bytes(template(LIGHT, top=60))
    answer = imsmap("build", "90001", "91001", "--template", "house.potx", "-o", "out", *DAY, mappings=MINI)
    assert answer.code == 0, answer.err
    for name in ("iso90001-2030_iso91001-2030.pptx", "pictures/house.pptx"):
        deck = Presentation(f"out/{name}")
        assert deck.slide_width == Pt(960)
        assert all(slide.shapes.title.top >= Pt(59.9) for slide in deck.slides)
        blobs = [r.target_part.blob for r in deck.slide_master.part.rels.values() if r.reltype.endswith("/theme")]
        assert b'typeface="Georgia"' in blobs[0]


def test_size_and_template_together_are_refused(imsmap: Command) -> None:
    Path("house.potx").write_bytes(template(LIGHT))
    answer = imsmap("build", "9001", "14001", "--template", "house.potx", "--size", "4:3")
    assert answer.code == 2
    assert "leave --size out" in answer.err


def test_what_is_no_template_is_refused_before_anything_is_made(imsmap: Command) -> None:
    Path("house.potx").write_bytes(b"no slides")
    answer = imsmap("build", "9001", "14001", "--template", "house.potx", "-o", "out")
    assert answer.code != 0
    assert not Path("out").exists()


@pytest.mark.usefixtures("coarse")
def test_the_projects_own_template_is_taken(imsmap: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert imsmap("new", "job", "--client", "Smith", "90001", "91001", mappings=MINI).code == 0
    monkeypatch.chdir("job")
    Path("house.potx").write_bytes(template(LIGHT, top=60))
    settings = Path("imsmap.toml")
    text = settings.read_text("utf-8")
    settings.write_text(text.replace('template = ""', 'template = "house.potx"', 1), "utf-8")
    answer = imsmap("build", *DAY, mappings=MINI)
    assert answer.code == 0, answer.err
    deck = next(path for path in Path("output/v1").glob("Smith*.pptx"))
    assert all(slide.shapes.title.top >= Pt(59.9) for slide in slides(deck))


def test_a_slide_of_the_project_can_be_drawn_alone_and_outside_of_one_says_why_not(
    imsmap: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = imsmap("picture", "next90", "9001", "14001", "-o", "n.svg")
    assert answer.code != 0
    assert "imsmap new" in answer.err
    assert imsmap("picture", "cover", "9001", "14001", "-o", "cover.svg", *DAY).code == 0
    assert "2\u00a0January\u00a02031" in Path("cover.svg").read_text("utf-8")
    assert imsmap("new", "demo", "--demo").code == 0
    monkeypatch.chdir("demo")
    assert imsmap("picture", "next90", "9001", "14001", "-o", "n.svg", "--date", demo.AS_OF.isoformat()).code == 0
    assert "Dorian Feltham" in Path("n.svg").read_text("utf-8")
