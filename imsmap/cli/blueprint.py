"""`imsmap blueprint`: the fewest documents for some standards or a project, as an answer or as an outline to fill."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.api.suffixes import DOCUMENT_SUFFIXES, TABLE_SUFFIXES, TABLES
from imsmap.cli import asking, projects
from imsmap.cli.asking import Output, date_option, put, standards_argument
from imsmap.cli.licensed import guard_values, quotes_option
from imsmap.cli.speech import later, say

if TYPE_CHECKING:
    from imsmap.api import Report
    from imsmap.api.plans import BlueprintAnswer
    from imsmap.client.settings import Project

OUTLINE = ".docx"


@click.command(
    epilog="\b\nExamples:\n  imsmap blueprint 9001 14001\n  imsmap blueprint 9001 14001 -o blueprint.docx",
)
@standards_argument(1)
@click.option("--format", "form", type=click.Choice(list(TABLES)), help="Default: table, or by FILE's suffix.")
@asking.output_option(
    "path",
    "FILE",
    f"Write to FILE: {OUTLINE} is the outline; as data {', '.join([*TABLE_SUFFIXES, asking.WORKBOOK_SUFFIX])}.",
)
@click.option("--table", metavar="NAME", help="Only this table of the answer: blueprint, manual or records.")
@click.option("--all", "whole", is_flag=True, help="Every table in full, and not one screen.")
@quotes_option
@date_option
@click.pass_obj
def blueprint(
    mappings: Path | None,
    standards: tuple[str, ...],
    form: str | None,
    path: Path | None,
    table: str | None,
    whole: bool,
    date: datetime.date,
) -> None:
    """Propose the fewest documents that hold all documented information asked for, with the manual's contents.

    One document, a shared core with annexes, or separate, as the matrix advises. In a client's project with what was
    decided on the sheet Blueprint, what exists by the sheet Documents, and without what does not apply. As .docx an
    outline to fill: headings, for which clauses each answers, and what must be in it in our own words.
    """
    outlined = path is not None and path.suffix.lower() == OUTLINE
    if outlined and (form or table or whole):
        raise click.UsageError(f"{path} asks for the outline; leave --format, --table and --all out")
    output = None if outlined else Output(form, path, table, date, whole=whole)
    project = projects.here() if projects.find() is not None else None
    report = _report(mappings, project, standards, date)
    if output is not None:
        output.give(report)
        if path is None and output.form == "table" and not output.whole:
            later(f"an outline to fill: imsmap blueprint -o blueprint{OUTLINE}")
        return
    assert path is not None
    from imsmap import api
    from imsmap.api import plans

    look, client = None, ""
    if project is not None:
        look, remarks = projects.look(project, mappings)
        client = project.client
        for remark in remarks:
            say(remark)
    made = plans.document(report, date=date, client=client, look=look)
    guard_values((made,), path.name)
    put(path, api.export(made, DOCUMENT_SUFFIXES[OUTLINE]))


def _report(
    mappings: Path | None, project: Project | None, standards: tuple[str, ...], date: datetime.date
) -> Report[BlueprintAnswer]:
    """Ask, with what a project says where the standards are its own."""
    graph = asking.graph(mappings, standards, guides=False)
    if project is None or set(standards) != set(projects.standards(project, mappings)):
        from imsmap.api import plans

        return plans.asked(graph, standards)
    from imsmap.client.planning import planned

    for notice in project.notices:
        say(notice)
    return planned(project, graph, standards, projects.processes(project, mappings), date)
