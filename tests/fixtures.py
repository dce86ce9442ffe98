"""Fixtures that run commands, compare goldens and shuffle the library."""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs
import pytest

from tests import looking

if TYPE_CHECKING:
    from tests.sharing import Built

ROOT = Path(__file__).parents[1]
MAPPINGS = ROOT / "mappings"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="rewrite tests/golden/ and the examples of README.md; then read the change",
    )
    parser.addoption(
        "--all",
        action="store_true",
        help="stop at every step, and try ten times as many drawn values",
    )
    parser.addoption(
        "--round-trips",
        type=int,
        default=0,
        metavar="N",
        help="send so many workbooks out and back in tests/test_round_trip.py, instead of several dozen",
    )


def pytest_configure(config: pytest.Config) -> None:
    from tests import drawn

    # Some machines keep no bytecode: each of the many commands that tests start would compile the package anew, which
    # takes longer than what most of them do.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    _look_seldom_for_garbage()
    drawn.begin(everything=config.getoption("--all"))
    controller = looking.begin(config)
    if controller is not None and (hasattr(config, "workerinput") or _hands_out(config)):
        # With several processes, the one that hands out the tests runs none, and each of the others takes itself for it
        # until its session begins: this coverage counts nothing, and it would look on whenever the other one rests.
        controller.pause()


def _look_seldom_for_garbage() -> None:
    """Do as the command line: to look among all that is kept for the tests to come takes a quarter of them."""
    gc.set_threshold(1_000_000, 20, 20)


def _hands_out(config: pytest.Config) -> bool:
    """Say whether other processes run the tests."""
    return bool(config.getoption("numprocesses", 0))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Look once for what was left open; pytest then looks five times more, which takes long among all that is kept."""
    gc.collect()
    gc.freeze()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Use all processors for the whole, and no other process for what is named, which starts sooner so."""
    if config.args_source is pytest.Config.ArgsSource.ARGS:
        return 0
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Let coverage see each module as it is imported, in one of the processes, and rest from then on.

    A module that a resting test is the first to need would not count at all.
    """
    controller = looking.controller(session.config)
    if controller is not None and not _hands_out(session.config):
        if os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0":
            _import_all()
        controller.pause()
    try:
        return (yield)
    finally:
        gc.freeze()  # tests and modules stay: to look through them, when it ends, for what was left open takes long


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let files with slow tests come first, so that no process is left alone with one of them at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def _import_all() -> None:
    """Import every module, but the one that is the program."""
    import imsmap

    for module in pkgutil.walk_packages(imsmap.__path__, "imsmap."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    """Let coverage look on while what a test that counts needs is made."""
    with looking.at(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Let coverage look on while such a test runs."""
    with looking.at(item):
        return (yield)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of that name in tests/golden/, or rewrite the file when asked to."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if request.config.getoption("--update-goldens"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        assert path.is_file(), f"{path} is missing; pytest --update-goldens writes it"
        assert text == path.read_text("utf-8"), f"{path} differs; if that is meant, pytest --update-goldens"

    return compare


class Answer(NamedTuple):
    """What a command gave: its exit code, stdout and stderr."""

    code: int
    out: str
    err: str


@pytest.fixture
def imsmap(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> Callable[..., Answer]:
    """Run a command in this process, as the entry point does, 80 columns wide, in an empty folder."""
    from imsmap.api import library, upkeep
    from imsmap.cli import run
    from imsmap.drawing import glyphs
    from imsmap.library import load
    from tests import once

    # A command begins in a new process, where nobody has asked for signs that no font has: tests before may have.
    monkeypatch.setattr(glyphs, "_lacking", {})
    monkeypatch.setattr(load, "Reading", once.Once)
    monkeypatch.setattr(load, "load", once.remembered(load.load))
    monkeypatch.setattr(load, "editions", once.remembered(load.editions))
    monkeypatch.setattr(load, "catalogue", once.remembered(load.catalogue))
    monkeypatch.setattr(upkeep, "survey", once.remembered(load.survey))
    monkeypatch.setattr(upkeep, "find_problems", once.problems)
    monkeypatch.setattr(library, "ClauseGraph", once.graph)
    monkeypatch.setenv("COLUMNS", "80")
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def command(*words: object, mappings: Path | None = MAPPINGS) -> Answer:
        capfdbinary.readouterr()
        given = [] if mappings is None else ["--mappings", str(mappings)]
        code = run([*given, *(str(word) for word in words)])
        _look_seldom_for_garbage()  # a build looks more often, and would go on so in the tests to come
        out, err = capfdbinary.readouterr()
        return Answer(code, out.decode(), err.decode())

    return command


@pytest.fixture
def coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw every .png with few dots, for tests that build everything and look at something else: it takes longest."""
    from imsmap.exporters import png
    from tests.sharing import DOTS

    for dots in DOTS:
        monkeypatch.setattr(png, dots, 24)


@pytest.fixture(scope="session", autouse=True)
def _office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let LibreOffice keep its profiles, and stay once it was started, as long as the run lasts."""
    from tests import office

    office.profiles = tmp_path_factory.mktemp("office")
    yield
    office.end()


@pytest.fixture(scope="session")
def whole_build(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give what `imsmap build` makes of the two real standards, made once in a run."""
    from tests import sharing

    return sharing.whole_build(tmp_path_factory)


@pytest.fixture(scope="session")
def two_standards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the shipped data with two standards alone; who changes them copies them."""
    from tests import once

    return once.copied(tmp_path_factory.mktemp("two") / "mappings", "iso9001-2015", "iso14001-2015")


@pytest.fixture(scope="session")
def whole_demo(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give what `imsmap build` makes of the invented company, made once in a run."""
    from tests import sharing

    return sharing.whole_demo(tmp_path_factory)


@pytest.fixture
def shuffled(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Give a switch: from then on the library is loaded in another order than before, which it has to be."""
    from imsmap.library import load

    random = Random(20240223)
    loaded = load.load
    times = 0

    def switch() -> None:
        found: dict[int, tuple[Any, Any]] = {}

        def another(*given: Any, **more: Any) -> Any:
            nonlocal times
            times += 1
            library = loaded(*given, **more)
            if id(library) not in found:
                found[id(library)] = library, shuffle(library, random)
            return found[id(library)][1]

        monkeypatch.setattr(load, "load", another)

    yield switch
    assert times, "nothing was loaded in another order"


# The order of these is what the data say: clauses as in the standard, points and notes as in the clause, topics as
# readers look for them.
IN_ORDER = {"clauses", "criteria", "points", "notes", "topics", "amendments", "reasons"}


def shuffle(value: Any, random: Random) -> Any:
    """Copy a frozen value with each of its tuples in another order, whose order has no meaning."""
    if not attrs.has(type(value)):
        return value
    changed = {}
    for field in attrs.fields(type(value)):
        old = getattr(value, field.name)
        if isinstance(old, tuple):
            new = [shuffle(part, random) for part in old]
            if field.name not in IN_ORDER:
                random.shuffle(new)
            changed[field.name] = tuple(new)
    return attrs.evolve(value, **changed)
