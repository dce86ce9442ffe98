"""What the benchmarks measure against is what they say."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]


def speed() -> ModuleType:
    """Load the script."""
    spec = importlib.util.spec_from_file_location("speed", ROOT / "benchmarks" / "speed.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def loaded(program: str, folder: Path, *arguments: str) -> set[str]:
    """Run a program in a process of its own; give all that it imported, but for Python's own."""
    told = folder / "modules.txt"
    ending = f"\nimport sys, pathlib; pathlib.Path({str(told)!r}).write_text('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program + ending, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {name for name in told.read_text().split() if name.partition(".")[0] not in sys.stdlib_module_names}


@pytest.mark.parametrize("case", speed().CASES, ids=lambda case: case.words)
def test_what_stands_beside_a_command_imports_no_more_than_the_command_does(case, tmp_path: Path):
    program = "import sys; from imsmap.cli import run; assert run(sys.argv[1:]) == 0"
    found = loaded(program, tmp_path, *case.command)
    assert loaded(f"import {case.imports}", tmp_path) <= found
    assert not {"networkx", "cattrs"} & found, "each takes longer to load than the question takes"


def test_a_wheel_is_measured_beside_what_it_imports() -> None:
    beside = {case.imports for case in speed().WHEEL}
    assert beside == {"click, attrs", "click, attrs, xlsxwriter"}


def test_figures_take_the_place_of_the_last_ones_and_nothing_else_of_the_page(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("page", ROOT / "benchmarks" / "page.py")
    assert spec is not None
    assert spec.loader is not None
    page = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(page)
    path = tmp_path / "README.md"
    path.write_text("before\n<!-- hands: begin -->\nold\n<!-- hands: end -->\nafter\n", "utf-8")
    page.put("hands", "new", page=path)
    told = path.read_text("utf-8")
    assert told == "before\n<!-- hands: begin -->\nnew\n<!-- hands: end -->\nafter\n"
    path.write_text(told.replace("<!-- hands: end -->\n", ""), "utf-8")
    with pytest.raises(SystemExit, match=r"no line <!-- hands: begin --> with a line"):
        page.put("hands", "newer", page=path)
    assert "new\nafter" in path.read_text("utf-8")
