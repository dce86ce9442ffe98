"""`imsmap affirm`: a person looked again at a relation, and says so in the mapping data."""

from __future__ import annotations

from pathlib import Path

import click

from imsmap.cli import asking
from imsmap.cli.speech import tell


@click.command(
    epilog="\b\nExamples:\n  imsmap affirm external-provision\n  imsmap affirm --all",
)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--all", "every", is_flag=True, help="Every suspect relation, once you have looked at each.")
@click.pass_obj
def affirm(mappings: Path | None, ids: tuple[str, ...], every: bool) -> None:
    """Note in the mapping data that a person looked again at suspect relations and stands by them.

    A relation becomes suspect when the points of either side change. `imsmap check` lists them.
    """
    from imsmap.api.upkeep import affirmed
    from imsmap.files import put

    if bool(ids) == every:
        raise click.UsageError("name the relations to affirm, or --all; imsmap check lists the suspect ones")
    contents, names = affirmed(asking.roots(mappings), ids)
    for path, content in contents.items():
        put(path, content)
    count = "1 relation" if len(names) == 1 else f"{len(names)} relations"
    tell(f"{count} affirmed{': ' if names else ''}{', '.join(names)}\n")
