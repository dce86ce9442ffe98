"""`imsmap brief`: two pages for the client's director, as a Word document or as Markdown."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.api.suffixes import DOCUMENT_SUFFIXES, by_suffix
from imsmap.cli import asking, choose, projects, speech
from imsmap.cli.asking import date_option, put
from imsmap.cli.compare import with_families
from imsmap.cli.licensed import guard_values, quotes_option

if TYPE_CHECKING:
    from imsmap.api.deciding import Case
    from imsmap.client.settings import Project


@click.command(
    epilog="\b\nExamples:\n  imsmap brief -o brief.docx\n  imsmap brief --answers choose.toml -o brief.docx",
)
@click.argument("standards", nargs=-1, metavar="[STANDARD]...")
@click.option("--answers", metavar="FILE", type=click.Path(path_type=Path), help="Answers of imsmap choose.")
@click.option("--client", default="", metavar="NAME", help="Whose it is.")
@asking.output_option(
    "path", "FILE", "Write to FILE, .docx or .md; without it a terminal shows it, and a pipe gets Markdown."
)
@quotes_option
@date_option
@click.pass_obj
def brief(
    mappings: Path | None,
    standards: tuple[str, ...],
    answers: Path | None,
    client: str,
    path: Path | None,
    date: datetime.date,
) -> None:
    """Put two pages together for a director: what to decide and why; then reasons, what is new, next 90 days, limits.

    Without answers nothing is known of the organization, and the pages say what to find out first. In a client's
    project the answers are its choose.toml and what was filled in on the sheet Decision. Once the project has begun to
    assess, it is the first page of imsmap report; named standards, or --answers, are weighed as before.
    """
    from imsmap import api
    from imsmap.api.deciding import Case, between, read_case
    from imsmap.client import register
    from imsmap.client.deciding import case_in

    form = "markdown" if path is None else by_suffix(path, DOCUMENT_SUFFIXES)
    root = projects.find()
    if root is not None:
        project = projects.here()
        if not standards and answers is None and _running(mappings, project, path, client, date):
            return
        client = client or project.client
    criteria = asking.criteria(mappings)
    case = Case(criteria=between(criteria))
    if answers is not None:
        case = read_case(answers, criteria)
    elif root is not None:
        case = case_in(root, register.read(root).cells, criteria, choose.of_project(mappings, criteria))
    keys = with_families(standards, mappings) if standards else choose.keys(mappings, case, date)
    if root is not None and not standards:
        _tell_of_others(keys, projects.standards(project, mappings), case, mappings, date)
    if standards and answers is None and not choose.weighs(case, keys, mappings):
        # Nothing is known of others than the project's own; they are weighed all the same.
        case = Case()
    graph = asking.graph(mappings, keys)
    state = look = None
    if root is not None:
        from imsmap.client import processes as listed
        from imsmap.client.standing import standing

        found = projects.processes(project, mappings)
        cells = listed.edited(root, register.read(root).cells, found)
        state = standing(graph, keys, cells, found, date)
        look, _ = projects.look(project, mappings)
    made = api.brief(graph, keys, case, date=date, client=client, state=state, look=look)
    if path is not None or not speech.watched():
        guard_values((made,), f"brief.{form}" if path is None else path.name)
    if path is None and speech.watched():
        from imsmap.api import terminal

        speech.leaf_through(terminal.document(made, speech.terminal_width(), painted=speech.paints()))
    elif path is None:
        speech.answer(api.export(made, form))
    else:
        put(path, api.export(made, form))


def _running(mappings: Path | None, project: Project, path: Path | None, client: str, date: datetime.date) -> bool:
    """Give the first page of the status report, if anybody has assessed anything yet; tells whether it did."""
    from imsmap.cli import report

    told = report.gathered(mappings, project, date)
    if not told.report.answer.has_begun:
        return False
    form = "markdown" if path is None and not speech.watched() else None
    report.show(mappings, project, told, path, form, first=True, client=client)
    speech.later(
        "the project is under way, so this is the first page of imsmap report; name two standards to weigh which first"
    )
    return True


def _tell_of_others(
    keys: tuple[str, ...], ours: tuple[str, ...], case: Case, mappings: Path | None, date: datetime.date
) -> None:
    """Say which of the standards that are weighed is none of the project's."""
    from imsmap.api.deciding import weighed as weighed_of

    others = [key for key in keys if key not in ours]
    if others:
        heads = {head.key: head for head in asking.heads(mappings)}
        weighed = tuple(weighed_of([heads[key] for key in keys], case.candidates, date).values())
        speech.say(
            f"a brief weighs two different standards, here {asking.named(weighed, mappings)}; the project is about "
            f"{asking.named(ours, mappings)} and says nothing of {asking.named(others, mappings)}; to weigh others, "
            "name two"
        )
