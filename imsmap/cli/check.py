"""`imsmap check`: every problem of the mapping data, each with file and line."""

from __future__ import annotations

from pathlib import Path

import click

from imsmap.cli.speech import answer
from imsmap.errors import DataError, Problem
from imsmap.plain import legible_line


@click.command(short_help="Every problem of the mapping data", epilog="\b\nExample:\n  imsmap check mappings")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, path_type=Path))
@click.pass_obj
def check(mappings: Path | None, paths: tuple[Path, ...]) -> None:
    """Check mapping data: every problem with file and line, or what was checked.

    PATH is a folder with mapping data, or a file or folder in one; without it, the data that the other commands use.
    """
    from imsmap.load import LIBRARY, find_mappings

    places: list[tuple[Path, Path | None]] = []
    for path in paths:
        root = _root_of(path)
        # Where no mapping data are, say what is missing, whatever was named.
        places.append((root, path if (root / LIBRARY).is_file() else None))
    if not places:
        places.append((find_mappings(mappings), None))
    problems: list[Problem] = []
    checked: list[str] = []
    for root, only in places:
        found, words = _contents(root)
        here = [problem for problem in found if only is None or _within(problem, only)]
        if found and not here:
            words = f"{only}: no problems; elsewhere in {root} there are {len(found)}, which imsmap check {root} names."
        checked.append(words)
        problems += here
    if problems:
        lines = [legible_line(str(problem)) for problem in DataError(problems).problems]
        count = f"{len(lines)} problem{'' if len(lines) == 1 else 's'}"
        answer("\n".join([*lines, count, ""]).encode("utf-8", "replace"))
        click.get_current_context().exit(1)
    answer("".join(f"{line}\n" for line in checked).encode("utf-8", "replace"))


def _root_of(path: Path) -> Path:
    """Find the folder with mapping data that a path is, or is in."""
    for folder in (path.resolve(), *path.resolve().parents):
        if (folder / "library.yaml").is_file():
            return folder
    # Let the loader say what is missing.
    return path if path.is_dir() else path.parent


def _within(problem: Problem, only: Path) -> bool:
    """Tell whether a problem lies in the file or folder that was asked about; paths begin with the data's folder."""
    root = _root_of(only)
    asked = only.resolve().relative_to(root.resolve()).parts
    return not asked or "/".join(asked) in problem.path.replace("\\", "/")


def _contents(root: Path) -> tuple[list[Problem], str]:
    """Find every problem of a folder with mapping data, and say what was looked at."""
    from imsmap.checking import find_problems
    from imsmap.graph import ClauseGraph
    from imsmap.load import survey

    found = survey(root)
    problems = list(found.problems)
    if not found.sound:
        return problems, ""
    graph = ClauseGraph(found.library)
    problems += find_problems(graph, found.places)
    clauses = sum(len(graph.clauses(standard.key)) for standard in graph.standards)
    leaves = [leaf for standard in graph.standards for leaf in graph.leaves(standard.key)]
    points = sum(len(leaf.points) for leaf in leaves)
    names = ", ".join(standard.designation for standard in graph.standards) or "no standard"
    return problems, (
        f"{root}: no problems. Checked {names}: {clauses} clauses, of them {len(leaves)} leaf clauses with {points} "
        f"points; {len(graph.structures)} editions of the harmonized structure with {len(graph.core_points)} core "
        f"points; {len(graph.library.relations)} stated relations; mapping data {graph.library.version}."
    )
