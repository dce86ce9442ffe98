"""Office files against Microsoft's own rules for them: openxml-audit is a port of the Open XML SDK's validation."""

from __future__ import annotations

import datetime
import importlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from imsmap import about
from imsmap.drawing import SIZES
from imsmap.drawing.logo import Logo
from imsmap.drawing.look import Look
from imsmap.errors import UnsuitedError
from imsmap.exporters import powerpoint, word
from tests.drawing.test_logo import png
from tests.once import shipped
from tests.pictures.invented import draw, matrix, report_for
from tests.sharing import Built

DAY = datetime.date(2031, 1, 2)
Faults = Callable[[Path], list[str]]
pytestmark = pytest.mark.slow


def nowhere(_element: object) -> int:
    return 1


@pytest.fixture(scope="module")
def faults() -> Faults:
    """Give what looks for faults; skip where the library is not installed."""
    validator = pytest.importorskip("openxml_audit.validator", reason="openxml-audit is not installed: pip install it")
    errors = pytest.importorskip("openxml_audit.errors")
    context = pytest.importorskip("openxml_audit.context")
    audit = validator.OpenXmlValidator(file_format=errors.FileFormat.MICROSOFT_365, max_errors=20)

    def look(path: Path) -> list[str]:
        # It would count for each row and cell those before it, to say where a fault is: half of its time.
        with mock.patch.object(context, "_sibling_position", nowhere, create=True):
            found = audit.validate(path).errors
        return [f"{path.name}, {error.part_uri}: {error.description}" for error in found]

    return look


def test_the_validator_finds_what_is_wrong(faults: Faults, tmp_path: Path) -> None:
    from pptx import Presentation

    deck = Presentation()
    box = deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_textbox(0, 0, 100, 100)
    box._element.spPr.xfrm.ext.set("cx", "-1")
    deck.save(tmp_path / "wrong.pptx")
    assert "less than minimum 0" in " ".join(faults(tmp_path / "wrong.pptx"))


def test_what_build_makes_of_two_standards_is_valid(
    faults: Faults, whole_build: Built, request: pytest.FixtureRequest
) -> None:
    from pptx import Presentation

    made = {path.stem: path for path in whole_build.folder.rglob("*") if path.suffix == ".pptx"}
    (deck,) = (path for path in made.values() if path.parent == whole_build.folder)
    (book,) = whole_build.folder.rglob("*.xlsx")
    assert len(made) > 10
    if not request.config.getoption("--all"):
        # Of a picture that is a slide of the deck, its own file holds nothing else.
        shown = {slide.element.cSld.get("name") for slide in Presentation(deck).slides}
        made = {name: path for name, path in made.items() if name not in shown}
        assert 2 < len(made) < 10
    assert [fault for path in (book, *made.values()) for fault in faults(path)] == []


def test_the_filled_workbook_of_a_project_is_valid(faults: Faults, whole_demo: Built) -> None:
    (made,) = whole_demo.folder.rglob("*.xlsx")
    assert faults(made) == []


@pytest.mark.parametrize("count", [2, 6])
def test_slides_of_few_and_of_many_standards_are_valid(count: int, faults: Faults, tmp_path: Path) -> None:
    pages = []
    for name in about.pictures():
        try:
            pages += draw(name, report_for(name, count))
        except UnsuitedError:
            continue
    path = tmp_path / "deck.pptx"
    path.write_bytes(powerpoint.export(tuple(pages), date=DAY))
    assert faults(path) == []


def test_a_brief_is_valid(faults: Faults, tmp_path: Path) -> None:
    from imsmap.brief import brief
    from tests.test_brief import CASES, KEYS, reports

    graph = shipped(KEYS)
    path = tmp_path / "brief.docx"
    path.write_bytes(word.export(brief(*reports(graph, next(iter(CASES.values()))), date=DAY)))
    assert faults(path) == []


def test_a_status_report_is_valid_as_document_and_as_slides(faults: Faults, tmp_path: Path) -> None:
    from imsmap.api import status
    from tests.test_status import drawn, full

    document, slides = tmp_path / "report.docx", tmp_path / "report.pptx"
    document.write_bytes(word.export(status.document(full())))
    slides.write_bytes(powerpoint.export(drawn(full()), date=DAY))
    assert faults(document) + faults(slides) == []


def test_the_outline_of_a_blueprint_is_valid(faults: Faults, tmp_path: Path) -> None:
    from imsmap.api import plans
    from tests.test_brief import KEYS

    path = tmp_path / "blueprint.docx"
    path.write_bytes(word.export(plans.document(plans.asked(shipped(KEYS), KEYS), date=DAY)))
    assert faults(path) == []


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_no_pdf_has_a_fault(whole_build: Built) -> None:
    made = sorted(map(str, whole_build.folder.rglob("*.pdf")))
    assert made
    for path in made:
        run = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr


def test_slides_in_a_clients_look_are_valid(faults: Faults, tmp_path: Path) -> None:
    look = Look.of(
        matrix(2).answer.standards, client="Smith Ltd", colours=("#7A1F6B",), logo=Logo(png(), "image/png"),
        legal='Smith & Sons <"Ltd">',
    )  # fmt: skip
    size = look.sized(SIZES["16:9"])
    pages = [
        page
        for name in ("cover", "pdca", "heatmap")
        for page in importlib.import_module(f"imsmap.pictures.{name}").draw(report_for(name, 2), size)
    ]
    path = tmp_path / "look.pptx"
    path.write_bytes(powerpoint.export(pages, date=datetime.date(2031, 1, 2), look=look))
    assert faults(path) == []
