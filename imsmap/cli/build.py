"""`imsmap build`: the main job, everything that a consultant hands out for some standards."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from imsmap.cli import asking
from imsmap.cli.asking import date_option, standards_argument
from imsmap.cli.formats import PICTURE_SUFFIXES
from imsmap.cli.speech import Progress, answer, say

if TYPE_CHECKING:
    from imsmap.files import Written

DEFAULT_STANDARDS = ("iso9001", "iso14001")
_LONGEST_NAME = 100


@click.command(
    short_help="Workbook, pictures, slides and page: the main job",
    epilog='\b\nExample:\n  imsmap build 9001 14001 -o deliverables --client "Smith Ltd"',
)
@standards_argument(2, required=False)
@click.option(
    "-o",
    "--output",
    "folder",
    default="output",
    show_default=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder for everything; made if it is not there.",
)
@click.option("--client", default="", metavar="NAME", help="Whose it is, for the cover, the headers and the slides.")
@date_option
@click.pass_obj
def build(
    mappings: Path | None,
    standards: tuple[str, ...],
    folder: Path,
    client: str,
    date: datetime.date,
) -> None:
    """Make workbook, pictures, slides and page for some standards; ISO 9001 and ISO 14001 if none is named."""
    from imsmap.cli import deliverables
    from imsmap.files import make_folder, write

    keys = standards or asking.resolve(DEFAULT_STANDARDS, mappings)
    progress = Progress()
    progress.step("reading the mapping data")
    reports = deliverables.Reports(asking.graph(mappings, keys), keys)
    make_folder(folder)
    done: dict[str, Written] = {}

    def keep(path: Path, content: bytes) -> None:
        written = write(path, content)
        if written.renamed:
            progress.step("")
            say(f"{written.asked} holds something else and was left alone; this is in {written.path}")
        done[path.name] = written

    name = _name(keys)
    progress.step("the workbook")
    keep(folder / f"{name}.xlsx", deliverables.workbook(reports, date=date, client=client))
    page = deliverables.page_size("16:9")
    every: list[Any] = []
    for picture in deliverables.picture_names():
        progress.step(f"the picture {picture}")
        pages = deliverables.draw(picture, reports, page)
        every += pages
        for suffix, form in PICTURE_SUFFIXES.items():
            for path, content in deliverables.rendered(pages, form, folder / f"{picture}{suffix}", date=date):
                keep(path, content)
    progress.step("the deck")
    title = f"{client}: {reports['matrix'].title}" if client else reports["matrix"].title
    deck = deliverables.rendered(tuple(every), "powerpoint", folder / f"{name}.pptx", date=date, title=title)
    for path, content in deck:
        keep(path, content)
    progress.step("the page")
    keep(folder / "page.html", deliverables.webpage(reports, date=date, client=client))
    progress.step("")
    answer(_summary(done, name, folder).encode("utf-8", "replace"))


def _name(keys: tuple[str, ...]) -> str:
    """Name the files after the standards; a long list is cut, and says so."""
    whole = "_".join(keys)
    return whole if len(whole) <= _LONGEST_NAME else f"{'_'.join(keys[:3])}_and-{len(keys) - 3}-more"


def _summary(done: dict[str, Written], name: str, folder: Path) -> str:
    new = sum(written.new for written in done.values())
    pictures = " ".join(sorted(path.stem for path in (w.asked for w in done.values()) if path.suffix == ".svg"))
    return f"""\
{len(done)} files in {folder}, {new} of them new. Open first:
  {done[f"{name}.xlsx"].path}
    the workbook: start with the sheet Matrix
  {done[f"{name}.pptx"].path}
    the slides, every shape editable
  {done["page.html"].path}
    the page, to search and explore in a browser, and to send by mail
The pictures ({pictures}) are beside them as .svg, .png, .pdf, .dot and .pptx.
"""
