"""The only place that runs Graphviz: DOT text in, a drawing or a layout out.

Graphviz comes with the wheels of pygraphviz and draws in this process; where there is no such wheel, a `dot` on the
machine serves. Either way words are set in the font that travels with imsmap, so that a layout is the same on each
machine and a machine without fonts loses no word.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from imsmap.errors import ImsmapError, MissingToolError
from imsmap.plain import in_xml

Placed = dict[str, Any]
"""Where Graphviz put something, as its JSON tells it; what that holds, only Graphviz says."""

FONTS = Path(__file__).parent / "fonts"
"""DejaVu Sans Condensed, book and bold: has the glyphs `= ≈ ◐ ○ ⚠`, Greek, Cyrillic, Hebrew, Arabic and some emoji."""

_ENGINES = {"dot": "dot", "neato": "nop2"}
"""`neato` here means: every node has its place already (`neato -n2`)."""

_FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <config><rescan><int>0</int></rescan></config>
</fontconfig>
"""


def render(dot_text: str, kind: str, engine: str) -> bytes:
    """Draw DOT text as svg, png, pdf, json, ...; the engine is `dot`, or `neato` for nodes that have their places."""
    library = _library()
    if library is None:
        return _run_program(dot_text, kind, engine)
    try:
        with _muted(), library.AGraph(string=dot_text) as graph:
            drawn: bytes = graph.draw(format=kind, prog=_ENGINES[engine])
    except (ValueError, TypeError, OSError, library.DotError) as error:
        raise ImsmapError(f"Graphviz could not draw the picture as {kind}: {error}") from error
    return drawn


def layout(dot_text: str, engine: str) -> Placed:
    """Give where everything stands, as Graphviz's `json` tells it: points, origin at the bottom left."""
    import json

    placed: Placed = json.loads(render(dot_text, "json", engine))
    return placed


@cache
def _library() -> Any:  # pygraphviz has no types
    """Load pygraphviz with our font, or give nothing where it can't be had."""
    with _font_settings() as settings, _set(settings):
        try:
            import pygraphviz

            # The fonts are found when the first word is measured; after that these settings are not looked at again.
            with pygraphviz.AGraph(string='graph { n0 [label="x"] }') as first:
                first.draw(format="json", prog="dot")
        except (ImportError, OSError):
            return None
    return pygraphviz


@contextlib.contextmanager
def _set(settings: Mapping[str, str]) -> Iterator[None]:
    """Set variables of the environment for a while."""
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _muted() -> Iterator[None]:
    """Keep Graphviz's own warnings from the person, whom its names of nodes tell nothing; what fails is raised."""
    try:
        before = os.dup(2)
    except OSError:
        yield  # nobody listens
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)
        os.close(nowhere)


def _run_program(dot_text: str, kind: str, engine: str) -> bytes:
    import shutil
    import subprocess

    program = shutil.which("dot")
    if program is None:
        raise MissingToolError(
            "pictures need Graphviz: install pygraphviz (pip install pygraphviz), "
            "or Graphviz itself so that `dot` is on the PATH"
        )
    with _font_settings() as found:
        # Its fontconfig is the system's and has no quarrel with the system's descriptions; with another root it would
        # look for the fonts' files where they are not.
        settings = {name: value for name, value in found.items() if name != "FONTCONFIG_SYSROOT"}
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


@contextlib.contextmanager
def _font_settings() -> Iterator[Mapping[str, str]]:
    """Give settings with which fontconfig finds our font and nothing else, for as long as it looks for fonts.

    The font's files stay where they are installed; what tells of them stands in a folder that is gone afterwards.
    Fontconfig also reads the descriptions in the system's own folder and warns of each that is newer than itself. So
    that folder is its whole world (FONTCONFIG_SYSROOT), and links in it make each path mean the same within and
    without.
    """
    import tempfile

    with tempfile.TemporaryDirectory(prefix="imsmap-fonts-", ignore_cleanup_errors=True) as folder:
        root, fonts = Path(folder).resolve(), FONTS.resolve()
        settings = root / "fonts.conf"
        paths = {name: in_xml(path.as_posix()) for name, path in (("fonts", fonts), ("cache", root / "cache"))}
        settings.write_bytes(_FONTS_CONF.format(**paths).encode())
        found = {"FONTCONFIG_FILE": str(settings), "FONTCONFIG_PATH": str(root)}
        if os.name == "posix":
            for place in (root, fonts):
                within = root / place.relative_to(place.anchor)
                within.parent.mkdir(parents=True, exist_ok=True)
                within.symlink_to(place, target_is_directory=True)
            found["FONTCONFIG_SYSROOT"] = str(root)
        yield found
