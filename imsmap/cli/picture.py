"""`imsmap picture`: one picture of some standards; the suffix of the file picks the format."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from imsmap.cli import asking
from imsmap.cli.asking import date_option, put, standards_argument
from imsmap.cli.formats import PICTURE_SUFFIXES, by_suffix
from imsmap.cli.speech import nearest


def _complete(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from imsmap.cli.deliverables import picture_names

    return [name for name in picture_names() if name.startswith(incomplete)]


@click.command(
    short_help="One picture: columns, heatmap or tree",
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
@click.option("--size", default="16:9", show_default=True, metavar="SIZE", help="The page: 16:9, 4:3, A4 or A3.")
@date_option
@click.pass_obj
def picture(
    mappings: Path | None, name: str, standards: tuple[str, ...], output: Path, size: str, date: datetime.date
) -> None:
    """Draw one picture: columns, heatmap or tree.

    Several pages become numbered files, or the slides of one .pptx.
    """
    from imsmap.cli import deliverables

    names = deliverables.picture_names()
    if name not in names:
        raise click.UsageError(f"there is no picture {name}; {nearest(name, names)}")
    form = by_suffix(output, PICTURE_SUFFIXES)
    page = deliverables.page_size(size)
    reports = deliverables.Reports(asking.graph(mappings, standards), standards)
    for path, content in deliverables.rendered(deliverables.draw(name, reports, page), form, output, date=date):
        put(path, content)
