"""`imsmap picture`: one picture of some standards; the suffix of the file picks the format."""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.cli import asking
from imsmap.cli.asking import date_option, put, standards_argument
from imsmap.cli.formats import PICTURE_SUFFIXES, by_suffix, exporter
from imsmap.cli.speech import nearest

if TYPE_CHECKING:
    from imsmap.drawing import Picture, Size
    from imsmap.report import Report


def _complete(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from imsmap.cli.deliverables import picture_names

    return [name for name in picture_names() if name.startswith(incomplete)]


@click.command(
    short_help="One picture: columns, heatmap, house, ...",
    epilog="\b\nExample:\n  imsmap picture columns 9001 14001 -o columns.pptx",
)
@click.argument("name", shell_complete=_complete)
@standards_argument(2)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to; the suffix picks the format: .svg, .png, .pdf, .dot or .pptx (editable slides).",
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
    """Draw one picture: columns, heatmap, coverage, friends, house, pdca, timeline, tree, upset or venn.

    Several pages become numbered files, or the slides of one .pptx.
    """
    from imsmap.cli import deliverables

    names = deliverables.picture_names()
    if name not in names:
        raise click.UsageError(f"there is no picture {name}; {nearest(name, names)}")
    form = by_suffix(output, PICTURE_SUFFIXES)
    content = _template(template, form, size)
    page = _page(content) if content else deliverables.page_size(size or "16:9")
    reports = deliverables.Reports(asking.graph(mappings, standards), standards)
    pages = _placed(name, reports, page, places) if places else deliverables.draw(name, reports, page)
    if content:
        put(output, exporter(form)(pages, date=date, template=content))
        return
    for path, made in deliverables.rendered(pages, form, output, date=date):
        put(path, made)


def _template(path: Path | None, form: str, size: str | None) -> bytes | None:
    """Read the template; it is for slides only, and it has its own size."""
    if path is None:
        return None
    if form != "powerpoint":
        raise click.UsageError("--template is for slides: let the output end in .pptx")
    if size is not None:
        raise click.UsageError("--size and --template: the slides have the template's size; leave --size out")
    return path.read_bytes()


def _page(template: bytes) -> Size:
    from imsmap.exporters.powerpoint.template import page_of

    return page_of(template)


def _placed(name: str, reports: Mapping[str, Report], page: Size, places: tuple[str, ...]) -> tuple[Picture, ...]:
    """Draw the wheel with some main clauses elsewhere."""
    if name != "pdca":
        raise click.UsageError(f"--place is for the picture pdca, not for {name}")
    placement = dict(place.partition("=")[::2] for place in places)
    module = importlib.import_module(f"imsmap.pictures.{name}")
    pages: tuple[Picture, ...] = module.draw(reports[module.ANALYSIS], page, placement)
    return pages
