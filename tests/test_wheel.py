"""The built wheel, away from the checkout: with a flat layout all other tests import the folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.sharing import COARSE, PATIENCE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]


def run(*command: object, **options: object) -> subprocess.CompletedProcess[str]:
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    words = [str(word) for word in command]
    return subprocess.run(
        words, capture_output=True, text=True, timeout=PATIENCE, check=False, env=variables, **options
    )  # type: ignore[call-overload,no-any-return]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    result = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it, and the libraries of this one behind it."""
    folder = tmp_path_factory.mktemp("fresh")
    assert run(sys.executable, "-m", "venv", "--without-pip", folder).returncode == 0
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    # To compile all of it takes longer than what the few commands below then save.
    words = ("install", "-q", "--no-compile", "--no-deps", "--no-index", wheel)
    result = run(sys.executable, "-m", "pip", "--python", python, *words)
    assert result.returncode == 0, result.stdout + result.stderr
    purelib = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip()
    # Lines of a .pth file come after the environment's own packages, so that imsmap is the wheel's.
    places = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    Path(purelib, "libraries.pth").write_text("\n".join(places) + "\n", "utf-8")
    return scripts / ("imsmap.exe" if os.name == "nt" else "imsmap")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    return tmp_path


def test_the_package_is_the_wheels(installed: Path, elsewhere: Path):
    python = installed.with_name("python" + installed.suffix)
    place = run(python, "-c", "import imsmap; print(imsmap.__file__)", cwd=elsewhere).stdout.strip()
    assert Path(place).is_relative_to(installed.parents[1])


def test_mappings_travel_inside(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    inside = {name.partition("mappings_data/")[2] for name in names if name.startswith("imsmap/mappings_data/")}
    here = {path.relative_to(ROOT / "mappings").as_posix() for path in (ROOT / "mappings").rglob("*.yaml")}
    assert here <= inside


def test_nothing_but_the_package_is_in_it(wheel: Path):
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"imsmap"}


PROGRAM = """
import sys
from pathlib import Path
from imsmap.library.load import catalogue, find_mappings, survey
root, yaml = find_mappings(), Path(sys.argv[1])
found, heads = survey(root), catalogue(root)
assert not {"yaml", "cattrs"} & set(sys.modules)
read = survey(yaml)
assert (found.library, found.problems, heads) == (read.library, read.problems, catalogue(yaml))
lines, others = ({key: place.line for key, place in one.places.items()} for one in (found, read))
assert lines == others
print(len(found.places))
"""


def test_what_is_prepared_in_it_is_what_the_yaml_says_and_no_yaml_is_read(installed: Path, elsewhere: Path):
    python = installed.with_name("python" + installed.suffix)
    result = run(python, "-c", PROGRAM, ROOT / "mappings", cwd=elsewhere)
    assert result.returncode == 0, result.stderr
    assert int(result.stdout) > 3000


def test_a_question_is_answered_away_from_the_checkout(installed: Path, elsewhere: Path):
    result = run(installed, "overlap", "9001", "14001", "--format", "json", cwd=elsewhere)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["links"]


def test_the_data_inside_are_clean(installed: Path, elsewhere: Path):
    result = run(installed, "check", cwd=elsewhere)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_main_job_is_done_away_from_the_checkout(installed: Path, elsewhere: Path):
    python = installed.with_name("python" + installed.suffix)
    result = run(python, "-c", COARSE, "build", cwd=elsewhere)
    assert result.returncode == 0, result.stderr
    assert (elsewhere / "output" / "iso9001-2015_iso14001-2015.xlsx").is_file()
