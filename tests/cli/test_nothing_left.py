"""After a command, whatever its end, the temporary directory is as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures import MAPPINGS
from tests.sharing import PATIENCE, Built

pytestmark = pytest.mark.slow

PACKAGES = str(MAPPINGS.parent)
FEW = MAPPINGS.parent / "tests" / "data" / "good" / "mini"
A, B = "iso90001-2030", "iso91001-2030"
MAIN = "from imsmap.cli import main; main()"
STOP = """
import imsmap.drawing.svg
def stop(*_, **__):
    raise KeyboardInterrupt
imsmap.drawing.svg.written = stop
"""


def run(folder: Path, *arguments: str, before: str = "", mappings: Path = FEW) -> subprocess.CompletedProcess[str]:
    """Run a command as a person does, in a process of its own whose temporary directory is one of our own."""
    (folder / "temporary").mkdir(exist_ok=True)
    world = os.environ | {name: str(folder / "temporary") for name in ("TMPDIR", "TEMP", "TMP")}
    world["PYTHONPATH"] = PACKAGES
    return subprocess.run(
        [sys.executable, "-c", before + MAIN, "--mappings", str(mappings), *arguments],
        cwd=folder, capture_output=True, text=True, env=world, timeout=PATIENCE, check=False,
    )  # fmt: skip


def left(folder: Path) -> list[str]:
    return [str(path) for path in (folder / "temporary").rglob("*")]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--help",), 0),
        (("overlap", A, B), 0),
        (("overlap", A, B, "-o", "x.xlsx"), 0),
        (("picture", "venn", A, B, "-o", "x.png"), 0),
        (("picture", "venn", A, B, "-o", "x.pptx"), 0),
        (("overlap", A, "iso1-2030"), 2),
        (("picture", "venn", A, B, "-o", "no/x.svg"), 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_command_leaves_nothing_in_the_temporary_directory(tmp_path: Path, arguments: tuple[str, ...], code: int):
    done = run(tmp_path, *arguments)
    assert (done.returncode, left(tmp_path)) == (code, []), done.stderr


def test_a_brief_leaves_nothing_in_the_temporary_directory(tmp_path: Path, two_standards: Path):
    done = run(tmp_path, "brief", "9001", "14001", "-o", "x.docx", mappings=two_standards)
    assert (done.returncode, left(tmp_path)) == (0, []), done.stderr
    assert (tmp_path / "x.docx").is_file()


def test_a_whole_build_leaves_nothing_in_the_temporary_directory(whole_build: Built):
    assert list(whole_build.temporary.rglob("*")) == []


def test_a_command_that_is_stopped_while_it_draws_leaves_nothing(tmp_path: Path):
    done = run(tmp_path, "picture", "venn", A, B, "-o", "x.svg", before=STOP)
    assert (done.returncode, left(tmp_path)) == (1, [])
    assert "stopped" in done.stderr
    assert not (tmp_path / "x.svg").exists()


def test_what_a_library_would_clean_up_at_the_end_is_cleaned_up(tmp_path: Path):
    forgotten = "import tempfile; forgotten = tempfile.TemporaryDirectory()\n"
    done = run(tmp_path, "--help", before=forgotten)
    assert (done.returncode, left(tmp_path)) == (0, [])


def test_commands_in_a_project_leave_nothing_in_the_temporary_directory(
    tmp_path: Path, whole_demo: Built, two_standards: Path
):
    assert list(whole_demo.temporary.rglob("*")) == []  # after new and build
    project = tmp_path / "demo"
    shutil.copytree(whole_demo.folder.parent, project)
    assert run(project, "check", mappings=two_standards).returncode == 1  # it finds what the demo has to mend
    (workbook,) = (project / "output").rglob("*.xlsx")
    assert run(project, "import", str(workbook), mappings=two_standards).returncode == 0
    assert left(project) == []
