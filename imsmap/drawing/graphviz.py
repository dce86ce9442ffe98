"""The only place that runs Graphviz: DOT text in, a drawing or a layout out.

Graphviz comes with the wheels of pygraphviz and draws in this process; where there is no such wheel, a `dot` on the
machine serves. Either way words are set in the font that travels with imsmap, so that a layout is the same on each
machine and a machine without fonts loses no word.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from imsmap.errors import ImsmapError, MissingToolError

FONTS = Path(__file__).parent / "fonts"
"""DejaVu Sans Condensed, book and bold: has the glyphs `= ≈ ◐ ○ ⚠`, Greek, Cyrillic, Hebrew, Arabic and some emoji."""

_ENGINES = {"dot": "dot", "neato": "nop2"}
"""`neato` here means: every node has its place already (`neato -n2`)."""

_FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{root}/fonts</dir>
  <cachedir>{root}/cache</cachedir>
  <config><rescan><int>0</int></rescan></config>
</fontconfig>
"""


def render(dot_text: str, kind: str, engine: str) -> bytes:
    """Draw DOT text as svg, png, pdf, json, ...; the engine is `dot`, or `neato` for nodes that have their places."""
    library = _library()
    if library is None:
        return _run_program(dot_text, kind, engine)
    try:
        with library.AGraph(string=dot_text) as graph:
            drawn: bytes = graph.draw(format=kind, prog=_ENGINES[engine])
    except (ValueError, TypeError, OSError, library.DotError) as error:
        raise ImsmapError(f"Graphviz could not draw the picture as {kind}: {error}") from error
    return drawn


def layout(dot_text: str, engine: str) -> dict[str, Any]:
    """Give where everything stands, as Graphviz's `json` tells it: points, origin at the bottom left."""
    placed: dict[str, Any] = json.loads(render(dot_text, "json", engine))
    return placed


@cache
def _library() -> Any:
    """Load pygraphviz with our font, or give nothing where it can't be had."""
    before = {name: os.environ.get(name) for name in _font_settings()}
    os.environ.update(_font_settings())
    try:
        import pygraphviz

        # The fonts are read when the first word is measured; from then on these settings are not looked at again.
        with pygraphviz.AGraph(string='graph { n0 [label="x"] }') as first:
            first.draw(format="json", prog="dot")
    except (ImportError, OSError):
        return None
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    return pygraphviz


def _run_program(dot_text: str, kind: str, engine: str) -> bytes:
    program = shutil.which("dot")
    if program is None:
        raise MissingToolError(
            "pictures need Graphviz: install pygraphviz (pip install pygraphviz), "
            "or Graphviz itself so that `dot` is on the PATH"
        )
    # Its fontconfig is the system's and has no quarrel with the system's descriptions; with another root it would look
    # for the fonts' files where they are not.
    settings = {name: value for name, value in _font_settings().items() if name != "FONTCONFIG_SYSROOT"}
    done = subprocess.run(
        [program, f"-K{_ENGINES[engine]}", f"-T{kind}"],
        input=dot_text.encode(),
        capture_output=True,
        env=os.environ | settings,
        check=False,
    )
    if done.returncode:
        why = done.stderr.decode(errors="replace").strip()
        raise ImsmapError(f"{program} could not draw the picture as {kind}: {why}")
    return done.stdout


@cache
def _font_settings() -> Mapping[str, str]:
    """Lay out a folder in which fontconfig finds our font and nothing else, and give the settings that name it.

    Fontconfig also reads the descriptions in the system's own folder and warns of each that is newer than itself. So
    the folder is its whole world (FONTCONFIG_SYSROOT), and a link in it makes each path mean the same within and
    without.
    """
    root = Path(tempfile.mkdtemp(prefix="imsmap-fonts-")).resolve()
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    (root / "cache").mkdir()
    (root / "fonts").mkdir()
    for font in sorted(FONTS.glob("*.ttf")):
        shutil.copyfile(font, root / "fonts" / font.name)
    settings = root / "fonts.conf"
    settings.write_text(_FONTS_CONF.format(root=root.as_posix()), encoding="utf-8")
    found = {"FONTCONFIG_FILE": str(settings), "FONTCONFIG_PATH": str(root)}
    if os.name == "posix":
        within = root / root.relative_to(root.anchor)
        within.parent.mkdir(parents=True)
        within.symlink_to(root, target_is_directory=True)
        found["FONTCONFIG_SYSROOT"] = str(root)
    return found
