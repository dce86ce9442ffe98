from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imsmap import __version__
from imsmap.errors import DataError, Problem, UsageError
from tests.conftest import MINI
from tests.fixtures import MAPPINGS, Answer
from tests.sharing import PATIENCE, Built

Command = Callable[..., Answer]

A, B = "iso9001-2015", "iso14001-2015"
QUESTIONS = (
    ("standards",),
    ("show", f"{A}:8.5.1"),
    ("overlap", A, B),
    ("gap", "--have", A, "--want", B),
    ("friends", A, B),
    ("explain", f"{A}:8.4", f"{B}:8.1"),
    ("coverage", A, B),
    ("matrix", A, B),
    ("documents", A, B),
    ("find", "policy"),
)
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=[words[0] for words in QUESTIONS])


def program(*words: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a process of its own."""
    command = [sys.executable, "-m", "imsmap", "--mappings", str(MAPPINGS), *words]
    options = {"capture_output": True, "timeout": PATIENCE, "check": False, "cwd": MAPPINGS.parent, **options}
    return subprocess.run(command, **options)


# --- what it says by itself ------------------------------------------------------------------------------------------


def test_asked_nothing_it_says_what_it_is_what_it_has_and_what_to_try(imsmap: Command):
    answer = imsmap()
    assert answer.code == 0
    assert "ISO 9001:2015" in answer.out
    assert re.findall(r"^  imsmap \w+", answer.out, re.M) == ["  imsmap overlap", "  imsmap show", "  imsmap build"]
    assert max(len(line) for line in answer.out.splitlines()) <= 80


@pytest.mark.slow
def test_the_three_commands_to_try_work(imsmap: Command):
    lines = re.findall(r"^  imsmap (.*?)(?:  |$)", imsmap().out, re.M)
    assert lines[2] == "build"  # which is tried below
    for line in lines[:2]:
        assert imsmap(*line.split()).code == 0


def test_the_version_is_told(imsmap: Command):
    assert imsmap("--version").out == f"imsmap {__version__}\n"


def test_every_help_has_an_example_and_fits_80_columns(imsmap: Command):
    from imsmap.cli.commands import known

    for name in ("", *known()):
        answer = imsmap(*name.split(), "--help", mappings=None)
        assert answer.code == 0
        assert re.search(rf"Examples?:\n +imsmap {name}", answer.out), name
        assert max(len(line) for line in answer.out.splitlines()) <= 80


@pytest.mark.parametrize(("typed", "meant"), [("matirx", "matrix"), ("overlaps", "overlap"), ("standard", "standards")])
def test_a_mistyped_command_gets_the_nearest_ones(imsmap: Command, typed: str, meant: str):
    answer = imsmap(typed)
    assert answer.code == 2
    assert f"there is no command {typed}; did you mean" in answer.err
    assert meant in answer.err
    assert answer.out == ""


def test_a_command_like_no_other_gets_the_list(imsmap: Command):
    assert "there are add, affirm, audit" in imsmap("zzzzz").err


def test_an_unknown_option_is_wrong_use(imsmap: Command):
    assert imsmap("--nonsense").code == 2


def test_a_shell_completes_commands_standards_and_pictures():
    def completed(*words: str) -> str:
        line = " ".join(["imsmap", *words])
        variables = {"_IMSMAP_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words))}
        return program(env={**_environment(), **variables}).stdout.decode()

    assert "overlap" in completed("ov")
    assert A in completed("overlap", "iso9")
    assert "columns" in completed("picture", "col")


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(MAPPINGS.parent)}


# --- questions -------------------------------------------------------------------------------------------------------


@pytest.fixture
def said(imsmap: Command, two_standards: Path) -> Command:
    """Ask a question in a form; who asks it again is told what it said the first time."""

    def asked(*words: str) -> Answer:
        if words not in _SAID:
            _SAID[words] = imsmap(*words, mappings=two_standards)
        return _SAID[words]

    return asked


_SAID: dict[tuple[str, ...], Answer] = {}


VERSIONS = dict.fromkeys(("friends", "gap"), 2) | dict.fromkeys(("overlap", "matrix", "coverage"), 3)
"""Questions whose answers brought another meaning: what only touches is a class of its own; a related point has no
counterpart."""


@every_question
def test_json_begins_as_the_contract_says(said: Command, question: tuple[str, ...]):
    answer = said(*question, "--format", "json")
    values = json.loads(answer.out)
    assert answer.code == 0
    assert list(values)[:3] == ["analysis", "version", "data_version"]
    assert (values["analysis"], values["version"]) == (question[0], VERSIONS.get(question[0], 1))


@every_question
def test_csv_has_a_header_and_rows_of_its_width(said: Command, question: tuple[str, ...]):
    rows = list(csv.reader(io.StringIO(said(*question, "--format", "csv").out)))
    assert rows[0][0] == "id"
    assert {len(row) for row in rows} == {len(rows[0])}


@every_question
def test_markdown_has_a_title_and_tables(said: Command, question: tuple[str, ...]):
    answer = said(*question, "--format", "markdown").out
    assert answer.startswith("# ")
    assert "\n## " in answer


@every_question
def test_a_terminal_of_80_columns_is_enough(said: Command, question: tuple[str, ...]):
    from imsmap.exporters.terminal import measure

    assert max(measure(line) for line in said(*question, "--format", "table").out.splitlines()) <= 80


@every_question
@pytest.mark.slow
@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_no_number_stands_as_a_bare_percentage(said: Command, question: tuple[str, ...], form: str):
    answer = said(*question, "--format", form)
    assert not re.search(r"\d\s*(%|per ?cent)", answer.out + answer.err)


@pytest.mark.slow
@every_question
def test_a_shuffled_library_gives_the_same_answer(
    imsmap: Command, said: Command, two_standards: Path, shuffled: Callable[[], None], question: tuple[str, ...]
):
    forms = ("table", "json", "csv", "markdown")
    before = {form: said(*question, "--format", form) for form in forms}
    shuffled()
    for form in forms:
        assert imsmap(*question, "--format", form, mappings=two_standards) == before[form], form


@pytest.mark.slow
@every_question
def test_the_shuffled_library_of_all_standards_gives_the_same_values(
    imsmap: Command, shuffled: Callable[[], None], question: tuple[str, ...]
):
    before = imsmap(*question, "--format", "json")
    assert before.code == 0
    shuffled()
    assert imsmap(*question, "--format", "json") == before


@pytest.mark.slow
@every_question
def test_every_question_gives_sheets(imsmap: Command, two_standards: Path, question: tuple[str, ...]):
    import openpyxl

    answer = imsmap(*question, "-o", "x.xlsx", "--date", "2026-01-31", mappings=two_standards)
    assert (answer.code, answer.out) == (0, "")
    book = openpyxl.load_workbook("x.xlsx")
    assert len(book.sheetnames) >= 2
    assert all(sheet.max_row > 2 for sheet in book)
    first = Path("x.xlsx").read_bytes()
    imsmap(*question, "-o", "y.xlsx", "--date", "2026-01-31", mappings=two_standards)
    assert Path("y.xlsx").read_bytes() == first


@pytest.mark.parametrize(("suffix", "begins"), [(".json", "{"), (".csv", "\ufeffid,"), (".md", "# "), (".txt", "")])
def test_the_suffix_of_the_file_picks_the_format(imsmap: Command, suffix: str, begins: str):
    answer = imsmap("overlap", A, B, "-o", f"x{suffix}")
    assert (answer.code, answer.out) == (0, "")
    assert Path(f"x{suffix}").read_text("utf-8").startswith(begins)
    assert f"x{suffix}: written" in answer.err


def test_a_dash_means_stdout(imsmap: Command):
    assert imsmap("standards", "-o", "-", "--format", "csv").out.startswith("id,")


def test_format_serves_a_file_of_any_suffix(imsmap: Command):
    assert imsmap("standards", "--format", "csv", "-o", "x.tab").code == 0
    assert Path("x.tab").read_text("utf-8").startswith("id,")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "x.jsn"), "did you mean .json"),
        (("-o", "x"), "add one of .txt, .json, .csv, .md, "),
        (("-o", "x.csv", "--format", "json"), "leave one out"),
        (("--format", "yaml"), "json"),
        (("--format", "json", "--table", "links"), "JSON holds the whole answer"),
        (("--table", "link"), "did you mean links?"),
        (("-o", "x.xlsx", "--format", "csv"), "leave one out"),
        (("-o", "x.xlsx", "--table", "links"), "a workbook holds every sheet"),
        (("-o", "x.xls"), "did you mean .xlsx"),
    ],
)
def test_a_format_that_is_not_there_is_wrong_use(imsmap: Command, words: tuple[str, ...], said: str):
    answer = imsmap("overlap", A, B, *words)
    assert answer.code == 2
    assert said in " ".join(answer.err.split())
    assert answer.out == ""
    assert list(Path().iterdir()) == []


def test_table_picks_one_table(imsmap: Command):
    answer = imsmap("overlap", A, B, "--format", "csv", "--table", "coverage")
    assert answer.out.splitlines()[0].startswith("id,of,by,unit,n,m")
    assert len(answer.out.splitlines()) == 5


def test_a_second_answer_never_takes_the_place_of_the_first(imsmap: Command):
    imsmap("standards", "-o", "x.csv")
    again = imsmap("standards", "-o", "x.csv")
    other = imsmap("overlap", A, B, "-o", "x.csv")
    assert "is there already, with the same content" in again.err
    assert "x.csv holds something else and was left alone; this is in x (2).csv" in other.err
    assert sorted(path.name for path in Path().iterdir()) == ["x (2).csv", "x.csv"]


def test_matrix_becomes_a_workbook(imsmap: Command):
    openpyxl = pytest.importorskip("openpyxl")
    assert imsmap("matrix", A, B, "-o", "m.xlsx").code == 0
    assert {"Read me", "Matrix", "Overlap"} <= set(openpyxl.load_workbook("m.xlsx").sheetnames)
    assert imsmap("matrix", A, B, "-o", "n.xlsx", "--table", "matrix").code == 2


@pytest.mark.parametrize("written", ["9001", "9001:2015", "ISO 9001:2015", "iso9001-2015"])
def test_a_standard_can_be_written_as_people_do(imsmap: Command, written: str):
    assert json.loads(imsmap("overlap", written, B, "--format", "json").out)["subject"] == A


def test_the_edition_that_an_open_name_stands_for_is_told(imsmap: Command):
    assert "ISO 9001:2015" in imsmap("documents", "9001").err


@pytest.mark.parametrize("written", [("90001:8.1",), ("90001:2030:8.1",), ("ISO", "90001:2030", "8.1")])
def test_a_clause_can_be_written_as_people_do(imsmap: Command, written: tuple[str, ...]):
    told = imsmap("show", *written, "--format", "json", mappings=MINI).out
    assert json.loads(told)["clause"] == "iso90001-2030:8.1"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("overlap", "9002", "14001"), "9001"),
        (("show", "9001:8.5.7"), "8.5.6"),
        (("show", "9001:4.1#isues"), "did you mean issues"),
        (("show", "9001:4#issues"), "did you mean iso9001-2015:4.1#issues?"),
        (("explain", "9001:4.1#issues", "14001:3#x"), "the clause states no requirements"),
        (("show", "nonsense"), "nonsense"),
        (("overlap", "9001"), "name at least 2 standards"),
        (("overlap", "9001", "14001", "9001"), "is there twice"),
        (("matrix", "9001"), "name at least 2 standards"),
        (("overlap", "9001", "iso9001-2015"), "there twice"),
        (("gap", "--have", "9001", "--want", "9001"), "twice"),
        (("overlap",), "Missing argument"),
        (("picture", "column", A, B, "-o", "x.svg"), "did you mean columns?"),
        (("picture", "columns", A, B, "-o", "x.svgg"), "did you mean .svg?"),
        (("picture", "columns", A, B, "-o", "x.svg", "--size", "A5"), "A4"),
        (("picture", "columns", A, B), "--output"),
        (("build", "--date", "yesterday"), "yesterday"),
    ],
)
def test_wrong_use_is_told_with_what_would_be_right(imsmap: Command, words: tuple[str, ...], said: str):
    answer = imsmap(*words)
    assert answer.code == 2
    assert said in " ".join(answer.err.split())
    assert answer.out == ""
    assert list(Path().iterdir()) == []


# --- the data --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["two", "every-standard"])
def test_check_says_what_was_checked(imsmap: Command, two_standards: Path, every: bool):
    answer = imsmap("check", mappings=MAPPINGS if every else two_standards)
    assert answer.code == 0
    assert "no problems" in answer.out
    assert "94" not in answer.err


@pytest.fixture
def broken(tmp_path: Path, two_standards: Path) -> Path:
    """A copy of the mapping data with two faults in two files."""
    root = tmp_path / "mappings"
    shutil.copytree(two_standards, root)
    for name, old, new in (
        ("iso9001-2015.yaml", 'number: "7.1.5"', 'number: "7.1.55"'),
        ("iso14001-2015.yaml", "discipline: environment", "discipline: environmint"),
    ):
        path = root / "standards" / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
    return root


def test_check_names_every_problem_with_file_and_line_and_counts_them(imsmap: Command, broken: Path):
    answer = imsmap("check", mappings=broken)
    *lines, count = answer.out.splitlines()
    assert answer.code == 1
    assert all(re.match(r"\S.*\.yaml:\d+: \S", line) for line in lines)
    assert {"iso9001-2015", "iso14001-2015"} <= {Path(line.partition(":")[0]).stem for line in lines}
    assert count == f"{len(lines)} problems"


def test_check_of_one_file_keeps_to_it(imsmap: Command, broken: Path):
    answer = imsmap("check", broken / "standards" / "iso14001-2015.yaml")
    assert answer.code == 1
    assert "iso9001-2015.yaml" not in answer.out


def test_check_of_a_path_that_is_not_there_is_wrong_use(imsmap: Command):
    assert imsmap("check", "nowhere").code == 2


def test_check_of_a_file_outside_any_data_says_what_is_missing(imsmap: Command):
    Path("x.csv").write_text("subject,object\n", "utf-8")
    answer = imsmap("check", "x.csv")
    assert answer.code == 1
    assert "library.yaml: cannot be read" in answer.out


def test_check_of_a_folder_without_data_says_what_is_missing(imsmap: Command, tmp_path: Path):
    answer = imsmap("check", tmp_path)
    assert answer.code == 1
    assert "Traceback" not in answer.out + answer.err


def test_a_question_on_broken_data_names_every_problem_and_answers_nothing(imsmap: Command, broken: Path):
    answer = imsmap("overlap", A, B, mappings=broken)
    assert (answer.code, answer.out) == (1, "")
    assert re.search(r"iso9001-2015\.yaml:\d+: .*\d+ problems; mend them", answer.err, re.S)


@pytest.mark.parametrize("words", [(), ("standards",), ("overlap", A, B), ("check",), ("build",)])
def test_missing_mapping_data_are_told(imsmap: Command, tmp_path: Path, words: tuple[str, ...]):
    answer = imsmap(*words, mappings=tmp_path / "nowhere")
    assert answer.code == 1
    assert "nowhere" in answer.out + answer.err
    assert "Traceback" not in answer.out + answer.err


@pytest.mark.parametrize("content", [b"key: [", b"\xff\xfe\x00", b"- " * 40000 + b"x", b"x" * 2_100_000, b""])
def test_a_file_that_is_no_data_is_a_line_and_no_crash(
    imsmap: Command, two_standards: Path, tmp_path: Path, content: bytes
):
    root = tmp_path / "mappings"
    shutil.copytree(two_standards, root)
    (root / "standards" / "iso9001-2015.yaml").write_bytes(content)
    answer = imsmap("check", mappings=root)
    assert answer.code == 1
    assert re.search(r"iso9001-2015\.yaml(:\d+)?: \S", answer.out)
    assert "Traceback" not in answer.out + answer.err


# --- pictures and the main job ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suffix", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("pptx", b"PK")]
)
def test_a_picture_is_made_as_the_suffix_says(imsmap: Command, suffix: str, begins: bytes):
    answer = imsmap("picture", "heatmap", A, B, "-o", f"x.{suffix}")
    files = sorted(Path().iterdir())
    assert answer.code == 0
    assert files
    assert all(path.read_bytes().startswith(begins) for path in files)
    assert all(re.fullmatch(rf"x(-\d+)?\.{suffix}", path.name) for path in files)


@pytest.mark.slow
def test_build_makes_everything_and_says_what_to_open(whole_build: Built):
    from imsmap import about

    whose = f"Smith-Söhne_{A}_{B}"
    beside = {path.name for path in whole_build.folder.iterdir()}
    assert beside == {f"{whose}.xlsx", f"{whose}.pptx", "page.html", "pictures"}
    made = {path.name for path in (whole_build.folder / "pictures").iterdir()}
    told = "".join(line for line in whole_build.out.splitlines() if line.startswith("Left out: "))
    left_out = re.findall(r"(?:picture|slide) (\w+)", told)
    assert {*left_out} == {"upset", "processes", "choice", "next90"}
    for name in {name for name, picture in about.pictures().items() if picture.filed} - set(left_out):
        for suffix in ("svg", "png", "pdf", "dot", "pptx"):
            assert [file for file in made if re.fullmatch(rf"{name}(-\d+)?\.{suffix}", file)], (name, suffix)
    lines = whole_build.out.splitlines()
    assert f"{whose}.xlsx" in lines[1]
    first = next(n for n, line in enumerate(lines) if line.startswith("Left out: "))
    assert all(line.startswith("Left out: ") for line in lines[first:])
    assert len(whole_build.out.splitlines()) <= 8


@pytest.mark.slow
@pytest.mark.usefixtures("coarse")
def test_build_without_names_makes_the_same_again_and_leaves_alone_what_holds_something_else(
    imsmap: Command, whole_build: Built
):
    shutil.copytree(whole_build.folder, "output")
    other = Path("output", f"Smith-Söhne_{A}_{B}.xlsx")
    other.write_bytes(b"another")
    before = {path: path.read_bytes() for path in Path("output").rglob("*") if path.is_file()}
    answer = imsmap("build", "--client", "Smith & Söhne", "--date", "2031-01-02")
    assert answer.code == 0
    assert ", 1 of them new" in answer.out
    assert f"{A}_{B}.xlsx holds something else and was left alone" in answer.err
    assert "\x1b" not in answer.out + answer.err
    assert not re.search(r"\d\s*(%|per ?cent)", answer.out + answer.err)
    after = {path: path.read_bytes() for path in Path("output").rglob("*") if path.is_file()}
    second = Path("output", f"Smith-Söhne_{A}_{B} (2).xlsx")
    assert after == before | {second: (whole_build.folder / other.name).read_bytes()}


def test_build_into_a_file_is_refused(imsmap: Command):
    Path("x").write_bytes(b"mine")
    answer = imsmap("build", "-o", "x")
    assert answer.code == 1
    assert "is a file" in answer.err
    assert Path("x").read_bytes() == b"mine"


# --- what may go wrong around it -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (UsageError("not so"), 2, "imsmap: not so\n"),
        (DataError([Problem("a.yaml", 3, "no")]), 1, "a.yaml:3: no\nimsmap: 1 problem; mend it and try again\n"),
        (KeyboardInterrupt(), 1, "imsmap: stopped; no file is half-written\n"),
        (MemoryError(), 1, "imsmap: there is not enough memory for this\n"),
        (PermissionError(13, "Permission denied", "x.csv"), 1, "imsmap: x.csv: Permission denied\n"),
        (RuntimeError("boom"), 1, "imsmap: a fault in imsmap itself (RuntimeError: boom)"),
        (BrokenPipeError(32, "Broken pipe"), 0, ""),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_happens_becomes_a_line_and_an_exit_code(
    imsmap: Command, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
):
    import imsmap as package
    from imsmap import cli

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(cli.imsmap, "main", fail)
    monkeypatch.setattr(cli, "_drop_output", lambda: None)
    answer = imsmap("standards")
    assert answer.code == code
    assert answer.err.startswith(said)
    assert "Traceback" not in answer.err
    assert package.__version__


def test_a_fault_can_be_traced(imsmap: Command, monkeypatch: pytest.MonkeyPatch):
    from imsmap import cli

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(cli.imsmap, "main", fail)
    monkeypatch.setenv("IMSMAP_TRACE", "1")
    with pytest.raises(RuntimeError, match="boom"):
        imsmap("standards")


def test_a_reader_that_closes_early_is_no_fault():
    command = [sys.executable, "-m", "imsmap", "--mappings", str(MAPPINGS), "matrix", A, B, "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=MAPPINGS.parent) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(PATIENCE) == 0
    assert b"Traceback" not in said
    assert b"Exception ignored" not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_is_told():
    with Path("/dev/full").open("wb") as full:
        result = program("overlap", A, B, stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert result.returncode == 1
    assert b"No space left" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_of_another_encoding_still_gets_every_glyph(encoding: str):
    result = program("overlap", A, B, "--all", env={**_environment(), "PYTHONIOENCODING": encoding})
    assert result.returncode == 0
    assert "≈" in result.stdout.decode()


def test_hostile_words_do_not_reach_the_terminal(imsmap: Command):
    assert "\x1b" not in imsmap("overlap", "\x1b[31m9001", B).err


@pytest.mark.parametrize("typed", [("help", "overlap"), ("HELP", "Overlap"), ("Overlap", "--help")])
def test_help_is_asked_for_as_people_do(imsmap: Command, typed: tuple[str, ...]):
    assert imsmap(*typed).out == imsmap("overlap", "--help").out
    assert imsmap("help").out == imsmap("--help").out


def test_commas_between_standards_and_capitals_of_a_command_do_not_matter(imsmap: Command):
    asked = imsmap("overlap", "9001", "14001", "--table", "coverage")
    assert imsmap("OVERLAP", "9001,14001", "--table", "coverage").out == asked.out
    assert imsmap("overlap", "9001,", "14001", "--table", "coverage").out == asked.out


def test_a_csv_file_says_which_tables_it_does_not_hold_and_a_folder_holds_each(imsmap: Command):
    answer = imsmap("gap", "--have", A, "--want", B, "-o", "z.csv")
    assert "z.csv holds the first of 3 tables, main_clauses; --table NAME writes another (work, points)" in answer.err
    assert "holds the first" not in imsmap("gap", "--have", A, "--want", B, "--table", "work", "-o", "w.csv").err
    Path("all").mkdir()
    assert imsmap("gap", "--have", A, "--want", B, "--format", "csv", "-o", "all").code == 0
    assert sorted(path.name for path in Path("all").iterdir()) == ["main_clauses.csv", "points.csv", "work.csv"]
    assert Path("all/work.csv").read_bytes() == Path("w.csv").read_bytes()


def test_newer_editions_are_told_once_after_an_answer_and_never_before_an_error(imsmap: Command):
    told = imsmap("overlap", "9001", "14001").err
    assert (told.count("\n"), told.count("; newer editions, ISO 9001:2026")) == (1, 1)
    assert imsmap("overlap", A, B).err == ""
    wrong = imsmap("overlap", "9001", "14001", "28000")
    assert (wrong.code, wrong.err.count("\n")) == (2, 1)
    assert "ISO 28000 is not in the library" in wrong.err


@pytest.mark.slow
def test_no_id_of_a_point_is_told_to_a_client(imsmap: Command):
    for words in (("gap", "--have", A, "--want", B), ("brief",), ("explain", "9001:8.4", "14001:8.1")):
        assert ", point " not in " ".join(imsmap(*words).out.split())


def test_a_project_settles_the_edition_so_that_nothing_is_said_of_it(imsmap: Command, monkeypatch: pytest.MonkeyPatch):
    assert imsmap("new", "job", "--client", "Smith", "9001").code == 0
    monkeypatch.chdir("job")
    told = imsmap("overlap", "9001", "14001").err
    assert ("ISO 9001:2026" in told, "ISO 14001:2026" in told) == (False, True)
    Path("imsmap.toml").write_text("client = ", "utf-8")
    assert imsmap("overlap", "9001", "14001").code == 0
