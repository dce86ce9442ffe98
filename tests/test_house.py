"""The rules of the house, as tests."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests import resting
from tests.sharing import PATIENCE

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "imsmap"
MODULES = sorted(PACKAGE.rglob("*.py"))
TEXT_SUFFIXES = {".py", ".md", ".toml", ".yaml", ".txt", ".json", ".csv", ""}

# Who may import what; everything else that is heavy stays out of the rest.
DOORS = {
    # What comes in is read by the library alone; one format of other tools is YAML, too.
    "yaml": {"library.load", "exporters.ciso_assistant"},
    "reportlab": {"drawing.pdf"},
    "resvg_py": {"raster"},
    "pypdfium2": {"raster"},
    "rich": {"exporters.terminal.paint", "cli.speech"},
    # One format of other tools is a workbook, too.
    "xlsxwriter": {"exporters.excel", "exporters.olir"},
    "pptx": {"exporters.powerpoint"},
    "docx": {"exporters.word"},
    "openpyxl": {"readers.workbook"},
    # What is done in one way is done in one place.
    "csv": {"readers.csv", "exporters.csv"},
    "difflib": {"nearest"},
    "tomllib": {"readers.toml"},
    "zipfile": {"packing", "readers.workbook.package", "exporters.powerpoint.template"},
}
FEATURES = ("analyses", "pictures", "exporters")


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imports(path: Path) -> frozenset[str]:
    """The top-level names of what a module imports, wherever in it."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return frozenset(found)


def features() -> Iterator[tuple[str, str, Path]]:
    """Every question, picture and format: its folder, its name, its file."""
    for folder in FEATURES:
        for path in sorted((PACKAGE / folder).iterdir()):
            if path.is_dir() and (path / "__init__.py").exists():
                yield folder, path.name, path / "__init__.py"
            elif path.suffix == ".py" and path.stem != "__init__":
                yield folder, path.stem, path


FEATURES = {(folder, name): path for folder, name, path in features()}


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)


@pytest.mark.slow
def test_imports_point_one_way():
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    result = run(sys.executable, "-c", code, "--no-cache")
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_command_line_knows_the_api_the_project_and_nothing_else_of_the_package():
    allowed = {
        "api",
        "client",
        "cli",
        "errors",
        "files",
        "nearest",
        "plain",
        "values",
        "wording",
        "__main__",
        "__init__",
    }
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (held,) = [one for one in contracts if one["name"] == "The command line asks through imsmap.api"]
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert {name.removeprefix("imsmap.") for name in held["forbidden_modules"]} == rooms - allowed


def test_every_room_is_named_with_what_stands_in_it_in_the_order_of_the_layers():
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("| room |")[2].partition("\n\n")[0]
    named = re.findall(r"`(\w+)(?:/|\.py)`", "".join(line.split("|")[1] for line in page.splitlines()[2:]))
    rooms = [path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()]
    assert sorted(named) == sorted(name for name in rooms if not name.startswith("__"))
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = [one["layers"] for one in contracts if one["name"] == "Imports point one way"]
    floor = {room: at for at, layer in enumerate(layers) for room in layer.split(" | ")}
    assert [floor[name] for name in named] == sorted(floor[name] for name in named)


def test_every_library_has_its_door():
    found = []
    for library, doors in DOORS.items():
        users = {name_of(path) for path in MODULES if library in imports(path)}
        found += [
            f"{user} imports {library}"
            for user in sorted(users)
            if not any(user == door or user.startswith(f"{door}.") for door in doors)
        ]
    assert found == []


def test_every_door_is_used():
    for library, doors in DOORS.items():
        for door in doors:
            users = [path for path in MODULES if name_of(path) == door or name_of(path).startswith(f"{door}.")]
            assert any(library in imports(path) for path in users), f"{door} does not import {library}"


def test_what_the_benchmarks_import_is_there():
    found = []
    for path in sorted((ROOT / "benchmarks").glob("*.py")):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("imsmap"):
                module = importlib.import_module(node.module or "")
                for name in (alias.name for alias in node.names if not hasattr(module, alias.name)):
                    try:
                        importlib.import_module(f"{node.module}.{name}")
                    except ImportError:
                        found.append(f"{path.name}:{node.lineno}: {node.module} has no {name}")
    assert found == []


def test_help_loads_no_heavy_library():
    code = (
        "import sys; from imsmap.cli import run; code = run(['--help']); "
        "print(sorted({m.partition('.')[0] for m in sys.modules}), file=sys.stderr); sys.exit(code)"
    )
    result = run(sys.executable, "-c", code)
    assert result.returncode == 0
    loaded = set(ast.literal_eval(result.stderr.strip().splitlines()[-1]))
    assert loaded & {
        "attr", "attrs", "cattrs", "networkx", "openpyxl", "pptx", "docx", "pydot", "reportlab", "resvg_py",
        "pypdfium2", "rich", "xlsxwriter", "yaml", "difflib", "lxml", "PIL",
    } == set()  # fmt: skip


def test_the_words_for_what_people_answer_are_spelled_in_the_schema_alone():
    from imsmap.register import schema

    words = {*schema.STATUS, *schema.SEVERITY, *schema.CLOSED}
    found = [
        f"{name_of(path)}:{node.lineno}: {node.value}"
        for path in MODULES
        if path.relative_to(PACKAGE).parts[0] in ("client", "exporters", "readers")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in words
    ]
    assert found == []


def test_every_feature_says_what_it_is():
    assert [".".join(feature) for feature, path in FEATURES.items() if not ast.get_docstring(tree(path))] == []


def test_every_feature_has_a_test_of_its_own():
    def tested(folder: str, name: str) -> bool:
        return (ROOT / "tests" / folder / f"test_{name}.py").is_file() or (ROOT / "tests" / folder / name).is_dir()

    assert [".".join(feature) for feature in FEATURES if not tested(*feature)] == []


def test_every_feature_has_its_shape():
    shapes = {"analyses": {"Question", "analyse"}, "pictures": {"draw"}, "exporters": {"export"}}
    found = []
    for (folder, name), path in FEATURES.items():
        body = tree(path).body
        defined = {node.name for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
        imported = [alias for node in body if isinstance(node, ast.ImportFrom) for alias in node.names]
        missing = shapes[folder] - defined - {alias.asname or alias.name for alias in imported}
        found += [f"{folder}.{name}: no {one}" for one in sorted(missing)]
    assert found == []


def test_every_feature_has_a_word_in_the_documentation():
    pages = "".join(page.read_text("utf-8") for page in [ROOT / "README.md", *(ROOT / "docs").glob("**/*.md")])
    words = {"terminal": "table", "excel": "xlsx", "powerpoint": "pptx", "word": "docx"}
    words |= {"mapping_csv": "mapping.csv", "mapping_markdown": "mapping.md"}

    def told(name: str) -> bool:
        word = words.get(name, name.replace("_", "-"))
        return re.search(rf"(`|\.|imsmap |\b){re.escape(word)}\b", pages) is not None

    assert [f"{folder}.{name}" for folder, name in FEATURES if not told(name)] == []


def test_the_name_of_every_module_says_what_is_in_it():
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert [name for name in map(name_of, MODULES) if vague & set(name.split("."))] == []


def test_every_module_is_short_enough_to_be_read():
    assert [name_of(path) for path in MODULES if len(path.read_text("utf-8").splitlines()) > 500] == []


def test_no_module_leaves_work_lying_about():
    work = re.compile(r"\b(TODO|FIXME)\b|NotImplementedError")
    assert [name_of(path) for path in MODULES if work.search(path.read_text("utf-8"))] == []


def project_files() -> list[Path]:
    """Every text file that belongs to the project, whether or not git knows it yet."""
    result = run("git", "ls-files", "--cached", "--others", "--exclude-standard")
    if result.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / line for line in result.stdout.splitlines() if Path(line).suffix in TEXT_SUFFIXES]


def test_no_file_names_a_place_of_one_machine():
    place = re.compile(r"(?<![\w.])/(?:home|Users|root|work|tmp|var|mnt)/\w|[A-Z]:\\\\?Users")
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in project_files()
        if path.is_file() and path != Path(__file__)
        for match in place.finditer(path.read_text("utf-8", "replace"))
    ]
    assert found == []


@pytest.mark.slow
def test_ruff_finds_nothing():
    result = run(sys.executable, "-m", "ruff", "check", "--no-cache", ".")
    assert result.returncode == 0, result.stdout


@pytest.mark.slow
def test_ruff_would_format_nothing_otherwise():
    result = run(sys.executable, "-m", "ruff", "format", "--no-cache", "--check", ".")
    assert result.returncode == 0, result.stdout


@pytest.mark.slow
def test_mypy_finds_nothing():
    result = run(sys.executable, "-m", "mypy")
    assert result.returncode == 0, result.stdout


def test_values_without_a_type_are_few():
    """`Any` stands where a library ships no types, and where a file that a person wrote is looked at key by key."""
    uses = [
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        if "Any" in path.read_text("utf-8")  # to walk through all takes long
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and node.id == "Any"
    ]
    assert len(uses) <= 60, uses


def test_only_modules_that_are_named_may_say_any():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]
    assert settings["disallow_any_explicit"] is True
    (free,) = [one["module"] for one in settings["overrides"] if one.get("disallow_any_explicit") is False]
    said = re.compile(r"\bAny\b|\.\.\.")
    used = {
        f"imsmap.{name_of(path)}".removesuffix(".__init__") for path in MODULES if said.search(path.read_text("utf-8"))
    }
    within = {f"{name.rpartition('.')[0]}.*" for name in used}
    assert [one for one in free if one not in used and one not in within] == []


def test_where_coverage_rests_nothing_looks_on():
    # With several processes a second one had gone on, and what ran without coverage took three times as long.
    assert not type(sys.gettrace()).__module__.startswith("coverage")


def test_files_and_tests_in_which_coverage_rests_are_there():
    assert [name for name in (*resting.FILES, *resting.TESTS) if not (ROOT / "tests" / name).is_file()] == []
    lacking = [
        (name, test)
        for name, tests in resting.TESTS.items()
        for test in tests
        if f"def {test}(" not in (ROOT / "tests" / name).read_text("utf-8")
    ]
    assert lacking == []
