"""`imsmap export`: the mapping data of some standards in the formats of other tools."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from imsmap.api.mappings import FORMATS, SUFFIXES
from imsmap.cli import asking
from imsmap.cli.licensed import guard, quotes_option
from imsmap.cli.speech import answer, say


@click.command(
    epilog="\b\nExamples:\n  imsmap export sssom 9001 14001 -o ours.sssom.tsv\n  imsmap export oscal-catalog 9001",
)
@click.argument("words", nargs=-1, metavar="[FORMAT] STANDARD...")
@click.option(
    "-o", "--output", "path", type=click.Path(path_type=Path), metavar="FILE",
    help=f"The file to write, else stdout. Its end picks the format: {', '.join(SUFFIXES)}.",
)  # fmt: skip
@quotes_option
@asking.date_option
@click.pass_obj
def export(mappings: Path | None, words: tuple[str, ...], path: Path | None, date: datetime.date) -> None:
    """Write mapping data for another tool: what people stated between the standards, and what each has of the core.

    What the format can't say is told, with how much of it there is.
    """
    from imsmap.api.mappings import export_mapping, format_of

    target = None if path is None or str(path) == "-" else path
    by_name = None if target is None else format_of(target)
    form = words[0].lower() if words and words[0].lower() in FORMATS else None
    named = words if form is None else words[1:]
    if form is None and by_name is None:
        wanted = f"the first word says which: {', '.join(FORMATS)}"
        if target is not None:
            raise click.UsageError(f"{target} does not end in {' or '.join(SUFFIXES)}; {wanted}")
        raise click.UsageError(f"the format is missing; {wanted}")
    if form and by_name and form != by_name:
        raise click.UsageError(f"{target} asks for {by_name}, the first word for {form}; leave one out")
    keys = asking.resolve(named, mappings) if named else asking.of_project(mappings)
    if not keys:
        raise click.UsageError("name the standards, such as: imsmap export sssom 9001 14001")
    exported = export_mapping(form or by_name or "", keys, asking.roots(mappings), day=date.isoformat())
    if target is None:
        guard({f"answer.{form}": exported.content})
        answer(exported.content)
    else:
        asking.put(target, exported.content)
    if exported.losses:
        say("what this format can't say:")
        for loss in exported.losses:
            say(f"  {loss}")
