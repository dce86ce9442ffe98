from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tests.fixtures import Answer

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))
COMMANDS = ROOT / "docs" / "commands.md"
EXAMPLE = re.compile(r"```console\n\$ imsmap ?(?P<words>.*)\n(?P<output>(?:.*\n)*?)```\n")


def commands() -> dict[str, click.Command]:
    from imsmap.cli.commands import command, known

    return {name: command(name) for name in known()}


def rows() -> dict[str, str]:
    """The rows of the table of commands: name and usage, `imsmap` itself under the empty name."""
    return dict(usages())


def usages() -> list[tuple[str, str]]:
    """All rows of the table of commands: some have several."""
    table = COMMANDS.read_text("utf-8").partition("```")[0]
    return re.findall(r"^\| `imsmap ?(\S*)(.*?)` \|", table, re.M)


def parameters(command: click.Command) -> list[click.Parameter]:
    """What a command takes, and what the commands within it do."""
    within = command.commands.values() if isinstance(command, click.Group) else ()
    return [*command.params, *(parameter for one in within for parameter in parameters(one))]


def test_every_command_is_in_the_page_of_commands_and_the_other_way_round():
    assert set(rows()) == {"", *commands()}


def test_every_option_in_the_page_of_commands_exists():
    for name, usage in usages():
        if name:
            known = {option for parameter in parameters(commands()[name]) for option in parameter.opts}
            assert set(re.findall(r"(?<![\w-])--?[a-z]+(?:-[a-z]+)*", usage)) <= known, name


def test_every_option_of_a_command_is_in_the_pages():
    text = "".join(page.read_text("utf-8") for page in PAGES)
    for name, command in commands().items():
        for parameter in parameters(command):
            if isinstance(parameter, click.Option):
                assert any(option in text for option in parameter.opts), f"{name} {parameter.opts}"


def test_what_the_readme_says_of_a_command_is_what_its_help_shows(imsmap: Callable[..., Answer]):
    shown = imsmap("--help").out
    assert set(re.findall(r"^  ([a-z-]+)  ", shown.partition("Commands:")[2], re.M)) == set(commands())


EXAMPLES = [(page, *found) for page in PAGES for found in EXAMPLE.findall(page.read_text("utf-8"))]


@pytest.mark.parametrize("words", EXAMPLES, ids=lambda found: found[1])
def test_an_example_shows_what_the_command_says(
    imsmap: Callable[..., Answer], request: pytest.FixtureRequest, words: tuple[Path, str, str]
):
    page, command, shown = words
    answer = imsmap(*shlex.split(command))
    assert answer.code == 0
    if request.config.getoption("--update-goldens"):
        text = page.read_text("utf-8")
        old = f"```console\n$ imsmap {command}\n{shown}```\n"
        assert old in text
        page.write_text(text.replace(old, f"```console\n$ imsmap {command}\n{answer.out}```\n"), "utf-8", newline="\n")
    else:
        assert shown == answer.out


def test_the_examples_are_found():
    assert EXAMPLES


def test_the_readme_begins_with_the_two_commands():
    blocks = re.findall(r"^```sh\n(.*?)```\n", README.read_text("utf-8"), re.M | re.S)[:2]
    assert [block.count("\n") for block in blocks] == [1, 1]
    assert blocks[0].startswith("python3 -m venv ")
    assert blocks[0].endswith("imsmap build\n")
    assert "pytest" in blocks[1]


def test_the_continuous_integration_runs_the_line_for_the_tests_from_the_readme():
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "README.md" in script
    assert "pytest" not in script


def test_links_of_the_pages_lead_somewhere():
    for page in (*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "benchmarks" / "README.md"):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_no_page_gives_a_number_as_a_bare_percentage():
    for page in (*ROOT.glob("*.md"), *PAGES):
        assert not re.search(r"\d\s*(%|per ?cent)", page.read_text("utf-8")), page.name
