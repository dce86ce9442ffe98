"""`imsmap audit`: the audit programme of the client's project, and the checklist of each session."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.cli import asking, projects
from imsmap.cli.asking import Output, answered
from imsmap.cli.speech import say

if TYPE_CHECKING:
    from imsmap.api import Report
    from imsmap.api.auditing import ProgrammeAnswer
    from imsmap.api.library import ClauseGraph
    from imsmap.client.auditing import Programme
    from imsmap.client.processes import Processes
    from imsmap.client.settings import Project
    from imsmap.client.values import Cells


@click.group(epilog="\b\nExamples:\n  imsmap audit plan\n  imsmap audit plan --session 3")
def audit() -> None:
    """Plan audits: which process in which month by whom, so that every clause is covered within the cycle."""


@audit.command(
    short_help="Processes by months, and which session covers what",
    epilog="\b\nExamples:\n  imsmap audit plan\n  imsmap audit plan --table clauses\n"
    "  imsmap audit plan -o programme.xlsx\n  imsmap audit plan --session 3",
)
@click.option("--session", "number", type=int, metavar="N", help="What this session asks, each question once.")
@answered()
def plan(mappings: Path | None, output: Output, number: int | None) -> None:
    """Make the audit programme of the project: the fewest sessions that cover every leaf clause once per cycle.

    Risk and last result of each process weigh how often it is audited; nobody audits own work. Who audits, when, and
    what hangs on the processes stands under [audit] in imsmap.toml, risk and last result on the sheet Programme, too.
    """
    from imsmap.api import auditing
    from imsmap.client import processes as listed
    from imsmap.client import register

    project = projects.here()
    for notice in project.notices:
        say(notice)
    keys = projects.standards(project, mappings)
    graph = asking.graph(mappings, keys, guides=number is not None)
    found = projects.processes(project, mappings)
    cells = listed.edited(project.root, register.read(project.root).cells, found)
    report = planned(mappings, project, graph, found, cells, output.date)
    if number is not None:
        output.give(auditing.checklist(graph, report, number))
        return
    output.give(report)
    if report.answer.uncovered:
        count = len(report.answer.uncovered)
        say(f"no session covers {count} clause{'' if count == 1 else 's'}; why: imsmap audit plan --table uncovered")
        raise click.exceptions.Exit(1)


def planned(
    mappings: Path | None, project: Project, graph: ClauseGraph, found: Processes, cells: Cells, date: datetime.date
) -> Report[ProgrammeAnswer]:
    """Say what the programme of a project is; ImsmapError says what is missing or wrong."""
    from imsmap.api import auditing

    plan = made(mappings, project, graph, found, cells, date)
    return auditing.told(graph, projects.standards(project, mappings), plan)


def made(
    mappings: Path | None, project: Project, graph: ClauseGraph, found: Processes, cells: Cells, date: datetime.date
) -> Programme:
    """Make the programme of a project for all of its standards."""
    from imsmap.client.auditing import programmed

    keys = projects.standards(project, mappings)
    resolve = projects.naming(project, mappings)
    return programmed(project, graph, keys, cells, found, date, lambda text: resolve(text, "").refs)
