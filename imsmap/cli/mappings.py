"""`imsmap compare-mapping`: other people's mapping tables against ours, or two of them against each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.cli import asking
from imsmap.cli.asking import Output, answered
from imsmap.cli.speech import say

if TYPE_CHECKING:
    from imsmap.api.library import ClauseGraph, Head

_ADVISED = 100


@click.command(
    "compare-mapping",
    epilog="\b\nExample:\n  imsmap compare-mapping published.csv",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@answered()
def compare_mapping(mappings: Path | None, output: Output, files: tuple[Path, ...]) -> None:
    """Say where a published table agrees with ours, where it differs, and why.

    FILE is a CSV or .xlsx with columns for subject and object (or two headed by the standards), and optionally for the
    relation; or a mapping as SSSOM, JSON-LD, OSCAL, OLIR, GraphML or our Markdown. With two files: how far two mappers
    agree with each other (Cohen's kappa), and what they have to settle: -o settle.xlsx, then imsmap add settle.xlsx,
    filled.
    """
    from imsmap.api import ask
    from imsmap.api.clauses import standard_of
    from imsmap.api.upkeep import read_mapping
    from imsmap.errors import DataError

    if len(files) > 2:
        raise click.UsageError("name one file to compare with our mapping, or two to compare with each other")
    graph = asking.graph(mappings)
    known = asking.heads(mappings)
    resolve = resolver(graph, known)
    roots = asking.roots(mappings)
    read = [read_mapping(str(file), resolve, lambda text: standard_of(text, known), roots) for file in files]
    for notice in (notice for found in read for notice in found.notices):
        say(notice)
    pairs = [tuple((pair.subject, pair.object, pair.relation) for pair in found.pairs) for found in read]
    if len(read) == 1:
        only = read[0]
        output.give(
            ask(
                # What lies between the two, and no more: it says the same, sooner.
                asking.graph(mappings, tuple(dict.fromkeys((only.subject, only.object)))),
                "compare_mapping",
                name=only.name,
                subject=only.subject,
                object=only.object,
                pairs=pairs[0],
                without=only.without,
            )
        )
    else:
        if any(found.without for found in read):
            say("clauses without a counterpart pair nothing, so the agreement of two mappers does not count them")
        names = (read[0].name, read[1].name)
        output.give(ask(graph, "agreement", names=names, first=pairs[0], second=pairs[1]))
    if problems := [problem for found in read for problem in found.problems]:
        # What could be read was compared; whoever runs this in a script shall know that it was not all.
        raise DataError(problems)


def resolver(graph: ClauseGraph, known: tuple[Head, ...]) -> Callable[[str, str], tuple[str, ...]]:
    """Give a function that turns what a mapping calls clauses into the references of clauses that exist."""
    from imsmap.api.clauses import citations, cited
    from imsmap.errors import UnknownNameError

    unknown = 0

    def resolve(text: str, standard: str) -> tuple[str, ...]:
        nonlocal unknown
        try:
            # Looking for the nearest clause takes its time; whoever has more wrong ones has another trouble.
            return cited(citations(text, known, standard), graph, advise=unknown < _ADVISED).refs
        except UnknownNameError:
            unknown += 1
            raise

    return resolve
