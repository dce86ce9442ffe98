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
