"""`imsmap audit`: the audit programme of the client's project, and the checklist of each session."""

from __future__ import annotations

from pathlib import Path

import click

from imsmap.cli import asking, projects
from imsmap.cli.asking import Output, answered
from imsmap.cli.speech import say


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
    what hangs on the processes stands under [audit] in imsmap.toml.
    """
    from imsmap.api import auditing
    from imsmap.client import processes as listed
    from imsmap.client import register
    from imsmap.client.auditing import programmed

    project = projects.here()
    for notice in project.notices:
        say(notice)
    keys = projects.standards(project, mappings)
    graph = asking.graph(mappings, keys, guides=number is not None)
    found = projects.processes(project, mappings)
    resolve = projects.naming(project, mappings)
    cells = listed.edited(project.root, register.read(project.root).cells, found)
    made = programmed(project, graph, keys, cells, found, output.date, lambda text: resolve(text, "").refs)
    report = auditing.told(graph, keys, made)
    if number is not None:
        output.give(auditing.checklist(graph, report, number))
        return
    output.give(report)
    if made.uncovered:
        count = len(made.uncovered)
        say(f"no session covers {count} clause{'' if count == 1 else 's'}; why: imsmap audit plan --table uncovered")
        raise click.exceptions.Exit(1)
