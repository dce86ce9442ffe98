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

if TYPE_CHECKING:
    from tests.sharing import Built

ROOT = Path(__file__).parents[1]
MAPPINGS = ROOT / "mappings"


REPEATING = (
    "analyses/test_audit.py", "analyses/test_compare.py", "analyses/test_family.py", "analyses/test_overlap.py",
    "analyses/test_transition_facts.py", "cli/test_compare_mapping.py", "client/test_demo.py",
    "decision/test_rules.py", "drawing/test_look.py", "drawing/test_text.py", "exporters/excel/test_dashboard.py",
    "exporters/excel/test_decision.py", "exporters/excel/test_heatmap.py", "exporters/excel/test_identity.py",
    "exporters/excel/test_matrix.py", "exporters/excel/test_requirements.py", "exporters/excel/test_sheets.py",
    "exporters/excel/test_workbook.py", "exporters/html/test_page.py", "exporters/html/test_usual.py",
    "exporters/test_drawings.py", "library/test_earlier_editions.py", "library/test_facts.py",
    "library/test_load_families.py", "library/test_load_sheets.py", "library/test_relationships.py",
    "library/test_roots.py", "pictures/test_columns.py", "pictures/test_identity.py", "pictures/test_pictures.py",
    "reasoning/test_closure.py", "reasoning/test_editions.py", "reasoning/test_groups.py",
    "reasoning/test_kinship.py", "test_gallery.py", "test_house.py", "test_many_standards.py", "test_numbers.py",
    "test_readme.py",
)  # fmt: skip
"""Files whose tests run hardly a line that no others run, as `--cov-context=test` tells: coverage rests in them.

All of them together are alone with 1 of 300 arcs; with coverage they take twice their time.
"""

REPEATING_TESTS = {
    "analyses/test_find.py": (
        "test_a_word_that_says_nothing_is_refused_with_a_line",
        "test_the_command_finds_and_sends_numbers_to_show",
    ),
    "api/test_contract.py": ("test_each_question_about_standards_is_answered",),
    "cli/test_affirm.py": ("test_what_is_affirmed_is_what_was_stated_and_not_what_is_carried_over_to_other_editions",),
    "cli/test_brief.py": ("test_a_standard_that_is_weighed_and_not_the_projects_is_told",),
    "cli/test_choose.py": ("test_any_two_that_have_criteria_are_weighed_whichever_is_named_first",),
    "cli/test_cli.py": ("test_a_picture_is_made_as_the_suffix_says", "test_the_suffix_of_the_file_picks_the_format"),
    "cli/test_migrate.py": (
        "test_a_move_while_processes_csv_is_open_elsewhere_is_made_and_the_next_command_writes_the_marks",
        "test_settings_that_name_the_old_edition_are_told",
    ),
    "cli/test_text.py": (
        "test_a_note_that_quotes_the_text_stops_the_build_with_its_cell_until_it_is_allowed",
        "test_a_workbook_with_the_text_is_made_on_demand_and_says_so_wherever_it_goes",
        "test_an_import_tells_at_once_that_notes_quote_the_text",
    ),
    "exporters/excel/test_form.py": ("test_its_examples_are_sound_in_the_shipped_library",),
    "exporters/excel/test_own.py": ("test_a_formula_that_reaches_outside_is_written_as_text",),
    "exporters/excel/test_page.py": ("test_the_sheets_have_such_breaks",),
    "exporters/excel/test_topics.py": (
        "test_of_many_standards_no_table_is_printed_that_takes_hundreds_of_pages_and_it_is_said",
    ),
    "exporters/excel/test_worksheet.py": ("test_a_sheet_is_written_to_the_byte_as_xlsxwriter_would",),
    "exporters/test_ciso_assistant.py": (
        "test_a_framework_has_a_node_for_each_clause_and_point_under_its_own",
        "test_every_end_of_a_mapping_is_a_node_of_its_framework",
    ),
    "exporters/test_graphml.py": ("test_networkx_reads_every_clause_point_and_relation_back",),
    "exporters/test_powerpoint.py": (
        "test_a_slide_has_few_loose_shapes_a_short_title_and_nothing_that_readers_stumble_over",
    ),
    "exporters/test_powerpoint_cutting.py": ("test_what_somebody_wrote_beside_the_slides_does_not_travel_and_is_told",),
    "exporters/test_powerpoint_template.py": (
        "test_a_template_gives_its_size_layouts_and_fonts_and_none_of_its_slides",
    ),
    "exporters/test_word.py": ("test_any_text_survives",),
    "library/test_citations.py": ("test_a_text_made_to_hang_the_reader_ends_in_a_line",),
    "library/test_prepared.py": ("test_only_a_wheel_holds_what_was_prepared_and_what_points_here_reads_the_yaml",),
    "library/test_sets.py": ("test_a_set_written_and_read_again_is_the_same",),
    "library/test_structuring.py": ("test_all_files_become_the_same_values",),
    "readers/test_foreign.py": ("test_what_is_stated_of_the_shipped_library_comes_back",),
    "readers/test_licensed.py": ("test_a_paragraph_of_very_many_lines_and_a_line_of_very_many_blanks_are_read",),
    "readers/test_mapping.py": ("test_twice_as_many_relations_with_a_problem_each_are_twice_the_work",),
    "test_clause_level.py": (
        "test_none_of_them_adds_a_number_to_any_count_of_points",
        "test_nothing_is_the_same_or_proved_with_any_of_them",
        "test_requirements_says_where_a_standard_held_by_clauses_has_its_verdicts",
    ),
}
"""Single tests of other files of which the same holds, each of which takes more than half a second with coverage."""


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
    controller = _coverage(config)
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


def _coverage(config: pytest.Config) -> Any:
    """Give what starts coverage and lets it rest, or nothing where none is asked for."""
    return getattr(config.pluginmanager.getplugin("_cov"), "cov_controller", None)


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
    """Let coverage see each module as it is imported, and rest while the tests are read, which takes twice as long so.

    A module that a resting test is the first to need would not count at all.
    """
    controller = _coverage(session.config)
    if controller is None or _hands_out(session.config):
        return (yield)
    _import_all()
    controller.pause()
    try:
        return (yield)
    finally:
        controller.resume()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let coverage rest in tests that repeat, many times, lines that others reach: it takes as long as these do.

    Files with slow tests come first, so that no process is left alone with one of them at the end.
    """
    slow = set()
    repeating = {ROOT / "tests" / name for name in REPEATING}
    tests = {(ROOT / "tests" / name, test) for name, tests in REPEATING_TESTS.items() for test in tests}
    for item in items:
        marked = item.get_closest_marker("slow")
        if marked:
            slow.add(item.path)
        resting = marked is not None and not marked.kwargs.get("covers")
        single = (item.path, getattr(item, "originalname", item.name)) in tests
        if resting or single or item.path in repeating or item.get_closest_marker("hypothesis"):
            item.add_marker("no_cover")
    items.sort(key=lambda item: item.path not in slow)


def _import_all() -> None:
    """Import every module, but the one that is the program."""
    import imsmap

    for module in pkgutil.walk_packages(imsmap.__path__, "imsmap."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    """Let coverage rest while what such a test needs is made, too."""
    controller = _coverage(item.config)
    if controller is None or not item.get_closest_marker("no_cover"):
        return (yield)
    controller.pause()
    try:
        return (yield)
    finally:
        controller.resume()


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
