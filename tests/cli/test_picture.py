"""The command `imsmap picture`: its pictures, a client's template, where clauses stand on the wheel."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation

from imsmap import about
from imsmap.drawing import SIZES
from tests.exporters.test_powerpoint_template import LIGHT, template
from tests.fixtures import Answer

Command = Callable[..., Answer]
A, B = "iso9001-2015", "iso14001-2015"


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(about.pictures()) - {"upset", "processes", "next90"}))
def test_each_picture_of_two_standards_is_drawn_at_its_size(imsmap: Command, name: str) -> None:
    answer = imsmap("picture", name, A, B, "-o", "x.pptx", "--size", "A4")
    assert answer.code == 0, answer.err
    deck = Presentation(io.BytesIO(Path("x.pptx").read_bytes()))
    assert deck.slide_width.inches == pytest.approx(SIZES["A4"].width_in, abs=0.001)
    for slide in deck.slides:
        said = slide.shapes.title.text_frame.text
        assert name in ("cover", "method") or re.search(r"\d", said)
        assert "%" not in said


def test_upset_says_why_not_and_what_instead(imsmap: Command) -> None:
    answer = imsmap("picture", "upset", A, B, "-o", "x.svg")
    assert answer.code == 2
    assert "use venn" in answer.err
    assert not list(Path().glob("x*"))


def test_slides_take_a_clients_template_and_its_size(imsmap: Command) -> None:
    Path("acme.potx").write_bytes(template(LIGHT))
    answer = imsmap("picture", "friends", A, B, "-o", "x.pptx", "--template", "acme.potx")
    assert answer.code == 0, answer.err
    deck = Presentation(io.BytesIO(Path("x.pptx").read_bytes()))
    assert deck.slide_width == 960 * 12700
    assert len(deck.slides) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("-o", "x.svg", "--template", "acme.potx"), "end in .pptx"),
        (("-o", "x.pptx", "--template", "acme.potx", "--size", "4:3"), "leave --size out"),
        (("-o", "x.pptx", "--template", "none.potx"), "none.potx"),
        (("-o", "x.svg", "--place", "7=plan"), "for the picture pdca"),
    ],
)
def test_what_does_not_go_together_is_a_wrong_use(imsmap: Command, options: tuple[str, ...], said: str) -> None:
    Path("acme.potx").write_bytes(template(LIGHT))
    answer = imsmap("picture", "friends", A, B, *options)
    assert answer.code == 2
    assert said in answer.err
    assert "Traceback" not in answer.err


def test_what_is_no_template_is_refused_and_nothing_is_written(imsmap: Command) -> None:
    Path("acme.potx").write_text("hello", "utf-8")
    answer = imsmap("picture", "friends", A, B, "-o", "x.pptx", "--template", "acme.potx")
    assert answer.code == 1
    assert "no PowerPoint file" in answer.err
    assert not Path("x.pptx").exists()


def test_main_clauses_can_be_placed_elsewhere_on_the_wheel(imsmap: Command) -> None:
    answer = imsmap("picture", "pdca", A, B, "-o", "x.svg", "--place", "7=plan", "--place", "4=plan")
    assert answer.code == 0, answer.err
    drawn = Path("x.svg").read_text("utf-8")
    assert ">Plan<" in drawn
    assert 'id="group-Plan-clause-4-6-7' in drawn
    wrong = imsmap("picture", "pdca", A, B, "-o", "y.svg", "--place", "7")
    assert wrong.code == 2
    assert "frame, hub, plan, do, check, act" in wrong.err


def test_a_transition_is_drawn_of_one_edition_and_its_successor_and_other_pictures_ask_for_two(
    imsmap: Callable[..., Answer], tmp_path: Path
) -> None:
    path = tmp_path / "transition.svg"
    assert imsmap("picture", "transition", "9001:2015", "-o", str(path)).code == 0
    assert "ISO 9001:2026" in path.read_text("utf-8").replace("\u00a0", " ")
    refused = imsmap("picture", "hero", "9001:2015", "-o", str(path))
    assert refused.code == 2
    assert "name at least 2 standards, such as: imsmap picture hero 9001 14001" in refused.err
