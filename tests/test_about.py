from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from imsmap import about

PACKAGE = Path(about.__file__).parent


TOLD = {
    "analyses": about.questions,
    "pictures": about.pictures,
    "exporters/excel": about.sheets,
    "exporters": about.formats,
    "readers": about.readers,
}
EACH = [(folder, name) for folder, told in TOLD.items() for name in sorted(told())]


def features(folder: str) -> set[str]:
    return {path.stem for path in (PACKAGE / folder).glob("*.py")} - {"__init__"} | {
        path.parent.name for path in (PACKAGE / folder).glob("*/__init__.py")
    }


@pytest.mark.parametrize("folder", sorted({*TOLD} - {"exporters/excel", "readers"}))
def test_every_file_says_something_about_itself(folder: str):
    assert set(TOLD[folder]()) == features(folder)


@pytest.mark.parametrize(("folder", "name"), EACH)
def test_what_is_read_from_a_file_is_what_it_holds(folder: str, name: str):
    assert TOLD[folder]()[name] == importlib.import_module(f"imsmap.{folder.replace('/', '.')}.{name}").ABOUT


def test_reading_imports_none_of_the_files():
    code = (
        "import sys; from imsmap import about; about.questions(), about.pictures(), about.formats(), about.sheets(); "
    )
    code += "print([name for name in sys.modules if name.partition('.')[2] in ('analyses', 'pictures', 'exporters')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_places_in_the_list_of_commands_are_unique():
    from imsmap.cli.commands import known

    places = [command.place for command in known().values()]
    assert places == sorted(set(places))


def test_a_command_that_is_made_says_how_it_is_used():
    from imsmap.cli.commands import OWN

    for name, question in about.questions().items():
        if question.place and name not in OWN:
            assert question.text, name
            assert question.example, name


def test_each_format_has_a_suffix_of_its_own_and_holds_what_is_known():
    formats = about.formats().values()
    assert len({one.suffix for one in formats}) == len(formats)
    assert {what for one in formats for what in one.holds} == {
        "answers",
        "documents",
        "pictures",
        "deliverables",
        "mappings",
    }


def test_a_question_that_takes_other_words_has_a_command_of_its_own_or_none():
    from imsmap.cli.commands import OWN

    for name, question in about.questions().items():
        if question.takes in ("own", "project"):
            assert name in OWN or not question.place, name


def test_slides_have_places_of_their_own():
    places = [one.place for one in about.pictures().values() if one.slide]
    assert len(set(places)) == len(places)


def test_each_picture_shows_the_answer_to_a_question_or_is_the_cover():
    assert {one.of for one in about.pictures().values()} - set(about.questions()) == {"cover"}


def test_every_file_that_writes_a_sheet_is_one():
    writing = {
        path.stem
        for path in (PACKAGE / "exporters" / "excel").glob("*.py")
        if "\ndef write(book: Book)" in path.read_text("utf-8")
    }
    assert writing - {"own"} == set(about.sheets())


def test_each_sheet_shows_the_answers_to_questions_and_has_a_title_of_its_own():
    sheets = about.sheets().values()
    assert {name for sheet in sheets for name in (sheet.shows, *sheet.besides)} <= set(about.questions())
    assert len({sheet.title for sheet in sheets}) == len({sheet.place for sheet in sheets}) == len(sheets)
