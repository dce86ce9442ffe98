"""Several roots: a whole library, then a project's own data, which add to it and replace nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from imsmap.errors import DataError, ImsmapError
from imsmap.library.load import catalogue, find_roots, load, survey
from tests.fixtures import MAPPINGS, Answer

ONE, OTHER, NEW = "iso90001-2030", "iso91001-2030", "works-rule-7"
DATA = Path(__file__).parents[1] / "data/good"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Make a project's own data: one standard, and nothing that a whole library needs."""
    root = tmp_path / "project" / "mappings"
    shutil.copytree(DATA / "own", root)
    return root


def told(*roots: Path) -> list[str]:
    return [str(problem) for problem in survey(roots).problems]


def test_own_data_add_standards_topics_and_questions_to_the_library(mini_root: Path, own: Path) -> None:
    library = load((mini_root, own))
    assert [standard.key for standard in library.standards] == [ONE, OTHER, NEW]
    assert [topic.id for topic in library.topics] == ["widgets", "robots"]
    assert [head.key for head in catalogue((mini_root, own))] == [ONE, OTHER, NEW]
    assert [standard.key for standard in load((mini_root, own), [NEW]).standards] == [NEW]


def test_own_relations_tie_an_own_standard_to_one_of_the_library(mini_root: Path, own: Path) -> None:
    write_set(own, "robots", subject=NEW, object_=OTHER)
    library = load((mini_root, own), [NEW, OTHER])
    assert [relation.id for relation in library.relations] == ["robots#none"]


def write_set(root: Path, name: str, *, subject: str, object_: str, more: str = "", id_: str = "none") -> Path:
    (root / "relations").mkdir(exist_ok=True)
    path = root / f"relations/{name}.yaml"
    path.write_text(
        f"subject: {subject}\nobject: {object_}\nauthor: tester\nconfidence: '0.8'\nsource: invented for tests\n"
        f"justification: invented for tests\n{more}relations:\n  - {{id: {id_}, subject: '*', predicate: "
        "no-relationship, object: '8.2', differs: Nothing.}\n",
        "utf-8",
    )
    return path


@pytest.mark.parametrize(
    ("folder", "name", "words"),
    [
        ("standards", ONE, "standard {name} is in {first} already, which it may not replace; give yours a key and a"),
        ("structures", "hs-2021", "structure {name} is in {first} already, which it may not replace; give yours a key"),
        ("relations", f"{ONE}_{OTHER}", "mapping set {name} is in {first} already, which it may not replace; rename"),
    ],
)
def test_what_would_replace_a_file_of_the_library_is_told_with_both_files(
    mini_root: Path, own: Path, folder: str, name: str, words: str
) -> None:
    first = mini_root / folder / f"{name}.yaml"
    (own / folder).mkdir(exist_ok=True)
    second = own / folder / first.name
    second.write_text(first.read_text("utf-8").replace("invented", "changed"), "utf-8")
    (line,) = told(mini_root, own)
    assert line.startswith(f"{second.as_posix()}: {words.format(name=name, first=first.as_posix())}")
    assert not [value for value in load(mini_root).standards if value.source.startswith("changed")]


def test_a_question_about_a_replaced_standard_is_refused_and_about_others_is_answered(
    mini_root: Path, own: Path
) -> None:
    shutil.copy(mini_root / f"standards/{ONE}.yaml", own / "standards")
    with pytest.raises(DataError, match="which it may not replace"):
        load((mini_root, own), [ONE])
    assert load((mini_root, own), [OTHER, NEW]).standards


def test_own_audit_questions_and_families_add_and_replace_nothing(mini_root: Path, own: Path) -> None:
    question = "  - {{group: '{}', question: How?, look_for: This., evidence: That.}}\n"
    head = "author: tester\nconfidence: '0.8'\nsource: invented\nquestions:\n"
    (mini_root / "audit.yaml").write_text(head + question.format("4.1"), "utf-8")
    (own / "audit.yaml").write_text(head + question.format("8.1"), "utf-8")
    found = load((mini_root, own)).audit_questions
    assert [one.group for one in found] == ["4.1", "8.1", "robots"]
    (own / "audit.yaml").write_text(head + question.format("4.1"), "utf-8")
    (line,) = told(mini_root, own)
    assert line.startswith(
        f"{(own / 'audit.yaml').as_posix()}:5: question '4.1' is in {mini_root.as_posix()}/audit.yaml:5"
    )
    (own / "audit.yaml").unlink()
    shutil.copy(MAPPINGS / "integration.yaml", own)
    assert told(mini_root, own) == [
        f"{own.as_posix()}/integration.yaml: is not read beside the one of the library; take it away"
    ]


# --- where they are --------------------------------------------------------------------------------------------------


def test_own_data_of_the_project_and_of_the_folder_here_follow_the_library(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shipped = find_roots()[0]
    assert (shipped / "library.yaml").is_file()
    assert find_roots(None, own.parent) == (shipped, own)
    monkeypatch.chdir(own.parent)
    assert find_roots() == (shipped, Path("mappings"))
    # The same folder is read once, by whichever name it is found.
    assert find_roots(None, own.parent) == (shipped, Path("mappings"))
    assert find_roots(own) == (shipped, own)


def test_a_folder_with_a_library_of_its_own_stands_for_itself(
    mini_root: Path, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_roots(mini_root) == (mini_root,)
    assert find_roots(mini_root, own.parent) == (mini_root, own)
    assert find_roots(None, mini_root.parent) == (mini_root,)
    monkeypatch.chdir(mini_root.parent)
    assert find_roots() == (Path("mappings"),)


def test_a_folder_without_mapping_data_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ImsmapError, match=r"holds no library\.yaml"):
        find_roots(tmp_path)
    with pytest.raises(ImsmapError, match="there is no such folder"):
        find_roots(tmp_path / "nowhere")


@pytest.mark.slow
def test_commands_in_a_project_know_its_own_standards(
    imsmap: Callable[..., Answer], own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = own / f"standards/{NEW}.yaml"  # made for the tiny library: the real one knows another R, and other points
    text = path.read_text("utf-8").replace("letter: R", "letter: W").replace("core: planned", "core: scope-boundaries")
    path.write_text(text, "utf-8")
    project = own.parents[1] / "client"
    monkeypatch.chdir(own.parent)
    assert imsmap("new", project, "--client", "Smith Ltd", "9001", NEW, mappings=None).code == 0
    shutil.move(own, project)
    below = project / "somewhere"
    below.mkdir()
    monkeypatch.chdir(below)
    values = json.loads(imsmap("overlap", "9001", NEW, "--format", "json", mappings=None).out)
    assert [standard["key"] for standard in values["standards"]] == ["iso9001-2015", NEW]
    shown = json.loads(imsmap("show", "Works Rule 7:REQ-2", "--format", "json", mappings=None).out)
    assert shown["clause"] == f"{NEW}:REQ-2"


def test_the_check_of_own_data_tells_only_of_them(
    imsmap: Callable[..., Answer], mini_root: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mini_root.parent)
    (mini_root / f"standards/{ONE}.yaml").write_text("broken: [", "utf-8")
    assert "no problems; elsewhere in" in imsmap("check", own, mappings=None).out
    write_set(own, "robots", subject=NEW, object_="iso91001-2031")
    answer = imsmap("check", own, mappings=None)
    assert answer.code == 1
    assert (
        f"{own.resolve().as_posix()}/relations/robots.yaml:2: no standard iso91001-2031 in standards/; did you mean"
        in (answer.out)
    )
    assert "broken" not in answer.out


def test_own_data_in_a_misspelt_folder_are_found_and_told(
    imsmap: Callable[..., Answer], own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own / "standards").rename(own / "standrads")
    monkeypatch.chdir(own.parent)
    answer = imsmap("check", mappings=None)
    assert answer.code == 1
    assert "mappings/standrads: is not read; did you mean standards? Else take it away" in answer.out


def test_a_misspelt_root_names_the_nearest_folders(tmp_path: Path, own: Path) -> None:
    with pytest.raises(ImsmapError, match="there is no such folder; did you mean mappings"):
        find_roots(own.parent / "mapings")
