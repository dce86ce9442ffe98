"""The command `imsmap` itself: its options, its commands, and what it says when asked nothing."""

from __future__ import annotations

from pathlib import Path

import click

from imsmap import __version__
from imsmap.cli import asking
from imsmap.cli.affirm import affirm
from imsmap.cli.brief import brief
from imsmap.cli.build import build
from imsmap.cli.check import check
from imsmap.cli.choose import choose
from imsmap.cli.compare import compare, family
from imsmap.cli.history import history, undo
from imsmap.cli.importing import bring_in
from imsmap.cli.mappings import compare_mapping
from imsmap.cli.new import new
from imsmap.cli.picture import picture
from imsmap.cli.questions import coverage, documents, explain, friends, gap, matrix, overlap, show, standards
from imsmap.cli.speech import answer
from imsmap.nearest import did_you_mean


class _Commands(click.Group):
    """Commands in the order of a first day's work; a mistyped one gets the nearest names."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(f"there is no command {args[0]}; {did_you_mean(args[0], self.commands)}", ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nExample:\n  imsmap overlap 9001 14001",
)
@click.option(
    "--mappings",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder with the mapping data; else ./mappings, else the data that came with imsmap.",
)
@click.version_option(__version__, prog_name="imsmap", message="%(prog)s %(version)s")
@click.pass_context
def imsmap(ctx: click.Context, mappings: Path | None) -> None:
    """Map integrated management systems: what ISO standards share, what each adds, and where.

    Answers go to stdout, remarks to stderr. Exit codes: 0 fine, 1 the data or the files have problems, 2 wrong use.
    """
    ctx.obj = mappings
    if ctx.invoked_subcommand is None:
        answer(_welcome(mappings).encode())


for command in (
    build,
    standards,
    show,
    overlap,
    gap,
    friends,
    explain,
    coverage,
    compare,
    family,
    choose,
    brief,
    matrix,
    documents,
    compare_mapping,
    picture,
    check,
    new,
    bring_in,
    undo,
    history,
    affirm,
):
    imsmap.add_command(command)


def _welcome(mappings: Path | None) -> str:
    heads = asking.heads(mappings)
    names = [head.designation for head in heads]
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
    return f"""\
imsmap {__version__} maps integrated management systems: what ISO management
system standards share and what each of them adds, clause by clause and point
by point, as tables, a workbook, pictures and slides.

{click.wrap_text(f"In the library: {listed or 'nothing yet'}.", 79)}

Three commands to try:
  imsmap overlap 9001 14001    what the two have in common, and what not
  imsmap show 9001:8.5.1       one clause, and its counterparts elsewhere
  imsmap build                 workbook, pictures and slides into output/

imsmap --help lists all commands; imsmap COMMAND --help explains one.
"""
