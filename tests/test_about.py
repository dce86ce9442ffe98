from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from imsmap import about

PACKAGE = Path(about.__file__).parent


def analyses() -> set[str]:
    return {path.stem for path in (PACKAGE / "analyses").glob("*.py")} - {"__init__"} | {
        path.parent.name for path in (PACKAGE / "analyses").glob("*/__init__.py")
    }


def test_every_question_says_something_about_itself():
    assert set(about.questions()) == analyses()


@pytest.mark.parametrize("name", sorted(about.questions()))
def test_what_is_read_from_a_file_is_what_it_holds(name: str):
    assert about.questions()[name] == importlib.import_module(f"imsmap.analyses.{name}").ABOUT


def test_reading_imports_none_of_the_files():
    code = "import sys; from imsmap import about; about.questions(); print([m for m in sys.modules if 'analyses' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_places_in_the_list_of_commands_are_unique():
    from imsmap.cli.commands import known

    places = [command.place for command in known().values()]
    assert places == sorted(set(places))


def test_a_command_that_is_made_says_how_it_is_used():
    for name, question in about.questions().items():
        if question.place and question.takes != "own":
            assert question.text, name
            assert question.example, name
