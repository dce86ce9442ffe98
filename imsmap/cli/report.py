"""`imsmap report`: how the client's project stands, as document, slides, Markdown, data, or on the screen."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.api import about
from imsmap.api.suffixes import DOCUMENT_SUFFIXES, TABLE_SUFFIXES, by_suffix
from imsmap.cli import asking, projects, speech
from imsmap.cli.asking import date_option, put
from imsmap.cli.licensed import guard_values, quotes_option
from imsmap.cli.speech import later, say

if TYPE_CHECKING:
    from imsmap.client.reporting import Reported
    from imsmap.client.settings import Project

SLIDES = about.formats()["powerpoint"].suffix
_DATA = ("json", "csv")
_FORMS = ("table", "markdown", *_DATA)
HOW = (
    "no estimate is in it, as imsmap.toml gives no hours; give your own under [report], such as point = [0.5, 1], and "
    "the price of an hour under [rates]: docs/project.md tells which"
)


@click.command(
    epilog="\b\nExamples:\n  imsmap report\n  imsmap report -o report.docx\n  imsmap report --since v3 -o report.pptx",
)
@click.option("--format", "form", type=click.Choice(_FORMS), help="Default: table, or by FILE's suffix.")
@asking.output_option(
    "path",
    "FILE",
    f"Write to FILE: {', '.join([*DOCUMENT_SUFFIXES, SLIDES])}; as data {', '.join(TABLE_SUFFIXES)}, .xlsx.",
)
@click.option(
    "--since",
    default="",
    metavar="WHEN",
    help="From when what moved is counted: a version (v2) or a day (2026-10-31); else the last version.",
)
@click.option("--table", metavar="NAME", help="Only this table of the data.")
@click.option("--size", metavar="SIZE", help="Of slides: 16:9, 4:3, A4 or A3; else the template's, else 16:9.")
@click.option(
    "--template",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A .potx or .pptx for the slides; else the project's, if it names one.",
)
@click.option("--all", "whole", is_flag=True, help="All pages on the screen, not the first alone.")
@quotes_option
@date_option
@click.pass_obj
def report(
    mappings: Path | None,
    form: str | None,
    path: Path | None,
    since: str,
    table: str | None,
    size: str | None,
    template: Path | None,
    whole: bool,
    date: datetime.date,
) -> None:
    """Say how the project stands: by topic and standard, what moved, what is open, late, due and missing.

    With what is asked to be decided and, from your own hours and rates, an estimate. Each figure is one of the workbook
    on that day. Two to four pages; the first stands for itself, and imsmap brief gives it alone.
    """
    suffix = "" if path is None else path.suffix.lower()
    slides = suffix == SLIDES
    if (size is not None or template is not None) and not slides:
        raise click.UsageError(f"--size and --template are for slides: let the output end in {SLIDES}")
    as_data = form in _DATA or table is not None or suffix in _data_suffixes()
    if path is not None and not as_data and not slides:
        by_suffix(path, {**DOCUMENT_SUFFIXES, SLIDES: "powerpoint", **dict.fromkeys(_data_suffixes(), "data")})
    if slides and (form or table):
        raise click.UsageError(f"{path} asks for slides; leave --format and --table out")
    project = projects.here()
    for notice in project.notices:
        say(notice)
    told = gathered(mappings, project, date, since)
    if as_data:
        asking.Output(form, path, table, date, whole=whole).give(told.report)
        return
    if not project.rates.hours:
        later(HOW)
    if slides:
        assert path is not None
        _slides(mappings, project, told, path, date, size, template)
        return
    first = path is None and form in (None, "table") and not whole
    show(mappings, project, told, path, form, first=first)
    if first:
        later("all pages: imsmap report --all; as a document or slides: imsmap report -o report.docx, report.pptx")


def _data_suffixes() -> list[str]:
    return [one for one in (*TABLE_SUFFIXES, asking.WORKBOOK_SUFFIX) if one not in DOCUMENT_SUFFIXES]


def gathered(mappings: Path | None, project: Project, date: datetime.date, since: str = "") -> Reported:
    """Say how the project stands about its standards."""
    from imsmap.client.reporting import reported

    keys = projects.standards(project, mappings)
    graph = asking.graph(mappings, keys, guides=False)
    found = projects.processes(project, mappings)
    return reported(project, graph, keys, found, date, since)


def show(
    mappings: Path | None,
    project: Project,
    told: Reported,
    path: Path | None,
    form: str | None,
    *,
    first: bool,
    client: str = "",
) -> None:
    """Give the pages of the report, or the first alone: to a file, as Markdown, or laid out for the screen."""
    from imsmap import api
    from imsmap.api import status, terminal

    look, _ = projects.look(project, mappings)
    made = status.document(told.report, client=client or project.client, by=project.prepared, look=look, first=first)
    written = "markdown" if path is None else by_suffix(path, DOCUMENT_SUFFIXES)
    if path is not None or form == "markdown" or not speech.watched():
        guard_values((made,), f"report.{written}" if path is None else path.name)
    if path is not None:
        put(path, api.export(made, written))
    elif form == "markdown":
        speech.answer(api.export(made, "markdown"))
    else:
        text = terminal.document(made, speech.terminal_width(), painted=speech.paints())
        (speech.answer if first else speech.leaf_through)(text)


def _slides(
    mappings: Path | None,
    project: Project,
    told: Reported,
    path: Path,
    date: datetime.date,
    size: str | None,
    template: Path | None,
) -> None:
    from imsmap.api import deliverables, status
    from imsmap.api.answers import Answers

    pages = deliverables.pages(size, template)
    if project.brand.template is not None and not pages.chosen:
        pages = deliverables.pages(None, project.brand.template)
    look, remarks = projects.look(project, mappings)
    keys = projects.standards(project, mappings)
    answers = Answers(asking.graph(mappings, keys, guides=False), keys)
    drawn = status.slides(told.report, told.due, answers, pages.size, by=project.prepared, look=look)
    guard_values(drawn, path.name)
    title = f"{project.client}: {told.report.title}"
    for place, content in deliverables.rendered(
        drawn, "powerpoint", path, date=date, title=title, template=pages.template, look=look
    ):
        put(place, content)
    for notice in (*pages.notices, *remarks, *deliverables.not_shown()):
        say(notice)
