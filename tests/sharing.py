"""What is costly is made once in a run of tests, also where several processes share the run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from imsmap.client import demo
from tests.fixtures import MAPPINGS

PATIENCE = 900
"""Seconds after which what another process does is given up: it may have to share the machine with many others."""


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Give a folder of the run that holds what `make` puts there; who comes later waits and takes what is there."""
    base = factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = run / f"{name}-shared", run / f"{name}-shared-done"
    try:
        folder.mkdir()
    except FileExistsError:
        begun = time.monotonic()
        while not done.exists():
            assert time.monotonic() - begun < PATIENCE, f"{name} was begun and is not there"
            time.sleep(0.1)
        assert done.read_text("utf-8") == "", f"{name} could not be made; another test says why"
        return folder
    try:
        make(folder)
    except BaseException as error:
        done.write_text(f"{error!r}", "utf-8")
        raise
    done.touch()
    return folder


DOTS = ("DPI", "_SLIDE_DPI")
"""What says in `exporters/png.py` how many dots an inch has, on paper and on a slide."""
COARSE = "\n".join(
    ("from imsmap.exporters import png", *(f"png.{dots} = 24" for dots in DOTS), "from imsmap.cli import main; main()")
)
"""The command line as a program that draws every .png with few dots, which takes longest in a build."""


class Built(NamedTuple):
    """What a build made, what it said, and the directory that it had for temporary files."""

    folder: Path
    out: str
    temporary: Path


def whole_build(factory: pytest.TempPathFactory) -> Built:
    """Build everything for the two real standards, with coarse .png, in a process of its own.

    Read it, or copy it and change the copy.
    """

    def make(folder: Path) -> None:
        words = ("build", "9001", "14001", "--client", "Smith & Söhne", "--date", "2031-01-02")
        _said(folder, _run(folder, folder / "temporary", "-c", COARSE, *words))

    folder = shared(factory, "whole-build", make)
    return Built(folder / "output", (folder / "said.txt").read_text("utf-8"), folder / "temporary")


def whole_demo(factory: pytest.TempPathFactory) -> Built:
    """Make the project of the invented company and build everything in it, with coarse .png.

    Its folder is the project's `output`.
    """

    def make(folder: Path) -> None:
        temporary = folder / "temporary"
        _run(folder, temporary, "-c", COARSE, "new", "demo", "--demo")
        _said(folder, _run(folder / "demo", temporary, "-c", COARSE, "build", "--date", demo.AS_OF.isoformat()))

    folder = shared(factory, "whole-demo", make)
    return Built(folder / "demo" / "output", (folder / "said.txt").read_text("utf-8"), folder / "temporary")


def _run(folder: Path, temporary: Path, *words: str) -> str:
    temporary.mkdir(exist_ok=True)
    world = os.environ | {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP")}
    world["PYTHONPATH"] = str(MAPPINGS.parent)
    run = subprocess.run(
        [sys.executable, *words],
        cwd=folder, env=world, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run.stdout


def _said(folder: Path, said: str) -> None:
    (folder / "said.txt").write_text(said, "utf-8")
