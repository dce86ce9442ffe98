from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from imsmap.drawing import graphviz
from imsmap.errors import ImsmapError, MissingToolError

DOT = 'graph { node [fontname="DejaVu Sans Condensed"]; n0 [label="Words = ≈ ◐ ○ ⚠ ? –", pos="100,100"] }'
HIDDEN = """
import sys
from imsmap.drawing import graphviz
words = sys.argv[1]
dot = 'graph { node [shape=box, width=6, height=1, fixedsize=true, fontname="DejaVu Sans Condensed"]; n0 [label="%s"] }'
sys.stdout.buffer.write(graphviz.render(dot % words, sys.argv[2], "dot"))
"""


def in_a_bare_world(tmp_path: Path, words: str, kind: str) -> bytes:
    """Draw in a new process that has no dot, no home and none of the system's fonts; nothing may stand on stderr."""
    empty = tmp_path / "empty"
    empty.mkdir(exist_ok=True)
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><dir>{empty}</dir></fontconfig>", encoding="utf-8")
    world = {
        "PATH": str(empty),
        "HOME": str(empty),
        "XDG_DATA_HOME": str(empty),
        "XDG_CACHE_HOME": str(empty),
        "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"),
        "FONTCONFIG_PATH": str(empty),
        "PYTHONPATH": str(Path(graphviz.__file__).parents[2]),
        "TMPDIR": str(tmp_path),
        "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
    }
    done = subprocess.run([sys.executable, "-c", HIDDEN, words, kind], capture_output=True, env=world, check=False)
    assert done.stderr.decode() == ""
    assert done.returncode == 0
    return done.stdout


def ink(png: bytes) -> int:
    """Count the dark dots within the box."""
    import io

    from PIL import Image

    with Image.open(io.BytesIO(png)) as image:
        grey = image.convert("L")
        inner = grey.crop((8, 8, grey.width - 8, grey.height - 8))
        return sum(inner.histogram()[:128])


def test_words_appear_on_a_machine_without_fonts(tmp_path: Path) -> None:
    pytest.importorskip("pygraphviz")
    assert ink(in_a_bare_world(tmp_path, "", "png")) == 0
    assert ink(in_a_bare_world(tmp_path, "Words in the picture", "png")) > 300


@pytest.mark.slow
@pytest.mark.parametrize("glyph", "=≈◐○⚠?–א😀")
def test_each_glyph_is_drawn_on_a_machine_without_fonts(tmp_path: Path, glyph: str) -> None:
    pytest.importorskip("pygraphviz")
    missing = in_a_bare_world(tmp_path, "\ue123", "png")
    assert ink(in_a_bare_world(tmp_path, glyph, "png")) not in (0, ink(missing))


def test_a_layout_is_the_same_with_and_without_the_systems_fonts(tmp_path: Path) -> None:
    pytest.importorskip("pygraphviz")
    widths = [
        [step["width"] for placed in layout["objects"] for step in placed["_ldraw_"] if step["op"] == "T"]
        for layout in (
            json.loads(in_a_bare_world(tmp_path, "the same everywhere", "json")),
            graphviz.layout('graph { n0 [fontname="DejaVu Sans Condensed", label="the same everywhere"] }', "dot"),
        )
    ]
    assert widths[0] == widths[1] != []


def test_what_tells_of_the_fonts_is_gone_before_anything_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = dict(os.environ)
    assert graphviz._library.__wrapped__() is not None
    assert list(tmp_path.iterdir()) == []
    assert dict(os.environ) == before


def test_what_tells_of_the_fonts_is_gone_when_drawing_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pygraphviz = pytest.importorskip("pygraphviz")

    def stop(*_: Any, **__: Any) -> None:
        assert len(list(tmp_path.iterdir())) == 1
        raise KeyboardInterrupt

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(pygraphviz.AGraph, "draw", stop)
    with pytest.raises(KeyboardInterrupt):
        graphviz._library.__wrapped__()
    assert list(tmp_path.iterdir()) == []


def test_a_place_with_signs_that_xml_reserves_is_written_so_that_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = tmp_path / "Müller & <Söhne>"
    shutil.copytree(graphviz.FONTS, fonts)
    monkeypatch.setattr(graphviz, "FONTS", fonts)
    with graphviz._font_settings() as settings:
        told = ElementTree.parse(settings["FONTCONFIG_FILE"]).findtext("dir")
    assert told == fonts.resolve().as_posix()


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("json", b"{")])
def test_each_format_begins_as_it_should(kind: str, start: bytes) -> None:
    assert graphviz.render(DOT, kind, "neato").startswith(start)


def test_neato_keeps_the_places_that_are_written_down() -> None:
    layout = graphviz.layout('graph { a [pos="10,20", label=""]; b [pos="110,220", label=""] }', "neato")
    (ax, ay), (bx, by) = (map(float, placed["pos"].split(",")) for placed in layout["objects"])
    assert (bx - ax, by - ay) == (100, 200)


def test_text_that_is_not_dot_is_an_error_that_says_so() -> None:
    with pytest.raises(ImsmapError, match="could not draw"):
        graphviz.render("graph {", "svg", "dot")


def test_a_format_that_graphviz_does_not_know_is_an_error_that_says_so() -> None:
    with pytest.raises(ImsmapError, match="nonesuch"):
        graphviz.render(DOT, "nonesuch", "dot")


def test_without_library_and_program_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphviz, "_library", lambda: None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(MissingToolError, match="pip install pygraphviz"):
        graphviz.render(DOT, "svg", "neato")


def test_without_the_library_a_program_on_the_path_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[Any] = []

    def run(command: list[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
        called.append((command, how["input"], how["env"]["FONTCONFIG_FILE"]))
        assert "FONTCONFIG_SYSROOT" not in how["env"]
        return subprocess.CompletedProcess(command, len(called) - 1, b"drawn", b"no good")

    monkeypatch.setattr(graphviz, "_library", lambda: None)
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/dot")
    monkeypatch.setattr(subprocess, "run", run)
    assert graphviz.render(DOT, "svg", "neato") == b"drawn"
    assert called[0][:2] == (["/bin/dot", "-Knop2", "-Tsvg"], DOT.encode())
    with pytest.raises(ImsmapError, match="no good"):
        graphviz.render(DOT, "svg", "dot")


@pytest.mark.skipif(not shutil.which("dot"), reason="no dot on this machine")
def test_a_real_program_sets_words_in_the_font_that_travels_with_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphviz, "_library", lambda: None)
    box = 'graph { node [shape=box, width=6, fixedsize=true, fontname="DejaVu Sans Condensed"]; n0 [label="%s"] }'
    one, eight = (graphviz.render(box % figure, "png", "dot") for figure in ("111", "888"))
    assert ink(one) > 20
    assert one != eight  # figures are equally wide: where the font's file is not found, both are the same empty boxes


def test_where_the_library_cannot_be_loaded_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    assert graphviz._library.__wrapped__() is None


def test_warnings_of_graphviz_do_not_reach_the_person(capfd: pytest.CaptureFixture[str]) -> None:
    from imsmap.drawing.graphviz import render

    text = 'graph picture { n1 [label="far too long for its box", shape=box, fixedsize=true, width=0.1, height=0.1] }'
    assert render(text, "svg", "dot")
    assert capfd.readouterr().err == ""
