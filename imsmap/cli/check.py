"""`imsmap check`: every problem of the mapping data and of a client's project, each with file and line."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.cli import asking, licensed, projects
from imsmap.cli.speech import say, tell
from imsmap.errors import DataError, Problem
from imsmap.plain import legible_line

if TYPE_CHECKING:
    from imsmap.api.library import ClauseGraph
    from imsmap.api.licensed import Runs
    from imsmap.client.checking import Finding
    from imsmap.client.standing import Figure

_NAMED = 3


@click.command(epilog="\b\nExample:\n  imsmap check mappings")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--keys",
    "kind",
    is_flag=False,
    flag_value="",
    metavar="[KIND]",
    help="Print the keys that a kind of file may hold, and what they mean; of all kinds, if none is named.",
)
@click.option(
    "--schemas",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write these keys into DIR as JSON Schemas, which editors use.",
)
@click.option("--all", "whole", is_flag=True, help="Every line; else of each kind in a project the first, and a count.")
@asking.dated("The day on which actions of the project are late or not")
@click.pass_obj
def check(
    mappings: Path | None,
    paths: tuple[Path, ...],
    kind: str | None,
    schemas: Path | None,
    whole: bool,
    date: datetime.date,
) -> None:
    """Check mapping data: every problem with file and line, or what was checked.

    PATH is a folder with mapping data, or a file or folder in one; without it, the data that the other commands use.
    What they quote of the project's licensed text is told, too.
    In a client's project also what is wrong there, and what is still to do: clauses without process, processes without
    owner, documents not named, links to nowhere; and the figures of the Dashboard. Only what is wrong makes the exit
    code 1.
    """
    if kind is not None or schemas is not None:
        _keys(kind, schemas)
        return
    places = [_asked(path, mappings) for path in paths] or [(asking.roots(mappings), None)]
    problems: list[Problem] = []
    checked: list[str] = []
    for roots, only in places:
        found, words = _contents(roots)
        here = [problem for problem in found if only is None or _within(problem, only)]
        if found and not here:
            root = roots[0]
            words = f"{only}: no problems; elsewhere in {root} there are {len(found)}, which imsmap check {root} names."
        checked.append(words)
        problems += here
    findings: tuple[Finding, ...] = ()
    told: list[str] = []
    if paths and not problems and (runs := licensed.runs()):
        quoting = [(one, only) for roots, only in places for one in _quotes_in_data(runs, roots)]
        findings = tuple(dict.fromkeys(one for one, only in quoting if only is None or _within(one.problem, only)))
    if not paths and not problems and projects.find() is not None:
        findings, words, stands = _project(mappings, date)
        checked.append(words)
        told += stands
    wrong = [finding for finding in findings if finding.wrong]
    to_do = [finding for finding in findings if not finding.wrong]
    told += _grouped("Wrong", "problem", wrong, whole) + _grouped("Still to do", "thing", to_do, whole)
    tell("".join(f"{line}\n" for line in told), paged=whole)
    if wrong:
        click.get_current_context().exit(1)
    if problems:
        lines = [legible_line(str(problem)) for problem in DataError(problems).problems]
        count = f"{len(lines)} problem{'' if len(lines) == 1 else 's'}"
        tell("\n".join([*lines, count, ""]))
        click.get_current_context().exit(1)
    tell("".join(f"{line}\n" for line in checked))


def _keys(name: str | None, folder: Path | None) -> None:
    """Print the keys of a kind of file, or of all; write the schemas into a folder."""
    from imsmap.api.upkeep import KINDS, schema, told
    from imsmap.files import make_folder, put
    from imsmap.nearest import did_you_mean

    names = [kind.name for kind in KINDS]
    if name and name not in names:
        raise click.UsageError(f"there is no kind of file {name}; {did_you_mean(name, names)}")
    if name is not None:
        words = "* is needed; an entry's keys stand below the key of its list.\n\n"
        tell(words + "\n".join(told(kind) for kind in KINDS if name in ("", kind.name)))
    if folder is not None:
        make_folder(folder)
        for kind in KINDS:
            put(folder / f"{kind.name}.json", schema(kind).encode())
        say(f"{folder}: {len(KINDS)} schemas")


def _grouped(title: str, what: str, findings: Sequence[Finding], whole: bool) -> list[str]:
    """Tell findings by their kind, of each kind the first ones or all; nothing if there are none."""
    if not findings:
        return []
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.group, []).append(finding)
    lines = [f"{title}: {len(findings)} {what}{'' if len(findings) == 1 else 's'}"]
    for group, ones in groups.items():
        lines.append(f"  {group}: {len(ones)}")
        # One more is no reason to hide it behind a line that says so.
        shown = ones if whole or len(ones) <= _NAMED + 1 else ones[:_NAMED]
        lines += [f"    {legible_line(str(one.problem))}" for one in shown]
        if len(shown) < len(ones):
            lines.append(f"    and {len(ones) - len(shown)} more: imsmap check --all")
    return lines


def _stands(found: Sequence[Figure]) -> list[str]:
    """Tell how a project stands, a line for each figure that counts anything, n below n."""
    told = [(str(figure.count.n), figure.words) for figure in found if figure.count.m]
    wide = max((len(n) for n, _ in told), default=0)
    return ["As it stands", *(f"  {' ' * (wide - len(n))}{words}" for n, words in told)]


def _project(mappings: Path | None, date: datetime.date) -> tuple[tuple[Finding, ...], str, list[str]]:
    """Find what is wrong in the client's project and what is still to do, say what was looked at, and how it stands."""
    from imsmap.cli.audit import made
    from imsmap.client import auditing, checked, register
    from imsmap.client import processes as listed
    from imsmap.client.checking import find_in_project, find_quotes
    from imsmap.client.delivery import Places
    from imsmap.client.standing import figures, standing

    project = projects.here()
    keys = projects.standards(project, mappings)
    graph = asking.graph(mappings, keys)
    found = projects.processes(project, mappings)
    known = register.read(project.root)
    cells = listed.edited(project.root, known.cells, found)
    state = standing(graph, keys, cells, found, date)
    findings = find_in_project(project.root, cells, found, graph, keys, state)
    findings += checked.findings(graph, asking.marks(), licensed.runs())
    if runs := licensed.runs():
        names = {head.key: head.designation for head in asking.heads(mappings)}
        findings += find_quotes(project.root, cells, runs, Places(cells, names, found).of)
        findings += _quotes_in_data(runs, asking.roots(mappings))
    if project.audit is not None and found.entries:
        findings += auditing.findings(project, lambda: made(mappings, project, graph, found, cells, date))
    words = (
        f"{project.root.name}: nothing wrong in the project of {project.client}: {len(cells)} cells that people wrote, "
        f"{len(found.entries)} processes."
    )
    return findings, words, _stands(figures(state))


def _quotes_in_data(runs: Runs, roots: tuple[Path, ...]) -> tuple[Finding, ...]:
    """Find where mapping data quote the project's licensed text; what came with imsmap is not for its user to mend."""
    from imsmap.api.licensed import quotes_in_data
    from imsmap.client.checking import OWN_WORDS, QUOTES, Finding

    return tuple(
        Finding(problem._replace(message=f"{problem.message}; {OWN_WORDS}"), wrong=True, group=QUOTES)
        if own
        else Finding(problem, group="Words that the mapping data have in common with licensed text")
        for problem, own in quotes_in_data(runs, roots)
    )


def _asked(path: Path, mappings: Path | None) -> tuple[tuple[Path, ...], Path | None]:
    """Find the roots that a path is about, and what of them was asked for."""
    from imsmap.api.library import find_roots
    from imsmap.api.upkeep import LIBRARY, adds

    folders = (path.resolve(), *path.resolve().parents)
    for folder in folders:
        if (folder / LIBRARY).is_file():
            return (folder,), path
    for folder in folders:
        if adds(folder):
            whole = find_roots(folder) if mappings is None else asking.roots(mappings)
            is_there = folder in (root.resolve() for root in whole)
            return (whole if is_there else (*whole, folder)), path
    # Let the loader say what is missing.
    return (path if path.is_dir() else path.parent,), None


def _within(problem: Problem, only: Path) -> bool:
    """Tell whether a problem lies in the file or folder that was asked about."""
    asked = only.resolve()
    return asked in (place := Path(problem.path).resolve(), *place.parents)


def _contents(roots: tuple[Path, ...]) -> tuple[list[Problem], str]:
    """Find every problem of a library, and say what was looked at."""
    from imsmap.api.library import ClauseGraph
    from imsmap.api.upkeep import find_problems, survey, unassessed_pairs

    found = survey(roots)
    problems = list(found.problems)
    if not found.sound:
        return problems, ""
    graph = ClauseGraph(found.library)
    problems += find_problems(graph, found.places)
    clauses = sum(len(graph.clauses(standard.key)) for standard in graph.standards)
    leaves = [leaf for standard in graph.standards for leaf in graph.leaves(standard.key)]
    points = sum(len(leaf.points) for leaf in leaves)
    names = ", ".join(standard.designation for standard in graph.standards) or "no standard"
    where = ", ".join(map(str, roots))
    stated = sum(not relation.implied for relation in graph.library.relations)
    implied = len(graph.library.relations) - stated
    follows = f" and {implied} that follow from supplements and editions" if implied else ""
    return problems, (
        f"{where}: no problems. Checked {names}: {clauses} clauses, of them {len(leaves)} leaf clauses with {points} "
        f"points; {len(graph.structures)} editions of the harmonized structure with {len(graph.core_points)} core "
        f"points; {stated} stated relations{follows}; mapping data {graph.library.version}."
        + _not_looked_at(graph, unassessed_pairs(graph))
    )


def _not_looked_at(graph: ClauseGraph, pairs: Sequence[tuple[str, str]]) -> str:
    """Say in a line which pairs of standards nobody has assessed."""
    if not pairs:
        return ""
    count = len(graph.standards)
    names = [f"{graph.standard(one).designation} and {graph.standard(other).designation}" for one, other in pairs]
    more = f", and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return (
        f"\nOf {count * (count - 1) // 2} pairs of standards {len(pairs)} were not looked at as a whole, and nothing "
        f"is known of them beyond the common core and what is stated: {'; '.join(names[:_NAMED])}{more}."
    )
