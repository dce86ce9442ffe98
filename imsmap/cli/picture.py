"""`imsmap picture`: one picture of some standards; the suffix of the file picks the format."""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.api import about
from imsmap.api.suffixes import PICTURE_SUFFIXES, by_suffix
from imsmap.cli import asking, projects
from imsmap.cli.asking import date_option, put, standards_argument
from imsmap.cli.licensed import guard_values, quotes_option
from imsmap.cli.speech import say
from imsmap.nearest import did_you_mean

if TYPE_CHECKING:
    from imsmap.api import Picture, Report, Size
    from imsmap.api.answers import Answers
    from imsmap.api.deck import Occasion


def _complete(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in about.pictures() if name.startswith(incomplete)]


def _help() -> str:
    """Say what can be drawn."""
    told = about.pictures()
    projects_only = sorted(name for name, one in told.items() if _takes_project(name))
    on_demand = sorted(name for name, one in told.items() if not one.filed)
    usual = sorted({*told} - {*projects_only, *on_demand})
    further, with_answers = _listed(on_demand, "and"), _listed(projects_only, "and")
    return f"""Draw one picture: {_listed(usual, "or")}.

    Of the deck also {further}; in a client's project {with_answers}, with its answers.

    Several pages become numbered files, or the slides of one .pptx.
    """


def _of_editions(name: str) -> bool:
    """Tell whether a picture shows what changes between editions, for which one standard is enough."""
    question = about.questions().get(about.pictures()[name].of)
    return question is not None and question.takes == "editions"


def _takes_project(name: str) -> bool:
    """Tell whether a picture shows the answer to a question that only a project can be asked."""
    question = about.questions().get(about.pictures()[name].of)
    return question is not None and question.takes == "project"


def _listed(names: list[str], last: str) -> str:
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "none"


@click.command(
    help=_help(),
    epilog="\b\nExample:\n  imsmap picture columns 9001 14001 -o columns.pptx",
)
@click.argument("name", shell_complete=_complete)
@standards_argument(1)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=f"Where to; the suffix picks the format: {', '.join(PICTURE_SUFFIXES)} (editable slides).",
)
@click.option("--size", metavar="SIZE", help="The page: 16:9, 4:3, A4 or A3; else the template's, else 16:9.")
@click.option(
    "--template",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A .potx or .pptx whose layouts, fonts and theme a .pptx takes.",
)
@click.option(
    "--place",
    "places",
    multiple=True,
    metavar="CLAUSE=PART",
    help="For pdca: where a main clause stands: frame, hub, plan, do, check or act, as in 7=plan; may be repeated.",
)
@quotes_option
@date_option
@click.pass_obj
def picture(
    mappings: Path | None,
    name: str,
    standards: tuple[str, ...],
    output: Path,
    size: str | None,
    template: Path | None,
    places: tuple[str, ...],
    date: datetime.date,
) -> None:
    """Draw one picture; `_help` says which there are."""
    from imsmap.api import deliverables

    if name not in about.pictures():
        raise click.UsageError(f"there is no picture {name}; {did_you_mean(name, about.pictures())}")
    if len(standards) < 2 and not _of_editions(name):
        raise click.UsageError(f"name at least 2 standards, such as: imsmap picture {name} 9001 14001")
    form = by_suffix(output, PICTURE_SUFFIXES)
    if template is not None and not about.formats()[form].many:
        raise click.UsageError("--template is for slides: let the output end in .pptx")
    page = deliverables.pages(size, template)
    for notice in page.notices:
        say(notice)
    reports, occasion = _known(mappings, standards, date)
    if places:
        pages = _placed(name, reports, occasion.look.sized(page.size), places)
    else:
        pages = deliverables.draw(name, reports, page.size, occasion)
    guard_values(pages, output.name)
    for path, made in deliverables.rendered(pages, form, output, date=date, template=page.template, look=occasion.look):
        put(path, made)
    for notice in deliverables.not_shown():
        say(notice)


def _known(mappings: Path | None, standards: tuple[str, ...], date: datetime.date) -> tuple[Answers, Occasion]:
    """Give what the picture may ask: the mapping data, and the answers of the project in whose folder this runs."""
    from attrs import evolve

    from imsmap.api import deck
    from imsmap.api.answers import Answers

    graph = asking.graph(mappings, standards)
    if projects.find() is None:
        occasion = deck.for_anybody(date)
        reports = Answers(graph, standards, editions=lambda: asking.editions(mappings, standards))
    else:
        from imsmap.api.deciding import Case
        from imsmap.cli.choose import of_project, weighs
        from imsmap.client import processes as listed
        from imsmap.client import register
        from imsmap.client.deciding import case_in
        from imsmap.client.standing import standing

        project = projects.here()
        found = projects.processes(project, mappings)
        cells = listed.edited(project.root, register.read(project.root).cells, found)
        case = case_in(project.root, cells, graph.library.criteria, of_project(mappings, graph.library.criteria))
        if not weighs(case, standards, mappings):
            case = Case()  # nothing is known of others than the project's own
        reports = Answers(graph, standards, case, lambda: asking.editions(mappings, standards))
        occasion = deck.for_client(
            graph, standards, standing(graph, standards, cells, found, date), case,
            date=date, client=project.client, scope=project.scope, look=projects.look(project, mappings)[0],
        )  # fmt: skip
    # Without any answer the picture of the choice tells what to find out first.
    missing = {one: why for one, why in occasion.missing.items() if _takes_project(one)}
    return reports, evolve(occasion, missing=missing)


def _placed(
    name: str, reports: Mapping[str, Report[object]], page: Size, places: tuple[str, ...]
) -> tuple[Picture, ...]:
    """Draw the wheel with some main clauses elsewhere."""
    if name != "pdca":
        raise click.UsageError(f"--place is for the picture pdca, not for {name}")
    placement = dict(place.partition("=")[::2] for place in places)
    module = importlib.import_module(f"imsmap.pictures.{name}")
    pages: tuple[Picture, ...] = module.draw(reports[module.ABOUT.of], page, placement)
    return pages
