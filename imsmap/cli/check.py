"""`imsmap check`: every problem of the mapping data, each with file and line."""

from __future__ import annotations

from pathlib import Path

import click

from imsmap.cli import asking
from imsmap.cli.speech import answer
from imsmap.errors import DataError, Problem
from imsmap.plain import legible_line


@click.command(epilog="\b\nExample:\n  imsmap check mappings")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, path_type=Path))
@click.pass_obj
def check(mappings: Path | None, paths: tuple[Path, ...]) -> None:
    """Check mapping data: every problem with file and line, or what was checked.

    PATH is a folder with mapping data, or a file or folder in one; without it, the data that the other commands use.
    """
    from imsmap.load import find_mappings

    places = [(_root_of(path), path) for path in paths] or [(find_mappings(mappings), None)]
    problems: list[Problem] = []
    checked: list[str] = []
    for root, only in places:
        try:
            checked.append(_contents(root))
        except DataError as error:
            problems += [problem for problem in error.problems if only is None or _within(problem, only)]
    if problems:
        lines = [legible_line(str(problem)) for problem in DataError(problems).problems]
        count = f"{len(lines)} problem{'' if len(lines) == 1 else 's'}"
        answer("\n".join([*lines, count, ""]).encode("utf-8", "replace"))
        click.get_current_context().exit(1)
    answer("".join(f"{line}\n" for line in checked).encode("utf-8", "replace"))
