"""Who owns a standard marks points as checked: it stands instead of "not checked", and goes to others as a file."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import MINI
from tests.fixtures import Answer

Command = Callable[..., Answer]
A, B = "iso90001-2030", "iso91001-2030"
WHO = ("--name", "Jane Smith", "--date", "2031-01-02")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept") / "smith"


@pytest.fixture
def project(imsmap: Command, monkeypatch: pytest.MonkeyPatch, kept: Path) -> Command:
    """Make a project of a small library of its own, go into its folder, and give the command; typed: what is typed."""
    shutil.copytree(MINI, "data")
    data = Path("data").resolve()

    def command(*words: object, typed: str = "") -> Answer:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        return imsmap(*words, mappings=data)

    if not kept.exists():
        assert command("new", "smith", "--client", "Smith", A, B).code == 0
        shutil.copytree("smith", kept)
    else:
        shutil.copytree(kept, "smith")
    monkeypatch.chdir("smith")
    return command


def test_points_are_asked_one_by_one_each_answer_is_kept_and_it_goes_on_where_it_stopped(project: Command) -> None:
    Path("copy.csv").write_text("clause,text\n4.1,Widgets shall be looked at.\n", "utf-8")
    assert project("text", "add", "copy.csv", "--standard", A).code == 0
    answer = project("text", "check", A, *WHO, typed="yes\nwhat\nn\nWeather, too.\nq\n")
    assert "ISO 90001:2030, 4.1 Understanding the context\n\nWidgets shall be looked at.\n" in answer.err
    assert "1 of 5: Find out what matters to widgets." in answer.err
    assert "'what' is no answer" in answer.err
    assert answer.out == (
        "2 points checked by Jane Smith, 2031-01-02, 1 of them as different; 3 left; what was answered is kept; imsmap "
        "text check goes on here\n"
    )
    assert Path("checked.csv").read_text("utf-8").splitlines()[1].startswith(
        f"{A}:4.1#climate,Jane Smith,2031-01-02,differs,\"Weather, too.\","
    )  # fmt: skip
    answer = project("text", "check", A, *WHO, typed="s\ny\n")
    assert "1 of 3: Plan the making of widgets." in answer.err
    assert answer.out.startswith("1 point checked by Jane Smith, 2031-01-02; 2 left")
    assert project("text", "check", "--list").out == (
        f"ISO 90001:2030: 3 of 5 points checked\n  {A}:4.1#climate: differs, as Jane Smith says, 2031-01-02: Weather, "
        "too.\nISO 91001:2030: 0 of 3 points checked\n"
    )


def test_clauses_are_marked_without_being_asked_and_say_so_instead_of_not_checked(project: Command) -> None:
    assert "recalled and not checked" in project("show", f"{A}:8.2.1", "--all", "--sources").out
    answer = project("text", "check", f"{A}:8.2", f"{A}:8.1#polish", "--agrees", *WHO)
    assert answer.out == "2 points agree with the text, as Jane Smith says, 2031-01-02\n"
    shown = project("show", f"{A}:8.2.1", "--all", "--sources").out
    assert "recalled and not checked" not in shown
    assert "the point was checked by Jane Smith" in shown
    assert "1 of 2 points was checked by Jane Smith" in project("show", f"{A}:8.1", "--all", "--sources").out
    assert "Every one of these points is checked" in project("text", "check", f"{A}:8.2", "--agrees").out
    assert "1 point differ" in project("text", "check", f"{A}:8.2", "--again", "--differs", "Not so.", *WHO).out


def test_a_point_that_changed_since_is_told_and_asked_again(project: Command) -> None:
    assert project("text", "check", f"{A}:8.2", f"{A}:8.1", "--agrees", *WHO).code == 0
    file = Path(f"../data/standards/{A}.yaml")
    text = file.read_text("utf-8")
    text = text.replace("Polish each widget.", "Polish every widget.").replace("id: oiled", "id: greased")
    file.write_text(text, "utf-8")
    assert (
        f"{A}:8.1#polish: changed since Jane Smith checked it on 2031-01-02" in project("text", "check", "--list").out
    )
    assert "1 changed since it was checked" in project("show", f"{A}:8.1", "--all", "--sources").out
    assert project("affirm", "--all").code == 0
    answer = project("check", "--all", "--date", "2031-01-02")
    assert "Points that changed since they were checked against the text: 2" in answer.out, answer.out + answer.err
    assert f"checked.csv: {A}:8.1#polish: says something else since Jane Smith checked it" in answer.out
    assert (
        f"checked.csv: {A}:8.2.1#oiled: was checked by Jane Smith, 2031-01-02, and is not there any more" in answer.out
    )
    assert project("text", "check", f"{A}:8.1", "--agrees", *WHO).out.startswith("1 point agree")


def test_what_was_checked_goes_to_others_as_a_file(project: Command) -> None:
    assert "nothing is checked in this project yet" in project("text", "check", "--export", "x.csv").err
    assert project("text", "check", f"{A}:4.1", "--agrees", *WHO).code == 0
    assert project("text", "check", "--export", "jane.csv").code == 0
    theirs = Path("jane.csv").read_bytes()
    assert theirs == Path("checked.csv").read_bytes()
    Path("checked.csv").unlink()
    later = ("--name", "Tom", "--date", "2031-05-01")
    assert project("text", "check", f"{A}:4.1#issues", "--agrees", *later).code == 0
    strange = f"iso9-2030:4.1#x,Jane,2031-01-01,agrees,,0\r\n{A}:4.1#no,J,2031-01-01,agrees,,0\r\n"
    Path("jane.csv").write_bytes(theirs + strange.encode())
    answer = project("text", "check", "--import", "jane.csv")
    assert answer.out == (
        "jane.csv: 1 new, 0 later than yours, 1 as yours or earlier\n"
        f"left out, as the library has no such point: iso9-2030:4.1#x, {A}:4.1#no\n"
    )
    assert "Tom" in Path("checked.csv").read_text("utf-8")
    assert project("text", "check", "--import", "jane.csv").out.startswith("jane.csv: 0 new, 0 later")
    before = Path("checked.csv").read_bytes()
    Path("bad.csv").write_text("point,by,on,verdict,fingerprint\nx,,,,\n", "utf-8")
    answer = project("text", "check", "--import", "bad.csv")
    assert (answer.code, "bad.csv:2: by is empty" in answer.err) == (1, True)
    assert Path("checked.csv").read_bytes() == before


def test_a_note_at_a_mark_that_quotes_the_text_is_found_and_not_passed_on(project: Command) -> None:
    quote = "widgets shall be looked at by somebody who knows what"
    Path("copy.csv").write_text(f"clause,text\n4.1,All {quote} they are.\n", "utf-8")
    assert project("text", "add", "copy.csv", "--standard", A).code == 0
    assert project("text", "check", f"{A}:4.1#issues", "--differs", f"It says {quote}", *WHO).code == 0
    answer = project("check", "--date", "2031-01-02")
    assert (answer.code, f"checked.csv: {A}:4.1#issues: 10 words of the licensed text" in answer.out) == (1, True)
    answer = project("text", "check", "--export", "out.csv")
    assert (answer.code, "out.csv, line 2: 10 words of the licensed text" in answer.err) == (1, True)
    assert not Path("out.csv").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--agrees",), "say which clauses: imsmap text check 9001:4.1 --agrees"),
        (("--agrees", "--list"), "are different jobs; take one"),
        ((f"{A}:4.7", "--agrees"), "no clause 4.7 in ISO 90001:2030"),
        (("flowers", "--agrees"), "flowers"),
        ((f"{A}:1", "--agrees"), "have no points that could be checked"),
    ],
)
def test_wrong_use_is_told(project: Command, words: tuple[str, ...], said: str) -> None:
    answer = project("text", "check", *words)
    assert (answer.code, said in answer.err) == (2, True), answer.err
    assert not Path("checked.csv").exists()


def test_nothing_typed_is_nothing_checked(project: Command) -> None:
    answer = project("text", "check", *WHO)
    assert answer.out == "0 points checked by Jane Smith, 2031-01-02; 8 left\n"
